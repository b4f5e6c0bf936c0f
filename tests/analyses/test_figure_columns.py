"""Columns under their usual heading, each with what it measures."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from visittally.analyses.figure_columns import column, limits, number, remark, row_column, share, single_records
from visittally.tables.measures import ANSWER, BASE, CATEGORY, COARSE_PLACE, RECORD, REMARK, ROW, counted, made_of


def test_a_column_has_its_usual_heading_or_another_one():
    assert (number("collected").label, number("collected", label="N").label) == ("Collected", "N")
    assert remark("nosuch").label == "nosuch"
    assert number("collected", people=False).people is False


def test_numbers_measure_what_they_are_named_after_and_shares_a_part_of_the_first_base_that_is_known():
    part = share("handled", "collected", "cases")

    assert number("collected").measure == counted("collected")
    assert (part.name, part.measure, part.base) == (
        "handled_percent",
        counted("handled"),
        counted("collected", "cases"),
    )


def test_limits_are_made_of_the_part():
    low, high = limits("handled_low", "handled_high", of="handled", base=BASE)

    assert (low.name, high.name) == ("handled_low", "handled_high")
    assert low.measure == high.measure == made_of("handled")
    assert low.base == BASE


@pytest.mark.parametrize(
    ("field", "measure"),
    [
        ("issue", ANSWER),
        ("status", ANSWER),
        ("issue_category", CATEGORY),
        ("issue_type", CATEGORY),
        ("county", COARSE_PLACE),
        ("township", COARSE_PLACE),
        ("village", ROW),
        ("visitor", ROW),
    ],
)
def test_what_names_the_rows_says_how_freely_it_may_be_shown(field, measure):
    found = row_column(SimpleNamespace(name="n", label="L", field=field))

    assert (found.name, found.label, found.measure) == ("n", "L", measure)


def test_columns_of_single_records():
    found = single_records([column("line", ROW), remark("note")])

    assert [(one.name, one.measure) for one in found] == [("line", RECORD), ("note", RECORD)]
    assert remark("note").measure == REMARK
