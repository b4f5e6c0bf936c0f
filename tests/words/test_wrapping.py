"""Width and lines of Chinese and other text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visittally.words.wrapping import (
    display_width,
    padded,
    shortened,
    title_lines,
    wrap,
)

TEXT = st.text(st.sampled_from("abc  村道路，。（）“é\u0301👍") | st.characters(exclude_categories=["C", "M"]))


@given(TEXT, st.integers(2, 40))
def test_lines_are_no_wider_than_asked_and_lose_nothing(text, most):
    lines = wrap(text, most)

    assert all(display_width(line) <= most for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_a_line_begins_with_no_closing_sign():
    assert wrap("道路交通，安全饮水。", 8) == ["道路交", "通，安全", "饮水。"]


def test_a_line_ends_with_no_opening_sign():
    assert wrap("道路（交通）", 6) == ["道路", "（交", "通）"]


def test_english_breaks_between_words():
    assert wrap("one two three", 9) == ["one two", "three"]


def test_padding_counts_cells():
    assert [padded("村", 4), padded("村", 4, right=True), padded("abc", 2)] == ["村  ", "  村", "abc"]


@given(TEXT, st.integers(5, 30))
def test_shortened_text_fits(text, most):
    assert display_width(shortened(text, most)) <= most


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("2025年11月至2026年2月走访群众情况报告", ["2025年11月至2026年2月", "走访群众情况报告"]),
        ("青山镇2025年11月至2026年2月走访群众情况报告", ["青山镇2025年11月至2026年2月", "走访群众情况报告"]),
        (
            "青山镇2026年度上半年关于开展大走访活动情况的汇报材料",
            ["青山镇2026年度上半年", "关于开展大走访活动情况的汇报材料"],
        ),
        ("关于组织开展日常走访和冬季安全生产隐患大排查大整治的汇报", None),
        ("2026年3月走访群众情况报告", ["2026年3月走访群众情况报告"]),
        ("Report on the visits, November 2025 to February 2026", None),
    ],
)
def test_a_chinese_title_breaks_between_its_parts(title, lines):
    assert title_lines(title, 35) == (lines or [title])
