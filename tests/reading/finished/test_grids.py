"""Finished tables in delimited text and in workbooks: every row as it stands."""

from __future__ import annotations

import pytest
import xlsxwriter

from visittally.errors import InputError
from visittally.reading.finished import grids
from visittally.reading.finished.grids import of_delimited, of_workbook, text_of_source
from visittally.reading.finished.rows import Rows
from visittally.reading.inputs.source import ByteSource, ReadingOptions

AREAS = [["Area", "Visits"], ["Ash", 12], ["Elm", 8], ["Total", 20]]


def source_of(path, content):
    path.write_bytes(content)
    return ByteSource(path.name, str(path), size=len(content))


def workbook(path, hidden=(), **sheets):
    """Write a workbook; rows of None are left blank."""
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row or [])
            if name in hidden:
                sheet.hide()
    return ByteSource("report.xlsx", str(path))


def tables(source, *sheets):
    return of_workbook(source, ReadingOptions(sheets=sheets)).tables


def test_rows_of_a_text_stand_with_their_lines_and_are_equally_long():
    text = "Visits in May\n\nArea;Visits;Share\nAsh;12;60%\n ; ;\nTotal;20\n"

    assert of_delimited(text, ReadingOptions()) == Rows(
        (("Visits in May", "", ""), ("Area", "Visits", "Share"), ("Ash", "12", "60%"), ("Total", "20", "")),
        (1, 3, 4, 6),
    )


def test_a_line_that_names_the_delimiter_is_no_row():
    assert of_delimited("sep=;\nArea;Visits\nAsh;12\n", ReadingOptions()).rows[0] == ("Area", "Visits")
    assert of_delimited("a,b;c,d\n1,2;3,4\n", ReadingOptions(delimiter=";")).rows[0] == ("a,b", "c,d")


def test_no_more_rows_are_kept_than_a_finished_table_has(tmp_path, monkeypatch):
    monkeypatch.setattr(grids, "HIGHEST", 3)

    assert len(of_delimited("a,b\n" * 9, ReadingOptions()).rows) == 3
    assert len(tables(workbook(tmp_path / "r.xlsx", Areas=[["a", "b"]] * 9))[0].rows) == 3


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_a_text_is_decoded_whatever_its_encoding(tmp_path, encoding):
    text = "村,走访\n大坪村,12\n石桥村,8\n合计,20\n"

    assert text_of_source(source_of(tmp_path / "a.csv", text.encode(encoding)), ReadingOptions(), 1_000) == text


def test_a_text_may_have_so_many_bytes_and_no_more(tmp_path):
    source = source_of(tmp_path / "a.csv", b"a,b\n" * 25)

    assert len(text_of_source(source, ReadingOptions(), 100)) == 100
    with pytest.raises(InputError, match=r"a.csv is too large for a finished table"):
        text_of_source(source, ReadingOptions(), 99)


def test_sheets_are_tables_by_their_names_in_order(tmp_path):
    source = workbook(tmp_path / "r.xlsx", Areas=AREAS, Empty=[], Places=[None, ["Ash", 1.5]])

    found = of_workbook(source, ReadingOptions())

    assert found.file == "report.xlsx"
    assert [(table.title, table.rows[0], table.lines) for table in found.tables] == [
        ("Areas", ("Area", "Visits"), (1, 2, 3, 4)),
        ("Places", ("Ash", "1.5"), (2,)),
    ]


def test_hidden_sheets_are_read_only_where_they_are_named(tmp_path):
    source = workbook(tmp_path / "r.xlsx", hidden=("Lists",), Areas=AREAS, Lists=[["a", 1]])

    assert [table.title for table in tables(source)] == ["Areas"]
    assert [table.title for table in tables(source, " lists")] == ["Lists"]


@pytest.mark.parametrize(
    ("sheets", "titles"), [(("May", "april "), ["April", "May"]), (("2",), ["May"]), (("June", "April"), ["April"])]
)
def test_sheets_can_be_named_or_numbered(tmp_path, sheets, titles):
    source = workbook(tmp_path / "r.xlsx", April=AREAS, May=AREAS)

    assert [table.title for table in tables(source, *sheets)] == titles


def test_a_sheet_that_is_not_there_is_an_error_that_names_the_others(tmp_path):
    with pytest.raises(InputError, match=r'report.xlsx has no sheet "June". It has: April, May'):
        tables(workbook(tmp_path / "r.xlsx", April=AREAS, May=AREAS), "June")


def test_several_tables_on_a_sheet_come_apart_at_their_titles(tmp_path):
    rows = [["Visits"], *AREAS, None, ["Issues", None], ["Issue", "n"], ["road", "≈12"], ["water", 3]]

    first, second = tables(workbook(tmp_path / "r.xlsx", Areas=rows))

    assert (first.title, first.rows[0], first.lines) == ("Areas", ("Visits", ""), (1, 2, 3, 4, 5))
    assert (second.title, second.rows[1:], second.lines) == (
        "Issues",
        (("Issue", "n"), ("road", "≈12"), ("water", "3")),
        (7, 8, 9, 10),
    )


@pytest.mark.parametrize(
    "below",
    [
        [["Issues"], ["Issue", "n"], ["road", 12]],  # no blank row above
        [None, ["Issues", "n"], ["Issue", "n"], ["road", 12]],  # no title alone
        [None, ["Issues"], ["Issue"], ["road", 12]],  # no headings
        [None, ["Issues"], ["road", 12], ["water", 3]],  # figures at once
        [None, ["Issues"], ["Issue", "n"], ["road", "many"]],  # no figures
        [None, ["Note: figures"], ["are for", "May"]],
    ],
)
def test_other_rows_belong_to_the_table_above(tmp_path, below):
    assert len(tables(workbook(tmp_path / "r.xlsx", Areas=[*AREAS, *below]))) == 1
