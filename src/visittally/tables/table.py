"""Table: an immutable value of typed cells, with its base and notes.

Analyses make tables, `disclosure` hides cells in them, renderers print them. Rounding happens in renderers only.
"""

from __future__ import annotations

from dataclasses import field, replace
from fractions import Fraction
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal

from visittally.dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    import pandas as pd

    from visittally.tables.measures import Measure

Hidden = Literal["primary", "secondary"]
"""Why a figure is not shown: it is small itself, or a small one would follow from it."""


@dataclass(frozen=True, slots=True)
class Count:
    """A number of cases, mentions, households: `value` is None where there is none (no key, no target).

    `weighted` marks a sum of weights (a float); `approximate` a figure such as "300余".
    """

    value: int | float | None
    approximate: bool = False
    hidden: Hidden | None = None


_SMALL = tuple(map(Count, range(256)))


def plain_count(value: float) -> Count:
    """A number; small ones, of which long tables hold very many, share one cell each."""
    return _SMALL[value] if type(value) is int and 0 <= value < len(_SMALL) else Count(value)


@dataclass(frozen=True, slots=True)
class Share:
    """`n` of `base`, which both may be weighted.

    Attributes:
        n: The part.
        base: The whole; where it is 0 or None there is no share.
        per: 100 for a percentage, 1 for a plain ratio.
        counts: Whether people should see n/base beside the percentage.
        least: The smallest base of which people see a percentage: one of three is no rate.
    """

    n: int | float | None
    base: int | float | None
    per: int = 100
    counts: bool = False
    least: int = 0
    approximate: bool = False
    hidden: Hidden | None = None

    @property
    def value(self) -> float | None:
        """The share times `per`, unrounded; None without a base or when hidden."""
        if self.hidden or self.n is None or not self.base:
            return None
        # For whole numbers this is the correctly rounded quotient, as the exact fraction would give it.
        return self.per * self.n / self.base

    @property
    def exact(self) -> Fraction | None:
        """The share times `per` as an exact fraction, for rounding."""
        if self.hidden or self.n is None or not self.base:
            return None
        return Fraction(self.n) * self.per / Fraction(self.base)

    @property
    def few(self) -> bool:
        """Whether the base is too small for a percentage that people see."""
        return not self.hidden and self.base is not None and 0 < self.base < self.least


@dataclass(frozen=True, slots=True)
class Number:
    """A mean, a median, days, a limit of an interval, a rank, a change; None where there is none.

    Attributes:
        digits: Fixes the decimals for people; None leaves it to the user's --digits.
        interval: Its limits, which people see beside it.
        change: Whether it is a change, which has a sign in front.
        unit: What people read behind it, such as "%".
        least: Set where it stands for fewer than so many: programs alone are told it.
    """

    value: int | float | None
    digits: int | None = None
    approximate: bool = False
    hidden: Hidden | None = None
    interval: tuple[float, float] | None = None
    change: bool = False
    unit: str = ""
    least: int = 0


@dataclass(frozen=True, slots=True)
class Text:
    """A label, a key, a name. `value` goes to machine formats, `label` (if any) to people."""

    value: str | bool | None
    label: str = ""
    hidden: Hidden | None = None


@dataclass(frozen=True, slots=True)
class Date:
    """A day (`2026-04-01`) or a longer period (`2026-04`) in ISO form."""

    value: str | None
    hidden: Hidden | None = None

    @classmethod
    def of(cls, day: date | None) -> Date:
        """The cell of a day."""
        return cls(None if day is None else day.isoformat())


Cell = Count | Share | Number | Text | Date


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        name: Its key in machine formats: English, snake_case, or an issue key where `spread` is set.
        label: Its heading for people, translated.
        spread: The name of the JSON object that holds this column's cells (the crosstab's "cells"), or "".
        people: Whether people see it; columns of keys for programs are for machine formats alone.
        machine: Whether machine formats hold it.
        fill_in: Whether its cells are blank for people to write in: on paper they need room.
        choices: What may be written in, where that is known.
        measure: What its cells say; protection against disclosure refuses a table where this is not stated.
        base: What its shares divide by, what its statistics are made of.
    """

    name: str
    label: str
    spread: str = ""
    people: bool = True
    machine: bool = True
    fill_in: bool = False
    choices: tuple[str, ...] = ()
    measure: Measure | None = None
    base: Measure | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table.

    Attributes:
        cells: In the order of the table's columns.
        total: Whether it holds totals (by-fields are `Text(None)`).
        members: The answers that it counts as one; they have rows of their own, and this one is in no total.
    """

    cells: tuple[Cell, ...]
    total: bool = False
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Base:
    """What the percentages of a table divide by.

    Attributes:
        kind: asked, answered, all, mentions, or a name of the analysis ("target").
        cases: Unweighted number of cases, None where each row has its own only.
        text: One sentence for people: kind, n, how many are left out and why.
    """

    kind: str
    cases: int | None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A finished table.

    Attributes:
        name: Stable key (`issues`); title: heading for people.
        brief: The same table cut to fit a page, for people, where that differs.
        kept: Whether its cells may hold personal values, for which the user has asked.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    base: Base | None = None
    notes: tuple[str, ...] = ()
    brief: Table | None = field(default=None, repr=False)
    kept: bool = False

    def __repr__(self) -> str:
        """One line: its name and its size."""
        return f"<Table {self.name}: {len(self.rows):,} rows, columns {', '.join(c.name for c in self.columns)}>"

    def _repr_html_(self) -> str:
        """The table for people, for notebooks."""
        return as_html([self])

    def for_people(self) -> Table:
        """The version that fits a page."""
        return self.brief or self

    def column(self, name: str) -> int:
        """Position of a column.

        Raises:
            KeyError: There is no such column.
        """
        for position, column in enumerate(self.columns):
            if column.name == name and not column.spread:
                return position
        raise KeyError(name)

    def body(self) -> Iterator[Row]:
        """The rows that are no totals."""
        return (row for row in self.rows if not row.total)

    def with_rows(self, rows: Sequence[Row]) -> Table:
        """The same table with other rows."""
        return replace(self, rows=tuple(rows), brief=None)

    def to_dict(self) -> dict[str, Any]:
        """The table as `-f json` prints it."""
        machine = [(i, c) for i, c in enumerate(self.columns) if c.machine]
        plain = [{"name": c.name, "label": c.label} for _, c in machine if not c.spread]
        spreads = dict.fromkeys(c.spread for _, c in machine if c.spread)
        found: dict[str, Any] = {
            "name": self.name,
            "title": self.title,
            "columns": plain + [{"name": name, "label": name} for name in spreads],
            "rows": [self._row_to_dict(row, machine) for row in self.rows],
            "notes": list(self.notes),
        }
        if self.base is not None:
            found["base"] = {"kind": self.base.kind, "cases": self.base.cases}
        return found

    @staticmethod
    def _row_to_dict(row: Row, columns: Sequence[tuple[int, Column]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for i, column in columns:
            if column.spread:
                found.setdefault(column.spread, {})[column.name] = machine_value(row.cells[i])
            else:
                found[column.name] = machine_value(row.cells[i])
        if row.total:
            found["total"] = True
        return found

    def to_pandas(self) -> pd.DataFrame:
        """The body as a DataFrame with the machine names as columns; hidden and missing cells are NaN."""
        import pandas as pd

        machine = [(i, c.name) for i, c in enumerate(self.columns) if c.machine]
        rows = [[machine_value(row.cells[i]) for i, _ in machine] for row in self.body()]
        return pd.DataFrame(rows, columns=[name for _, name in machine])


def machine_value(cell: Cell) -> str | bool | int | float | None:
    """What machine formats hold for a cell: unrounded, None where hidden or absent."""
    if cell.hidden:
        return None
    value = cell.value
    if type(value) is float and isinstance(cell, Count) and value.is_integer():
        return int(value)
    return value


def tables_by_name(tables: Sequence[Table]) -> Mapping[str, Table]:
    """Tables under their names, in order."""
    return {table.name: table for table in tables}


def as_html(tables: Sequence[Table], **look: Any) -> str:
    """Tables as notebooks show them; `look` by the names of `render.RenderOptions`."""
    # A table does not know how it is rendered: what renders pages is looked up when somebody looks.
    render = import_module("visittally.render.html")
    return str(render.fragment(tables, render.RenderOptions(**look)))
