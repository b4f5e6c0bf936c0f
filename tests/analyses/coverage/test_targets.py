"""The roster's numbers beside the visits, and the names that only one side has."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from visittally.analyses.coverage.targets import Target, Targets, Unmatched, unmatched

NONE, SOME, ABOUT = Target(), Target(10), Target(5, approximate=True)


@pytest.mark.parametrize(
    ("one", "other", "added"),
    [
        (SOME, SOME, Target(20)),
        (SOME, ABOUT, Target(15, approximate=True)),
        (NONE, SOME, SOME),
        (SOME, NONE, SOME),
        (NONE, ABOUT, ABOUT),
        (NONE, NONE, NONE),
        (Target(0), SOME, SOME),
    ],
)
def test_numbers_add_and_what_is_not_known_adds_nothing(one, other, added):
    assert one + other == added


@pytest.mark.parametrize(("target", "counts"), [(NONE, False), (Target(0), False), (Target(0.5), True), (SOME, True)])
def test_nothing_can_be_divided_by_none_or_nothing(target, counts):
    assert target.counts is counts


def test_targets_of_rows_and_of_all_by_kind():
    found = Targets(("houses", "shops"), {(0,): {"houses": SOME, "shops": ABOUT}, (1,): {"houses": Target(3)}})

    assert found.target((0,)) == Target(15, approximate=True)
    assert found.target((9,)) == NONE
    assert found.total() == Target(18, approximate=True)
    assert found.total("houses") == Target(13)
    assert found.total("nosuch") == NONE


# ---------------------------------------------------------------- names of one side only
NAMES = {(0,): "Ash", (1,): "Elmwood", (2,): "Elmwod", (3,): "Oak", (4,): ""}


def told(planned, visited):
    """What only one side has: positions in NAMES, visits by position."""
    visits = SimpleNamespace(finals={(), *((n,) for n in visited)}, visited=lambda key: visited[key[0]])
    return unmatched(Targets(("n",), {(n,): {"n": SOME} for n in planned}), visits, NAMES)


def test_each_side_offers_the_nearest_name_of_the_other():
    assert told([0, 1], {0: 3, 2: 7}) == [
        Unmatched("visits", (2,), 7, "Elmwood"),
        Unmatched("roster", (1,), 0, "Elmwod"),
    ]


def test_names_that_are_nothing_like_it_are_not_offered():
    assert told([0, 1], {0: 3, 3: 2}) == [Unmatched("visits", (3,), 2, ""), Unmatched("roster", (1,), 0, "")]


def test_a_name_of_both_sides_is_offered_to_the_visits_only():
    """A stranger may be a slip of a planned place that was visited under its right name, too."""
    assert told([1], {1: 3, 2: 1}) == [Unmatched("visits", (2,), 1, "Elmwood")]


def test_where_nothing_was_recorded_no_name_is_missing():
    assert told([0], {0: 3, 4: 2}) == []
    assert told([0], {0: 3}) == []
