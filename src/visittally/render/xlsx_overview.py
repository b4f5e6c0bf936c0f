"""The first sheet of a workbook: what people read, to be printed, and the way to the other sheets."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from visittally.dataclass import dataclass
from visittally.messages import _
from visittally.render.cells import for_xml, grid
from visittally.render.text import below
from visittally.render.xlsx_cells import CELL_LENGTH, Book, several_figures, write_cell
from visittally.tables.shortening import ROWS, first_rows
from visittally.tables.table import Text
from visittally.words.wrapping import display_width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visittally.render.cells import TextGrid
    from visittally.tables.document import Document
    from visittally.tables.table import Table

FULL_WIDTH = 76
"""Width of the only column of a first sheet without tables: with it the sheet fits a page."""
PAGE_COLUMNS = 10
"""Columns of the widest table that stands on the first sheet; wider ones have their own sheet alone."""
FEWEST_COLUMNS = 6
"""Columns that lines of words go over at least."""
FIRST_COLUMN, OTHER_COLUMNS = 26, 14
"""Widths of the columns of the first sheet, on which many tables stand."""
LINE_HEIGHT = 16
"""Points of a line of text."""


def overview_page(
    book: Book, sheet: Any, document: Document, sheets: Sequence[tuple[str, str]], *, together: bool
) -> None:
    """Title, findings, tables, a link to each sheet (its name and the title of its table), what to note, provenance."""
    sheet.hide_gridlines(2)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C&P/&N")
    tables = [table for section in document.sections for table in section.for_pages()] if together else []
    fitting = [one for one in (_shown(table, book) for table in tables) if 0 < len(one[1].columns) <= PAGE_COLUMNS]
    page = OverviewPage(book, sheet)
    sheet.set_column(0, 0, FIRST_COLUMN if together else FULL_WIDTH)
    if together:
        page.columns = max([FEWEST_COLUMNS, *(len(found.columns) for _table, found in fitting)])
        sheet.set_column(1, page.columns - 1, OTHER_COLUMNS)
    sheet.write_string(0, 0, for_xml(document.title), book.look(bold=True, font_size=16))
    page.row = 2
    for paragraph in document.paragraphs:
        page.line(paragraph)
    for table, found in fitting:
        page.table(table, found)
    page.heading(_("Tables"))
    link = book.look(font_color="#0563C1", underline=1, text_wrap=True)
    for name, title in sheets:
        target = name.replace("'", "''")
        page.link(f"internal:'{target}'!A1", title, link)
    for heading, lines in document.closing():
        page.heading(heading)
        for line in lines:
            page.line(line)
    # What a link or a heading holds beyond the columns would make the page wider, and its words smaller.
    sheet.print_area(0, 0, page.row - 1, page.columns - 1)


def _shown(table: Table, book: Book) -> tuple[Table, TextGrid]:
    """A table as it stands here."""
    shown = first_rows(table, ROWS, handed_in=False)
    return shown, grid(shown, book.options)


@dataclass(slots=True)
class OverviewPage:
    """The first sheet while it is written, from the top down.

    Attributes:
        book: The workbook.
        sheet: The sheet.
        row: The next free row.
        columns: How many columns lines go over: where tables stand here, as many as the widest has.
    """

    book: Book
    sheet: Any
    row: int = 0
    columns: int = 1

    def heading(self, text: str) -> None:
        """A heading, a row below what is above."""
        self.sheet.write_string(self.row + 1, 0, for_xml(text), self.book.look(bold=True))
        self.row += 2

    def link(self, target: str, title: str, look: Any) -> None:
        """The way to another sheet."""
        shown = for_xml(title)[:250]
        self._room(shown, look)
        self.sheet.write_url(self.row, 0, target, look, shown)
        self.row += 1

    def line(self, text: str, **style: Any) -> None:
        """A paragraph over the width of the page."""
        look = self.book.look(text_wrap=True, **style)
        shown = for_xml(text)[:CELL_LENGTH]
        self._room(shown, look, size=style.get("font_size", 11))
        self.sheet.write_string(self.row, 0, shown, look)
        self.row += 1

    def _room(self, shown: str, look: Any, size: int = 11) -> None:
        """Make a row as wide as the page and as high as what it is to hold."""
        width = FULL_WIDTH
        if self.columns > 1:
            self.sheet.merge_range(self.row, 0, self.row, self.columns - 1, "", look)
            width = FIRST_COLUMN + OTHER_COLUMNS * (self.columns - 1)
        # Programs make a row as high as its text only where nothing says how high it is, and not all of them do.
        lines = -(-display_width(shown) // int(width * 0.9 * 11 / size))
        self.sheet.set_row(self.row, LINE_HEIGHT * max(1, lines))

    def table(self, shown: Table, found: TextGrid) -> None:
        """A table with its title and what stands below."""
        self.row += 1
        self.line(shown.title, bold=True, font_size=12)
        named = next((i for i, right in enumerate(found.right) if not right), 0)
        # The first column alone has room for words: a rank stands behind what it ranks.
        order = sorted(range(len(found.columns)), key=lambda i: i != named)
        for place, i in enumerate(order):
            heading = found.headings[i]
            side: dict[str, Any] = {"align": "right"} if found.right[i] else {"align": "left", "indent": 1}
            look = self.book.look(bold=True, text_wrap=True, bottom=1, valign="bottom", **side)
            self.sheet.write_string(self.row, place, for_xml(heading)[:CELL_LENGTH], look)
        self._heighten([found.headings[i] for i in order])
        for texts, cells, total in zip(found.rows, found.cells, found.totals, strict=True):
            for place, i in enumerate(order):
                # Several figures in a cell are read here, and reckoned with on the sheet of the table.
                text = for_xml(texts[i])
                plain = Text(texts[i]) if several_figures(cells[i]) else cells[i]
                write_cell(self.book, self.sheet, (self.row, place), plain, text, total=total, right=found.right[i])
            self._heighten([texts[i] for i in order])
        for text in below(shown):
            self.line(text)

    def _heighten(self, texts: Sequence[str]) -> None:
        """Make the row of a table as high as its texts, and go on below it."""
        # Words are whole on each line, and letters of other fonts are wider.
        widths = [int(FIRST_COLUMN * 0.9), *[OTHER_COLUMNS] * (len(texts) - 1)]
        lines = (-(-(display_width(text) + 1) // width) for text, width in zip(texts, widths, strict=True))
        self.sheet.set_row(self.row, LINE_HEIGHT * max(lines, default=1))
        self.row += 1
