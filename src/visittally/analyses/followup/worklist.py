"""The open issues one by one, the longest overdue first: a list to work through."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, Generic, TypeVar

import numpy as np

from visittally.answers.one_by_one import beside_issue, split_columns
from visittally.counting.plan import Dimension
from visittally.dataclass import dataclass
from visittally.messages import _
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
from visittally.words.sensitive import sensitive_words
from visittally.words.vocabulary import key_of, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from visittally.analyses.campaign import Campaign
    from visittally.analyses.followup.figures import Interpreter, IssuePlan
    from visittally.answers.axes import CodedAxis
    from visittally.counting.engine import Counts
    from visittally.reading.lexicon import Coded
    from visittally.settings import Settings
    from visittally.survey.variables import Variable
    from visittally.words.dispositions import Dispositions

LIMIT = 100_000
"""So many issues are listed at most."""
SENSITIVE = "sensitive"
"""What --include names to have sensitive issues in the list, and what stands for them otherwise."""
TEXTS = ("issue_text", "handling_text")
"""Free texts, which are listed only on request, personal details masked."""


@dataclass(frozen=True, slots=True, order=True)
class OpenIssue:
    """An open issue, in the order of the list: the longest overdue first, then the longest waiting."""

    urgency: tuple[int, int]
    file: str
    line: int
    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class _Field:
    """A column of the list: its cells come from the values of a dimension."""

    column: Column
    dimension: Dimension
    cell: Callable[[str], Cell]


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
        A table with one row for each open issue (a record with `--per case`): where it stands, row, issue, status,
        dates, unit in charge. Free texts only with --with-text and -o, and then without personal details.
    """
    lister = _Lister(campaign, plan, interpreter, counts, as_of)
    entries = lister.entries()
    shown = entries[:LIMIT]
    several = len(campaign.survey.layouts) > 1
    columns = [Column("file", heading("file"))] if several else []
    columns += [Column("line", _("Line")), *lister.columns]
    rows = [Row((*([Text(e.file)] if several else []), Number(e.line, 0), *e.cells)) for e in shown]
    notes = []
    if as_of is not None:
        notes.append(_("Days are counted to {day}.").format(day=as_of.isoformat()))
    if lister.left_out:
        text = _("The list ends after {n:,} issues; {more:,} less urgent ones are left out.")
        notes.append(text.format(n=LIMIT, more=lister.left_out))
    return Table("list", _("Open issues"), tuple(columns), tuple(rows), None, tuple(notes))


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
        self, campaign: Campaign, plan: IssuePlan, interpreter: Interpreter, counts: Counts, as_of: date | None
    ) -> None:
        self.campaign, self.plan, self.interpreter, self.counts, self.as_of = campaign, plan, interpreter, counts, as_of
        self.left_out = 0
        self.sensitive = Codebook.load(campaign.settings.codebook).sensitive_codes()
        self.least: tuple[int, int] | None = None
        rows = [axis for axis in interpreter.axes if axis.axis != plan.issue]
        self.names = [(a, dict(zip(a.coding.values, a.coding.lists(), strict=True))) for a in rows]
        coding = None if interpreter.issues is None else interpreter.issues.coding
        self.members = {} if coding is None else dict(zip(coding.values, coding.lists(), strict=True))
        self.dates = {name: plan.day(name) for name in ("visit_date", "due_date") if name in plan.dates}
        self.orders = {name: self._order(dimension) for name, dimension in self.dates.items()}
        self.plain = list(self._plain_fields())
        flag = campaign.survey.of_field("sensitive")
        self.flag = None if flag is None or SENSITIVE in campaign.settings.include else Dimension(flag.name)
        flags = [] if self.flag is None else [self.flag]
        self.dimensions = tuple(
            dict.fromkeys([*plan.common, *self.dates.values(), *(own.dimension for own in self.plain), *flags])
        )
        self.names_issues = plan.issue is not None and not _says_texts(plan, campaign.settings)
        issue = [Column("issue", heading("issue"))] if self.names_issues else []
        places = [Column(axis.axis.name, axis.axis.label) for axis in rows]
        status = [Column(name, heading(name)) for name in ("status", "disposition")]
        labels = {"visit_date": heading("visit_date"), "due_date": _("Due date")}
        days = [Column(name, labels[name]) for name in self.dates]
        days += [Column("days_overdue", _("Days overdue"))] if "due_date" in self.dates else []
        days += [Column("days_open", _("Days open"))] if "visit_date" in self.dates else []
        self.columns = [*places, *issue, *status, *days, *(own.column for own in self.plain)]

    def _order(self, dimension: Dimension) -> DateOrder:
        frame = self.counts.tally.frame(self.plan.main)
        return DateOrder.learn(frame.value_counts(self.plan.main.dimensions.index(dimension)))

    def _plain_fields(self) -> Iterator[_Field]:
        """Unit in charge, and where they are asked for the texts."""
        survey, settings = self.campaign.survey, self.campaign.settings

        def there(name: str) -> Variable | None:
            found = survey.of_field(name)
            return None if found is None or found.personal else found

        for name in ("responsible_unit", "handled_level"):
            variable = there(name)
            if variable is not None and all(axis.variable != variable for axis in self.plan.axes):
                yield _Field(
                    Column(name, heading(name)), Dimension(variable.name), lambda v: Text(scrub(v.strip("\x00 ")))
                )
        if settings.with_text and settings.kept:
            labels = {"issue_text": _("Issue in words"), "handling_text": _("What was done")}
            for name in TEXTS:
                variable = there(name)
                if variable is not None:
                    yield _Field(Column(name, labels[name]), Dimension(variable.name), self._text)

    def _text(self, value: str) -> Text:
        """What people said, personal details masked; what is sensitive only if that is asked for."""
        text = value.strip("\x00 ")
        if SENSITIVE not in self.campaign.settings.include and sensitive_words(text):
            return _sensitive()
        return Text(scrub(text))

    def entries(self) -> list[OpenIssue]:
        """The most urgent open issues, in order."""
        found: list[OpenIssue] = []
        issue = None if self.plan.issue is None or self.plan.per_case else self.plan.issue.variable
        places = beside_issue(self.campaign.survey, self.dimensions, issue)
        for file, lines, cells in self.campaign.records(self.dimensions, self.counts):
            rows, columns = split_columns(cells, places)
            found += self._of_block(file, lines[rows].tolist(), columns)
            if len(found) > 2 * LIMIT:
                self.left_out += len(found) - LIMIT
                found = heapq.nsmallest(LIMIT, found, key=_rank)
                self.least = found[-1].urgency
        self.left_out += max(len(found) - LIMIT, 0)
        return sorted(found, key=_rank)

    def _of_block(self, file: str, lines: Sequence[int], cells: Sequence[Coded]) -> Iterator[OpenIssue]:
        plan, known = self.plan, self.interpreter.known
        columns = dict(zip(self.dimensions, cells, strict=True))
        status = columns[plan.status.dimension]
        codes = [known.disposition(value) for value in status.values]
        is_open = [known.open(code) for code in codes]
        raw = _told_statuses([str(value).strip("\x00 ") for value in status.values], known)
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
        for i in np.flatnonzero(np.array(is_open, bool)[status.codes]).tolist():
            moments = {name: looked.at(i) for name, looked in days.items()}
            urgency = (-_passed(moments.get("due_date")), -_passed(moments.get("visit_date")))
            if self.least is not None and urgency > self.least:
                self.left_out += len(issues(i))
                continue
            place = [row.at(i) for row in rows]
            dated = [*(moment.cell for moment in moments.values()), *_waits(moments)]
            told = [column.at(i) for column in plain]
            if secret(i):
                told = [
                    _sensitive() if own.column.name in TEXTS else cell
                    for own, cell in zip(self.plain, told, strict=True)
                ]
            rest = (*statuses[int(status.codes[i])], *dated, *told)
            for number, issue in enumerate(issues(i)):
                shown = () if issue is None else (_sensitive() if secret(i) else issue,)
                yield OpenIssue(urgency, file, lines[i], number, (*place, *shown, *rest))

    def _secret(self, columns: dict[Dimension, Coded]) -> Callable[[int], bool]:
        """Whether a record is marked as sensitive in the column for that."""
        if self.flag is None:
            return lambda _record: False
        column = columns[self.flag]
        return _Looked([key_of(str(v).strip("\x00 ")) in words("yes") for v in column.values], column).at

    def _moments(self, name: str, column: Coded) -> _Looked[_Moment]:
        """The dates in a column, and how many days before the day of the list they lie."""
        found = []
        for value in column.values:
            day = parse_day(str(value), self.orders[name])
            found.append(_Moment(Date.of(day), None if day is None or self.as_of is None else (self.as_of - day).days))
        return _Looked(found, column)

    def _told(self, issue: str, label: str) -> Text:
        """An issue as the list names it: a sensitive one only if that is asked for."""
        if SENSITIVE not in self.campaign.settings.include and (
            issue in self.sensitive or sensitive_words(issue, label)
        ):
            return _sensitive()
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
                texts = [Text("; ".join(found), "; ".join(coded.labels.get(k, k) for k in found))]
            named.append(list(texts) if self.names_issues else [None] * len(texts))
        return _Looked(named, column).at


def _sensitive() -> Text:
    """What stands for an issue that is told only if it is asked for."""
    return Text(SENSITIVE, _("(sensitive)"))


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


def _rank(entry: OpenIssue) -> tuple[tuple[int, int], str, int, int]:
    return entry.urgency, entry.file, entry.line, entry.number
