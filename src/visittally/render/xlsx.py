"""Excel workbooks: a sheet a table, figures as figures, words as words, charts that Excel draws itself."""

from __future__ import annotations

import io
from dataclasses import field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import xlsxwriter

from visittally.dataclass import dataclass
from visittally.errors import UsageError
from visittally.messages import _
from visittally.render.cells import NOTHING, RenderOptions, finite, for_xml, grid
from visittally.render.wrapping import display_width
from visittally.tables.document import (
    Chart,
    ChartKind,
    Document,
    of_tables,
)
from visittally.tables.table import (
    Cell,
    Count,
    Date,
    Number,
    Share,
    Text,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visittally.render.cells import Grid
    from visittally.tables.result import Result
    from visittally.tables.table import Table

CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - the same for all, or the same tables would give other bytes
NAME_LENGTH = 31
CELL_LENGTH = 32_767
"""Characters that a cell of Excel holds."""
MOST_ROWS = 1_048_000
MOST_COLUMNS = 16_384
WIDEST = 48
"""Width of the widest column, in narrow characters; longer words go on in further lines."""
NARROW = 4
"""Tables of so many columns have their charts beside them, wider ones below."""
CHART_ROWS = 40
WRITTEN = 30
"""Height of a row that people write into by hand, in points."""
FIRST_DAY = date(1900, 3, 1)
"""Before it Excel's calendar is not ours."""
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", "-"))


@dataclass(slots=True)
class _Book:
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


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a table went in its sheet: first and last row of the body, columns by name, first free row and column."""

    sheet: Any
    first: int
    last: int
    columns: dict[str, int]
    crosstab: tuple[int, int] | None
    right: int
    bottom: int


def render(tables: Sequence[Table], result: Result, options: RenderOptions) -> bytes:
    """A workbook of the tables of one command."""
    return render_document(of_tables(tables, result), options)


def render_document(document: Document, options: RenderOptions) -> bytes:
    """The document as a workbook: a sheet with the basis and the list of tables, then a sheet for each table.

    Raises:
        UsageError: A table is larger than a sheet.
    """
    out = io.BytesIO()
    settings = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": {
            "font_name": "微软雅黑" if document.lang == "zh" else "Calibri",
            "font_size": 10 if document.lang == "zh" else 11,
        },
    }
    with xlsxwriter.Workbook(out, settings) as file:
        file.set_properties({"title": for_xml(document.title)[:250], "author": "visittally", "created": CREATED})
        book = _Book(file, options)
        overview = book.sheet(_("Overview"))
        sheets = [(table, _sheet(book, table)) for table in document.tables()]
        _overview(book, overview, document, [(place.sheet.get_name(), table.title) for table, place in sheets])
        places = {table.name: place for table, place in sheets}
        for chart in document.charts():
            if chart.table in places:
                _chart(book, chart, places[chart.table])
    return out.getvalue()


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


def _overview(book: _Book, sheet: Any, document: Document, sheets: Sequence[tuple[str, str]]) -> None:
    """Title, basis, what to note, a link to each sheet (its name and the title of its table), provenance."""
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 100)
    wrapped = book.look(text_wrap=True)
    sheet.write_string(0, 0, for_xml(document.title), book.look(bold=True, font_size=16))
    for row, paragraph in enumerate(document.paragraphs, 2):
        sheet.write_string(row, 0, for_xml(paragraph)[:CELL_LENGTH], wrapped)
    row = 2 + len(document.paragraphs)
    row = _listed(book, sheet, row, _("Tables"), [title for _name, title in sheets])
    link = book.file.get_default_url_format()
    for place, (name, title) in enumerate(sheets, row - len(sheets)):
        target = name.replace("'", "''")
        sheet.write_url(place, 0, f"internal:'{target}'!A1", link, for_xml(title)[:250])
    for heading, lines in document.closing():
        row = _listed(book, sheet, row, heading, lines)


def _listed(book: _Book, sheet: Any, row: int, heading: str, lines: Sequence[str]) -> int:
    """Write lines under a heading, if there are any; the next free row."""
    if not lines:
        return row
    sheet.write_string(row + 1, 0, heading, book.look(bold=True))
    for number, line in enumerate(lines, row + 2):
        sheet.write_string(number, 0, for_xml(line)[:CELL_LENGTH], book.look(text_wrap=True))
    return row + 2 + len(lines)


def _sheet(book: _Book, table: Table) -> _Place:
    """Write a table with its base and notes below."""
    found = grid(table, book.options)
    sheet = book.sheet(table.title or table.name)
    spans = [_parts(found, i) for i in range(len(found.columns))]
    starts = [sum(spans[:i]) for i in range(len(spans))]
    wide = sum(spans)
    if len(found.rows) > MOST_ROWS or wide > MOST_COLUMNS:
        message = _('The table "{title}" is larger than a sheet of Excel. Write it with -f csv.')
        raise UsageError(message.format(title=table.title))
    head = next((i for i, right in enumerate(found.right) if not right), 0)
    sheet.freeze_panes(1, starts[head] + 1 if found.columns else 0)
    for i, start in enumerate(starts):
        _column(book, sheet, found, i, start)
    last = sum(not total for total in found.totals)
    if last and wide:
        sheet.autofilter(0, 0, last, wide - 1)
    lines = [table.base.text] if table.base and table.base.text else []
    for row, line in enumerate([*lines, *table.notes], len(found.rows) + 2):
        sheet.write_string(row, 0, for_xml(line)[:CELL_LENGTH], book.look(italic=True))
    _printed(sheet, table, wide)
    spread = [starts[i] for i, column in enumerate(found.columns) if column.spread]
    return _Place(
        sheet=sheet,
        first=1,
        last=last,
        columns={
            c.name: start + (spans[i] - 1)
            for i, (c, start) in enumerate(zip(found.columns, starts, strict=True))
            if not c.spread
        },
        crosstab=(spread[0], spread[-1]) if spread else None,
        right=wide,
        bottom=len(found.rows) + 3 + len(lines) + len(table.notes),
    )


def _printed(sheet: Any, table: Table, wide: int) -> None:
    """Set a sheet up for paper: its title and headings on each page, as wide as the page."""
    sheet.set_paper(9)
    sheet.set_header("&L" + for_xml(table.title).replace("&", "&&")[:200])
    sheet.set_footer("&R&P/&N")
    sheet.repeat_rows(0)
    sheet.fit_to_pages(1, 0)
    if wide > 8:
        sheet.set_landscape()
    if any(column.fill_in for column in table.columns):
        rows = len(table.rows)
        for row in range(1, rows + 1):
            sheet.set_row(row, WRITTEN)
        sheet.print_area(0, 0, rows, max(wide - 1, 0))


def _parts(found: Grid, column: int) -> int:
    """How many columns of the sheet a column takes: a share with its counts takes three."""
    return 3 if any(_is_wide(row[column]) for row in found.cells) else 1


def _is_wide(cell: Cell) -> bool:
    return (isinstance(cell, Share) and cell.counts) or (isinstance(cell, Number) and cell.interval is not None)


def _column(book: _Book, sheet: Any, found: Grid, column: int, start: int) -> None:
    """Write a column with its heading and width."""
    parts = _parts(found, column)
    heading = found.headings[column]
    headings = [heading] if parts == 1 else _three(heading, [row[column] for row in found.cells])
    right = found.right[column]
    texts = [for_xml(row[column]) for row in found.rows]
    for part, name in enumerate(headings):
        look = book.look(bold=True, text_wrap=True, bottom=1, align="right" if right else "left", valign="bottom")
        sheet.write_string(0, start + part, for_xml(name)[:CELL_LENGTH], look)
        longest = max((display_width(text) for text in texts), default=0)
        width = max(longest if parts == 1 else 0, min(display_width(name), 14 if right else WIDEST), 6)
        sheet.set_column(start + part, start + part, min(width + 3, WIDEST))
    for row, text in enumerate(texts):
        cell, total = found.cells[row][column], found.totals[row]
        pieces = _pieces(cell, text) if parts == 3 else [(cell, text)]
        for part, (piece, shown) in enumerate(pieces):
            if found.columns[column].fill_in:
                sheet.write_blank(row + 1, start + part, None, book.look(border=1, text_wrap=True))
            else:
                _write(book, sheet, (row + 1, start + part), piece, shown, total=total)


def _three(heading: str, cells: Sequence[Cell]) -> list[str]:
    """The headings of a share with its counts, or of a figure with its interval."""
    if any(isinstance(cell, Share) for cell in cells):
        n, of = _("{heading}: n").format(heading=heading), _("{heading}: of").format(heading=heading)
        return [n, of, f"{heading} %"]
    return [heading, _("95 % from"), _("to")]


def _pieces(cell: Cell, text: str) -> list[tuple[Cell, str]]:
    """Part, whole and percentage of a share, a figure and its interval; of any other cell the text, and nothing."""
    if isinstance(cell, Number) and cell.interval is not None and not cell.hidden:
        limits = (Number(limit, cell.digits) for limit in cell.interval)
        return [(replace(cell, interval=None), text), *((limit, NOTHING) for limit in limits)]
    if not isinstance(cell, Share):
        return [(cell, text), (Text(""), ""), (Text(""), "")]
    if cell.hidden:
        return [(cell, text)] * 3
    whole = Count(cell.base, approximate=cell.approximate)
    return [
        (Count(cell.n), NOTHING),
        (whole, NOTHING),
        (replace(cell, counts=False), NOTHING),
    ]


def _write(book: _Book, sheet: Any, place: tuple[int, int], cell: Cell, text: str, *, total: bool) -> None:
    """Write a cell: a figure as a figure, a day as a day, anything else as the text that people see."""
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
        case Count() | Number() if not cell.hidden and cell.value is not None and finite(cell.value):
            value = cell.value
            whole = isinstance(cell, Count) and float(value).is_integer()
            digits = cell.digits if isinstance(cell, Number) and cell.digits is not None else book.options.digits
            form = about + _decimals("#,##0", 0 if whole else digits)
            if isinstance(cell, Number) and (cell.change or cell.unit):
                form = "{0}{2};-{1}{2};{1}{2}".format(
                    "+" * cell.change + form, form, f'"{cell.unit}"' * bool(cell.unit)
                )
            look["num_format"] = form
        case Date(value=str(day), hidden=None) if (found := _day(day)) is not None:
            sheet.write_datetime(*place, found, book.look(**look, num_format="yyyy-mm-dd", align="left"))
            return
    if value is not None:
        sheet.write_number(*place, value, book.look(**look))
        return
    look["align"] = "left" if isinstance(cell, Text | Date) else "right"
    look["text_wrap"] = isinstance(cell, Text)
    sheet.write_string(*place, text[:CELL_LENGTH], book.look(**look))


def _decimals(whole: str, digits: int) -> str:
    return f"{whole}.{'0' * digits}" if digits else whole


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day >= FIRST_DAY else None


def _chart(book: _Book, chart: Chart, place: _Place) -> None:
    """Add a chart beside its table, or shade the fields of a crosstab."""
    if place.last < place.first:
        return
    if chart.kind is ChartKind.HEAT:
        if place.crosstab is not None:
            first, last = place.crosstab
            scale = {
                "type": "2_color_scale",
                "min_type": "num",
                "min_value": 0,
                "min_color": "#FFFFFF",
                "max_color": "#7FB2E5",
            }
            place.sheet.conditional_format(place.first, first, place.last, last, scale)
        return
    flat = chart.kind in (ChartKind.BARS, ChartKind.DUMBBELL)
    last = min(place.last, place.first + CHART_ROWS - 1) if flat else place.last
    title = for_xml(chart.title)[:200]
    if last < place.last:
        title = _("{title} (the first {n})").format(title=title, n=CHART_ROWS)
    # Beside a wide table a chart would make the printed page twice as wide, and its words half as large.
    row, left = (place.first, place.right + 1) if place.right <= NARROW else (place.bottom, 0)
    values = [value for value in chart.values if value in place.columns and chart.label in place.columns]
    together = [values] if chart.kind is ChartKind.DUMBBELL else [[value] for value in values]
    for number, shown in enumerate(together):
        kind = "bar" if flat else "line" if number else "column"
        drawing = book.file.add_chart({"type": kind})
        for colour, value in zip(
            ("#2F75B5", "#F4B183") if len(shown) == 1 else ("#BFBFBF", "#2F75B5"), shown, strict=False
        ):
            drawing.add_series(_series(place, chart.label, value, last, colour, line=kind == "line"))
        drawing.set_title({"name": title, "name_font": {"size": 12}})
        drawing.set_legend({"position": "bottom"} if len(shown) > 1 else {"none": True})
        if kind == "bar":
            drawing.set_y_axis({"reverse": True})
            drawing.set_x_axis({"major_gridlines": {"visible": False}})
        height = max(220, 26 * len(shown) * (last - place.first + 1) + 90) if kind == "bar" else 280
        drawing.set_size({"width": 640, "height": height})
        place.sheet.insert_chart(row, left, drawing, {"description": title})
        row += height // 20 + 2


def _series(place: _Place, label: str, value: str, last: int, colour: str, *, line: bool) -> dict[str, Any]:
    """The figures of a column down to a row, for a chart."""
    name, labels, column = place.sheet.get_name(), place.columns[label], place.columns[value]
    return {
        "name": [name, 0, column],
        "categories": [name, place.first, labels, last, labels],
        "values": [name, place.first, column, last, column],
        "fill": {"color": colour},
        "line": {"color": colour} if line else {"none": True},
        "gap": 40,
    }
