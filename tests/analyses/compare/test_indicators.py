"""What parts come to: two of them side by side, or period after period."""

from __future__ import annotations

import itertools
from datetime import date

import pytest

from visittally.analyses.compare.figures import ComparedFigure
from visittally.analyses.compare.indicators import (
    Accounts,
    Change,
    Span,
    begin_of,
    calendar,
    figure_cell,
    indicators_table,
    next_after,
    periods_table,
)
from visittally.tables.table import Count, Number, Share


@pytest.mark.parametrize(
    ("kind", "first", "last", "names"),
    [
        ("week", date(2026, 12, 30), date(2027, 1, 4), ["2026-W53", "2027-W01"]),
        ("quarter", date(2025, 12, 31), date(2026, 4, 1), ["2025-Q4", "2026-Q1", "2026-Q2"]),
        ("year", date(2024, 2, 29), date(2025, 1, 1), ["2024", "2025"]),
    ],
)
def test_calendars(kind, first, last, names):
    """Periods without gaps, from the first to the last day."""
    spans = calendar(kind, first, last)

    assert [span.name for span in spans] == names
    assert all(a.last.toordinal() + 1 == b.first.toordinal() for a, b in itertools.pairwise(spans))
    assert next_after("month", date(2026, 1, 1)) == date(2026, 2, 1)


def test_changes():
    """Numbers in per cent, shares in points, never per cent of per cent; nothing from nothing."""
    assert Change.between(ComparedFigure(358382), ComparedFigure(342885)).absolute == -15497
    assert Change.between(ComparedFigure(818), ComparedFigure(837)).percent == pytest.approx(2.322738)
    assert Change.between(ComparedFigure(499, 818), ComparedFigure(550, 837)).points == pytest.approx(4.7084, abs=5e-5)
    assert Change.between(ComparedFigure(499, 818), ComparedFigure(550, 837)).percent is None
    assert Change.between(ComparedFigure(1, 0), ComparedFigure(1, 2)) == Change()
    assert Change.between(None, ComparedFigure(1)) == Change()


def test_the_change_of_so_many_for_each_hundred_is_absolute_and_in_per_cent():
    before, after = ComparedFigure(30, 100, ratio=True), ComparedFigure(45, 100, ratio=True)

    assert Change.between(before, after) == Change(absolute=15, percent=50)


def test_a_change_is_told_in_points_for_shares_and_in_per_cent_for_numbers():
    assert Change(points=2.5).cell() == Number(2.5, change=True, unit=" points")
    assert Change(absolute=3, percent=12).cell() == Number(12, change=True, unit="%")
    assert Change().cell() == Number(None, change=True, unit="%")


def test_the_cell_of_a_figure():
    assert figure_cell(None) == Count(None)
    assert figure_cell(ComparedFigure(7)) == Count(7)
    assert figure_cell(ComparedFigure(3, 8)) == Share(3, 8, counts=True)
    assert figure_cell(ComparedFigure(3, 8, ratio=True)) == Number(37.5)


# ---------------------------------------------------------------- two sides
def test_indicators_that_both_sides_have_stand_side_by_side():
    before = {"visits": ComparedFigure(40), "handled": ComparedFigure(10, 40), "gone": ComparedFigure(1)}
    after = {"new": ComparedFigure(1), "handled": ComparedFigure(15, 30), "visits": ComparedFigure(30)}
    handled, visits = indicators_table(before, after, ("So.",)).to_dict()["rows"]

    assert handled == {
        "indicator": "handled", "before": 25, "after": 50, "before_numerator": 10, "before_denominator": 40,
        "after_numerator": 15, "after_denominator": 30, "change": None, "change_percent": None, "points": 25,
    }  # fmt: skip
    assert visits == {
        "indicator": "visits", "before": 40, "after": 30, "before_numerator": None, "before_denominator": None,
        "after_numerator": None, "after_denominator": None, "change": -10, "change_percent": -25, "points": None,
    }  # fmt: skip


def test_whole_numbers_change_by_whole_numbers_and_ratios_do_not():
    before = {"visits": ComparedFigure(40), "per_100": ComparedFigure(3, 8, ratio=True)}
    after = {"visits": ComparedFigure(30), "per_100": ComparedFigure(5, 8, ratio=True)}
    table = indicators_table(before, after)

    assert [row.cells[table.column("change")].digits for row in table.rows] == [0, None]


# ---------------------------------------------------------------- periods
MONTHS = tuple(
    Span(f"2026-0{m}", date(2026, m, 1), next_after("month", date(2026, m, 1)), complete=m < 4) for m in range(1, 5)
)


def accounts(*, partial=False, **months):
    """Visits and handled issues of months; each is compared with the month before and the one a year ago."""
    figures = {
        span.name: {"visits": ComparedFigure(n), "handled": ComparedFigure(n // 2, n)}
        for span, n in zip(MONTHS, (10, 0, 12, 15), strict=True)
    }
    previous = {b.name: a.name for a, b in itertools.pairwise(MONTHS)}
    more = {"cumulative": {}, "last_year": {}, **months}
    return Accounts(MONTHS, {**figures, **more.pop("figures", {})}, previous=previous, partial=partial, **more)


def test_a_change_is_told_from_one_complete_period_to_another():
    found = accounts()

    assert found.change("visits", "2026-01", "2026-03") == Change(2, 20)
    assert found.change("visits", "2026-03", "2026-04") == Change()
    assert accounts(partial=True).change("visits", "2026-03", "2026-04") == Change(3, 25)
    assert found.change("visits", None, "2026-03") == Change()
    assert found.change("visits", "2025-03", "2026-03") == Change()


def test_from_nothing_there_is_no_change():
    found = accounts()

    assert found.change("visits", "2026-02", "2026-03") == Change()
    assert found.change("visits", "2026-01", "2026-02") == Change(-10, -100)


def test_each_indicator_stands_in_each_period_with_those_before():
    table = periods_table(accounts(), "month", {"visits": "Doors"})
    rows = {(row["period"], row["indicator"]): row for row in table.to_dict()["rows"]}

    assert list(rows)[:3] == [("2026-01", "visits"), ("2026-01", "handled"), ("2026-02", "visits")]
    march = rows["2026-03", "handled"]
    assert (march["value"], march["numerator"], march["denominator"], march["previous"]) == (50, 6, 12, None)
    april = rows["2026-04", "visits"]
    assert (april["value"], april["numerator"], april["previous"], april["change"]) == (15, None, 12, None)
    assert [rows[f"2026-0{m}", "visits"]["complete"] for m in (3, 4)] == [True, False]
    assert table.rows[0].cells[1].label == "Doors"
    assert table.rows[-1].cells[0].label == "2026-04 *"


def test_people_see_the_newest_periods_first():
    table = periods_table(accounts(), "month", {})

    assert [row.cells[0].value for row in table.brief.rows] == ["2026-04"] * 2 + ["2026-03"] * 2 + ["2026-02"] * 2
    assert table.brief.notes[-1] == "1 earlier periods: -f csv has them all."


@pytest.mark.parametrize("name", ["last_year", "on_year", "cumulative_last_year", "cumulative"])
def test_people_do_not_see_columns_that_would_be_empty(name):
    def shown(**more):
        return [c.people for c in periods_table(accounts(**more), "month", {}).columns if c.name == name]

    old = {"2025-03": {"visits": ComparedFigure(8)}}
    so_far = {"2026-03": {"visits": ComparedFigure(22)}}
    assert shown() == [False]
    assert shown(last_year={"2026-03": "2025-03"}, cumulative=so_far) == [name == "cumulative"]
    assert shown(last_year={"2026-03": "2025-03"}, cumulative=so_far, figures=old) == [True]


def test_a_year_ago_and_the_year_so_far():
    table = periods_table(
        accounts(
            last_year={"2026-03": "2025-03"},
            figures={"2025-03": {"visits": ComparedFigure(8)}},
            cumulative={"2026-03": {"handled": ComparedFigure(11, 22)}, "2025-03": {"visits": ComparedFigure(20)}},
        ),
        "month",
        {},
    )
    rows = {(row["period"], row["indicator"]): row for row in table.to_dict()["rows"]}
    visits, handled = rows["2026-03", "visits"], rows["2026-03", "handled"]

    assert (visits["last_year"], visits["cumulative"], visits["cumulative_last_year"]) == (8, None, 20)
    assert (handled["cumulative"], handled["cumulative_numerator"], handled["cumulative_denominator"]) == (50, 11, 22)
    assert visits["change_on_year"] is None  # that period of a year ago is no span here, so nobody knows it was whole


def test_what_is_not_compared_is_said():
    notes = periods_table(accounts(), "month", {}).notes

    assert notes[1].endswith("(--partial does).")
    assert notes[2] == "No change where the period before is 0: Visits."
    assert periods_table(accounts(partial=True), "month", {}).notes[1] == "* not all of the period is in the files."


def test_indicators_without_a_change_are_named_in_the_order_of_the_periods():
    figures = {"2026-01": {"mentions": ComparedFigure(0)}, "2026-02": {"visits": ComparedFigure(0)}}
    notes = periods_table(accounts(figures=figures), "month", {}).notes

    assert notes[2] == "No change where the period before is 0: Issues named, Visits."


def test_of_complete_periods_nothing_is_said():
    spans = tuple(Span(span.name, span.first, span.last) for span in MONTHS)
    notes = periods_table(Accounts(spans, accounts().figures, {}, {}, {}), "month", {}).notes

    assert len(notes) == 1


@pytest.mark.parametrize(("kind", "this"), [("month", "This month"), ("week", "This week"), ("year", "This year")])
def test_headings_name_the_kind_of_period(kind, this):
    table = periods_table(accounts(), kind, {})

    assert table.columns[table.column("value")].label == this


@pytest.mark.parametrize(
    ("kind", "begin", "after"),
    [
        ("week", date(2026, 3, 16), date(2026, 3, 23)),
        ("month", date(2026, 3, 1), date(2026, 4, 1)),
        ("quarter", date(2026, 1, 1), date(2026, 4, 1)),
        ("year", date(2026, 1, 1), date(2027, 1, 1)),
    ],
)
def test_periods_begin_and_end(kind, begin, after):
    assert begin_of(kind, date(2026, 3, 18)) == begin
    assert next_after(kind, begin) == after
    assert begin_of(kind, after) == after
