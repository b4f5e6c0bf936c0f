"""What calamine does not tell about .xlsx files: bombs, entities, cells far away, cells with errors."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from visittally.errors import InputError
from visittally.reading.workbooks import openxml
from visittally.reading.workbooks.openxml import Marks, check_parts, marks_of_sheets

VISITS = [
    ["village", "issue", "visited"],
    ["Elm", "road", "2026-04-01"],
    ["Oak", "water", "2026-04-02"],
    ["Elm", "none", "2026-04-02"],
]


def sheet_marks(path, name, sheet):
    """The marks of one sheet, or why it cannot be read."""
    found = marks_of_sheets(path, name).get(sheet, Marks())
    if isinstance(found, InputError):
        raise found
    return found


def test_errors_of_formulas_are_text_and_not_blanks(tmp_path, workbook, put, opened, records):
    def sheet(worksheet, _book):
        put(worksheet, VISITS)
        worksheet.write_formula(2, 1, "=#REF!", None, "#REF!")
        worksheet.write_formula(3, 2, "=1/0", None, "#DIV/0!")

    source = opened(workbook(tmp_path / "errors.xlsx", sheet))
    assert records(source)[1:] == [["Oak", "#REF!", "2026-04-02"], ["Elm", "none", "#DIV/0!"]]


def test_entities_are_refused(tmp_path, workbook, opened, rewritten):
    declared = b'standalone="yes"?>\n<!DOCTYPE x [<!ENTITY a "aaaa">]>'
    path = rewritten(
        workbook(tmp_path / "entities.xlsx", VISITS), lambda xml: xml.replace(b'standalone="yes"?>', declared)
    )
    with pytest.raises(InputError, match="declares XML entities"):
        opened(path)


def test_a_sheet_with_a_cell_at_the_far_end_is_refused_and_not_held_in_memory(tmp_path, workbook, put, opened):
    def sheet(worksheet, _book):
        put(worksheet, VISITS)
        worksheet.write(1_048_575, 16_383, "stray")

    with pytest.raises(InputError, match="cells far away from its table"):
        opened(workbook(tmp_path / "far.xlsx", sheet))


@pytest.mark.parametrize("stray", ['<c r="XFD900000"><v>5</v></c>', "<c s=\"1\" r = 'XFD900000'><v>5</v></c>"])
def test_a_far_cell_is_found_however_its_tag_is_written(tmp_path, workbook, opened, rewritten, stray):
    """In another row than its own, with other quotes, behind other attributes."""
    path = rewritten(
        workbook(tmp_path / "far.xlsx", VISITS),
        lambda xml: xml.replace(b"</row></sheetData>", stray.encode() + b"</row></sheetData>"),
    )
    with pytest.raises(InputError, match=r"as far as row 900000, column 16384"):
        opened(path)


def test_an_error_without_a_text_takes_none_from_its_neighbour(tmp_path):
    path = parts_of(tmp_path / "errors.xlsx", '<row r="1"><c r="A1" t="e"/><c r="B1"><v>5</v></c></row>')

    assert not sheet_marks(path, "errors.xlsx", "Visits").errors


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path, monkeypatch, workbook, opened):
    monkeypatch.setattr(openxml, "UNPACKED", 1_000)
    with pytest.raises(InputError, match="unusually much"):
        opened(workbook(tmp_path / "bomb.xlsx", VISITS))


def test_a_damaged_workbook_is_named(tmp_path, workbook, opened):
    path = workbook(tmp_path / "cut.xlsx", VISITS)
    Path(path).write_bytes(Path(path).read_bytes()[:2_000])
    with pytest.raises(InputError, match=r"cut.xlsx is damaged"):
        opened(path)


def parts_of(path, sheet, *, target="worksheets/sheet1.xml", part="xl/worksheets/sheet1.xml", names=("Visits",)):
    """Write an .xlsx file of the parts that tell where a sheet is, and of the sheet's XML."""
    kinds = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    listed = "".join(f'<sheet name="{name}" r:id="rId{i}"/>' for i, name in enumerate(names, 1))
    relations = f'<Relationship Id="rId{len(names)}" Target="{target}"/>'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", f'<workbook xmlns="main" {kinds}><sheets>{listed}</sheets></workbook>')
        archive.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="rels">{relations}</Relationships>')
        archive.writestr(part, f"<worksheet><sheetData>{sheet}</sheetData></worksheet>")
    return str(path)


BAD = '<row r="3"><c r="AB3" s="1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c t="e" r="C3"><v>#N/A</v></c></row>'


@pytest.mark.parametrize(
    "how",
    [
        {},
        {"target": "/xl/worksheets/sheet1.xml"},
        {"target": "../other/part.xml", "part": "other/part.xml"},
        {"names": ("Cover", "Visits")},
    ],
)
def test_errors_are_told_by_row_and_column(tmp_path, how):
    path = parts_of(tmp_path / "errors.xlsx", '<row r="2"><c r="A2"><v>7</v></c></row>' + BAD, **how)

    assert sheet_marks(path, "errors.xlsx", "Visits").errors == {2: {27: "#DIV/0!", 2: "#N/A"}}


def test_a_sheet_of_another_name_or_without_a_part_has_no_marks(tmp_path):
    path = parts_of(tmp_path / "errors.xlsx", BAD)
    lost = parts_of(tmp_path / "lost.xlsx", BAD, target="worksheets/sheet9.xml")

    assert not sheet_marks(path, "errors.xlsx", "Other").errors
    assert not sheet_marks(lost, "lost.xlsx", "Visits").errors


def test_errors_are_found_wherever_the_xml_is_cut(tmp_path, monkeypatch):
    good = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(4, 40))
    path = parts_of(tmp_path / "errors.xlsx", BAD + good + BAD.replace("3", "40"))
    for chunk in (7, 64, 1_000):
        monkeypatch.setattr(openxml, "_CHUNK", chunk)
        assert sheet_marks(path, "errors.xlsx", "Visits").errors == {
            2: {27: "#DIV/0!", 2: "#N/A"},
            39: {27: "#DIV/0!", 2: "#N/A"},
        }


def test_cells_may_lie_apart_as_far_as_many_are_filled(tmp_path, monkeypatch):
    monkeypatch.setattr(openxml, "FAR", 100)
    monkeypatch.setattr(openxml, "SPARSE", 10)

    def marks(*cells):
        rows = "".join(f'<row r="{cell[1:]}"><c r="{cell}"><v>1</v></c></row>' for cell in cells)
        return sheet_marks(parts_of(tmp_path / "far.xlsx", rows), "far.xlsx", "Visits")

    marks("A1", "J10")
    marks(*[f"A{n}" for n in range(1, 11)], "J11")  # 110 places, 11 of them filled
    with pytest.raises(InputError, match=r"as far as row 11, column 10"):
        marks(*[f"A{n}" for n in range(1, 10)], "J11")


ROW = '<row r="1"><c r="A1"><v>1</v></c></row>'


@pytest.mark.parametrize(
    "row", [ROW, "<row><c><v>1</v></c></row>", ROW.replace("row", "x:row"), "<x:row><c/></x:row>", '<row r="40"/>']
)
def test_a_sheet_has_no_more_rows_than_a_program_writes(tmp_path, monkeypatch, row):
    """Numbered or not, with a prefix or without: each is counted once."""
    path = parts_of(tmp_path / "rows.xlsx", row * 40)
    monkeypatch.setattr(openxml, "ROWS", 40)
    sheet_marks(path, "rows.xlsx", "Visits")

    monkeypatch.setattr(openxml, "ROWS", 39)
    with pytest.raises(InputError, match=r'The sheet "Visits" of rows.xlsx has more than 39 rows'):
        sheet_marks(path, "rows.xlsx", "Visits")


def test_rows_are_counted_before_they_are_loaded(tmp_path, monkeypatch, workbook, opened):
    monkeypatch.setattr(openxml, "ROWS", len(VISITS) - 1)
    with pytest.raises(InputError, match="more than 3 rows"):
        opened(workbook(tmp_path / "visits.xlsx", VISITS))


def test_declarations_are_looked_for_in_every_part_and_encoding(tmp_path):
    for part in ("docProps/app.xml", "xl/_rels/workbook.xml.rels"):
        path = tmp_path / "entities.xlsx"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(part, '<?xml version="1.0"?><!ENTITY a "aaaa">'.encode("utf-16"))
        with pytest.raises(InputError, match="declares XML entities"):
            check_parts(str(path), "entities.xlsx")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/media/note.txt", "<!DOCTYPE html>")
    check_parts(str(path), "entities.xlsx")


def test_texts_that_cells_share_fit_into_memory_as_often_as_they_are_named(tmp_path, monkeypatch):
    cells = "".join(f'<c r="A{n}" t="s"><v>{n % 2}</v></c>' for n in range(1, 9))
    path = parts_of(tmp_path / "shared.xlsx", f'<row r="1">{cells}</row>')
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/sharedStrings.xml", "<sst><si><t>x</t></si><si><t>" + "long" * 1_000 + "</t></si></sst>")
    monkeypatch.setattr(openxml, "TEXTS", 17_000)
    sheet_marks(path, "shared.xlsx", "Visits")

    monkeypatch.setattr(openxml, "TEXTS", 16_000)
    with pytest.raises(InputError, match="unusually much"):
        sheet_marks(path, "shared.xlsx", "Visits")


def test_a_sheet_that_cannot_be_read_does_not_keep_the_others_from_it(tmp_path, workbook, put, opened, records):
    def visits(worksheet, _book):
        put(worksheet, VISITS)

    def far(worksheet, _book):
        worksheet.write(1_048_575, 16_383, "stray")
        worksheet.write(0, 0, "stray")

    path = workbook(tmp_path / "far.xlsx", Visits=visits, Far=far)
    found = marks_of_sheets(str(path), "far.xlsx")

    assert isinstance(found["Visits"], Marks)
    assert isinstance(found["Far"], InputError)


def test_a_workbook_is_opened_once_for_all_its_sheets(tmp_path, workbook, opened, monkeypatch):
    seen = []
    init = zipfile.ZipFile.__init__
    monkeypatch.setattr(zipfile.ZipFile, "__init__", lambda self, *a, **k: (seen.append(a), init(self, *a, **k))[1])

    def times(sheets):
        seen.clear()
        path = workbook(tmp_path / f"{sheets}.xlsx", **{f"S{n}": VISITS for n in range(sheets)})
        seen.clear()
        opened(path)
        return len(seen)

    assert times(12) == times(3)


@pytest.mark.parametrize(
    ("cell", "fits"),
    [
        ("<c r='A{n}'><v>1</v></c>", True),
        ('<c r="A{n}" t="n"><v>1</v></c>', True),
        ('<c r="A{n}" t="s"><v>0</v></c>', True),
        ('<c r="A{n}" t="s"><v>1</v></c>', False),
        ("<c r='A{n}' t = 's'><v>1</v></c>", False),
        ('<c r="A{n}" t="s"><f>B1</f><v>1</v></c>', False),
    ],
)
def test_figures_name_no_texts(tmp_path, monkeypatch, cell, fits):
    """A workbook of noughts and ones is not refused for the long question that its first header is."""
    rows = "".join(f'<row r="{n}">{cell.format(n=n)}</row>' for n in range(1, 101))
    path = parts_of(tmp_path / "visits.xlsx", rows)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/sharedStrings.xml", "<sst><si><t>x</t></si><si><t>" + "long" * 1_000 + "</t></si></sst>")
    monkeypatch.setattr(openxml, "TEXTS", 50_000)
    if fits:
        sheet_marks(path, "visits.xlsx", "Visits")
    else:
        with pytest.raises(InputError, match="unusually much"):
            sheet_marks(path, "visits.xlsx", "Visits")


def test_rows_that_a_filter_hides_are_counted_and_said(tmp_path, workbook, put, opened, records):
    """Those of the table that hold something."""
    rows = [["village", "issue"], *([f"V{n}", "road"] for n in range(9)), [], ["V9", "road"]]

    def filtered(sheet, _book):
        put(sheet, rows)
        for row in (2, 3, 7, 10, 40):
            sheet.set_row(row, None, None, {"hidden": True})

    path = tmp_path / "filtered.xlsx"
    workbook(path, visits=filtered)

    assert len(records(opened(path))) == 10
    [notice] = opened(path).notices
    assert notice.code == "hidden_rows"
    assert ": 3 rows of the sheet are hidden" in notice.message
    assert marks_of_sheets(str(path), "filtered.xlsx")["visits"].hidden == {2, 3, 7, 10, 40}
