"""What a file is, by its content."""

from __future__ import annotations

import io
import zipfile

import pytest

from visittally.errors import InputError
from visittally.reading.inputs.kinds import InputKind, kind_of, refused


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
        (b"RIFF\x10\x27\x01\x02WEBPVP8 ", "is a picture"),
        (b"RIFF\n\n\n\nWAVEfmt ", "is a recording"),
        (b"\x00\x00\x00\x18ftypmp42", "is a recording"),
        (b"ID3\x04\x00", "is a recording"),
        (b"OggS\x00\x02", "is a recording"),
        (b"FEA1\x00\x00", "is a binary table"),
        (b"\x00" * 257 + b"ustar", "is a packed archive"),
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


@pytest.mark.parametrize(
    "header",
    [
        "hhid,no,WAVE,village",
        "village,AVI ,n",
        "hhid_no_WEBP",
        "hhidftyp,n",
        "ID3,ID4",
        "OggS,n",
        "FEA1,FEA2",
        "PAR1,PAR2",
    ],
)
def test_a_header_that_begins_as_other_files_do_is_text(header):
    assert kind_of(io.BytesIO(f"{header}\n1,2\n".encode()), "visits.csv") is InputKind.TEXT


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"\x1f\x8b\x08", InputKind.GZIP),
        (b"\x28\xb5\x2f\xfd", InputKind.ZSTD),
        (b"PAR1\x15\x04", InputKind.PARQUET),
        (b"$FL2@(#) SPSS", InputKind.SPSS),
        (b"$FL3@(#) SPSS", InputKind.SPSS),
        (b"<stata_dta><header>", InputKind.STATA),
        (b"\x72\x02\x01\x00", InputKind.STATA),  # version 114
        (b"\x73\x01\x01\x00", InputKind.STATA),
        (b"\x74\x01\x01\x00", InputKind.TEXT),
        (b'{"village": "Elm"}', InputKind.JSON),
        (b' [\n {"village": "Elm"}]', InputKind.JSON),
        (b'\xef\xbb\xbf[{"a": 1}]', InputKind.JSON),
        (b"[1, 2]", InputKind.TEXT),
        (b"<HTML><BODY>", InputKind.WORKBOOK),
        (b"\r\n<!-- saved --><table border=1>", InputKind.WORKBOOK),
        (b'<?xml version="1.0"?>\n<!-- a -->\n<?mso-application progid="x"?>\n<ss:Workbook', InputKind.WORKBOOK),
        (b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', InputKind.WORKBOOK),
        (b"<Workbook>", InputKind.TEXT),
        (b"<tables>", InputKind.TEXT),
        (b"MIME-Version: 1.0\n", InputKind.WORKBOOK),
    ],
)
def test_what_can_be_read_is_told_by_its_beginning(start, kind):
    assert kind_of(io.BytesIO(start + b" " * 99), "visits") is kind


def archive(members):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name, text in members.items():
            packed.writestr(name, text)
    file.seek(0)
    return file


SHEETS = "application/vnd.oasis.opendocument.spreadsheet"


@pytest.mark.parametrize(
    ("members", "kind"),
    [
        ({"xl/workbook.xml": ""}, InputKind.WORKBOOK),
        ({"xl/workbook.bin": ""}, InputKind.WORKBOOK),
        ({"mimetype": SHEETS, "content.xml": "", "META-INF/manifest.xml": "<manifest/>"}, InputKind.WORKBOOK),
        ({"mimetype": "text/csv", "visits.csv": "a"}, InputKind.ZIP),
        ({}, InputKind.ZIP),
    ],
)
def test_workbooks_are_told_from_archives_of_tables(members, kind):
    assert kind_of(archive(members), "visits.zip") is kind


def test_an_archive_that_cannot_be_looked_into_yet_is_one():
    class Stream(io.BytesIO):
        def seekable(self):
            return False

    assert kind_of(Stream(archive({"xl/workbook.xml": ""}).read()), "-") is InputKind.ZIP
    assert kind_of(Stream(compound("WordDocument").read()), "-") is InputKind.WORKBOOK


def test_an_encrypted_sheet_is_protected():
    members = {"mimetype": SHEETS, "content.xml": "", "META-INF/manifest.xml": "<manifest:encryption-data/>"}

    with pytest.raises(InputError, match="protected by a password"):
        kind_of(archive(members), "visits.ods")


def test_an_archive_cut_off_is_damaged():
    with pytest.raises(InputError, match=r"visits.ods is damaged"):
        kind_of(io.BytesIO(archive({"content.xml": "x" * 999}).read()[:500]), "visits.ods")


def compound(*streams, shift=9, sector=0):
    """A compound file whose directory, of these streams, begins in a sector."""
    head = bytearray(1 << shift)
    head[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    head[30], head[48] = shift, sector
    entries = b""
    for stream in streams:
        name = stream.encode("utf-16-le")
        entries += name.ljust(64, b"\x00") + (len(name) + 2).to_bytes(2, "little") + bytes(62)
    return io.BytesIO(bytes(head) + bytes(sector << shift) + entries + bytes(512))


@pytest.mark.parametrize("place", [{}, {"sector": 3}, {"shift": 12, "sector": 2}])
@pytest.mark.parametrize("stream", ["Workbook", "Book"])
def test_old_workbooks_are_found_in_the_directory_of_their_file(stream, place):
    assert kind_of(compound("Root Entry", stream, **place), "visits.xls") is InputKind.WORKBOOK


@pytest.mark.parametrize(
    ("streams", "said"),
    [
        (["WordDocument"], "is a Word document"),
        (["PowerPoint Document"], "is a presentation"),
        (["__properties_version1.0"], "is an e-mail"),
        (["Workbook", "EncryptedPackage"], "protected by a password"),
        (["Other"], "damaged or of a kind that is not read"),
        ([], "damaged or of a kind that is not read"),
    ],
)
def test_other_files_of_that_kind_are_refused(streams, said):
    with pytest.raises(InputError, match=said):
        kind_of(compound("Root Entry", *streams), "visits.xls")


def test_nothing_is_no_kind():
    with pytest.raises(InputError, match=r"visits.csv is empty \(0 bytes\)"):
        kind_of(io.BytesIO(), "visits.csv")


def test_a_refusal_says_what_the_file_is_and_what_to_do():
    assert str(refused("a.sas7bdat", "sas")) == (
        "a.sas7bdat is a SAS file. Export the table as CSV or Excel, or as Parquet."
    )
