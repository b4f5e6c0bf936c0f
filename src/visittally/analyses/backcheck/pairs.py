"""Back-checks beside the visits that they check: pairs of answers to the same questions."""

from __future__ import annotations

from collections import Counter
from dataclasses import field
from typing import TYPE_CHECKING

from visittally.analyses.backcheck.columns import FILL_IN, PRINTED, PRINTED_SEPARATOR
from visittally.analyses.backcheck.draw import SEPARATOR
from visittally.analyses.backcheck.keyed import keyed_records
from visittally.analyses.backcheck.sameness import GivenAnswer, Okay, option_names, reader
from visittally.counting.plan import Dimension, Group, Plan
from visittally.dataclass import dataclass
from visittally.messages import _
from visittally.survey.variables import QuestionKind
from visittally.words.dates import DateOrder, parse_day
from visittally.words.joined import CELL_SEPARATOR, NO_COLUMN
from visittally.words.vocabulary import key_of, words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date

    from visittally.analyses.backcheck.keyed import CaseKey, Keyed
    from visittally.analyses.campaign import Campaign
    from visittally.analyses.matching import MatchedQuestion
    from visittally.answers.axes import Axis
    from visittally.counting.engine import Counts
    from visittally.survey.variables import Variable

_NO_MORE = ("没来", "没有来", "未来", "没人来", "没有人来", "无人来", "不属实", "nobody", "nobody came", "not true")
"""What is written by hand for no, beyond the words that every survey uses."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that both sides have.

    Attributes:
        type: "1", "2", "3" or "unclassified".
        okay: How far numbers may lie off each other.
        personal: Whether its answers must not be printed.
    """

    pair: MatchedQuestion
    type: str
    okay: Okay | None = None

    @property
    def name(self) -> str:
        """Its name in the first survey."""
        return self.pair.before.name

    @property
    def personal(self) -> bool:
        """Whether its answers must not be printed."""
        return self.pair.before.personal or self.pair.after.personal

    @property
    def as_day(self) -> bool:
        """Whether either side knows it as a date."""
        return QuestionKind.DATE in (self.pair.before.kind, self.pair.after.kind)


@dataclass(frozen=True, slots=True)
class Answered:
    """Both answers to a question of one case; `differs` is None where the two are not compared."""

    asked: Asked
    first: GivenAnswer
    second: GivenAnswer
    differs: bool | None

    @property
    def original_blank(self) -> bool:
        """Whether the first answer is blank and the second is not: a difference of its own kind."""
        return bool(self.differs) and self.first.blank and not self.second.blank


@dataclass(frozen=True, slots=True)
class CheckedCase:
    """A case that was checked: its records on both sides and its pairs of answers.

    Attributes:
        about: Raw values of the first record in the dimensions of the groups (visitor, team, by-fields).
        checker: Who checked it, "" where nobody says.
        weight: How many cases it stands for; None without a sheet.
        number: Its number on the sheet, "" without; stratum: what it was drawn from.
        days: Days between the visit and the check.
    """

    line: int
    second_line: int
    about: tuple[str, ...]
    answers: tuple[Answered, ...]
    checker: str = ""
    weight: float | None = None
    number: str = ""
    stratum: str = ""
    days: int | None = None


@dataclass(frozen=True, slots=True)
class UnmatchedRecord:
    """A record that could not be compared: of which side, where, and why."""

    side: str
    line: int
    reason: str


@dataclass(slots=True)
class Paired:
    """All that came of laying the two side by side.

    Attributes:
        visits: Households that say whether somebody came; nobody: those that say no, or that the record is not true.
    """

    cases: list[CheckedCase] = field(default_factory=list)
    unmatched: list[UnmatchedRecord] = field(default_factory=list)
    visits: int = 0
    nobody: int = 0


@dataclass(frozen=True, slots=True)
class BackcheckSides:
    """The two surveys and what is read of them.

    Attributes:
        first, second: The visits, and the back-checks.
        key, second_key: What cases are joined by.
        asked: The questions that are compared.
        groups: What the rates are made by: axes of the first survey.
        sheet: Columns of a filled-in sheet that the second survey has, by name.
        date, second_date: When the visit and the check were.
    """

    first: Campaign
    second: Campaign
    key: CaseKey
    second_key: CaseKey
    asked: tuple[Asked, ...]
    groups: tuple[Axis, ...]
    sheet: Mapping[str, Variable]
    date: Variable | None = None
    second_date: Variable | None = None

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """What is read of the first survey: questions, groups, the date."""
        date = () if self.date is None else (Dimension(self.date.name),)
        questions = (Dimension(asked.pair.before.name) for asked in self.asked)
        return (*questions, *(axis.dimension for axis in self.groups), *date)

    @property
    def second_dimensions(self) -> tuple[Dimension, ...]:
        """What is read of the second survey: questions, columns of the sheet, the date."""
        date = () if self.second_date is None else (Dimension(self.second_date.name),)
        questions = (Dimension(asked.pair.after.name) for asked in self.asked)
        return (*questions, *(Dimension(variable.name) for variable in self.sheet.values()), *date)

    def plans(self) -> tuple[Plan, Plan]:
        """Each column of both sides by itself, so that its values can be understood."""
        return (
            Plan(tuple(Group((d,)) for d in dict.fromkeys(self.dimensions))),
            Plan(tuple(Group((d,)) for d in dict.fromkeys(self.second_dimensions))),
        )


def pair_up(sides: BackcheckSides, counts: Counts, second_counts: Counts, *, count_blank: bool) -> Paired:
    """Join the back-checks to their visits and compare the answers.

    Args:
        sides: The two surveys.
        counts: What was counted in the first one.
        second_counts: What was counted in the second one.
        count_blank: Whether blank answers of the back-check are compared, too.
    """
    found = Paired()
    answers, dates = _Answers(sides, counts, second_counts), _Days(sides, counts, second_counts)
    second = list(keyed_records(sides.second, second_counts, sides.second_key, sides.second_dimensions))
    second = [record for record in second if _filled(record, sides) or not record.keyless]
    joins = {record.key: _joining(record.key) for record in second}
    by_key: dict[str, list[Keyed]] = {}
    for record in second:
        if record.keyless:
            found.unmatched.append(UnmatchedRecord("backcheck", record.line, _("the back-check has no key")))
        else:
            by_key.setdefault(joins[record.key], []).append(record)
    originals: dict[str, list[Keyed]] = {}
    for record in keyed_records(sides.first, counts, sides.key, sides.dimensions, _Wanted(by_key)):
        originals.setdefault(_joining(record.key), []).append(record)
    for key, checks in by_key.items():
        visits = originals.get(key, [])
        if len(checks) == 1 and len(visits) == 1:
            if not _filled(checks[0], sides):
                found.unmatched.append(UnmatchedRecord("original", visits[0].line, _("drawn, and not checked")))
                continue
            found.cases.append(answers.compared(visits[0], checks[0], dates, count_blank=count_blank))
            _told(found, checks[0], sides)
            continue
        found.unmatched += _why_not(checks, visits)
    found.cases.sort(key=lambda case: (case.line, case.second_line))
    found.unmatched.sort(key=lambda one: (one.side, one.line, one.reason))
    return found


def _joining(key: str) -> str:
    """The form in which keys of two files are the same: numbers with and without decimals, case, width."""
    return SEPARATOR.join(map(key_of, key.replace(PRINTED_SEPARATOR, SEPARATOR).split(SEPARATOR)))


class _Wanted:
    """Keys of the first survey that the second one has."""

    def __init__(self, keys: Mapping[str, object]) -> None:
        self.keys = keys

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and _joining(key) in self.keys


def _why_not(checks: Sequence[Keyed], visits: Sequence[Keyed]) -> list[UnmatchedRecord]:
    if not visits:
        return [UnmatchedRecord("backcheck", check.line, _("no visit has this key")) for check in checks]
    found = []
    if len(checks) > 1:
        found += [
            UnmatchedRecord("backcheck", check.line, _("the key stands twice among the back-checks"))
            for check in checks
        ]
    if len(visits) > 1:
        found += [
            UnmatchedRecord("original", visit.line, _("the key stands twice among the visits")) for visit in visits
        ]
    return found


def _filled(record: Keyed, sides: BackcheckSides) -> bool:
    """Whether somebody wrote anything into a back-check; one that is no sheet of ours is always filled."""
    if sides.sheet.keys().isdisjoint(FILL_IN):
        return True
    names = [None] * len(sides.asked) + list(sides.sheet)
    mine = [cell for name, cell in zip(names, record.cells, strict=False) if name not in PRINTED]
    return any(cell.replace(NO_COLUMN, "").replace(CELL_SEPARATOR, "").strip() for cell in mine)


def _told(found: Paired, record: Keyed, sides: BackcheckSides) -> None:
    """Count whether the household says that somebody came, and that the record is true."""
    cells = dict(zip(sides.sheet, record.cells[len(sides.asked) :], strict=False))
    said = [key_of(cells[name].replace(NO_COLUMN, "")) for name in ("was_visited", "true_record") if name in cells]
    said = [text for text in said if text not in words("blank")]
    if said:
        found.visits += 1
        found.nobody += any(text in words("no") or text in _NO_MORE for text in said)


class _Answers:
    """Reads the answers of both sides, each as its own survey understands them."""

    def __init__(self, sides: BackcheckSides, counts: Counts, second_counts: Counts) -> None:
        self.sides = sides
        self.readers: list[tuple[Callable[[str], GivenAnswer], Callable[[str], GivenAnswer]]] = []
        for asked in sides.asked:
            names = option_names(asked.pair.before, asked.pair.after)
            both = []
            for campaign, variable, counted in (
                (sides.first, asked.pair.before, counts),
                (sides.second, asked.pair.after, second_counts),
            ):
                values = counted.tally.frame(Group((Dimension(variable.name),))).value_counts(0)
                both.append(reader(variable, values, campaign.settings, as_day=asked.as_day, names=names))
            self.readers.append((both[0], both[1]))

    def compared(self, visit: Keyed, check: Keyed, days: _Days, *, count_blank: bool) -> CheckedCase:
        sides, answers = self.sides, []
        for i, (asked, (first, second)) in enumerate(zip(sides.asked, self.readers, strict=True)):
            one, two = first(visit.cells[i]), second(check.cells[i])
            answers.append(Answered(asked, one, two, _differs(asked, one, two, count_blank=count_blank)))
        n = len(sides.asked)
        cells = {
            name: cell.replace(NO_COLUMN, "").strip() for name, cell in zip(sides.sheet, check.cells[n:], strict=False)
        }
        return CheckedCase(
            visit.line,
            check.line,
            visit.cells[n : n + len(sides.groups)],
            tuple(answers),
            cells.get("checker", ""),
            _weight(cells.get("weight", "")),
            cells.get("number", ""),
            cells.get("stratum", ""),
            days.between(visit, check),
        )


def _differs(asked: Asked, first: GivenAnswer, second: GivenAnswer, *, count_blank: bool) -> bool | None:
    if second.blank:
        return not first.blank if count_blank else None
    if first.blank:
        return True
    if asked.okay is not None and first.number is not None and second.number is not None:
        return not asked.okay.holds(first.number, second.number)
    return not first.same(second)


def _weight(text: str) -> float | None:
    try:
        found = float(text)
    except ValueError:
        return None
    return found if 0 < found < float("inf") else None


class _Days:
    """Days between a visit and its check."""

    def __init__(self, sides: BackcheckSides, counts: Counts, second_counts: Counts) -> None:
        self.orders: list[DateOrder | None] = []
        for variable, counted in ((sides.date, counts), (sides.second_date, second_counts)):
            group = None if variable is None else Group((Dimension(variable.name),))
            values: Mapping[str, int] = {} if group is None else counted.tally.frame(group).value_counts(0)
            self.orders.append(None if group is None else DateOrder.learn(Counter(values)))

    def between(self, visit: Keyed, check: Keyed) -> int | None:
        first, second = (self._day(i, record) for i, record in enumerate((visit, check)))
        if first is not None and second is not None:
            return (second - first).days
        numbers = [record.cells[-1].strip() for record in (visit, check)]
        # Statistics programs write days as numbers: whatever day they count from, their difference is the same.
        counted = all(self.orders) and all(text.isascii() and text.isdigit() and len(text) <= 6 for text in numbers)
        return int(numbers[1]) - int(numbers[0]) if counted else None

    def _day(self, side: int, record: Keyed) -> date | None:
        order = self.orders[side]
        return None if order is None else parse_day(record.cells[-1].replace(NO_COLUMN, "").strip(), order)
