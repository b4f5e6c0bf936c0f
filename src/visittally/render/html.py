"""HTML: one file that needs nothing else, from the built-in template or from one of the user's own."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import fields
from functools import partial
from typing import TYPE_CHECKING, Any

import jinja2
import jinja2.sandbox
from markupsafe import Markup

from visittally.dataclass import dataclass
from visittally.errors import ConfigError
from visittally.messages import _, language
from visittally.render.cells import Grid, RenderOptions, grid, visible
from visittally.render.pictures import figure, heading, picture
from visittally.render.templating import TEMPLATES, environment, filled
from visittally.render.text import below, numbered
from visittally.tables.document import Document, of_tables

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from visittally.tables.result import Result
    from visittally.tables.table import Table


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell: its text, the figure behind it for sorting (or None), and where it stands."""

    text: str
    value: float | None
    right: bool
    heads_row: bool


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
class Page:
    """What a template finds under these names, all texts ready to be shown.

    Attributes:
        title: Title of the report.
        lang: Its language as HTML names it: en or zh-Hans.
        paragraphs: The basis.
        attention: What must be known before the figures are used.
        sections: Its sections with `heading`, `id`, `paragraphs`, `tables` and `charts`.
        provenance: Files, fingerprints, version.
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
    style: Markup
    script: Markup
    script_hash: str


def render(tables: Sequence[Table], result: Result, options: RenderOptions) -> bytes:
    """A page of the tables of one command."""
    return render_document(of_tables(tables, result), options)


def render_document(document: Document, options: RenderOptions) -> bytes:
    """The document as a page of its own: no scripts, fonts or pictures from elsewhere."""
    return filled("report.html", **_context(view(document, options))).encode("utf-8", "backslashreplace")


def render_template(document: Document, options: RenderOptions, path: Path) -> bytes:
    """The document in a template of the user's own, which can reach nothing but the fields of `Page`.

    The template may `{% extends "report.html" %}` and fill its blocks `title`, `style`, `header`, `sections`
    and `footer`.

    Raises:
        ConfigError: The template is missing, is no UTF-8, or is wrong; names the line.
    """
    try:
        source = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        message = _("{name} does not exist. Check the spelling and the folder.")
        raise ConfigError(message.format(name=path)) from error
    except OSError as error:
        message = _("{path}: the template cannot be read: {reason}.")
        raise ConfigError(message.format(path=path, reason=error.strerror or error)) from error
    except UnicodeDecodeError as error:
        raise ConfigError(_("{path}: the template is not UTF-8. Save it as UTF-8.").format(path=path)) from error
    sandbox = environment(jinja2.sandbox.ImmutableSandboxedEnvironment)
    page = view(document, options)
    try:
        text = sandbox.from_string(source).render(_context(page))
    except jinja2.TemplateSyntaxError as error:
        message = _("{path}: line {line}: the template is wrong: {reason}")
        raise ConfigError(message.format(path=path, line=error.lineno, reason=error.message)) from error
    except (
        jinja2.TemplateError,
        ArithmeticError,
        LookupError,
        TypeError,
        ValueError,
        RecursionError,
    ) as error:
        message = _("{path}: the template is wrong: {reason}. It may use {names}.")
        known = ", ".join(field.name for field in fields(Page))
        raise ConfigError(message.format(path=path, reason=error, names=known)) from error
    return text.encode("utf-8", "backslashreplace")


def view(document: Document, options: RenderOptions) -> Page:
    """The document as templates see it."""
    script = (TEMPLATES / "report.js").read_text(encoding="utf-8")
    sections = []
    number = 0
    for place, section in enumerate(document.sections, 1):
        tables = []
        for table in section.tables:
            number += 1
            tables.append(_table(table.for_people(), number, options))
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
    return Page(
        title=visible(document.title),
        lang="zh-Hans" if (options.lang or document.lang or language()) == "zh" else "en",
        paragraphs=tuple(map(visible, document.paragraphs)),
        attention=tuple(map(visible, document.attention)),
        sections=tuple(sections),
        provenance=tuple(map(visible, document.provenance)),
        style=Markup((TEMPLATES / "report.css").read_text(encoding="utf-8")),  # noqa: S704 - our own file
        script=Markup(script),  # noqa: S704 - our own file
        script_hash="sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )


def _table(table: Table, number: int, options: RenderOptions) -> TableView:
    found = grid(table, options)
    head = next((i for i, right in enumerate(found.right) if not right), 0)
    return TableView(
        id=f"table-{number}",
        name=table.name,
        title=numbered(table, number),
        headings=tuple(
            HeadingView(column.name, heading, right)
            for column, heading, right in zip(found.columns, found.headings, found.right, strict=True)
        ),
        rows=tuple(map(partial(_row, found, head), range(len(found.rows)))),
        below=tuple(below(table)),
    )


def _row(found: Grid, head: int, row: int) -> RowView:
    cells = (
        CellView(text, figure(found.cells[row][i]), found.right[i], i == head) for i, text in enumerate(found.rows[row])
    )
    return RowView(tuple(cells), found.totals[row])


def _context(page: Page) -> dict[str, Any]:
    return {field.name: getattr(page, field.name) for field in fields(page)}
