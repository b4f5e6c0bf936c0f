"""64-bit hashes of many texts at once, made on the columns' buffers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from visittally.reading.text import heart

if TYPE_CHECKING:
    import pyarrow as pa

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_MASKS = np.array([0, *((1 << 8 * n) - 1 for n in range(1, 9))], np.uint64)
_STRETCH = 1 << 15
"""Words that are looked at together: so many fit into the cache of a processor."""
_LONG = 256
"""Texts of so many bytes are hashed one by one."""


def mix(words: np.ndarray) -> np.ndarray:
    """Scramble 64-bit words (the finaliser of splitmix64)."""
    words = (words ^ (words >> np.uint64(30))) * _MIX_1
    words = (words ^ (words >> np.uint64(27))) * _MIX_2
    return np.asarray(words ^ (words >> np.uint64(31)))


def hash_texts(texts: pa.Array) -> np.ndarray:
    """Hash each text of a string array without nulls.

    Returns:
        `uint64` array as long as `texts`; equal texts have equal hashes on every machine and in every run.
    """
    if not len(texts):
        return np.zeros(0, np.uint64)
    if heart.native is not None:
        return _compiled_hashes(texts)
    held, places = contents(texts)
    offsets, lengths = places[:-1].astype(np.int64), np.diff(places)
    content = np.append(held, np.zeros(8, np.uint8))  # so that the last ones can be looked at eight at a time
    words = np.ndarray((len(content) - 7,), "<u8", content, strides=(1,))
    found = lengths.astype(np.uint64) * _GOLDEN
    longest = int(lengths.max())
    for first in range(0, min(longest, _LONG), 8):
        rows = np.flatnonzero(lengths > first)
        everywhere = len(rows) == len(lengths)
        starts, left = (offsets, lengths) if everywhere else (offsets[rows], lengths[rows])
        word = words[starts + first]
        word &= _MASKS.take(np.minimum(left - first, 8))
        word ^= found if everywhere else found[rows]
        word *= _MIX_1
        word ^= word >> np.uint64(32)
        if everywhere:
            found = word
        else:
            found[rows] = word
    if longest >= _LONG:
        for row in np.flatnonzero(lengths >= _LONG).tolist():
            found[row] = _hash_of_long(held[places[row] : places[row + 1]].tobytes())
    return mix(found)


def _hash_of_long(text: bytes) -> int:
    import hashlib

    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "little")


def _compiled_hashes(texts: pa.Array) -> np.ndarray:
    """What `hash_texts` gives, found by the compiled heart."""
    assert heart.native is not None
    _valid, places, buffer = texts.buffers()
    offsets = np.frombuffer(places, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    content = b"" if buffer is None else buffer
    found = np.empty(len(texts), np.uint64)
    if heart.native.hashes(content, offsets, found, _LONG):
        long = np.flatnonzero(np.diff(offsets) >= _LONG)
        for row in long.tolist():
            found[row] = _hash_of_long(bytes(memoryview(content)[offsets[row] : offsets[row + 1]]))
        found[long] = mix(found[long])
    return found


def contents(texts: pa.Array) -> tuple[np.ndarray, np.ndarray]:
    """The bytes of some texts one behind the other, to be read only, and where in them each begins.

    Returns:
        `uint8`, and `len(texts) + 1` offsets.
    """
    _valid, places, buffer = texts.buffers()
    offsets = np.frombuffer(places, np.int32)[texts.offset : texts.offset + len(texts) + 1]
    first, last = int(offsets[0]), int(offsets[-1])
    content = np.zeros(0, np.uint8) if buffer is None else np.frombuffer(buffer, np.uint8, last - first, first)
    return content, offsets - first if first else offsets


def sort_words(words: np.ndarray, *, distinct: bool = False) -> np.ndarray:
    """Sort words of 64 bits where they stand.

    Args:
        words: `uint64` array that may be changed.
        distinct: Whether each is wanted once.
    """
    words.sort()
    if not distinct:
        return words
    left = 0
    for start in range(0, len(words), _STRETCH):
        part = words[start : start + _STRETCH]
        new = np.empty(len(part), bool)
        np.not_equal(part[1:], part[:-1], out=new[1:])
        new[0] = not left or part[0] != words[left - 1]
        different = part[new]
        words[left : left + len(different)] = different
        left += len(different)
    # What stays behind the last one should not stay in memory when it is much.
    return words[:left].copy() if 8 * left < 7 * len(words) else words[:left]


def combine_hashes(columns: list[np.ndarray]) -> np.ndarray:
    """One hash of several columns of hashes, of which the order counts; of a single one its own."""
    if len(columns) == 1:
        return columns[0]
    found = columns[0]
    for column in columns[1:]:
        found = (found ^ (found >> np.uint64(32))) * _MIX_1
        found ^= column
    return mix(found)
