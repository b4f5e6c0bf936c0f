"""Files written alike: what was found in one holds for the next that begins with the same bytes, after a short look."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.reading.beginning import find_header
from visittally.reading.text.careful import read_records
from visittally.reading.text.readers import Readers
from visittally.reading.text.rows import TextTable, fitted, is_blank_row, set_aside

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visittally.reading.text.careful import Record
    from visittally.reading.text.dialect import Dialect

LINES = 16
"""So many lines are looked at in a file that begins like another one."""
EVEN = 0.95
"""Such a share of their records must have the usual number of cells."""
REMEMBERED = 64
"""So many different beginnings are remembered."""


@dataclass(frozen=True, slots=True)
class FoundInText:
    """What was found in a text.

    Attributes:
        table: How it is written and where the table stands.
        why: Why it is thought to be written so.
        begin_line: Physical line of the first record.
        header_row: Physical line of the last header row, 0 without header.
        readers: Those of all texts in which this was found.
    """

    table: TextTable
    why: str
    begin_line: int
    header_row: int
    readers: Readers = field(default_factory=Readers, compare=False, repr=False)


@dataclass
class Beginnings:
    """The beginnings of texts, up to the first record, and what was found in them."""

    known: dict[str, list[tuple[FoundInText, _Marks]]] = field(default_factory=dict)
    _last: tuple[str, int, FoundInText] | None = None

    def learn(self, text: str, begin: int, found: FoundInText) -> None:
        """Remember a text.

        Args:
            text: All of it, or its beginning.
            begin: Where its first record begins.
            found: What was found.
        """
        self._last = (text, begin, found)  # looked at when there is another text: most often there is none

    def find(self, text: str) -> tuple[int, FoundInText, Sequence[Sequence[str]]] | None:
        """Where the first record of a text begins, what was found in one like it, and its first records.

        None where no text begins so, or where a short look shows that this one is written otherwise.
        """
        self._take_in()
        beginning = next((beginning for beginning in self.known if text.startswith(beginning)), "")
        for found, marks in self.known.get(beginning, ()):
            if marks == _Marks.of(text, found.table.dialect):
                first = _first_records(text, found.table)
                if first is not None:
                    return len(beginning), found, first
        return None

    def _take_in(self) -> None:
        if self._last is None:
            return
        text, begin, found = self._last
        if begin and len(self.known) < REMEMBERED:
            self.known.setdefault(text[:begin], []).append((found, _Marks.of(text, found.table.dialect)))
        self._last = None


@dataclass(frozen=True, slots=True)
class _Marks:
    """Which of the characters that decide how a text is to be cut stand in it."""

    quoted: bool
    escaped: bool
    returns: bool

    @classmethod
    def of(cls, text: str, dialect: Dialect) -> _Marks:
        quoted = bool(dialect.quote) and dialect.quote in text
        return cls(quoted, quoted and "\\" + dialect.quote in text, "\r" in text)


def _first_records(text: str, table: TextTable) -> Sequence[Sequence[str]] | None:
    """The first records of a text; None where they show that the table stands elsewhere or is not cut well."""
    position = table.position
    rows = _first(text, table.dialect, table.physical)
    again = find_header([row.cells for row in rows])
    if again.header_rows != position.header_rows or again.first_record != position.first_record:
        return None
    below = [row for row in rows[position.first_record :] if not is_blank_row(row.cells)]
    if sum(len(row.cells) == table.physical for row in below) < EVEN * len(below):
        return None
    records = (fitted(row.cells, table.width) for row in below if set_aside(row, table) is None)
    return [record for record in records if record is not None]


def _first(text: str, dialect: Dialect, physical: int) -> Sequence[Record]:
    """The first records, without one that may be cut."""
    end = -1
    for _line in range(LINES):
        following = text.find("\n" if dialect.newline == "\n" else "\r", end + 1)
        if following < 0:
            return read_records(text, dialect, physical, 1).records
        end = following
    return read_records(text[: end + 1], dialect, physical, 1, final=False).records
