"""Cells that stand in the first of several rows only, as merged cells leave them: they hold for the rows below, too.

Merged cells of a workbook hold for all their rows. In plain text and in cells that are blank below a filled one that is
decided by evidence: the first record is filled, the blank rows are records by their other cells, and what is filled
stands at the head of its rows, which somebody who leaves out cells at random does not keep up.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.messages import _
from visittally.reading.kept import KeptRow
from visittally.words.folding import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from visittally.reading.kept import KeptTable

FEWEST = 5
"""Shorter tables tell nothing."""
_BLANKS = 0.2
_HALF = 0.5
_FULL = 0.8
_AGAIN = 0.05
"""So many of the filled cells may say again what the filled one above them says."""
_BESIDE = 0.1


@dataclass(frozen=True, slots=True)
class Filled:
    """A table whose blanks were filled from above.

    Attributes:
        table: The table; `Row.merged` names the cells that were filled, too.
        columns: Positions of the columns in which blanks were filled, and how many.
        doubtful: Positions of columns whose blanks may mean "as above", and how many; they were left blank.
    """

    table: KeptTable
    columns: dict[int, int]
    doubtful: dict[int, int]


def fill_down(
    table: KeptTable,
    columns: Sequence[int],
    told: Sequence[int] = (),
    named: Collection[int] = (),
    *,
    never: bool = False,
    people: Collection[int] = (),
    places: Collection[int] = (),
) -> Filled:
    """Fill blanks below filled cells, where they mean "as above".

    Args:
        table: The table.
        columns: Positions of those that hold for several records: places, households, dates, visitors.
        told: Positions of the issues, which every row tells for itself.
        named: Columns that the user wants filled, whatever they look like.
        never: Whether nothing is filled that the user did not name.
        people: Positions of those that hold households and names, none of which goes on in another place.
        places: Positions of those that hold places.
    """
    blanks = _Blanks(table, columns, told, people, places)
    wanted = {c for c in named if blanks.of(c)}
    doubtful: dict[int, int] = {}
    if not never:
        sure = {c for c in columns if blanks.head_their_rows(c)}
        wanted |= sure | {c for c in columns if c not in sure and blanks.stand_together(c, sure)}
        doubtful = {c: len(blanks.of(c)) for c in columns if c not in wanted and blanks.may_be(c)}
    if not wanted:
        return Filled(table, {}, doubtful)
    return _filled(table, sorted(wanted), doubtful)


def _filled(table: KeptTable, wanted: Sequence[int], doubtful: dict[int, int]) -> Filled:
    breaks = breaks_of(table)
    counts = dict.fromkeys(wanted, 0)
    rows: list[KeptRow] = []
    above: dict[int, str] = {}
    last = 0
    for row in table.rows:
        stretch = bisect_right(breaks, row.line)
        if stretch != last:
            above, last = {}, stretch
        cells, filled = list(row.cells), set(row.merged)
        for c in wanted:
            if cells[c].strip():
                above[c] = cells[c]
            elif c in above:
                cells[c] = above[c]
                filled.add(c)
                counts[c] += 1
        rows.append(KeptRow(row.line, tuple(cells), frozenset(filled)))
    return Filled(table.with_rows(rows), {c: n for c, n in counts.items() if n}, doubtful)


def breaks_of(table: KeptTable) -> list[int]:
    """Lines over which nothing is carried: totals, titles, pages; rows with nothing but a number are none of them."""
    alone = _("nothing but a running number"), _("nothing but blanks")
    return sorted(entry.line for entry in table.entries if entry.reason not in alone)


class _Blanks:
    """The blanks of a table, and whether they mean "as above"."""

    def __init__(
        self,
        table: KeptTable,
        columns: Sequence[int],
        told: Sequence[int],
        people: Collection[int],
        places: Collection[int],
    ) -> None:
        self._rows = table.rows
        self._people, self._places = people, places
        self._columns = columns
        self._told = told
        self._width = len(table.header)
        self._found: dict[int, list[int]] = {}

    def of(self, c: int) -> list[int]:
        """The rows in which a column is blank."""
        if c not in self._found:
            self._found[c] = [n for n, row in enumerate(self._rows) if not row.cells[c].strip()]
        return self._found[c]

    def head_their_rows(self, c: int) -> bool:
        """Whether what is filled stands at the head of the rows that it holds for."""
        if not self._are_possible(c, _BLANKS):
            return False
        names = self._names(c)
        blank = self.of(c)
        below = blank[-1] - blank[0] == len(blank) - 1 and len(names) > 1
        if below and len(blank) >= _HALF * len(self._rows):
            return False  # from there on it may as well have been left out
        again = sum(a == b for a, b in pairwise(names))
        half = len(self.of(c)) >= _HALF * len(self._rows)
        return len(set(names)) >= _FULL * len(names) or (half and again <= _AGAIN * len(names))

    def stand_together(self, c: int, sure: Collection[int]) -> bool:
        """Whether a column is blank just where others are that head their rows, or just where another one is blank."""
        if not self._are_possible(c, 0):
            return False
        blank = self.of(c)
        if any(blank == self.of(other) for other in sure):
            return True
        if len(blank) < max(2, _BESIDE * len(self._rows)):
            return False
        alike = any(other != c and self.of(other) == blank for other in self._columns)
        return alike or any(set(blank) < set(self.of(other)) for other in sure)

    def may_be(self, c: int) -> bool:
        """Whether somebody should look: many records are blank below one that is filled."""
        names = self._names(c)
        return self._are_possible(c, _BLANKS) and sum(a == b for a, b in pairwise(names)) <= _BLANKS * len(names)

    def _names(self, c: int) -> list[str]:
        return [cell for row in self._rows if (cell := row.cells[c].strip())]

    def _are_possible(self, c: int, share: float) -> bool:
        blank = self.of(c)
        if len(self._rows) < FEWEST or not blank or blank[0] == 0 or len(blank) < share * len(self._rows):
            return False
        return not (c in self._people and self._go_on_elsewhere(c)) and self._are_records(c)

    def _go_on_elsewhere(self, c: int) -> bool:
        """Whether a blank row names another place than the filled one above it."""
        above: KeptRow | None = None
        for row in self._rows:
            if row.cells[c].strip():
                above = row
            elif above is not None:
                pairs = ((above.cells[p].strip(), row.cells[p].strip()) for p in self._places)
                if any(one and other and fold(one) != fold(other) for one, other in pairs):
                    return True
        return False

    def _are_records(self, c: int) -> bool:
        """Whether the rows are records by their other cells: those that are mostly filled are filled there, too.

        Each issue that is told makes a record, whatever else is blank; where none is, nobody may have raised one, and
        what is said about issues (their status) is blank with them. But a household goes on in a row for its issue.
        What is blank in just the same rows as the column (the age of those in a merged household) says nothing.
        """
        blank = self.of(c)
        plain = [
            other
            for other in range(self._width)
            if other not in self._columns
            and other not in self._told
            and len(self.of(other)) <= _HALF * len(self._rows)
            and not (self._told and (self.of(other) == blank or self._is_about_issues(other)))
        ]
        told = [other for other in self._told if len(self.of(other)) <= _HALF * len(self._rows)]
        others = [*plain, *told] if c in self._people else plain
        there = sum(self._filled(n, told) > 0 or self._filled(n, others) for n in blank)
        return there >= _FULL * len(blank)

    def _is_about_issues(self, c: int) -> bool:
        return any(len(self.of(t)) > 0 and set(self.of(t)) <= set(self.of(c)) for t in self._told)

    def _filled(self, n: int, columns: Sequence[int]) -> float:
        """Which share of some columns a row fills; 0 of none."""
        return sum(bool(self._rows[n].cells[c].strip()) for c in columns) / max(len(columns), 1)
