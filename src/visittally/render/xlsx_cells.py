"""Cells of a workbook: figures as figures, days as days, words as words, and the names of sheets."""

from __future__ import annotations

from dataclasses import field
from datetime import date
from typing import Any

from visittally.dataclass import dataclass
from visittally.messages import _
from visittally.render.cells import RenderOptions, finite, for_xml
from visittally.tables.table import Cell, Count, Date, Number, Share, Text

NAME_LENGTH = 31
CELL_LENGTH = 32_767
"""Characters that a cell of Excel holds."""
FIRST_DAY = date(1900, 3, 1)
"""Before it Excel's calendar is not ours."""
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))


@dataclass(slots=True)
class Book:
    """A workbook that is being written, with the formats made so far."""

    file: Any
    options: RenderOptions
    formats: dict[tuple[tuple[str, Any], ...], Any] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)

    def look(self, **properties: Any) -> Any:
        """The cell format with these properties."""
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            self.formats[key] = self.file.add_format({"valign": "top", **properties})
        return self.formats[key]

    def sheet(self, title: str) -> Any:
        """A new sheet, named after its title."""
        return self.file.add_worksheet(sheet_name(title, self.names))


def sheet_name(title: str, taken: set[str]) -> str:
    """A name that Excel accepts, unlike all in `taken`, to which it is added.

    >>> taken = set()
    >>> sheet_name("a/b", taken), sheet_name("A:B", taken)
    ('a-b', 'A-B (2)')
    """
    clean = for_xml(title).translate(_FORBIDDEN).strip("' ") or _("Table")
    number = 1
    while True:
        ending = f" ({number})" if number > 1 else ""
        name = _shortened(clean, NAME_LENGTH - len(ending)).rstrip("' ") + ending
        if name.casefold() not in taken and name.casefold() != "history":
            taken.add(name.casefold())
            return name
        number += 1


def _shortened(text: str, length: int) -> str:
    """The beginning of the text, at most `length` of the units that Excel counts in (UTF-16)."""
    return text.encode("utf-16-le")[: 2 * length].decode("utf-16-le", "ignore")


def several_figures(cell: Cell) -> bool:
    """Whether a cell holds several figures, which take a column each."""
    return (isinstance(cell, Share) and cell.counts) or (isinstance(cell, Number) and cell.interval is not None)


def write_cell(
    book: Book,
    sheet: Any,
    place: tuple[int, int],
    cell: Cell,
    text: str,
    *,
    total: bool,
    formula: str = "",
    right: bool = False,
) -> None:
    """Write a cell: a figure as a figure, a day as a day, anything else as the text that people see.

    Args:
        book: The workbook.
        sheet: One of its sheets.
        place: Row and column.
        cell: What it is.
        text: How people read it.
        total: Whether it stands in a row of totals.
        formula: How the figure comes about, where the sheet itself can say so.
        right: Whether words stand at the right, among figures.
    """
    look: dict[str, Any] = {"bold": True, "top": 1} if total else {}
    about = '"≈"' if getattr(cell, "approximate", False) else ""
    value: float | None = None
    match cell:
        case Share(per=per):
            exact = cell.exact if finite(cell.n or 0) and finite(cell.base or 0) and not cell.few else None
            value = None if exact is None else float(exact / per)
            look["num_format"] = (
                about + _decimals("0", book.options.digits + (2 if per == 1 else 0)) + ("%" if per == 100 else "")
            )
        case Count() | Number(least=0) if not cell.hidden and cell.value is not None and finite(cell.value):
            value = cell.value
            whole = isinstance(cell, Count) and float(value).is_integer()
            digits = cell.digits if isinstance(cell, Number) and cell.digits is not None else book.options.digits
            form = about + _decimals("#,##0", 0 if whole else digits)
            if isinstance(cell, Count) and value < 0:
                before, after = _("0 ({n} more)").split("{n}")
                form = f'{form};"{before}"{form}"{after}"'
            if isinstance(cell, Number) and (cell.change or cell.unit):
                form = "{0}{2};-{1}{2};{1}{2}".format(
                    "+" * cell.change + form, form, f'"{cell.unit}"' * bool(cell.unit)
                )
            look["num_format"] = form
        case Date(value=str(day), hidden=None) if (found := day_in(day)) is not None:
            sheet.write_datetime(*place, found, book.look(**look, num_format="yyyy-mm-dd", align="left", indent=1))
            return
    if value is not None and formula:
        sheet.write_formula(*place, formula, book.look(**look), value)
        return
    if value is not None:
        sheet.write_number(*place, value, book.look(**look))
        return
    words = isinstance(cell, Text | Date) and not right
    look |= {"align": "left", "indent": 1} if words else {"align": "right"}  # words keep off the figures before them
    look["text_wrap"] = isinstance(cell, Text)
    sheet.write_string(*place, text[:CELL_LENGTH], book.look(**look))


def _decimals(whole: str, digits: int) -> str:
    return f"{whole}.{'0' * digits}" if digits else whole


def day_in(text: str) -> date | None:
    """The day that a text names; None where it names a week or a month, or one that Excel does not know."""
    if "W" in text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day >= FIRST_DAY else None
