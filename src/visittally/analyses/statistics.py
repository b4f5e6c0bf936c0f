"""Differences of two shares and of two means with their 95 % intervals, and whether a share stands out.

Shares are per cent and differences points, always the later less the earlier one. Beside these formulas only the
t distribution is needed. None of the libraries at hand has it, and scipy is larger than all of them together: it is
computed here from the incomplete beta function and tested against published tables.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from visittally.analyses.intervals import kish, wilson
from visittally.dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable

_EXPANDED = 1000.0
"""From so many degrees of freedom on a t quantile is the normal one with three corrections, to 12 digits."""
_TINY = 1e-300


@dataclass(frozen=True, slots=True)
class Proportion:
    """`n` of `base`, which both may be weighted.

    Attributes:
        n: Cases (or their weights) that have it.
        base: Cases (or their weights) in all, not 0.
        effective: Effective number of cases where weights differ (`kish`), else None.
    """

    n: float
    base: float
    effective: float | None = None

    @property
    def value(self) -> float:
        """The share, 0 to 1."""
        return self.n / self.base

    def distances(self) -> tuple[float, float]:
        """How far Wilson's limits are below and above the share, 0 to 1."""
        low, high = wilson(self.n, self.base, self.effective) or (0.0, 100.0)
        return self.value - low / 100, high / 100 - self.value


@dataclass(frozen=True, slots=True)
class Sample:
    """Numbers of a sample: how many, their mean and their variance (n - 1); n may be an effective number."""

    n: float
    mean: float
    variance: float | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """A difference with its 95 % interval, None where it has none, and the degrees of freedom of a t interval."""

    value: float
    low: float | None = None
    high: float | None = None
    df: float | None = None

    @property
    def outside(self) -> str | None:
        """Where 0 stands outside the interval: `up` or `down`."""
        if self.low is None or self.high is None:
            return None
        if self.low > 0:
            return "up"
        return "down" if self.high < 0 else None


def newcombe(before: Proportion, after: Proportion) -> Estimate:
    """The difference of two independent shares, in points.

    Source: Newcombe (1998), Statistics in Medicine 17:873-890, method 10.

    >>> found = newcombe(Proportion(48, 80), Proportion(56, 70))
    >>> [round(x / 100, 4) for x in (found.value, found.low, found.high)]
    [0.2, 0.0524, 0.3339]
    """
    return _from_distances(before, after, 0.0)


def newcombe_paired(both: float, only_before: float, only_after: float, neither: float) -> Estimate:
    """The difference of two shares of the same cases, in points.

    Source: Newcombe (1998), Statistics in Medicine 17:2635-2650, method 10: phi with continuity correction.

    >>> found = newcombe_paired(20, 5, 15, 10)
    >>> [round(x / 100, 6) for x in (found.value, found.low, found.high)]
    [0.2, 0.025838, 0.356937]
    """
    n = both + only_before + only_after + neither
    phi = paired_phi(both, only_before, only_after, neither)
    return _from_distances(Proportion(both + only_before, n), Proportion(both + only_after, n), phi)


def paired_phi(both: float, only_before: float, only_after: float, neither: float) -> float:
    """How far the same cases answered alike twice, -1 to 1, with Newcombe's continuity correction."""
    n = both + only_before + only_after + neither
    margins = (both + only_before) * (only_after + neither) * (both + only_after) * (only_before + neither)
    if not margins:
        return 0.0
    surplus = both * neither - only_before * only_after
    return (max(surplus - n / 2, 0.0) if surplus > 0 else surplus) / math.sqrt(margins)


def _from_distances(before: Proportion, after: Proportion, phi: float) -> Estimate:
    (below1, above1), (below2, above2) = before.distances(), after.distances()
    difference = after.value - before.value
    # The terms are exchanged when the rounds are: compare(a, b) is minus compare(b, a), digit by digit.
    down = math.sqrt(max(below2 * below2 + above1 * above1 - 2 * phi * (below2 * above1), 0.0))
    up = math.sqrt(max(above2 * above2 + below1 * below1 - 2 * phi * (above2 * below1), 0.0))
    return Estimate(100 * difference, 100 * (difference - down), 100 * (difference + up))


def welch(before: Sample, after: Sample) -> Estimate:
    """The difference of two means whose variances may differ; without interval where one has fewer than 2 numbers.

    Source: Welch (1947), Biometrika 34:28-35.
    """
    difference = after.mean - before.mean
    if before.variance is None or after.variance is None or before.n <= 1 or after.n <= 1:
        return Estimate(difference)
    first, second = before.variance / before.n, after.variance / after.n
    if not first + second:
        return Estimate(difference, difference, difference)
    df = (first + second) ** 2 / (first * first / (before.n - 1) + second * second / (after.n - 1))
    reach = t_quantile(0.975, df) * math.sqrt(first + second)
    return Estimate(difference, difference - reach, difference + reach, df)


def paired_t(differences: Sample) -> Estimate:
    """The mean of differences within the same cases; without interval where there are fewer than 2."""
    if differences.variance is None or differences.n <= 1:
        return Estimate(differences.mean)
    df = differences.n - 1
    reach = t_quantile(0.975, df) * math.sqrt(differences.variance / differences.n)
    return Estimate(differences.mean, differences.mean - reach, differences.mean + reach, df)


def sample(numbers: Iterable[tuple[float, float, float]]) -> Sample | None:
    """The sample of distinct numbers; sums are exact, so they do not depend on any order.

    Args:
        numbers: A number, how many cases have it, and the sum of their squared weights for each weight they have:
            (value, weight, squared weight). Without weights the last two are the number of cases.

    Returns:
        None without weight. With weights n is Kish's effective number of cases.

    >>> sample([(1.0, 2, 2), (4.0, 1, 1)])
    Sample(n=3.0, mean=2.0, variance=3.0)
    """
    listed = [number for number in numbers if number[1]]
    total = math.fsum(weight for _, weight, _ in listed)
    if not total:
        return None
    n = kish(total, math.fsum(square for _, _, square in listed))
    mean = math.fsum(value * weight for value, weight, _ in listed) / total
    squares = math.fsum(weight * (value - mean) ** 2 for value, weight, _ in listed)
    return Sample(n, mean, squares / total * n / (n - 1) if n > 1 else None)


def pooled_z(n: float, base: float, all_n: float, all_base: float) -> float | None:
    """How many standard errors the share of a part stands off the share of the rest.

    z = (p - q) / sqrt(P (1 - P) (1/n + 1/(N - n))) with p of the part, q of the rest, P of all.

    Args:
        n: Cases of the part that have it.
        base: Cases of the part.
        all_n: Cases of all that have it, the part among them.
        all_base: All cases.

    Returns:
        None where there is no rest, or all or none have it.

    >>> round(pooled_z(9, 36, 48, 632), 4)
    4.0593
    """
    rest, pooled = all_base - base, all_n / all_base if all_base else 0.0
    if base <= 0 or rest <= 0 or not 0 < pooled < 1:
        return None
    spread = math.sqrt(pooled * (1 - pooled) * (1 / base + 1 / rest))
    return (n / base - (all_n - n) / rest) / spread


def t_quantile(share: float, df: float) -> float:
    """The value below which a t-distributed number stands with a probability above a half.

    Args:
        share: The probability, 0.5 to 1.
        df: Degrees of freedom, above 0; need not be whole.

    >>> [round(t_quantile(0.975, df), 3) for df in (1, 6, 30)]
    [12.706, 2.447, 2.042]
    """
    if df >= _EXPANDED:
        return _expanded(share, df)
    tail = 2 * (1 - share)
    high = 1.0
    while t_two_sided(high, df) > tail:
        high *= 2
    low = 0.0
    for _step in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if t_two_sided(middle, df) > tail else (low, middle)
    return high


def _expanded(share: float, df: float) -> float:
    """Source: Abramowitz and Stegun (1964), 26.7.5."""
    from statistics import NormalDist

    z = NormalDist().inv_cdf(share)
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / df + second / df**2 + third / df**3


def t_two_sided(t: float, df: float) -> float:
    """The probability that a t-distributed number is at least as far from 0 as `t`: the p value.

    >>> round(t_two_sided(2.065591, 6), 4)
    0.0844
    """
    square = t * t
    return incomplete_beta(df / 2, 0.5, df / (df + square), square / (df + square))


def incomplete_beta(a: float, b: float, x: float, rest: float) -> float:
    """The regularised incomplete beta function I_x(a, b).

    Args:
        a: First parameter, above 0.
        b: Second parameter, above 0.
        x: Where, 0 to 1.
        rest: 1 - x, which is more exact where the caller can give it without subtracting.

    Source: Press et al. (1992), Numerical Recipes, section 6.4 (continued fraction by Lentz's method).
    """
    if x <= 0 or rest <= 0:
        return 0.0 if x <= 0 else 1.0
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log(rest))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(a, b, x) / a
    return 1.0 - front * _fraction(b, a, rest) / b


def _fraction(a: float, b: float, x: float) -> float:
    c, d = 1.0, 1.0 / _off_zero(1.0 - (a + b) * x / (a + 1))
    found = d
    for m in range(1, 10_000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        change = 1.0
        for term in (even, odd):
            d = 1.0 / _off_zero(1.0 + term * d)
            c = _off_zero(1.0 + term / c)
            change = c * d
            found *= change
        if abs(change - 1.0) < 1e-15:
            break
    return found


def _off_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
