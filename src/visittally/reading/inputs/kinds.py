"""What a file is, by its content: suffixes are often wrong."""

from __future__ import annotations

import re
import zipfile
import zlib
from enum import StrEnum
from typing import BinaryIO

from visittally.errors import InputError
from visittally.messages import _
from visittally.reading.inputs.source import broken
from visittally.words.patterns import pattern

HEAD = 4_096
"""Bytes from the beginning that tell what a file is."""


DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError, ValueError, RuntimeError)
"""What the libraries raise where an archive, or a part of one, is damaged, missing or packed in an unknown way."""


class InputKind(StrEnum):
    """What can be read."""

    TEXT = "text"
    WORKBOOK = "workbook"
    PARQUET = "parquet"
    JSON = "json"
    SPSS = "spss"
    STATA = "stata"
    GZIP = "gzip"
    ZSTD = "zstd"
    ZIP = "zip"


_READ = {
    b"\x1f\x8b": InputKind.GZIP,
    b"\x28\xb5\x2f\xfd": InputKind.ZSTD,
    b"PK\x03\x04": InputKind.ZIP,
    b"PK\x05\x06": InputKind.ZIP,
    b"$FL2@(#)": InputKind.SPSS,
    b"$FL3@(#)": InputKind.SPSS,
    b"<stata_dta>": InputKind.STATA,
}
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF", "pdf"),
    (0, b"{\\rtf", "rtf"),
    (0, b"%!PS", "postscript"),
    (0, b"\x89PNG", "picture"),
    (0, b"\xff\xd8\xff", "picture"),
    (0, b"GIF87a", "picture"),
    (0, b"GIF89a", "picture"),
    (0, b"II*\x00", "picture"),
    (0, b"MM\x00*", "picture"),
    *((0, b"ID3" + version, "recording") for version in (b"\x02", b"\x03", b"\x04")),
    (0, b"OggS\x00", "recording"),
    (0, b"BZh", "archive"),
    (0, b"\xfd7zXZ\x00", "archive"),
    (0, b"7z\xbc\xaf\x27\x1c", "archive"),
    (0, b"Rar!\x1a\x07", "archive"),
    (257, b"ustar", "archive"),
    (0, bytes(12) + b"\xc2\xea\x81\x60", "sas"),
    (4, b"Standard Jet DB", "access"),
    (4, b"Standard ACE DB", "access"),
    (0, b"SQLite format 3\x00", "sqlite"),
    (0, b"RDX2\n", "r"),
    (0, b"RDX3\n", "r"),
    (0, b"X\n\x00\x00\x00", "r"),
    (0, b"ARROW1\x00", "binary table"),
    (0, b"FEA1\x00", "binary table"),
    (0, b"ORC\x08", "binary table"),
    (0, b"Obj\x01", "binary table"),
    (0, b"\x89HDF\r\n", "binary table"),
    (0, b"\x00\x00\x27\x0a", "map"),
    (0, b"\x7fELF", "program"),
    (0, b"MZ\x90\x00", "program"),
)
_SAID_LATER = (
    (pattern(rb"RIFF.{4}WEBP", re.DOTALL), "picture"),
    (pattern(rb"RIFF.{4}(?:WAVE|AVI )", re.DOTALL), "recording"),
    (pattern(rb"\x00.{3}ftyp", re.DOTALL), "recording"),
)
"""Names that alone might be the header of a column: `WAVE`."""
_PARQUET = pattern(rb"PAR1(?![\t\r\n -~])")
_OLDER_STATA = pattern(rb"[\x68-\x73][\x01\x02]\x01\x00")
"""Version, order of bytes, type of file: before its version 13 Stata wrote no name into its files."""
_MARKUP: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (
        pattern(rb"<\?xml[^>]*>\s*(<!--.*?-->\s*)*(<\?mso-application[^>]*>\s*)?<(\w+:)?Workbook\b", re.DOTALL),
        InputKind.WORKBOOK,
    ),
    (pattern(rb"<(ss:)?Workbook\b[^>]*urn:schemas-microsoft-com:office:spreadsheet"), InputKind.WORKBOOK),
    (
        pattern(
            rb"(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|table|meta|style)\b",
            re.IGNORECASE | re.DOTALL,
        ),
        InputKind.WORKBOOK,
    ),
    (pattern(rb"MIME-Version:\s", re.IGNORECASE), InputKind.WORKBOOK),
    (pattern(rb"<\?xml\b"), "xml"),
    (pattern(rb'(\[\s*)?\{\s*"[^"]*"\s*:|\[\s*\{\s*"'), InputKind.JSON),
)
_STREAMS = {  # streams of a compound file, in the order in which they decide
    "EncryptedPackage": "password",
    "Workbook": InputKind.WORKBOOK,
    "Book": InputKind.WORKBOOK,
    "WordDocument": "word",
    "PowerPoint Document": "presentation",
    "__properties_version1.0": "mail",
}
_OFFICE = {  # members of office documents, which are zip archives
    "xl/workbook.xml": InputKind.WORKBOOK,
    "xl/workbook.bin": InputKind.WORKBOOK,
    "word/document.xml": "word",
    "ppt/presentation.xml": "presentation",
    "Index/Document.iwa": "numbers",
    "Index.zip": "numbers",
    "doc.kml": "map",
    "META-INF/MANIFEST.MF": "program",
}


def kind_of(file: BinaryIO, name: str) -> InputKind:
    """What a file holds; reads its beginning, of archives also their list of members.

    Args:
        file: The bytes from their beginning, seekable where they may be an archive.
        name: What people call the file.

    Raises:
        InputError: It is something else; says what it is and what to do.
    """
    head = file.read(HEAD)
    if not head:
        raise InputError(_("{name} is empty (0 bytes). Export the table again.").format(name=name))
    for signature, kind in _READ.items():
        if head.startswith(signature):
            return _kind_of_zip(file, name) if kind is InputKind.ZIP else kind
    if _PARQUET.match(head):
        return InputKind.PARQUET
    if head.startswith(_COMPOUND):
        return _kind_of_compound(file, head, name)
    _refuse_others(head, name)
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if _OLDER_STATA.match(head):
        return InputKind.STATA
    for mark, what in _MARKUP:
        if mark.match(text):
            return _accepted(what, name)
    return InputKind.TEXT


def _refuse_others(head: bytes, name: str) -> None:
    """Refuse what begins as no table does."""
    for offset, signature, what in _SIGNATURES:
        if head.startswith(signature, offset):
            raise refused(name, what)
    for mark, what in _SAID_LATER:
        if mark.match(head):
            raise refused(name, what)


def _kind_of_zip(file: BinaryIO, name: str) -> InputKind:
    if not file.seekable():
        return InputKind.ZIP
    try:
        archive = zipfile.ZipFile(file)
        names = set(archive.namelist())
        for member, kind in _OFFICE.items():
            if member in names:
                return _accepted(kind, name)
        if "mimetype" in names and "content.xml" in names:
            return _kind_of_open_document(archive, name)
    except DAMAGED as error:
        raise broken(name) from error
    return InputKind.ZIP


def _kind_of_open_document(archive: zipfile.ZipFile, name: str) -> InputKind:
    if not archive.read("mimetype")[:HEAD].startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
        raise refused(name, "word")
    if b"encryption-data" in archive.open("META-INF/manifest.xml").read(1 << 20):
        raise refused(name, "password")
    return InputKind.WORKBOOK


def _kind_of_compound(file: BinaryIO, head: bytes, name: str) -> InputKind:
    """Look for known streams in the first sectors of the file's directory."""
    if not file.seekable():
        return InputKind.WORKBOOK
    sector = 1 << min(int.from_bytes(head[30:32], "little"), 16)
    file.seek((int.from_bytes(head[48:52], "little") + 1) * sector)
    directory = file.read(max(4 * sector, 8_192))
    entries = (directory[start : start + 128] for start in range(0, len(directory), 128))
    streams = {
        entry[: max(int.from_bytes(entry[64:66], "little") - 2, 0)].decode("utf-16-le", "replace") for entry in entries
    }
    for stream, kind in _STREAMS.items():
        if stream in streams:
            return _accepted(kind, name)
    raise refused(name, "compound")


def _accepted(kind: str, name: str) -> InputKind:
    if isinstance(kind, InputKind):
        return kind
    raise refused(name, kind)


def refused(name: str, what: str) -> InputError:
    """One sentence that says what a file is, and one that says what to do.

    Args:
        name: What people call the file.
        what: Name of its kind, as in the tables of this module.
    """
    save = _("Save the table as CSV or Excel.")
    export = _("Export the table as CSV or Excel, or as Parquet.")
    sentences = {
        "pdf": (_("{name} is a PDF document, not a table."), save),
        "rtf": (_("{name} is a text document, not a table."), save),
        "postscript": (_("{name} is a printed document, not a table."), save),
        "word": (_("{name} is a Word document, not a table."), save),
        "presentation": (_("{name} is a presentation, not a table."), save),
        "mail": (_("{name} is an e-mail, not a table."), _("Save its attachment and name that.")),
        "numbers": (_("{name} is an Apple Numbers document."), _("Export it as CSV or Excel.")),
        "picture": (_("{name} is a picture, not a table."), save),
        "recording": (_("{name} is a recording, not a table."), _("Name the file with the table.")),
        "archive": (
            _("{name} is a packed archive of a kind that is not read."),
            _("Unpack it, or pack it as zip."),
        ),
        "sas": (_("{name} is a SAS file."), export),
        "access": (_("{name} is an Access database."), export),
        "sqlite": (_("{name} is an SQLite database."), export),
        "r": (_("{name} is a file of R objects."), export),
        "binary table": (_("{name} is a binary table of a kind that is not read."), export),
        "map": (_("{name} is a map, not a table."), save),
        "program": (_("{name} is a program, not a table."), _("Name the file with the table.")),
        "html": (
            _("{name} is a web page, not a table, whatever its name says."),
            _("Open it in a spreadsheet program and save it as CSV or Excel."),
        ),
        "xml": (_("{name} is an XML file, not a table."), export),
        "password": (
            _("{name} is protected by a password."),
            _("Open it in a spreadsheet program, take the password off, and save it again."),
        ),
        "compound": (_("{name} is an office file that is damaged or of a kind that is not read."), save),
    }
    return InputError(" ".join(sentences[what]).format(name=name))
