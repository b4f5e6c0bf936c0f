"""Sets of keys: each pair once, however many there are and however they come."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from visittally.counting import keysets
from visittally.counting.keysets import KeySet

PAIRS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 40)), max_size=200)


def hashed(number):
    """A hash as long ones are: its upper bits tell it apart."""
    return (number * 0x9E3779B97F4A7C15) % (1 << 64)


def filled(pairs):
    found = KeySet()
    codes = np.array([found.number((str(code),)) for code, _key in pairs], np.uint32)
    found.add(codes, np.array([hashed(key) for _code, key in pairs], np.uint64))
    return found


@settings(deadline=None)
@given(PAIRS, PAIRS, st.sampled_from([1, 8, 1 << 20]), st.sampled_from([4, 1 << 20]))
def test_each_pair_is_there_once_in_whatever_stretches(hearts, first, second, at_once, pending):
    for beating in hearts():
        with beating as _name, st_patch(AT_ONCE=at_once, PENDING=pending, _STRETCH=16):
            both = filled(first)
            both.merge(filled(second))
            seen, ranges = [], []
            for codes, hashes in both.pairs():
                seen += [(both.combinations[code], h >> 8) for code, h in zip(codes, hashes.tolist(), strict=True)]
                ranges.append(set(hashes.tolist()))
            labels = np.arange(len(both.combinations)) % 2
            counts = both.counts(labels, 2).tolist() if len(labels) else [0, 0]

        expected = {(code, key) for code, key in (*first, *second)}
        assert sorted(seen) == sorted(((str(code),), (hashed(key) >> 3 << 3) >> 8) for code, key in expected)
        assert sum(map(len, ranges)) == len(set().union(*ranges))
        order = {combination: i for i, combination in enumerate(both.combinations)}
        labelled = {(order[(str(code),)] % 2, key) for code, key in expected}
        assert counts == [sum(label == n for label, _key in labelled) for n in (0, 1)]


def st_patch(**values):
    """Other sizes for a while."""
    from contextlib import ExitStack
    from unittest import mock

    stack = ExitStack()
    for name, value in values.items():
        stack.enter_context(mock.patch.object(keysets, name, value))
    return stack


def test_keys_on_disk_are_read_once_not_once_for_each_range(monkeypatch):
    monkeypatch.setattr(keysets, "IN_MEMORY", 40)
    monkeypatch.setattr(keysets, "PENDING", 50)
    several = KeySet()
    for start in range(0, 600, 60):
        several.merge(filled([(code, key) for code in range(3) for key in range(start, start + 20)]))
    read = []
    within = keysets._Run.within
    monkeypatch.setattr(keysets._Run, "within", lambda run, number: read.append(within(run, number)) or read[-1])

    found = sum(len(codes) for codes, _hashes in several.pairs())

    assert len(several.runs) > 2
    assert found == 600
    assert sum(map(len, read)) == sum(len(part) for _bits, run in several.runs for part in run.parts())
