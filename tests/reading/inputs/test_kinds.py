"""What a file is, by its content."""

from __future__ import annotations

import pytest

from visittally.reading.inputs.kinds import InputKind

TEXT = b"village,issue\nElm,road\nOak,water\n"


@pytest.mark.parametrize(
    ("start", "said"),
    [
        (b"%PDF-1.7\n", "is a PDF document"),
        (b"\x89PNG\r\n\x1a\n", "is a picture"),
        (b"\xff\xd8\xff\xe0", "is a picture"),
        (b'<?xml version="1.0"?><records/>', "is an XML file"),
        (b"\x00\x01\x00\x00Standard ACE DB\x00", "is an Access database"),
        (b"SQLite format 3\x00", "is an SQLite database"),
        (b"7z\xbc\xaf\x27\x1c\x00", "is a packed archive"),
        (b"{\\rtf1 text}", "is a text document"),
    ],
)
def test_what_is_no_table_is_named_for_what_it_is(tmp_path, start, said, found):
    (tmp_path / "visits.xls").write_bytes(start + b" " * 600)
    (sentence,) = found(tmp_path / "visits.xls")
    assert said in sentence
    assert sentence.count(". ") == 1


@pytest.mark.parametrize(
    ("members", "said"),
    [
        ({"word/document.xml": b""}, "is a Word document, not a table. Save the table as CSV or Excel."),
        ({"ppt/presentation.xml": b""}, "is a presentation"),
        ({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b""}, "is a Word document"),
        ({"Index/Document.iwa": b""}, "is an Apple Numbers document"),
    ],
)
def test_office_documents_are_told_apart(tmp_path, members, said, found, zipped):
    assert said in found(zipped(tmp_path / "minutes.docx", members))[0]


@pytest.mark.parametrize("text", [b"[a],{b}\n1,2\n", b"<5,>5\n1,2\n", b"#village\nElm\n", b"{\n"])
def test_text_that_only_begins_like_markup_is_a_table(tmp_path, text, found):
    (tmp_path / "odd.csv").write_bytes(text)
    assert found(tmp_path / "odd.csv")[0][1] is InputKind.TEXT
