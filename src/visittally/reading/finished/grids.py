"""Finished tables in delimited text and in workbooks: every row as it stands, totals and notes among them."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from visittally.errors import InputError
from visittally.messages import _
from visittally.reading.finished.rows import Finished, Rows, squared
from visittally.reading.looks import is_blank
from visittally.words.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visittally.reading.inputs.source import ByteSource, ReadingOptions
    from visittally.reading.workbooks.sheets import SheetName

_FIGURE = pattern(r"[≈<]?\d[\d,.]*(?:/≈?\d[\d,.]*)?\s*(?:%|$|\s)")
HIGHEST = 100_000
"""Rows that are read of a sheet or a text; a table with so many is refused later as one of records."""


def text_of_source(source: ByteSource, options: ReadingOptions, most: int) -> str:
    """A text file as one string.

    Args:
        source: Where the bytes are.
        options: The encoding, where the user named one.
        most: The most bytes that it may have.

    Raises:
        InputError: It cannot be decoded, or is too large.
    """
    from visittally.reading.text.encodings import find_encoding, utf8_blocks

    coding = find_encoding(source, options.encoding)
    parts, size = [], 0
    for block in utf8_blocks(source, coding, 1 << 20):
        parts.append(block)
        size += len(block)
        if size > most:
            raise InputError(_("{name} is too large for a finished table.").format(name=source.name))
    return b"".join(parts).decode("utf-8", "replace").removeprefix("\ufeff")


def of_delimited(text: str, options: ReadingOptions) -> Rows:
    """The rows of a delimited text that are not blank."""
    from visittally.reading.text.careful import read_records
    from visittally.reading.text.dialect_search import find_dialect

    dialect, _why = find_dialect(text, options.delimiter)
    records = read_records(text, dialect).records[dialect.skipped :]
    kept = [record for record in records if any(not is_blank(cell) for cell in record.cells)][:HIGHEST]
    return squared([record.cells for record in kept], [record.line for record in kept])


def of_workbook(source: ByteSource, options: ReadingOptions) -> Finished:
    """The sheets of a workbook that hold anything and that people see; those that were named, where some were.

    Raises:
        InputError: It has none of those.
    """
    from visittally.reading.workbooks.sheets import sheet_names
    from visittally.reading.workbooks.workbook import named_sheets

    names = sheet_names(source)
    wanted = named_sheets(names, options.sheets, source.name) if options.sheets else [n for n in names if n.visible]
    return Finished(source.name, tuple(table for name in wanted for table in _of_sheet(source, name)))


def _of_sheet(source: ByteSource, name: SheetName) -> Sequence[Rows]:
    from visittally.reading.workbooks.sheets import load, text_of

    sheet = load(source, name)
    rows: list[list[str]] = []
    lines: list[int] = []
    for number, row in enumerate(sheet.rows(), 1):
        texts = [text_of(value) for value in row]
        if any(not is_blank(text) for text in texts):
            rows.append(texts)
            lines.append(number)
        if len(rows) >= HIGHEST:
            break
    begins = [0, *(i for i in range(1, len(rows) - 2) if _begins_a_table(rows, lines, i)), len(rows)]
    return [
        squared(rows[a:b], lines[a:b], _first_text(rows[a]) if a else name.name) for a, b in pairwise(begins) if b > a
    ]


def _begins_a_table(rows: Sequence[Sequence[str]], lines: Sequence[int], i: int) -> bool:
    """Whether another table begins at a row: space above it, a title alone in its row, headings, then figures."""
    if lines[i] == lines[i - 1] + 1:
        return False
    title, header, record = ([cell for cell in row if not is_blank(cell)] for row in rows[i : i + 3])
    return len(title) == 1 and len(header) > 1 and not any(map(_is_figure, header)) and any(map(_is_figure, record))


def _is_figure(text: str) -> bool:
    return bool(_FIGURE.match(text.strip()))


def _first_text(row: Sequence[str]) -> str:
    return next((cell.strip() for cell in row if not is_blank(cell)), "")
