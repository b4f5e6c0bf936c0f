"""A judgement of few cells is made once, whatever their order; of many, or with other things told, each time."""

from visittally.words.few_cells import remembered


def test_a_judgement_of_few_cells_is_made_once():
    seen = []

    @remembered
    def judge(cells, options=(), *, whole=False, likely=()):
        seen.append((sorted(cells), options, whole, likely))
        return len(seen)

    assert judge(["yes", "no"]) == judge({"no": 3, "yes": 1}) == judge(["no", "yes"], [], whole=False, likely=()) == 1
    assert judge(["yes", "no"], whole=True) == judge(("no", "yes"), whole=True) == 2
    assert [judge(["yes", "no"], ["yes"]), judge(["yes", "no"], likely=["yes"])] == [3, 4]
    assert judge(["yes", "no"], ["yes"]) == 5
    assert [judge(list(map(str, range(50)))), judge(list(map(str, range(50))))] == [6, 7]
    assert [judge(["a" * 2000]), judge(["a" * 2000])] == [8, 9]
