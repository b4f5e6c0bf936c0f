"""Columns that only number the rows of a table: by their header, or because their numbers run on."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.words.ledgers import may_number_rows, numbers_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visittally.reading.kept import KeptTable

_CONSECUTIVE = 0.6
_HARDLY_A_GAP = 0.95
_FROM_ONE_AGAIN = 0.25
_SHORTEST = 3
"""So many steps tell something where there are no others, and more where there are."""


@dataclass(frozen=True, slots=True)
class RunningColumns:
    """Positions of the columns that number the rows.

    Attributes:
        called: Those whose header says so.
        counting: Those that count on under another header: a number there may be that of a household.
    """

    called: frozenset[int] = frozenset()
    counting: frozenset[int] = frozenset()

    @property
    def all(self) -> frozenset[int]:
        """Both kinds."""
        return self.called | self.counting


def running_columns(table: KeptTable) -> RunningColumns:
    """The columns that only number the rows of a table."""
    called, counting = set(), set()
    for c, name in enumerate(table.header):
        if numbers_rows(name):
            called.add(c)
        elif c == 0 and _counts_up([row.cells[c].strip() for row in table.rows]):
            counting.add(c)
        elif may_number_rows(name) or (c == 0 and not name.strip()):
            filled = [cell for row in table.rows if (cell := row.cells[c].strip())]
            whole = [int(text) for text in filled if text.isdecimal() and len(text) < 10]
            on = sum(b == a + 1 for a, b in pairwise(whole))
            if len(whole) > max(4, _CONSECUTIVE * len(filled)) and on >= _CONSECUTIVE * (len(whole) - 1):
                counting.add(c)
    return RunningColumns(frozenset(called), frozenset(counting))


def _counts_up(cells: Sequence[str]) -> bool:
    """Whether cells count from one, with hardly a gap: whatever their header says, they number the rows.

    A number that goes over several rows counts once, and each group may begin with one again.
    """
    whole = [int(cell) for cell in cells if cell.isdecimal() and len(cell) < 10]
    steps = [b - a for a, b in pairwise(whole) if b != a]
    again = sum(b == 1 for a, b in pairwise(whole) if b != a)
    if len(steps) < _SHORTEST or whole[0] != 1 or 2 * len(steps) < len(whole) - 1:
        return False
    on = sum(step == 1 for step in steps)
    if len(steps) == _SHORTEST:
        return len(whole) == len(cells) and on == len(steps)
    return again <= _FROM_ONE_AGAIN * len(steps) and on + again >= _HARDLY_A_GAP * len(steps)
