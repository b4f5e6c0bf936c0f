"""When two spellings are the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visittally.words.folding import (
    commonest,
    fold,
    fold_header,
    simplify,
    tidy,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ａ村", "a村"),
        ("民愛村", "民爱村"),
        ("Low  water\tflow", "low water flow"),
        ("　大坪村 ", "大坪村"),
        ("ＷＡＴＥＲ（１）", "water(1)"),
        ("te\u200bst", "test"),
        ("走訪戶數", "走访户数"),
        ("STRASSE", "straße"),
    ],
)
def test_spellings_that_are_the_same(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("大坪村", "大平村"), ("road", "roads"), ("A 1", "A1"), ("未办结", "办结")])
def test_spellings_that_differ(one, other):
    assert fold(one) != fold(other)


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(codec="ascii")))
def test_ascii_folds_as_any_other_text_does(text):
    assert fold(text) == fold(text + "é").removesuffix("é").strip()


def test_simplified_characters_stay():
    assert simplify("马天明又回来了") == "马天明又回来了"


@pytest.mark.parametrize(
    ("header", "folded"),
    [
        ("1、所在村（必填）", "所在村"),
        ("提交时间（自动）", "提交时间"),
        ("Q2. Village:", "village"),
        ("Q12 Which problems?", "which problems"),
        ("* Village name", "village name"),
        ("走 訪 日 期", "走访日期"),
        ("Problem<br/>reported", "problem reported"),
        ("3.5 km radius", "3.5 km radius"),
        ("第3题：满意度", "满意度"),
        ("*", "*"),
    ],
)
def test_headers_lose_what_is_not_their_name(header, folded):
    assert fold_header(header) == folded


def test_the_commonest_spelling_is_printed():
    assert commonest({"民愛村": 1, "民爱村": 3, "Kabul": 2}) == {
        "民愛村": "民爱村",
        "民爱村": "民爱村",
        "Kabul": "Kabul",
    }


def test_of_equally_common_spellings_the_first_by_code_point_is_printed():
    assert set(commonest({"kabul": 2, "KABUL": 2, "Kabul": 1}).values()) == {"KABUL"}


def test_spellings_that_differ_by_white_space_are_counted_together():
    assert commonest({"Kabul ": 2, " Kabul": 2, "kabul": 3})["kabul"] == "Kabul"


@given(st.dictionaries(st.text(max_size=5), st.integers(1, 9)))
def test_every_printed_spelling_is_one_that_was_written(spellings):
    written = {tidy(raw) for raw in spellings}
    assert set(commonest(spellings).values()) <= written
