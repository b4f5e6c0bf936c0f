"""What replies, satisfaction and earlier reports say."""

from __future__ import annotations

import pytest

from visittally.words.replies import answer_of, unrated


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
        ("prior_report", "否", set()),
    ],
)
def test_whole_answers_are_looked_up(column, text, expected):
    assert answer_of(column, text) == expected


def test_numbers_are_no_ratings_as_nobody_says_which_end_is_good():
    assert ["3 (2)" in notice.message for notice in unrated({"3": 2, "satisfied": 1, "": 4})] == [True]


def test_known_answers_need_no_notice():
    assert unrated({"satisfied": 1, "-": 4, "n/a": 1, "don't know": 1}) == []
