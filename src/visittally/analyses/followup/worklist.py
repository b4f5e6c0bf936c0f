"""Lists to work off: the open issues one by one, the longest overdue first; those of which nobody was told."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, Generic, TypeVar

import numpy as np

from visittally.analyses.figure_columns import single_records
from visittally.analyses.followup.list_fields import place_fields, reply_fields, secrets, text_fields, unit_fields
from visittally.analyses.followup.pairs import pairing_in
from visittally.answers.one_by_one import beside_issue, split_columns
from visittally.answers.paired_statuses import paired_columns
from visittally.counting.plan import Dimension
from visittally.dataclass import dataclass
from visittally.messages import _
from visittally.survey.projection import Projection
from visittally.survey.variables import QuestionKind
from visittally.tables.table import (
    Cell,
    Column,
    Date,
    Number,
    Row,
    Table,
    Text,
)
from visittally.words.codebook import Codebook
from visittally.words.dates import DateOrder, parse_day
from visittally.words.labels import heading, not_recorded
from visittally.words.personal import scrub
from visittally.words.replies import answer_of
from visittally.words.sensitive import sensitive_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from visittally.analyses.campaign import Campaign
    from visittally.analyses.followup.figures import Interpreter, IssuePlan
    from visittally.answers.axes import CodedAxis
    from visittally.counting.engine import Counts
    from visittally.reading.lexicon import Coded
    from visittally.settings import Settings
    from visittally.words.dispositions import Dispositions

LIMIT = 100_000
"""So many issues are listed at most."""


SECRET = Text("sensitive")
"""Stands for an issue that is not listed."""


@dataclass(frozen=True, slots=True, order=True)
class ListedIssue:
    """An issue of a list, in the order of the list: the longest overdue first, then the longest waiting."""

    urgency: tuple[int, int]
    file: str
    line: int
    number: int
    cells: tuple[Cell, ...]


def work_list(
    campaign: Campaign, plan: IssuePlan, interpreter: Interpreter, counts: Counts, as_of: date | None
) -> Table:
    """List the open issues.

    Args:
        campaign: The campaign.
        plan: What was counted.
        interpreter: What the values mean.
        counts: What was counted; the records left out there are not listed.
        as_of: The day to which days are counted; None without dates.

    Returns:
        A table with one row for each open issue (a record with `--per case`): number, place, issue, status, dates,
        unit in charge, where it stands, a blank to write in. Free texts only with --with-text and -o, and then without
        personal details; what is sensitive only with --sensitive and -o.
    """
    return _Lister(campaign, plan, interpreter, counts, as_of).table("list", _("Open issues"))


def replies_owed(
    campaign: Campaign, plan: IssuePlan, interpreter: Interpreter, counts: Counts, as_of: date | None
) -> Table:
    """List the issues that were handled and of which no reply to the household is recorded; see `work_list`."""
    return _Lister(campaign, plan, interpreter, counts, as_of, owed=True).table("replies_owed", _("Replies owed"))


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Looked(Generic[T]):
    """What the distinct values of a column of a block stand for, to be looked up by record."""

    found: Sequence[T]
    column: Coded

    def at(self, record: int) -> T:
        return self.found[int(self.column.codes[record])]


def _joined(value: object, names: Mapping[str, Sequence[int]], axis: CodedAxis) -> Text:
    """What stands in a by-column for a raw value; nothing for one that only records left out have."""
    found = [axis.coding.keys[k] for k in names.get(str(value), ())]
    return Text("; ".join(found), "; ".join(axis.labels.get(key, key) for key in found))


def _says_texts(plan: IssuePlan, settings: Settings) -> bool:
    """Whether issues are free texts that nobody coded: people's own words are no category."""
    variable = None if plan.issue is None else plan.issue.variable
    return settings.no_code and variable is not None and variable.kind is QuestionKind.TEXT


class _Lister:
    """Reads the counted records once more and keeps the open issues among them."""

    def __init__(
        self,
        campaign: Campaign,
        plan: IssuePlan,
        interpreter: Interpreter,
        counts: Counts,
        as_of: date | None,
        *,
        owed: bool = False,
    ) -> None:
        self.campaign, self.plan, self.interpreter, self.counts, self.as_of = campaign, plan, interpreter, counts, as_of
        self.left_out = self.withheld = 0
        settings = campaign.settings
        codebook = Codebook.load(settings.codebook)
        self.sensitive = codebook.sensitive_codes()
        self.told_all = settings.sensitive and settings.kept and not settings.public
        self.secrets = {} if self.told_all else secrets(campaign, codebook)
        reply = campaign.survey.of_field("reply_date")
        self.reply = Dimension(reply.name, Projection.DAY) if owed and reply is not None else None
        self.least: tuple[int, int] | None = None
        rows = [axis for axis in interpreter.axes if axis.axis != plan.issue]
        self.names = [(a, dict(zip(a.coding.values, a.coding.lists(), strict=True))) for a in rows]
        coding = None if interpreter.issues is None else interpreter.issues.coding
        self.members = {} if coding is None else dict(zip(coding.values, coding.lists(), strict=True))
        # What is handled is past no date any more.
        dated = ("visit_date",) if owed else ("visit_date", "due_date")
        self.dates = {name: plan.day(name) for name in dated if name in plan.dates}
        self.orders = {name: self._order(dimension) for name, dimension in self.dates.items()}
        places, texts = list(place_fields(campaign, plan.axes)), list(text_fields(campaign))
        units, replies = list(unit_fields(campaign, plan.axes)), list(reply_fields(campaign))
        self.plain = [*places, *texts, *units, *replies]
        copied = [own.dimension for own in self.plain]
        asked = [] if self.reply is None else [self.reply]
        self.dimensions = tuple(dict.fromkeys([*plan.common, *self.dates.values(), *copied, *self.secrets, *asked]))
        self.names_issues = plan.issue is not None and not _says_texts(plan, campaign.settings)
        issue = [Column("issue", heading("issue"))] if self.names_issues else []
        by = [Column(axis.axis.name, axis.axis.label) for axis in rows]
        status = [Column(name, heading(name)) for name in ("status", "disposition")]
        labels = {"visit_date": heading("visit_date"), "due_date": _("Due date")}
        days = [Column(name, labels[name]) for name in self.dates]
        days += [Column("days_overdue", _("Days overdue"))] if "due_date" in self.dates else []
        waiting = _("Days since the visit") if owed else _("Days open")
        days += [Column("days_open", waiting)] if "visit_date" in self.dates else []
        self.columns = [*by, *issue, *status, *days, *(own.column for own in self.plain)]
        # Whoever works the list off reads where, what, who, until when, and what became of it.
        # The village stands before its groups also where these make the rows.
        by_group = any(column.name == "group" for column in by)
        above = [f.column for f in places if by_group and f.column.name == "village"]
        below = [f.column for f in places if f.column not in above]
        self.order = [*above, *by, *below, *issue, *(f.column for f in texts), *(f.column for f in units)]
        self.order += [*days, *status, *(f.column for f in replies)]

    def _order(self, dimension: Dimension) -> DateOrder:
        frame = self.counts.tally.frame(self.plan.main)
        return DateOrder.learn(frame.value_counts(self.plan.main.dimensions.index(dimension)))

    def table(self, name: str, title: str) -> Table:
        """The finished list."""
        entries = self.entries()
        shown = entries[:LIMIT]
        several = len(self.campaign.survey.layouts) > 1
        places = [self.columns.index(column) for column in self.order]
        columns = [Column("number", heading("number")), *self.order]
        columns += [Column("file", heading("file"))] if several else []
        columns += [Column("line", _("Line")), Column("remark", _("Remarks"), machine=False, fill_in=True)]
        rows = []
        for number, e in enumerate(shown, 1):
            stands: list[Cell] = [*([Text(e.file)] if several else []), Number(e.line, 0), Text(None)]
            rows.append(Row((Number(number, 0), *(e.cells[i] for i in places), *stands)))
        return Table(name, title, tuple(single_records(columns)), tuple(rows), None, tuple(self._notes()))

    def _notes(self) -> Iterator[str]:
        if self.as_of is not None:
            yield _("Days are counted to {day}.").format(day=self.as_of.isoformat())
        if self.left_out:
            text = _("The list ends after {n:,} issues; {more:,} less urgent ones are left out.")
            yield text.format(n=LIMIT, more=self.left_out)
        if self.withheld:
            text = _("Sensitive issues that are not listed: {n:,} (--sensitive with -o FILE lists them).")
            yield text.format(n=self.withheld)
        if self.told_all:
            yield _("The list holds sensitive issues: for those who handle them, and nobody else.")

    def entries(self) -> list[ListedIssue]:
        """The most urgent open issues, in order."""
        found: list[ListedIssue] = []
        issue = None if self.plan.issue is None or self.plan.per_case else self.plan.issue.variable
        places = beside_issue(self.campaign.survey, self.dimensions, issue)
        pairing = None if places else pairing_in(self.campaign, self.plan, self.counts)
        for file, lines, cells in self.campaign.records(self.dimensions, self.counts):
            if pairing is not None and self.plan.issue is not None:
                at = [self.dimensions.index(axis.dimension) for axis in (self.plan.issue, self.plan.status)]
                rows, columns = paired_columns(cells, (at[0], at[1]), pairing)
            else:
                rows, columns = split_columns(cells, places)
            found += self._of_block(file, lines[rows].tolist(), columns)
            if len(found) > 2 * LIMIT:
                self.left_out += len(found) - LIMIT
                found = heapq.nsmallest(LIMIT, found, key=_rank)
                self.least = found[-1].urgency
        self.left_out += max(len(found) - LIMIT, 0)
        return sorted(found, key=_rank)

    def _of_block(self, file: str, lines: Sequence[int], cells: Sequence[Coded]) -> Iterator[ListedIssue]:
        plan, known = self.plan, self.interpreter.known
        columns = dict(zip(self.dimensions, cells, strict=True))
        status = columns[plan.status.dimension]
        codes = [known.disposition(value) for value in status.values]
        wanted = [known.open(code) if self.reply is None else known.handled(code) for code in codes]
        raw = _told_statuses([known.said(str(value)).strip("\x00 ") for value in status.values], known)
        statuses = [
            (Text(text, "" if text else not_recorded()), Text(code, known.label(code)))
            for text, code in zip(raw, codes, strict=True)
        ]
        issues = self._issues(columns)
        rows = [
            _Looked(
                [_joined(value, names, axis) for value in columns[axis.axis.dimension].values],
                columns[axis.axis.dimension],
            )
            for axis, names in self.names
        ]
        days = {name: self._moments(name, columns[dimension]) for name, dimension in self.dates.items()}
        plain = [
            _Looked([f.cell(str(v)) for v in columns[f.dimension].values], columns[f.dimension]) for f in self.plain
        ]
        secret = self._secret(columns)
        mask = np.array(wanted, bool)[status.codes]
        if self.reply is not None:
            replied = columns[self.reply]
            mask &= ~np.array([bool(answer_of("reply_date", str(v))) for v in replied.values], bool)[replied.codes]
        for i in np.flatnonzero(mask).tolist():
            if secret(i):
                self.withheld += len(issues(i))
                continue
            moments = {name: looked.at(i) for name, looked in days.items()}
            urgency = (-_passed(moments.get("due_date")), -_passed(moments.get("visit_date")))
            if self.least is not None and urgency > self.least:
                self.left_out += len(issues(i))
                continue
            place = [row.at(i) for row in rows]
            dated = [*(moment.cell for moment in moments.values()), *_waits(moments)]
            told = [column.at(i) for column in plain]
            rest = (*statuses[int(status.codes[i])], *dated, *told)
            for number, issue in enumerate(issues(i)):
                if issue is SECRET:
                    self.withheld += 1
                    continue
                shown = () if issue is None else (issue,)
                yield ListedIssue(urgency, file, lines[i], number, (*place, *shown, *rest))

    def _secret(self, columns: dict[Dimension, Coded]) -> Callable[[int], bool]:
        """Whether a record is nothing for a list."""
        looked = [
            _Looked([judge(str(value)) for value in columns[dimension].values], columns[dimension])
            for dimension, judge in self.secrets.items()
        ]
        return lambda record: any(column.at(record) for column in looked)

    def _moments(self, name: str, column: Coded) -> _Looked[_Moment]:
        """The dates in a column, and how many days before the day of the list they lie."""
        found = []
        for value in column.values:
            day = parse_day(str(value), self.orders[name])
            found.append(_Moment(Date.of(day), None if day is None or self.as_of is None else (self.as_of - day).days))
        return _Looked(found, column)

    def _told(self, issue: str, label: str) -> Text:
        """An issue as the list names it: a sensitive one only if that is asked for."""
        if not self.told_all and (issue in self.sensitive or sensitive_words(issue, label)):
            return SECRET
        return Text(issue, label)

    def _issues(self, columns: dict[Dimension, Coded]) -> Callable[[int], list[Text | None]]:
        """For a record its issues, one by one or with `--per case` together; without an issue column one unnamed."""
        plan, coded = self.plan, self.interpreter.issues
        if plan.issue is None or coded is None:
            return lambda _record: [None]
        column = columns[plan.issue.dimension]
        named: list[list[Text | None]] = []
        for value in column.values:
            found = [coded.coding.keys[k] for k in self.members.get(str(value), ())]
            texts = [self._told(key, coded.labels.get(key, "")) for key in found]
            if plan.per_case and found:
                whole = Text("; ".join(found), "; ".join(coded.labels.get(k, k) for k in found))
                texts = [SECRET if SECRET in texts else whole]
            named.append([t if t is SECRET or self.names_issues else None for t in texts])
        return _Looked(named, column).at


def _told_statuses(raw: Sequence[str], known: Dispositions) -> list[str]:
    """Statuses as the list may hold them: what nobody knows may be a name or a telephone in the wrong cell."""
    from visittally.words.names import told

    unknown = [text for text in raw if not known.told_by(text)]
    shown = dict(zip(unknown, told(unknown), strict=True))
    return [shown.get(text) or scrub(text) for text in raw]


@dataclass(frozen=True, slots=True)
class _Moment:
    """A date of an issue, and how many days ago it was."""

    cell: Date
    passed: int | None


def _passed(moment: _Moment | None) -> int:
    return 0 if moment is None or moment.passed is None else max(moment.passed, 0)


def _waits(moments: Mapping[str, _Moment]) -> list[Cell]:
    """Days overdue, where there are due dates, and days open, where there are dates of visits."""
    found: list[Cell] = []
    if "due_date" in moments:
        found.append(Number(_passed(moments["due_date"]) or None, 0))
    if "visit_date" in moments:
        found.append(Number(moments["visit_date"].passed, 0))
    return found


def _rank(entry: ListedIssue) -> tuple[tuple[int, int], str, int, int]:
    return entry.urgency, entry.file, entry.line, entry.number
