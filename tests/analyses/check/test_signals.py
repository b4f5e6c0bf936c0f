"""The signals in words."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from visittally import messages
from visittally.analyses.check.signals import signals
from visittally.analyses.check.thresholds import Thresholds

LEVELS = {"record", "pair", "visitor", "visitor_day", "question", "place", "file"}
BASES = {"records", "pairs", "visitors", "visitor_days", "answers", "units"}


def test_each_signal_says_what_it_points_out_of_what():
    for name, signal in signals().items():
        assert signal.level in LEVELS, name
        assert signal.base in BASES, name


@pytest.mark.parametrize("language", ["en", "zh"])
def test_each_signal_has_a_name_of_its_own_and_an_innocent_reason(language):
    """In no language a word of blame."""
    messages.set_language(language)
    told = signals()

    assert len({signal.label for signal in told.values()}) == len(told)
    assert all(signal.innocent for signal in told.values())
    blame = r"fraud|fake|fabricat|suspicious|cheat|造假|作假|弄虚|可疑"
    assert [s.label for s in told.values() if re.search(blame, f"{s.label} {s.innocent}", re.IGNORECASE)] == []


def test_chinese_is_chinese():
    messages.set_language("zh")

    assert [s.label for s in signals().values() if not re.search("[\u4e00-\u9fff]", s.label)] == []


def test_signals_of_visitors_have_a_threshold():
    """What is pointed out by a figure is pointed out from a figure on that the user can set."""
    set_by_user = {field.name for field in fields(Thresholds)}
    without = {name for name in signals() if name not in set_by_user}

    assert without <= {"duplicate", "outside", "closed_early", "perfect", "reopened", "outlier"}
