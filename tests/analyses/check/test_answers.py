"""The answers of a question, as codes and as what each cell is."""

from __future__ import annotations

import numpy as np
import pytest

from visittally.analyses.check.answers import (
    ANSWERED,
    BLANK,
    DONT_KNOW,
    OTHER,
    REFUSED,
    QuestionReader,
    long_text,
    readers_of,
    text_codes,
)
from visittally.analyses.check.columns import columns_of
from visittally.answers.book import learn
from visittally.survey.variables import Choice, Part, QuestionKind, Role, Variable
from visittally.words.joined import CELL_SEPARATOR, NO_COLUMN


def reader(values, kind=QuestionKind.SINGLE, *, booked=True, parts=(), **more):
    variable = Variable("q", parts or (Part("q"),), kind, **more)
    counts = values if isinstance(values, dict) else dict.fromkeys(values, 1)
    return QuestionReader(variable, counts, learn(variable, counts) if booked else None)


# ---------------------------------------------------------------- texts
@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Well, it is DRY!", "well it is dry"),
        ("dry well.", ""),
        ("dry  wells.", ""),
        ("dry wells 2", "dry wells 2"),
        ("村口的路不好", "村口的路不好"),
        ("村口的路坏", ""),
        (f"{NO_COLUMN}", ""),
    ],
)
def test_texts_that_are_long_enough_to_be_compared(value, text):
    assert long_text(value) == text


def test_texts_have_codes_and_none_has_nought():
    codes = text_codes(["a", "", "a", "b"])

    assert codes[0] == codes[2] != codes[3]
    assert codes[1] == 0
    assert text_codes([]).tolist() == []


# ---------------------------------------------------------------- what a cell is
@pytest.mark.parametrize(
    ("value", "bits"),
    [
        ("tin", ANSWERED),
        ("", BLANK),
        ("don't know", ANSWERED | DONT_KNOW),
        ("refused", ANSWERED | REFUSED),
        ("Other", ANSWERED | OTHER),
        ("n/a", 0),
    ],
)
def test_what_a_cell_of_a_question_with_options_is(value, bits):
    found = reader(["tin", "straw", "", "don't know", "refused", "Other", "n/a"])

    assert found.states([value]).tolist() == [bits]
    assert found.states([value, value]).tolist() == [bits, bits]


@pytest.mark.parametrize(
    ("value", "bits"),
    [
        ("12", ANSWERED),
        ("", BLANK),
        ("n/a", 0),
        (NO_COLUMN, 0),
        ("-99", ANSWERED | REFUSED),
        ("-88", ANSWERED | DONT_KNOW),
        ("don't know", ANSWERED | DONT_KNOW),
    ],
)
def test_what_a_cell_of_a_question_of_numbers_is(value, bits):
    values = {"12": 30, "15": 20, "9": 20, "-99": 3, "-88": 3}

    assert reader(values, QuestionKind.NUMBER, booked=False).states([value]).tolist() == [bits]


def test_a_code_for_a_question_that_was_not_asked_is_no_blank():
    found = reader({"12": 30, "15": 20, "-3": 4}, QuestionKind.NUMBER, booked=False)

    assert found.states(["-3", ""]).tolist() == [0, BLANK]


# ---------------------------------------------------------------- codes
def test_equal_answers_have_equal_codes_from_block_to_block():
    found = reader(["tin", "Tin", "straw", ""])

    assert found.codes(["tin", "straw", ""]).tolist() == [1, 2, 0]
    assert found.codes(["straw", "TIN ", "n/a"]).tolist() == [2, 1, 0]


def test_joined_answers_speak_for_their_option_columns():
    """Where nothing is joined the ticks do; none ticked is an answer of its own."""
    parts = (Part("q", Role.PARENT), Part("q/a", Role.OPTION, "a"), Part("q/b", Role.OPTION, "b"))
    values = [CELL_SEPARATOR.join(cells) for cells in (("a b", "1", "1"), ("a", "1", "0"), ("b a", "1", "1"))]
    found = reader(values, QuestionKind.MULTI, parts=parts)

    assert len(set(found.codes(values).tolist())) == 3
    assert 0 not in found.codes(values)


def test_the_same_answer_of_two_questions_has_one_common_code():
    first, second = reader(["tin", "straw", "don't know"]), reader(["straw", "tin", "don't know"])
    second.codes(["straw"])
    one, other = first.codes(["tin", "straw", "don't know", ""]), second.codes(["tin", "straw", "don't know", ""])

    assert one.tolist() != other.tolist()
    assert first.common_codes()[one].tolist() == second.common_codes()[other].tolist()
    assert first.common_codes()[one].tolist()[2:] == [0, 0]


def test_answers_at_the_ends_of_a_scale():
    choices = tuple(Choice(text) for text in ("bad", "fair", "good"))
    found = reader(["bad", "fair", "good", "don't know", ""], choices=choices)
    codes = found.codes(["bad", "fair", "good", "don't know", ""])

    assert found.at_an_end(("bad", "fair", "good"))[codes].tolist() == [2, 1, 2, 0, 0]


# ---------------------------------------------------------------- codes for missing answers
@pytest.mark.parametrize(
    ("values", "kind", "codes"),
    [
        ({"12": 9, "20": 7, "-99": 2}, QuestionKind.NUMBER, {"-99": 2}),
        ({"12": 9, "20": 7, "99": 2}, QuestionKind.NUMBER, {"99": 2}),
        ({"12": 9, "70": 7, "99": 2}, QuestionKind.NUMBER, {}),  # an age
        ({"1": 9, "5": 7, "99": 2}, QuestionKind.SCALE, {"99": 2}),
        ({"1": 9, "5": 7, "-3": 2}, QuestionKind.SCALE, {}),
        ({"tin": 9, "-99": 7, "99": 2}, QuestionKind.SINGLE, {"-99": 7}),
        ({"12": 9, "-20": 7, "-99": 2}, QuestionKind.SINGLE, {}),  # numbers below zero are numbers
    ],
)
def test_numbers_that_look_like_codes(values, kind, codes):
    assert reader(values, kind, booked=False).missing_codes == codes


def test_numbers_without_codes_and_texts():
    found = reader({"12": 9, "1,5": 7, "-99": 2}, QuestionKind.NUMBER, booked=False, decimal_comma=True)
    numbers = found.numbers(["12", "1,5", "-99", "old", ""])

    assert numbers[:2].tolist() == [12, 1.5]
    assert np.isnan(numbers[2:]).all()


def test_each_question_has_a_reader_in_the_order_of_the_files(surveyed):
    texts = [f"the well of house {i} is dry in summer" for i in range(25)]
    lines = "".join(f'"{text}",tin,{20 + i},Ash\n' for i, text in enumerate(texts))
    campaign = surveyed("remark,roof,age,village\n" + lines)
    columns = columns_of(campaign)
    found = readers_of(campaign, columns, campaign.count(columns.plan))

    assert [(one.variable.name, one.is_text, one.is_number, one.book is None) for one in found] == [
        ("remark", True, False, True), ("roof", False, False, False), ("age", False, True, True),
    ]  # fmt: skip
