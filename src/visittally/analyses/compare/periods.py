"""`compare --period`: one reading of the files, each day counted apart, summed to periods and to the year so far."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from visittally.analyses.campaign import guess_notices, unique_notices
from visittally.analyses.compare.answers import count_answers
from visittally.analyses.compare.figures import ComparedFigure, FigurePlan
from visittally.analyses.compare.indicators import Accounts, Span, begin_of, calendar, next_after, periods_table
from visittally.analyses.compare.parts import ComparedPart
from visittally.analyses.unit import whole_unit
from visittally.answers.axes import parse_days
from visittally.counting.plan import Dimension
from visittally.errors import FieldError, Notice, UsageError
from visittally.messages import _
from visittally.survey.projection import Projection
from visittally.tables.result import Result
from visittally.words.dates import is_month, period

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from visittally.analyses.campaign import Campaign
    from visittally.answers.axes import Axis


def compare_periods(campaign: Campaign) -> Result:
    """Figures month by month (quarter, week, year) and for the year so far.

    Raises:
        FieldError: No column tells when the visits were, or no date can be read.
        UsageError: Options that have no meaning here.
    """
    campaign.need_records()
    settings = campaign.settings
    unused = [name for name in ("by", "question", "panel", "interval") if getattr(settings, name)]
    if unused:
        text = _("--period has no use for {options}; --where FIELD=VALUE looks at one place, --across at answers.")
        raise UsageError(text.format(options=", ".join(f"--{name}" for name in unused)))
    variable = campaign.survey.of_field("visit_date")
    if variable is None:
        raise FieldError(_("--period needs the date of the visits: --column visit_date=HEADER"))
    unit, more = whole_unit(campaign)
    across = campaign.axis(settings.across) if settings.across else None
    slice_ = Dimension(variable.name, Projection.DAY)
    plan = FigurePlan.of(campaign, unit, across)
    counts = campaign.count(plan.plan(campaign, slice_))
    whole = ComparedPart(campaign, counts, slice_)
    days, notices = parse_days(whole.slice_values(plan.cases, unit.key), variable.name)
    accounts, labels = _accounts(whole, plan, days, across)
    table = periods_table(accounts, settings.period, labels)
    undated = sum(n for v, n in whole.slice_values(plan.cases, unit.key).items() if days[v] is None)
    found = [*campaign.notices(), *counts.notices, *unit.notices, *more, *notices]
    found += guess_notices(campaign.survey, ["visit_date", "village", "issue", "status", "visit_outcome"])
    if undated:
        text = _("{n:,} records have no date that can be read: they are in no period.")
        found.append(Notice("undated", text.format(n=undated)))
    return Result({"periods": table}, counts.receipt, unique_notices(found), ("periods",))


def _accounts(
    whole: ComparedPart, plan: FigurePlan, days: Mapping[str, date | None], across: Axis | None
) -> tuple[Accounts, dict[str, str]]:
    settings, kind = whole.campaign.settings, whole.campaign.settings.period
    known = sorted(day for day in days.values() if day is not None)
    if settings.as_of is not None:
        known = [day for day in known if day <= settings.as_of]
    if not known:
        raise FieldError(_("--period: no date of a visit can be read."))
    oldest = known[0]
    newest = settings.as_of or max(_last_day(text, day) for text, day in days.items() if day is not None)
    earliest = oldest if settings.since is None else min(oldest, settings.since)
    spans = [
        replace(span, complete=span.first >= earliest and span.last <= newest)
        for span in calendar(kind, oldest, newest)
    ]
    labels: dict[str, str] = {}

    def of(accepts: Callable[[date], bool]) -> dict[str, ComparedFigure]:
        raw = frozenset(v for v, day in days.items() if day is not None and day <= newest and accepts(day))
        part = replace(whole, accepted=raw)
        found = plan.figures(part)
        if across is None:
            return found
        if settings.hides_small_counts:  # an answer would follow from the sum of all
            found = {name: figure for name, figure in found.items() if name not in ("mentions", "per_100", "collected")}
        return {**found, **_answers(part, plan, across, labels)}

    figures, cumulative = {}, {}
    for span in spans:
        figures[span.name] = of(lambda day, s=span: s.first <= day <= s.last)  # type: ignore[misc]
        start = _start(span, settings.since)
        if not settings.hides_small_counts:  # what is small in a period would follow from the sums of two
            cumulative[span.name] = of(lambda day, s=span, start=start: start <= day <= s.last)  # type: ignore[misc]
    names = {span.name for span in spans}
    previous = {s.name: period(s.first - timedelta(days=1), kind) for s in spans}
    last_year = {s.name: _year_ago(s, kind) for s in spans}
    accounts = Accounts(
        tuple(spans),
        figures,
        cumulative,
        {name: before for name, before in previous.items() if before in names},
        {name: year for name, year in last_year.items() if year in names},
        partial=settings.partial,
    )
    return accounts, labels


def _last_day(text: str, day: date) -> date:
    """The last day that a date stands for: 2026-04 is all of April."""
    return next_after("month", day.replace(day=1)) - timedelta(days=1) if is_month(text) else day


def _start(span: Span, since: date | None) -> date:
    """Where the sum up to a period begins: at the beginning of its year, or where --from says."""
    return begin_of("year", span.last) if since is None else since


def _year_ago(span: Span, kind: str) -> str:
    """The same period of the year before."""
    if kind == "week":
        year, week = span.name.split("-W")
        return f"{int(year) - 1}-W{week}"
    return period(span.first.replace(year=span.first.year - 1), kind)


def _answers(part: ComparedPart, plan: FigurePlan, across: Axis, labels: dict[str, str]) -> dict[str, ComparedFigure]:
    """How many gave each answer."""
    assert across.variable is not None
    dimensions, unit = (plan.rows, ()) if plan.rows else (plan.cases, plan.unit)
    found = count_answers(part, across.variable, (), unit, issue=across, dimensions=dimensions)
    labels |= {found.names[key]: label for key, label in found.labels.items() if key in found.names}
    return {name: ComparedFigure(found.n.get(((), key), 0)) for key, name in found.names.items()}
