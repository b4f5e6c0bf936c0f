"""Signals of who stood at the door: shared telephones, people who were away, forms that people filled in themselves.

They are S18, S19 and S20 of what a county's inspectors look for, and the results of its own back-checks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from visittally.analyses.check.locks import Hit, Hits, SignalFound, share_signal
from visittally.analyses.check.repeats import groups_of

if TYPE_CHECKING:
    from visittally.analyses.check.cases import Cases
    from visittally.analyses.check.thresholds import Thresholds

MONTH = 30
"""Days within which the visits to a household are counted."""


def phone_shared(cases: Cases, limits: Thresholds) -> SignalFound:
    """Telephones that were given for more households than a family has."""
    phones, homes = cases.phone, cases.household
    if phones is None or not (phones != 0).any():
        return SignalFound("phone_shared", state="no_column", threshold=limits.phone_shared, unit="records")
    known = (phones != 0) & ((homes != 0) if (homes != 0).any() else True)
    found = np.zeros(len(cases), np.int64)
    others = np.full(len(cases), -1, np.int64)
    for group in groups_of(np.where(known, phones, np.uint64(0))):
        households = len(np.unique(homes[group])) if (homes[group] != 0).any() else len(group)
        if households > limits.phone_shared:
            found[group] = households
            others[group] = group[0]
            others[group[0]] = group[1]
    shown = np.flatnonzero(found)
    hits = Hits(shown, found[shown].astype(float), others[shown])
    return SignalFound(
        "phone_shared", int(known.sum()), len(hits), None, hits, "computed", limits.phone_shared, "records"
    )


def visited_often(cases: Cases, limits: Thresholds) -> SignalFound:
    """Visits to a household that had visits on more days than these within a month: people are not to be troubled."""
    known = (cases.household != 0) & (cases.day >= 0)
    if not known.any():
        return SignalFound("visited_often", state="no_column", threshold=limits.visited_often, unit="days")
    hits = []
    for group in groups_of(np.where(known, cases.household, np.uint64(0))):
        order = group[np.argsort(cases.day[group], kind="stable")]
        days, own = np.unique(cases.day[order], return_inverse=True)
        visits = np.arange(len(days)) - np.searchsorted(days, days - MONTH + 1) + 1
        first = order[np.searchsorted(cases.day[order], days - MONTH + 1)]
        for record, day in zip(order.tolist(), own.tolist(), strict=True):
            if visits[day] > limits.visited_often:
                hits.append(Hit(record, float(visits[day]), int(first[day])))
    hits.sort(key=lambda hit: hit.record)
    return SignalFound(
        "visited_often", int(known.sum()), len(hits), None, hits, "computed", limits.visited_often, "days"
    )


def absent(cases: Cases, limits: Thresholds) -> SignalFound:
    """Interviews with households of which a column says that nobody lives there, or that they are away."""
    if cases.away is None or not (cases.away > 0).any():
        return SignalFound("absent", state="no_column", threshold=limits.absent)
    return share_signal("absent", cases.away == 2, (cases.away > 0) & cases.completed, cases.members, limits.absent)


def own_form(cases: Cases, limits: Thresholds) -> SignalFound:
    """Records in which whoever was visited bears the name of the visitor."""
    if cases.self_filled is None or not (cases.self_filled > 0).any():
        return SignalFound("own_form", state="no_column", threshold=limits.own_form)
    return share_signal("own_form", cases.self_filled == 2, cases.self_filled > 0, cases.members, limits.own_form)


def not_confirmed(cases: Cases, limits: Thresholds) -> SignalFound:
    """Records that somebody checked afterwards and did not find confirmed."""
    if cases.confirmed is None or not (cases.confirmed > 0).any():
        return SignalFound("not_confirmed", state="no_column", threshold=limits.not_confirmed)
    return share_signal("not_confirmed", cases.confirmed == 2, cases.confirmed > 0, cases.members, limits.not_confirmed)
