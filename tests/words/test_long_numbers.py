"""Numbers as long as those of telephones and papers are told from figures, days and codes."""

import numpy as np
import pytest

from visittally.words.long_numbers import astray_amid_shorter, like_long_number, mostly_long_numbers


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


@pytest.mark.parametrize(
    ("shorter", "others", "astray"),
    [
        ([3, 4, 7, 0, 12], [712345678], [712345678]),
        ([1204, 9377, 2516, 4103, 8845] * 2, [13447712782, 712345678], [712345678, 13447712782]),
        ([3, 4, 7, 0, 12], [712345678, 712345679], []),  # too many beside so few others
        ([3, 4, 7, 0], [712345678], []),  # too few to tell
        ([350_000, 1_200_000, 80_000, 95_000, 410_000], [712345678], []),  # amounts: not so much larger
        ([3, 4, 7, 0, 12], [700_000_000], []),  # rounded
        ([3, 4, 7, 0, 12], [20260301], []),  # a day
        ([3, 4, 7, 0, 12], [712345678.5], []),
        ([3, 4, 7, 0, 12, 65_000_000], [13447712782], []),
        ([-3, -4, 7, 0, 12], [712345678, np.nan], [712345678]),
        ([3, 4, 7, 0, 12], [np.inf], []),
    ],
)
def test_a_telephone_amid_figures_is_told_by_being_long_alone_and_not_rounded(shorter, others, astray):
    numbers = np.array([*shorter, *others], float)

    assert sorted(numbers[astray_amid_shorter(numbers, np.ones(len(numbers), int))]) == astray


def test_long_numbers_count_as_often_as_they_come():
    numbers = np.array([3.0, 4.0, 712345678.0])

    assert astray_amid_shorter(numbers, np.array([20, 20, 10])).tolist() == [False, False, True]
    assert not astray_amid_shorter(numbers, np.array([20, 20, 11])).any()
