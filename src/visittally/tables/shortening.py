"""Long tables cut for people: the rows with the highest figures, the others together in one row."""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from visittally.messages import _, listing
from visittally.tables.table import Cell, Count, Row, Share, Table, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

ROWS = 30
"""So many rows of a table people see unless they ask for all."""
REST = "(rest)"
"""Key of the row of all that is not shown."""
_NEARLY = 3
"""A table with so few rows more is not worth a cut."""
NEVER_CUT = frozenset({"list", "replies_owed", "missing", "revisits", "unmatched", "statuses", "progress"})
"""Tables whose rows are each for somebody to act upon, or one after the other in time."""


PLACES = frozenset({"areas", "places"})
"""Tables that name every place: what is handed in must not leave one out."""


ONCE = 30
"""From so many places on that were visited once their names stand below the table: a row for each says no more."""
SPARSE = 10
"""So many rows of a crosstab are left where most places were visited once."""


def first_rows(table: Table, most: int, *, handed_in: bool = True) -> Table:
    """The version of a table for people, with at most so many rows; the rest of them are one.

    Args:
        table: A finished table; what is hidden in it stays hidden.
        most: So many rows are left; 0: all.
        handed_in: Whether it is for a document, not for a look at it.
    """
    shown = table.for_people()
    body = [row for row in shown.rows if not row.total]
    once = [row for row in body if _visited_once(shown, row)] if most and handed_in else []
    if len(once) >= ONCE and len(body) < 2 * len(once):
        if shown.name == "areas":
            return _named_below(shown, once)
        most = min(most, SPARSE) if shown.name == "crosstab" else most
    measure = _measure(shown)
    whole = NEVER_CUT | PLACES if handed_in else NEVER_CUT
    if not most or len(body) < most + _NEARLY or shown.name in whole:
        return shown
    order = sorted(range(len(body)), key=lambda i: -_figure(body[i].cells[measure])) if measure is not None else None
    kept = set((order or range(len(body)))[:most])
    rest = [row for i, row in enumerate(body) if i not in kept]
    more = _("and {n:,} more").format(n=len(rest))
    rows = [row for i, row in enumerate(body) if i in kept]
    totals = [row for row in shown.rows if row.total]
    label = shown.columns[measure].label if measure is not None else ""
    # No number: another table of the document may be cut elsewhere, and the last row tells how many it stands for.
    note = _("Shown are the rows with the highest figures ({column}); the others are one row.").format(column=label)
    first = _("Shown are the first rows; the others are one row.")
    notes = (*shown.notes, note if measure is not None else first)
    return replace(shown, rows=(*rows, _together(shown, rest, more), *totals), notes=notes)


def _visited_once(table: Table, row: Row) -> bool:
    """Whether one visit is all that a place had."""
    return any(
        column.name == "cases" and cell == Count(1) for column, cell in zip(table.columns, row.cells, strict=True)
    )


def _named_below(table: Table, once: Sequence[Row]) -> Table:
    """The table with one row for all places that were visited once; a note names every one of them."""
    alike = set(map(id, once))
    rows = [row for row in table.rows if not row.total and id(row) not in alike]
    named = [i for i, c in enumerate(table.columns) if c.people and isinstance(once[0].cells[i], Text)]
    names = [" ".join(_name(row.cells[i]) for i in named) for row in once]
    label = _("{n:,} visited once").format(n=len(once))
    note = _("Visited once: {places}.").format(places=listing(names))
    totals = [row for row in table.rows if row.total]
    return replace(table, rows=(*rows, _together(table, once, label), *totals), notes=(*table.notes, note))


def _name(cell: Cell) -> str:
    """A place as its table prints it."""
    return (cell.label or str(cell.value or "-")) if isinstance(cell, Text) else ""


def is_rest(cells: Sequence[Cell]) -> bool:
    """Whether the cells are those of the row of all that is not shown."""
    return any(isinstance(cell, Text) and cell.value == REST for cell in cells)


def _measure(table: Table) -> int | None:
    """The column that says how much a row weighs: the first with counts; None where there is none.

    A row of a crosstab weighs what its mentions are together: no single answer speaks for it.
    """
    body = list(table.body())
    counts = [
        i
        for i, column in enumerate(table.columns)
        if column.people and all(isinstance(row.cells[i], Count) for row in body)
    ]
    together = [i for i in counts if table.columns[i].name == "mentions"]
    spread = any(column.spread for column in table.columns)
    return next(iter([*(together if spread else ()), *counts]), None)


def _figure(cell: Cell) -> float:
    """A hidden figure is a small one, or is to be taken for one."""
    return float(cell.value or 0) if isinstance(cell, Count) and not cell.hidden else 0.0


def _together(table: Table, rest: Sequence[Row], label: str) -> Row:
    """One row for several: their counts added up, and what is worked out from counts alone."""
    named = next((i for i, c in enumerate(table.columns) if c.people and isinstance(rest[0].cells[i], Text)), 0)
    cells = list(map(_sum, zip(*(row.cells for row in rest), strict=True)))
    cells[named] = Text(REST, label)
    # Those who are in the bases of two rows may be the same: a sum of bases is none.
    cells = [Text(None) if c.name == "base" else cell for c, cell in zip(table.columns, cells, strict=True)]
    return Row(tuple(cells))


def _sum(cells: Sequence[Cell]) -> Cell:
    def every(name: str) -> list[Any]:
        return list(map(attrgetter(name), cells))

    kinds = set(map(type, cells))
    if kinds not in ({Count}, {Share}) or set(every("hidden")) != {None}:
        return Text(None)
    approximate = True in every("approximate")
    if kinds == {Count}:
        values = every("value")
        return Text(None) if None in values else Count(sum(values), approximate)
    n, base, first = every("n"), every("base"), cells[0]
    if None in n or None in base or not all(every("counts")) or not isinstance(first, Share):
        return Text(None)
    return replace(first, n=sum(n), base=sum(base), approximate=approximate)
