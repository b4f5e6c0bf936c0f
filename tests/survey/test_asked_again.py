"""Columns that ask for the issue once more and are left out are named, with the way to count them together."""

import pytest

import visittally


@pytest.fixture
def said(write):
    def run(*lines):
        notices = visittally.summarize(write("visits.csv", "\n".join(lines))).notices
        return [notice.message for notice in notices if notice.code == "asked_again"]

    return run


def rows(*tails):
    return [f"{'AB'[n % 2]},2026-01-0{n + 1},{tail}" for n, tail in enumerate(tails)]


def test_the_same_question_in_another_group_is_named(said):
    (message,) = said(
        "village,date,home/problem,farm/problem", *rows("road,seeds", "water,soil", "road,seeds", "water,soil")
    )

    assert '"farm/problem"' in message
    assert '--family "issue=home/problem,farm/problem"' in message


@pytest.mark.parametrize(
    "header",
    ["home/problem,farm/crop", "problem,problem_other", "home/problem,farm/problem_solved"],
    ids=["another question", "what was written in", "yes and no"],
)
def test_what_asks_for_something_else_is_not(said, header):
    assert said(f"village,date,{header}", *rows("road,yes", "water,no", "road,yes", "water,no")) == []


def test_a_column_without_answers_is_not(said):
    assert said("village,date,home/problem,farm/problem", *rows("road,", "water,", "road,", "water,")) == []
