"""What stands beside the ranking of issues."""

from __future__ import annotations

import textwrap

import pytest

from visittally.analyses.analysis import run as finished
from visittally.analyses.campaign import load
from visittally.analyses.summary.summarize import summarize
from visittally.settings import Settings

LEDGER = """\
    village,issue,raised by,reported before,early sign,households affected
    Ash,road,volunteered,yes,no,12户
    Ash,road,asked,no,no,3
    Birch,water,volunteered,no,yes,204
    Birch,none,,,,
    Birch,road,,2,,
    """


@pytest.fixture
def summarized(tmp_path):
    """Summarize a text."""

    def run(text=LEDGER, **settings):
        path = tmp_path / "ledger.csv"
        path.write_text(textwrap.dedent(text), "utf-8")
        return finished(load(Settings(files=(str(path),), **settings)), summarize)

    return run


def test_how_strongly_an_issue_is_put_stands_beside_how_often(summarized):
    rows = summarized().tables["strength"].to_dict()["rows"]
    assert rows == [
        {"issue": "road", "mentions": 3, "volunteered": 1, "repeats": 2, "early_signs": 0, "households_affected": 15},
        {"issue": "water", "mentions": 1, "volunteered": 1, "repeats": 0, "early_signs": 1, "households_affected": 204},
    ]


SINCE = """\
    village,issue,since
    Ash,road,2007年
    Ash,road,1986-05-01
    Ash,water,40多年
    Birch,water,
    Birch,none,1950
    Birch,school,2019
    """


@pytest.mark.parametrize("header", ["since", "since when", "何时开始"])
def test_the_oldest_of_an_issue_stands_beside_it(summarized, header):
    table = summarized(SINCE.replace("since", header)).tables["strength"]

    rows = table.to_dict()["rows"]
    assert {row["issue"]: row["oldest_year"] for row in rows} == {"road": "1986", "water": None, "school": "2019"}
    assert "Records that tell since when the issue exists without naming a year: 1." in table.notes


@pytest.mark.parametrize("settings", [{"public": True}, {"min_cell": 5}])
def test_the_oldest_is_one_household_and_nothing_where_small_counts_are_hidden(summarized, settings):
    tables = summarized(SINCE, **settings).tables

    assert "strength" not in tables or "oldest_year" not in [c.name for c in tables["strength"].columns]


def test_the_public_does_not_hear_where_early_signs_are(summarized):
    names = [column.name for column in summarized(public=True).tables["strength"].columns]
    assert "early_signs" not in names
    assert "volunteered" in names


def test_without_such_columns_there_is_no_table(summarized):
    assert "strength" not in summarized("village,issue\nAsh,road\n").tables


def test_issues_side_by_side_share_what_is_said_of_their_visit(summarized):
    text = "village,issue,households affected\nAsh,road;water,2\n"
    rows = summarized(text).tables["strength"].to_dict()["rows"]
    assert {row["issue"]: row["households_affected"] for row in rows} == {"road": 2, "water": 2}


def test_numbers_of_households_that_are_approximate_or_damaged(summarized):
    text = (
        "village,issue,households affected\nAsh,road,20余户\nAsh,road,3\nElm,water,?00余户\nElm,water,\nElm,school,4\n"
    )
    table = summarized(text).tables["strength"]
    at = table.column("households_affected")

    assert {row.cells[0].value: (row.cells[at].value, row.cells[at].approximate) for row in table.rows} == {
        "road": (23, True), "water": (0, False), "school": (4, False),
    }  # fmt: skip
    assert "Records whose households affected are no number, or a damaged one, and in no sum: 1." in table.notes


def test_words_that_do_not_tell_who_raised_an_issue_are_said(summarized):
    text = LEDGER.replace("Birch,road,,2", "Birch,road,the grid,2")

    assert any("count as asked: 1." in note for note in summarized(text).tables["strength"].notes)
    assert not any("count as asked" in note for note in summarized().tables["strength"].notes)
