"""What replies, satisfaction and earlier reports say."""

from __future__ import annotations

import pytest

from visittally.words.replies import answer_of, consents, unrated, volunteered


@pytest.mark.parametrize(
    ("column", "text", "expected"),
    [
        ("satisfaction", "Satisfied", {"rated", "satisfied", "fully_satisfied"}),
        ("satisfaction", "基本满意", {"rated", "satisfied"}),
        ("satisfaction", "不满意", {"rated"}),
        ("satisfaction", "", set()),
        ("satisfaction", "3", set()),
        ("reply_date", "2026-04-01", {"answered_back"}),
        ("reply_date", "-", set()),
        ("prior_report", "是", {"repeats"}),
        ("prior_report", "2", {"repeats"}),
        ("prior_report", "0", set()),
        ("prior_report", "3次", {"repeats"}),
        ("prior_report", "多次反映", {"repeats"}),
        ("prior_report", "首次", set()),
        ("prior_report", "从未反映", set()),
        ("prior_report", "否", set()),
    ],
)
def test_whole_answers_are_looked_up(column, text, expected):
    assert answer_of(column, text) == expected


def test_numbers_are_no_ratings_as_nobody_says_which_end_is_good():
    assert ["3 (2)" in notice.message for notice in unrated({"3": 2, "satisfied": 1, "": 4})] == [True]


def test_known_answers_need_no_notice():
    assert unrated({"satisfied": 1, "-": 4, "n/a": 1, "don't know": 1}) == []


@pytest.mark.parametrize(
    ("text", "is_so"),
    [
        ("主动找到我们", True), ("群众自行提出", True), ("被动反映", False), ("走访人询问", False), ("未经询问", True),
        ("unprompted", True), ("the household", True), ("household, when asked", False), ("prompted", False),
    ],
)  # fmt: skip
def test_who_brought_an_issue_up(text, is_so):
    assert volunteered(text) is is_so


@pytest.mark.parametrize("text", ["可以", "同意", "愿意接受回访", "yes", "√", "by phone"])
def test_who_may_be_contacted(text):
    assert consents(text)


@pytest.mark.parametrize(
    "text", ["不可以", "不同意", "谢绝回访", "否", "no thanks", "does not agree", "refused", "", "×"]
)
def test_who_may_not(text):
    assert not consents(text)
