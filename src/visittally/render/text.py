"""Tables as plain text, in every format that `tabulate` knows."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from visittally.messages import _
from visittally.render.bars import LONGEST, with_bars
from visittally.render.cells import RenderOptions, TextGrid, grid, visible
from visittally.render.fitting import GAP, fit, taken
from visittally.tables.shortening import first_rows
from visittally.words.patterns import pattern
from visittally.words.wrapping import display_width, shortened, widest_piece, wrap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visittally.tables.result import Result
    from visittally.tables.table import Table

BREAKING = frozenset(("asciidoc", "jira", "mediawiki", "orgtbl", "presto", "textile", "youtrack", "moinmoin"))
"""Markup in which a bar would begin a new cell, and `tabulate` does not escape it."""
TITLE = 160
"""Cells that a title takes at most: a question may be read out with all that is said before it."""
_HEADER = pattern(r" \([^()]{1,60}\)$")
"""The header of its column behind a question."""


def numbered(table: Table, number: int) -> str:
    """The title of the table with its number, counted from 1."""
    label = _("Table {number}").format(number=number)
    title = visible(table.title)
    if display_width(title) > TITLE:
        header = _HEADER.search(title)
        end = header[0] if header else ""
        title = shortened(title.removesuffix(end), TITLE - display_width(end)) + end
    return f"{label}  {title}"


def below(table: Table) -> list[str]:
    """What stands under a table: its base and its notes, a line each."""
    base = [table.base.text] if table.base and table.base.text else []
    return [visible(line) for line in (*base, *table.notes)]


def render(tables: Sequence[Table], _result: Result, options: RenderOptions, style: str) -> bytes:
    """Text of all tables, each with its title, base and notes.

    Args:
        tables: What is to be shown.
        options: How cells are rounded.
        style: Name of a format of `tabulate`; "table" is its "simple".
    """
    style = "simple" if style == "table" else style
    parts = []
    for number, table in enumerate((first_rows(table, options.most, handed_in=False) for table in tables), 1):
        found = grid(table, options)
        if options.bars:
            room = options.width - taken(found) - GAP if options.width else LONGEST
            found = with_bars(table, found, room)
        width = options.width if style == "simple" else 0
        parts.append("\n".join((numbered(table, number), lay_out(found, style, width), *below(table))) + "\n")
    return "\n".join(parts).encode("utf-8", "backslashreplace")


def lay_out(found: TextGrid, style: str, width: int = 0) -> str:
    """One table in a format of `tabulate`, and below it the columns for which there was no room.

    All cells are texts already: `tabulate` must not take codes such as `1e5` for numbers.

    Args:
        found: The table.
        style: The format.
        width: Cells of a line, 0 for as many as it takes.
    """
    import tabulate

    fitted = fit(found, width)

    escape = _bars if style in BREAKING else str
    broken = _wrap if style in tabulate.multiline_formats else _unwrapped
    limits = list(zip(fitted.columns, fitted.headings, fitted.texts, strict=True))
    headings = [broken(escape(found.headings[i]), limit) for i, limit, _texts in limits]
    rows = [[broken(escape(row[i]), limit) for i, _heading, limit in limits] for row in found.rows]
    lines = tabulate.tabulate(
        rows,
        headers=headings,
        tablefmt=style,
        disable_numparse=True,
        colalign=["right" if found.right[i] else "left" for i in fitted.columns] if rows else None,
    ).splitlines()
    if fitted.left_out:
        names = ", ".join(fitted.left_out)
        note = _("Not shown for want of room: {names}. A wider window, | cat, -f csv or -o FILE shows all columns.")
        lines += wrap(note.format(names=names), width)
    return "\n".join(line.rstrip() for line in lines)


def _bars(text: str) -> str:
    return text.replace("|", "¦")


def _unwrapped(text: str, _width: int) -> str:
    return text


def _wrap(text: str, most: int) -> str:
    """The text in as few lines as can be, all of about the same width."""
    if display_width(text) <= most:
        return text
    count = len(wrap(text, most))
    least = min(max(-(-display_width(text) // count), widest_piece(text)), most)
    return "\n".join(next(lines for width in range(least, most + 1) if len(lines := wrap(text, width)) == count))


def renderer(style: str) -> partial[bytes]:
    """The renderer of one format of `tabulate`."""
    return partial(render, style=style)
