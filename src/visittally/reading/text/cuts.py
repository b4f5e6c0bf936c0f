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


def certain_cut(stream: BinaryIO, offset: int, table: TextTable) -> int | None:
    """The first place behind an offset where a record certainly begins.

    If a quoted cell went on over the line end, then the records behind it would come out irregular, except where no
    quote is near at all: then so many whole records would stand in a cell that the careful reader, too, takes its
    quote for unclosed.

    Args:
        stream: The file as plain UTF-8, seekable.
        offset: Where to look from.
        table: How it is written.

    Returns:
        Offset in the file, or None where nothing certain is near.
    """
    stream.seek(offset)
    window = stream.read(2 * WINDOW)
    at = -1
    for _attempt in range(TRIED):
        at = window.find(b"\n", at + 1, WINDOW)
        if at < 0:
            return None
        if _is_certain(window[at + 1 : at + 1 + WINDOW], table):
            return offset + at + 1
    return None


def _is_certain(behind: bytes, table: TextTable) -> bool:
    content = bytearray(behind) + bytearray(PADDING)
    grid = GridFinder(table.dialect, table.physical).find(content, len(behind), final=False)
    if grid is None:
        return False
    return not may_go_on(behind, table.dialect) if grid.quote else table.physical >= 3
