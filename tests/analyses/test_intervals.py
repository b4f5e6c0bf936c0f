"""Confidence intervals against published values."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visittally.analyses.intervals import kish, wilson


@pytest.mark.parametrize(
    ("n", "base", "low", "high"),
    [(0, 20, 0.0, 16.1), (1, 29, 0.6, 17.2), (15, 148, 6.2, 16.0), (81, 263, 25.5, 36.6), (20, 20, 83.9, 100.0)],
)
def test_published_intervals(n, base, low, high):
    """Newcombe (1998), Statist. Med. 17:857-872, table I, and the limits at none and all."""
    assert [round(limit, 1) for limit in wilson(n, base)] == [low, high]


@given(st.integers(0, 200), st.integers(1, 200))
@settings(max_examples=80, deadline=None)
def test_an_interval_holds_its_share_and_stays_within_bounds(n, base):
    """0 <= low <= share <= high <= 100."""
    n = min(n, base)
    low, high = wilson(n, base)

    assert 0 <= low <= 100 * n / base + 1e-9
    assert 100 * n / base - 1e-9 <= high <= 100


def test_no_base_no_interval():
    """Nothing was asked, or it weighs nothing."""
    assert wilson(0, 0) is None
    assert wilson(1, 2, 0.0) is None


def test_equal_weights_leave_the_number_of_cases():
    """Kish's effective number is the number of cases for equal weights, smaller for others."""
    assert kish(6.0, 12.0) == 3.0
    assert kish(1 + 3, 1 + 9) < 2
    assert kish(0, 0) == 0
