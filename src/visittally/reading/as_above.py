"""Marks for "as above" in the rows of a table, and the values that they stand for."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import pairwise
from string import digits
from typing import TYPE_CHECKING

from visittally.words.ledgers import is_ditto

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from visittally.reading.kept import KeptRow


_MOST = 0.4
"""A word that no list has may mean "as above" where it stands in so many of the rows."""
_FEWEST = 5


def may_mean_above(cells: Sequence[str]) -> str:
    """The cell that stands below each of the others as a mark for "as above" would; "" where none does.

    It is the first of no group, it comes back below others, and no other comes back.

    >>> may_mean_above(["A", "j.w.", "j.w.", "B", "j.w.", "C", "j.w.", "j.w."])
    'j.w.'
    >>> may_mean_above(["A", "A", "B", "A", "B", "A"]), may_mean_above(["B", "A", "A", "A", "C", "D"])
    ('', '')
    """
    counts = Counter(cell.strip() for cell in cells)
    if len(cells) < _FEWEST or "" in counts:
        return ""
    mark, count = counts.most_common(1)[0]
    alone = all(n == 1 for cell, n in counts.items() if cell != mark)
    if not alone or cells[0].strip() == mark or count < _MOST * len(cells):
        return ""
    runs = sum(a != mark and b == mark for a, b in pairwise(map(str.strip, cells)))
    return mark if runs > 1 else ""


def take_from_above(
    rows: Sequence[KeptRow], breaks: Sequence[int], texts: Iterable[str]
) -> tuple[list[KeptRow], int, int]:
    """The rows with the values above in place of marks; how many were taken, and how many had none above.

    Args:
        rows: The records.
        breaks: Lines over which no value holds.
        texts: All that stands in cells.
    """
    # No such mark ends with a digit, as numbers, dates and codes do.
    dittos = {cell for cell in texts if 0 < len(cell) < 25 and cell[-1] not in digits and is_ditto(cell)}
    if not dittos:
        return list(rows), 0, 0
    found: list[KeptRow] = []
    above: list[str] = []
    taken = lost = 0
    ends = list(breaks)
    for row in rows:
        while ends and ends[0] < row.line:
            ends.pop(0)
            above = []
        marks = [c for c, cell in enumerate(row.cells) if cell in dittos]
        if marks:
            cells = list(row.cells)
            for c in marks:
                cells[c] = above[c] if above else ""
                taken += bool(cells[c])
                lost += not cells[c]
            row = replace(row, cells=tuple(cells))  # noqa: PLW2901 - the row as it reads
        above = list(row.cells)
        found.append(row)
    return found, taken, lost
