"""The main job: by village, by issue, village x issue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from visittally.axes import Axis, CodedAxis, code_axis
from visittally.campaign import Campaign, guess_notices, unique_notices
from visittally.cases import Coding, drop_zero_weights, explode, per_value, sums, weights_of
from visittally.codebook import Codebook
from visittally.dispositions import Dispositions
from visittally.errors import FieldError, Notice
from visittally.folding import fold
from visittally.issues import IssueCoding, code_issues
from visittally.messages import _
from visittally.plan import Dimension, Distinct, Group, Plan
from visittally.result import Result
from visittally.tally import Frame
from visittally.units import Unit, decide_unit

if TYPE_CHECKING:
    import pandas as pd

    from visittally.engine import Counts

Key = tuple[int, ...]
Figures = Mapping[Key, "int | float"]


@dataclass(frozen=True, slots=True)
class Summary:
    """All figures of a summary, by positions of keys: those of the by-axes, then that of the issue.

    Attributes:
        by: The rows' axes; across: what stands for the issue, None where the files have none.
        cases, raised, no_issue, not_recorded, mentions: By row. `()` is the total, in which a case counts once.
        asked, answered: By row: cases that the question was put to, that were answered.
        cells: Mentions by row and issue; issues: by issue.
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
    weighted: Mapping[str, Figures]
    squares: Figures
    households: Mapping[Key, int]
    statuses: Mapping[str, Mapping[tuple[object, ...], int]]
    unit: Unit
    nets: Mapping[str, tuple[int, float]]


def summarize(campaign: Campaign) -> Result:
    """Count visits by place and issue.

    Raises:
        FieldError: Neither a place nor an issue can be found, or a named field is not there.
        InputError: A file is damaged beyond reading.
    """
    from visittally.summary_tables import tables_of

    summary, counts, notices = figures(campaign)
    tables = tables_of(summary, campaign.settings)
    people = tuple(name for name in tables if name != "long")
    return Result(tables, counts.receipt, unique_notices(notices), people)


def figures(campaign: Campaign) -> tuple[Summary, Counts, list[Notice]]:
    """Plan, count and interpret: all that the tables are made from."""
    axes, across, notices = _axes(campaign)
    unit = decide_unit(campaign)
    status = campaign.axis_of_field("status") if across is not None and across.field == "issue" else None
    plan, groups = _plan(campaign, axes, across, status, unit)
    counts = campaign.count(plan)
    notices = [*campaign.notices(), *notices, *counts.notices]
    used = [a.field for a in axes] + ([across.field] if across else []) + ["status"] * (status is not None)
    notices += guess_notices(campaign.survey, used)
    frame = counts.tally.frame(groups.main)
    weight = len(axes) + (across is not None) if campaign.settings.weight else None
    if weight is not None:
        frame = drop_zero_weights(frame, weight)
    rows = counts.tally.frame(groups.status) if status is not None else frame

    def seen(dimension: int) -> dict[str, int]:
        # The records of a unit are told apart in the frame of statuses: their values are coded as well.
        return {**frame.value_counts(dimension), **dict.fromkeys(sorted(set(rows.values[dimension]) - set(frame.values[dimension])), 0)}

    by = tuple(code_axis(axis, seen(i), campaign.settings) for i, axis in enumerate(axes))
    issues = None
    if across is not None:
        codebook = Codebook.load(campaign.settings.codebook)
        issues = code_issues(across, seen(len(axes)), campaign.settings, codebook)
        notices += issues.notices
    notices += [notice for axis in by for notice in axis.notices]
    notices += unit.notices
    summary = _summary(campaign, by, across, issues, frame, weight, counts, groups, status, unit)
    if status is not None:
        notices += _status_notices(counts.tally.frame(groups.status), len(axes), across is not None, campaign)
    return summary, counts, notices


@dataclass(frozen=True, slots=True)
class _Groups:
    main: Group
    status: Group
    households: Distinct | None


def _axes(campaign: Campaign) -> tuple[tuple[Axis, ...], Axis | None, list[Notice]]:
    """Rows and columns: those that the user named, else the village and the issue as far as they are there."""
    settings, notices = campaign.settings, []
    if settings.by:
        axes = tuple(campaign.axis(name) for name in settings.by)
    else:
        place = next((a for f in ("village", "group", "township", "county") if (a := campaign.axis_of_field(f))), None)
        axes = () if place is None else (place,)
        if place is None:
            text = _("No column looks like a place: tables by village are left out (--by FIELD or --column village=HEADER).")
            notices.append(Notice("no_place", text))
        elif place.field != "village":
            text = _("No column looks like the village; rows are made by {field}.")
            notices.append(Notice("no_village", text.format(field=place.label)))
    across = campaign.axis(settings.across) if settings.across else campaign.axis_of_field("issue")
    if across is None:
        text = _("No column looks like the issue: tables of issues are left out (--across FIELD or --column issue=HEADER).")
        notices.append(Notice("no_issue", text))
        if not axes:
            raise _nothing_to_count(campaign)
    return axes, across, notices


def _nothing_to_count(campaign: Campaign) -> FieldError:
    layouts = campaign.survey.layouts
    files = ", ".join(dict.fromkeys(layout.source.file for layout in layouts))
    shown = [v.name for v in campaign.survey.questions()][:30]
    text = _(
        "{files}: no column looks like the village or the issue. Columns are: {columns}. "
        "Say which: --column village=HEADER --column issue=HEADER"
    )
    return FieldError(text.format(files=files, columns=", ".join(shown)))


def _plan(
    campaign: Campaign, axes: Sequence[Axis], across: Axis | None, status: Axis | None, unit: Unit
) -> tuple[Plan, _Groups]:
    by = tuple(axis.dimension for axis in axes)
    issue = () if across is None else (across.dimension,)
    weight = campaign.weight_dimensions()
    main = Group((*by, *issue, *weight), unit.key)
    statuses = Group((*by, *issue, *(() if status is None else (status.dimension,))))
    household = campaign.survey.of_field("household_id")
    households = None
    if household is not None:
        village = campaign.survey.of_field("village")
        within = () if village is None else (Dimension(village.name),)
        households = Distinct((*by, *within), (household.name,))
    groups = (main,) if status is None else (main, statuses)
    distinct = () if households is None else (households,)
    return Plan(tuple(dict.fromkeys(groups)), distinct), _Groups(main, statuses, households)


def _summary(  # noqa: PLR0913 - the one place where everything comes together
    campaign: Campaign,
    by: tuple[CodedAxis, ...],
    across: Axis | None,
    issues: IssueCoding | None,
    frame: Frame,
    weight: int | None,
    counts: Counts,
    groups: _Groups,
    status: Axis | None,
    unit: Unit,
) -> Summary:
    d = len(by)
    codings = {i: axis.coding.aligned(frame.values[i]) for i, axis in enumerate(by)}
    problems = None if issues is None else issues.coding.aligned(frame.values[d])
    facts = {} if issues is None else {
        "raised": per_value(frame, d, issues.raised),
        "no_issue": per_value(frame, d, issues.no_issue),
        "asked": per_value(frame, d, issues.asked),
        "answered": per_value(frame, d, issues.answered),
    }
    extra: dict[str, np.ndarray] = dict(facts)
    if weight is not None:
        extra["w"] = weights_of(frame, weight)
        extra["w2"] = extra["w"] ** 2 / np.maximum(frame.counts, 1)
    cases = explode(frame, codings, extra)
    once = explode(frame, {}, extra)
    mentions = explode(frame, {**codings, d: problems}, extra) if problems is not None else None
    mentions_once = explode(frame, {d: problems}, extra) if problems is not None else None
    places = list(range(d))

    def counted(column: str) -> dict[str, Figures]:
        found = {"cases": _both(cases, once, places, column)}
        for name in ("raised", "no_issue", "asked", "answered"):
            found[name] = _both(cases, once, places, column, name) if issues is not None else {}
        unknown = "not_recorded"
        found[unknown] = {
            k: n - found["raised"].get(k, 0) - found["no_issue"].get(k, 0) for k, n in found["cases"].items()
        }
        if mentions is not None and mentions_once is not None:
            found["mentions"] = _both(mentions, mentions_once, places, column)
            found["cells"] = sums(mentions, [*places, d], column)
            found["by_issue"] = sums(mentions_once, [d], column)
        return found

    plain = counted("n")
    weighted = {} if weight is None else counted("w")
    squares = {} if weight is None else _both(cases, once, places, "w2", "asked" if issues is not None else "")
    return Summary(
        by, across, issues, plain["cases"], plain["raised"], plain["no_issue"], plain["not_recorded"],
        plain.get("mentions", {}), plain["asked"], plain["answered"], plain.get("cells", {}), plain.get("by_issue", {}),
        weighted, squares, _households(campaign, by, counts, groups), _statuses(campaign, by, issues, counts, groups, status),
        unit, _nets(campaign, across, problems, frame, weight),
    )  # fmt: skip


def _nets(
    campaign: Campaign, across: Axis | None, problems: Coding | None, frame: Frame, weight: int | None
) -> Mapping[str, tuple[int, float]]:
    """Cases that name at least one issue of each net, each case once."""
    if across is None or problems is None:
        return {}
    found = {}
    dimension = frame.codes.shape[1] - 1 - (weight is not None)
    for net in campaign.settings.nets:
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
    return {**found, (): once[column].sum().item() if len(once) else 0}


def _households(
    campaign: Campaign, by: Sequence[CodedAxis], counts: Counts, groups: _Groups
) -> Mapping[Key, int]:
    """Distinct households by row, and in all."""
    if groups.households is None:
        return {}
    keys = counts.tally.keys.get(groups.households)
    combinations = [] if keys is None else keys.combinations
    maps: list[dict[str, str]] = []
    for i, axis in enumerate(by):
        values = {c[i]: 1 for c in combinations}
        coded = code_axis(axis.axis, values, campaign.settings)
        maps.append(_named(coded.coding, values))
    village = campaign.axis_of_field("village")
    if village is not None:
        values = {c[len(by)]: 1 for c in combinations}
        maps.append(_named(code_axis(village, values, campaign.settings).coding, values))
    within = (len(by),) if village is not None else ()
    places = tuple(range(len(by)))
    rows = counts.tally.distinct(groups.households, maps, places, within)
    positions = [{key: i for i, key in enumerate(axis.coding.keys)} for axis in by]
    found = {
        tuple(positions[i][key] for i, key in enumerate(row)): n
        for row, n in rows.items()
        if all(key in positions[i] for i, key in enumerate(row))
    }
    total = counts.tally.distinct(groups.households, maps, (), within)
    return {**found, (): total.get((), 0)}


def _named(coding: Coding, values: Mapping[str, int]) -> dict[str, str]:
    return {v: coding.keys[found[0]] for v, found in zip(values, coding.lists(), strict=True)}


def _statuses(
    campaign: Campaign,
    by: Sequence[CodedAxis],
    issues: IssueCoding | None,
    counts: Counts,
    groups: _Groups,
    status: Axis | None,
) -> Mapping[str, Mapping[tuple[object, ...], int]]:
    """Mentions collected, handled and resolved, by row, by issue and in all."""
    if status is None or issues is None:
        return {}
    frame = counts.tally.frame(groups.status)
    d = len(by)
    known = Dispositions.load(campaign.settings.statuses)
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


def _status_notices(frame: Frame, d: int, with_issue: bool, campaign: Campaign) -> list[Notice]:  # noqa: FBT001
    known = Dispositions.load(campaign.settings.statuses)
    unknown: dict[str, int] = {}
    for value, n in frame.value_counts(d + with_issue).items():
        if value.strip() and known.disposition(value) == "unknown":
            unknown[value.strip()] = unknown.get(value.strip(), 0) + n
    if not unknown:
        return []
    shown = ", ".join(f"{value} ({n:,})" for value, n in sorted(unknown.items(), key=lambda v: (-v[1], v[0]))[:8])
    text = _("Status words that are not known count as not recorded: {shown}. A mapping for visittally.toml:\n{toml}")
    return [Notice("unknown_statuses", text.format(shown=shown, toml=known.suggestion_toml(unknown)))]
