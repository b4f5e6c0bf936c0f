"""How far the cells of an .xlsb workbook reach, by the records of its parts.

A record is its kind in one or two bytes, its length in one to four, seven bits in each, and as many bytes.
"""

from __future__ import annotations

import struct
from posixpath import join, normpath
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from visittally.reading.workbooks.extents import Extent

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

BOOK = "xl/workbook.bin"
_RELATIONS = "xl/_rels/workbook.bin.rels"
_ROW, _LAST_CELL, _SHEET = 0, 11, 156
"""Kinds of records: the head of a row; cells, from 1 to 11; a sheet of the workbook."""


def extents(archive: zipfile.ZipFile) -> Iterator[tuple[str, Extent]]:
    """The sheets of a workbook and how far their cells reach.

    Args:
        archive: The workbook; one of another kind has no such sheets.

    Raises:
        ValueError, KeyError, ET.ParseError: It is damaged.
    """
    names = set(archive.namelist())
    if not names >= {BOOK, _RELATIONS}:
        return
    relations = ET.fromstring(archive.read(_RELATIONS))  # noqa: S314 - has no entities
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    for kind, content in _records(archive.read(BOOK)):
        if kind == _SHEET:
            relation, end = _text(content, 8)
            target = targets.get(relation, "")
            part = target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
            if part in names:
                yield _text(content, end)[0], extent_of(archive.read(part))


def extent_of(part: bytes) -> Extent:
    """How far the cells of a sheet reach.

    Raises:
        ValueError: The part is damaged.
    """
    found = Extent()
    row = 0
    for kind, content in _records(part):
        if kind > _LAST_CELL:
            continue
        place = _whole(content, 0)
        if kind == _ROW:
            row = place + 1
            found.rows += 1
        else:
            found.cells += 1
            found.last = max(found.last, row)
            found.width = max(found.width, place + 1)
    return found


def _records(part: bytes) -> Iterator[tuple[int, memoryview]]:
    held = memoryview(part)
    at, end = 0, len(part)
    try:
        while at < end:
            kind, at = part[at], at + 1
            if kind & 128:
                kind, at = kind & 127 | (part[at] & 127) << 7, at + 1
            length = shift = 0
            while shift < 28:
                byte, at = part[at], at + 1
                length |= (byte & 127) << shift
                shift += 7
                if not byte & 128:
                    break
            yield kind, held[at : at + length]
            at += length
    except IndexError as error:
        raise ValueError(at) from error


def _whole(content: memoryview, at: int) -> int:
    if len(content) < at + 4:
        raise ValueError(at)
    found: int = struct.unpack_from("<I", content, at)[0]
    return found


def _text(content: memoryview, at: int) -> tuple[str, int]:
    """A text behind its length in letters of two bytes, and where it ends."""
    end = at + 4 + 2 * _whole(content, at)
    return bytes(content[at + 4 : end]).decode("utf-16-le", "replace"), end
