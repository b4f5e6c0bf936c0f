"""Word documents: real tables with repeated headings, Chinese fonts, wide tables on turned pages."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from visittally.dataclass import dataclass
from visittally.messages import _
from visittally.render.cells import RenderOptions, for_xml, grid
from visittally.render.packing import timeless
from visittally.render.pictures import figure
from visittally.render.templating import filled
from visittally.render.text import below, numbered
from visittally.render.word_charts import add_chart
from visittally.render.wrapping import display_width
from visittally.tables.document import (
    ChartKind,
    Document,
    Section,
    of_tables,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from visittally.render.cells import Grid
    from visittally.tables.result import Result
    from visittally.tables.table import Table

CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 - the same for all, or the same tables would give other bytes
MARGIN = Mm(20)
A4 = (Mm(210), Mm(297))
WIDE = 95
"""Narrow characters that a line of a table holds on an upright page; wider tables go on turned ones."""
WIDEST = 44
"""Narrow characters of the widest column."""
SHORT = 12
"""Narrow characters of a heading that stays on one line."""
TWIPS = 635
"""EMU in a twentieth of a point, the unit of widths in tables."""
_THEME = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")
_BODY = ("Calibri", "宋体")
_HEADING = ("Calibri", "微软雅黑")
_HEAD = "E9EEF4"
"""Colour behind headings."""
_DARKEST = (0x7F, 0xB2, 0xE5)
"""Colour of the highest field of a crosstab: red, green, blue."""
_MUTED = RGBColor(0x55, 0x55, 0x55)


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a table is set: width of each column in twips, size of letters in half points."""

    widths: tuple[int, ...]
    size: int


def render(tables: Sequence[Table], result: Result, options: RenderOptions) -> bytes:
    """A Word document of the tables of one command."""
    return render_document(of_tables(tables, result), options)


def render_document(document: Document, options: RenderOptions) -> bytes:
    """The document for Word."""
    word = docx.Document()
    _set_up(word, document)
    word.add_heading(for_xml(document.title), 0)
    for paragraph in document.paragraphs:
        word.add_paragraph(for_xml(paragraph))
    _listed(word, _("Points to note"), document.attention)
    number = 0
    turned = False
    for section in document.sections:
        grids = [grid(table.for_people(), options) for table in section.tables]
        turned = _turn(word, wide=any(sum(_measured(found)) > WIDE for found in grids), turned=turned)
        _section(word, section, document, options)
        shaded = {chart.table for chart in section.charts if chart.kind is ChartKind.HEAT}
        for table, found in zip(section.tables, grids, strict=True):
            number += 1
            _table(word, table.for_people(), found, number, shaded=table.name in shaded)
    _turn(word, wide=False, turned=turned)
    _listed(word, _("Where the figures come from"), document.provenance)
    out = io.BytesIO()
    word.save(out)
    return timeless(out.getvalue())


def _set_up(word: Any, document: Document) -> None:
    """Page, fonts and properties."""
    page = word.sections[0]
    page.page_width, page.page_height = A4
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = MARGIN
    headings = {word.styles[name].element for name in ("Title", "Heading 1", "Heading 2")}
    for element in word.styles.element.iter(qn("w:rFonts")):
        _set_fonts(element, _HEADING if any(style in headings for style in element.iterancestors()) else _BODY)
    language = next(word.styles.element.iter(qn("w:lang")), None)
    if language is not None:
        language.set(qn("w:val"), "en-US")
        language.set(qn("w:eastAsia"), "zh-CN")
    word.styles["Normal"].font.size = Pt(10.5)
    word.styles["Normal"].paragraph_format.space_after = Pt(6)
    for name in ("Title", "Heading 1"):
        word.styles[name].font.color.rgb = RGBColor(0x1B, 0x1F, 0x24)
    word.styles["Title"].font.size = Pt(22)
    caption = word.styles["Caption"]
    caption.font.color.rgb = RGBColor(0, 0, 0)
    caption.font.size = Pt(10)
    caption.paragraph_format.keep_with_next = True
    caption.paragraph_format.space_before = Pt(10)
    about = word.core_properties
    about.title, about.author, about.comments = for_xml(document.title)[:250], "visittally", ""
    about.created = about.modified = CREATED
    about.language = "zh-CN" if document.lang == "zh" else "en"
    _number_pages(page)


def _set_fonts(element: Any, fonts: tuple[str, str]) -> None:
    """Name the fonts of a style; those of the theme would come before them."""
    for theme in _THEME:
        element.attrib.pop(qn(f"w:{theme}"), None)
    latin, chinese = fonts
    for script in ("ascii", "hAnsi", "cs"):
        element.set(qn(f"w:{script}"), latin)
    element.set(qn("w:eastAsia"), chinese)


def _number_pages(page: Any) -> None:
    """A page number at the foot of each page."""
    paragraph = page.footer.paragraphs[0]
    paragraph.alignment = 1
    paragraph._p.append(  # noqa: SLF001 - fields have no public way in
        parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    )


def _listed(word: Any, heading: str, lines: Sequence[str]) -> None:
    if lines:
        word.add_heading(heading, 1)
        for line in lines:
            word.add_paragraph(for_xml(line), style="List Bullet")


def _turn(word: Any, *, wide: bool, turned: bool) -> bool:
    """Begin a turned or an upright page where the last was the other; whether pages are turned now."""
    if wide != turned:
        page = word.add_section(WD_SECTION.NEW_PAGE)
        page.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
        page.page_width, page.page_height = A4[::-1] if wide else A4
    return wide


def _section(word: Any, section: Section, document: Document, options: RenderOptions) -> None:
    """Write what stands before the tables of a section."""
    word.add_heading(for_xml(section.heading), 1)
    for paragraph in section.paragraphs:
        word.add_paragraph(for_xml(paragraph))
    for chart in section.charts:
        add_chart(word, chart, document, options)


def _table(word: Any, table: Table, found: Grid, number: int, *, shaded: bool) -> None:
    """Write a table, its title above, its base and notes below; the fields of a crosstab may be shaded."""
    caption = word.add_paragraph(for_xml(numbered(table, number)), style="Caption")
    page = word.sections[-1]
    room = page.page_width - page.left_margin - page.right_margin
    if found.columns:
        shades = _shades(found) if shaded else {}
        caption._p.addnext(parse_xml(_table_xml(found, _shaped(found, room // TWIPS), shades)))  # noqa: SLF001
    for i, line in enumerate(below(table)):
        note = word.add_paragraph()
        note.paragraph_format.space_before, note.paragraph_format.space_after = Pt(0 if i else 4), Pt(0)
        run = note.add_run(for_xml(line))
        run.font.size, run.font.color.rgb = Pt(9), _MUTED


def _measured(found: Grid) -> tuple[int, ...]:
    """Width of each column in narrow characters."""
    widths = []
    for i, heading in enumerate(found.headings):
        longest = max((display_width(row[i]) for row in found.rows), default=0)
        widths.append(min(max(longest, _broken(display_width(heading)), 4), WIDEST) + 3)
    return tuple(widths)


def _broken(width: int) -> int:
    """Width of a heading that may go on in a second line where it is long."""
    return width if width <= SHORT else max(SHORT, (width + 1) // 2)


def _shaped(found: Grid, room: int) -> _Shape:
    """Columns in proportion to what they hold, on at most `room` twips, and letters that fit."""
    measured = _measured(found)
    size = next((size for size in (18, 16, 14) if sum(measured) * size * 6 <= room), 12)
    scale = min(size * 6.5, room / sum(measured))
    return _Shape(tuple(int(width * scale) for width in measured), size)


def _shades(found: Grid) -> dict[tuple[int, int], str]:
    """Colours of the fields of a crosstab by row and column, the darker the more."""
    fields = {
        (row, i): value
        for row, total in enumerate(found.totals)
        for i, column in enumerate(found.columns)
        if column.spread and not total and (value := figure(found.cells[row][i]))
    }
    highest = max(fields.values(), default=1)
    return {
        place: "".join(f"{round(255 + (full - 255) * max(value, 0) / highest):02X}" for full in _DARKEST)
        for place, value in fields.items()
    }


def _table_xml(found: Grid, shape: _Shape, shades: Mapping[tuple[int, int], str]) -> str:
    """The table as WordprocessingML, written at once: a cell at a time through python-docx is slow."""
    lines = [(found.headings, _HEAD, True)]
    lines += [(row, "", total) for row, total in zip(found.rows, found.totals, strict=True)]
    rows = [
        {
            "cells": [(for_xml(text), shades.get((number, i), fill)) for i, text in enumerate(texts)],
            "bold": bold,
        }
        for number, (texts, fill, bold) in enumerate(lines, -1)
    ]
    return filled("word_table.xml", rows=rows, widths=shape.widths, size=shape.size, right=found.right)
