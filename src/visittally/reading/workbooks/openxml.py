"""What calamine does not tell about .xlsx files: bombs, entities, cells far away, cells with errors."""

from __future__ import annotations

import re
import zipfile
from dataclasses import field
from functools import cached_property
from posixpath import join, normpath
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from xml.parsers import expat

from visittally.dataclass import dataclass
from visittally.errors import InputError
from visittally.messages import _
from visittally.reading.inputs.kinds import DAMAGED
from visittally.reading.inputs.source import broken, too_much
from visittally.reading.inputs.unpacking import UNPACKED, check_expansion
from visittally.reading.workbooks import binary
from visittally.reading.workbooks.extents import Extent, column_of
from visittally.words.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FAR = 64_000_000
"""Cells between the first and the last one of a sheet that are accepted however few of them are filled."""
SPARSE = 100
"""Beyond that, how many cells may lie there for each one that is filled: all of them take up memory."""
ROWS = 1_048_576
"""Rows that a sheet of a spreadsheet program has; a workbook with more was made to take up memory."""
TEXTS = 1 << 29
"""Characters of the texts that the cells of a sheet name; each of them holds its own copy."""
_SHARED = "xl/sharedStrings.xml"
_NAMES_A_TEXT = rb"\bt\s*=\s*[\"']s[\"']"
_NAMING = pattern(_NAMES_A_TEXT)
_NAMED = pattern(_NAMES_A_TEXT + rb"[^<>]*>\s*<(?:\w+:)?v\b[^<>]*>\s*(\d{1,9})\s*<")
"""A cell that names a text which all sheets share; other numbers are figures."""
_LONGEST = 64 << 20
"""Bytes of one row that are looked at together."""
_PROLOGUE = 4_096
_CHUNK = 1 << 20
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT_RELATION = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"
_ERROR = pattern(
    rb"<(?:\w+:)?c\s(?=[^<>]*\bt=\"e\")[^<>]*?\br=\"([A-Z]{1,3})(\d{1,7})\"[^<>]*(?<!/)>(?:(?!</?(?:\w+:)?c[\s/>]).)*?"
    rb"<(?:\w+:)?v>([^<]{1,20})<",
    re.DOTALL,
)
_HIDDEN = pattern(rb"<(?:\w+:)?row\s(?=[^<>]*\bhidden\s*=\s*[\"'](?:1|true)[\"'])[^<>]*?\br\s*=\s*[\"'](\d{1,7})[\"']")


@dataclass(frozen=True, slots=True)
class Marks:
    """What the XML of a sheet says beyond the values of its cells.

    Attributes:
        errors: Row -> column -> text of an error such as `#REF!`; rows and columns from 0.
        merges: First and last (row, column) of merged cells, where only the XML tells them.
        hidden: Rows that the spreadsheet program does not show, from 0.
    """

    errors: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
    merges: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = ()
    hidden: frozenset[int] = frozenset()


def check_parts(path: str, name: str) -> None:
    """Refuse a workbook that unpacks to too much, declares XML entities, or has binary sheets with cells far away.

    Args:
        path: The workbook, a zip archive of XML parts.
        name: What people call it.

    Raises:
        InputError: It would need too much memory, or is damaged.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
            packed = sum(info.compress_size for info in infos)
            check_expansion(name, packed, sum(info.file_size for info in infos), UNPACKED)
            for info in infos:
                if info.filename.endswith((".xml", ".rels")):
                    _check_prologue(archive, info, name)
            for sheet, extent in binary.extents(archive):
                _check(extent, name, sheet)
    except (*DAMAGED, ET.ParseError) as error:
        raise broken(name) from error


def _check_prologue(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> None:
    """Declarations of entities can only stand before the first element."""
    with archive.open(info) as part:
        beginning = part.read(_PROLOGUE).replace(b"\x00", b"")
    if b"<!DOCTYPE" in beginning or b"<!ENTITY" in beginning:
        raise InputError(
            _(
                "{name} declares XML entities, which no spreadsheet program writes. "
                "If you trust it, open it in one and save it again."
            ).format(name=name)
        )


def marks_of_sheets(path: str, name: str) -> Mapping[str, Marks | InputError]:
    """Scan the XML of the sheets of an .xlsx file, all at once: to open it anew for each would take long for many.

    Args:
        path: The workbook.
        name: What people call it.

    Returns:
        By the names of the sheets what was found, or why one cannot be read: it is damaged, has more rows than a sheet
        can have, or a few cells lie so far apart, or name so long texts, that they would not fit into memory.

    Raises:
        InputError: The workbook is damaged.
    """
    found: dict[str, Marks | InputError] = {}
    try:
        with zipfile.ZipFile(path) as archive:
            texts = _Texts(archive)
            for sheet, part in _parts(archive).items():
                try:
                    found[sheet] = _scan(archive, part, name, sheet, texts)
                except InputError as error:
                    found[sheet] = error
                except (*DAMAGED, expat.ExpatError):
                    found[sheet] = broken(name)
    except (*DAMAGED, ET.ParseError) as error:
        raise broken(name) from error
    return found


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The names of the parts that hold the sheets; none where the workbook is not of this kind."""
    names = set(archive.namelist())
    if "xl/workbook.xml" not in names or "xl/_rels/workbook.xml.rels" not in names:
        return {}
    relations = ET.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314 - has no entities
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    found: dict[str, str] = {}
    for element in ET.fromstring(archive.read("xl/workbook.xml")).iter():  # noqa: S314 - has no entities
        if element.tag.endswith("}sheet"):
            target = targets.get(element.get(_RELATION) or element.get(_STRICT_RELATION), "")
            part = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
            if part in names:
                found.setdefault(element.get("name", ""), part)
    return found


class _Texts:
    """How long the texts are that the cells of a workbook share; a cell that names one takes up as much memory."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._size = archive.getinfo(_SHARED).file_size if _SHARED in archive.namelist() else 0

    @cached_property
    def _lengths(self) -> list[int]:
        return [len(text) for text in self._archive.read(_SHARED).split(b"</si>")]

    def fit(self, cells: int, pieces: Iterator[bytes]) -> bool:
        """Whether the texts that the cells of a sheet name fit into memory."""
        if self._size * cells <= TEXTS or max(self._lengths) * cells <= TEXTS:
            return True
        total, longest = 0, max(self._lengths)
        for piece in pieces:
            named = [int(text) for text in _NAMED.findall(piece)]
            total += sum(self._lengths[n] for n in named if n < len(self._lengths))
            total += longest * (len(_NAMING.findall(piece)) - len(named))  # who names one in another way may mean any
        return total <= TEXTS


def _scan(archive: zipfile.ZipFile, part: str, name: str, sheet: str, texts: _Texts) -> Marks:
    errors: dict[int, dict[int, str]] = {}
    hidden: set[int] = set()
    extent = Extent()
    plain = True
    for piece in _pieces(archive, part):
        plain = plain and extent.add(piece)
        _check_rows(extent, name, sheet)
        if b't="e"' in piece:
            for column, row, text in _ERROR.findall(piece):
                errors.setdefault(int(row) - 1, {})[column_of(column)] = text.decode()
        if b"hidden" in piece:
            hidden.update(int(row) - 1 for row in _HIDDEN.findall(piece))
    if not plain:
        extent = Extent.parsed(_pieces(archive, part))
    _check(extent, name, sheet)
    if not texts.fit(extent.cells, _pieces(archive, part)):
        raise too_much(name)
    return Marks(errors, hidden=frozenset(hidden))


def _check(extent: Extent, name: str, sheet: str) -> None:
    """Refuse a sheet of which the area between its cells would not fit into memory."""
    _check_rows(extent, name, sheet)
    if extent.last * extent.width > max(FAR, SPARSE * extent.cells):
        raise InputError(
            _(
                'The sheet "{sheet}" of {name} has cells far away from its table '
                "(as far as row {row}, column {column}). "
                "Delete the rows and columns beyond the table and save it again."
            ).format(sheet=sheet, name=name, row=extent.last, column=extent.width)
        )


def _check_rows(extent: Extent, name: str, sheet: str) -> None:
    if extent.height > ROWS:
        text = _(
            'The sheet "{sheet}" of {name} has more than {n:,} rows, which no spreadsheet program writes. '
            "Export the records as CSV."
        )
        raise InputError(text.format(sheet=sheet, name=name, n=ROWS))


def _pieces(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The XML of a sheet, cut between rows."""
    rest = b""
    with archive.open(part) as file:
        while chunk := file.read(_CHUNK):
            text = rest + chunk
            cut = text.rfind(b"row>") + 4
            if cut > 3 or len(text) > _LONGEST:
                cut = cut if cut > 3 else len(text)
                yield text[:cut]
                rest = text[cut:]
            else:
                rest = text
    yield rest
