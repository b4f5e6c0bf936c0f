"""A question with what was counted of it, and what all tables of questions share: title, banner, weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from visittally.answers.coding import Coding, weights_of
from visittally.dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from visittally.answers.axes import CodedAxis
    from visittally.answers.book import AnswerBook
    from visittally.counting.tally import Frame
    from visittally.survey.variables import Variable


@dataclass(frozen=True, slots=True)
class CountedQuestion:
    """A question with everything that was counted of it.

    Attributes:
        by: The banner.
        frame: Distinct combinations of the banner's values, the question's value and (last) the weight.
        weight: Dimension of the weight, or None.
        book: How to read its answers; None for numbers, dates and texts.
        distinct: For texts: how many different ones, by banner keys (`()` in all).
        whose: Where a case may have several combinations, as each of its numbers is one: which belong together.
    """

    question: Variable
    by: tuple[CodedAxis, ...]
    frame: Frame
    weight: int | None
    book: AnswerBook | None
    distinct: Mapping[tuple[str, ...], int]
    whose: np.ndarray | None = None

    def cases(self, chosen: np.ndarray) -> int:
        """How many cases have some of the chosen combinations of the frame (truth values)."""
        own = np.flatnonzero(chosen)
        if self.whose is not None:
            own = own[np.unique(self.whose[own], return_index=True)[1]]
        return int(self.frame.counts[own].sum())

    @property
    def dimension(self) -> int:
        """The frame's dimension that holds the question."""
        return len(self.by)


def title_of(counted: CountedQuestion) -> str:
    """The question's text, its name behind it; the name alone where there is no text."""
    question = counted.question
    return (
        f"{question.label} ({question.name})" if question.label and question.label != question.name else question.name
    )


def of_question(counted: CountedQuestion) -> frozenset[tuple[str, str]]:
    """What the figures of a question's table are about beside their rows."""
    return frozenset({("question", counted.question.name)})


def codings_of(counted: CountedQuestion) -> dict[int, Coding]:
    """Dimension of the frame -> what its values mean, for each axis of the banner."""
    return {i: axis.coding.aligned(counted.frame.values[i]) for i, axis in enumerate(counted.by)}


def weights_in(counted: CountedQuestion) -> np.ndarray:
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
