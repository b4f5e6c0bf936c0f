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

    from visittally.tables.document import Document
    from visittally.tables.table import Table

FULL_WIDTH = 76
"""Width of the only column of a first sheet without tables: with it the sheet fits a page."""
PAGE_COLUMNS = 10
"""Columns of a table that stands on the first sheet; wider ones have their own sheet alone."""
FIRST_COLUMN, OTHER_COLUMNS = 26, 13
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
    page = OverviewPage(book, sheet)
    sheet.set_column(0, 0, FIRST_COLUMN if together else FULL_WIDTH)
    if together:
        sheet.set_column(1, PAGE_COLUMNS - 1, OTHER_COLUMNS)
    page.together = together
    sheet.write_string(0, 0, for_xml(document.title), book.look(bold=True, font_size=16))
    page.row = 2
    for paragraph in document.paragraphs:
        page.line(paragraph)
    if together:
        for table in (table for section in document.sections for table in section.for_pages()):
            page.table(table)
    page.heading(_("Tables"))
    link = book.file.get_default_url_format()
    for name, title in sheets:
        target = name.replace("'", "''")
        sheet.write_url(page.row, 0, f"internal:'{target}'!A1", link, for_xml(title)[:250])
        page.row += 1
    for heading, lines in document.closing():
        page.heading(heading)
        for line in lines:
            page.line(line)


@dataclass(slots=True)
class OverviewPage:
    """The first sheet while it is written, from the top down.

    Attributes:
        book: The workbook.
        sheet: The sheet.
        row: The next free row.
        together: Whether tables stand here, so that lines go over all their columns.
    """

    book: Book
    sheet: Any
    row: int = 0
    together: bool = False

    def heading(self, text: str) -> None:
        """A heading, a row below what is above."""
        self.sheet.write_string(self.row + 1, 0, for_xml(text), self.book.look(bold=True))
        self.row += 2

    def line(self, text: str) -> None:
        """A paragraph over the width of the page."""
        look = self.book.look(text_wrap=True)
        shown = for_xml(text)[:CELL_LENGTH]
        width = FULL_WIDTH
        if self.together:
            self.sheet.merge_range(self.row, 0, self.row, PAGE_COLUMNS - 1, "", look)
            width = FIRST_COLUMN + OTHER_COLUMNS * (PAGE_COLUMNS - 1)
        self.sheet.write_string(self.row, 0, shown, look)
        # Programs make a row as high as its text only where nothing says how high it is, and not all of them do.
        self.sheet.set_row(self.row, LINE_HEIGHT * max(1, -(-display_width(shown) // int(width * 0.9))))
        self.row += 1

    def table(self, table: Table) -> None:
        """A table with its title and what stands below; a wide one is left to its own sheet."""
        shown = first_rows(table, ROWS, handed_in=False)
        found = grid(shown, self.book.options)
        if not found.columns or len(found.columns) > PAGE_COLUMNS:
            return
        self.sheet.write_string(self.row + 1, 0, for_xml(table.title), self.book.look(bold=True, font_size=12))
        self.row += 2
        for i, heading in enumerate(found.headings):
            side: dict[str, Any] = {"align": "right"} if found.right[i] else {"align": "left", "indent": 1}
            look = self.book.look(bold=True, text_wrap=True, bottom=1, **side)
            self.sheet.write_string(self.row, i, for_xml(heading)[:CELL_LENGTH], look)
        # Programs make a row as high as its text only where nothing says how high it is.
        widths = [FIRST_COLUMN, *[OTHER_COLUMNS] * (len(found.headings) - 1)]
        taken = (-(-(display_width(h) + 1) // int(width)) for h, width in zip(found.headings, widths, strict=True))
        self.sheet.set_row(self.row, LINE_HEIGHT * max(1, *taken))
        self.row += 1
        for texts, cells, total in zip(found.rows, found.cells, found.totals, strict=True):
            for i, (text, cell) in enumerate(zip(texts, cells, strict=True)):
                # Several figures in a cell are read here, and reckoned with on the sheet of the table.
                plain = Text(text) if several_figures(cell) else cell
                write_cell(
                    self.book, self.sheet, (self.row, i), plain, for_xml(text), total=total, right=found.right[i]
                )
            self.row += 1
        for text in below(shown):
            self.line(text)
