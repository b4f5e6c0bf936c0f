"""Questions whose answers stand in one cell, or in one for each mention."""

from __future__ import annotations

import pytest

from visittally.answers.answer import BLANK, NOT_ASKED, Answer, State
from visittally.answers.joined_cells import answers_in, answers_of, learn_cells
from visittally.survey.variables import Part, QuestionKind, Role, Variable
from visittally.words.joined import NO_COLUMN
from visittally.words.vocabulary import Missing, lexicon

WORDS = lexicon(Missing(), ())
NEEDS = Variable("needs", (Part("needs"),), QuestionKind.MULTI)
CELLS = {"water;road": 5, "road": 3, "water": 4, "": 2, "n/a": 1, "road;light": 2}
MENTIONS = Variable("needs", (Part("need1", Role.MENTION), Part("need2", Role.MENTION)))


def test_joined_answers_are_counted_one_by_one():
    reader = learn_cells(NEEDS, [CELLS], WORDS)

    assert answers_of(CELLS, reader.separator, WORDS) == {"water": 9, "road": 10, "light": 2}
    assert list(reader.options.options) == ["road", "water", "light"]
    assert reader.read(["water;road"]).codes == ("water", "road")
    assert reader.read(["road;road"]).codes == ("road",)
    assert reader.read(["bridge"]).codes == ("bridge",)


@pytest.mark.parametrize(
    ("cells", "answer"),
    [
        ([""], BLANK),
        (["n/a"], NOT_ASKED),
        ([NO_COLUMN], NOT_ASKED),
        ([NO_COLUMN, ""], BLANK),
        (["n/a", ""], BLANK),
        (["road;"], Answer(State.ANSWERED, ("road",))),
        ([], NOT_ASKED),
    ],
)
def test_blank_and_not_asked(cells, answer):
    """Something that was recorded blank was asked, whatever stands in the other columns."""
    assert learn_cells(NEEDS, [CELLS], WORDS).read(cells) == answer


def test_where_all_were_asked_a_blank_says_that_nothing_was_named():
    everybody = Variable("needs", (Part("needs"),), QuestionKind.MULTI, all_asked=True)
    reader = learn_cells(everybody, [CELLS], WORDS)

    assert reader.read([""]) == Answer(State.ANSWERED)
    assert reader.read(["n/a"]) is NOT_ASKED
    assert reader.read(["", "road"]).codes == ("road",)


def test_an_empty_list_is_an_answer():
    """In a list notation nothing between the brackets was ticked, and that was written down."""
    reader = learn_cells(NEEDS, [{"['water', 'road']": 3, "['road']": 2, "[]": 1}], WORDS)

    assert reader.read(["['water', 'road']"]).codes == ("water", "road")
    assert reader.read(["[]"]) == Answer(State.ANSWERED)


@pytest.mark.parametrize("kind", [QuestionKind.NUMBER, QuestionKind.DATE, QuestionKind.SCALE])
def test_numbers_days_and_steps_are_never_cut(kind):
    cells = {"1;2": 5, "1": 3, "2": 4}

    assert learn_cells(Variable("n", (Part("n"),), kind), [cells], WORDS).separator is None
    assert learn_cells(Variable("n", (Part("n"),), QuestionKind.MULTI), [cells], WORDS).separator is not None


def test_cells_of_single_mentions_are_never_cut_and_are_read_together():
    reader = learn_cells(MENTIONS, [{"water;road": 5, "road": 3}, {"road": 2, NO_COLUMN: 4, "": 1}], WORDS)

    assert reader.separator is None
    assert reader.read(["road", "light"]).codes == ("road", "light")
    assert reader.read(["road", NO_COLUMN]).codes == ("road",)


@pytest.mark.parametrize(
    ("cell", "answers"),
    [
        ("其他〖缺水〗", ("其他",)),
        ("其他 〖缺水", ("其他",)),
        ("〖缺水〗", ("〖缺水〗",)),  # nothing else stands there
        ("道路", ("道路",)),
        ("其他〖缺水〗道路", ("其他〖缺水〗道路",)),
    ],
)
def test_what_was_filled_in_beside_an_option_is_no_part_of_it(cell, answers):
    assert answers_in(cell, None) == answers


def test_filled_in_words_are_left_out_of_each_joined_answer():
    reader = learn_cells(NEEDS, [{"道路┋其他〖缺水〗": 3, "道路": 5, "其他〖路灯〗": 2}], WORDS)

    assert reader.read(["道路┋其他〖缺水〗"]).codes == ("道路", "其他")


def test_visitors_are_names_and_are_not_masked_as_what_people_wrote():
    visitor = Variable("visitor", (Part("visitor"),), fields=("visitor",))

    assert learn_cells(visitor, [{"Anna Smith": 3}], WORDS).options.find("anna smith") == "Anna Smith"


def test_and_so_on_at_the_end_of_a_list_is_no_answer():
    cells = {"道路、饮水、等": 1, "道路、医疗": 1, "饮水": 1, "医疗、饮水、等等": 1, "道路": 1}
    reader = learn_cells(NEEDS, [cells], WORDS)

    assert answers_of(cells, reader.separator, WORDS) == {"道路": 3, "饮水": 3, "医疗": 2}
