"""Questions answered by yes and no."""

from __future__ import annotations

import pytest

from visittally.survey.field_choice import Guesser
from visittally.survey.yes_no_questions import consent_question, yes_no_columns


@pytest.fixture
def guesser(merged):
    """The columns of a text while their fields are looked for."""
    return lambda text, personal=(), **fields: _with(Guesser(merged(text), set(personal)), fields)


def _with(guesser, fields):
    guesser.fields.update(fields)
    return guesser


@pytest.mark.parametrize(
    ("header", "asks"),
    [
        ("consent", True),
        ("intro/Consent given", True),
        ("是否同意受访", True),
        ("do you agree", True),
        ("photo_consent", False),
        ("consent_to_recontact", False),
        ("agreement", False),
        ("seen", False),
    ],
)
def test_a_question_of_consent_to_the_interview(guesser, header, asks):
    assert consent_question(guesser(f"village,{header}\nAsh,yes\nElm,no\nOak,yes")) == (header if asks else "")


def test_consent_is_answered_by_yes_and_no(guesser):
    assert consent_question(guesser("village,consent\nAsh,given\nElm,no\nOak,yes")) == ""
    assert consent_question(guesser("village,consent\nAsh,\nElm,\nOak,")) == ""


def test_a_column_that_serves_a_field_or_is_held_back_is_no_question_of_consent(guesser):
    text = "village,consent\nAsh,yes\nElm,no\nOak,yes"

    assert consent_question(guesser(text, visit_outcome="consent")) == ""
    assert consent_question(guesser(text, personal=["consent"])) == ""


def test_the_longest_run_of_yes_and_no_side_by_side(guesser):
    text = "a,b,village,c,d,e,age,f,g,h\nyes,no,Ash,no,yes,refused,31,no,no,yes\nno,no,Elm,yes,no,yes,44,yes,no,no"

    assert yes_no_columns(guesser(text)) == ("c", "d", "e")
    assert yes_no_columns(guesser(text, personal=["d"])) == ("f", "g", "h")
    assert yes_no_columns(guesser(text, personal=["d"], status="g")) == ()
