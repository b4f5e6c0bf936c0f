"""A planned number that is the sum of all others."""

from __future__ import annotations

import pytest

from visittally.analyses.coverage.roster_sums import perhaps_total


def said(*numbers):
    planned = [(line, f"P{line}", number) for line, number in enumerate(numbers, 2)]
    return [notice.message for notice in perhaps_total("plan.csv", planned)]


@pytest.mark.parametrize(("numbers", "line"), [((3, 4, 5, 12), 5), ((12, 3, 4, 5), 2), ((3, 4, 3, 10), 5)])
def test_the_first_or_last_number_may_be_the_total(numbers, line):
    [message] = said(*numbers)

    assert message.startswith(f'plan.csv, line {line}: the number planned for "P{line}" is the sum')


@pytest.mark.parametrize(
    "numbers",
    [
        (3, 4, 5, 13),
        (3, 12, 4, 5),  # in the middle
        (5, 7, 12),  # too few
        (2, 3, 4, 9),  # too small
        (),
    ],
)
def test_other_numbers_are_places(numbers):
    assert said(*numbers) == []
