"""Which figures the cells of tables show, so that the same figure is known again in every table.

A figure is a measure and what it is about: `("mentions", {village: Ashford, issue: road})` stands in the long table
and in the crosstab, `("mentions", {village: Ashford})` beside the crosstab and in the table of areas. A percentage
shows two figures: what is divided, and by what.
"""

from __future__ import annotations

from dataclasses import field, replace
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
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

ATTRIBUTES = frozenset(
    {
        *("issue_category", "disposition", "target_kind", "target_approximate", "place_kind", "suggestion"),
        *("outside", "note", "in"),
    }
)
"""Text columns that describe a row beside the columns that identify it; so do all `..._label`."""
DATES = frozenset({"first_date", "last_date", "finish_date"})
"""Date columns that are figures, not keys."""
SIDES: Mapping[str, Dimensions] = {"before_": frozenset({("side", "before")}), "after_": frozenset()}
"""How columns of a comparison begin -> what they are about beside their row: the later side is the survey itself."""
_SIDED = {"percent": "percent_of_cases"}
STATISTICS = frozenset({"mean", "median", "q1", "q3", "min", "max"})
BASES: Mapping[str, tuple[str, ...]] = {
    "percent_of_cases": ("base",),
    "percent_of_mentions": ("mentions",),
    "percent_of_all": ("cases",),
    "mentions_per_100_cases": ("cases",),
    "handled_percent": ("mentions", "collected"),
    "resolved_percent": ("mentions", "collected"),
    "coverage_percent": ("target",),
    "due_handled_percent": ("due",),
    "due_on_time_percent": ("due",),
    "within_7_percent": ("dated",),
    "within_30_percent": ("dated",),
    "answered_back_percent": ("collected",),
    "satisfied_percent": ("rated",),
    "error_percent": ("compared",),
    "fully_satisfied_percent": ("rated",),
    "passed_on_percent": ("collected",),
    "with_text_percent": ("records",),
}
"""Percentage -> the measures it may be divided by."""
OF_PLACE = frozenset({"percent_of_cases", "percent_of_mentions", "percent_of_all"})
"""Percentages whose base belongs to all answers of a place together."""
NUMERATORS: Mapping[str, tuple[str, ...]] = {
    "mentions_per_100_cases": ("mentions",),
    "coverage_percent": ("completed", "visited"),
    "handled_percent": ("handled",),
    "resolved_percent": ("resolved",),
    "error_percent": ("differences",),
}
"""Percentage -> the measures that may be divided, where these are not the mentions."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a table shows.

    Attributes:
        rows: What each row is about.
        values: The figures, of all cells together.
        shows: Row and column of a cell -> the figures that it shows, its own first.
        base: The figure that `Table.base` shows, or None.
    """

    table: Table
    rows: tuple[Dimensions, ...]
    values: Mapping[Key, int]
    shows: Mapping[tuple[int, int], tuple[Key, ...]]
    base: Key | None = None

    def owners(self, measure: str) -> Iterator[tuple[int, Key]]:
        """Position of each row that has a figure of this measure of its own, with the figure."""
        for (row, column), keys in self.shows.items():
            if self.table.columns[column].name == measure and keys and not self.table.columns[column].spread:
                yield row, keys[0]


def across_of(tables: Sequence[Table]) -> str:
    """The field whose values are the columns of the crosstab; `issue` where there is no crosstab.

    The long table has one column of keys more than the crosstab.
    """
    keys = [(table.name, key_columns(table)) for table in tables]
    named = {name: found for name, found in keys if "question" not in found}
    beside = named.get("crosstab", named.get("areas"))
    if beside is None or "long" not in named:
        return "issue"
    return next((name for name in named["long"] if name not in beside), "issue")


def read_figures(table: Table, across: str) -> Reading:
    """Find the figures that a table shows.

    Args:
        table: The table, nothing hidden yet.
        across: The field whose values are the columns of the crosstab.
    """
    reader = _Reader(table, frozenset({"answer", across}), across)
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

    values = {primed(key): value for key, value in reading.values.items()}
    shows = {place: tuple(map(primed, keys)) for place, keys in reading.shows.items()}
    return replace(reading, values=values, shows=shows, base=reading.base and primed(reading.base))


def key_columns(table: Table) -> dict[str, int]:
    """Name and position of the columns that identify a row."""
    found: dict[str, int] = {}
    for position, column in enumerate(table.columns):
        described = column.spread or column.name in ATTRIBUTES | DATES or column.name.endswith("_label")
        if not described and any(isinstance(row.cells[position], Text | Date) for row in table.rows):
            found[column.name] = position
    return found


@dataclass(slots=True)
class _Reader:
    """A table while it is read."""

    table: Table
    answers: frozenset[str]
    across: str
    rows: list[Dimensions] = field(default_factory=list)
    values: dict[Key, int] = field(default_factory=dict)
    shows: dict[tuple[int, int], tuple[Key, ...]] = field(default_factory=dict)
    measures: dict[Dimensions, list[str]] = field(default_factory=dict)
    keys: dict[str, int] = field(init=False)
    always: Dimensions = field(init=False)

    def __post_init__(self) -> None:
        self.keys = key_columns(self.table)
        names = {column.name for column in self.table.columns}
        lonely = "question" not in names and not names.isdisjoint({"answer", "n", "mean"})
        self.always = frozenset({("question", self.table.name)} if lonely else ())

    def reading(self) -> Reading:
        """What was found."""
        base = None
        if self.table.base is not None and self.table.base.cases is not None:
            base = self.own("base", self.always, self.table.base.cases)
        return Reading(self.table, tuple(self.rows), self.values, self.shows, base)

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

    def own(self, measure: str, about: Dimensions, value: int) -> Key:
        """The figure with this value; another measure of that name gets a name of its own."""
        key = (measure, about)
        while self.values.setdefault(key, value) != value:
            key = (key[0] + "'", about)
        self.measures.setdefault(about, []).append(key[0])
        return key

    def figures(self, number: int, column: Column, cell: Cell) -> Iterator[Key]:
        """The figures that a cell shows, its own first."""
        about = self.rows[number]
        if column.spread:
            about |= {(self.across, column.name)}
        column, about = self.sided(column, about)
        match cell:
            case Count(value=int(value)) if not isinstance(value, bool):
                measure = "mentions" if column.spread else column.name
                yield self.own(measure, self.place(about) if measure in {"base", "n"} else about, value)
            case Count(value=float()):
                yield from self.named(about, ("mentions", "n"))
            case Share(n=int(n), base=int(base)):
                yield from self.divided(column, about, n, base)
            case Share() | Number() | Date() if cell.value is not None:
                yield from self.derived(column, about)

    def sided(self, column: Column, about: Dimensions) -> tuple[Column, Dimensions]:
        """A column of one side of a comparison as it is called in the table of that survey, and what it is about."""
        indicator = dict(about).get("indicator")
        for begin, side in SIDES.items():
            plain = column.name.removeprefix(begin)
            if plain != column.name:
                return replace(column, name=_SIDED.get(plain, plain)), about | side
            if column.name == begin.rstrip("_") and indicator is not None:
                measure = {"visits": "cases"}.get(indicator, indicator)
                return replace(column, name=measure), (about - {("indicator", indicator)}) | side
        return column, about

    def divided(self, column: Column, about: Dimensions, n: int, base: int) -> Iterator[Key]:
        """The two figures of a percentage without weights."""
        own = column.name.removesuffix("_percent")
        measures = NUMERATORS.get(column.name, ("mentions",) if own == column.name else (own,))
        yield self.same(measures, about, n, f"{column.name}.n")
        place = self.place(about)
        if column.spread:
            margins = [(m, d) for m in ("mentions", "cases", "base") for d in (place, about - place, self.always)]
            known = [key for key in margins if self.values.get(key, base) == base]
            yield from known or [self.own(f"{column.name}.base", about, base)]
        else:
            level = place if column.name in OF_PLACE else about
            yield self.same(BASES.get(column.name, ()), level, base, f"{column.name}.base")

    def same(self, measures: Sequence[str], about: Dimensions, value: int, otherwise: str) -> Key:
        """The figure of the first measure that has this value or is not known yet, or a new one."""
        known = [(m, about) for m in measures if self.values.get((m, about)) == value]
        if known:
            return known[0]
        new = [m for m in measures if (m, about) not in self.values and m in {"base", "mentions", "cases"}]
        return self.own(new[0] if new else otherwise, about, value)

    def derived(self, column: Column, about: Dimensions) -> Iterator[Key]:
        """The figures from which a mean, a limit, a date or a weighted share is made."""
        if column.name == "rank":
            return
        if column.name in STATISTICS:
            yield from self.named(self.place(about), ("n", "base"))
        elif column.name in {"percent_low", "percent_high"} or column.name in OF_PLACE:
            yield from self.named(about, ("mentions",))
            yield from self.named(self.place(about), ("base",))
        else:
            named = (m for m in self.measures.get(about, ()) if not m.startswith("target"))
            yield from ((m, about) for m in named)
            yield from self.both_sides(about)

    def both_sides(self, about: Dimensions) -> Iterator[Key]:
        """The figures of the two sides of a comparison that a difference in the row is made from."""
        for begin, side in SIDES.items():
            if side:
                yield from ((m, about | side) for m in self.measures.get(about | side, ()))
                yield from self.named(self.place(about) | side, ("base",))
            if any(pair[0] == "indicator" for pair in about):
                column, place = self.sided(Column(begin.rstrip("_"), ""), about)
                names = (column.name, f"{column.name}.n", f"{column.name}.base")
                yield from self.named(place, names)

    def named(self, about: Dimensions, measures: Sequence[str]) -> Iterator[Key]:
        """The figures of these measures, as far as there are any."""
        yield from ((m, about) for m in measures if (m, about) in self.values)
