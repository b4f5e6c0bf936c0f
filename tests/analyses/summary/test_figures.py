"""The figures of a summary, from what was counted."""

from __future__ import annotations

import pytest

from visittally.analyses.summary.figures import ByRow, CountedCases, Groups, summary_of
from visittally.analyses.unit import Unit
from visittally.answers.axes import code_axis
from visittally.answers.coding import drop_zero_weights
from visittally.answers.issues import code_issues
from visittally.counting.plan import Dimension, Distinct, Group, Plan
from visittally.settings import Net
from visittally.words.codebook import Codebook

VISITS = """
    village,household_id,issue,status,w
    Ash,1,road;water,resolved,2
    Ash,2,road,open,1
    ash,2,none,,1
    Birch,1,water,invalid,3
    Birch,1,,,1.5
    """


@pytest.fixture
def summed(surveyed):
    """The summary of some visits by village; figures of rows by the villages' names."""

    def make(text=VISITS, *, weight=False, across=True, status=False, rows=False, **options):
        campaign = surveyed(text, **options)
        village, issue = campaign.axis("village"), campaign.axis("issue")
        both = (village.dimension, issue.dimension) if across else (village.dimension,)
        main = Group((*both, *([Dimension("w")] if weight else [])))
        with_status = Group((*both, Dimension("status"))) if status else None
        home = Distinct((village.dimension, campaign.home.dimension), ("household_id",))
        groups = [main, *([with_status] if status else []), *([Group(both)] if rows else [])]
        counts = campaign.count(Plan(tuple(dict.fromkeys(groups)), (home,)))
        frame = counts.tally.frame(main)
        if weight:
            frame = drop_zero_weights(frame, len(both))
        by = code_axis(village, frame.value_counts(0), campaign.settings)
        issues = code_issues(issue, frame.value_counts(1), campaign.settings, Codebook.load("")) if across else None
        statuses = counts.tally.frame(with_status) if status else None
        each = counts.tally.frame(Group(both)) if rows else None
        counted = CountedCases(
            campaign, (by,), issue if across else None, issues, frame, statuses, each,
            len(both) if weight else None, counts, Groups(main, with_status, home), Unit(),
        )  # fmt: skip
        return summary_of(counted)

    return make


def named(summary, figure):
    """A figure by the name of its row, and in all."""
    keys = summary.by[0].coding.keys
    return {**{keys[i]: n for (i,), n in figure.rows.items()}, "all": figure.total}


def cells(summary, figures):
    keys, issues = summary.by[0].coding.keys, summary.issues.coding.keys
    return {(keys[i], issues[j]): n for (i, j), n in figures.items()}


def test_cases_and_how_they_answered(summed):
    summary = summed()
    plain = summary.plain

    assert named(summary, plain.cases) == {"Ash": 3, "Birch": 2, "all": 5}
    assert named(summary, plain.raised) == {"Ash": 2, "Birch": 1, "all": 3}
    assert named(summary, plain.no_issue) == {"Ash": 1, "all": 1}
    assert named(summary, plain.not_recorded) == {"Ash": 0, "Birch": 1, "all": 1}
    assert named(summary, plain.asked) == named(summary, plain.answered) == {"Ash": 3, "Birch": 1, "all": 4}


def test_mentions_by_row_and_issue(summed):
    summary = summed()

    assert named(summary, summary.plain.mentions) == {"Ash": 3, "Birch": 1, "all": 4}
    assert cells(summary, summary.plain.cells) == {("Ash", "road"): 2, ("Ash", "water"): 1, ("Birch", "water"): 1}
    issues = summary.issues.coding.keys
    assert {issues[i]: n for i, n in summary.plain.by_issue.items()} == {"road": 2, "water": 2}
    assert summary.plain.named == summary.plain.cells
    assert (summary.weighed, summary.squares, summary.statuses) == (None, 0, None)


@pytest.mark.parametrize(
    ("base", "squares"), [("all", 17.25), ("asked", 15.0), ("answered", 15.0), ("mentions", 18.0)]
)  # 4 + 1 + 1 + 9 + 2.25; without the blank; of two mentions of the first twice 4, without "none"
def test_weights_are_summed_and_squared_over_the_base(summed, base, squares):
    summary = summed(weight=True, base=base)

    assert named(summary, summary.plain.cases)["all"] == 5
    assert named(summary, summary.weighed.cases) == {"Ash": 4, "Birch": 4.5, "all": 8.5}
    assert cells(summary, summary.weighed.cells)["Ash", "road"] == 3
    assert summary.squares == squares


def test_without_issues_every_case_is_one_of_which_nothing_is_recorded(summed):
    summary = summed(across=False)

    assert named(summary, summary.plain.not_recorded) == {"Ash": 3, "Birch": 2, "all": 5}
    assert (summary.plain.mentions, summary.plain.cells, summary.plain.by_issue) == (ByRow(), {}, {})
    assert (summary.issues, summary.nets) == (None, {})


def test_households_of_one_number_in_two_villages_are_two(summed):
    summary = summed()

    assert named(summary, summary.households) == {"Ash": 2, "Birch": 1, "all": 3}


def test_what_became_of_mentions(summed):
    """What is invalid was never collected; a resolved visit with two issues resolves both."""
    summary = summed(status=True)
    found = {name: named(summary, figure) for name, figure in summary.statuses.by_row.items()}
    issues = summary.issues.coding.keys

    assert found["resolved"] == {"Ash": 2, "all": 2}
    assert found["handled"] == {"Ash": 2, "all": 2}
    assert found["collected"]["Ash"] == 3
    assert {issues[i]: n for i, n in summary.statuses.by_issue["resolved"].items()} == {"road": 1, "water": 1}


def test_a_net_counts_each_case_once_and_by_its_weight(summed):
    nets = (Net("both", "issue", ("Road", "WATER")), Net("dry", "issue", ("water",)), Net("no", "village", ("Ash",)))

    assert summed(nets=nets).nets == {"both": (3, 3), "dry": (2, 2)}
    assert summed(nets=nets, weight=True).nets == {"both": (3, 6), "dry": (2, 5)}


def test_a_case_in_two_rows_counts_once_in_all(summed):
    summary = summed("village,household_id,issue\nAsh;Birch,1,road\nAsh,2,road\n")

    assert sum(n for _row, n in summary.plain.cases.rows.items()) >= summary.plain.cases.total == 2


def test_where_rows_are_issues_each_of_them_is_a_mention(summed):
    text = "village,household_id,issue\nAsh,1,road\nAsh,1,road\nAsh,2,none\n"
    summary = summed(text, rows=True)

    assert named(summary, summary.plain.mentions) == {"Ash": 2, "all": 2}
    assert cells(summary, summary.plain.cells) == {("Ash", "road"): 2}


def test_the_figure_of_a_row_and_of_all():
    figure = ByRow({(0,): 3}, 7)

    assert (figure.of((0,)), figure.of((1,)), figure.of(())) == (3, 0, 7)
