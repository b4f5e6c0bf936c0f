"""Records with the same technical key: which of them counts is settled by what they hold, never by where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from visittally.counting.keys import trimmed
from visittally.dataclass import dataclass
from visittally.reading.blocks import Block, taken
from visittally.reading.hashing import hash_texts, mix
from visittally.words.arrays import number_array, numpy_array, string_array

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from visittally.reading.blocks import Column


class Seen(NamedTuple):
    """Some records of a block whose key stands in further records.

    Attributes:
        keys: Hashes of their keys.
        lines: Their physical lines.
        cells: All their cells, one record behind the other.
        repeats: Hashes of the whole records, where exact repeats are looked for.
    """

    keys: np.ndarray
    lines: np.ndarray
    cells: pa.Array
    repeats: np.ndarray | None


@dataclass(frozen=True, slots=True)
class Sightings:
    """Records of one file whose key stands in further records.

    Attributes:
        file: Position of the file.
        keys: Hashes of their keys.
        filled: How many cells of each are not blank.
        contents: Hashes of what stands in these, by the names of the columns whatever their order.
        lines: Their physical lines.
        columns: All their cells.
        repeats: Hashes of the whole records, where exact repeats are looked for.
    """

    file: int
    keys: np.ndarray
    filled: np.ndarray
    contents: np.ndarray
    lines: np.ndarray
    columns: Mapping[int, Column]
    repeats: np.ndarray | None = None

    def block(self, chosen: np.ndarray) -> Block:
        """Some of them as a block of records."""
        rows = np.flatnonzero(chosen)
        columns = {c: taken(column, rows) for c, column in self.columns.items()}
        repeats = None if self.repeats is None else self.repeats[chosen]
        return Block(columns, len(rows), line_numbers=self.lines[chosen], repeats=repeats)


def sightings_of(file: int, header: Sequence[str], found: Sequence[Seen]) -> Sightings:
    """Note records of a file.

    Args:
        file: Position of the file.
        header: Names of its columns.
        found: Some of the records, block by block.
    """
    keys = np.concatenate([part.keys for part in found])
    lines = np.concatenate([part.lines for part in found])
    cells = pa.concat_arrays([part.cells for part in found])
    hashes = [part.repeats for part in found if part.repeats is not None]
    columns = {c: cells.take(number_array(np.arange(c, len(cells), len(header)))) for c in range(len(header))}
    filled, contents = np.zeros(len(keys), np.int64), np.zeros(len(keys), np.uint64)
    for c, column in columns.items():
        texts = trimmed(column)
        there = numpy_array(pc.binary_length(texts)) > 0
        filled += there
        name = hash_texts(string_array([header[c]]))[0]
        contents += np.where(there, mix(hash_texts(texts) ^ name), np.uint64(0))
    return Sightings(file, keys, filled, contents, lines, columns, np.concatenate(hashes) if hashes else None)


def settle(seen: Sequence[Sightings]) -> tuple[list[np.ndarray], int]:
    """Of the records with one key choose one.

    The fullest one is kept, among equally full ones that with the largest hash of its content: neither depends on the
    order of files or records. Of records with the same content the first is kept.

    Returns:
        For each of `seen` which of its records count; and how many of the others differ from the one that does.
    """
    if not seen:
        return [], 0
    keys = np.concatenate([s.keys for s in seen])
    filled = np.concatenate([s.filled for s in seen])
    contents = np.concatenate([s.contents for s in seen])
    files = np.concatenate([np.full(len(s.keys), s.file) for s in seen])
    lines = np.concatenate([s.lines for s in seen])
    order = np.lexsort((-lines, -files, contents, filled, keys))
    last = np.append(keys[order][1:] != keys[order][:-1], True)
    counted = np.zeros(len(keys), bool)
    counted[order[last]] = True
    group = np.cumsum(last) - last
    winner = order[last][group]
    changed = int(np.count_nonzero(contents[order] != contents[winner]))
    return np.split(counted, np.cumsum([len(s.keys) for s in seen])[:-1]), changed
