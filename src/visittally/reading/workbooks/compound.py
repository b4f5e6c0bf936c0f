"""Workbooks of the older kind (.xls, .et): an OLE file of streams in chained sectors, one of them the records.

Only what tells how far the cells reach is read: a cell in a column that no program writes is refused before the area up
to it takes up memory. What is no such file, or is damaged, is left to the library that reads it.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from visittally.errors import InputError
from visittally.messages import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

COLUMNS = 256
"""Columns of a sheet of these workbooks, which have 65,536 rows at most."""
_HEADER = 512
_LISTED = 109
"""Sectors of the table of sectors that the header lists itself."""
_ENTRY = 128
_MINI, _CUTOFF = 64, 4_096
"""Streams shorter than the second lie in sectors of the first size."""
_LAST = 0xFFFFFFF0
"""Numbers of sectors end here; those above are marks."""
_STREAMS = ("workbook", "book")
_SHEET, _PASSWORD, _END = 0x85, 0x2F, 0x0A
_CELLS = frozenset({0x06, 0xBD, 0xBE, 0xD6, 0xFD, 0x201, 0x203, 0x204, 0x205, 0x206, 0x27E, 0x406})
_SEVERAL = frozenset({0xBD, 0xBE})
"""Kinds of records that hold the cells of several columns, and say in the end which is the last."""


def check_columns(content: bytes, name: str) -> None:
    """Refuse a workbook with a cell in a column that no sheet has.

    Args:
        content: The file.
        name: What people call it.

    Raises:
        InputError: There is one.
    """
    for stream in _streams(content):
        for row, column in _beyond(stream):
            text = _(
                "A sheet of {name} has cells far away from its table (as far as row {row}, column {column}). "
                "Delete the rows and columns beyond the table and save it again."
            )
            raise InputError(text.format(name=name, row=row + 1, column=column + 1))


def _beyond(stream: bytes) -> Iterator[tuple[int, int]]:
    """Row and column, from 0, of the cells beyond the last column."""
    starts = []
    for kind, at, length in _records(stream, 0):
        if kind == _PASSWORD:  # what follows is not what it says
            return
        if kind == _SHEET and length >= 4:
            starts.append(struct.unpack_from("<I", stream, at)[0])
    for start in dict.fromkeys(starts):
        for kind, at, length in _records(stream, start):
            if kind in _CELLS and length >= 4:
                row, column = struct.unpack_from("<HH", stream, at)
                if kind in _SEVERAL:
                    column = max(column, struct.unpack_from("<H", stream, at + length - 2)[0])
                if column >= COLUMNS:
                    yield row, column


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Kind, place and length of the records from a place on, to the end of their part."""
    end = len(stream)
    while at + 4 <= end:
        kind, length = struct.unpack_from("<HH", stream, at)
        at += 4
        if kind == _END or at + length > end:
            return
        yield kind, at, length
        at += length


def _streams(content: bytes) -> Iterator[bytes]:
    """The streams that hold records of a workbook."""
    if len(content) < _HEADER or not content.startswith(b"\xd0\xcf\x11\xe0"):
        return
    size = 1 << min(struct.unpack_from("<H", content, 30)[0], 12)
    folder, _version, _cutoff, small = struct.unpack_from("<IIII", content, 48)
    table = _table_of_sectors(content, size)
    entries = b"".join(_sectors(content, size, _chain(table, folder), size))
    mini: bytes | None = None
    for at in range(0, len(entries) - _ENTRY + 1, _ENTRY):
        start, length = struct.unpack_from("<II", entries, at + 116)
        title = entries[at : at + 64].decode("utf-16-le", "replace").partition("\0")[0]
        if title.casefold() not in _STREAMS:
            continue
        if length >= _CUTOFF:
            yield b"".join(_sectors(content, size, _chain(table, start), size))[:length]
            continue
        if mini is None:
            mini = b"".join(_sectors(content, size, _chain(table, struct.unpack_from("<I", entries, 116)[0]), size))
        held = b"".join(_sectors(content, size, _chain(table, small), size))
        yield b"".join(_sectors(mini, _MINI, _chain(_numbers(held), start), 0))[:length]


def _table_of_sectors(content: bytes, size: int) -> Sequence[int]:
    """Which sector follows each one."""
    listed = list(struct.unpack_from(f"<{_LISTED}I", content, 76))
    following = struct.unpack_from("<I", content, 68)[0]
    for _more in range(len(content) // size):
        if following >= _LAST:
            break
        numbers = _numbers(b"".join(_sectors(content, size, [following], size)))
        if not numbers:
            break
        listed += numbers[:-1]
        following = numbers[-1]
    used = [number for number in listed if number < _LAST]
    return _numbers(b"".join(_sectors(content, size, dict.fromkeys(used), size)))


def _numbers(content: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4])


def _chain(table: Sequence[int], start: int) -> Iterator[int]:
    """The sectors of a stream; a chain that comes back to itself ends there."""
    for _step in range(len(table)):
        if start >= min(_LAST, len(table)):
            return
        yield start
        start = table[start]


def _sectors(content: bytes, size: int, numbers: Iterable[int], first: int) -> Iterator[bytes]:
    """The bytes of some sectors, of which the first begins at `first`."""
    for number in numbers:
        yield content[first + number * size : first + (number + 1) * size]
