"""Whether a row is like the rows below it, or names their columns."""

from __future__ import annotations

from collections.abc import Sequence

from visittally.reading.looks import (
    SPACES,
    Look,
    is_blank,
    look,
    mostly,
)
from visittally.words.patterns import pattern

Cells = Sequence[str]

_YEAR = pattern(r"(?:19|20)\d\d年?")
_MACHINE_NAME = pattern(r"[A-Za-z_][\w./:\-\[\]]*")


def _columns(body: Sequence[Cells], width: int) -> list[Look]:
    even = all(len(row) == width for row in body)
    columns = zip(*body, strict=True) if even and body else ([r[c] for r in body if c < len(r)] for c in range(width))
    return [mostly(map(look, cells)) for cells in columns]


def contrast(head: Cells, body: Sequence[Cells]) -> int:
    """In how many columns of numbers, dates, codes ... a row holds plain text."""
    return _contrast(head, _columns(body, len(head)))


def _contrast(head: Cells, kinds: Sequence[Look]) -> int:
    plain = (Look.TEXT, Look.CODE)
    return sum(
        kind not in (Look.TEXT, Look.BLANK, look(cell)) and look(cell) in plain
        for cell, kind in zip(head, kinds, strict=True)
    )


def _same(head: Cells, body: Sequence[Cells], kinds: Sequence[Look]) -> int:
    """In how many columns a row holds the like (numbers, dates ...) or a value that the column holds again."""
    typed = sum(
        kind not in (Look.TEXT, Look.CODE, Look.BLANK) and look(cell) == kind and not _is_year(head, body, c)
        for c, (cell, kind) in enumerate(zip(head, kinds, strict=True))
    )
    again = []
    for c, cell in enumerate(head):
        if kinds[c] in (Look.TEXT, Look.CODE) and look(cell) != Look.BLANK and len(body) > 1:
            again += [c] if any(c < len(row) and row[c] == cell for row in body) else []
    # Options that are chosen by their own name: nothing else ever stands below them, and often nothing.
    options = [c for c in again if _only_itself(head[c], [row[c] for row in body if c < len(row)])]
    return typed + len(again) - (len(options) if len({head[c] for c in options}) > 1 else 0)


def _only_itself(name: str, cells: Sequence[str]) -> bool:
    return {cell.strip(SPACES) for cell in cells} == {"", name.strip(SPACES)}


def _is_year(head: Cells, body: Sequence[Cells], column: int) -> bool:
    """Whether a column of figures is named by the year that they are of."""
    if _YEAR.fullmatch(head[column].strip(SPACES)) is None:
        return False
    return not any(column < len(row) and _YEAR.fullmatch(row[column].strip(SPACES)) for row in body)


def likeness(head: Cells, body: Sequence[Cells]) -> float:
    """How much more a row looks like names than like a record; above 0 for a header."""
    texts = [cell.strip(SPACES) for cell in head if not is_blank(cell)]
    if not texts:
        return -1.0
    values = sum(
        look(cell) in (Look.NUMBER, Look.MOMENT, Look.ADDRESS, Look.FLAG) and not _is_year(head, body, c)
        for c, cell in enumerate(head)
    )
    distinct = len(set(texts)) / len(texts)
    kinds = _columns(body, len(head))
    score = 0.5 * distinct + _contrast(head, kinds) - 1.5 * _same(head, body, kinds)
    if not body:
        score -= 2 * values
    return score - (1.0 if values > 0.5 * len(texts) else 0.0)


def is_header(head: Cells, body: Sequence[Cells]) -> bool:
    """Whether a row names the columns of the rows below it."""
    return likeness(head, body) > 0


def typed(row: Cells, body: Sequence[Cells]) -> int:
    """In how many columns a row holds the like of what stands below: numbers, dates ..."""
    kinds = _columns(body, len(row))
    return sum(k not in (Look.TEXT, Look.BLANK) and look(cell) == k for cell, k in zip(row, kinds, strict=True))


def names_once_more(head: Cells, row: Cells, body: Sequence[Cells]) -> bool:
    """Whether labels stand over names, or names over labels: text in every column of figures, nothing repeated."""
    texts = [cell.strip(SPACES) for cell in row if not is_blank(cell)]
    names = [cell.strip(SPACES) for cell in head if not is_blank(cell)]
    if len(body) < 3 or len(texts) < 0.8 * len(names) or len(set(texts)) < 0.9 * len(texts):
        return False
    machine = max(
        sum(_MACHINE_NAME.fullmatch(text) is not None for text in side) / len(side) for side in (texts, names)
    )
    if machine < 0.8:
        return False
    kinds = _columns(body, len(row))
    return _contrast(row, kinds) >= 3 and not _same(row, body, kinds)
