"""Signals in the answers: don't know, refused, left blank, other; one answer to all of a scale; heaped ages; codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from visittally.analyses.check.answers import ANSWERED, BLANK, DONT_KNOW, OTHER, REFUSED
from visittally.analyses.check.locks import ENOUGH, FEWEST, Hit, SignalFound, VisitorMeasure, Z, share_signal
from visittally.analyses.statistics import pooled_z
from visittally.dataclass import dataclass
from visittally.survey.headers import header_words, last_part
from visittally.words.long_numbers import astray_amid_shorter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from visittally.analyses.check.answers import QuestionReader
    from visittally.analyses.check.cases import Cases
    from visittally.analyses.check.thresholds import Thresholds

ALWAYS = 0.95
"""A question that so many answered was put to all; a blank there is a missing answer, elsewhere it may be a skip."""
ITEMS = 5
"""Items that a scale must have."""
STEPS = 3
AGES = range(23, 63)
"""Ages between which heaping is measured (Whipple)."""
DISTINCT = 20
POSITIVE = 30
"""Positive numbers from which on outliers are looked for."""
FENCE = 3.0


def with_answer(cases: Cases, name: str, bit: int, threshold: float) -> SignalFound:
    """Records with at least one answer of a kind among what was asked of them.

    Records are counted and not cells, since the cells of one interview are not independent.
    """
    if not cases.states:
        return SignalFound(name, state="too_large" if cases.too_large else "no_column")
    flags, base = np.zeros(len(cases), bool), np.zeros(len(cases), bool)
    for states in cases.states.values():
        flags |= (states & bit) > 0
        base |= (states & (ANSWERED | BLANK)) > 0
    return share_signal(name, flags, base & cases.completed, cases.members, threshold, low=True)


def dont_know(cases: Cases, limits: Thresholds) -> SignalFound:
    """Records with a "don't know"."""
    return with_answer(cases, "dont_know", DONT_KNOW, limits.dont_know)


def refused_answers(cases: Cases, limits: Thresholds) -> SignalFound:
    """Records with a refused answer."""
    return with_answer(cases, "refused_answers", REFUSED, limits.refused_answers)


def other(cases: Cases, limits: Thresholds) -> SignalFound:
    """Records with an "other"."""
    return with_answer(cases, "other", OTHER, limits.other)


def missing(cases: Cases, limits: Thresholds) -> SignalFound:
    """Records in which a question was left blank that nearly everybody answered."""
    if not cases.states:
        return SignalFound("missing", state="too_large" if cases.too_large else "no_column")
    flags = np.zeros(len(cases), bool)
    asked = False
    for states in cases.states.values():
        blank = ((states & ANSWERED) == 0) & cases.completed
        if cases.completed.sum() > 0 and blank.sum() <= (1 - ALWAYS) * cases.completed.sum():
            flags |= blank
            asked = True
    if not asked:
        return SignalFound("missing", state="no_column")
    return share_signal("missing", flags, cases.completed, cases.members, limits.missing, low=True)


# ---------------------------------------------------------------- one answer to all
def scales_of(readers: Sequence[QuestionReader], named: Sequence[str]) -> list[list[str]]:
    """The scales: those that the user named, else neighbours that have the same options."""
    if named:
        return [[name.strip() for name in text.split(",") if name.strip()] for text in named]
    found: list[list[str]] = []
    run: list[str] = []
    before: tuple[str, ...] = ()
    for reader in readers:
        options = _options(reader)
        if options and options == before:
            run.append(reader.variable.name)
        else:
            found.append(run)
            run = [reader.variable.name] if options else []
        before = options
    found.append(run)
    return [run for run in found if len(run) >= ITEMS]


def _options(reader: QuestionReader) -> tuple[str, ...]:
    """The options of a question with one answer; those of the form, or those that were found."""
    variable = reader.variable
    if reader.book is None or len(variable.parts) > 1 or variable.kind.value not in ("single", "scale"):
        return ()
    exclusive = {key for key, option in reader.book.options.items() if option.exclusive}
    keys = [choice.name for choice in variable.choices] or sorted(reader.book.options)
    keys = [key for key in keys if key not in exclusive]
    return tuple(keys) if len(keys) >= STEPS else ()


def straightline(cases: Cases, limits: Thresholds, named: Sequence[str]) -> SignalFound:
    """Records with one answer to all items of a scale."""
    scales = [[name for name in scale if name in cases.codes] for scale in scales_of(cases.readers, named)]
    scales = [scale for scale in scales if len(scale) >= (2 if named else ITEMS)]
    if not scales:
        return SignalFound("straightline", state="too_large" if cases.too_large else "no_column")
    flags, base = np.zeros(len(cases), bool), np.zeros(len(cases), bool)
    for scale in scales:
        columns = np.stack([cases.spoken(name) for name in scale])
        whole = (columns > 0).all(axis=0)
        base |= whole
        flags |= whole & (columns == columns[0]).all(axis=0)
    return share_signal("straightline", flags, base, cases.members, limits.straightline)


def extreme(cases: Cases, limits: Thresholds, named: Sequence[str]) -> SignalFound:
    """Records that answer nearly all items of a scale with its first or last option.

    Looked for where the order of the options is known: from the form, or because they are numbers.
    """
    readers = {reader.variable.name: reader for reader in cases.readers}
    answered, ends = np.zeros(len(cases), np.int32), np.zeros(len(cases), np.int32)
    for name in dict.fromkeys(name for scale in scales_of(cases.readers, named) for name in scale if name in readers):
        options = _ordered(readers[name])
        if not options:
            continue
        said = readers[name].at_an_end(options)[cases.codes[name]]
        answered += said > 0
        ends += said == 2
    base = answered >= ITEMS
    if not base.any():
        return SignalFound("extreme", state="too_large" if cases.too_large else "no_column", threshold=limits.extreme)
    flags = base & (100 * ends >= limits.extreme_items * answered)
    return share_signal("extreme", flags, base, cases.members, limits.extreme)


def _ordered(reader: QuestionReader) -> tuple[str, ...]:
    """The options of a scale from one end to the other, empty where their order is not known."""
    options = _options(reader)
    if not options or reader.variable.choices:
        return options
    return tuple(sorted(options, key=int)) if all(key.lstrip("-").isdecimal() for key in options) else ()


# ---------------------------------------------------------------- heaped ages
def age_questions(readers: Sequence[QuestionReader]) -> list[str]:
    """Questions of numbers that ask for an age."""
    found = []
    for reader in readers:
        words = header_words(last_part(reader.variable.name))
        asks = {"age", "ages"} & set(words) or "年龄" in reader.variable.name or "age" in reader.variable.fields
        if reader.is_number and asks and "months" not in words:
            found.append(reader.variable.name)
    return found


@dataclass(frozen=True, slots=True)
class Heaped:
    """How ages between the limits end: `round` of `n` in 0 or 5; Whipple's index is 100 where none is preferred."""

    n: int
    round: int

    @property
    def whipple(self) -> float | None:
        """Five times the share of round ages, in per cent."""
        return 500 * self.round / self.n if self.n else None


def heaped(ages: np.ndarray) -> Heaped | None:
    """How ages end; None where they have too few different values."""
    known = ages[np.isfinite(ages)]
    if len(np.unique(known)) < DISTINCT:
        return None
    within = known[(known >= AGES.start) & (known < AGES.stop)]
    return Heaped(len(within), int((within % 5 == 0).sum()))


def heaping(cases: Cases, limits: Thresholds) -> SignalFound:
    """Visitors whose ages end in 0 or 5 more often than the others'."""
    names = age_questions(cases.readers)
    found = SignalFound("heaping", state="no_column", threshold=limits.heaping, unit="whipple")
    measures: dict[int, VisitorMeasure] = {}
    for name in names:
        ages = cases.numbers[name]
        whole = heaped(ages)
        if whole is None or not whole.n:
            continue
        found.state = "computed"
        found.base, found.count = found.base + whole.n, found.count + whole.round
        within = np.isfinite(ages) & (ages >= AGES.start) & (ages < AGES.stop)
        ends = within & (ages % 5 == 0)
        for i, records in enumerate(cases.members):
            n, count = int(within[records].sum()), int(ends[records].sum())
            if n < FEWEST:
                continue
            z = pooled_z(count, n, whole.round, whole.n)
            index = 500 * count / n
            rest = 500 * (whole.round - count) / (whole.n - n) if whole.n > n else None
            opened = None if n < ENOUGH else index >= limits.heaping and z is not None and z >= Z
            if i not in measures or index > (measures[i].value or 0.0):
                measures[i] = VisitorMeasure(n, count, index, rest, z, opened)
    found.measures = measures
    return found


# ---------------------------------------------------------------- questions
@dataclass(frozen=True, slots=True)
class QuestionFigures:
    """What is noticed of a question over all records; None: it cannot be said, or is looked for elsewhere."""

    name: str
    asked: int
    missing: int | None
    dont_know: int
    refused: int
    other: int
    constant: bool
    missing_code: Mapping[str, int]
    outliers: int | None
    heaped: float | None


def question_figures(cases: Cases) -> list[QuestionFigures]:
    """Figures of each question. A blank is missing only where nearly everybody answered: elsewhere it may be a skip."""
    ages = set(age_questions(cases.readers))
    whole = int(cases.completed.sum())
    found = []
    for reader in cases.readers:
        name = reader.variable.name
        states, codes = cases.states[name], cases.codes[name]
        answered = (states & ANSWERED) > 0
        given = int(answered.sum())
        blank = whole - int((answered & cases.completed).sum())
        always = whole > 0 and blank <= (1 - ALWAYS) * whole
        spikes = heaped(cases.numbers[name]) if name in ages else None
        found.append(
            QuestionFigures(
                name,
                given + (blank if always else 0),
                blank if always else None,
                int(((states & DONT_KNOW) > 0).sum()),
                int(((states & REFUSED) > 0).sum()),
                int(((states & OTHER) > 0).sum()),
                constant=given >= ENOUGH and len(np.unique(codes[answered])) == 1,
                missing_code=reader.missing_codes,
                outliers=int(_outliers(cases.numbers[name]).sum()) if _enough(cases, reader) else None,
                heaped=None if spikes is None else spikes.whipple,
            )
        )
    return found


def _enough(cases: Cases, reader: QuestionReader) -> bool:
    return reader.is_number and bool((cases.numbers[reader.variable.name] > 0).sum() >= POSITIVE)


def _outliers(numbers: np.ndarray) -> np.ndarray:
    """Positive numbers beyond three interquartile ranges from the quartiles, on the scale of logarithms."""
    flags = np.zeros(len(numbers), bool)
    with np.errstate(invalid="ignore"):
        positive = np.isfinite(numbers) & (numbers > 0)
    if positive.sum() < POSITIVE:
        return flags
    logs = np.log10(numbers[positive])
    q1, q3 = np.quantile(logs, [0.25, 0.75])
    spread = FENCE * (q3 - q1)
    flags[positive] = (logs < q1 - spread) | (logs > q3 + spread)
    return flags


def _shown(numbers: np.ndarray) -> np.ndarray:
    """The numbers but for those that may be a telephone's in the wrong cell: its record is named, not what it holds."""
    return np.where(astray_amid_shorter(numbers, np.ones(len(numbers), np.int64)), np.nan, numbers)


def outlier(cases: Cases) -> SignalFound:
    """Records with a number far from all others."""
    looked_at = [reader.variable.name for reader in cases.readers if _enough(cases, reader)]
    if not looked_at:
        return SignalFound("outlier", state="too_large" if cases.too_large else "no_column")
    flags, base, values = np.zeros(len(cases), bool), np.zeros(len(cases), bool), np.full(len(cases), np.nan)
    for name in looked_at:
        out = _outliers(cases.numbers[name])
        values[out & ~flags] = _shown(cases.numbers[name])[out & ~flags]
        flags |= out
        base |= np.isfinite(cases.numbers[name])
    hits = [Hit(int(r), None if np.isnan(values[r]) else float(values[r])) for r in np.flatnonzero(flags)]
    return SignalFound("outlier", int(base.sum()), len(hits), None, hits)
