"""The careful reader: every dialect, every damage, no line lost."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visittally.reading.text.careful import mend, read_records
from visittally.reading.text.dialect import Dialect

COMMA = Dialect(",")
TEXT = st.text("ab,;\"'\n\r村 ", max_size=8)
ROWS = st.lists(st.lists(TEXT, min_size=2, max_size=2), min_size=1, max_size=8)


def cells(text, dialect=COMMA, width=0):
    return [record.cells for record in read_records(text, dialect, width).records]


@settings(deadline=None, max_examples=150)
@given(ROWS, st.sampled_from([",", ";", "\t"]), st.sampled_from(["\n", "\r\n"]))
def test_what_the_csv_module_writes_comes_back(rows, delimiter, newline):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=newline, quoting=csv.QUOTE_ALL).writerows(rows)
    assert cells(out.getvalue(), Dialect(delimiter)) == rows


@settings(deadline=None, max_examples=150)
@given(ROWS)
def test_escaped_quotes_come_back(rows):
    out = io.StringIO(newline="")
    csv.writer(out, escapechar="\\", doublequote=False, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows(rows)
    assert cells(out.getvalue(), Dialect(",", escape="\\")) == rows


@settings(deadline=None, max_examples=300)
@given(st.text('a",\n\r', max_size=40), st.integers(0, 4))
def test_every_line_belongs_to_a_record(text, width):
    stretch = read_records(text, COMMA, width, 5)
    assert stretch.consumed == len(text)
    expected = 5
    for record in stretch.records:
        assert record.line == expected
        expected += record.lines
    assert expected == 5 + stretch.lines


@settings(deadline=None, max_examples=300)
@given(
    st.lists(st.sampled_from(["a", '"', ",", "\n", 'b"c', '"x"', '""']), max_size=30).map("".join), st.integers(0, 60)
)
def test_a_text_cut_anywhere_gives_the_same_records(text, cut):
    whole = read_records(text, COMMA, 2)
    first = read_records(text[:cut], COMMA, 2, final=cut >= len(text))
    rest = read_records(text[first.consumed :], COMMA, 2, 1 + first.lines)
    assert [*first.records, *rest.records] == whole.records


def test_single_carriage_returns_end_lines():
    assert cells("a,b\rc,d\r\ne,f\n", Dialect(",", newline="\r")) == [["a", "b"], ["c", "d"], ["e", "f"]]


def test_a_delimiter_of_several_characters():
    assert cells('a||"b||c"||d\n', Dialect("||")) == [["a", "b||c", "d"]]


def test_spaces_behind_delimiters_are_left_out_where_they_are_part_of_the_dialect():
    assert cells('a, "b, c", d\n', Dialect(",", spaced=True)) == [["a", "b, c", "d"]]


def test_lines_that_an_unclosed_quote_would_swallow_are_records():
    text = 'a,"b,1\n' + "c,d,2\n" * 5 + 'e,f",3\n'
    assert len(cells(text, width=3)) == 7


def test_a_very_long_quoted_cell_is_an_unclosed_quote(monkeypatch):
    monkeypatch.setattr("visittally.reading.text.careful.LONGEST", 100)
    assert len(cells('a,"b\n' + "c,d\n" * 60, width=2)) == 61


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('1,"Round 48"","Made here",x', ["1", 'Round 48"', "Made here", "x"]),
        ('1,""Pillow, soft","y",x', ["1", '"Pillow, soft', "y", "x"]),
        ('1,"2,"y",x', ["1", '"2', "y", "x"]),
        ('1,2,"y","', ["1", "2", "y", '"']),
    ],
)
def test_broken_quotes_are_read_as_the_width_demands(text, expected):
    assert mend(text, COMMA, 4) == expected


def test_no_reading_has_the_width():
    assert mend('"a,b', COMMA, 7) is None
