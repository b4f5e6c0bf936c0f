"""Where a table begins among rows: title rows, header rows; and which rows are none: totals, repeated headers.

Works on plain rows of cells, so delimited text and workbooks use it alike:

    position = find_header(rows)              # rows: the first few hundred, blank rows included
    position.header                           # one name for each column
    rows[position.first_record:]              # the records, and among them rows that are none
    why_no_record(cells, position)            # None for a record, else the reason in a sentence
"""

from __future__ import annotations

from dataclasses import field
from functools import cached_property
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.messages import _
from visittally.reading.header_rows import (
    LEADING,
    above_options,
    above_tags,
    below_a_banner,
    below_sums,
    first_full_row,
    header_rows,
    is_tag_row,
    is_total_row,
    levelled,
    trimmed,
    widened,
)
from visittally.reading.likeness import Cells, is_header
from visittally.reading.looks import SPACES, filled, is_blank, is_filled
from visittally.words.ledgers import signs
from visittally.words.patterns import pattern
from visittally.words.personal import scrub

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_COLON, _BEFORE = pattern("[:：]"), pattern("[(（,，;；。]")
LOOKED_AT = 400
"""How many rows decide where the header is."""
LEAST, CELLS = 80, 40_000
"""Of wide tables fewer rows, but no fewer than `LEAST`, up to so many cells."""
_GOES_ON = 0.8
"""So many of the cells beyond the header must be answers of its last column to be further mentions."""
TOLD = 3
"""A second header names so many columns of the first at least."""

_REMARK = pattern(r"\s*#[^,;\t]*\s\S")


@dataclass(frozen=True)
class Position:
    """Where the table stands among the rows that were looked at.

    Attributes:
        header: One name for each column, header rows joined by a space; all "" without header. Rows of tags
            (HXL, ImportId) are header rows but no part of the names.
        header_rows: Indices of the header rows.
        rows: The cells of each header row, as wide as `header`.
        first_record: Index of the first row after header and titles.
        evidence: Why, one sentence each.
        titles: The filled cells of each row above the header.
    """

    header: tuple[str, ...]
    header_rows: tuple[int, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    first_record: int = 0
    evidence: tuple[str, ...] = ()
    _repeated: frozenset[tuple[str, ...]] = field(default=frozenset(), repr=False)
    titles: tuple[tuple[str, ...], ...] = ()

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.header)

    @cached_property
    def begins(self) -> frozenset[str]:
        """What the leading cells of a repeated header are: its names, as they stand and trimmed.

        Of a row that names only columns further on the leading cells are blank: then "" is among them.
        """
        names = frozenset(text for row in self.rows for cell in row for text in (cell, cell.strip(SPACES)) if text)
        return names | {""} if self.begins_blank else names

    @cached_property
    def begins_blank(self) -> bool:
        """Whether a header row names only columns behind the leading ones."""
        return any(all(map(is_blank, row[:LEADING])) for row in self.rows)

    def repeats_header(self, cells: Cells) -> bool:
        """Whether a row says a header row once more, with or without the cells that are merged there."""
        if not self._repeated or levelled(cells, self.width) in self._repeated:
            return bool(self._repeated)
        said = {c: text for c, cell in enumerate(cells) if (text := cell.strip(SPACES))}
        return any(_are_names(said, row) for row in self.rows)


def _are_names(said: Mapping[int, str], row: Sequence[str]) -> bool:
    """Whether the texts at some places are those of a header row there, none of its names left out."""
    if len(said) < TOLD or not all(c < len(row) and row[c].strip(SPACES) == text for c, text in said.items()):
        return False
    return set(said.values()) == {cell.strip(SPACES) for cell in row} - {""}


def find_header(rows: Sequence[Cells], width: int = 0) -> Position:
    """Find title rows, header rows and the first record.

    Args:
        rows: The first rows of a file or sheet (a few hundred suffice), blank rows included.
        width: Number of columns where it is known; else the widest of what most rows have is taken.
    """
    rows = rows[: min(LOOKED_AT, max(LEAST, CELLS // max(map(len, rows[:LEAST]), default=1)))] if rows else rows
    used = [i for i, row in enumerate(rows) if is_filled(row)]
    while len(used) > 1 and _is_remark(rows[used[0]]) and not is_tag_row(rows[used[0]]):
        rows = [() if i == used[0] else row for i, row in enumerate(rows)]
        del used[0]
    if not used:
        return Position(("",) * width)
    first = above_options(rows, first_full_row(rows, used))
    first = below_sums(rows, below_a_banner(rows, first))
    body = [row for row in rows[first + 1 :] if is_filled(row)]
    tagged = above_tags(rows, used)
    if tagged:
        first = tagged[0]
    elif not is_header(rows[first], [row for row in body if row != rows[first]]):
        wide = width or max(_usual_width(body), len(rows[first]))
        return Position(
            ("",) * wide, first_record=first, evidence=(_("no header: the first row looks like the records below it"),)
        )
    heads = tagged or header_rows(rows, first)
    wide = max(width, _width([rows[i] for i in heads], rows[heads[-1] + 1 :]))
    named = [tuple(widened(rows[i], wide)) for i in heads]
    names = [row for row in named if not is_tag_row(row)] or named
    header = tuple(
        " ".join(filter(None, (row[c].strip(SPACES) if len(names) > 1 else row[c] for row in names)))
        for c in range(wide)
    )
    return Position(
        header,
        tuple(heads),
        tuple(named),
        heads[-1] + 1,
        _evidence(rows, used, heads),
        frozenset(levelled(row, wide) for row in named if filled(row) >= min(2, wide) and wide > 1),
        _titles(rows, used, heads),
    )


def _titles(rows: Sequence[Cells], used: Sequence[int], heads: Sequence[int]) -> tuple[tuple[str, ...], ...]:
    above = (rows[i] for i in used if i < heads[0])
    return tuple(tuple(cell.strip(SPACES) for cell in row if not is_blank(cell)) for row in above)


def _is_remark(cells: Cells) -> bool:
    """Whether a row above a table is a remark: a hash and prose, whose commas have spaces behind them."""
    return _REMARK.match(cells[0]) is not None and all(is_blank(cell) or cell[0].isspace() for cell in cells[1:])


def _evidence(rows: Sequence[Cells], used: Sequence[int], heads: Sequence[int]) -> tuple[str, ...]:
    titles = [i for i in used if i < heads[0]]
    found = []
    if titles:
        whole = " ".join(cell.strip(SPACES) for cell in rows[titles[0]] if not is_blank(cell))
        text = scrub(_unsigned(whole))[:60]
        found.append(_('{n} title rows above the header, the first "{text}"').format(n=len(titles), text=text))
    if len(heads) > 1:
        found.append(_("{n} header rows").format(n=len(heads)))
    return tuple(found)


def _unsigned(title: str) -> str:
    """A title up to where somebody signs for it."""
    for colon in _COLON.finditer(title):
        said = _BEFORE.split(title[: colon.start()])[-1].split()
        for first in range(max(0, len(said) - 3), len(said)):
            if signs(" ".join(said[first:]) + ":") is not None:
                return title[: title.rindex(said[first], 0, colon.start())].rstrip(" (（")
    return title


def repeated_header() -> str:
    """Why a row is no record that holds the header once more."""
    return _("repeated header")


def why_no_record(cells: Cells, position: Position) -> str | None:
    """Why a row is no record although it stands among the records: a total, a repeated header, a comment."""
    if position.repeats_header(cells):
        return repeated_header()
    if is_total_row(cells):
        return _("total row")
    if position.width > 1 and cells and _REMARK.match(cells[0]) and filled(cells) == 1:
        return _("comment line")
    return None


def another_header(cells: Cells, position: Position) -> bool:
    """Whether a row is the header of a second table: it holds most names of the first, but is not the same."""
    names = position.begins
    texts = [cell.strip(SPACES) for cell in cells if not is_blank(cell)]
    if len(names) < TOLD or len(texts) < TOLD or names.isdisjoint(cells[:LEADING]) or position.repeats_header(cells):
        return False
    known = sum(text in names for text in set(texts))
    return known >= TOLD and known >= 0.7 * len(texts)


def _usual_width(rows: Sequence[Cells]) -> int:
    """The number of cells that nine of ten rows do not exceed, blank ones at the end aside."""
    widths = sorted(len(trimmed(row)) for row in rows)
    return widths[(len(widths) - 1) * 9 // 10] if widths else 0


def _width(heads: Sequence[Cells], body: Sequence[Cells]) -> int:
    """How many columns a table has: those of its header, and those whose cells go on beyond it.

    Cells under blank headers are cells of the table. Cells beyond the header are, where most records are so long, or
    where they hold the answers of the last named column: a list of mentions without a header for each.
    """
    named = max(len(trimmed(head)) for head in heads)
    usual = max(named, _usual_width([row for row in body if is_filled(row)]))
    bodies = [trimmed(row) for row in body]
    longest = max(map(len, bodies), default=0)
    if longest <= usual or longest <= max(map(len, heads)):
        return max(usual, longest)
    last = {row[named - 1].strip(SPACES) for row in bodies if len(row) >= named}
    beyond = [cell.strip(SPACES) for row in bodies for cell in row[named:] if not is_blank(cell)]
    goes_on = len(last) > 1 and sum(cell in last for cell in beyond) >= _GOES_ON * len(beyond)
    return longest if goes_on else usual
