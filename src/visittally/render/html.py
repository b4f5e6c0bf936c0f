"""HTML: one file that needs nothing else, from the built-in template or from one of the user's own."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import fields
from functools import partial
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from visittally.dataclass import dataclass
from visittally.messages import language
from visittally.render.cells import RenderOptions, TextGrid, grid, visible
from visittally.render.pictures import figure, heading, picture, shades
from visittally.render.templating import TEMPLATES, filled
from visittally.render.text import below, numbered
from visittally.tables.document import ChartKind, Document, of_tables
from visittally.tables.shortening import first_rows

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from visittally.tables.result import Result
    from visittally.tables.table import Table


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell: its text, the figure behind it for sorting (or None), where it stands, and how dark it is, 0 to 1."""

    text: str
    value: float | None
    right: bool
    heads_row: bool
    shade: float = 0.0


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of a table."""

    cells: tuple[CellView, ...]
    total: bool


@dataclass(frozen=True, slots=True)
class HeadingView:
    """The heading of a column; `name` is its key in machine formats."""

    name: str
    text: str
    right: bool


@dataclass(frozen=True, slots=True)
class TableView:
    """A table: `title` with its number, `below` the base and the notes."""

    id: str
    name: str
    title: str
    headings: tuple[HeadingView, ...]
    rows: tuple[RowView, ...]
    below: tuple[str, ...]

    @property
    def body(self) -> tuple[RowView, ...]:
        """The rows that are no totals."""
        return tuple(row for row in self.rows if not row.total)

    @property
    def totals(self) -> tuple[RowView, ...]:
        """The rows of totals."""
        return tuple(row for row in self.rows if row.total)


@dataclass(frozen=True, slots=True)
class ChartView:
    """A chart: its title and its SVG."""

    title: str
    svg: Markup


@dataclass(frozen=True, slots=True)
class SectionView:
    """A section of the report."""

    id: str
    heading: str
    paragraphs: tuple[str, ...]
    tables: tuple[TableView, ...]
    charts: tuple[ChartView, ...]


@dataclass(frozen=True, slots=True)
class ListView:
    """Lines under a heading."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """What a template finds under these names, all texts ready to be shown.

    Attributes:
        title: Title of the report.
        lang: Its language as HTML names it: en or zh-Hans.
        paragraphs: The basis.
        attention: What must be known before the figures are used.
        sections: Its sections with `heading`, `id`, `paragraphs`, `tables` and `charts`.
        provenance: Files, fingerprints, version.
        closing: What follows the tables, each part with `heading` and `lines`: what to note, method, who hands the
            report in (without a heading), provenance.
        style: The built-in style sheet.
        script: The built-in script that sorts tables.
        script_hash: Its fingerprint for a content security policy.
    """

    title: str
    lang: str
    paragraphs: tuple[str, ...]
    attention: tuple[str, ...]
    sections: tuple[SectionView, ...]
    provenance: tuple[str, ...]
    closing: tuple[ListView, ...]
    style: Markup
    script: Markup
    script_hash: str


def render(tables: Sequence[Table], result: Result, options: RenderOptions) -> bytes:
    """A page of the tables of one command."""
    return render_document(of_tables(tables, result), options)


def fragment(tables: Sequence[Table], options: RenderOptions) -> str:
    """Tables for a page that somebody else makes, such as a notebook: the same cells, escaped, without script."""
    several = len(tables) > 1
    views = [_table(table.for_people(), i, options, counted=several) for i, table in enumerate(tables, 1)]
    return filled("tables.html", tables=views)


def render_document(document: Document, options: RenderOptions) -> bytes:
    """The document as a page of its own: no scripts, fonts or pictures from elsewhere."""
    return filled("report.html", **context(view(document, options))).encode("utf-8", "backslashreplace")


def view(document: Document, options: RenderOptions) -> HtmlPage:
    """The document as templates see it."""
    script = (TEMPLATES / "report.js").read_text(encoding="utf-8")
    sections = []
    number = 0
    for place, section in enumerate(document.sections, 1):
        tables = []
        shaded = {chart.table for chart in section.charts if chart.kind is ChartKind.HEAT}
        for table in section.for_pages():
            number += 1
            tables.append(_table(first_rows(table, options.most), number, options, shaded=table.name in shaded))
        pictures = (
            ChartView(heading(chart, document), Markup(svg))  # noqa: S704 - charts escape their words
            for i, chart in enumerate(section.charts, 1)
            if (svg := picture(chart, document, options, f"chart-{place}-{i}"))
        )
        sections.append(
            SectionView(
                id=f"section-{place}",
                heading=visible(section.heading),
                paragraphs=tuple(map(visible, section.paragraphs)),
                tables=tuple(tables),
                charts=tuple(pictures),
            )
        )
    return HtmlPage(
        title=visible(document.title),
        lang="zh-Hans" if (options.lang or document.lang or language()) == "zh" else "en",
        paragraphs=tuple(map(visible, document.paragraphs)),
        attention=tuple(map(visible, document.attention)),
        sections=tuple(sections),
        provenance=tuple(map(visible, document.provenance)),
        closing=tuple(ListView(visible(h), tuple(map(visible, lines))) for h, lines in document.closing()),
        style=Markup((TEMPLATES / "report.css").read_text(encoding="utf-8")),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        script_hash="sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )


def _table(
    table: Table, number: int, options: RenderOptions, *, counted: bool = True, shaded: bool = False
) -> TableView:
    found = grid(table, options)
    dark = shades(found) if shaded else {}
    head = next((i for i, right in enumerate(found.right) if not right), 0)
    return TableView(
        id=f"table-{number}",
        name=visible(table.name),
        title=numbered(table, number) if counted else visible(table.title),
        headings=tuple(
            HeadingView(column.name, heading, right)
            for column, heading, right in zip(found.columns, found.headings, found.right, strict=True)
        ),
        rows=tuple(map(partial(_row, found, head, dark), range(len(found.rows)))),
        below=tuple(below(table)),
    )


def _row(found: TextGrid, head: int, dark: Mapping[tuple[int, int], float], row: int) -> RowView:
    cells = (
        CellView(text, figure(found.cells[row][i]), found.right[i], i == head, dark.get((row, i), 0.0))
        for i, text in enumerate(found.rows[row])
    )
    return RowView(tuple(cells), found.totals[row])


def context(page: HtmlPage) -> dict[str, Any]:
    """The page's fields under the names that templates use."""
    return {field.name: getattr(page, field.name) for field in fields(page)}
