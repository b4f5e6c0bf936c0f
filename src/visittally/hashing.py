"""64-bit hashes of many texts at once, made on the columns' buffers."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)


def mix(words: np.ndarray) -> np.ndarray:
    """Scramble 64-bit words (the finaliser of splitmix64)."""
    words = (words ^ (words >> np.uint64(30))) * _MIX_1
    words = (words ^ (words >> np.uint64(27))) * _MIX_2
    return np.asarray(words ^ (words >> np.uint64(31)))


def hash_texts(texts: pa.Array) -> np.ndarray:
    """Hash each text of a string or dictionary array without nulls.

    Returns:
        `uint64` array as long as `texts`; equal texts have equal hashes on every machine and in every run.
    """
    if isinstance(texts, pa.DictionaryArray):
        return np.asarray(hash_texts(texts.dictionary)[texts.indices.to_numpy(zero_copy_only=False)])
    texts = texts.cast(pa.large_string()) if pa.types.is_string(texts.type) else texts
    lengths = pc.binary_length(texts).to_numpy(zero_copy_only=False).astype(np.int64)
    _, offset_buffer, content = texts.buffers()
    offsets = np.frombuffer(offset_buffer, np.int64)[texts.offset : texts.offset + len(texts) + 1]
    content_bytes = np.frombuffer(content, np.uint8) if content is not None else np.zeros(0, np.uint8)
    hashes = np.zeros(len(texts), np.uint64)
    if not len(texts):
        return hashes
    for length in np.flatnonzero(np.bincount(lengths)):
        rows = np.flatnonzero(lengths == length)
        hashes[rows] = _hash_fixed(content_bytes, offsets[:-1][rows], int(length))
    return hashes


def _hash_fixed(content: np.ndarray, starts: np.ndarray, length: int) -> np.ndarray:
    """Hash texts of one length in bytes."""
    words = -(-length // 8)
    padded = np.zeros((len(starts), words * 8), np.uint8)
    if length:
        together = len(starts) > 1 and bool((np.diff(starts) == length).all())
        if together:
            padded[:, :length] = content[starts[0] : starts[0] + length * len(starts)].reshape(-1, length)
        else:
            padded[:, :length] = content[starts[:, None] + np.arange(length)]
    found = np.full(len(starts), (length * int(_GOLDEN)) & 0xFFFFFFFFFFFFFFFF, np.uint64)
    for column in padded.view(np.uint64).T:
        found = mix(found ^ column) + _GOLDEN
    return found


def combine_hashes(columns: list[np.ndarray]) -> np.ndarray:
    """One hash of several columns of hashes; the order of the columns counts."""
    found = columns[0]
    for column in columns[1:]:
        found = mix(found + _GOLDEN) ^ column
        found = mix(found)
    return found
