"""Lists as programs write them into a cell."""

from __future__ import annotations

import pytest

from visittally.words.list_notation import in_brackets, in_quotes, notation_of
from visittally.words.separators import Separator, find_separator


@pytest.mark.parametrize(
    ("cell", "answers"),
    [
        ('["road", "water, clean"]', ("road", "water, clean")),
        ("['a', 'b']", ("a", "b")),
        ("('a', 'b')", ("a", "b")),
        ("{'b', 'a'}", ("b", "a")),  # as they stand
        ("{a,b}", ("a", "b")),
        ("[a, b ,]", ("a", "b")),
        ('{"Water (drinking, other)",Road}', ("Water (drinking, other)", "Road")),
        ("[1, 2.5]", ("1", "2.5")),
        ("[]", ()),
        ("{}", ()),
        ("[ ]", ()),
        (' ["a"] ', ("a",)),
        ("[a\nb, c]", ("a b", "c")),
        ('["a\\u5e74"]', ("a年",)),
        ("road [main]", None),
        ("[see note", None),
        ('{"a": 1}', None),
        ("{a: 1}", None),
        ("[[1], [2]]", None),
        ("[a, [b]]", None),
        ("[null, 1]", None),
        ("(a)", None),
        ("(a, b)", None),  # words in parentheses
        ("[" + "a," * 5_000 + "a]", None),
        ("", None),
    ],
)
def test_lists_in_brackets(cell, answers):
    assert in_brackets(cell) == answers


@pytest.mark.parametrize(
    ("cell", "answers"),
    [
        ('"Water, clean",Power', ("Water, clean", "Power")),
        ('Power, "Water, clean"', ("Power", "Water, clean")),
        ("Road,Power", ("Road", "Power")),
        ("Road,,", ("Road",)),
        ('"a\nb",c', ("a b", "c")),
        ('say "a, b" loud', None),
        ('"open', None),
        ("", ()),
    ],
)
def test_lists_with_quotes(cell, answers):
    assert in_quotes(cell) == answers


@pytest.mark.parametrize(
    ("cells", "notation"),
    [
        (["['a']", "['a', 'b']", ""], "brackets"),
        (["['a']"] * 9 + ["a"], "brackets"),
        (["['a']"] * 8 + ["a", "b"], ""),
        (['"Water, clean",Power', "Power"], "quotes"),
        (['"Water, clean",Power', '"Power'], ""),
        (["Water, clean", "Power"], ""),
        (['"Water","Power"', "Power"], ""),  # nothing needs the quotes
        (["(a, b)"], ""),
        (["", " "], ""),
        ([], ""),
    ],
)
def test_how_a_question_writes_its_lists(cells, notation):
    """Nine of ten cells must be lists in brackets; all must be readable with quotes."""
    assert notation_of([f"{cell}" for cell in cells]) == notation


def test_letters_of_options_one_behind_the_other_are_several_answers():
    cells = ["A", "B", "AC", "ABD", "D"]
    assert notation_of(cells) == "letters"
    assert Separator.split(find_separator(cells, multi=True), "ABD") == ("A", "B", "D")


@pytest.mark.parametrize(
    "cells", [["A", "B", "AB", "O"], ["AB", "CD", "EF"], ["A", "CAB", "ABC"], ["A", "Ab"], ["A", "B"]]
)
def test_other_letters_are_answers_of_their_own(cells):
    assert notation_of(cells) != "letters"


@pytest.mark.parametrize("between", ["", " ", "\n"])
def test_options_with_their_letters_need_nothing_between_them(between):
    cells = ["A.道路", "C.教育", "B.饮水", f"A.道路{between}B.饮水", f"C.教育{between}A.道路"]
    found = find_separator(cells)
    assert found is not None
    assert found.split(cells[-1]) == ("C.教育", "A.道路")


@pytest.mark.parametrize(
    "cells",
    [
        ["A. Khan", "B. Musa", "A. Ali B. Musa"],
        ["A. Road", "B. Water"],
        ["A. Road", "Water", "A. Road B. Water"],
        ["A. Road, main", "A. Road B. Water"],
    ],
    ids=["initials", "one each", "not all", "two names of one letter"],
)
def test_letters_before_other_texts_part_nothing(cells):
    assert notation_of(cells) != "marked"
