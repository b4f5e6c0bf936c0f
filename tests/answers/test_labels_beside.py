"""Labels of options that only the joined answers beside the option columns tell."""

from __future__ import annotations

import pytest

from visittally.answers.labels_beside import labels_beside
from visittally.answers.ticks import Tick, TickColumn
from visittally.survey.variables import Part, Role, Variable

TICKS = TickColumn({"1": Tick.TICKED, "0": Tick.UNTICKED})


def labels(rows, *options):
    """The labels that rows of (joined answers, cells of the options) tell."""
    parts = (Part("needs", Role.PARENT), *(Part(f"needs/{name}", Role.OPTION, name) for name in options))
    return labels_beside(Variable("needs", parts), rows, [None, *[TICKS] * len(options)], 0)


@pytest.mark.parametrize(
    ("joined", "name", "label"),
    [
        ("No safe water; road", "no_safe_water", "No safe water"),
        ("NO-SAFE WATER", "no_safe_water", "NO-SAFE WATER"),
        ("no_safe_water road", "no_safe_water", None),  # written just so
        ("no safe; water", "no_safe_water", None),  # two answers
        ("unsafe water", "safe_water", None),  # within a word
        ("road", "no_safe_water", None),
    ],
)
def test_the_words_of_a_name_in_another_spelling(joined, name, label):
    assert labels({(joined, "1", "1"): 1}, name, "other_thing").get(1) == label


def test_the_commonest_spelling_is_the_label_and_of_two_the_first():
    rows = {("Safe water", "1", "1"): 1, ("SAFE WATER", "1", "1"): 2}
    tie = {("Safe water", "1", "1"): 1, ("SAFE WATER", "1", "1"): 1}

    assert labels(rows, "safe_water", "x") == {1: "SAFE WATER"}
    assert labels(tie, "safe_water", "x") == {1: "SAFE WATER"}


def test_a_text_that_stands_where_this_option_alone_is_ticked_is_its_label():
    rows = {
        ("Broken well", "1", "0"): 2,
        ("Bad road", "0", "1"): 1,
        ("Broken well, bad road", "1", "1"): 4,
        ("", "0", "0"): 3,
    }

    assert labels(rows, "w", "r") == {1: "Broken well", 2: "Bad road"}


def test_two_texts_beside_one_option_are_no_label():
    assert labels({("Broken well", "1", "0"): 2, ("Dry well", "1", "0"): 1}, "w", "r") == {}
    assert labels({("Broken well", "1", "0"): 1, ("broken well", "1", "0"): 2}, "w", "r") == {1: "broken well"}


def test_a_text_beside_two_options_is_the_label_of_neither():
    assert labels({("yes", "1", "0"): 2, ("yes", "0", "1"): 1, ("Bad road", "0", "1"): 1}, "w", "r") == {}


def test_names_of_options_are_no_labels():
    """Another option's name beside this one is a slip, not a label."""
    assert labels({("r", "1", "0"): 2}, "w", "r") == {}
    for joined in ("w r", "w;x", "w,x", "x|w", "w、x", "x / w"):
        assert labels({(joined, "1", "0"): 2}, "w", "r") == {}, joined


def test_short_records_have_no_joined_answers():
    assert labels({(): 2}, "w", "r") == {}
