"""Items of a matrix."""

from __future__ import annotations

import pytest

from visittally.survey.matrices import matrices

LIKERT = ["agree", "neutral", "disagree", "agree", "neutral", "disagree"]


@pytest.fixture
def said(merged):
    """What is said of columns: header -> its cells."""

    def say(columns):
        rows = zip(*columns.values(), strict=True)
        return [n.message for n in matrices(merged("\n".join(map(",".join, [columns, *rows]))))]

    return say


def items(*names, cells=LIKERT):
    return {f"How do you find: {name}": [*cells[i:], *cells[:i]] for i, name in enumerate(names)}


def test_three_items_side_by_side_that_share_a_question_and_a_scale(said):
    [message] = said({"village": ["Ash"] * 3 + ["Elm"] * 3, **items("roads", "water", "schools")})

    assert message.startswith('"How do you find": 3 columns share one scale (agree, disagree, neutral)')


def test_an_item_may_lack_answers_that_others_have(said):
    narrow = {"How do you find: roads": ["agree", "neutral"] * 3}

    assert "3 columns" in said({**narrow, **items("water", "schools")})[0]
    assert "3 columns" in said({**items("water", "schools"), **narrow})[0]


def test_two_items_make_no_matrix(said):
    assert said(items("roads", "water")) == []


def test_items_are_side_by_side(said):
    apart = {**items("roads", "water"), "age": ["31", "44", "52", "29", "38", "61"], **items("light", "schools")}

    assert said(apart) == []


def test_a_short_shared_beginning_is_no_question(said):
    assert said({f"Find them: {n}": LIKERT for n in "abc"})
    assert said({f"Find it: {n}": LIKERT for n in "abc"}) == []


def test_an_answer_alone_and_answers_of_their_own_are_no_scale(said):
    assert said({f"How do you find: {n}": ["fine"] * 6 for n in "abc"}) == []
    assert said({f"How do you find: {n}": [f"{n}1", f"{n}2"] * 3 for n in "abc"}) == []


@pytest.mark.parametrize(("steps", "told"), [(11, True), (12, False)])
def test_a_scale_has_eleven_steps_at_most(said, steps, told):
    cells = [f"step {chr(97 + n)}" for n in range(steps)] * 2

    assert bool(said({f"How do you find: {n}": cells for n in "abc"})) is told
