"""Where the cells of regular delimited text stand: found for many records at once, without a Python object for any.

    grid = GridFinder(dialect, width).find(content, size, final=True)
    cells = grid.cells(3)           # the fourth cell of every record, still in the text

Each byte is compared with the delimiter, the line feed and the quote; the places where one of them stands, less those
inside quotes, are the ends of the cells. If there are as many as records times columns and every last one is a line
feed, they are a matrix. What is not as regular as that is refused and left to the careful reader.
"""

from __future__ import annotations

from dataclasses import field, replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from visittally.dataclass import dataclass
from visittally.reading.text import heart
from visittally.reading.text.careful import LONGEST, SWALLOWED
from visittally.reading.text.regular import NEWLINE, RETURN, are_regular, ranges, returns_are_regular, whole_records
from visittally.words.arrays import number_array, string_array

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from visittally.reading.text.dialect import Dialect

RAGGED = 0.25
"""The share of records of another width up to which the others are read fast."""
PADDING = 128
"""So many bytes behind the text must be there and may be written to."""
CACHED = 1 << 18
"""Bytes that fit into the cache of a processor together with what is made of them."""


def _nowhere() -> np.ndarray:
    """No places."""
    return np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class Cells:
    """One cell of each of some records, where it stands in the text.

    Attributes:
        text: The bytes of the text, `uint8`, with padding.
        starts: Where each cell begins, behind its quote: `int32` if the compiled heart has found it, else `int64`.
        lengths: How many bytes it has, of the same type.
        escaped: Positions of the cells in which quotes are doubled.
        quote: What quotes look like.
    """

    text: np.ndarray
    starts: np.ndarray
    lengths: np.ndarray
    escaped: np.ndarray = field(default_factory=_nowhere)
    quote: str = '"'

    def __len__(self) -> int:
        return len(self.starts)

    def take(self, places: np.ndarray) -> Cells:
        """Some of the cells; `places` in rising order."""
        escaped = np.flatnonzero(np.isin(places, self.escaped)) if len(self.escaped) else self.escaped
        return Cells(self.text, self.starts[places], self.lengths[places], escaped, self.quote)

    def strings(self) -> pa.Array | None:
        """The cells as `pa.string()` of their own, None where one is no UTF-8."""
        if (native := heart.native) is not None and self.starts.dtype == np.int32:
            content = np.empty(int(self.lengths.sum()) + 16, np.uint8)
            offsets = np.empty(len(self) + 1, np.int32)
            if not native.gather(self.text, self.starts, self.lengths, content, offsets):
                return None
            found = pa.StringArray.from_buffers(len(self), pa.py_buffer(offsets), pa.py_buffer(content))
            return self._single_quotes(found)
        # A column of texts is where each one begins and ends in one buffer: here cells and what lies between
        # them take turns, and every other one is taken.
        ends = np.empty(2 * len(self.starts), np.int32)
        ends[0::2] = self.starts
        ends[1::2] = self.starts + self.lengths
        if not len(ends):
            return string_array([])
        both = pa.StringArray.from_buffers(len(ends) - 1, pa.py_buffer(ends), pa.py_buffer(self.text))
        found = both.take(number_array(np.arange(0, len(ends), 2)))
        try:
            found.validate(full=True)
        except pa.ArrowInvalid:
            return None
        return self._single_quotes(found)

    def _single_quotes(self, found: pa.Array) -> pa.Array:
        """Texts in which one quote stands where two mean one."""
        return pc.replace_substring(found, self.quote * 2, self.quote) if len(self.escaped) else found

    def replaced(self) -> list[str]:
        """The cells as Python texts, with U+FFFD for what is no UTF-8."""
        found = [
            self.text[start : start + length].tobytes().decode(errors="replace")
            for start, length in zip(self.starts.tolist(), self.lengths.tolist(), strict=True)
        ]
        for i in self.escaped.tolist():
            found[i] = found[i].replace(self.quote * 2, self.quote)
        return found


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of a regular stretch of text.

    Attributes:
        text: Its bytes, `uint8`, with padding.
        ends: Where each cell ends, shape (records, cells of a record); `int32` or `int64`, see `Cells`.
        quote: What cells may be enclosed in; "" where no quote stands in the text.
        doubled: Where in the text the second of two quotes stands that mean one.
        inner: Line feeds inside quotes.
        breaks: Where every record ends, if there are others than those in `ends`; else None.
        regular: Which of all records are those in `ends`, then.
        returns: Whether lines may end with CR LF.
    """

    text: np.ndarray
    ends: np.ndarray
    quote: str = ""
    doubled: np.ndarray = field(default_factory=_nowhere)
    inner: np.ndarray = field(default_factory=_nowhere)
    breaks: np.ndarray | None = None
    regular: np.ndarray | None = None
    returns: bool = False

    def __len__(self) -> int:
        return len(self.ends)

    @property
    def end(self) -> int:
        """How many bytes the records take."""
        return int(self._breaks()[-1]) + 1

    def _breaks(self) -> np.ndarray:
        return self.ends[:, -1] if self.breaks is None else self.breaks

    def row_starts(self) -> np.ndarray:
        """Where each record of `ends` begins."""
        breaks = self._breaks()
        starts = np.empty(len(breaks), breaks.dtype)
        starts[:1] = 0
        np.add(breaks[:-1], 1, out=starts[1:])
        return starts if self.regular is None else starts[self.regular]

    def apart(self) -> Iterator[tuple[int, int, int]]:
        """Each record that is not in `ends`: its number among all, where it begins, and where it ends."""
        if self.breaks is not None and self.regular is not None:
            others = np.ones(len(self.breaks), bool)
            others[self.regular] = False
            for number in np.flatnonzero(others).tolist():
                yield number, int(self.breaks[number - 1]) + 1 if number else 0, int(self.breaks[number]) + 1

    def cells(self, column: int) -> Cells:
        """The cells of a column."""
        if heart.native is not None and self.ends.dtype == np.int32:
            return self._compiled_cells(column)
        last = self.ends.shape[1] - 1
        starts = self.ends[:, column - 1] + 1 if column else self.row_starts()
        lengths = self.ends[:, column] - starts
        if self.returns and column == last:
            lengths -= (lengths > 0) & (self.text[self.ends[:, column] - 1] == RETURN)
        return self._bare(starts, lengths)

    def _compiled_cells(self, column: int) -> Cells:
        assert heart.native is not None
        count = len(self)
        starts, lengths, escaped = (np.empty(count, np.int32) for _what in range(3))
        begins = None if self.regular is None or column else self.row_starts()
        quote = ord(self.quote) if self.quote else -1
        width = self.ends.shape[1]
        found = heart.native.cells(
            self.text, self.ends, width, column, begins, quote, self.returns, self.doubled, starts, lengths, escaped
        )
        return Cells(self.text, starts, lengths, escaped[:found], self.quote)

    def rows(self, chosen: np.ndarray) -> Cells:
        """All cells of some records, one record behind the other."""
        starts, lengths = self._places(chosen)
        return self._bare(starts.ravel(), lengths.ravel())

    def columns(self, chosen: Sequence[int]) -> Cells:
        """The cells of some columns, one column behind the other."""
        starts, lengths = self._places(np.arange(len(self)))
        return self._bare(starts.T[chosen].ravel(), lengths.T[chosen].ravel())

    def _places(self, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Where each cell of some records begins, quote and all, and how many bytes it has."""
        ends = self.ends[rows]
        starts = np.column_stack((self.row_starts()[rows], ends[:, :-1] + 1))
        lengths = ends - starts
        if self.returns:
            lengths[:, -1] -= (lengths[:, -1] > 0) & (self.text[ends[:, -1] - 1] == RETURN)
        return starts, lengths

    def _bare(self, starts: np.ndarray, lengths: np.ndarray) -> Cells:
        """Cells without their quotes."""
        escaped = _nowhere()
        if self.quote:
            quoted = self.text.take(starts) == ord(self.quote)
            if quoted.any():
                starts += quoted
                lengths -= 2 * quoted.astype(np.int64)
                escaped = self._escaped(starts, lengths, np.flatnonzero(quoted))
        return Cells(self.text, starts, lengths, escaped, self.quote)

    def _escaped(self, starts: np.ndarray, lengths: np.ndarray, quoted: np.ndarray) -> np.ndarray:
        if not len(self.doubled):
            return _nowhere()
        first = np.searchsorted(self.doubled, starts[quoted])
        last = np.searchsorted(self.doubled, starts[quoted] + lengths[quoted])
        return np.asarray(quoted[last > first])

    def lines(self) -> tuple[np.ndarray | None, int]:
        """For every record the number of lines before it, None where all are one line; and the number of all lines."""
        breaks = self._breaks()
        if not len(self.inner):
            return None, len(breaks)
        within = np.bincount(np.searchsorted(breaks, self.inner), minlength=len(breaks))
        through = np.cumsum(within + 1)
        return through - within - 1, int(through[-1])


class GridFinder:
    """Finds grids in the stretches of a text, one after the other; each is gone when the next one is looked for."""

    def __init__(self, dialect: Dialect, width: int) -> None:
        """Look for records.

        Args:
            dialect: How they are written; a plain one.
            width: How many cells each has.
        """
        self._dialect = dialect
        self._width = width
        # Memory that is taken once costs less than memory that is taken for each stretch.
        if heart.native is not None:
            self._room = np.empty((3, 0), np.int32)
            return
        self._hits, self._other = np.empty(CACHED, bool), np.empty(CACHED, bool)
        self._places = np.empty(CACHED, np.int64)

    def find(self, content: bytearray, size: int, *, final: bool) -> Grid | None:
        """Find the cells of the whole records among the first bytes of a text.

        Args:
            content: UTF-8 that begins where a record begins, with `PADDING` bytes behind the first `size`.
            size: How many of its bytes to look at.
            final: Whether the text ends with these bytes, so that the last record needs no line end.

        Returns:
            The cells, or None where the text is not regular: zero bytes, single CRs, late quotes, records of another
            width.
        """
        if heart.native is not None:
            return self._compiled(content, size, final=final)
        if content.find(b"\0", 0, size) >= 0:
            return None
        returns = content.find(b"\r", 0, size) >= 0
        if returns and not returns_are_regular(content, size, final=final):
            return None
        text = np.frombuffer(content, np.uint8)
        if final and size and content[size - 1] != NEWLINE:
            content[size] = NEWLINE
            size += 1
        mark = self._dialect.quote.encode()
        quoted = bool(mark) and content.find(mark, 0, size) >= 0
        places, newlines = self._find(text[:size], self._dialect.delimiter.encode() + (mark if quoted else b""))
        if quoted:
            return self._quoted(text, places, newlines, returns=returns, final=final)
        return _matrix(Grid(text, whole_records(text, places), returns=returns), self._width, newlines)

    def _compiled(self, content: bytearray, size: int, *, final: bool) -> Grid | None:
        """What `find` gives, found by the compiled heart."""
        assert heart.native is not None
        if final and size and content[size - 1] != NEWLINE:
            if content[size - 1] == RETURN:
                return None
            content[size] = NEWLINE
            size += 1
        if self._room.shape[1] < size + PADDING:
            self._room = np.empty((3, size + PADDING), np.int32)
        text = np.frombuffer(content, np.uint8)
        delimiter, quote = (ord(mark) if mark else -1 for mark in (self._dialect.delimiter, self._dialect.quote))
        found = heart.native.find(text, size, delimiter, quote, final, self._width, heart.level, *self._room)
        if found is None:
            return None
        count, newlines, doubles, within, quoted, returns, even = found
        ends, doubled, inner = self._room
        mark = self._dialect.quote if quoted else ""
        whole = Grid(text, ends[:count], mark, doubled[:doubles], inner[:within], returns=bool(returns))
        if even:
            grid: Grid | None = replace(whole, ends=whole.ends.reshape(-1, self._width))
        else:
            grid = _matrix(whole, self._width, newlines)
        return None if grid is None or (quoted and _may_swallow(grid, self._dialect)) else grid

    def _find(self, view: np.ndarray, marks: bytes) -> tuple[np.ndarray, int]:
        """Where line feeds and some other bytes stand, and how many line feeds there are."""
        count = newlines = 0
        for start in range(0, len(view), CACHED):
            part = view[start : start + CACHED]
            hits = np.equal(part, NEWLINE, out=self._hits[: len(part)])
            newlines += int(np.count_nonzero(hits))
            for mark in marks:
                np.logical_or(hits, np.equal(part, mark, out=self._other[: len(part)]), out=hits)
            places = hits.nonzero()[0]
            if count + len(places) > len(self._places):
                self._places = np.concatenate((self._places, np.empty(len(self._places) + len(places), np.int64)))
            np.add(places, start, out=self._places[count : count + len(places)])
            count += len(places)
        return self._places[:count], newlines

    def _quoted(
        self, text: np.ndarray, places: np.ndarray, newlines: int, *, returns: bool, final: bool
    ) -> Grid | None:
        """The grid of a text with quotes: what stands between two of them ends no cell."""
        kinds = text.take(places)
        is_quote = kinds == ord(self._dialect.quote)
        quotes = np.flatnonzero(is_quote)
        if len(quotes) % 2:
            if final:
                return None
            # The last quote is not closed yet: its record goes on behind the text.
            newlines -= int(np.count_nonzero(kinds[quotes[-1] :] == NEWLINE))
            places, kinds, is_quote = places[: quotes[-1]], kinds[: quotes[-1]], is_quote[: quotes[-1]]
            quotes = quotes[:-1]
        opening, closing = quotes[0::2], quotes[1::2]
        keep = ~is_quote
        inner = _nowhere()
        lengths = closing - opening - 1
        filled = np.flatnonzero(lengths)
        if len(filled):
            inside = ranges(opening[filled] + 1, lengths[filled])
            keep[inside] = False
            inner = places[inside[kinds[inside] == NEWLINE]]
        ends = whole_records(text, places[keep])
        if not len(ends):
            return None
        last = int(ends[-1]) + 1
        closed = int(np.searchsorted(places[closing], last))
        opening, closing = places[opening[:closed]], places[closing[:closed]]
        if not are_regular(text, opening, closing, self._dialect):
            return None
        doubled = opening[1:][opening[1:] == closing[:-1] + 1]
        inner = inner[: int(np.searchsorted(inner, last))]
        outside = newlines - len(inner) - int(np.count_nonzero(text[last : int(places[-1]) + 1] == NEWLINE))
        grid = _matrix(Grid(text, ends, self._dialect.quote, doubled, inner, returns=returns), self._width, outside)
        if grid is None or (len(inner) and int((closing - opening).max()) > LONGEST // 2):
            return None
        return None if _may_swallow(grid, self._dialect) else grid


def _matrix(grid: Grid, width: int, newlines: int) -> Grid | None:
    """A grid whose ends are a matrix; None where too many records have another width."""
    ends = grid.ends
    if not len(ends):
        return None
    if len(ends) % width == 0 and len(ends) // width == newlines:
        matrix = ends.reshape(-1, width)
        if (grid.text.take(matrix[:, -1]) == NEWLINE).all():
            return replace(grid, ends=matrix)
    last = np.flatnonzero(grid.text.take(ends) == NEWLINE)
    sizes = np.diff(last, prepend=-1)
    regular = np.flatnonzero(sizes == width)
    if len(regular) < (1 - RAGGED) * len(sizes):
        return None
    first = last[regular] - width + 1
    return replace(grid, ends=ends[first[:, None] + np.arange(width)], breaks=ends[last], regular=regular)


def _may_swallow(grid: Grid, dialect: Dialect) -> bool:
    """Whether some record goes over so many lines with so many delimiters that an unclosed quote is likelier.

    The careful reader looks at each line between its first and its last; what it would take for records of their own
    has at least these delimiters in all.
    """
    width = grid.ends.shape[1]
    if not len(grid.inner) or width < 3:
        return False
    # Those of another width are left to the careful reader anyway.
    long = np.flatnonzero(np.bincount(np.searchsorted(grid.ends[:, -1], grid.inner)) > SWALLOWED)
    long = long[long < len(grid)]
    if not len(long):
        return False
    delimiters = np.flatnonzero(grid.text[: grid.end] == ord(dialect.delimiter))
    starts, ends = grid.row_starts()[long], grid.ends[long, -1]
    within = np.searchsorted(delimiters, ends) - np.searchsorted(delimiters, starts)
    return bool((within >= (width - 1) * SWALLOWED).any())
