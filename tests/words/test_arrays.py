"""Arrow's arrays from values and back, against what pyarrow itself makes of them."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from visittally.words.arrays import number_array, numpy_array, string_array, text_scalar

TEXTS = st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=5), max_size=12)


@given(TEXTS)
def test_texts_are_strings(texts):
    """As pyarrow makes them."""
    assert string_array(texts).equals(pa.array(texts, pa.string()))


@pytest.mark.parametrize("text", ["", '"', "东坪村"])
def test_a_text_beside_a_column(text):
    """As pyarrow makes it of a text."""
    assert text_scalar(text).equals(pa.scalar(text, pa.string()))


@given(st.lists(st.integers(-(2**31), 2**31 - 1)), st.sampled_from(["int32", "int64", "float64"]), st.integers(0, 3))
def test_numbers_there_and_back(numbers, dtype, first):
    """Also from within a longer array."""
    held = np.array(numbers, dtype)

    assert number_array(held).equals(pa.array(held))
    assert numpy_array(number_array(held)[first:]).tolist() == held[first:].tolist()
    assert numpy_array(number_array(held)).dtype == held.dtype


@given(TEXTS, st.integers(0, 3))
def test_truth_values(texts, first):
    """Bits become truth values, from any place on."""
    found = pc.equal(string_array([*texts, "a"]), "a")[first:]

    assert numpy_array(found).tolist() == found.to_pylist()


def test_null_is_no_number():
    """Nobody is given a number that stands for none."""
    with pytest.raises(ValueError, match="1"):
        numpy_array(pa.array([1, None]))
