"""Means and quantiles of counted values."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visittally.analyses.quantiles import mean, quantiles, weighted_quantiles

counted = st.dictionaries(st.integers(-50, 50), st.integers(1, 4), min_size=1, max_size=8)
SHARES = (0.0, 0.25, 0.5, 0.9, 1.0)


@given(counted)
@settings(max_examples=50, deadline=None)
def test_quantiles_are_those_of_the_values_written_out(values):
    """Counted values give what numpy gives for the records one by one."""
    own, n = np.array(list(values), float), np.array(list(values.values()))

    assert quantiles(own, n, SHARES) == pytest.approx(list(np.quantile(np.repeat(own, n), SHARES)))


@given(counted)
@settings(max_examples=50, deadline=None)
def test_equal_weights_give_a_median_between_the_middle_values(values):
    """Half of the weight lies at or below the weighted median, half at or above."""
    own, weights = np.array(list(values), float), np.array(list(values.values()), float)
    [median] = weighted_quantiles(own, weights, [0.5])

    assert weights[own <= median].sum() >= weights.sum() / 2 - 1e-9
    assert weights[own >= median].sum() >= weights.sum() / 2 - 1e-9


def test_without_values_there_is_no_figure():
    """Nothing, or nothing with weight, has neither mean nor quantile."""
    nothing = np.zeros(0)

    assert mean(nothing, nothing) is None
    assert quantiles(nothing, nothing, [0.5]) == weighted_quantiles(nothing, nothing, [0.5]) == [None]
    assert weighted_quantiles(np.array([1.0]), np.array([0.0]), [0.5]) == [None]


def test_a_weight_of_zero_moves_no_quantile():
    """A value without weight is not there, not even as the largest."""
    assert weighted_quantiles(np.array([1.0, 99.0]), np.array([1.0, 0.0]), [0.5, 1.0]) == [1.0, 1.0]


def test_the_mean_does_not_depend_on_the_order():
    """Sums are exact: the same in any order, to the last bit."""
    values = np.array([1e16, 1.0, -1e16, 3.0] * 3)
    ones = np.ones(len(values))

    assert mean(values, ones) == mean(values[::-1], ones) == 1.0
