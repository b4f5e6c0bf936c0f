"""Document: the value that html, Word, Excel and Markdown reports are rendered from."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from pathlib import PurePath
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.messages import _, language
from visittally.tables.small_bases import few_note
from visittally.tables.table import Count, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from visittally.tables.result import Result
    from visittally.tables.table import Table

BARS = 15
"""Bars for more places fill a page, and say what their table says."""
NOUGHTS = frozenset(
    {"no_issue", "not_recorded", "on_spot", "explained", "reported", "in_progress", "unknown", "long_term"}
)
"""Columns that a page goes without where they hold nothing but noughts."""
FILES_NAMED = 3
"""How many files a title names."""


class ChartKind(StrEnum):
    """What a chart looks like."""

    BARS = "bars"
    """Horizontal bars, in the order of the table: ranked issues, coverage of places."""
    HEAT = "heat"
    """A field for each combination, the darker the more: village x issue."""
    DUMBBELL = "dumbbell"
    """Two figures on one line for each row, and what lies between them: shares before and after."""
    DAYS = "days"
    """Columns over time."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture of a table of the same document.

    Attributes:
        kind: What it looks like.
        title: Its heading, which is also the first sentence of its alternative text.
        table: Name of the table.
        label: Name of the column with the labels (days: the periods).
        values: Names of the columns with figures; heat: empty, all columns of the crosstab are meant.
    """

    kind: ChartKind
    title: str
    table: str
    label: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with what stands under it.

    Attributes:
        heading: For the list of contents.
        paragraphs: Sentences before the tables.
        tables: Tables; people's versions are shown.
        charts: Pictures of these tables, shown before them.
        whole: Whether pages hold the tables whole, since each was asked for.
        sheets: What a workbook holds on its sheets instead of the tables; empty: the tables.
    """

    heading: str
    paragraphs: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()
    whole: bool = False
    sheets: tuple[Table, ...] = ()

    def for_pages(self) -> tuple[Table, ...]:
        """The tables as they stand on pages: of a report's, workbooks hold on their sheets what is left out here.

        A run of days is its chart, how deep visits went is told of all together, columns of noughts and tables of
        which people see no row say nothing.
        """
        if self.whole:
            return tuple(table.for_people() for table in self.tables)
        drawn = {chart.table for chart in self.charts if chart.kind is ChartKind.DAYS}
        shown = (table for table in self.tables if table.name not in drawn and table.for_people().rows)
        return tuple(map(_on_page, shown))


@dataclass(frozen=True, slots=True)
class Document:
    """A report.

    Attributes:
        title: Its title.
        paragraphs: The findings; of the tables of one command, what was read.
        sections: Its parts.
        attention: What the reader must know before using the figures, a sentence each.
        method: What was counted, of whom, what the percentages divide by, a sentence each.
        provenance: Files, fingerprints, version, command line: a line each.
        signed: Who hands it in, and when: lines at the end of the text.
        lang: en or zh.
    """

    title: str
    paragraphs: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    attention: tuple[str, ...] = ()
    provenance: tuple[str, ...] = ()
    lang: str = "en"
    method: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()

    def closing(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """What follows the tables: a heading and its lines, for each part that there is.

        Who hands the report in signs what is told; from where the figures come stands below, for those who check it.
        """
        parts = (
            (_("Points to note"), self.attention),
            (_("Method"), self.method),
            ("", self.signed),
            (_("Where the figures come from"), self.provenance),
        )
        return (part for part in parts if part[1])

    def tables(self) -> Iterator[Table]:
        """All tables, in the order in which they are numbered."""
        return (table for section in self.sections for table in section.tables)

    def sheets(self) -> Iterator[Table]:
        """The tables that have a sheet of their own in a workbook."""
        return (table for section in self.sections for table in section.sheets or section.tables)

    def charts(self) -> Iterator[Chart]:
        """All charts in order."""
        return (chart for section in self.sections for chart in section.charts)


def _on_page(table: Table) -> Table:
    shown = table.for_people()
    if shown.name == "depth" and any(row.total for row in shown.rows):
        totals = [row for row in shown.rows if row.total]
        left = {*few_note(shown.rows)} - {*few_note(totals)}
        shown = replace(shown.with_rows(totals), notes=tuple(note for note in shown.notes if note not in left))
    empty = [_says_nothing(shown, i) for i in range(len(shown.columns))]
    columns = (replace(c, people=c.people and not e) for c, e in zip(shown.columns, empty, strict=True))
    return replace(shown, columns=tuple(columns)) if any(empty) else shown


def _says_nothing(table: Table, column: int) -> bool:
    """Whether a column holds noughts alone, names no place, or no name that is like another."""
    cells = [row.cells[column] for row in table.rows]
    match table.columns[column].name:
        case name if name in NOUGHTS:
            return all(cell == Count(0) for cell in cells)
        case "suggestion":
            return all(isinstance(cell, Text) and not cell.value for cell in cells)
        case _ if table.name == "depth":
            return all(cell == Text(None) for cell in cells)
    return False


def of_tables(tables: Sequence[Table], result: Result) -> Document:
    """The document that one command makes of its tables: a section each, with the usual charts."""
    files = list(dict.fromkeys(file.file for file in result.receipt.files))
    names = list(dict.fromkeys(PurePath(file).name for file in files))
    named = ", ".join(names[:FILES_NAMED]) + (" ..." if len(names) > FILES_NAMED else "")
    return Document(
        title=_("Tables from {files}").format(files=named) if files else _("Tables"),
        paragraphs=(result.receipt.sentence(),),
        sections=tuple(Section(t.title, tables=(t,), charts=usual_charts(t), whole=True) for t in tables),
        attention=tuple(_without_folders(notice.message, files) for notice in result.notices),
        provenance=tuple(names),
        lang=language(),
    )


def _without_folders(message: str, files: Sequence[str]) -> str:
    """A message with the names of files alone: their folders are nothing to those who are handed a document."""
    for file in files:
        message = message.replace(file, PurePath(file).name)
    return message


def usual_charts(table: Table) -> tuple[Chart, ...]:
    """The charts that go with a table of this name, as far as it has the columns and any rows."""
    shown = table.for_people()
    names = {column.name for column in shown.columns if not column.spread and column.people}
    if not any(True for _row in shown.body()):
        return ()
    chart: Chart | None = None
    match table.name:
        case "issues" if "mentions" in names:
            label = next((name for name in ("issue_label", "issue", "issue_category") if name in names), "")
            if label:
                chart = Chart(ChartKind.BARS, _("Issues by mentions"), table.name, label, ("mentions",))
        case "crosstab" if any(column.spread for column in shown.columns):
            chart = Chart(ChartKind.HEAT, table.title, table.name, shown.columns[0].name)
        case "places" if "coverage_percent" in names and _differ(shown, "coverage_percent") and _few_bars(shown):
            chart = Chart(ChartKind.BARS, _("Coverage"), table.name, shown.columns[0].name, ("coverage_percent",))
        case "shares" if "question" not in names and shown.columns[2].name == "answer":
            chart = Chart(ChartKind.DUMBBELL, table.title, table.name, "answer", ("before_percent", "after_percent"))
        case "progress" if {"period", "visited"} <= names:
            chart = Chart(ChartKind.DAYS, _("Visits over time"), table.name, "period", ("visited",))
    return () if chart is None else (chart,)


def _few_bars(table: Table) -> bool:
    return sum(1 for _row in table.body()) <= BARS


def _differ(table: Table, name: str) -> bool:
    """Whether a column holds different figures: bars of one length are no picture of anything."""
    at = table.column(name)
    return len({row.cells[at].value for row in table.body()}) > 1
