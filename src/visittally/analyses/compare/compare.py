"""`compare`: what has changed from one round to the next, between two parts of a survey, or month by month."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from visittally.analyses.analysis import Analysis, run
from visittally.analyses.campaign import guess_notices, unique_notices
from visittally.analyses.compare.answers import (
    Answers,
    Names,
    count_answers,
    count_numbers,
    meaning_of,
)
from visittally.analyses.compare.figures import FigurePlan
from visittally.analyses.compare.indicators import indicators_table
from visittally.analyses.compare.panel import Pairs, paired_answers, paired_numbers, panel_key, read_round
from visittally.analyses.compare.parts import sliced
from visittally.analyses.compare.periods import compare_periods
from visittally.analyses.compare.questions import ComparedQuestion, chosen_questions, matched_questions
from visittally.analyses.compare.sides import Sides
from visittally.analyses.compare.tables import (
    Compared,
    ComparedNumbers,
    form_table,
    means_table,
    places_table,
    shares_table,
)
from visittally.analyses.matching import Matched, form_changes
from visittally.analyses.statistics import paired_t
from visittally.answers.axes import code_axis, missing_of
from visittally.answers.coding import explode
from visittally.answers.lines import sums
from visittally.counting.plan import Dimension, Plan, joined
from visittally.dataclass import dataclass
from visittally.errors import Notice, UsageError
from visittally.messages import _
from visittally.reading.receipt import Receipt
from visittally.survey.fields import PLACES
from visittally.tables.result import Result
from visittally.words.arrays import string_array
from visittally.words.numbers import numbers_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from visittally.analyses.campaign import Campaign
    from visittally.analyses.compare.parts import ComparedPart
    from visittally.answers.axes import Axis, CodedAxis
    from visittally.counting.engine import Counts
    from visittally.settings import Settings
    from visittally.survey.variables import Variable
    from visittally.tables.table import Table

_LOST_PLACES = 0.05


def compare(campaign: Campaign) -> Result:
    """Compare two rounds (--before), two parts (--split), or periods (--period).

    Raises:
        FieldError: A field or question is not there.
        InputError: A file cannot be read.
        UsageError: Not exactly one of the three, or options that do not go together.
    """
    settings = campaign.settings
    ways = [bool(settings.before), bool(settings.split), bool(settings.period)]
    if sum(ways) != 1:
        text = _("say what to compare: --before EARLIER for two rounds, --split FIELD=VALUE, or --period month.")
        raise UsageError(
            _("only one of --before, --split and --period can be compared at a time.") if any(ways) else text
        )
    return compare_periods(campaign) if settings.period else run(campaign, compare_sides)


def compare_sides(campaign: Campaign) -> Analysis:
    """Plan to compare two rounds, or two parts of one survey; the earlier round is read when the later one was.

    Raises:
        FieldError: A field or question is not there.
        InputError: A file of the earlier round cannot be read.
        UsageError: Options that do not go together.
    """
    settings = campaign.settings
    if settings.panel and settings.weight:
        raise UsageError(_("--panel does not go with --weight: a weight belongs to a record, and a pair has two."))
    if settings.panel and settings.base == "mentions":
        raise UsageError(_("--panel counts cases: --base mentions has no use there."))
    if settings.panel and settings.per:
        raise UsageError(_("--panel compares records under their key: --per has no use there."))
    comparison = _Comparison.of(Sides.of(campaign))
    if comparison.sides.split is not None:
        return Analysis(
            joined([comparison.plan(0), comparison.plan(1)]), lambda counts: comparison.result(counts, counts)
        )
    earlier = comparison.sides.before
    return Analysis(comparison.plan(1), lambda counts: comparison.result(earlier.count(comparison.plan(0)), counts))


@dataclass(frozen=True, slots=True)
class _Comparison:
    """Two sides, what is compared of them, and how: all that is decided before anything is read."""

    sides: Sides
    matched: Matched
    questions: tuple[ComparedQuestion, ...]
    by: tuple[tuple[Axis, Axis], ...]
    places: tuple[tuple[Axis, Axis], ...]
    figures: tuple[FigurePlan, FigurePlan]
    notices: tuple[Notice, ...]

    @classmethod
    def of(cls, sides: Sides) -> _Comparison:
        settings = sides.after.settings
        by = tuple(sides.axis(name) for name in settings.by)
        place = next((pair for field in reversed(PLACES) if (pair := sides.axis_of_field(field))), None)
        village = sides.axis_of_field("village") or place
        places = by or (() if village is None else (village,))
        matched, notices = matched_questions(sides)
        across = sides.axis(settings.across) if settings.across else sides.axis_of_field("issue")
        questions, more = chosen_questions(sides, matched, across)
        plans = [
            FigurePlan.of(c, unit, None if across is None else across[i])
            for i, (c, unit) in enumerate(zip((sides.before, sides.after), sides.units, strict=True))
        ]
        return cls(sides, matched, questions, by, places, (plans[0], plans[1]), (*notices, *more))

    def plan(self, side: int) -> Plan:
        """What is counted on a side."""
        sides = self.sides
        campaign = (sides.before, sides.after)[side]
        by = tuple(axes[side].dimension for axes in self.by)
        groups = [
            sliced(campaign, sides.slice, (*by, question.dimensions[side]), question.units(sides)[side])
            for question in self.questions
        ]
        unit = sides.units[side].key
        if self.places:
            groups.append(sliced(campaign, sides.slice, tuple(a[side].dimension for a in self.places), unit))
        return joined([Plan(tuple(groups)), self.figures[side].plan(campaign, sides.slice)])

    def result(self, *sides_counted: Counts) -> Result:
        """The tables, from what was counted on each side."""
        sides, settings, counts = self.sides, self.sides.after.settings, (sides_counted[0], sides_counted[1])
        before, after, notices = sides.parts(counts, self.figures[1].cases)
        parts = before, after
        by = self._coded(parts, self.by)
        banner = [axis[1] for axis in by]
        tables: dict[str, Table] = {}
        pairs = self._pairs(parts) if settings.panel else None
        answers = [self._answers(q, parts, by, pairs) for q in self.questions if not q.numbers]
        numbers = [self._numbers(q, parts, by, pairs) for q in self.questions if q.numbers]
        if answers or not numbers:
            tables["shares"] = shares_table(answers, banner, settings)
        if numbers:
            tables["means"] = means_table(numbers, banner, settings)
        notes = (_("Of all cases of both sides, not only those compared in pairs."),) if pairs is not None else ()
        both_sides = self.figures[0].figures(before), self.figures[1].figures(after)
        tables["indicators"] = indicators_table(*both_sides, notes)
        if self.places:
            found = self._place_counts(parts)
            tables["places"] = places_table(*found)
            notices += self._place_notices(found[1], found[2])
        changes = form_changes(self.matched, with_forms=bool(settings.form and settings.form_before))
        if sides.split is None:
            tables["form"] = form_table(changes, {v.name: v for v in sides.after.survey.variables.values()})
        people = [name for name in ("form", "indicators", "shares", "means") if name in tables]
        people = [name for name in people if name != "form" or changes]
        people = [name for name in people if name != "shares" or answers]
        notices += [notice for one in answers for side in (one.before, one.after) for notice in side.notices]
        if pairs is not None:
            notices.append(Notice("panel", pairs.sentence()))
        files = counts[0].receipt.files if sides.split is not None else [f for c in counts for f in c.receipt.files]
        return Result(tables, Receipt(list(files)), self._noticed(counts, notices), tuple(people))

    def _noticed(self, counts: tuple[Counts, Counts], notices: Sequence[Notice]) -> tuple[Notice, ...]:
        sides = self.sides
        found = []
        for campaign, counted in zip((sides.before, sides.after), counts, strict=True):
            found += [*campaign.notices(), *counted.notices]
            used = ["village", "issue", "status", "visit_outcome", "household_id"]
            found += guess_notices(campaign.survey, used)
        if sides.split is None:
            names = [
                ", ".join(dict.fromkeys(x.source.file for x in c.survey.layouts)) for c in (sides.before, sides.after)
            ]
            text = _("Earlier: {before} ({n1:,} records counted). Later: {after} ({n2:,}).")
            n1, n2 = (counted.receipt.records_counted for counted in counts)
            found.insert(0, Notice("rounds", text.format(before=names[0], after=names[1], n1=n1, n2=n2)))
        else:
            text = _("Earlier: {before}. Later: {after}.")
            field, value = sides.split.axis.name, sides.split.value
            sign = ("<", ">=") if sides.split.day is not None else ("!=", "=")
            shown = [f"{field}{s}{value}" for s in sign]
            found.insert(0, Notice("rounds", text.format(before=shown[0], after=shown[1])))
        return unique_notices([*found, *sides.units[1].notices, *self.notices, *notices])

    # ------------------------------------------------------------------ counting
    def _coded(
        self, parts: tuple[ComparedPart, ComparedPart], axes: Sequence[tuple[Axis, Axis]]
    ) -> list[tuple[CodedAxis, CodedAxis]]:
        """The axes with their values coded over both sides: a place has one name."""
        if not axes:
            return []
        settings, found = self.sides.after.settings, []
        for i, pair in enumerate(axes):
            values: dict[str, int] = {}
            for side, part in enumerate(parts):
                dimensions = tuple(a[side].dimension for a in self.places)
                frame = part.frame(dimensions, self.sides.units[side].key)
                for value, n in {
                    **part.values(dimensions, self.sides.units[side].key, i),
                    **frame.value_counts(i),
                }.items():
                    values[value] = values.get(value, 0) + n
            for question in self.questions:
                for side, part in enumerate(parts):
                    by = tuple(a[side].dimension for a in self.by)
                    if by:
                        dims = (*by, question.dimensions[side])
                        own = part.values(dims, question.units(self.sides)[side], i)
                        values |= dict.fromkeys(set(own) - set(values), 0)
            coded = code_axis(pair[1], values, settings)
            found.append((replace(coded, axis=pair[0]), coded))
        return found

    def _answers(
        self,
        question: ComparedQuestion,
        parts: tuple[ComparedPart, ComparedPart],
        by: Sequence[tuple[CodedAxis, CodedAxis]],
        pairs: Pairs | None,
    ) -> Compared:
        units = question.units(self.sides)
        variables = question.pair.before, question.pair.after
        both = [
            count_answers(
                part,
                variables[i],
                [axis[i] for axis in by],
                units[i],
                issue=question.issue[i] if question.issue else None,
                renamed=question.renamed,
            )
            for i, part in enumerate(parts)
        ]
        found = Compared(question.pair.after, question.pair.before, both[0], both[1])
        return found if pairs is None else self._paired(question, found, parts, pairs)

    def _paired(
        self, question: ComparedQuestion, found: Compared, parts: tuple[ComparedPart, ComparedPart], pairs: Pairs
    ) -> Compared:
        """The same for the cases that stand once in each round."""
        meanings = []
        units = question.units(self.sides)
        for i, part in enumerate(parts):
            variable = (question.pair.before, question.pair.after)[i]
            dims = (*(a[i].dimension for a in self.by), question.dimensions[i])
            values = part.values(dims, units[i], len(self.by))
            axis = question.issue[i] if question.issue else None
            meanings.append(meaning_of(variable, values, part.campaign.settings, axis))
        settings = self.sides.after.settings
        own = paired_answers(pairs, question.dimensions, (meanings[0], meanings[1]), settings.base, question.renamed)
        sides = [
            _of_pairs(side, {key: table[0] + table[1 + i] for key, table in own.tables.items()}, own.asked)
            for i, side in enumerate((found.before, found.after))
        ]
        return replace(found, before=sides[0], after=sides[1], panel=lambda _group, answer: own.estimate(answer))

    def _numbers(
        self,
        question: ComparedQuestion,
        parts: tuple[ComparedPart, ComparedPart],
        by: Sequence[tuple[CodedAxis, CodedAxis]],
        pairs: Pairs | None,
    ) -> ComparedNumbers:
        units, variables = question.units(self.sides), (question.pair.before, question.pair.after)
        both = [count_numbers(part, variables[i], [axis[i] for axis in by], units[i]) for i, part in enumerate(parts)]
        found = ComparedNumbers(question.pair.after, both[0], both[1])
        if pairs is None:
            return found
        settings = self.sides.after.settings
        raw = Dimension(variables[0].name), Dimension(variables[1].name)
        readers = [partial(_plain_numbers, variable, settings) for variable in variables]
        n, one, two, difference = paired_numbers(pairs, raw, readers)
        everybody: Names = ()
        samples = [{everybody: (n, side)} if side is not None else {} for side in (one, two)]
        estimate = None if difference is None else paired_t(difference)
        return ComparedNumbers(question.pair.after, samples[0], samples[1], lambda _group: estimate)

    def _pairs(self, parts: tuple[ComparedPart, ComparedPart]) -> Pairs:
        """The cases that stand once in each round."""
        if self.by:
            raise UsageError(_("--panel does not go with --by; --where FIELD=VALUE looks at one place."))
        rounds = []
        for i, part in enumerate(parts):
            if self.sides.units[i].key:
                text = _("--panel needs one record for each household, and here a row is an issue (see --per).")
                raise UsageError(text)
            wanted = [Dimension((q.pair.before, q.pair.after)[i].name) for q in self.questions]
            rounds.append(read_round(part, panel_key(part.campaign), wanted))
        return Pairs.of(rounds[0], rounds[1])

    def _place_counts(
        self, parts: tuple[ComparedPart, ComparedPart]
    ) -> tuple[list[CodedAxis], Mapping[Names, int], Mapping[Names, int]]:
        """Cases by place on both sides."""
        coded = self._coded(parts, self.places)
        found = []
        for side, part in enumerate(parts):
            frame = part.frame(tuple(a[side].dimension for a in self.places), self.sides.units[side].key)
            lines = explode(frame, {i: axis[side].coding.aligned(frame.values[i]) for i, axis in enumerate(coded)})
            keys = [axis[side].coding.keys for axis in coded]
            cells = sums(lines, list(range(len(coded))))
            found.append({tuple(k[i] for k, i in zip(keys, key, strict=True)): int(n) for key, n in cells.items()})
        return [axis[1] for axis in coded], found[0], found[1]

    def _place_notices(self, before: Mapping[Names, int], after: Mapping[Names, int]) -> list[Notice]:
        """Say where places of one round only hold many of its cases: then the rounds are of other places."""
        found = []
        for mine, others, side in ((before, after, _("earlier")), (after, before, _("later"))):
            alone = sum(n for place, n in mine.items() if place not in others)
            total = sum(mine.values())
            if total and alone > _LOST_PLACES * total and not self.sides.after.settings.hides_small_counts:
                text = _(
                    "{n:,} of {all:,} cases of the {side} round are from places that the other round does not have "
                    "(table places): part of a difference may be the places. --where looks at those of both rounds."
                )
                found.append(Notice("other_places", text.format(n=alone, all=total, side=side)))
        return found


def _of_pairs(answers: Answers, n: Mapping[str, int], base: int) -> Answers:
    """The answers of one round of a panel."""
    everybody: Names = ()
    cells = {(everybody, key): value for key, value in n.items()}
    whole = {everybody: base}
    return replace(
        answers,
        n=cells,
        base_n=whole,
        w={key: float(value) for key, value in cells.items()},
        base_w={everybody: float(base)},
        asked=whole,
        cases=whole,
    )


def _plain_numbers(variable: Variable, settings: Settings, values: Sequence[str]) -> np.ndarray:
    """The numbers in some cells, NaN where there is none or a code for a missing answer."""
    texts = string_array([v.replace("\x00", "") for v in values])
    found = numbers_of(texts, decimal_comma=variable.decimal_comma)
    codes = {float(code) for code in missing_of(settings).codes if code.lstrip("-").replace(".", "", 1).isdigit()}
    return np.where(np.isfinite(found) & ~np.isin(found, list(codes)), found, np.nan)
