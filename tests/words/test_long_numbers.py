"""Numbers as long as those of telephones and papers are told from figures, days and codes."""

import pytest

from visittally.words.long_numbers import like_long_number, mostly_long_numbers


@pytest.mark.parametrize(
    "value", ["9841234567", "984-1234567", "612 345 678", "E12345678", "K1234567", "254712345678", "746736406.0"]
)
def test_long_numbers(value):
    assert like_long_number(value)


@pytest.mark.parametrize(
    "value",
    [
        "", "road", "1234567", "20260301", "2026-03-01 10", "01032026", "20260301083000", "5000-10000", "100000-200000",
        "101 102 103", "2019/2020/2021", "1 2 3 4 5 6 7 8 9", "0.12345678", "281.6000061", "E012", "AF0101001",
    ],
)  # fmt: skip
def test_figures_days_ranges_and_codes_are_none(value):
    assert not like_long_number(value)


@pytest.mark.parametrize(
    ("values", "held"),
    [
        (dict.fromkeys(("9841234567", "9808811223", "9861230042", "9741002233", "9812233445"), 1), True),
        (dict.fromkeys(("E84320359", "G95521488", "K02900291", "A96057744", "G43959627"), 1), True),
        ({"984-0560653": 6, "984-9044298": 5, "986-1044297": 5}, True),
        ({"110101001001": 5, "110101001002": 6, "110101001003": 3}, False),
        ({str(20_000_000 + n): 1 for n in range(50)}, False),
        ({f"{n}00000": 1 for n in range(1234, 1299, 7)}, False),
        ({str(7**n): 1 for n in range(9, 16)}, False),
        (dict.fromkeys(("9841234567", "9808811223", "soon", "later", "never", "9741002233"), 1), False),
        ({"9841234567": 1, "9808811223": 1}, False),
    ],
)
def test_columns_of_long_numbers(values, held):
    assert mostly_long_numbers(values) == held
