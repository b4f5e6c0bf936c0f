"""Conditions of `--where`."""

from __future__ import annotations

import pytest

from visittally import conditions, summarize
from visittally.errors import UsageError

VISITS = "village,visit_date,issue\n" + "".join(
    f"East,{day},road\n" for day in ("2026-3-16", "2026/3/16", "2026年3月16日", "2026-03-17")
)


@pytest.fixture
def cases(tmp_path):
    path = tmp_path / "visits.csv"
    path.write_text(VISITS, encoding="utf-8")

    def counted(condition):
        return summarize([str(path)], where=(condition,)).receipt.records_counted

    return counted


@pytest.mark.parametrize("day", ["2026-03-16", "2026/3/16", "2026年3月16日"])
def test_a_day_is_the_same_however_it_is_written(cases, day):
    assert cases(f"visit_date={day}") == 3
    assert cases(f"visit_date!={day}") == 1


def test_a_month_is_no_day(cases):
    assert cases("visit_date=2026-03") == 0
    assert cases("visit_date:month=2026-03") == 4


@pytest.mark.parametrize("limit", ["2026-13-01", "soon", ""])
def test_a_limit_that_is_neither_number_nor_date_is_refused(cases, limit):
    with pytest.raises(UsageError, match="neither a number nor a date"):
        cases(f"visit_date>={limit}")


def test_numbers_are_no_days():
    matcher = conditions.Matcher(conditions.Condition(None, "=", "45123"), "income=45123", conditions.DateOrder())
    assert matcher.matches("45123", None)
    assert not matcher.matches("45123.5", None)
