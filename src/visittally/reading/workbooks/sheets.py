"""Sheets of workbooks as rows of values, and values as the text that a CSV export would hold."""

from __future__ import annotations

import datetime as dt
import os
import threading
import zipfile
from contextlib import contextmanager
from dataclasses import field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from visittally.dataclass import dataclass
from visittally.errors import InputError
from visittally.messages import _
from visittally.reading.inputs.kinds import refused
from visittally.reading.inputs.source import ByteSource, broken, cannot_open

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pyarrow as pa
    from python_calamine import CalamineSheet, CalamineWorkbook

    from visittally.reading.workbooks.markup import MarkedUp
    from visittally.reading.workbooks.openxml import Marks

Merge = tuple[tuple[int, int], tuple[int, int]]
"""First and last (row, column) of merged cells, from 0, in the sheet."""
SMALL = 100_000
"""Cells of a sheet whose rows are all kept."""
STRETCH = 2_400
"""Rows in each of the three stretches that are kept of a larger one."""
_WHOLE = 1e15
"""Whole numbers below are exact in a workbook; larger ones have lost digits."""
_ONE_AT_A_TIME = threading.Lock()
"""Sheets are counted in threads, and a workbook that calamine has opened cannot be asked by two of them at once."""
_DIGITS = 15
"""Digits that spreadsheet programs show and save; more of them are noise of binary fractions."""


@dataclass(frozen=True, slots=True)
class SheetName:
    """A sheet of a workbook: `number` from 0 in the order of the workbook."""

    name: str
    number: int
    visible: bool = True


@dataclass(frozen=True)
class Sheet:
    """A sheet in memory.

    Attributes:
        name: Whole name.
        left: Columns to the left of the first cell of each row.
        width: Cells in each row.
        height: Rows from the first of the sheet to the last that holds something.
        merges: Merged cells.
        errors: Row -> column -> text of an error such as `#REF!`.
        hidden: Rows that the spreadsheet program does not show.
    """

    name: str
    left: int
    width: int
    height: int
    merges: Sequence[Merge] = ()
    errors: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
    values: CalamineSheet | MarkedUp | None = field(default=None, repr=False)
    hidden: frozenset[int] = frozenset()

    def rows(self) -> Iterator[list[Any]]:
        """The values of each row, the first of the sheet first, however far down the table begins."""
        if self.values is None:
            return
        for number, row in enumerate(self.values.iter_rows()):
            for column, text in self.errors.get(number, {}).items():
                if 0 <= column - self.left < len(row):
                    row[column - self.left] = text
            yield row

    @cached_property
    def glimpse(self) -> Mapping[int, list[Any]]:
        """Rows by their numbers, in order: the first, some in the middle and the last ones; all of a small sheet."""
        small = self.height * self.width <= SMALL
        starts = () if small else (0, self.height // 2, max(0, self.height - STRETCH))
        wanted = frozenset(number for start in starts for number in range(start, start + STRETCH))
        return {number: row for number, row in enumerate(self.rows()) if small or number in wanted}


@contextmanager
def _there(name: str) -> Iterator[None]:
    """Say in a sentence that a workbook is gone, or is another one, meanwhile: it is opened several times."""
    try:
        yield
    except zipfile.BadZipFile as error:
        raise broken(name) from error
    except OSError as error:
        raise cannot_open(name, error) from error


def sheet_names(source: ByteSource) -> tuple[SheetName, ...]:
    """The worksheets of a workbook, without charts and macros.

    Args:
        source: A workbook as a plain local file.

    Raises:
        InputError: It is damaged, protected, or would take too much memory.
    """
    with _there(source.name):
        return _sheet_names(source)


def _sheet_names(source: ByteSource) -> tuple[SheetName, ...]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum

    from visittally.reading.workbooks import markup
    from visittally.reading.workbooks.compound import check_columns
    from visittally.reading.workbooks.openxml import check_parts

    if _is_zip(source.path):
        check_parts(source.path, source.name)
    if _is_open_document(source.path):
        _marks_of_sheets(source.path, source.name, _stamp(source))  # refuses cells repeated without end
    if markup.is_markup(source.path):
        tables = _marked_up(source, _stamp(source))
        return tuple(SheetName(table.name, number, table.visible) for number, table in enumerate(tables))
    if not _is_zip(source.path):
        check_columns(Path(source.path).read_bytes(), source.name)
    with _ONE_AT_A_TIME:
        sheets = _opened(source.path, source.name, _stamp(source)).sheets_metadata
    return tuple(
        SheetName(sheet.name, number, sheet.visible == SheetVisibleEnum.Visible)
        for number, sheet in enumerate(sheets)
        if sheet.typ == SheetTypeEnum.WorkSheet
    )


def load(source: ByteSource, sheet: SheetName) -> Sheet:
    """A sheet with the values of all its cells; the one loaded last is kept.

    Raises:
        InputError: It is damaged or would take too much memory.
    """
    with _there(source.name):
        return _loaded(source, sheet, _stamp(source))


def _stamp(source: ByteSource) -> int:
    """When the file was written."""
    return os.stat(source.path).st_mtime_ns  # noqa: PTH116 - a stamp to compare, no path


@lru_cache(maxsize=1)
def _marked_up(source: ByteSource, _stamp: int) -> tuple[MarkedUp, ...]:
    from visittally.reading.workbooks import markup

    return markup.tables_in(source)


@lru_cache(maxsize=1)
def _loaded(source: ByteSource, sheet: SheetName, stamp: int) -> Sheet:
    from python_calamine import CalamineError

    from visittally.reading.workbooks import markup

    path, name = source.path, source.name
    if markup.is_markup(path):
        table = _marked_up(source, stamp)[sheet.number]
        return Sheet(sheet.name, 0, table.width, table.height, tuple(table.merges), values=table)
    marks = _marks(source, sheet.name, stamp)
    try:
        with _ONE_AT_A_TIME:
            values = _opened(path, name, stamp).get_sheet_by_index(sheet.number)
    except (CalamineError, OSError, ValueError) as error:
        raise _damaged(name) from error
    left = values.start[1] if values.start else 0
    height = values.end[0] + 1 if values.end else 0
    merges = marks.merges or tuple(values.merged_cell_ranges or ())
    return Sheet(sheet.name, left, values.width, height, merges, marks.errors, values, marks.hidden)


def _marks(source: ByteSource, sheet: str, stamp: int) -> Marks:
    from visittally.reading.workbooks.openxml import Marks

    path, name = source.path, source.name
    if not _is_zip(path):
        return Marks()
    found = _marks_of_sheets(path, name, stamp).get(sheet, Marks())
    if isinstance(found, Marks):
        return found
    raise found


@lru_cache(maxsize=1)
def _marks_of_sheets(path: str, name: str, _stamp: int) -> Mapping[str, Marks | InputError]:
    from visittally.reading.workbooks import opendocument, openxml

    read = opendocument.marks_of_sheets if _is_open_document(path) else openxml.marks_of_sheets
    return read(path, name)


def _is_open_document(path: str) -> bool:
    return _is_zip(path) and "content.xml" in zipfile.ZipFile(path).namelist()


def _is_zip(path: str) -> bool:
    with open(path, "rb") as file:  # noqa: PTH123 - a path as the user gave it
        return file.read(2) == b"PK"


@lru_cache(maxsize=1)
def _opened(path: str, name: str, _stamp: int) -> CalamineWorkbook:
    """A workbook, of which the texts that all sheets share are read once."""
    import python_calamine

    try:
        return python_calamine.CalamineWorkbook.from_path(path)
    except python_calamine.PasswordError as error:
        raise refused(name, "password") from error
    except (python_calamine.CalamineError, ValueError) as error:
        raise _damaged(name) from error
    except OSError as error:
        raise cannot_open(name, error) from error


def _damaged(name: str) -> InputError:
    return InputError(
        _("{name} is a damaged workbook. Open it in a spreadsheet program and save it again.").format(name=name)
    )


def text_array(values: Sequence[Any]) -> pa.Array:
    """The text of each value of a column, see `text_of`, as `pa.string()`."""
    from visittally.words.arrays import string_array

    kinds = set(map(type, values))
    if kinds <= {str}:
        return string_array(values)
    if kinds <= {float, str} and all(value == "" for value in values if type(value) is str):
        whole = _whole_numbers(values)
        if whole is not None:
            return whole
    if len(kinds - {str}) > 1:  # what is equal in different types may read differently: 1 and true
        return string_array([text_of(value) for value in values])
    texts = {value: text_of(value) for value in set(values)}
    return string_array([texts[value] for value in values])


def _whole_numbers(values: Sequence[float | str]) -> pa.Array | None:
    """Whole numbers as text without decimals, blanks as they are; None where any has decimals or is too large."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    from visittally.words.arrays import number_array, text_scalar

    blank = np.fromiter((value == "" for value in values), bool, len(values))
    numbers = np.fromiter((value or 0.0 for value in values), np.float64, len(values))
    if not ((np.abs(numbers) < _WHOLE) & (np.floor(numbers) == numbers)).all():
        return None
    texts = number_array(numbers.astype(np.int64)).cast(pa.string())
    if not blank.any():
        return texts
    return pc.if_else(number_array(blank.astype(np.uint8)).cast(pa.bool_()), text_scalar(""), texts)


def text_of(value: Any) -> str:
    """A cell as the text that a CSV export of the workbook would hold.

    Whole numbers have no decimals (phone numbers, codes), dates are in ISO form, with a time of day only
    where they have one.
    """
    match value:
        case str():
            text = value
        case bool():
            text = "TRUE" if value else "FALSE"
        case float():
            text = _number(value)
        case dt.datetime() if value.time() == dt.time():
            text = value.date().isoformat()
        case dt.datetime():
            text = value.isoformat(" ", _precision(value))
        case dt.time():
            text = value.isoformat(_precision(value))
        case dt.timedelta():
            minutes, seconds = divmod(abs(whole := round(value.total_seconds())), 60)
            text = f"{'-' * (whole < 0)}{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
        case _:  # dates and whole numbers
            text = str(value)
    return text


def _precision(moment: dt.datetime | dt.time) -> str:
    return "milliseconds" if moment.microsecond else "seconds"


def _number(value: float) -> str:
    if value.is_integer():
        return str(int(value)) if abs(value) < _WHOLE else f"{value:.{_DIGITS}g}"
    text = repr(value)
    return text if len(text) <= _DIGITS else repr(float(f"{value:.{_DIGITS}g}"))
