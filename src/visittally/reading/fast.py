"""The fast reader: stretches of bytes whose records are beyond doubt, many at a time.

It gives the same cells as the careful reader or refuses the stretch. What the CSV reader of pyarrow does otherwise is
noticed before it is asked: late quotes, blank lines, single CRs; records of another width it refuses itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from visittally.reading.careful import LONGEST, SWALLOWED
from visittally.reading.cells import SPACES
from visittally.reading.position import LEADING

if TYPE_CHECKING:
    from visittally.reading.dialects import Dialect
    from visittally.reading.records import TextTable

NEWLINE, RETURN, ZERO = 0x0A, 0x0D, 0x00
CACHED = 1 << 18
"""Bytes that fit into the cache of a processor together with what is made of them."""
DISTINCT = 0.5
"""A column with more different cells than this share of the records is not worth a dictionary."""
TELLING = 5_000
"""Dictionaries up to this size are looked through value by value."""
_TOTAL_HINT = r"(?i)(计|計|和|totals?|sum)[^\pL\pN]*$"
_NO_DELIMITER = "\x1f"

Columns = Mapping[int, pa.Array]


@dataclass(frozen=True, slots=True)
class Clean:
    """A stretch that can be read fast.

    Attributes:
        end: Where its last whole record ends.
        quotes: Where the quotes stand that enclose cells, or None.
    """

    end: int
    quotes: np.ndarray | None = None


def clean_stretch(content: bytearray, size: int, dialect: Dialect, *, final: bool) -> Clean | None:
    """How far the first `size` bytes can be read fast; None where the careful reader is needed.

    Args:
        content: UTF-8 that begins where a record begins.
        size: How many of its bytes to look at.
        dialect: How it is written.
        final: Whether the text ends with these bytes, so that the last record needs no line end.
    """
    if content.find(b"\0", 0, size) >= 0:
        return None
    if content.find(b"\r", 0, size) >= 0 and not _returns_are_regular(content, size, final=final):
        return None
    quote = dialect.quote.encode()
    if not quote or content.find(quote, 0, size) < 0:
        return Clean(size if final else content.rfind(b"\n", 0, size) + 1)
    return _clean_quoted(content, size, dialect, final=final)


def _returns_are_regular(content: bytearray, size: int, *, final: bool) -> bool:
    """Whether each CR stands before a LF, and none before another CR."""
    view = np.frombuffer(content, np.uint8, size)
    at = np.flatnonzero(view == RETURN)
    if at[-1] == size - 1:
        if final:
            return False
        at = at[:-1]
    return bool((view[at + 1] == NEWLINE).all())


def _positions(view: np.ndarray, byte: int) -> np.ndarray:
    """Where a byte stands that is not frequent: stretches fit into the cache, eight bytes at a time are passed over."""
    found = np.empty(min(len(view), CACHED), bool)
    places = []
    for start in range(0, len(view) & ~7, CACHED):
        part = view[start : min(start + CACHED, len(view) & ~7)]
        marks = np.equal(part, byte, out=found[: len(part)])
        words = np.flatnonzero(marks.view(np.uint64))
        marked = np.flatnonzero(marks.reshape(-1, 8)[words])
        places.append(start + words[marked >> 3] * 8 + (marked & 7))
    whole = len(view) & ~7
    return np.concatenate((*places, whole + np.flatnonzero(view[whole:] == byte)))


def _count(view: np.ndarray, byte: int) -> int:
    """How often a byte stands in a stretch."""
    found = np.empty(min(len(view), CACHED), bool)
    parts = (view[start : start + CACHED] for start in range(0, len(view), CACHED))
    return sum(int(np.count_nonzero(np.equal(part, byte, out=found[: len(part)]))) for part in parts)


def _clean_quoted(content: bytearray, size: int, dialect: Dialect, *, final: bool) -> Clean | None:
    view = np.frombuffer(content, np.uint8, size)
    mark, delimiter = ord(dialect.quote), ord(dialect.delimiter) if dialect.delimiter else NEWLINE
    quotes = _positions(view, mark)
    end = size
    if not final:
        end = content.rfind(b"\n", 0, size) + 1
        while end and (before := int(np.searchsorted(quotes, end))) % 2:
            end = content.rfind(b"\n", 0, int(quotes[before - 1])) + 1
        quotes = quotes[: int(np.searchsorted(quotes, end))]
    if len(quotes) % 2 or not _are_regular(view, quotes, delimiter):
        return None
    return Clean(end, quotes)


def _are_regular(view: np.ndarray, quotes: np.ndarray, delimiter: int) -> bool:
    """Whether cells begin at every other quote and end at those between, as far as they come in pairs."""
    if not len(quotes):
        return True
    mark, last = view[quotes[0]], len(view) - 1
    opening, closing = quotes[0::2], quotes[1::2]
    ahead = view[opening[1:] - 1] if opening[0] == 0 else view[opening - 1]
    after = view[closing[:-1] + 1] if len(closing) and closing[-1] == last else view[closing + 1]
    return bool(
        ((ahead == delimiter) | (ahead == NEWLINE) | (ahead == mark)).all()
        and ((after == delimiter) | (after == NEWLINE) | (after == mark) | (after == RETURN)).all()
    )


def may_go_on(content: bytes, dialect: Dialect) -> bool:
    """Whether a quoted cell that began before may go on into some bytes, judged by the quotes in them."""
    view = np.frombuffer(dialect.quote.encode() + content, np.uint8)
    quotes = _positions(view, ord(dialect.quote))
    return len(quotes) > 1 and _are_regular(view, quotes, ord(dialect.delimiter))


def _line_starts(view: np.ndarray, quotes: np.ndarray, delimiter: int, width: int) -> tuple[np.ndarray, int] | None:
    """For each record the number of lines before it, and the number of lines; None where a quote may be unclosed."""
    newlines = np.flatnonzero(view == NEWLINE)
    inside = np.searchsorted(quotes, newlines) % 2 == 1
    if int((quotes[1::2] - quotes[0::2]).max()) > LONGEST // 2:
        return None
    if _may_swallow(view, newlines, inside, delimiter, width):
        return None
    starts = np.concatenate(([0], np.flatnonzero(~inside) + 1))
    if view[-1] == NEWLINE:
        return starts[:-1], len(newlines)
    return starts, len(newlines) + 1


def _may_swallow(view: np.ndarray, newlines: np.ndarray, inside: np.ndarray, delimiter: int, width: int) -> bool:
    """Whether some record goes over so many lines with so many delimiters that an unclosed quote is likelier.

    The careful reader looks at each line between its first and its last; what it would take for records of their own
    has at least these delimiters in all.
    """
    lines = np.bincount(np.cumsum(~inside)[inside])
    long = np.flatnonzero(lines > SWALLOWED)
    if not len(long) or width < 3:
        return False
    starts = np.concatenate(([0], newlines[~inside] + 1))
    ends = np.append(newlines[~inside], len(view))
    delimiters = np.flatnonzero(view == delimiter)
    within = np.searchsorted(delimiters, ends[long]) - np.searchsorted(delimiters, starts[long])
    return bool((within >= (width - 1) * SWALLOWED).any())


@dataclass(frozen=True, slots=True)
class Parsed:
    """The cells of a clean stretch.

    Attributes:
        length: Number of records.
        columns: Column position -> cells.
        starts: For each record the number of lines before it, or None where every record is one line.
        lines: Number of lines.
    """

    length: int
    columns: dict[int, pa.Array]
    starts: np.ndarray | None
    lines: int


def parsed(
    content: bytearray, clean: Clean, table: TextTable, wanted: Sequence[int], plain: frozenset[int] = frozenset()
) -> Parsed | None:
    """The cells of the wanted columns of a clean stretch; None where pyarrow does not agree with its shape.

    Args:
        content: UTF-8, the stretch at its beginning.
        clean: How far it goes.
        table: Of which it is a part.
        wanted: Positions of columns.
        plain: Those of them that are not to be dictionaries.
    """
    physical, width = table.physical, table.width
    names = [str(i) for i in range(physical)]
    surplus = range(width, physical)
    included = sorted({*(c for c in wanted if c < physical), *surplus} or {0})
    words = pa.dictionary(pa.int32(), pa.string())
    try:
        found = arrow_csv.read_csv(
            pa.BufferReader(pa.py_buffer(memoryview(content)[: clean.end])),
            arrow_csv.ReadOptions(column_names=names, use_threads=False, block_size=max(clean.end + 1, 16)),
            arrow_csv.ParseOptions(
                delimiter=table.dialect.delimiter or _NO_DELIMITER,
                quote_char=table.dialect.quote if clean.quotes is not None else False,
                ignore_empty_lines=False,
            ),
            arrow_csv.ConvertOptions(
                include_columns=[names[c] for c in included],
                column_types={names[c]: pa.string() if c in plain else words for c in included},
                strings_can_be_null=False,
            ),
        )
    except pa.ArrowInvalid:
        return None
    starts, lines = None, found.num_rows
    if clean.quotes is not None:
        view = np.frombuffer(content, np.uint8, clean.end)
        if _count(view, NEWLINE) + int(view[-1] != NEWLINE) != lines:
            where = _line_starts(view, clean.quotes, ord(table.dialect.delimiter or "\n"), physical)
            if where is None or len(where[0]) != found.num_rows:
                return None
            starts, lines = where
    columns = {c: _together(found.column(i)) for i, c in enumerate(included)}
    if any(_blank_codes(columns[c]) for c in surplus):
        return None
    if physical < width:
        columns |= dict.fromkeys(range(physical, width), _repeated("", found.num_rows))
    return Parsed(found.num_rows, {c: columns[c] for c in wanted}, starts, lines)


def _together(column: pa.ChunkedArray) -> pa.Array:
    if column.num_chunks == 1:
        return column.chunk(0)
    return pa.array([], column.type) if column.num_chunks == 0 else column.combine_chunks()


def _repeated(text: str, length: int) -> pa.Array:
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(length, np.int32)), pa.array([text]))


def _blank_codes(column: pa.Array) -> list[str]:
    """The different cells of a column that are not blank."""
    values = column.dictionary if isinstance(column, pa.DictionaryArray) else column.unique()
    return [value for value in values.to_pylist() if value.strip(SPACES)]


def mostly_distinct(column: pa.Array) -> bool:
    """Whether a dictionary is hardly shorter than its column."""
    return isinstance(column, pa.DictionaryArray) and len(column.dictionary) > max(1_000, DISTINCT * len(column))


def may_hold_odd_rows(columns: Columns, odd_cells: Mapping[str, bool]) -> bool:
    """Whether any row holds, in these columns, nothing but cells that can stand in a row that is no record.

    Args:
        columns: Some columns.
        odd_cells: Whether a cell can stand in such a row.
    """
    mask: np.ndarray | None = None
    for column in columns.values():
        if not isinstance(column, pa.DictionaryArray) or len(column.dictionary) > TELLING:
            continue
        odd = np.fromiter(map(odd_cells.__getitem__, column.dictionary.to_pylist()), bool, len(column.dictionary))
        if not odd.any():
            return False
        here = odd[column.indices.to_numpy()]
        mask = here if mask is None else mask & here
    return mask is None or bool(mask.any())


def odd_rows(columns: Columns, table: TextTable) -> np.ndarray:
    """Rows that may be no records: they begin oddly, or are blank in all these columns.

    Args:
        columns: The leading columns, and any others.
        table: Of which they are.
    """
    length = len(next(iter(columns.values())))
    mask = np.zeros(length, bool)
    for c in range(min(LEADING, table.width)):
        mask |= _mask(columns[c], lambda values: _begins_oddly(values, table))
    blank = np.ones(length, bool)
    for column in columns.values():
        blank &= _mask(column, _is_blank)
        if not blank.any():
            break
    return np.flatnonzero(mask | blank)


def _mask(column: pa.Array, test: Callable[[pa.Array], np.ndarray]) -> np.ndarray:
    """A test of values, made once for each value of a dictionary."""
    if not isinstance(column, pa.DictionaryArray):
        return test(column)
    found = test(column.dictionary)
    return np.take(found, column.indices.to_numpy()) if found.any() else np.zeros(len(column), bool)


def _is_blank(values: pa.Array) -> np.ndarray:
    trimmed = pc.utf8_trim(values, characters=SPACES)
    return np.asarray(pc.equal(trimmed, "").to_numpy(zero_copy_only=False))


def _begins_oddly(values: pa.Array, table: TextTable) -> np.ndarray:
    hints = pc.or_(
        pc.match_substring_regex(values, _TOTAL_HINT),
        pc.or_(
            pc.starts_with(pc.utf8_ltrim(values, characters=SPACES), "#"),
            pc.is_in(values, value_set=pa.array(sorted(table.begins), pa.string())),
        ),
    )
    found = np.array(hints.to_numpy(zero_copy_only=False))
    for i in np.flatnonzero(found):
        found[i] = table.is_odd_beginning(values[int(i)].as_py())
    return found
