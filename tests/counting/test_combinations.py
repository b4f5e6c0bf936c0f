"""Combinations of codes: in an array of all possible ones, or listed, they are the same."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visittally.counting import combinations
from visittally.counting.combinations import (
    Combinations,
    brought_together,
    combine,
    flat_codes,
    keys_of_rows,
    unique_rows,
)

FEW = settings(max_examples=60, deadline=None)
NUMBERS = st.one_of(st.integers(0, 3), st.sampled_from([-(2**63), 2**63 - 1, -5, 2**40]))
"""Key positions, and the bits of floats."""
ROWS = st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS, st.integers(-9, 9)), min_size=1, max_size=30)
BLOCKS = st.lists(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=12), max_size=6)


def listed(found):
    """Combination -> how often, each once."""
    codes, counts = found
    assert len(set(map(tuple, codes.tolist()))) == len(codes)
    return dict(zip(map(tuple, codes.tolist()), counts.tolist(), strict=True))


def columns_of(rows):
    return [np.array(column, np.int32) for column in zip(*rows, strict=True)]


@FEW
@given(ROWS)
def test_combinations_are_brought_together(rows):
    """Whatever the numbers are: codes, or the bits of floats."""
    columns = np.array(rows, np.int64)
    expected = pd.DataFrame(columns).groupby([0, 1, 2])[3].sum().to_dict()

    codes, counts = brought_together(columns[:, :3], columns[:, 3])

    assert dict(zip(map(tuple, codes.tolist()), counts.tolist(), strict=True)) == expected


@FEW
@given(ROWS)
def test_rows_are_numbered_as_they_appear(rows):
    """The first of each, and for each its number."""
    first, numbers = unique_rows(list(np.array(rows, np.int64).T))
    order = list(dict.fromkeys(rows))

    assert [rows[i] for i in first] == order
    assert [order[i] for i in numbers] == rows


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=40))
@settings(max_examples=40, deadline=None)
def test_sparse_and_dense_counting_agree(pairs):
    """Combinations are counted alike in an array of all possible ones and by sorting."""
    columns = [np.array([p[0] for p in pairs]), np.array([p[1] for p in pairs])]

    dense = combine(columns, [4, 4])
    sparse = combine(columns, [4, 1 << 40])

    def as_dict(found):
        return dict(zip(map(tuple, found[0].tolist()), found[1].tolist(), strict=True))

    assert as_dict(dense) == as_dict(sparse)


@FEW
@given(BLOCKS, st.sampled_from([1, 16, 64, 1 << 21]), st.integers(1, 8))
def test_counts_are_those_of_a_loop_however_large_the_array_may_grow(blocks, dense, waiting):
    """In an array that grows with the codes, in lists once it would be too large, in both together."""
    counted = Combinations()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(combinations, "_DENSE", dense)
        patch.setattr(combinations, "_WAITING", waiting)
        patch.setattr(combinations, "_MANY_PARTS", 2)
        for rows in blocks:
            codes = columns_of(rows)
            counted.count(codes, [int(column.max()) + 1 for column in codes])
        every = Counter(row for rows in blocks for row in rows)

        assert counted.empty is (not blocks)
        assert not blocks or listed(counted.compact()) == every
        assert not blocks or listed(counted.compact()) == every


@FEW
@given(BLOCKS, st.sampled_from([1, 16, 1 << 21]))
def test_what_is_added_to_what_was_counted_is_one_sum(blocks, dense):
    counted = Combinations()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(combinations, "_DENSE", dense)
        for rows in blocks:
            codes = columns_of(rows)
            sizes = [int(column.max()) + 1 for column in codes]
            counted.count(codes, sizes)
            counted.add(*combine(codes, sizes))

        assert not blocks or listed(counted.compact()) == {
            row: 2 * n for row, n in Counter(row for rows in blocks for row in rows).items()
        }


def test_the_bits_of_numbers_are_added_as_they_are():
    """They may be below zero, which is no place in an array."""
    counted = Combinations()
    counted.add(np.array([[0, -(2**62)], [1, 3]]), np.array([2, 1]))
    counted.add(np.array([[0, -(2**62)]]), np.array([5]))
    counted.add(np.zeros((0, 2), np.int64), np.zeros(0, np.int64))

    assert listed(counted.compact()) == {(0, -(2**62)): 7, (1, 3): 1}


def test_of_what_was_taken_out_again_nothing_is_left():
    counted = Combinations()
    counted.list(np.array([[1, 1], [2, 2]]), np.array([3, 4]))
    counted.list(np.array([[1, 1]]), np.array([-3]))

    assert listed(counted.compact()) == {(2, 2): 4}


@FEW
@given(st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS), min_size=1, max_size=20))
def test_keys_of_rows_are_in_the_order_of_the_rows(rows):
    """The same for the same rows, none of them negative, all below the number that is given beside them."""
    keys, space = keys_of_rows(list(np.array(rows, np.int64).T))

    assert keys.min() >= 0
    assert int(keys.max()) < space
    assert [rows.index(row) for row in sorted(set(rows))] == [
        rows.index(rows[i]) for i in np.unique(keys, return_index=True)[1]
    ]
    assert [[a == b for a in keys.tolist()] for b in keys.tolist()] == [[a == b for a in rows] for b in rows]


@pytest.mark.parametrize(
    ("sizes", "space"), [([3, 3], 16), ([4, 3], 16), ([5, 3], 32), ([1, 1], 1), ([0, 4], 4), ([2, 3, 5], 64)]
)
def test_flat_numbers_differ_and_their_space_changes_only_when_sizes_double(sizes, space):
    rows = [row for row in np.ndindex(*sizes)] or [(0,) * len(sizes)]  # noqa: C416
    flat, found = flat_codes(columns_of(rows), sizes)

    assert found == space
    assert len(set(flat.tolist())) == len(rows)
    assert max(flat.tolist()) < space


def test_too_many_possible_combinations_have_no_flat_numbers():
    few, space = flat_codes(columns_of([(1, 1)]), [1 << 11, 1 << 10])
    many, more = flat_codes(columns_of([(1, 1)]), [1 << 11, 1 << 11])

    assert (few.tolist(), space) == ([1 + (1 << 10)], 1 << 21)
    assert (many, more) == (None, 1 << 22)


def test_nothing_has_no_combinations():
    nothing = np.zeros(0, np.int64)

    assert Combinations().empty
    assert [part.tolist() for part in unique_rows([nothing, nothing])] == [[], []]
