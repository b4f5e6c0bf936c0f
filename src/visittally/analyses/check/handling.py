"""Signals in what became of issues: none at all, all handled, closed early or bare, raised again, bunching."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from visittally.analyses.check.locks import ENOUGH, FEWEST, Hit, SignalFound, VisitorMeasure, share_signal
from visittally.analyses.check.repeats import groups_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visittally.analyses.check.cases import Cases
    from visittally.analyses.check.thresholds import Thresholds
    from visittally.words.dispositions import Dispositions

AGAIN_WITHIN = 3
"""Days after which an issue that is raised again is a new one."""
BUNCHES = (85, 92, 95, 100)
UNITS, ISSUES = 15, 10


def no_issue(cases: Cases, limits: Thresholds) -> SignalFound:
    """Visits that found no issue."""
    if cases.raised is None or cases.no_issue is None:
        return SignalFound("no_issue", state="no_column")
    answered = (cases.raised | cases.no_issue) & cases.completed
    if not answered.any():
        return SignalFound("no_issue", state="no_column")
    found = share_signal("no_issue", cases.no_issue & ~cases.raised, answered, cases.members, limits.no_issue)
    found.hits = ()
    return found


class Handled:
    """What became of each record's issue, one of a record."""

    def __init__(self, cases: Cases, known: Dispositions) -> None:
        codes = [known.disposition(text) for text in cases.statuses]
        issues = np.ones(len(cases), bool) if cases.raised is None else cases.raised
        status = cases.status if cases.status is not None else np.zeros(len(cases), np.int32)
        of = np.array(codes or ["unknown"])
        self.code = of[status]
        excluded = np.array([known.excluded(code) for code in codes] or [False])[status]
        handled = np.array([known.handled(code) for code in codes] or [False])[status]
        self.collected = issues & ~excluded
        self.handled = self.collected & handled
        spot = np.array(["spot" in code for code in codes] or [False])[status]
        self.on_spot = self.handled & spot


def perfect(cases: Cases, handled: Handled) -> SignalFound:
    """Visitors all of whose issues are handled."""
    if cases.status is None or not handled.collected.any():
        return SignalFound("perfect", state="no_column")
    measures, count = {}, 0
    total, done = int(handled.collected.sum()), int(handled.handled.sum())
    for i, records in enumerate(cases.members):
        n, own = int(handled.collected[records].sum()), int(handled.handled[records].sum())
        if n < FEWEST:
            continue
        all_of_them = own == n
        count += all_of_them
        rest = 100 * (done - own) / (total - n) if total > n else None
        opened = None if n < ENOUGH else all_of_them and rest is not None and rest < 100
        measures[i] = VisitorMeasure(n, own, 100 * own / n, rest, None, opened)
    state = "computed" if measures else "too_few"
    return SignalFound("perfect", len(measures), count, measures, (), state, 100.0)


def closed_early(cases: Cases, handled: Handled) -> SignalFound:
    """Issues that were closed before the visit at which they were raised."""
    closed, visited = cases.days.get("resolved_date"), cases.days.get("visit_date")
    if closed is None or visited is None:
        return SignalFound("closed_early", state="no_column")
    base = (closed >= 0) & (visited >= 0) & ~handled.on_spot
    if not base.any():
        return SignalFound("closed_early", state="no_column")
    flags = base & (closed < visited)
    found = share_signal("closed_early", flags, base, cases.members, 0.0, values=(closed - visited).astype(float))
    found.threshold = 0.0
    return found


def closed_bare(cases: Cases, handled: Handled, limits: Thresholds) -> SignalFound:
    """Issues that count as handled without a word or a date on how."""
    dates = [cases.days[name] >= 0 for name in ("resolved_date", "reply_date") if name in cases.days]
    text = cases.texts.get("handling_text")
    if cases.status is None or (text is None and not dates):
        return SignalFound("closed_bare", state="no_column")
    bare = np.ones(len(cases), bool) if cases.handling_blank is None else cases.handling_blank
    for dated in dates:
        bare = bare & ~dated
    return share_signal("closed_bare", bare, handled.handled, cases.members, limits.closed_bare)


def reopened(cases: Cases, handled: Handled) -> SignalFound:
    """Issues of a household that were raised again within days after they were closed."""
    closed, issue = cases.days.get("resolved_date"), cases.issue_codes
    if closed is None or issue is None or not (cases.household != 0).any():
        return SignalFound("reopened", state="no_column")
    hits = []
    keys = np.where(
        (cases.household != 0) & (issue != 0), cases.household ^ (issue * np.uint64(0x9E3779B97F4A7C15)), np.uint64(0)
    )
    for group in groups_of(keys):
        order = group[np.argsort(cases.day[group], kind="stable")]
        for earlier, later in zip(order[:-1].tolist(), order[1:].tolist(), strict=True):
            gap = int(cases.day[later] - closed[earlier])
            if closed[earlier] >= 0 and cases.day[later] >= 0 and handled.handled[earlier] and 0 <= gap <= AGAIN_WITHIN:
                hits.append(Hit(later, float(gap), earlier))
    base = int((handled.handled & (closed >= 0)).sum())
    return SignalFound("reopened", base, len(hits), None, hits, "computed", float(AGAIN_WITHIN), "days")


def bunching(units: Sequence[tuple[int, int]], limits: Thresholds) -> SignalFound:
    """Units whose rate of handling lies just above a mark that is wanted, beside those just below it.

    Args:
        units: Handled and collected of each unit.
        limits: The ratio.
    """
    rates = [100 * handled / collected for handled, collected in units if collected >= ISSUES]
    if len(rates) < UNITS:
        return SignalFound("bunching", len(rates), state="too_few", threshold=limits.bunching, unit="ratio")
    above = sum(any(mark <= rate < mark + 1 for mark in BUNCHES) for rate in rates)
    below = sum(any(mark - 1 <= rate < mark for mark in BUNCHES) for rate in rates)
    passed = above > limits.bunching * max(1, below)
    return SignalFound("bunching", len(rates), above if passed else 0, None, (), "computed", limits.bunching, "ratio")
