"""Columns as analyses make them: under their usual heading, each with what it measures."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from visittally.tables.measures import (
    ANSWER,
    CATEGORY,
    COARSE_PLACE,
    RECORD,
    REMARK,
    ROW,
    Measure,
    counted,
    made_of,
)
from visittally.tables.table import Column
from visittally.words.labels import heading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from visittally.answers.axes import Axis

_COARSE = frozenset({"county", "township"})
_ANSWERS = frozenset({"issue", "status"})
_CATEGORIES = frozenset({"issue_category", "issue_type", "category"})


def column(
    name: str, measure: Measure, base: Measure | None = None, *, label: str | None = None, **more: Any
) -> Column:
    """A column under its usual heading.

    Args:
        name: Its machine name.
        measure: What its cells say.
        base: What its shares divide by, what its statistics are made of.
        label: Another heading.
        more: As `Column` has it.
    """
    return Column(name, heading(name) if label is None else label, measure=measure, base=base, **more)


def number(name: str, *, label: str | None = None, **more: Any) -> Column:
    """A column of numbers of what it is named after."""
    return column(name, counted(name), label=label, **more)


def share(part: str, *bases: str, label: str | None = None, **more: Any) -> Column:
    """The column of the percentage of a part, in the first of these that is known."""
    return column(f"{part}_percent", counted(part), counted(*bases), label=label, **more)


def limits(*names: str, of: str, base: Measure, **more: Any) -> list[Column]:
    """The columns with the limits of a share."""
    return [column(name, made_of(of), base, **more) for name in names]


def remark(name: str, *, label: str | None = None, **more: Any) -> Column:
    """A column of words that describe a row."""
    return column(name, REMARK, label=label, **more)


def row_column(axis: Axis) -> Column:
    """The column in which rows are named."""
    if axis.field in _ANSWERS:
        measure = ANSWER
    elif axis.field in _CATEGORIES:
        measure = CATEGORY
    else:
        measure = COARSE_PLACE if axis.field in _COARSE else ROW
    return Column(axis.name, axis.label, measure=measure)


def single_records(columns: Iterable[Column]) -> list[Column]:
    """The columns of a table of which each row is a record or a household."""
    return [replace(column, measure=RECORD) for column in columns]
