"""Workbooks that are written for a test, and what is read from them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from visittally.reading import open_sources
from visittally.reading.inputs.source import ReadingOptions


def _workbook(path, *sheets, **named):
    """Write a workbook of sheets given as rows, or as functions of the worksheet and the workbook."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        contents = {f"Sheet{i}": sheet for i, sheet in enumerate(sheets, 1)} | named
        for name, sheet in contents.items():
            worksheet = book.add_worksheet(name)
            if callable(sheet):
                sheet(worksheet, book)
            else:
                _put(worksheet, sheet)
    return str(path)


def _put(worksheet, rows, top=0, left=0):
    for r, row in enumerate(rows, top):
        for c, value in enumerate(row, left):
            if isinstance(value, str):
                worksheet.write_string(r, c, value) if value else None
            else:
                worksheet.write(r, c, value)


def _opened(path, **options):
    (source,) = open_sources([str(path)], ReadingOptions(**options))
    return source


def _records(source, columns=None):
    wanted = range(len(source.header)) if columns is None else columns
    blocks = [block for part in source.partitions(1 << 20) for block in source.blocks(wanted, part)]
    return [list(row) for block in blocks for row in zip(*(block.columns[c].to_pylist() for c in wanted), strict=True)]


def _rewritten(path, change):
    """The workbook after `change` was made to the XML of its first sheet."""
    source = zipfile.ZipFile(path)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            text = source.read(name)
            target.writestr(name, change(text) if name.endswith("sheet1.xml") else text)
    source.close()
    Path(path).write_bytes(packed.getvalue())
    return path


@pytest.fixture(scope="session")
def workbook():
    """Write a workbook of sheets given as rows, or as functions of the worksheet and the workbook."""
    return _workbook


@pytest.fixture(scope="session")
def put():
    """Write rows into a worksheet."""
    return _put


@pytest.fixture(scope="session")
def opened():
    """Open the only table of an input."""
    return _opened


@pytest.fixture(scope="session")
def records():
    """The records of a table."""
    return _records


@pytest.fixture(scope="session")
def rewritten():
    """Change the XML of the first sheet of a workbook."""
    return _rewritten
