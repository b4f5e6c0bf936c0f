"""Which files hold finished tables and sentences, and how each kind is read."""

from __future__ import annotations

import gzip
import io
import sys
import zipfile

import docx
import pytest
import xlsxwriter

from visittally.errors import InputError
from visittally.reading.finished import opening
from visittally.reading.finished.opening import open_finished
from visittally.reading.inputs.source import ReadingOptions

TEXT = "Area,Visits\nAsh,12\nTotal,12\n"
ROWS = (("Area", "Visits"), ("Ash", "12"), ("Total", "12"))


def opened(*paths, as_text=False):
    return open_finished([str(path) for path in paths], ReadingOptions(), as_text=as_text)


def word():
    document, content = docx.Document(), io.BytesIO()
    document.add_paragraph("Visits in May")
    table = document.add_table(0, 2)
    for row in ROWS:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(content)
    return content.getvalue()


def workbook():
    content = io.BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet("Areas")
        for number, row in enumerate(ROWS):
            sheet.write_row(number, 0, row)
    return content.getvalue()


PAGE = b"<!DOCTYPE html><table><tr><td>Area<td>Visits<tr><td>Ash<td>12<tr><td>Total<td>12</table>"
MARKDOWN = b"# Visits\n\n| Area | Visits |\n|---|---|\n| Ash | 12 |\n| Total | 12 |\n"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", TEXT.encode()),
        ("a.csv.gz", gzip.compress(TEXT.encode())),
        ("a.docx", word()),
        ("a.xlsx", workbook()),
        ("page.txt", PAGE),  # what a file is shows in its bytes
        ("page.htm", b"\xef\xbb\xbf\n <!-- saved --><HTML>" + PAGE[15:]),
        ("page.csv", PAGE[15:]),
        ("a.md", MARKDOWN),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 10 else "",
)
def test_the_table_comes_out_of_every_kind_of_file(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    (found,) = opened(tmp_path / name)

    assert found.file == str(tmp_path / name)
    assert [table.rows for table in found.tables] == [ROWS]


@pytest.mark.parametrize("name", ["a.md", "a.Markdown", "a.txt"])
def test_texts_by_these_names_are_sentences(tmp_path, name):
    (tmp_path / name).write_text("We made 12, visits.\nTwo, failed.\n", encoding="utf-8")

    assert [one.text for one in opened(tmp_path / name)[0].paragraphs] == ["We made 12, visits.", "Two, failed."]


def test_other_texts_are_sentences_where_that_is_asked_for(tmp_path):
    (tmp_path / "a.csv").write_text(TEXT, encoding="utf-8")

    assert not opened(tmp_path / "a.csv")[0].paragraphs
    assert opened(tmp_path / "a.csv", as_text=True)[0].paragraphs[0].text == "Area,Visits"


def test_each_table_of_an_archive_is_one(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("b.csv", TEXT)
        archive.writestr("c.xlsx", workbook())

    assert [found.file.rpartition("/")[2] for found in opened(tmp_path / "a.zip")] == ["b.csv", "c.xlsx"]


def test_standard_input_is_read(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PAGE)))
    (found,) = opened("-")

    assert (found.file, found.tables[0].rows) == ("standard input", ROWS)


def test_what_this_program_wrote_is_read_beside_others(command, write):
    write("visits.csv", "village,issue,date\nAsh,road,2026-05-01\nElm,water,2026-05-02\n")
    command("summarize", "visits.csv", "-o", "own.xlsx")
    write("areas.csv", TEXT)

    assert [found.file for found in opened("areas.csv", "own.xlsx")] == ["areas.csv", "own.xlsx"]


def test_all_that_cannot_be_read_is_named_at_once_and_once(tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "b.json").write_bytes(b'[{"a": 1}]')
    (tmp_path / "c.docx").write_bytes(word()[:-200])
    (tmp_path / "good.csv").write_text(TEXT, encoding="utf-8")
    names = ["a.pdf", "b.json", "c.docx", "missing.csv", "good.csv", "a.pdf"]

    with pytest.raises(InputError) as error:
        opened(*(tmp_path / name for name in names))

    said = str(error.value).replace(f"{tmp_path}/", "").splitlines()
    assert said[0] == "a.pdf is a PDF document, not a table. Save the table as CSV or Excel."
    assert said[1] == "b.json holds records, not a finished table: summarize reads it."
    assert [line.split()[0] for line in said[2:]] == ["c.docx", "missing.csv"]


def test_a_document_may_have_so_many_bytes_and_no_more(tmp_path, monkeypatch):
    for name, content in (("a.html", PAGE), ("a.csv", TEXT.encode())):
        (tmp_path / name).write_bytes(content)
        monkeypatch.setattr(opening, "LARGEST", len(content))
        assert opened(tmp_path / name)
        monkeypatch.setattr(opening, "LARGEST", len(content) - 1)
        with pytest.raises(InputError, match="is too large for a finished table"):
            opened(tmp_path / name)


def test_a_large_workbook_is_not_held_in_memory_to_find_out_what_it_is(tmp_path, monkeypatch):
    (tmp_path / "a.xlsx").write_bytes(workbook())
    monkeypatch.setattr(opening, "LARGEST", 100)

    assert opened(tmp_path / "a.xlsx")[0].tables[0].rows == ROWS
