"""Columns of counts that say for which span they count."""

from __future__ import annotations

import pytest

from visittally.survey.spans import span_of


@pytest.mark.parametrize("name", ["当月数", "本月", "This month", "Mois", "за месяц"])
def test_below_a_heading_a_month_counts_what_the_heading_says(name):
    assert span_of(name, "走访") == ("走访", "now")


@pytest.mark.parametrize("name", ["累计数", "本年累计", "Cumulative", "To date", "с начала года"])
def test_below_a_heading_a_sum_counts_what_the_heading_says(name):
    assert span_of(name, "走访") == ("走访", "so far")


@pytest.mark.parametrize("name", ["走访户数", "To date", "本月"])
def test_alone_nothing_says_what_is_counted(name):
    assert span_of(name, "") == (name, "")
