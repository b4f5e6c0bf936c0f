"""Where a table begins among rows: title rows, header rows; and which rows are none: totals, repeated headers.

Works on plain rows of cells, so delimited text and workbooks use it alike:

    position = find_header(rows)              # rows: the first few hundred, blank rows included
    position.header                           # one name for each column
    rows[position.first_record:]              # the records, and among them rows that are none
    why_no_record(cells, position)            # None for a record, else the reason in a sentence
"""

from __future__ import annotations

import json
from dataclasses import field
from functools import cached_property
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.messages import _
from visittally.reading.likeness import Cells, contrast, is_header, likeness, names_once_more, typed
from visittally.reading.looks import (
    SPACES,
    Look,
    filled,
    is_blank,
    is_filled,
    is_total_word,
    look,
    usual_fill,
)
from visittally.words.ledgers import signs
from visittally.words.patterns import pattern
from visittally.words.personal import scrub

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

_COLON, _BEFORE = pattern("[:：]"), pattern("[(（,，;；。]")
LOOKED_AT = 400
"""How many rows decide where the header is."""
LEAST, CELLS = 80, 40_000
"""Of wide tables fewer rows, but no fewer than `LEAST`, up to so many cells."""
HEADS = 3
"""A table has so many header rows at most."""
TITLES = 40
"""The header is looked for among so many rows that are not blank."""
TAGGED = 6
"""A row of tags is looked for among so many rows that are not blank."""
_GOES_ON = 0.8
"""So many of the cells beyond the header must be answers of its last column to be further mentions."""
LEADING = 3
"""A total is announced in one of so many leading cells."""
TOLD = 3
"""A second header names so many columns of the first at least."""

_TAG = pattern(r"#\s?[A-Za-z]\w*(?:\s*\+\s*\w+)*")
_LABELLED = pattern(r"\s*[^\d\W][^:：]{0,24}[:：]\s*\S")
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
        if not self._repeated or _levelled(cells, self.width) in self._repeated:
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
    first = _above_options(rows, _first_full_row(rows, used))
    first = _below_sums(rows, _below_a_banner(rows, first))
    body = [row for row in rows[first + 1 :] if is_filled(row)]
    tagged = _above_tags(rows, used)
    if tagged:
        first = tagged[0]
    elif not is_header(rows[first], [row for row in body if row != rows[first]]):
        wide = width or max(_usual_width(body), len(rows[first]))
        return Position(
            ("",) * wide, first_record=first, evidence=(_("no header: the first row looks like the records below it"),)
        )
    heads = tagged or _header_rows(rows, first)
    wide = max(width, _width([rows[i] for i in heads], rows[heads[-1] + 1 :]))
    named = [tuple(_wide(rows[i], wide)) for i in heads]
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
        frozenset(_levelled(row, wide) for row in named if filled(row) >= min(2, wide) and wide > 1),
        _titles(rows, used, heads),
    )


def _titles(rows: Sequence[Cells], used: Sequence[int], heads: Sequence[int]) -> tuple[tuple[str, ...], ...]:
    above = (rows[i] for i in used if i < heads[0])
    return tuple(tuple(cell.strip(SPACES) for cell in row if not is_blank(cell)) for row in above)


def _is_remark(cells: Cells) -> bool:
    """Whether a row above a table is a remark: a hash and prose, whose commas have spaces behind them."""
    return _REMARK.match(cells[0]) is not None and all(is_blank(cell) or cell[0].isspace() for cell in cells[1:])


def _above_tags(rows: Sequence[Cells], used: Sequence[int]) -> list[int]:
    """The header rows down to a row of tags, which only stands below names; none without such a row."""
    tags = next((n for n, i in enumerate(used[:TAGGED]) if is_tag_row(rows[i])), 0)
    if not tags:
        return []
    least = 0.5 * max(filled(rows[i]) for i in used[:tags])
    heads = [i for i in used[: tags + 1] if filled(rows[i]) >= least or i == used[tags]]
    return heads if len(heads) <= HEADS else []


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


def is_total_row(cells: Cells) -> bool:
    """Whether a row is announced as a total in a leading cell and holds nothing but figures otherwise."""
    places = [i for i, cell in enumerate(cells[:LEADING]) if is_total_word(cell)]
    if not places or len(cells) < 2:
        return False
    rest = [look(cell) for i, cell in enumerate(cells) if i not in places]
    return all(one in (Look.NUMBER, Look.BLANK) for one in rest)


def another_header(cells: Cells, position: Position) -> bool:
    """Whether a row is the header of a second table: it holds most names of the first, but is not the same."""
    names = position.begins
    texts = [cell.strip(SPACES) for cell in cells if not is_blank(cell)]
    if len(names) < TOLD or len(texts) < TOLD or names.isdisjoint(cells[:LEADING]) or position.repeats_header(cells):
        return False
    known = sum(text in names for text in set(texts))
    return known >= TOLD and known >= 0.7 * len(texts)


def is_tag_row(cells: Cells) -> bool:
    """Whether a row holds tags for programs below the names: HXL hashtags or Qualtrics import ids."""
    texts = [cell.strip(SPACES) for cell in cells if not is_blank(cell)]
    if not texts:
        return False
    return all(_TAG.fullmatch(text) for text in texts) or all(_is_import_id(text) for text in texts)


def _is_import_id(text: str) -> bool:
    if not (text.startswith("{") and "ImportId" in text):
        return False
    try:
        return isinstance(json.loads(text.replace("'", '"')), dict)
    except ValueError:
        return False


def _trimmed(cells: Cells) -> Cells:
    """Without blank cells at the end."""
    end = len(cells)
    while end and is_blank(cells[end - 1]):
        end -= 1
    return cells[:end]


def _wide(cells: Cells, width: int) -> list[str]:
    return [*cells[:width], *[""] * (width - len(cells))]


def _levelled(cells: Cells, width: int) -> tuple[str, ...]:
    return tuple(cell.strip(SPACES) for cell in _wide(_trimmed(cells), max(width, len(_trimmed(cells)))))


def _usual_width(rows: Sequence[Cells]) -> int:
    """The number of cells that nine of ten rows do not exceed, blank ones at the end aside."""
    widths = sorted(len(_trimmed(row)) for row in rows)
    return widths[(len(widths) - 1) * 9 // 10] if widths else 0


def _width(heads: Sequence[Cells], body: Sequence[Cells]) -> int:
    """How many columns a table has: those of its header, and those whose cells go on beyond it.

    Cells under blank headers are cells of the table. Cells beyond the header are, where most records are so long, or
    where they hold the answers of the last named column: a list of mentions without a header for each.
    """
    named = max(len(_trimmed(head)) for head in heads)
    usual = max(named, _usual_width([row for row in body if is_filled(row)]))
    trimmed = [_trimmed(row) for row in body]
    longest = max(map(len, trimmed), default=0)
    if longest <= usual or longest <= max(map(len, heads)):
        return max(usual, longest)
    last = {row[named - 1].strip(SPACES) for row in trimmed if len(row) >= named}
    beyond = [cell.strip(SPACES) for row in trimmed for cell in row[named:] if not is_blank(cell)]
    goes_on = len(last) > 1 and sum(cell in last for cell in beyond) >= _GOES_ON * len(beyond)
    return longest if goes_on else usual


def _first_full_row(rows: Sequence[Cells], used: Sequence[int]) -> int:
    """The first row that fills about as many cells as the rows of the table: those before it are titles."""
    several = [i for i in used if filled(rows[i]) > 1]
    usual = usual_fill(rows[i] for i in several or used)
    most = max(filled(rows[i]) for i in used[:TITLES])
    wanted = max(min(2, most), 0.5 * usual)
    for n, i in enumerate(used[:TITLES]):
        if filled(rows[i]) >= wanted and not _says_what_stands_beside(
            rows[i], rows[used[n + 1]] if n + 1 < len(used) else ()
        ):
            return i
    return used[0]


def _says_what_stands_beside(row: Cells, below: Cells) -> bool:
    """Whether a row holds nothing but labels with what they are (`Office: North`), above one of more names."""
    said = [cell for cell in row if not is_blank(cell)]
    if filled(below) <= len(said) or any(_LABELLED.match(cell) for cell in below):
        return False
    return all(_LABELLED.match(cell) for cell in said)


def _above_options(rows: Sequence[Cells], first: int) -> int:
    """Go up to a row of questions over a row of options: it fills cells that the options leave blank."""
    if not first:
        return first
    top = {c for c, cell in enumerate(rows[first - 1]) if not is_blank(cell)}
    below = {c for c, cell in enumerate(rows[first]) if not is_blank(cell)}
    body = [row for row in rows[first + 1 :] if is_filled(row) and row not in (rows[first - 1], rows[first])]
    if len(top) == 1 and _over_ticks(min(top), below, body):
        return first - 1
    if len(top) < 2 or not top - below or not below - top or _says_what_stands_beside(rows[first - 1], rows[first]):
        return first
    share = 0.25 if _has_keys(body, top - below) else 0.5
    return first - 1 if max(top) >= share * max(below) else first


def _has_keys(rows: Sequence[Cells], columns: Collection[int]) -> bool:
    """Whether every record fills one of some columns; totals, and those who sign, are no records."""
    usual = usual_fill(rows)
    records = [row for row in rows if 2 * filled(row) >= usual and not is_total_row(row)]
    return any(all(c < len(row) and not is_blank(row[c]) for row in records) for c in columns)


def _over_ticks(start: int, below: set[int], body: Sequence[Cells]) -> bool:
    """Whether what stands alone above a header is merged over columns that are but ticked."""
    options = sorted(c for c in below if c >= start)
    if start <= min(below, default=start) or len(options) < 2:
        return False
    marks = {cell for row in body for c in options if c < len(row) and (cell := row[c].strip(SPACES))}
    return 0 < len(marks) <= 2 and all(len(mark) <= 3 for mark in marks)


def _below_a_banner(rows: Sequence[Cells], first: int) -> int:
    """Skip a row of titles over groups of columns where the next row names every column."""
    for i in range(first + 1, min(first + 4, len(rows))):
        body = [row for row in rows[i + 1 :] if is_filled(row)]
        top = {c for c, cell in enumerate(rows[first]) if not is_blank(cell)}
        names = {c for c, cell in enumerate(rows[i]) if not is_blank(cell)}
        if len(top) == 1 and i == first + 1 and _over_ticks(min(top), names, body):
            return first
        if (
            top < names
            and len(top) <= 0.7 * len(names)
            and likeness(rows[i], body) > 0
            and contrast(rows[i], body) >= 1
        ):
            return i
    return first


def _below_sums(rows: Sequence[Cells], first: int) -> int:
    """Skip a short table, as of sums, where below a blank row another header stands above more and longer records."""
    for j in range(first + 3, min(first + TITLES, len(rows))):
        above = [row for row in rows[first:j] if is_filled(row)]
        if len(above) == j - first or filled(rows[j]) <= max(map(filled, above)):
            continue
        texts = [cell.strip(SPACES) for cell in rows[j] if not is_blank(cell)]
        body = [row for row in rows[j + 1 :] if is_filled(row)]
        if (
            len(texts) > HEADS
            and all(look(text) is Look.TEXT for text in texts)
            and len(body) > 2 * len(above)
            and usual_fill(body) >= 0.7 * len(texts)
            and contrast(rows[j], body) > 0
            and is_header(rows[j], body)
        ):
            return j
    return first


def _header_rows(rows: Sequence[Cells], first: int) -> list[int]:
    """The header row and those that follow and belong to it, at most three."""
    found = [first]
    while len(found) < HEADS and found[-1] + 1 < len(rows):
        i = found[-1] + 1
        body = [row for row in rows[i + 1 :] if is_filled(row) and row not in (rows[found[-1]], rows[i])]
        if not is_filled(rows[i]) or not _goes_on(rows, found, i, body):
            break
        found.append(i)
    return found


def _goes_on(rows: Sequence[Cells], found: Sequence[int], i: int, body: Sequence[Cells]) -> bool:
    head, row = rows[found[-1]], rows[i]
    if is_tag_row(row) or _levelled(row, len(row)) == _levelled(head, len(row)):
        return True
    if (
        i + 1 < len(rows)
        and is_tag_row(rows[i + 1])
        and _is_import_id(next(c for c in rows[i + 1] if not is_blank(c)).strip(SPACES))
    ):
        return True
    if len(body) < 2 or len(found) > 1:
        return False
    top = {c for c, cell in enumerate(head) if not is_blank(cell)}
    below = {c for c, cell in enumerate(row) if not is_blank(cell)}
    if len(top) == 1 and _over_ticks(min(top), below, body):
        return True
    options = below - top
    if options and top - below and len(below) >= 2 and not typed(row, body):
        return _has_keys(body, top - below) and len(options) >= 0.2 * len(below)
    return names_once_more(head, row, body)
