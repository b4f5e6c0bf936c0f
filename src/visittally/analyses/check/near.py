"""Near duplicates: for each record the one that gave the most equal answers.

s = equal answers / questions that either of the two answered, among pairs with enough answers of both. All pairs are
compared, half of them and a question at a time, on codes: what both did not answer is equal too, and is taken off by
the numbers of answers, so that no comparison needs a mask.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np

from visittally.dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

COMMON = 20
"""Answers that both must have given."""
MOST = 20_000
"""Among more records than these only those of one visitor are compared."""
LISTED = 10_000
"""So many pairs are kept for the list."""
_SQUARE = 1 << 20
"""Comparisons of a question that are made at once."""
_THREADS = 2


@dataclass(frozen=True, slots=True)
class Nearest:
    """The nearest neighbours.

    Attributes:
        best: The largest s of each record, -1 where it has no other with enough answers in common.
        own: The largest s with a record of the same visitor.
        pairs: (record, record, s) of the pairs above the least s asked for, at most `LISTED`.
    """

    best: np.ndarray
    own: np.ndarray
    pairs: list[tuple[int, int, float]]


def nearest(codes: Sequence[np.ndarray], visitor: np.ndarray, least: float) -> Nearest:
    """Find the nearest neighbour of each record.

    Args:
        codes: For each question the code of each record's answer, 0 where it has none.
        visitor: Position of each record's visitor, -1 without.
        least: From which s on pairs are listed.
    """
    n = len(visitor)
    best, own = np.full(n, -1.0, np.float32), np.full(n, -1.0, np.float32)
    if n < 2 or len(codes) < COMMON:
        return Nearest(best, own, [])
    answered = np.stack([column > 0 for column in codes], axis=1)
    able = np.flatnonzero(answered.sum(axis=1) >= COMMON)
    if len(able) < n:  # others have a near duplicate in nobody
        among = nearest([column[able] for column in codes], visitor[able], least)
        best[able], own[able] = among.best, among.own
        return Nearest(best, own, [(int(able[a]), int(able[b]), s) for a, b, s in among.pairs])
    narrow, wide = _matrices(codes)
    height = max(1, _SQUARE // n)
    work = _Work(narrow, wide, answered.astype(np.float32), visitor, least)
    pairs: list[tuple[int, int, float]] = []
    with ThreadPoolExecutor(_THREADS) as pool:
        for start, rows, columns, own_rows, own_columns, listed in pool.map(
            work.block, [(s, min(s + height, n)) for s in range(0, n, height)]
        ):
            end = start + len(rows)
            best[start:end] = np.maximum(best[start:end], rows)
            own[start:end] = np.maximum(own[start:end], own_rows)
            np.maximum(best[start:], columns, out=best[start:])
            np.maximum(own[start:], own_columns, out=own[start:])
            pairs += listed
    pairs.sort(key=lambda pair: (-pair[2], pair[0], pair[1]))
    return Nearest(best, own, pairs[:LISTED])


def _matrices(codes: Sequence[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Codes of questions with few and with many different answers, a question a row, as small as they can be."""
    narrow, wide = [], []
    for column in codes:
        _values, dense = np.unique(column, return_inverse=True)
        dense = dense + (0 if (column == 0).any() else 1)
        if dense.max(initial=0) < 1 << 8:
            narrow.append(dense.astype(np.uint8))
        else:
            wide.append(dense.astype(np.uint16 if dense.max() < 1 << 16 else np.uint32))
    n = len(codes[0])
    return (
        np.stack(narrow) if narrow else np.zeros((0, n), np.uint8),
        np.stack([column.astype(np.uint32) for column in wide]) if wide else np.zeros((0, n), np.uint32),
    )


@dataclass(frozen=True, slots=True)
class _Work:
    """Compares some records with all behind them."""

    narrow: np.ndarray
    wide: np.ndarray
    answered: np.ndarray
    visitor: np.ndarray
    least: float

    def block(
        self, span: tuple[int, int]
    ) -> tuple[int, np.ndarray, np.ndarray, np.ndarray, np.ndarray, list[tuple[int, int, float]]]:
        """Records `span` against those from its start on."""
        start, end = span
        s, either = self._similarity(start, end)
        same = (self.visitor[start:end, None] == self.visitor[None, start:]) & (self.visitor[start:end, None] >= 0)
        inner = np.where(same, s, np.float32(-1))
        above = np.argwhere(np.triu(s >= np.float32(self.least), 1))[:LISTED]
        # Single precision tells all quotients apart; the list has the quotient itself.
        listed = [
            (start + int(i), start + int(j), round(float(s[i, j]) * float(either[i, j])) / float(either[i, j]))
            for i, j in above
        ]
        return start, s.max(axis=1), s.max(axis=0), inner.max(axis=1), inner.max(axis=0), listed

    def _similarity(self, start: int, end: int) -> tuple[np.ndarray, np.ndarray]:
        """The s of each pair, and how many questions either of the two answered.

        s is -1 for a record with itself and for pairs with too few answers in common.
        """
        equal = np.zeros((end - start, len(self.visitor) - start), np.uint16)
        part = np.zeros(equal.shape, np.uint8)
        for number, column in enumerate(self.narrow, 1):
            part += (column[start:end, None] == column[None, start:]).view(np.uint8)
            if number % 255 == 0:
                equal += part
                part[:] = 0
        equal += part
        for column in self.wide:
            equal += column[start:end, None] == column[None, start:]
        mine, theirs = self.answered[start:end], self.answered[start:]
        both = mine @ theirs.T
        either = mine.sum(axis=1)[:, None] + theirs.sum(axis=1)[None, :] - both
        found = (equal - (self.answered.shape[1] - either)) / np.maximum(either, 1)
        found = np.where(both >= COMMON, found, np.float32(-1)).astype(np.float32)
        diagonal = np.arange(end - start)
        found[diagonal, diagonal] = -1
        return found, either
