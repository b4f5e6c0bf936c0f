"""The table of places by issues."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from visittally.analyses.rows import by_columns, row_names
from visittally.analyses.summary.figures import row_by_row
from visittally.analyses.summary.rows import REST, SummaryRows
from visittally.dataclass import dataclass
from visittally.messages import _
from visittally.tables.measures import BASE, Measure, Scope, counted
from visittally.tables.table import (
    Cell,
    Column,
    Row,
    Share,
    Table,
    plain_count,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from visittally.analyses.rows import Key
    from visittally.analyses.summary.figures import Amount, ByRow, CaseFigures

PAGE = 8
"""Issues that people are shown one by one unless --top says otherwise."""


@dataclass(frozen=True, slots=True)
class Crosstab(SummaryRows):
    """Places down, issues across."""

    def table(self) -> Table:
        """Places down, issues across."""
        shown, rest = self.shown()
        # Both versions name the same rows.
        named = cache(row_names(self.summary.by))
        whole = self._crosstab(shown, rest, named)
        if self.settings.top is not None or len(shown) <= PAGE + 1:
            return whole
        return replace(whole, brief=self._crosstab(shown[:PAGE], shown[PAGE:], named))

    def _crosstab(self, shown: Sequence[int], rest: Sequence[int], named: Callable[[Key], Sequence[Cell]]) -> Table:
        issues = self.summary.issues
        assert issues is not None
        keys = issues.coding.keys
        percent = self.settings.percent not in ("", "none")
        columns = by_columns(self.summary.by)
        heads = [(keys[i], issues.labels.get(keys[i], keys[i])) for i in shown]
        heads += [(REST, self.rest_cell(rest).label)] if rest else []
        cells = replace(counted("mentions"), across=self.across)
        columns += [Column(key, label, "cells", people=not percent, measure=cells) for key, label in heads]
        if percent:
            columns += [Column(key, label, "percent", measure=cells, base=self._divided_by()) for key, label in heads]
        columns += map(self.number, ("no_issue", "not_recorded", "mentions", "cases"))
        members = [[i] for i in shown] + ([list(rest)] if rest else [])
        places = self.rows()
        amounts = self._amounts(places, members)
        # Of very many places few have figures that no other has: those that are alike share their cells.
        counted_cells = cache(lambda counts: [*map(plain_count, counts)])
        beside = self._beside()
        rows = []
        for key, others in zip(places, row_by_row(beside, places), strict=True):
            here = counted_cells((*amounts[key], *others))
            rows.append(Row((*named(key), *self._with_percentages(key, members, here))))
        total = [self._added(self.summary.plain, (), m) for m in members]
        in_all = counted_cells((*total, *[figures.total for figures in beside]))
        rows.append(Row((*named(()), *self._with_percentages((), members, in_all)), total=True))
        notes = [*self.notes(), *self.mention_notes()]
        if percent:
            notes.append(self._percent_note())
        return Table("crosstab", self.title("crosstab"), tuple(columns), tuple(rows), self.base_line(), tuple(notes))

    def _amounts(self, places: Sequence[Key], members: Sequence[Sequence[int]]) -> dict[Key, list[Amount]]:
        """The mentions of some issues in every row: few of all cells of a long table hold any."""
        place = {issue: at for at, group in enumerate(members) for issue in group}
        found: dict[Key, list[Amount]] = {key: [0] * len(members) for key in places}
        for cell, amount in self.summary.plain.cells.items():
            at, row = place.get(cell[-1]), found.get(cell[:-1])
            if at is not None and row is not None:
                row[at] += amount
        return found

    def _beside(self) -> tuple[ByRow, ...]:
        """What stands beside the mentions of single issues."""
        plain = self.summary.plain
        return plain.no_issue, plain.not_recorded, plain.mentions, plain.cases

    def _with_percentages(self, key: Key, members: Sequence[Sequence[int]], cells: Sequence[Cell]) -> Sequence[Cell]:
        """The cells of a row behind its name: the mentions of the issues, percentages if asked for, what else is."""
        if self.settings.percent in ("", "none"):
            return cells
        return [*cells[: len(members)], *[self._percent(key, m) for m in members], *cells[len(members) :]]

    def _divided_by(self) -> Measure:
        """What the percentages divide by."""
        scopes = {"row": Scope.PLACE, "mentions": Scope.PLACE, "column": Scope.ANSWER, "total": Scope.SURVEY}
        scope = scopes.get(self.settings.percent)
        return BASE if scope is None else counted("mentions", scope=scope)

    @staticmethod
    def _added(figures: CaseFigures, key: Key, members: Sequence[int]) -> int | float:
        """The mentions of some issues in a row."""
        cells, by_issue = figures.cells, figures.by_issue
        if len(members) == 1:
            return cells.get((*key, members[0]), 0) if key else by_issue.get(members[0], 0)
        return sum([cells.get((*key, i), 0) for i in members] if key else [by_issue.get(i, 0) for i in members])

    def _percent(self, key: Key, members: Sequence[int]) -> Share:
        figures = self.figures
        n = self._added(figures, key, members)
        match self.settings.percent:
            case "row" | "mentions":
                base = figures.mentions.of(key)
            case "column":
                base = sum(figures.by_issue.get(i, 0) for i in members)
            case "total":
                base = figures.mentions.total
            case _:
                base = self.base(key)
        return Share(n, base)

    def _percent_note(self) -> str:
        return {
            "row": _("Percentages: of the mentions in the row."),
            "mentions": _("Percentages: of the mentions in the row."),
            "column": _("Percentages: of the mentions of the issue."),
            "total": _("Percentages: of all mentions."),
            "cases": _("Percentages: of the visits in the row's base."),
        }[self.settings.percent]
