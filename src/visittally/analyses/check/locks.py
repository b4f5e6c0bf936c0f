"""Two locks: a figure of a visitor is pointed out only where it passes a threshold and stands out from the rest."""

from __future__ import annotations

from math import isnan, nan
from typing import TYPE_CHECKING

import numpy as np

from visittally.analyses.statistics import pooled_z
from visittally.dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

FEWEST, ENOUGH = 10, 30
"""Below so many records nothing is said of a visitor; from so many on a figure can be pointed out."""
Z = 3.0
TAIL = 0.00135
"""The chance that z is 3 or more where there is no difference."""
LOW = 3
"""A share is low that is at most one part in so many of the others'."""


@dataclass(frozen=True, slots=True)
class VisitorMeasure:
    """A figure of a visitor beside that of the rest.

    Attributes:
        n: What it is out of.
        count: How many of them; None for figures that are no shares.
        value: The figure, shares in per cent.
        rest: The same of all others.
        z: How far it stands out; None where that cannot be said.
        recheck: Whether both locks are open; None where there are too few to say.
    """

    n: int
    count: int | None
    value: float | None
    rest: float | None
    z: float | None
    recheck: bool | None


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that is pointed out, with its figure and, for pairs, the other record."""

    record: int
    value: float | None = None
    other: int = -1


@dataclass(frozen=True, slots=True)
class Hits:
    """Many records that are pointed out, held as arrays.

    Attributes:
        records: Their positions.
        values: Their figures, NaN where one has none, None where none has one.
        others: The other record of each pair, None where there are no pairs.
    """

    records: np.ndarray
    values: np.ndarray | None = None
    others: np.ndarray | None = None

    def __iter__(self) -> Iterator[Hit]:
        for i, record in enumerate(self.records.tolist()):
            value = nan if self.values is None else float(self.values[i])
            other = -1 if self.others is None else int(self.others[i])
            yield Hit(record, None if isnan(value) else value, other)

    def __len__(self) -> int:
        return len(self.records)


@dataclass(slots=True)
class SignalFound:
    """What a signal found.

    Attributes:
        name: Its name.
        base: What was looked at; count: how many of it show the signal.
        measures: Position of a visitor -> his figure.
        hits: The records.
        state: computed, no_column, too_few or too_large.
        threshold: The threshold that held.
        unit: Of the figures: percent, minutes, days ...
    """

    name: str
    base: int = 0
    count: int = 0
    measures: Mapping[int, VisitorMeasure] | None = None
    hits: Sequence[Hit] | Hits = ()
    state: str = "computed"
    threshold: float | None = None
    unit: str = "percent"

    @property
    def rechecks(self) -> int:
        """How many visitors are pointed out."""
        return sum(measure.recheck is True for measure in (self.measures or {}).values())


def shares(
    flags: np.ndarray, base: np.ndarray, members: Sequence[np.ndarray], threshold: float, *, low: bool = False
) -> dict[int, VisitorMeasure]:
    """The share of each visitor, both locks tried.

    Args:
        flags: Which records show the signal.
        base: Which records it is looked for in.
        members: The records of each visitor.
        threshold: In per cent.
        low: Whether a share that is far below the others' is pointed out, too.
    """
    shown = flags & base
    all_n, all_count = int(base.sum()), int(shown.sum())
    found = {}
    for i, records in enumerate(members):
        n, count = int(base[records].sum()), int(shown[records].sum())
        if n < FEWEST:
            continue
        z = pooled_z(count, n, all_count, all_n)
        value = 100 * count / n
        rest = 100 * (all_count - count) / (all_n - n) if all_n > n else None
        found[i] = VisitorMeasure(n, count, value, rest, z, _open(value, rest, z, n, threshold, low=low))
    return found


def _open(value: float, rest: float | None, z: float | None, n: int, threshold: float, *, low: bool) -> bool | None:
    if n < ENOUGH:
        return None
    if z is None or rest is None:
        return False
    return (value > threshold and z >= Z) or (low and value <= rest / LOW and z <= -Z)


def share_signal(
    name: str,
    flags: np.ndarray,
    base: np.ndarray,
    members: Sequence[np.ndarray],
    threshold: float,
    *,
    low: bool = False,
    values: np.ndarray | None = None,
) -> SignalFound:
    """A signal that is a share of a visitor's records.

    Args:
        name: The signal.
        flags: Which records show it.
        base: Which records it is looked for in.
        members: The records of each visitor.
        threshold: In per cent.
        low: Whether a share far below the others' is pointed out, too.
        values: The figure of each record that is pointed out.
    """
    shown = np.flatnonzero(flags & base)
    hits = Hits(shown, None if values is None else values[shown])
    total = int(base.sum())
    state = "computed" if total >= FEWEST else "too_few"
    return SignalFound(
        name, total, len(shown), shares(flags, base, members, threshold, low=low), hits, state, threshold
    )
