"""Tables that stand side by side on one sheet, with the same header each: their records are put below each other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from visittally.reading.kept import KeptRow
from visittally.words.folding import fold_header

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visittally.reading.kept import KeptTable

_FEWEST = 3
"""So many different names a header has that comes again as a whole."""


def below_each_other(table: KeptTable) -> tuple[KeptTable, int]:
    """A table with the records of its blocks below each other, and how many blocks there were; 1 leaves it as it is.

    >>> from visittally.reading.kept import KeptRow, KeptTable
    >>> rows = KeptRow(2, ("A", "1", "x", "", "B", "1", "y")), KeptRow(3, ("A", "2", "z", "", "", "", ""))
    >>> both = KeptTable("own.csv", ("Place", "No", "What", "", "Place", "No", "What"), rows=rows)
    >>> one, blocks = below_each_other(both)
    >>> one.header, [row.cells for row in one.rows], blocks
    (('Place', 'No', 'What'), [('A', '1', 'x'), ('A', '2', 'z'), ('B', '1', 'y')], 2)
    """
    starts = _starts([fold_header(name) if name.strip() else "" for name in table.header])
    if len(starts) < 2:
        return table, 1
    width = _named(table.header[: starts[1]])
    rows = []
    for start in starts:
        span = range(start, start + width)
        for row in table.rows:
            cells = tuple(row.cells[c] for c in span)
            if any(cell.strip() for cell in cells):
                rows.append(KeptRow(row.line, cells, frozenset(c - start for c in row.merged if c in span)))
    heads = tuple(tuple(one[:width]) for one in table.header_rows)
    return replace(table, header=table.header[:width], header_rows=heads, rows=tuple(rows)), len(starts)


def _starts(names: Sequence[str]) -> list[int]:
    """Where a header begins and begins again; one place where it does not."""
    if not names or not names[0] or len(set(names) - {""}) < _FEWEST:
        return [0]
    starts = [c for c, name in enumerate(names) if name == names[0]]
    blocks = [list(names[a:b]) for a, b in zip(starts, [*starts[1:], len(names)], strict=True)]
    first = blocks[0][: _named(blocks[0])]
    alike = all(block[: len(first)] == first and not any(block[len(first) :]) for block in blocks)
    return starts if alike and len(set(first)) == len(first) and "" not in first else [0]


def _named(names: Sequence[str]) -> int:
    """How many columns a header has, blank ones at its end aside."""
    return max((c for c, name in enumerate(names, 1) if name.strip()), default=0)
