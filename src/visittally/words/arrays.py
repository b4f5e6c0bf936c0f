"""Arrow's arrays from values and back, without pandas.

What pyarrow itself offers, `pa.array` and `to_numpy`, loads pandas to look whether it is given something of it. That
takes longer than all the rest of a small run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Collection

_FEW = 64
"""Up to so many texts, one by one is the quickest way."""
_MOST = 2**31 - 1
"""Bytes that an array of strings can hold."""


def string_array(texts: Collection[str]) -> pa.Array:
    """Texts as an array of strings.

    Args:
        texts: None of them null.
    """
    if len(texts) < _FEW:
        builder = pa.lib.StringBuilder()
        builder.append_values(texts)
        return builder.finish()
    content = "".join(texts).encode()
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    if len(content) > lengths.sum():  # some letters take several bytes
        lengths = np.fromiter(map(len, map(str.encode, texts)), np.int64, len(texts))
    if len(content) > _MOST:
        raise pa.ArrowCapacityError(len(content))
    ends = np.zeros(len(texts) + 1, np.int32)
    np.cumsum(lengths, out=ends[1:])
    return pa.StringArray.from_buffers(len(texts), pa.py_buffer(ends), pa.py_buffer(content))


def text_scalar(text: str) -> pa.StringScalar:
    """A text beside which Arrow sets each cell of a column."""
    return string_array([text])[0]


def number_array(numbers: np.ndarray) -> pa.Array:
    """Whole or floating-point numbers as an array."""
    held = pa.py_buffer(np.ascontiguousarray(numbers))
    return pa.Array.from_buffers(pa.from_numpy_dtype(numbers.dtype), len(numbers), [None, held])


def numpy_array(array: pa.Array) -> np.ndarray:
    """The numbers or truth values of an array, to be read only.

    Raises:
        ValueError: Some are null.
    """
    if array.null_count:
        raise ValueError(array.null_count)
    truth = pa.types.is_boolean(array.type)
    numbers = array.cast(pa.uint8()) if truth else array
    dtype = np.dtype(bool if truth else numbers.type.to_pandas_dtype())
    if not len(numbers):
        return np.zeros(0, dtype)
    return np.frombuffer(numbers.buffers()[1], dtype, len(numbers), numbers.offset * dtype.itemsize)
