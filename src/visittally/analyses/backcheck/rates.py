"""Tables of a back-check: how often the second answer was another one, by question, visitor, team, checker."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from visittally.analyses.figure_columns import column
from visittally.analyses.intervals import wilson
from visittally.analyses.statistics import Sample, paired_t, sample
from visittally.dataclass import dataclass
from visittally.messages import _
from visittally.survey.variables import QuestionKind
from visittally.tables.measures import LOOSE, OF_ROW, RECORD, REMARK, ROW, counted
from visittally.tables.table import Cell, Count, Number, Row, Share, Table, Text
from visittally.words.labels import heading, not_recorded
from visittally.words.ordering import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from visittally.analyses.backcheck.pairs import Answered, Asked, CheckedCase, Paired

OF_PEOPLE = frozenset({"visitor", "team"})
"""Groups that questions of type 3 say nothing about: what may change measures the question, not who asked it."""
LEAST = 10
"""Answers compared, at least, before a visitor's rate is called high."""
_PRINTED_RATE, _PRINTED_CASES = 30.0, 3
_NUMBERS = 3
"""Different numbers that a question without a list of options must have before it is taken for one of numbers."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """What rates are made by: its name in machine formats, its heading, and the group of each case (key and label)."""

    name: str
    heading: str
    keys: Sequence[str]
    labels: Mapping[str, str]


def rates_table(
    paired: Paired, asked: Sequence[Asked], groupings: Sequence[Grouping], okay_rate: float, *, discreet: bool = False
) -> Table:
    """Error rates of all cases together, by question and by group.

    Args:
        paired: The cases.
        asked: The questions.
        groupings: What else rates are made by; the keys are in the order of the cases.
        okay_rate: Per cent of answers of type 1 that may differ.
        discreet: Whether small counts will be hidden: then there are questions only, and no sums that they follow from.
    """
    types = list(dict.fromkeys(sorted(question.type for question in asked)))
    every = [(case, answer) for case in paired.cases for answer in case.answers]
    rows = [_rate("all", Text(None, _("All")), Text(None, _("All")), every, weighted=True)]
    if len(types) > 1 or "unclassified" not in types:
        rows += [
            _rate("all", Text(None, _("All")), _type(t), [p for p in every if p[1].asked.type == t], weighted=True)
            for t in types
        ]
    for question in asked:
        label = question.pair.before.label
        chosen = [p for p in every if p[1].asked is question]
        rows.append(_rate("question", Text(question.name, label), _type(question.type), chosen, weighted=True))
    recheck: list[str] = []
    if discreet:
        rows = [row for row in rows if isinstance(row.cells[0], Text) and row.cells[0].value == "question"]
    else:
        for grouping in groupings:
            more, called = _group_rows(paired, grouping, types, okay_rate)
            rows, recheck = [*rows, *more], [*recheck, *called]
    names = ("group", "value", "type", "differences", "compared", "error_percent", "error_low", "error_high")
    columns = [column(name, ROW, label=_heading(name)) for name in names[:3]]
    weighted = any(case.weight for case in paired.cases)
    columns += [
        column(name, LOOSE, label=_heading(name), people=weighted or name != "weighted_percent")
        for name in (*names[3:], "weighted_percent", "original_blank")
    ]
    notes = [*([] if discreet else _told(paired)), *recheck, *_type_notes(types)]
    return Table("rates", _("How often the answers differ"), tuple(columns), tuple(rows), None, tuple(notes))


def _group_rows(
    paired: Paired, grouping: Grouping, types: Sequence[str], okay_rate: float
) -> tuple[list[Row], list[str]]:
    """The rates of each visitor (team, checker, place), and which visitors are to be looked at again."""
    rows, recheck = [], []
    for key in sorted(set(grouping.keys), key=name_key):
        own = [case for case, k in zip(paired.cases, grouping.keys, strict=True) if k == key]
        for t in types:
            if t == "3" and grouping.name in OF_PEOPLE:
                continue
            chosen = [(case, answer) for case in own for answer in case.answers if answer.asked.type == t]
            if any(answer.differs is not None for _case, answer in chosen):
                label = grouping.labels.get(key, key) or not_recorded()
                rows.append(_rate(grouping.name, Text(key, label), _type(t), chosen, of=grouping.heading))
                if grouping.name == "visitor" and t == "1":
                    recheck += _recheck(label, chosen, okay_rate)
    return rows, recheck


def _heading(name: str) -> str:
    return {"value": _("Of"), "type": _("Type of question")}.get(name) or heading(name)


def _type(name: str) -> Text:
    return Text(name, _("not classified") if name == "unclassified" else name)


def _rate(
    group: str,
    value: Text,
    type_: Text,
    pairs: Sequence[tuple[CheckedCase, Answered]],
    *,
    weighted: bool = False,
    of: str = "",
) -> Row:
    compared = [(case, answer) for case, answer in pairs if answer.differs is not None]
    n = sum(bool(answer.differs) for _case, answer in compared)
    blank = sum(answer.original_blank for _case, answer in compared)
    heavy = Share(None, None)
    if weighted and compared and all(case.weight for case, _answer in compared):
        weights = [(case.weight or 0.0, bool(answer.differs)) for case, answer in compared]
        heavy = Share(math.fsum(w for w, differs in weights if differs), math.fsum(w for w, _differs in weights))
    names = {"all": _("All"), "question": _("Question")}
    cells: list[Cell] = [Text(group, of or names.get(group, group)), value, type_]
    return Row((*cells, *_share(n, len(compared)), heavy, Count(blank)))


def _share(n: int, base: int) -> list[Cell]:
    low, high = wilson(n, base) or (None, None)
    return [Count(n), Count(base), Share(n, base), Number(low), Number(high)]


def _recheck(label: str, pairs: Sequence[tuple[CheckedCase, Answered]], okay_rate: float) -> list[str]:
    """A visitor whose answers of type 1 differ too often, even at the lower limit of the interval."""
    compared = [answer for _case, answer in pairs if answer.differs is not None]
    n = sum(bool(answer.differs) for answer in compared)
    limits = wilson(n, len(compared))
    if len(compared) < LEAST or limits is None or limits[0] <= okay_rate:
        return []
    text = _(
        "Needs re-check: {visitor}: {n} of {base} answers of type 1 differ ({percent:.1f} %, at least {low:.1f} %; "
        "more than {okay:g} %). The commonest innocent reason: somebody else of the household was asked."
    )
    percent = 100 * n / len(compared)
    return [text.format(visitor=label, n=n, base=len(compared), percent=percent, low=limits[0], okay=okay_rate)]


def _told(paired: Paired) -> list[str]:
    if not paired.visits:
        return []
    text = _("{n} of {m} households say nobody came, or that the record is not true.")
    return [text.format(n=paired.nobody, m=paired.visits)]


def _type_notes(types: Sequence[str]) -> list[str]:
    note = _("Intervals: Wilson, 95 %, as if each answer were drawn by itself; answers of one household hang together.")
    if "unclassified" not in types:
        return [note]
    text = _(
        "Questions are of three types: 1 should not change and is easy to ask (roof, sex, was somebody there), "
        "2 is hard to ask, 3 may change. --type1, --type2 and --type3 say which are which."
    )
    return [text, note]


# ---------------------------------------------------------------------------- questions
_MEASURES = {
    "question": (ROW, None),
    "type": (REMARK, None),
    "differences": (counted("differences"), None),
    "compared": (counted("compared"), None),
    "error_percent": (counted("differences"), counted("compared")),
    "gone": (counted("gone"), None),
    "new": (counted("new"), None),
}
"""What the columns of questions measure; the others are made of all figures of a row."""


def questions_table(paired: Paired, asked: Sequence[Asked]) -> Table:
    """Each question: how often it differs, which options came and went, how far numbers lie apart."""
    names = ("question", "type", "differences", "compared", "error_percent", "error_low", "error_high", "gone", "new")
    numbers = ("mean_original", "mean_backcheck", "difference", "difference_low", "difference_high", "reliability")
    rows = []
    for question in asked:
        answers = [a for case in paired.cases for a in case.answers if a.asked is question and a.differs is not None]
        cells: list[Cell] = [Text(question.name, question.pair.before.label), _type(question.type)]
        cells += _share(sum(bool(a.differs) for a in answers), len(answers))
        rows.append(Row((*cells, *_came_and_went(question, answers), *_apart(question, answers))))
    numbered = any(isinstance(c, Number) and c.value is not None for row in rows for c in row.cells[9:])
    several = any(isinstance(c, Count) and c.value is not None for row in rows for c in row.cells[7:9])
    hidden = {*(() if numbered else numbers), *(() if several else ("gone", "new"))}
    columns = [
        column(name, *_MEASURES.get(name, (OF_ROW, None)), label=_heading(name), people=name not in hidden)
        for name in (*names, *numbers)
    ]
    notes = []
    if numbered:
        notes.append(
            _(
                "Difference: back-check less original, 95 % by the paired t; reliability: 1 less half the variance of "
                "the differences over the variance of the back-check."
            )
        )
    return Table("questions", _("Question by question"), tuple(columns), tuple(rows), None, tuple(notes))


def _came_and_went(question: Asked, answers: Iterable[Answered]) -> list[Cell]:
    """Options ticked before and not now, and the other way round; for questions with several answers."""
    pair = question.pair
    if not any(v.options or v.kind is QuestionKind.MULTI for v in (pair.before, pair.after)):
        return [Count(None), Count(None)]
    both = [a for a in answers if not (a.first.blank or a.second.blank)]
    return [
        Count(sum(len(a.first.codes - a.second.codes) for a in both)),
        Count(sum(len(a.second.codes - a.first.codes) for a in both)),
    ]


def _apart(question: Asked, answers: Sequence[Answered]) -> list[Cell]:
    """Means of a question of numbers, the mean difference with its interval, the reliability."""
    answered = [a for a in answers if not (a.first.blank or a.second.blank)]
    pairs = [
        (a.first.number, a.second.number)
        for a in answered
        if a.first.number is not None and a.second.number is not None
    ]
    if not pairs or not _of_numbers(question, len(answered), pairs):
        return [Number(None)] * 6
    first, second = _sample(x for x, _y in pairs), _sample(y for _x, y in pairs)
    found = paired_t(_sample(y - x for x, y in pairs))
    return [
        Number(first.mean),
        Number(second.mean),
        Number(found.value, 2),
        Number(found.low, 2),
        Number(found.high, 2),
        Number(_reliability(pairs, second), 3),
    ]


def _of_numbers(question: Asked, answered: int, pairs: Sequence[tuple[float, float]]) -> bool:
    """Whether the answers are amounts, not codes of options."""
    variables = (question.pair.before, question.pair.after)
    if any(v.choices or v.options for v in variables):
        return False
    if any(v.kind is QuestionKind.NUMBER for v in variables):
        return True
    return len(pairs) == answered and len({x for pair in pairs for x in pair}) >= _NUMBERS


def _sample(numbers: Iterable[float]) -> Sample:
    found = sample((number, n, n) for number, n in Counter(numbers).items())
    assert found is not None
    return found


def _reliability(pairs: Sequence[tuple[float, float]], second: Sample) -> float | None:
    """1 less the simple response variance over the variance of the back-check.

    Source: J-PAL, bcstats: SRV = var(original - back-check) / 2, variances with n - 1.
    """
    differences = _sample(x - y for x, y in pairs)
    if differences.variance is None or not second.variance:
        return None
    return 1 - differences.variance / 2 / second.variance


# ---------------------------------------------------------------------------- cases
def cases_table(paired: Paired, visitors: Mapping[int, str]) -> Table:
    """Cases in which many answers differ, by their number on the sheet or their line."""
    numbered = any(case.number for case in paired.cases)
    names = ("number" if numbered else "line", "visitor", "checker", "days_between", "differences", "compared")
    columns = [column(name, RECORD, label=_heading(name)) for name in (*names, "error_percent")]
    rows = []
    for i, case in enumerate(paired.cases):
        compared = [a for a in case.answers if a.differs is not None]
        n = sum(bool(a.differs) for a in compared)
        if len(compared) < _PRINTED_CASES or 100 * n < _PRINTED_RATE * len(compared):
            continue
        place: Cell = Text(case.number) if numbered else Number(case.line, 0)
        about = (Text(visitors.get(i, "")), Text(case.checker), Number(case.days, 0))
        rows.append(Row((place, *about, Count(n), Count(len(compared)), Share(n, len(compared)))))
    if "visitor" not in names or not visitors:
        rows = [Row((row.cells[0], *row.cells[2:])) for row in rows]
        columns = [columns[0], *columns[2:]]
    note = _("Cases of which at least {n} answers were compared and {percent:g} % of them differ.")
    notes = (note.format(n=_PRINTED_CASES, percent=_PRINTED_RATE),)
    return Table("cases", _("Cases in which many answers differ"), tuple(columns), tuple(rows), None, notes)


def differences_table(paired: Paired, visitors: Mapping[int, str]) -> Table:
    """Each answer that differs, with both answers; personal ones are masked."""
    names = ("line", "backcheck_line", "visitor", "question", "type", "original", "backcheck")
    columns = tuple(column(name, RECORD, label=_heading(name)) for name in names)
    return Table("differences", _("Answers that differ"), columns, tuple(_differences(paired, visitors)))


def _differences(paired: Paired, visitors: Mapping[int, str]) -> Iterator[Row]:
    from visittally.words.personal import scrub

    for i, case in enumerate(paired.cases):
        for answer in case.answers:
            if answer.differs:
                masked = answer.asked.personal
                shown = [_("(personal)") if masked and text else scrub(text) for text in _both(answer)]
                lines = (Number(case.line, 0), Number(case.second_line, 0), Text(visitors.get(i, "")))
                named = (Text(answer.asked.name, answer.asked.pair.before.label), _type(answer.asked.type))
                yield Row((*lines, *named, Text(shown[0]), Text(shown[1])))


def _both(answer: Answered) -> tuple[str, str]:
    return ("" if answer.first.blank else answer.first.shown), ("" if answer.second.blank else answer.second.shown)


def unmatched_table(paired: Paired) -> Table:
    """Records of either side that were not compared, and why."""
    sides = {"original": _("visit"), "backcheck": _("back-check")}
    columns = tuple(column(name, RECORD, label=_heading(name)) for name in ("side", "line", "reason"))
    rows = tuple(Row((Text(u.side, sides[u.side]), Number(u.line, 0), Text(u.reason))) for u in paired.unmatched)
    return Table("unmatched", _("Not compared"), columns, rows)
