"""Tables and sentences as they stand in a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Rows:
    """A table as it stands in a file, header, totals and notes among its rows.

    Attributes:
        rows: The texts of its cells; all rows are equally long, a merged cell stands in each field that it covers.
        lines: Physical line of each row (of a document: its number among the lines and rows), from 1.
        title: What stands above it, "" where nothing does.
    """

    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a text with the line where it begins."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Finished:
    """What stands in one file.

    Attributes:
        file: Its name as the user gave it.
        tables: Its tables in order.
        paragraphs: Its sentences, those of the tables left out.
    """

    file: str
    tables: tuple[Rows, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()


def squared(rows: Sequence[Sequence[str]], lines: Sequence[int], title: str = "") -> Rows:
    """Rows as wide as the widest of them."""
    width = max(map(len, rows), default=0)
    return Rows(tuple((*row, *[""] * (width - len(row))) for row in rows), tuple(lines), title)
