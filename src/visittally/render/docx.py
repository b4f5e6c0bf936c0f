"""Word documents: real tables with repeated headings, Chinese fonts, wide tables on turned pages."""

from __future__ import annotations

import io
from functools import partial
from typing import TYPE_CHECKING, Any

from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.shared import Pt, RGBColor

from visittally.dataclass import dataclass
from visittally.render.cells import RenderOptions, for_xml, grid
from visittally.render.narrowing import narrowed
from visittally.render.packing import timeless
from visittally.render.pictures import shades
from visittally.render.templating import filled
from visittally.render.text import below, numbered
from visittally.render.word_charts import add_chart
from visittally.render.word_styles import begin
from visittally.tables.document import (
    ChartKind,
    Document,
    Section,
    of_tables,
)
from visittally.tables.shortening import first_rows, is_rest
from visittally.words.patterns import pattern
from visittally.words.wrapping import display_width, evenly, title_lines, widest_piece

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from visittally.render.cells import TextGrid
    from visittally.render.word_styles import PageStyle
    from visittally.tables.result import Result
    from visittally.tables.table import Table

SIZES = (21, 18, 16)
"""Letters of tables, in half points: the largest that fit."""
WIDEST = 44
"""Narrow characters of the widest column."""
SHORT = 8
"""Narrow characters of a heading that stays on one line."""
WHOLE = 6
"""Narrow characters of a heading that is broken last of all: three Chinese characters make one word."""
_LOOSE, _TIGHT, _TIGHTEST = range(3)
"""How headings are set: short ones on one line; in two lines but for words of three characters; those as well."""
TEXT = 16
"""Narrow characters to which a column of texts gives way where a table is too wide."""
UPRIGHT = 30
"""Narrow characters to which a single column of texts gives way before a page is turned."""
LINES = 3
"""Lines that a heading may take."""
TOGETHER = 12
"""So many rows stay on one page, with the title above and the note below."""
LONG = 50
"""Tables of more rows are set in small letters: they take pages."""
TURNED = 20
"""Rows of a long table on a turned page, with its heading and notes."""
ENDS = 3
"""Rows at either end of a longer table that no page break parts from the others."""
TWIPS = 635
"""EMU in a twentieth of a point, the unit of widths in tables."""
_MARGIN, _NARROW_MARGIN = 70, 40
"""Twips on either side of the text of a cell; where all is set as tight as it can be."""
_HEAD = "E9EEF4"
"""Colour behind headings."""
_DARKEST = (0x7F, 0xB2, 0xE5)
"""Colour of the highest field of a crosstab: red, green, blue."""
_MUTED = RGBColor(0x55, 0x55, 0x55)


_MEETING = pattern(r"[\u3400-\u9fff](?=[0-9A-Za-z])|[0-9A-Za-z](?=[\u3400-\u9fff])")
_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a table is set.

    Attributes:
        widths: Of its columns, in twips.
        size: Of its letters, in half points.
        letter: Twips of a narrow one.
        margin: Twips on either side of the text of a cell.
    """

    widths: tuple[int, ...]
    size: int
    letter: float
    margin: int


@dataclass(frozen=True, slots=True)
class _Paper:
    """What there is for a table: twips between the margins, and those of a narrow character for each half point."""

    room: int
    narrow: float


def render(tables: Sequence[Table], result: Result, options: RenderOptions) -> bytes:
    """A Word document of the tables of one command."""
    return render_document(of_tables(tables, result), options)


def render_document(document: Document, options: RenderOptions, template: Path | None = None) -> bytes:
    """The document for Word.

    Args:
        document: The report.
        options: How figures are shown.
        template: A document of the user's own: its page, styles, header and footer are taken, its text is not.

    Raises:
        ConfigError: The template cannot be read.
    """
    word, style = begin(document, template)
    _title(word, document.title, style)
    for text in document.paragraphs:
        paragraph = word.add_paragraph(for_xml(text)).paragraph_format
        paragraph.first_line_indent, paragraph.line_spacing = Pt(style.indent), style.line
    number = 0
    turned = False
    paper = _paper(word, style.narrow)
    headings = _Headings(document.lang)
    for section in document.sections:
        tables = section.for_pages()
        fitted = [_fitted(table, options, paper) for table in tables]
        cut, grids = [table for table, _found in fitted], [found for _table, found in fitted]
        turned = _turn(word, wide=bool(grids) and not section.charts and _is_wide(grids[0], paper), turned=turned)
        _section(word, headings.next(section.heading), section, document, options)
        shaded = {chart.table for chart in section.charts if chart.kind is ChartKind.HEAT}
        for table, found in zip(cut, grids, strict=True):
            number += 1
            turned = _turn(word, wide=_is_wide(found, paper), turned=turned)
            _table(word, table, found, number, narrow=style.narrow, shaded=table.name in shaded)
    _turn(word, wide=False, turned=turned)
    for heading, lines in document.closing():
        if heading:
            _listed(word, headings.next(heading), lines, Pt(9) if lines == document.provenance else None)
            continue
        for line in lines:
            word.add_paragraph(for_xml(line)).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    out = io.BytesIO()
    word.save(out)
    return timeless(out.getvalue())


def _title(word: Any, title: str, style: PageStyle) -> None:
    """Write the title; a Chinese one breaks between its parts, so that no character is left alone."""
    page = word.sections[-1]
    size = word.styles["Title"].font.size or style.letters["Title"][1]
    room = int((page.page_width - page.left_margin - page.right_margin) / size * 2)
    # Between Chinese and other characters Word sets a quarter of a character apart; other fonts are somewhat wider.
    first, *more = title_lines(title, room - 2 - len(_MEETING.findall(title)) // 2)
    heading = word.add_heading(for_xml(first), 0)
    for line in more:
        heading.add_run().add_break()
        heading.add_run(for_xml(line))


def _fitted(table: Table, options: RenderOptions, paper: _Paper) -> tuple[Table, TextGrid]:
    """A table as it stands on a page; a wide one that is cut anyway is cut so that one turned page holds it."""
    for most in (options.most, min(options.most, TURNED)):
        cut = first_rows(table, most)
        found = narrowed(grid(cut, options), partial(_is_wide, paper=paper))
        if not _is_wide(found, paper) or len(found.rows) <= TURNED:
            break
    return cut, found


def _listed(word: Any, heading: str, lines: Sequence[str], size: Pt | None) -> None:
    word.add_heading(heading, 1)
    for i, line in enumerate(lines):
        paragraph = word.add_paragraph(style="List Bullet")
        paragraph.add_run(for_xml(line)).font.size = size
        # No single line stands on a page alone, before its end or after; what is in small letters stays together.
        ends = i in (0, len(lines) - 2)
        paragraph.paragraph_format.keep_with_next = i < len(lines) - 1 and (size is not None or ends)


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
        page.page_width, page.page_height = page.page_height, page.page_width
        # The margins turn with the page: what was above is at the side.
        page.left_margin, page.right_margin, page.top_margin, page.bottom_margin = (
            page.top_margin,
            page.bottom_margin,
            page.left_margin,
            page.right_margin,
        )
    return wide


def _section(word: Any, heading: str, section: Section, document: Document, options: RenderOptions) -> None:
    """Write what stands before the tables of a section."""
    word.add_heading(for_xml(heading), 1)
    for paragraph in section.paragraphs:
        word.add_paragraph(for_xml(paragraph))
    for chart in section.charts:
        add_chart(word, chart, document, options)


def _table(word: Any, table: Table, found: TextGrid, number: int, *, narrow: float, shaded: bool) -> None:
    """Write a table, its title above, its base and notes below; the fields of a crosstab may be shaded."""
    caption = word.add_paragraph(for_xml(numbered(table, number)), style="Caption")
    notes = below(table)
    if found.columns:
        colours = _colours(found) if shaded else {}
        shape = _shaped(found, _paper(word, narrow))
        caption._p.addnext(parse_xml(_table_xml(found, shape, colours, noted=bool(notes))))  # noqa: SLF001
    for i, line in enumerate(notes):
        note = word.add_paragraph()
        note.paragraph_format.keep_with_next = i < len(notes) - 1
        note.paragraph_format.space_before, note.paragraph_format.space_after = Pt(0 if i else 4), Pt(0)
        note.paragraph_format.line_spacing = 1.0
        run = note.add_run(for_xml(line))
        run.font.size, run.font.color.rgb = Pt(9), _MUTED


def _paper(word: Any, narrow: float) -> _Paper:
    """The page that is written now."""
    page = word.sections[-1]
    return _Paper(int(page.page_width - page.left_margin - page.right_margin) // TWIPS, narrow)


def _is_wide(found: TextGrid, paper: _Paper) -> bool:
    """Whether a table needs a turned page: it does not fit between the margins in the smallest letters."""
    return sum(_measured(found, _TIGHTEST)) * SIZES[-1] * paper.narrow > paper.room


def _measured(found: TextGrid, tight: int = _LOOSE) -> tuple[int, ...]:
    """Width of each column in narrow characters."""
    widths = []
    texts = sum(not right for right in found.right)
    for i, heading in enumerate(found.headings):
        longest = _longest(found, i, broken=tight == _TIGHTEST)
        most = UPRIGHT if tight == _TIGHTEST and texts == 1 and not found.right[i] else WIDEST
        widths.append(min(max(longest, _broken(heading, tight), 4), most) + _padding(tight))
    return tuple(widths)


def _padding(tight: int) -> int:
    """Narrow characters that the margins of a cell take."""
    return 1 if tight == _TIGHTEST else 2


def _longest(found: TextGrid, column: int, *, broken: bool) -> int:
    """Width of the longest text of a column; `broken`: those of totals may go on in a second line at a space."""
    texts = [row[column] for row in found.rows]
    ends = _sums(found) if broken else len(texts)
    whole = max(map(display_width, texts[:ends]), default=0)
    return max([whole, *map(widest_piece, texts[ends:])])


def _sums(found: TextGrid) -> int:
    """The row from which on rows are sums: the totals at the end, and all that is not shown before them."""
    ends = len(found.rows)
    while ends and (found.totals[ends - 1] or is_rest(found.cells[ends - 1])):
        ends -= 1
    return ends


def _broken(heading: str, tight: int) -> int:
    """Width of a heading that may go on in further lines where it is long."""
    width = display_width(heading)
    if tight and (tight == _TIGHTEST or width > WHOLE) and width <= SHORT:
        return max(_longest_word(heading), -(-width // 2) + 1)
    # Bold letters are wider, and a font that is not installed has another in its place.
    word = _longest_word(heading) if tight == _TIGHTEST else widest_piece(heading) + 2
    return width + 1 if width <= SHORT else max(word, SHORT, -(-width // LINES))


def _longest_word(heading: str) -> int:
    """The room that the longest word of a heading takes: bold, in a font that is not the one measured."""
    cells = widest_piece(heading)
    return cells + max(cells // 6, 1)


def _shaped(found: TextGrid, paper: _Paper) -> _Shape:
    """Columns in proportion to what they hold, between the margins, and letters that fit."""
    room, narrow = paper.room, paper.narrow
    sizes = SIZES if len(found.rows) <= LONG else SIZES[-1:]
    wide = ((sum(_measured(found, tight)), tight) for tight in (_LOOSE, _TIGHT, _TIGHTEST))
    fits = ((size, tight) for cells, tight in wide for size in sizes if cells * size * narrow <= room)
    size, tight = next(fits, (SIZES[-1], _TIGHTEST))
    measured = _given_way(found, tight, room / (size * narrow))
    # Headings that take two lines break in their middle only where there is no room for more.
    scale = size * narrow if tight else min(size * 6.5, room / sum(measured))
    scale = min(scale, room / sum(measured))
    margin = _NARROW_MARGIN if tight == _TIGHTEST else _MARGIN
    return _Shape(tuple(int(width * scale) for width in measured), size, size * narrow, margin)


def _given_way(found: TextGrid, tight: int, room: float) -> list[float]:
    """The widths where they take more than there is: texts give way, figures and whole words do not."""
    measured = _measured(found, tight)
    least = [
        min(
            width,
            _padding(tight) + max(_longest_word(found.headings[i]), _least(found, i), _pair(found.headings[i])),
        )
        for i, width in enumerate(measured)
    ]
    spare = sum(measured) - sum(least)
    share = min(max(sum(measured) - room, 0) / spare, 1) if spare else 0
    return [width - share * (width - low) for width, low in zip(measured, least, strict=True)]


def _pair(heading: str) -> int:
    """The room of two Chinese characters: a heading with one in each line is read by nobody."""
    return min(display_width(heading), 5)


def _least(found: TextGrid, column: int) -> int:
    """The narrowest that the cells of a column may be."""
    widest = _longest(found, column, broken=True)
    return widest if found.right[column] else min(widest, TEXT)


def _heads(headings: Sequence[str], shape: _Shape) -> list[str]:
    """The headings, those that need several lines broken into even ones: a font breaks where its line is full."""
    room = [int((width - 2 * shape.margin) / shape.letter) for width in shape.widths]
    return ["\n".join(evenly(heading, max(cells, 2))) for heading, cells in zip(headings, room, strict=True)]


def _colours(found: TextGrid) -> dict[tuple[int, int], str]:
    """Colours of the fields of a crosstab by row and column."""
    return {
        place: "".join(f"{round(255 + (full - 255) * shade):02X}" for full in _DARKEST)
        for place, shade in shades(found).items()
    }


def _table_xml(found: TextGrid, shape: _Shape, colours: Mapping[tuple[int, int], str], *, noted: bool) -> str:
    """The table as WordprocessingML, written at once: a cell at a time through python-docx is slow."""
    lines: list[tuple[Sequence[str], str, bool]] = [(_heads(found.headings, shape), _HEAD, True)]
    lines += [(row, "", total) for row, total in zip(found.rows, found.totals, strict=True)]
    last = len(found.rows) - 1
    rows = [
        {
            "cells": [
                (list(map(for_xml, text.split("\n"))), colours.get((number, i), fill)) for i, text in enumerate(texts)
            ],
            "bold": bold,
            "keep": (number < last or noted) and (last < TOGETHER or number < ENDS - 1 or number > last - ENDS),
        }
        for number, (texts, fill, bold) in enumerate(lines, -1)
    ]
    return filled("word_table.xml", rows=rows, shape=shape, right=found.right)
