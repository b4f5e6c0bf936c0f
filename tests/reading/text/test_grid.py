"""Where cells stand in regular text: hand-worked places, with each heart; what is not regular is refused."""

from __future__ import annotations

import numpy as np
import pytest

from visittally.reading.text import grid
from visittally.reading.text.dialect import Dialect
from visittally.reading.text.grid import PADDING, GridFinder

COMMA = Dialect(",")


@pytest.fixture
def find(hearts):
    """What every heart makes of the grid of a text; all of them must make the same, None where it is refused."""

    def look(text, width, learn, dialect=COMMA, *, final=True):
        content = text if isinstance(text, bytes) else text.encode()
        found = []
        for beating in hearts():
            with beating:
                room = bytearray(content) + bytearray(PADDING)
                regular = GridFinder(dialect, width).find(room, len(content), final=final)
                found.append(None if regular is None else learn(regular))
        assert all(each == found[0] for each in found)
        return found[0]

    return look


def table(regular):
    """The cells of the regular records, record by record."""
    return list(zip(*(regular.cells(c).strings().to_pylist() for c in range(regular.ends.shape[1])), strict=True))


def test_cells_of_regular_records(find):
    assert find("a,b\nc,\n,d\n", 2, table) == [("a", "b"), ("c", ""), ("", "d")]


@pytest.mark.parametrize(("text", "final"), [("a,b\nc,d", True), ("a,b\nc,d\ne,", False)])
def test_the_last_record_needs_a_line_end_only_within_a_text(find, text, final):
    assert find(text, 2, table, final=final) == [("a", "b"), ("c", "d")]
    assert find(text, 2, lambda regular: regular.end, final=final) == 8


def test_quotes_are_taken_off_and_doubled_ones_are_one(find):
    text = '"a","b, c"\nd,"say ""no"""\n"""",""\n'

    assert find(text, 2, table) == [("a", "b, c"), ("d", 'say "no"'), ('"', "")]


def test_other_delimiters_and_quotes(find):
    assert find("'a;b';\"c\"\n", 2, table, Dialect(";", quote="'")) == [("a;b", '"c"')]
    assert find('"a"\tb\n', 2, table, Dialect("\t", quote="")) == [('"a"', "b")]
    assert find("a\n\nb\n", 1, table, Dialect("")) == [("a",), ("",), ("b",)]


def test_returns_belong_to_the_line_ends(find):
    def learn(regular):
        return table(regular), regular.rows(np.array([1, 2])).strings().to_pylist()

    cells = [("a", "b"), ("c", ""), ("d", "e")]
    assert find('a,b\r\nc,\r\nd,"e"\r\n', 2, learn) == (cells, ["c", "", "d", "e"])
    assert find('a,b\nc,\r\nd,"e"\n', 2, learn) == (cells, ["c", "", "d", "e"])


def test_all_cells_of_some_records(find):
    text = 'a,b,1\nc,"d ""e""",2\nf,g,3\nh,"i""",4\n'

    def learn(regular):
        rows = regular.rows(np.array([1, 3]))
        return rows.strings().to_pylist(), rows.escaped.tolist(), len(rows)

    assert find(text, 3, learn) == (["c", 'd "e"', "2", "h", 'i"', "4"], [1, 4], 6)


def test_taken_cells_keep_their_doubled_quotes(find):
    text = 'a\n"b"""\nc\n"d""""e"\n'

    def learn(regular):
        cells = regular.cells(0).take(np.array([0, 3]))
        return cells.strings().to_pylist(), cells.replaced(), len(cells)

    assert find(text, 1, learn) == (["a", 'd""e'], ["a", 'd""e'], 2)


def test_bytes_that_are_no_utf8_are_told_or_replaced(find):
    def learn(regular):
        cells = regular.cells(0)
        return cells.strings(), cells.replaced(), regular.cells(1).strings().to_pylist()

    assert find(b'a\xffb,1\n"c""d",2\n', 2, learn) == (None, ["a\ufffdb", 'c"d'], ["1", "2"])


def test_lines_are_counted_through_line_feeds_inside_quotes(find):
    def learn(regular):
        starts, every = regular.lines()
        return None if starts is None else starts.tolist(), every

    assert find("a,b\nc,d\ne,f\n", 2, learn) == (None, 3)
    assert find('a,"b\n\nc"\nd,e\n"f\n",g\nh,i\n', 2, learn) == ([0, 3, 4, 6], 7)


def test_records_of_another_width_stand_apart(find):
    lines = ["a,b", "c", "d,e", "f,g", "h,i", "j,k,l", "m,n", "o,p"]
    text = "\n".join(lines) + "\n"

    def learn(regular):
        apart = [(number, text[begin:end]) for number, begin, end in regular.apart()]
        return table(regular), apart, regular.regular.tolist(), regular.row_starts().tolist(), regular.end

    assert find(text, 2, learn) == (
        [("a", "b"), ("d", "e"), ("f", "g"), ("h", "i"), ("m", "n"), ("o", "p")],
        [(1, "c\n"), (5, "j,k,l\n")],
        [0, 2, 3, 4, 6, 7],
        [0, 6, 10, 14, 24, 28],
        len(text),
    )


def test_a_first_record_of_another_width_begins_at_the_beginning(find):
    assert find("x\n" + "a,b\n" * 4, 2, lambda regular: list(regular.apart())) == [(0, 0, 2)]


def test_one_record_in_four_may_have_another_width_and_no_more(find):
    assert find("a,b\nc,d\ne,f\ng\n", 2, len) == 3
    assert find("a,b\nc,d\ng\n", 2, len) is None
    # As many cells as two records have, but a line end in the middle of one.
    assert find("a,b,c\nd\n", 2, len) is None


@pytest.mark.parametrize(
    ("text", "final"),
    [
        ("a\0,b\n", True),
        ("a\rb,c\n", True),
        ("a,b\r", True),
        ('a,b"c"\n', True),
        ('a,"b"c\n', True),
        ('a,"b\n', True),
        ("", True),
        ("a,b", False),
        ('"a,b\nc,d\n', False),
    ],
)
def test_what_is_not_regular_is_refused(find, text, final):
    assert find(text, 2, len, final=final) is None


@pytest.mark.parametrize("rest", ['e,"f\ng', '"', 'e,f,"g""', "e,f\r"])
def test_a_record_that_may_go_on_is_left_for_the_next_stretch(find, rest):
    def learn(regular):
        return table(regular), regular.end

    assert find('a,"b"\nc,d\n' + rest, 2, learn, final=False) == ([("a", "b"), ("c", "d")], 10)


def test_a_quoted_cell_may_hold_lines_but_not_records(find):
    def text(inner, lines):
        return 'a,"b' + f"\n{inner}" * lines + '",1\nc,d,2\n'

    assert find(text("road", 30), 3, len) == 2
    assert find(text("x,y,z", 2), 3, len) == 2
    assert find(text("x,y,z", 3), 3, len) is None
    assert find('c,d,"2' + "\nx,y,z" * 3 + '"\n', 3, len) is None
    # A table of two columns has too few delimiters to tell.
    assert find('"b' + "\nx,y" * 5 + '",1\nc,d\n', 2, len) == 2
    # Commas beside it are none of its own.
    assert find(text("road", 3) + "e,f,3\n" * 9, 3, len) == 11


def test_a_quoted_cell_over_lines_is_never_very_long(find, monkeypatch):
    text = 'a,"' + "x" * 30 + '\n"\nb,c\n'
    assert find(text, 2, len) == 2

    with monkeypatch.context() as patch:
        patch.setattr(grid, "LONGEST", 60)
        patch.setattr(grid.heart, "native", None)
        content = bytearray(text.encode()) + bytearray(PADDING)
        assert GridFinder(COMMA, 2).find(content, len(text), final=True) is None


def test_places_are_found_piece_by_piece(monkeypatch):
    monkeypatch.setattr(grid, "CACHED", 8)
    monkeypatch.setattr(grid.heart, "native", None)
    text = 'a,"b,\n c"\n' + ",\n" * 20 + "d,e\n"
    finder = GridFinder(COMMA, 2)

    for _stretch in range(2):
        content = bytearray(text.encode()) + bytearray(PADDING)
        assert table(finder.find(content, len(text), final=True)) == [("a", "b,\n c"), *[("", "")] * 20, ("d", "e")]


def test_a_finder_has_room_for_a_longer_text_than_before(hearts):
    for beating in hearts():
        with beating:
            finder = GridFinder(COMMA, 2)
            for count in (1, 5_000):
                text = b"a,b\n" * count
                assert len(finder.find(bytearray(text) + bytearray(PADDING), len(text), final=True)) == count
