"""Tables and paragraphs of Word documents, in their order."""

from __future__ import annotations

import io

import docx
import pytest

from visittally.errors import InputError
from visittally.reading.finished.word import of_word


def saved(document):
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def add(document, *rows):
    table = document.add_table(0, len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    return table


def test_paragraphs_and_rows_are_numbered_in_one_count():
    document = docx.Document()
    document.add_paragraph("Visits  in\nMay")
    document.add_paragraph(" ")
    add(document, ("Area", "Visits"), ("Ash", " 12 "))
    document.add_paragraph("After")
    found = of_word("a.docx", saved(document))

    assert found.file == "a.docx"
    assert [(one.line, one.text) for one in found.paragraphs] == [(1, "Visits in May"), (5, "After")]
    assert [(table.rows, table.lines, table.title) for table in found.tables] == [
        ((("Area", "Visits"), ("Ash", "12")), (3, 4), "Visits in May")
    ]


def test_a_merged_cell_stands_in_each_field_that_it_covers():
    document = docx.Document()
    table = add(document, ("Area", "Visits", ""), ("", "May", "June"), ("Ash", "1", "2"))
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(0, 0).merge(table.cell(1, 0))
    [found] = of_word("a.docx", saved(document)).tables

    assert found.rows == (("Area", "Visits", "Visits"), ("Area", "May", "June"), ("Ash", "1", "2"))
    assert found.title == ""


def test_a_table_without_rows_is_none():
    document = docx.Document()
    document.add_table(0, 2)

    assert of_word("a.docx", saved(document)).tables == ()


def spoilt():
    """A document whose text does not unpack any more."""
    content = bytearray(saved(docx.Document()))
    start = content.index(b"word/document.xml") + len(b"word/document.xml")
    content[start : start + 40] = b"\xff" * 40
    return bytes(content)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", saved(docx.Document())[:500], spoilt()])
def test_a_damaged_document_is_named(content):
    with pytest.raises(InputError, match=r"a.docx is damaged and cannot be read"):
        of_word("a.docx", content)
