"""Moments of time: the day and the minute in a cell."""

from __future__ import annotations

import math

import numpy as np
import pytest

from visittally.words.dates import DateOrder
from visittally.words.moments import all_midnight, moments, parse_moment, part_of_day

ORDER = DateOrder()
MIDNIGHT = parse_moment("2026-03-02 00:00", ORDER)[0]


def minutes(time):
    """Minutes from midnight on."""
    return parse_moment(f"2026-03-02 {time}", ORDER)[0] - MIDNIGHT


def test_minutes_count_from_the_year_2000():
    assert parse_moment("2000-01-01 00:00", ORDER) == (0, 0)
    assert parse_moment("1999-12-31 23:59", ORDER) == (-1, -1)
    assert parse_moment("2000-01-02 01:30:30", ORDER)[0] == 1440 + 90.5


@pytest.mark.parametrize(
    ("time", "found"),
    [
        ("9:05", 545),
        ("09:05:30", 545.5),
        ("09:05:30,6", 545.51),
        ("23:59:60", 1440),  # a leap second
        ("14时05分", 845),
        ("14点5分30秒", 845.5),
        ("9h05", 545),
        ("12:30 AM", 30),
        ("12:30 p.m.", 750),
        ("11:59 pm", 1439),
        ("12:00 am", 0),
        ("上午 12:30", 30),  # as programs write it
        ("上午9:05", 545),
        ("下午12:30", 750),
        ("下午3:05", 905),
        ("晚上8:10", 1210),
        ("晚上20:10", 1210),
        ("晚上12:10", 1450),  # the night after
        ("凌晨12:10", 10),
        ("凌晨2:10", 130),
        ("中午11:50", 710),
        ("中午12:30", 750),
        ("中午1:30", 810),
    ],
)
def test_ways_of_writing_a_time(time, found):
    assert minutes(time) == pytest.approx(found)


@pytest.mark.parametrize("time", ["", "24:00", "12:60", "12:30:61", "noon", "12", "1230"])
def test_what_is_no_time_of_day(time):
    assert math.isnan(minutes(time))
    assert math.isnan(parse_moment("soon 12:30", ORDER)[0])


@pytest.mark.parametrize(
    ("zone", "ahead"),
    [("", 0), ("Z", 0), ("UTC", 0), ("+03:00", 180), ("+0530", 330), ("-03:30", -210), ("+08", 480)],
)
def test_where_a_zone_is_written_the_moment_is_the_same_everywhere(zone, ahead):
    local, everywhere = parse_moment(f"2026-03-02T09:00:00.000{zone}", ORDER)

    assert (local - MIDNIGHT, local - everywhere) == (540, ahead)


@pytest.mark.parametrize(
    ("text", "hour", "worktime"),
    [
        ("2026-03-02 07:59", "07", "outside"),
        ("2026-03-02 08:00", "08", "office"),
        ("2026-03-02 17:59", "17", "office"),
        ("2026-03-02 18:00", "18", "outside"),
        ("2026-03-06 10:00", "10", "office"),  # a Friday
        ("2026-03-07 10:00", "10", "weekend"),
        ("2026-03-08 10:00", "10", "weekend"),
        ("2026-03-09 10:00", "10", "office"),
        ("9:30 pm", "21", ""),
        ("2026-03-02", "", ""),
        ("soon at 9:30", "", ""),
        ("", "", ""),
    ],
)
def test_parts_of_the_day(text, hour, worktime):
    """From eight to six, Monday to Friday; a time alone has an hour and no day."""
    assert (part_of_day(text, ORDER, "hour"), part_of_day(text, ORDER, "worktime")) == (hour, worktime)


@pytest.mark.parametrize(
    ("texts", "are"),
    [
        (["2026-03-02 00:00:00", "2026-03-03 00:00"], True),
        (["2026-03-02 00:00:00", "2026-03-03 00:00", "2026-03-03 00:01"], False),
        (["2026-03-02 00:00:00", "", "soon"], False),  # one is no habit
        (["2026-03-02 00:00:00\x00", "", "2026-03-04 00:00:00"], True),
        ([], False),
    ],
)
def test_days_that_programs_write_as_midnights(texts, are):
    assert all_midnight(texts, ORDER) is are


def test_moments_of_some_cells():
    found = moments(["2000-01-01 00:10+00:10", "", "x"], ORDER)

    assert found.shape == (3, 3)
    assert found[0, :2].tolist() == [10, 0]
    assert np.isnan(found[1:]).all()
    assert moments([], ORDER).shape == (0, 3)
