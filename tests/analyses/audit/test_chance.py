"""How likely a share drawn at random fits some pair of counts of its row."""

from __future__ import annotations

from fractions import Fraction

import pytest

from visittally.analyses.audit.chance import MOST_COUNTS, Chance, chance, chance_of


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
    table = understood("village,visits,issues,percent\nAsh,2,1,50\nElm,8,1,13\nOak,3,,0\nFir,9,约10,99\n")

    assert chance(table) == Chance(2, 0, pytest.approx((1 + 2) / 2 / 101))


@pytest.mark.parametrize(
    ("first", "second", "third", "decimals"),
    [("50", "13", "25", 0), ("50.0", "12.5", "25", 1), ("50.00", "12.5", "25", 2), ("50.0", "12.5", "25.0", 1)],
)
def test_shares_are_drawn_as_those_of_the_table_are_printed(understood, first, second, third, decimals):
    """With the decimals that most have, and of equally many with the more of them."""
    table = understood(f"village,visits,issues,percent\nAsh,2,1,{first}\nElm,8,1,{second}\nOak,4,1,{third}\n")

    assert chance(table).decimals == decimals


def test_without_a_row_of_two_counts_or_without_rates_there_is_no_chance(understood):
    assert chance(understood("village,visits,percent\nAsh,2,50\nElm,8,13\n")) is None
    assert chance(understood("village,visits,issues\nAsh,2,1\nElm,8,1\n")) is None


def test_of_very_many_columns_the_first_are_taken(understood):
    names = [f"n{i}" for i in range(MOST_COUNTS + 1)]
    rows = "\nAsh" + ",1" * MOST_COUNTS + ",2,50\nElm" + ",1" * 13 + ",50\n"
    table = understood("village," + ",".join(names) + ",percent" + rows)

    assert chance(table) == Chance(MOST_COUNTS, 0, pytest.approx(1 / 101))


def test_the_chance_of_a_fit_grows_with_the_counts():
    """Some pair of many counts fits nearly anything: that is why two rows tell of no relation."""
    few, many = ([Fraction(10 * i * i + 3) for i in range(1, n + 1)] for n in (4, 8))

    assert 0.005 < chance_of(few, 1) < 0.008
    assert 0.02 < chance_of(many, 1) < 0.03
