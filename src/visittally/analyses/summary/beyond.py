"""What a summary tells beyond the ranking: themes, needs of a case, spread between places, places with no outcome."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from visittally.analyses.figure_columns import column, number, remark
from visittally.analyses.intervals import SMALLEST_BASE
from visittally.analyses.rows import by_cells, by_columns
from visittally.analyses.summary.rows import SummaryRows
from visittally.answers.coding import per_value
from visittally.dataclass import dataclass
from visittally.errors import Notice
from visittally.messages import _, listing
from visittally.tables.measures import ANSWER, BASE, LOOSE, ROW, counted
from visittally.tables.table import Cell, Count, Number, Row, Share, Table, Text
from visittally.words.codebook import Codebook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from visittally.analyses.rows import Key
    from visittally.analyses.summary.figures import CountedCases, Summary
    from visittally.settings import Settings

MANY = 4
"""So many different issues of a case and more are counted together."""
_NAMED = 5
"""Places that a notice names."""


def theme_names() -> Mapping[str, str]:
    """Theme -> what it is called; themes of a codebook of one's own go by their own name."""
    return {
        "livelihood": _("Livelihood"),
        "development": _("Development"),
        "stability": _("Order and stability"),
        "governance": _("Services and conduct of officials"),
        "": _("Other"),
    }


def tables_beyond(counted_cases: CountedCases, summary: Summary, settings: Settings) -> dict[str, Callable[[], Table]]:
    """What lays out each of these tables that the columns of the files allow."""
    maker = _Beyond(summary, settings, counted_cases)
    found: dict[str, Callable[[], Table]] = {}
    if summary.issues is None or settings.weight:
        return found
    of_issues = summary.across is not None and summary.across.field == "issue"
    if of_issues and summary.issues.categories:
        found["themes"] = maker.themes
    if of_issues and not settings.primary:
        found["needs"] = maker.needs
    if len(summary.by) == 1:
        found["spread"] = maker.spread
    if summary.by and summary.statuses is not None:
        found["unhandled"] = maker.unhandled
    if settings.hides_small_counts:
        # What nobody asked for must not cost figures of the tables that are published.
        found = {name: make for name, make in found.items() if name in settings.table}
    return found


ON_REQUEST = ("themes", "needs", "spread", "unhandled")
"""Tables that people see only when they name them."""


@dataclass(frozen=True, slots=True)
class _Beyond(SummaryRows):
    """The tables."""

    counted: CountedCases

    def themes(self) -> Table:
        """One row for each group of categories of the codebook; a case counts once in a group."""
        issues = self.summary.issues
        assert issues is not None
        codebook = Codebook.load(self.settings.codebook)
        themes = {code: entry.theme for code, entry in codebook.categories.items()}
        of_key = [themes.get(issues.categories.get(key, ""), "") for key in issues.coding.keys]
        frame, d = self.counted.frame, len(self.summary.by)
        lists = issues.coding.aligned(frame.values[d]).lists()
        names = theme_names()
        order = {theme: n for n, theme in enumerate(names)}
        mentions = self.summary.plain.by_issue
        rows = []
        for theme in sorted(set(of_key), key=lambda name: (not name, order.get(name, len(order)), name)):
            hit = per_value(frame, d, [any(of_key[i] == theme for i in found) for found in lists])
            cases = int(frame.counts[hit].sum())
            n = int(sum(count for i, count in mentions.items() if of_key[i] == theme))
            held = [i for i in mentions if of_key[i] == theme]
            if n:
                members = tuple(issues.coding.keys[i] for i in held)
                labels = [issues.labels.get(key, key) for key in members]
                cells = (
                    Text(theme, names.get(theme, theme)),
                    Text("; ".join(labels), _("; ").join(labels)),
                    Count(n),
                    Count(cases),
                    Count(self.base_n()),
                )
                rows.append(Row((*cells, Share(cases, self.base_n())), members=members))
        columns = (
            column("theme", ANSWER, label=_("Theme")),
            remark("issues", label=_("Categories")),
            number("mentions"),
            self.number("cases"),
            column("base", BASE),
            column("percent_of_cases", counted("cases"), BASE),
        )
        note = _("A visit counts once in a theme, however many of its issues it names.")
        if self.of_households:
            note = _("A household counts once in a theme, however many of its issues it names.")
        return Table("themes", _("Issues by theme"), columns, tuple(rows), self.base_line(), (*self.notes(), note))

    def needs(self) -> Table:
        """How many different issues a case names: whether needs come together."""
        issues = self.summary.issues
        assert issues is not None
        frame, d = self.counted.frame, len(self.summary.by)
        several = np.array([len(set(found)) for found in issues.coding.aligned(frame.values[d]).lists()], int)
        found: Counter[int] = Counter()
        asked = per_value(frame, d, issues.asked)
        for n, cases, put in zip(several[frame.codes[:, d]].tolist(), frame.counts.tolist(), asked, strict=True):
            if put:
                found[min(n, MANY)] += cases
        total = sum(found.values())
        rows = [
            Row((Text(str(n), f"{n}+" if n == MANY else str(n)), Count(found[n]), Share(found[n], total)))
            for n in range(MANY + 1)
        ]
        columns = (
            column("issues_named", ROW, label=_("Different issues named")),
            column("cases", LOOSE, label=self.number("cases").label),
            column("percent_of_cases", LOOSE),
        )
        note = _("Households instead of visits: --per household.")
        notes = [*self.notes(), *([] if self.settings.per else [note])]
        title = _("Needs of one household") if self.of_households else _("Needs that come together")
        return Table("needs", title, columns, tuple(rows), self.base_line(), tuple(notes))

    def spread(self) -> Table:
        """How far places are apart in each issue: lowest, middle and highest share, and the distance."""
        summary = self.summary
        places = [key for key in self.rows() if self.base_n(key) >= SMALLEST_BASE and self._name(key)]
        names = ("places", "lowest_percent", "lowest", "median_percent", "highest_percent", "highest", "range_points")
        labels = {
            "places": _("Places"),
            "lowest_percent": _("Lowest %"),
            "lowest": _("Where"),
            "median_percent": _("Middle %"),
            "highest_percent": _("Highest %"),
            "highest": _("Where"),
            "range_points": _("Apart (points)"),
        }
        rows = []
        for i in self.shown()[0] if places else ():
            shares = {key: 100 * summary.plain.named.get((*key, i), 0) / self.base_n(key) for key in places}
            low, high = min(places, key=lambda key: shares[key]), max(places, key=lambda key: shares[key])
            rows.append(
                Row(
                    (
                        self.issue_cells(i)[0],
                        Count(len(places)),
                        Number(shares[low]),
                        Text(self._at(low)),
                        Number(float(np.median(list(shares.values())))),
                        Number(shares[high]),
                        Text(self._at(high)),
                        Number(shares[high] - shares[low]),
                    )
                )
            )
        columns = (column(self.across, ANSWER), *(column(name, LOOSE, label=labels[name]) for name in names))
        left = len(self.rows()) - len(places)
        note = _("Places with fewer than {least} visits in the base are left out: {n:,}.")
        notes = [*self.notes(), note.format(least=SMALLEST_BASE, n=left)]
        return Table("spread", _("Spread between places"), columns, tuple(rows), self.base_line(), tuple(notes))

    def _name(self, key: Key) -> str:
        axis = self.summary.by[0]
        name = axis.coding.keys[key[0]]
        return axis.labels.get(name, name)

    def _at(self, key: Key) -> str:
        return _("{place} (n {n:,})").format(place=self._name(key), n=self.base_n(key))

    def unhandled(self) -> Table:
        """The places where issues were collected and none has been handled, those with most visits first."""
        rows = []
        for key, visits, collected in _without_outcome(self.summary, self.rows()):
            cells: list[Cell] = [Count(visits), Count(collected)]
            rows.append(Row((*by_cells(self.summary.by, key), *cells)))
        columns = (
            *by_columns(self.summary.by),
            self.number("cases"),
            column("collected", counted("mentions", "collected")),
        )
        title = _("Visited, and nothing handled")
        return Table("unhandled", title, columns, tuple(rows), None, tuple(self.notes()))


def _without_outcome(summary: Summary, keys: Iterable[Key]) -> list[tuple[Key, int, int]]:
    """Places with issues and none handled, with their visits and issues: those with most visits first."""
    if summary.statuses is None:
        return []
    collected, handled = summary.statuses.by_row["collected"], summary.statuses.by_row["handled"]
    visits = summary.plain.cases
    found = [(k, int(visits.of(k)), int(collected.of(k))) for k in keys if collected.of(k) and not handled.of(k)]
    return sorted(found, key=lambda one: (-one[1], one[0]))


def unhandled_notices(summary: Summary, settings: Settings) -> list[Notice]:
    """Say where at least ten visits were made, issues were collected, and none has been handled."""
    if summary.statuses is None or len(summary.by) != 1 or settings.hides_small_counts:
        return []
    by = summary.by[0]
    found = [one for one in _without_outcome(summary, summary.plain.cases.rows) if one[1] >= SMALLEST_BASE]
    shown = [
        _("{place} ({visits:,} visits, {issues:,} issues)").format(
            place=by.labels.get(name, name), visits=visits, issues=issues
        )
        for key, visits, issues in found[:_NAMED]
        if (name := by.coding.keys[key[0]])
    ]
    if not shown:
        return []
    more = _(" and {n:,} more").format(n=len(found) - _NAMED) if len(found) > _NAMED else ""
    text = _("Visited, issues collected, none of them handled: {places}{more}.")
    return [Notice("nothing_handled", text.format(places=listing(shown), more=more))]
