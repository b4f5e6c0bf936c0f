"""Issues by row: how many are handled, resolved, open, on time, overdue, and how many days it took."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from visittally.analyses.quantiles import quantiles
from visittally.words.daycodes import UNDATED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from visittally.answers.lines import Lines
    from visittally.words.dispositions import Dispositions

Key = tuple[int, ...]
Figures = dict[str, np.ndarray]
"""Name -> one figure for each row; days are `float64` with NaN where there are none, counts `int64`."""

GROUPS = ("on_spot", "explained", "reported", "in_progress", "long_term", "unknown", "excluded")
"""Columns that each count some dispositions."""
WITHIN = (7, 30)
"""Days within which the issues handled are counted."""


def measure(
    lines: Lines,
    once: Lines,
    columns: Sequence[int],
    known: Dispositions,
    today: int,
    more: Sequence[str] = (),
) -> tuple[tuple[Key, ...], Figures]:
    """Work out the figures of each row, and of all rows together.

    Args:
        lines: One line for each row and issue: `n`, `code` (position of its disposition), `question`, `legacy`, and as
            far as there are dates `visit_date`, `due_date`, `resolved_date`, `handover_date` as ordinals.
        once: The same with each issue once, whatever the number of its rows.
        columns: The columns of `lines` that make the rows.
        known: The dispositions.
        today: The day to which open issues are counted, as an ordinal.
        more: Further columns of truth values to count among the issues collected.

    Returns:
        The rows in order, `()` for all together being the last, and their figures.
    """
    keys, numbers = _numbered(lines, columns)
    whole = _Measures(once, np.zeros(len(once), np.int64), 1, known, today).figures(more)
    if not columns:
        return ((),), whole
    rows = _Measures(lines, numbers, len(keys), known, today).figures(more)
    return (*keys, ()), {name: np.concatenate([rows[name], whole[name]]) for name in whole}


def _numbered(lines: Lines, columns: Sequence[int]) -> tuple[list[Key], np.ndarray]:
    if not columns or not len(lines):
        return [], np.zeros(len(lines), np.int64)
    uniques, numbers = np.unique(np.stack([lines[c] for c in columns], axis=1), axis=0, return_inverse=True)
    return [tuple(row) for row in uniques.tolist()], numbers.reshape(-1)


class _Measures:
    """The figures of some rows, each counted over the lines of the row."""

    def __init__(self, lines: Lines, rows: np.ndarray, size: int, known: Dispositions, today: int) -> None:
        self.lines, self.rows, self.size, self.known, self.today = lines, rows, size, known, today
        self.n = lines["n"].astype(np.int64)
        codes = lines["code"]
        listed = list(known.codes)
        question = lines["question"].astype(bool)
        self.collected = np.array([not known.excluded(code) for code in listed], bool)[codes]
        self.handled = np.array([known.handled(code) for code in listed], bool)[codes]
        answered = np.array([known.resolved(code, "question") for code in listed], bool)[codes]
        self.resolved = np.array([known.resolved(code) for code in listed], bool)[codes] | (question & answered)
        self.open = self.collected & ~self.handled
        self.groups = np.array([known.group(code) for code in listed])[codes]
        self.legacy = lines["legacy"].astype(bool)
        # What has waited for years says nothing of how fast issues are handled.
        self.timely = ~self.legacy
        self.reopened = np.array([code == "reopened" for code in listed])[codes]

    def count(self, mask: np.ndarray) -> np.ndarray:
        """Issues of each row for which something is true."""
        # The sums stay far below 2**53, up to which `bincount` adds whole numbers exactly.
        return np.bincount(self.rows[mask], self.n[mask], self.size).astype(np.int64)

    def figures(self, more: Sequence[str]) -> Figures:
        """All figures."""
        found = {
            "collected": self.count(self.collected),
            "handled": self.count(self.handled),
            "resolved": self.count(self.resolved),
            "reopened": self.count(self.reopened),
            "legacy": self.count(self.collected & self.legacy),
            "legacy_handled": self.count(self.handled & self.legacy),
            "legacy_resolved": self.count(self.resolved & self.legacy),
        }
        found |= {name: self.count(self.groups == name) for name in GROUPS}
        found |= {name: self.count(self.collected & self.lines[name].astype(bool)) for name in more}
        dates = {name: self.lines[name] for name in self.lines.columns if str(name).endswith("_date")}
        if "due_date" in dates:
            found |= self.due(dates["due_date"], dates.get("resolved_date"))
        if "visit_date" in dates and "resolved_date" in dates:
            found |= self.delays(dates["visit_date"], dates["resolved_date"])
        if "visit_date" in dates and "handover_date" in dates:
            found |= self.handed_over(dates["visit_date"], dates["handover_date"])
        if "visit_date" in dates:
            found |= self.ages(dates["visit_date"])
        return found

    def due(self, due: np.ndarray, resolved: np.ndarray | None) -> Figures:
        """On time: handled by the due date. Overdue: still open after it. Late: handled after it."""
        with_due = self.collected & self.timely & (due != UNDATED)
        fallen_due = with_due & (due <= self.today)
        overdue = with_due & self.open & (due < self.today)
        found = {
            "due": self.count(fallen_due),
            "due_handled": self.count(fallen_due & self.handled),
            "overdue": self.count(overdue),
        }
        if resolved is not None:
            dated = with_due & self.handled & (resolved != UNDATED)
            found["on_time"] = self.count(dated & (resolved <= due))
            found["due_on_time"] = self.count(fallen_due & dated & (resolved <= due))
            found["late"] = self.count(dated & (resolved > due))
        return found

    def delays(self, raised: np.ndarray, resolved: np.ndarray) -> Figures:
        """Days from the day on which an issue was raised to that on which it was handled."""
        dated = self.handled & self.timely & (raised != UNDATED) & (resolved != UNDATED)
        days = resolved - raised
        sound = dated & (days >= 0)
        found = {"dated": self.count(sound), "backwards": self.count(dated & (days < 0))}
        found |= {f"within_{k}": self.count(sound & (days <= k)) for k in WITHIN}
        median, p90 = self.quantiles(sound, days, (0.5, 0.9))
        return {**found, "median_days": median, "p90_days": p90}

    def handed_over(self, raised: np.ndarray, handed: np.ndarray) -> Figures:
        """Days from the day on which an issue was raised to that on which whoever is in charge got it."""
        dated = self.collected & self.timely & (raised != UNDATED) & (handed != UNDATED) & (handed >= raised)
        (median,) = self.quantiles(dated, handed - raised, (0.5,))
        return {"handed_over": self.count(dated), "handover_days": median}

    def ages(self, raised: np.ndarray) -> Figures:
        """Days for which the open issues have been waiting."""
        waiting = self.open & self.timely & (raised != UNDATED) & (raised <= self.today)
        median, oldest = self.quantiles(waiting, self.today - raised, (0.5, 1.0))
        return {"waiting": self.count(waiting), "open_median_days": median, "open_oldest_days": oldest}

    def quantiles(self, mask: np.ndarray, values: np.ndarray, shares: Sequence[float]) -> list[np.ndarray]:
        """Quantiles of each row."""
        found = np.full((len(shares), self.size), np.nan)
        rows, values, n = self.rows[mask], values[mask], self.n[mask]
        order = np.argsort(rows, kind="stable")
        ends = np.searchsorted(rows[order], np.arange(self.size + 1))
        for row, (start, end) in enumerate(zip(ends[:-1].tolist(), ends[1:].tolist(), strict=True)):
            if start < end:
                own = order[start:end]
                found[:, row] = [np.nan if q is None else q for q in quantiles(values[own], n[own], shares)]
        return list(found)


def ranks(rates: Mapping[Key, tuple[int, int]], smallest: int) -> dict[Key, int]:
    """Ranks by rate, the highest first; equal rates share a rank (1, 2, 2, 4), small bases have none.

    Args:
        rates: Row -> numerator and denominator.
        smallest: The smallest base that is ranked.
    """
    from fractions import Fraction

    exact = {key: Fraction(n, base) for key, (n, base) in rates.items() if base >= smallest}
    ordered = sorted(exact.values(), reverse=True)
    first: dict[Fraction, int] = {}
    for i, rate in enumerate(ordered, 1):
        first.setdefault(rate, i)
    return {key: first[rate] for key, rate in exact.items()}
