"""Signals of time: what is short, fast, doubled, sent in heaps, late, at night, out of the campaign."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from visittally.analyses.check import timing
from visittally.analyses.check.thresholds import DEFAULTS

NAN = np.nan


class Looked:
    """The records of a check, as far as the signals of time look at them; each visitor has some in a row."""

    def __init__(self, n, *visitors, completed=None, minutes=(), day=(), days=None, **times):
        ends = np.cumsum(visitors or (n,))
        self.n = n
        self.members = [np.arange(end - size, end) for end, size in zip(ends, visitors or (n,), strict=True)]
        self.completed = np.ones(n, bool) if completed is None else np.array(completed, bool)
        self.minutes = np.array(minutes or [NAN] * n, float)
        self.day = np.array(day if len(day) else [-1] * n, int)
        self.days = {name: np.array(values, int) for name, values in (days or {}).items()}
        self.times = {name: np.array(values, float) for name, values in times.items()}
        self.local = self.times

    def __len__(self):
        return self.n


def hits(found):
    """The records that are pointed out."""
    return [hit.record for hit in found.hits]


# ---------------------------------------------------------------- how long
def test_short_is_less_than_a_part_of_the_median():
    """The median of 20, 20, 20, 6, 5.9 is 20: less than 6 is short."""
    assert hits(timing.short(Looked(5, minutes=(20, 20, 20, 6, 5.9)), DEFAULTS)) == [4]


def test_less_than_two_minutes_are_short_in_any_case():
    assert hits(timing.short(Looked(4, minutes=(3, 3, 2, 1.9)), DEFAULTS)) == [3]


def test_only_completed_interviews_are_short():
    cases = Looked(4, minutes=(20, 20, 1, NAN), completed=(1, 1, 0, 1))

    assert hits(timing.short(cases, DEFAULTS)) == []
    assert timing.short(Looked(3), DEFAULTS).state == "no_column"


def test_the_pace_of_a_visitor_beside_that_of_the_others():
    """Medians 10, 11, 12, 13 and 30: middle 12, spread 1.4826 x 1."""
    sizes = (30, 30, 30, 30, 30)
    minutes = [median for median in (10, 11, 12, 13, 30) for _ in range(30)]
    found = timing.pace(Looked(150, *sizes, minutes=minutes), DEFAULTS)

    assert [round(m.z, 4) for m in found.measures.values()] == [
        round((median - 12) / 1.4826, 4) for median in (10, 11, 12, 13, 30)
    ]
    assert [m.recheck for m in found.measures.values()] == [False, False, False, False, True]
    assert (found.base, found.count) == (5, 1)


def test_the_pace_needs_five_visitors_of_ten_records():
    minutes = [10] * 50
    assert timing.pace(Looked(50, 10, 10, 10, 10, 10, minutes=minutes), DEFAULTS).state == "computed"
    assert timing.pace(Looked(50, 10, 10, 10, 11, 9, minutes=minutes), DEFAULTS).state == "too_few"
    same = timing.pace(Looked(50, 10, 10, 10, 10, 10, minutes=minutes), DEFAULTS)
    assert {(m.z, m.recheck) for m in same.measures.values()} == {(None, None)}


def test_a_pace_that_is_just_as_far_off_as_may_be_is_none_to_look_at():
    """Medians 10 to 14: 14 is 2 / 1.4826 spreads from 12."""
    minutes = [median for median in (10, 11, 12, 13, 14) for _ in range(30)]
    limits = replace(DEFAULTS, pace=2 / timing.MAD)
    found = timing.pace(Looked(150, 30, 30, 30, 30, 30, minutes=minutes), limits)

    assert found.count == 0
    assert {m.recheck for m in found.measures.values()} == {False}


# ---------------------------------------------------------------- at the same time
@pytest.mark.parametrize(
    ("start", "end", "doubled"),
    [
        ((0, 10, 20), (10, 20, 30), []),  # one begins as the other ends
        ((0, 9, 20), (10, 20, 30), [1]),
        ((9, 0, 20), (20, 10, 30), [0]),  # in whatever order they stand
        ((0, 5, 12, 30), (10, 10, 18, 40), [1]),
        ((0, 5, 100, 110, 120), (200, 9, 104, 114, 124), []),  # left open: longer than four times the median
        ((0, 5, 100, 110, 120), (16, 9, 104, 114, 124), [1]),
        ((0, 5, NAN), (10, 3, 5), []),  # ends before it begins
    ],
)
def test_visits_that_began_before_an_earlier_one_had_ended(start, end, doubled):
    assert hits(timing.overlap(Looked(len(start), start_time=start, end_time=end), DEFAULTS)) == doubled


def test_visits_of_two_visitors_may_overlap():
    assert hits(timing.overlap(Looked(2, 1, 1, start_time=(0, 0), end_time=(10, 10)), DEFAULTS)) == []
    assert timing.overlap(Looked(2, start_time=(0, 0)), DEFAULTS).state == "no_column"


def test_more_visits_on_a_day_than_can_be():
    """21 are more than 20; those of others, unfinished and undated ones do not count."""
    found = timing.per_day(Looked(61, 41, 20, day=[5] * 21 + [6] * 20 + [5] * 20), DEFAULTS)

    assert (found.base, found.count, len(hits(found))) == (3, 1, 21)
    assert [(m.n, m.count, m.value, m.recheck) for m in found.measures.values()] == [
        (2, 1, 21.0, True),
        (1, 0, 20.0, None),
    ]
    assert timing.per_day(Looked(21, day=[5] * 20 + [-1]), DEFAULTS).count == 0
    assert timing.per_day(Looked(21, day=[5] * 21, completed=[1] * 20 + [0]), DEFAULTS).count == 0


def test_as_many_visits_on_a_day_as_can_be_are_none_to_look_at():
    found = timing.per_day(Looked(30, day=[5] * 20 + [6] * 10), DEFAULTS)

    assert [(m.value, m.recheck) for m in found.measures.values()] == [(20.0, False)]


@pytest.mark.parametrize(
    ("sent", "heap"),
    [
        ((1, 1.2, 1.4, 1.6, 2), [0, 1, 2, 3, 4]),  # five within a minute, both ends included
        ((1, 1.2, 1.4, 1.6, 2.01), []),
        ((1, 1.2, 1.4, 1.6), []),
        ((9, 1.2, 1.4, 1, 1.6, 2, NAN), [1, 2, 3, 4, 5]),
    ],
)
def test_submissions_that_came_in_a_heap(sent, heap):
    assert hits(timing.burst(Looked(len(sent), submitted_at=sent), DEFAULTS)) == heap


def test_days_without_times_are_no_heap_and_no_night():
    midnights = (0, 1440, 2880, 1)

    assert timing.burst(Looked(4, submitted_at=midnights), DEFAULTS).state == "no_column"
    assert timing.night(Looked(4, start_time=midnights), DEFAULTS).state == "no_column"
    assert hits(timing.night(Looked(4, start_time=(0, 1440, 1, 600)), DEFAULTS)) == [0, 1, 2]  # half of them


# ---------------------------------------------------------------- when
def test_days_until_a_visit_is_sent_in():
    """Eight are more than seven; what is undated is left aside; half of ten records decide the visitor's."""
    days = {"visit_date": [10] * 20, "submitted_at": [17] * 9 + [18] * 10 + [-1]}
    found = timing.lag(Looked(20, 10, 10, days=days), DEFAULTS)

    assert hits(found) == list(range(9, 19))
    assert (found.base, found.count) == (19, 10)
    assert [(m.n, m.count, m.value, m.rest, m.recheck) for m in found.measures.values()] == [(10, 1, 7.0, 8.0, None)]


def test_the_median_of_a_visitor_decides():
    days = {"visit_date": [10] * 60, "submitted_at": [18] * 30 + [17] * 30}

    assert [m.recheck for m in timing.lag(Looked(60, 30, 30, days=days), DEFAULTS).measures.values()] == [True, False]
    assert timing.lag(Looked(2, days={"submitted_at": [3, 3]}), DEFAULTS).state == "no_column"


def test_the_days_of_a_visitor_stand_beside_those_of_the_others():
    days = {"visit_date": [10] * 30, "submitted_at": [11] * 10 + [13] * 20}

    found = timing.lag(Looked(30, 10, 20, days=days), DEFAULTS)
    assert [(m.value, m.rest) for m in found.measures.values()] == [(1.0, 3.0), (3.0, 1.0)]


@pytest.mark.parametrize(
    ("clock", "at_night"), [(21 * 60 + 59, False), (22 * 60, True), (1, True), (4 * 60 + 59, True), (5 * 60, False)]
)
def test_from_ten_to_five_it_is_night(clock, at_night):
    """On whatever day."""
    found = timing.night(Looked(2, start_time=(3 * 1440 + clock, 600)), DEFAULTS)

    assert hits(found) == ([0] if at_night else [])


def test_visits_before_and_after_the_campaign():
    first, last = date(2026, 3, 2), date(2026, 3, 4)
    cases = Looked(6, day=[first.toordinal() + n for n in (-1, 0, 1, 2, 3)] + [-1])

    assert hits(timing.outside(cases, first, last)) == [0, 4]
    assert hits(timing.outside(cases, None, last)) == [4]
    assert hits(timing.outside(cases, first, None)) == [0]
    assert timing.outside(cases, None, None).state == "no_column"
    assert timing.outside(cases, first, last).base == 5


def test_one_visit_outside_is_enough_to_look_at_a_visitor_of_thirty():
    first = date(2026, 3, 2)
    days = [first.toordinal() - 1] + [first.toordinal()] * 29

    assert [m.recheck for m in timing.outside(Looked(30, day=days), first, None).measures.values()] == [True]
    assert [m.recheck for m in timing.outside(Looked(29, day=days[:29]), first, None).measures.values()] == [None]


@pytest.mark.parametrize(
    ("days", "state", "late"),
    [
        ([0] * 29 + [19], "computed", 1),  # one day of twenty
        ([0] * 28 + [18, 19], "computed", 1),
        ([0] * 20 + [37] * 5 + [38] * 4 + [39] * 3, "computed", 7),  # two days of forty
        ([0] * 29 + [18], "too_few", None),  # nineteen days
        ([0] * 28 + [19], "too_few", None),
        ([], "no_column", None),
    ],
)
def test_the_share_of_the_last_days(days, state, late):
    found = timing.crowding(Looked(len(days) or 1, day=days), DEFAULTS)

    assert found.state == state
    assert late is None or found.count == late
