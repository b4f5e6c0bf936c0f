"""How likely a share that was drawn at random follows from some two counts of its row."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING

from visittally.analyses.audit.vocabulary import FigureRole
from visittally.dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visittally.analyses.audit.layout import FigureTable

MOST_COUNTS = 12


@dataclass(frozen=True, slots=True)
class Chance:
    """How likely a share fits some pair of counts although it has nothing to do with them.

    Attributes:
        counts: How many columns of counts the table has.
        decimals: With how many decimals most of its shares are printed.
        likely: The share of all shares printed so that fit, 0 to 1, the mean of the rows.
    """

    counts: int
    decimals: int
    likely: float


def chance(table: FigureTable) -> Chance | None:
    """How likely a random share, printed as those of a table are, fits some pair of counts of its row.

    Returns:
        None where no row holds two counts, or no rate is printed.
    """
    counts = table.columns(FigureRole.COUNT)[:MOST_COUNTS]
    rows = [[f.value for c in counts if (f := table.figure(r, c)) and f.exact] for r in range(len(table.rows))]
    rates = table.columns(FigureRole.RATE)
    printed = Counter(f.decimals for r in range(len(table.rows)) for c in rates if (f := table.figure(r, c)))
    if not printed:
        return None
    decimals = max(printed, key=lambda n: (printed[n], n))
    likely = [chance_of(row, decimals) for row in rows if len(row) > 1]
    return Chance(len(counts), decimals, sum(likely) / len(likely)) if likely else None


def chance_of(counts: Sequence[Fraction], decimals: int) -> float:
    """The share of all printable shares that would fit some ordered pair of counts.

    >>> round(chance_of([Fraction(n) for n in (120, 40, 31, 9)], 1), 4)
    0.006
    """
    scale = 10**decimals
    fitting: set[int] = set()
    for part in counts:
        for whole in counts:
            if 0 < part <= whole and whole and part is not whole:
                exact = 100 * scale * part / whole
                least, most = exact - Fraction(1, 2), exact + Fraction(1, 2)
                fitting.update(range(-(-least.numerator // least.denominator), most.numerator // most.denominator + 1))
    return float(Fraction(len(fitting), 100 * scale + 1))
