"""The figures of a summary: distinct combinations, interpreted once and added up."""

from __future__ import annotations

from dataclasses import field, replace
from itertools import repeat
from typing import TYPE_CHECKING, Any

import numpy as np

from visittally.analyses.rows import distinct_by
from visittally.answers.coding import (
    Coding,
    explode,
    per_value,
    weights_of,
)
from visittally.answers.lines import Lines, sums
from visittally.dataclass import dataclass
from visittally.words.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from visittally.analyses.campaign import Campaign
    from visittally.analyses.rows import Key
    from visittally.analyses.unit import Unit
    from visittally.answers.axes import Axis, CodedAxis
    from visittally.answers.issues import IssueCoding
    from visittally.counting.engine import Counts
    from visittally.counting.plan import Distinct, Group
    from visittally.counting.tally import Frame

Amount = int | float
"""A number of cases or mentions, or the sum of their weights."""


@dataclass(frozen=True, slots=True)
class ByRow:
    """A figure of each row, and of all rows together: there a case counts once, however many rows it is in."""

    rows: Mapping[Key, Amount] = field(default_factory=dict)
    total: Amount = 0

    def of(self, key: Key) -> Amount:
        """The figure of a row; that of all for `()`."""
        return self.rows.get(key, 0) if key else self.total

    def of_all(self, keys: Sequence[Key]) -> Iterator[Amount]:
        """The figures of many rows, none of them `()`, looked up without a call for each."""
        return map(self.rows.get, keys, repeat(0))


def row_by_row(figures: Iterable[ByRow], keys: Sequence[Key]) -> Iterable[tuple[Amount, ...]]:
    """Several figures of each of many rows."""
    columns = [one.of_all(keys) for one in figures]
    return zip(*columns, strict=True) if columns else repeat((), len(keys))


@dataclass(frozen=True, slots=True)
class CaseFigures:
    """What is counted of cases and what they name: plainly, or as sums of weights.

    Attributes:
        cases, raised, no_issue, not_recorded: Cases, and how they answered.
        asked, answered: Cases that the question was put to, that named something.
        mentions: Issues named.
        cells: Mentions by row and issue; by_issue: by issue.
        named: Cases that name an issue, by row and issue; named_issue: by issue. The same figures as the mentions but
            where a case may name an issue twice, in two rows.
    """

    cases: ByRow
    raised: ByRow
    no_issue: ByRow
    not_recorded: ByRow
    asked: ByRow
    answered: ByRow
    mentions: ByRow
    cells: Mapping[Key, Amount]
    by_issue: Mapping[int, Amount]
    named: Mapping[Key, Amount]
    named_issue: Mapping[int, Amount]


@dataclass(frozen=True, slots=True)
class StatusFigures:
    """Mentions of which something is known: collected, handled, resolved."""

    by_row: Mapping[str, ByRow]
    by_issue: Mapping[str, Mapping[int, int]]


@dataclass(frozen=True, slots=True)
class Summary:
    """All figures of a summary; rows and issues are told by the positions of their keys.

    Attributes:
        by: What makes the rows; across: what stands for the issue, None where the files have none.
        issues: What its values mean.
        plain: The figures; weighed: the same as sums of weights, None without a weight.
        squares: Sum of the squared weights in the base, for intervals.
        households: Distinct households; None without a household key.
        statuses: What became of the mentions; None without a status.
        nets: Name -> cases, and their weights, that name at least one of several issues.
    """

    by: tuple[CodedAxis, ...]
    across: Axis | None
    issues: IssueCoding | None
    plain: CaseFigures
    weighed: CaseFigures | None
    squares: Amount
    households: ByRow | None
    statuses: StatusFigures | None
    unit: Unit
    nets: Mapping[str, tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Groups:
    """What a summary planned.

    Attributes:
        main: Its cases; status: its rows with their status; households: its households.
        rows: Its rows, where they are issues.
        strength: What the rows tell of an issue beside its name; outcomes: what came of it beyond single issues.
    """

    main: Group
    status: Group | None
    households: Distinct | None
    rows: Group | None = None
    strength: Group | None = None
    outcomes: Group | None = None


@dataclass(frozen=True, slots=True)
class CountedCases:
    """What was counted and how its values are coded: all that the figures are made from.

    Attributes:
        frame: Combinations of the by-axes' values, the issue's value and (last) the weight.
        with_status: Combinations of the same values and the status (and the weight) of each row; None without one.
        issue_rows: Combinations of the same values of each row, where rows are issues of a visit; else None.
        weight: Dimension of the weight in `frame`, or None.
    """

    campaign: Campaign
    by: tuple[CodedAxis, ...]
    across: Axis | None
    issues: IssueCoding | None
    frame: Frame
    with_status: Frame | None
    issue_rows: Frame | None
    weight: int | None
    counts: Counts
    groups: Groups
    unit: Unit


def summary_of(counted: CountedCases) -> Summary:
    """All figures of a summary from what was counted."""
    issues, frame, d = counted.issues, counted.frame, len(counted.by)
    problems = None if issues is None else issues.coding.aligned(frame.values[d])
    lines = _Lines.of(counted, problems)
    weighted = counted.weight is not None
    return Summary(
        by=counted.by,
        across=counted.across,
        issues=issues,
        plain=replace(lines.added("n"), **_mentions_of_rows(counted)),
        weighed=lines.added("w") if weighted else None,
        squares=lines.squares(counted.campaign.settings.base) if weighted else 0,
        households=_households(counted),
        statuses=_statuses(counted),
        unit=counted.unit,
        nets=_nets(counted, problems),
    )


@dataclass(frozen=True, slots=True)
class _Lines:
    """Combinations with what is known of each, one line for each row that they are in, or one in all.

    Attributes:
        cases, once: Cases by row, in all.
        mentions, mentioned: Issues named by row, in all; None where the files have none.
        depth: How many axes make the rows.
    """

    cases: Lines
    once: Lines
    mentions: Lines | None
    mentioned: Lines | None
    depth: int

    @classmethod
    def of(cls, counted: CountedCases, problems: Coding | None) -> _Lines:
        """Take the combinations apart."""
        frame, issues, weight, d = counted.frame, counted.issues, counted.weight, len(counted.by)
        codings = {i: axis.coding.aligned(frame.values[i]) for i, axis in enumerate(counted.by)}
        extra: dict[str, np.ndarray] = {}
        if issues is not None:
            answers = {name: getattr(issues, name) for name in _FACTS}
            extra = {name: per_value(frame, d, told) for name, told in answers.items()}
        if weight is not None:
            extra["w"] = weights_of(frame, weight)
            extra["w2"] = extra["w"] ** 2 / np.maximum(frame.counts, 1)
        cases, once = explode(frame, codings, extra), explode(frame, {}, extra)
        if problems is None:
            return cls(cases, once, None, None, d)
        return cls(
            cases, once, explode(frame, {**codings, d: problems}, extra), explode(frame, {d: problems}, extra), d
        )

    def added(self, column: str) -> CaseFigures:
        """The figures as sums of a column: of cases, or of their weights."""
        places = list(range(self.depth))
        cases = _both(self.cases, self.once, places, column)
        if self.mentions is None or self.mentioned is None:
            nobody = dict.fromkeys(_FACTS, ByRow())
            return CaseFigures(
                **nobody,
                cases=cases,
                not_recorded=cases,
                mentions=ByRow(),
                cells={},
                by_issue={},
                named={},
                named_issue={},
            )
        facts = {name: _both(self.cases, self.once, places, column, name) for name in _FACTS}
        cells = sums(self.mentions, [*places, self.depth], column)
        by_issue = _by_issue(self.mentioned, self.depth, column)
        return CaseFigures(
            **facts,
            cases=cases,
            not_recorded=_rest(cases, facts["raised"], facts["no_issue"]),
            mentions=_both(self.mentions, self.mentioned, places, column),
            cells=cells,
            by_issue=by_issue,
            named=cells,
            named_issue=by_issue,
        )

    def squares(self, base: str) -> Amount:
        """The sum of the squared weights in the base."""
        if base == "mentions" and self.mentioned is not None:
            return _total(self.mentioned, "w2")
        return _total(self.once, "w2", base if base in _FACTS and self.mentioned is not None else "")


_FACTS = ("raised", "no_issue", "asked", "answered")
"""What an issue's value tells of a case."""


def _mentions_of_rows(counted: CountedCases) -> dict[str, Any]:
    """The mentions where each row is an issue of a visit; nothing where rows are cases."""
    frame, issues, d = counted.issue_rows, counted.issues, len(counted.by)
    if frame is None or issues is None:
        return {}
    codings = {i: axis.coding.aligned(frame.values[i]) for i, axis in enumerate(counted.by)}
    problems = issues.coding.aligned(frame.values[d])
    lines, once = explode(frame, {**codings, d: problems}), explode(frame, {d: problems})
    places = list(range(d))
    return {
        "mentions": _both(lines, once, places, "n"),
        "cells": sums(lines, [*places, d]),
        "by_issue": _by_issue(once, d, "n"),
    }


def _nets(counted: CountedCases, problems: Coding | None) -> Mapping[str, tuple[int, float]]:
    """Cases that name at least one issue of each net, each case once."""
    across, frame, weight = counted.across, counted.frame, counted.weight
    if across is None or problems is None:
        return {}
    found = {}
    dimension = frame.codes.shape[1] - 1 - (weight is not None)
    for net in counted.campaign.settings.nets:
        if net.question not in (across.name, across.field):
            continue
        wanted = {fold(answer) for answer in net.answers}
        members = {i for i, key in enumerate(problems.keys) if fold(key) in wanted}
        hit = per_value(frame, dimension, [bool(members & set(list_)) for list_ in problems.lists()])
        n = int(frame.counts[hit].sum())
        found[net.name] = (n, float(weights_of(frame, weight)[hit].sum()) if weight is not None else n)
    return found


def _both(lines: Lines, once: Lines, places: list[int], column: str, fact: str = "") -> ByRow:
    """Sums by row, and the total in which each case counts once."""
    if fact:
        lines = lines.only(lines[fact])
    return ByRow(sums(lines, places, column) if places else {}, _total(once, column, fact))


def _total(once: Lines, column: str, fact: str = "") -> Amount:
    if fact:
        once = once.only(once[fact])
    return once[column].sum().item() if len(once) else 0


def _by_issue(once: Lines, dimension: int, column: str) -> dict[int, Amount]:
    return {issue: n for (issue,), n in sums(once, [dimension], column).items()}


def _rest(cases: ByRow, *known: ByRow) -> ByRow:
    """The cases of which none of some facts is known."""
    facts = [fact.rows for fact in known]
    rows = {key: n - sum([fact.get(key, 0) for fact in facts]) for key, n in cases.rows.items()}
    return ByRow(rows, cases.total - sum(fact.total for fact in known))


def _households(counted: CountedCases) -> ByRow | None:
    """Distinct households by row, and in all; None without a household key."""
    campaign, by, counts, groups = counted.campaign, counted.by, counted.counts, counted.groups
    if groups.households is None:
        return None
    rows = distinct_by(counts.tally, groups.households, by, counted.frame, campaign.settings, within=campaign.home)
    positions = [{key: i for i, key in enumerate(axis.coding.keys)} for axis in by]
    total = rows.pop(())
    found = {
        tuple(positions[i][key] for i, key in enumerate(row)): n
        for row, n in rows.items()
        if all(key in positions[i] for i, key in enumerate(row))
    }
    return ByRow(found, total)


def _statuses(counted: CountedCases) -> StatusFigures | None:
    """Mentions collected, handled and resolved, by row, by issue and in all; None without a status."""
    by, issues, frame = counted.by, counted.issues, counted.with_status
    if frame is None or issues is None:
        return None
    d = len(by)
    known = counted.campaign.dispositions
    codes = [known.disposition(value) for value in frame.values[d + 1]]
    extra = {
        "collected": per_value(frame, d + 1, [not known.excluded(c) for c in codes]),
        "handled": per_value(frame, d + 1, [known.handled(c) for c in codes]),
        "resolved": per_value(frame, d + 1, [known.resolved(c) for c in codes]),
    }
    rows = {i: axis.coding.aligned(frame.values[i]) for i, axis in enumerate(by)}
    mentioned = {d: issues.coding.aligned(frame.values[d])}
    lines, once = explode(frame, {**rows, **mentioned}, extra), explode(frame, mentioned, extra)
    by_issue = {name: _by_issue(once.only(once[name]), d, "n") for name in extra}
    return StatusFigures(
        by_row={name: _both(lines, once, list(range(d)), "n", name) for name in extra},
        by_issue={name: {issue: int(n) for issue, n in found.items()} for name, found in by_issue.items()},
    )
