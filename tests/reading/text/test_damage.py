"""Damage that a text carries from earlier programs."""

from __future__ import annotations

import pytest

from visittally.reading.text.damage import find_damage


def found(*blocks):
    """Code -> what is said, of the texts of some blocks."""
    return {notice.code: notice.message for notice in find_damage("a.csv", [block.encode() for block in blocks])}


@pytest.mark.parametrize(
    ("text", "code", "n"),
    [
        ("东\ufffd\ufffd村,\ufffd\n", "replacement_characters", 2),
        ("锟斤拷锟斤拷村,屯屯屯\n", "mojibake", 2),
        ("a,ï»¿b\n", "byte_order_marks", 1),
        ("a,\ufeffb\n", "byte_order_marks", 1),
        ("东?村,西??村\n", "question_marks", 2),
        ("东村,???\n", "question_marks", 1),
        ("梓(zǐ)潼,(lǜ)\n", "pinyin", 1),
        ("道路(dào lù)坏了\n", "pinyin", 1),
        ("他們?cè)村里,好吗?OK\n", "question_marks", 1),
        ("带了?00余份\n", "question_marks", 1),
        ("a,4.20E+17\n", "rounded_numbers", 1),
        ("a,1E+12,9.123456789e+21\n", "rounded_numbers", 2),
        ("a,#REF!,#N/A,#DIV/0!\n", "formula_errors", 3),
    ],
)
def test_traces(text, code, n):
    said = found("head\n" + text)

    assert list(said) == [code]
    assert f" {n} " in said[code]
    assert said[code].endswith(": line 2." if n == 1 else ", first in line 2.")


@pytest.mark.parametrize(
    "text",
    [
        "东村,道路硬化\n",
        "Why? When?,什么?\n",  # questions
        "烫烫,屯\n",
        "????\n",  # in a text of plain letters question marks are question marks
        "a ??? b\n",
        "东村a???\n",
        "满意吗?1非常满意\n",
        "(zǐ),x(ab)\n",
        "1.5E+05,x4.20E+17,4.20E+170\n",
        "#1,#hashtag\n",
        "",
    ],
)
def test_what_is_no_damage(text):
    assert found(text) == {}


def test_lines_and_cases_are_counted_over_all_blocks():
    said = found("a\nb\n", "c\n东?村\n", "西?村\n#REF!\n")

    assert (
        said["question_marks"] == "a.csv: in 2 places question marks stand where characters were lost, first in line 4."
    )
    assert said["formula_errors"] == "a.csv: 1 cell holds an error of a formula (such as #REF!): line 6."
    assert list(said) == ["question_marks", "formula_errors"]
