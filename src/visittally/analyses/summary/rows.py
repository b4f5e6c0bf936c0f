"""What all tables of a summary share: the order of rows and issues, their keys, the bases, the notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.analyses.figure_columns import number
from visittally.answers.issues import cue_note
from visittally.dataclass import dataclass
from visittally.messages import _
from visittally.survey.fields import PLACES
from visittally.tables.table import (
    Base,
    Text,
)
from visittally.words.labels import heading
from visittally.words.ordering import name_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visittally.analyses.rows import Key
    from visittally.analyses.summary.figures import CaseFigures, Summary
    from visittally.settings import Settings
    from visittally.tables.table import Column

REST = "(rest)"
"""Key of the row or column that holds the issues beyond --top."""


@dataclass(frozen=True, slots=True)
class SummaryRows:
    """A summary as its tables see it."""

    summary: Summary
    settings: Settings

    # ------------------------------------------------------------------ titles
    def title(self, name: str) -> str:
        """The title of a table, after the rows and columns that were asked for."""
        summary = self.summary
        places = all(axis.axis.field in PLACES for axis in summary.by)
        rows = ", ".join(axis.axis.label for axis in summary.by)
        issue = self.of_issues
        columns = "" if summary.across is None else summary.across.label
        if name == "areas":
            return _("Visits by place") if places else _("Visits by {rows}").format(rows=rows)
        if name == "issues":
            return _("Issues raised") if issue else _("Answers: {columns}").format(columns=columns)
        if places and issue:
            return _("Issues by place") if name == "long" else _("Place x issue")
        columns = _("Issue") if issue else columns
        return _("{columns} by {rows}").format(columns=columns, rows=rows) if name == "long" else f"{rows} x {columns}"

    # ------------------------------------------------------------------ keys and order
    def rows(self) -> list[Key]:
        """The rows of areas in print order."""
        cases = self.summary.plain.cases.rows
        rows = sorted(cases)
        if self.settings.sort == "count":
            rows.sort(key=lambda key: -cases[key])
        return rows

    def ranked(self) -> list[int]:
        """Positions of the issues that were named, in the order asked for."""
        issues = self.summary.issues
        assert issues is not None
        keys, counts = issues.coding.keys, self.summary.plain.by_issue
        known = issues.form_order if self.settings.sort == "form" else {}
        named = [i for i, key in enumerate(keys) if counts.get(i, 0) or key in known]
        if self.settings.sort == "name":
            return sorted(named, key=lambda i: name_key(issues.labels.get(keys[i], keys[i])))
        if self.settings.sort == "form":
            return sorted(named, key=lambda i: (known.get(keys[i], len(known)), name_key(keys[i])))
        weighed = self.figures.by_issue
        return sorted(named, key=lambda i: (-weighed.get(i, 0), keys[i] == "unclear", name_key(keys[i])))

    def shown(self) -> tuple[list[int], list[int]]:
        """The issues shown one by one, and the rest beyond --top."""
        ranked, top = self.ranked(), self.settings.top
        return (ranked[:top], ranked[top:]) if top else (ranked, [])

    @property
    def across(self) -> str:
        """Machine name of the across-column."""
        axis = self.summary.across
        assert axis is not None
        return "issue" if axis.field == "issue" else axis.name

    def issue_cells(self, i: int) -> tuple[Text, Text]:
        """Key and label of an issue."""
        issues = self.summary.issues
        assert issues is not None
        key = issues.coding.keys[i]
        label = issues.labels.get(key, "")
        return Text(key, label), Text(label or key)

    # ------------------------------------------------------------------ bases
    @property
    def figures(self) -> CaseFigures:
        """Figures to divide: sums of weights where there are weights."""
        return self.summary.weighed or self.summary.plain

    def base(self, key: Key = ()) -> int | float:
        """What the percentages of a row divide by."""
        return self._base(self.figures, key)

    def base_n(self, key: Key = ()) -> int:
        """The same, unweighted."""
        return int(self._base(self.summary.plain, key))

    def _base(self, figures: CaseFigures, key: Key) -> int | float:
        match self.settings.base:
            case "all":
                base = figures.cases
            case "mentions":
                base = figures.mentions
            case "asked":
                base = figures.asked
            case _:
                base = figures.answered
        return base.of(key)

    def base_line(self) -> Base:
        """The base of the whole table, in words."""
        n, cases = self.base_n(), int(self.summary.plain.cases.total)
        out = cases - n
        asked = _(
            "Base: {n:,} visits with an answer to the question; {out:,} of {cases:,} left out (not asked or blank)."
        )
        answered = _("Base: {n:,} visits that named at least one answer; {out:,} of {cases:,} left out.")
        if self.of_households:
            asked = _(
                "Base: {n:,} households with an answer to the question; {out:,} of {cases:,} left out (not asked or "
                "blank)."
            )
            answered = _("Base: {n:,} households that named at least one answer; {out:,} of {cases:,} left out.")
        mentions = _("Base: {n:,} mentions.")
        words = {"asked": asked, "answered": answered, "all": self.all_cases(), "mentions": mentions}
        whole = self.settings.base in ("asked", "answered") and not out
        text = words["all" if whole else self.settings.base].format(n=n, out=out, cases=cases)
        if self.settings.weight:
            said = _("Percentages of visits and mentions are weighted by {name}; nothing else is.")
            text += " " + said.format(name=self.settings.weight)
        return Base(self.settings.base, n, text)

    def notes(self) -> list[str]:
        """What stands under every table: how much was coded by key words, what a case is."""
        issues = self.summary.issues
        found = []
        if issues is not None and issues.coded_by_cues is not None:
            found.append(cue_note(issues.coded_by_cues))
        if self.summary.unit.name != "case":
            unit = {"visit": _("visit"), "household": _("household")}[self.summary.unit.name]
            found.append(_("A case is a {unit}: its rows are taken together.").format(unit=unit))
        return found

    @property
    def of_households(self) -> bool:
        """Whether a case is a household: what is counted are no visits then, and not called so."""
        return self.summary.unit.name == "household"

    def all_cases(self) -> str:
        """The base of what every case is in, in words."""
        return _("Base: all {n:,} households visited.") if self.of_households else _("Base: all {n:,} visits.")

    def number(self, name: str) -> Column:
        """A column of numbers of what it is named after; where cases are households people read so, and once."""
        if not self.of_households or name not in ("cases", "households"):
            return number(name)
        return number(name, label=heading("households"), people=name == "cases")

    @property
    def of_issues(self) -> bool:
        """Whether issues are counted, and no other question in their place."""
        return self.summary.across is None or self.summary.across.field == "issue"

    def mention_notes(self) -> list[str]:
        """Why percentages may add to more than 100: always of issues, of other questions where a visit has several."""
        if self.of_issues:
            if self.of_households:
                return [_("A household can name several issues: percentages may add to more than 100.")]
            return [_("A visit can name several issues: percentages may add to more than 100.")]
        plain = self.summary.plain
        several = plain.mentions.total > plain.raised.total
        return [_("A visit can give several answers: percentages may add to more than 100.")] if several else []

    def rest_cells(self, rest: Sequence[int]) -> tuple[Text, Text]:
        """Key and label of the row of the issues beyond --top."""
        cell = self.rest_cell(rest)
        return cell, Text(cell.label)

    def rest_cell(self, rest: Sequence[int]) -> Text:
        """The cell that names the issues beyond --top."""
        more = _("{n} further issues") if self.of_issues else _("{n} further answers")
        return Text(REST, more.format(n=len(rest)))
