"""Where a large file can be cut: never inside a quoted cell, and nowhere without certainty."""

from __future__ import annotations

import io

import pytest

from visittally.reading.beginning import Position
from visittally.reading.text import cuts
from visittally.reading.text.cuts import certain_cut
from visittally.reading.text.dialect import Dialect
from visittally.reading.text.rows import TextTable


def cut(text, offset, width=3, window=None, quote='"'):
    table = TextTable(Dialect(",", quote=quote), Position(("",) * width), width)
    return certain_cut(io.BytesIO(text.encode()), offset, table, window)


PLAIN = "大坪,道路,1\n" * 60
SIZE = len("大坪,道路,1\n".encode())


@pytest.mark.parametrize(("offset", "place"), [(0, SIZE), (SIZE - 1, SIZE), (SIZE, 2 * SIZE), (7 * SIZE + 3, 8 * SIZE)])
def test_the_next_line_end_of_regular_text_is_a_cut(offset, place):
    assert cut(PLAIN, offset) == place


QUOTED = 'a,"b, b",1\n' * 30


def test_no_cut_lies_inside_a_quoted_cell():
    note = 'x,"first\nsecond\nthird",9\n'
    text = QUOTED + note + QUOTED

    for offset in range(len(QUOTED), len(QUOTED) + len(note)):
        assert cut(text, offset) == len(QUOTED) + len(note)


def test_lines_inside_a_quoted_cell_that_look_like_records_are_no_cut_where_quotes_are_near():
    text = QUOTED + 'x,"' + "a,b,1\n" * 9 + '",9\n' + QUOTED

    assert cut(text, len(QUOTED) + 10) == len(text) - len(QUOTED)


def test_two_columns_without_quotes_are_not_certain():
    text = "a,1\n" * 60

    assert cut(text, 9, 2) is None
    assert cut('"a",1\n' * 60, 9, 2) == 12


def test_nothing_certain_is_near():
    assert cut("a" * 500, 3) is None
    assert cut(PLAIN, 0, window=5) is None  # no line end
    assert cut("x\ny,z\n" * 100, 1) is None  # no records of this width


def test_only_so_many_line_ends_are_tried(monkeypatch):
    text = 'a,"' + "x\n" * 9 + '",1\n' + QUOTED
    monkeypatch.setattr(cuts, "TRIED", 10)
    assert cut(text, 1) == len(text) - len(QUOTED)

    monkeypatch.setattr(cuts, "TRIED", 9)
    assert cut(text, 1) is None
