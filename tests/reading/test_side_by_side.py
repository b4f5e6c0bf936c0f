"""Blocks of one header that stand side by side on a sheet are put below each other."""

from __future__ import annotations

import pytest

from visittally.reading.kept import KeptRow, KeptTable
from visittally.reading.side_by_side import below_each_other

HEAD = ("村", "户数", "问题")


def below(header, *rows, **about):
    table = KeptTable(
        "own.csv", header, (header,), rows=tuple(KeptRow(n, row) for n, row in enumerate(rows, 2)), **about
    )
    found, blocks = below_each_other(table)
    return found.header, [(row.line, row.cells) for row in found.rows], blocks


@pytest.mark.parametrize("between", [(), ("",), ("", " ")])
def test_records_of_all_blocks_keep_their_lines(between):
    gap = ("",) * len(between)
    header = (*HEAD, *between, *HEAD, *between)

    assert below(header, ("a", "1", "x", *gap, "b", "2", "y", *gap), ("c", "3", "z", *gap, "", " ", "", *gap)) == (
        HEAD,
        [(2, ("a", "1", "x")), (3, ("c", "3", "z")), (2, ("b", "2", "y"))],
        2,
    )


def test_names_are_the_same_however_they_are_written():
    assert below(("Place", "No.", "What", "place ", "NO.", "what"), ("a", "1", "x", "b", "2", "y"))[2] == 2


@pytest.mark.parametrize(
    "header",
    [
        HEAD,
        (*HEAD, *HEAD[:2]),  # the second one is not whole
        (*HEAD, "村", "户数", "状态"),
        (*HEAD, *HEAD, "备注"),  # the last one goes on
        ("村", "户数", "村", "户数"),  # two names
        ("村", "户数", "户数", "村", "户数", "户数"),
        ("", *HEAD, "", *HEAD),  # begins with no name
        ("村", "", "户数", "问题", "村", "", "户数", "问题"),
        ("", "", ""),
        (),
    ],
)
def test_other_headers_are_left_as_they_are(header):
    row = tuple(str(c) for c in range(len(header)))

    assert below(header, row) == (header, [(2, row)], 1)


def test_three_blocks_are_three():
    header, rows, blocks = below(HEAD * 3, tuple("abcdefghi"))

    assert (header, blocks) == (HEAD, 3)
    assert [cells for _line, cells in rows] == [tuple("abc"), tuple("def"), tuple("ghi")]


def test_merged_cells_and_all_rows_of_the_header_are_those_of_the_block():
    heads = (("甲", "", "", "乙", "", ""), HEAD * 2)
    rows = (KeptRow(3, tuple("abcdef"), frozenset({1, 3, 5})),)
    found, _blocks = below_each_other(KeptTable("own.csv", HEAD * 2, heads, rows=rows))

    assert [row.merged for row in found.rows] == [{1}, {0, 2}]
    assert found.header_rows == (("甲", "", ""), HEAD)
