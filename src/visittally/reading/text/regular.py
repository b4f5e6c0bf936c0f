"""What makes a stretch of delimited text regular: quotes around whole cells, CR before LF, whole records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from visittally.reading.text.dialect import Dialect

NEWLINE, RETURN = 0x0A, 0x0D


def returns_are_regular(content: bytearray, size: int, *, final: bool) -> bool:
    """Whether each CR stands before a LF."""
    singles = content.count(b"\r", 0, size) - content.count(b"\r\n", 0, size)
    return not singles or (singles == 1 and not final and content[size - 1] == RETURN)


def ranges(starts: np.ndarray, lengths: np.ndarray) -> np.ndarray:
    """The whole numbers of several ranges, one behind the other."""
    ends = np.cumsum(lengths)
    return np.repeat(starts - ends + lengths, lengths) + np.arange(int(ends[-1]))


def whole_records(text: np.ndarray, ends: np.ndarray) -> np.ndarray:
    """The ends of cells without those behind the last line feed."""
    reach = 64
    while True:
        tail = ends[-reach:]
        feeds = np.flatnonzero(text.take(tail) == NEWLINE)
        if len(feeds):
            return ends[: len(ends) - len(tail) + int(feeds[-1]) + 1]
        if reach >= len(ends):
            return ends[:0]
        reach *= 4


def are_regular(text: np.ndarray, opening: np.ndarray, closing: np.ndarray, dialect: Dialect) -> bool:
    """Whether cells begin at opening quotes and end at closing ones; a quote may stand right behind another."""
    mark, delimiter = ord(dialect.quote), ord(dialect.delimiter) if dialect.delimiter else NEWLINE
    if not len(opening):
        return True
    ahead = text.take(opening[1:] - 1 if opening[0] == 0 else opening - 1)
    after = text.take(closing[:-1] + 1 if closing[-1] == len(text) - 1 else closing + 1)
    return bool(
        ((ahead == delimiter) | (ahead == NEWLINE) | (ahead == mark)).all()
        and ((after == delimiter) | (after == NEWLINE) | (after == mark) | (after == RETURN)).all()
    )


def may_go_on(content: bytes, dialect: Dialect) -> bool:
    """Whether a quoted cell that began before may go on into some bytes, judged by the quotes in them."""
    view = np.frombuffer(dialect.quote.encode() + content, np.uint8)
    quotes = np.flatnonzero(view == ord(dialect.quote))
    whole = quotes[: len(quotes) & ~1]
    return len(quotes) > 1 and are_regular(view, whole[0::2], whole[1::2], dialect)
