"""Printed figures: what a text says, how exactly, and whether a share follows from two counts."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visittally.analyses.audit.figures import ShareFit, figure_of, fit, possible, quotient_of, ratio, shown


# ---------------------------------------------------------------- what a text says
@pytest.mark.parametrize(
    ("text", "value", "unit", "percent"),
    [
        ("1568", 1568, 1, False),
        ("1,568", 1568, 1, False),
        ("1 568 234", 1568234, 1, False),
        ("-12", -12, 1, False),
        ("−12", -12, 1, False),  # the sign of the printers
        ("６３．８％", Fraction("63.8"), Fraction("0.1"), True),
        (".5", Fraction("0.5"), Fraction("0.1"), False),
        ("0.50", Fraction("0.5"), Fraction("0.01"), False),
        ("5‰", Fraction("0.5"), Fraction("0.1"), True),  # in per cent
        ("1.2个百分点", Fraction("1.2"), Fraction("0.1"), True),
        ("1.5e3", 1500, 100, False),
        ("'42", 42, 1, False),  # as spreadsheets keep a number as text
        ("300户", 300, 1, False),
        ("300 trees", 300, 1, False),  # an unknown unit
    ],
)
def test_a_figure_and_what_its_last_digit_is_worth(text, value, unit, percent):
    figure = figure_of(text)

    assert (figure.value, figure.unit, figure.percent, figure.approximate) == (value, unit, percent, False)


@pytest.mark.parametrize("text", ["", " ", "<5", ">100", "?00余", "10-15", "Ash", "二十", "1" * 41, "1.5 trees", "-"])
def test_what_is_no_figure(text):
    """Hidden, damaged, a range, words (of numbers, too), and what is longer than any figure."""
    assert figure_of(text) is None


@pytest.mark.parametrize(
    ("text", "value", "low", "high"),
    [
        ("12", 12, 12, 12),
        ("12.0", 12, Fraction("11.95"), Fraction("12.05")),
        ("12%", 12, Fraction("11.5"), Fraction("12.5")),
        ("约120", 120, 108, 132),
        ("8.2万", 82000, 73800, 90200),
        ("约3", 3, Fraction("2.5"), Fraction("3.5")),  # half a unit is more than a tenth
    ],
)
def test_what_a_figure_may_stand_for(text, value, low, high):
    figure = figure_of(text)

    assert (figure.value, figure.low, figure.high) == (value, low, high)


def test_figures_in_full_have_the_noise_of_binary_fractions():
    """14 digits and more are printed by a program: half of the last one may be too little."""
    assert figure_of("99.99999999999").half == Fraction(1, 2 * 10**11)
    assert figure_of("99.999999999999").half == figure_of("99.999999999999").value / (1 << 47)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("58/80 72.5%", ("58", "80", "72.5%")),
        ("58/80 (72.5%)", ("58", "80", "72.5%")),
        ("58 / 80 = 72.5 %", ("58", "80", "72.5%")),
        ("1,058/1,080（98%）", ("1,058", "1,080", "98%")),
        ("58/80", None),
        ("72.5%", None),
        ("3/4/2026", None),
    ],
)
def test_a_cell_that_holds_its_own_sum(text, parts):
    found = quotient_of(text)

    assert (found and (found.part.text, found.whole.text, found.share.text)) == parts


def test_the_part_of_nothing_is_no_share():
    assert ratio(figure_of("3"), figure_of("0")) is None
    assert ratio(figure_of("3"), figure_of("4")) == 75
    assert ratio(figure_of("3"), figure_of("4"), 1) == Fraction(3, 4)


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (Fraction(87), 4, "87"),
        (Fraction(800, 99), 4, "8.0808"),
        (Fraction(-1, 2), 4, "-0.5"),
        (Fraction(2, 3), 1, "0.7"),
        (Fraction(1, 10**6), 4, "0"),
    ],
)
def test_what_was_worked_out_is_shown_with_few_decimals(value, digits, text):
    assert shown(value, digits) == text


# ---------------------------------------------------------------- shares of two counts
@pytest.mark.parametrize(
    ("part", "whole", "share", "how"),
    [
        ("48", "49", "99%", ShareFit.NONE),
        ("8", "87", "9%", ShareFit.FOLLOWS),
        ("8", "99", "9%", ShareFit.RAISED),
        ("673", "835", "80", ShareFit.CUT),
        ("673", "835", "81", ShareFit.FOLLOWS),
        ("1568", "2459", "63.8", ShareFit.FOLLOWS),
        ("1", "8", "12.5", ShareFit.FOLLOWS),
        ("1", "8", "12", ShareFit.FOLLOWS),  # half to even
        ("1", "8", "13", ShareFit.FOLLOWS),  # half up
        ("2", "3", "66.66666666666667", ShareFit.FOLLOWS),  # in full, as programs print it
        ("36,045", "8.2万", "44.0", ShareFit.FOLLOWS),
        ("1", "3", "33.2", ShareFit.NONE),  # a whole unit below
        ("1", "4", "25.1", ShareFit.NONE),
        ("7", "30", "23.4", ShareFit.RAISED),
        ("0", "0", "0", ShareFit.FOLLOWS),
        ("0", "0", "1", ShareFit.NONE),
        ("1", "0", "0", ShareFit.NONE),
        ("1", "-3", "33.3", ShareFit.NONE),
    ],
)
def test_a_share_follows_from_two_counts_or_does_not(part, whole, share, how):
    """Exact fractions, both ends of the rounding interval."""
    assert fit(figure_of(part), figure_of(whole), figure_of(share)) is how


@given(st.integers(0, 10_000), st.integers(1, 10_000), st.integers(0, 4))
@settings(max_examples=200)
def test_what_is_rounded_follows(part, whole, digits):
    """Whichever way halves are rounded, and in full."""
    from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal

    exact = Decimal(100 * part) / Decimal(whole)
    for way in (ROUND_HALF_UP, ROUND_HALF_EVEN):
        printed = str(exact.quantize(Decimal(1).scaleb(-digits), way))
        assert fit(figure_of(str(part)), figure_of(str(whole)), figure_of(printed)) is ShareFit.FOLLOWS
    assert fit(figure_of(str(part)), figure_of(str(whole)), figure_of(repr(100 * part / whole))) is ShareFit.FOLLOWS


@pytest.mark.parametrize(
    ("mean", "n", "per", "can"),
    [
        ("5.27", 43, 1, False),
        ("5.19", 28, 1, False),
        ("3.45", 20, 1, True),
        ("5.00", 25, 1, True),
        ("67.4", 150, 100, False),
        ("54.0", 150, 100, True),
        ("33.4", 12, 100, False),
        ("5.27", 430, 1, None),
        ("5.27", 100, 1, None),  # a hundred cases give every hundredth
        ("5.27", 99, 1, True),
        ("5.27", 0, 1, None),
    ],
)
def test_granularity(mean, n, per, can):
    """Brown and Heathers (2017): a mean of whole numbers, a share of so many."""
    assert possible(figure_of(mean), n, per) is can
