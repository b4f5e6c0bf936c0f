"""The receipt: every record of every file, counted or set aside, with line, kind and reason."""

from __future__ import annotations

from collections import Counter
from dataclasses import field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from visittally.dataclass import dataclass
from visittally.messages import _
from visittally.reading.inputs.source import STDIN, called_stdin

if TYPE_CHECKING:
    from collections.abc import Iterable

LISTED = 1_000
"""How many records set aside are listed one by one in each file; the counts are always complete."""


class Kind(StrEnum):
    """Why a record is not counted."""

    UNREADABLE = "unreadable"
    INVALID = "invalid"
    NOT_A_RECORD = "not_a_record"
    DUPLICATE = "duplicate"
    REJECTED = "rejected"
    FILTERED = "filtered"


LOST = (Kind.UNREADABLE, Kind.INVALID)
"""The kinds that `--strict` does not accept."""


@dataclass(frozen=True, slots=True, order=True)
class SetAside:
    """A record that is not counted.

    Attributes:
        line: Physical line where it begins (workbook: row of the sheet; Parquet: row), from 1.
        kind: Why, for programs.
        reason: Why, in one sentence in the user's language.
    """

    line: int
    kind: Kind
    reason: str


def _in_order(entry: SetAside) -> tuple[int, Kind, str]:
    return entry.line, entry.kind, entry.reason


@dataclass(slots=True)
class FileReceipt:
    """What became of the records of one table of one file. `read = counted + set aside` always.

    Attributes:
        counts: How many records were set aside, by kind.
        entries: The first of them by line, at most `LISTED`.
    """

    file: str
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header_row: int = 0
    tool: str | None = None
    records_read: int = 0
    counts: Counter[Kind] = field(default_factory=Counter)
    entries: list[SetAside] = field(default_factory=list)

    @property
    def records_set_aside(self) -> int:
        """How many records were read and not counted."""
        return self.counts.total()

    @property
    def records_counted(self) -> int:
        """How many records were read and counted."""
        return self.records_read - self.records_set_aside

    def add(self, records_read: int, set_aside: Iterable[SetAside] = (), more: Counter[Kind] | None = None) -> None:
        """Account for records; `more` counts further ones set aside that are not listed."""
        entries = list(set_aside)
        self.records_read += records_read
        self.counts.update(entry.kind for entry in entries)
        self.counts.update(more or {})
        if entries:
            self.entries = sorted([*self.entries, *entries], key=_in_order)[:LISTED]

    def merge(self, other: FileReceipt, shift: int = 0) -> None:
        """Add the records of another stretch of the same file, whose lines lie `shift` further down."""
        self.records_read += other.records_read
        self.counts.update(other.counts)
        moved = [replace(entry, line=entry.line + shift) for entry in other.entries] if shift else other.entries
        self.entries = sorted([*self.entries, *moved], key=_in_order)[:LISTED]

    def to_dict(self, *, numbers: bool = True) -> dict[str, Any]:
        """The receipt of the file as `-f json` prints it; without `numbers` they and the lines are null."""
        found: dict[str, Any] = {
            "file": STDIN if self.file == called_stdin() else self.file,
            "encoding": self.encoding,
            "delimiter": self.delimiter,
            "sheet": self.sheet,
            "header_row": self.header_row,
            "tool": self.tool,
            "records_read": self.records_read,
            "records_counted": self.records_counted,
            "records_set_aside": self.records_set_aside,
            "set_aside": [{"line": e.line, "kind": e.kind.value, "reason": e.reason} for e in self.entries],
        }
        if not numbers:
            found |= dict.fromkeys(("records_read", "records_counted", "records_set_aside", "set_aside"))
        return found


@dataclass(slots=True)
class Receipt:
    """The receipts of all files, in the order in which they were named.

    Attributes:
        smallest: Smaller counts of records set aside are not printed, nor what they would follow from; 0: all are.
    """

    files: list[FileReceipt] = field(default_factory=list)
    smallest: int = 0

    @property
    def records_read(self) -> int:
        """How many records were read from all files."""
        return sum(file.records_read for file in self.files)

    @property
    def records_counted(self) -> int:
        """How many records of all files were counted."""
        return sum(file.records_counted for file in self.files)

    @property
    def records_set_aside(self) -> int:
        """How many records of all files were set aside."""
        return sum(file.records_set_aside for file in self.files)

    @property
    def discreet(self) -> bool:
        """Whether a number of records set aside must not be printed, and so neither how many were read."""
        totals: Counter[Kind] = sum((file.counts for file in self.files), Counter())
        return any(0 < n < self.smallest for n in totals.values())

    def sentence(self) -> str:
        """How many records were read, counted and set aside."""
        if self.discreet:
            text = _("Counted {counted:,} records; small numbers of records set aside are hidden.")
            return text.format(counted=self.records_counted)
        text = _("Read {read:,} records, counted {counted:,}, set aside {aside:,}.")
        return text.format(read=self.records_read, counted=self.records_counted, aside=self.records_set_aside)

    def lost(self) -> list[tuple[FileReceipt, SetAside]]:
        """The records that were lost (unreadable or invalid), as far as they are listed."""
        return [(file, entry) for file in self.files for entry in file.entries if entry.kind in LOST]

    def to_dict(self) -> dict[str, Any]:
        """The receipt as `-f json` prints it."""
        return {
            "files": [file.to_dict(numbers=not self.smallest) for file in self.files],
            "records_read": None if self.discreet else self.records_read,
            "records_counted": self.records_counted,
            "records_set_aside": None if self.discreet else self.records_set_aside,
        }
