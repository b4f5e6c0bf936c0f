"""Signals of repetition: the same record or household twice, the same texts, near duplicates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from visittally.analyses.check.locks import ENOUGH, FEWEST, Hit, Hits, SignalFound, VisitorMeasure, share_signal
from visittally.analyses.check.near import MOST, nearest
from visittally.dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from visittally.analyses.check.cases import Cases
    from visittally.analyses.check.thresholds import Thresholds

PAIRS = 2_000
"""Visits to one household in a day of which it is said in how many columns they differ."""
DIFFERENT = 0.3
TEXTS = 20
"""Texts that a visitor must have written before they are compared."""


@dataclass(frozen=True, slots=True)
class _Runs:
    """Records in the order of their keys, and where more than one have the same key.

    Attributes:
        order: All records.
        starts: Where each run of records with one key begins in it.
        ends: Where each ends.
    """

    order: np.ndarray
    starts: np.ndarray
    ends: np.ndarray


def _runs_of(keys: np.ndarray) -> _Runs:
    """Runs of records with equal keys, of which 0 is none; the records of each in order."""
    if not keys.any():
        return _Runs(*(np.zeros(0, np.int64),) * 3)
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    like_next = np.flatnonzero((ordered[1:] == ordered[:-1]) & (ordered[1:] != 0))
    new = np.append(True, np.diff(like_next) != 1) if len(like_next) else np.zeros(0, bool)
    return _Runs(order, like_next[new], like_next[np.roll(new, -1)] + 2)


def groups_of(keys: np.ndarray) -> Iterator[np.ndarray]:
    """Records with equal keys, of which 0 is none; each group in order, the first group first."""
    runs = _runs_of(keys)
    for i in np.argsort(runs.order[runs.starts], kind="stable").tolist():
        yield runs.order[runs.starts[i] : runs.ends[i]]


def _later(keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The records with the key of an earlier one, in order, and the first record of that key for each."""
    runs = _runs_of(keys)
    more = runs.ends - runs.starts - 1
    firsts = np.repeat(runs.order[runs.starts], more)
    places = np.repeat(runs.starts + 1 - np.append(0, np.cumsum(more)[:-1])[: len(more)], more) + np.arange(more.sum())
    records = runs.order[places]
    order = np.argsort(records)
    return records[order], firsts[order]


def exact_repeats(cases: Cases) -> np.ndarray:
    """Which records repeat an earlier one in all that somebody filled in."""
    flags = np.zeros(len(cases), bool)
    flags[_later(cases.record)[0]] = True
    return flags


def duplicate(cases: Cases, differing: Callable[[Sequence[tuple[int, int]]], list[int]]) -> SignalFound:
    """Records that are there twice, and households that were visited twice in a day.

    Args:
        cases: The records.
        differing: How many columns differ between the two records of each pair.
    """
    repeated, firsts = _later(cases.record)
    visited, before = _later(cases.household_day())
    apart = ~np.isin(visited, repeated)
    visited, before = visited[apart], before[apart]
    columns = np.full(len(visited), np.nan)
    # In the order of the households' first visits.
    compared = np.argsort(before, kind="stable")[:PAIRS]
    columns[compared] = differing([(int(visited[i]), int(before[i])) for i in compared])
    records = np.concatenate((repeated, visited))
    order = np.argsort(records)
    values = np.concatenate((np.zeros(len(repeated)), columns))
    hits = Hits(records[order], values[order], np.concatenate((firsts, before))[order])
    return SignalFound("duplicate", len(cases), len(hits), None, hits, "computed", None, "columns")


def identical_text(cases: Cases, limits: Thresholds) -> SignalFound:
    """Long texts that are equal to one of the same visitor in another household, exact repeats of records apart.

    Counted per distinct text of an issue: one problem that many households have is rightly the same text, so a text
    that several visitors report is none.
    """
    texts = {name: column for name, column in cases.texts.items() if name != "handling_text"}
    if not any(column.any() for column in texts.values()):
        state = "too_large" if cases.too_large else "too_few" if texts else "no_column"
        return SignalFound("identical_text", threshold=limits.identical_text if texts else None, state=state)
    once = ~exact_repeats(cases)
    base, flags = np.zeros(len(cases), bool), np.zeros(len(cases), bool)
    for name, column in texts.items():
        written = (column != 0) & once
        # What stands under the description of issues is no list of answers, however often a text comes again there.
        described = name == "issue_text" and len(cases.members) > 1 and bool(written.any())
        if not described and not _is_free(column[written]):
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
        return SignalFound("identical_text", state="no_column")
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


def boilerplate(cases: Cases, limits: Thresholds) -> SignalFound:
    """Visitors whose texts on what was done are mostly one text."""
    texts = cases.texts.get("handling_text")
    if texts is None or not cases.members:
        return SignalFound("boilerplate", state="no_column")
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
    return SignalFound("boilerplate", len(measures), count, measures, (), state, limits.boilerplate)


def near_duplicate(cases: Cases, limits: Thresholds) -> SignalFound:
    """Records with nearly the answers of another, and visitors whose records lie nearest to their own ones."""
    found = SignalFound("near_duplicate", len(cases), threshold=limits.near_duplicate)
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
