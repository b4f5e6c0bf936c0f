"""What a page is made of: the part of Markdown in which the guide is written.

Headings, paragraphs, lists without lists in them, fenced blocks and tables; a library that knows all of Markdown
would be one more dependency for pages that are our own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.words.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_HEADING = pattern(r"(#+) (.*)")
_MARK = pattern(r"(?:[-*]|\d+\.) +")
_COMMENT = pattern(r"<!--.*?-->\n?", re.DOTALL)
_BAR = pattern(r"(?<!\\)\|")
_BETWEEN = pattern(r"(?<=[\u2014-\u201d\u3000-\u9fff\uff01-\uff60])\n(?=[\u2014-\u201d\u3000-\u9fff\uff01-\uff60])")
_FENCE = "```"


@dataclass(frozen=True, slots=True)
class PageHeading:
    """A heading; that of the page has level 1."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class PageParagraph:
    """Text that is filled into lines."""

    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a list, with what marks it: a dash, or its number and a full stop."""

    mark: str
    text: str


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Lines that stand as they are."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PageRows:
    """A table: its headings, all blank where it has none, and its rows."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = PageHeading | PageParagraph | Entry | Verbatim | PageRows


def blocks(text: str) -> list[Block]:
    r"""The blocks of a page, in order.

    >>> blocks("# Speed\n\nIt is\nquick.\n")
    [PageHeading(level=1, text='Speed'), PageParagraph(text='It is quick.')]
    """
    return list(_blocks(_COMMENT.sub("", text).splitlines()))


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.startswith(_FENCE):
            end = next(i for i in range(at + 1, len(lines)) if lines[i].startswith(_FENCE))
            yield Verbatim(tuple(lines[at + 1 : end]))
            at = end + 1
        elif found := _HEADING.fullmatch(line):
            yield PageHeading(len(found[1]), found[2])
            at += 1
        elif line.startswith("|"):
            end = _end(lines, at, lambda text: text.startswith("|"))
            heads, _rule, *rows = (_cells(row) for row in lines[at:end])
            yield PageRows(heads, tuple(rows))
            at = end
        elif line.strip():
            mark = _MARK.match(line)
            end = _end(lines, at, lambda text: bool(text.strip()) and not _begins(text))
            whole = _joined([line[mark.end() if mark else 0 :], *lines[at + 1 : end]])
            yield Entry(mark[0].strip(), whole) if mark else PageParagraph(whole)
            at = end
        else:
            at += 1


def _joined(lines: Sequence[str]) -> str:
    """Lines as one, with a space between them unless a Chinese character or sign stands on both sides of it.

    >>> _joined(["All of it", "按村", "汇总"])
    'All of it 按村汇总'
    """
    return _BETWEEN.sub("", "\n".join(line.strip() for line in lines)).replace("\n", " ")


def _end(lines: Sequence[str], first: int, goes_on: Callable[[str], bool]) -> int:
    """The line after the last one that goes on what begins in a line."""
    return next((i for i in range(first + 1, len(lines)) if not goes_on(lines[i])), len(lines))


def _begins(line: str) -> bool:
    """Whether a line begins a block of its own, whatever stands before it."""
    return line.startswith((_FENCE, "|")) or bool(_HEADING.fullmatch(line) or _MARK.match(line))


def _cells(row: str) -> tuple[str, ...]:
    return tuple(cell.strip().replace("\\|", "|") for cell in _BAR.split(row.strip())[1:-1])
