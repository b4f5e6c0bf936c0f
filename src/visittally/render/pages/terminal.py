"""A page of the guide as lines for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.render.pages.blocks import Entry, PageHeading, PageParagraph, PageRows, Verbatim, blocks
from visittally.words.wrapping import display_width, padded, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator

    from visittally.render.pages.blocks import Block

_WIDEST = 100
"""Lines of text that are longer are hard to read."""
_TERM = 28
"""Cells for what is explained in a table; the explanation of a longer one begins below it."""
_EXPLAINED = 3
"""Tables of so many columns explain their first one; wider ones hold figures."""
_BOLD, _PLAIN = "\x1b[1m", "\x1b[0m"


def laid_out(text: str, width: int, *, bold: bool) -> str:
    """The page, wrapped for so many cells of a terminal.

    Args:
        text: Markdown.
        width: Cells of a line; what stands verbatim is left as it is.
        bold: Whether headings are set in bold type.
    """
    room = min(width, _WIDEST) - 1
    lines: list[str] = []
    before: Block | None = None
    for block in blocks(text):
        if before is not None and not (isinstance(before, Entry) and isinstance(block, Entry)):
            lines.append("")
        lines += _lines(block, room, bold=bold)
        before = block
    return "\n".join(lines) + "\n"


def _lines(block: Block, room: int, *, bold: bool) -> Iterator[str]:
    match block:
        case PageHeading(text=text):
            yield f"{_BOLD}{text}{_PLAIN}" if bold else text
        case PageParagraph(text=text):
            yield from wrap(plain(text), room)
        case Entry(mark=mark, text=text):
            first, *rest = wrap(plain(text), room - len(mark) - 1)
            yield f"{mark} {first}"
            yield from (" " * (len(mark) + 1) + line for line in rest)
        case Verbatim(lines=lines):
            yield from ("  " + line if line else "" for line in lines)
        case PageRows() if len(block.headings) <= _EXPLAINED:
            yield from _explained(block, room)
        case PageRows():
            yield from figures(block)


def plain(text: str) -> str:
    """Text without the signs of bold type.

    >>> plain("**Handled is not resolved.** `--by`")
    'Handled is not resolved. `--by`'
    """
    return text.replace("**", "")


def _explained(table: PageRows, room: int) -> Iterator[str]:
    """Each first cell with the others beside it, one below the other."""
    terms = [plain(row[0]) for row in table.rows]
    column = min(max(map(display_width, terms)), _TERM) + 2
    for term, row in zip(terms, table.rows, strict=True):
        beside = [line for cell in row[1:] if cell for line in wrap(plain(cell), room - column)] or [""]
        if display_width(term) > column - 2:
            yield term
            term = ""  # noqa: PLW2901 - it stands there already
        for line in beside:
            yield (padded(term, column) + line).rstrip()
            term = ""  # noqa: PLW2901


def figures(table: PageRows) -> list[str]:
    """The table with its columns below one another, figures flush right."""
    import tabulate

    rows = [[plain(cell) for cell in row] for row in (table.headings, *table.rows)]
    sides = ["right" if all(row[i][:1].isdigit() for row in rows[1:]) else "left" for i in range(len(rows[0]))]
    return tabulate.tabulate(rows[1:], rows[0], "simple", disable_numparse=True, colalign=sides).splitlines()
