"""Signals of repetition: the same record or household twice, the same texts, near duplicates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from visittally.analyses.check.locks import ENOUGH, FEWEST, Found, Hit, VisitorMeasure, share_signal
from visittally.analyses.check.near import MOST, nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from visittally.analyses.check.cases import Cases
    from visittally.analyses.check.thresholds import Thresholds

PAIRS = 2_000
"""Visits to one household in a day of which it is said in how many columns they differ."""
DIFFERENT = 0.3
TEXTS = 20
"""Texts that a visitor must have written before they are compared."""


def groups_of(keys: np.ndarray) -> list[np.ndarray]:
    """Records with equal keys, of which 0 is none; each group in order, the first group first."""
    if not keys.any():
        return []
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    starts = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))
    ends = np.append(starts[1:], len(keys))
    found = [order[a:b] for a, b in zip(starts, ends, strict=True) if b - a > 1 and ordered[a] != 0]
    return sorted(found, key=lambda group: int(group[0]))


def exact_repeats(cases: Cases) -> np.ndarray:
    """Which records repeat an earlier one in all that somebody filled in."""
    flags = np.zeros(len(cases), bool)
    for group in groups_of(cases.record):
        flags[group[1:]] = True
    return flags


def duplicate(cases: Cases, differing: Callable[[Sequence[tuple[int, int]]], list[int]]) -> Found:
    """Records that are there twice, and households that were visited twice in a day.

    Args:
        cases: The records.
        differing: How many columns differ between the two records of each pair.
    """
    hits: dict[int, Hit] = {}
    for group in groups_of(cases.household_day()):
        for record in group[1:]:
            hits.setdefault(int(record), Hit(int(record), None, int(group[0])))
    for group in groups_of(cases.record):
        for record in group[1:]:
            hits[int(record)] = Hit(int(record), 0.0, int(group[0]))
    open_ones = [hit for hit in hits.values() if hit.value is None][:PAIRS]
    for hit, columns in zip(open_ones, differing([(h.record, h.other) for h in open_ones]), strict=True):
        hits[hit.record] = Hit(hit.record, float(columns), hit.other)
    found = [hits[record] for record in sorted(hits)]
    return Found("duplicate", len(cases), len(found), None, found, "computed", None, "columns")


def identical_text(cases: Cases, limits: Thresholds) -> Found:
    """Long texts that are equal to one of the same visitor in another household, exact repeats of records apart.

    Counted per distinct text of an issue: one problem that many households have is rightly the same text, so a text
    that several visitors report is none.
    """
    texts = [column for name, column in cases.texts.items() if name != "handling_text"]
    if not texts or not any(column.any() for column in texts):
        return Found("identical_text", state="too_large" if cases.too_large else "no_column")
    once = ~exact_repeats(cases)
    base, flags = np.zeros(len(cases), bool), np.zeros(len(cases), bool)
    for column in texts:
        written = (column != 0) & once
        if not _is_free(column[written]):
            continue
        base |= written
        shared = _of_several(column, cases, written)
        for records in cases.members or (np.arange(len(cases)),):
            own = records[written[records] & ~shared[records]]
            for group in groups_of(column[own]):
                members = own[group]
                homes = cases.household[members]
                if (homes != 0).all() and len(np.unique(homes)) == 1:
                    continue
                flags[members] = True
    if not base.any():
        return Found("identical_text", state="no_column")
    return share_signal("identical_text", flags, base, cases.members, limits.identical_text)


def _is_free(texts: np.ndarray) -> bool:
    """Whether a column holds people's own words: many of its long texts are different, unlike answers of a list."""
    return len(texts) > 0 and len(np.unique(texts)) >= DIFFERENT * len(texts)


def _of_several(column: np.ndarray, cases: Cases, written: np.ndarray) -> np.ndarray:
    """Which texts several visitors wrote."""
    shared = np.zeros(len(cases), bool)
    for group in groups_of(np.where(written, column, np.uint64(0))):
        if len(np.unique(cases.visitor[group])) > 1:
            shared[group] = True
    return shared


def boilerplate(cases: Cases, limits: Thresholds) -> Found:
    """Visitors whose texts on what was done are mostly one text."""
    texts = cases.texts.get("handling_text")
    if texts is None or not cases.members:
        return Found("boilerplate", state="no_column")
    measures, count = {}, 0
    for i, records in enumerate(cases.members):
        own = texts[records][texts[records] != 0]
        if len(own) < TEXTS:
            continue
        _values, counts = np.unique(own, return_counts=True)
        top, concentration = 100 * counts.max() / len(own), float(((counts / len(own)) ** 2).sum())
        passed = bool(top > limits.boilerplate and concentration > limits.boilerplate_hhi)
        count += passed
        measures[i] = VisitorMeasure(
            len(own), int(counts.max()), float(top), None, None, passed if len(own) >= ENOUGH else None
        )
    state = "computed" if measures else "too_few"
    return Found("boilerplate", len(measures), count, measures, (), state, limits.boilerplate)


def near_duplicate(cases: Cases, limits: Thresholds) -> Found:
    """Records with nearly the answers of another, and visitors whose records lie nearest to their own ones."""
    found = Found("near_duplicate", len(cases), threshold=limits.near_duplicate)
    codes = [cases.codes[reader.variable.name] for reader in cases.readers]
    usable = np.flatnonzero(cases.completed)
    if cases.too_large or (len(usable) > MOST and _largest(cases) > MOST):
        found.state = "too_large"
        return found
    if not codes or len(usable) < 2:
        found.state = "no_column" if not codes else "too_few"
        return found
    best, own = np.full(len(cases), -1.0), np.full(len(cases), -1.0)
    hits: dict[int, Hit] = {}
    for records in [usable] if len(usable) <= MOST else [m[cases.completed[m]] for m in cases.members]:
        near = nearest([column[records] for column in codes], cases.visitor[records], limits.near_duplicate)
        best[records], own[records] = near.best, near.own
        for one, other, s in near.pairs:
            for a, b in ((one, other), (other, one)):
                if s > (hits[int(records[a])].value or 0.0) if int(records[a]) in hits else True:
                    hits[int(records[a])] = Hit(int(records[a]), s, int(records[b]))
    compared = best >= 0
    flags = compared & (own >= limits.near_nearest) & (own >= best)
    shared = share_signal("near_duplicate", flags, compared, cases.members, limits.near_share)
    found.base, found.count = int(compared.sum()), int((best >= np.float32(limits.near_duplicate)).sum())
    found.measures, found.hits = shared.measures, [hits[record] for record in sorted(hits)]
    found.state = "computed" if found.base >= FEWEST else "too_few"
    return found


def _largest(cases: Cases) -> int:
    """Most records of a visitor; all, where nobody is known to have made any."""
    return max(map(len, cases.members), default=len(cases))
