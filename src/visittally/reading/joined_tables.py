"""Visits and the rows of a repeated group, which form tools write into two tables, as one.

Either the rows become columns of their visit (issues: `issues/problem_1`, `issues/problem_2`), or each row takes the
columns of its visit along (members of households).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import cached_property, partial
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.messages import _
from visittally.reading.blocks import WHOLE, Block, Partition, TableSource, row_by_row, taken
from visittally.reading.kept import KeptTable
from visittally.reading.receipt import Kind, SetAside
from visittally.words.arrays import string_array

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping, Sequence

    import pyarrow as pa

    from visittally.reading.blocks import Column

NO_TABLE = KeptTable("", ())
"""Stands for a table until there is one."""
MOST = 200
"""So many rows of a visit become columns."""


def visit_key(cell: str) -> str:
    """The key of the visit in the key of a row: ODK tools put the path to the row behind it.

    >>> visit_key("uuid:1a2b/members[2]/pets[1]"), visit_key(" 17 ")
    ('uuid:1a2b', '17')
    """
    key = cell.strip()
    return key.partition("/")[0] if key.startswith("uuid:") else key


@dataclass(frozen=True)
class _JoinedRows:
    """Some columns of a table in memory: its keys, cells by column, lines, and the rows that are no records."""

    keys: list[str]
    cells: Mapping[int, list[str]]
    lines: list[int]
    aside: tuple[SetAside, ...] = ()

    @classmethod
    def of(cls, table: TableSource, key: int, columns: Sequence[int]) -> _JoinedRows:
        """Read them."""
        keys: list[str] = []
        cells: dict[int, list[str]] = {c: [] for c in columns}
        lines: list[int] = []
        aside: list[SetAside] = []
        for block in table.blocks(sorted({key, *columns})):
            keys += map(visit_key, block.columns[key].to_pylist())
            for c in columns:
                cells[c] += block.columns[c].to_pylist()
            lines += block.lines().tolist()
            aside += block.set_aside
        return cls(keys, cells, lines, tuple(aside))


@dataclass(frozen=True)
class WidenedTable(TableSource):
    """Visits, each with the rows of a repeated group as further columns.

    Attributes:
        visits: The visits.
        rows: The rows of the group.
        key: Position of the visit's key; parent: position of the key of their visit in the rows.
        taken: Positions of the columns of the rows that are taken along.
        most: How many rows a visit has at most.
    """

    visits: TableSource = NO_TABLE
    rows: TableSource = NO_TABLE
    key: int = 0
    parent: int = 0
    taken: tuple[int, ...] = ()
    most: int = 0

    def sample(self) -> Sequence[Sequence[str]]:
        """Records to judge the columns by, see `TableSource.sample`."""
        found = self._found
        widened = []
        for record in self.visits.sampled:
            own = found.get(visit_key(record[self.key]), ())
            cells = (self._child.cells[c][own[k]] if k < len(own) else "" for c in self.taken for k in range(self.most))
            widened.append([*record, *cells])
        return widened

    @cached_property
    def _child(self) -> _JoinedRows:
        return _JoinedRows.of(self.rows, self.parent, self.taken)

    @cached_property
    def _found(self) -> Mapping[str, list[int]]:
        """Key of a visit -> its rows; rows without a key belong to none."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for i, key in enumerate(self._child.keys):
            if key:
                found[key].append(i)
        return dict(found)

    def __getstate__(self) -> dict[str, object]:
        """Processes that count read the rows themselves."""
        return {name: value for name, value in super().__getstate__().items() if name not in ("_child", "_found")}

    def blocks(
        self,
        columns: Sequence[int],
        partition: Partition = WHOLE,  # noqa: ARG002 - it is read as a whole
        *,
        whole: bool = False,
    ) -> Iterator[Block]:
        """Read the records, see `TableSource.blocks`."""
        width = len(self.visits.header)
        own = sorted({self.key, *(range(width) if whole else (c for c in columns if c < width))})
        seen: set[str] = set()
        for block in self.visits.blocks(own, whole=whole):
            keys = list(map(visit_key, block.columns[self.key].to_pylist()))
            seen.update(keys)
            wanted = range(width, len(self.header)) if whole else [c for c in columns if c >= width]
            arrays = {**block.columns, **{c: self._column(c - width, keys) for c in wanted}}
            every = partial(row_by_row, [arrays[c] for c in range(len(self.header))]) if whole else None
            yield replace(block, columns={c: arrays[c] for c in columns}, whole=every)
        if lost := self._lost(seen):
            yield Block({c: self._column(0, []) for c in columns}, 0, lost)

    def _column(self, number: int, keys: Sequence[str]) -> pa.Array:
        """One of the added columns for visits with some keys."""
        cells, k = self._child.cells[self.taken[number // self.most]], number % self.most
        rows = [self._found.get(key, ()) for key in keys]
        return string_array([cells[own[k]] if k < len(own) else "" for own in rows])

    def _lost(self, seen: set[str]) -> tuple[SetAside, ...]:
        """The rows that no visit holds: they are none, theirs is not there, or has more than there are columns."""
        name = _called(self.rows)
        aside = (replace(entry, reason=f"{name}: {entry.reason}") for entry in self._child.aside)
        lost = lost_rows(self.rows, self._child.keys, self._child.lines, seen - {""})
        reason = _("{name}: its visit has more than {n} rows").format(name=name, n=self.most)
        surplus = sorted(i for key in seen for i in self._found.get(key, ())[self.most :])
        return (*aside, *lost, *(SetAside(self._child.lines[i], Kind.INVALID, reason) for i in surplus))


@dataclass(frozen=True)
class MembersTable(TableSource):
    """Rows of a repeated group, each with the columns of its visit.

    Attributes:
        visits: The visits.
        rows: The rows.
        key: Position of the visit's key; parent: position of the key of their visit in the rows.
        taken: Positions of the columns of the visits that are taken along.
    """

    visits: TableSource = NO_TABLE
    rows: TableSource = NO_TABLE
    key: int = 0
    parent: int = 0
    taken: tuple[int, ...] = ()

    def sample(self) -> Sequence[Sequence[str]]:
        """Records to judge the columns by, see `TableSource.sample`."""
        found = self._found
        return [
            [*record, *(self._visits.cells[c][found[key]] for c in self.taken)]
            for record in self.rows.sampled
            if (key := visit_key(record[self.parent])) in found
        ]

    @cached_property
    def _visits(self) -> _JoinedRows:
        return _JoinedRows.of(self.visits, self.key, self.taken)

    @cached_property
    def _found(self) -> Mapping[str, int]:
        """Key of a visit -> its row; of one that stands there twice the first."""
        found: dict[str, int] = {}
        for i, key in enumerate(self._visits.keys):
            if key:
                found.setdefault(key, i)
        return found

    def __getstate__(self) -> dict[str, object]:
        """Processes that count read the visits themselves."""
        return {name: value for name, value in super().__getstate__().items() if name not in ("_visits", "_found")}

    def blocks(
        self,
        columns: Sequence[int],
        partition: Partition = WHOLE,  # noqa: ARG002 - it is read as a whole
        *,
        whole: bool = False,
    ) -> Iterator[Block]:
        """Read the records, see `TableSource.blocks`."""
        import numpy as np

        width = len(self.rows.header)
        own = sorted({self.parent, *(range(width) if whole else (c for c in columns if c < width))})
        for block in self.rows.blocks(own, whole=whole):
            keys = list(map(visit_key, block.columns[self.parent].to_pylist()))
            at = np.array([self._found.get(key, -1) for key in keys], np.int64)
            kept, lines = np.flatnonzero(at >= 0), block.lines()
            wanted = range(width, len(self.header)) if whole else [c for c in columns if c >= width]
            arrays: dict[int, Column] = {c: taken(column, kept) for c, column in block.columns.items()}
            for c in wanted:
                cells = self._visits.cells[self.taken[c - width]]
                arrays[c] = string_array([cells[i] for i in at[kept].tolist()])
            yield Block(
                {c: arrays[c] for c in columns},
                len(kept),
                (*block.set_aside, *lost_rows(self.rows, keys, lines.tolist(), self._found)),
                int(lines[0]) if len(lines) else block.first_line,
                lines[kept],
                None if block.repeats is None else block.repeats[kept],
                block.next_line,
                block.size,
                partial(row_by_row, [arrays[c] for c in range(len(self.header))]) if whole else None,
            )


def lost_rows(
    rows: TableSource, keys: Sequence[str], lines: Sequence[int], known: Container[str]
) -> tuple[SetAside, ...]:
    """The rows whose visit is not there, set aside with their lines."""
    reason = _("{name}: its visit is not among the records").format(name=_called(rows))
    return tuple(
        SetAside(line, Kind.REJECTED, reason) for key, line in zip(keys, lines, strict=True) if key not in known
    )


def _called(rows: TableSource) -> str:
    return rows.sheet or rows.file
