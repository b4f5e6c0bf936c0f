"""Issues by row, and the ranks of rows."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from visittally.analyses.followup.handling import measure, ranks
from visittally.answers.lines import Lines
from visittally.words.daycodes import UNDATED
from visittally.words.dispositions import Dispositions

KNOWN = Dispositions.load()
CODES = list(KNOWN.codes)
TODAY = 1_000

issues = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.integers(1, 4),
        st.integers(0, len(CODES) - 1),
        st.sampled_from([UNDATED, 970, 990]),
        st.sampled_from([UNDATED, 980, 1_000, 1_020]),
        st.sampled_from([UNDATED, 960, 985, 1_001]),
    ),
    max_size=30,
)


def lines_of(rows):
    columns = [0, "n", "code", "visit_date", "due_date", "resolved_date"]
    figures = np.array(rows, np.int64).reshape(-1, len(columns)).T
    never = np.zeros(len(rows), bool)
    return Lines(dict(zip(columns, figures, strict=True)) | {"question": never, "legacy": never})


@given(issues)
def test_the_figures_are_those_of_counting_issue_by_issue(rows):
    """Every figure of the total agrees with a plain loop over the issues."""
    lines = lines_of(rows)
    _keys, found = measure(lines, lines, [], KNOWN, TODAY)
    expected = dict.fromkeys(("collected", "handled", "overdue", "on_time", "late", "due", "dated"), 0)
    days = []
    for _row, n, code, visit, due, resolved in rows:
        if KNOWN.excluded(CODES[code]):
            continue
        handled, has_due = KNOWN.handled(CODES[code]), due != UNDATED
        expected["collected"] += n
        expected["handled"] += n * handled
        expected["overdue"] += n * (has_due and not handled and due < TODAY)
        expected["due"] += n * (has_due and due <= TODAY)
        finished = has_due and handled and resolved != UNDATED
        expected["on_time"] += n * (finished and resolved <= due)
        expected["late"] += n * (finished and resolved > due)
        if handled and UNDATED not in (visit, resolved) and resolved >= visit:
            expected["dated"] += n
            days += [resolved - visit] * n
    assert {name: int(found[name][0]) for name in expected} == expected
    median = float(found["median_days"][0])
    assert np.isnan(median) if not days else median == np.median(days)


@given(issues)
def test_rows_add_up_to_the_total(rows):
    """Where each issue is in one row, counts of the rows add up to those of the total, which is the last."""
    lines = lines_of(rows)
    keys, found = measure(lines, lines, [0], KNOWN, TODAY)
    assert keys[-1] == ()
    for name in ("collected", "handled", "resolved", "overdue", "unknown", "excluded"):
        assert found[name][:-1].sum() == found[name][-1]


def test_ranks_go_by_the_exact_rate():
    rates = {(0,): (1, 3), (1,): (2, 6), (2,): (3, 3), (3,): (0, 5), (4,): (2, 2)}
    assert ranks(rates, 3) == {(2,): 1, (0,): 2, (1,): 2, (3,): 4}


@pytest.mark.parametrize("smallest", [1, 10])
def test_no_rows_have_no_ranks(smallest):
    assert ranks({}, smallest) == {}
