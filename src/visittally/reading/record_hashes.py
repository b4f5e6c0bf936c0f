"""Hashes of whole records, by which exact repeats are found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from visittally.reading.hashing import combine_hashes, hash_texts
from visittally.reading.lexicon import Coded
from visittally.words.arrays import string_array

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from visittally.reading.blocks import Column

SOUGHT = 200_000
"""Records of a workbook or Parquet file up to which exact repeats are looked for: it needs all columns."""


def record_hashes(header: Sequence[str], columns: Mapping[int, Column]) -> np.ndarray | None:
    """One 64-bit hash for each record, whatever the order of its columns.

    Args:
        header: Names of all columns.
        columns: Position -> cells of all columns.

    Returns:
        `uint64` array with one hash a record, None for a table without columns.
    """
    order = sorted(columns, key=lambda column: (header[column], column))
    return combine_hashes([column_hashes(columns[column]) for column in order]) if order else None


def column_hashes(column: Column) -> np.ndarray:
    """A 64-bit hash of each cell of a column; `uint64`."""
    if not isinstance(column, Coded):
        return hash_texts(column)
    hashes = column.lexicon.made("hash", lambda values: hash_texts(string_array(values)))
    return np.asarray(hashes[column.codes])
