"""Cells as people read them: rounded, grouped, aligned, and harmless wherever they are shown."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.messages import _
from visittally.tables.table import (
    Cell,
    Column,
    Count,
    Date,
    Number,
    Row,
    Share,
    Table,
    Text,
)
from visittally.words.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

NOTHING = "-"
"""Stands where there is no figure: no base, no target, no key."""
APPROXIMATE = "≈"
SECONDARY = "*"
"""Stands for a figure from which a small one would follow."""
RATIO_DIGITS = 2
"""Decimals that a plain ratio has more than a percentage: both say the same then."""

_SPACE = pattern(r"\s+")
_UNSAFE = pattern("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_DELETE = 0x7F
_PICTURES = 0x2400
_PICTURE_OF_DELETE = "\u2421"


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """What the user said about the looks of the output.

    Attributes:
        digits: Decimals of percentages and means for people.
        raw: Leave cells of csv and tsv as they are, even where a spreadsheet would run them.
        bom: Write csv and tsv with a byte order mark and CRLF, for spreadsheets.
        min_cell: The smallest count that is shown; hidden ones print as `<min_cell`.
        lang: Language of the document, None for the current one.
        most: Rows of a table that people see, the others being one; 0: all. Workbooks hold all.
        width: Cells of the terminal that the text is for; 0: it is for none, and takes as many as it needs.
        bars: Show figures as bars, too, in tables that have them.
        formulas: Totals of workbooks that are sums stand there as formulas, each with its value.
    """

    digits: int = 1
    raw: bool = False
    bom: bool = False
    min_cell: int = 0
    lang: str | None = None
    most: int = 0
    width: int = 0
    bars: bool = False
    formulas: bool = False


@dataclass(frozen=True, slots=True)
class TextGrid:
    """A table as texts for people.

    Attributes:
        columns: The columns that people see.
        headings: Their headings.
        rows: Texts of each row, as wide as `headings`.
        cells: The cells behind the texts, in the same shape.
        totals: Which rows are totals.
        right: Which columns hold figures and are set flush right.
    """

    columns: tuple[Column, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    cells: tuple[tuple[Cell, ...], ...]
    totals: tuple[bool, ...]
    right: tuple[bool, ...]


def visible(text: str) -> str:
    r"""The text on one line, with symbols for what would steer a terminal or turn the direction of reading.

    >>> visible("two\nlines"), visible("\x1b[31mred"), visible("a\u202eb")
    ('two lines', '␛[31mred', 'a<U+202E>b')
    """
    return text if text.isprintable() else shown_controls(_SPACE.sub(" ", text))


def shown_controls(text: str, keep: str = "") -> str:
    """The text with symbols for control characters, those in `keep` excepted."""
    return _UNSAFE.sub(lambda match: match[0] if match[0] in keep else _symbol(ord(match[0])), text)


def for_xml(text: str) -> str:
    """The text on one line, without what no XML may hold."""
    return visible(text).translate({0xFFFE: None, 0xFFFF: None})


def _symbol(code: int) -> str:
    if code < ord(" "):
        return chr(_PICTURES + code)
    return _PICTURE_OF_DELETE if code == _DELETE else f"<U+{code:04X}>"


def finite(value: float | None) -> bool:
    """Whether there is a figure at all."""
    return value is not None and math.isfinite(value)


def rounded(value: float | Fraction, digits: int) -> str:
    """A figure with `digits` decimals, half to even on its exact value, thousands grouped.

    >>> rounded(36045, 0), rounded(Fraction(5, 4), 1), rounded(Fraction(-1, 50), 1)
    ('36,045', '1.2', '0.0')
    """
    if type(value) is int and not digits:
        return f"{value:,}"
    return _rounded_ratio(*Fraction(value).as_integer_ratio(), digits)


def _rounded_ratio(numerator: int, denominator: int, digits: int) -> str:
    """A fraction with a denominator above 0, written as `rounded` does."""
    scaled, rest = divmod(abs(numerator) * 10**digits, denominator)
    scaled += 2 * rest > denominator or (2 * rest == denominator and scaled % 2)
    whole, rest = divmod(scaled, 10**digits)
    sign = "-" if numerator < 0 and scaled else ""
    return f"{sign}{whole:,}.{rest:0{digits}}" if digits else f"{sign}{whole:,}"


def shown(cell: Cell, options: RenderOptions, *, decimals: int = 0, percent_sign: bool = True) -> str:
    """A cell for people.

    Args:
        cell: The cell.
        options: The digits of percentages and means, and the smallest count shown.
        decimals: Decimals of counts: those of a column in which weights leave fractions.
        percent_sign: Whether a percentage says so itself, because its heading does not.
    """
    if cell.hidden:
        small = cell.hidden == "primary" and isinstance(cell, Count) and options.min_cell
        return f"<{options.min_cell}" if small else SECONDARY
    match cell:
        case Text():
            return visible(_words(cell))
        case Date():
            return visible(cell.value) if cell.value else NOTHING
        case Share():
            return _share(cell, options, decimals, percent_sign=percent_sign)
        case Count():
            digits = decimals
        case Number():
            digits = options.digits if cell.digits is None else cell.digits
    if cell.value is None or not finite(cell.value) or (isinstance(cell, Number) and cell.least):
        return NOTHING
    about = APPROXIMATE if cell.approximate else ""
    if isinstance(cell, Number):
        about += changed(cell, digits)
    else:
        about += rounded(abs(cell.value), digits)
    # Nothing is left where more was done than planned.
    return _("0 ({n} more)").format(n=about) if isinstance(cell, Count) and cell.value < 0 else about


def changed(cell: Number, digits: int) -> str:
    """A number, where it is a change with its sign, with its unit and its interval.

    >>> changed(Number(9.18, interval=(-0.5, 20.4), change=True), 1), changed(Number(-0.01, change=True, unit="%"), 1)
    ('+9.2 (-0.5, 20.4)', '0.0%')
    """
    assert cell.value is not None
    text = rounded(cell.value, digits)
    plus = "+" if cell.change and cell.value > 0 and text.strip("0.,") else ""
    limits = [rounded(limit, digits) for limit in cell.interval or ()]
    return f"{plus}{text}{cell.unit}" + (f" ({', '.join(limits)})" if limits else "")


def _words(cell: Text) -> str:
    if cell.label or cell.value is None:
        return cell.label
    if isinstance(cell.value, bool):
        return _("yes") if cell.value else _("no")
    return cell.value


def _share(cell: Share, options: RenderOptions, decimals: int, *, percent_sign: bool) -> str:
    if cell.n is None or cell.base is None or not (finite(cell.n) and finite(cell.base) and cell.base):
        return NOTHING
    assert cell.exact is not None
    about = APPROXIMATE if cell.approximate else ""
    if cell.few:
        return f"{rounded(cell.n, decimals)}/{about}{rounded(cell.base, decimals)}" if cell.counts else NOTHING
    percent = cell.per == 100
    digits = options.digits if percent else options.digits + RATIO_DIGITS
    if type(cell.n) is int and type(cell.base) is int and cell.base > 0:
        # Most shares are of whole numbers, which need no fraction.
        text = about + _rounded_ratio(cell.n * cell.per, cell.base, digits)
    else:
        text = about + rounded(cell.exact, digits)
    if percent and (percent_sign or cell.counts):
        text += "%"
    if not cell.counts:
        return text
    return f"{rounded(cell.n, decimals)}/{about}{rounded(cell.base, decimals)} {text}"


def grid(table: Table, options: RenderOptions) -> TextGrid:
    """The columns of a table that are for people, as texts. A total row is named in its first column."""
    seen = [i for i, column in enumerate(table.columns) if column.people]
    columns = tuple(table.columns[i] for i in seen)
    rows = [tuple(row.cells[i] for i in seen) for row in table.rows]
    decimals = [_decimals(row[i] for row in rows) and options.digits for i in range(len(seen))]
    texts = []
    for row, cells in zip(table.rows, rows, strict=True):
        line = [
            shown(cell, options, decimals=places, percent_sign="%" not in column.label)
            for cell, places, column in zip(cells, decimals, columns, strict=True)
        ]
        texts.append(tuple(_named(row, cells, line)))
    return TextGrid(
        columns=columns,
        headings=tuple(visible(column.label or column.name) for column in columns),
        rows=tuple(texts),
        cells=tuple(rows),
        totals=tuple(row.total for row in table.rows),
        right=tuple(_figures(row[i] for row in rows) for i in range(len(seen))),
    )


def _named(row: Row, cells: Sequence[Cell], texts: list[str]) -> list[str]:
    """Texts of a row with the words that say what it is: a total, or records without a place."""
    if row.total:
        names = [i for i, cell in enumerate(cells) if isinstance(cell, Text) and not _words(cell)]
        first = names[0] if names else 0
        blank = [text if i > first and not isinstance(cells[i], Date) else "" for i, text in enumerate(texts)]
        if names:
            blank[first] = _("Total")
            return blank
        return texts
    if cells and isinstance(cells[0], Text) and cells[0].value == "" and not cells[0].label:
        return [_("not recorded"), *texts[1:]]
    return texts


def _decimals(cells: Iterator[Cell]) -> bool:
    """Whether there are weighted counts with fractions among the cells of a column."""
    values = (v for cell in cells for v in _counted(cell) if isinstance(v, float) and math.isfinite(v))
    return any(not value.is_integer() for value in values)


def _counted(cell: Cell) -> tuple[float | None, ...]:
    if cell.hidden:
        return ()
    match cell:
        case Count():
            return (cell.value,)
        case Share(counts=True):
            return (cell.n, cell.base)
        case _:
            return ()


def _figures(cells: Iterator[Cell]) -> bool:
    """Whether a column holds figures: some, and no words."""
    found = False
    for cell in cells:
        if isinstance(cell, Text | Date):
            if cell.value not in (None, "") or (isinstance(cell, Text) and cell.label):
                return False
        else:
            found = True
    return found
