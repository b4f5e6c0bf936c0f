"""CSV and TSV: one table, unrounded, with labels that no spreadsheet can take for a formula."""

from __future__ import annotations

import re
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from visittally.render.cells import RenderOptions, finite, shown_controls
from visittally.tables.table import Cell, Share, Table, machine_value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from visittally.tables.result import Result

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""Characters, half and full width, at which a spreadsheet begins to calculate."""
_LAYOUT = "\t\r\n"


def neutral(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would run it; control characters as symbols.

    >>> neutral("=1+1"), neutral("water")
    ("'=1+1", 'water')
    """
    text = shown_controls(text, keep=_LAYOUT)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def render(tables: Sequence[Table], _result: Result, options: RenderOptions, delimiter: str) -> bytes:
    """The only table as delimited text, in UTF-8: every record, no totals, nothing rounded.

    Raises:
        ValueError: There is not exactly one table.
    """
    (table,) = tables
    word: Callable[[str], str] = str if options.raw else neutral
    kept = [i for i, column in enumerate(table.columns) if column.machine]
    special = re.compile(rf'[{re.escape(delimiter)}"\r\n]')

    @cache
    def written(text: str) -> str:
        return _quoted(word(text), special)

    end = "\r\n" if options.bom else "\n"
    lines = [delimiter.join(written(table.columns[i].name) for i in kept)]
    rows = [row.cells for row in table.body()]
    fields = [_fields([cells[i] for cells in rows], written) for i in kept]
    lines += map(delimiter.join, zip(*fields, strict=True)) if fields else [""] * len(rows)
    text = "".join((line or '""') + end for line in lines)
    return text.encode("utf-8-sig" if options.bom else "utf-8", "backslashreplace")


def _quoted(field: str, special: re.Pattern[str]) -> str:
    """A field, quoted where it must be; the csv module leaves a lone carriage return unquoted."""
    return '"' + field.replace('"', '""') + '"' if special.search(field) else field


def _fields(column: Sequence[Cell], written: Callable[[str], str]) -> list[str]:
    """The cells of a column. Those of the rows of a place are one and the same, and many shares are equal."""
    found: list[str] = []
    shares: dict[tuple[Any, Any, int], str] = {}
    last, field = None, ""
    for cell in column:
        if cell is not last:
            last = cell
            if type(cell) is not Share or cell.hidden:
                field = _field(cell, written)
            else:
                known = shares.get(key := (cell.n, cell.base, cell.per))
                if known is None:
                    shares[key] = known = _field(cell, written)
                field = known
        found.append(field)
    return found


def _field(cell: Cell, written: Callable[[str], str]) -> str:
    """A cell: figures in full, words made harmless and quoted, nothing where there is none."""
    value = machine_value(cell)
    # Most cells are plain whole numbers and texts.
    if type(value) is int:
        return str(value)
    if isinstance(value, str):
        return written(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if finite(value) else ""


def renderer(delimiter: str) -> partial[bytes]:
    """The renderer of text with this delimiter."""
    return partial(render, delimiter=delimiter)
