"""A summary of tables of counts: sums of their cells in the place of counted records."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from visittally.analyses.analysis import Analysis
from visittally.analyses.campaign import unique_notices
from visittally.analyses.figure_columns import column, number, remark, share
from visittally.analyses.intervals import SMALLEST_BASE
from visittally.analyses.rows import by_cells, by_columns, named_rows, places_there
from visittally.analyses.summary.tables import per_hundred
from visittally.answers.axes import code_axis
from visittally.counting.plan import Dimension, Group, Plan
from visittally.dataclass import dataclass
from visittally.errors import UsageError
from visittally.messages import _
from visittally.tables.measures import ANSWER, CATEGORY_BESIDE, MENTIONS, RANK, counted
from visittally.tables.result import Result, Tables
from visittally.tables.small_bases import few_note
from visittally.tables.table import Base, Cell, Column, Count, Number, Row, Share, Table, Text
from visittally.words.codebook import Codebook
from visittally.words.folding import fold
from visittally.words.labels import heading
from visittally.words.quantities import parse
from visittally.words.vocabulary import key_of, words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from visittally.analyses.campaign import Campaign
    from visittally.answers.axes import Axis, CodedAxis
    from visittally.counting.engine import Counts
    from visittally.survey.counts import CountColumns

Key = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Sum:
    """A sum of figures; `approximate` where one of them is (`10余户`) or holds none that can be read.

    Attributes:
        read: Whether some cell could be read; None without a cell.
        whole: Whether every cell could be read: what lacks some is no part and no base of a rate.
    """

    value: float = 0
    approximate: bool = False
    read: bool | None = None
    whole: bool = True

    def __add__(self, other: _Sum) -> _Sum:
        """The sum of both."""
        read = self.read if other.read is None else other.read or bool(self.read)
        return _Sum(self.value + other.value, self.approximate or other.approximate, read, self.whole and other.whole)

    @property
    def number(self) -> float | int | None:
        """The value, whole where it is; None where there are cells and none can be read: that is unknown, not 0."""
        if self.read is False:
            return None
        return int(self.value) if float(self.value).is_integer() else self.value


Sums = dict[Key, _Sum]


def summarize_counts(campaign: Campaign, columns: CountColumns) -> Analysis:
    """Add up the cells of tables of counts.

    Raises:
        UsageError: Something is asked for that needs single records.
    """
    settings = campaign.settings
    for option, used in (("--across", settings.across), ("--weight", settings.weight), ("--per", settings.per)):
        if used:
            text = _("{option} needs single records, but these files hold counts. --counts no reads rows as records.")
            raise UsageError(text.format(option=option))
    axes = named_rows(campaign) or tuple(places_there(campaign)[:1])
    groups = {name: Group((*(axis.dimension for axis in axes), Dimension(name))) for name in columns.variables}
    return Analysis(Plan(tuple(groups.values())), partial(_result, campaign, columns, axes, groups))


def _result(
    campaign: Campaign, columns: CountColumns, axes: Sequence[Axis], groups: dict[str, Group], counts: Counts
) -> Result:
    first = counts.tally.frame(next(iter(groups.values())))
    by = tuple(code_axis(axis, first.value_counts(i), campaign.settings) for i, axis in enumerate(axes))
    sums = {name: _sums(counts, group, by) for name, group in groups.items()}
    figures = _ColumnSums(columns, by, sums)
    makers: dict[str, Callable[[], Table]] = {}
    if by and columns.issues:
        makers["long"] = figures.long
    if by:
        makers["areas"] = figures.areas
    if columns.issues:
        makers["issues"] = figures.issues
    if by and columns.issues:
        makers["crosstab"] = figures.crosstab
    notices = [*campaign.notices(), *counts.notices, *(n for axis in by for n in axis.notices)]
    people = tuple(name for name in makers if name != "long")
    return Result(Tables(makers), counts.receipt, unique_notices(notices), people)


def _sums(counts: Counts, group: Group, by: Sequence[CodedAxis]) -> Sums:
    """The sum of a column by row, and in all under `()`."""
    frame = counts.tally.frame(group)
    d = len(by)
    rows = [axis.coding.aligned(frame.values[i]).lists() for i, axis in enumerate(by)]
    cells = [parse(value) for value in frame.values[d]]
    found: Sums = {}
    for codes, n in zip(frame.codes.tolist(), frame.counts.tolist(), strict=True):
        cell = cells[codes[d]]
        if cell.value is None and key_of(frame.values[d][codes[d]]) in words("blank"):
            continue
        read = cell.value is not None
        one = _Sum((cell.value or 0) * n, cell.approximate or not read, read, read)
        key = tuple(rows[i][codes[i]][0] for i in range(d))
        for place in {key, ()}:
            found[place] = found.get(place, _Sum()) + one
    return found


@dataclass(frozen=True, slots=True)
class _ColumnSums:
    """The sums of all columns, and the tables that they make."""

    columns: CountColumns
    by: tuple[CodedAxis, ...]
    sums: dict[str, Sums]

    def _keys(self) -> list[Key]:
        return sorted({key for sums in self.sums.values() for key in sums if key or not self.by})

    def _of(self, names: Sequence[str], key: Key) -> _Sum:
        found = _Sum()
        for name in names:
            found += self.sums[name].get(key, _Sum())
        return found

    def _issue_names(self) -> dict[str, list[str]]:
        """Name of each issue -> the columns of its figures, in the order of the tables."""
        found: dict[str, list[str]] = {}
        spelled: dict[str, str] = {}
        for variable, name in self.columns.issues.items():
            found.setdefault(spelled.setdefault(fold(name), name), []).append(variable)
        return found

    def _mentions(self, key: Key) -> _Sum:
        return self._of(tuple(self.columns.issues) or self.columns.collected, key)

    def _has(self, role: str) -> bool:
        return bool(getattr(self.columns, role))

    # ------------------------------------------------------------------ tables
    def areas(self) -> Table:
        """One row for each place."""
        columns = [*by_columns(self.by), *self._visits(("cases", "households"))]
        if self.columns.issues or self._has("collected"):
            columns.append(number("mentions"))
            columns += self._per_100()
        for name in ("handled", "resolved"):
            if self._has(name):
                columns += [number(name, people=False), share(name, "mentions", "collected")]
        rows = [Row(tuple(self._area(key))) for key in self._keys() if key]
        rows.append(Row(tuple(self._area(())), total=True))
        notes = (self._note(), *few_note(rows))
        return Table("areas", _("Visits by place"), tuple(columns), tuple(rows), self._base(), notes)

    def _visits(self, names: Sequence[str]) -> list[Column]:
        """The columns of what was visited; where that were households, people read so."""
        if not self._has("visits"):
            return []
        if not self.columns.of_households:
            return [number("cases")]
        label = heading("households")
        return [column(name, counted("cases"), label=label, people=name == names[-1]) for name in names]

    def _per_100(self) -> list[Column]:
        if not self._has("visits"):
            return []
        label = _("Issues per 100 households") if self.columns.of_households else None
        return [column("mentions_per_100_cases", counted("mentions"), counted("cases"), label=label)]

    def _area(self, key: Key) -> list[Cell]:
        cells = by_cells(self.by, key)
        visits, mentions = self._of(self.columns.visits, key), self._mentions(key)
        if self._has("visits"):
            cells += [Count(visits.number, visits.approximate)] * (1 + self.columns.of_households)
        if self.columns.issues or self._has("collected"):
            cells.append(Count(mentions.number, mentions.approximate))
            if self._has("visits"):
                approximate = mentions.approximate or visits.approximate
                known = mentions.whole and visits.whole
                rate = per_hundred(mentions.value, visits.value, approximate=approximate)
                cells.append(rate if known else Number(None))
        collected = self._of(self.columns.collected, key) if self._has("collected") else mentions
        for name in ("handled", "resolved"):
            if self._has(name):
                done = self._of(getattr(self.columns, name), key)
                approximate = done.approximate or collected.approximate
                share = Share(done.number, collected.number, counts=True, least=SMALLEST_BASE, approximate=approximate)
                share = share if done.whole and collected.whole else Share(None, None)
                cells += [Count(done.number, done.approximate), share]
        return cells

    def issues(self) -> Table:
        """One row for each issue, ranked."""
        codebook = Codebook.load()
        columns = [
            column("rank", RANK),
            column("issue", ANSWER),
            remark("issue_label", people=False),
            column("issue_category", CATEGORY_BESIDE, people=False),
            number("mentions"),
            column("percent_of_mentions", counted("mentions"), MENTIONS),
        ]
        total = self._mentions(())
        found = {name: self._of(variables, ()) for name, variables in self._issue_names().items()}
        ranked = sorted(found, key=lambda name: -found[name].value)
        rows = []
        for name in ranked:
            n = found[name]
            rank = 1 + sum(other.value > n.value for other in found.values())
            cells: list[Cell] = [Number(rank, 0), Text(name), Text(None), Text(codebook.category(name))]
            cells += [Count(n.number, n.approximate), Share(n.number, total.number, approximate=total.approximate)]
            rows.append(Row(tuple(cells)))
        return Table("issues", _("Issues raised"), tuple(columns), tuple(rows), self._base(), (self._note(),))

    def long(self) -> Table:
        """One row for each place and issue."""
        columns = [
            *by_columns(self.by),
            column("issue", ANSWER),
            remark("issue_label", people=False),
            number("mentions"),
            column("percent_of_mentions", counted("mentions"), MENTIONS),
        ]
        rows = []
        for key in (key for key in self._keys() if key):
            total = self._mentions(key)
            for name, variables in self._issue_names().items():
                n = self._of(variables, key)
                if n.value:
                    cells = [*by_cells(self.by, key), Text(name), Text(None), Count(n.number, n.approximate)]
                    rows.append(Row((*cells, Share(n.number, total.number, approximate=total.approximate))))
        return Table("long", _("Issues by place"), tuple(columns), tuple(rows), self._base(), (self._note(),))

    def crosstab(self) -> Table:
        """Places by issues."""
        issues = self._issue_names()
        cells = replace(counted("mentions"), across="issue")
        columns = [*by_columns(self.by), *(Column(name, name, "cells", measure=cells) for name in issues)]
        columns.append(number("mentions"))
        columns += self._visits(("cases",))
        rows = [Row(tuple(self._line(key, issues)), total=not key) for key in [*filter(None, self._keys()), ()]]
        return Table("crosstab", _("Place x issue"), tuple(columns), tuple(rows), self._base(), (self._note(),))

    def _line(self, key: Key, issues: dict[str, list[str]]) -> list[Cell]:
        sums = [*(self._of(variables, key) for variables in issues.values()), self._mentions(key)]
        sums += [self._of(self.columns.visits, key)] if self._has("visits") else []
        return [*by_cells(self.by, key), *(Count(one.number, one.approximate) for one in sums)]

    def _base(self) -> Base | None:
        if not self._has("visits"):
            return None
        whole = self._of(self.columns.visits, ())
        cases = whole.number or 0
        of_households = self.columns.of_households
        text = _("Base: all {n:,} households visited.") if of_households else _("Base: all {n:,} visits.")
        told = text.format(n=cases)
        return Base("all", int(cases), told.replace(f"{cases:,}", f"≈{cases:,}") if whole.approximate else told)

    def _note(self) -> str:
        return _("Figures are sums of counts in the files, not of single records.")
