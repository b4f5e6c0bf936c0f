"""Signals in what became of issues."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from visittally.analyses.check import handling
from visittally.analyses.check.cases import Cases
from visittally.analyses.check.thresholds import DEFAULTS
from visittally.words.dispositions import Dispositions


def cases(statuses=(), members=None, **arrays):
    """Records with their raw statuses and some more of what is known of them."""
    names = tuple(dict.fromkeys(statuses))
    status = np.array([names.index(one) for one in statuses], np.int32) if statuses else None
    made = {name: value if isinstance(value, dict) else np.array(value) for name, value in arrays.items()}
    n = len(statuses) or len(next(value for value in made.values() if not isinstance(value, dict)))
    own = {"line": np.arange(n), "completed": np.ones(n, bool), "household": np.zeros(n, np.uint64)}
    own |= {"members": members or (np.arange(n),), "status": status, "statuses": names}
    return Cases(**{**own, **made})


def handled(found, own=()):
    return handling.Handled(found, Dispositions.load(dict(own)))


# ---------------------------------------------------------------- what became of each record
def test_what_is_handled_is_told_by_its_status_and_what_is_invalid_was_never_collected():
    found = handled(cases(["resolved", "in progress", "invalid", "odd", "resolved on the spot"]))

    assert found.collected.tolist() == [True, True, False, True, True]
    assert found.handled.tolist() == [True, False, False, False, True]
    assert found.on_spot.tolist() == [False, False, False, False, True]


def test_the_user_says_what_statuses_mean_and_only_problems_are_issues():
    found = cases(["odd", "odd"], raised=[True, False])

    assert handled(found, {"odd": "resolved"}).handled.tolist() == [True, False]
    assert handled(found).handled.tolist() == [False, False]


def test_without_statuses_nothing_is_handled():
    found = handled(cases(raised=[True, False]))

    assert (found.collected.tolist(), found.handled.tolist()) == ([True, False], [False, False])


# ---------------------------------------------------------------- no issue
def test_visits_without_an_issue_of_those_that_answered():
    """Who named a problem beside saying that there is none named one."""
    raised, none = [True, False, True, *[False] * 9], [False, True, True, *[False] * 9]
    found = handling.no_issue(cases(raised=raised, no_issue=none), DEFAULTS)

    assert (found.base, found.count, list(found.hits)) == (3, 1, [])
    gone = handling.no_issue(cases(raised=raised, no_issue=none, completed=[True, False, *[True] * 10]), DEFAULTS)
    assert (gone.base, gone.count) == (2, 0)


def test_where_nobody_answered_there_is_no_such_signal():
    assert handling.no_issue(cases(raised=[False], no_issue=[False]), DEFAULTS).state == "no_column"
    assert handling.no_issue(cases(["open"]), DEFAULTS).state == "no_column"


# ---------------------------------------------------------------- perfect
@pytest.mark.parametrize(("n", "others", "recheck"), [(30, "open", True), (29, "open", None), (30, "resolved", False)])
def test_all_issues_of_a_visitor_are_handled_and_those_of_others_are_not(n, others, recheck):
    found = cases(["resolved"] * n + [others] * 12, (np.arange(n), np.arange(n, n + 12)))
    signal = handling.perfect(found, handled(found))

    assert (signal.measures[0].recheck, signal.measures[0].value) == (recheck, 100)
    assert (signal.base, signal.count) == (2, 1 + (others == "resolved"))
    assert signal.measures[0].rest == (100 if others == "resolved" else 0)


def test_of_fewer_than_ten_issues_nothing_is_said():
    found = cases(["resolved"] * 9)

    assert handling.perfect(found, handled(found)).state == "too_few"
    assert handling.perfect(cases(raised=[True]), handled(cases(raised=[True]))).state == "no_column"


# ---------------------------------------------------------------- closed
def test_issues_closed_before_they_were_raised():
    """Not those dealt with on the spot, nor without a day."""
    days = {"resolved_date": np.array([4, 5, 6, 4, -1]), "visit_date": np.array([5, 5, 5, 5, 5])}
    found = cases(["resolved", "resolved", "resolved", "resolved on the spot", "resolved"], days=days)
    signal = handling.closed_early(found, handled(found))

    assert (signal.base, signal.count) == (3, 1)
    assert [(hit.record, hit.value) for hit in signal.hits] == [(0, -1)]
    assert handling.closed_early(cases(["resolved"]), handled(cases(["resolved"]))).state == "no_column"


def test_issues_closed_without_a_word_or_a_day():
    blank = np.array([True, True, False, True])
    found = cases(
        ["resolved", "resolved", "resolved", "open"],
        days={"resolved_date": np.array([-1, 5, -1, -1])}, texts={"handling_text": np.ones(4)}, handling_blank=blank,
    )  # fmt: skip
    signal = handling.closed_bare(found, handled(found), DEFAULTS)

    assert (signal.base, signal.count, [hit.record for hit in signal.hits]) == (3, 1, [0])
    assert found.handling_blank.tolist() == [True, True, False, True]


def test_days_alone_say_how_an_issue_was_closed():
    found = cases(["resolved", "resolved"], days={"reply_date": np.array([-1, 5])})

    assert handling.closed_bare(found, handled(found), DEFAULTS).count == 1
    assert handling.closed_bare(cases(["resolved"]), handled(cases(["resolved"])), DEFAULTS).state == "no_column"


# ---------------------------------------------------------------- raised again
def again(gap, status="resolved", issues=(7, 7), homes=(1, 1)):
    found = cases(
        [status, "open"], day=[10, 12 + gap], days={"resolved_date": np.array([12, -1])},
        issue_codes=np.array(issues, np.uint64), household=np.array(homes, np.uint64),
    )  # fmt: skip
    signal = handling.reopened(found, handled(found))
    return [(hit.record, hit.value, hit.other) for hit in signal.hits]


def test_the_same_issue_of_a_household_within_three_days_after_it_was_closed():
    assert again(0) == [(1, 0, 0)]
    assert again(3) == [(1, 3, 0)]
    assert again(4) == []
    assert again(-1) == []
    assert again(1, status="open") == []
    assert again(1, issues=(7, 8)) == again(1, homes=(1, 2)) == again(1, issues=(0, 0)) == []


def test_the_order_of_records_does_not_matter():
    found = cases(
        ["open", "resolved"], day=[13, 10], days={"resolved_date": np.array([-1, 12])},
        issue_codes=np.array([7, 7], np.uint64), household=np.array([1, 1], np.uint64),
    )  # fmt: skip

    assert [(hit.record, hit.other) for hit in handling.reopened(found, handled(found)).hits] == [(0, 1)]


# ---------------------------------------------------------------- bunching
def units(*rates, of=100):
    return [(rate * of // 100, of) for rate in rates]


def test_rates_just_above_a_mark_beside_those_just_below_it():
    limits = replace(DEFAULTS, bunching=2.0)
    above, below = [85, 92, 95, 100] * 4, [84] * 8

    assert handling.bunching(units(*above), limits).count == 16
    assert handling.bunching(units(*above, *below), limits).count == 0  # twice as many are not more than twice
    assert handling.bunching(units(*above, *below[:7]), limits).count == 16
    assert handling.bunching(units(*[86, 50, 93, 96] * 4), limits).count == 0


def test_units_with_few_issues_and_few_units_tell_nothing():
    assert handling.bunching(units(*[85] * 14), DEFAULTS).state == "too_few"
    assert handling.bunching(units(*[85] * 15), DEFAULTS).state == "computed"
    assert handling.bunching([*units(*[85] * 14), (9, 9)], DEFAULTS).base == 14
