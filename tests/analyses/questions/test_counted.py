"""A question with what was counted of it."""

from __future__ import annotations

import numpy as np
import pytest

from visittally.analyses.questions.counted import (
    CountedQuestion,
    codings_of,
    is_number,
    of_question,
    title_of,
    weights_in,
)
from visittally.answers.axes import Axis, code_axis
from visittally.counting.tally import Frame
from visittally.settings import Settings
from visittally.survey.variables import Part, Variable


def counted(label="", by=(), weight=None):
    codes = np.array([[0, 0, 0], [0, 1, 1], [1, 0, 1]])
    frame = Frame((["Elm", "Oak"], ["no", "yes"], ["0.5", "2"]), codes, np.array([3, 1, 4]))
    question = Variable("needs", (Part("needs"),), label=label)
    return CountedQuestion(question, by, frame, weight, None, {})


@pytest.mark.parametrize(
    ("label", "title"), [("", "needs"), ("needs", "needs"), ("What do you need?", "What do you need? (needs)")]
)
def test_a_title_is_the_text_of_a_question_with_its_name(label, title):
    assert title_of(counted(label)) == title


def test_the_question_stands_behind_its_banner():
    axis = code_axis(
        Axis("village", "village", Variable("village", (Part("village"),))), {"Oak": 1, "Elm": 2}, Settings()
    )
    found = counted(by=(axis,))

    assert (counted().dimension, found.dimension) == (0, 1)
    assert list(codings_of(found)) == [0]
    aligned = codings_of(found)[0]
    assert [aligned.keys[i] for (i,) in aligned.lists()] == ["Elm", "Oak"]


def test_each_combination_weighs_as_much_as_its_cases():
    assert weights_in(counted()).tolist() == [3, 1, 4]
    assert weights_in(counted(weight=2)).tolist() == [1.5, 2, 8]


def test_figures_are_about_their_question():
    assert of_question(counted()) == {("question", "needs")}


@pytest.mark.parametrize(
    ("text", "number"), [("1", True), ("-1.5", True), ("1e3", True), ("", False), ("1 2", False), ("yes", False)]
)
def test_codes_that_are_numbers(text, number):
    assert is_number(text) is number
