"""A finished table as figures with roles: which columns are counts, rates, ranks; which rows are totals."""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from visittally.analyses.audit.figures import PrintedFigure, Quotient, figure_of, quotient_of
from visittally.analyses.audit.vocabulary import FigureRole, is_of_which, plain, role_by_heading
from visittally.dataclass import dataclass
from visittally.reading.beginning import find_header
from visittally.reading.looks import Look, is_blank, is_subtotal_word, is_total_word, look
from visittally.words.patterns import pattern
from visittally.words.personal import scrub

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from visittally.reading.finished.rows import Rows

CUMULATIVE_PARTS = 3
"""A row called cumulative is the sum of the rows above it where there are so many."""
_CUMULATIVE = pattern(r"累\s*计")
_COUNT_AND_SHARE = pattern(r"(?P<count>\d[\d,]*)\s*[(\[]\s*(?P<share>\d+(?:\.\d+)?\s*%)\s*[)\]]$")
_PART_OF_WHOLE = pattern(r"(?P<part>\d[\d,]*)\s*/\s*(?P<whole>\d[\d,]*)$")
MOSTLY = 0.6
"""A column prints count and share where so many of its filled cells do."""
_LONG_DIGITS = pattern(r"(?<![\d.])\d{11,}")


class RowKind(StrEnum):
    """What a row of a finished table is."""

    PLAIN = "plain"
    TOTAL = "total"
    SUBTOTAL = "subtotal"
    OF_WHICH = "of_which"


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A row with its figures.

    Attributes:
        line: Where it stands in the file.
        label: What it is about, personal values masked.
        kind: What it is.
        figures: Its figures, None where a cell holds none.
        texts: Its cells as they stand.
        keys: The cells of its label columns.
    """

    line: int
    label: str
    kind: RowKind
    figures: tuple[PrintedFigure | None, ...]
    texts: tuple[str, ...]
    keys: tuple[str, ...]


@dataclass(frozen=True)
class FigureTable:
    """A finished table, understood.

    Attributes:
        number: Its number in its file, from 1.
        title: What stands above it.
        headings: One for each column.
        roles: What each column holds.
        rows: Its rows, header and notes left out.
        quotients: (row, column) -> counts and share that stand in one cell.
    """

    number: int
    title: str
    headings: tuple[str, ...]
    roles: tuple[FigureRole, ...]
    rows: tuple[FigureRow, ...]
    quotients: dict[tuple[int, int], Quotient]

    def columns(self, role: FigureRole) -> list[int]:
        """Positions of the columns of a role."""
        return [c for c, one in enumerate(self.roles) if one is role]

    @cached_property
    def plain_rows(self) -> tuple[int, ...]:
        """Positions of the rows that are neither totals nor parts of others."""
        return tuple(r for r, row in enumerate(self.rows) if row.kind is RowKind.PLAIN)

    @cached_property
    def total_rows(self) -> tuple[int, ...]:
        """Positions of totals and subtotals."""
        return tuple(r for r, row in enumerate(self.rows) if row.kind in (RowKind.TOTAL, RowKind.SUBTOTAL))

    def comparable(self, row: int, columns: Sequence[int]) -> bool:
        """Whether figures of a row can be held against each other: those of a total, where no part lacks one of them.

        What is the total of other rows in one column than in the next follows from nothing there.
        """
        if row not in self.total_rows:
            return True
        known = [[self.rows[r].figures[c] is not None for c in columns] for r in self.plain_rows]
        return all(all(one) or not any(one) for one in known)

    def figure(self, row: int, column: int) -> PrintedFigure | None:
        """The figure at a place."""
        return self.rows[row].figures[column]


def understand_table(
    table: Rows, number: int, totals: Sequence[str] = (), rates: Collection[str] = ()
) -> FigureTable | None:
    """Find header, label columns, figures, totals; None where the rows hold no figures.

    Args:
        table: The rows as they stand.
        number: Its number in its file.
        totals: Labels of total rows, as the user named them.
        rates: Plain headings of rates, as the user named them.
    """
    position = find_header(table.rows)
    body = [r for r in range(position.first_record, len(table.rows)) if any(not is_blank(c) for c in table.rows[r])]
    header = [" ".join(name.split()) for name in position.header]
    headings, cells, parts = _apart(header, [table.rows[r] for r in body])
    if not body or not any(headings):
        return None
    columns = list(zip(*cells, strict=True))[: len(headings)]
    # Part and whole are counts also under the heading of a rate, unless a cell has their share as well.
    judged = [
        FigureRole.COUNT if c in parts and not any(map(quotient_of, cells)) else _role(heading, cells)
        for c, (heading, cells) in enumerate(zip(headings, columns, strict=True))
    ]
    roles = tuple(
        FigureRole.RATE if plain(name) in rates else role for name, role in zip(headings, judged, strict=True)
    )
    if all(role is FigureRole.LABEL for role in roles):
        return None
    figured = [c for c, role in enumerate(roles) if role not in (FigureRole.LABEL, FigureRole.OTHER)]
    labels = [c for c, role in enumerate(roles) if role is FigureRole.LABEL]
    labels = [c for c in labels if not figured or c < figured[0]] or labels[:1]
    named = {plain(label) for label in totals}
    rows: list[FigureRow] = []
    quotients = {}
    for r, texts in zip(body, cells, strict=True):
        figures = [None if role is FigureRole.LABEL else figure_of(texts[c]) for c, role in enumerate(roles)]
        for c, role in enumerate(roles):
            quotient = None if role is FigureRole.LABEL else quotient_of(texts[c])
            if quotient is not None:
                quotients[len(rows), c] = quotient
                figures[c] = quotient.share
        if not any(figures):
            continue
        keys = tuple(texts[c] for c in labels)
        label = masked(" ".join(key.strip() for key in keys if key.strip()) or texts[0])
        rows.append(FigureRow(table.lines[r], label, _kind(keys or texts[:1], named), tuple(figures), texts, keys))
    if not rows:
        return None
    return FigureTable(number, masked(table.title), headings, roles, tuple(_with_cumulative(rows)), quotients)


def _two_figures(cell: str) -> tuple[str, str] | None:
    """Count and share, or part and whole, of a cell that prints both; else None.

    >>> _two_figures("40（12.5%）"), _two_figures("5/40"), _two_figures("12/4"), _two_figures("3/4/2026")
    (('40', '12.5%'), ('5', '40'), None, None)
    """
    text = unicodedata.normalize("NFKC", cell).strip()
    if (found := _COUNT_AND_SHARE.match(text)) is not None:
        return found["count"], found["share"]
    found = _PART_OF_WHOLE.match(text)
    if found is None or int(found["part"].replace(",", "")) > int(found["whole"].replace(",", "")):
        return None
    return found["part"], found["whole"]


def _apart(
    header: Sequence[str], rows: Sequence[Sequence[str]]
) -> tuple[tuple[str, ...], list[tuple[str, ...]], set[int]]:
    """Header and rows with a column for each figure where cells print two: `40 (12.5%)`, `5/40`.

    Returns:
        The headings, the cells, and the positions of the columns that hold part and whole.
    """
    width = max([len(header), *map(len, rows)])
    both = [[_two_figures(row[c]) if c < len(row) else None for c in range(width)] for row in rows]
    split = set()
    for c in range(min(len(header), width)):
        filled = sum(c < len(row) and not is_blank(row[c]) for row in rows)
        found = sum(row[c] is not None for row in both)
        if found > 1 and found >= MOSTLY * filled:
            split.add(c)
    if not split:
        return tuple(header), [tuple(row) for row in rows], set()
    shares = {c for row in both for c, told in enumerate(row) if told and told[1].endswith("%")}
    signs = {c: "%" if c in shares else "/" for c in split}
    names = [
        part for c, name in enumerate(header) for part in ((name, f"{name} {signs[c]}") if c in split else (name,))
    ]
    cells = []
    for row, matches in zip(rows, both, strict=True):
        parts: list[str] = []
        for c, cell in enumerate(row):
            parts += (matches[c] or (cell, "")) if c in split else (cell,)
        cells.append(tuple(parts))
    places = [(c, part) for c in range(len(header)) for part in range(2 if c in split else 1)]
    counts = {at for at, (c, _part) in enumerate(places) if c in split and signs[c] == "/"}
    return tuple(names), cells, counts


def masked(text: str) -> str:
    """A label without what could be a telephone or an identity number."""
    return _LONG_DIGITS.sub("[...]", scrub(" ".join(text.split())))[:80]


def _role(heading: str, cells: Sequence[str]) -> FigureRole:
    filled = [cell for cell in cells if not is_blank(cell) and look(cell) is not Look.BLANK]
    figures = [figure_of(cell) or quotient_of(cell) for cell in filled]
    numbers = [figure for figure in figures if figure is not None]
    if any(isinstance(number, Quotient) for number in numbers):
        # Beside `12/40 30.0%` a base that is too small for a percentage prints `2/5`.
        filled = [cell for cell, figure in zip(filled, figures, strict=True) if figure or _two_figures(cell) is None]
    told = role_by_heading(heading)
    # "共件": a count whose figure was left out is a count all the same.
    enough = 0.5 if told in (FigureRole.RATE, FigureRole.RANK, FigureRole.GROWTH) else 0.7
    if not numbers or len(numbers) < enough * len(filled):
        return FigureRole.OTHER if told is not None and not any(filled) else FigureRole.LABEL
    if told is None and any(isinstance(number, Quotient) or number.percent for number in numbers):
        told = FigureRole.RATE
    if told is not None:
        return told
    if all(look(cell) is Look.MOMENT for cell in filled):
        return FigureRole.OTHER
    plain_numbers = [number for number in numbers if isinstance(number, PrintedFigure)]
    years = all(
        1900 <= number.value <= 2100 and number.decimals == 0 and len(number.text) == 4 for number in plain_numbers
    )
    return FigureRole.LABEL if years and len(set(filled)) > 1 and heading.strip() == "" else FigureRole.COUNT


def _kind(keys: Sequence[str], named: set[str]) -> RowKind:
    for key in keys:
        if plain(key) in named:
            return RowKind.TOTAL
        if is_of_which(key):
            return RowKind.OF_WHICH
        if is_subtotal_word(key):
            return RowKind.SUBTOTAL
        if is_total_word(key):
            return RowKind.TOTAL
    return RowKind.PLAIN


def _with_cumulative(rows: list[FigureRow]) -> list[FigureRow]:
    """The rows where one called cumulative counts as a total only below enough others."""
    from dataclasses import replace

    found = []
    for r, row in enumerate(rows):
        few = r < CUMULATIVE_PARTS and row.kind is RowKind.TOTAL and any(_CUMULATIVE.search(key) for key in row.keys)
        found.append(replace(row, kind=RowKind.PLAIN) if few else row)
    return found
