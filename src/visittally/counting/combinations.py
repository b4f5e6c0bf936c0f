"""Combinations of codes and how often each occurs."""

from __future__ import annotations

import math
from dataclasses import field
from typing import TYPE_CHECKING

import numpy as np

from visittally.dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

_DENSE = 1 << 21
"""Up to so many possible combinations are counted in an array with a place for each."""
_MANY_PARTS = 64
_WAITING = 1 << 18
"""Records that wait to be counted, at least."""
_WIDE, _MOST = 1 << 31, 1 << 62
"""From here on ranks stand for the values of a column, and of several columns."""


@dataclass(slots=True)
class Combinations:
    """Distinct combinations of codes with their counts; codes are positions in the tally's lexicons.

    While few are possible they are counted in an array with a place for each, which grows with the lexicons; else
    they are listed, and equal ones are brought together now and then.

    Attributes:
        dense: The array, of any shape; None once it would be too large.
        waiting: Places in the array of records that are not counted yet: many are counted at once.
        parts: Lists of combinations, shape (n, dimensions), and their counts.
    """

    dense: np.ndarray | None = field(default_factory=lambda: np.zeros(0, np.int64))
    waiting: list[np.ndarray] = field(default_factory=list)
    parts: list[tuple[np.ndarray, np.ndarray]] = field(default_factory=list)

    def count(self, codes: Sequence[np.ndarray], sizes: Sequence[int]) -> None:
        """Count records.

        Args:
            codes: For each dimension the code of each record.
            sizes: For each dimension the number of possible codes.
        """
        if self.dense is None or not self._grow(sizes):
            self.list(*combine(codes, sizes))
            return
        place = codes[0]
        for column, size in zip(codes[1:], self.dense.shape[1:], strict=True):
            place = place * np.int32(size) + column
        self.waiting.append(place)
        if sum(map(len, self.waiting)) > max(_WAITING, self.dense.size):
            self._settle()

    def add(self, codes: np.ndarray, counts: np.ndarray) -> None:
        """Add different combinations: codes of shape (n, dimensions) and their counts."""
        if not len(codes):
            return
        # The codes of numbers are their bits: any integer.
        if self.dense is not None and codes.min() >= 0 and self._grow((codes.max(axis=0) + 1).tolist()):
            # No combination stands twice in `codes`, so this adds each count.
            self.dense[tuple(codes.T)] += counts
            return
        self.list(codes, counts)

    def list(self, codes: np.ndarray, counts: np.ndarray) -> None:
        """Add combinations, some of which may stand there several times."""
        self.parts.append((codes, counts))
        if len(self.parts) > _MANY_PARTS:
            self.compact()

    def _settle(self) -> None:
        """Count the records that wait."""
        assert self.dense is not None
        waiting, self.waiting = self.waiting, []
        if waiting:
            counts = np.bincount(np.concatenate(waiting), minlength=self.dense.size)
            self.dense += counts.reshape(self.dense.shape)

    def _grow(self, sizes: Sequence[int]) -> bool:
        """Make room for codes below `sizes`; False, and no array any more, where that takes too much."""
        assert self.dense is not None
        old = self.dense.shape if self.dense.size else (0,) * len(sizes)
        if all(size <= have for size, have in zip(sizes, old, strict=True)):
            return True
        shape = [max(a, 1 << (b - 1).bit_length()) for a, b in zip(old, sizes, strict=True)]
        self._settle()
        if math.prod(shape) > _DENSE:
            if self.dense.size:
                self.parts.append(self._listed())
            self.dense = None
            return False
        grown = np.zeros(shape, np.int64)
        if self.dense.size:
            grown[tuple(slice(0, n) for n in old)] = self.dense
        self.dense = grown
        return True

    def _listed(self) -> tuple[np.ndarray, np.ndarray]:
        assert self.dense is not None
        places = np.nonzero(self.dense)
        return np.stack(places, axis=1).astype(np.int64), self.dense[places]

    def compact(self) -> tuple[np.ndarray, np.ndarray]:
        """All combinations, each once, and their counts."""
        if self.dense is not None and self.dense.size:
            self._settle()
            if not self.parts:
                return self._listed()
            self.parts.append(self._listed())
            self.dense = None
        codes = np.concatenate([codes for codes, _ in self.parts])
        counts = np.concatenate([counts for _, counts in self.parts])
        if len(self.parts) > 1:
            codes, counts = brought_together(codes, counts)
            # Of what was subtracted again nothing is left.
            codes, counts = codes[counts != 0], counts[counts != 0]
        self.parts = [(codes, counts)]
        return codes, counts

    @property
    def empty(self) -> bool:
        """Whether nothing has been added."""
        return not self.parts and (self.dense is None or not self.dense.size)


def brought_together(codes: np.ndarray, counts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each combination once, with the sum of its counts."""
    keys, _space = keys_of_rows(list(codes.T))
    order = np.argsort(keys)
    ordered = keys[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    return codes[order[starts]], np.add.reduceat(counts[order], starts)


def keys_of_rows(columns: Sequence[np.ndarray]) -> tuple[np.ndarray, int]:
    """One whole number for each row of some columns of whole numbers, in the order of the rows.

    Args:
        columns: At least one, none of them empty; any numbers of up to 64 bits.

    Returns:
        The numbers, the same for the same rows and smaller for those that come before; and a number above them all.
    """
    keys, space = np.zeros(len(columns[0]), np.int64), 1
    for column in columns:
        least, most = int(column.min()), int(column.max())
        if most - least >= _WIDE:
            values, column = np.unique(column, return_inverse=True)  # noqa: PLW2901 - ranks stand for the values
            least, most = 0, len(values) - 1
        size = most - least + 1
        if space * size >= _MOST:
            values, keys = np.unique(keys, return_inverse=True)
            space = len(values)
        keys = keys * size + (column.astype(np.int64) - least)
        space *= size
    return keys, space


def flat_codes(codes: Sequence[np.ndarray], sizes: Sequence[int]) -> tuple[np.ndarray | None, int]:
    """Combinations of codes as one whole number each.

    Args:
        codes: For each dimension the code of each record.
        sizes: For each dimension the number of possible codes.

    Returns:
        The numbers, None where there are too many possible ones; and how many are possible. The latter changes only
        when the sizes have doubled.
    """
    rooms = [1 << max(size - 1, 0).bit_length() for size in sizes]
    space = math.prod(rooms)
    if space > _DENSE:
        return None, space
    flat = codes[0]
    for column, room in zip(codes[1:], rooms[1:], strict=True):
        flat = flat * np.int32(room) + column
    return flat, space


def combine(codes: Sequence[np.ndarray], sizes: Sequence[int]) -> tuple[np.ndarray, np.ndarray]:
    """Count combinations of codes.

    Args:
        codes: For each dimension the code of each record.
        sizes: For each dimension the number of possible codes.

    Returns:
        The distinct combinations, shape (combinations, dimensions), and their counts.
    """
    space = 1
    for size in sizes:
        space *= max(size, 1)
    if space <= _DENSE:
        key = codes[0].astype(np.int64) if len(codes) == 1 else np.ravel_multi_index(tuple(codes), tuple(sizes))
        counts = np.bincount(key, minlength=space)
        found = np.flatnonzero(counts)
        return np.stack(np.unravel_index(found, tuple(sizes)), axis=1).astype(np.int64), counts[found]
    first, inverse = unique_rows(codes)
    return np.stack([c[first].astype(np.int64) for c in codes], axis=1), np.bincount(inverse)


def unique_rows(codes: Sequence[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Number the distinct combinations of codes in the order in which they appear.

    Returns:
        The first record of each, and for each record the number of its combination.
    """
    if not len(codes[0]):
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    keys, _space = keys_of_rows(codes)
    _keys, first, numbers = np.unique(keys, return_index=True, return_inverse=True)
    order = np.argsort(first)
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    return first[order], rank[numbers]
