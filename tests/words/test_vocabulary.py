"""Words that say something about an answer."""

from __future__ import annotations

import pytest

from visittally.words.vocabulary import Missing, Vocabulary, key_of, lexicon, words


@pytest.mark.parametrize(
    ("text", "key"),
    [
        (" Yes ", "yes"),
        ("１", "1"),
        ("1.0", "1"),
        ("-88.00", "-88"),
        ("0.50", "0.50"),
        ("1.0.0", "1.0.0"),
        ("", ""),
        ("道路 硬化", "道路硬化"),
    ],
)
def test_the_form_in_which_answers_are_compared(text, key):
    assert key_of(text) == key


def test_lists_of_words_are_in_that_form():
    assert "yes" in words("yes")
    assert "是" in words("yes")
    with pytest.raises(KeyError):
        words("nosuch")


# ---------------------------------------------------------------- the usual words
@pytest.mark.parametrize(
    ("word", "which"),
    [
        ("", "blank"),
        ("null", "blank"),
        ("#ref!", "blank"),
        ("n/a", "not_asked"),
        ("none", "none"),
        ("don't know", "dont_know"),
        ("不知道", "dont_know"),
        ("refused", "refused"),
        ("拒答", "refused"),
        ("water", None),
    ],
)
def test_what_a_word_says(word, which):
    known = lexicon(Missing(), ())

    assert [
        name for name in ("blank", "not_asked", "none", "dont_know", "refused") if word in getattr(known, name)
    ] == ([which] if which else [])


def test_no_says_none_where_issues_are_named_only():
    assert "no" not in lexicon(Missing(), ()).none
    assert "no" in lexicon(Missing(), (), as_issue=True).none


def test_none_in_dots_and_strokes_is_none_of_an_issue():
    assert "-nil-" in lexicon(Missing(), ["-nil-"], as_issue=True).none
    assert "-nil-" not in lexicon(Missing(), ["-nil-"]).none
    assert "-nil-" not in lexicon(Missing(), ["-nil-"], ["-nil-"], as_issue=True).none


# ---------------------------------------------------------------- what the user says
def test_what_the_user_says_is_what_it_is_even_where_another_list_has_it():
    known = lexicon(Missing(dont_know=frozenset({"None", "77"}), refused=frozenset({"n/a"})), ())

    assert {"none", "77"} <= known.dont_know
    assert "none" not in known.none
    assert "n/a" in known.refused
    assert "n/a" not in known.not_asked


def test_all_codes_of_missing_answers():
    missing = Missing(frozenset("1"), frozenset("2"), frozenset("3"), frozenset("4"), frozenset("5"))

    assert missing.codes == set("1234")


# ---------------------------------------------------------------- options of the form
def test_an_option_of_the_form_is_an_answer_whatever_it_looks_like():
    """A region "NA" is no blank; that nobody knows stays what it is."""
    known = lexicon(Missing(), (), ["NA", "Null", "Refused", "none"])

    assert known.blank.isdisjoint({"na", "null"})
    assert "refused" in known.refused
    assert "none" in known.none


# ---------------------------------------------------------------- numbers
def test_codes_that_the_answers_show_to_be_missing():
    known = lexicon(Missing(), ["1", "2"], codes={"-88": "dont_know", "-99": "refused"})

    assert ("-88" in known.dont_know, "-99" in known.refused) == (True, True)


@pytest.mark.parametrize(("cells", "are"), [(("1", "-88"), True), (("1", "-88", "-1"), True), (("-5", "-88"), False)])
def test_negative_numbers_are_codes_where_no_other_is_negative(cells, are):
    code = min(words("dont_know_numbers"))

    assert (code in lexicon(Missing(), (*cells, code)).dont_know) is are


@pytest.mark.parametrize(
    ("cells", "says_none"), [(("0", "road"), True), (("0", "1"), False), (("0", "1;2"), False), (("0", ""), True)]
)
def test_zero_says_that_there_is_no_issue_unless_the_others_are_numbers_too(cells, says_none):
    assert ("0" in lexicon(Missing(), cells, as_issue=True).none) is says_none
    assert "0" not in lexicon(Missing(), cells).none


@pytest.mark.parametrize(
    ("cells", "says_none"),
    [(("-", "road"), True), (("-", "road", "3"), True), (("-", "road", "3", "4"), False), (("-", "3"), False)],
)
def test_a_stroke_between_words_says_that_there_is_no_issue(cells, says_none):
    """At least half of the others must be words; then a stroke is no blank."""
    known = lexicon(Missing(), cells, as_issue=True)

    assert ("-" in known.none, "-" in known.blank) == (says_none, not says_none)
    assert "-" in lexicon(Missing(), cells).blank


def test_one_code_can_be_taken_out_of_all_lists():
    known = Vocabulary(*(frozenset({"a", "b"}) for _ in range(5)))

    assert known.without("") is known
    assert known.without(" A ") == Vocabulary(*(frozenset({"b"}) for _ in range(5)))


@pytest.mark.parametrize(
    ("cells", "unknown"),
    [
        (["知道", "不知道", "不清楚"], ["不清楚"]),
        (["非常了解", "了解一些", "不了解", "说不清"], ["说不清"]),
        (["know well", "don't know", "refused"], []),
        (["yes", "no", "don't know"], ["don't know"]),
        (["不知情", "不知道"], ["不知道"]),
        (["do_not_know", "unknown"], ["do_not_know"]),
    ],
)
def test_where_some_say_that_they_know_it_is_an_answer_not_to_know(cells, unknown):
    assert [cell for cell in cells if cell in lexicon(Missing(), cells).dont_know] == unknown


def test_questions_whose_answers_are_no_codes_share_their_words():
    plain = lexicon(Missing(), ["road", "water"])

    assert lexicon(Missing(), ["school"]) is plain
    assert lexicon(Missing(), ["知道"]).dont_know == plain.dont_know - {"不知道"}
    assert lexicon(Missing(), ["知道"], as_issue=True).dont_know == plain.dont_know
    assert "school" in lexicon(Missing(blank=frozenset({"school"})), ["school"]).blank - plain.blank
