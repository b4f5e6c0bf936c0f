"""What makes a stretch of delimited text regular."""

from __future__ import annotations

import numpy as np
import pytest

from visittally.reading.text.dialect import Dialect
from visittally.reading.text.regular import are_regular, may_go_on, ranges, returns_are_regular, whole_records


@pytest.mark.parametrize(
    ("text", "final", "regular"),
    [
        (b"a,b\r\nc,d\r\n", True, True),
        (b"a,b\nc,d\n", True, True),
        (b"a,b\r\nc\rd\r\n", True, False),
        (b"a,b\r\nc,d\r", False, True),  # its line feed may follow
        (b"a,b\r\nc,d\r", True, False),
        (b"a\rb\r", False, False),
        (b"a\rb\n", False, False),
    ],
)
def test_each_return_stands_before_a_line_feed(text, final, regular):
    assert returns_are_regular(bytearray(text + b"\r\r"), len(text), final=final) == regular


def test_several_ranges_stand_one_behind_the_other():
    assert ranges(np.array([5, 20, 1]), np.array([3, 1, 2])).tolist() == [5, 6, 7, 20, 1, 2]


@pytest.mark.parametrize("cells", [1, 70, 300])
def test_cells_behind_the_last_line_feed_are_left_out(cells):
    content = b"a,\n" + b"b," * cells
    text = np.frombuffer(content, np.uint8)
    ends = np.flatnonzero((text == ord(",")) | (text == ord("\n")))

    assert whole_records(text, ends).tolist() == [1, 2]
    assert whole_records(text[3:], ends[2:] - 3).tolist() == []


def marked(text):
    """The text and the places of its quotes, those that open and those that close."""
    view = np.frombuffer(text, np.uint8)
    quotes = np.flatnonzero(view == ord('"'))
    return view, quotes[0::2], quotes[1::2]


@pytest.mark.parametrize(
    ("text", "regular"),
    [
        (b'"a","b"\n', True),
        (b'a,"b"\r\n"c"', True),
        (b'"say ""no"""\n', True),
        (b"a,b\n", True),
        (b'a"b",c\n', False),
        (b'"a"b,c\n', False),
        (b'"a";"b"\n', False),
        (b'a,"b" ', False),
    ],
)
def test_quotes_stand_around_whole_cells(text, regular):
    assert are_regular(*marked(text), Dialect(",")) == regular


@pytest.mark.parametrize(
    ("content", "may"),
    [
        (b'end",a\nb,"c"\n', True),
        (b'end",a\nb,"c', True),  # the last quote may be closed further on
        (b'","', True),
        (b'end"a,b\n', False),
        (b"a,b\n", False),
        (b'a,"b",c\n', False),  # read as going on, its quotes stand in the middle of cells
    ],
)
def test_whether_a_cell_that_began_before_may_go_on(content, may):
    assert may_go_on(content, Dialect(",")) == may
