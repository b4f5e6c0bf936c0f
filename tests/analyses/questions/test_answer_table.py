"""The table of a question with answers to choose from: bases, order, nets, banners, intervals, scales."""

from __future__ import annotations

import pytest

import visittally
from visittally.analyses.intervals import kish, wilson
from visittally.settings import Net


@pytest.mark.parametrize(("base", "cases"), [("asked", 5), ("answered", 5), ("all", 6), ("mentions", 9)])
def test_percentages_divide_by_the_base_that_was_asked_for(answers, base, cases, shares):
    """A blank belongs to `all` alone; `mentions` counts ticks."""
    assert shares(answers, "needs", base=base)["water"] == (4, cases, pytest.approx(100 * 4 / cases))


def test_both_percentages_stand_side_by_side(answers, rows):
    """Of cases they may add to more than 100, of mentions to 100."""
    found = rows(answers, "needs")

    assert sum(row["percent_of_mentions"] for row in found) == pytest.approx(100)
    assert sum(row["percent_of_cases"] for row in found) == pytest.approx(180)


def test_the_most_frequent_and_the_rest(answers, rows):
    """--top shows so many; the rest has mentions but no share of cases."""
    first, rest = rows(answers, "needs", top=1)

    assert (first["answer"], first["mentions"]) == ("water", 4)
    assert (rest["mentions"], rest["percent_of_cases"]) == (5, None)
    assert len(rows(answers, "needs", top=0)) == 3


@pytest.mark.parametrize(
    ("sort", "order"), [("count", ["water", "school", "road"]), ("name", ["road", "school", "water"])]
)
def test_order_of_answers(answers, sort, order, rows):
    """By count or by name."""
    assert [row["answer"] for row in rows(answers, "needs", sort=sort)] == order


def test_answers_that_are_no_opinion_come_last(write, rows):
    """None and don't know stand behind the others, however frequent."""
    name = write(
        "a.csv", "village,needs\n" + "Ash,none\n" * 5 + "Ash,don't know\n" * 4 + "Ash,road\n" + "Ash,water\n" * 2
    )

    assert [row["answer"] for row in rows(name, "needs")][:2] == ["water", "road"]


def test_a_banner_divides_by_its_own_groups(answers, rows):
    """Each group has its own base."""
    found = {(r["sex"], r["answer"]): (r["mentions"], r["base"]) for r in rows(answers, "needs", by=["sex"])}

    assert found["f", "water"] == (3, 4)
    assert found["m", "water"] == (1, 1)
    assert found["m", "school"] == (0, 1)


def test_a_net_counts_each_case_once(answers):
    """Two answers of one case are one case of the net."""
    table = visittally.questions(answers, question=["needs"], nets=(Net("wet", "needs", ("water", "road")),))

    assert "Net wet: 4 cases, 80.0 %." in table.tables["needs"].notes


@pytest.mark.parametrize(
    ("base", "weights"), [("asked", [2, 1, 1, 3]), ("all", [2, 1, 1, 3, 4]), ("mentions", [2, 2, 1, 1, 3])]
)
def test_weighted_intervals_use_the_effective_base(write, base, weights, rows):
    """Kish's base is that of the cases (or mentions) that percentages divide by."""
    lines = ["a,road;water,2", "b,road,1", "a,school,1", "b,water,3", "b,,4"]
    name = write("a.csv", "sex,needs,w\n" + "\n".join(lines) + "\n")

    found = rows(name, "needs", base=base, weight="w", interval=True)

    [road] = [row for row in found if row["answer"] == "road"]
    effective = kish(sum(weights), sum(w * w for w in weights))
    assert (road["percent_low"], road["percent_high"]) == pytest.approx(wilson(3, sum(weights), effective))


def test_intervals_are_wilson(write, rows):
    """None of twenty is 0 to 16.1 per cent."""
    name = write("a.csv", "village,yes\n" + "Ash,n\n" * 19 + "Ash,\n" + "Birch,n\n")

    [row] = rows(name, "yes", interval=True)

    assert (row["mentions"], row["base"]) == (20, 20)
    assert round(row["percent_low"], 1) == 83.9
    assert row["percent_high"] == 100


def test_no_interval_where_everybody_was_visited(answers):
    """--complete leaves the limits out and says why."""
    table = visittally.questions(answers, question=["sex"], interval=True, complete=True).tables["sex"]

    assert "percent_low" not in table.to_dict()["rows"][0]
    assert any("no sampling error" in note for note in table.notes)


def test_weights(write):
    """Weighted beside unweighted; a weight of zero counts for nothing."""
    name = write("a.csv", "id,ok,weight\n1,yes,2\n2,no,1.5\n3,yes,0\n4,no,\n5,yes,-1\n")

    result = visittally.questions(name, question=["ok"], weight="weight")

    found = {r["answer"]: r for r in result.tables["ok"].to_dict()["rows"]}
    assert (found["yes"]["mentions"], found["yes"]["weighted"], found["yes"]["base"]) == (1, 2, 2)
    assert found["no"]["percent_of_cases"] == pytest.approx(100 * 1.5 / 3.5)
    assert result.receipt.records_set_aside == 2


def test_who_does_not_know_is_in_no_base(write, shares):
    """With --valid: one base for all answers of a table, rows of don't know and refused without a share."""
    asked = write("asked.csv", "village,knows policy\nA,yes\nA,no\nB,dont know\nB,refused\nB,yes\nB,\n")
    found = shares(asked, "knows policy", valid=True)

    assert found == {
        "yes": (2, 3, pytest.approx(200 / 3)),
        "no": (1, 3, pytest.approx(100 / 3)),
        "dont know": (1, 3, None),
        "refused": (1, 3, None),
    }
    base = visittally.questions(asked, question=["knows policy"], valid=True).tables["knows policy"].base
    assert base.text.startswith("Base: 3 of 6 gave a valid answer; left out: 2 don't know or refused, 0 not asked, 1")


def test_the_base_says_who_is_left_out(write):
    name = write(
        "a.csv",
        "_uuid,_submission_time,village,needs,needs/road,needs/water\n"
        "a,2026-04-01,Ash,road,1,0\nb,2026-04-01,Ash,road water,1,1\nc,2026-04-01,Elm,,,\nd,2026-04-01,Elm,water,0,1\n",
    )

    def base(**options):
        found = visittally.questions(name, question=["needs"], **options).tables["needs"].base
        return found.kind, found.cases, found.text

    assert base() == ("asked", 3, "Base: 3 of 4 were asked; left out: 0 not asked, 1 blank.")
    assert base(base="answered") == ("answered", 3, "Base: 3 of 4 gave at least one answer.")
    assert base(base="all") == ("all", 4, "Base: all 4 cases, of which 0 were not asked and 1 are blank.")
    assert base(base="mentions") == ("mentions", 4, "Base: 4 mentions.")
    assert base(base="all", valid=True)[2].endswith("Don't know and refused (0) are in no base.")


def test_people_are_told_how_many_mentions_a_case_gave_only_where_there_may_be_several(answers):
    tables = visittally.questions(answers, question=["needs", "sex"]).tables

    assert tables["needs"].notes[0].startswith("9 mentions, 1.80 by each case that answered")
    assert tables["sex"].notes == ()
    assert [table.columns[-1].people for table in (tables["needs"], tables["sex"])] == [True, False]


def test_the_options_of_a_form_keep_its_order_and_stand_there_though_nobody_chose_them(write, rows):
    form = write("form.csv", "type,name,label\nselect_multiple n,needs,What do you need?\n")
    choices = write(
        "choices.csv", "list_name,name,label\nn,water,Clean water\nn,light,Light\nn,road,A road\nn,other,Other\n"
    )
    name = write("a.csv", "village,needs\nAsh,road\nElm,road water\nOak,road\nFir,other\n")
    found = rows(name, "needs", form=(form, choices))

    assert [(row["answer"], row["answer_label"], row["mentions"]) for row in found] == [
        ("water", "Clean water", 1), ("light", "Light", 0), ("road", "A road", 3), ("other", "Other", 1),
    ]  # fmt: skip
    assert [row["answer"] for row in rows(name, "needs", form=(form, choices), sort="count")] == [
        "road", "water", "light", "other",
    ]  # fmt: skip
    assert [row["answer"] for row in rows(name, "needs", form=(form, choices), sort="name")][-1] == "other"


def test_a_net_goes_by_what_its_question_is_called_or_serves(write):
    name = write("a.csv", "village,problem\nAsh,road\nElm,water\nOak,light\nFir,\n")
    nets = (Net("wet", "issue", ("Water", "LIGHT")), Net("other", "village", ("Ash",)))
    table = visittally.questions(name, question=["problem"], nets=nets).tables["problem"]

    assert [note for note in table.notes if "Net" in note] == ["Net wet: 2 cases, 66.7 %."]


def test_a_net_is_weighted_as_its_table_is(write):
    name = write("a.csv", "village,needs,w\nAsh,road,2\nElm,water,1\nOak,light,1\n")
    table = visittally.questions(
        name, question=["needs"], weight="w", nets=(Net("both", "needs", ("road", "light")),), digits=0
    ).tables["needs"]

    assert "Net both: 3 cases, 75 %." in table.notes
    assert "weighted by w; counts are not." in table.base.text


SCALE = "village,rating\n" + "".join(f"Ash,{cell}\n" for cell in (1, 2, 2, 3, 4, 5, 5, 5))


def test_a_scale_has_a_mean_and_its_ends(write, rows):
    """Its steps stand in their order, however often each was chosen."""
    name = write("a.csv", SCALE)
    table = visittally.questions(name, question=["rating"]).tables["rating"]

    assert [row["answer"] for row in rows(name, "rating")] == ["1", "2", "3", "4", "5"]
    assert table.notes[0].startswith("Mean of the codes 3.38 ")
    assert table.notes[0].endswith("lowest box 12.5 %, highest box 37.5 %.")


def test_what_stands_apart_from_a_scale_is_in_none_of_its_figures(write):
    name = write("a.csv", SCALE + "Ash,99\nAsh,99\n")
    notes = visittally.questions(name, question=["rating"]).tables["rating"].notes

    assert notes[0].startswith("Mean of the codes 3.38 ")
    assert notes[1].startswith("99 stands apart from the scale")


def test_a_scale_is_weighted(write):
    name = write("a.csv", "village,rating,w\nAsh,1,3\nAsh,2,1\nAsh,3,0\nElm,5,1\nElm,4,1\n")
    notes = visittally.questions(name, question=["rating"], weight="w").tables["rating"].notes

    assert notes[0].startswith("Mean of the codes 2.33 ")
    assert notes[0].endswith("lowest box 50.0 %, highest box 16.7 %.")


def test_a_banner_stands_across_for_people(answers):
    table = visittally.questions(answers, question=["needs"], by=["sex"]).tables["needs"]
    brief = table.for_people()

    assert brief.title == "needs by Sex"
    assert [column.label for column in brief.columns[1:]] == ["f", "m", "All"]
    water, *_others, base = brief.rows
    assert [(cell.n, cell.base) for cell in water.cells[1:]] == [(3, 4), (1, 1), (4, 5)]
    assert [cell.value for cell in base.cells] == ["Base", 4, 1, 5]


def test_two_banners_and_intervals_do_not_fit_across(answers):
    def brief(**options):
        return visittally.questions(answers, question=["needs"], **options).tables["needs"].brief

    assert brief(by=["sex"]) is not None
    assert brief(by=["sex", "rating"]) is None
    assert brief(by=["sex"], interval=True) is None
    assert brief() is None


@pytest.mark.parametrize("options", [{"by": ["sex", "rating"]}, {"by": ["sex"], "interval": True}])
def test_groups_one_below_the_other_show_their_bases(answers, options):
    table = visittally.questions(answers, question=["needs"], **options).tables["needs"].for_people()

    assert "Base" in [column.label for column in table.columns if column.people]
    assert not any(
        c.name == "base" and c.people for c in visittally.questions(answers, question=["needs"]).tables["needs"].columns
    )


def test_who_does_not_know_has_no_share_in_a_banner_either(write):
    asked = write("a.csv", "sex,knows\nf,yes\nm,no\nf,dont know\nm,yes\n")
    brief = visittally.questions(asked, question=["knows"], by=["sex"], valid=True).tables["knows"].brief
    found = {row.cells[0].value: [getattr(cell, "base", None) for cell in row.cells[1:]] for row in brief.rows}

    assert found["yes"] == [1, 2, 3]
    assert found["dont know"] == [None] * 3


def test_who_names_an_answer_beside_not_knowing_gave_a_valid_one(write, shares):
    asked = write("a.csv", "village,needs\nAsh,road;dont know\nElm,dont know\nOak,road;water\n")

    assert shares(asked, "needs", valid=True)["road"] == (2, 2, 100)


def test_why_there_is_no_interval_is_said_and_how_it_was_made(answers):
    def last(**options):
        return visittally.questions(answers, question=["sex"], **options).tables["sex"].notes[-1]

    assert "simple random sample" in last(interval=True)
    assert last(interval=True, weight="rating").startswith("Intervals: Wilson, 95 %, with Kish")


def test_questions_that_were_answered_alike_have_their_own_names(write):
    """Their figures are made once, whatever they are called."""
    names = [f"q{n}" for n in range(30)]
    rows = "\n".join(",".join([answer] * len(names)) for answer in ("yes", "no", "yes"))
    found = visittally.questions(write("a.csv", f"{','.join(names)}\n{rows}"))

    for name in names:
        table = found.tables[name]
        assert (table.name, table.title) == (name, name)
        assert [row.cells[2].value for row in table.rows] == [2, 1]
        about = {column.measure.about for column in table.columns if column.measure is not None}
        assert about <= {frozenset(), frozenset({("question", name)})}
        assert len(about) == 2


def test_one_cell_makes_a_table_of_its_own(write):
    found = visittally.questions(write("a.csv", "a,b\nyes,yes\nno,no\nyes,no\n"))

    assert [[row.cells[2].value for row in found.tables[name].rows] for name in "ab"] == [[2, 1], [2, 1]]
    assert [[row.cells[0].value for row in found.tables[name].rows] for name in "ab"] == [["yes", "no"], ["no", "yes"]]
