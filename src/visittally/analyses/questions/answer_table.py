"""The table of a question with answers to choose from."""

from __future__ import annotations

from dataclasses import field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from visittally.analyses.figure_columns import column, remark
from visittally.analyses.intervals import kish, no_intervals, wilson
from visittally.analyses.questions.counted import (
    codings_of,
    is_number,
    of_question,
    title_of,
    weights_in,
)
from visittally.analyses.rows import Key, by_cells, by_columns
from visittally.answers.book import Answer, AnswerBook, State
from visittally.answers.coding import (
    Coding,
    explode,
    per_value,
)
from visittally.answers.lines import sums
from visittally.dataclass import dataclass
from visittally.messages import _, quoted
from visittally.survey.variables import QuestionKind
from visittally.tables.measures import ANSWER, Content, Scope
from visittally.tables.measures import counted as measured
from visittally.tables.table import (
    Base,
    Cell,
    Count,
    Number,
    Row,
    Share,
    Table,
    Text,
)
from visittally.words.folding import fold
from visittally.words.missing_numbers import apart_from_scale
from visittally.words.ordering import name_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visittally.analyses.questions.counted import CountedQuestion
    from visittally.settings import Settings

REST = "(rest)"


@dataclass(frozen=True, slots=True)
class _Figures:
    """Figures of an answer table by banner key, as counts (`n`) and as sums of weights (`w`)."""

    cases: dict[Key, float] = field(default_factory=dict)
    valid: dict[Key, float] = field(default_factory=dict)
    asked: dict[Key, float] = field(default_factory=dict)
    answered: dict[Key, float] = field(default_factory=dict)
    cells: dict[Key, float] = field(default_factory=dict)
    mentions: dict[Key, float] = field(default_factory=dict)


@dataclass(frozen=True)
class AnswerTable:
    """The table of a question with answers: single choice, multi-select, scale."""

    counted: CountedQuestion
    book: AnswerBook
    settings: Settings

    def table(self) -> Table:
        """Answers down; with a banner each of its groups divides by its own base."""
        counted, settings = self.counted, self.settings
        n = self._figures(counted.frame.counts)
        w = n if counted.weight is None else self._figures(weights_in(counted))
        weighted, interval = counted.weight is not None, settings.intervals
        of = of_question(counted)
        mentions, base = measured("mentions", about=of), measured("base", scope=Scope.PLACE, about=of)
        columns = [*by_columns(counted.by), column("answer", ANSWER), remark("answer_label", people=False)]
        columns += [column("mentions", mentions)]
        columns += [column("weighted", replace(mentions, kind=Content.MADE))] if weighted else []
        columns += [column("base", base, people=bool(counted.by)), column("percent_of_cases", mentions, base)]
        ends = ("percent_low", "percent_high") if interval else ()
        columns += [column(name, replace(mentions, kind=Content.MADE), base) for name in ends]
        everything = replace(mentions, scope=Scope.PLACE)
        columns += [column("percent_of_mentions", mentions, everything, people=self._is_multi(n))]
        keys = sorted(n.cases) if counted.by else [()]
        if not counted.by:
            keys = [()]
        order = self._order(n)
        shown, rest = (order[: settings.top], order[settings.top :]) if settings.top else (order, [])
        rows = []
        for key in keys:
            if key or not counted.by:
                rows += [Row(tuple(self._row(key, [i], n, w, interval=interval))) for i in shown]
                rows += [Row(tuple(self._row(key, rest, n, w, interval=interval)))] if rest else []
        table = Table(
            counted.question.name,
            title_of(counted),
            tuple(columns),
            tuple(rows),
            self._base(n),
            tuple(self._notes(n, w)),
        )
        # Side by side there is no room for intervals, which somebody asked for.
        beside = len(counted.by) == 1 and keys and not interval
        return replace(table, brief=self._banner(table, shown, keys, n, w)) if beside else table

    def like(self, other: Table) -> Table:
        """The table of this question with the figures of another one that was answered alike."""
        of = of_question(self.counted)
        columns = tuple(
            replace(
                one,
                measure=one.measure and replace(one.measure, about=of if one.measure.about else one.measure.about),
                base=one.base and replace(one.base, about=of if one.base.about else one.base.about),
            )
            for one in other.columns
        )
        return replace(other, name=self.counted.question.name, title=title_of(self.counted), columns=columns)

    # ------------------------------------------------------------------ figures
    @cached_property
    def _answers(self) -> list[Answer]:
        """What each value of the frame says."""
        return [self.book.answer(value) for value in self.counted.frame.values[self.counted.dimension]]

    def _valid(self, answer: Answer) -> bool:
        """Whether a case belongs to the bases: with --valid one that only says don't know, or refuses, does not."""
        return not self.settings.valid or not answer.codes or not self._unsaid.issuperset(answer.codes)

    @cached_property
    def _unsaid(self) -> frozenset[str]:
        """The answers that say don't know, or refuse."""
        alone = (a for a in self._answers if len(a.codes) == 1 and (a.dont_know or a.refused))
        return frozenset(answer.codes[0] for answer in alone)

    @cached_property
    def _coding(self) -> Coding:
        """The answers that each value gives; those that are listed are there even if nobody gave them."""
        values = self.counted.frame.values[self.counted.dimension]
        known = [key for key, option in self.book.options.items() if option.listed]
        position = {key: i for i, key in enumerate(self.book.options)}
        codes = {value: answer.codes for value, answer in zip(values, self._answers, strict=True)}
        return Coding.of(values, codes.__getitem__, lambda k: position.get(k, len(position)), known)

    def _figures(self, amounts: np.ndarray) -> _Figures:
        counted, d = self.counted, self.counted.dimension
        extra = {
            "amount": amounts,
            "asked": per_value(counted.frame, d, [self.book.asked(a) and self._valid(a) for a in self._answers]),
            "answered": per_value(counted.frame, d, [self.book.answered(a) and self._valid(a) for a in self._answers]),
            "valid": per_value(counted.frame, d, [self._valid(a) for a in self._answers]),
        }
        coding = self._coding
        found = _Figures()
        for codings in ({}, codings_of(counted)) if counted.by else ({},):
            by = list(codings)
            lines = explode(counted.frame, codings, extra)
            found.cases.update(sums(lines, by, "amount"))
            found.valid.update(sums(lines.only(lines["valid"]), by, "amount"))
            found.asked.update(sums(lines.only(lines["asked"]), by, "amount"))
            found.answered.update(sums(lines.only(lines["answered"]), by, "amount"))
            mentioned = explode(counted.frame, {**codings, d: coding}, extra)
            found.cells.update(sums(mentioned, [*by, d], "amount"))
            found.mentions.update(sums(mentioned.only(mentioned["valid"]), by, "amount"))
        if counted.by:
            # Cells of the whole table have one position only, those of a group the group's before it.
            assert all(len(key) in (1, len(counted.by) + 1) for key in found.cells)
        return found

    @cached_property
    def _squares(self) -> _Figures:
        """Sums of squared weights."""
        return self._figures(weights_in(self.counted) ** 2 / np.maximum(self.counted.frame.counts, 1))

    def _is_multi(self, n: _Figures) -> bool:
        return n.mentions.get((), 0) > n.answered.get((), 0) or self.counted.question.kind is QuestionKind.MULTI

    def _order(self, n: _Figures) -> list[int]:
        """Form order where options are known, else by count; none, other, don't know, refused come last."""
        keys = self._coding.keys
        listed = any(option.listed for option in self.book.options.values())
        scale = self.counted.question.kind is QuestionKind.SCALE

        def last(i: int) -> bool:
            option = self.book.options.get(keys[i])
            return option is not None and option.last

        everything = list(range(len(keys)))
        sort = self.settings.sort or (
            "form" if listed and self.counted.question.choices else "name" if scale else "count"
        )
        if sort == "form":
            return everything
        if sort == "name":
            return sorted(everything, key=lambda i: (last(i), name_key(keys[i])))
        return sorted(everything, key=lambda i: (last(i), -n.cells.get((i,), 0), name_key(keys[i])))

    # ------------------------------------------------------------------ cells
    def _base_of(self, figures: _Figures, key: Key) -> float:
        return {
            "asked": figures.asked,
            "answered": figures.answered,
            "all": figures.valid,
            "mentions": figures.mentions,
        }[self.settings.base].get(key, 0)

    def _row(self, key: Key, members: Sequence[int], n: _Figures, w: _Figures, *, interval: bool) -> list[Cell]:
        keys = self._coding.keys
        count = int(sum(n.cells.get((*key, i), 0) for i in members))
        weight = sum(w.cells.get((*key, i), 0) for i in members)
        base = self._base_of(w, key)
        if len(members) == 1:
            name = keys[members[0]]
            option = self.book.options.get(name)
            label = option.label if option is not None else ""
            cells = [*by_cells(self.counted.by, key), Text(name, label), Text(label or None)]
        else:
            label = _("{n} further answers").format(n=len(members))
            cells = [*by_cells(self.counted.by, key), Text(REST, label), Text(label)]
        cells.append(Count(count))
        cells += [Count(weight)] if self.counted.weight is not None else []
        cells += [Count(int(self._base_of(n, key)))]
        single = len(members) == 1 and not (self.settings.valid and keys[members[0]] in self._unsaid)
        cells.append(Share(weight, base) if single else Share(None, None))
        if interval:
            limits = (wilson(weight, base, self._effective(key, base)) if single else None) or (None, None)
            cells += [Number(limit) for limit in limits]
        return [*cells, Share(weight, w.mentions.get(key, 0)) if single or len(members) > 1 else Share(None, None)]

    def _effective(self, key: Key, base: float) -> float | None:
        return None if self.counted.weight is None else kish(base, self._base_of(self._squares, key))

    # ------------------------------------------------------------------ words
    def _base(self, n: _Figures) -> Base:
        cases, base = int(n.cases.get((), 0)), int(self._base_of(n, ()))
        d = self.counted.dimension
        states = [answer.state for answer in self._answers]
        lost = {
            state: int(self.counted.frame.counts[per_value(self.counted.frame, d, [s is state for s in states])].sum())
            for state in (State.NOT_ASKED, State.BLANK)
        }
        words = {
            "valid": _(
                "Base: {n:,} of {cases:,} gave a valid answer; left out: {unsaid:,} don't know or refused, {skipped:,} "
                "not asked, {blank:,} blank."
            ),
            "asked": _("Base: {n:,} of {cases:,} were asked; left out: {skipped:,} not asked, {blank:,} blank."),
            "answered": _("Base: {n:,} of {cases:,} gave at least one answer."),
            "all": _("Base: all {cases:,} cases, of which {skipped:,} were not asked and {blank:,} are blank."),
            "mentions": _("Base: {n:,} mentions."),
        }
        kind = "valid" if self.settings.valid and self.settings.base == "asked" else self.settings.base
        unsaid = cases - int(n.valid.get((), 0))
        text = words[kind].format(
            n=base, cases=cases, skipped=lost[State.NOT_ASKED], blank=lost[State.BLANK], unsaid=unsaid
        )
        if self.counted.weight is not None:
            text += " " + _("Percentages are weighted by {name}; counts are not.").format(name=self.settings.weight)
        if self.settings.valid and kind != "valid":
            text += " " + _("Don't know and refused ({n:,}) are in no base.").format(n=unsaid)
        return Base(self.settings.base, base, text)

    def _notes(self, n: _Figures, w: _Figures) -> list[str]:
        found = []
        if self._is_multi(n) and n.answered.get((), 0):
            per_case = n.mentions[()] / n.answered[()]
            text = _(
                "{mentions:,} mentions, {mean:.2f} by each case that answered; percentages may add to more than 100."
            )
            found.append(text.format(mentions=int(n.mentions[()]), mean=per_case))
        found += self._nets(w)
        if self.counted.question.kind is QuestionKind.SCALE:
            found += self._scale(w)
        if self.settings.interval or self.settings.purposive:
            found.append(_interval_note(self.settings))
        return found

    def _nets(self, w: _Figures) -> list[str]:
        """Several answers counted as one, each case once."""
        counted, found = self.counted, []
        names = {counted.question.name, *counted.question.fields}
        for net in self.settings.nets:
            if net.question not in names:
                continue
            wanted = {fold(answer) for answer in net.answers}
            hits = per_value(
                counted.frame,
                counted.dimension,
                [any(fold(c) in wanted for c in answer.codes) for answer in self._answers],
            )
            base, n = self._base_of(w, ()), float(weights_in(counted)[hits].sum())
            share = "-" if not base else f"{100 * n / base:.{self.settings.digits}f}"
            found.append(_("Net {name}: {n:,g} cases, {share} %.").format(name=net.name, n=n, share=share))
        return found

    def _scale(self, w: _Figures) -> list[str]:
        """Mean of the codes and the shares of the lowest and the highest."""
        keys = self._coding.keys
        apart = apart_from_scale(keys)
        codes = {
            i: float(key)
            for i, key in enumerate(keys)
            if is_number(key) and key not in apart and not self.book.options[key].exclusive
        }
        total = sum(w.cells.get((i,), 0) for i in codes)
        if len(codes) < 2 or not total:
            return []
        average = sum(code * w.cells.get((i,), 0) for i, code in codes.items()) / total
        low, high = min(codes, key=codes.__getitem__), max(codes, key=codes.__getitem__)
        text = _(
            "Mean of the codes {mean:.2f} (codes are an order, not a measure); lowest box {low:.1f} %, "
            "highest box {high:.1f} %."
        )
        shares = [100 * w.cells.get((i,), 0) / total for i in (low, high)]
        said = [text.format(mean=average, low=shares[0], high=shares[1])]
        if apart:
            listed = quoted(sorted(apart))
            text = _(
                "{codes} stands apart from the scale and is in none of the three. If it is no answer, in "
                "visittally.toml: [missing] not_asked = [{listed}]"
            )
            said.append(text.format(codes=", ".join(sorted(apart)), listed=listed))
        return said

    # ------------------------------------------------------------------ banner for people
    def _banner(self, table: Table, shown: Sequence[int], keys: Sequence[Key], n: _Figures, w: _Figures) -> Table:
        """Answers down, the groups of the banner across: percentages of each group's own base."""
        axis = self.counted.by[0]
        groups = [key for key in keys if key]
        heads = {f"group_{i}": str(_shown(by_cells(self.counted.by, key)[0])) for i, key in enumerate(groups)}
        shares = measured("mentions"), measured("base", scope=Scope.PLACE)
        columns = [column("answer", ANSWER)]
        columns += [column(name, *shares, label=label) for name, label in {**heads, "all": _("All")}.items()]
        names = self._coding.keys
        rows = []
        for i in shown:
            option = self.book.options.get(names[i])
            cells: list[Cell] = [Text(names[i], option.label if option is not None else "")]
            out = self.settings.valid and names[i] in self._unsaid
            found = [Share(w.cells.get((*key, i), 0), self._base_of(w, key)) for key in [*groups, ()]]
            cells += [Share(None, None)] * len(found) if out else found
            rows.append(Row(tuple(cells)))
        bases: list[Cell] = [Text(_("Base"))]
        bases += [Count(int(self._base_of(n, key))) for key in [*groups, ()]]
        rows.append(Row(tuple(bases)))
        title = _("{title} by {field}").format(title=table.title, field=axis.axis.label)
        return replace(table, title=title, columns=tuple(columns), rows=tuple(rows))


def _shown(cell: Cell) -> str:
    return (cell.label or str(cell.value)) if isinstance(cell, Text) else ""


def _interval_note(settings: Settings) -> str:
    if why := no_intervals(settings):
        return why
    if settings.weight:
        return _("Intervals: Wilson, 95 %, with Kish's effective base.")
    return _("Intervals: Wilson, 95 %, as if the cases were a simple random sample.")
