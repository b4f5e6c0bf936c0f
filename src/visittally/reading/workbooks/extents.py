"""How far the cells of a sheet reach by its XML, told before the area between them takes up memory.

What spreadsheet programs write, `<row r="7" ...>` and `<c r="B7" ...>`, is looked at as bytes, all cells of a stretch
together. A tag that says it in another way, or not at all, is given to a parser with all that follows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers import expat

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

LETTERS = 3
"""A column has so many letters at most: XFD is the last one of spreadsheet programs."""
_DIGITS = 8
"""More digits than the number of any row has."""
_ROOM = bytes(16)
"""Behind a stretch: more than any tag needs to say where its cell stands."""
_TAG, _PREFIX, _SPACE, _END, _CLOSED, _QUOTE = b'<: >/"'
_REFERENCE = int.from_bytes(b' r="', "big")
_PREFIXES = 16
"""A prefix of more letters is taken for one of a tag that opens."""
_BEFORE_A = ord("A") - 1
_ALPHABET = 26


class Extent:
    """How far the cells of a sheet reach, as far as its XML was given.

    Attributes:
        cells: Cells that the sheet names.
        rows: Rows that it names.
        last: Number of the last row of a cell, from 1.
        width: Columns to the last one that has a cell.
    """

    def __init__(self) -> None:
        self.cells = self.rows = self.last = self.width = 0

    @property
    def height(self) -> int:
        """The rows that the sheet has at least, however they are numbered."""
        return max(self.rows, self.last)

    def add(self, piece: bytes) -> bool:
        """Take a stretch of the XML into account, which is cut between rows.

        Returns:
            Whether all its tags say where they stand as programs write it; if not, nothing was added.
        """
        if b"\x00" in piece:
            return False
        text = np.frombuffer(piece + _ROOM, np.uint8)
        rows, cells = _tags(text, b"row"), _tags(text, b"c")
        numbered, named = _values(text, rows), _values(text, cells)
        if numbered is None or named is None or (len(cells) and not (len(rows) and rows[0] < cells[0])):
            return False
        found, columns = _rows(text, numbered), _width(text, named)
        if found is None or columns is None:
            return False
        numbers, said, bits = found
        cells_of_rows = np.diff(np.append(np.searchsorted(cells, rows), len(cells)))
        own = _eight(text, columns[1]) & np.repeat(bits, cells_of_rows)
        if (own != np.repeat(said, cells_of_rows)).any():  # a cell that claims to stand in another row
            return False
        self.rows += len(rows)
        self.cells += len(cells)
        self.last = max(self.last, int(numbers.max(initial=0)))
        self.width = max(self.width, columns[0])
        return True

    @classmethod
    def parsed(cls, chunks: Iterable[bytes]) -> Extent:
        """The extent of a sheet by all its XML, however that is written.

        Raises:
            expat.ExpatError, ValueError: It is damaged.
        """
        reader = _Reader(cls())
        for chunk in chunks:
            reader.parser.Parse(chunk)
        reader.parser.Parse(b"", True)  # noqa: FBT003 - expat takes it by its place
        return reader.extent


class _Reader:
    """Reads where each cell stands as calamine does: by its reference, else behind the cell before it."""

    def __init__(self, extent: Extent) -> None:
        self.extent = extent
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._start
        self._row = self._column = 0

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        element = name.rpartition(":")[2]
        reference = attributes.get("r", "")
        if element == "row":
            self._row = _whole(reference) if reference else self._row + 1
            self._column = 0
            self.extent.rows += 1
        elif element == "c":
            row, self._column = _place(reference) if reference else (self._row, self._column + 1)
            self.extent.cells += 1
            self.extent.width = max(self.extent.width, self._column)
            self.extent.last = max(self.extent.last, row)
        self.extent.last = max(self.extent.last, self._row)


def _place(reference: str) -> tuple[int, int]:
    """Row and column of a cell such as `B7`, from 1."""
    letters = reference.rstrip("0123456789")
    return _whole(reference[len(letters) :]), column_of(letters.upper().encode()) + 1


def _whole(digits: str) -> int:
    """A number of few digits.

    Raises:
        ValueError: It is none.
    """
    if not digits.isascii() or not digits.isdecimal():
        raise ValueError(digits)
    return int(digits[:_DIGITS])


def column_of(letters: bytes) -> int:
    """Position of a column by its letters: A is 0, AA is 26.

    Raises:
        ValueError: There are none, or too many.
    """
    if not 0 < len(letters) <= LETTERS or not letters.isalpha():
        raise ValueError(letters)
    position = 0
    for letter in letters:
        position = position * 26 + letter - 64
    return position - 1


def _tags(text: np.ndarray, name: bytes) -> np.ndarray:
    """Where the names of opening tags end, whatever prefix they have."""
    found = np.flatnonzero(text[len(name) : -len(_ROOM)] == name[-1]) + len(name)
    for back, letter in enumerate(reversed(name[:-1]), 1):
        found = found[text[found - back] == letter]
    before = text[found - len(name)]
    ended: np.ndarray = _ended(text[found + 1])
    plain, prefixed = found[ended & (before == _TAG)], found[ended & (before == _PREFIX)]
    if len(prefixed):
        plain = np.sort(np.append(plain, prefixed[~_closing(text, prefixed - len(name))]))
    ends: np.ndarray = plain + 1
    return ends


def _ended(after: np.ndarray) -> np.ndarray:
    """Whether a name ends before some letters."""
    ended: np.ndarray = (after <= _SPACE) | (after == _END) | (after == _CLOSED)
    return ended


def _closing(text: np.ndarray, colons: np.ndarray) -> np.ndarray:
    """Whether the prefixes before some colons stand in closing tags: `</x:`."""
    found = np.zeros(len(colons), bool)
    open_ = np.arange(len(colons))
    for back in range(1, _PREFIXES):
        letters = text[np.maximum(colons[open_] - back, 0)]
        found[open_[letters == _CLOSED]] = True
        open_ = open_[(letters != _CLOSED) & (letters != _TAG)]
        if not len(open_):
            break
    return found


def _values(text: np.ndarray, tags: np.ndarray) -> np.ndarray | None:
    """Where the values of the first attributes begin; None where one of them is not called `r`."""
    said = _eight(text, tags) >> np.uint64(32)
    return tags + 4 if (said == _REFERENCE).all() else None


def _eight(text: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """The eight bytes that begin at some places, as one number each, the first byte in front."""
    windows: np.ndarray = np.ndarray(len(text) - 7, ">u8", text, strides=(1,))
    said: np.ndarray = windows[starts].astype(np.uint64)
    return said


def _rows(text: np.ndarray, starts: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray] | None:
    """The numbers of rows at some places.

    Returns:
        The numbers, what stands there up to the closing quote as `_eight` gives it, and which bits of that count; None
        where one of them is no number of up to seven digits.
    """
    said = _eight(text, starts)
    numbers = np.zeros(len(starts), np.int64)
    bits = np.zeros(len(starts), np.uint64)
    for offset in range(8):
        letters = (said >> np.uint64(56 - 8 * offset)).astype(np.uint8)
        bits[(bits == 0) & (letters == _QUOTE)] = ~np.uint64(0) << np.uint64(56 - 8 * offset)
        digits = letters - np.uint8(ord("0"))
        goes_on = bits == 0
        if (goes_on & (digits > 9)).any() or (offset == 0 and not goes_on.all()):
            return None
        if not goes_on.any():
            return numbers, said & bits, bits
        numbers = np.where(goes_on, numbers * 10 + digits, numbers)
    return None


def _width(text: np.ndarray, starts: np.ndarray) -> tuple[int, np.ndarray] | None:
    """The widest of the columns at some places, and where the letters of each end; None where there are no letters."""
    columns = text[starts].astype(np.int32) - _BEFORE_A
    if ((columns < 1) | (columns > _ALPHABET)).any():
        return None
    ends = starts + 1
    for _ in range(LETTERS - 1):
        letters = text[ends].astype(np.int32) - _BEFORE_A
        more = np.flatnonzero((letters > 0) & (letters <= _ALPHABET))
        columns[more] = columns[more] * _ALPHABET + letters[more]
        ends[more] += 1
    return int(columns.max(initial=0)), ends
