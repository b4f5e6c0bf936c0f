"""A small table that is kept in memory, as it reads once its rows were understood together."""

from __future__ import annotations

from dataclasses import field, replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.reading.blocks import WHOLE, Block, Partition, TableSource, row_by_row

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy as np

    from visittally.reading.blocks import Column
    from visittally.reading.receipt import SetAside

TEXT = 4 << 20
"""Texts of more bytes are no tables that people keep by hand: they are not looked at row by row."""
CELLS = 1_000_000
"""Nor are tables of more cells."""
_SHARED = (
    *("file", "header", "header_rows", "header_row", "encoding", "delimiter", "sheet", "notices", "evidence", "size"),
    *("titles", "by_hand", "described", "alike", "repeats", "visits_in"),
)


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A row of a table.

    Attributes:
        line: Physical line where it begins.
        cells: Its cells, as many as the table has columns.
        merged: Positions of those that are blank in the file because the cell above goes over several rows; here they
            hold its value.
    """

    line: int
    cells: Sequence[str]
    merged: frozenset[int] = frozenset()


@dataclass(frozen=True)
class KeptTable(TableSource):
    """A table of which all records are in memory.

    Attributes:
        rows: Its records.
        entries: Rows that are none.
        headings: Line of a heading between groups of rows -> what it names, and whether that is a place by its form.
        as_read: Some rows, and columns with their cells that need not be made again while these are the rows.
    """

    rows: tuple[KeptRow, ...] = ()
    entries: tuple[SetAside, ...] = ()
    headings: Mapping[int, tuple[str, bool]] = field(default_factory=dict)
    as_read: tuple[tuple[KeptRow, ...], Mapping[int, Column]] = field(default=((), {}), compare=False, repr=False)

    def sample(self) -> Sequence[Sequence[str]]:
        """All records, see `TableSource.sample`."""
        return [row.cells for row in self.rows]

    @cached_property
    def columns_in_memory(self) -> tuple[Mapping[int, Column], np.ndarray | None]:
        """The cells of all columns, and a hash of each record."""
        from visittally.reading.record_hashes import record_hashes
        from visittally.words.arrays import string_array

        rows, read = self.as_read
        known = read if rows is self.rows else {}
        arrays = {
            c: known[c] if c in known else string_array([row.cells[c] for row in self.rows])
            for c in range(len(self.header))
        }
        return arrays, record_hashes(self.header, arrays)

    def blocks(
        self,
        columns: Sequence[int],
        partition: Partition = WHOLE,  # noqa: ARG002 - it is read as a whole
        *,
        whole: bool = False,  # noqa: ARG002 - whole records are at hand anyway
    ) -> Iterator[Block]:
        """Give all records at once, see `TableSource.blocks`."""
        import numpy as np

        arrays, hashes = self.columns_in_memory
        lines = [row.line for row in self.rows]
        yield Block(
            {c: arrays[c] for c in columns},
            len(self.rows),
            self.entries,
            (lines or [entry.line for entry in self.entries] or [1])[0],
            np.array(lines, np.int64),
            hashes,
            whole=partial(row_by_row, list(arrays.values())),
        )

    def with_rows(self, rows: Sequence[KeptRow], entries: Sequence[SetAside] = ()) -> KeptTable:
        """The same table with other records and further rows that are none."""
        further = tuple(sorted((*self.entries, *entries), key=lambda entry: entry.line))
        return replace(self, rows=tuple(rows), entries=further)

    def with_columns(self, added: Mapping[str, Sequence[str]]) -> KeptTable:
        """The same table with further columns: header -> a cell for each record."""
        if not added:
            return self
        more = zip(*added.values(), strict=True)
        rows = tuple(
            KeptRow(row.line, (*row.cells, *new), row.merged) for row, new in zip(self.rows, more, strict=True)
        )
        heads = self.header_rows and (
            (*self.header_rows[0], *added),
            *((*row, *[""] * len(added)) for row in self.header_rows[1:]),
        )
        before, read = self.as_read
        as_read = (rows, read) if before is self.rows else ((), {})
        return replace(self, rows=rows, header=(*self.header, *added), header_rows=heads, as_read=as_read)


def keep(source: TableSource) -> KeptTable | None:
    """The table in memory, read once until counting begins; None where it is too large to have been kept by hand."""
    if isinstance(source, KeptTable):
        return source
    if not source.by_hand:
        return None
    held = vars(source)
    if "whole_in_memory" not in held:
        held["whole_in_memory"] = _read(source)
    found: KeptTable = held["whole_in_memory"]
    return found


def _read(source: TableSource) -> KeptTable:
    rows: list[KeptRow] = []
    entries: list[SetAside] = []
    merged = source.merged_cells()
    width = len(source.header)
    blocks = 0
    read: Mapping[int, Column] = {}
    for block in source.blocks(range(width)):
        columns = [block.columns[c].to_pylist() for c in range(width)]
        blocks, read = blocks + 1, block.columns
        lines = block.lines().tolist()
        rows += [
            KeptRow(line, cells, merged.get(line, frozenset()))
            for line, cells in zip(lines, zip(*columns, strict=True), strict=True)
        ]
        entries += block.set_aside
    source.hold([row.cells for row in rows])
    kept = {name: getattr(source, name) for name in _SHARED}
    found = tuple(rows)
    as_read = (found, read) if blocks == 1 else ((), {})
    return KeptTable(**kept, rows=found, entries=tuple(entries), as_read=as_read)
