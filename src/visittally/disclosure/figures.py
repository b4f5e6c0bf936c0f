"""Which figures the cells of tables show, so that the same figure is known again in every table.

A figure is a measure and what it is about: `("mentions", {village: Ashford, issue: road})` stands in the long table
and in the crosstab, `("mentions", {village: Ashford})` beside the crosstab and in the table of areas. A percentage
shows two figures: what is divided, and by what. Columns say themselves what they measure.
"""

from __future__ import annotations

from dataclasses import field, replace
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.tables.measures import Content, Measure, Scope
from visittally.tables.table import (
    Cell,
    Column,
    Count,
    Date,
    Number,
    Row,
    Share,
    Table,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Dimensions = frozenset[tuple[str, str]]
"""What a figure is about: pairs of a column and its value. Empty: all of the survey."""
Key = tuple[str, Dimensions]
"""A measure and what it is about."""

NET = "net"
"""What the figure of several answers counted as one is about, in place of an answer."""
TOLD_APART = frozenset({Content.ROW, Content.ANSWER})
"""Columns that say what a row is about."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a table shows.

    Attributes:
        rows: What each row is about.
        values: The figures, of all cells together.
        shows: Row and column of a cell -> the figures that it shows, its own first.
        known: The figures that come from a roster.
        base: The figure that `Table.base` shows, or None.
    """

    table: Table
    rows: tuple[Dimensions, ...]
    values: Mapping[Key, int]
    shows: Mapping[tuple[int, int], tuple[Key, ...]]
    known: frozenset[Key] = frozenset()
    base: Key | None = None

    def nets(self, answers: frozenset[str]) -> Iterator[tuple[Key, list[Key]]]:
        """The figures of several answers counted as one, each with those of the answers in any of these columns."""
        for about, row in zip(self.rows, self.table.rows, strict=True):
            rest = frozenset(pair for pair in about if pair[0] != NET)
            for name in sorted(answers) if row.members else ():
                yield ("mentions", about), [("mentions", rest | {(name, member)}) for member in row.members]

    def owners(self, measure: str) -> Iterator[tuple[int, Key]]:
        """Position of each row that has a figure of this measure of its own, with the figure."""
        for (row, column), keys in self.shows.items():
            if keys and keys[0][1] == self.rows[row] and counts(self.table.columns[column], measure):
                yield row, keys[0]


class UnstatedMeasureError(LookupError):
    """A column does not say what it measures, so that its table could not be protected."""


def measure_of(column: Column) -> Measure:
    """What a column measures.

    Raises:
        UnstatedMeasureError: It does not say.
    """
    if column.measure is None:
        raise UnstatedMeasureError(column.name)
    return column.measure


def counts(column: Column, measure: str) -> bool:
    """Whether a column holds this number, and no share of it."""
    return measure_of(column).name == measure and column.base is None and not column.spread


def answer_dimensions(tables: Sequence[Table]) -> frozenset[str]:
    """The columns of answers, and the fields whose values are the columns of crosstabs; the others say the place."""
    columns = [(column, measure_of(column)) for table in tables for column in table.columns]
    across = {measure.across for _, measure in columns if measure.across}
    return frozenset({NET} | across | {column.name for column, measure in columns if measure.kind is Content.ANSWER})


def read_figures(table: Table, answers: frozenset[str]) -> Reading:
    """Find the figures that a table shows.

    Args:
        table: The table, nothing hidden yet.
        answers: The columns of answers, in all tables of the run.

    Raises:
        UnstatedMeasureError: A column does not say what it measures.
    """
    reader = _TableReader(table, answers)
    for number, row in enumerate(table.rows):
        reader.read(number, row)
    return reader.reading()


def side_by_side(readings: Sequence[Reading]) -> list[Reading]:
    """The readings, measures told apart where tables mean different things by the same name.

    A primed measure (`handled'`) is one that another table counts differently, for example each case once.
    """
    values: dict[Key, int] = {}
    found = []
    for reading in readings:
        current = reading
        while odd := {m for (m, about), value in current.values.items() if values.get((m, about), value) != value}:
            current = _renamed(current, odd)
        values |= current.values
        found.append(current)
    return found


def _renamed(reading: Reading, measures: set[str]) -> Reading:
    """The reading with a prime on these measures."""

    def primed(key: Key) -> Key:
        return (key[0] + "'", key[1]) if key[0] in measures else key

    return replace(
        reading,
        values={primed(key): value for key, value in reading.values.items()},
        shows={place: tuple(map(primed, keys)) for place, keys in reading.shows.items()},
        known=frozenset(map(primed, reading.known)),
        base=reading.base and primed(reading.base),
    )


def key_columns(table: Table) -> dict[str, int]:
    """Name and position of the columns that identify a row."""
    return {c.name: i for i, c in enumerate(table.columns) if not c.spread and measure_of(c).kind in TOLD_APART}


@dataclass(slots=True)
class _TableReader:
    """A table while it is read."""

    table: Table
    answers: frozenset[str]
    rows: list[Dimensions] = field(default_factory=list)
    values: dict[Key, int] = field(default_factory=dict)
    shows: dict[tuple[int, int], tuple[Key, ...]] = field(default_factory=dict)
    measures: dict[Dimensions, list[str]] = field(default_factory=dict)
    known: set[Key] = field(default_factory=set)
    keys: dict[str, int] = field(init=False)
    always: Dimensions = field(init=False)

    def __post_init__(self) -> None:
        self.keys = key_columns(self.table)
        said = [measure_of(column) for column in self.table.columns]
        of_figures = [measure.about for measure in said if measure.kind is Content.FIGURE]
        self.always = frozenset.intersection(*of_figures) if of_figures else frozenset()

    def reading(self) -> Reading:
        """What was found."""
        base = None
        if self.table.base is not None and self.table.base.cases is not None:
            base = self.own("base", self.always, self.table.base.cases)
        return Reading(self.table, tuple(self.rows), self.values, self.shows, frozenset(self.known), base)

    def read(self, number: int, row: Row) -> None:
        """Find the figures of a row: first the counts, which percentages then refer to."""
        about = self.about(number, row)
        self.rows.append(about)
        for kinds in (Count, Share, Number | Date):
            for position, column in enumerate(self.table.columns):
                cell = row.cells[position]
                if isinstance(cell, kinds) and column.name not in self.keys:
                    found = dict.fromkeys(self.figures(number, column, cell))
                    if found:
                        self.shows[number, position] = tuple(found)

    def about(self, number: int, row: Row) -> Dimensions:
        """What a row is about; rows that say the same are told apart by their number."""
        named = {name: row.cells[i].value for name, i in self.keys.items() if isinstance(row.cells[i], Text | Date)}
        if row.members:
            named = {NET if name in self.answers else name: value for name, value in named.items()}
        pairs = {name: str(value) for name, value in named.items() if value is not None}
        about = self.always | frozenset(pairs.items())
        if about in self.measures and pairs:
            last = next(reversed(pairs))
            about = self.always | frozenset({**pairs, last: f"{pairs[last]}\x00{number}"}.items())
        self.measures.setdefault(about, [])
        return about

    def place(self, about: Dimensions) -> Dimensions:
        """The same for all answers together."""
        return frozenset(pair for pair in about if pair[0] not in self.answers)

    def scoped(self, measure: Measure, about: Dimensions) -> Dimensions:
        """What a figure of a measure is about in a row that is about this."""
        about = self.sided(measure, about)
        match measure.scope:
            case Scope.PLACE:
                return self.place(about)
            case Scope.ANSWER:
                return about - self.place(about) | self.always
            case Scope.SURVEY:
                return self.always
            case _:
                return about

    def sided(self, measure: Measure, about: Dimensions) -> Dimensions:
        """What a figure is about that belongs to another side, another row, or names itself in its row."""
        if measure.by:
            about = frozenset(pair for pair in about if pair[0] != measure.by)
        if measure.moved is not None:
            name, other = measure.moved
            about = frozenset((key, other.get(value, value) if key == name else value) for key, value in about)
        return about | measure.about

    @staticmethod
    def names(measure: Measure, about: Dimensions) -> tuple[str, ...]:
        """What is counted: said by the column, or by the row."""
        if not measure.by:
            return measure.names
        name = dict(about).get(measure.by, "")
        end = measure.names[0] if measure.names else ""
        return (measure.named.get(name + end, name + end),)

    def own(self, measure: str, about: Dimensions, value: int) -> Key:
        """The figure with this value; another measure of that name gets a name of its own."""
        key = (measure, about)
        while self.values.setdefault(key, value) != value:
            key = (key[0] + "'", about)
        self.measures.setdefault(about, []).append(key[0])
        return key

    def figures(self, number: int, column: Column, cell: Cell) -> Iterator[Key]:
        """The figures that a cell shows, its own first."""
        about, measure = self.rows[number], measure_of(column)
        if measure.across:
            about |= {(measure.across, column.name)}
        match cell:
            case Count(value=int(value)) if not isinstance(value, bool):
                yield self.counted(column, measure, about, value)
            case Share(n=int(n), base=int(base)):
                yield from self.divided(column, about, n, base)
            case Count(value=float()) | Share() | Number() | Date() if cell.value is not None:
                yield from self.made(column, about)

    def counted(self, column: Column, measure: Measure, about: Dimensions, value: int) -> Key:
        """The figure of a cell with a whole number: that of its measure, or the first of several that agrees."""
        names, place = self.names(measure, about) or (column.name,), self.scoped(measure, about)
        key = self.same(names, place, value, names[0])
        if measure.known:
            self.known.add(key)
        return key

    def divided(self, column: Column, about: Dimensions, n: int, base: int) -> Iterator[Key]:
        """The two figures of a percentage without weights."""
        measure, whole = measure_of(column), column.base
        if whole is None:
            raise UnstatedMeasureError(column.name)
        yield self.same(self.names(measure, about), self.scoped(measure, about), n, f"{column.name}.n")
        yield self.same(self.names(whole, about), self.scoped(whole, about), base, f"{column.name}.base")

    def same(self, measures: Sequence[str], about: Dimensions, value: int, otherwise: str) -> Key:
        """The figure of the first measure that has this value or is not known yet, or a new one."""
        known = [(m, about) for m in measures if self.values.get((m, about)) == value]
        if known:
            self.measures.setdefault(about, []).append(known[0][0])
            return known[0]
        new = [m for m in measures if (m, about) not in self.values]
        return self.own(new[0] if new else otherwise, about, value)

    def made(self, column: Column, about: Dimensions) -> Iterator[Key]:
        """The figures from which a mean, a limit, a date or a weighted share is made."""
        measure = measure_of(column)
        if measure.known or measure.kind in {Content.RANK, Content.FREE}:
            return
        stated = [m for m in (measure, column.base) if m is not None and (m.names or m.by)]
        found = [
            (name, self.scoped(m, about))
            for m in stated
            for name in self.names(m, about)
            if (name, self.scoped(m, about)) in self.values
        ]
        # What is made of nothing that is known may be made of anything beside it.
        yield from found or self.beside(about)

    def beside(self, about: Dimensions) -> Iterator[Key]:
        """All figures of a row, on whatever side, but for those of a roster."""
        for column in self.table.columns:
            measure = measure_of(column)
            if measure.kind is not Content.FIGURE or measure.across:
                continue
            for one in (measure, column.base):
                if one is not None:
                    place = self.scoped(one, about)
                    names = self.names(one, about) if one.by else tuple(self.measures.get(place, ()))
                    keys = [(name, place) for name in names]
                    yield from (key for key in keys if key in self.values and key not in self.known)
