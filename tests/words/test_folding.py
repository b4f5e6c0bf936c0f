"""When two spellings are the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visittally.words import folding
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


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(max_codepoint=127)))
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


def printed(spellings):
    """The printed spelling of each raw value."""
    folded = {raw: fold(raw) for raw in spellings}
    chosen, _several = commonest(spellings, folded)
    return {raw: chosen[folded[raw]] for raw in spellings}


def test_the_commonest_spelling_is_printed():
    assert printed({"民愛村": 1, "民爱村": 3, "Kabul": 2}) == {
        "民愛村": "民爱村",
        "民爱村": "民爱村",
        "Kabul": "Kabul",
    }


def test_of_equally_common_spellings_the_first_by_code_point_is_printed():
    assert set(printed({"kabul": 2, "KABUL": 2, "Kabul": 1}).values()) == {"KABUL"}


def test_spellings_that_differ_by_white_space_are_counted_together():
    assert printed({"Kabul ": 2, " Kabul": 2, "kabul": 3})["kabul"] == "Kabul"


@given(st.dictionaries(st.text("aAbＡ \u200b", max_size=4), st.integers(1, 9)))
def test_the_printed_spelling_is_the_commonest_of_those_that_fold_to_the_same(spellings):
    """Counted group by group in plain Python."""
    _chosen, several = commonest(spellings, {raw: fold(raw) for raw in spellings})
    groups = {}
    for raw, count in spellings.items():
        counts = groups.setdefault(fold(raw), {})
        counts[tidy(raw)] = counts.get(tidy(raw), 0) + count
    for raw, shown in printed(spellings).items():
        counts = groups[fold(raw)]
        assert (-counts[shown], shown) == min((-n, name) for name, n in counts.items())
    assert several == {key: counts for key, counts in groups.items() if len(counts) > 1}


@given(st.text(st.sampled_from("民愛村龍里 aB１") | st.characters()))
def test_what_needs_no_translation_is_not_changed_by_one(text):
    """Texts are looked at first."""
    assert simplify(text) == text.translate(folding._simplified())


@pytest.mark.parametrize("mark", ["\u200f", "\u200e", "\u202b", "\u2067", "\u061c"])
def test_marks_that_turn_the_writing_make_no_other_spelling(mark):
    assert fold(f"{mark}الزهور{mark}") == fold("الزهور")
    assert tidy(f"{mark}الزهور{mark}") == "الزهور"
