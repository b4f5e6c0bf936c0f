"""Days and periods."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visittally.words.dates import (
    PERIODS,
    DateOrder,
    parse_day,
    period,
)

MARCH = date(2011, 3, 15)


@pytest.mark.parametrize(
    "text",
    [
        "2011-03-15",
        "2011-3-15",
        "2011/3/15",
        "2011.3.15",
        "2011年3月15日",
        "２０１１－０３－１５",
        "20110315",
        " 2011-03-15 ",
        "2011-03-15 星期二",
        "2011-03-15T00:47:57.569+03:00",
        "2011-03-15T21:47:57Z",
        "2011-03-15 10:00:00 UTC",
        "2011/03/15 12:00",
        "2011年3月15日 10时20分",
        "2011年3月15日 10:20",
        "2011年3月15日 星期二 10:20",
        "2011年3月15日 9时",
        "2011年3月15日上午",
        "20110315T101010",
        "15/03/2011",
        "03/15/2011",
        "15.03.2011",
        "15-3-11",
        "3/15/2011 4:01:00 PM",
        "15-Mar-2011 20:26:58",
        "15 March 2011",
        "Mar 15, 2011 10:11:12 AM",
        "March 15th 2011",
        "Tue, 15 Mar 2011",
        "民國100年3月15日",
        "民国100/3/15",
        "40617",
        "40617.5",
    ],
)
def test_ways_to_write_a_day(text):
    assert parse_day(text) == MARCH


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "3月15日",
        "2011-13-01",
        "2011-02-30",
        "31/02/2011",
        "12345678",
        "12",
        "2011",
        "13:20:11",
        "May",
        "yesterday",
        "15 Foo 2011",
    ],
)
def test_what_is_no_day(text):
    assert parse_day(text) is None


def test_a_month_is_its_first_day():
    assert parse_day("2018-10") == parse_day("2018年10月") == date(2018, 10, 1)


@given(st.dates(date(1970, 1, 1), date(2060, 1, 1)))
def test_days_come_back_from_every_certain_form(day):
    forms = [
        day.isoformat(),
        f"{day:%Y/%m/%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%d-%b-%Y}",
        f"{day:%B} {day.day}, {day.year}",
    ]
    assert [parse_day(form) for form in forms] == [day] * len(forms)


@given(st.lists(st.dates(date(2000, 1, 1), date(2030, 1, 1)), min_size=1, max_size=20), st.booleans())
def test_dates_that_can_be_read_in_one_way_only_decide_for_all(days, day_first):
    days = [*days, date(2020, 5, 31)]
    written = [f"{day:%d/%m/%Y}" if day_first else f"{day:%m/%d/%Y}" for day in days]
    order = DateOrder.learn(dict.fromkeys(written, 1))
    assert order.sure
    assert order.notices("date") == ()
    assert [parse_day(text, order) for text in written] == days


def test_dates_that_do_not_tell_are_read_so_that_they_lie_close_together_and_are_said():
    order = DateOrder.learn({f"5/{day}/2023": 300 for day in range(2, 6)})
    assert not order.sure
    assert parse_day("5/2/2023", order) == date(2023, 5, 2)
    (notice,) = order.notices("visit_date")
    assert all(piece in notice.message for piece in ("visit_date", "5/2/2023", "month first", "900"))


def test_both_orders_in_a_column_are_said_where_only_one_reading_fits_the_others():
    """A spreadsheet turned those days that are months as well, and left the others as they were."""
    certain = [f"7/{day}/2026" for day in range(14, 32)] + ["8/20/2026"]
    order = DateOrder.learn(dict.fromkeys([*certain, "01/08/2026", "02/08/2026", "11/08/2026"], 2))
    assert parse_day("02/08/2026", order) == date(2026, 2, 8)
    assert not order.sure
    (notice,) = order.notices("date")
    assert "6 dates such as 01/08/2026" in notice.message
    assert "between 2026-07-14 and 2026-08-20" in notice.message


def test_days_before_the_thirteenth_are_no_sign_of_another_order():
    order = DateOrder.learn({f"1/{day}/2026": 1 for day in range(2, 32)})
    assert order.sure
    order = DateOrder.learn({f"{month}/{day}/2026": 1 for month in range(1, 13) for day in range(1, 29)})
    assert order.sure


def test_a_column_of_both_orders_goes_by_the_majority_and_is_said():
    order = DateOrder.learn({"25/03/2023": 3, "03/25/2023": 1, "04/05/2023": 1})
    assert not order.sure
    assert parse_day("04/05/2023", order) == date(2023, 5, 4)
    assert len(order.notices("date")) == 1


def test_iso_dates_leave_nothing_to_guess():
    assert DateOrder.learn({"2023-05-04": 3, "": 2, "NA": 1}).sure


def test_a_day_equal_to_its_month_leaves_nothing_to_guess():
    assert DateOrder.learn({"04/04/2023": 3}).sure


def test_years_of_the_republic_where_all_dates_have_them():
    order = DateOrder.learn({"112/3/15": 2, "111.12.1": 1, "": 1})
    assert order.roc
    assert parse_day("112/3/15", order) == date(2023, 3, 15)
    assert DateOrder.learn({"99/3/15": 2}).roc
    assert not DateOrder.learn({"99/3/15": 2, "2023/3/15": 1}).roc


def test_dates_of_every_kind_in_one_column():
    written = ["3/25/2023", "25/3/2023", "112/3/25", "45010", "2023-03-25", "民國112年3月25日"]
    order = DateOrder.learn(dict.fromkeys(written, 1))
    assert {parse_day(text, order) for text in written} == {date(2023, 3, 25)}


@pytest.mark.parametrize(
    ("name", "text"),
    [("day", "2026-04-01"), ("week", "2026-W14"), ("month", "2026-04"), ("quarter", "2026-Q2"), ("year", "2026")],
)
def test_periods(name, text):
    assert period(date(2026, 4, 1), name) == text


def test_a_week_belongs_to_the_year_of_its_thursday():
    assert period(date(2027, 1, 1), "week") == "2026-W53"


@given(st.dates(date(1000, 1, 1)), st.integers(0, 400), st.sampled_from(PERIODS))
def test_periods_sort_as_their_days_do(day, later, name):
    if day <= date.max - timedelta(days=later):
        assert period(day, name) <= period(day + timedelta(days=later), name)


def test_a_period_that_does_not_exist_is_an_error():
    with pytest.raises(KeyError):
        period(MARCH, "decade")


def test_days_of_one_figure_stand_behind_short_years_too():
    order = DateOrder.learn({"26.3.15": 1, "26.7.3": 2, "26.5.5": 1})

    assert parse_day("26.7.3", order) == date(2026, 7, 3)
    assert parse_day("26.5.5", DateOrder.learn({"26.5.5": 1, "26.5.6": 1})) == date(2026, 5, 5)


def test_short_years_lead_where_the_first_numbers_hardly_differ():
    order = DateOrder.learn({"26.3.15": 1, "26.3.16": 2, "26.4.2": 1})
    assert parse_day("26.3.15", order) == date(2026, 3, 15)
    assert parse_day("15.3.26", DateOrder.learn({"15.3.26": 1, "16.3.26": 1, "2.4.26": 1})) == date(2026, 3, 15)


@pytest.mark.parametrize(("text", "day"), [("令和8年3月10日", date(2026, 3, 10)), ("令和元年5月1日", date(2019, 5, 1))])
def test_years_of_japanese_eras(text, day):
    assert parse_day(text) == day
