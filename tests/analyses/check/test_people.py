"""Signals of who stood at the door."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from visittally.analyses.check import people
from visittally.analyses.check.cases import Cases
from visittally.analyses.check.thresholds import DEFAULTS


def cases(n=None, **arrays):
    """Records with some of what is known of them; one visitor has them all."""
    made = {name: np.array(values) for name, values in arrays.items()}
    n = n or len(next(iter(made.values())))
    own = {"line": np.arange(n), "completed": np.ones(n, bool), "members": (np.arange(n),)}
    own["household"] = np.zeros(n, np.uint64)
    return Cases(**{**own, **made})


LIMITS = replace(DEFAULTS, phone_shared=2)


def shared(phones, homes=None):
    """Base, count, and record -> (households, other record)."""
    more = {} if homes is None else {"household": np.array(homes, np.uint64)}
    found = people.phone_shared(cases(phone=np.array(phones, np.uint64), **more), LIMITS)
    return found.base, found.count, {hit.record: (hit.value, hit.other) for hit in found.hits}


def test_a_telephone_of_more_households_than_a_family_has():
    """Each record names the first with the telephone, the first the second."""
    assert shared([7, 8, 7, 7, 8], [1, 2, 3, 4, 5]) == (5, 3, {0: (3, 2), 2: (3, 0), 3: (3, 0)})


def test_households_are_counted_once_each():
    assert shared([7, 7, 7, 7], [1, 1, 2, 2]) == (4, 0, {})
    assert shared([7, 7, 7, 7], [1, 1, 2, 3])[1] == 4


def test_records_without_a_telephone_or_a_household_are_not_looked_at():
    assert shared([7, 7, 7, 0], [1, 2, 0, 3]) == (2, 0, {})


def test_without_households_each_record_is_one():
    assert shared([7, 7, 7, 0]) == (3, 3, {0: (3, 1), 1: (3, 0), 2: (3, 0)})


def test_without_telephones_there_is_no_such_signal():
    assert people.phone_shared(cases(3), LIMITS).state == "no_column"
    assert people.phone_shared(cases(phone=np.zeros(3, np.uint64)), LIMITS).state == "no_column"
    assert people.phone_shared(cases(3), LIMITS).threshold == 2


SIGNALS = (("absent", "away"), ("own_form", "self_filled"), ("not_confirmed", "confirmed"))


@pytest.mark.parametrize(("signal", "column"), SIGNALS)
def test_a_share_of_the_records_of_which_something_is_known(signal, column):
    found = getattr(people, signal)(cases(**{column: [2, 1, 0, 2, *[1] * 8]}), DEFAULTS)

    assert (found.base, found.count, [hit.record for hit in found.hits]) == (11, 2, [0, 3])
    assert (found.state, found.threshold) == ("computed", getattr(DEFAULTS, signal))


@pytest.mark.parametrize(("signal", "column"), SIGNALS)
def test_where_nothing_is_known_there_is_no_column(signal, column):
    assert getattr(people, signal)(cases(3), DEFAULTS).state == "no_column"
    assert getattr(people, signal)(cases(**{column: [0, 0, 0]}), DEFAULTS).state == "no_column"
    assert getattr(people, signal)(cases(**{column: [1, 0, 0]}), DEFAULTS).state == "too_few"


def test_only_interviews_can_be_with_people_who_are_away():
    completed = [True, False, *[True] * 10]
    found = people.absent(cases(away=[2, 2, *[1] * 10], completed=completed), DEFAULTS)

    assert (found.base, found.count) == (11, 1)


def often(days, homes, **limits):
    """Base, and record -> (days with a visit within a month, the first of these visits)."""
    made = cases(day=np.array(days, np.int64), household=np.array(homes, np.uint64))
    found = people.visited_often(made, replace(DEFAULTS, **limits))
    return found.base, {hit.record: (hit.value, hit.other) for hit in found.hits}


def test_the_third_day_within_a_month_is_one_too_many():
    assert often([100, 105, 129, 200], [1, 1, 1, 1]) == (4, {2: (3, 0)})
    assert often([100, 105, 130, 200], [1, 1, 1, 1]) == (4, {})
    assert often([100, 101, 102, 103], [1, 1, 2, 1]) == (4, {3: (3, 0)})


def test_several_teams_on_one_day_are_one_day_and_what_is_not_known_is_not_looked_at():
    assert often([100, 100, 100, -1, 101], [1, 1, 1, 1, 0]) == (3, {})
    assert often([100, 100, 101], [1, 1, 1], visited_often=1) == (3, {2: (2, 0)})
    assert people.visited_often(cases(3, day=np.zeros(3, np.int64)), LIMITS).state == "no_column"
