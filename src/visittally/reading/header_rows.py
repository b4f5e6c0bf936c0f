"""Which rows above the records are their header: names, groups over names, options, tags for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from visittally.reading.likeness import Cells, contrast, is_header, likeness, names_once_more, typed
from visittally.reading.looks import SPACES, Look, filled, is_blank, is_filled, is_total_word, look, usual_fill
from visittally.words.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

HEADS = 3
"""A table has so many header rows at most."""
TITLES = 40
"""The header is looked for among so many rows that are not blank."""
TAGGED = 6
"""A row of tags is looked for among so many rows that are not blank."""
LEADING = 3
"""A total is announced in one of so many leading cells."""

_TAG = pattern(r"#\s?[A-Za-z]\w*(?:\s*\+\s*\w+)*")
_LABELLED = pattern(r"\s*[^\d\W][^:：]{0,24}[:：]\s*\S")


def is_total_row(cells: Cells) -> bool:
    """Whether a row is announced as a total in a leading cell and holds nothing but figures otherwise."""
    places = [i for i, cell in enumerate(cells[:LEADING]) if is_total_word(cell)]
    if not places or len(cells) < 2:
        return False
    rest = [look(cell) for i, cell in enumerate(cells) if i not in places]
    return all(one in (Look.NUMBER, Look.BLANK) for one in rest)


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


def trimmed(cells: Cells) -> Cells:
    """Without blank cells at the end."""
    end = len(cells)
    while end and is_blank(cells[end - 1]):
        end -= 1
    return cells[:end]


def widened(cells: Cells, width: int) -> list[str]:
    """As many cells, cut off or filled up with blank ones."""
    return [*cells[:width], *[""] * (width - len(cells))]


def levelled(cells: Cells, width: int) -> tuple[str, ...]:
    """At least as many cells, blank ones at the end aside, without white space around them."""
    return tuple(cell.strip(SPACES) for cell in widened(trimmed(cells), max(width, len(trimmed(cells)))))


def first_full_row(rows: Sequence[Cells], used: Sequence[int]) -> int:
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


def above_options(rows: Sequence[Cells], first: int) -> int:
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


def below_a_banner(rows: Sequence[Cells], first: int) -> int:
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


def above_tags(rows: Sequence[Cells], used: Sequence[int]) -> list[int]:
    """The header rows down to a row of tags, which only stands below names; none without such a row."""
    tags = next((n for n, i in enumerate(used[:TAGGED]) if is_tag_row(rows[i])), 0)
    if not tags:
        return []
    least = 0.5 * max(filled(rows[i]) for i in used[:tags])
    heads = [i for i in used[: tags + 1] if filled(rows[i]) >= least or i == used[tags]]
    return heads if len(heads) <= HEADS else []


def header_rows(rows: Sequence[Cells], first: int) -> list[int]:
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
    if is_tag_row(row) or levelled(row, len(row)) == levelled(head, len(row)):
        return True
    if (
        i + 1 < len(rows)
        and is_tag_row(rows[i + 1])
        and _is_import_id(next(c for c in rows[i + 1] if not is_blank(c)).strip(SPACES))
    ):
        return True
    top = {c for c, cell in enumerate(head) if not is_blank(cell)}
    below = {c for c, cell in enumerate(row) if not is_blank(cell)}
    # Below two rows: every record has what is named in the first alone, a number or a place.
    alone = {c for c, cell in enumerate(rows[found[0]]) if not is_blank(cell)} - top
    if len(body) < 2 or (len(found) > 1 and (not alone or below & alone)):
        return False
    if len(top) == 1 and _over_ticks(min(top), below, body):
        return True
    options = below - top
    if options and top - below and len(below) >= 2 and not typed(row, body):
        return _has_keys(body, top - below) and len(options) >= 0.2 * len(below)
    return len(found) == 1 and names_once_more(head, row, body)


def below_sums(rows: Sequence[Cells], first: int) -> int:
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
