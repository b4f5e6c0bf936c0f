"""The plan of visits - who, where, when - beside what was done."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from visittally.analyses.coverage.roster import Roster, roster_column, roster_rows
from visittally.analyses.figure_columns import column
from visittally.analyses.rows import by_columns
from visittally.answers.axes import Axis, CodedAxis, code_axis, parse_days
from visittally.counting.plan import Dimension, Group
from visittally.dataclass import dataclass
from visittally.errors import FieldError
from visittally.messages import _, listing
from visittally.survey.fields import header_list
from visittally.survey.headers import header_key, last_part
from visittally.survey.projection import Projection
from visittally.tables.measures import RECORD, REMARK, ROW
from visittally.tables.table import Cell, Count, Date, Number, Row, Table, Text
from visittally.words.labels import heading

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from visittally.analyses.campaign import Campaign
    from visittally.counting.engine import Counts
    from visittally.counting.tally import Frame
    from visittally.survey.variables import Survey, Variable

_WHERE = ("township", "village", "group", "unit")
_WHO = ("visitor_unit", "visitor")


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A visit that was planned: the raw places and visitors, and the day."""

    names: tuple[str, ...]
    day: date | None


@dataclass(frozen=True, slots=True)
class Schedule:
    """The plan of visits, read, and what is counted beside it.

    Attributes:
        axes: Places and who visits, as far as plan and visits both tell them; who comes last.
        who: How many of them say who visits: one or none.
        date: The day of the visits.
        lines: The plan.
    """

    axes: tuple[Axis, ...]
    who: int
    date: Axis
    lines: tuple[PlanLine, ...]

    @classmethod
    def of(cls, campaign: Campaign) -> Schedule:
        """Read the plan.

        Raises:
            InputError: It cannot be read.
            FieldError: It tells no day, or no place that the visits tell too.
        """
        from visittally.reading import open_sources
        from visittally.reading.inputs.source import ReadingOptions
        from visittally.survey.understanding import understand

        settings = campaign.settings
        named = {name: header for name, header in settings.roster_columns.items() if "." not in name}
        survey = understand(open_sources((settings.plan,), ReadingOptions()), columns={})
        plan = Roster(settings.plan, survey, {}, named)
        visited = campaign.axis_of_field("visit_date")
        if visited is None:
            raise FieldError(_("--plan needs the date of the visits: --column visit_date=HEADER"))
        day = _day_of(plan, survey, named)
        found = [(axis, v) for f in _WHERE if (axis := campaign.axis_of_field(f)) and (v := plan.variable(axis))]
        if not found or day is None:
            text = _(
                "{file}: a plan of visits needs a place that the visits tell too and a date. Columns are: {columns}. "
                "Say which: --roster-column village=HEADER --roster-column visit_date=HEADER"
            )
            raise FieldError(text.format(file=settings.plan, columns=", ".join(survey.variables)))
        people = [(axis, v) for f in _WHO if (axis := campaign.axis_of_field(f)) and (v := plan.variable(axis))][:1]
        variables = [variable for _axis, variable in (*found, *people)]
        rows = list(roster_rows(plan, [*variables, day]))
        days, _notices = parse_days(Counter(cells[-1] for _line, cells in rows), day.name)
        lines = tuple(
            PlanLine(tuple(cells[:-1]), days[cells[-1]]) for _line, cells in rows if any(c.strip() for c in cells)
        )
        return cls(tuple(axis for axis, _v in (*found, *people)), len(people), visited, lines)

    @property
    def group(self) -> Group:
        """What is counted: visits by place, by who made them, by day."""
        assert self.date.variable is not None
        day = Dimension(self.date.variable.name, Projection.DAY)
        return Group(tuple(dict.fromkeys((*(axis.dimension for axis in self.axes), day))))


def _day_of(plan: Roster, survey: Survey, named: Mapping[str, str]) -> Variable | None:
    """The column with the planned day: the one that was named, a date of a plan, the date of a visit."""
    if "visit_date" in named:
        return roster_column(plan, named["visit_date"])
    known = set(map(header_key, header_list("planned_dates")))
    of_plan = (v for v in survey.variables.values() if header_key(last_part(v.name)) in known)
    return next(of_plan, None) or survey.of_field("visit_date") or survey.of_field("due_date")


def plan_table(campaign: Campaign, schedule: Schedule, counts: Counts, as_of: date | None) -> Table:
    """One row for each place, visitor and day of the plan: visits planned, visits made, what came of it.

    A visit belongs to the row of its place and visitor; of several rows to the last that was planned for its day or
    before, else to the first. Which household was visited is not compared.
    """
    frame = counts.tally.frame(schedule.group)
    coded = _coded(campaign, schedule, frame)
    visits = list(_visits(schedule, coded, frame))
    planned = Counter((_key(coded, line.names), line.day) for line in schedule.lines)
    keys, wanted_on = [key for key, _day in planned], [day for _key, day in planned]
    days: dict[int, Counter[date]] = defaultdict(Counter)
    others: Counter[int] = Counter()
    beside = 0
    for key, day, n in visits:
        own = [i for i, wanted in enumerate(keys) if _fits(wanted, key)]
        if own:
            chosen = _row_for(wanted_on, own, day)
            days[chosen][day] += n
            continue
        same = [i for i, wanted in enumerate(keys) if _fits(wanted[: len(wanted) - schedule.who], key)]
        beside += n
        if same:
            others[_row_for(wanted_on, same, day)] += n
    told = _states()
    states: Counter[str] = Counter()
    rows = []
    for i, ((key, wanted), number) in enumerate(planned.items()):
        first, done = min(days[i], default=None), days[i].total()
        state = "partly" if 0 < done < number else _state(wanted, first, others[i], as_of)
        states[state] += number
        late = None if first is None or wanted is None else (first - wanted).days
        cells: list[Cell] = [
            *(_shown(axis, members) for axis, members in zip(coded, key, strict=True)),
            Date.of(wanted),
            Count(number),
            Count(done),
            Date.of(first),
            Number(late, 0),
            Text(state, told[state]),
        ]
        rows.append(Row(tuple(cells)))
    columns = (
        *by_columns(coded),
        column("planned_date", ROW, label=_("Planned for")),
        column("planned_visits", RECORD, label=_("Visits planned")),
        column("visited", RECORD),
        column("first_date", RECORD, label=heading("first_date")),
        column("days_late", RECORD, label=_("Days late")),
        column("state", REMARK, label=_("What came of it")),
    )
    summed = _("; ").join(f"{told[state]} {n:,}" for state, n in states.most_common())
    notes = [_("{n:,} visits planned: {states}.").format(n=planned.total(), states=summed)]
    notes.append(_("Days late: from the planned day to the first visit; less than 0 is early."))
    if beside:
        notes.append(_("Visits that no line of the plan provides for: {n:,}.").format(n=beside))
    return Table("plan", _("Plan of visits"), columns, tuple(rows), None, tuple(notes))


def _states() -> Mapping[str, str]:
    return {
        "on_day": _("on the day"),
        "early": _("before the day"),
        "late": _("after the day"),
        "by_others": _("only others came"),
        "partly": _("fewer than planned"),
        "not_done": _("not done"),
        "ahead": _("still ahead"),
        "done": _("done, without a planned day"),
    }


def _state(planned: date | None, first: date | None, others: int, as_of: date | None) -> str:
    if first is not None:
        return "done" if planned is None else "on_day" if first == planned else "early" if first < planned else "late"
    if others:
        return "by_others"
    return "ahead" if planned is not None and as_of is not None and planned > as_of else "not_done"


def _coded(campaign: Campaign, schedule: Schedule, frame: Frame) -> tuple[CodedAxis, ...]:
    """The axes, the names of plan and visits together."""
    found = []
    for i, axis in enumerate(schedule.axes):
        seen = dict(frame.value_counts(schedule.group.dimensions.index(axis.dimension)))
        for line in schedule.lines:
            seen[line.names[i]] = seen.get(line.names[i], 0) + 1
        found.append(code_axis(axis, seen, campaign.settings))
    return tuple(found)


def _key(coded: Sequence[CodedAxis], names: Sequence[str]) -> tuple[frozenset[int], ...]:
    """The places and people of a line, by the positions of their keys; blank is nobody in particular."""
    return tuple(_members(axis, name) for axis, name in zip(coded, names, strict=True))


def _members(axis: CodedAxis, name: str) -> frozenset[int]:
    members = axis.coding.lists()[axis.coding.values.index(name)]
    return frozenset(i for i in members if axis.coding.keys[i])


def _visits(
    schedule: Schedule, coded: Sequence[CodedAxis], frame: Frame
) -> Iterator[tuple[tuple[frozenset[int], ...], date, int]]:
    """The visits with a day: where, who, when, how many."""
    dimensions = schedule.group.dimensions
    at = [dimensions.index(axis.dimension) for axis in schedule.axes]
    days, _notices = parse_days(frame.value_counts(len(dimensions) - 1), schedule.date.name)
    members = [[_members(axis, value) for value in frame.values[d]] for axis, d in zip(coded, at, strict=True)]
    for codes, n in zip(frame.codes.tolist(), frame.counts.tolist(), strict=True):
        day = days[frame.values[-1][codes[-1]]]
        if day is not None:
            yield tuple(known[codes[d]] for known, d in zip(members, at, strict=True)), day, n


def _fits(wanted: Sequence[frozenset[int]], key: Sequence[frozenset[int]]) -> bool:
    """Whether a visit is one of a line of the plan, which may leave something open."""
    return all(not plan or plan & visit for plan, visit in zip(wanted, key, strict=False))


def _row_for(days: Sequence[date | None], own: Sequence[int], day: date) -> int:
    """The row of several that a visit belongs to: the last that was planned for its day or before."""
    planned = [(days[i], -i, i) for i in own]
    before = [one for one in planned if one[0] is not None and one[0] <= day]
    if before:
        return max(before)[2]
    ahead = [one for one in planned if one[0] is not None]
    return min(ahead)[2] if ahead else own[0]


def _shown(axis: CodedAxis, members: frozenset[int]) -> Text:
    keys = [axis.coding.keys[i] for i in sorted(members)]
    label = listing(axis.labels.get(key, key) for key in keys)
    return Text(";".join(keys) or None, label)
