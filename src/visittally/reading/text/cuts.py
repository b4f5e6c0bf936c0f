"""Where a large file can be cut: at line ends of which it is certain that no quoted cell goes on over them."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO

from visittally.reading.text.grid import PADDING, GridFinder
from visittally.reading.text.regular import may_go_on

if TYPE_CHECKING:
    from visittally.reading.text.rows import TextTable

WINDOW = 1 << 18
"""Bytes behind a cut that must be regular records if it is one, and must not be if it is none."""
TRIED = 40
"""Line ends that are tried."""


def certain_cut(stream: BinaryIO, offset: int, table: TextTable, window: int | None = None) -> int | None:
    """The first place behind an offset where a record certainly begins.

    If a quoted cell went on over the line end, then the records behind it would come out irregular, except where no
    quote is near at all: then so many whole records would stand in a cell that the careful reader, too, takes its
    quote for unclosed.

    Args:
        stream: The file as plain UTF-8, seekable.
        offset: Where to look from.
        table: How it is written.
        window: How many bytes behind a cut are looked at; None: as many as make it certain.

    Returns:
        Offset in the file, or None where nothing certain is near.
    """
    stream.seek(offset)
    window = window or WINDOW
    near = stream.read(2 * window)
    at = -1
    for _attempt in range(TRIED):
        at = near.find(b"\n", at + 1, window)
        if at < 0:
            return None
        if _is_certain(near[at + 1 : at + 1 + window], table):
            return offset + at + 1
    return None


def _is_certain(behind: bytes, table: TextTable) -> bool:
    content = bytearray(behind) + bytearray(PADDING)
    grid = GridFinder(table.dialect, table.physical).find(content, len(behind), final=False)
    if grid is None:
        return False
    return not may_go_on(behind, table.dialect) if grid.quote else table.physical >= 3
