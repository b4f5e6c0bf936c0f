"""Near duplicates: for each record the one that gave the most equal answers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visittally.analyses.check import near
from visittally.analyses.check.near import COMMON, nearest


@given(st.lists(st.lists(st.integers(0, 3), min_size=26, max_size=26), min_size=2, max_size=14), st.data())
@settings(max_examples=40)
def test_nearest_neighbours_are_those_of_the_definition(rows, data):
    """Equal answers / questions that either answered, with at least 20 in common; pair by pair in plain Python."""
    visitor = np.array([data.draw(st.integers(-1, 2)) for _row in rows])
    found = nearest([np.array(column) for column in zip(*rows, strict=True)], visitor, 0.5)

    def s(one, other):
        common = sum(a > 0 and b > 0 for a, b in zip(one, other, strict=True))
        either = sum(a > 0 or b > 0 for a, b in zip(one, other, strict=True))
        return sum(a == b > 0 for a, b in zip(one, other, strict=True)) / either if common >= 20 else -1.0

    pairs = {}
    for i, one in enumerate(rows):
        values = [s(one, other) for j, other in enumerate(rows) if j != i]
        own = [s(one, o) for j, o in enumerate(rows) if j != i and visitor[i] == visitor[j] >= 0]
        assert found.best[i] == pytest.approx(max(values))
        assert found.own[i] == pytest.approx(max([-1.0, *own]))
        pairs |= {(i, j): s(one, other) for j, other in enumerate(rows) if j > i and s(one, other) >= 0.5}
    assert {(i, j): value for i, j, value in found.pairs} == pytest.approx(pairs)


def test_questions_with_many_answers_are_compared_as_well():
    """More than 255 different answers, and more questions than a byte counts."""
    rng = np.random.default_rng(3)
    codes = [rng.integers(1, 600, 400) for _ in range(300)]
    for column in codes:
        column[7] = column[3]
    found = nearest(codes, np.zeros(400, int), 0.99)

    assert found.pairs == [(3, 7, 1.0)]


def records(*rows):
    return [np.array(column) for column in zip(*rows, strict=True)]


def test_twenty_answers_must_be_common():
    """What one of the two left blank lowers s; what both left blank does not."""
    one = [1] * COMMON + [2, 0]
    other = [1] * COMMON + [0, 0]

    assert nearest(records(one, other), np.zeros(2, int), 0.9).pairs == [(0, 1, COMMON / (COMMON + 1))]
    assert nearest(records(one[1:], other[1:]), np.zeros(2, int), 0.0).best.tolist() == [-1, -1]


def test_neighbours_of_the_same_visitor_are_known_apart():
    """Records of nobody have none, also beside others of nobody."""
    same, other = [1] * 25, [1] * 20 + [2] * 5
    found = nearest(records(same, other, same, same, same), np.array([0, 0, 1, -1, -1]), 0.99)

    assert found.best.tolist() == pytest.approx([1, 0.8, 1, 1, 1])
    assert found.own.tolist() == pytest.approx([0.8, 0.8, -1, -1, -1])
    assert [pair[:2] for pair in found.pairs] == [(0, 2), (0, 3), (0, 4), (2, 3), (2, 4), (3, 4)]


def test_pairs_are_listed_best_first_from_the_least_on():
    base = [1] * 20
    rows = [base, [*base[:19], 2], [*base[:18], 2, 2]]

    assert nearest(records(*rows), np.zeros(3, int), 0.95).pairs == [(0, 1, 0.95), (1, 2, 0.95)]
    assert nearest(records(*rows), np.zeros(3, int), 0.9).pairs == [(0, 1, 0.95), (1, 2, 0.95), (0, 2, 0.9)]


@pytest.mark.parametrize("square", [1, 40, 1 << 20])
def test_pieces_make_no_difference(monkeypatch, square):
    rng = np.random.default_rng(5)
    codes = [rng.integers(0, 3, 17) for _question in range(60)]
    visitor = rng.integers(-1, 3, 17)
    whole = nearest(codes, visitor, 0.3)
    monkeypatch.setattr(near, "_SQUARE", square)
    found = nearest(codes, visitor, 0.3)

    assert whole.pairs
    assert found.pairs == whole.pairs
    assert (found.best.tolist(), found.own.tolist()) == (whole.best.tolist(), whole.own.tolist())


def test_codes_that_fill_a_byte_are_told_from_none():
    """256 different answers, and nobody without one."""
    codes = [np.arange(1, 257) for _question in range(COMMON)]

    assert nearest(codes, np.zeros(256, int), 0.01).pairs == []


def test_the_last_answer_that_a_byte_holds_is_not_none():
    """The first record has no answer to the first question, the last one its 256th answer."""
    own = np.arange(257)
    shared = np.where(own == 256, 1, own + 1)
    found = nearest([own, *[shared] * COMMON], np.zeros(257, int), 0.5)

    assert found.pairs == [(0, 256, COMMON / (COMMON + 1))]


def test_only_so_many_pairs_are_kept(monkeypatch):
    monkeypatch.setattr(near, "LISTED", 2)

    assert len(nearest([np.ones(5, int)] * COMMON, np.zeros(5, int), 0.9).pairs) == 2


@pytest.mark.parametrize(("codes", "n"), [([], 3), ([np.ones(1, int)] * COMMON, 1)])
def test_alone_or_without_questions_nobody_is_near(codes, n):
    found = nearest(codes, np.zeros(n, int), 0.0)

    assert (found.best.tolist(), found.own.tolist(), found.pairs) == ([-1] * n, [-1] * n, [])


def test_a_record_with_few_answers_is_compared_with_nobody():
    """Three of five answered enough; two of them differ in one of twenty, the other in all."""
    full, other = [1] * COMMON, [*[1] * (COMMON - 1), 2]
    few = [*[1] * (COMMON - 1), 0]
    found = nearest(records(few, full, few, [3] * COMMON, other), np.array([0, 0, 0, 1, 0]), 0.9)

    assert found.pairs == [(1, 4, (COMMON - 1) / COMMON)]
    assert found.best.tolist() == pytest.approx([-1, 0.95, -1, 0, 0.95])
    assert found.own.tolist() == pytest.approx([-1, 0.95, -1, -1, 0.95])


def test_records_that_cannot_be_alike_take_no_comparisons(calls):
    """Twenty thousand records of one answer: all pairs of them would be two hundred million."""
    lone = records(*([n % 3 + 1, *[0] * COMMON] for n in range(20_000)))

    assert calls(lambda: nearest(lone, np.zeros(20_000, np.int64), 0.9)) < 100
