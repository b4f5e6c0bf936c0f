"""Charts that Word draws itself: DrawingML with the figures in it, and alternative text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Mm

from visittally.render.cells import RenderOptions, for_xml
from visittally.render.pictures import heading, series_of
from visittally.render.templating import filled
from visittally.tables.document import Chart, ChartKind, Document
from visittally.words.patterns import pattern
from visittally.words.wrapping import shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visittally.render.charts import Series

_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_LINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/chart"
WIDTH = Mm(160)
HIGHEST = Mm(225)
_PERIOD = pattern(r"\d{4}-(?:\d{2}(?:-\d{2})?|W\d{2})")
_HYPHEN = "\u2011"
"""A hyphen that no line breaks behind."""
DAYS = 14
"""Days, weeks or months that have a label below their column."""
LABEL = 40
"""Cells that the label of a bar takes at most: programs give labels a third of the chart."""
SPOKEN = 12
"""How many figures the alternative text says."""


def add_chart(word: Any, chart: Chart, document: Document, options: RenderOptions) -> None:
    """Add a chart at the end of the document. A heat chart is left to its table: Word has none.

    Args:
        word: The document of python-docx.
        chart: What is drawn.
        document: Where its figures are.
        options: How they are rounded.
    """
    if chart.kind is ChartKind.HEAT:
        return
    drawn = [series for series in series_of(chart, document, options) if series.points]
    kind = "col" if chart.kind is ChartKind.DAYS else "bar"
    for series in drawn:
        title = for_xml(heading(chart, document))
        # A single series is what the title says.
        _add(word, f"{title}: {for_xml(series.name)}" if len(drawn) > 1 else title, series, kind, options)


def _periods(labels: Sequence[str]) -> list[str]:
    """Days, weeks and months without the year where all are of one: an axis has little room.

    >>> _periods(["2026-03-30", "2026-04-01"]), _periods(["2026-W14", "2027-W01"])
    (['03\u201130', '04\u201101'], ['2026-W14', '2027-W01'])
    """
    years = {label[:5] for label in labels}
    alike = len(years) == 1 and all(_PERIOD.fullmatch(label) for label in labels)
    return [label[5:].replace("-", _HYPHEN) for label in labels] if alike else list(labels)


def _some(labels: Sequence[str]) -> list[str]:
    """Of many labels so many that none is broken: not all programs leave some out where they are asked to."""
    step = -(-len(labels) // DAYS) or 1
    return [label if i % step == 0 else "" for i, label in enumerate(labels)]


def _add(word: Any, title: str, series: Series, kind: str, options: RenderOptions) -> None:
    """Add a chart of one series; `kind` is bar (from the top down) or col."""
    package = word.part.package
    number = 1 + sum(part.content_type == _TYPE for part in package.iter_parts())
    labels = [for_xml(shortened(point.label, LABEL)) for point in series.points]
    if kind == "col":
        labels = _periods(labels)
    spoken = "; ".join(f"{label} {p.text}" for label, p in zip(labels[:SPOKEN], series.points, strict=False))
    shown = _some(labels) if kind == "col" else labels
    points = [
        {"place": i, "label": label, "value": p.value, "text": p.text}
        for i, (p, label) in enumerate(zip(series.points, shown, strict=True))
    ]
    percent = all(point.text.endswith("%") for point in series.points if point.value is not None)
    figures = f'{"0." + "0" * options.digits if options.digits else "0"}"%"' if percent else "#,##0.##"
    xml = filled("word_chart.xml", title=title, name=for_xml(series.name), points=points, kind=kind, figures=figures)
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), _TYPE, xml.encode(), package)
    height = Mm(24 + 6.5 * len(points)) if kind == "bar" else Mm(62)
    drawing = filled(
        "word_drawing.xml",
        width=int(WIDTH),
        height=min(int(height), int(HIGHEST)),
        number=number,
        spoken=f"{title}: {spoken}",
        link=word.part.relate_to(part, _LINK),
    )
    word.add_paragraph().add_run()._r.append(parse_xml(drawing))  # noqa: SLF001 - charts have no public way in
