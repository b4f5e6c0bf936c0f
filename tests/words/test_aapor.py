"""Outcome rates."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visittally.words.aapor import (
    CODES,
    RATES,
    eligible_share,
    rates,
)

COUNTS = {"I": 60, "P": 10, "R": 15, "NC": 10, "O": 5, "UH": 30, "UO": 20, "NE": 25}
E = Fraction(100, 125)


@pytest.mark.parametrize(
    ("rate", "numerator", "denominator"),
    [
        ("RR1", 60, 150), ("RR2", 70, 150), ("RR3", 60, 100 + E * 50),
        ("RR4", 70, 100 + E * 50), ("RR5", 60, 100), ("RR6", 70, 100),
        ("COOP1", 60, 90), ("COOP2", 70, 90), ("COOP3", 60, 85), ("COOP4", 70, 85),
        ("REF1", 15, 150), ("REF2", 15, 100 + E * 50), ("REF3", 15, 100),
        ("CON1", 90, 150), ("CON2", 90, 100 + E * 50), ("CON3", 90, 100),
        ("LOC1", 100, 150), ("LOC2", 100, 100 + E * 50),
    ],
)  # fmt: skip
def test_rates_worked_out_by_hand(rate, numerator, denominator):
    assert rates(COUNTS)[rate] == (numerator, denominator)


def test_the_estimated_share_of_eligible_cases():
    assert eligible_share(COUNTS) == 0.8
    assert eligible_share({}) is None


def test_nothing_counted_has_a_base_of_zero():
    assert set(rates({}).values()) == {(0, 0)}


def test_unknown_cases_alone_do_not_enter_an_estimate():
    assert rates({"UH": 5})["RR3"] == (0, 0)
    assert rates({"UH": 5})["RR1"] == (0, 5)


@given(st.fixed_dictionaries({code: st.integers(0, 10**6) for code in CODES}))
def test_no_rate_is_above_one_and_those_with_partial_interviews_are_no_lower(counts):
    found = rates(counts)
    assert list(found) == list(RATES)
    assert all(0 <= numerator <= denominator for numerator, denominator in found.values())
    assert all(found[high][0] >= found[low][0] for low, high in [("RR1", "RR2"), ("COOP1", "COOP2"), ("RR5", "RR6")])
