"""What calamine does not tell about .ods files: merged cells, cells with errors, and cells repeated without end."""

from __future__ import annotations

import zipfile
import zlib
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from visittally.reading.inputs.source import broken, too_much
from visittally.reading.workbooks.openxml import FAR, Marks

if TYPE_CHECKING:
    from collections.abc import Iterator

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_PARAGRAPH = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}p"
_KINDS = (
    "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type",
    "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}value-type",
)


def sheet_marks(path: str, name: str, sheet: str) -> Marks:
    """Scan the XML of a sheet for merged cells and errors.

    Args:
        path: The workbook, without XML entities.
        name: What people call it.
        sheet: Name of the sheet.

    Raises:
        InputError: It is damaged, or a few cells are repeated so often that they would not fit into memory.
    """
    errors: dict[int, dict[int, str]] = {}
    merges: list[tuple[tuple[int, int], tuple[int, int]]] = []
    for table, rows, columns, cell in _cells(path, name):
        if table != sheet:
            continue
        row, column = rows.start, columns.start
        down, right = (int(cell.get(f"{_TABLE}number-{what}-spanned", "1")) for what in ("rows", "columns"))
        if down > 1 or right > 1:
            merges.append(((row, column), (row + down - 1, column + right - 1)))
        if any(cell.get(kind) == "error" for kind in _KINDS):
            # Rows that are repeated are one in the file: here, too.
            marked = errors.setdefault(row, {})
            marked |= dict.fromkeys(columns, "".join(map(_text, cell.iterfind(_PARAGRAPH))).strip())
            errors |= dict.fromkeys(rows, marked)
    return Marks(errors, tuple(merges))


def check_repetitions(path: str, name: str) -> None:
    """Refuse a workbook in which a few filled cells stand for more of them than fit into memory.

    Args:
        path: The workbook, without XML entities.
        name: What people call it.

    Raises:
        InputError: It is one, or it is damaged.
    """
    for _cell in _cells(path, name):
        pass


def _text(paragraph: ET.Element) -> str:
    return "".join(paragraph.itertext())


def _cells(path: str, name: str) -> Iterator[tuple[str, range, range, ET.Element]]:
    """Table, rows, columns (from 0) and element of each filled cell; a repeated one comes once."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open("content.xml") as file:
            table, row, filled = "", 0, 0
            for event, element in ET.iterparse(file, ("start", "end")):  # noqa: S314 - has no entities
                if event == "start" and element.tag == f"{_TABLE}table":
                    table, row = element.get(f"{_TABLE}name", ""), 0
                elif event == "end" and element.tag == f"{_TABLE}table-row":
                    times = int(element.get(f"{_TABLE}number-rows-repeated", "1"))
                    column = 0
                    for cell in element:
                        repeated = int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
                        if len(cell):
                            filled += times * repeated
                            yield table, range(row, row + times), range(column, column + repeated), cell
                        column += repeated
                    if filled > FAR:
                        raise too_much(name)
                    row += times
                    element.clear()
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, KeyError, ValueError, ET.ParseError) as error:
        raise broken(name) from error
