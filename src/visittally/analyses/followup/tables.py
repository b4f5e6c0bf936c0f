"""The tables of the follow-up: `summary`, `timeliness`, `replies`, `statuses`."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from visittally.analyses.figure_columns import column, number, remark
from visittally.analyses.followup.columns import legacy_column, share_columns, summary_column, wait_column
from visittally.analyses.followup.handling import WITHIN, ranks
from visittally.analyses.intervals import SMALLEST_BASE, no_intervals, wilson
from visittally.analyses.rows import by_cells, by_columns
from visittally.dataclass import dataclass
from visittally.messages import _, listing
from visittally.tables.measures import ANSWER, RANK
from visittally.tables.small_bases import few_note
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
from visittally.words.labels import heading, not_recorded
from visittally.words.names import told as discreet
from visittally.words.personal import scrub

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from visittally.analyses.followup.figures import Followup, Key
    from visittally.answers.axes import CodedAxis
    from visittally.settings import Settings
    from visittally.words.dispositions import Dispositions

_LIMITS = {name: (f"{name}_low", f"{name}_high") for name in ("handled", "resolved")}
"""Columns with the limits of a share."""
MATTER = (
    *("collected", "handled_percent", "resolved_percent", "open", "overdue", "median_days", "explained", "reported"),
    *("in_progress", "unknown", "long_term", "on_spot", "on_time", "p90_days", "rank"),
)
"""Columns of the summary, the most important first."""
MOST_COLUMNS = 10
"""So many columns fit a page, and a reader."""
_OPEN_GROUPS = ("reported", "in_progress", "long_term", "unknown")


def makers_of(followup: Followup, settings: Settings, known: Dispositions) -> dict[str, Callable[[], Table]]:
    """What lays out each table that the columns of the files allow, `summary` first."""
    maker = _FollowupTables(followup, settings, known)
    found = {"summary": maker.summary}
    if followup.with_due or followup.with_resolved or "waiting" in followup.figures:
        found["timeliness"] = maker.timeliness
    if followup.answers:
        found["replies"] = maker.replies
    if followup.with_legacy:
        found["legacy"] = maker.legacy
    found["statuses"] = maker.statuses
    return found


def what_changed(summary: Table) -> Table:
    """The summary by issue as those who were visited need it: you said, we did; the issue named most first.

    What nobody said is left out.

    Args:
        summary: The summary with one row an issue.
    """
    names = [column.name for column in summary.columns]
    headings = {
        "collected": _("You said"),
        "handled": _("We did"),
        "resolved": _("Of this resolved"),
        "open": _("Not done yet"),
    }
    kept = [0, *(names.index(name) for name in headings if name in names)]
    columns = tuple(
        replace(summary.columns[i], label=headings.get(names[i], summary.columns[i].label), people=True) for i in kept
    )
    rows = [replace(row, cells=tuple(row.cells[i] for i in kept)) for row in summary.rows]
    said = [row for row in rows if not row.total and _number(row.cells[1]) != 0]
    body = sorted(said, key=lambda row: -_number(row.cells[1]))
    notes = (
        _("What is done and what is not done yet make up what was said; explaining counts as done, not as resolved."),
    )
    title = _("You said, we did")
    totals = [row for row in rows if row.total]
    return Table("what_changed", title, columns, (*body, *totals), summary.base, notes)


def _number(cell: Cell) -> float:
    return float(cell.value or 0) if isinstance(cell, Count) else 0.0


@dataclass(frozen=True, slots=True)
class _FollowupTables:
    followup: Followup
    settings: Settings
    known: Dispositions

    # ------------------------------------------------------------------ rows
    def rows(self) -> list[tuple[int, Key]]:
        """Position and key of each row in print order; the total last, marked by `()`."""
        followup = self.followup
        rows = [(i, key) for i, key in enumerate(followup.keys) if key]
        if self.settings.sort == "count":
            rows.sort(key=lambda row: -int(followup.figures["collected"][row[0]]))
        return [*rows, (len(followup.keys) - 1, ())]

    @property
    def axes(self) -> tuple[CodedAxis, ...]:
        """What makes the rows."""
        return self.followup.axes

    def row(self, key: Key, cells: list[Cell]) -> Row:
        # Without places the only row is the table itself, also in formats that hold no totals.
        return Row((*by_cells(self.axes, key), *cells), total=not key and bool(self.followup.axes))

    def n(self, name: str, i: int) -> int:
        return int(self.followup.figures[name][i])

    def count(self, name: str, i: int) -> Count:
        return Count(self.n(name, i)) if name in self.followup.figures else Count(None)

    def share(self, name: str, base: str, i: int) -> Share:
        return Share(self.n(name, i), self.n(base, i), counts=True, least=SMALLEST_BASE)

    def _shares(self, shares: Sequence[tuple[str, str, str]], i: int) -> list[Cell]:
        """For each share the number, for programs, and the share."""
        return [cell for name, base, _label in shares for cell in (self.count(name, i), self.share(name, base, i))]

    def days(self, name: str, i: int) -> Number:
        values = self.followup.figures[name].astype(float)
        known = values[~np.isnan(values)]
        digits = 0 if (known == np.floor(known)).all() else None  # whole days are read as such
        return Number(None) if np.isnan(values[i]) else Number(float(values[i]), digits)

    def base(self) -> Base:
        n = self.n("collected", len(self.followup.keys) - 1)
        one = _("records with an issue") if self.followup.per_case else _("issues collected")
        excluded = self.n("excluded", len(self.followup.keys) - 1)
        if self.settings.hides_small_counts or not excluded:
            return Base("collected", n, _("Base: {n:,} {what}.").format(n=n, what=one))
        text = _("Base: {n:,} {what}; {excluded:,} not accepted or withdrawn are left out.")
        return Base("collected", n, text.format(n=n, what=one, excluded=excluded))

    # ------------------------------------------------------------------ tables
    def summary(self) -> Table:
        """One row for each place: handled and resolved apart, and what the rest is waiting for."""
        followup = self.followup
        timed: list[str] = [name for name in ("on_time", "overdue") if followup.with_due and name in followup.figures]
        timed += ["median_days", "p90_days"] if followup.with_resolved else []
        ranked = self._ranks()
        limits = _LIMITS if self.settings.intervals else {"handled": (), "resolved": ()}
        names = ["collected", "handled", "handled_percent", *limits["handled"]]
        names += ["resolved", "resolved_percent", *limits["resolved"], "open", "unresolved"]
        names += ["on_spot", "explained", *_OPEN_GROUPS, "excluded", *timed]
        shown = self._shown([*names, *(["rank"] if ranked else [])])
        columns = [summary_column(name, people=name in shown) for name in names]
        columns += [column("rank", RANK, people="rank" in shown)] if ranked else []
        rows = []
        for i, key in self.rows():
            cells = self._summary(i)
            cells += [self.days(n, i) if n.endswith("_days") else self.count(n, i) for n in timed]
            cells += [Number(ranked.get(key), 0)] if ranked else []
            rows.append(self.row(key, cells))
        title = _("What became of the issues")
        return Table(
            "summary",
            title,
            (*by_columns(self.axes), *columns),
            tuple(rows),
            self.base(),
            (*self._notes(ranked if "rank" in shown else {}), *few_note(rows)),
        )

    def _shown(self, names: Sequence[str]) -> frozenset[str]:
        """The columns that people see: those that matter most, or all with --all-columns."""
        limits = {name for found in _LIMITS.values() for name in found}
        if self.settings.all_columns:
            return frozenset(names)
        told = [name for name in MATTER if name in names and (name not in _OPEN_GROUPS or self._any(name))]
        return frozenset([*told[: MOST_COLUMNS - len(self.axes)], *limits])

    def _summary(self, i: int) -> list[Cell]:
        collected, handled, resolved = (self.n(name, i) for name in ("collected", "handled", "resolved"))
        cells: list[Cell] = [Count(collected)]
        cells += [Count(handled), self.share("handled", "collected", i), *self._limits(handled, collected)]
        cells += [Count(resolved), self.share("resolved", "collected", i), *self._limits(resolved, collected)]
        cells += [Count(collected - handled), Count(collected - resolved)]
        return cells + [self.count(name, i) for name in ("on_spot", "explained", *_OPEN_GROUPS, "excluded")]

    def _limits(self, n: int, base: int) -> list[Cell]:
        """The limits of a share, where they are asked for."""
        if not self.settings.intervals:
            return []
        return [Number(limit) for limit in wilson(n, base) or (None, None)]

    def _any(self, name: str) -> bool:
        return bool(self.followup.figures[name].any())

    def _ranks(self) -> dict[Key, int]:
        followup = self.followup
        rates = {key: (self.n("handled", i), self.n("collected", i)) for i, key in enumerate(followup.keys) if key}
        return ranks(rates, SMALLEST_BASE)

    def _notes(self, ranked: Mapping[Key, int]) -> tuple[str, ...]:
        names = [self.known.label(code) for code in self.known.codes if self.known.handled(code)]
        solved = [self.known.label(code) for code in self.known.codes if self.known.resolved(code)]
        found = [
            _("Handled: {names}.").format(names=listing(names)),
            _("Resolved: {names}. What is handled need not be resolved.").format(names=listing(solved)),
            _("Open: everything else, also what has no status that is known."),
        ]
        if not self.followup.per_case:
            own = _("A record that names several issues counts once for each, with its own status.")
            same = _("A record that names several issues counts once for each, with the same status.")
            found.append(own if self.followup.own_status else same)
        if self.followup.with_legacy and (self.followup.with_due or self.followup.with_resolved):
            found.append(_("Long-standing issues are in no number of days, and are not overdue."))
        if ranked:
            text = _("Ranks: by the share handled; rows with fewer than {n} issues have none.")
            found.append(text.format(n=SMALLEST_BASE))
        if self.settings.interval or self.settings.purposive:
            text = _("Intervals: Wilson, 95 %, as if the issues were a simple random sample.")
            found.append(no_intervals(self.settings) or text)
        return tuple(found)

    def timeliness(self) -> Table:
        """One row for each place: handled in time, how long it took, how long the rest has been waiting."""
        figures = self.followup.figures
        labels = {
            "due_handled": _("Handled, of those due"),
            "due_on_time": _("Handled in time, of those due"),
            **{f"within_{k}": _("Handled within {k} days").format(k=k) for k in WITHIN},
        }
        bases = {name: "due" if name.startswith("due") else "dated" for name in labels}
        shares = [(name, base, labels[name]) for name, base in bases.items() if {name, base} <= figures.keys()]
        counts = {
            "due": _("Due"),
            "late": _("Handled late"),
            "overdue": heading("overdue"),
            "dated": _("With both dates"),
            "handed_over": _("Handed over"),
        }
        waits = {
            "median_days": heading("median_days"),
            "p90_days": heading("p90_days"),
            "open_median_days": _("Open for (median days)"),
            "open_oldest_days": _("Open for (most days)"),
            "handover_days": _("Handed over after (median days)"),
        }
        # What stands in the summary too is for programs here.
        quiet = {"dated", "overdue", "median_days", "p90_days"}
        columns = [number(n, label=label, people=n not in quiet) for n, label in counts.items() if n in figures]
        columns += share_columns(shares)
        columns += [wait_column(n, label=label, people=n not in quiet) for n, label in waits.items() if n in figures]
        rows = []
        for i, key in self.rows():
            cells: list[Cell] = [self.count(name, i) for name in counts if name in figures]
            cells += self._shares(shares, i)
            cells += [self.days(name, i) for name in waits if name in figures]
            rows.append(self.row(key, cells))
        notes = (*self._timeliness_notes(), *few_note(rows))
        return Table("timeliness", _("In time"), (*by_columns(self.axes), *columns), tuple(rows), None, notes)

    def _timeliness_notes(self) -> list[str]:
        followup, found = self.followup, []
        if followup.as_of is not None:
            due = _("Counted to {day}: due is what has to be handled by then, overdue what is open and past its date.")
            text = due if followup.with_due else _("Counted to {day}.")
            found.append(text.format(day=followup.as_of.isoformat()))
        if followup.with_resolved:
            found.append(_("Days are calendar days from the visit to the day on which the issue was handled."))
            found.append(_("Handled within so many days: of those that were handled and have both dates."))
            backwards = self.n("backwards", len(followup.keys) - 1)
            if backwards and not self.settings.hides_small_counts:
                text = _("Issues handled before the visit by their dates, in no number of days: {n:,}.")
                found.append(text.format(n=backwards))
        if followup.with_legacy:
            found.append(_("Long-standing issues are in none of these figures; they have a table of their own."))
        return found

    def legacy(self) -> Table:
        """One row for each place: what became of the issues that are marked as long-standing."""
        names = ("collected", "handled", "handled_percent", "resolved", "resolved_percent", "open")
        columns = [legacy_column(name) for name in names]
        rows = []
        for i, key in self.rows():
            collected, handled, resolved = (self.n(n, i) for n in ("legacy", "legacy_handled", "legacy_resolved"))
            if not collected and key:
                continue
            shares = [Share(n, collected, counts=True, least=SMALLEST_BASE) for n in (handled, resolved)]
            cells: list[Cell] = [Count(collected), Count(handled), shares[0], Count(resolved), shares[1]]
            rows.append(self.row(key, [*cells, Count(collected - handled)]))
        title = _("Long-standing issues")
        return Table("legacy", title, (*by_columns(self.axes), *columns), tuple(rows), None, few_note(rows))

    def replies(self) -> Table:
        """One row for each place: who was told, who was satisfied, what came up again."""
        figures = self.followup.figures
        shares = [
            ("answered_back", "collected", _("Told the household")),
            ("passed_on", "collected", _("Reported up at any time")),
            ("satisfied", "rated", _("Satisfied, of those rated")),
            ("fully_satisfied", "rated", _("Without the fairly satisfied")),
            ("both_satisfied", "both_rated", _("Both parties satisfied, of those both rated")),
        ]
        shares = [share for share in shares if share[0] in figures]
        bases = list(dict.fromkeys(base for _name, base, _label in shares))
        counts = {"repeats": _("Reported before"), "reopened": _("Reopened")}
        unrated = ["not_rated"] if "rated" in figures else []
        columns = [number(name, people=False) for name in bases]
        columns += share_columns(shares)
        columns += map(number, unrated)
        columns += [number(name, label=label) for name, label in counts.items() if name in figures]
        rows = []
        for i, key in self.rows():
            cells: list[Cell] = [self.count(name, i) for name in bases]
            cells += self._shares(shares, i)
            cells += [Count(self.n("collected", i) - self.n("rated", i)) for _name in unrated]
            cells += [self.count(name, i) for name in counts if name in figures]
            rows.append(self.row(key, cells))
        notes = list(few_note(rows))
        if unrated:
            notes.append(_("Issues without a rating are not in the base of satisfaction."))
        return Table(
            "replies",
            _("Answered back"),
            (*by_columns(self.axes), *columns),
            tuple(rows),
            self.base(),
            tuple(notes),
        )

    def statuses(self) -> Table:
        """One row for each status as it was written, telephones and the like masked, and what it was taken for."""
        columns = [column("status", ANSWER), remark("disposition"), remark("told_by"), number("mentions")]
        filled_in = self.settings.kept and "statuses" in self.settings.table
        if filled_in:
            labels = tuple(self.known.label(code) for code in self.known.codes)
            columns.append(remark("correction", label=_("Correction"), fill_in=True, choices=labels))
        blank = (Text(None),) if filled_in else ()
        written: Counter[tuple[str, str, str]] = Counter()
        raws = [raw for raw, _code in self.followup.statuses]
        unknown = [raw for raw in raws if not self.known.told_by(raw)]
        shown = dict(zip(unknown, discreet(unknown), strict=True))
        for (raw, code), n in self.followup.statuses.items():
            written[shown.get(raw) or scrub(self.known.said(raw)), code, self.known.told_by(raw)] += n
        told = {"user": _("you"), "word": _("a word"), "phrase": _("a phrase"), "": ""}
        rows = [
            Row(
                (
                    Text(raw, "" if raw else not_recorded()),
                    Text(code, self.known.label(code)),
                    Text(by or None, told[by]),
                    Count(n),
                    *blank,
                )
            )
            for (raw, code, by), n in written.most_common()
        ]
        everything = Count(sum(self.followup.statuses.values()))
        rows.append(Row((Text(None), Text(None), Text(None), everything, *blank), total=True))
        return Table("statuses", _("Statuses, as they were written"), tuple(columns), tuple(rows))
