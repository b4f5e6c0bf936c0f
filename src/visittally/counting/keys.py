"""Keys of records, households and visits as 64-bit hashes, made on the columns' buffers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from visittally.dataclass import dataclass
from visittally.reading.hashing import combine_hashes, contents, hash_texts
from visittally.reading.lexicon import Coded
from visittally.words.arrays import number_array, numpy_array, string_array

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from visittally.reading.blocks import Column

_KEY_SHAPED = r"^(?:uuid:)?[0-9A-Za-z][0-9A-Za-z\-_:]{7,}$"
_SHORTEST = 8
"""Characters of a record key, at least."""
_BLANK = ("", "NA", "n/a", "N/A", "-")
BLANK = hash_texts(string_array([""]))[0]
"""The hash of a blank cell."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of some records.

    Attributes:
        hashes: `uint64`, one for each record.
        present: Which records have one.
    """

    hashes: np.ndarray
    present: np.ndarray

    def among(self, wanted: np.ndarray) -> np.ndarray:
        """Which records have one of some keys, whose hashes are sorted."""
        found = np.zeros(len(self.hashes), bool)
        if len(wanted):
            # Most keys are told to be none of them by their first 16 bits.
            begins = np.zeros(1 << 16, bool)
            begins[wanted >> np.uint64(48)] = True
            maybe = np.flatnonzero(begins[self.hashes >> np.uint64(48)] & self.present)
            places = np.minimum(np.searchsorted(wanted, self.hashes[maybe]), len(wanted) - 1)
            found[maybe] = wanted[places] == self.hashes[maybe]
        return found


def key_hashes(columns: Sequence[tuple[Column | None, bool]], length: int) -> Keys:
    """Keys of one or several columns.

    Args:
        columns: The cells of each (None: the file lacks it), and whether a blank cell there means that there is no key.
        length: Number of records.
    """
    hashes, present = [], np.ones(length, bool)
    for column, telling in columns:
        if column is None:
            hashes.append(np.zeros(length, np.uint64))
            continue
        hashes.append(cell_hashes(column))
        if telling:
            present &= _once("is key", _are_keys, column)
    if not hashes:
        return Keys(np.zeros(length, np.uint64), np.zeros(length, bool))
    return Keys(combine_hashes(hashes), present)


def record_key_hashes(column: Column) -> Keys:
    """Keys of records; those not shaped like a key (blank, 0.5, NA) are none."""
    return Keys(cell_hashes(column), _once("is record key", _are_shaped, column).copy())


def cell_hashes(column: Column) -> np.ndarray:
    """A 64-bit hash of each cell without white space at its ends; `BLANK` for a blank one."""
    return _once("key", _trimmed_hashes, column)


def _once(name: str, work: Callable[[pa.Array], np.ndarray], column: Column) -> np.ndarray:
    """Something about each cell, worked out once for each value of a lexicon."""
    if not isinstance(column, Coded):
        return work(column)
    return np.asarray(column.lexicon.made(name, lambda values: work(string_array(values)))[column.codes])


def trimmed(texts: pa.Array) -> pa.Array:
    """Texts without white space at their ends."""
    content, _offsets = contents(texts)
    if not len(content) or (content.min() > ord(" ") and content.max() < 0x80):
        return texts
    return pc.utf8_trim_whitespace(texts)


def _trimmed_hashes(texts: pa.Array) -> np.ndarray:
    return hash_texts(trimmed(texts))


def _are_keys(texts: pa.Array) -> np.ndarray:
    content, offsets = contents(texts)
    if len(content) and content.min() > ord(" ") and content.max() < 0x80:
        found = np.ones(len(texts), bool)
        short = np.flatnonzero(np.diff(offsets) <= max(map(len, _BLANK)))
        if len(short):
            found[short] = ~numpy_array(pc.is_in(texts.take(number_array(short)), value_set=string_array(_BLANK)))
        return found
    blank = pc.is_in(pc.utf8_trim_whitespace(texts), value_set=string_array(_BLANK))
    return ~numpy_array(blank)


def _are_shaped(texts: pa.Array) -> np.ndarray:
    content, offsets = contents(texts)
    long = len(texts) > 0 and int(np.diff(offsets).min()) >= _SHORTEST
    if long and _are_alphanumeric(content[offsets[:-1]]).all() and _are_in_keys(content).all():
        return np.ones(len(texts), bool)
    shaped = pc.match_substring_regex(pc.utf8_trim_whitespace(texts), _KEY_SHAPED)
    return numpy_array(shaped)


def _are_alphanumeric(characters: np.ndarray) -> np.ndarray:
    """Which bytes are letters or digits of ASCII; differences below zero wrap around and are large."""
    letters = ((characters | np.uint8(0x20)) - np.uint8(ord("a"))) < np.uint8(26)
    return np.asarray(letters | ((characters - np.uint8(ord("0"))) < np.uint8(10)))


def _are_in_keys(characters: np.ndarray) -> np.ndarray:
    """Which bytes may stand in a record key."""
    found = _are_alphanumeric(characters)
    for other in b"-_:":
        found |= characters == other
    return found
