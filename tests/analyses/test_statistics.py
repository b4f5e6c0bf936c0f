"""Differences of shares and means against published figures, and the laws of a difference."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visittally.analyses.statistics import (
    Estimate,
    Proportion,
    Sample,
    incomplete_beta,
    newcombe,
    newcombe_paired,
    paired_phi,
    paired_t,
    pooled_z,
    sample,
    t_quantile,
    t_two_sided,
    welch,
)


@pytest.mark.parametrize(
    ("after", "before", "points", "low", "high"),
    [
        ((56, 70), (48, 80), 0.2, 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.6, 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.5714, 0.0582, 0.8062),
        ((5, 56), (0, 29), 0.0893, -0.0381, 0.1926),
        ((0, 10), (0, 20), 0.0, -0.1611, 0.2775),
        ((10, 10), (0, 20), 1.0, 0.6791, 1.0),
    ],
)
def test_published_differences_of_shares(after, before, points, low, high):
    """Newcombe (1998), Statist. Med. 17:873-890, table II, method 10."""
    found = newcombe(Proportion(*before), Proportion(*after))

    assert [found.value / 100, found.low / 100, found.high / 100] == pytest.approx([points, low, high], abs=5e-5)


def test_the_same_cases_twice():
    """Newcombe's paired method 10: the correlation of the rounds narrows the interval."""
    found = newcombe_paired(20, 5, 15, 10)

    assert paired_phi(20, 5, 15, 10) == pytest.approx(0.174574, abs=5e-7)
    assert [found.value, found.low, found.high] == pytest.approx([20, 2.5838, 35.6937], abs=5e-5)
    assert found.outside == "up"


@pytest.mark.parametrize(
    ("df", "quantile"),
    [(1, 12.706205), (2, 4.302653), (5, 2.570582), (6, 2.446912), (30, 2.042272), (120, 1.979930), (1e9, 1.959964)],
)
def test_quantiles_of_t(df, quantile):
    """Tables of the t distribution."""
    assert t_quantile(0.975, df) == pytest.approx(quantile, abs=6e-7)


def test_the_expansion_meets_the_fraction():
    """Where one way of computing a quantile takes over from the other they agree."""
    below, above = t_quantile(0.975, math.nextafter(1000, 0)), t_quantile(0.975, 1000)

    assert below == pytest.approx(above, rel=1e-10)


@given(st.floats(0.5, 900), st.floats(0.501, 0.9995))
@settings(max_examples=60, deadline=None)
def test_a_quantile_has_its_probability(df, share):
    """The two-sided probability beyond a quantile is what was asked for."""
    assert t_two_sided(t_quantile(share, df), df) == pytest.approx(2 * (1 - share), rel=1e-6)


@given(st.floats(0.2, 300), st.floats(0.2, 300), st.floats(0.001, 0.999))
@settings(max_examples=60, deadline=None)
def test_the_incomplete_beta_function_is_symmetric(a, b, x):
    """I_x(a, b) = 1 - I_(1-x)(b, a), within 0 and 1."""
    found = incomplete_beta(a, b, x, 1 - x)

    assert 0 <= found <= 1
    assert found == pytest.approx(1 - incomplete_beta(b, a, 1 - x, x), abs=1e-9)


FIRST = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
SECOND = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
"""Hours of sleep that ten patients gained by two drugs (Student 1908), the usual example of t tests."""


def _of(numbers):
    return sample([(x, 1, 1) for x in numbers])


def test_welch_with_unequal_variances():
    """What R prints: df 17.776, p .07939, 95 % from -0.2054832 to 3.3654832."""
    found = welch(_of(FIRST), _of(SECOND))
    error = math.sqrt(sum(_of(numbers).variance / 10 for numbers in (FIRST, SECOND)))

    assert found.df == pytest.approx(17.776, abs=5e-4)
    assert [found.value, found.low, found.high] == pytest.approx([1.58, -0.2054832, 3.3654832], abs=5e-8)
    assert t_two_sided(found.value / error, found.df) == pytest.approx(0.07939, abs=5e-6)
    assert found.outside is None


def test_paired_differences():
    """What R prints for the same patients: 95 % from 0.7001142 to 2.4598858."""
    found = paired_t(_of([b - a for a, b in zip(FIRST, SECOND, strict=True)]))

    assert found.df == pytest.approx(9)
    assert [found.value, found.low, found.high] == pytest.approx([1.58, 0.7001142, 2.4598858], abs=5e-8)
    assert found.outside == "up"


def test_too_few_numbers_have_no_interval():
    """One number has no variance; equal numbers have an interval without width."""
    one, two = sample([(4.0, 1, 1)]), sample([(4.0, 2, 2)])

    assert one == Sample(1.0, 4.0, None)
    assert welch(one, two) == Estimate(0.0)
    assert welch(two, two) == Estimate(0.0, 0.0, 0.0)
    assert paired_t(one) == Estimate(4.0)
    assert sample([]) is None


@given(*(st.integers(1, 60) for _ in range(2)), *(st.integers(0, 60) for _ in range(2)))
@settings(max_examples=80, deadline=None)
def test_exchanged_rounds_change_the_sign_only(base1, base2, n1, n2):
    """newcombe(a, b) is minus newcombe(b, a), low and high exchanged, digit by digit; it holds its difference."""
    a, b = Proportion(min(n1, base1), base1), Proportion(min(n2, base2), base2)
    there, back = newcombe(a, b), newcombe(b, a)

    assert (there.value, there.low, there.high) == (-back.value, -back.high, -back.low)
    assert there.low <= there.value + 1e-9
    assert there.value <= there.high + 1e-9
    assert newcombe(a, a).value == 0


@given(st.tuples(*(st.integers(0, 40) for _ in range(4))).filter(any))
@settings(max_examples=80, deadline=None)
def test_exchanged_rounds_of_the_same_cases(table):
    """The paired difference, too."""
    a, b, c, d = table
    there, back = newcombe_paired(a, b, c, d), newcombe_paired(a, c, b, d)

    assert (there.value, there.low, there.high) == (-back.value, -back.high, -back.low)


def test_a_part_beside_the_rest():
    """z of a visitor's share against the others'."""
    assert pooled_z(9, 36, 48, 632) == pytest.approx(4.0593, abs=5e-5)
    assert pooled_z(30, 36, 191, 632) == pytest.approx(7.1459, abs=5e-5)
    assert pooled_z(32, 39, 191, 632) == pytest.approx(7.2765, abs=5e-5)
    assert pooled_z(0, 35, 191, 632) == pytest.approx(-4.0059, abs=5e-5)
    assert pooled_z(5, 5, 5, 5) is None
    assert pooled_z(0, 5, 0, 50) is None
