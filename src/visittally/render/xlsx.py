"""Excel workbooks: a sheet a table, figures as figures, words as words, charts that Excel draws itself."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from visittally.dataclass import dataclass
from visittally.errors import UsageError
from visittally.messages import _
from visittally.render.cells import NOTHING, RenderOptions, for_xml, grid
from visittally.render.xlsx_cells import CELL_LENGTH, Book, day_in, several_figures, write_cell
from visittally.render.xlsx_overview import LINE_HEIGHT, overview_page
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
from visittally.words.wrapping import display_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visittally.render.cells import TextGrid
    from visittally.tables.result import Result
    from visittally.tables.table import Table

CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - the same for all, or the same tables would give other bytes
LIST_LENGTH = 255
"""Characters that Excel takes for a list written into the rule itself."""
MOST_ROWS = 1_048_000
MOST_COLUMNS = 16_384
WIDEST = 48
"""Width of the widest column, in narrow characters; longer words go on in further lines."""
NARROW = 4
"""Tables of so many columns have their charts beside them, wider ones below."""
CHART_ROWS = 40
WRITTEN, WRITTEN_WIDTH = 30, 20
"""Height of a row that people write into by hand, in points, and width of the column, in narrow characters."""


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a table went in its sheet.

    Attributes:
        first, last: First and last row of the body.
        columns: The columns by name; dates: the names of those that hold days.
        crosstab: First and last of its fields.
        right, bottom: First free column and row.
    """

    sheet: Any
    first: int
    last: int
    columns: dict[str, int]
    crosstab: tuple[int, int] | None
    right: int
    bottom: int
    dates: frozenset[str] = frozenset()


def render(tables: Sequence[Table], result: Result, options: RenderOptions) -> bytes:
    """A workbook of the tables of one command."""
    return _written(of_tables(tables, result), options, together=False)


def render_document(document: Document, options: RenderOptions) -> bytes:
    """The document as a workbook: a sheet that holds what people read, to be printed, then a sheet for each table.

    Raises:
        UsageError: A table is larger than a sheet.
    """
    return _written(document, options, together=True)


def _written(document: Document, options: RenderOptions, *, together: bool) -> bytes:
    """The workbook; `together`: with the tables that fit a page under each other on the first sheet."""
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
        book = Book(file, options)
        overview = book.sheet(_("Overview"))
        sheets = [(table, _sheet(book, table)) for table in document.sheets()]
        named = [(place.sheet.get_name(), table.title) for table, place in sheets]
        overview_page(book, overview, document, named, together=together)
        if len(sheets) == 1:
            sheets[0][1].sheet.activate()
        places = {table.name: place for table, place in sheets}
        for chart in document.charts():
            if chart.table in places:
                _chart(book, chart, places[chart.table])
    return out.getvalue()


def _sheet(book: Book, table: Table) -> _Place:
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
    _heighten(sheet, found)
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
        dates=frozenset(
            c.name
            for i, c in enumerate(found.columns)
            if any(isinstance(row[i], Date) and day_in(str(row[i].value or "")) is not None for row in found.cells)
        ),
    )


def _heighten(sheet: Any, found: TextGrid) -> None:
    """Make rows as high as their longest text: not all programs do so when they open a sheet."""
    words = [i for i, right in enumerate(found.right) if not right]
    for row, texts in enumerate(found.rows, 1):
        longest = max((_letters(texts[i]) for i in words), default=0)
        if longest > WIDEST - 3:
            # Words are whole on each line.
            sheet.set_row(row, LINE_HEIGHT * -(-longest // int(WIDEST * 0.9)))


def _letters(text: str) -> int:
    """How many figures are as wide as a text: the letters of Latin words are narrower."""
    narrow = sum(map(str.isascii, text))
    return display_width(text) - narrow * 3 // 20


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


def _parts(found: TextGrid, column: int) -> int:
    """How many columns of the sheet a column takes: a share with its counts takes three."""
    return 3 if any(several_figures(row[column]) for row in found.cells) else 1


def _column(book: Book, sheet: Any, found: TextGrid, column: int, start: int) -> None:
    """Write a column with its heading and width."""
    parts = _parts(found, column)
    heading = found.headings[column]
    headings = [heading] if parts == 1 else _three(heading, [row[column] for row in found.cells])
    right = found.right[column]
    texts = [for_xml(row[column]) for row in found.rows]
    for part, name in enumerate(headings):
        side: dict[str, Any] = {"align": "right"} if right else {"align": "left", "indent": 1}
        look = book.look(bold=True, text_wrap=True, bottom=1, valign="bottom", **side)
        sheet.write_string(0, start + part, for_xml(name)[:CELL_LENGTH], look)
        longest = max((display_width(text) for text in texts), default=0)
        width = max(longest if parts == 1 else 0, min(display_width(name), 14 if right else WIDEST), 6)
        width = max(width, WRITTEN_WIDTH) if found.columns[column].fill_in else width
        sheet.set_column(start + part, start + part, min(width + (3 if right else 4), WIDEST))
    split = [
        _pieces(row[column], text) if parts == 3 else [(row[column], text)]
        for row, text in zip(found.cells, texts, strict=True)
    ]
    choices = found.columns[column].choices
    if choices and found.rows and len(",".join(choices)) <= LIST_LENGTH:
        sheet.data_validation(1, start, len(found.rows), start, {"validate": "list", "source": list(choices)})
    for row, pieces in enumerate(split):
        total = found.totals[row]
        for part, (piece, shown) in enumerate(pieces):
            if found.columns[column].fill_in:
                sheet.write_blank(row + 1, start + part, None, book.look(border=1, text_wrap=True))
                continue
            above = [own[part][0] for own, is_total in zip(split, found.totals, strict=True) if not is_total]
            sums = book.options.formulas and total and not any(found.totals[:row])
            formula = _sum_above(piece, above, start + part) if sums else ""
            write_cell(book, sheet, (row + 1, start + part), piece, shown, total=total, formula=formula)


def _sum_above(cell: Cell, above: Sequence[Cell], column: int) -> str:
    """The formula of a total that is the sum of the counts above it; "" for one that is not."""
    counts = [one.value for one in above if isinstance(one, Count) and not one.hidden and one.value is not None]
    if not isinstance(cell, Count) or cell.hidden or len(counts) < len(above) or len(counts) < 2:
        return ""
    if cell.value != sum(counts):
        return ""
    name = xl_col_to_name(column)
    return f"=SUM({name}2:{name}{len(above) + 1})"


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


def _chart(book: Book, chart: Chart, place: _Place) -> None:
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
    kind = "bar" if flat else "column"
    for shown in together:
        drawing = book.file.add_chart({"type": kind})
        for colour, value in zip(
            ("#2F75B5", "#F4B183") if len(shown) == 1 else ("#BFBFBF", "#2F75B5"), shown, strict=False
        ):
            drawing.add_series(_series(place, chart.label, value, last, colour))
        drawing.set_title({"name": title, "name_font": {"size": 12}})
        drawing.set_legend({"position": "bottom"} if len(shown) > 1 else {"none": True})
        if chart.kind is ChartKind.DAYS and chart.label in place.dates:
            drawing.set_x_axis({"date_axis": True, "num_format": "yyyy-mm-dd", "num_font": {"rotation": -45}})
        if kind == "bar":
            drawing.set_y_axis({"reverse": True, "interval_unit": 1})
            drawing.set_x_axis({"major_gridlines": {"visible": False}})
        height = max(220, 26 * len(shown) * (last - place.first + 1) + 90) if kind == "bar" else 280
        drawing.set_size({"width": 640, "height": height})
        place.sheet.insert_chart(row, left, drawing, {"description": title})
        row += height // 20 + 2


def _series(place: _Place, label: str, value: str, last: int, colour: str) -> dict[str, Any]:
    """The figures of a column down to a row, for a chart."""
    name, labels, column = place.sheet.get_name(), place.columns[label], place.columns[value]
    return {
        "name": [name, 0, column],
        "categories": [name, place.first, labels, last, labels],
        "values": [name, place.first, column, last, column],
        "fill": {"color": colour},
        "line": {"none": True},
        "gap": 40,
    }
