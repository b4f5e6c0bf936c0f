"""The careful reader: decoded text to records, one by one, whatever its dialect and however it is damaged.

It is slower than the fast reader and right where that one must not be trusted: late or unclosed quotes, escape
characters, single CR as line end. Nothing is dropped: every physical line belongs to a record.
"""

from __future__ import annotations

import csv
import heapq
import io
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.messages import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from visittally.reading.text.dialect import Dialect

LONGEST = 1 << 22
"""A quoted cell longer than this many characters is an unclosed quote."""
SWALLOWED = 2
"""A quoted cell over more whole lines than this is looked at: are these lines records?"""
REJOINED = 20
"""Over so many lines the end of a broken quotation is looked for."""
CLOSERS = 12
"""So many places are tried where a broken quotation may end."""
MOST_INSIDE = 16
"""Records with more delimiters than these inside their quotations are not mended: the work stays linear."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record as it stands in the text.

    Attributes:
        line: Physical line where it begins.
        cells: Its cells, quotes and escapes taken off.
        problem: Why it cannot be trusted, in one sentence, or "".
        lines: How many physical lines it takes.
    """

    line: int
    cells: list[str]
    problem: str = ""
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Stretch:
    """Records read from a stretch of text.

    Attributes:
        records: In order; blank lines are records with one empty cell.
        consumed: How many characters they take; the rest may go on beyond the stretch.
        lines: How many physical lines they take.
    """

    records: list[Record]
    consumed: int
    lines: int


def read_records(text: str, dialect: Dialect, width: int = 0, first_line: int = 1, *, final: bool = True) -> Stretch:
    """Read the records of a stretch of text.

    Args:
        text: It begins where a record begins.
        dialect: How it is written.
        width: Number of columns of the table, to mend broken quotes by; 0 where it is not known yet.
        first_line: Physical line of its first character.
        final: Whether the text ends with it; else a record that may go on is left for the next stretch.
    """
    lines = physical_lines(text, dialect)
    if not final and lines and not lines[-1].endswith("\n"):  # a CR at the end may be half of a line end
        lines.pop()
    records: list[Record] = []
    at, consumed = 0, 0
    while at < len(lines):
        record = _next_record(lines, at, dialect, width, final=final)
        if record is None:
            break
        records.append(Record(first_line + at, record.cells, record.problem, record.lines))
        consumed += sum(map(len, lines[at : at + record.lines]))
        at += record.lines
    return Stretch(records, consumed, at)


def physical_lines(text: str, dialect: Dialect) -> list[str]:
    """The lines of a text with their line ends."""
    return io.StringIO(text, newline="" if dialect.newline == "\r" else "\n").readlines()


def text_before(text: str, dialect: Dialect, line: int) -> str:
    """The text before a physical line."""
    at = 0
    ends = re.compile("\n" if dialect.newline == "\n" else "\r\n|\n|\r")
    for _number in range(line - 1):
        found = ends.search(text, at)
        if found is None:
            return text
        at = found.end()
    return text[:at]


def _bare(line: str) -> str:
    """A line without its line end."""
    return line[:-2] if line.endswith("\r\n") else line[:-1] if line.endswith(("\n", "\r")) else line


def _next_record(lines: Sequence[str], at: int, dialect: Dialect, width: int, *, final: bool) -> Record | None:
    """The record that begins in line `at`, or None where more text is needed."""
    line = _bare(lines[at])
    if not dialect.quote or dialect.quote not in line:
        return Record(0, _split(line, dialect))
    cells, closed = parse(line, dialect)
    if cells is not None:
        return Record(0, cells)
    if not closed:
        regular = _over_lines(lines, at, dialect, width, final=final)
        if regular is None or regular.cells:
            return regular
    if width and (mended := mend(line, dialect, width)):
        return Record(0, mended)
    return _rejoined(lines, at, dialect, width, final=final)


def _split(line: str, dialect: Dialect) -> list[str]:
    if dialect.escape and dialect.escape in line:
        cells, _closed = parse(line, dialect)
        if cells is not None:
            return cells
    cells = line.split(dialect.delimiter) if dialect.delimiter else [line]
    return [cell.lstrip(" ") for cell in cells] if dialect.spaced else cells


NONE = Record(0, [])
"""No regular reading."""


def _over_lines(lines: Sequence[str], at: int, dialect: Dialect, width: int, *, final: bool) -> Record | None:
    """A regular record over several lines; `NONE` where there is no such, None where more text is needed."""
    quotes, size, end = 0, 0, at
    while end < len(lines) and size <= LONGEST:
        here = lines[end].count(dialect.quote)
        quotes, size, end = quotes + here, size + len(lines[end]), end + 1
        if not here or end == at + 1 or (quotes % 2 and not dialect.escape):
            continue
        cells, closed = parse(_bare("".join(lines[at:end])), dialect)
        if cells is None:
            if closed:
                return NONE
            continue
        better = width and len(cells) != width and mend(_bare(lines[at]), dialect, width)
        if better or _swallows(lines[at + 1 : end - 1], dialect, width):
            return NONE
        return Record(0, cells, lines=end - at)
    return NONE if final or size > LONGEST else None


def _swallows(inner: Sequence[str], dialect: Dialect, width: int) -> bool:
    """Whether the lines within a quoted cell are records of their own, so that the quote was never closed."""
    if len(inner) < SWALLOWED or width < 3:
        return False
    return sum(line.count(dialect.delimiter) >= width - 1 for line in inner) >= 0.8 * len(inner)


def _rejoined(lines: Sequence[str], at: int, dialect: Dialect, width: int, *, final: bool) -> Record | None:
    """A record with a broken quotation: over several lines if that gives as many cells as it should have."""
    first = _bare(lines[at])
    if first.count(dialect.quote) % 2 and width:
        for end in range(at + 2, min(at + REJOINED, len(lines)) + 1):
            if dialect.quote not in lines[end - 1]:
                continue
            if mended := mend(_bare("".join(lines[at:end])), dialect, width):
                return Record(0, mended, lines=end - at)
        if at + REJOINED > len(lines) and not final:
            return None
    cells = first.split(dialect.delimiter) if dialect.delimiter else [first]
    if len(cells) == width:
        return Record(0, cells)
    problem = (
        _("a quote that begins here is never closed")
        if first.count(dialect.quote) % 2
        else _("quotes that do not match")
    )
    return Record(0, cells, problem)


@lru_cache(maxsize=64)
def _quoted(quote: str, escape: str) -> re.Pattern[str]:
    """A regular quoted cell; its group is what stands between the quotes."""
    q, e = re.escape(quote), re.escape(escape)
    if escape:
        return re.compile(rf"{q}([^{q}{e}]*(?:(?:{e}.|{q}{q})[^{q}{e}]*)*){q}(?!{q})", re.DOTALL)
    return re.compile(rf"{q}([^{q}]*(?:{q}{q}[^{q}]*)*){q}(?!{q})")


def _reader(text: str, dialect: Dialect) -> Iterator[list[str]]:
    return csv.reader(
        (text,), delimiter=dialect.delimiter, quotechar=dialect.quote, skipinitialspace=dialect.spaced, strict=True
    )


def parse(text: str, dialect: Dialect) -> tuple[list[str] | None, bool]:
    """The cells of a record whose quotes are regular.

    Args:
        text: One record without its line end.
        dialect: How it is written.

    Returns:
        The cells, or None where the quotes are not regular; and whether every quote is closed.
    """
    if dialect.is_standard:
        try:
            return next(_reader(text, dialect)), True
        except csv.Error:
            pass  # it does not say which of the two it is, and it has limits of its own
    quote, delimiter, end = dialect.quote, dialect.delimiter, len(text)
    cells: list[str] = []
    at = 0
    while True:
        if dialect.spaced:
            while text.startswith(" ", at):
                at += 1
        if quote and text.startswith(quote, at):
            found = _quoted(quote, dialect.escape).match(text, at)
            if found is None:
                return None, False
            cells.append(_unquoted(found[1], dialect))
            at = found.end()
        else:
            stop = _end_of_bare(text, at, dialect)
            cells.append(_unescaped(text[at:stop], dialect.escape))
            at = stop
        if at == end:
            return cells, True
        if not delimiter or not text.startswith(delimiter, at):
            return None, True
        at += len(delimiter)


def _end_of_bare(text: str, at: int, dialect: Dialect) -> int:
    while dialect.delimiter:
        stop = text.find(dialect.delimiter, at)
        if stop < 0:
            break
        if not dialect.escape or _escapes_before(text, stop, dialect.escape) % 2 == 0:
            return stop
        at = stop + 1
    return len(text)


def _escapes_before(text: str, at: int, escape: str) -> int:
    count = 0
    while at > count and text[at - count - 1] == escape:
        count += 1
    return count


def _unquoted(inner: str, dialect: Dialect) -> str:
    if dialect.escape and dialect.escape in inner:
        return _escapes(dialect.quote, dialect.escape).sub(lambda found: found[1] or dialect.quote, inner)
    return inner.replace(dialect.quote * 2, dialect.quote)


@lru_cache(maxsize=64)
def _escapes(quote: str, escape: str) -> re.Pattern[str]:
    """An escaped quote or escape (its group), or a doubled quote."""
    q, e = re.escape(quote), re.escape(escape)
    return re.compile(rf"{e}([{q}{e}])|{q}{q}")


def _unescaped(cell: str, escape: str) -> str:
    return re.sub(re.escape(escape) + r"(.)", r"\1", cell) if escape and escape in cell else cell


def mend(text: str, dialect: Dialect, width: int) -> list[str] | None:
    """Read a record with irregular quotes in the way that needs the fewest exceptions.

    A quote inside a quoted cell that is not doubled, and a quote at the beginning of a cell that is never closed,
    count as text.

    Args:
        text: One record without its line end.
        dialect: How it is written.
        width: How many cells it must have, or 0 for any number.

    Returns:
        The cells, or None where no reading has as many.
    """
    if not dialect.delimiter:
        return None
    left = text.count(dialect.delimiter)
    inside = left + 1 - width if width else 0
    if not 0 <= inside <= MOST_INSIDE:
        return None
    best: dict[tuple[int, int], tuple[float, tuple[int, int] | None, str]] = {(0, 0): (0.0, None, "")}
    open_places = [(0, 0)]
    done, end = set[tuple[int, int]](), len(text) + len(dialect.delimiter)
    while open_places:
        place = heapq.heappop(open_places)
        if place in done or place[0] == end:
            continue
        done.add(place)
        at, held = place
        for cell, stop, cost in _readings(text, at, dialect, inside - held if width else MOST_INSIDE):
            within = held + text.count(dialect.delimiter, at, stop) if width else 0
            after, price = (stop + len(dialect.delimiter), within), best[place][0] + cost
            if within <= inside and (after not in best or price < best[after][0]):
                best[after] = (price, place, cell)
                heapq.heappush(open_places, after)
    ends = [place for place in best if place[0] == end and place[1] == inside]
    if not ends:
        return None
    return _traced(best, min(ends, key=lambda place: best[place][0]))


def _traced(
    best: dict[tuple[int, int], tuple[float, tuple[int, int] | None, str]], place: tuple[int, int]
) -> list[str]:
    cells: list[str] = []
    at: tuple[int, int] | None = place
    while at is not None and at != (0, 0):
        _cost, before, cell = best[at]
        cells.append(cell)
        at = before
    return cells[::-1]


def _readings(text: str, at: int, dialect: Dialect, inside: int) -> Iterator[tuple[str, int, float]]:
    """The ways to read the cell at a place: its text, where it ends, and how irregular that is.

    `inside` is how many delimiters it may hold at the most.
    """
    quote, delimiter = dialect.quote, dialect.delimiter
    while dialect.spaced and text.startswith(" ", at):
        at += 1
    bare = _end_of_bare(text, at, dialect)
    if not (quote and text.startswith(quote, at)):
        yield text[at:bare], bare, 0.0
        return
    yield text[at:bare], bare, 1.5
    close, tried, held = at, 0, 0
    while tried < CLOSERS and (close := text.find(quote, seen := close + 1)) >= 0:
        held += text.count(delimiter, seen, close)
        if held > inside:
            return
        if close + 1 == len(text) or text.startswith(delimiter, close + 1):
            inner, tried = text[at + 1 : close], tried + 1
            lone = inner.replace(quote * 2, "").count(quote)
            yield inner.replace(quote * 2, quote), close + 1, float(lone)
