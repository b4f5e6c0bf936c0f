"""What a joined answer says beyond the options that are ticked beside it."""

from __future__ import annotations

import pytest

from visittally.answers.told_words import left_over, told_words, within


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Water_quality, water", {"water": 2, "quality": 1}),
        ("ROAD road", {"road": 2}),
        ("", {}),
        (";,", {}),
        ("道路;饮水", {"道路": 1, "饮水": 1}),
        ("道路 饮水", {"道路饮水": 1}),  # spaces between Chinese characters are no sign
        ("24h", {"24h": 1}),
    ],
)
def test_words_and_how_often(text, words):
    assert told_words(text) == words


@pytest.mark.parametrize(
    ("cell", "ticked", "left"),
    [
        ("water road", [["water"], ["road"]], {}),
        ("water road bridge", [["water"], ["road"]], {"bridge": 1}),
        ("water", [], {"water": 1}),
        ("water water_quality", [["water"], ["water_quality"]], {}),
        ("water_quality", [["water"]], {"quality": 1}),
        # by their labels, where all are written so
        ("Safe water; Bad road", [["w", "Safe water"], ["r", "Bad road"]], {}),
        # each in its own way: the longest text first
        ("w; Bad road; light", [["w", "Safe water"], ["r", "Bad road"]], {"light": 1}),
        ("water quality", [["water", "water quality"]], {"quality": 1}),
        ("bad road road", [["r", "road", "bad road"], ["x", "road"]], {}),
        # an option that the cell does not write: nobody knows how it is written there
        ("water", [["water"], ["road"]], None),
        ("water", [["water"], []], None),
        ("water", [["water"], [""]], None),
        ("water", [["water"], ["water"]], None),  # once is not twice
    ],
)
def test_what_the_ticked_options_do_not_account_for(cell, ticked, left):
    assert left_over(cell, ticked) == left


@pytest.mark.parametrize(
    ("text", "words", "all_there"),
    [
        ("bridge", {"bridge": 1}, True),
        ("old bridge", {"bridge": 1, "old": 1}, True),
        ("old bridge", {"bridge": 1}, False),
        ("bridge bridge", {"bridge": 1}, False),
        ("", {"bridge": 1}, False),
        ("bridge", {}, False),
    ],
)
def test_all_words_of_a_text_are_left(text, words, all_there):
    assert within(text, words) is all_there
