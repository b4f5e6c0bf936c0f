"""Tables without a column of places, and columns that hold village and group together."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from visittally.survey.places_of_tables import with_groups, with_places


def survey(*tables, village=None, fields=(), tool=""):
    """A survey of tables; `village`: the header of its village."""
    known = {"village": village} if village else {}
    layouts = [
        SimpleNamespace(
            tool=tool, place=lambda name, table=table: table.header.index(name) if name in table.header else None
        )
        for table in tables
    ]
    return SimpleNamespace(fields={**known, **dict.fromkeys(fields, "x")}, layouts=layouts)


def columns(table):
    return dict(zip(table.header, zip(*(row.cells for row in table.rows), strict=True), strict=True))


# ---------------------------------------------------------------- village and group in one column
BOTH = "村庄,问题\n东沟村1组,a\n东沟村2组,b\n西沟村三组,c\n"


def test_village_and_group_are_two_fields(kept):
    table, notices = kept(BOTH), []
    [found] = with_groups([table], survey(table, village="村庄"), notices)

    assert columns(found)["村庄"] == ("东沟村", "东沟村", "西沟村")
    assert columns(found)["村民小组"] == ("1组", "2组", "三组")
    assert [(n.code, "东沟村1组" in n.message) for n in notices] == [("groups_inside", True)]


@pytest.mark.parametrize("more", [{"village": None}, {"fields": ("group",)}, {"tool": "odk"}])
def test_not_where_groups_are_known_or_a_form_tool_wrote_it(kept, more):
    table, notices = kept(BOTH), []

    assert with_groups([table], survey(table, **{"village": "村庄", **more}), notices) == [table]
    assert notices == []


# ---------------------------------------------------------------- the place beside a table
def placed(tables, **more):
    notices = []
    found = with_places(list(tables), survey(*tables, **more), notices)
    return [columns(table) for table in found], [n.message for n in notices]


def test_the_title_names_the_village_of_its_table(kept):
    [found], [said] = placed([kept("问题,数\na,1\nb,2\n", titles=(("东沟村走访台账",),))])

    assert found["村"] == ("东沟村", "东沟村")
    assert "No column holds the village; it was taken from the lines above the table: 东沟村" in said


def test_headings_between_the_rows_go_before_titles(kept):
    """A title that names its place as the headings do is the heading of the first rows."""
    table = kept(
        "problem,n\na,1\nb,2\nc,3\n", titles=(("Village: Fir",),), headings={3: ("Ash", True), 4: ("Elm", True)}
    )
    [found], [said] = placed([table])

    assert found["village"] == ("Fir", "Ash", "Elm")
    assert "the headings between groups of rows" in said


def test_a_column_that_holds_it_beside_something_else_goes_first(kept):
    [found], [said] = placed([kept("住址,问题\n东沟村2组,a\n西沟村1组,b\n", titles=(("南沟村",),))])

    assert (found["村"], found["村民小组"]) == (("东沟村", "西沟村"), ("2组", "1组"))
    assert "a column that holds it beside something else" in said


def test_tables_that_have_one_keep_it(kept):
    """The other one takes its header; the sentence names the table without."""
    have, lack = kept("village,issue\nElm,a\n"), kept("issue,n\nb,1\n", titles=(("Village: Ash",),))
    [first, second], [said] = placed([have, lack], village="village")

    assert first == {"village": ("Elm",), "issue": ("a",)}
    assert second["village"] == ("Ash",)
    assert said.startswith("own.csv without a column of villages")


def test_where_one_table_has_no_place_none_is_taken(kept):
    tables = [kept("issue,n\na,1\n", titles=(("Village: Ash",),)), kept("issue,n\nb,1\n")]

    assert placed(tables) == ([columns(table) for table in tables], [])
    assert placed([kept("village,n\nAsh,1\n")], village="village")[1] == []
