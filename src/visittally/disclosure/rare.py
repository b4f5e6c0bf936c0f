"""Answers that few people gave, and values that stand for single records: what is not published beside the counts.

The label of an answer that one person gave says who it was as well as the count does; the largest number of a village
is that of one household.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from visittally.disclosure.arranging import hide
from visittally.disclosure.figures import TOLD_APART, counts, measure_of
from visittally.messages import _
from visittally.tables.measures import Content
from visittally.tables.table import Cell, Column, Count, Date, Number, Row, Share, Table, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

OTHERS = "other_answers"
"""The key of the row or column that rare answers share."""

Named = tuple[str, str]
"""A question, "" where the table has one only, and an answer."""


def rare_answers(table: Table, smallest: int) -> frozenset[Named]:
    """The answers of a table, nothing hidden yet, that fewer than `smallest` people gave in all its rows together.

    A table of two sides counts both: who alone gave an answer on one of them is known by it all the same.
    """
    names = [column.name for column in table.columns]
    found: defaultdict[Named, float] = defaultdict(float)
    answer, measures = _answer_column(table), _measures(table)
    for row in table.rows:
        if row.total:
            continue
        if answer is not None:
            found[_named(row, names, answer)] += sum(_value(row.cells[i]) for i in measures)
        for column, cell in zip(table.columns, row.cells, strict=True):
            if column.spread:
                found["", column.name] += _value(cell)
    return frozenset(name for name, n in found.items() if name[1] and 0 < n < smallest)


def without_rare(table: Table, rare: frozenset[Named]) -> Table:
    """The table with its rare answers as one row, or one column, whose figures are hidden."""
    if not rare:
        return table
    brief = table.brief and without_rare(table.brief, rare)
    return replace(_joined_columns(_joined_rows(table, rare), rare), brief=brief)


def _joined_rows(table: Table, rare: frozenset[Named]) -> Table:
    answer = _answer_column(table)
    if answer is None:
        return table
    names = [column.name for column in table.columns]
    rows: list[Row] = []
    joined: dict[tuple[Cell, ...], Row] = {}
    for row in table.rows:
        if row.total:
            rows += joined.values()
            joined = {}
        elif _named(row, names, answer) in rare:
            banner = tuple(row.cells[i] for i in _banner(table, answer))
            if joined and banner not in joined:
                rows += joined.values()
                joined = {}
            joined.setdefault(banner, Row(tuple(_other(table, answer, i, cell) for i, cell in enumerate(row.cells))))
            continue
        elif joined and tuple(row.cells[i] for i in _banner(table, answer)) not in joined:
            rows += joined.values()
            joined = {}
        rows.append(row)
    return replace(table, rows=(*rows, *joined.values()))


def _other(table: Table, answer: int, column: int, cell: Cell) -> Cell:
    """A cell of the row that rare answers share."""
    name = table.columns[column].name
    if column == answer:
        return Text(OTHERS, _("other answers"))
    if column in _banner(table, answer):
        return cell
    if isinstance(cell, Text):
        return Text(_("other answers") if name == f"{table.columns[answer].name}_label" else None)
    return hide(cell, "secondary")


def _joined_columns(table: Table, rare: frozenset[Named]) -> Table:
    """The crosstab with the columns of rare answers as one."""
    gone = [i for i, column in enumerate(table.columns) if column.spread and ("", column.name) in rare]
    if not gone:
        return table
    first = gone[0]
    column = replace(table.columns[first], name=OTHERS, label=_("other answers"))
    kept = [i for i in range(len(table.columns)) if i == first or i not in gone]
    rows = [
        replace(row, cells=tuple(hide(row.cells[i], "secondary") if i == first else row.cells[i] for i in kept))
        for row in table.rows
    ]
    columns = tuple(column if i == first else table.columns[i] for i in kept)
    return replace(table, columns=columns, rows=tuple(rows))


def without_extremes(table: Table, smallest: int) -> Table:
    """The table without values of single records: least, largest, and quantiles with few records beyond them."""
    statistics = [i for i, column in enumerate(table.columns) if measure_of(column).times]
    if not statistics:
        return table
    counted = {i: _counted(table, table.columns[i]) for i in statistics}
    rows = []
    for row in table.rows:
        cells = list(row.cells)
        for i, at in counted.items():
            n = None if at is None else _shown(row.cells[at])
            if _beyond(table.columns[i], cells[i], n, smallest):
                cells[i] = hide(cells[i], "secondary")
        rows.append(replace(row, cells=tuple(cells)))
    brief = table.brief and without_extremes(table.brief, smallest)
    return replace(table, rows=tuple(rows), brief=brief)


def _counted(table: Table, statistic: Column) -> int | None:
    """Position of the column that says how many records a statistic is made of; None where none does."""
    made = measure_of(statistic)
    same = [i for i, column in enumerate(table.columns) if measure_of(column).about == made.about]
    return next((i for i in same if any(counts(table.columns[i], name) for name in made.names)), None)


def _beyond(column: Column, cell: Cell, n: float | None, smallest: int) -> bool:
    """Whether a cell is a statistic with fewer than `smallest` records on one of its sides."""
    if not isinstance(cell, Number | Date) or cell.value is None:
        return False
    times = measure_of(column).times
    return math.isinf(times) or n is None or n < smallest * times


def _shown(cell: Cell) -> float | None:
    return cell.value if isinstance(cell, Count) and cell.hidden is None else None


def _value(cell: Cell) -> float:
    value = cell.n if isinstance(cell, Share) else cell.value if isinstance(cell, Count) else None
    return value or 0


def _answer_column(table: Table) -> int | None:
    """Position of the column of answers, None where there is none."""
    return next((i for i, column in enumerate(table.columns) if measure_of(column).kind is Content.ANSWER), None)


def _measures(table: Table) -> list[int]:
    """Positions of the columns that say how many gave an answer: the mentions on each side, else the first."""
    numbers = [i for i, c in enumerate(table.columns) if measure_of(c).name and c.base is None and not c.spread]
    return [i for i in numbers if counts(table.columns[i], "mentions")] or numbers[:1]


def _named(row: Row, names: Sequence[str], answer: int) -> Named:
    question = row.cells[names.index("question")] if "question" in names else None
    cell = row.cells[answer]
    asked = str(question.value) if isinstance(question, Text) else ""
    return asked, str(cell.value) if isinstance(cell, Text) and cell.value else ""


def _banner(table: Table, answer: int) -> list[int]:
    """Positions of the columns that say where, beside the answer."""
    return [
        i
        for i, column in enumerate(table.columns)
        if i != answer and not column.spread and measure_of(column).kind in TOLD_APART
    ]
