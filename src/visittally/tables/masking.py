"""Telephones, e-mails and ids in what a table prints: somebody may have written them into a header, too."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from visittally.tables.table import Text
from visittally.words.personal import scrub

if TYPE_CHECKING:
    from visittally.tables.table import Cell, Column, Row, Table


def masked(table: Table) -> Table:
    """The table with stand-ins for the personal values in its headings, its texts and its notes.

    Tables for which the user asks because personal values stand in them (`Table.kept`) keep those of their cells.
    """
    if not _tells(table):
        return table
    rows = table.rows if table.kept else tuple(map(_masked_row, table.rows))
    base = None if table.base is None else replace(table.base, text=scrub(table.base.text))
    return replace(
        table,
        name=scrub(table.name),
        title=scrub(table.title),
        columns=_masked_columns(table.columns),
        rows=rows,
        base=base,
        notes=tuple(map(scrub, table.notes)),
        brief=None if table.brief is None else masked(table.brief),
    )


def _tells(table: Table) -> bool:
    """Whether any text of the table has something to mask: nearly none has."""
    texts = {table.name, table.title, *table.notes, "" if table.base is None else table.base.text}
    for column in table.columns:
        texts.update((column.name, column.label, column.spread, *column.choices))
    if not table.kept:
        for row in table.rows:
            texts.update(row.members)
            for cell in row.cells:
                if isinstance(cell, Text):
                    texts.add(cell.label)
                    if isinstance(cell.value, str):
                        texts.add(cell.value)
    return any(scrub(text) != text for text in texts) or (table.brief is not None and _tells(table.brief))


def _masked_columns(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """The columns under masked names, which are told apart where they become the same."""
    found, names = [], {(column.spread, column.name) for column in columns if scrub(column.name) == column.name}
    for column in columns:
        name, number = scrub(column.name), 2
        if name != column.name:
            while (column.spread, name) in names:
                name, number = f"{scrub(column.name)} ({number})", number + 1
            names.add((column.spread, name))
        found.append(replace(column, name=name, label=scrub(column.label), choices=tuple(map(scrub, column.choices))))
    return tuple(found)


def _masked_row(row: Row) -> Row:
    return replace(row, cells=tuple(map(_masked_cell, row.cells)), members=tuple(map(scrub, row.members)))


def _masked_cell(cell: Cell) -> Cell:
    if not isinstance(cell, Text):
        return cell
    return replace(
        cell, value=scrub(cell.value) if isinstance(cell.value, str) else cell.value, label=scrub(cell.label)
    )
