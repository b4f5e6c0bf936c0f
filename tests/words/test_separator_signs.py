"""The signs that can stand between answers: what each cuts, and what it leaves alone."""

import pytest

from visittally.words.separator_signs import CANDIDATES, left_whole, mixed_signs, unspaced_signs

SIGNS = {candidate.sign: candidate for candidate in CANDIDATES}


@pytest.mark.parametrize(
    ("sign", "cell", "pieces"),
    [
        ("|", "road || water", ["road", "water"]),
        (";", "road；water ؛ light", ["road", "water", "light"]),
        (", ", "road, water,light", ["road", "water,light"]),
        (",", "road,water, 1,000 trees", ["road", "water", "1,000 trees"]),
        ("/", "road / water", ["road", "water"]),
        (" - ", "road - well-water", ["road", "well-water"]),
        (" & ", "road & water&light", ["road", "water&light"]),
        ("\\n", "road\r\n\nwater", ["road", "water"]),
        ("→", "road -> water ⇒ light", ["road", "water", "light"]),
    ],
)
def test_a_sign_cuts_with_what_is_blank_around_it(sign, cell, pieces):
    assert SIGNS[sign].pattern.split(cell) == pieces


@pytest.mark.parametrize("sign", SIGNS)
def test_all_that_a_sign_cuts_holds_one_of_its_marks(sign):
    """So that cells without a mark need no search."""
    for text in (
        "a ┋ b",
        "a\nb",
        "a<BR/>b",
        "a\tb",
        "a->b",
        "a;#b",
        "a•b",
        "a|b",
        "a；b",
        "a、b",
        "a،b",
        "a, b",
        "a+b",
    ):
        for found in SIGNS[sign].pattern.finditer(text):
            assert set(found[0]) & set(SIGNS[sign].marks)


def test_signs_written_by_hand_are_mixed():
    (mixed,) = mixed_signs([SIGNS[";"], SIGNS["、"], SIGNS["|"]])

    assert mixed.sign == "; 、"
    assert mixed.pattern.split("road; water、light | lamp") == ["road", "water", "light | lamp"]


def test_signs_of_lists_are_mixed_without_those_inside_of_options_too():
    assert [mixed.sign for mixed in mixed_signs([SIGNS[";"], SIGNS["、"], SIGNS["/"]])] == ["; 、 /", "; 、"]


@pytest.mark.parametrize("signs", [(";",), (", ", ","), (";", "|")], ids=["one", "one in two ways", "one by hand"])
def test_one_sign_is_no_mixture(signs):
    assert mixed_signs([SIGNS[sign] for sign in signs]) == []


def test_a_sign_without_a_space_separates_where_options_have_it_with_one():
    (bare,) = unspaced_signs([SIGNS[";"]], ["School; far;Roads", "Roads"])

    assert bare.pattern.split("School; far;Roads") == ["School; far", "Roads"]


@pytest.mark.parametrize("cells", [["School; far; Roads"], ["School;Roads"]], ids=["always a space", "never one"])
def test_signs_that_are_always_written_alike_are_one_sign(cells):
    assert unspaced_signs([SIGNS[";"]], cells) == []


@pytest.mark.parametrize(
    ("answers", "whole"),
    [
        (["road", "water", "road;power"], ["road;power"]),  # one piece is also given by itself
        (["road", "water", "road, water"], ["road, water"]),
        (["road", "road, main", "school, roof"], []),  # a comma stands in names
        (["light;power", "road"], []),
    ],
)
def test_answers_that_another_sign_would_cut(answers, whole):
    assert left_whole(answers) == whole
