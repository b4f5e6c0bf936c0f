"""The figures of a summary: distinct combinations, interpreted once and added up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from visittally.analyses.rows import distinct_by
from visittally.answers.coding import (
    Coding,
    explode,
    per_value,
    sums,
    weights_of,
)
from visittally.dataclass import dataclass
from visittally.words.dispositions import Dispositions
from visittally.words.folding import fold

if TYPE_CHECKING:
    import pandas as pd

    from visittally.analyses.campaign import Campaign
    from visittally.analyses.unit import Unit
    from visittally.answers.axes import Axis, CodedAxis
    from visittally.answers.issues import IssueCoding
    from visittally.counting.engine import Counts
    from visittally.counting.plan import Distinct, Group
    from visittally.counting.tally import Frame

Key = tuple[int, ...]
Figures = Mapping[Key, "int | float"]


@dataclass(frozen=True, slots=True)
class Summary:
    """All figures of a summary, by positions of keys: those of the by-axes, then that of the issue.

    Attributes:
        by: The rows' axes; across: what stands for the issue, None where the files have none.
        cases, raised, no_issue, not_recorded, mentions: By row. `()` is the total, in which a case counts once.
        asked, answered: By row: cases that the question was put to, that were answered.
        cells: Mentions by row and issue; by_issue: by issue.
        named: Cases that name an issue, by row and issue; named_issue: by issue. The same figures as the mentions but
            where a case may name an issue twice, in two rows.
        weighted: The same figures by name ("cases", "cells", ...) as sums of weights; empty without a weight.
        squares: Sums of squared weights of the base by row, for intervals.
        households: Distinct households by row; empty without a household key.
        statuses: "collected", "handled", "resolved" by row, by issue (under ("issue", ...)) and in all.
        nets: Name -> cases, and their weights, that name at least one of several issues.
    """

    by: tuple[CodedAxis, ...]
    across: Axis | None
    issues: IssueCoding | None
    cases: Figures
    raised: Figures
    no_issue: Figures
    not_recorded: Figures
    mentions: Figures
    asked: Figures
    answered: Figures
    cells: Figures
    by_issue: Figures
    named: Figures
    named_issue: Figures
    weighted: Mapping[str, Figures]
    squares: Figures
    households: Mapping[Key, int]
    statuses: Mapping[str, Mapping[tuple[object, ...], int]]
    unit: Unit
    nets: Mapping[str, tuple[int, float]]


@dataclass(frozen=True, slots=True)
class Groups:
    """What a summary planned: its cases, its rows with their status, its households, its rows where they are issues."""

    main: Group
    status: Group | None
    households: Distinct | None
    rows: Group | None = None


@dataclass(frozen=True, slots=True)
class Counted:
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


def summary_of(counted: Counted) -> Summary:
    """All figures of a summary from what was counted."""
    by, issues, frame, weight = counted.by, counted.issues, counted.frame, counted.weight
    d = len(by)
    codings = {i: axis.coding.aligned(frame.values[i]) for i, axis in enumerate(by)}
    problems = None if issues is None else issues.coding.aligned(frame.values[d])
    facts = (
        {}
        if issues is None
        else {
            "raised": per_value(frame, d, issues.raised),
            "no_issue": per_value(frame, d, issues.no_issue),
            "asked": per_value(frame, d, issues.asked),
            "answered": per_value(frame, d, issues.answered),
        }
    )
    extra: dict[str, np.ndarray] = dict(facts)
    if weight is not None:
        extra["w"] = weights_of(frame, weight)
        extra["w2"] = extra["w"] ** 2 / np.maximum(frame.counts, 1)
    cases = explode(frame, codings, extra)
    once = explode(frame, {}, extra)
    mentions = explode(frame, {**codings, d: problems}, extra) if problems is not None else None
    mentions_once = explode(frame, {d: problems}, extra) if problems is not None else None
    places = list(range(d))

    def added(column: str) -> dict[str, Figures]:
        found = {"cases": _both(cases, once, places, column)}
        for name in ("raised", "no_issue", "asked", "answered"):
            found[name] = _both(cases, once, places, column, name) if issues is not None else {}
        unknown = "not_recorded"
        found[unknown] = {
            k: n - found["raised"].get(k, 0) - found["no_issue"].get(k, 0) for k, n in found["cases"].items()
        }
        if mentions is not None and mentions_once is not None:
            found["named"] = found["cells"] = sums(mentions, [*places, d], column)
            found["named_issue"] = found["by_issue"] = sums(mentions_once, [d], column)
            found["mentions"] = _both(mentions, mentions_once, places, column)
            found |= _mentions_of_rows(counted)
        return found

    plain = added("n")
    weighted = {} if weight is None else added("w")
    squares: Figures = {}
    if weight is not None:
        base = counted.campaign.settings.base
        if base == "mentions" and mentions is not None and mentions_once is not None:
            squares = _both(mentions, mentions_once, places, "w2")
        else:
            squares = _both(cases, once, places, "w2", base if base in facts else "")
    return Summary(
        by, counted.across, issues, plain["cases"], plain["raised"], plain["no_issue"], plain["not_recorded"],
        plain.get("mentions", {}), plain["asked"], plain["answered"], plain.get("cells", {}), plain.get("by_issue", {}),
        plain.get("named", {}), plain.get("named_issue", {}),
        weighted, squares, _households(counted), _statuses(counted), counted.unit,
        _nets(counted, problems),
    )  # fmt: skip


def _mentions_of_rows(counted: Counted) -> dict[str, Figures]:
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
        "by_issue": sums(once, [d]),
    }


def _nets(counted: Counted, problems: Coding | None) -> Mapping[str, tuple[int, float]]:
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


def _both(lines: pd.DataFrame, once: pd.DataFrame, places: list[int], column: str, fact: str = "") -> Figures:
    """Sums by row, and under () the total in which each case counts once."""
    if fact:
        lines, once = lines[lines[fact].astype(bool)], once[once[fact].astype(bool)]
    found = sums(lines, places, column) if places else {}
    return {**found, (): once[column].to_numpy().sum().item() if len(once) else 0}


def _households(counted: Counted) -> Mapping[Key, int]:
    """Distinct households by row, and in all."""
    campaign, by, counts, groups = counted.campaign, counted.by, counted.counts, counted.groups
    if groups.households is None:
        return {}
    village = campaign.axis_of_field("village")
    rows = distinct_by(counts.tally, groups.households, by, counted.frame, campaign.settings, within=village)
    positions = [{key: i for i, key in enumerate(axis.coding.keys)} for axis in by]
    return {
        tuple(positions[i][key] for i, key in enumerate(row)): n
        for row, n in rows.items()
        if all(key in positions[i] for i, key in enumerate(row))
    }


def _statuses(counted: Counted) -> Mapping[str, Mapping[tuple[object, ...], int]]:
    """Mentions collected, handled and resolved, by row, by issue and in all."""
    by, issues, frame = counted.by, counted.issues, counted.with_status
    if frame is None or issues is None:
        return {}
    d = len(by)
    known = Dispositions.load(counted.campaign.settings.statuses)
    codes = [known.disposition(value) for value in frame.values[d + 1]]
    extra = {
        "collected": per_value(frame, d + 1, [not known.excluded(c) for c in codes]),
        "handled": per_value(frame, d + 1, [known.handled(c) for c in codes]),
        "resolved": per_value(frame, d + 1, [known.resolved(c) for c in codes]),
    }
    rows = {i: axis.coding.aligned(frame.values[i]) for i, axis in enumerate(by)}
    mentioned = {d: issues.coding.aligned(frame.values[d])}
    lines, once = explode(frame, {**rows, **mentioned}, extra), explode(frame, mentioned, extra)
    found: dict[str, dict[tuple[object, ...], int]] = {}
    for name in extra:
        chosen, alone = lines[lines[name].astype(bool)], once[once[name].astype(bool)]
        table: dict[tuple[object, ...], int] = {k: int(n) for k, n in sums(chosen, list(range(d))).items()} if d else {}
        table |= {("issue", *k): int(n) for k, n in sums(alone, [d]).items()}
        table[()] = int(alone["n"].sum())
        found[name] = table
    return found
