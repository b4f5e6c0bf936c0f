"""The figures of coverage: how far the visits got, beside what was planned."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from visittally.analyses.coverage.targets import Target
from visittally.dataclass import dataclass
from visittally.words.daycodes import day_of

if TYPE_CHECKING:
    from visittally.analyses.coverage.levels import Levels
    from visittally.analyses.coverage.rates import OutcomeCounts
    from visittally.analyses.coverage.targets import Targets, Unmatched
    from visittally.analyses.coverage.visits import Key, Visits

AHEAD = 3653
"""Days, ten years: a plan that takes longer at the pace so far has no day on which it will be finished."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """All that the tables of coverage are made from.

    Attributes:
        visits: How far the visits got.
        targets: What was planned; None without a roster.
        roster: Name of the roster.
        completed: Whether only completed visits count towards the target.
        with_outcomes: Whether the files tell how visits ended.
        by_household: Whether a household counts once.
        as_of: The day to which everything is counted; None without dates.
        period: The periods of progress: day, week, month ..., or "" to choose one.
        levels: Numbers of places, households, forms; their ratios.
        dispositions: Final dispositions for the rates; None without outcomes.
        unmatched: Names that only the visits or only the roster have.
    """

    visits: Visits
    targets: Targets | None
    roster: str
    completed: bool
    with_outcomes: bool
    by_household: bool
    as_of: date | None
    period: str
    levels: Levels
    dispositions: OutcomeCounts | None
    unmatched: tuple[Unmatched, ...] = ()

    def keys(self, sort: str) -> list[Key]:
        """The rows: those of the roster in its order, then those that only the visits have."""
        visited = {key for key in self.visits.finals if key}
        planned = [] if self.targets is None else [key for key in self.targets.rows if key]
        rows = [*planned, *sorted(visited - set(planned))]
        if sort == "name":
            rows.sort()
        if sort == "count":
            rows.sort(key=lambda key: -self.visits.visited(key))
        return rows

    def name(self, key: Key) -> str:
        """What a row is called, in one text."""
        names = [axis.coding.keys[i] for axis, i in zip(self.visits.axes, key, strict=True)]
        return " / ".join(axis.labels.get(n, n) for axis, n in zip(self.visits.axes, names, strict=True) if n)

    def counted(self, key: Key, kind: str = "") -> int:
        """What counts towards the target of a row, or of one kind of target there."""
        targets = self.targets
        if targets is not None and targets.matched is not None:
            found = [targets.matched.get(key, (0, 0))] if key or not self.visits.axes else targets.matched.values()
            return sum(numbers[self.completed] for numbers in found)
        finals = (
            self.visits.kinds.get((key, kind), {}) if kind and self.visits.kind else self.visits.finals.get(key, {})
        )
        return finals.get("I", 0) if self.completed else sum(finals.values())

    def target(self, key: Key) -> Target:
        """The target of a row; of all rows for `()`."""
        if self.targets is None:
            return Target()
        return self.targets.target(key) if key else self.targets.total()

    def reached(self, key: Key, kind: str = "") -> int:
        """The numerator of the coverage rate: for `()` the sum over the rows that have a target, or one of that kind.

        Visits that do not say which kind they belong to would else count for a kind that was not planned there.
        """
        if key or self.targets is None or not self.visits.axes:
            return self.counted(key, kind)
        rows = self.targets.rows
        with_target = (k for k in rows if (rows[k].get(kind, Target()) if kind else self.targets.target(k)).counts)
        return sum(self.counted(k, kind) for k in with_target)


def finish_date(coverage: Coverage, key: Key) -> date | None:
    """The day on which the target of a row will be reached at the pace so far; the last day where it has been.

    None where that is so far ahead that the pace so far says nothing of it.
    """
    span, target, done = coverage.visits.spans.get(key), coverage.target(key), coverage.reached(key)
    if span is None or not target.counts or coverage.as_of is None:
        return None
    assert target.value is not None
    remaining = target.value - done
    if remaining <= 0:
        return day_of(span[1])
    if not done:
        return None
    days = -(-remaining * (span[1] - span[0] + 1) // done)
    latest = max(coverage.as_of.toordinal(), span[1]) + int(days)
    return date.fromordinal(latest) if latest <= coverage.as_of.toordinal() + AHEAD else None
