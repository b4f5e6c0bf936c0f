"""The tables of a summary: `long`, `areas`, `issues`, `crosstab`."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from visittally.analyses.figure_columns import column, limits, number, remark, share
from visittally.analyses.intervals import SMALLEST_BASE, kish, no_intervals, wilson
from visittally.analyses.rows import by_columns, row_names
from visittally.analyses.summary.crosstab import Crosstab
from visittally.analyses.summary.figures import row_by_row
from visittally.analyses.summary.rows import SummaryRows
from visittally.dataclass import dataclass
from visittally.messages import _
from visittally.tables.measures import ANSWER, BASE, CASES, CATEGORY_BESIDE, MENTIONS, RANK, counted, made_of
from visittally.tables.result import Tables
from visittally.tables.small_bases import few_note
from visittally.tables.table import (
    Base,
    Cell,
    Column,
    Count,
    Number,
    Row,
    Share,
    Table,
    Text,
    plain_count,
)
from visittally.words.folding import fold
from visittally.words.labels import heading

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from visittally.analyses.rows import Key
    from visittally.analyses.summary.figures import Amount, ByRow, Summary
    from visittally.settings import Settings


def tables_of(summary: Summary, settings: Settings, further: Mapping[str, Callable[[], Table]]) -> Mapping[str, Table]:
    """All tables that the columns of the files allow, `long` first; `further` ones last."""
    maker = _SummaryTables(summary, settings)
    makers: dict[str, Callable[[], Table]] = {}
    if summary.by and summary.issues is not None:
        makers["long"] = maker.long
    if summary.by:
        makers["areas"] = maker.areas
    if summary.issues is not None:
        makers["issues"] = maker.issues
    if summary.by and summary.issues is not None:
        makers["crosstab"] = Crosstab(summary, settings).table
    return Tables({**makers, **further})


@dataclass(frozen=True, slots=True)
class _SummaryTables(SummaryRows):
    """The tables but for the crosstab."""

    def long(self) -> Table:
        """One row for each place and issue named there."""
        shown, rest = self.shown()
        label = self.across + "_label"
        columns = [
            *by_columns(self.summary.by),
            column(self.across, ANSWER),
            remark(label, label=heading("issue_label"), people=False),
            number("mentions"),
            *([column("weighted", made_of("mentions"))] if self.settings.weight else []),
            column("base", BASE),
            column("percent_of_cases", counted("mentions"), BASE),
            column("percent_of_mentions", counted("mentions"), MENTIONS),
        ]
        issues = {i: self.issue_cells(i) for i in shown}
        of_place: dict[Key, list[int]] = {}
        for *place, i in sorted(self.summary.plain.cells):
            of_place.setdefault(tuple(place), []).append(i)
        rank = {i: place for place, i in enumerate(shown)}
        rows: list[Row] = []
        cells_of = row_names(self.summary.by)
        for key in self.rows():
            named = of_place.get(key, [])
            line = self._long_line(key, cells_of(key))
            rows += [line([i], *issues[i]) for i in sorted((i for i in named if i in rank), key=rank.__getitem__)]
            further = [i for i in named if i not in rank]
            if further:
                rows.append(line(further, *self.rest_cells(rest)))
        return Table("long", self.title("long"), tuple(columns), tuple(rows), self.base_line(), tuple(self.notes()))

    def _long_line(self, key: Key, by: Sequence[Cell]) -> Callable[[Sequence[int], Cell, Cell], Row]:
        """Makes the rows of a place: what is the same in all of them is worked out once."""
        summary = self.summary
        cells, weighed, named = summary.plain.cells, self.figures.cells, summary.plain.named
        plain = weighed is cells
        weighted = bool(self.settings.weight)
        base, base_n = self.base(key), Count(self.base_n(key))
        mentions = self.figures.mentions.of(key)

        def row(members: Sequence[int], issue: Cell, label: Cell) -> Row:
            keys = [(*key, i) for i in members]
            n = sum([cells.get(k, 0) for k in keys]) if len(keys) > 1 else cells.get(keys[0], 0)
            w = n if plain else sum([weighed.get(k, 0) for k in keys])
            cases = w if weighted else named.get(keys[0], 0)
            share = Share(cases, base) if len(members) == 1 else Share(None, None)
            weights = (Count(w),) if weighted else ()
            return Row((*by, issue, label, Count(n), *weights, base_n, share, Share(w, mentions)))

        return row

    def areas(self) -> Table:
        """One row for each place: visits, households, who raised something, what was handled."""
        summary = self.summary
        with_issue, with_status = summary.issues is not None, summary.statuses is not None
        names = ["cases", *(["households"] if summary.households is not None else [])]
        names += ["raised", "no_issue", "not_recorded", "mentions"] if with_issue else []
        columns = [*by_columns(self.summary.by), *map(self.number, names)]
        rate = _("Issues per 100 households") if self.of_households else None
        per_100 = column("mentions_per_100_cases", counted("mentions"), counted("cases"), label=rate)
        columns += [per_100] if with_issue else []
        columns += _status_columns(with_status)
        named = row_names(self.summary.by)
        figures, keys = self._area_figures(), self.rows()
        # Of very many places few have figures that no other has: those that are alike share their cells.
        cells_of = cache(self._area)
        told = zip(*(row_by_row(group, keys) for group in figures), strict=True)
        rows = [Row((*named(key), *cells_of(*here))) for key, here in zip(keys, told, strict=True)]
        in_all = [tuple([one.total for one in group]) for group in figures]
        rows.append(Row((*named(()), *self._area(*in_all)), total=True))
        cases = int(summary.plain.cases.total)
        base = Base("all", cases, self.all_cases().format(n=cases))
        notes = (*self.notes(), *few_note(rows))
        if self.settings.weight:
            notes = (_("This table is not weighted by {name}.").format(name=self.settings.weight), *notes)
        return Table("areas", self.title("areas"), tuple(columns), tuple(rows), base, notes)

    def _area_figures(self) -> tuple[Sequence[ByRow], Sequence[ByRow], Sequence[ByRow]]:
        """The figures of places: cases and households; how they answered; what became of it."""
        summary, plain = self.summary, self.summary.plain
        visited = [plain.cases] if summary.households is None else [plain.cases, summary.households]
        answered = [plain.raised, plain.no_issue, plain.not_recorded, plain.mentions]
        handled = [] if summary.statuses is None else [*summary.statuses.by_row.values()]
        return visited, answered if summary.issues is not None else [], handled

    def _area(
        self, visited: tuple[Amount, ...], answered: tuple[Amount, ...], handled: tuple[Amount, ...]
    ) -> Sequence[Cell]:
        """The cells of a place behind its name, from its figures."""
        cells: list[Cell] = [*map(plain_count, visited), *map(plain_count, answered)]
        if answered:
            cases, mentions = visited[0], answered[-1]
            cells.append(per_hundred(mentions, cases))
        statuses = self.summary.statuses
        return cells if statuses is None else cells + _done(dict(zip(statuses.by_row, handled, strict=True)))

    def _status_cells(self, issues: Sequence[int]) -> list[Cell]:
        """What became of some issues."""
        statuses = self.summary.statuses
        if statuses is None:
            return []
        return _done({name: sum(n.get(i, 0) for i in issues) for name, n in statuses.by_issue.items()})

    def issues(self) -> Table:
        """One row for each issue, ranked."""
        summary, issues = self.summary, self.summary.issues
        assert issues is not None
        interval = self.settings.intervals
        same = self.base() == self.figures.cases.total
        asked = None if self.of_issues or summary.across is None else summary.across.label
        of_all = _("% of all households") if self.of_households else None
        columns = [
            column("rank", RANK),
            column("issue", ANSWER, label=asked),
            remark("issue_label", people=False),
            column("issue_category", CATEGORY_BESIDE, people=False),
            number("mentions"),
            *([column("weighted", made_of("mentions"))] if self.settings.weight else []),
            column("percent_of_cases", counted("mentions"), BASE),
            *(limits("percent_low", "percent_high", of="mentions", base=BASE) if interval else []),
            column("percent_of_all", counted("mentions"), CASES, label=of_all, people=not same),
            column("percent_of_mentions", counted("mentions"), MENTIONS),
            *_status_columns(summary.statuses is not None),
        ]
        shown, rest = self.shown()
        ranks = self._ranks([*shown, *rest])
        rows = [Row(tuple(self._issue(i, ranks[i], interval=interval))) for i in shown]
        if rest:
            rows.append(Row(tuple(self._rest(rest, interval=interval))))
        rows += [
            Row(tuple(self._net(name, n, interval=interval)), members=self._members(name))
            for name, n in summary.nets.items()
        ]
        repeated = [] if self.settings.primary else self.mention_notes()
        notes = [*self.notes(), *repeated, *few_note(rows)]
        if summary.nets:
            notes.append(_("Rows without a rank count several issues as one, each visit once; they are in no total."))
        if self.settings.interval or self.settings.purposive:
            notes.append(self._interval_note())
        return Table("issues", self.title("issues"), tuple(columns), tuple(rows), self.base_line(), tuple(notes))

    def _interval_note(self) -> str:
        if why := no_intervals(self.settings):
            return why
        if self.settings.weight:
            return _("Intervals: Wilson, 95 %, with Kish's effective base of {n:.0f}.").format(n=self._effective() or 0)
        return _("Intervals: Wilson, 95 %, as if the visits were a simple random sample.")

    def _effective(self) -> float | None:
        if not self.settings.weight:
            return None
        return kish(self.base(), self.summary.squares)

    def _ranks(self, named: Sequence[int]) -> dict[int, int | None]:
        """Competition ranks (1, 2, 2, 4) among all issues, by mentions; what could not be coded has none."""
        issues = self.summary.issues
        assert issues is not None
        counts = self.figures.by_issue
        real = [i for i in named if issues.coding.keys[i] != "unclear"]
        ordered = sorted((counts.get(i, 0) for i in real), reverse=True)
        first = {n: place for place, n in reversed([*enumerate(ordered, 1)])}
        return {i: first[counts.get(i, 0)] if i in real else None for i in named}

    def _shares(self, n: int, w: float, *, interval: bool, cases: float | None = None) -> list[Cell]:
        """Mentions, weighted, percentages and limits of a row of issues; `cases` name it, by default as many."""
        cases = w if cases is None else cases
        cells: list[Cell] = [Count(n)]
        cells += [Count(w)] if self.settings.weight else []
        cells.append(Share(cases, self.base()))
        if interval:
            limits = wilson(cases, self.base(), self._effective()) or (None, None)
            cells += [Number(limit) for limit in limits]
        cells += [Share(cases, self.figures.cases.total), Share(w, self.figures.mentions.total)]
        return cells

    def _issue(self, i: int, rank: int | None, *, interval: bool) -> list[Cell]:
        issues = self.summary.issues
        assert issues is not None
        key = issues.coding.keys[i]
        label = issues.labels.get(key, "")
        cells: list[Cell] = [
            Number(rank, 0),
            Text(key, label),
            Text(label or None),
            Text(issues.categories.get(key)),
        ]
        n, w = int(self.summary.plain.by_issue.get(i, 0)), self.figures.by_issue.get(i, 0)
        cases = None if self.settings.weight else self.summary.plain.named_issue.get(i, 0)
        return [*cells, *self._shares(n, w, interval=interval, cases=cases), *self._status_cells([i])]

    def _rest(self, rest: Sequence[int], *, interval: bool) -> list[Cell]:
        n = int(sum(self.summary.plain.by_issue.get(i, 0) for i in rest))
        w = sum(self.figures.by_issue.get(i, 0) for i in rest)
        name = self.rest_cell(rest)
        cells: list[Cell] = [Number(None), name, Text(name.label), Text(None), Count(n)]
        cells += [Count(w)] if self.settings.weight else []
        # A visit may name several of them, so the sum is no share of visits.
        cells += [Share(None, None), *([Number(None), Number(None)] if interval else []), Share(None, None)]
        return [*cells, Share(w, self.figures.mentions.total), *self._status_cells(rest)]

    def _members(self, net: str) -> tuple[str, ...]:
        """The issues that a net counts as one."""
        assert self.summary.issues is not None
        wanted = {fold(answer) for one in self.settings.nets if one.name == net for answer in one.answers}
        return tuple(key for key in self.summary.issues.coding.keys if fold(key) in wanted)

    def _net(self, name: str, figures: tuple[int, float], *, interval: bool) -> list[Cell]:
        n, w = figures
        cells: list[Cell] = [
            Number(None),
            Text(name, _("Net: {name}").format(name=name)),
            Text(name),
            Text(None),
        ]
        cells += self._shares(n, w, interval=interval)
        cells[-1] = Share(None, None)
        return cells + [Count(None), Share(None, None)] * (0 if self.summary.statuses is None else 2)


def per_hundred(mentions: float, cases: float, *, approximate: bool = False) -> Number:
    """Mentions for a hundred visits; of few visits that says nothing, and people see none."""
    rate = 100 * mentions / cases if cases else None
    return Number(rate, approximate=approximate, least=SMALLEST_BASE if 0 < cases < SMALLEST_BASE else 0)


def _done(figures: Mapping[str, int | float]) -> list[Cell]:
    """Handled and resolved mentions, each with its share of those collected."""
    cells: list[Cell] = []
    for name in ("handled", "resolved"):
        n = int(figures[name])
        cells += [Count(n), Share(n, figures["collected"], counts=True, least=SMALLEST_BASE)]
    return cells


def _status_columns(with_status: bool) -> list[Column]:  # noqa: FBT001
    if not with_status:
        return []
    columns = []
    for name in ("handled", "resolved"):
        columns += [number(name, people=False), share(name, "mentions", "collected")]
    return columns
