"""What the columns of tables measure: by this protection against disclosure knows a figure again in every table.

A column of counts says what is counted, one of shares of which counts these are made, one of words whether they tell
rows apart. Analyses say so where they make a column; `disclosure` knows no names of columns.
"""

from __future__ import annotations

import math
from dataclasses import field
from enum import Enum, auto
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Mapping


class Content(Enum):
    """What sort of thing stands in the cells of a column."""

    ROW = auto()
    """What a row is about: a place, a period, a question."""
    ANSWER = auto()
    """What a row is about, too: what people said, which may be rare, and may be sensitive."""
    REMARK = auto()
    """A description of a row that tells nothing apart and is no figure."""
    FIGURE = auto()
    """A number of records, mentions, households; with a base, a share."""
    MADE = auto()
    """What is made of figures: a mean, a limit, a difference, a date."""
    RANK = auto()
    """A place in an order of figures."""
    FREE = auto()
    """A number that says nothing of records: a threshold, a place in a file."""
    RECORD = auto()
    """What belongs to a single record or household: tables with it list people."""
    LOOSE = auto()
    """A figure that is put together from others in too many ways to be followed."""


class Scope(Enum):
    """What a figure is about, beside the answer of its row."""

    ROW = auto()
    """What the row is about."""
    PLACE = auto()
    """All answers of the row's place together."""
    ANSWER = auto()
    """The answer of the row in all places together."""
    SURVEY = auto()
    """The survey as a whole."""


@dataclass(frozen=True, slots=True)
class Measure:
    """What a column measures.

    Attributes:
        kind: What sort of thing stands in it.
        names: What is counted: of several names the first under which the figure is known. Of what is made of
            figures, all of these; none: all figures of the row.
        scope: What the figure is about.
        about: What it is about beside that: ("side", "before"), ("question", "age").
        across: The field whose values head columns such as this one in a crosstab, or "".
        by: The column of the row whose value names what is counted, or "".
        named: Value in that column -> what is counted, where that is called otherwise.
        moved: A column of the row, and for its values those of another row that the figure is about.
        times: So many times the smallest count must lie below a statistic for it to be shown.
        known: Whether it comes from a roster, not from what people said.
        coarse: Whether it names places large enough to show sensitive issues by.
        sensitive: Whether its words sort what people said, so that some of them may be sensitive.
    """

    kind: Content
    names: tuple[str, ...] = ()
    scope: Scope = Scope.ROW
    about: frozenset[tuple[str, str]] = frozenset()
    across: str = ""
    by: str = ""
    named: Mapping[str, str] = field(default_factory=dict)
    moved: tuple[str, Mapping[str, str]] | None = None
    times: float = 0
    known: bool = False
    coarse: bool = False
    sensitive: bool = False

    @property
    def name(self) -> str:
        """What is counted, under its first name; "" where that is no figure."""
        return self.names[0] if self.kind is Content.FIGURE and self.names else ""


ROW = Measure(Content.ROW)
COARSE_PLACE = Measure(Content.ROW, coarse=True)
ANSWER = Measure(Content.ANSWER, sensitive=True)
CATEGORY = Measure(Content.ROW, sensitive=True)
"""A kind of issue that rows are made by."""
REMARK = Measure(Content.REMARK)
CATEGORY_BESIDE = Measure(Content.REMARK, sensitive=True)
"""The kind of issue that stands beside each."""
RANK = Measure(Content.RANK)
FREE = Measure(Content.FREE)
RECORD = Measure(Content.RECORD)
LOOSE = Measure(Content.LOOSE)
OF_ROW = Measure(Content.MADE)
"""Made of all figures of its row."""
EXTREME = Measure(Content.MADE, times=math.inf)
"""The value of a single record: the least, the largest, the first, the last."""


def counted(
    *names: str, scope: Scope = Scope.ROW, about: frozenset[tuple[str, str]] = frozenset(), known: bool = False
) -> Measure:
    """A number of these, or the first of them that is known with this value."""
    return Measure(Content.FIGURE, names, scope, about, known=known)


def made_of(*names: str, times: float = 0) -> Measure:
    """What is made of these figures of the row; a statistic is shown of `times` as many as the smallest count."""
    return Measure(Content.MADE, names, times=times)


SIDES: Mapping[str, frozenset[tuple[str, str]]] = {
    "before": frozenset({("side", "before")}),
    "after": frozenset(),
}
"""Sides of a comparison -> what their figures are about beside their row; the later side is the survey itself."""

BASE = counted("base", scope=Scope.PLACE)
"""What percentages of cases divide by: the same for all answers of a place."""
CASES = counted("cases", scope=Scope.PLACE)
MENTIONS = counted("mentions", scope=Scope.PLACE)
