"""Markdown for pandoc, GitHub and pasting: pipe tables with every cell escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.render.cells import RenderOptions, TextGrid, grid, visible
from visittally.render.text import below, numbered
from visittally.tables.shortening import first_rows
from visittally.words.patterns import pattern
from visittally.words.wrapping import display_width, padded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visittally.tables.document import Document
    from visittally.tables.result import Result
    from visittally.tables.table import Table

_SPECIAL = pattern(r"[\\`*_{}\[\]<>|~^$&@]")
_LEADING = pattern(r"^(#+|[+\-=:]|\d+(?=[.)]))")


def escape(text: str) -> str:
    r"""The text so that Markdown shows it as it is.

    >>> print(escape("<b> | a_b"), escape("1. one"))
    \<b\> \| a\_b 1\. one
    """
    escaped = _SPECIAL.sub(r"\\\g<0>", visible(text))
    return _LEADING.sub(lambda match: f"{match[0]}\\" if match[0].isdigit() else f"\\{match[0]}", escaped)


def render(tables: Sequence[Table], _result: Result, options: RenderOptions) -> bytes:
    """Markdown of all tables, each with its title, base and notes."""
    shown = (first_rows(table, options.most) for table in tables)
    parts = [part(table, number, options) for number, table in enumerate(shown, 1)]
    return "\n".join(parts).encode("utf-8", "backslashreplace")


def part(table: Table, number: int, options: RenderOptions) -> str:
    """A table with its title, base and notes as paragraphs."""
    title = f"**{escape(numbered(table, number))}**"
    paragraphs = (title, lay_out(grid(table, options)), *map(escape, below(table)))
    return "\n\n".join(paragraphs) + "\n"


def lay_out(found: TextGrid) -> str:
    """A pipe table, its columns as wide as their widest cell on a terminal."""
    lines = [[_cell(text) for text in row] for row in (found.headings, *found.rows)]
    widths = [max(3, *(display_width(line[i]) for line in lines)) for i in range(len(found.headings))]
    rule = ["-" * (width - right) + ":" * right for width, right in zip(widths, found.right, strict=True)]
    even = [
        [padded(text, width, right=right) for text, width, right in zip(line, widths, found.right, strict=True)]
        for line in lines
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in (even[0], rule, *even[1:]))


def _cell(text: str) -> str:
    """A cell; a lone sign such as "-" or a negative number needs no escape inside a table."""
    return _SPECIAL.sub(r"\\\g<0>", text)


def render_document(document: Document, options: RenderOptions) -> bytes:
    """Markdown of a whole document; charts are left to the tables that they are drawn from."""
    parts = [f"# {escape(document.title)}", *map(escape, document.paragraphs)]
    number = 0
    for section in document.sections:
        parts += [f"## {escape(section.heading)}", *map(escape, section.paragraphs)]
        for table in section.for_pages():
            number += 1
            parts.append(part(first_rows(table, options.most), number, options).rstrip("\n"))
    for heading, lines in document.closing():
        listed = "\n".join(f"- {escape(line)}" for line in lines)
        parts += [f"## {escape(heading)}", listed] if heading else map(escape, lines)
    return ("\n\n".join(parts) + "\n").encode("utf-8", "backslashreplace")
