"""Tables of what parts come to: two of them side by side, or period after period with 环比, 同比 and 累计."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from visittally.analyses.compare.figures import ComparedFigure, indicator_label
from visittally.analyses.figure_columns import column
from visittally.dataclass import dataclass
from visittally.messages import _, listing
from visittally.tables.measures import OF_ROW, REMARK, ROW, SIDES, Content, Measure
from visittally.tables.table import Cell, Column, Count, Number, Row, Share, Table, Text
from visittally.words.labels import heading

if TYPE_CHECKING:
    from collections.abc import Mapping

SHOWN = 3
"""So many periods people see, the newest first."""


def figure_cell(figure: ComparedFigure | None) -> Cell:
    """The cell of a figure: a count, or a share with its counts."""
    if figure is None:
        return Count(None)
    if figure.ratio:
        return Number(figure.percent)
    return Count(figure.n) if figure.base is None else Share(figure.n, figure.base, counts=True)


@dataclass(frozen=True, slots=True)
class Change:
    """From one figure to another: absolute and in per cent for numbers, in points for shares."""

    absolute: float | None = None
    percent: float | None = None
    points: float | None = None

    @classmethod
    def between(cls, before: ComparedFigure | None, after: ComparedFigure | None) -> Change:
        """The change; nothing where there is no figure to compare with.

        >>> Change.between(ComparedFigure(818), ComparedFigure(837)).absolute
        19
        >>> Change.between(ComparedFigure(0), ComparedFigure(5))
        Change(absolute=5, percent=None, points=None)
        """
        if before is None or after is None:
            return cls()
        shares = before.base is not None or after.base is not None
        first, second = (f.percent if shares else f.n for f in (before, after))
        if first is None or second is None:
            return cls()
        if shares and not after.ratio:
            return cls(points=second - first)
        return cls(second - first, 100 * (second - first) / first if first else None)

    def cell(self) -> Number:
        """The change for people: points of a share, per cent of a number."""
        if self.points is not None:
            return Number(self.points, change=True, unit=_(" points"))
        return Number(self.percent, change=True, unit="%")


def indicators_table(
    before: Mapping[str, ComparedFigure], after: Mapping[str, ComparedFigure], notes: tuple[str, ...] = ()
) -> Table:
    """What both sides come to."""
    names = [name for name in after if name in before]
    columns = [column("indicator", ROW)]
    columns += [column(side, *_measures(about), label=heading(f"form_{side}")) for side, about in SIDES.items()]
    columns += [
        column(f"{side}_{part}", measure, label="", people=False)
        for side, about in SIDES.items()
        for part, measure in zip(("numerator", "denominator"), _measures(about), strict=True)
    ]
    columns += [column("change", OF_ROW, label=heading("difference")), column("development", OF_ROW, machine=False)]
    columns += [column(name, OF_ROW, label="", people=False) for name in ("change_percent", "points")]
    rows = []
    for name in names:
        first, second = before[name], after[name]
        change = Change.between(first, second)
        shares = first.base is not None or second.base is not None
        parts = [Count(x) for f in (first, second) for x in ((f.n, f.base) if shares else (None, None))]
        cells: list[Cell] = [Text(name, indicator_label(name)), figure_cell(first), figure_cell(second), *parts]
        digits = None if second.ratio else 0
        cells += [
            Number(change.absolute, digits, change=True),
            change.cell(),
            Number(change.percent),
            Number(change.points),
        ]
        rows.append(Row(tuple(cells)))
    return Table("indicators", _("Both sides"), tuple(columns), tuple(rows), None, notes)


_NAMED = {
    "visits": "cases",
    "per_100": "mentions",
    "per_100_base": "cases",
    "handled_base": "collected",
    "resolved_base": "collected",
}
"""Indicators, and what they divide by, that are called otherwise in other tables."""


def _measures(about: frozenset[tuple[str, str]]) -> tuple[Measure, Measure]:
    """What a figure of the indicator that a row names counts, and what it divides by."""
    part = Measure(Content.FIGURE, about=about, by="indicator", named=_NAMED)
    return part, replace(part, names=("_base",))


# ---------------------------------------------------------------------------- periods
@dataclass(frozen=True, slots=True)
class Span:
    """A period of the calendar.

    Attributes:
        name: In ISO form; first, last: its days.
        complete: Whether there are records of all of it.
    """

    name: str
    first: date
    last: date
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Accounts:
    """Figures by period: those of each, and those from the beginning of its year to its end.

    Attributes:
        spans: The periods in order, without gaps.
        figures: Name of a period -> indicator -> figure; cumulative: the same from the start to its end.
        previous, last_year: Name of a period -> that of the one before, and of the same one a year ago.
        partial: Whether incomplete periods are compared all the same.
    """

    spans: tuple[Span, ...]
    figures: Mapping[str, Mapping[str, ComparedFigure]]
    cumulative: Mapping[str, Mapping[str, ComparedFigure]]
    previous: Mapping[str, str]
    last_year: Mapping[str, str]
    partial: bool = False

    def whole(self, name: str) -> bool:
        """Whether a period may be compared."""
        return self.partial or any(span.name == name and span.complete for span in self.spans)

    def change(self, indicator: str, before: str | None, after: str) -> Change:
        """The change of an indicator from one period to another; none from or to an incomplete one."""
        if before is None or not (self.whole(before) and self.whole(after)):
            return Change()
        first, second = (self.figures.get(name, {}).get(indicator) for name in (before, after))
        if first is not None and first.base is None and not first.n:
            return Change()  # from nothing there is no change that could be told
        return Change.between(first, second)


MACHINE = (
    *("period", "indicator", "value", "numerator", "denominator", "previous", "change", "change_percent", "points"),
    *("last_year", "change_on_year", "change_on_year_percent", "points_on_year"),
    *("cumulative", "cumulative_numerator", "cumulative_denominator", "cumulative_last_year", "complete"),
)
_PEOPLE = ("period", "indicator", "value", "previous", "last_year", "cumulative", "cumulative_last_year")


def periods_table(accounts: Accounts, kind: str, labels: Mapping[str, str]) -> Table:
    """Each indicator period by period, with what it was before and a year ago, and the sum of the year so far.

    Args:
        accounts: The figures.
        kind: month, quarter, week or year.
        labels: Labels of answers that are counted as indicators.
    """
    headings = _headings(kind)
    measures = _period_measures(accounts)
    columns: list[Column] = []
    for name in MACHINE:
        columns.append(column(name, *measures[name], label=headings.get(name), people=name in _PEOPLE))
        if name == "points":
            columns.append(column("on_previous", *measures["change"], label=headings["on_previous"], machine=False))
        if name == "points_on_year":
            columns.append(column("on_year", *measures["change_on_year"], label=headings["on_year"], machine=False))
    yearly = any(accounts.figures.get(name) for name in accounts.last_year.values())
    hidden = () if yearly else ("last_year", "on_year", "cumulative_last_year")
    columns = [replace(c, people=c.people and c.name not in hidden) for c in columns]
    if not accounts.cumulative:
        columns = [replace(c, people=c.people and "cumulative" not in c.name) for c in columns]
    by_span = {span.name: _rows(accounts, span, labels) for span in accounts.spans}
    rows = tuple(row for span in accounts.spans for row in by_span[span.name])
    newest = [span.name for span in reversed(accounts.spans)][:SHOWN]
    brief = tuple(row for name in newest for row in by_span[name])
    notes = tuple(_notes(accounts))
    table = Table("periods", _("Period by period"), tuple(columns), rows, None, notes)
    more = len(accounts.spans) - len(newest)
    further = (_("{n} earlier periods: -f csv has them all.").format(n=more),) if more > 0 else ()
    return replace(table, brief=replace(table, rows=brief, notes=(*notes, *further)))


def _period_measures(accounts: Accounts) -> dict[str, tuple[Measure, Measure | None]]:
    """What each column measures: the indicator that its row names, in this period or in another one."""
    now = _measures(frozenset())
    so_far = _measures(frozenset({("since", "start")}))
    before, a_year_ago = ("period", accounts.previous), ("period", accounts.last_year)
    found: dict[str, tuple[Measure, Measure | None]] = {
        "period": (ROW, None),
        "indicator": (ROW, None),
        "value": now,
        "numerator": (now[0], None),
        "denominator": (now[1], None),
        "previous": (replace(now[0], moved=before), replace(now[1], moved=before)),
        "last_year": (replace(now[0], moved=a_year_ago), replace(now[1], moved=a_year_ago)),
        "cumulative": so_far,
        "cumulative_numerator": (so_far[0], None),
        "cumulative_denominator": (so_far[1], None),
        "cumulative_last_year": (replace(so_far[0], moved=a_year_ago), replace(so_far[1], moved=a_year_ago)),
        "complete": (REMARK, None),
    }
    return {name: found.get(name, (OF_ROW, None)) for name in MACHINE}


def _headings(kind: str) -> dict[str, str]:
    this, last, year, so_far, so_far_year = {
        "month": (
            _("This month"),
            _("Last month"),
            _("Same month last year"),
            _("Year to date"),
            _("Last year to date"),
        ),
        "quarter": (
            *(_("This quarter"), _("Last quarter"), _("Same quarter last year")),
            *(_("Year to date"), _("Last year to date")),
        ),
        "week": (_("This week"), _("Last week"), _("Same week last year"), _("Year to date"), _("Last year to date")),
        "year": (_("This year"), _("Last year"), _("Last year"), _("Year to date"), _("Last year to date")),
    }[kind]
    return {
        "value": this,
        "previous": last,
        "on_previous": _("Change on the last"),
        "last_year": year,
        "on_year": _("Change on the year"),
        "cumulative": so_far,
        "cumulative_last_year": so_far_year,
    }


def _rows(accounts: Accounts, span: Span, labels: Mapping[str, str]) -> list[Row]:
    rows = []
    before, year = accounts.previous.get(span.name), accounts.last_year.get(span.name)
    for indicator, figure in accounts.figures[span.name].items():
        previous = accounts.figures.get(before or "", {}).get(indicator)
        last_year = accounts.figures.get(year or "", {}).get(indicator)
        so_far = accounts.cumulative.get(span.name, {}).get(indicator)
        so_far_year = accounts.cumulative.get(year or "", {}).get(indicator)
        change = accounts.change(indicator, before, span.name)
        on_year = accounts.change(indicator, year, span.name)
        label = span.name if span.complete else f"{span.name} *"
        known = {
            "period": Text(span.name, label),
            "indicator": Text(indicator, labels.get(indicator, indicator_label(indicator))),
            "value": figure_cell(figure),
            "numerator": Count(None if figure.base is None else figure.n),
            "denominator": Count(figure.base),
            "previous": figure_cell(previous),
            "change": Number(change.absolute, 0),
            "change_percent": Number(change.percent),
            "points": Number(change.points),
            "on_previous": change.cell(),
            "last_year": figure_cell(last_year),
            "change_on_year": Number(on_year.absolute, 0),
            "change_on_year_percent": Number(on_year.percent),
            "points_on_year": Number(on_year.points),
            "on_year": on_year.cell(),
            "cumulative": figure_cell(so_far),
            "cumulative_numerator": Count(None if so_far is None or so_far.base is None else so_far.n),
            "cumulative_denominator": Count(None if so_far is None else so_far.base),
            "cumulative_last_year": figure_cell(so_far_year),
            "complete": Text(span.complete),
        }
        names = list(MACHINE)
        names.insert(names.index("points") + 1, "on_previous")
        names.insert(names.index("points_on_year") + 1, "on_year")
        rows.append(Row(tuple(known[name] for name in names)))
    return rows


def _notes(accounts: Accounts) -> list[str]:
    found = [
        _(
            "Numbers change in per cent, shares in points. Year to date: households and villages once over the whole "
            "time, shares from the sums, not from the mean of the periods."
        )
    ]
    if any(not span.complete for span in accounts.spans):
        text = _("* not all of the period is in the files: no change is computed from it or to it (--partial does).")
        found.append(_("* not all of the period is in the files.") if accounts.partial else text)
    zero = [
        indicator_label(indicator)
        for before in dict.fromkeys(accounts.previous.get(span.name) for span in accounts.spans)
        for indicator, figure in accounts.figures.get(before or "", {}).items()
        if not figure.n and figure.base is None
    ]
    if zero:
        found.append(_("No change where the period before is 0: {names}.").format(names=listing(dict.fromkeys(zero))))
    return found


def calendar(kind: str, first: date, last: date) -> list[Span]:
    """The periods from the one that holds the first day to the one that holds the last.

    >>> [span.name for span in calendar("month", date(2026, 11, 20), date(2027, 1, 2))]
    ['2026-11', '2026-12', '2027-01']
    """
    from visittally.words.dates import period

    found: list[Span] = []
    day = begin_of(kind, first)
    while day <= last:
        after = next_after(kind, day)
        found.append(Span(period(day, kind), day, after - timedelta(days=1)))
        day = after
    return found


def begin_of(kind: str, day: date) -> date:
    """The first day of the period that a day falls in."""
    match kind:
        case "week":
            return day - timedelta(days=day.weekday())
        case "month":
            return day.replace(day=1)
        case "quarter":
            return day.replace(month=3 * ((day.month - 1) // 3) + 1, day=1)
        case _:
            return day.replace(month=1, day=1)


def next_after(kind: str, begin: date) -> date:
    """The first day of the next period."""
    return begin_of(kind, begin + timedelta(days={"week": 7, "month": 32, "quarter": 95}.get(kind, 366)))
