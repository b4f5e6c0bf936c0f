"""Codings and exploded frames against plain loops."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from visittally.answers.coding import (
    Coding,
    drop_zero_weights,
    explode,
    per_value,
    weights_of,
)
from visittally.answers.lines import sums
from visittally.counting.tally import Frame

VALUES = ("", "a", "a;b", "b", "c;a;b")
"""Values of a dimension; each names its keys."""
FEW = hypothesis_settings(max_examples=40, deadline=None)


def keys_of(value):
    return [key for key in value.split(";") if key]


combinations = st.dictionaries(
    st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(0, 2)), st.integers(1, 9), max_size=12
)
"""Codes of two dimensions and of a weight -> cases."""
WEIGHTS = ("0", "0.5", "2")


def frame_of(found):
    codes = np.array(sorted(found), np.int64).reshape(-1, 3)
    counts = np.array([found[key] for key in sorted(found)], np.int64)
    return Frame((list(VALUES), list(VALUES), list(WEIGHTS)), codes, counts)


@FEW
@given(combinations)
def test_exploding_is_a_loop_over_all_choices(found):
    """One line for each combination and each choice of one key of each dimension, with its cases."""
    coding = Coding.of(VALUES, keys_of)
    expected = Counter()
    for (first, second, _), n in found.items():
        for one in keys_of(VALUES[first]):
            for other in keys_of(VALUES[second]):
                expected[coding.keys.index(one), coding.keys.index(other)] += n

    lines = explode(frame_of(found), {0: coding, 1: coding})

    assert sums(lines, [0, 1]) == expected


@FEW
@given(combinations)
def test_without_codings_each_combination_is_one_line(found):
    """The grand total counts each case once."""
    lines = explode(frame_of(found), {})

    assert lines["row"].tolist() == list(range(len(found)))
    assert sums(lines, []).get((), 0) == sum(found.values())


@FEW
@given(combinations)
def test_extra_columns_follow_their_combination(found):
    """Each line has the extra values of the combination that it came from."""
    frame = frame_of(found)
    lines = explode(frame, {0: Coding.of(VALUES, keys_of)}, {"twice": 2 * frame.counts})

    assert lines["twice"].tolist() == [2 * n for n in lines["n"]]


@FEW
@given(combinations)
def test_weights_are_cases_times_weight(found):
    """Combinations of weight zero go, and the sum of weights stays."""
    frame = frame_of(found)
    expected = sum(float(WEIGHTS[w]) * n for (_, _, w), n in found.items())

    kept = drop_zero_weights(frame, 2)

    assert kept.counts.sum() == sum(n for (_, _, w), n in found.items() if w)
    assert weights_of(kept, 2).sum() == pytest.approx(expected) == weights_of(frame, 2).sum()


@FEW
@given(combinations)
def test_facts_of_values_are_carried_over(found):
    """`per_value` looks the fact up for each combination."""
    facts = per_value(frame_of(found), 1, ["b" in value for value in VALUES])

    assert facts.tolist() == ["b" in VALUES[second] for _, second, _ in sorted(found)]


@FEW
@given(st.lists(st.sampled_from(VALUES), unique=True))
def test_an_aligned_coding_means_the_same(chosen):
    """Another choice and order of the values has the same keys for each."""
    whole = Coding.of(VALUES, keys_of)
    aligned = whole.aligned(chosen)

    assert aligned.keys == whole.keys
    assert [[aligned.keys[i] for i in found] for found in aligned.lists()] == [keys_of(value) for value in chosen]


def test_keys_stand_in_the_order_given_and_known_ones_are_there():
    """`order` sorts the keys; `known` ones need no value."""
    coding = Coding.of(["b", "a"], lambda value: [value], order="cba".index, known=("c",))

    assert coding.keys == ("c", "b", "a")
    assert coding.lists() == [[1], [2]]


def test_nothing_counted_has_no_facts_and_no_sums():
    """An empty frame explodes into nothing."""
    empty = Frame(([], []), np.zeros((0, 2), np.int64), np.zeros(0, np.int64))

    assert len(explode(empty, {0: Coding.of([], keys_of)})) == 0
    assert per_value(empty, 0, []).tolist() == weights_of(empty, 1).tolist() == []
    assert sums(explode(empty, {}), []) == {}
