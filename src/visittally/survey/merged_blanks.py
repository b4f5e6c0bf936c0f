"""Names of places that stand in the first of several records only, as merged cells leave them in a text export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.errors import Notice
from visittally.messages import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visittally.survey.variables import Layout, Survey

_LOOKED_THROUGH = 1 << 20
"""Larger tables are exports of tools, which merge no cells; looking through them again would cost time."""
_PLACES = ("county", "township", "village", "group")
_BLANKS = 0.2
_FULL = 0.8
_FEWEST = 5


def blanks_below(survey: Survey) -> list[Notice]:
    """Say where a place is blank below filled ones while the records are otherwise full.

    Nothing is filled down: a blank may also mean that nobody knows.
    """
    found = []
    for layout in survey.layouts:
        if layout.source.delimiter is None or not 0 < layout.source.size <= _LOOKED_THROUGH:
            continue
        columns = _place_columns(layout, survey)
        rows = layout.source.sampled if columns else ()
        for label, at in columns:
            if n := _below(rows, at):
                text = _(
                    '{file}: {n:,} records have no "{column}" below a record that has one; '
                    'if blank means "as above", fill it down in the spreadsheet and export again.'
                )
                message = text.format(file=layout.source.file, n=n, column=label)
                found.append(Notice("blanks_below", message))
    return found


def _place_columns(layout: Layout, survey: Survey) -> list[tuple[str, int]]:
    """Name and position of the columns of a table that hold places."""
    variables = [v for field in _PLACES if (v := survey.of_field(field)) is not None]
    places = {v.name: layout.place(v.name) for v in variables}
    return [(name, at) for name, at in places.items() if at is not None]


def _below(rows: Sequence[Sequence[str]], at: int) -> int:
    """How many records have a blank that merged cells explain; 0 where they do not."""
    filled = [bool(row[at].strip()) for row in rows]
    blank = [row for row, there in zip(rows, filled, strict=True) if not there]
    names = [row[at].strip() for row, there in zip(rows, filled, strict=True) if there]
    if len(rows) < _FEWEST or len(blank) < _BLANKS * len(rows) or not filled[0]:
        return 0
    # Each name once, at the head of its records: whoever leaves a cell out at random repeats names.
    if len(set(names)) < _FULL * len(names):
        return 0
    cells = [bool(cell.strip()) for row in blank for i, cell in enumerate(row) if i != at]
    return len(blank) if cells and sum(cells) >= _FULL * len(cells) else 0
