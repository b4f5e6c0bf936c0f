"""Merged cells: header cells that span several columns or rows, and values that hold for several rows."""

from __future__ import annotations

from dataclasses import field, replace
from typing import TYPE_CHECKING, Any

from visittally.dataclass import dataclass
from visittally.reading.beginning import Position, find_header
from visittally.reading.header_rows import TITLES
from visittally.reading.looks import filled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from visittally.reading.workbooks.sheets import Sheet

BAND = 3
"""Rows that a header may take."""


@dataclass
class Merges:
    """The merged cells of a sheet, with columns counted from the first cell of its rows.

    Attributes:
        across: Row -> (first column, last column) of cells merged sideways.
        down: Row -> column -> last row, of cells merged downwards.
        width: Cells in each row of the sheet.
    """

    across: Mapping[int, Sequence[tuple[int, int]]]
    down: Mapping[int, Mapping[int, int]]
    width: int
    _current: dict[int, tuple[int, Any]] = field(default_factory=dict)

    @classmethod
    def of(cls, sheet: Sheet, below: int = 0) -> Merges:
        """The merged cells of a sheet that begin at row `below` (from 0) or later."""
        across: dict[int, list[tuple[int, int]]] = {}
        down: dict[int, dict[int, int]] = {}
        for (top, first), (bottom, last) in sheet.merges:
            if top < below:
                continue
            left, right = first - sheet.left, min(last - sheet.left, sheet.width - 1)
            if right > left >= 0:
                across.setdefault(top, []).append((left, right))
            if bottom > top and 0 <= left < sheet.width:
                down.setdefault(top, {})[left] = bottom
        return cls(across, down, sheet.width)

    def filled(self, number: int, row: Sequence[Any]) -> Sequence[Any]:
        """A row with the values of cells merged downwards from earlier rows; call it row by row."""
        for column, last in self.down.get(number, {}).items():
            self._current[column] = (last, row[column])
        if not self._current:
            return row
        self._current = {column: found for column, found in self._current.items() if found[0] >= number}
        cells = list(row)
        for column, (_last, value) in self._current.items():
            if cells[column] == "":
                cells[column] = value
        return cells

    def find_header(self, rows: Sequence[Sequence[str]], width: int) -> tuple[Position, int]:
        """Find the header, with the help of merged cells where it spans several rows.

        Args:
            rows: The first rows of the sheet as text.
            width: Cells in each row.

        Returns:
            The table's position, and the row of the sheet, from 0, of its first record.
        """
        top, bottom = self._band(rows)
        if bottom == top:
            position = find_header(rows, width)
            return position, position.first_record
        band = [self._spread(i, rows[i]) for i in range(top, bottom + 1)]
        joined = [" ".join(dict.fromkeys(filter(None, (row[c].strip() for row in band)))) for c in range(width)]
        position = find_header([*rows[:top], joined, *rows[bottom + 1 :]], width)
        if top not in position.header_rows:
            position = find_header(rows, width)
            return position, position.first_record
        return replace(position, rows=tuple(map(tuple, band))), position.first_record + bottom - top

    def _band(self, rows: Sequence[Sequence[str]]) -> tuple[int, int]:
        """First and last row of a header with cells over several columns; the same row twice without."""
        for top, row in enumerate(rows[:TITLES]):
            partial = [span for span in self.across.get(top, ()) if span[1] - span[0] + 1 < self.width]
            if filled(row) < 2 or not partial or top + 1 >= len(rows):
                continue
            bottom = max((last for last in self.down.get(top, {}).values()), default=top + 1)
            below = rows[top + 1]
            if all(any(below[c] != "" for c in range(first, last + 1)) for first, last in partial):
                return top, min(max(bottom, top + 1), top + BAND - 1, len(rows) - 1)
        return 0, 0

    def _spread(self, number: int, row: Sequence[str]) -> list[str]:
        """A row with the text of cells that are merged sideways in each of their columns."""
        cells = list(row)
        for first, last in self.across.get(number, ()):
            cells[first : last + 1] = [cells[first]] * (last + 1 - first)
        return cells
