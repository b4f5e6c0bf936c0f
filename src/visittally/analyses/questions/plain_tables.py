"""The tables of questions without answers to choose from: numbers, dates, texts."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from visittally.analyses.figure_columns import column
from visittally.analyses.quantiles import mean, quantiles, weighted_quantiles
from visittally.analyses.questions.counted import (
    codings_of,
    is_number,
    of_question,
    title_of,
    weights_in,
)
from visittally.analyses.rows import Key, by_cells, by_columns
from visittally.answers.axes import missing_of, parse_days
from visittally.answers.coding import explode
from visittally.answers.lines import members_of_groups
from visittally.answers.notices import coded_missing
from visittally.messages import _, ngettext
from visittally.tables.measures import Content, Measure, Scope
from visittally.tables.measures import counted as measured
from visittally.tables.table import (
    Base,
    Cell,
    Count,
    Date,
    Number,
    Row,
    Table,
)
from visittally.words.long_numbers import astray_amid_shorter
from visittally.words.missing_numbers import missing_numbers

if TYPE_CHECKING:
    from visittally.analyses.questions.counted import CountedQuestion
    from visittally.settings import Settings

MANY = 10_000
"""Different texts are counted up to here; beyond, the table says "at least"."""


_TIMES = {"mean": 1, "median": 2, "q1": 4, "q3": 4, "min": math.inf, "max": math.inf}
"""Statistics, and how many times the smallest count is needed for that count to lie on either side."""


def _n(counted: CountedQuestion) -> Measure:
    """How many gave a number, a date, a text."""
    return measured("n", scope=Scope.PLACE, about=of_question(counted))


def _groups(counted: CountedQuestion) -> list[tuple[Key, np.ndarray]]:
    """Rows of the frame that belong to each group of the banner; without a banner all of them."""
    if not counted.by:
        return [((), np.arange(len(counted.frame.counts)))]
    lines = explode(counted.frame, codings_of(counted))
    by = list(codings_of(counted))
    return [(key, lines["row"][members]) for key, members in members_of_groups(lines, by)]


def _plain_base(counted: CountedQuestion, answered: np.ndarray) -> Base:
    """How many cases gave a value of the question that is an answer, as `answered` says of each."""
    at = counted.frame.codes[:, counted.dimension]
    n, cases = counted.cases(answered[at]), counted.cases(np.ones(len(at), bool))
    text = _("Base: {n:,} of {cases:,} cases with an answer.").format(n=n, cases=cases)
    return Base("answered", n, text)


def numbers(counted: CountedQuestion, settings: Settings) -> Table:
    """n, mean, quartiles and extremes of a question with numbers."""
    frame, d = counted.frame, counted.dimension
    values = np.array(frame.values[d], float)
    missing = missing_of(settings)
    coded = {float(code) for code in missing.codes if is_number(code)}
    counts = {f"{float(v):.12g}": n for v, n in frame.value_counts(d).items() if np.isfinite(float(v))}
    unanswered = {code: state for code, state in missing_numbers(counts).items() if code not in missing.answer}
    coded |= set(map(float, unanswered))
    usable = np.isfinite(values) & ~np.isin(values, list(coded))
    given = np.bincount(frame.codes[:, d], frame.counts, len(values)).astype(np.int64)
    shown = counted.question.name in settings.include
    astray = astray_amid_shorter(np.where(usable & ~np.bool_(shown), values, np.nan), given)
    usable &= ~astray
    weights = weights_in(counted).astype(float)
    n_measure = _n(counted)
    columns = [*by_columns(counted.by), column("n", n_measure)]
    columns += [column(name, replace(n_measure, kind=Content.MADE, times=times)) for name, times in _TIMES.items()]
    rows = []
    for key, members in _groups(counted):
        chosen = members[usable[frame.codes[members, d]]]
        own, n = values[frame.codes[chosen, d]], frame.counts[chosen]
        shares = [0.5, 0.25, 0.75]
        found = (
            quantiles(own, n, shares) if counted.weight is None else weighted_quantiles(own, weights[chosen], shares)
        )
        extremes = (float(own.min()), float(own.max())) if len(own) else (None, None)
        cells: list[Cell] = [
            *by_cells(counted.by, key),
            Count(int(n.sum())),
            Number(mean(own, weights[chosen])),
        ]
        cells += [Number(_neat(value)) for value in found]
        # The smallest and the largest are figures that somebody gave: 26 people are not 26.0.
        ends = list(map(_neat, extremes))
        cells += [Number(end, 0 if isinstance(end, int) else None) for end in ends]
        rows.append(Row(tuple(cells)))
    at = frame.codes[:, d]
    notes = []
    texts = int(frame.counts[np.isinf(values)[at]].sum()) if len(at) else 0
    if texts:
        notes.append(_("{n:,} cells hold a text that is no number; they are left out.").format(n=texts))
    codes = int(frame.counts[np.isin(values, list(coded))[at]].sum()) if len(at) and coded else 0
    if codes:
        notes.append(_("{n:,} cells hold a code for a missing answer; they are left out.").format(n=codes))
        said = coded_missing(counted.question.name, counts, unanswered, missing)
        notes += [notice.message for notice in said]
    notes += _left_out(int(given[astray].sum()))
    if counted.weight is not None:
        notes.append(_("Mean and quantiles are weighted by {name}; n is not.").format(name=settings.weight))
    return Table(
        counted.question.name,
        title_of(counted),
        tuple(columns),
        tuple(rows),
        _plain_base(counted, usable),
        tuple(notes),
    )


def _left_out(n: int) -> list[str]:
    """Say how many numbers were taken for telephones or papers in the wrong cell."""
    if not n:
        return []
    text = ngettext(
        "{n:,} cell holds a number as long as those of telephones and papers amid much shorter ones; it is left out "
        "(--include HEADER counts it).",
        "{n:,} cells hold numbers as long as those of telephones and papers amid much shorter ones; they are left out "
        "(--include HEADER counts them).",
        n,
    )
    return [text.format(n=n)]


def _neat(value: float | None) -> int | float | None:
    return int(value) if value is not None and value.is_integer() and abs(value) < 1 << 53 else value


def dates(counted: CountedQuestion, settings: Settings) -> Table:
    """n, first and last day of a question with dates."""
    del settings
    frame, d = counted.frame, counted.dimension
    days, notices = parse_days(frame.value_counts(d), counted.question.name)
    ends = replace(_n(counted), kind=Content.MADE, times=math.inf)
    columns = [*by_columns(counted.by), column("n", _n(counted))]
    columns += [column("min", ends, label=_("First")), column("max", ends, label=_("Last"))]
    rows = []
    known = [days[value] for value in frame.values[d]]
    for key, members in _groups(counted):
        own = [(known[frame.codes[i, d]], int(frame.counts[i])) for i in members]
        dated = [(day, n) for day, n in own if day is not None]
        cells: list[Cell] = [*by_cells(counted.by, key), Count(sum(n for _day, n in dated))]
        cells += [
            Date.of(min((day for day, _n in dated), default=None)),
            Date.of(max((day for day, _n in dated), default=None)),
        ]
        rows.append(Row(tuple(cells)))
    notes = tuple(notice.message for notice in notices)
    return Table(
        counted.question.name,
        title_of(counted),
        tuple(columns),
        tuple(rows),
        _plain_base(counted, np.array([day is not None for day in known], bool)),
        notes,
    )


def texts(counted: CountedQuestion, settings: Settings) -> Table:
    """How many wrote something, and how many different things."""
    del settings
    frame, d = counted.frame, counted.dimension
    written = np.array([bool(value.strip()) for value in frame.values[d]], bool)
    distinct = measured("distinct", about=of_question(counted))
    columns = [*by_columns(counted.by), column("n", _n(counted))]
    columns += [column("distinct", distinct, label=_("Different texts"))]
    rows = []
    for key, members in _groups(counted):
        n = int(frame.counts[members][written[frame.codes[members, d]]].sum()) if len(members) else 0
        names = tuple(axis.coding.keys[i] for axis, i in zip(counted.by, key, strict=True))
        different = counted.distinct.get(names, 0)
        cells: list[Cell] = [
            *by_cells(counted.by, key),
            Count(n),
            Count(min(different, MANY), approximate=different > MANY),
        ]
        rows.append(Row(tuple(cells)))
    notes = [_("Texts are listed with --texts.")]
    if any(different > MANY for different in counted.distinct.values()):
        notes.append(_("Different texts are counted up to {n:,}.").format(n=MANY))
    return Table(
        counted.question.name,
        title_of(counted),
        tuple(columns),
        tuple(rows),
        _plain_base(counted, written),
        tuple(notes),
    )
