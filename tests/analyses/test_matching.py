"""Which question of one survey is which question of another."""

from __future__ import annotations

import pytest

from visittally.analyses.matching import FormChange, form_changes, known_options, match_questions
from visittally.survey.variables import Choice, Part, QuestionKind, Role, Variable


def question(name, kind=QuestionKind.SINGLE, label="", choices=(), options=()):
    parts = tuple(Part(f"{name}/{option}", Role.OPTION, option) for option in options) or (Part(name),)
    return Variable(name, parts, kind, label, tuple(Choice(*choice) for choice in choices))


def matched(before, after, named=None):
    """Pairs, gone and added by name."""
    found = match_questions([question(n) for n in before.split()], [question(n) for n in after.split()], named)
    return (
        [(pair.before.name, pair.after.name) for pair in found.pairs],
        [v.name for v in found.gone],
        [v.name for v in found.added],
    )


@pytest.mark.parametrize(
    ("before", "after", "pairs", "gone", "added"),
    [
        ("roof sex", "sex roof", [("sex", "sex"), ("roof", "roof")], [], []),  # in the order of the later one
        ("Roof", "ROOF", [("Roof", "ROOF")], [], []),
        ("house/roof", "home/roof", [("house/roof", "home/roof")], [], []),
        ("house/roof roof", "roof", [("roof", "roof")], ["house/roof"], []),  # the whole name goes first
        ("a/roof b/roof", "c/roof", [], ["a/roof", "b/roof"], ["c/roof"]),  # two may be meant
        ("a/roof", "b/roof c/roof", [], ["a/roof"], ["b/roof", "c/roof"]),
        ("roof", "roofs", [], ["roof"], ["roofs"]),  # alike is not the same
        ("", "roof", [], [], ["roof"]),
    ],
)
def test_by_whole_name_else_by_last_part(before, after, pairs, gone, added):
    assert matched(before, after) == (pairs, gone, added)


def test_what_the_user_says_goes_first():
    assert matched("roof age", "age2 roof", {"age": "roof"}) == ([("age", "roof")], ["roof"], ["age2"])
    assert matched("roof", "age", {"nosuch": "age", "roof": "nosuch"}) == ([], ["roof"], ["age"])


def test_a_question_that_goes_by_another_name_has_moved():
    found = match_questions([question("a/roof"), question("Sex")], [question("b/roof"), question("sex")])

    assert [pair.moved for pair in found.pairs] == [True, False]


@pytest.mark.parametrize(
    ("gone", "added", "said"),
    [
        ("main_problem", "main_problems", "main_problem=main_problems"),
        ("a/main_problem", "c/d/main_problems", "a/main_problem=c/d/main_problems"),  # in their last parts
        ("roof", "age", None),
        ("roof", "", None),
    ],
)
def test_names_that_look_alike_are_suggested_and_not_joined(gone, added, said):
    found = match_questions([question(n) for n in gone.split()], [question(n) for n in added.split()])

    assert [said in notice.message for notice in found.suggestions()] == ([True] if said else [])


# ---------------------------------------------------------------- options
def test_options_of_the_form_and_of_the_columns_by_folded_name():
    listed = question("q", choices=[("Water", ""), ("road", "Bad road")], options=["water", "light"])

    assert known_options(listed) == {
        "water": ("Water", ""),
        "road": ("road", "Bad road"),
        "light": ("light", ""),
    }
    assert known_options(question("q")) is None


def test_a_label_that_is_found_later_is_kept():
    variable = Variable("q", (Part("q/a", Role.OPTION, "A", "All"),), choices=(Choice("a", ""),))

    assert known_options(variable) == {"a": ("A", "All")}


# ---------------------------------------------------------------- what changed
def changes(before, after, **more):
    return form_changes(match_questions(before, after), **more)


def test_questions_that_moved_went_and_came():
    assert changes([question("a/roof"), question("old")], [question("b/roof"), question("new")]) == [
        FormChange("question_moved", "b/roof", "a/roof", "b/roof"),
        FormChange("question_gone", "old", "old"),
        FormChange("question_added", "new", "", "new"),
    ]


def test_options_that_went_and_came_and_labels():
    """Where one side lists none, nothing is known."""
    before = question("q", choices=[("a", "One"), ("b", "Two"), ("c", "")])
    after = question("q", choices=[("A", "Uno"), ("c", "Three"), ("d", "")])

    assert changes([before], [after]) == [
        FormChange("option_added", "q", "", "d"),
        FormChange("option_gone", "q", "b"),
        FormChange("label_changed", "q", "One", "Uno"),
    ]
    assert changes([before], [question("q")]) == []


def test_types_are_compared_where_forms_tell_them():
    """Without forms only several answers against one are a change: all else is guessed from the answers."""
    number, text, multi = (question("q", kind) for kind in (QuestionKind.NUMBER, QuestionKind.TEXT, QuestionKind.MULTI))

    assert changes([number], [text]) == []
    assert changes([number], [text], with_forms=True) == [FormChange("type_changed", "q", "number", "text")]
    assert changes([text], [multi]) == [FormChange("type_changed", "q", "text", "multi")]
    assert changes([multi], [multi], with_forms=True) == []


def test_labels_of_questions():
    assert changes([question("q", label="What ?")], [question("q", label="Which?")]) == [
        FormChange("label_changed", "q", "What ?", "Which?")
    ]
    assert changes([question("q", label="What")], [question("q")]) == []
    assert changes([question("q", label="What  is")], [question("q", label=" What is ")]) == []
