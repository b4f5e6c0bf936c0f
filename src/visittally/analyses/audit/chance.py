"""How likely a share that was drawn at random follows from some two counts of its row."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from visittally.analyses.audit.vocabulary import (
    FigureRole,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visittally.analyses.audit.layout import FigureTable

MOST_COUNTS = 12


def chance(table: FigureTable, digits: int = 1) -> tuple[int, float] | None:
    """How likely a random share fits some pair of counts of its row: the number of counts, and the mean likelihood."""
    counts = table.columns(FigureRole.COUNT)[:MOST_COUNTS]
    rows = [[f.value for c in counts if (f := table.figure(r, c)) and f.exact] for r in range(len(table.rows))]
    likely = [chance_of(row, digits) for row in rows if len(row) > 1]
    return (len(counts), sum(likely) / len(likely)) if likely else None


def chance_of(counts: Sequence[Fraction], digits: int = 1) -> float:
    """The share of all printable shares that would fit some ordered pair of counts.

    >>> round(chance_of([Fraction(n) for n in (120, 40, 31, 9)]), 4)
    0.006
    """
    scale = 10**digits
    fitting: set[int] = set()
    for part in counts:
        for whole in counts:
            if 0 < part <= whole and whole and part is not whole:
                exact = 100 * scale * part / whole
                least, most = exact - Fraction(1, 2), exact + Fraction(1, 2)
                fitting.update(range(-(-least.numerator // least.denominator), most.numerator // most.denominator + 1))
    return float(Fraction(len(fitting), 100 * scale + 1))
