"""What is counted to follow issues up, what its values mean, and the figures that come of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from visittally.answers.axes import CodedAxis, code_axis
from visittally.answers.coding import Coding, per_value
from visittally.answers.issues import code_issues
from visittally.counting.plan import Dimension, Group
from visittally.dataclass import dataclass
from visittally.survey.projection import Projection
from visittally.words.codebook import Codebook
from visittally.words.dispositions import Dispositions
from visittally.words.replies import flagged

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from visittally.analyses.campaign import Campaign
    from visittally.analyses.followup.handling import Figures
    from visittally.answers.axes import Axis
    from visittally.answers.issues import IssueCoding
    from visittally.counting.tally import Frame
    from visittally.settings import Settings

DATES = ("visit_date", "due_date", "resolved_date", "handover_date")
"""Dates of an issue: when it was raised, is due, was resolved, was handed over to who is in charge."""


Key = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class IssuePlan:
    """What is counted together to follow the issues up.

    Attributes:
        axes: What makes the rows.
        issue: The issue; None where every record is one.
        status: What became of it.
        dates: Field -> date, as far as there are columns.
        kind: What the household wants (a question, a request ...): an answered question is resolved.
        legacy: Whether it is of old: such issues are told apart and stand in no timeliness.
        main: By row, issue and status, with the dates.
        replies: By row, issue and status: whether there was a reply, satisfaction, reported before; None without any.
        per_case: Whether a record counts once, however many issues it names.
    """

    axes: tuple[Axis, ...]
    issue: Axis | None
    status: Axis
    dates: Mapping[str, Axis]
    kind: Axis | None
    legacy: Axis | None
    answers: Mapping[str, Dimension]
    per_case: bool

    @classmethod
    def of(cls, campaign: Campaign, axes: Sequence[Axis], status: Axis) -> IssuePlan:
        """Plan for a campaign."""
        across = campaign.settings.across
        issue = campaign.axis(across) if across else campaign.axis_of_field("issue")
        dates = {f: axis for f in DATES if (axis := campaign.axis_of_field(f)) is not None}
        answers = {}
        for name, projection in (
            ("reply_date", Projection.DAY),
            ("satisfaction", Projection.RAW),
            ("other_satisfaction", Projection.RAW),
            ("prior_report", Projection.RAW),
            ("reported_to", Projection.RAW),
        ):
            variable = campaign.survey.of_field(name)
            if variable is not None:
                answers[name] = Dimension(variable.name, projection)
        per_case = campaign.settings.per == "case" or issue is None
        kind, legacy = campaign.axis_of_field("issue_type"), campaign.axis_of_field("legacy")
        return cls(tuple(axes), issue, status, dates, kind, legacy, answers, per_case)

    @property
    def common(self) -> tuple[Dimension, ...]:
        """Row, issue, status, kind and whether it is of old."""
        axes = (*self.axes, self.issue, self.status, self.kind, self.legacy)
        return tuple(dict.fromkeys(axis.dimension for axis in axes if axis is not None))

    @property
    def main(self) -> Group:
        """The group with the dates."""
        days = (self.day(name) for name in self.dates)
        return Group((*self.common, *dict.fromkeys(days)))

    @property
    def replies(self) -> Group | None:
        """The group with replies and satisfaction; None without such columns."""
        return Group((*self.common, *self.answers.values())) if self.answers else None

    @property
    def columns(self) -> list[int]:
        """The dimension of each axis."""
        return [self.common.index(axis.dimension) for axis in self.axes]

    def day(self, name: str) -> Dimension:
        """The dimension of a date, cut off after its day."""
        variable = self.dates[name].variable
        assert variable is not None
        return Dimension(variable.name, Projection.DAY)


@dataclass(frozen=True, slots=True)
class Followup:
    """All that the tables of the follow-up are made from.

    Attributes:
        axes: What makes the rows, values coded.
        keys: The rows with issues, in order; `()` is the total, the last one.
        figures: Name -> one figure for each of `keys`.
        statuses: Raw status and disposition -> issues.
        as_of: The day to which open issues are counted; None without dates.
        with_due, with_resolved: Whether there are due dates, and dates of resolution beside those of raising.
        answers: Which of reply_date, satisfaction, prior_report there are.
        per_case: Whether a record counts once.
        with_legacy: Whether issues of old are told apart.
        own_status: Whether each issue of a record has a status of its own.
        notes: How things were counted.
    """

    axes: tuple[CodedAxis, ...]
    keys: tuple[Key, ...]
    figures: Figures
    statuses: Mapping[tuple[str, str], int]
    as_of: date | None
    with_due: bool
    with_resolved: bool
    answers: frozenset[str]
    per_case: bool
    with_legacy: bool = False
    own_status: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Interpreter:
    """What the values of the planned dimensions mean.

    Attributes:
        plan: The dimensions.
        settings: Codes and spellings.
        codebook: Categories of issues; known: what statuses stand for.
        issues: What the values of the issue mean; None where every record is one.
        axes: What makes the rows, values coded.
        codings: By dimension of the frame with the dates what its values mean: issue and rows.
    """

    plan: IssuePlan
    settings: Settings
    codebook: Codebook
    known: Dispositions
    issues: IssueCoding | None
    axes: tuple[CodedAxis, ...]
    codings: Mapping[int, Coding]

    @classmethod
    def of(cls, plan: IssuePlan, settings: Settings, frame: Frame) -> Interpreter:
        """Work out what stands in the frame with the dates."""
        codebook, issues = Codebook.load(settings.codebook), None
        codings: dict[int, Coding] = {}
        if plan.issue is not None:
            at = plan.common.index(plan.issue.dimension)
            issues = code_issues(plan.issue, frame.value_counts(at), settings, codebook)
            codings[at] = issues.coding
        axes = []
        for axis, at in zip(plan.axes, plan.columns, strict=True):
            if at in codings and issues is not None:
                coded = CodedAxis(axis, codings[at], issues.labels)
            else:
                coded = code_axis(axis, frame.value_counts(at), settings)
            axes.append(coded)
            codings[at] = coded.coding.aligned(frame.values[at])
        known = Dispositions.load(settings.statuses, settings.labelled_statuses, settings.status_options)
        return cls(plan, settings, codebook, known, issues, tuple(axes), codings)

    def issue_coding(self, frame: Frame, dimension: int) -> IssueCoding:
        """What the issues of a frame mean."""
        assert self.plan.issue is not None
        return code_issues(self.plan.issue, frame.value_counts(dimension), self.settings, self.codebook)

    def codes(self, frame: Frame, dimensions: Sequence[Dimension]) -> list[str]:
        """The disposition of each status in a frame."""
        return [self.known.disposition(value) for value in frame.values[dimensions.index(self.plan.status.dimension)]]

    def old(self, frame: Frame, dimensions: Sequence[Dimension]) -> np.ndarray:
        """Whether each combination is an issue of old."""
        if self.plan.legacy is None:
            return np.zeros(len(frame.counts), bool)
        at = dimensions.index(self.plan.legacy.dimension)
        return per_value(frame, at, [flagged(value) for value in frame.values[at]])

    def kinds(self, frame: Frame, dimensions: Sequence[Dimension]) -> np.ndarray:
        """Whether each combination is a question, which is resolved by its answer."""
        if self.plan.kind is None:
            return np.zeros(len(frame.counts), bool)
        at = dimensions.index(self.plan.kind.dimension)
        return per_value(frame, at, [self.codebook.issue_type(value) == "question" for value in frame.values[at]])
