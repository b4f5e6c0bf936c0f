"""What a raw value says, once it is understood."""

from __future__ import annotations

import pytest

from visittally.answers.answer import BLANK, NOT_ASKED, Answer, State, list_options, option_of, union
from visittally.survey.variables import Choice
from visittally.words.vocabulary import Missing, lexicon

WORDS = lexicon(Missing(), ())


def options(found=None, *choices, **more):
    return list_options([Choice(*choice) for choice in choices], found or {}, WORDS, **more)


# ---------------------------------------------------------------- which options there are
def test_options_of_the_form_come_first_in_its_order_then_others_by_frequency():
    listed = options({"light": 1, "bridge": 3, "water": 9, "alarm": 1}, ("water", "Water"), ("road", "Road"))

    assert list(listed.options) == ["water", "road", "bridge", "alarm", "light"]
    assert [option.listed for option in listed.options.values()] == [True, True, False, False, False]
    assert listed.options["road"].label == "Road"


def test_spellings_are_one_option_under_the_commonest_of_them():
    """Of two that are as common the first of the alphabet."""
    assert list(options({"Water": 1, "water ": 2, "ＷＡＴＥＲ": 1}).options) == ["water"]
    assert list(options({"road": 1, "Road": 1}).options) == ["Road"]


@pytest.mark.parametrize(
    ("found", "key"),
    [
        ({"1": 5}, "1"),
        ({"No water": 5, "1": 4}, "No water"),  # the files hold labels
        ({"No water": 5, "1": 5}, "1"),  # as many names as labels
        ({}, "1"),
    ],
)
def test_the_key_is_the_name_or_the_label_whichever_the_files_hold(found, key):
    listed = options(found, ("1", "No water"))

    assert list(listed.options) == [key]
    assert {listed.find(text) for text in ("1", "No water", "no  WATER")} == {key}


def test_a_label_that_is_a_name_as_well_is_no_sign_of_labels():
    assert list(options({"2": 9}, ("1", "2"), ("2", "Road")).options) == ["1", "2"]


def test_an_unknown_text_is_no_option():
    assert options({"water": 1}).find("road") is None


def test_what_people_wrote_is_masked_and_names_of_places_are_not():
    """Two texts that are the same once masked are one row."""
    found = {"call 13812345678": 2, "call 13887654321": 1}

    assert list(options(found).options) == ["call [phone]"]
    assert options(found).find("call 13887654321") == "call [phone]"
    assert list(options({"Anna Smith": 1}, places=True).options) == ["Anna Smith"]


@pytest.mark.parametrize(
    ("key", "label", "exclusive", "last"),
    [
        ("water", "", False, False),
        ("none", "", True, True),
        ("9", "Don't know", True, True),
        ("拒答", "", True, True),
        ("other", "", False, True),
        ("8", "其他", False, True),
    ],
)
def test_words_say_which_options_exclude_others_and_which_stand_last(key, label, exclusive, last):
    option = option_of(key, label, WORDS)

    assert (option.exclusive, option.last) == (exclusive, last)


# ---------------------------------------------------------------- answers
def test_an_answer_holds_each_option_once_in_order():
    listed = options({"water": 1, "road": 1})

    assert listed.answer(["road", "water", "road"]) == Answer(State.ANSWERED, ("road", "water"))
    assert listed.answer([]) == Answer(State.ANSWERED)


def test_an_answer_knows_what_it_says_beyond_its_options():
    """By the name or the label; beside others that is a conflict."""
    listed = options({"water": 1}, ("none", "None"), ("98", "Don't know"), ("99", "Refused to answer"), ("refused", ""))

    assert listed.answer(["none"]) == Answer(State.ANSWERED, ("none",), none=True)
    assert listed.answer(["98"]) == Answer(State.ANSWERED, ("98",), dont_know=True)
    assert listed.answer(["refused"]) == Answer(State.ANSWERED, ("refused",), refused=True)
    assert listed.answer(["98", "water"]) == Answer(State.ANSWERED, ("98", "water"), dont_know=True, conflict=True)
    both = listed.answer(["none", "98"])
    assert (both.none, both.dont_know, both.refused, both.conflict) == (True, True, False, True)


# ---------------------------------------------------------------- several records of one unit
def test_records_of_one_unit_say_together_what_any_says():
    listed = options({"water": 1, "road": 1})
    water, road = listed.answer(["water"]), listed.answer(["road"])

    assert union([water], listed) is water
    assert union([water, BLANK, road, water, NOT_ASKED], listed).codes == ("water", "road")
    assert union([BLANK, listed.answer([])], listed) == Answer(State.ANSWERED)
    assert union([NOT_ASKED, BLANK], listed) is BLANK
    assert union([NOT_ASKED, NOT_ASKED], listed) is NOT_ASKED
