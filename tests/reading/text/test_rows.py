"""What becomes of the rows of a delimited text: records, blank lines, or set aside with a reason."""

from __future__ import annotations

import pytest

from visittally.reading.beginning import Position
from visittally.reading.text import rows
from visittally.reading.text.careful import Record
from visittally.reading.text.dialect import Dialect
from visittally.reading.text.rows import TextTable, begins_another, fitted, is_blank_row, set_aside

HEADER = ("village", "issue", " n ", "date")
TABLE = TextTable(
    Dialect(","), Position(HEADER, (0,), (HEADER,), 1, (), frozenset({("village", "issue", "n", "date")})), 4
)


@pytest.mark.parametrize(
    ("cells", "wide"),
    [
        (["a", "b"], ["a", "b"]),
        (["a"], ["a", ""]),
        ([], ["", ""]),
        (["a", "b", "", " \u3000"], ["a", "b"]),
        (["a", "b", "", "c"], None),
    ],
)
def test_records_are_as_wide_as_the_table_unless_cells_would_be_lost(cells, wide):
    assert fitted(cells, 2) == wide


@pytest.mark.parametrize(
    ("cells", "problem", "said"),
    [
        (["a", "b", "1", "x"], "", None),
        (["a", "b"], "", None),
        (["合计", "", "9", ""], "", ("not_a_record", "total row")),
        (["", "", "Total:", "9"], "", ("not_a_record", "total row")),
        (["a", "b", "1", "Total"], "", None),  # not in the lead
        (["village", "issue", "n", "date"], "", ("not_a_record", "repeated header")),
        (["# a remark", "", "", ""], "", ("not_a_record", "comment line")),
        (["#1", "b", "1", "x"], "", None),
        (["a", "b", "1", "x", "y"], "", ("unreadable", "5 cells instead of 4")),
        (["合计", "", "9", ""], "a quote is never closed", ("unreadable", "a quote is never closed")),
    ],
)
def test_rows_that_are_no_records_are_set_aside_with_their_reason(cells, problem, said):
    entry = set_aside(Record(7, cells, problem), TABLE)

    assert (entry and (entry.line, entry.kind, entry.reason)) == (said and (7, *said))


@pytest.mark.parametrize(
    ("cell", "odd", "may"),
    [
        ("village", True, True),
        (" n ", True, True),
        ("n", True, True),  # as it stands, and trimmed
        ("小计", True, True),
        ("  #x", True, True),
        ("", False, True),
        ("12", False, True),
        ("Ash", False, False),
    ],
)
def test_cells_that_announce_a_row_that_is_no_record(cell, odd, may):
    assert (TABLE.is_odd_beginning(cell), TABLE.may_be_odd(cell)) == (odd, may)


def test_no_more_cells_are_remembered_than_memory_has_room_for(monkeypatch):
    monkeypatch.setattr(rows, "REMEMBERED", 3)
    told = rows.OddCells(lambda cell: cell == "5")

    assert [(told[str(n)], len(told)) for n in range(9)] == [(n == 5, n % 4 + 1) for n in range(9)]


@pytest.mark.parametrize(
    ("cells", "begins"),
    [
        (["village", "issue", "n", "other"], True),
        (["village", "issue", "n", "date"], False),  # the same once more
        (["Ash", "village", "issue", "n"], True),
        (["a", "b", "c", "village", "issue", "n"], False),  # not in the lead
        (["village", "road", "3", "x"], False),
    ],
)
def test_a_second_table_begins_with_most_names_of_the_first(cells, begins):
    assert begins_another(cells, TABLE) == begins


def test_blank_rows_hold_nothing():
    assert is_blank_row([])
    assert is_blank_row(["", " ", "\u3000"])
    assert not is_blank_row(["", "-"])
