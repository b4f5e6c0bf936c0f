"""Sets of keys, 8 bytes a key: how many different households, visits, records there are in each combination."""

from __future__ import annotations

import weakref
from dataclasses import field
from typing import TYPE_CHECKING, Any

import numpy as np

from visittally import temporary
from visittally.dataclass import dataclass
from visittally.reading.hashing import sort_words

if TYPE_CHECKING:
    from collections.abc import Iterator

PENDING = 1 << 20
"""Keys that wait before they are sorted in, at least; where more are held, half as many as these."""
IN_MEMORY = 8_000_000
"""Keys held in memory; more are kept in runs on disk."""
AT_ONCE = 1 << 20
"""Keys that others look at together: what they make of each takes many times its size."""
_RANGES = 64
"""Ranges of hashes, told by their upper bits, of which one is looked at at a time where keys are on disk."""
_TO_RANGE = np.uint64(58)
_STRETCH = 1 << 15
"""Keys that are looked at together: so many fit into the cache of a processor."""


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
        self._compact_much()

    def _compact_much(self) -> None:
        """Sort in what is pending, and what came from other sets, where it is much beside what is sorted in."""
        held = [len(words) for _bits, words in self.runs if isinstance(words, np.ndarray)]
        if self.pending + sum(held[1:]) > max(PENDING, sum(held[:1]) // 2):
            self.compact()

    def compact(self) -> None:
        """Sort what is pending into the set."""
        bits = self._bits()
        if not self.codes and len(self.runs) == 1 and self.runs[0][0] == bits:
            return
        held = [(old, words) for old, words in self.runs if isinstance(words, np.ndarray)]
        self.runs = [(old, words) for old, words in self.runs if not isinstance(words, np.ndarray)]
        if held or self.codes:
            together = np.empty(sum(len(words) for _old, words in held) + self.pending, np.uint64)
            at = 0
            # What has been copied is let go at once: there may be many.
            while held:
                old, words = held.pop()
                _repack(words, old, bits, together[at : (at := at + len(words))])
            while self.codes:
                hashes = self.hashes.pop()
                together[at : at + len(hashes)] = _packed(self.codes.pop(), hashes, bits)
                at += len(hashes)
            distinct = sort_words(together, distinct=True)
            self.runs.append((bits, distinct if len(distinct) <= IN_MEMORY else _Run(distinct, bits)))
        self.pending = 0

    def _bits(self) -> int:
        """How many bits the numbers of the combinations take."""
        return max(len(self.combinations) - 1, 0).bit_length()

    def merge(self, other: KeySet) -> None:
        """Add all pairs of another set."""
        numbers = np.array([self.number(c) for c in other.combinations], np.uint32)
        for bits, words in other.runs:
            if isinstance(words, np.ndarray):
                own = np.empty_like(words)
                _repack(words, bits, self._bits(), own, numbers)
                self.runs.append((self._bits(), own))
                continue
            for part in words.parts():
                codes, hashes = _unpacked(part, bits)
                self.add(numbers[codes], hashes)
        self.codes += [numbers[codes] for codes in other.codes]
        self.hashes += other.hashes
        self.pending += other.pending
        self._compact_much()

    def pairs(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """All pairs as (combination numbers, hashes), each once, in stretches with disjoint hashes."""
        self.compact()
        bits = self._bits()
        if not self.runs:
            return
        if len(self.runs) == 1 and isinstance(self.runs[0][1], np.ndarray):
            yield from _in_ranges(self.runs[0][1], bits)
            return
        self.runs = [(old, words if isinstance(words, _Run) else _Run(words, old)) for old, words in self.runs]
        for stretch in range(_RANGES):
            parts = [_packed(*_unpacked(run.within(stretch), old), bits) for old, run in self.runs]
            yield _unpacked(sort_words(np.concatenate(parts), distinct=True), bits)

    def counts(self, labels: np.ndarray, size: int) -> np.ndarray:
        """How many different keys there are under each label.

        Args:
            labels: For each combination its label; several may share one, which a key then counts for once.
            size: Number of labels.
        """
        counts = np.zeros(size, np.int64)
        self.compact()
        if len(np.unique(labels)) == len(labels):
            counts[labels] = self._counts()
            return counts
        bits = max(size - 1, 0).bit_length()
        for relabelled in self._relabelled(labels.astype(np.uint32), bits):
            counts += _counts_of(sort_words(relabelled, distinct=True), bits, size)
        return counts

    def _counts(self) -> np.ndarray:
        """How many different keys each combination has."""
        size = len(self.combinations)
        if len(self.runs) == 1 and isinstance(self.runs[0][1], np.ndarray):
            [(bits, words)] = self.runs
            return _counts_of(words, bits, size)
        counts = np.zeros(size, np.int64)
        for codes, _hashes in self.pairs():
            counts += np.bincount(codes, minlength=size)
        return counts

    def counts_of_several(self, labels: np.ndarray, size: int) -> np.ndarray:
        """The same where a combination may have several labels.

        Args:
            labels: A line for each combination: its labels, then -1.
            size: Number of labels.
        """
        counts = np.zeros(size, np.int64)
        bits = max(size - 1, 0).bit_length()
        for codes, hashes in self.pairs():
            parts = []
            for column in labels.T:
                own = column[codes]
                parts.append(_packed(own[own >= 0].astype(np.uint32), hashes[own >= 0], bits))
            counts += _counts_of(sort_words(np.concatenate(parts), distinct=True), bits, size)
        return counts

    def _relabelled(self, labels: np.ndarray, bits: int) -> Iterator[np.ndarray]:
        """All pairs, packed with a label in the place of the combination; in stretches with disjoint hashes."""
        if len(self.runs) == 1 and isinstance(self.runs[0][1], np.ndarray):
            [(old, words)] = self.runs
            found = np.empty_like(words)
            _repack(words, old, bits, found, labels)
            yield found
            return
        for codes, hashes in self.pairs():
            yield _packed(labels[codes], hashes, bits)


def _counts_of(words: np.ndarray, bits: int, size: int) -> np.ndarray:
    """How many packed pairs there are of each number."""
    counts = np.zeros(size, np.int64)
    for start in range(0, len(words), _STRETCH):
        counts += np.bincount(_unpacked(words[start : start + _STRETCH], bits)[0], minlength=size)
    return counts


def _in_ranges(words: np.ndarray, bits: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Unpack pairs, of many those with hashes of one range at a time."""
    parts = max((max(len(words), 1) - 1).bit_length() - AT_ONCE.bit_length() + 1, 0)
    if not parts:
        yield _unpacked(words, bits)
        return
    for number in range(1 << parts):
        found = []
        for start in range(0, len(words), _STRETCH):
            part = words[start : start + _STRETCH]
            found.append(part[(part << np.uint64(bits)) >> np.uint64(64 - parts) == number])
        yield _unpacked(np.concatenate(found), bits)


class _Run:
    """A run of packed pairs, by ranges of their hashes, in a temporary file that is gone when nobody holds it."""

    def __init__(self, words: np.ndarray, bits: int) -> None:
        self._file = temporary.unnamed()
        self._bits = bits
        ranges = np.empty(len(words), np.uint8)
        for start in range(0, len(words), _STRETCH):
            part = slice(start, start + _STRETCH)
            ranges[part] = _unpacked(words[part], bits)[1] >> _TO_RANGE
        try:
            for number in range(_RANGES):
                words[ranges == number].tofile(self._file)
            self._file.flush()
        except OSError as error:
            raise temporary.no_room(error) from error
        self._starts = np.cumsum([0, *np.bincount(ranges, minlength=_RANGES)]).tolist()
        weakref.finalize(self, self._file.close)

    def _words(self) -> np.ndarray:
        return np.memmap(self._file, np.uint64, "r", shape=(self._starts[-1],))

    def parts(self, size: int = 1 << 22) -> Iterator[np.ndarray]:
        """The pairs in stretches."""
        words = self._words()
        for start in range(0, len(words), size):
            yield np.array(words[start : start + size])

    def within(self, number: int) -> np.ndarray:
        """The pairs with hashes of one range."""
        start, end = self._starts[number : number + 2]
        return np.array(self._words()[start:end]) if end > start else np.zeros(0, np.uint64)

    def __reduce__(self) -> tuple[Any, ...]:
        return _Run, (np.concatenate(list(self.parts())), self._bits)


def _packed(codes: np.ndarray, hashes: np.ndarray, bits: int) -> np.ndarray:
    if not bits:
        return hashes
    return (codes.astype(np.uint64) << np.uint64(64 - bits)) | (hashes >> np.uint64(bits))


def _unpacked(words: np.ndarray, bits: int) -> tuple[np.ndarray, np.ndarray]:
    if not bits:
        return np.zeros(len(words), np.uint32), words
    return (words >> np.uint64(64 - bits)).astype(np.uint32), words << np.uint64(bits)


def _repack(words: np.ndarray, old: int, bits: int, into: np.ndarray, numbers: np.ndarray | None = None) -> None:
    """Pack pairs with another number of bits, and with other numbers of their combinations where these are given."""
    for start in range(0, len(words), _STRETCH):
        part = slice(start, start + _STRETCH)
        if old == bits and numbers is None:
            into[part] = words[part]
            continue
        codes, hashes = _unpacked(words[part], old)
        into[part] = _packed(codes if numbers is None else numbers[codes], hashes, bits)
