"""Names that ask for problems."""

from __future__ import annotations

import pytest

from visittally.survey.issue_parents import asks_for_issues, lists_issues, named_as_issue


@pytest.mark.parametrize("name", ["problems", "Main issue", "hh/needs", "主要问题", "form.concern"])
def test_a_name_that_ends_with_a_word_for_problems_is_one(name):
    assert named_as_issue(name)


@pytest.mark.parametrize("name", ["problem_date", "village", "问题编号", ""])
def test_other_names_are_none(name):
    assert not named_as_issue(name)


def test_a_question_of_several_words_asks_for_problems_wherever_it_says_so():
    assert asks_for_issues("Which problems do you have at home?")
    assert not asks_for_issues("problems")
    assert not asks_for_issues("Which crops do you grow?")


def test_what_is_asked_about_a_problem_is_none():
    assert lists_issues("problem", ["water", "road", "health"])
    assert not lists_issues("problem", ["water", "road"])
    assert not lists_issues("problem", ["reported", "solved", "water"])
    assert not lists_issues("crop", ["maize", "beans", "rice"])


def test_education_and_age_can_be_problems():
    assert lists_issues("problem", ["education", "age", "phone"])
