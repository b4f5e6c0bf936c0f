"""The answers to a question in one part of a survey."""

from __future__ import annotations

import pytest

from visittally.analyses.compare.answers import (
    Answers,
    count_answers,
    count_numbers,
    is_numbers,
    meaning_of,
    question_dimension,
)
from visittally.analyses.compare.parts import ComparedPart, sliced
from visittally.answers.axes import code_axis
from visittally.counting.plan import Dimension, Plan
from visittally.settings import Settings
from visittally.survey.projection import Projection
from visittally.survey.variables import Choice, Part, QuestionKind, Variable

VISITS = """
    village,sex,needs,rooms,weight
    Ash,f,water;road,2,2
    Ash,m,Water,3,1
    ASH,f,,4,1
    Elm,f,light,,1
    Elm,m,road,7,0
    """


@pytest.fixture
def counted(surveyed):
    """Count a question of some visits, by banner."""

    def count(text=VISITS, question="needs", by=(), *, renamed=None, numbers=False, **options):
        campaign = surveyed(text, **options)
        axes = [campaign.axis(name) for name in by]
        own = campaign.survey.variables[question]
        dimensions = (*(axis.dimension for axis in axes), question_dimension(own, numbers=numbers))
        part = ComparedPart(campaign, campaign.count(Plan((sliced(campaign, None, dimensions),))))
        frame = part.frame(dimensions)
        coded = [code_axis(axis, frame.value_counts(i), campaign.settings) for i, axis in enumerate(axes)]
        if numbers:
            return count_numbers(part, own, coded, ())
        return count_answers(part, own, coded, (), renamed=renamed)

    return count


def test_answers_bases_and_those_who_were_asked(counted):
    """A blank is no answer."""
    found = counted()

    assert {answer: n for (_group, answer), n in found.n.items()} == {"water": 2, "road": 2, "light": 1}
    assert (found.base_n, found.cases) == ({(): 4}, {(): 5})
    assert found.weighted is False
    assert found.proportion((), "water").value == pytest.approx(2 / 4)
    assert found.proportion((), "tiles").value == 0
    assert found.proportion(("nobody",), "water") is None


@pytest.mark.parametrize(("base", "n"), [("answered", 4), ("all", 5), ("mentions", 5)])
def test_bases(counted, base, n):
    assert counted(base=base).base_n == {(): n}


def test_by_the_printed_names_of_a_banner(counted):
    found = counted(by=("village", "sex"))

    assert found.n == {
        (("Ash", "f"), "water"): 1,
        (("Ash", "f"), "road"): 1,
        (("Ash", "m"), "water"): 1,
        (("Elm", "f"), "light"): 1,
        (("Elm", "m"), "road"): 1,
    }
    assert found.base_n == {("Ash", "f"): 1, ("Ash", "m"): 1, ("Elm", "f"): 1, ("Elm", "m"): 1}
    assert found.cases == {("Ash", "f"): 2, ("Ash", "m"): 1, ("Elm", "f"): 1, ("Elm", "m"): 1}


def test_weights_count_beside_the_cases_and_those_of_nothing_are_left_out(counted):
    found = counted(weight="weight")

    assert found.n == {((), "water"): 2, ((), "road"): 1, ((), "light"): 1}
    assert found.w == {((), "water"): 3.0, ((), "road"): 2.0, ((), "light"): 1.0}
    assert (found.base_n, found.base_w, found.squares) == ({(): 3}, {(): 4.0}, {(): 6.0})
    assert found.proportion((), "road").value == pytest.approx(2 / 4)


def test_spellings_are_one_answer(counted):
    assert list(counted().names) == ["water", "road", "light"]
    assert counted().listed is None


def test_labels_may_be_the_names_of_the_other_side(counted):
    found = counted(renamed={"water": "w1"})

    assert {answer for _group, answer in found.n} == {"w1", "road", "light"}


# ---------------------------------------------------------------- what was there to answer
def answers(**more):
    return Answers({}, {}, {}, {}, {}, **{"asked": {}, "cases": {}, "names": {}, "labels": {}, "listed": None, **more})


def test_whether_a_form_had_an_answer():
    """Where nothing lists them, nobody knows that it did not."""
    assert answers().has("water")
    listed = answers(listed=frozenset({"water"}), names={"road": "Road"})
    assert (listed.has("water"), listed.has("road"), listed.has("light")) == (True, True, False)


def test_the_part_that_was_asked():
    found = answers(asked={(): 3}, cases={(): 4, ("f",): 0})

    assert (found.routed(()), found.routed(("f",)), found.routed(("m",))) == (0.75, 0.0, 0.0)


# ---------------------------------------------------------------- numbers
NUMBER = Variable("age", (Part("age"),), QuestionKind.NUMBER)
SINGLE = Variable("age", (Part("age"),), QuestionKind.SINGLE)
LISTED = Variable("age", (Part("age"),), QuestionKind.NUMBER, choices=(Choice("1", "one"),))


@pytest.mark.parametrize(
    ("questions", "are"),
    [((NUMBER, NUMBER), True), ((SINGLE, NUMBER), True), ((SINGLE, SINGLE), False), ((NUMBER, LISTED), False)],
)
def test_a_question_is_one_of_amounts_where_a_side_says_so_and_none_lists_answers(questions, are):
    assert is_numbers(*questions) is are


def test_numbers_are_planned_as_numbers():
    assert question_dimension(NUMBER, numbers=True) == Dimension("age", Projection.NUMBER)
    assert question_dimension(NUMBER, numbers=False) == Dimension("age", Projection.RAW)


def test_numbers_by_group(counted):
    found = counted(question="rooms", numbers=True, by=("sex",))

    assert {names: (n, own.mean) for names, (n, own) in found.items()} == {("f",): (2, 3.0), ("m",): (2, 5.0)}


def test_numbers_are_weighted_and_missing_codes_are_left_out(counted):
    """2 twice, 3 and 4 once; 7 weighs nothing."""
    [(n, own)] = counted(question="rooms", numbers=True, weight="weight").values()
    assert (n, own.mean) == (3, (2 * 2 + 3 + 4) / 4)

    [(n, own)] = counted(question="rooms", numbers=True, missing={"blank": ("7", "x")}).values()
    assert (n, own.mean) == (3, 3.0)


# ---------------------------------------------------------------- what values say
def test_a_meaning_can_be_taken_for_other_values_in_another_order():
    question = Variable("roof", (Part("roof"),))
    meaning = meaning_of(question, {"tin": 3, "": 1, "thatch": 2}, Settings())
    own = meaning.aligned(["thatch", "", "tin"])

    assert [[own.coding.keys[i] for i in members] for members in own.coding.lists()] == [["thatch"], [], ["tin"]]
    assert list(own.answered) == [True, False, True]
    assert own.keys({"tin": "1"})[own.coding.keys.index("tin")] == "1"
    assert list(own.counts("answered")) == [True, False, True]
    assert list(own.counts("all")) == [True, True, True]
