"""Records of another width: read one by one, and put back where they stand among the regular ones."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from visittally.reading.beginning import Position
from visittally.reading.lexicon import Coded, Lexicon
from visittally.reading.text.dialect import Dialect
from visittally.reading.text.grid import PADDING, GridFinder
from visittally.reading.text.odd_widths import Stragglers, Woven, read_stragglers
from visittally.reading.text.rows import TextTable

HEADER = ("village", "issue", "n", "day")
TABLE = TextTable(Dialect(","), Position(HEADER, (0,), (HEADER,), 1, (), frozenset({HEADER})), 4)
REGULAR = "a,b,1,x\n" * 12


def stragglers(text):
    """The stragglers of a text behind regular records, whose first line is 11; None where it is refused."""
    content = (REGULAR.encode() + text) if isinstance(text, bytes) else (REGULAR + text).encode()
    grid = GridFinder(TABLE.dialect, 4).find(bytearray(content) + bytearray(PADDING), len(content), final=True)
    return read_stragglers(grid, TABLE, lambda number: 11 + number)


def test_short_records_are_padded_and_blank_cells_too_many_cut_off():
    found = stragglers("c,d\ne,f,2,y, ,\n")

    assert found.numbers == [12, 13]
    assert found.rows == [["c", "d", "", ""], ["e", "f", "2", "y"]]
    assert not found.entries


def test_blank_lines_vanish_and_others_are_set_aside_with_their_line():
    found = stragglers("\nc,d,2,y,z\n合计,,6\n")

    assert not found.numbers
    assert not found.rows
    assert [(entry.line, entry.kind, entry.reason) for entry in found.entries] == [
        (24, "unreadable", "5 cells instead of 4"),
        (25, "not_a_record", "total row"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        '"c\nd",e\n',  # goes over several lines
        b"c,\xff\n",
        "village,issue,n\n",  # begins another table
    ],
)
def test_what_must_be_seen_with_its_neighbours_is_refused(text):
    assert stragglers(text) is None


def test_a_record_with_quotes_and_a_carriage_return():
    assert stragglers('"c, d",e\r\n').rows == [["c, d", "e", "", ""]]


def woven(numbers, rows, regular):
    return Woven.of(np.array(regular), Stragglers(numbers, rows, []))


def test_columns_are_in_the_order_of_the_text():
    lexicon = Lexicon()
    coded = Coded(lexicon.enter(["a", "c", "a"]), lexicon)
    texts = pa.array(["1", "3", "5"], pa.string())

    columns = woven([1, 4], [["b", "2"], ["c", "4"]], [0, 2, 5]).columns({0: coded, 1: texts})

    assert columns[0].to_pylist() == ["a", "b", "c", "c", "a"]
    assert columns[1].to_pylist() == ["1", "2", "3", "4", "5"]


def test_whole_records_of_both_kinds_go_to_their_places():
    own = [["a", "1"], ["c", "3"], ["e", "5"]]

    def regular(rows):
        assert rows.tolist() == sorted(rows.tolist())
        return pa.array([cell for row in rows.tolist() for cell in own[row]], pa.string())

    order = woven([1, 3], [["b", "2"], ["d", "4"]], [0, 2, 4])

    def records(*rows):
        return order.records(np.array(rows, np.int64), regular, 2).to_pylist()

    assert records(0, 1, 2, 3, 4) == ["a", "1", "b", "2", "c", "3", "d", "4", "e", "5"]
    assert records(1, 4) == ["b", "2", "e", "5"]
    assert records(3) == ["d", "4"]
    assert records(2) == ["c", "3"]
    assert records() == []
