"""Bars beside the figures of a table, for people at a terminal."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from visittally.tables.table import Column, Count, Text

if TYPE_CHECKING:
    from visittally.render.cells import TextGrid
    from visittally.tables.table import Cell, Table

BARRED = {"issues": "mentions"}
"""Tables that have bars, and the column that these show."""
LONGEST = 24
SHORTEST = 6
"""Cells of the longest bar: no more than this, and no bars where there is less room."""
_EIGHTHS = " ▏▎▍▌▋▊▉"
_WHOLE = "█"


def with_bars(table: Table, found: TextGrid, room: int) -> TextGrid:
    """The grid with a last column of bars, where the table has any.

    A figure that is hidden has no bar, and lends its length to no other.

    Args:
        table: The table.
        found: Its grid.
        room: Cells that are left beside the grid.
    """
    longest = min(room, LONGEST)
    positions = [i for i, column in enumerate(found.columns) if column.name == BARRED.get(table.name)]
    if not positions or longest < SHORTEST:
        return found
    counts = [0.0 if total else _shown(row[positions[0]]) for row, total in zip(found.cells, found.totals, strict=True)]
    most = max(counts, default=0.0)
    bars = [bar(longest * count / most) if most > 0 else "" for count in counts]
    return replace(
        found,
        columns=(*found.columns, Column("bar", "")),
        headings=(*found.headings, ""),
        rows=tuple((*row, text) for row, text in zip(found.rows, bars, strict=True)),
        cells=tuple((*row, Text(text)) for row, text in zip(found.cells, bars, strict=True)),
        right=(*found.right, False),
    )


def bar(cells: float) -> str:
    """A bar of so many cells, to the nearest eighth of a cell.

    >>> bar(2.5), bar(0), bar(0.01)
    ('██▌', '', '▏')
    """
    eighths = max(round(cells * 8), 1) if cells > 0 else 0
    return _WHOLE * (eighths // 8) + _EIGHTHS[eighths % 8].strip()


def _shown(cell: Cell) -> float:
    """The figure of a cell that is shown, 0 where there is none."""
    return float(cell.value or 0) if isinstance(cell, Count) and not cell.hidden else 0.0
