"""Tables of a comparison: shares, means, places, what changed in the form."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from visittally.analyses.figure_columns import column, remark, row_column
from visittally.analyses.intervals import no_intervals
from visittally.analyses.matching import FormChange, known_options
from visittally.analyses.statistics import Estimate, Sample, newcombe, welch
from visittally.dataclass import dataclass
from visittally.messages import _
from visittally.tables.measures import ANSWER, OF_ROW, ROW, SIDES, Content, Scope, counted
from visittally.tables.table import Base, Cell, Column, Count, Number, Row, Share, Table, Text
from visittally.words.labels import heading, not_recorded
from visittally.words.ordering import name_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from visittally.analyses.compare.answers import Answers, Names
    from visittally.answers.axes import CodedAxis
    from visittally.settings import Settings
    from visittally.survey.variables import Variable

FEW = 10
"""Cases on either side, at least, before a difference has an interval."""
ROUTED = 0.1
"""From this difference in the part of the cases that a question was put to, its base is another one."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A question on both sides.

    Attributes:
        question: As the later side has it; earlier: as the earlier side has it.
        panel: The difference of an answer in a group where the same cases were asked twice; None for two samples.
    """

    question: Variable
    earlier: Variable
    before: Answers
    after: Answers
    panel: Callable[[Names, str], Estimate | None] | None = None

    @property
    def title(self) -> str:
        """The question's text, its name behind it."""
        label = self.question.label
        return f"{label} ({self.question.name})" if label and label != self.question.name else self.question.name


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of shares with what it is sorted by."""

    row: Row
    group: Names
    moved: float | None
    place: int
    name: str


def shares_table(compared: Sequence[Compared], by: Sequence[CodedAxis], settings: Settings) -> Table:
    """Each answer on both sides: counts, shares, the difference in points with its interval."""
    several = len(compared) > 1
    columns = [column("question", ROW, people=several), remark("question_label", label="", people=False)]
    columns += [row_column(axis.axis) for axis in by]
    columns += [column("answer", ANSWER), remark("answer_label", people=False)]
    for side, about in SIDES.items():
        mentions, base = counted("mentions", about=about), counted("base", scope=Scope.PLACE, about=about)
        columns += [column(f"{side}_mentions", mentions, people=False), column(f"{side}_base", base, people=False)]
        columns += [column(f"{side}_percent", mentions, base)]
    columns += [column("points", OF_ROW)]
    columns += [column(name, OF_ROW, people=False) for name in ("points_low", "points_high")]
    columns += [remark("outside"), remark("note")]
    rows: list[Row] = []
    brief: list[Row] = []
    for one in compared:
        lines = list(_lines(one, by, settings))
        lines.sort(key=lambda line: _rank(line, settings.sort))
        rows += [line.row for line in lines]
        seen: dict[Names, int] = {}
        for line in lines:
            seen[line.group] = seen.get(line.group, 0) + 1
            if not settings.top or seen[line.group] <= settings.top:
                brief.append(line.row)
    columns = _with_content(columns, rows)
    notes = tuple(_share_notes(compared, rows, columns, settings))
    title = _("What has changed") if several or not compared else _("What has changed: {q}").format(q=compared[0].title)
    table = Table("shares", title, tuple(columns), tuple(rows), _base(settings), notes)
    if len(brief) == len(rows):
        return table
    more = _("{n} further answers moved less; -f csv has them all.").format(n=len(rows) - len(brief))
    return replace(table, brief=replace(table, rows=tuple(brief), notes=(more, *notes)))


def _with_content(columns: Sequence[Column], rows: Sequence[Row]) -> list[Column]:
    """The columns, those of remarks for people only where there is one."""
    remarks = {"outside", "note"}
    empty = {c.name for i, c in enumerate(columns) if c.name in remarks and not any(row.cells[i].value for row in rows)}
    return [replace(column, people=column.people and column.name not in empty) for column in columns]


def _base(settings: Settings) -> Base:
    words = {
        "asked": _("Base: cases that the question was put to, on each side."),
        "answered": _("Base: cases that gave at least one answer, on each side."),
        "all": _("Base: all cases of each side."),
        "mentions": _("Base: mentions on each side."),
    }
    return Base(settings.base, None, words[settings.base])


def _rank(line: _Line, sort: str) -> tuple[object, ...]:
    group = tuple(map(name_key, line.group))
    if sort == "form":
        return (group, line.place)
    if sort == "name":
        return (group, name_key(line.name))
    return (group, line.moved is None, -abs(line.moved or 0.0), line.place)


def _lines(one: Compared, by: Sequence[CodedAxis], settings: Settings) -> Iterator[_Line]:
    before, after = one.before, one.after
    answers = list(dict.fromkeys((*after.names, *before.names)))
    groups = [g for g in after.base_n if g in before.base_n] if by else [()]
    for group in groups:
        routed = abs(before.routed(group) - after.routed(group)) > ROUTED and settings.base == "asked"
        for place, answer in enumerate(answers):
            label = after.labels.get(answer) or before.labels.get(answer, "")
            name = after.names.get(answer) or before.names[answer]
            start: list[Cell] = [Text(one.question.name, one.title), Text(one.question.label or None)]
            start += _by_cells(by, group)
            start += [Text(name, label), Text(label or None)]
            new = not before.has(answer) and (after.listed is None or answer in after.listed)
            gone = not after.has(answer) and (before.listed is None or answer in before.listed)
            sides = [*_side(before, group, answer, absent=new), *_side(after, group, answer, absent=gone)]
            found = None if new or gone else _difference(one, group, answer)
            few = min(before.base_n.get(group, 0), after.base_n.get(group, 0)) < FEW
            # Where everybody was visited there is no sampling error; small counts must not show in an arrow either.
            bare = found and replace(found, low=None, high=None)
            found = bare if few or no_intervals(settings) else found
            note = (
                "option_new" if new else "option_gone" if gone else "few" if few else "base_changed" if routed else None
            )
            cells = (*start, *sides, *_points(found, settings), _note(note))
            moved = None if found is None else found.value
            yield _Line(Row(cells), group, moved, place, label or name)


def _side(answers: Answers, group: Names, answer: str, *, absent: bool) -> list[Cell]:
    """Counts and share of an answer on one side; nulls, not zeros, where its form did not have it."""
    if absent:
        return [Count(None), Count(None), Share(None, None)]
    base = answers.base_n.get(group, 0)
    share = Share(answers.w.get((group, answer), 0), answers.base_w.get(group, 0), counts=not answers.weighted)
    return [Count(answers.n.get((group, answer), 0)), Count(base), share]


def _difference(one: Compared, group: Names, answer: str) -> Estimate | None:
    if one.panel is not None:
        return one.panel(group, answer)
    before, after = one.before.proportion(group, answer), one.after.proportion(group, answer)
    return None if before is None or after is None else newcombe(before, after)


def _points(found: Estimate | None, settings: Settings) -> list[Cell]:
    if found is None:
        return [Number(None), Number(None), Number(None), Text(None)]
    interval = None if found.low is None or found.high is None else (found.low, found.high)
    points = Number(found.value, interval=interval, change=True)
    outside = None if settings.hides_small_counts else found.outside
    arrow = {"up": _("up"), "down": _("down")}.get(outside or "", "")
    return [points, Number(found.low), Number(found.high), Text(outside, arrow)]


def _note(name: str | None) -> Text:
    labels = {
        "option_new": _("new option"),
        "option_gone": _("option gone"),
        "few": _("fewer than {n} cases").format(n=FEW),
        "base_changed": _("other base"),
    }
    return Text(name, labels.get(name or "", ""))


def _by_cells(by: Sequence[CodedAxis], group: Names) -> list[Cell]:
    cells: list[Cell] = []
    for axis, name in zip(by, group, strict=True):
        cells.append(Text(name, axis.labels.get(name, "") or ("" if name else not_recorded())))
    return cells


def _share_notes(
    compared: Sequence[Compared], rows: Sequence[Row], columns: Sequence[Column], settings: Settings
) -> Iterator[str]:
    names = [column.name for column in columns]
    yield _points_note(settings)
    with_interval = sum(
        isinstance(cell, Number) and cell.value is not None
        for row in rows
        for cell in (row.cells[names.index("points_low")],)
    )
    if with_interval > 1:
        text = _("Of {k} differences with an interval, about {n:.1f} would stand outside it by chance alone.")
        yield text.format(k=with_interval, n=with_interval / 20)
    for one in compared:
        yield from _question_notes(one, settings)


def _points_note(settings: Settings) -> str:
    if settings.complete:
        return _("Points: later less earlier. Everybody was visited: no intervals.")
    if settings.purposive:
        return _("Points: later less earlier. {why}").format(why=no_intervals(settings))
    if settings.panel:
        return _(
            "Points: later less earlier, of the same cases. Intervals: 95 % for pairs, as if the cases were a simple "
            "random sample; villages as clusters would widen them."
        )
    return _(
        "Points: later less earlier. Intervals: 95 %, as if the cases were two simple random samples; villages as "
        "clusters would widen them."
    )


def _question_notes(one: Compared, settings: Settings) -> Iterator[str]:
    before, after = one.before, one.after
    if before.listed is None and any(a not in before.names for a in after.names):
        text = _(
            "{question}: answers that nobody gave in the earlier round may have been missing from the earlier form."
        )
        yield text.format(question=one.question.name)
    if settings.base == "asked" and not settings.hides_small_counts:
        n1, all1, n2, all2 = (sum(d.values()) for d in (before.asked, before.cases, after.asked, after.cases))
        if all1 and all2 and abs(n1 / all1 - n2 / all2) > ROUTED:
            text = _("{question}: the question was put to {n1:,} of {all1:,} and {n2:,} of {all2:,}: the bases differ.")
            yield text.format(question=one.question.name, n1=n1, all1=all1, n2=n2, all2=all2)


# ---------------------------------------------------------------------------- means
@dataclass(frozen=True, slots=True)
class ComparedNumbers:
    """A question of numbers on both sides: how many and what sample, by group; `panel`: their paired difference."""

    question: Variable
    before: Mapping[Names, tuple[int, Sample]]
    after: Mapping[Names, tuple[int, Sample]]
    panel: Callable[[Names], Estimate | None] | None = None


def means_table(compared: Sequence[ComparedNumbers], by: Sequence[CodedAxis], settings: Settings) -> Table:
    """Each question of numbers on both sides: how many, the mean, the difference with its interval."""
    columns = [column("question", ROW), *(row_column(a.axis) for a in by)]
    for side, about in SIDES.items():
        n = counted("n", scope=Scope.PLACE, about=about)
        columns += [column(f"{side}_n", n), column(f"{side}_mean", replace(n, kind=Content.MADE, times=1))]
    columns += [column("difference", OF_ROW)]
    columns += [column(name, OF_ROW, people=False) for name in ("difference_low", "difference_high")]
    columns += [remark("outside"), remark("note")]
    rows = []
    for one in compared:
        groups = [g for g in one.after if g in one.before] if by else [()]
        for group in sorted(groups, key=lambda g: tuple(map(name_key, g))):
            (n1, first), (n2, second) = one.before.get(group, (0, None)), one.after.get(group, (0, None))
            cells: list[Cell] = [Text(one.question.name, one.question.label), *_by_cells(by, group)]
            means = [None if side is None else side.mean for side in (first, second)]
            cells += [Count(n1), Number(means[0]), Count(n2), Number(means[1])]
            found = None
            if one.panel is not None:
                found = one.panel(group)
            elif first is not None and second is not None:
                found = welch(first, second)
            few = min(n1, n2) < FEW
            if found is not None and (few or no_intervals(settings)):
                found = replace(found, low=None, high=None)
            rows.append(Row((*cells, *_points(found, settings), _note("few" if few else None))))
    note = _means_note(settings)
    return Table("means", _("Means"), tuple(_with_content(columns, rows)), tuple(rows), None, (note,))


def _means_note(settings: Settings) -> str:
    if why := no_intervals(settings):
        return _("Difference: later less earlier. {why}").format(why=why)
    kind = _("paired t") if settings.panel else _("Welch's t")
    return _("Difference: later less earlier. Intervals: 95 %, {kind}.").format(kind=kind)


# ---------------------------------------------------------------------------- places and form
def places_table(by: Sequence[CodedAxis], before: Mapping[Names, int], after: Mapping[Names, int]) -> Table:
    """The places of both sides and of one side only; what a side does not have is not 0 there."""
    columns = [row_column(axis.axis) for axis in by]
    columns += [column(f"{side}_cases", counted("cases", about=about)) for side, about in SIDES.items()]
    columns += [remark("in")]
    labels = {"both": _("both"), "before": _("earlier only"), "after": _("later only")}
    rows = []
    for group in sorted({*before, *after}, key=lambda g: tuple(map(name_key, g))):
        where = "both" if group in before and group in after else "before" if group in before else "after"
        counts = (Count(before.get(group)), Count(after.get(group)))
        rows.append(Row((*_by_cells(by, group), *counts, Text(where, labels[where]))))
    return Table("places", _("Places"), tuple(columns), tuple(rows))


def form_table(changes: Sequence[FormChange], questions: Mapping[str, Variable]) -> Table:
    """What is otherwise in the later form."""
    labels = {
        "question_moved": _("question moved"),
        "question_gone": _("question gone"),
        "question_added": _("question added"),
        "option_added": _("option added"),
        "option_gone": _("option gone"),
        "type_changed": _("type changed"),
        "label_changed": _("label changed"),
    }
    columns = [column(name, ROW) for name in ("change", "question")]
    columns += [remark(name, label=heading(f"form_{name}")) for name in ("before", "after")]
    rows = []
    for change in changes:
        question = questions.get(change.question)
        label = question.label if question is not None else ""
        options = {} if question is None else dict((known_options(question) or {}).values())
        cells = (
            Text(change.before or None, options.get(change.before, "")),
            Text(change.after or None, options.get(change.after, "")),
        )
        rows.append(Row((Text(change.change, labels[change.change]), Text(change.question, label), *cells)))
    return Table("form", _("What changed in the form"), tuple(columns), tuple(rows))
