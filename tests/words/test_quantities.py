"""Numbers as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visittally.words.quantities import Quantity, parse


@pytest.mark.parametrize(
    ("text", "value", "approximate", "unit"),
    [
        ("27", 27, False, ""),
        ("１２３", 123, False, ""),
        ("1,234", 1234, False, ""),
        ("1 234 567", 1234567, False, ""),
        ("3,5", 3.5, False, ""),
        ("1.234,5", 1234.5, False, ""),
        ("2.0", 2, False, ""),
        ("-5", -5, False, ""),
        ("5e+05", 500000, False, ""),
        ("8.2万", 82000, False, ""),
        ("8.2万个", 82000, False, "个"),
        ("15亿", 1_500_000_000, False, ""),
        ("300余家", 300, True, "家"),
        ("3万余人", 30000, True, "人"),
        ("50多次", 50, True, "次"),
        ("千余名", 1000, True, "名"),
        ("近300户", 300, True, "户"),
        ("40左右", 40, True, ""),
        ("20户左右", 20, True, "户"),
        ("about 40 households", 40, True, "households"),
        ("125家(户)", 125, False, "家"),
        ("三十五户", 35, False, "户"),
        ("十二", 12, False, ""),
        ("一百零五", 105, False, ""),
        ("三千五百", 3500, False, ""),
        ("一万二千", 12000, False, ""),
        ("贰拾", 20, False, ""),
        ("兩戶", 2, False, "户"),
        ("二〇二六", 2026, False, ""),
        ("3.5 km", 3.5, False, "km"),
        ("12%", 12, False, "%"),
        ("$1,200.50", 1200.5, False, ""),
    ],
)
def test_numbers(text, value, approximate, unit):
    assert parse(text) == Quantity(value, approximate, unit)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "无",
        "?00余份",
        "3?",
        "10-20",
        "10至20",
        "15.03.2011",
        "12个3",
        "一般",
        "万一",
        "万",
        "几十户",
        "户数30",
        "1 or 2 people",
    ],
)
def test_what_is_no_number_has_no_value(text):
    assert parse(text).value is None


@given(st.integers(-(10**12), 10**12))
def test_whole_numbers_come_back_plain_and_with_separators(number):
    assert parse(str(number)) == Quantity(number)
    assert parse(f"{number:,}") == Quantity(number)


@given(st.decimals(-(10**6), 10**6, places=3, allow_nan=False))
def test_decimals_come_back(number):
    assert parse(f"{number:f}").value == float(number)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_has_a_number_or_none(text):
    assert parse(text).value is None or any(
        character.isnumeric() or character in "千百十拾佰仟两兩" for character in text
    )
