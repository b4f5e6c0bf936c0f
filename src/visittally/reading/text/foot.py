"""Where the table of a delimited text ends: above a tally, another table, or those who sign for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from visittally.reading.beginning import TOLD
from visittally.reading.ending import below_the_table, may_end_within
from visittally.reading.header_rows import LEADING
from visittally.reading.looks import SPACES
from visittally.reading.text.careful import physical_lines, read_records, text_before

if TYPE_CHECKING:
    from collections.abc import Iterator

    from visittally.reading.text.dialect import Dialect
    from visittally.reading.text.rows import TextTable

TAIL, LAST = 600, 150
"""Lines at the end in which another table, and in which a tally below the table is looked for."""
FEW_NAMES = 50
"""So many are quicker looked for in a text one by one than the text is cut; each more costs its length again."""


def end_of_table(text: str, table: TextTable, begin: int) -> int | None:
    """Offset in UTF-8 of what stands below the table, or None.

    Args:
        text: All of it.
        table: How it is written.
        begin: Where the first record begins.
    """
    dialect = table.dialect
    start = _tail(text, dialect, begin, TAIL)
    if not _may_hold_a_header(text[start:], table):
        start = _tail(text, dialect, start, LAST)
        marks = dialect.delimiter + dialect.quote + dialect.escape
        if not may_end_within(physical_lines(text[start:], dialect), marks):
            return None
    records = read_records(text[start:], dialect, table.physical, 1).records
    index = below_the_table([record.cells for record in records], table.position)
    if index is None:
        return None
    before = text[:start] + text_before(text[start:], dialect, records[index].line)
    return len(before.encode("utf-8", "surrogatepass"))


def _may_hold_a_header(text: str, table: TextTable) -> bool:
    """Whether another table can begin in a text: few hold enough of the names at all, which is quickly seen."""
    heads = [_pieces(name, table.dialect) for name in table.position.begins if name]
    here = text if len(heads) <= FEW_NAMES else _pieces(text, table.dialect)
    if sum(all(piece in here for piece in pieces) for pieces in heads) < TOLD:
        return False
    return not frozenset().union(*heads).isdisjoint(_beginnings(text, table.dialect))


def _pieces(text: str, dialect: Dialect) -> frozenset[str]:
    """What stands between delimiters, quotes and ends of lines: every cell, or the parts of it."""
    apart = re.escape("".join({"\r", "\n", dialect.delimiter, dialect.quote, dialect.escape}))
    return frozenset(piece.strip(SPACES) for piece in re.split(f"[{apart}]+", text)) - {""}


def _beginnings(text: str, dialect: Dialect) -> Iterator[str]:
    """The leading cells of all records, or the parts of them; where quotes stand in a line, all of its cells."""
    for line in re.split(r"[\r\n]+", text):
        if dialect.delimiter and not any(mark and mark in line for mark in (dialect.quote, dialect.escape)):
            yield from (cell.strip(SPACES) for cell in line.split(dialect.delimiter, LEADING)[:LEADING])
        else:
            yield from _pieces(line, dialect)


def _tail(text: str, dialect: Dialect, begin: int, lines: int) -> int:
    """Where about so many last lines begin; never inside a cell."""
    ends = "\n" if dialect.newline == "\n" else "\r"
    if text.count(ends, begin) <= lines:
        return begin
    start = len(text)
    for _line in range(lines + 1):
        start = text.rfind(ends, begin, max(begin, start - 1)) + 1
        if start <= begin:
            return begin
    # To find one takes a tenth of the time that it takes to count none.
    quoted = dialect.quote and text.find(dialect.quote, begin, start) >= 0
    quotes = text.count(dialect.quote, begin, start) if quoted else 0
    while quotes % 2 and start > begin:
        earlier = max(begin, text.rfind(ends, begin, start - 1) + 1)
        quotes -= text.count(dialect.quote, earlier, start)
        start = earlier
    return start
