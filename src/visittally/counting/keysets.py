"""Sets of keys, 8 bytes a key: how many different households, visits, records there are in each combination."""

from __future__ import annotations

import tempfile
import weakref
from dataclasses import field
from typing import TYPE_CHECKING, Any

import numpy as np

from visittally.dataclass import dataclass
from visittally.reading.hashing import sort_words

if TYPE_CHECKING:
    from collections.abc import Iterator

PENDING = 1 << 22
"""Keys that wait before they are sorted in."""
IN_MEMORY = 20_000_000
"""Keys held in memory; more are kept in sorted runs on disk."""
_RANGES = 64


@dataclass(slots=True)
class KeySet:
    """Pairs (combination, key hash), each once.

    Pairs are packed in one 64-bit word, the combination's number in the upper `bits` and as many bits of the hash as
    are left in the lower ones; `bits` grows with the number of combinations. With 1,000 combinations 54 bits of the
    hash remain: 20 million keys in one combination then collide about once in a hundred runs.
    """

    combinations: list[tuple[str, ...]] = field(default_factory=list)
    numbers: dict[tuple[str, ...], int] = field(default_factory=dict)
    codes: list[np.ndarray] = field(default_factory=list)
    hashes: list[np.ndarray] = field(default_factory=list)
    pending: int = 0
    runs: list[tuple[int, Any]] = field(default_factory=list)

    def number(self, combination: tuple[str, ...]) -> int:
        """The number of a combination, given on first use."""
        found = self.numbers.setdefault(combination, len(self.combinations))
        if found == len(self.combinations):
            self.combinations.append(combination)
        return found

    def add(self, codes: np.ndarray, hashes: np.ndarray) -> None:
        """Add pairs of combination numbers (from `number`) and hashes."""
        self.codes.append(codes.astype(np.uint32))
        self.hashes.append(hashes)
        self.pending += len(hashes)
        if self.pending > PENDING:
            self.compact()

    def compact(self) -> None:
        """Sort what is pending into the set."""
        bits = max(len(self.combinations) - 1, 0).bit_length()
        if not self.codes and len(self.runs) == 1 and self.runs[0][0] == bits:
            return
        packed = [_repacked(words, old, bits) for old, words in self.runs if isinstance(words, np.ndarray)]
        packed += [_packed(c, h, bits) for c, h in zip(self.codes, self.hashes, strict=True)]
        kept = [(old, words) for old, words in self.runs if not isinstance(words, np.ndarray)]
        self.codes, self.hashes, self.pending = [], [], 0
        if packed:
            words = sort_words(np.concatenate(packed), distinct=True)
            kept.append((bits, words if len(words) <= IN_MEMORY else _Run(words)))
        self.runs = kept

    def merge(self, other: KeySet) -> None:
        """Add all pairs of another set."""
        other.compact()
        numbers = np.array([self.number(c) for c in other.combinations], np.uint32)
        for bits, words in other.runs:
            for part in words.parts() if isinstance(words, _Run) else (words,):
                codes, hashes = _unpacked(part, bits)
                self.add(numbers[codes], hashes)

    def pairs(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """All pairs as (combination numbers, hashes), each once, in stretches with disjoint hashes."""
        self.compact()
        bits = max(len(self.combinations) - 1, 0).bit_length()
        held = [(old, words) for old, words in self.runs]
        if not held:
            return
        if len(held) == 1 and isinstance(held[0][1], np.ndarray):
            yield _unpacked(_repacked(held[0][1], held[0][0], bits), bits)
            return
        for stretch in range(_RANGES):
            parts = []
            for old, words in held:
                for part in words.parts() if isinstance(words, _Run) else (words,):
                    codes, hashes = _unpacked(part, old)
                    chosen = hashes >> np.uint64(58) == stretch
                    parts.append(_packed(codes[chosen], hashes[chosen], bits))
            yield _unpacked(sort_words(np.concatenate(parts), distinct=True), bits)

    def counts(self, labels: np.ndarray, size: int) -> np.ndarray:
        """How many different keys there are under each label.

        Args:
            labels: For each combination its label; several may share one, which a key then counts for once.
            size: Number of labels.
        """
        counts = np.zeros(size, np.int64)
        apart = len(np.unique(labels)) == len(labels)
        bits = max(size - 1, 0).bit_length()
        for codes, hashes in self.pairs():
            found = labels[codes]
            if not apart:
                found = _unpacked(sort_words(_packed(found, hashes, bits), distinct=True), bits)[0]
            counts += np.bincount(found, minlength=size)
        return counts


class _Run:
    """A sorted run of packed pairs in a temporary file that is gone when nobody holds it."""

    def __init__(self, words: np.ndarray) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the run
        words.tofile(self._file)
        self._file.flush()
        self._length = len(words)
        weakref.finalize(self, self._file.close)

    def parts(self, size: int = 1 << 22) -> Iterator[np.ndarray]:
        """The pairs in stretches."""
        words = np.memmap(self._file, np.uint64, "r", shape=(self._length,))
        for start in range(0, self._length, size):
            yield np.array(words[start : start + size])

    def __reduce__(self) -> tuple[Any, ...]:
        return _Run, (np.concatenate(list(self.parts())),)


def _packed(codes: np.ndarray, hashes: np.ndarray, bits: int) -> np.ndarray:
    if not bits:
        return hashes
    return (codes.astype(np.uint64) << np.uint64(64 - bits)) | (hashes >> np.uint64(bits))


def _unpacked(words: np.ndarray, bits: int) -> tuple[np.ndarray, np.ndarray]:
    if not bits:
        return np.zeros(len(words), np.uint32), words
    return (words >> np.uint64(64 - bits)).astype(np.uint32), words << np.uint64(bits)


def _repacked(words: np.ndarray, old: int, bits: int) -> np.ndarray:
    return words if old == bits else _packed(*_unpacked(words, old), bits)
