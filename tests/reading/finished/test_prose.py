"""Sentences of plain and Markdown text, and the pipe tables among them."""

from __future__ import annotations

import pytest

from visittally.reading.finished.prose import of_prose


def paragraphs(text):
    return [(one.line, one.text) for one in of_prose("a.md", text).paragraphs]


def tables(text):
    return [(table.rows, table.lines, table.title) for table in of_prose("a.md", text).tables]


def test_each_line_is_a_paragraph_with_its_number():
    assert paragraphs("One.\n\n  Two, 12 visits.  \n") == [(1, "One."), (3, "Two, 12 visits.")]
    assert of_prose("a.md", "").paragraphs == ()


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("## Visits", "Visits"),
        ("- 12 visits", "12 visits"),
        ("* 12 visits", "12 visits"),
        ("> said **12** visits", "said 12 visits"),
        ("`12` __visits__", "12 visits"),
        ("#12 visits", "#12 visits"),
        ("-12 degrees", "-12 degrees"),
        ("####### x", "####### x"),
    ],
)
def test_marks_are_no_part_of_a_sentence(line, text):
    assert paragraphs(line) == [(1, text)]


TABLE = "| Area | Visits |\n|:---|---:|\n| Ash | **12** |\n| a \\| b | |\n"


def test_a_table_has_its_lines_and_the_paragraph_above_as_title():
    text = f"# Areas\n\n{TABLE}\nAfter.\n"

    assert tables(text) == [((("Area", "Visits"), ("Ash", "12"), ("a | b", "")), (3, 5, 6), "Areas")]
    assert paragraphs(text) == [(1, "Areas"), (8, "After.")]
    assert tables(TABLE)[0][2] == ""


def test_shorter_rows_are_filled_up():
    assert tables("| a | b |\n|--|--|\n| 1 |\n")[0][0] == (("a", "b"), ("1", ""))


@pytest.mark.parametrize("text", ["| a | b |\n| 1 | 2 |\n", "| a | b |\n", "a | b\n--|--\n", "| a | b |\n|-|-|\n"])
def test_lines_with_bars_and_no_rule_are_sentences(text):
    assert tables(text) == []
    assert len(paragraphs(text)) == text.count("\n")
