"""The table of places by issues."""

from __future__ import annotations

import pytest

import visittally

VISITS = """
    village,issue,w
    Ash,road;water,2
    Ash,road,1
    Ash,none,1
    Birch,water,3
    Birch,,1
    Birch,school,1
    """


@pytest.fixture
def crosstab(write):
    """The rows of the table by village; None is the total."""

    def find(text=VISITS, **options):
        table = visittally.summarize(write("visits.csv", text), **options).tables["crosstab"]
        return {row["village"]: row for row in table.to_dict()["rows"]}

    return find


def test_places_stand_down_and_issues_across(crosstab):
    found = crosstab()

    assert {place: row["cells"] for place, row in found.items()} == {
        "Ash": {"road": 2, "water": 1, "school": 0},
        "Birch": {"road": 0, "water": 1, "school": 1},
        None: {"road": 2, "water": 2, "school": 1},
    }
    others = ("no_issue", "not_recorded", "mentions", "cases")
    assert {place: tuple(row[name] for name in others) for place, row in found.items()} == {
        "Ash": (1, 0, 3, 3), "Birch": (0, 1, 2, 3), None: (1, 1, 5, 6),
    }  # fmt: skip
    assert [row.get("total", False) for row in found.values()] == [False, False, True]


@pytest.mark.parametrize(
    ("percent", "ash", "total"),
    [
        ("row", 200 / 3, 40),
        ("mentions", 200 / 3, 40),
        ("column", 100, 100),
        ("total", 40, 40),
        ("cases", 200 / 3, 40),
    ],
)
def test_percentages_divide_by_what_was_asked_for(crosstab, percent, ash, total):
    """Roads in Ash: 2 of 3 mentions of the row, of 2 of the column, of 5 in all, of 3 visits."""
    found = crosstab(percent=percent)

    assert found["Ash"]["percent"]["road"] == pytest.approx(ash)
    assert found[None]["percent"]["road"] == pytest.approx(total)


def test_percentages_are_weighted_and_mentions_are_not(crosstab):
    """Of 7 weighed mentions in Ash and Birch 3 are of roads, of 5 in Ash."""
    found = crosstab(weight="w", percent="row")

    assert found["Ash"]["cells"]["road"] == 2
    assert found["Ash"]["percent"]["road"] == pytest.approx(100 * 3 / 5)
    assert crosstab(weight="w", percent="total")["Ash"]["percent"]["water"] == pytest.approx(100 * 2 / 9)
    assert crosstab(weight="w", percent="column")["Ash"]["percent"]["water"] == pytest.approx(100 * 2 / 5)


def test_issues_beyond_top_are_one_column_with_their_share(crosstab):
    found = crosstab(top=1, percent="row")

    assert found["Birch"]["cells"] == {"road": 0, "(rest)": 2}
    assert found["Birch"]["percent"] == {"road": 0, "(rest)": 100}
    assert found[None]["percent"]["(rest)"] == 60


def test_people_see_percentages_in_the_place_of_counts(write):
    file = write("visits.csv", VISITS)

    def shown(**options):
        table = visittally.summarize(file, **options).tables["crosstab"]
        return {(c.spread, c.name): c.people for c in table.columns}, table.notes[-1]

    plain, _note = shown()
    assert plain["cells", "road"] is True
    assert ("percent", "road") not in plain
    assert shown(percent="none")[0] == plain
    shares, note = shown(percent="column")
    assert (shares["cells", "road"], shares["percent", "road"]) == (False, True)
    assert note == "Percentages: of the mentions of the issue."
    assert shown(percent="cases")[1] == "Percentages: of the visits in the row's base."


@pytest.mark.parametrize(("issues", "brief"), [(9, False), (10, True)])
def test_people_see_eight_issues_and_the_rest_unless_they_ask(write, issues, brief):
    names = [f"thing{chr(97 + n)}" for n in range(issues)]
    lines = [f"Ash,{name}" for n, name in enumerate(names) for _mention in range(issues - n)]
    file = write("visits.csv", "village,issue\n" + "\n".join(lines))
    table = visittally.summarize(file).tables["crosstab"]

    assert (table.brief is not None) is brief
    if brief:
        shown = [c.name for c in table.brief.columns if c.spread == "cells"]
        assert shown == [*names[:8], "(rest)"]
        rest = [row.cells[[c.name for c in table.brief.columns].index("(rest)")].value for row in table.brief.rows]
        assert rest == [3, 3]
    assert visittally.summarize(file, top=0).tables["crosstab"].brief is None
