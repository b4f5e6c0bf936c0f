"""Charts of a document: their figures out of its tables, and their pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.messages import _
from visittally.render import charts
from visittally.render.cells import RenderOptions, grid, visible
from visittally.render.charts import Point, Series
from visittally.tables.document import Chart, ChartKind, Document
from visittally.tables.shortening import is_rest
from visittally.tables.table import (
    Count,
    Number,
    Share,
    machine_value,
)

if TYPE_CHECKING:
    from visittally.render.cells import TextGrid
    from visittally.tables.table import Cell

_SIZES = (("", charts.WIDTH), ("-narrow", charts.NARROW))
"""What ends the key of a chart, and its width: a style shows the one that fits the window."""
MOST = 25
"""How many rows of a table a chart shows: those with the highest figures, in the order of the table."""


def series_of(chart: Chart, document: Document, options: RenderOptions) -> tuple[Series, ...]:
    """The figures of a chart: a series for each column, none where there are none; heat shades its table alone."""
    tables = {table.name: table for table in document.tables()}
    if chart.table not in tables:
        return ()
    found = grid(tables[chart.table].for_people(), options)
    label = _position(found, chart.label)
    rows = [i for i, total in enumerate(found.totals) if not total]
    if label is None or not rows or chart.kind is ChartKind.HEAT:
        return ()
    places = [place for name in chart.values if (place := _position(found, name)) is not None]
    if chart.kind is ChartKind.BARS:
        rows = _highest(found, rows, places)
    if chart.kind is ChartKind.DUMBBELL:  # what moved most stands first
        rows = rows[:MOST]
    return tuple(
        Series(found.headings[i], tuple(_point(found, row, i, found.rows[row][label]) for row in rows)) for i in places
    )


def picture(chart: Chart, document: Document, options: RenderOptions, key: str) -> str:
    """The chart as SVG, for screens and for telephones, empty where it has no figures. `key` is unique in the page."""
    series = series_of(chart, document, options)
    title = heading(chart, document)
    if not series or not series[0].points:
        return ""
    wide, narrow = (_drawn(chart, title, series, key + end, width) for end, width in _SIZES)
    return f'<div class="wide">{wide}</div><div class="narrow" hidden>{narrow}</div>' if wide else ""


def _drawn(chart: Chart, title: str, series: tuple[Series, ...], key: str, width: int) -> str:
    match chart.kind:
        case ChartKind.BARS:
            return charts.bars(title, series[0].points, key=key, width=width)
        case ChartKind.DUMBBELL:
            return charts.dumbbell(title, series, key=key, width=width) if len(series) == 2 else ""
        case ChartKind.DAYS:
            return charts.days(title, series[0], key=key, width=width)
        case ChartKind.HEAT:
            return ""


def shades(found: TextGrid) -> dict[tuple[int, int], float]:
    """How dark the fields of a crosstab are, by row and column: 0 to 1, the darker the more."""
    fields = {
        (row, i): value
        for row, total in enumerate(found.totals)
        if not is_rest(found.cells[row])
        for i, column in enumerate(found.columns)
        if column.spread and not total and (value := figure(found.cells[row][i]))
    }
    highest = max(fields.values(), default=1)
    return {place: max(value, 0) / highest for place, value in fields.items()}


def heading(chart: Chart, document: Document) -> str:
    """The title of a chart, which says so where it does not show every row of its table."""
    table = next((table for table in document.tables() if table.name == chart.table), None)
    title = visible(chart.title)
    if table is None or chart.kind is ChartKind.DAYS or len(list(table.for_people().body())) <= MOST:
        return title
    return _("{title} (the {n} highest)").format(title=title, n=MOST)


def _position(found: TextGrid, name: str) -> int | None:
    return next((i for i, c in enumerate(found.columns) if c.name == name and not c.spread), None)


def _point(found: TextGrid, row: int, place: int, label: str) -> Point:
    return Point(label, figure(found.cells[row][place]), found.rows[row][place])


def figure(cell: Cell) -> float | None:
    """The figure of a cell, None where it is hidden or no figure."""
    if not isinstance(cell, Count | Share | Number):
        return None
    value = machine_value(cell)
    return value if isinstance(value, int | float) else None


def _highest(found: TextGrid, rows: list[int], places: list[int]) -> list[int]:
    """The rows with the highest sums, in their order."""
    sums = {row: sum(figure(found.cells[row][place]) or 0 for place in places) for row in rows}
    return sorted(sorted(rows, key=lambda row: -sums[row])[:MOST])
