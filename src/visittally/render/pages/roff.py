"""Pages of the guide as a manual page: roff with the macros of man(7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.render.pages.blocks import Entry, PageHeading, PageParagraph, PageRows, Verbatim, blocks
from visittally.render.pages.terminal import figures
from visittally.words.patterns import pattern
from visittally.words.wrapping import pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from visittally.render.pages.blocks import Block

_EXPLAINED = 3
"""Tables of so many columns explain their first one; wider ones hold figures."""
_BOLD = pattern(r"\*\*(.+?)\*\*|`(.+?)`")
_BREAK = r"\:"
"""Where a line may end without a space: roff does not know that Chinese lines end anywhere."""


def manual(name: str, version: str, summary: str, synopsis: str, pages: Iterable[str]) -> str:
    """One manual page of several pages, for `man -l` or a folder `man1`.

    Args:
        name: Of the program.
        version: Of the program.
        summary: What it is for, in a line.
        synopsis: How it is called.
        pages: Markdown; the heading of each becomes a section.
    """
    lines = [
        f'.TH {_quoted(name.upper())} 1 "" {_quoted(f"{name} {version}")}',
        *(".nh", ".ad l"),  # neither words cut nor lines spread: commands stand in them
        ".SH NAME",
        rf"{_text(name)} \- {_text(summary)}",
        ".SH SYNOPSIS",
        _text(synopsis),
    ]
    for page in pages:
        for block in blocks(page):
            lines += _lines(block)
    return "\n".join(lines) + "\n"


def _lines(block: Block) -> Iterator[str]:
    match block:
        case PageHeading(level=level, text=text):
            yield f"{'.SH' if level == 1 else '.SS'} {_quoted(text)}"
        case PageParagraph(text=text):
            yield from (".PP", _text(text))
        case Entry(mark=mark, text=text):
            bullet = mark if mark[:1].isdigit() else r"\(bu"
            yield from (f".IP {bullet} 4", _text(text))
        case Verbatim(lines=lines):
            yield from _verbatim(lines)
        case PageRows() if len(block.headings) <= _EXPLAINED:
            for row in block.rows:
                yield from (".TP", _text(row[0]) or r"\&")
                yield from "\n.br\n".join(_text(cell) for cell in row[1:] if cell).splitlines() or [r"\&"]
        case PageRows():
            yield from _verbatim(figures(block))


def _verbatim(lines: Iterable[str]) -> Iterator[str]:
    yield from (".PP", ".RS 4", ".EX", *(_line(_escaped(line)) for line in lines), ".EE", ".RE")


def _text(text: str) -> str:
    """A line of roff, with bold type and with places where Chinese lines may end."""
    found = []
    at = 0
    for match in _BOLD.finditer(text):
        found += [_broken(text[at : match.start()]), r"\fB", _broken(match[1] or match[2]), r"\fR"]
        at = match.end()
    return _line("".join((*found, _broken(text[at:]))))


def _broken(text: str) -> str:
    if text.isascii():
        return _escaped(text)
    return _BREAK.join(_escaped(piece) for piece in pieces(text)).replace(f"{_BREAK} {_BREAK}", " ")


def _escaped(text: str) -> str:
    return text.replace("\\", r"\e").replace("-", r"\-").replace("'", r"\(aq").replace("`", r"\(ga")


def _line(text: str) -> str:
    """A line that is no request, though it begins like one."""
    return rf"\&{text}" if text.startswith((".", "'")) else text


def _quoted(text: str) -> str:
    return '"' + _escaped(text).replace('"', r"\(dq") + '"'
