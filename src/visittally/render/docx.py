"""Word documents: real tables with repeated headings, Chinese fonts, wide tables on turned pages."""

from __future__ import annotations

import io
from datetime import datetime
from typing import TYPE_CHECKING, Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from visittally.dataclass import dataclass
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
A4 = (Mm(210), Mm(297))
WIDE = 112
"""Narrow characters that a line of a table holds on an upright page; wider tables go on turned ones."""
WIDEST = 44
"""Narrow characters of the widest column."""
SHORT = 12
"""Narrow characters of a heading that stays on one line."""
TWIPS = 635
"""EMU in a twentieth of a point, the unit of widths in tables."""
_THEME = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")
_INK = RGBColor(0x1B, 0x1F, 0x24)
_HEAD = "E9EEF4"
"""Colour behind headings."""
_DARKEST = (0x7F, 0xB2, 0xE5)
"""Colour of the highest field of a crosstab: red, green, blue."""
_MUTED = RGBColor(0x55, 0x55, 0x55)


@dataclass(frozen=True, slots=True)
class _Style:
    """How the pages of a language look.

    Attributes:
        margins: Top, bottom, left, right.
        body: Fonts of all that has none of its own: Latin, Chinese.
        letters: Name of a style -> its fonts and size.
        after: Space after a paragraph.
        line: Height of a line of the text; None for that of the font.
        indent: Indent of the first line of a paragraph, in points.
        page_number: What stands on either side of it.
    """

    margins: tuple[Mm, Mm, Mm, Mm]
    body: tuple[str, str]
    letters: Mapping[str, tuple[tuple[str, str], Pt]]
    after: Pt
    line: Pt | None = None
    indent: int = 0
    page_number: tuple[str, str] = ("", "")


_SONG, _FANGSONG, _HEI = ("Times New Roman", "宋体"), ("Times New Roman", "仿宋"), ("Times New Roman", "黑体")
OFFICIAL = _Style(
    margins=(Mm(37), Mm(35), Mm(28), Mm(26)),
    body=_SONG,
    letters={
        "Title": (("Times New Roman", "方正小标宋简体"), Pt(22)),
        "Normal": (_FANGSONG, Pt(16)),
        "Heading 1": (_HEI, Pt(16)),
        "Heading 2": (("Times New Roman", "楷体"), Pt(16)),
        "Caption": (_HEI, Pt(12)),
        "List Bullet": (_FANGSONG, Pt(14)),
    },
    after=Pt(0),
    line=Pt(28),
    indent=32,
    page_number=("— ", " —"),
)
"""Documents of Chinese authorities as far as styles of Word go: GB/T 9704-2012, the type of pages, title and text."""
PLAIN = _Style(
    margins=(Mm(20), Mm(20), Mm(20), Mm(20)),
    body=("Calibri", "宋体"),
    letters={
        "Title": (("Calibri", "微软雅黑"), Pt(22)),
        "Normal": (("Calibri", "宋体"), Pt(10.5)),
        "Heading 1": (("Calibri", "微软雅黑"), Pt(14)),
        "Heading 2": (("Calibri", "微软雅黑"), Pt(12)),
        "Caption": (("Calibri", "微软雅黑"), Pt(10)),
    },
    after=Pt(6),
)
"""Pages in other languages."""
_NUMERALS = "一二三四五六七八九十"


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
    style = OFFICIAL if document.lang == "zh" else PLAIN
    for text in document.paragraphs:
        paragraph = word.add_paragraph(for_xml(text)).paragraph_format
        paragraph.first_line_indent, paragraph.line_spacing = Pt(style.indent), style.line
    number = 0
    turned = False
    headings = _Headings(document.lang)
    for section in document.sections:
        tables = section.for_pages()
        grids = [grid(table.for_people(), options) for table in tables]
        turned = _turn(word, wide=bool(grids) and not section.charts and _is_wide(grids[0]), turned=turned)
        _section(word, headings.next(section.heading), section, document, options)
        shaded = {chart.table for chart in section.charts if chart.kind is ChartKind.HEAT}
        for table, found in zip(tables, grids, strict=True):
            number += 1
            turned = _turn(word, wide=_is_wide(found), turned=turned)
            _table(word, table.for_people(), found, number, shaded=table.name in shaded)
    _turn(word, wide=False, turned=turned)
    for line in document.signed:
        word.add_paragraph(for_xml(line)).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for heading, lines in document.closing():
        _listed(word, headings.next(heading), lines)
    out = io.BytesIO()
    word.save(out)
    return timeless(out.getvalue())


def _set_up(word: Any, document: Document) -> None:
    """Page, fonts and properties."""
    style = OFFICIAL if document.lang == "zh" else PLAIN
    page = word.sections[0]
    page.page_width, page.page_height = A4
    page.top_margin, page.bottom_margin, page.left_margin, page.right_margin = style.margins
    for name, (fonts, size) in style.letters.items():
        _set_letters(word.styles[name], fonts, size)
    own = {word.styles[name].element for name in style.letters}
    for element in word.styles.element.iter(qn("w:rFonts")):
        if own.isdisjoint(element.iterancestors()):
            _set_fonts(element, style.body)
    language = next(word.styles.element.iter(qn("w:lang")), None)
    if language is not None:
        language.set(qn("w:val"), "en-US")
        language.set(qn("w:eastAsia"), "zh-CN")
    word.styles["Normal"].paragraph_format.space_after = style.after
    if style.line is not None:
        word.styles["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    caption = word.styles["Caption"]
    caption.font.color.rgb = RGBColor(0, 0, 0)
    caption.paragraph_format.keep_with_next = True
    caption.paragraph_format.space_before = Pt(10)
    about = word.core_properties
    about.title, about.author, about.comments = for_xml(document.title)[:250], "visittally", ""
    about.created = about.modified = CREATED
    about.language = "zh-CN" if document.lang == "zh" else "en"
    _number_pages(page, style.page_number)


def _set_letters(style: Any, fonts: tuple[str, str], size: Pt) -> None:
    """Fonts, size and colour of a style, and no line below titles."""
    properties = style.element.get_or_add_rPr()
    element = properties.find(qn("w:rFonts"))
    _set_fonts(element if element is not None else properties._add_rFonts(), fonts)  # noqa: SLF001
    style.font.size, style.font.bold = size, style.name == "Title" and style.font.bold
    style.font.color.rgb = _INK
    borders = style.element.find(f"{qn('w:pPr')}/{qn('w:pBdr')}")
    if borders is not None:
        borders.getparent().remove(borders)


def _set_fonts(element: Any, fonts: tuple[str, str]) -> None:
    """Name the fonts of a style; those of the theme would come before them."""
    for theme in _THEME:
        element.attrib.pop(qn(f"w:{theme}"), None)
    latin, chinese = fonts
    for script in ("ascii", "hAnsi", "cs"):
        element.set(qn(f"w:{script}"), latin)
    element.set(qn("w:eastAsia"), chinese)


def _number_pages(page: Any, around: tuple[str, str]) -> None:
    """A page number at the foot of each page, between two signs."""
    paragraph = page.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    before, after = around
    paragraph.add_run(before)
    paragraph._p.append(  # noqa: SLF001 - fields have no public way in
        parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    )
    paragraph.add_run(after)


def _listed(word: Any, heading: str, lines: Sequence[str]) -> None:
    if lines:
        word.add_heading(heading, 1)
        for line in lines:
            word.add_paragraph(for_xml(line), style="List Bullet")


class _Headings:
    """Headings in order; in Chinese documents with their number, 一、二、三."""

    def __init__(self, lang: str) -> None:
        self._numbered, self._last = lang == "zh", 0

    def next(self, heading: str) -> str:
        """The heading as it is written."""
        self._last += 1
        if not self._numbered or self._last > len(_NUMERALS):
            return heading
        return f"{_NUMERALS[self._last - 1]}、{heading}"


def _turn(word: Any, *, wide: bool, turned: bool) -> bool:
    """Begin a turned or an upright page where the last was the other; whether pages are turned now."""
    if wide != turned:
        page = word.add_section(WD_SECTION.NEW_PAGE)
        page.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
        page.page_width, page.page_height = A4[::-1] if wide else A4
    return wide


def _section(word: Any, heading: str, section: Section, document: Document, options: RenderOptions) -> None:
    """Write what stands before the tables of a section."""
    word.add_heading(for_xml(heading), 1)
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


def _is_wide(found: Grid) -> bool:
    """Whether a table needs a turned page."""
    return sum(_measured(found)) > WIDE


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
