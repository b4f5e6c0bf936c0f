"""The order of names."""

from __future__ import annotations

import pytest

from visittally.words.ordering import name_key


def ordered(*names):
    return sorted(names, key=name_key)


def test_chinese_numerals_that_number_groups_are_sorted_by_value():
    assert ordered("十二组", "二组", "十组", "一组") == ["一组", "二组", "十组", "十二组"]
    assert ordered("工作队三小组", "工作队二小组", "工作队一小组") == ["工作队一小组", "工作队二小组", "工作队三小组"]


@pytest.mark.parametrize(
    ("numeral", "value"), [("十", 10), ("二十", 20), ("二十一", 21), ("一百零二", 102), ("二〇三", 203)]
)
def test_a_numeral_sorts_beside_the_same_number_in_digits(numeral, value):
    assert ordered(f"{value + 1}组", f"{numeral}组", f"{value - 1}组")[1] == f"{numeral}组"


def test_numerals_in_other_names_are_words():
    assert ordered("三里村", "大坪村", "五一村") == ["大坪村", "三里村", "五一村"]
