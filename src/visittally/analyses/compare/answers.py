"""The answers to a question in one part of a survey, counted as `questions` (or, for the issue, `summarize`) does."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

import numpy as np

from visittally.analyses.intervals import kish
from visittally.analyses.matching import known_options
from visittally.analyses.statistics import Proportion, Sample, sample
from visittally.answers.axes import Axis, CodedAxis, missing_of
from visittally.answers.book import learn
from visittally.answers.coding import Coding, explode, per_value, weights_of
from visittally.answers.issues import code_issues
from visittally.answers.lines import Lines, members_of_groups, sums
from visittally.counting.plan import Dimension
from visittally.dataclass import dataclass
from visittally.survey.projection import Projection
from visittally.survey.variables import QuestionKind
from visittally.words.codebook import Codebook
from visittally.words.folding import fold
from visittally.words.vocabulary import key_of, lexicon

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from visittally.analyses.compare.parts import ComparedPart
    from visittally.errors import Notice
    from visittally.settings import Settings
    from visittally.survey.variables import Variable

Names = tuple[str, ...]
"""Printed names of a banner's group; `()` is everybody."""


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers to a question in one part, by banner group.

    Attributes:
        n: Cases that gave an answer, by group and folded answer; base_n: cases that it divides by, by group.
        w, base_w: The same as sums of weights; squares: sums of squared weights of the base.
        asked: Cases that the question was put to, by group; cases: all.
        names: Folded answer -> as it stands in the files, those listed first, in order; labels: -> its label.
        listed: The folded answers that the form or the columns of the part know; None where nothing lists them.
        weighted: Whether there are weights.
    """

    n: Mapping[tuple[Names, str], int]
    base_n: Mapping[Names, int]
    w: Mapping[tuple[Names, str], float]
    base_w: Mapping[Names, float]
    squares: Mapping[Names, float]
    asked: Mapping[Names, int]
    cases: Mapping[Names, int]
    names: Mapping[str, str]
    labels: Mapping[str, str]
    listed: frozenset[str] | None
    weighted: bool = False
    notices: tuple[Notice, ...] = field(default=())

    def proportion(self, group: Names, answer: str) -> Proportion | None:
        """The share of a group that gave an answer; None without a base."""
        base = self.base_w.get(group, 0)
        if not base:
            return None
        effective = kish(base, self.squares.get(group, 0)) if self.weighted else None
        return Proportion(self.w.get((group, answer), 0), base, effective)

    def has(self, answer: str) -> bool:
        """Whether the form of the part had the answer, as far as that is known."""
        return self.listed is None or answer in self.listed or answer in self.names

    def routed(self, group: Names) -> float:
        """The part of a group that the question was put to."""
        cases = self.cases.get(group, 0)
        return self.asked.get(group, 0) / cases if cases else 0.0


def question_dimension(question: Variable, *, numbers: bool) -> Dimension:
    """The dimension to plan for a question."""
    return Dimension(question.name, Projection.NUMBER if numbers else Projection.RAW)


def is_numbers(*questions: Variable) -> bool:
    """Whether a question is one of amounts on every side that it stands on."""
    plain = all(len(q.parts) == 1 and not q.choices for q in questions)
    return plain and any(q.kind is QuestionKind.NUMBER for q in questions)


def count_answers(
    part: ComparedPart,
    question: Variable,
    by: Sequence[CodedAxis],
    unit: tuple[str, ...],
    *,
    issue: Axis | None = None,
    renamed: Mapping[str, str] | None = None,
    dimensions: Sequence[Dimension] = (),
) -> Answers:
    """Count the answers to a question in a part.

    Args:
        part: The part.
        question: The question as that part has it.
        by: The banner, its values coded over all parts.
        unit: What makes a case of several records.
        issue: The axis where the question is the issue: coded as `summarize` does.
        renamed: Folded label of an option -> its folded name, where one side has labels and the other names.
        dimensions: What was counted, where it is more than the banner and the question.
    """
    settings = part.campaign.settings
    dimensions = tuple(dimensions) or (*(axis.axis.dimension for axis in by), Dimension(question.name))
    frame = part.frame(dimensions, unit)
    d = dimensions.index(Dimension(question.name))
    values = part.values(dimensions, unit, d)
    meaning = part.once(("meaning", dimensions, unit, d), lambda: meaning_of(question, values, settings, issue))
    meaning = meaning.aligned(frame.values[d])
    weight = len(dimensions) if settings.weight else None
    weights = frame.counts.astype(float) if weight is None else weights_of(frame, weight)
    extra = {
        "w": weights,
        "w2": weights**2 / np.maximum(frame.counts, 1),
        "asked": per_value(frame, d, meaning.asked),
        "answered": per_value(frame, d, meaning.answered),
    }
    codings = {i: axis.coding.aligned(frame.values[i]) for i, axis in enumerate(by)}
    cases = explode(frame, codings, extra)
    mentions = explode(frame, {**codings, d: meaning.coding}, extra)
    base = {"asked": _only(cases, "asked"), "answered": _only(cases, "answered"), "all": cases, "mentions": mentions}[
        settings.base
    ]
    added = _Sums([axis.coding.keys for axis in by], meaning.keys(renamed), d)
    names, labels, listed = _options(question, meaning, renamed)
    return Answers(
        {place: int(n) for place, n in added.cells(mentions, "n").items()},
        {place: int(n) for place, n in added.groups(base, "n").items()},
        added.cells(mentions, "w"),
        added.groups(base, "w"),
        added.groups(base, "w2"),
        {place: int(n) for place, n in added.groups(_only(cases, "asked"), "n").items()},
        {place: int(n) for place, n in added.groups(cases, "n").items()},
        names,
        labels,
        listed,
        weight is not None,
        meaning.notices,
    )


@dataclass(frozen=True, slots=True)
class _Sums:
    """Adds up lines by the printed names of a banner's groups, and by answer.

    Attributes:
        banner: The keys of each axis; answers: the answers; dimension: the column of the lines that holds them.
    """

    banner: Sequence[Sequence[str]]
    answers: Sequence[str]
    dimension: int

    def _name(self, key: Sequence[int]) -> Names:
        return tuple(keys[i] for keys, i in zip(self.banner, key, strict=True))

    def groups(self, lines: Lines, column: str) -> dict[Names, float]:
        """By group."""
        return {self._name(key): value for key, value in sums(lines, list(range(len(self.banner))), column).items()}

    def cells(self, lines: Lines, column: str) -> dict[tuple[Names, str], float]:
        """By group and answer; two spellings of one answer are added."""
        found: dict[tuple[Names, str], float] = {}
        for key, value in sums(lines, [*range(len(self.banner)), self.dimension], column).items():
            place = self._name(key[:-1]), self.answers[key[-1]]
            found[place] = found.get(place, 0) + value
        return found


def _options(
    question: Variable, meaning: Meaning, renamed: Mapping[str, str] | None
) -> tuple[dict[str, str], dict[str, str], frozenset[str] | None]:
    """The answers as they stand in the files, those listed first; their labels; those that the form lists."""
    options, keys = known_options(question), meaning.keys(renamed)
    if options is not None:
        options = {key: option for key, option in options.items() if key not in meaning.nothing or key in keys}
    spelled = dict(reversed(list(zip(keys, meaning.coding.keys, strict=True))))
    names = {key: spelled.get(key, name) for key, (name, _label) in (options or {}).items()}
    names |= {key: spelled[key] for key in keys}
    labels = {key: label for key, (_name, label) in (options or {}).items() if label}
    labels |= {key: meaning.labels[name] for key, name in spelled.items() if name in meaning.labels}
    return names, labels, None if options is None else frozenset(options)


def _only(lines: Lines, fact: str) -> Lines:
    return lines.only(lines[fact])


@dataclass(frozen=True, slots=True)
class Meaning:
    """What the distinct values of a question say: which answers, and whether it was put and answered."""

    coding: Coding
    asked: Sequence[bool]
    answered: Sequence[bool]
    labels: Mapping[str, str]
    notices: tuple[Notice, ...]
    nothing: frozenset[str] = frozenset()
    """Folded options that are no answer here: where issues are counted, those that say that there is none."""

    def keys(self, renamed: Mapping[str, str] | None) -> list[str]:
        """The answers in the form in which both sides have them: folded, labels replaced by names."""
        return [(renamed or {}).get(fold(key), fold(key)) for key in self.coding.keys]

    def aligned(self, values: Sequence[str]) -> Meaning:
        """The same for a choice of the values, in another order."""
        position = {value: i for i, value in enumerate(self.coding.values)}
        asked, answered = ([facts[position[v]] for v in values] for facts in (self.asked, self.answered))
        return Meaning(self.coding.aligned(values), asked, answered, self.labels, self.notices, self.nothing)

    def counts(self, base: str) -> Sequence[bool]:
        """For each value whether it belongs to a base."""
        return {"asked": self.asked, "answered": self.answered}.get(base, [True] * len(self.asked))


def meaning_of(question: Variable, values: Mapping[str, int], settings: Settings, issue: Axis | None = None) -> Meaning:
    """What the values of a question say: by the rules of `summarize` for the issue, else by those of `questions`."""
    if issue is not None:
        found = code_issues(issue, values, settings, Codebook.load(settings.codebook))
        nothing = _no_problem(question, settings)
        return Meaning(found.coding, found.asked, found.answered, found.labels, found.notices, nothing)
    return _plain(question, values, settings)


def _no_problem(question: Variable, settings: Settings) -> frozenset[str]:
    """The options of the issue that say that there is none, or that nobody knows."""
    options = known_options(question) or {}
    known = lexicon(missing_of(settings), (), [name for name, _label in options.values()], as_issue=True)
    silent = known.none | known.dont_know | known.refused
    return frozenset(key for key, (name, label) in options.items() if ({key_of(name), key_of(label)} - {""}) & silent)


def _plain(question: Variable, values: Mapping[str, int], settings: Settings) -> Meaning:
    ticked = settings.ticked.get(question.name, frozenset())
    book = learn(question, values, missing_of(settings), ticked)
    answers = {value: book.answer(value) for value in values}
    position = {key: i for i, key in enumerate(book.options)}
    listed = [key for key, option in book.options.items() if option.listed]
    coding = Coding.of(values, lambda v: answers[v].codes, lambda k: position.get(k, len(position)), listed)
    labels = {key: option.label for key, option in book.options.items() if option.label}
    asked, answered = ([test(answers[v]) for v in values] for test in (book.asked, book.answered))
    return Meaning(coding, asked, answered, labels, tuple(book.notices))


def count_numbers(
    part: ComparedPart, question: Variable, by: Sequence[CodedAxis], unit: tuple[str, ...]
) -> Mapping[Names, tuple[int, Sample]]:
    """How many numbers a question has by banner group, and their mean and variance; missing codes are left out."""
    settings = part.campaign.settings
    frame = part.frame((*(axis.axis.dimension for axis in by), question_dimension(question, numbers=True)), unit)
    d = len(by)
    weight = d + 1 if settings.weight else None
    values = np.array(frame.values[d], float)
    coded = {number for code in missing_of(settings).codes if (number := _number(code)) is not None}
    usable = np.isfinite(values) & ~np.isin(values, list(coded))
    weights = frame.counts.astype(float) if weight is None else weights_of(frame, weight)
    squares = frame.counts.astype(float) if weight is None else weights**2 / np.maximum(frame.counts, 1)
    lines = explode(frame, {i: axis.coding.aligned(frame.values[i]) for i, axis in enumerate(by)})
    found: dict[Names, tuple[int, Sample]] = {}
    for key, members in members_of_groups(lines, range(d)):
        rows = lines["row"][members]
        rows = rows[usable[frame.codes[rows, d]]] if len(rows) else rows
        own = sample(
            zip(values[frame.codes[rows, d]].tolist(), weights[rows].tolist(), squares[rows].tolist(), strict=True)
        )
        names = tuple(axis.coding.keys[i] for axis, i in zip(by, key, strict=True))
        if own is not None:
            found[names] = int(frame.counts[rows].sum()), own
    return found


def _number(code: str) -> float | None:
    try:
        return float(key_of(code))
    except ValueError:
        return None
