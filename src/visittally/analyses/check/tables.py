"""What a check found, as tables."""

from __future__ import annotations

from dataclasses import fields
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from visittally.analyses.check.answering import question_figures
from visittally.analyses.check.locks import FEWEST, TAIL, SignalFound, VisitorMeasure
from visittally.analyses.check.signals import Signal, signals
from visittally.analyses.check.thresholds import DEFAULTS, Thresholds
from visittally.analyses.figure_columns import single_records
from visittally.dataclass import dataclass
from visittally.messages import _, listing
from visittally.reading.receipt import Kind
from visittally.tables.measures import FREE, OF_ROW, REMARK, ROW, counted
from visittally.tables.result import Tables
from visittally.tables.table import Cell, Column, Count, Number, Row, Share, Table, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from visittally.analyses.check.cases import Cases
    from visittally.analyses.check.columns import CheckColumns
    from visittally.counting.engine import Counts
    from visittally.settings import Settings

_SHOWN = {
    "short": "short", "overlap": "overlap", "dont_know": "dont_know", "refused_answers": "refused_answers",
    "missing": "missing", "other": "other", "no_issue": "no_issue", "same_text": "identical_text",
    "near_duplicate": "near_duplicate", "straightline": "straightline",
}  # fmt: skip
"""Columns of `visitors` that are shares -> their signals."""
_LIMITS = {"near_duplicate": "near_share"}
"""Signals whose visitors have a threshold of their own."""


JUDGED, MANY = 5, 3
"""Visitors that can be judged; where one in so many of them is pointed out, it is hardly a matter of single ones."""


@dataclass(frozen=True, slots=True)
class CheckFindings:
    """All that was found."""

    cases: Cases
    columns: CheckColumns
    found: Mapping[str, SignalFound]
    limits: Thresholds
    settings: Settings

    def limit(self, name: str) -> float | None:
        """The threshold for a visitor."""
        limit = getattr(self.limits, _LIMITS.get(name, name), self.found[name].threshold)
        return None if limit is None else float(limit)

    def changed(self) -> list[str]:
        """The thresholds that the user set, by the names that they have there."""
        return [f.name for f in fields(Thresholds) if getattr(self.limits, f.name) != getattr(DEFAULTS, f.name)]


def tables_of(checked: CheckFindings, counts: Counts) -> tuple[Mapping[str, Table], tuple[str, ...]]:
    """The tables by name, the first being what csv prints, and those that people are shown."""
    makers: dict[str, Callable[[], Table]] = {
        "signals": partial(_signals, checked),
        "overview": partial(_overview, checked),
        "visitors": partial(_visitors, checked),
        "questions": partial(_questions, checked),
        "records": partial(_records, checked, counts),
    }
    if not checked.cases.members:
        del makers["visitors"]
    if not checked.cases.readers:
        del makers["questions"]
    if checked.settings.public:
        makers = {name: make for name, make in makers.items() if name in ("overview", "questions")}
    shown = tuple(name for name in ("overview", "visitors", "questions") if name in makers)
    return Tables(makers), shown


def _visitor_column(checked: CheckFindings) -> Column:
    axis = checked.columns.visitor
    return Column("visitor", _("Visitor") if axis is None else axis.label, measure=ROW)


# ---------------------------------------------------------------- signals
def _signals(checked: CheckFindings) -> Table:
    words = signals()
    columns = (
        Column("signal", _("Signal"), measure=ROW),
        _visitor_column(checked),
        Column("n", _("n"), measure=counted("n")),
        Column("count", _("Count"), measure=counted("count")),
        Column("value", _("Value"), measure=OF_ROW),
        Column("unit", _("Unit"), measure=REMARK),
        Column("rest_value", _("The others"), measure=OF_ROW),
        Column("z", _("z"), measure=OF_ROW),
        Column("threshold", _("Threshold"), measure=FREE),
        Column("recheck", _("Needs re-check"), measure=REMARK),
        Column("reason", _("Perhaps innocent"), measure=REMARK),
    )
    rows = tuple(
        Row(
            (
                Text(name, words[name].label),
                Text(checked.cases.names[i]),
                Count(one.n),
                Count(one.count),
                Number(one.value),
                Text(found.unit, units().get(found.unit, found.unit)),
                Number(one.rest),
                Number(one.z, 2),
                Number(checked.limit(name)),
                _verdict(one),
                Text(words[name].innocent),
            )
        )
        for name, found in checked.found.items()
        for i, one in sorted((found.measures or {}).items())
    )
    return Table("signals", _("Signals by visitor"), columns, rows, None, _cautions(checked))


def units() -> Mapping[str, str]:
    """Units of figures in words."""
    return {
        "percent": "%",
        "minutes": _("minutes"),
        "days": _("days"),
        "visits": _("visits"),
        "whipple": _("Whipple's index"),
        "metres": _("metres"),
        "records": _("records"),
        "ratio": _("ratio"),
        "columns": _("columns"),
    }


def _verdict(one: VisitorMeasure) -> Text:
    if one.recheck is None:
        return Text(None, _("too few"))
    return Text(one.recheck, _("needs re-check") if one.recheck else _("no"))


def _differing(checked: CheckFindings) -> list[str]:
    """Signals that point out so many visitors that it is hardly a matter of single ones."""
    words = signals()
    most = []
    for name, found in checked.found.items():
        judged = [one.recheck for one in (found.measures or {}).values() if one.recheck is not None]
        if len(judged) >= JUDGED and MANY * sum(judged) >= len(judged):
            most.append(f"{words[name].label} ({sum(judged)}/{len(judged)})")
    if not most:
        return []
    text = _(
        "So many visitors are pointed out here that the question, the training or the villages should be looked at "
        "before single visitors: {signals}."
    )
    return [text.format(signals=listing(most))]


def _cautions(checked: CheckFindings) -> tuple[str, ...]:
    """What must be known of these figures."""
    visitors = sum(len(records) >= FEWEST for records in checked.cases.members)
    computed = sum(bool(found.measures) for found in checked.found.values())
    notes = [
        _(
            "Signals are reasons to look again, not findings about people. They were not added to a score. "
            "Visitors work in different villages: part of a difference is the village."
        )
    ]
    if visitors and computed:
        text = _(
            "Of {visitors} visitors x {signals} signals about {chance:.1f} would pass z >= 3 by chance alone. "
            "A visitor is pointed out only with at least 30 records, above the threshold and with z >= 3."
        )
        notes.append(text.format(visitors=visitors, signals=computed, chance=2 * visitors * computed * TAIL))
        notes += _differing(checked)
    if not (changed := ", ".join(checked.changed())):
        notes.append(_("The thresholds are the default ones; no labelled records tell how well they work."))
    else:
        notes.append(
            _("Thresholds that were set by you: {names}; the others are the default ones.").format(names=changed)
        )
    return tuple(notes)


# ---------------------------------------------------------------- overview
def _overview(checked: CheckFindings) -> Table:
    columns = (
        Column("signal", _("Signal"), measure=ROW),
        Column("level", _("Level"), people=False, measure=REMARK),
        Column("base", _("Of"), measure=counted("looked_at")),
        Column("base_kind", _("What was looked at"), measure=REMARK),
        Column("count", _("Count"), measure=counted("count")),
        Column("percent", "%", measure=counted("count"), base=counted("looked_at")),
        Column("threshold", _("Threshold"), measure=FREE),
        Column("visitors_recheck", _("Visitors to re-check"), measure=counted("visitors_recheck")),
        Column("state", _("State"), measure=REMARK),
        Column("innocent", _("Perhaps innocent"), measure=REMARK),
    )
    words = signals()
    rows = tuple(Row(_overview_cells(name, found, words[name])) for name, found in checked.found.items())
    brief = Table(
        "overview",
        _("What should be looked at again"),
        columns,
        tuple(row for row in rows if row.cells[8].value != "no_column"),
        None,
        # Under the table of visitors stands what is to be known of figures of people.
        (*_left_out(checked), *(_cautions(checked)[-1:] if checked.cases.members else _cautions(checked))),
    )
    return Table("overview", _("What should be looked at again"), columns, rows, None, _cautions(checked), brief)


def _overview_cells(name: str, found: SignalFound, words: Signal) -> tuple[Cell, ...]:
    computed = found.state == "computed"
    states = {
        "computed": _("computed"),
        "no_column": _("no column"),
        "too_few": _("too few"),
        "too_large": _("too large"),
    }
    kinds = {
        "records": _("records"),
        "visitors": _("visitors"),
        "visitor_days": _("visitor-days"),
        "answers": _("answers"),
        "units": _("places"),
    }
    return (
        Text(name, words.label),
        Text(words.level),
        Count(found.base if computed else None),
        Text(words.base, kinds[words.base]),
        Count(found.count if computed else None),
        Share(found.count, found.base) if computed else Share(None, None),
        Number(found.threshold),
        Count(found.rechecks if computed and found.measures else None),
        Text(found.state, states[found.state]),
        Text(words.innocent),
    )


def _left_out(checked: CheckFindings) -> tuple[str, ...]:
    """The signals for which the files have no columns."""
    words = signals()
    names = [words[name].label for name, found in checked.found.items() if found.state == "no_column"]
    if not names:
        return ()
    return (_("Not computed, because no column tells: {names}.").format(names=listing(names)),)


# ---------------------------------------------------------------- visitors
def _visitors(checked: CheckFindings) -> Table:
    columns = [
        _visitor_column(checked),
        Column("visits", _("Visits"), measure=counted("visits")),
        Column("days", _("Days"), measure=counted("days")),
        Column("max_per_day", _("Most a day"), measure=counted("max_per_day")),
        Column("completed", _("Completed"), measure=counted("completed")),
        Column("refused", _("Refused"), measure=counted("refused")),
        Column("median_minutes", _("Minutes (median)"), measure=OF_ROW),
    ]
    labels = signals()
    shown = {name: signal for name, signal in _SHOWN.items() if _computed(checked, signal)}
    columns += [
        Column(name, f"{labels[signal].label} %", measure=counted(name), base=counted(f"{name}_of"))
        for name, signal in shown.items()
    ]
    columns += [
        Column("signals", _("Needs re-check"), measure=counted("signals")),
        Column("computed", _("Of signals"), measure=counted("computed")),
    ]
    rows = [Row(_visitor_cells(checked, i, tuple(shown.values()))) for i in range(len(checked.cases.members))]
    title = (
        _("Visitors") if checked.columns.visitor is None or not checked.settings.by else checked.columns.visitor.label
    )
    return Table("visitors", title, tuple(columns), tuple(rows), None, _cautions(checked))


def _computed(checked: CheckFindings, signal: str) -> bool:
    found = checked.found.get(signal)
    return found is not None and found.state == "computed"


def _visitor_cells(checked: CheckFindings, i: int, shown: tuple[str, ...]) -> tuple[Cell, ...]:
    cases, records = checked.cases, checked.cases.members[i]
    days = cases.day[records]
    _values, counts = np.unique(days[days >= 0], return_counts=True)
    minutes = cases.minutes[records][cases.completed[records]]
    minutes = minutes[np.isfinite(minutes)]
    enough = len(records) >= FEWEST
    dated, timed = bool((cases.day >= 0).any()), bool(np.isfinite(cases.minutes).any())
    cells: list[Cell] = [
        Text(cases.names[i]),
        Count(len(records)),
        Count(len(counts) if dated and enough else None),
        Count(int(counts.max(initial=0)) if dated and enough else None),
        Count(int(cases.completed[records].sum()) if enough else None),
        Count(int(cases.refused[records].sum()) if enough else None),
        Number(float(np.median(minutes)) if enough and timed and len(minutes) else None),
    ]
    for signal in shown:
        one = (checked.found[signal].measures or {}).get(i)
        cells.append(Share(None, None) if one is None or not enough else Share(one.count, one.n))
    own = [one for found in checked.found.values() if (one := (found.measures or {}).get(i)) is not None]
    cells.append(Count(sum(one.recheck is True for one in own) if enough else None))
    cells.append(Count(sum(one.recheck is not None for one in own) if enough else None))
    return tuple(cells)


# ---------------------------------------------------------------- questions
def _questions(checked: CheckFindings) -> Table:
    columns = (
        Column("question", _("Question"), measure=ROW),
        Column("asked", _("Asked"), measure=counted("asked")),
        Column("missing", _("Blank"), measure=counted("missing")),
        Column("dont_know", _("Don't know"), measure=counted("dont_know")),
        Column("refused", _("Refused answers"), measure=counted("refused")),
        Column("other", _("Other"), measure=counted("other")),
        Column("constant", _("One answer only"), measure=REMARK),
        Column("missing_code", _("Codes for no answer"), measure=REMARK),
        Column("outliers", _("Far from others"), measure=counted("outliers")),
        Column("heaped", _("Whipple's index"), measure=OF_ROW),
    )
    rows, telling = [], []
    for one in question_figures(checked.cases):
        # A text hides no count: where small ones are hidden, the codes stand alone.
        alone = checked.settings.hides_small_counts
        codes = ", ".join(code if alone else f"{code}: {n}" for code, n in sorted(one.missing_code.items()))
        row = Row(
            (
                Text(one.name),
                Count(one.asked),
                Count(one.missing),
                Count(one.dont_know),
                Count(one.refused),
                Count(one.other),
                Text(one.constant),
                Text(codes),
                Count(one.outliers),
                Number(one.heaped),
            )
        )
        rows.append(row)
        if one.constant or codes or one.outliers or one.dont_know or one.refused or one.other or one.heaped:
            telling.append(row)
    notes = (_("Outliers: beyond three interquartile ranges on the scale of logarithms; zeros and codes left out."),)
    brief = None
    if len(telling) < len(rows):
        text = _("{n:,} questions without anything to be noticed are left out here; csv and json have them all.")
        left = text.format(n=len(rows) - len(telling))
        brief = Table("questions", _("Questions"), columns, tuple(telling), None, (left, *notes))
    return Table("questions", _("Questions"), columns, tuple(rows), None, notes, brief)


# ---------------------------------------------------------------- records
def _records(checked: CheckFindings, counts: Counts) -> Table:
    columns = (
        Column("file", _("File")),
        Column("line", _("Line")),
        _visitor_column(checked),
        Column("signal", _("Signal")),
        Column("value", _("Value")),
        Column("threshold", _("Threshold")),
        Column("other_line", _("Other line")),
    )
    cases, words = checked.cases, signals()
    rows = []
    for name, found in checked.found.items():
        for hit in found.hits:
            visitor = int(cases.visitor[hit.record]) if len(cases.visitor) else -1
            rows.append(
                Row(
                    (
                        Text(cases.files[cases.file[hit.record]]),
                        Count(int(cases.line[hit.record])),
                        Text(cases.names[visitor] if visitor >= 0 else ""),
                        Text(name, words[name].label),
                        Number(hit.value),
                        Number(found.threshold),
                        Count(int(cases.line[hit.other]) if hit.other >= 0 else None),
                    )
                )
            )
    if "duplicate" in checked.found:
        for file in counts.receipt.files:
            rows += [
                Row((Text(file.file), Count(entry.line), Text(""), Text("duplicate", words["duplicate"].label),
                     Number(0), Number(0), Count(None)))
                for entry in file.entries
                if entry.kind is Kind.DUPLICATE
            ]  # fmt: skip
    return Table("records", _("Records to look at again"), tuple(single_records(columns)), tuple(rows))
