"""Texts as people see them, where a form wrote markup into them."""

from __future__ import annotations

import pytest

from visittally.words.markup import without_markup


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<b>Household</b> number", "Household number"),
        ("roads<br>water", "roads water"),
        ("<p>roads</p><p>water</p>", "roads water"),
        ("**Which** problems?", "Which problems?"),
        ("__Which__ problems?", "Which problems?"),
        ("water &amp; roads", "water & roads"),
        ("&#27700; &#x6c34;", "水 水"),
        ("roads<!-- not asked -->", "roads"),
    ],
)
def test_marks_are_none_of_a_text(text, plain):
    assert without_markup(text) == plain


@pytest.mark.parametrize(
    "text",
    ["a < b", "5 > 3", "R&D", "snake__case__name", "__version__", "2 ** 3 ** 4", "water", "", "<b></b>", "a & b"],
)
def test_signs_that_mark_nothing_stay(text):
    assert without_markup(text) == text
