"""Columns of numbers that people wrote -> floating-point numbers; weights."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from visittally.words.arrays import numpy_array, string_array
from visittally.words.quantities import parse as parse_quantity
from visittally.words.vocabulary import key_of, words


def numbers_of(cells: pa.Array, *, decimal_comma: bool = False) -> np.ndarray:
    """The numbers in some cells as `float64`: NaN where blank, inf where a text is no number.

    A cell that says that it is blank, or that nothing was asked (NA, 未填, 跳过), is blank.

    Args:
        cells: The texts.
        decimal_comma: Whether decimals stand behind a comma, and points between thousands.
    """
    trimmed = pc.utf8_trim_whitespace(cells)
    if decimal_comma:
        trimmed = pc.replace_substring(pc.replace_substring_regex(trimmed, r"\.(\d{3})", r"\1"), ",", ".")
    plain = pc.match_substring_regex(trimmed, r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?$")
    numbers = pc.if_else(plain, trimmed, string_array(["nan"])[0]).cast(pa.float64())
    found = numpy_array(numbers).copy()
    for i in np.flatnonzero(~numpy_array(plain)):
        text = trimmed[int(i)].as_py()
        value = parse_quantity(text).value if text else None
        found[i] = value if value is not None else np.nan if _unanswered(text) else np.inf
    return np.asarray(found + 0.0)  # -0.0 is 0.0


def _unanswered(text: str) -> bool:
    key = key_of(text)
    return not text or key in words("blank") or key in words("not_asked")


def plain_weight(text: str, *, decimal_comma: bool) -> str:
    """A weight as Python writes numbers: 1,5 is 1.5, and 1,250 where the column has decimal commas 1.25."""
    plain = text.strip()
    if "," not in plain:
        return plain
    value = parse_quantity(plain.replace(".", "").replace(",", ".") if decimal_comma else plain).value
    return text if value is None else repr(value)


def weight_of(text: str) -> float | None:
    """The weight that a cell holds; None where it is blank, negative or no number."""
    try:
        weight = float(text.strip())
    except ValueError:
        return None
    return weight if 0 <= weight < float("inf") else None
