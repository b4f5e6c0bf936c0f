"""Merged cells of a sheet."""

from __future__ import annotations

import pytest

from visittally.reading.workbooks.merges import Merges
from visittally.reading.workbooks.sheets import Sheet


def merges(*those, width=4, left=0, below=0):
    """The merged cells of a sheet: (top, first column), (bottom, last column)."""
    return Merges.of(Sheet("Sheet1", left, width, 9, those), below)


def test_cells_over_several_columns_and_over_several_rows():
    found = merges(((0, 1), (0, 2)), ((2, 0), (4, 0)), ((5, 1), (6, 3)), ((7, 0), (7, 0)))

    assert found.across == {0: [(1, 2)], 5: [(1, 3)]}
    assert found.down == {2: {0: 4}, 5: {1: 6}}


def test_columns_count_from_the_first_cell_of_the_rows():
    """What begins left of it, or ends right of the last one, is cut off."""
    found = merges(((0, 3), (0, 9)), ((1, 1), (3, 1)), ((1, 5), (3, 5)), left=2)

    assert found.across == {0: [(1, 3)]}
    assert found.down == {1: {3: 3}}


def test_merges_above_a_row_are_left_aside():
    assert merges(((0, 0), (3, 0)), ((2, 1), (3, 1)), below=1).down == {2: {1: 3}}


def test_a_value_holds_for_the_rows_that_its_cell_goes_over():
    """Row by row; a cell that holds something of its own keeps it."""
    found = merges(((1, 0), (3, 0)), ((2, 1), (3, 1)))
    rows = [["a", "b"], ["Ash", "x"], ["", "y"], ["Elm", ""], ["", ""]]

    assert [list(found.filled(number, row)) for number, row in enumerate(rows)] == [
        ["a", "b"],
        ["Ash", "x"],
        ["Ash", "y"],
        ["Elm", "y"],
        ["", ""],
    ]


BODY = [["Ash", "3", "4", "x"], ["Elm", "5", "6", "y"], ["Oak", "7", "8", "z"]]


def test_a_header_of_two_rows_is_joined_in_each_column():
    """A question over two of the columns, and cells that go over both rows."""
    rows = [["village", "visits", "", "remark"], ["", "May", "June", ""], *BODY]
    position, first = merges(((0, 1), (0, 2)), ((0, 0), (1, 0))).find_header(rows, 4)

    assert position.header == ("village", "visits May", "visits June", "remark")
    assert position.rows == (("village", "visits", "visits", "remark"), ("", "May", "June", ""))
    assert (position.header_rows[0], first) == (0, 2)


def test_a_title_over_all_columns_is_no_part_of_the_header():
    rows = [["Visits of May", "", "", ""], ["village", "visits", "issues", "remark"], *BODY]
    position, first = merges(((0, 0), (0, 3))).find_header(rows, 4)

    assert (position.header, first) == (("village", "visits", "issues", "remark"), 2)


@pytest.mark.parametrize("below", [["", "", "", ""], ["", "", "", "n"]])
def test_a_merged_cell_with_nothing_below_it_heads_one_row(below):
    rows = [["village", "visits", "", "remark"], below, *BODY]

    assert merges(((0, 1), (0, 2)))._band(rows) == (0, 0)


def test_a_header_takes_three_rows_at_most():
    rows = [["village", "visits", "", "remark"], ["", "May", "June", ""], *BODY]

    assert merges(((0, 1), (0, 2)), ((0, 0), (4, 0)))._band(rows) == (0, 2)
    assert merges(((0, 1), (0, 2)))._band(rows) == (0, 1)
