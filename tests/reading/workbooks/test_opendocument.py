"""What calamine does not tell about .ods files: merged cells, cells with errors, and cells repeated without end."""

from __future__ import annotations

import zipfile

import pytest

from visittally.errors import InputError
from visittally.reading.inputs.source import ByteSource
from visittally.reading.workbooks import opendocument as opendocument_module
from visittally.reading.workbooks.opendocument import marks_of_sheets
from visittally.reading.workbooks.sheets import load, sheet_names

VISITS = [
    ["village", "issue", "visited"],
    ["Elm", "road", "2026-04-01"],
    ["Oak", "water", "2026-04-02"],
    ["Elm", "none", "2026-04-02"],
]


def opendocument(path, *rows):
    """Write an OpenDocument workbook of rows given as the attributes and the text of their cells."""
    names = " ".join(f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text"))
    xml = ""
    for attributes, cells in rows:
        xml += f"<table:table-row {attributes}>"
        for extra, text in cells:
            content = f"<text:p>{text}</text:p>" if text else ""
            kind = "" if "value-type" in extra else "office:value-type='string'"
            xml += f"<table:table-cell {kind if text else ''} {extra}>{content}</table:table-cell>"
        xml += "</table:table-row>"
    body = f"<office:spreadsheet><table:table table:name='Visits'>{xml}</table:table></office:spreadsheet>"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        root = "office:document-content"
        archive.writestr("content.xml", f"<{root} {names}><office:body>{body}</office:body></{root}>")
    return path


def plain(row):
    return "", [("", cell) for cell in row]


def test_opendocument_sheets_are_read(tmp_path, opened, records):
    source = opened(opendocument(tmp_path / "visits.ods", *map(plain, VISITS)))
    assert source.sheet == "Visits"
    assert records(source) == VISITS[1:]


def test_opendocument_cells_merged_downwards_and_errors_are_seen(tmp_path, opened, records):
    merged = "", [("table:number-rows-spanned='2'", "Ash"), ("", "road"), ("office:value-type='error'", "#REF!")]
    source = opened(opendocument(tmp_path / "visits.ods", *map(plain, VISITS), merged, plain(["", "water", "later"])))
    assert records(source)[3:] == [["Ash", "road", "#REF!"], ["Ash", "water", "later"]]


def test_blank_opendocument_rows_repeated_to_the_end_of_the_sheet_are_nothing(tmp_path, opened, records):
    rest = "table:number-rows-repeated='1000000'", [("table:number-columns-repeated='16384'", "")]
    assert records(opened(opendocument(tmp_path / "visits.ods", *map(plain, VISITS), rest))) == VISITS[1:]


def test_opendocument_cells_repeated_without_end_are_refused(tmp_path, opened):
    bomb = "table:number-rows-repeated='1000000'", [("table:number-columns-repeated='16384'", "x")]
    with pytest.raises(InputError, match="unusually much"):
        opened(opendocument(tmp_path / "bomb.ods", *map(plain, VISITS), bomb))


def test_errors_in_cells_and_rows_that_are_repeated_are_each_marked(tmp_path):
    """Programs write neighbours that are alike once, and say how often."""
    error = "table:number-columns-repeated='2' office:value-type='error'"
    rows = [
        ("table:number-rows-repeated='2'", [("table:number-columns-repeated='3'", "a"), (error, "#N/A")]),
        ("table:number-rows-repeated='3'", [("", "b"), ("office:value-type='error'", "#REF!")]),
    ]
    found = marks_of_sheets(str(opendocument(tmp_path / "visits.ods", *rows)), "visits.ods")["Visits"]

    assert found.errors == {
        **{row: {3: "#N/A", 4: "#N/A"} for row in (0, 1)},
        **{row: {1: "#REF!"} for row in (2, 3, 4)},
    }
    assert not found.merges


def test_a_remark_beside_an_error_is_no_part_of_it(tmp_path):
    error = (
        "office:value-type='error'",
        "</text:p><office:annotation><text:p>Li</text:p></office:annotation><text:p>#N/A",
    )
    path = opendocument(tmp_path / "visits.ods", plain(["a"]), ("", [("", "b"), error]))

    assert marks_of_sheets(str(path), "visits.ods")["Visits"].errors == {1: {1: "#N/A"}}


def test_merged_cells_are_told_with_their_corners(tmp_path):
    across = "table:number-columns-spanned='3'", "all"
    path = opendocument(
        tmp_path / "visits.ods",
        ("table:number-rows-repeated='4'", [("", "x")]),
        ("", [("table:number-columns-repeated='2'", ""), across]),
        ("", [("table:number-rows-spanned='2' table:number-columns-spanned='2'", "both"), ("", "x")]),
    )

    assert marks_of_sheets(str(path), "visits.ods")["Visits"].merges == (((4, 2), (4, 4)), ((5, 0), (6, 1)))


def test_as_many_repeated_cells_as_fit_into_memory(tmp_path, monkeypatch):
    path = opendocument(
        tmp_path / "visits.ods",
        ("table:number-rows-repeated='5'", [("table:number-columns-repeated='2'", "x"), ("", "")]),
        ("table:number-rows-repeated='900'", [("table:number-columns-repeated='9'", "")]),
    )
    monkeypatch.setattr(opendocument_module, "FAR", 10)
    marks_of_sheets(str(path), "visits.ods")

    monkeypatch.setattr(opendocument_module, "FAR", 9)
    with pytest.raises(InputError, match="unusually much"):
        marks_of_sheets(str(path), "visits.ods")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("", "a<text:s text:c='2000'/>b"),
        ("", "a" + "<text:s text:c='500'/>" * 4),
        ("table:number-columns-repeated='20'", "x" * 100),
        ("table:number-columns-repeated='20'", "a<text:s text:c='100'/>"),
    ],
)
def test_texts_fit_into_memory_as_often_as_they_are_repeated(tmp_path, monkeypatch, cell, text):
    path = opendocument(tmp_path / "visits.ods", plain(["a"]), ("", [(cell, text), ("", "b" * 9_000)]))
    monkeypatch.setattr(opendocument_module, "TEXTS", 2_100)
    marks_of_sheets(str(path), "visits.ods")

    monkeypatch.setattr(opendocument_module, "TEXTS", 1_900)
    with pytest.raises(InputError, match="unusually much"):
        marks_of_sheets(str(path), "visits.ods")


@pytest.mark.parametrize("row", ["<a", "<table:table-row table:number-rows-repeated='many'/>"])
def test_a_damaged_sheet_is_named(tmp_path, row):
    path = tmp_path / "visits.ods"
    names = 'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("content.xml", f"<table:table {names}>{row}</table:table>")

    with pytest.raises(InputError, match=r"visits.ods is damaged"):
        marks_of_sheets(str(path), "visits.ods")


def test_a_workbook_is_looked_through_once_for_all_its_sheets(tmp_path, calls):
    """Twice as many sheets take twice the work."""

    def work(sheets):
        path = opendocument(tmp_path / f"{sheets}.ods", *[plain(["Elm", "road"])] * 30)
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name).decode() for name in archive.namelist()}
        before, _table, rest = parts["content.xml"].partition("<table:table ")
        table, end, after = rest.partition("</table:table>")
        tables = (f"<table:table {table.replace('Visits', f'S{n}')}{end}" for n in range(sheets))
        parts["content.xml"] = before + "".join(tables) + after
        with zipfile.ZipFile(path, "w") as archive:
            for name, part in parts.items():
                archive.writestr(name, part)
        source = ByteSource("many.ods", str(path))
        found = []
        called = calls(lambda: found.extend(load(source, sheet) for sheet in sheet_names(source)))
        assert [sheet.height for sheet in found] == [30] * sheets
        return called

    work(1)

    assert work(20) < 2.2 * work(10)
