"""Tables of coverage: how the pace is told, by a period that fits a page."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

import visittally
from visittally.analyses.coverage.rhythm import _fitting_period
from visittally.findings import cautions
from visittally.render.cells import RenderOptions, shown


@pytest.mark.parametrize(
    ("days", "expected"),
    [(None, "day"), (0, "day"), (60, "day"), (61, "week"), (371, "week"), (372, "month"), (4_000, "month")],
)
def test_the_period_fits_a_page(days, expected):
    """Two months of days and a year of weeks are printed line by line; what is longer is told by month."""
    assert _fitting_period(None if days is None else (700_000, 700_000 + days)) == expected


@pytest.mark.parametrize(("days", "first"), [(60, "2026-01-05"), (61, "2026-W02"), (372, "2026-01")])
def test_progress_is_told_by_that_period(write, days, first):
    """From the first visit to the last, both of them in a line of the table."""
    start = date(2026, 1, 5)
    name = write("visits.csv", f"village,visit_date\nAsh,{start}\nAsh,{start + timedelta(days)}\n")

    rows = visittally.coverage(name).tables["progress"].to_dict()["rows"]

    assert rows[0]["period"] == first
    assert (rows[0]["cumulative"], rows[-1]["cumulative"]) == (1, 2)
    # A pause is seen as one: its periods stand between.
    assert {(row["visited"], row["cumulative"]) for row in rows[1:-1]} == {(0, 1)}
    assert len(rows) == {60: 61, 61: 9, 372: 13}[days]


def test_nothing_is_left_where_more_was_visited_than_planned(write):
    """Machines read target less visits; people, in tables and in the report, what is still to be done elsewhere."""
    visits = write("visits.csv", "village,issue\n" + "Ash,road\n" * 5 + "Elm,road\n" * 2)
    roster = write("roster.csv", "village,target\nAsh,3\nElm,12\n")
    places = visittally.coverage(visits, roster=roster).tables["places"]
    told = cautions({"coverage": [places]}, RenderOptions())

    assert [row.get("remaining") for row in places.to_dict()["rows"]] == [-2, 10, 8]
    assert [shown(row.cells[places.column("remaining")], RenderOptions()) for row in places.rows] == [
        "0 (2 more)",
        "10",
        "8",
    ]
    assert "More than planned: Ash 5/3. Their surplus is in the total: 10 remain in the other rows." in places.notes
    assert "Of 10 that were planned and not visited nothing is known." in told
