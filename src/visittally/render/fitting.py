"""Tables that fit a terminal: the widest texts wrap, then columns are left out, which is said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.words.wrapping import display_width, widest_piece, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visittally.render.cells import TextGrid

CELL_WIDTH = 48
"""Longer words in a cell go on in further lines, in display cells (a Chinese character takes two)."""
HEADING_WIDTH = 14
"""The same for headings over figures: those of a crosstab are whole answers."""
GAP = 2
"""Cells between two columns."""
_PADDING = 2
"""Cells that `tabulate` gives a column more than its heading takes."""
_HEADING = 6
"""Headings wrap no narrower than this: a column of single Chinese characters is hard to read."""
_NARROW = 8
"""Texts wrap no narrower than this, words that are wider not at all."""


@dataclass(frozen=True, slots=True)
class GridFit:
    """How a grid is laid out.

    Attributes:
        columns: Positions of the columns that are shown.
        headings: For each of them the cells that a line of its heading may take.
        texts: The same for its texts.
        left_out: Headings of the columns for which there is no room.
    """

    columns: tuple[int, ...]
    headings: tuple[int, ...]
    texts: tuple[int, ...]
    left_out: tuple[str, ...] = ()


class _Width:
    """How wide a column is, and how narrow it may become."""

    def __init__(self, heading: str, texts: Sequence[str], *, figures: bool) -> None:
        """Measure it as it is."""
        self.heading, self.texts, self.figures = heading, texts, figures
        self.widest = max(map(display_width, texts), default=0)
        self.heading_limit = HEADING_WIDTH if figures else CELL_WIDTH
        self.text_limit = CELL_WIDTH

    @property
    def cells(self) -> int:
        """What it takes."""
        heading = display_width(self.heading)
        if heading > self.heading_limit:
            heading = max(map(display_width, wrap(self.heading, self.heading_limit)))
        return max(heading + _PADDING, self.widest if self.figures else min(self.widest, self.text_limit))

    def least(self) -> int:
        """The narrowest that it can be: its figures whole, its words whole."""
        heading = max(widest_piece(self.heading), min(display_width(self.heading), _HEADING)) + _PADDING
        if self.figures:
            return max(heading, self.widest)
        return max(heading, min(self.widest, max(_NARROW, *map(widest_piece, self.texts), 0)))

    def narrow(self, cells: int) -> None:
        """Take so many cells."""
        self.heading_limit, self.text_limit = cells - _PADDING, cells


def fit(found: TextGrid, width: int) -> GridFit:
    """How the grid fits into so many cells.

    Figures and words are never cut. The column with the widest texts gives way first, then headings over figures;
    where all are as narrow as they can be, the last columns are left out. The first one stays in any case.

    Args:
        found: The grid.
        width: Cells of a line; 0 for as many as it takes.
    """
    columns = _columns(found)
    shown = len(columns)
    if width and _sum(columns) > width:
        _narrow(columns, width)
        shown = next((n for n in range(shown, 1, -1) if _sum(columns[:n]) <= width), 1)
        columns = _columns(found)[:shown]  # what is left out makes room for the others
        _narrow(columns, width)
    return GridFit(
        tuple(range(shown)),
        tuple(column.heading_limit for column in columns),
        tuple(column.text_limit for column in columns),
        tuple(heading for heading in found.headings[shown:] if heading),
    )


def taken(found: TextGrid) -> int:
    """Cells that a line of the grid takes where nothing limits it."""
    return _sum(_columns(found))


def _columns(found: TextGrid) -> list[_Width]:
    return [
        _Width(heading, [row[i] for row in found.rows], figures=found.right[i])
        for i, heading in enumerate(found.headings)
    ]


def _sum(columns: Sequence[_Width]) -> int:
    return sum(column.cells for column in columns) + GAP * (len(columns) - 1)


def _narrow(columns: Sequence[_Width], width: int) -> None:
    """Make columns narrower, the widest first, texts before figures, until they fit or none can give way."""
    least = [column.least() for column in columns]
    for figures in (False, True):
        while (over := _sum(columns) - width) > 0:
            wide = [
                (column.cells, i)
                for i, column in enumerate(columns)
                if column.figures is figures and column.cells > least[i]
            ]
            if not wide:
                break
            cells, widest = max(wide)
            others = max((other for other, i in wide if i != widest), default=0)
            columns[widest].narrow(max(least[widest], min(cells - 1, max(others, cells - over))))
