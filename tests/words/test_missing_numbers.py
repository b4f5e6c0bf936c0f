"""Numbers that stand for answers which were not given."""

from __future__ import annotations

import pytest

from visittally.words.missing_numbers import apart_from_scale, missing_numbers


def answers(*cells):
    return dict.fromkeys(cells, 2)


def test_a_negative_number_that_comes_again_beside_codes_was_not_asked():
    assert missing_numbers(answers("1", "2", "5", "-3")) == {"-3": "not_asked"}


def test_a_negative_number_that_comes_once_may_be_meant():
    assert missing_numbers({"1": 5, "2": 5, "-3": 1}) == {}


@pytest.mark.parametrize("meant", [("-2", "-1", "0", "1", "2"), ("-1", "0", "1"), ("-4", "-3", "-2", "-1", "3", "9")])
def test_steps_of_a_scale_and_numbers_that_often_go_below_zero_are_meant(meant):
    assert missing_numbers(answers(*meant)) == {}


def test_beside_ticks_nothing_negative_is_a_step():
    assert missing_numbers(answers("0", "1", "-1"), ticks=True) == {"-1": "not_asked"}


def test_a_number_that_is_no_code_says_that_negative_numbers_are_meant():
    assert missing_numbers(answers("500", "-99", "-12.5")) == {}


def test_each_usual_code_has_its_state():
    assert missing_numbers(answers("700", "-88", "-99")) == {"-88": "dont_know", "-99": "refused"}


def test_codes_apart_from_a_scale():
    assert apart_from_scale(["1", "2", "3", "99"]) == {"99"}
    assert apart_from_scale(["1", "20", "99"]) == frozenset()
