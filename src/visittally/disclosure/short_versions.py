"""What the short version of a table shows: some rows and columns of the whole, and the rest of them together."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import field
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.disclosure.figures import Dimensions, Key, Reading, key_columns
from visittally.disclosure.relations import Law, at_least, equal
from visittally.tables.measures import Scope
from visittally.tables.table import (
    Cell,
    Column,
    Count,
    Date,
    Row,
    Share,
    Table,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Brief:
    """What the short version of a table shows.

    Attributes:
        table: The short version.
        rows: What each row is about, None for the rest.
        shows: Row and column of a cell -> the figures that it shows, its own first.
        values: The figures that only the short version has.
        laws: How they hang together with those of the whole table.
        sound: Whether every rest is what is missing; otherwise the short version cannot be protected.
    """

    table: Table
    rows: tuple[Dimensions | None, ...]
    shows: Mapping[tuple[int, int], tuple[Key, ...]]
    values: Mapping[Key, int]
    laws: tuple[Law, ...]
    sound: bool


def read_brief(reading: Reading) -> Brief | None:
    """Find the figures of a table's short version, or None where it has none."""
    brief = reading.table.brief
    if brief is None:
        return None
    reader = _ShortVersionReader(
        reading, brief, _matched_rows(reading.table, brief), _matched_columns(reading.table, brief)
    )
    for row in range(len(brief.rows)):
        for column in range(len(brief.columns)):
            reader.read(row, column)
    rows = tuple(None if r is None else reading.rows[r] for r in reader.rows)
    laws = (*reader.laws, *reader.choices())
    return Brief(brief, rows, reader.shows, reader.values, laws, reader.sound)


def _matched_rows(whole: Table, brief: Table) -> list[int | None]:
    """For each row of the short version its row in the whole table, None for a rest."""
    keys = key_columns(whole)
    waiting: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for number in reversed(range(len(whole.rows))):
        waiting[_signature(whole.rows[number], list(keys.values()))].append(number)
    names = {column.name: i for i, column in enumerate(brief.columns) if not column.spread}
    places = [names[name] for name in keys if name in names]
    found = [waiting.get(_signature(row, places)) for row in brief.rows]
    return [rows.pop() if rows else None for rows in found]


def _signature(row: Row, columns: list[int]) -> tuple[object, ...]:
    cells = (row.cells[i] for i in columns)
    return (row.total, *(cell.value for cell in cells if isinstance(cell, Text | Date)))


def _matched_columns(whole: Table, brief: Table) -> list[int | None]:
    """For each column of the short version its column in the whole table, None for a rest."""
    positions = {(column.name, column.spread): i for i, column in enumerate(whole.columns)}
    return [positions.get((column.name, column.spread)) for column in brief.columns]


def _whole_number(cell: Cell) -> int | None:
    """The number of mentions or cases in a cell."""
    number = cell.value if isinstance(cell, Count) else cell.n if isinstance(cell, Share) else None
    return number if isinstance(number, int) else None


def _of_place(column: Column) -> bool:
    """Whether a column holds shares whose base belongs to all answers of a place together."""
    return column.base is not None and column.base.scope in {Scope.PLACE, Scope.SURVEY} and not column.spread


@dataclass(slots=True)
class _ShortVersionReader:
    """A short version while it is read."""

    reading: Reading
    brief: Table
    rows: list[int | None]
    columns: list[int | None]
    shows: dict[tuple[int, int], tuple[Key, ...]] = field(default_factory=dict)
    values: dict[Key, int] = field(default_factory=dict)
    laws: list[Law] = field(default_factory=list)
    sound: bool = True

    def missing_rows(self) -> list[int]:
        """The rows of the whole table that the short version does not have."""
        there = set(self.rows)
        return [i for i, row in enumerate(self.reading.table.rows) if i not in there and not row.total]

    def missing_columns(self) -> list[int]:
        """The columns of issues that the short version does not have."""
        there = set(self.columns)
        return [i for i, column in enumerate(self.reading.table.columns) if i not in there and column.spread]

    def read(self, row: int, column: int) -> None:
        """Find the figures of a cell."""
        whole_row, whole_column = self.rows[row], self.columns[column]
        if whole_row is not None and whole_column is not None:
            if (whole_row, whole_column) in self.reading.shows:
                self.shows[row, column] = self.reading.shows[whole_row, whole_column]
            return
        cell = self.brief.rows[row].cells[column]
        rows = self.missing_rows() if whole_row is None else [whole_row]
        columns = self.missing_columns() if whole_column is None else [whole_column]
        found = self.rest(row, column, cell, [(r, c) for r in rows for c in columns])
        if not isinstance(cell, Text) and found:
            self.shows[row, column] = tuple(found)

    def of_row(self, row: int) -> Iterator[tuple[Key, ...]]:
        """What the cells of a row show, as far as they were read."""
        places = ((row, column) for column in range(len(self.brief.columns)))
        return (self.shows[place] for place in places if place in self.shows)

    def rest(self, row: int, column: int, cell: Cell, members: list[tuple[int, int]]) -> list[Key]:
        """The figures of a cell that holds the rest of several."""
        of_place = _of_place(self.brief.columns[column])
        shown = [self.reading.shows[place] for place in members if place in self.reading.shows]
        number = _whole_number(cell)
        if number is None:
            return [key for keys in self.of_row(row) for key in keys]
        about = frozenset({("short", self.brief.name), ("row", str(row)), ("column", str(column))})
        own = ("rest", about)
        parts = dict.fromkeys(keys[0] for keys in shown)
        if isinstance(cell, Count) or of_place:
            self.values[own] = number
            self.laws.append(equal([own], parts))
            self.sound &= number == sum(self.reading.values[key] for key in parts)
        beside = [keys[0] for keys in self.of_row(row)]
        bases = [key for keys in shown for key in keys[1:] if of_place or self.brief.columns[column].spread]
        return [*([own] if own in self.values else []), *(beside if isinstance(cell, Share) else []), *bases]

    def choices(self) -> Iterator[Law]:
        """The rows and columns were chosen because they have more mentions than those left out."""
        table, shows = self.reading.table, self.reading.shows
        totals = [i for i, row in enumerate(table.rows) if row.total]
        lines = [
            {c: shows[r, c][0] for c, col in enumerate(table.columns) if col.spread and (r, c) in shows} for r in totals
        ]
        left_out = [set(self.missing_columns())] * len(lines)
        lines.append({r: key for r, key in self.reading.owners("mentions") if not table.rows[r].total})
        left_out.append(set(self.missing_rows()))
        for line, missing in zip(lines, left_out, strict=True):
            inside = [key for i, key in line.items() if i not in missing]
            outside = [key for i, key in line.items() if i in missing]
            if inside and outside:
                least = min(inside, key=self.reading.values.__getitem__)
                most = max(outside, key=self.reading.values.__getitem__)
                yield from (at_least(key, [most]) for key in inside)
                yield from (at_least(least, [key]) for key in outside)
