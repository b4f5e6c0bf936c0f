"""How far the cells of a sheet reach, by its XML."""

from __future__ import annotations

from xml.parsers import expat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visittally.reading.workbooks.extents import Extent, column_of


def reach(extent):
    return extent.cells, extent.rows, extent.last, extent.width


def whole(sheet):
    return Extent.parsed([f"<worksheet><sheetData>{sheet}</sheetData></worksheet>".encode()])


def letters(column):
    return (letters(column // 26 - 1) if column >= 26 else "") + chr(ord("A") + column % 26)


WRITTEN = (
    '<row r="{row}" spans="1:9"><c r="{letters}{row}" s="2"><v>1</v></c></row>',
    '<x:row r="{row}"><x:c r="{letters}{row}" t="s"><x:v>0</x:v></x:c></x:row>',
    '<row r="{row}"><c r="{letters}{row}"/></row>',
    '<row r="{row}"/><row r="{row}"><c r="A{row}"/><c r="{letters}{row}"/></row>',
    '<row r="{row}"><c r="{letters}{row}" t="inlineStr"><is><t>crow</t></is></c></row>',
)
ODD = (
    "<row r='{row}'><c r='{letters}{row}'/></row>",
    '<row r = "{row}"><c\nr="{letters}{row}"/></row>',
    '<row s="1" r="{row}"><c t="s" r="{letters}{row}"/></row>',
    "<row><c/><c/></row>",
    '<row r="1"><c r="{letters}{row}"/></row>',
    '<row r="{row}"><c r="{letters}{row}"><f>&#65;</f></c><c r="a{row}"/></row>',
    '<row r="{row}"><c><is><t>&lt;c r="A1"</t></is></c></row>',
)
ROWS = st.integers(1, 9_999_999)
COLUMNS = st.integers(0, 26**3 - 1)


@given(st.lists(st.tuples(st.sampled_from(WRITTEN), ROWS, COLUMNS.filter(lambda c: len(letters(c)) < 4)), max_size=9))
def test_what_programs_write_is_read_as_bytes_as_by_a_parser(rows):
    pieces = [how.format(row=row, letters=letters(column)) for how, row, column in rows]
    extent = Extent()
    for piece in pieces:
        assert extent.add(piece.encode())
    prefixed = [piece.replace("x:", "") for piece in pieces]
    assert reach(extent) == reach(whole("".join(prefixed)))


@given(
    st.lists(
        st.tuples(st.sampled_from((*WRITTEN, *ODD)), ROWS, st.integers(0, 18_277)),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from(("", "c ", ":c r=", '<c r="A1"', "row ", "\x00")),
)
def test_no_other_tag_is_taken_for_one_that_says_where_it_stands(rows, end):
    """A stretch is either read as a parser reads it, or not at all, and then nothing of it is kept."""
    text = "".join(how.format(row=row, letters=letters(column)) for how, row, column in rows)
    extent = Extent()
    if extent.add((text + end).encode()):
        assert reach(extent) == reach(whole(text))
    else:
        assert reach(extent) == (0, 0, 0, 0)


@pytest.mark.parametrize("how", ODD)
def test_tags_written_in_another_way_are_left_to_the_parser(how):
    text = how.format(row=900_000, letters="XFD")
    assert not Extent().add(text.encode())
    assert whole(text).cells > 0


@pytest.mark.parametrize(
    ("sheet", "reached"),
    [
        ("<row><c/><c/></row><row/>", (2, 2, 2, 2)),
        ('<row r="1048576"/><row><c/></row>', (1, 2, 1_048_577, 1)),
        ('<row r="3"><c r="XFD900000"/><c/></row>', (2, 1, 900_000, 16_385)),
        ('<row r="2"><c r="b2"/></row>', (1, 1, 2, 2)),
    ],
)
def test_cells_without_a_reference_follow_the_one_before(sheet, reached):
    assert reach(whole(sheet)) == reached


@pytest.mark.parametrize(
    "sheet", ['<row r="x"/>', '<c r="7"/>', '<c r="ABCD1"/>', '<c r="A"/>', '<c r="éA1"/>', "<row"]
)
def test_references_that_say_nothing_are_damage(sheet):
    with pytest.raises((ValueError, expat.ExpatError)):
        whole(sheet)


def test_columns_count_from_zero():
    assert [column_of(name) for name in (b"A", b"Z", b"AA", b"XFD")] == [0, 25, 26, 16_383]
