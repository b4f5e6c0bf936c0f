"""Records with equal keys: in groups, and each with the first of its kind."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visittally.analyses.check.cases import Cases
from visittally.analyses.check.features import RecordColumn
from visittally.analyses.check.repeats import duplicate, exact_repeats, groups_of

KEYS = st.lists(st.integers(0, 4), max_size=30)


@settings(max_examples=60, deadline=None)
@given(KEYS)
def test_groups_are_those_of_plain_python(keys):
    """By key in the order of the first record; 0 is no key, one record is no group."""
    by_key = {}
    for record, key in enumerate(keys):
        by_key.setdefault(key, []).append(record)
    expected = [records for key, records in by_key.items() if key and len(records) > 1]

    assert [group.tolist() for group in groups_of(np.array(keys, np.uint64))] == expected


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 4), st.integers(0, 3), st.integers(-1, 2)), max_size=25))
def test_a_repeat_names_the_first_of_its_kind(drawn):
    """The same record in all columns first; else the household's first visit of the day, with what differs."""
    record, household, day = (np.array([one[i] for one in drawn], np.int64) for i in range(3))
    cases = Cases(
        line=np.arange(len(drawn)), record=record.astype(np.uint64), household=household.astype(np.uint64), day=day
    )
    expected = {}
    for i, (key, home, when) in enumerate(drawn):
        same = next(j for j in range(len(drawn)) if drawn[j][0] == key)
        visited = next(j for j in range(len(drawn)) if drawn[j][1:] == (home, when))
        if same < i:
            expected[i] = (same, 0.0)
        elif home and when >= 0 and visited < i:
            expected[i] = (visited, 100.0 * visited + i)
    found = duplicate(cases, lambda pairs: [100 * other + one for one, other in pairs])

    assert {hit.record: (hit.other, hit.value) for hit in found.hits} == expected
    assert found.count == len(expected)
    repeats = [i for i, (key, _home, _when) in enumerate(drawn) if key in [one[0] for one in drawn[:i]]]
    assert np.flatnonzero(exact_repeats(cases)).tolist() == repeats


def test_room_is_taken_once_and_must_be_filled():
    column = RecordColumn(3)
    column.take(np.array([1, 2]))
    with pytest.raises(AssertionError):
        column.whole()
    column.take(np.array([3]))
    assert column.whole().tolist() == [1, 2, 3]
    assert RecordColumn(0).whole(np.int32).dtype == np.int32
