"""Confidence intervals of percentages."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from visittally.messages import _

if TYPE_CHECKING:
    from visittally.settings import Settings

Z95 = 1.959963984540054
SMALLEST_BASE = 10
"""Of fewer cases people see no percentage, and no rank."""


def wilson(n: float, base: float, effective: float | None = None) -> tuple[float, float] | None:
    """Wilson's 95 % interval of a proportion, in per cent: always within 0 to 100.

    Args:
        n: Cases (or their weights) that have it.
        base: Cases (or their weights) in all.
        effective: Effective number of cases where weights differ (Kish), else `base`.

    Returns:
        Lower and upper limit, None without a base.

    Source: Wilson (1927), J. Am. Stat. Assoc. 22:209-212.

    >>> [round(limit, 1) for limit in wilson(0, 20)]
    [0.0, 16.1]
    """
    size = base if effective is None else effective
    if not base or not size:
        return None
    p = n / base
    spread = Z95 * sqrt(p * (1 - p) / size + Z95 * Z95 / (4 * size * size)) if 0 <= p <= 1 else 0.0
    middle = p + Z95 * Z95 / (2 * size)
    scale = 1 + Z95 * Z95 / size
    low, high = (middle - spread) / scale, (middle + spread) / scale
    return (0.0 if n == 0 else 100 * max(low, 0.0), 100.0 if n == base else 100 * min(high, 1.0))


def kish(weights: float, squares: float) -> float:
    """Kish's effective number of cases: (sum of weights)^2 / sum of squared weights.

    Source: Kish (1965), Survey Sampling, section 11.7.
    """
    return weights * weights / squares if squares else 0.0


def no_intervals(settings: Settings) -> str:
    """Why there are no intervals, in a sentence; "" where there may be some."""
    whys = []
    if settings.complete:
        whys.append(_("No intervals: everybody was visited, so there is no sampling error."))
    if settings.purposive:
        text = _("The places were chosen, not drawn: percentages describe those visited, and no interval says more.")
        whys.append(text)
    return " ".join(whys)
