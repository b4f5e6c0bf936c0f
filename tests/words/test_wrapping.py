"""Width and lines of Chinese and other text."""

from hypothesis import given
from hypothesis import strategies as st

from visittally.words.wrapping import (
    display_width,
    padded,
    shortened,
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
