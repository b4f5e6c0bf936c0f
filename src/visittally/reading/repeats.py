"""Hashes of whole records, by which exact repeats are found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.hashing import combine_hashes, hash_texts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    import pyarrow as pa

SOUGHT = 200_000
"""Records of a workbook or Parquet file up to which exact repeats are looked for: it needs all columns."""


def record_hashes(header: Sequence[str], columns: Mapping[int, pa.Array]) -> np.ndarray | None:
    """One 64-bit hash for each record, whatever the order of its columns.

    Args:
        header: Names of all columns.
        columns: Position -> cells of all columns.

    Returns:
        `uint64` array with one hash a record, None for a table without columns.
    """
    order = sorted(columns, key=lambda column: (header[column], column))
    return combine_hashes([hash_texts(columns[column]) for column in order]) if order else None
