"""The tables of a document as its sentences see them: single cells, in the words and figures of their tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.messages import _
from visittally.render.cells import RenderOptions, shown
from visittally.tables.table import Cell, Count, Row, Share, Table
from visittally.words.labels import heading

if TYPE_CHECKING:
    from collections.abc import Mapping

FEWEST = 10
"""Rows with fewer cases are no finding of their own."""


@dataclass(frozen=True, slots=True)
class ToldTables:
    """Tables of a document, asked for single cells.

    Attributes:
        tables: By name; the first of a name.
        options: How figures are printed, as in the tables.
    """

    tables: Mapping[str, Table]
    options: RenderOptions

    def total(self, table: str) -> Row | None:
        """The row of totals, or the only row."""
        rows = self.tables[table].rows if table in self.tables else ()
        totals = [row for row in rows if row.total]
        return totals[0] if totals else rows[0] if len(rows) == 1 else None

    def cell(self, table: str, row: Row | None, column: str) -> Cell | None:
        """A cell that may be told: there, not hidden, not empty."""
        if row is None:
            return None
        names = [c.name for c in self.tables[table].columns]
        if column not in names:
            return None
        cell = row.cells[names.index(column)]
        return None if cell.hidden or cell.value is None else cell

    def value(self, table: str, row: Row, column: str) -> object:
        """What a cell is to programs; None where there is none."""
        cell = self.cell(table, row, column)
        return None if cell is None else cell.value

    def says(self, table: str, row: Row | None, *columns: str) -> list[str] | None:
        """The texts of several cells of a row; None where one of them may not be told."""
        cells = [self.cell(table, row, column) for column in columns]
        if any(cell is None for cell in cells):
            return None
        return [self.text(cell) for cell in cells if cell is not None]

    def left(self) -> list[str] | None:
        """How many of those planned were not visited: visits beyond the plan elsewhere do not make up for it."""
        total = self.total("places")
        rows = [row for row in self.tables["places"].rows if not row.total] if total is not None else []
        cells = [cell for row in rows if isinstance(cell := self.cell("places", row, "remaining"), Count)]
        if all((cell.value or 0) >= 0 for cell in cells):
            return self.says("places", total, "remaining")
        short = [cell for cell in cells if (cell.value or 0) > 0]
        whole = sum(cell.value or 0 for cell in short)
        return [self.text(Count(whole, approximate=any(cell.approximate for cell in short)))]

    def level(self, name: str) -> str:
        """How many of a level were reached; "" where that is not told."""
        rows = self.tables["levels"].rows if "levels" in self.tables else ()
        row = next((row for row in rows if row.cells[0].value == name), None)
        return "".join(self.says("levels", row, "count") or [])

    def by_household(self) -> bool:
        """Whether what is counted are households, several visits of one as one."""
        columns = self.tables["areas"].columns if "areas" in self.tables else ()
        return any(column.name == "cases" and column.label == heading("households") for column in columns)

    def few(self, table: str, column: str) -> bool:
        """Whether the total of a column is too small, or unknown, to be a base."""
        cell = self.cell(table, self.total(table), column)
        return not isinstance(cell, Count) or (cell.value or 0) < FEWEST

    def text(self, cell: Cell) -> str:
        """A figure as it stands in its table, but in words that it is approximate; of a share the percentage."""
        if isinstance(cell, Share):
            cell = Share(cell.n, cell.base, cell.per, approximate=cell.approximate)
        figure = shown(cell, self.options)
        return _("about {n}").format(n=figure.removeprefix("≈")) if figure.startswith("≈") else figure
