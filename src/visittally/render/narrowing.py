"""Tables that are too wide for a page: turned so that their columns are rows, or without what can be spared."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from visittally.render.cells import TextGrid
from visittally.tables.table import Column, Count

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SPARE = ("finish_date", "first_date", "last_date")
"""Columns that a page can do without, the first one first; workbooks hold them."""
_SPARE_BESIDE_ISSUES = ("not_recorded", "no_issue")
"""The same of a table of places and issues: the table of places tells them."""


def narrowed(found: TextGrid, is_wide: Callable[[TextGrid], bool]) -> TextGrid:
    """The grid so that it fits a page where that can be had: a crosstab of few places turned, dates left out.

    Args:
        found: The grid.
        is_wide: Whether a grid does not fit.
    """
    if not is_wide(found):
        return found
    turned = _turned(found)
    if turned is not None and not is_wide(turned):
        return turned
    left = found
    beside = _SPARE_BESIDE_ISSUES if any(column.spread for column in found.columns) else ()
    for name in (*SPARE, *beside):
        left = _without(left, name)
        if not is_wide(left):
            return left
    return found


def _turned(found: TextGrid) -> TextGrid | None:
    """A crosstab with its columns as rows, the sums of its rows last; None for what is none, or would be as wide."""
    spread = [i for i, column in enumerate(found.columns) if column.spread]
    if not spread or spread[0] != 1 or len(found.rows) >= len(found.headings):
        return None
    bodies = [
        replace(found.columns[spread[0]], name=row[0], label=row[0], spread="" if total else "cells")
        for row, total in zip(found.rows, found.totals, strict=True)
    ]
    others = range(1, len(found.headings))
    return TextGrid(
        columns=(Column("turned", ""), *bodies),
        headings=("", *(row[0] for row in found.rows)),
        rows=tuple((found.headings[i], *(row[i] for row in found.rows)) for i in others),
        cells=tuple((Count(None), *(row[i] for row in found.cells)) for i in others),
        totals=tuple(i not in spread for i in others),
        right=(False, *(True for _row in found.rows)),
    )


def _without(found: TextGrid, name: str) -> TextGrid:
    kept = [i for i, column in enumerate(found.columns) if column.name != name]

    def of(values: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(values[i] for i in kept)

    return TextGrid(
        columns=of(found.columns),
        headings=of(found.headings),
        rows=tuple(map(of, found.rows)),
        cells=tuple(map(of, found.cells)),
        totals=found.totals,
        right=of(found.right),
    )
