"""Dates of a dimension as day numbers."""

from __future__ import annotations

from datetime import date

from visittally.words.daycodes import UNDATED, code_days


def test_days_become_ordinals_and_blanks_stay_undated():
    coded = code_days("visit_date", ["2026-04-01", "", "n/a"], {"2026-04-01": 2})
    assert coded.ordinals.tolist() == [date(2026, 4, 1).toordinal(), UNDATED, UNDATED]
    assert coded.newest == date(2026, 4, 1)
    assert coded.notices == ()


def test_a_date_that_cannot_be_read_is_said_with_its_number():
    coded = code_days("visit_date", ["soon", "2026-04-01"], {"soon": 3, "2026-04-01": 1})
    assert ["3" in notice.message and "soon" in notice.message for notice in coded.notices] == [True]


def test_nothing_has_no_newest_day():
    assert code_days("visit_date", [], {}).newest is None


def test_days_without_a_year_are_said_to_lack_it():
    coded = code_days("visit_date", ["3月5日", "4.12", "2026-04-01"], {"3月5日": 3, "4.12": 1, "2026-04-01": 1})
    assert ["4 records" in n.message and "Add the year" in n.message for n in coded.notices] == [True]
