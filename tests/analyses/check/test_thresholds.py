"""How the thresholds of a check are set."""

from __future__ import annotations

import pytest

from visittally.analyses.check.thresholds import DEFAULTS, thresholds
from visittally.errors import UsageError


def test_what_is_not_named_stays_as_it_is():
    found = thresholds({"short": "25", "near-duplicate": "0.8"})

    assert (found.short, found.near_duplicate) == (25.0, 0.8)
    assert (found.pace, found.per_day) == (DEFAULTS.pace, DEFAULTS.per_day) == (3.5, 20.0)
    assert thresholds({}) == DEFAULTS


def test_a_name_that_is_none_is_refused_with_the_nearest_one():
    with pytest.raises(UsageError, match=r'no threshold "shrt".* There are: near_duplicate, .* Did you mean "short"\?'):
        thresholds({"shrt": "25"})
    with pytest.raises(UsageError) as refused:
        thresholds({"zzz": "25"})
    assert "Did you mean" not in str(refused.value)


@pytest.mark.parametrize("value", ["many", "", "nan", "inf", "-inf", "20%"])
def test_a_value_that_is_no_number_is_refused(value):
    """From no figure on would nothing be pointed out."""
    with pytest.raises(UsageError, match=f'--threshold short: "{value}" is no number'):
        thresholds({"short": value})
