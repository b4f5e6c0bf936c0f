"""What is counted to follow issues up, and what its values mean."""

from __future__ import annotations

import numpy as np
import pytest

from visittally.analyses.followup.figures import Interpreter, IssuePlan
from visittally.counting.plan import Plan

VISITS = """
    village,issue,status,visit_date,due_date,issue_type,legacy,satisfaction,note
    Ash,road;water,resolved,2026-03-01,2026-04-01,request,no,satisfied,x
    Elm,water,in progress,2026-03-02,,question,yes,,x
    Elm,road,odd word,2026-03-02,,request,,,y
    """


@pytest.fixture
def planned(surveyed):
    """A campaign and what is counted of it by village."""

    def plan(text=VISITS, by=("village",), **options):
        campaign = surveyed(text, **options)
        axes = [campaign.axis(name) for name in by]
        return campaign, IssuePlan.of(campaign, axes, campaign.axis("status"))

    return plan


@pytest.fixture
def understood(planned):
    """The plan, the frame with the dates, and what its values mean."""

    def interpret(text=VISITS, by=("village",), **options):
        campaign, plan = planned(text, by, **options)
        frame = campaign.count(Plan((plan.main,))).tally.frame(plan.main)
        return plan, frame, Interpreter.of(plan, campaign.settings, frame)

    return interpret


def names(dimensions):
    return [dimension.variable for dimension in dimensions]


def test_what_is_counted_together(planned):
    _campaign, plan = planned()

    assert names(plan.common) == ["village", "issue", "status", "issue_type", "legacy"]
    assert names(plan.main.dimensions) == [*names(plan.common), "visit_date", "due_date"]
    assert names(plan.replies.dimensions) == [*names(plan.common), "satisfaction"]
    assert plan.columns == [0]


def test_without_such_columns_less_is_counted(planned):
    _campaign, plan = planned("village,status\nAsh,resolved\nElm,in progress")

    assert names(plan.main.dimensions) == ["village", "status"]
    assert (plan.replies, plan.issue, plan.kind, plan.legacy, plan.dates) == (None, None, None, None, {})


def test_a_column_counts_once_though_it_serves_twice(planned):
    _campaign, plan = planned(by=("issue", "village"))

    assert names(plan.common) == ["issue", "village", "status", "issue_type", "legacy"]
    assert plan.columns == [0, 1]


@pytest.mark.parametrize(
    ("per", "text", "once"),
    [("", VISITS, False), ("case", VISITS, True), ("", "village,status\nAsh,open\n", True)],
)
def test_a_record_counts_once_where_it_is_asked_for_or_names_no_issue(planned, per, text, once):
    assert planned(text, per=per)[1].per_case is once


def test_what_the_values_mean(understood):
    plan, frame, interpreter = understood()

    assert list(interpreter.axes[0].coding.keys) == ["Ash", "Elm"]
    assert sorted(interpreter.issues.coding.keys) == ["road", "water"]
    assert sorted(interpreter.codings) == [0, 1]
    codes = dict(zip(frame.values[2], interpreter.codes(frame, plan.main.dimensions), strict=True))
    assert codes == {"resolved": "resolved", "in progress": "in_progress", "odd word": "unknown"}


def test_the_user_says_what_a_status_means(understood):
    plan, frame, interpreter = understood(statuses={"odd word": "resolved"})

    assert "unknown" not in interpreter.codes(frame, plan.main.dimensions)


def test_issues_of_old_and_questions(understood):
    plan, frame, interpreter = understood()
    legacy = np.array(frame.values[4])[frame.codes[:, 4]]
    kind = np.array(frame.values[3])[frame.codes[:, 3]]

    assert interpreter.old(frame, plan.main.dimensions).tolist() == (legacy == "yes").tolist()
    assert interpreter.kinds(frame, plan.main.dimensions).tolist() == (kind == "question").tolist()


def test_where_no_column_says_so_none_is_of_old_and_none_a_question(understood):
    plan, frame, interpreter = understood("village,status\nAsh,resolved\nElm,in progress")

    assert interpreter.issues is None
    assert interpreter.old(frame, plan.main.dimensions).tolist() == [False, False]
    assert interpreter.kinds(frame, plan.main.dimensions).tolist() == [False, False]


def test_issues_as_rows_are_the_issues(understood):
    _plan, _frame, interpreter = understood(by=("issue",))

    assert sorted(interpreter.axes[0].coding.keys) == ["road", "water"]
    assert interpreter.axes[0].labels == interpreter.issues.labels


def test_issues_of_another_frame_are_read_alike(understood):
    plan, frame, interpreter = understood()
    coding = interpreter.issue_coding(frame, plan.main.dimensions.index(plan.issue.dimension))

    assert list(coding.coding.keys) == list(interpreter.issues.coding.keys)
