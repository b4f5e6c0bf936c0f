"""Kinds of values that options take."""

from __future__ import annotations

from datetime import date

import click
import pytest

from visittally.cli.values import Again, Iso, Language, NamedText, Whole


def test_days():
    assert Iso().convert("2026-04-30", None, None) == date(2026, 4, 30)
    assert Iso().convert(date(2026, 4, 30), None, None) == date(2026, 4, 30)
    for text in ("2026-02-30", "30.4.2026", "", "soon"):
        with pytest.raises(click.BadParameter, match="is not a date such as 2026-04-30"):
            Iso().convert(text, None, None)


@pytest.mark.parametrize(
    ("text", "pair"),
    [("30", ("", 30)), ("elderly=30", ("elderly", 30)), (" a=b = 7 ", ("a=b", 7)), (("x", 3), ("x", 3))],
)
def test_days_of_a_group(text, pair):
    assert Again().convert(text, None, None) == pair


@pytest.mark.parametrize("text", ["", "0", "-3", "2.5", "elderly=", "elderly=0", "=30", " =30", "elderly"])
def test_what_are_no_days(text):
    with pytest.raises(click.BadParameter, match="expected a number of days"):
        Again().convert(text, None, None)


@pytest.mark.parametrize(
    ("text", "pair"),
    [("village=地点", ("village", "地点")), (" a = b=c ", ("a", "b=c")), (("x", "y"), ("x", "y"))],
)
def test_a_name_and_a_text(text, pair):
    """Split at the first equals sign."""
    assert NamedText().convert(text, None, None) == pair


@pytest.mark.parametrize("text", ["", "village", "village=", "=地点", " = "])
def test_what_is_no_name_with_a_text(text):
    with pytest.raises(click.BadParameter, match="an equals sign"):
        NamedText().convert(text, None, None)


def test_whole_numbers_within_limits():
    assert Whole(1, 3).convert("3", None, None) == 3
    assert Whole(0).convert("100", None, None) == 100
    for text in ("0", "4", "1.5"):
        with pytest.raises(click.BadParameter):
            Whole(1, 3).convert(text, None, None)


@pytest.mark.parametrize(("text", "language"), [("zh", "zh"), ("zh_CN.UTF-8", "zh"), ("en", "en"), ("中文", "zh")])
def test_a_language_under_any_of_its_names(text, language):
    assert Language().convert(text, None, None) == language


def test_a_language_that_we_do_not_speak():
    with pytest.raises(click.BadParameter):
        Language().convert("tlh", None, None)
