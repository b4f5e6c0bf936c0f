"""The first sheet of a workbook, read back."""

import io
import re
import zipfile

import pytest
import python_calamine
import xlsxwriter

from visittally.render import RenderOptions
from visittally.render.xlsx_cells import Book
from visittally.render.xlsx_overview import LINE_HEIGHT, PAGE_COLUMNS, overview_page
from visittally.tables.document import Document, Section
from visittally.tables.shortening import ROWS
from visittally.tables.table import Base, Column, Count, Row, Share, Table, Text


def table(rows=2, columns=2, title="Visits", heading="Heading"):
    made = tuple(Row((Text(f"v{i}"), *[Count(i)] * (columns - 1))) for i in range(rows))
    named = (Column("village", "Village"), *(Column(f"c{i}", heading) for i in range(1, columns)))
    return Table("areas", title, named, made, Base("all", 3, "Base."), ("Note.",))


def written(*tables, together=True, sheets=(("Visits", "Visits by place"),), **more):
    """The rows of the sheet, the lines that each has room for, and its XML."""
    document = Document("Report", **{"paragraphs": ("Found.",), "sections": (Section("Areas", (), tables),), **more})
    content = io.BytesIO()
    book = Book(xlsxwriter.Workbook(content, {"in_memory": True}), RenderOptions())
    sheet = book.sheet("Overview")
    for name, _title in sheets:
        book.sheet(name)
    overview_page(book, sheet, document, sheets, together=together)
    book.file.close()
    content.seek(0)
    with zipfile.ZipFile(content) as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
    # Points are rounded to those of a screen.
    heights = {
        int(n) - 1: round(float(h) / LINE_HEIGHT) for n, h in re.findall(r'<row r="(\d+)"[^>]*? ht="([\d.]+)"', xml)
    }
    content.seek(0)
    rows = python_calamine.CalamineWorkbook.from_filelike(content).get_sheet_by_name("Overview").to_python()
    return rows, heights, xml


def column(rows):
    return [row[0] for row in rows]


def test_it_says_what_was_found_shows_the_tables_and_leads_to_their_sheets():
    rows, _heights, _xml = written(table(), attention=("Mind.",), provenance=("a.csv",))

    assert column(rows) == [
        *("Report", "", "Found.", "", "Visits", "Village", "v0", "v1", "Base.", "Note."),
        *("", "Tables", "Visits by place", "", "Points to note", "Mind.", "", "Where the figures come from", "a.csv"),
    ]
    assert rows[7][1] == 1


def test_tables_may_stand_on_their_own_sheets_alone():
    """Then the only column is as wide as the page."""
    rows, _heights, xml = written(table(), together=False)

    assert column(rows) == ["Report", "", "Found.", "", "Tables", "Visits by place"]
    assert "mergeCell" not in xml


def test_lines_go_over_all_columns_of_the_page():
    assert '<mergeCell ref="A3:F3"/>' in written(table())[2]
    assert '<mergeCell ref="A3:H3"/>' in written(table(), table(columns=8), table(columns=PAGE_COLUMNS + 1))[2]


@pytest.mark.parametrize(("columns", "there"), [(PAGE_COLUMNS, True), (PAGE_COLUMNS + 1, False)])
def test_a_table_wider_than_the_page_is_left_to_its_sheet(columns, there):
    assert ("Village" in column(written(table(columns=columns))[0])) is there


def test_a_table_without_columns_for_people_is_left_out():
    bare = Table("own", "Own", (Column("village", "Village", people=False),), ())

    assert "Own" not in column(written(bare)[0])


def test_a_long_table_is_cut_and_says_so():
    names = column(written(table(rows=ROWS + 9))[0])

    assert sum(str(name).startswith("v") for name in names) <= ROWS
    assert any(str(name).startswith("and ") for name in names)


def test_links_lead_to_the_sheet_of_that_name():
    rows, _heights, xml = written(sheets=(("Ash's visits", "Visits of Ash"), ("Issues", "Issues raised")))

    assert column(rows)[-2:] == ["Visits of Ash", "Issues raised"]
    assert re.findall(r'location="([^"]+)"', xml) == ["'Ash''s visits'!A1", "'Issues'!A1"]


def test_a_row_is_as_high_as_its_text():
    """A line of the widest page takes 152 narrow characters, nine tenths of which are reckoned with: 136."""
    heights = written(table(columns=PAGE_COLUMNS), paragraphs=("x" * 100, "x" * 136, "x" * 137, "长" * 69, ""))[1]

    assert [heights[row] for row in range(2, 7)] == [1, 1, 2, 2, 1]


def test_a_page_without_tables_is_narrower():
    """76 characters, of which 68 are reckoned with."""
    heights = written(paragraphs=("x" * 68, "x" * 69), together=False)[1]

    assert [heights[row] for row in (2, 3)] == [1, 2]


@pytest.mark.parametrize(("heading", "lines"), [("x" * 13, 1), ("x" * 14, 2), ("长" * 14, 3)])
def test_headings_are_as_high_as_the_longest(heading, lines):
    """A column of figures takes 14 characters, one of which is the space beside them."""
    heights = written(table(heading=heading), paragraphs=())[1]

    assert heights[4] == lines


@pytest.mark.parametrize(("answer", "lines"), [("x" * 20, 1), ("x" * 60, 3), ("长" * 22, 2)])
def test_rows_of_a_table_are_as_high_as_their_words(answer, lines):
    """Or a long answer covers the next one. The first column takes 26 characters, 23 of which are reckoned with."""
    answers = Table("q", "Q", (Column("answer", "Answer"), Column("n", "n")), (Row((Text(answer), Count(1))),))
    rows, heights, _xml = written(answers, paragraphs=())

    assert heights[column(rows).index(answer)] == lines


def test_a_rank_stands_behind_what_it_ranks():
    """Only the first column has room for words."""
    ranked = Table(
        "issues", "Issues", (Column("rank", "Rank"), Column("issue", "Issue")), (Row((Count(1), Text("Roads"))),)
    )

    assert [row[:2] for row in written(ranked)[0][5:7]] == [["Issue", "Rank"], ["Roads", 1]]


@pytest.mark.parametrize("together", [True, False])
def test_nothing_makes_the_printed_page_wider_than_its_columns(together):
    """A long question as heading or link would, and make all words smaller."""
    long = "Why? " * 60
    _rows, heights, xml = written(table(title=long), together=together, sheets=(("Why", long),))

    links = re.findall(r'<hyperlink ref="A(\d+)"', xml)
    assert all(heights[int(n) - 1] > 1 for n in links)
    if together:
        assert f'<mergeCell ref="A{links[0]}:F{links[0]}"/>' in xml
        assert '<mergeCell ref="A5:F5"/>' in xml


def test_several_figures_in_a_cell_are_read_as_words():
    """They are reckoned with on the sheet of the table."""
    shares = Table("own", "Own", (Column("v", "V"), Column("s", "S")), (Row((Text("Ash"), Share(1, 4, counts=True))),))

    assert written(shares)[0][6][1] == "1/4 25.0%"


def test_the_sheet_is_printed_on_pages_as_wide_as_it():
    xml = written(table())[2]

    assert 'paperSize="9"' in xml
    assert 'fitToHeight="0"' in xml
    assert "fitToWidth" not in xml  # one page is what goes without saying
    assert 'showGridLines="0"' in xml
    assert "&amp;P/&amp;N" in xml
