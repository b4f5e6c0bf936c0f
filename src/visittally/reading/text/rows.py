"""What becomes of the rows of a delimited text: records, blank lines, or set aside with a reason."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.messages import _
from visittally.reading.beginning import Position, another_header, why_no_record
from visittally.reading.header_rows import LEADING
from visittally.reading.looks import (
    SPACES,
    Look,
    is_blank,
    is_total_word,
    look,
)
from visittally.reading.receipt import Kind, SetAside
from visittally.reading.told import ToldOnce

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visittally.reading.text.careful import Record
    from visittally.reading.text.dialect import Dialect

REMEMBERED = 100_000
"""So many different cells are remembered."""


@dataclass(frozen=True)
class TextTable:
    """A table in delimited text: how it is written and where it stands.

    Attributes:
        dialect: How its records are written.
        position: Its header; `position.width` is the number of columns.
        physical: How many cells its records usually have in the text: fewer than columns where blank ones at the
            end are left out, more where lines end with a delimiter.
    """

    dialect: Dialect
    position: Position
    physical: int

    @property
    def width(self) -> int:
        """Number of columns."""
        return self.position.width

    @cached_property
    def begins(self) -> frozenset[str]:
        """What the leading cells of a repeated header may be."""
        return self.position.begins

    def is_odd_beginning(self, cell: str) -> bool:
        """Whether a leading cell announces a row that is no record."""
        return cell in self.begins or cell.lstrip(SPACES).startswith("#") or is_total_word(cell)

    def may_be_odd(self, cell: str) -> bool:
        """Whether a cell can stand in a row that is no record."""
        return look(cell) in (Look.BLANK, Look.NUMBER) or self.is_odd_beginning(cell)


class OddCells(ToldOnce):
    """Whether cells can stand in a row that is no record; no more are kept than memory has room for."""

    def __missing__(self, cell: str) -> bool:
        """Find out."""
        if len(self) > REMEMBERED:
            self.clear()
        return super().__missing__(cell)


def fitted(cells: list[str], width: int) -> list[str] | None:
    """Cells as wide as the table: short records are padded, blank cells too many cut off; None where cells are lost."""
    if len(cells) <= width:
        return cells if len(cells) == width else [*cells, *[""] * (width - len(cells))]
    return cells[:width] if all(is_blank(cell) for cell in cells[width:]) else None


def set_aside(record: Record, table: TextTable) -> SetAside | None:
    """Why a record that is not blank is not counted, or None if it is."""
    if record.problem:
        return SetAside(record.line, Kind.UNREADABLE, record.problem)
    if why := reason(record.cells, table):
        return SetAside(record.line, Kind.NOT_A_RECORD, why)
    if fitted(record.cells, table.width) is None:
        message = _("{found} cells instead of {width}").format(found=len(record.cells), width=table.width)
        return SetAside(record.line, Kind.UNREADABLE, message)
    return None


def reason(cells: Sequence[str], table: TextTable) -> str | None:
    """Why a row is no record; only rows that begin oddly are looked at closely."""
    if any(table.is_odd_beginning(cell) for cell in cells[:LEADING]):
        return why_no_record(cells, table.position)
    return None


def begins_another(cells: Sequence[str], table: TextTable) -> bool:
    """Whether a row is the header of a second table below this one."""
    return not table.begins.isdisjoint(cells[:LEADING]) and another_header(cells, table.position)


def is_blank_row(cells: Sequence[str]) -> bool:
    """Whether nothing stands in any cell."""
    return all(map(is_blank, cells))
