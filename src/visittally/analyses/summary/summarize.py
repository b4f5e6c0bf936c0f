"""The main job: by village, by issue, village x issue."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from visittally.analyses.analysis import Analysis
from visittally.analyses.campaign import Campaign, guess_notices, unique_notices
from visittally.analyses.rows import default_place, named_rows, row_notices, told_by_phrases, unknown_statuses
from visittally.analyses.summary.beyond import ON_REQUEST, tables_beyond, unhandled_notices
from visittally.analyses.summary.completed import completed_notices, outcome_of_visits
from visittally.analyses.summary.figures import CountedCases, Groups, summary_of
from visittally.analyses.summary.strength import BEYOND, outcomes_table, strength_group, strength_table
from visittally.analyses.unit import Unit, decide_unit, rows_of_households, times_households
from visittally.answers.axes import Axis, code_axis
from visittally.answers.coding import drop_zero_weights
from visittally.answers.issues import code_issues, unclear_texts
from visittally.answers.notices import net_notices
from visittally.answers.paired_statuses import each_issue, told_in_pairs
from visittally.counting.plan import Dimension, Distinct, Group, Plan
from visittally.dataclass import dataclass
from visittally.errors import FieldError, Notice, UsageError
from visittally.messages import _, listing
from visittally.survey.fields import PLACES
from visittally.survey.variables import QuestionKind
from visittally.tables.result import Result
from visittally.words.codebook import Codebook
from visittally.words.folding import fold
from visittally.words.joined import NO_COLUMN
from visittally.words.labels import not_recorded
from visittally.words.vocabulary import words as vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from visittally.analyses.summary.figures import Summary
    from visittally.counting.engine import Counts
    from visittally.tables.table import Table


_TENTH = 0.1
"""A result of which more of the visits lack a place is partial."""


@dataclass(frozen=True, slots=True)
class _SummaryPlan:
    """What was decided before anything is read.

    Attributes:
        axes: What makes the rows; across: what stands for the issue; status: what became of it.
        notices: What is to be said of these choices.
        outcome: Counts how visits ended; None where nothing says so.
    """

    campaign: Campaign
    axes: tuple[Axis, ...]
    across: Axis | None
    status: Axis | None
    unit: Unit
    groups: Groups
    notices: tuple[Notice, ...]
    outcome: Group | None = None


def summarize(campaign: Campaign) -> Analysis:
    """Count visits by place and issue.

    Raises:
        FieldError: Neither a place nor an issue can be found, or a named field is not there.
    """
    if campaign.counts is not None:
        from visittally.analyses.summary.sheets_of_counts import summarize_counts

        return summarize_counts(campaign, campaign.counts)
    axes, across, notices = _axes(campaign)
    unit = decide_unit(campaign)
    status = campaign.axis_of_field("status") if across is not None and across.field == "issue" else None
    if unit.name == "case" and _rows_may_stand_for_several(campaign):
        unit, more = rows_of_households(campaign, unit)
        notices += more
    if campaign.settings.primary and unit.name != "case":
        text = _("--primary is for records with several issues; here each row is one issue of a {unit} already.")
        raise UsageError(text.format(unit=_("visit") if unit.name == "visit" else _("household")))
    plan, groups = _plan(campaign, axes, across, status, unit)
    outcome = outcome_of_visits(campaign, across, unit)
    if outcome is not None:
        plan = Plan(tuple(dict.fromkeys((*plan.groups, outcome))), plan.distinct)
    planned = _SummaryPlan(campaign, axes, across, status, unit, groups, tuple(notices), outcome)
    return Analysis(plan, partial(_result, planned))


def _rows_may_stand_for_several(campaign: Campaign) -> bool:
    settings = campaign.settings
    return not settings.weight and not settings.per and settings.counts != "no"


def _result(planned: _SummaryPlan, counts: Counts) -> Result:
    from visittally.analyses.summary.tables import tables_of

    counted, summary, notices = _figures(planned, counts)
    settings = planned.campaign.settings
    further = {**strength_of(planned, counts), **tables_beyond(counted, summary, settings)}
    tables = tables_of(summary, settings, further)
    people = tuple(name for name in tables if name not in ("long", *ON_REQUEST))
    return Result(tables, counts.receipt, unique_notices(notices), people)


def strength_of(planned: _SummaryPlan, counts: Counts) -> Mapping[str, Callable[[], Table]]:
    """What lays out the tables beside the ranking, where the files tell more of an issue than that it was named."""
    groups, across = planned.groups, planned.across
    made = {"strength": (groups.strength, strength_table), "outcomes": (groups.outcomes, outcomes_table)}
    return {
        name: partial(table, planned.campaign, across, group, counts)
        for name, (group, table) in made.items()
        if group is not None and across is not None
    }


def _figures(planned: _SummaryPlan, counts: Counts) -> tuple[CountedCases, Summary, list[Notice]]:
    """Interpret what was counted: all that the tables are made from."""
    campaign, axes, across, status = planned.campaign, planned.axes, planned.across, planned.status
    groups, unit = planned.groups, planned.unit
    notices = [*campaign.notices(), *campaign.unused_statuses(), *planned.notices, *counts.notices]
    used = [a.field for a in axes] + ([across.field] if across else []) + ["status"] * (status is not None)
    notices += guess_notices(campaign.survey, used)
    frame = counts.tally.frame(groups.main)
    if unit.households:
        frame = times_households(frame)
    weight = len(axes) + (across is not None) if campaign.settings.weight else None
    if weight is not None:
        frame = drop_zero_weights(frame, weight)
    rows = frame if groups.rows is None else counts.tally.frame(groups.rows)
    if groups.status is not None:
        whole = counts.tally.frame(groups.status)
        rows, pairing = each_issue(whole, campaign.survey, groups.status.dimensions, campaign.dispositions)
        notices += told_in_pairs(pairing, whole, groups.status.dimensions, campaign.survey, campaign.dispositions)
    if weight is not None and groups.status is not None:
        rows = drop_zero_weights(rows, weight + 1)

    def seen(dimension: int) -> dict[str, int]:
        # The records of a unit are told apart in the frame of statuses: their values are coded as well.
        return {
            **frame.value_counts(dimension),
            **dict.fromkeys(sorted(set(rows.values[dimension]) - set(frame.values[dimension])), 0),
        }

    by = tuple(code_axis(axis, seen(i), campaign.settings) for i, axis in enumerate(axes))
    issues = None
    if across is not None:
        codebook = Codebook.load(campaign.settings.codebook)
        issues = code_issues(across, seen(len(axes)), campaign.settings, codebook)
        notices += issues.notices
        if issues.coded_by_cues and across.variable is not None and not campaign.settings.hides_small_counts:
            notices += unclear_texts(issues.coded_by_cues, across.variable.name)
        known = {*issues.coding.keys, *issues.form_order}
        notices += net_notices(campaign.settings.nets, (across.name, across.field), known)
    notices += [notice for axis in by for notice in axis.notices]
    notices += unit.notices
    with_status = rows if groups.status is not None else None
    each_row = rows if groups.rows is not None else None
    counted = CountedCases(campaign, by, across, issues, frame, with_status, each_row, weight, counts, groups, unit)
    if groups.status is not None:
        dispositions = campaign.dispositions
        words = rows.value_counts(len(axes) + 1)
        notices += unknown_statuses(dispositions.unrecognised(words), dispositions, _written(words))
        if not campaign.settings.hides_small_counts:
            notices += told_by_phrases(words, dispositions)
    summary = summary_of(counted)
    notices += unhandled_notices(summary, campaign.settings)
    return counted, summary, [*notices, *_of_visits(planned, counts, summary)]


def _of_visits(planned: _SummaryPlan, counts: Counts, summary: Summary) -> list[Notice]:
    """Say where visits have no place, and how many were completed."""
    if planned.campaign.settings.hides_small_counts:
        return []
    found = _nowhere(summary, planned.campaign)
    if planned.outcome is not None:
        words = counts.tally.frame(planned.outcome).value_counts(0)
        found += completed_notices(planned.campaign.settings, words, float(summary.plain.mentions.total))
    return found


def _nowhere(summary: Summary, campaign: Campaign) -> list[Notice]:
    """Say where more than a tenth of the visits have no place, and in ledgers how the place above is taken."""
    cases = int(summary.plain.cases.total)
    if len(summary.by) != 1 or summary.by[0].axis.field not in PLACES or "" not in summary.by[0].coding.keys:
        return []
    n = int(summary.plain.cases.of((summary.by[0].coding.keys.index(""),)))
    if n <= _TENTH * cases:
        return []
    text = _('{n:,} of {cases:,} visits have no place: they stand under "{label}".')
    variable = summary.by[0].axis.variable
    if variable is not None and any(not layout.tool and layout.source.by_hand for layout in campaign.survey.layouts):
        text = _(
            '{n:,} of {cases:,} visits have no place: they stand under "{label}". '
            'If a blank means "as above": --fill-down "{column}".'
        )
    column = "" if variable is None else variable.name
    return [Notice("mostly_nowhere", text.format(n=n, cases=cases, label=not_recorded(), column=column))]


def _axes(campaign: Campaign) -> tuple[tuple[Axis, ...], Axis | None, list[Notice]]:
    """Rows and columns: those that the user named, else the village and the issue as far as they are there."""
    settings = campaign.settings
    notices: list[Notice] = []
    axes = named_rows(campaign)
    if not axes:
        place = default_place(campaign)
        axes = () if place is None else (place,)
        text = _(
            "No column looks like a place: tables by village are left out (--by FIELD or --column village=HEADER)."
        )
        # Of the only village the groups are the rows.
        groups = place is not None and place.field == "group" and campaign.axis_of_field("village") is not None
        notices += () if groups else row_notices(place, text)
    across = campaign.axis(settings.across) if settings.across else campaign.axis_of_field("issue")
    if across is None:
        text = _(
            "No column looks like the issue: tables of issues are left out (--across FIELD or --column issue=HEADER)."
        )
        notices.append(Notice("no_issue", f"{text} {_suggested(campaign)}".rstrip()))
        if not axes:
            raise _nothing_to_count(campaign)
    return axes, across, notices


def _suggested(campaign: Campaign) -> str:
    """Columns of yes and no side by side as what they could be, with the option that says so; "" without such ones."""
    names = campaign.survey.yes_no
    if not names or any("," in name for name in names):
        return ""
    text = _(
        '{n} columns side by side are answered by yes and no. If they are options of one question: --family "{family}"'
    )
    return text.format(n=len(names), family=f"problems={','.join(names)}")


def _nothing_to_count(campaign: Campaign) -> FieldError:
    layouts = campaign.survey.layouts
    files = list(dict.fromkeys(layout.source.file for layout in layouts))
    likely = sorted(campaign.survey.questions(), key=lambda v: v.kind not in (QuestionKind.SINGLE, QuestionKind.MULTI))
    shown = [variable.name for variable in likely]
    text = _(
        "{files}: no column looks like the village or the issue. The likeliest columns are: {columns}. "
        "Say which: --column village=HEADER --column issue=HEADER, or see all answers: visittally questions {file}"
    )
    columns = listing(shown[:8]) + (" ..." if len(shown) > 8 else "")
    said = text.format(files=listing(files), columns=columns, file=files[0])
    return FieldError(f"{said} {_suggested(campaign)}".rstrip())


def _plan(
    campaign: Campaign, axes: Sequence[Axis], across: Axis | None, status: Axis | None, unit: Unit
) -> tuple[Plan, Groups]:
    by = tuple(axis.dimension for axis in axes)
    issue = () if across is None else (across.dimension,)
    weight = campaign.weight_dimensions()
    times = (Dimension(unit.households),) if unit.households else ()
    main = Group((*by, *issue, *weight, *times), unit.key)
    statuses = None if status is None else Group((*by, *issue, status.dimension, *weight))
    household = campaign.survey.of_field("household_id")
    households = None
    if household is not None:
        within = () if campaign.home is None else (campaign.home.dimension,)
        households = Distinct((*by, *within), (household.name,))
    groups = (main,) if statuses is None else (main, statuses)
    distinct = () if households is None else (households,)
    rows = statuses or Group((*by, *issue)) if (unit.rows or unit.households) and across is not None else None
    strength = outcomes = None
    if across is not None and across.field == "issue" and not unit.households and not weight:
        strength, outcomes = strength_group(campaign, across), strength_group(campaign, across, BEYOND)
    groups = (*groups, *(group for group in (rows, strength, outcomes) if group is not None))
    return Plan(tuple(dict.fromkeys(groups)), distinct), Groups(main, statuses, households, rows, strength, outcomes)


def _written(statuses: Mapping[str, int]) -> int:
    """How many issues have a status that is not blank."""
    return sum(n for raw, n in statuses.items() if raw != NO_COLUMN and fold(raw) not in vocabulary("blank"))
