"""A question with what was counted of it, and what all tables of questions share: title, banner, weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.answers.coding import Coding, weights_of
from visittally.dataclass import dataclass
from visittally.tables.table import Cell, Column, Text
from visittally.words.labels import not_recorded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np

    from visittally.answers.axes import CodedAxis
    from visittally.answers.book import AnswerBook
    from visittally.counting.tally import Frame
    from visittally.survey.variables import Variable

Key = tuple[int, ...]
"""Positions of the keys of a banner's group."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A question with everything that was counted of it.

    Attributes:
        by: The banner.
        frame: Distinct combinations of the banner's values, the question's value and (last) the weight.
        weight: Dimension of the weight, or None.
        book: How to read its answers; None for numbers, dates and texts.
        distinct: For texts: how many different ones, by banner keys (`()` in all).
    """

    question: Variable
    by: tuple[CodedAxis, ...]
    frame: Frame
    weight: int | None
    book: AnswerBook | None
    distinct: Mapping[tuple[str, ...], int]

    @property
    def dimension(self) -> int:
        """The frame's dimension that holds the question."""
        return len(self.by)


def title_of(counted: Counted) -> str:
    """The question's text, its name behind it; the name alone where there is no text."""
    question = counted.question
    return (
        f"{question.label} ({question.name})" if question.label and question.label != question.name else question.name
    )


def by_columns(by: Sequence[CodedAxis]) -> list[Column]:
    """The columns of a banner."""
    return [Column(axis.axis.name, axis.axis.label) for axis in by]


def by_cells(by: Sequence[CodedAxis], key: Key) -> list[Cell]:
    """The cells of a banner's group."""
    cells: list[Cell] = []
    for axis, position in zip(by, key, strict=True):
        name = axis.coding.keys[position]
        cells.append(Text(name, axis.labels.get(name, "") or ("" if name else not_recorded())))
    return cells


def codings_of(counted: Counted) -> dict[int, Coding]:
    """Dimension of the frame -> what its values mean, for each axis of the banner."""
    return {i: axis.coding.aligned(counted.frame.values[i]) for i, axis in enumerate(counted.by)}


def weights_in(counted: Counted) -> np.ndarray:
    """Weight of each combination of the frame: its cases where there are no weights."""
    return counted.frame.counts if counted.weight is None else weights_of(counted.frame, counted.weight)


def is_number(text: str) -> bool:
    """Whether a code is a number.

    >>> is_number("-1.5"), is_number("yes")
    (True, False)
    """
    try:
        float(text)
    except ValueError:
        return False
    return True
