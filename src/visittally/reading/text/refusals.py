"""Texts that are no tables are refused, each with a sentence that says what it seems to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.errors import InputError
from visittally.messages import _
from visittally.reading.looks import Look, is_filled, look
from visittally.words.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visittally.reading.text.careful import Record
    from visittally.reading.text.rows import TextTable

JUNK = 0.01
"""Share of control characters from which on a text is none."""
EVEN = 0.5
"""Share of rows that must be about equally wide."""

_CONTROL = pattern("[\x00-\x08\x0e-\x1b\x7f]")
_MARKS = pattern(r"\s*(#{1,6}\s|[-*+]\s|>\s|```|~~~|\d+\.\s|\|?\s*:?-{3,}|={3,}|</?[a-z]+)")
_SENTENCE = pattern(r"[.!?。！？:：][\"'”’)）]?\s*$")


def refuse_junk(name: str, text: str) -> None:
    """Refuse what is empty or no text at all.

    Raises:
        InputError: There is nothing in it, or mostly control characters.
    """
    if not text.strip("\ufeff \t\r\n\x00"):
        raise InputError(_("{file} is empty: there is nothing in it to read.").format(file=name))
    part = text[: 1 << 20]
    if len(_CONTROL.findall(part.replace("\x00", ""))) > JUNK * len(part) or part.count("\x00") > 0.3 * len(part):
        raise InputError(_("{file} is no text and no workbook. Save the table as CSV or Excel.").format(file=name))


def refuse_blank(name: str, records: Sequence[Record]) -> None:
    """Refuse what has delimiters and nothing else.

    Raises:
        InputError: All cells are blank.
    """
    if not any(is_filled(record.cells) for record in records):
        raise InputError(_("{file} is empty: all its cells are blank.").format(file=name))


def refuse_prose(name: str, records: Sequence[Record], table: TextTable) -> None:
    """Refuse running text, Markdown, a program.

    Raises:
        InputError: Its lines are no rows of cells.
    """
    rows = [record.cells for record in records if is_filled(record.cells)]
    if table.position.header_rows and rows and len(rows) == 1 and len(rows[0]) > 1:
        return
    if is_prose(rows, table):
        raise InputError(
            _(
                "{file} is no table: its lines are running text, not rows of cells. Save the table as CSV or Excel, "
                "or name the delimiter with --delimiter."
            ).format(file=name)
        )


def is_prose(rows: Sequence[Sequence[str]], table: TextTable) -> bool:
    """Whether rows are lines of running text rather than rows of cells."""
    if not rows:
        return False
    even = sum(len(row) == table.physical for row in rows) / len(rows)
    if table.physical == 1 or table.width == 1:
        lines = [row[0] for row in rows]
        marked = sum(_MARKS.match(line) is not None for line in lines) / len(lines)
        sentences = sum(len(line.split()) > 5 or len(line) > 60 or _SENTENCE.search(line) is not None for line in lines)
        return marked >= 0.2 or sentences >= 0.3 * len(lines)
    if even >= 0.8:
        return False
    cells = [cell for row in rows for cell in row]
    wordy = sum(look(cell) is Look.TEXT and len(cell.split()) > 5 for cell in cells)
    marked = sum(_MARKS.match(row[0]) is not None for row in rows if row) / len(rows)
    ended = sum(_SENTENCE.search(row[-1]) is not None for row in rows if row) / len(rows)
    if ended >= EVEN and all(look(cell) in (Look.TEXT, Look.BLANK) for cell in cells):
        return True
    return even < EVEN and (wordy >= 0.1 * len(cells) or marked >= 0.1)
