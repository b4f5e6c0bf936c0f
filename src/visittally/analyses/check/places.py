"""Signals of places: the same position for several households, positions far from their village."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from visittally.analyses.check.locks import FEWEST, Hits, SignalFound
from visittally.analyses.check.repeats import groups_of

if TYPE_CHECKING:
    from visittally.analyses.check.cases import Cases
    from visittally.analyses.check.thresholds import Thresholds

RADIUS = 6_371_008.8
"""Mean radius of the earth in metres."""
DECIMALS = 4
"""Decimals to which positions are compared: some eleven metres."""
FEWEST_POSITIONS = 5
MADS = 10.0


def _known(cases: Cases) -> np.ndarray:
    """Records with a position on earth; 0, 0 is where instruments are that know none."""
    positions = cases.positions
    if positions is None:
        return np.zeros(len(cases), bool)
    with np.errstate(invalid="ignore"):
        known = np.isfinite(positions).all(axis=1) & (np.abs(positions[:, 0]) <= 90) & (np.abs(positions[:, 1]) <= 180)
        return np.asarray(known & ~(positions == 0).all(axis=1))


def position_same(cases: Cases, limits: Thresholds) -> SignalFound:
    """Positions that more households share than a house holds."""
    known = _known(cases)
    if not known.any():
        return SignalFound("position_same", state="no_column")
    assert cases.positions is not None
    north, east = (_cells_of(cases.positions[:, i], known, offset) for i, offset in enumerate((900_000, 1_800_000)))
    north <<= np.uint64(32)
    north += east
    north[~known] = 0
    found = np.zeros(len(cases), np.int32)
    others = np.full(len(cases), -1, np.int32)
    for group in groups_of(north):
        homes = cases.household[group]
        if len(group) <= limits.position_same or ((homes != 0).all() and len(np.unique(homes)) == 1):
            continue
        found[group] = len(group)
        others[group] = group[0]
        others[group[0]] = group[1]
    shown = np.flatnonzero(found)
    hits = Hits(shown, found[shown], others[shown])
    return SignalFound(
        "position_same", int(known.sum()), len(hits), None, hits, "computed", limits.position_same, "records"
    )


def _cells_of(degrees: np.ndarray, known: np.ndarray, offset: int) -> np.ndarray:
    """Degrees to the decimals that are compared, counted from an offset: 0 and more, below 2^32."""
    whole = np.where(known, degrees, 0.0)
    np.round(whole, DECIMALS, out=whole)
    whole *= 10**DECIMALS
    np.round(whole, out=whole)
    whole += offset
    return np.asarray(whole.astype(np.uint64))


def position_far(cases: Cases, limits: Thresholds) -> SignalFound:
    """Positions far from where the others of their village are."""
    known = _known(cases) & (cases.village != 0)
    if not known.any():
        return SignalFound("position_far", state="no_column", unit="metres")
    assert cases.positions is not None
    base, far = 0, []
    for group in groups_of(np.where(known, cases.village, np.uint64(0))):
        if len(group) < FEWEST_POSITIONS:
            continue
        base += len(group)
        points = cases.positions[group]
        away = haversine(points, np.median(points, axis=0))
        middle = float(np.median(away))
        limit = max(limits.position_far, middle + MADS * float(np.median(np.abs(away - middle))))
        far.append((group[away > limit], away[away > limit]))
    records, metres = (np.concatenate(part) for part in zip((np.zeros(0, np.int64), np.zeros(0)), *far, strict=True))
    order = np.lexsort((records, -metres))
    state = "computed" if base >= FEWEST else "too_few"
    hits = Hits(records[order], metres[order])
    return SignalFound("position_far", base, len(hits), None, hits, state, limits.position_far, "metres")


def haversine(points: np.ndarray, centre: np.ndarray) -> np.ndarray:
    """Metres between points and a centre, given as degrees of latitude and longitude.

    >>> round(float(haversine(np.array([[0.0, 1.0]]), np.array([0.0, 0.0]))[0]))
    111195
    """
    north, east = np.radians(points).T
    north0, east0 = np.radians(centre)
    inner = np.sin((north - north0) / 2) ** 2 + np.cos(north) * np.cos(north0) * np.sin((east - east0) / 2) ** 2
    return np.asarray(2 * RADIUS * np.arcsin(np.sqrt(np.clip(inner, 0, 1))))
