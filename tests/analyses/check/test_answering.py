"""Signals in the answers, as far as they are figures of arrays."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from visittally.analyses.check import answering
from visittally.analyses.check.answering import Heaped, age_questions, heaped, scales_of
from visittally.analyses.check.answers import ANSWERED, BLANK, DONT_KNOW
from visittally.analyses.check.thresholds import DEFAULTS
from visittally.survey.variables import Choice, Part, QuestionKind, Variable


class Looked(SimpleNamespace):
    """The records of a check, as far as the signals look at them; one visitor has them all."""

    def __init__(self, n, **more):
        own = {"completed": np.ones(n, bool), "members": [np.arange(n)], "too_large": False, "states": {}}
        super().__init__(n=n, **{**own, **more})

    def __len__(self):
        return self.n


def reader(name, *options, kind=QuestionKind.SINGLE, number=False, fields=()):
    choices = tuple(Choice(option) for option in options)
    variable = Variable(name, (Part(name),), kind, choices=choices, fields=fields)
    book = SimpleNamespace(options={option: SimpleNamespace(exclusive=option == "none") for option in options})
    return SimpleNamespace(variable=variable, book=book, is_number=number)


# ---------------------------------------------------------------- what was answered
def test_records_with_at_least_one_answer_of_a_kind():
    """Two in one record are one; what was never put to a household is not in the base."""
    states = {
        "a": np.array([ANSWERED | DONT_KNOW, ANSWERED, BLANK, 0]),
        "b": np.array([ANSWERED | DONT_KNOW, BLANK, ANSWERED | DONT_KNOW, 0]),
    }
    found = answering.dont_know(Looked(4, states=states), DEFAULTS)

    assert (found.base, found.count, [hit.record for hit in found.hits]) == (3, 2, [0, 2])
    assert answering.refused_answers(Looked(4, states=states), DEFAULTS).count == 0
    assert answering.other(Looked(4), DEFAULTS).state == "no_column"
    assert answering.other(Looked(4, too_large=True), DEFAULTS).state == "too_large"


@pytest.mark.parametrize(("blanks", "counted"), [(1, True), (2, False)])
def test_a_blank_is_missing_where_nineteen_of_twenty_answered(blanks, counted):
    """Elsewhere it may be a skip."""
    states = {"a": np.array([BLANK] * blanks + [ANSWERED] * (20 - blanks))}
    found = answering.missing(Looked(20, states=states), DEFAULTS)

    assert (found.state, found.count) == (("computed", 1) if counted else ("no_column", 0))


# ---------------------------------------------------------------- scales
STEPS = ("1", "2", "3")


def test_neighbours_of_the_same_options_are_a_scale_from_five_on():
    five = [reader(f"q{i}", *STEPS) for i in range(5)]
    other = reader("x", "a", "b", "c")

    assert scales_of(five, ()) == [[f"q{i}" for i in range(5)]]
    assert scales_of(five[:4], ()) == []
    assert scales_of([*five[:3], other, *five[3:]], ()) == []
    assert scales_of([*five, other], ()) == [[f"q{i}" for i in range(5)]]


def test_two_options_are_no_scale_and_none_is_no_step():
    assert scales_of([reader(f"q{i}", "yes", "no") for i in range(5)], ()) == []
    assert scales_of([reader(f"q{i}", "yes", "no", "none") for i in range(5)], ()) == []


def test_scales_that_the_user_named():
    assert scales_of([], ("a, b", "c,")) == [["a", "b"], ["c"]]


# ---------------------------------------------------------------- ages
@pytest.mark.parametrize(
    ("name", "number", "fields", "asks"),
    [
        ("age", True, (), True),
        ("age_of_respondent", True, (), True),
        ("年龄", True, (), True),
        ("years", True, ("age",), True),
        ("age_in_months", True, (), False),
        ("village", True, (), False),
        ("age", False, (), False),
    ],
)
def test_questions_that_ask_for_an_age(name, number, fields, asks):
    assert age_questions([reader(name, number=number, fields=fields)]) == ([name] if asks else [])


def test_ages_that_end_in_nothing_and_five():
    """23 to 62, both included; twenty different values must be there."""
    assert heaped(np.arange(20.0, 70.0)) == Heaped(40, 8)
    assert heaped(np.arange(22.0, 64.0)) == Heaped(40, 8)
    assert heaped(np.array([*range(30, 50), np.nan, 30, 30], float)) == Heaped(22, 6)
    assert heaped(np.arange(30.0, 49.0)) is None


@pytest.mark.parametrize(("found", "index"), [(Heaped(40, 8), 100), (Heaped(40, 40), 500), (Heaped(0, 0), None)])
def test_whipples_index_is_a_hundred_where_no_digit_is_preferred(found, index):
    assert found.whipple == index


# ---------------------------------------------------------------- outliers
def outliers(numbers):
    cases = Looked(len(numbers), readers=[reader("n", number=True)], numbers={"n": np.array(numbers, float)})
    found = answering.outlier(cases)
    return [(hit.record, hit.value) for hit in found.hits], found.state, found.base


def test_numbers_far_beyond_the_quartiles_on_the_scale_of_logarithms():
    """From 10 to 100 the quartiles are at most a factor of ten apart: three more of them reach far."""
    usual = [10.0] * 10 + [100.0] * 20

    assert outliers([*usual, 1e5, np.nan])[0] == []
    assert outliers([*usual, 1e6, np.nan]) == ([(30, 1e6)], "computed", 31)
    assert outliers([*usual, 0.0, -5.0])[0] == []
    assert outliers([*usual, 712345678.0])[0] == [(30, None)]  # a telephone


def test_thirty_positive_numbers_are_needed():
    assert outliers([10.0] * 29 + [0.0])[1] == "no_column"
    assert outliers([10.0] * 30)[1] == "computed"
