"""Which columns of all tables are the same variable."""

from __future__ import annotations

import pytest

from visittally.survey.all_tables import absorb, fill_in, free_name
from visittally.survey.variables import QuestionKind, Role


def found_in(merged):
    """Name -> numbers of the tables that have the variable."""
    return {name: sorted(variable.drafts) for name, variable in merged.items()}


def test_columns_of_one_name_are_one_variable_however_they_are_spelled(merged):
    found = merged("Village,age\nAsh,31\nElm,44", "VILLAGE,sex\nOak,f\nFir,m")

    assert found_in(found) == {"Village": [0, 1], "age": [0], "sex": [1]}
    assert found["Village"].aliases == ("Village", "VILLAGE")
    assert found["Village"].profile.values == {"Ash": 1, "Elm": 1, "Oak": 1, "Fir": 1}


def test_the_last_part_of_a_path_will_do_where_only_one_has_it(merged):
    assert found_in(merged("home/roof,age\ntin,3\nstraw,4", "roof,age\ntin,5\ntiles,6")) == {
        "home/roof": [0, 1], "age": [0, 1],
    }  # fmt: skip
    assert found_in(merged("home/roof,barn/roof\ntin,tin\nstraw,tin", "roof,x\ntin,1\ntiles,2")) == {
        "home/roof": [0], "barn/roof": [0], "roof": [1], "x": [1],
    }  # fmt: skip
    assert "home/roof (2)" not in merged("home/roof\ntin", "home/roof,barn/roof\ntin,tin")


def test_two_columns_of_one_table_are_never_one_variable(merged):
    found = merged("roof,age\ntin,3\nstraw,4", "roof,Roof\ntin,straw\ntiles,tin")

    assert [sorted(variable.drafts) for name, variable in found.items() if "oof" in name] == [[0, 1], [1]]


def test_a_name_that_no_variable_has():
    assert free_name("roof", {}) == "roof"
    assert free_name("roof", {"roof": None, "roof (2)": None}) == "roof (3)"


NEEDS = "village,needs/road,needs/water\nAsh,1,0\nElm,0,1\nOak,1,1"
MORE = "village,needs/water,needs/light,needs\nAsh,1,0,water\nElm,0,1,light\nOak,1,1,water light"


def test_options_that_some_tables_lack_keep_their_places(merged):
    """The parent stands first, options come as tables bring them."""
    needs = merged(NEEDS, MORE)["needs"]

    assert [(part.role, part.option) for part in needs.parts] == [
        (Role.PARENT, ""), (Role.OPTION, "road"), (Role.OPTION, "water"), (Role.OPTION, "light"),
    ]  # fmt: skip
    assert (needs.positions(0), needs.positions(1)) == ((None, 1, 2, None), (3, None, 1, 2))
    assert needs.positions(7) == (None,) * 4


def test_a_cell_beside_option_columns_of_another_table_is_their_parent(merged):
    needs = merged(NEEDS, "village,needs\nAsh,road water\nElm,water")["needs"]

    assert [part.role for part in needs.parts] == [Role.PARENT, Role.OPTION, Role.OPTION]
    assert needs.positions(1) == (1, None, None)


def test_options_of_one_name_in_one_table_stay_apart(merged):
    needs = merged("village,needs/road,needs/Road\nAsh,1,0\nElm,0,1\nOak,1,1")["needs"]

    assert needs.positions(0) == (1, 2)


@pytest.mark.parametrize(
    ("second", "third", "kind"),
    [
        ("road; water", "road", QuestionKind.MULTI),
        ("4.5", "road", QuestionKind.SINGLE),
        ("4.5", "", QuestionKind.NUMBER),
    ],
)
def test_the_type_is_what_most_tables_say_but_several_answers_win(merged, second, third, kind):
    def rows(*cells):
        return "village,x,y\n" + "\n".join(f"V{n},{cell}," for n, cell in enumerate(cells))

    first = ("road", "water", "road", "water") if third != "" else ("", "", "", "")
    numbers = ("4.5", "17.25", "3.75", "101")
    other = numbers if second == "4.5" else ("road; water", "water", "road; water", "road")
    assert merged(rows(*first), rows(*other), rows(*(third,) * 4))["x"].kind is kind


def test_a_blank_column_everywhere_is_of_the_type_that_the_first_table_says(merged):
    assert merged("village,x\nAsh,", "village,x\nElm,")["x"].kind is QuestionKind.SINGLE


def test_columns_fill_in_where_a_table_lacks_its_own(merged):
    found = merged("a,b\nx,1\ny,2", "b,c\nz,1\nw,2")
    found["b"].drafts[2] = found["a"].drafts[0]
    fill_in(found, "a", "b")

    assert found_in(found) == {"a": [0, 1, 2], "b": [0], "c": [1]}
    fill_in(found, "a", "c")
    assert found_in(found) == {"a": [0, 1, 2], "b": [0], "c": [1]}


def test_a_variable_without_columns_left_is_gone(merged):
    found = merged("b\nx\ny", "a\nz\nw")
    fill_in(found, "a", "b")

    assert found_in(found) == {"a": [0, 1]}
    assert list(found["a"].drafts) == [0, 1]
    assert found["a"].first.name == "b"


def test_a_variable_takes_in_another_one_unless_a_table_has_both(merged):
    found = merged("b\nx\ny", "a\nz\nw")

    assert absorb(found, "a", "b")
    assert (list(found), list(found["a"].drafts)) == (["a"], [0, 1])
    both = merged("a,b\nx,1\ny,2")
    assert not absorb(both, "a", "b")
    assert list(both) == ["a", "b"]
