"""How far the visits got: visited / planned by place, outcomes, pace, what is still missing."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING

from visittally.analyses.analysis import Analysis
from visittally.analyses.campaign import HOMES, Campaign, guess_notices, unique_notices
from visittally.analyses.coverage.depth import DepthColumns, depth_table
from visittally.analyses.coverage.figures import Coverage
from visittally.analyses.coverage.levels import LevelPlan, count_levels
from visittally.analyses.coverage.rates import (
    of_visits,
    rates_group,
    weighted,
)
from visittally.analyses.coverage.roster import Entries, Roster, in_several_villages
from visittally.analyses.coverage.roster_columns import open_roster
from visittally.analyses.coverage.schedule import Schedule, plan_table
from visittally.analyses.coverage.targets import (
    Unmatched,
    match,
    unmatched,
)
from visittally.analyses.coverage.visit_plan import VisitPlan
from visittally.analyses.coverage.visits import (
    FINAL,
    RosterHouseholds,
    count_visits,
)
from visittally.analyses.rows import (
    ROW_FIELDS,
    SHOWN,
    counted_words,
    default_place,
    named_rows,
    places_there,
    row_notices,
)
from visittally.counting.plan import Plan
from visittally.dataclass import dataclass
from visittally.errors import FieldError, Notice, UsageError
from visittally.messages import _, listing
from visittally.survey.fields import PLACES
from visittally.tables.result import Result
from visittally.words.dates import PERIODS
from visittally.words.places import numbers_somebody

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visittally.answers.axes import Axis
    from visittally.counting.engine import Counts
    from visittally.counting.plan import Group
    from visittally.settings import Settings

ON_REQUEST = ("missing", "revisits", "rates", "depth")
"""Tables that people see only when they name them."""


@dataclass(frozen=True, slots=True)
class CoveragePlan:
    """What was decided before the visits are read; the roster has been read.

    Attributes:
        rates: The group for weighted rates; None where they follow from the visits.
    """

    campaign: Campaign
    rows: _CoverageRows
    entries: Entries | None
    visits: VisitPlan
    levels: LevelPlan
    rates: Group | None
    schedule: Schedule | None = None

    @classmethod
    def of(cls, campaign: Campaign) -> CoveragePlan:
        """Read the roster and plan."""
        settings = campaign.settings
        _check(campaign)
        roster = (
            open_roster(settings, groups=campaign.survey.of_field("group") is not None) if settings.roster else None
        )
        rows = _rows(campaign, roster)
        home = _home(campaign, roster, rows)
        entries = None if roster is None else roster.entries(rows.axes, home)
        kind = _kind_axis(campaign, rows.axes, entries)
        visits = VisitPlan.of(campaign, rows.axes, kind, home=home)
        if entries is not None and not visits.by_household:
            entries = entries.in_numbers()
        levels = LevelPlan.of(campaign, by_household=visits.by_household)
        schedule = Schedule.of(campaign) if settings.plan else None
        return cls(campaign, rows, entries, visits, levels, rates_group(campaign, rows.grouped), schedule)

    @property
    def plan(self) -> Plan:
        """All that is counted."""
        rates = () if self.rates is None else (self.rates,)
        schedule = () if self.schedule is None else (self.schedule.group,)
        groups = (self.visits.group, *self.levels.groups, *rates, *schedule)
        return Plan(tuple(dict.fromkeys(groups)), self.levels.distinct)


def cover(campaign: Campaign) -> Analysis:
    """Compare the visits with what was planned.

    Raises:
        FieldError: A field or a column of the roster is not there, or the roster lacks what the rows are made by.
        InputError: The roster is damaged, or a place stands there twice with different numbers.
        UsageError: Options that do not go together.
    """
    campaign.need_records()
    planned = CoveragePlan.of(campaign)
    return Analysis(planned.plan, partial(_result, planned))


def _result(planned: CoveragePlan, counts: Counts) -> Result:
    from visittally.analyses.coverage.tables import tables_of

    campaign = planned.campaign
    coverage, notices = figures(planned, counts)
    columns = DepthColumns.of(campaign)
    # How deep the visits went takes another reading of the files, so it is told only if it is asked for.
    deep = {"depth": lambda: depth_table(campaign, columns, coverage.visits.axes, counts)} if columns.any else {}
    schedule = planned.schedule
    if schedule is not None:
        deep = {"plan": lambda: plan_table(campaign, schedule, counts, coverage.as_of), **deep}
    tables = tables_of(coverage, campaign.settings, deep)
    people = tuple(name for name in tables if name not in ON_REQUEST)
    return Result(tables, counts.receipt, unique_notices(notices), people)


def figures(planned: CoveragePlan, counts: Counts) -> tuple[Coverage, list[Notice]]:
    """Interpret what was counted: all that the tables are made from."""
    campaign, rows, entries, plan = planned.campaign, planned.rows, planned.entries, planned.visits
    settings, rates = campaign.settings, planned.rates
    visits = count_visits(plan, counts.tally, settings, _roster_values(plan, entries, counts), _listed(plan, entries))
    targets = None if entries is None else match(entries, visits)
    as_of = settings.as_of or (None if visits.days is None else visits.days.newest)
    dispositions = None
    if plan.outcome is not None:
        dispositions = (
            of_visits(visits, grouped=rows.asked)
            if rates is None
            else weighted(campaign, counts.tally, rates, rows.grouped)
        )
    coverage = Coverage(
        visits, targets, PurePath(settings.roster).name,
        completed=(settings.count or "completed") == "completed" and plan.outcome is not None,
        with_outcomes=plan.outcome is not None, by_household=plan.by_household, as_of=as_of, period=rows.period,
        levels=count_levels(
            campaign, planned.levels, counts.tally, visits, as_of, by_household=plan.by_household,
            planned=None if targets is None else targets.total(),
        ),
        dispositions=dispositions,
    )  # fmt: skip
    coverage = _with_unmatched(coverage)
    notices = [*campaign.notices(), *rows.notices, *counts.notices, *_notices(campaign, plan, coverage)]
    if entries is not None:
        notices += [*entries.notices, *_roster_notices(coverage, settings)]
    return coverage, notices


def _check(campaign: Campaign) -> None:
    settings = campaign.settings
    if settings.count == "completed" and campaign.survey.of_field("visit_outcome") is None:
        text = _("--count completed needs a column that tells how visits ended: --column visit_outcome=HEADER")
        raise UsageError(text)
    if "revisits" in settings.table and not settings.revisit_after:
        raise UsageError(_("--table revisits needs --revisit-after DAYS."))
    if settings.revisit_after and campaign.survey.of_field("visit_date") is None:
        raise UsageError(_("--revisit-after needs the date of the visits: --column visit_date=HEADER"))
    if not settings.roster and not {"missing", "unmatched"}.isdisjoint(settings.table):
        raise UsageError(_("Tables of what is missing or does not match need --roster FILE."))


@dataclass(frozen=True, slots=True)
class _CoverageRows:
    """What makes the rows; `asked`: whether the user said so; the periods of progress that `--by` asks for."""

    axes: tuple[Axis, ...]
    asked: bool = False
    period: str = ""
    notices: tuple[Notice, ...] = ()

    @property
    def grouped(self) -> tuple[Axis, ...]:
        """The axes by which rates are told: none unless the user named some."""
        return self.axes if self.asked else ()


def _rows(campaign: Campaign, roster: Roster | None) -> _CoverageRows:
    named = named_rows(campaign)
    periods = [axis for axis in named if axis.field == "visit_date" and axis.suffix in PERIODS]
    axes = tuple(axis for axis in named if axis not in periods)
    period = periods[0].suffix if periods else ""
    if axes:
        return _CoverageRows(axes, asked=True, period=period)
    there = places_there(campaign, (*ROW_FIELDS, "target_type"))
    fitting = [axis for axis in there if roster is None or roster.variable(axis) is not None]
    if roster is not None and not fitting:
        raise _nothing_in_common(roster, there)
    axis = next((axis for axis in fitting if axis.field in PLACES or roster is not None), None)
    if roster is None:
        axis = default_place(campaign)
        if axis is not None and axis.field in ("village", "group"):
            return _CoverageRows((axis,), period=period, notices=())
    text = _("No column looks like a place: there is one row for all visits (--by FIELD or --column village=HEADER).")
    reason = _("The roster does not name villages") if any(a.field == "village" for a in there) else ""
    notices = row_notices(axis, text, reason)
    return _CoverageRows(() if axis is None else (axis,), period=period, notices=notices)


def _nothing_in_common(roster: Roster, axes: Sequence[Axis]) -> FieldError:
    text = _(
        "{file}: no column of the roster fits the places of the visits ({places}). The roster has: {columns}. "
        "Say which: --roster-column {field}=HEADER"
    )
    columns = listing(roster.survey.variables)
    field = axes[0].name if axes else "village"
    places = listing(axis.label for axis in axes) or _("none found; --column village=HEADER names them")
    return FieldError(text.format(file=roster.file, places=places, columns=columns, field=field))


def _kind_axis(campaign: Campaign, axes: Sequence[Axis], entries: Entries | None) -> Axis | None:
    """The column that tells kinds of target apart, where the roster has several."""
    if entries is None or len(entries.kinds) < 2:
        return None
    axis = campaign.axis_of_field("target_type")
    return None if axis is None or axis in axes or any(a.field == "target_type" for a in axes) else axis


def _home(campaign: Campaign, roster: Roster | None, rows: _CoverageRows) -> Axis | None:
    """The place in which a household key is unique, as far as a roster of households can say it too."""
    places = [axis for field in HOMES if (axis := campaign.axis_of_field(field)) is not None]
    if roster is not None:
        places += [axis for axis in rows.axes if axis not in places and roster.variable(axis) is not None]
    if roster is not None and roster.lists_households:
        places = [axis for axis in places if roster.variable(axis) is not None]
    return next(iter(places), None)


def _roster_values(plan: VisitPlan, entries: Entries | None, counts: Counts) -> dict[str, dict[str, int]]:
    """The raw names of the roster by axis; they outweigh the visits in the choice of the spelling.

    Single telephones and ids among them do not: like those in records of visits they are no places.
    """
    if entries is None:
        return {}
    weight = counts.tally.records + 1
    names = [p.names for p in entries.planned] or [h.names for h in entries.listed or ()]
    found = {axis.name: _weighed([row[i] for row in names], weight) for i, axis in enumerate(plan.axes)}
    if plan.kind is not None:
        found[plan.kind.name] = dict.fromkeys(entries.kinds, weight)
    if plan.village is not None and entries.listed is not None:
        found.setdefault(plan.village.name, {}).update({h.village: weight for h in entries.listed})
    return found


def _weighed(names: Sequence[str], weight: int) -> dict[str, int]:
    found = dict.fromkeys(names, weight)
    astray = [name for name in found if name[-1:].isdigit() and numbers_somebody(name)]
    return found | dict.fromkeys(astray, 1) if 3 * len(astray) < len(found) else found


def _listed(plan: VisitPlan, entries: Entries | None) -> RosterHouseholds | None:
    if entries is None or entries.listed is None:
        return None
    if plan.village is None and len({h.household for h in entries.listed}) < len(entries.listed):
        raise in_several_villages()
    villages = [h.village if plan.village is not None else "" for h in entries.listed]
    return RosterHouseholds.of(villages, [h.household for h in entries.listed])


def _with_unmatched(coverage: Coverage) -> Coverage:
    if coverage.targets is None or not coverage.visits.axes:
        return coverage
    names = {key: coverage.name(key) for key in coverage.keys("")}
    return replace(coverage, unmatched=tuple(unmatched(coverage.targets, coverage.visits, names)))


# ---------------------------------------------------------------------------- what people should know
def _notices(campaign: Campaign, plan: VisitPlan, coverage: Coverage) -> list[Notice]:
    visits, settings = coverage.visits, campaign.settings
    used = [axis.field for axis in plan.axes] + ["visit_outcome", "visit_date", "household_id"]
    found = guess_notices(campaign.survey, used)
    found += [notice for axis in visits.axes for notice in axis.notices]
    found += visits.days.notices if visits.days is not None else ()
    found += [*coverage.levels.notices, *plan.notices]
    if visits.unknown:
        text = _(
            "Outcomes of visits that are not known count as other: {shown}. "
            "Say what they mean under [outcomes] of visittally.toml, as one of {codes}."
        )
        message = text.format(shown=counted_words(visits.unknown), codes=" ".join(code for code in FINAL if code))
        found.append(Notice("unknown_outcomes", message))
    if plan.outcome is None and campaign.survey.consent:
        text = _(
            '"{column}" asks for consent and could say how visits ended (no: refused): '
            '--column visit_outcome="{column}".'
        )
        found.append(Notice("consent_offered", text.format(column=campaign.survey.consent)))
    dated = coverage.as_of is not None and (coverage.targets is not None or bool(settings.revisit_after))
    if dated and settings.as_of is None and coverage.as_of is not None:
        text = _("Coverage is counted to {day}, the newest date in the files (--as-of DATE takes another).")
        found.append(Notice("as_of", text.format(day=coverage.as_of.isoformat())))
    return found


def _roster_notices(coverage: Coverage, settings: Settings) -> list[Notice]:
    """What does not match the roster, and what goes beyond it."""
    targets = coverage.targets
    assert targets is not None
    found = []
    strange = [u for u in coverage.unmatched if u.side == "visits"]
    if strange:
        names = [_stranger(coverage, u, counts=not settings.hides_small_counts) for u in strange[:SHOWN]]
        more = _(" and {n:,} more").format(n=len(strange) - SHOWN) if len(strange) > SHOWN else ""
        text = _(
            "Visited, not on the roster, in no rate: {shown}{more}. "
            "What is the same place under another name goes under [aliases.{field}] of visittally.toml."
        )
        field = coverage.visits.axes[-1].axis.name
        message = text.format(shown=listing(names), more=more, field=field)
        found.append(Notice("off_roster", message))
    if targets.off_roster and not settings.hides_small_counts:
        text = _("Visited households that are not on the roster, in no rate: {n:,}.")
        found.append(Notice("households_off_roster", text.format(n=targets.off_roster)))
    return found


def _stranger(coverage: Coverage, place: Unmatched, *, counts: bool) -> str:
    """A place that is not on the roster, with its visits and the nearest name."""
    said = [f"{place.n:,}"] if counts else []
    if place.suggestion:
        said.append(_("nearest: {near}").format(near=place.suggestion))
    return coverage.name(place.key) + (_(" ({said})").format(said=_("; ").join(said)) if said else "")
