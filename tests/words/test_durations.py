"""How long something took."""

from __future__ import annotations

import math

import pytest

from visittally.words.durations import in_seconds, minutes_of


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("2分30秒", 2.5),
        ("1小时5分", 65),
        ("1.5h", 90),
        ("1 hour 5 min 30 sec", 65.5),
        ("45 mins.", 45),
        ("90 seconds", 1.5),
        ("00:45:30", 45.5),
        ("1:05", 65),
        ("0", 0),
        ("７", 7),
        ("12.5", 12.5),
    ],
)
def test_minutes(text, minutes):
    assert minutes_of(text) == minutes


@pytest.mark.parametrize("text", ["", "?", "soon", "-5", "5 days", "1:5", "min"])
def test_what_is_no_duration(text):
    assert math.isnan(minutes_of(text))


def test_bare_numbers_alone_depend_on_the_header():
    assert minutes_of("90", 1 / 60) == 1.5
    assert minutes_of("90 min", 1 / 60) == 90


@pytest.mark.parametrize(
    ("header", "are"),
    [
        ("答题时长", True),
        ("用时（秒）", True),
        ("duration_sec", True),
        ("Duration (Seconds)", True),
        ("duration", False),
        ("section", False),
        ("second_visit", True),
    ],
)
def test_headers_of_seconds(header, are):
    assert in_seconds(header) is are
