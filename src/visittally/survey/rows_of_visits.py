"""Which rows of a hand-kept table are one visit: those whose number, household or visitor goes over several rows."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visittally.reading.kept import KeptTable

VISIT_COLUMN = "⟨visit⟩"
"""Header of the column that numbers the visits, which no file has."""
ISSUE_COLUMN = "⟨issue⟩"
"""Header of the column with what category and text of an issue say together, which no file has."""
STATUS_COLUMN = "⟨status⟩"
"""Header of the column with what status and kind of closure say together, which no file has."""
ADDED_COLUMNS = frozenset({VISIT_COLUMN, ISSUE_COLUMN, STATUS_COLUMN})
_ON = 0.8


@dataclass(frozen=True, slots=True)
class Roles:
    """Positions of the columns that say which visit a row belongs to.

    Attributes:
        running: Those that number the rows or visits.
        people: Those that hold household numbers, or names of those who were visited.
        visitors: Those that hold who visited; days: those that hold when.
    """

    running: tuple[int, ...] = ()
    people: tuple[int, ...] = ()
    visitors: tuple[int, ...] = ()
    days: tuple[int, ...] = ()


def number_visits(table: KeptTable, roles: Roles) -> list[int] | None:
    """The number of the visit that each record belongs to; None where each record is a visit, as far as can be told."""
    people = [c for c in roles.people if _goes_on(table, c)]
    running = [c for c in roles.running if _goes_on(table, c) or _numbers_heads(table, c)]
    if people:
        within = [all(c in row.merged for c in people) for row in table.rows]
    elif running:
        within = [_is_within(table, n, running[0], roles.people) for n in range(len(table.rows))]
    elif not roles.people and not roles.running:
        both = [*roles.visitors[:1], *roles.days[:1]]
        within = [len(both) == 2 and all(c in row.merged for c in both) for row in table.rows]
    else:
        return None
    if not any(within):
        return None
    numbers, n = [], 0
    for inside in within:
        n += not inside
        numbers.append(n)
    return numbers


def _goes_on(table: KeptTable, c: int) -> bool:
    """Whether cells of a column hold for several rows."""
    return any(c in row.merged for row in table.rows)


def _numbers_heads(table: KeptTable, c: int) -> bool:
    """Whether numbers run on from one filled cell to the next while rows between them have none."""
    cells = [row.cells[c].strip() for row in table.rows]
    numbers = [int(cell) for cell in cells if cell.isdecimal() and len(cell) < 10]
    blank = len(cells) - len(numbers)
    if not cells or not cells[0] or len(numbers) < 2 or blank < 1 or any(c and not c.isdecimal() for c in cells):
        return False
    return sum(b == a + 1 for a, b in pairwise(numbers)) >= _ON * (len(numbers) - 1)


def _is_within(table: KeptTable, n: int, c: int, people: Sequence[int]) -> bool:
    """Whether a row without a number of its own goes on with the visit above: it names nobody else."""
    row = table.rows[n]
    if n == 0 or (row.cells[c].strip() and c not in row.merged):
        return False
    above = table.rows[n - 1].cells
    return all(not row.cells[p].strip() or row.cells[p].strip() == above[p].strip() for p in people)
