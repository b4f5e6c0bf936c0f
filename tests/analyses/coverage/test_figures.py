"""How far the visits got, beside what was planned."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest

from visittally.analyses.coverage.figures import Coverage, finish_date
from visittally.analyses.coverage.targets import Target, Targets

ASH, ELM, OAK, FIR = (0,), (1,), (2,), (3,)
FINALS = {ASH: {"I": 3, "R": 1}, ELM: {"R": 2}, FIR: {"I": 5}, (): {"I": 8, "R": 3}}


def coverage(targets=None, *, completed=False, axes=("place",), **more):
    finals = more.pop("finals", FINALS)
    visits = SimpleNamespace(
        axes=axes, finals=finals, visited=lambda key: sum(finals.get(key, {}).values()), kind=None, **more
    )
    return Coverage(
        visits,
        targets,
        "roster.csv",
        completed,
        with_outcomes=True,
        by_household=True,
        as_of=date(2026, 3, 10),
        period="",
        levels=None,
        dispositions=None,
    )


PLANNED = Targets(("n",), {OAK: {"n": Target(4)}, ASH: {"n": Target(6)}, ELM: {"n": Target()}})


@pytest.mark.parametrize(
    ("sort", "rows"), [("", [OAK, ASH, ELM, FIR]), ("name", [ASH, ELM, OAK, FIR]), ("count", [FIR, ASH, ELM, OAK])]
)
def test_rows_of_the_roster_in_its_order_then_those_of_the_visits(sort, rows):
    """By name in the order of the keys; by count the most visited first."""
    assert coverage(PLANNED).keys(sort) == rows
    assert coverage().keys("") == [ASH, ELM, FIR]


@pytest.mark.parametrize(("completed", "ash", "everywhere"), [(False, 4, 11), (True, 3, 8)])
def test_visited_or_completed_targets_count(completed, ash, everywhere):
    own = coverage(PLANNED, completed=completed)

    assert (own.counted(ASH), own.counted(()), own.counted(OAK)) == (ash, everywhere, 0)


def test_households_of_the_roster_alone_count_where_it_lists_them():
    listed = Targets(("n",), {ASH: {"n": Target(6)}, OAK: {"n": Target(4)}}, {ASH: (4, 2), OAK: (1, 0)})

    assert [coverage(listed).counted(key) for key in (ASH, OAK, FIR, ())] == [4, 1, 0, 5]
    assert [coverage(listed, completed=True).counted(key) for key in (ASH, OAK, ())] == [2, 0, 2]


def test_the_rate_of_all_counts_rows_with_a_target_only():
    """Elm has no number and Fir is not planned: they would make the rate of the whole too high."""
    assert coverage(PLANNED).reached(()) == 4 + 0
    assert coverage(PLANNED).reached(FIR) == 5
    assert coverage().reached(()) == 11
    assert coverage(PLANNED, axes=()).reached(()) == 11


def test_targets_of_rows_and_of_all():
    assert (coverage(PLANNED).target(OAK), coverage(PLANNED).target(())) == (Target(4), Target(10))
    assert coverage().target(OAK) == Target()


@pytest.mark.parametrize(
    ("target", "done", "finish"),
    [
        (10, 5, date(2026, 3, 15)),  # five in five days, five more
        (11, 5, date(2026, 3, 16)),
        (6, 5, date(2026, 3, 11)),
        (5, 5, date(2026, 3, 8)),  # reached: the last day
        (4, 5, date(2026, 3, 8)),
        (12, 4, date(2026, 3, 20)),  # eight more at four in five days
        (13, 4, date(2026, 3, 22)),  # nine: eleven days and a quarter
        (10, 0, None),
        (None, 5, None),
        (0, 5, None),
        (10**5, 1, None),  # in a thousand years
        (10**9, 1, None),  # beyond all calendars
    ],
)
def test_the_day_on_which_a_target_will_be_reached(target, done, finish):
    """At the pace from the 4th to the 8th of March, counted from the 10th on."""
    days = date(2026, 3, 4).toordinal(), date(2026, 3, 8).toordinal()
    own = coverage(Targets(("n",), {ASH: {"n": Target(target)}}), finals={ASH: {"I": done}}, spans={ASH: days})

    assert finish_date(own, ASH) == finish


def test_without_dates_no_day_is_known():
    own = coverage(Targets(("n",), {ASH: {"n": Target(10)}}), finals={ASH: {"I": 5}}, spans={})

    assert finish_date(own, ASH) is None
