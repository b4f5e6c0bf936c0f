"""Marks for "as above": the words that mean it, and the values that they stand for."""

from __future__ import annotations

import pytest

from visittally.reading.as_above import may_mean_above, take_from_above
from visittally.reading.kept import KeptRow


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        (["A", "j.w.", "j.w.", "B", "j.w."], "j.w."),
        (["A", " j.w.", "B", "j.w. ", "C"], "j.w."),
        (["A", "j.w.", "B", "j.w."], ""),  # too few
        (["A", "j.w.", "B", "j.w.", "C", "D"], ""),  # two of six are fewer than four in ten
        (["A", "j.w.", "B", "j.w.", "C", "D", "j.w."], "j.w."),
        (["A", "j.w.", "j.w.", "j.w.", "B"], ""),  # it comes back below one value only
        (["j.w.", "A", "j.w.", "B", "j.w."], ""),  # nothing stands above the first
        (["A", "j.w.", "A", "j.w.", "j.w."], ""),  # another one comes back, too
        (["A", "j.w.", "", "j.w.", "j.w."], ""),
        ([], ""),
    ],
)
def test_a_word_that_comes_back_below_others_may_mean_above(cells, mark):
    assert may_mean_above(cells) == mark


def taken(*rows, breaks=(), first=2):
    kept = [KeptRow(n, row) for n, row in enumerate(rows, first)]
    found, got, lost = take_from_above(kept, breaks, {cell for row in rows for cell in row})
    assert [row.line for row in found] == [row.line for row in kept]
    return [row.cells for row in found], got, lost


def test_marks_take_the_value_above_in_their_column():
    assert taken(("大坪", "道路"), ("同上", "饮水"), ("石桥", "同上"), ("同上", '"')) == (
        [("大坪", "道路"), ("大坪", "饮水"), ("石桥", "饮水"), ("石桥", "饮水")],
        4,
        0,
    )


def test_a_mark_with_nothing_above_is_lost_and_said():
    assert taken(("同上", "道路"), ("", "x"), ("同上", "同上")) == ([("", "道路"), ("", "x"), ("", "x")], 1, 2)


def test_no_value_holds_over_a_break():
    """A heading in line 4 stands between the second and the third record."""
    rows = [
        KeptRow(2, ("大坪",)),
        KeptRow(3, ("同上",)),
        KeptRow(5, ("同上",)),
        KeptRow(6, ("石桥",)),
        KeptRow(7, ("同上",)),
    ]

    found, got, lost = take_from_above(rows, [1, 4], {row.cells[0] for row in rows})

    assert [row.cells for row in found] == [("大坪",), ("大坪",), ("",), ("石桥",), ("石桥",)]
    assert (got, lost) == (2, 1)


@pytest.mark.parametrize("cell", ["道路同上", "", "同上" * 13, "12"])
def test_other_cells_are_left_as_they_are(cell):
    assert taken(("大坪",), (cell,)) == ([("大坪",), (cell,)], 0, 0)
