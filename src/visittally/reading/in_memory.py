"""Tables of formats that are read into memory as a whole: their records in blocks."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import field
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.reading.blocks import WHOLE, Block, Partition, TableSource, row_by_row
from visittally.reading.inputs.source import ByteSource

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    import pyarrow as pa

BLOCK = 65_536
"""Records in a block."""
STRETCH = 1_000
"""Records looked at in each of three stretches of a larger table."""
SAMPLED = 200_000
"""Cells up to which all records are looked at to understand the columns."""


@dataclass(frozen=True)
class TableColumns:
    """The columns of a table, all of one length.

    Attributes:
        names: One name for each.
        cells: Their cells as text, never null.
        lines: Line of each record, or None where they are numbered from 1.
    """

    names: tuple[str, ...]
    cells: tuple[pa.Array, ...]
    lines: np.ndarray | None = None

    @property
    def rows(self) -> int:
        """How many records there are."""
        return len(self.cells[0]) if self.cells else 0


Load = Callable[[ByteSource], TableColumns]
"""Reads a file; a function of a module, so that it can be pickled."""


@dataclass(frozen=True)
class LoadedSource(TableSource):
    """A table that is in memory while it is worked with.

    Attributes:
        input: The file, plain and local.
        load: Reads it.
        rows: Number of records.
    """

    input: ByteSource = field(default_factory=lambda: ByteSource("", ""))
    load: Load | None = None
    rows: int = 0

    def sample(self) -> Sequence[Sequence[str]]:
        """Records to judge the columns by, see `TableSource.sample`."""
        found = self._columns()
        starts, length = [0, (found.rows - STRETCH) // 2, found.rows - STRETCH], STRETCH
        if found.rows * len(found.names) <= SAMPLED or found.rows <= len(starts) * STRETCH:
            starts, length = [0], found.rows
        rows: list[Sequence[str]] = []
        for start in starts:
            rows += zip(*(cells[start : start + length].to_pylist() for cells in found.cells), strict=True)
        return rows

    def blocks(
        self,
        columns: Sequence[int],
        partition: Partition = WHOLE,  # noqa: ARG002 - it is in memory as a whole
        *,
        whole: bool = False,
    ) -> Iterator[Block]:
        """The records, see `TableSource.blocks`."""
        from visittally.reading.record_hashes import SOUGHT, record_hashes

        found = self._columns()
        repeats = found.rows <= SOUGHT
        for start in range(0, found.rows, BLOCK):
            wanted = range(len(found.names)) if repeats or whole else columns
            cells = {column: found.cells[column][start : start + BLOCK] for column in wanted}
            length = min(BLOCK, found.rows - start)
            yield Block(
                {column: cells[column] for column in columns},
                length,
                first_line=start + 1,
                line_numbers=None if found.lines is None else found.lines[start : start + length],
                repeats=record_hashes(self.header, cells) if repeats else None,
                whole=partial(row_by_row, list(cells.values())),
            )

    def _columns(self) -> TableColumns:
        assert self.load is not None
        return loaded(self.load, self.input)


def loaded(load: Load, source: ByteSource) -> TableColumns:
    """The columns of a file; those read last are kept.

    Raises:
        InputError: The file cannot be read.
    """
    try:
        stamp = os.stat(source.path).st_mtime_ns  # noqa: PTH116 - a stamp to compare, no path
    except OSError:
        stamp = 0
    return _loaded(load, source, stamp)


@lru_cache(maxsize=1)
def _loaded(load: Load, source: ByteSource, _stamp: int) -> TableColumns:
    return load(source)
