"""The rhythm of the visits: how they went on, on how many days nobody went, who is due to be visited again."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from visittally.analyses.coverage.visits import NEVER_DUE
from visittally.analyses.figure_columns import column, number
from visittally.analyses.rows import by_cells, by_columns
from visittally.messages import _
from visittally.tables.measures import FREE, RECORD, ROW
from visittally.tables.table import Base, Cell, Count, Date, Number, Row, Table
from visittally.words.dates import period
from visittally.words.daycodes import UNDATED, day_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from visittally.analyses.coverage.figures import Coverage
    from visittally.settings import Settings

_DAYS_ON_A_PAGE = 60
_WEEKS_ON_A_PAGE = 371
_LONGEST = 4_000
"""Days of a campaign whose periods are all told."""


def progress_table(coverage: Coverage) -> Table:
    """One row for each period of the campaign; in longer ones the days on which nobody went."""
    visits = coverage.visits
    name = coverage.period or _fitting_period(visits.spans.get(()))
    started, done = _by_period(visits.started, name), _by_period(visits.done, name)
    idle = Counter(period(day, name) for day in _idle_days(visits.by_day))
    names = ["visited", *(["completed"] if coverage.with_outcomes else []), "cumulative"]
    columns = [column("period", ROW), *map(number, names)]
    columns += [column("days_without", FREE, label=_("Days without visits"))] if name != "day" else []
    rows, so_far = [], 0
    for label in _periods(visits.by_day, {*started, *done}, name):
        cells: list[Cell] = [Date(label), Count(started.get(label, 0))]
        cells += [Count(done.get(label, 0))] if coverage.with_outcomes else []
        so_far += (done if coverage.completed else started).get(label, 0)
        cells += [Count(so_far), *([Number(idle[label], 0)] if name != "day" else [])]
        rows.append(Row(tuple(cells)))
    n = sum(visits.started.values())
    undated = visits.visited(()) - n
    base = Base("dated", n, _("Base: {n:,} visited with a date; {out:,} without.").format(n=n, out=undated))
    notes = [_("A household stands where it was first visited, and where it was first completed.")]
    notes = notes if coverage.by_household else []
    return Table("progress", _("Progress"), tuple(columns), tuple(rows), base, (*notes, *_pauses(visits.by_day)))


def _periods(by_day: Mapping[int, int], found: Collection[str], name: str) -> list[str]:
    """The periods from the first visit to the last, those without a new one, too: a pause is to be seen as one.

    Where a wrong date lies far away, that would be very many: then only those with visits.
    """
    first, last = min(by_day, default=0), max(by_day, default=-1)
    if last - first > _LONGEST:
        return sorted(found)
    every = {period(date.fromordinal(day), name) for day in range(first, last + 1)}
    return sorted({*found, *every})


def _idle_days(by_day: Mapping[int, int]) -> list[date]:
    """The days between the first and the last visit on which nobody went."""
    if not by_day:
        return []
    return [date.fromordinal(day) for day in range(min(by_day), max(by_day)) if not by_day.get(day)]


def _pauses(by_day: Mapping[int, int]) -> list[str]:
    """On how many days nobody went, and the longest pause."""
    idle = [day.toordinal() for day in _idle_days(by_day)]
    if not idle:
        return []
    span = max(by_day) - min(by_day) + 1
    runs: list[list[int]] = []
    for day in idle:
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    longest = max(runs, key=len)
    text = _("Nobody went on {n:,} of {days:,} days; the longest pause lasted {most:,} days, {first} to {last}.")
    first, last = date.fromordinal(longest[0]).isoformat(), date.fromordinal(longest[-1]).isoformat()
    return [text.format(n=len(idle), days=span, most=len(longest), first=first, last=last)]


def revisited(coverage: Coverage, settings: Settings) -> bool:
    """Whether somebody asked who is due to be visited again, and the dates tell."""
    return bool(settings.revisit_after) and coverage.as_of is not None and coverage.visits.days is not None


def revisits_table(coverage: Coverage, settings: Settings) -> Table:
    """Places with households that are due for another visit; places themselves without household keys."""
    visits = coverage.visits
    assert coverage.as_of is not None
    today = coverage.as_of.toordinal()
    what = _("Households due") if coverage.by_household else _("Visits due")
    columns = (
        *by_columns(visits.axes),
        column("due", RECORD, label=what),
        column("last_date", RECORD, label=_("Oldest last visit")),
        column("days", RECORD, label=_("Days ago")),
    )
    rows = []
    for key in [*coverage.keys(settings.sort), ()]:
        last = {one: n for one, n in visits.latest.get(key, {}).items() if one[0] > UNDATED}
        if not coverage.by_household:
            newest = max(last, default=(UNDATED, NEVER_DUE))
            last = {newest: visits.visited(key)} if newest[0] > UNDATED and key else {}
        due = {one: n for one, n in last.items() if one[1] != NEVER_DUE and one[0] <= today - one[1]}
        oldest = min((day for day, _after in due), default=UNDATED)
        if due or not key:
            days = None if oldest == UNDATED else today - oldest
            cells = (*by_cells(visits.axes, key), Count(sum(due.values())), Date.of(day_of(oldest)), Number(days, 0))
            rows.append(Row(cells, total=not key))
    if not coverage.by_household:
        rows = rows[:-1]
    return Table("revisits", _("Revisits due"), columns, tuple(rows), None, tuple(_due_notes(coverage.as_of, settings)))


def _due_notes(as_of: date, settings: Settings) -> list[str]:
    found = []
    if general := settings.revisit_after.get("", 0):
        day = date.fromordinal(as_of.toordinal() - general)
        text = _("Due: last visited on {day} or before, {days} days before {as_of}.")
        found.append(text.format(day=day.isoformat(), days=general, as_of=as_of.isoformat()))
    if settings.revisit_groups:
        text = _("By group: {groups}; counted to {as_of}, of several groups the shortest time holds.")
        one = _("{group} after {days} days")
        named = _("; ").join(one.format(group=group, days=days) for group, days in settings.revisit_groups.items())
        found.append(text.format(groups=named, as_of=as_of.isoformat()))
    return found


def _fitting_period(span: tuple[int, int] | None) -> str:
    """The period that keeps the table on a page."""
    days = 0 if span is None else span[1] - span[0]
    return "day" if days <= _DAYS_ON_A_PAGE else "week" if days <= _WEEKS_ON_A_PAGE else "month"


def _by_period(days: Mapping[int, int], name: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for ordinal, n in days.items():
        label = period(date.fromordinal(ordinal), name)
        found[label] = found.get(label, 0) + n
    return found
