"""How likely a share drawn at random fits some pair of counts of its row."""

from __future__ import annotations

from fractions import Fraction

import pytest

from visittally.analyses.audit.chance import MOST_COUNTS, chance, chance_of


@pytest.mark.parametrize(
    ("counts", "digits", "shares"),
    [
        ((1, 2), 0, 1),  # 50 of 0 ... 100
        ((1, 2), 1, 1),  # 50.0 of 0.0 ... 100.0
        ((1, 8), 0, 2),  # 12.5 is printed as 12 and as 13
        ((1, 2, 4), 0, 2),  # 50 twice, and 25
        ((5, 5), 0, 1),  # equal counts in two columns: 100
        ((0, 7), 0, 0),  # nothing is no part
        ((7,), 0, 0),  # and no count a part of itself
        ((), 0, 0),
    ],
)
def test_fitting_shares_among_all_that_can_be_printed(counts, digits, shares):
    assert chance_of([Fraction(n) for n in counts], digits) == pytest.approx(shares / (100 * 10**digits + 1))


def test_the_mean_over_the_rows_that_have_two_counts(understood):
    """50 in the first row, 12 and 13 in the second one; the third one has one count, the fourth one about ten."""
    table = understood("village,visits,issues\nAsh,2,1\nElm,8,1\nOak,3,\nFir,9,约10\n")

    assert chance(table, 0) == (2, pytest.approx((1 + 2) / 2 / 101))


def test_without_a_row_of_two_counts_there_is_no_chance(understood):
    assert chance(understood("village,visits\nAsh,2\nElm,8\n")) is None


def test_of_very_many_columns_the_first_are_taken(understood):
    names = [f"n{i}" for i in range(MOST_COUNTS + 1)]
    table = understood("village," + ",".join(names) + "\nAsh" + ",1" * MOST_COUNTS + ",2\nElm" + ",1" * 13 + "\n")

    assert chance(table, 0) == (MOST_COUNTS, pytest.approx(1 / 101))


def test_the_chance_of_a_fit_grows_with_the_counts():
    """Some pair of many counts fits nearly anything: that is why two rows tell of no relation."""
    few, many = ([Fraction(10 * i * i + 3) for i in range(1, n + 1)] for n in (4, 8))

    assert 0.005 < chance_of(few) < 0.008
    assert 0.02 < chance_of(many) < 0.03
