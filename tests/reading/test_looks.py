"""What single cells look like."""

from __future__ import annotations

import pytest

from visittally.reading.looks import (
    Look,
    filled,
    is_blank,
    is_subtotal_word,
    is_total_word,
    look,
    mostly,
    usual_fill,
)

DAYS = ["2026-03-01", "1/3/2026", "2026年3月1日", "3月1日", "1-Mar-2026", "March 1, 2026"]
TIMES = ["2026-03-01 10:00", "10:30", "2026-03-01T10:00:00.000+08:00"]


@pytest.mark.parametrize(
    ("kind", "cells"),
    [
        ("blank", ["", "  ", "\u3000", "NA", "n/a", "-", "(空)", "无"]),
        ("number", ["3", "-3.5", "1,234", "1 234 567", "$5", "12%", "(12)", "1e5", "300余户", "5个村", ".5", "3,5"]),
        ("moment", DAYS + TIMES),
        ("flag", ["TRUE", "false"]),
        ("address", ["https://a.b/c", "a@b.org", "photo.jpg", "uuid:0f5c1a7e-6c1b-4a39-8b5e-2f9f4c7d1e20"]),
        ("code", ["MG-8769", "HH0012", "3a", "V1.2"]),
        ("text", ["road", "road 3", "yes", "道路", "x" * 201, "H1 H2", "MG 8769"]),
    ],
)
def test_looks(kind, cells):
    assert {cell: str(look(cell)) for cell in cells} == dict.fromkeys(cells, kind)


@pytest.mark.parametrize(
    ("looks", "most"),
    [
        (["number"] * 9 + ["text"], "number"),
        (["number"] * 8 + ["text"] * 2, "text"),
        (["blank"] * 9 + ["number"], "number"),
        (["blank"], "blank"),
        ([], "blank"),
    ],
)
def test_nine_in_ten_of_what_is_filled(looks, most):
    assert mostly(map(Look, looks)) is Look(most)


def test_blank_and_filled_cells():
    assert (is_blank("\ufeff \u200b"), is_blank("-")) == (True, False)
    assert filled(["a", "", " ", "-"]) == 2


def test_the_usual_number_of_filled_cells():
    """Of an even number of rows the larger one in the middle."""
    assert usual_fill([["a", "b"], ["a", ""], ["a", "b"]]) == 2
    assert usual_fill([["a", ""], ["a", "b"]]) == 2
    assert usual_fill([]) == 0


@pytest.mark.parametrize(
    ("cell", "total", "subtotal"),
    [
        ("合 计", True, False),
        ("总计：", True, False),
        ("（合计）", True, False),
        ("Grand  Total", True, False),
        ("grand total", True, False),
        ("Subtotal:", True, True),
        ("Sub-total", True, True),
        ("小 计", True, True),
        ("民爱村小计", True, True),
        ("Ash total", True, False),
        ("totally", False, False),
        ("合计数", False, False),
        ("小计划", False, False),
        ("x" * 56 + "合计", True, False),
        ("x" * 59 + "合计", False, False),
    ],
)
def test_words_of_totals(cell, total, subtotal):
    assert (is_total_word(cell), is_subtotal_word(cell)) == (total, subtotal)
