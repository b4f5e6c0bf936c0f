"""Mean and quantiles of distinct values and how often each occurs."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence


def mean(values: np.ndarray, weights: np.ndarray) -> float | None:
    """The weighted mean, None without weight. The sums are exact, so they do not depend on any order."""
    total = math.fsum(weights)
    return math.fsum(values * weights) / total if total else None


def quantiles(values: np.ndarray, counts: np.ndarray, shares: Sequence[float]) -> list[float | None]:
    """Quantiles of values that occur `counts` times, by linear interpolation between the two nearest records.

    This is type 7 of Hyndman and Fan (1996), Am. Stat. 50:361-365, the default of R and pandas.

    >>> quantiles(np.array([1.0, 2.0, 10.0]), np.array([1, 2, 1]), [0.5])
    [2.0]
    """
    if not len(values):
        return [None for _ in shares]
    order = np.argsort(values)
    values, ends = values[order], np.cumsum(counts[order])
    found: list[float | None] = []
    for share in shares:
        place = (int(ends[-1]) - 1) * share
        low = float(values[np.searchsorted(ends, math.floor(place), side="right")])
        high = float(values[np.searchsorted(ends, math.ceil(place), side="right")])
        found.append(low + (high - low) * (place - math.floor(place)))
    return found


def weighted_quantiles(values: np.ndarray, weights: np.ndarray, shares: Sequence[float]) -> list[float | None]:
    """Quantiles of weighted values: the smallest value with at least that share of the weight at or below it.

    Where the share is met exactly, the middle between that value and the next.

    >>> weighted_quantiles(np.array([1.0, 2.0, 3.0]), np.array([1.0, 1.0, 2.0]), [0.5])
    [2.5]
    """
    positive = weights > 0
    values, weights = values[positive], weights[positive]
    if not len(values):
        return [None for _ in shares]
    order = np.argsort(values)
    values, ends = values[order], np.cumsum(weights[order])
    found: list[float | None] = []
    for share in shares:
        goal = share * ends[-1]
        i = min(int(np.searchsorted(ends, goal * (1 - 1e-12), side="left")), len(values) - 1)
        exact = math.isclose(ends[i], goal, rel_tol=1e-12) and i + 1 < len(values)
        found.append(float((values[i] + values[i + 1]) / 2 if exact else values[i]))
    return found
