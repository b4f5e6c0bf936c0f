"""Tallies add: blocks, orders and cuts do not matter."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from visittally.counting.combinations import Combinations
from visittally.counting.keysets import KeySet
from visittally.counting.plan import Dimension, Distinct, Group
from visittally.counting.tally import Tally
from visittally.survey.projection import Projection
from visittally.words.joined import ROW_SEPARATOR

VILLAGE, ISSUE, AGE = Dimension("village"), Dimension("issue"), Dimension("age", Projection.NUMBER)
PAIR = Group((VILLAGE, ISSUE))
NUMBERS = Group((VILLAGE, AGE))
UNITS = Group((ISSUE,), unit=("household",))
HOUSEHOLDS = Distinct((VILLAGE,), ("household",))

records = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from(["road", "water", ""]), st.integers(0, 5), st.integers(0, 4)),
    max_size=30,
)


def tally_of(rows):
    """Count some records as one block."""
    tally = Tally(records=len(rows))
    for village, issue, household, age in rows:
        codes = np.array([[tally.recode(VILLAGE, [village])[0], tally.recode(ISSUE, [issue])[0]]])
        tally.groups.setdefault(PAIR, Combinations()).add(codes, np.array([1]))
        number = np.array([float(age)]).view(np.int64)
        with_number = np.array([[tally.recode(VILLAGE, [village])[0], number[0]]])
        tally.groups.setdefault(NUMBERS, Combinations()).add(with_number, np.array([1]))
        keys = tally.keys.setdefault(HOUSEHOLDS, KeySet())
        keys.add(np.array([keys.number((village,))]), np.array([household * 2**58 + 1], np.uint64))
        units = tally.keys.setdefault(UNITS, KeySet())
        units.add(np.array([units.number((issue,))]), np.array([household * 2**58 + 1], np.uint64))
    return tally


def seen(tally):
    """Everything that tables are made from."""
    same = {v: v for v in "abc"}
    frames = [tally.frame(group) for group in (PAIR, NUMBERS, UNITS)]
    return (
        [(f.values, f.codes.tolist(), f.counts.tolist()) for f in frames],
        tally.distinct(HOUSEHOLDS, [same], [0]),
        tally.distinct(HOUSEHOLDS, [same], [], [0]),
        tally.records,
    )


@given(records, st.integers(0, 30), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_any_cut_and_any_order_gives_the_same(rows, cut, random):
    """The sum of the tallies of two parts, in either order and with shuffled records, is the tally of all."""
    whole = seen(tally_of(rows))

    first, second = tally_of(rows[:cut]), tally_of(rows[cut:])
    assert whole == seen(first + second)
    assert whole == seen(second + first)

    shuffled = list(rows)
    random.shuffle(shuffled)
    assert whole == seen(tally_of(shuffled))


@given(records, records, records)
@settings(max_examples=30, deadline=None)
def test_addition_is_associative_and_has_a_zero(a, b, c):
    """(a + b) + c = a + (b + c) and a + nothing = a."""
    left = (tally_of(a) + tally_of(b)) + tally_of(c)
    right = tally_of(a) + (tally_of(b) + tally_of(c))
    assert seen(left) == seen(right)
    assert seen(tally_of(a)) == seen(tally_of(a) + Tally())


@given(records)
@settings(max_examples=60, deadline=None)
def test_counts_agree_with_counting_by_hand(rows):
    """Cases, distinct households and the cases of units are what a loop over the records finds."""
    tally = tally_of(rows)

    frame = tally.frame(PAIR)
    counted = {
        (frame.values[0][i], frame.values[1][j]): n
        for (i, j), n in zip(frame.codes.tolist(), frame.counts.tolist(), strict=True)
    }
    by_hand = {}
    for village, issue, _, _ in rows:
        by_hand[village, issue] = by_hand.get((village, issue), 0) + 1
    assert by_hand == counted

    households = {v: len({r[2] for r in rows if r[0] == v}) for v in {r[0] for r in rows}}
    assert {(v,): n for v, n in households.items()} == tally.distinct(HOUSEHOLDS, [{}], [0])
    # A record of village a stands in the rows of b and c.
    several = {"b": {r[2] for r in rows if r[0] in "ab"}, "c": {r[2] for r in rows if r[0] in "ac"}}
    both = tally.distinct(HOUSEHOLDS, [{"a": ("b", "c")}], [0])
    assert both == {(v,): len(own) for v, own in several.items() if own}

    units = tally.frame(UNITS)
    profiles = {}
    for household in {r[2] for r in rows}:
        profile = ROW_SEPARATOR.join(sorted({r[1] for r in rows if r[2] == household}))
        profiles[profile] = profiles.get(profile, 0) + 1
    found = {units.values[0][i]: n for (i,), n in zip(units.codes.tolist(), units.counts.tolist(), strict=True)}
    assert profiles == found


def test_households_of_the_same_number_in_two_villages_are_two():
    """A household number counts within its village, and once for a village spelled in two ways."""
    tally = tally_of([("a", "", 1, 0), ("b", "", 1, 0), ("c", "", 1, 0)])

    assert tally.distinct(HOUSEHOLDS, [{"a": "A", "b": "A", "c": "C"}], [], [0]) == {(): 2}


def test_keys_are_counted_across_compactions_and_new_combinations(monkeypatch):
    """A set that grows by many combinations, is sorted often and written to disk still counts each key once."""
    monkeypatch.setattr("visittally.counting.keysets.PENDING", 50)
    monkeypatch.setattr("visittally.counting.keysets.IN_MEMORY", 100)
    random = np.random.default_rng(1)
    keys, other, expected = KeySet(), KeySet(), set()
    for step in range(40):
        combination = (f"village {step % 9}",)
        hashes = random.integers(0, 300, 20).astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        chosen = keys if step % 2 else other
        chosen.add(np.full(20, chosen.number(combination)), hashes)
        expected |= {(combination, int(h) >> 8) for h in hashes}
    keys.merge(other)

    found = [
        (keys.combinations[c], int(h) >> 8)
        for codes, hashes in keys.pairs()
        for c, h in zip(codes, hashes, strict=True)
    ]
    assert len(expected) == len(found)
    assert expected == set(found)


@given(records)
def test_a_frame_is_in_the_order_of_its_values(rows):
    """Whatever came first: values are sorted, and combinations by them."""
    tally = tally_of(rows)
    for group in (PAIR, NUMBERS, UNITS):
        frame = tally.frame(group)
        codes = frame.codes.tolist()

        assert [list(values) for values in frame.values] == [sorted(set(values)) for values in frame.values]
        assert codes == sorted(codes)
        assert len(set(map(tuple, codes))) == len(codes)


def test_what_stands_first_in_the_records_does_not_stand_first_in_a_frame():
    """Records in falling order, read as they come."""
    frame = tally_of([("c", "water", 1, 3), ("c", "road", 1, 2), ("a", "water", 2, 1)]).frame(PAIR)

    assert frame.values == (["a", "c"], ["road", "water"])
    assert frame.codes.tolist() == [[0, 1], [1, 0], [1, 1]]


def test_the_records_of_a_unit_stand_together_in_the_order_of_their_values():
    both = ROW_SEPARATOR.join(["road", "water"])
    one, other = ("a", "water", 1, 0), ("a", "road", 1, 0)

    assert tally_of([one, other]).frame(UNITS).values == tally_of([other, one]).frame(UNITS).values == ([both],)


@given(records, records)
def test_what_was_added_can_be_taken_out_again_and_stays_what_it_was(rows, more):
    """Counts and records; sets of keys cannot forget."""
    both, taken = tally_of(rows) + tally_of(more), tally_of(more)
    before = seen(taken)

    both.subtract(taken)

    frames = [both.frame(group) for group in (PAIR, NUMBERS)]
    assert [(f.values, f.codes.tolist(), f.counts.tolist()) for f in frames] == seen(tally_of(rows))[0][:2]
    assert both.records == len(rows)
    assert seen(taken) == before
