"""Signals of time: short visits, pace, overlaps, visits a day, bursts, lag, night, wrong dates, crowding."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from visittally.analyses.check.locks import ENOUGH, FEWEST, Hit, SignalFound, VisitorMeasure, share_signal

if TYPE_CHECKING:
    from datetime import date

    from visittally.analyses.check.cases import Cases
    from visittally.analyses.check.thresholds import Thresholds

SHORTEST = 2.0
"""Minutes below which an interview is short whatever the others take."""
FEWEST_VISITORS = 5
LONG = 4.0
"""A form that was left open: so many times the median; it does not cover other visits."""
BURST, WITHIN = 5, 1.0
"""So many submissions within so many minutes."""
MAD = 1.4826
NIGHT = (22, 5)
DAY = 1440.0
MIDNIGHTS = 0.5
"""Where so many of the starts stand at midnight exactly, the column holds days and no times."""


def short(cases: Cases, limits: Thresholds) -> SignalFound:
    """Interviews that took less than a part of what is usual."""
    base = cases.completed & np.isfinite(cases.minutes)
    if not base.any():
        return SignalFound("short", state="no_column")
    limit = max(limits.short_part * float(np.median(cases.minutes[base])), SHORTEST)
    with np.errstate(invalid="ignore"):
        flags = cases.minutes < limit
    return share_signal("short", flags, base, cases.members, limits.short, values=cases.minutes)


def pace(cases: Cases, limits: Thresholds) -> SignalFound:
    """Visitors whose usual interview is much shorter or longer than those of the others."""
    base = cases.completed & np.isfinite(cases.minutes)
    if not base.any():
        return SignalFound("pace", state="no_column")
    medians = {}
    for i, records in enumerate(cases.members):
        own = cases.minutes[records][base[records]]
        if len(own) >= FEWEST:
            medians[i] = (len(own), float(np.median(own)))
    if len(medians) < FEWEST_VISITORS:
        return SignalFound("pace", len(medians), state="too_few", threshold=limits.pace, unit="minutes")
    values = np.array([median for _n, median in medians.values()])
    middle = float(np.median(values))
    spread = MAD * float(np.median(np.abs(values - middle)))
    measures = {}
    for i, (n, median) in medians.items():
        z = (median - middle) / spread if spread else None
        opened = None if n < ENOUGH else z is not None and abs(z) > limits.pace
        measures[i] = VisitorMeasure(n, None, median, middle, z, opened)
    out = sum(m.z is not None and abs(m.z) > limits.pace for m in measures.values())
    return SignalFound("pace", len(medians), out, measures, (), "computed", limits.pace, "minutes")


def overlap(cases: Cases, limits: Thresholds) -> SignalFound:
    """Visits that began before an earlier one of the same visitor had ended."""
    start, end = cases.times.get("start_time"), cases.times.get("end_time")
    if start is None or end is None or not cases.members:
        return SignalFound("overlap", state="no_column")
    known = np.isfinite(start) & np.isfinite(end) & (end >= start)
    if not known.any():
        return SignalFound("overlap", state="no_column")
    usual = float(np.median((end - start)[known & cases.completed])) if (known & cases.completed).any() else 0.0
    covers = known & (end - start <= LONG * usual)
    flags = np.zeros(len(cases), bool)
    for records in cases.members:
        own = records[known[records]]
        own = own[np.lexsort((end[own], start[own]))]
        latest = -np.inf
        for record in own.tolist():
            flags[record] |= start[record] < latest
            if covers[record]:
                latest = max(latest, float(end[record]))
    return share_signal("overlap", flags, known, cases.members, limits.overlap)


def per_day(cases: Cases, limits: Thresholds) -> SignalFound:
    """Days on which a visitor completed more visits than can be."""
    if not cases.members or not (cases.day >= 0).any():
        return SignalFound("per_day", state="no_column")
    measures, hits, days, many = {}, [], 0, 0
    for i, records in enumerate(cases.members):
        own = records[cases.completed[records] & (cases.day[records] >= 0)]
        values, counts = np.unique(cases.day[own], return_counts=True)
        days += len(values)
        above = values[counts > limits.per_day]
        many += len(above)
        hits += [Hit(int(r), float(counts[values == cases.day[r]][0])) for r in own if cases.day[r] in above]
        if len(own) >= FEWEST:
            most = int(counts.max(initial=0))
            opened = None if len(own) < ENOUGH else most > limits.per_day
            measures[i] = VisitorMeasure(len(values), len(above), float(most), None, None, opened)
    return SignalFound("per_day", days, many, measures, hits, "computed", limits.per_day, "visits")


def burst(cases: Cases, limits: Thresholds) -> SignalFound:
    """Submissions of a visitor that came within a minute."""
    sent = cases.times.get("submitted_at")
    if sent is None or not cases.members or not np.isfinite(sent).any() or _only_days(sent):
        return SignalFound("burst", state="no_column")
    known = np.isfinite(sent)
    flags = np.zeros(len(cases), bool)
    for records in cases.members:
        own = records[known[records]]
        own = own[np.argsort(sent[own], kind="stable")]
        moments = sent[own]
        last = np.searchsorted(moments, moments + WITHIN, side="right")
        for first in np.flatnonzero(last - np.arange(len(own)) >= BURST):
            flags[own[first : last[first]]] = True
    return share_signal("burst", flags, known, cases.members, limits.burst)


def lag(cases: Cases, limits: Thresholds) -> SignalFound:
    """Days from the visit to the submission."""
    sent = cases.days.get("submitted_at")
    visited = cases.days.get("visit_date", cases.days.get("start_time"))
    if sent is None or visited is None or not cases.members:
        return SignalFound("lag", state="no_column")
    known = (sent >= 0) & (visited >= 0)
    if not known.any():
        return SignalFound("lag", state="no_column")
    days = np.where(known, sent - visited, 0)
    measures = {}
    for i, records in enumerate(cases.members):
        own = records[known[records]]
        if len(own) >= FEWEST:
            others = np.ones(len(cases), bool)
            others[records] = False
            rest = days[others & known]
            median = float(np.median(days[own]))
            opened = None if len(own) < ENOUGH else median > limits.lag
            measures[i] = VisitorMeasure(
                len(own),
                int((days[own] > limits.lag).sum()),
                median,
                float(np.median(rest)) if len(rest) else None,
                None,
                opened,
            )
    hits = [Hit(int(r), float(days[r])) for r in np.flatnonzero(known & (days > limits.lag))]
    return SignalFound("lag", int(known.sum()), len(hits), measures, hits, "computed", limits.lag, "days")


def night(cases: Cases, limits: Thresholds) -> SignalFound:
    """Visits that began at night, where the visitor's clock stood."""
    start = cases.local.get("start_time")
    if start is None or not np.isfinite(start).any() or _only_days(start):
        return SignalFound("night", state="no_column")
    known = np.isfinite(start)
    hour = np.where(known, start % DAY // 60, 12)
    return share_signal("night", (hour >= NIGHT[0]) | (hour < NIGHT[1]), known, cases.members, limits.night)


def _only_days(moments: np.ndarray) -> bool:
    known = moments[np.isfinite(moments)]
    return not len(known) or bool((known % DAY == 0).mean() > MIDNIGHTS)


def outside(cases: Cases, first: date | None, last: date | None) -> SignalFound:
    """Visits dated before or after the campaign."""
    known = cases.day >= 0
    if not known.any() or (first is None and last is None):
        return SignalFound("outside", state="no_column")
    flags = np.zeros(len(cases), bool)
    if first is not None:
        flags |= known & (cases.day < first.toordinal())
    if last is not None:
        flags |= known & (cases.day > last.toordinal())
    found = share_signal("outside", flags, known, cases.members, 0.0)
    found.measures = {
        i: VisitorMeasure(m.n, m.count, m.value, m.rest, m.z, None if m.n < ENOUGH else bool(m.count))
        for i, m in (found.measures or {}).items()
    }
    return found


def crowding(cases: Cases, limits: Thresholds) -> SignalFound:
    """The share of the visits in the last days."""
    days = cases.day[cases.day >= 0]
    if not len(days):
        return SignalFound("crowding", state="no_column")
    first, last = int(days.min()), int(days.max())
    span = last - first + 1
    if len(days) < ENOUGH or span < limits.crowding_days:
        return SignalFound("crowding", len(days), state="too_few", threshold=limits.crowding)
    late = days > last - max(1, round(span * limits.crowding_part))
    return SignalFound("crowding", len(days), int(late.sum()), None, (), "computed", limits.crowding)
