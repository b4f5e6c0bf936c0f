"""Where a table begins, and which rows are no records."""

from __future__ import annotations

import pytest

from visittally.reading.beginning import Position, find_header, why_no_record

NAMES = ["序号", "走访日期", "村", "问题", "户数"]
RECORDS = [
    [str(i), f"2026-04-{i:02d}", f"{'东西南北'[i % 4]}村", "道路交通" if i % 3 else "饮水", str(i % 5)]
    for i in range(1, 13)
]


def cells(text, delimiter=","):
    return [line.split(delimiter) for line in text.strip("\n").split("\n")]


def test_the_first_row_names_the_columns():
    position = find_header([NAMES, *RECORDS])
    assert position.header == tuple(NAMES)
    assert (position.header_rows, position.first_record) == ((0,), 1)


def test_title_and_blank_rows_stand_above_the_header():
    rows = [["入户走访台账", "", "", "", ""], ["填报单位：工作队"], ["", "", "", "", ""], NAMES, *RECORDS]
    position = find_header(rows)
    assert position.header_rows == (3,)
    assert position.evidence


def test_without_header_the_first_row_is_a_record():
    position = find_header(RECORDS)
    assert position.header == ("",) * 5
    assert (position.header_rows, position.first_record) == ((), 0)


def test_a_table_of_texts_only_has_a_header():
    assert find_header(cells("village,issue\nDaping,road\nShiqiao,school")).header == ("village", "issue")


def test_a_header_alone_is_a_header():
    position = find_header([["village", "issue", "date"]])
    assert position.header == ("village", "issue", "date")
    assert position.first_record == 1


def test_a_header_that_stands_twice_is_one():
    position = find_header([NAMES, NAMES, *RECORDS])
    assert position.header_rows == (0, 1)
    assert position.header[2] == "村 村"


def test_a_repeated_header_is_no_record():
    position = find_header([NAMES, *RECORDS])
    assert why_no_record(NAMES, position)
    assert why_no_record(RECORDS[0], position) is None


def test_a_name_that_begins_with_a_hash_is_a_name():
    rows = [["# village", "problems"], ["Ash", "road"], ["Elm", "water"], ["Oak", "road"]]

    assert find_header(rows).header == ("# village", "problems")


def test_a_remark_above_the_names_may_hold_commas():
    rows = [["# by Ann", " Ben"], ["id", "village"], ["1", "Ash"], ["2", "Elm"]]

    assert find_header(rows).header == ("id", "village")


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("走访台账（填表人：欧阳志远 电话13800138001）", "走访台账"),
        ("Visits of March. Prepared by: Grace Kamau", "Visits of March."),
        ("走访台账 13800138001", "走访台账 [phone]"),
        ("Wards: Ash and Elm", "Wards: Ash and Elm"),
    ],
)
def test_who_signs_in_a_title_is_not_told(title, kept):
    rows = [[title, "", ""], ["village", "issue", "n"], ["Ash", "road", "1"], ["Elm", "water", "2"]]
    assert find_header(rows).evidence == (f'1 title rows above the header, the first "{kept}"',)


def test_a_repeated_header_may_lack_what_is_merged_in_the_first():
    """But none of its names."""
    position = Position(
        ("No.", "Place", "Issue Kind", "Issue Day"),
        rows=(("No.", "Place", "Issue", "Issue"), ("", "", "Kind", "Day")),
        _repeated=frozenset({("No.", "Place", "Issue", "Issue")}),
    )

    assert position.repeats_header(["No.", "Place", "Issue", ""])
    assert not position.repeats_header(["No.", "Place", "", ""])
    assert not position.repeats_header(["No.", "Place", "", "Issue", "more"])
