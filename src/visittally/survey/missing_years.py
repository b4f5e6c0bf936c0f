"""Days that hand-kept tables write without a year: it stands in other dates, the title, the sheet, the name."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import PurePath
from typing import TYPE_CHECKING

from visittally.errors import Notice
from visittally.messages import _, ngettext
from visittally.reading.kept import keep
from visittally.words.dates import DateOrder, day_without_year, parse_day, years_in
from visittally.words.folding import one_line, tidy
from visittally.words.names import told as discreet
from visittally.words.patterns import pattern
from visittally.words.vocabulary import key_of, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visittally.reading.blocks import TableSource
    from visittally.reading.kept import KeptTable

_LINES = 8
_CUT = pattern(r"\d{1,2}\.[123]")
"""A day of which a spreadsheet may have cut off a zero."""
_YEARLY = pattern(r"\d{4}")
_SOME = 0.5
"""So many cells of a column of dates may be none."""


def with_years(
    tables: Sequence[TableSource], places: Sequence[Sequence[int]], notices: list[Notice]
) -> list[TableSource]:
    """The tables with the year added to days that lack it, as far as one is certain.

    Args:
        tables: The tables.
        places: For each of them the positions of its columns of dates; none where it is not kept by hand.
        notices: Takes what is to be said about it.
    """
    found = [
        _with_year(table, positions, notices) if positions else table
        for table, positions in zip(tables, places, strict=True)
    ]
    for table, positions in zip(found, places, strict=True):
        notices += [notice for c in positions if (notice := _unread(table, c)) is not None]
    return found


def _unread(source: TableSource, c: int) -> Notice | None:
    """Say which cells of a column of dates hold none that can be read, with their lines."""
    order = DateOrder.learn(dict.fromkeys((row[c] for row in source.sampled), 1))
    nothing = words("blank") | words("not_asked")

    @cache
    def strange(cell: str) -> bool:
        told = key_of(cell) not in nothing
        return told and parse_day(cell, order) is None and day_without_year(cell, short=True) is None

    filled = {cell: n for cell, n in Counter(row[c] for row in source.sampled).items() if cell.strip()}
    if not 0 < sum(n for cell, n in filled.items() if strange(cell)) <= _SOME * sum(filled.values()):
        return None
    table = keep(source)
    cells = [(row.line, tidy(row.cells[c])) for row in table.rows if strange(row.cells[c])] if table else []
    if table is None or not cells:
        return None
    # Masked before they are cut: half a number or a name is not known any more.
    texts = discreet([text for _line, text in cells[:_LINES]])
    shown = _("; ").join(
        _("line {line}: {text}").format(line=n, text=text[:20]) for (n, _text), text in zip(cells, texts, strict=False)
    )
    text = ngettext(
        '{file}: {n:,} date of "{column}" cannot be read ({shown}); it falls into no day or month.',
        '{file}: {n:,} dates of "{column}" cannot be read ({shown}); they fall into no day or month.',
        len(cells),
    )
    shown += _("; and others") if len(cells) > _LINES else ""
    message = text.format(file=table.file, n=len(cells), column=one_line(table.header[c]), shown=shown)
    return Notice("unread_dates", message)


def _with_year(source: TableSource, positions: Sequence[int], notices: list[Notice]) -> TableSource:
    sampled = source.sampled
    if not any(day_without_year(cell, short=True) for cell in {row[c] for row in sampled for c in positions}):
        return source
    table = keep(source)
    if table is None:
        return source
    cells = {c: [row.cells[c].strip() for row in table.rows] for c in positions}
    short = {c: _writes_short_days(column, in_cells=bool(table.sheet)) for c, column in cells.items()}
    notices += [notice for c, column in cells.items() if not short[c] and (notice := _ambiguous(table, c, column))]
    lacking = {
        c: {n: found for n, cell in enumerate(column) if (found := day_without_year(cell, short=short[c]))}
        for c, column in cells.items()
    }
    days = [found for column in lacking.values() for found in column.values()]
    if not days:
        return source
    lines = sorted({table.rows[n].line for column in lacking.values() for n in column})
    year, told = _year(table, cells)
    turns = {12, 1} <= {month for month, _day in days}
    if not year or turns:
        text = ngettext(
            "{file}: {n:,} date has no year (line {lines}) and nothing tells which; it falls into no day or month.",
            "{file}: {n:,} dates have no year (lines {lines}) and nothing tells which; they fall into no day or month.",
            len(days),
        )
        notices.append(Notice("dates_without_year", text.format(file=table.file, n=len(days), lines=_shown(lines))))
        return source
    text = ngettext(
        "{file}: {n:,} date has no year; {year} was taken from {where}.",
        "{file}: {n:,} dates have no year; {year} was taken from {where}.",
        len(days),
    )
    notices.append(Notice("dates_without_year", text.format(file=table.file, n=len(days), year=year, where=told)))
    rows = []
    for n, row in enumerate(table.rows):
        changed = list(row.cells)
        for c, column in lacking.items():
            if n in column:
                month, day = column[n]
                changed[c] = f"{year}-{month:02d}-{day:02d}"
        rows.append(replace(row, cells=tuple(changed)))
    return table.with_rows(rows)


def _writes_short_days(cells: Sequence[str], *, in_cells: bool) -> bool:
    """Whether `3.15` in a column of dates is the fifteenth of March.

    Args:
        cells: The column.
        in_cells: Whether it comes from a workbook, where 3.1 may be what is left of 3.10.
    """
    filled = [cell for cell in cells if cell]
    if not filled or not all(day_without_year(cell, short=True) or _YEARLY.search(cell) for cell in filled):
        return not in_cells and any(day_without_year(cell) for cell in filled)
    short = [cell for cell in filled if not day_without_year(cell) and day_without_year(cell, short=True)]
    whole = any(cell.endswith("0") for cell in short) and not in_cells
    return whole or not any(_CUT.fullmatch(cell) for cell in short)


def _ambiguous(table: KeptTable, c: int, cells: Sequence[str]) -> Notice | None:
    """Say that days such as 3.1 are not read, where they may be what is left of 3.10."""
    cut = [row.line for row, cell in zip(table.rows, cells, strict=True) if _CUT.fullmatch(cell)]
    if not cut or not all(day_without_year(cell, short=True) for cell in cells if cell):
        return None
    text = ngettext(
        '{file}: {n:,} day of "{column}" such as 3.1 may be what a spreadsheet left of 3.10 (line {lines}); no day '
        "there is read. Write 1 March or 3月1日.",
        '{file}: {n:,} days of "{column}" such as 3.1 may be what a spreadsheet left of 3.10 (lines {lines}); no day '
        "there is read. Write 1 March or 3月1日.",
        len(cut),
    )
    message = text.format(file=table.file, n=len(cut), column=one_line(table.header[c]), lines=_shown(cut))
    return Notice("ambiguous_days", message)


def _year(table: KeptTable, cells: dict[int, list[str]]) -> tuple[int, str]:
    """The only year that one of the places names where years stand, and which place; 0 where none is certain."""
    written: set[int] = set()
    for column in cells.values():
        order = DateOrder.learn(dict.fromkeys(column, 1))
        written |= {day.year for cell in column if not day_without_year(cell) and (day := parse_day(cell, order))}
    if written:
        return (min(written), _("the other dates")) if len(written) == 1 else (0, "")
    above = " ".join(cell for title in table.titles for cell in title)
    beside = (
        (above, _("the lines above the table")),
        (table.sheet or "", _("the name of the sheet")),
        (PurePath(table.file).name, _("the name of the file")),
    )
    for text, told in beside:
        if years := years_in(text):
            return (min(years), told) if len(years) == 1 else (0, "")
    return 0, ""


def _shown(lines: Sequence[int]) -> str:
    return ", ".join(map(str, lines[:_LINES])) + (" ..." if len(lines) > _LINES else "")
