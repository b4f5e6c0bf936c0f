"""Tables and paragraphs of HTML pages."""

from __future__ import annotations

from typing import Any

from visittally.errors import InputError
from visittally.messages import _
from visittally.reading.finished.rows import Finished, Paragraph, Rows, squared
from visittally.reading.workbooks.markup import parsed, said

_PROSE = ("p", "li", "h1", "h2", "h3", "h4", "caption", "figcaption", "dd", "dt")
_UNSEEN = ("script", "style", "svg", "template", "noscript")
_WIDEST = 1_000
"""Columns and rows over which a merged cell can go."""


def of_page(name: str, content: bytes) -> Finished:
    """What stands in a page: the tables that hold no others, and the text outside of tables.

    Raises:
        InputError: There is nothing in it, or what is in it cannot be read whole.
    """
    from lxml import etree

    try:
        root = parsed(content, name, _encoding(content))
    except (etree.ParserError, ValueError) as error:
        text = _("{name} is a page without anything to read.")
        raise InputError(text.format(name=name)) from error
    etree.strip_elements(root, *_UNSEEN, with_tail=False)
    tables: list[Rows] = []
    paragraphs: list[Paragraph] = []
    for element in root.iter("table", *_PROSE):
        line = element.sourceline or 0
        if element.tag == "table":
            if element.find(".//table") is None:
                tables.append(_rows(element, paragraphs[-1].text if paragraphs else ""))
        elif not any(parent.tag in ("table", "li") for parent in element.iterancestors()):
            text = _text(element)
            if text:
                paragraphs.append(Paragraph(line, text))
    return Finished(name, tuple(table for table in tables if table.rows), tuple(paragraphs))


def _encoding(content: bytes) -> str | None:
    """UTF-8 where it is; else what the page says of itself."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _text(element: Any) -> str:
    return " ".join(said(element).split())


def _rows(table: Any, title: str) -> Rows:
    """The rows of a table; a cell over several fields stands in each of them."""
    covered: dict[tuple[int, int], str] = {}
    lines = []
    caption = table.find("caption")
    rows = list(table.iter("tr"))
    for number, row in enumerate(rows):
        lines.append(row.sourceline or number + 1)
        column = 0
        for cell in row.iterchildren("td", "th"):
            while (number, column) in covered:
                column += 1
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            text = _text(cell)
            for down in range(min(high, len(rows) - number)):
                for right in range(wide):
                    covered[number + down, column + right] = text
            column += wide
    width = max((column for _row, column in covered), default=-1) + 1
    texts = [[covered.get((number, column), "") for column in range(width)] for number in range(len(rows))]
    return squared(texts, lines, title if caption is None else _text(caption))


def _span(cell: Any, name: str) -> int:
    """Over how many fields a cell goes."""
    text = cell.get(name, "1").strip()
    return max(1, min(int(text), _WIDEST)) if text.isascii() and text.isdigit() else 1
