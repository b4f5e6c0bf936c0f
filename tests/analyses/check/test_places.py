"""Signals of places."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from visittally.analyses.check.cases import Cases
from visittally.analyses.check.places import haversine, position_far, position_same
from visittally.analyses.check.thresholds import DEFAULTS

LIMITS = replace(DEFAULTS, position_same=2, position_far=500.0)


def cases(positions, households=None, villages=None):
    n = len(positions)
    return Cases(
        line=np.arange(n),
        positions=np.array(positions, float),
        household=np.array([0] * n if households is None else households, np.uint64),
        village=np.array([1] * n if villages is None else villages, np.uint64),
    )


def same(positions, households=None):
    found = position_same(cases(positions, households), LIMITS)
    return found.base, {hit.record: (hit.value, hit.other) for hit in found.hits}


HERE, NEAR, THERE = (6.5, 12.25), (6.50004, 12.24996), (6.5002, 12.25)


def test_more_records_at_one_position_than_a_house_holds():
    """To four decimals, some eleven metres; each names the first, and the first the second."""
    assert same([HERE, THERE, NEAR, HERE]) == (4, {0: (3, 2), 2: (3, 0), 3: (3, 0)})
    assert same([HERE, THERE, NEAR]) == (3, {})


def test_one_household_may_be_visited_often():
    assert same([HERE] * 3, [7, 7, 7]) == (3, {})
    assert same([HERE] * 3, [7, 7, 8])[1]
    assert same([HERE] * 3, [7, 7, 0])[1]


def test_negative_and_mirrored_positions_are_told_apart():
    mirrored = [(a * x, b * y) for x, y in (HERE,) for a in (1, -1) for b in (1, -1)]

    assert same([*mirrored, *mirrored])[1] == {}
    assert len(same(mirrored * 3)[1]) == 12


@pytest.mark.parametrize("nowhere", [(0, 0), (np.nan, 12), (6, np.inf), (90.1, 12), (6, -180.1)])
def test_what_is_no_position_on_earth_is_not_looked_at(nowhere):
    assert same([nowhere, HERE, HERE, HERE])[0] == 3
    assert same([nowhere, nowhere, nowhere, HERE]) == (1, {})
    assert position_same(cases([nowhere] * 4), LIMITS).state == "no_column"
    assert same([(0, 12)] * 3)[1] != {}


def test_without_positions_there_is_no_such_signal():
    nothing = Cases(line=np.arange(2), village=np.ones(2, np.uint64))

    assert position_same(nothing, LIMITS).state == position_far(nothing, LIMITS).state == "no_column"


def far(positions, villages=None):
    found = position_far(cases(positions, villages=villages), LIMITS)
    return found.base, found.state, [(hit.record, round(hit.value)) for hit in found.hits]


DEGREE = 111_195


def test_positions_far_from_the_others_of_their_village():
    """A hundredth of a degree is more than a kilometre; the farthest comes first."""
    village = [(6.5, 12.25)] * 8
    base, state, hits = far([*village, (6.51, 12.25), (6.52, 12.25)])

    assert (base, state) == (10, "computed")
    assert hits == [(9, round(0.02 * DEGREE)), (8, round(0.01 * DEGREE))]
    assert far([*village, (6.504, 12.25), (6.5, 12.25)])[2] == []


def test_a_village_that_is_spread_out_has_a_wider_limit():
    """Ten times the median deviation of its distances beyond their median."""
    spread = [(6.5 + n / 100, 12.25) for n in range(-5, 6)]

    assert far([*spread, (6.65, 12.25)])[2] == []


def test_few_positions_and_records_without_a_village_tell_nothing():
    assert far([(6.5, 12.25)] * 3 + [(7, 12.25)])[:2] == (0, "too_few")
    assert far([(6.5, 12.25)] * 4 + [(7, 12.25)]) == (5, "too_few", [(4, round(0.5 * DEGREE))])
    assert far([(6.5, 12.25)] * 5, [0] * 5)[1] == "no_column"


def test_metres_on_the_earth():
    """A degree of longitude shrinks with the latitude, half the way round is the longest way."""
    points = np.array([[60.0, 1.0], [0.0, 180.0], [6.5, 12.25]])

    assert haversine(points[:1], np.array([60.0, 0.0]))[0] == pytest.approx(DEGREE / 2, rel=1e-3)
    assert haversine(points[1:2], np.array([0.0, 0.0]))[0] == pytest.approx(180 * DEGREE, rel=1e-5)
    assert haversine(points[2:], points[2])[0] == 0
