"""Combinations cut into their issues, or their numbers."""

from __future__ import annotations

import numpy as np

from visittally.answers.one_by_one import numbers_apart, one_by_one, rows_apart
from visittally.counting.tally import Frame
from visittally.words.joined import CELL_SEPARATOR

BOTH = CELL_SEPARATOR.join


def test_each_issue_stays_with_what_stands_beside_it():
    values = (["Ash"], [BOTH(["", ""]), BOTH(["road", "water"])], [BOTH(["", ""]), BOTH(["open", "done"])])
    frame = Frame(values, np.array([[0, 0, 0], [0, 1, 1]]), np.array([2, 3]))

    found = one_by_one(frame, (1, 2))

    cells = [[found.values[d][found.codes[i, d]] for d in range(3)] for i in range(len(found.counts))]
    assert cells == [
        ["Ash", BOTH(["", ""]), ""],
        ["Ash", BOTH(["road", ""]), "open"],
        ["Ash", BOTH(["", "water"]), "done"],
    ]
    assert found.counts.tolist() == [2, 3, 3]


def test_without_such_columns_all_stays_as_it_is():
    frame = Frame((["road"],), np.array([[0]]), np.array([1]))
    assert one_by_one(frame, ()) is frame


def test_the_numbers_of_several_columns_count_one_by_one():
    frame = Frame(([BOTH(["33", "12"]), BOTH(["40", ""])],), np.array([[0], [1]]), np.array([1, 2]))
    found, whose = numbers_apart(frame, 0, decimal_comma=False)
    numbers = [found.values[0][code] for code in found.codes[:, 0]]
    assert dict(zip(numbers, found.counts.tolist(), strict=True)) == {33.0: 1, 12.0: 1, 40.0: 2}
    assert whose.tolist() == [0, 0, 1]


def test_the_different_values_of_the_rows_of_a_case_count_one_by_one():
    frame = Frame(
        (["Ash"], ["30.0\x1e7.0\x1e30.0\x1enan", "7.0", "nan", "\x1e"]),
        np.array([[0, 0], [0, 1], [0, 2], [0, 3]]),
        np.array([1, 2, 4, 8]),
    )
    found, whose = rows_apart(frame, 1)
    lines = [(found.values[1][code], n) for code, n in zip(found.codes[:, 1], found.counts.tolist(), strict=True)]
    assert lines == [("30.0", 1), ("7.0", 1), ("7.0", 2), ("nan", 4), ("", 8)]
    assert whose.tolist() == [0, 0, 1, 2, 3]
    assert found.values[0] == ["Ash"]
