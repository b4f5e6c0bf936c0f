"""Remainders: one column less another is a third one, as the headings or nearly all rows say."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from math import log10
from typing import TYPE_CHECKING

from visittally.analyses.audit.vocabulary import (
    FigureRole,
    done_of_due,
    is_of_which,
    is_part_of_share,
    is_remainder,
    is_total,
    plain,
)
from visittally.dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from visittally.analyses.audit.layout import FigureTable
    from visittally.analyses.audit.verdict import Verdict

ENOUGH = Fraction(4, 5)
FEWEST = 3
EVIDENCE = 3.0
"""Powers of ten by which chance must be unlikely beyond the number of triples that were tried."""
MOST_COLUMNS = 40
MOST_MORE = 3
"""So many further columns may make up what two columns leave of a third one."""


@dataclass(frozen=True, slots=True)
class _Triple:
    """`whole - part = rest` in `holds` of `tested` rows."""

    whole: int
    part: int
    rest: int
    holds: tuple[int, ...]
    tested: tuple[int, ...]
    header: bool


def check_differences(verdict: Verdict) -> None:
    """Find the remainders and test their rows."""
    table = verdict.table
    counts = table.columns(FigureRole.COUNT)[:MOST_COLUMNS]
    seen: set[frozenset[int]] = set()
    for triple in _triples(table, counts):
        if frozenset((triple.whole, triple.part, triple.rest)) in seen:
            continue
        seen.add(frozenset((triple.whole, triple.part, triple.rest)))
        _judge(verdict, triple, counts)


def _triples(table: FigureTable, counts: Sequence[int]) -> Iterator[_Triple]:
    """The relations that headings tell of, then those that only the figures tell of."""
    told: set[int] = set()
    for rest in counts:
        if is_remainder(table.headings[rest]):
            best = _best(table, rest, counts)
            if best is not None:
                told.add(rest)
                yield best
    tried = max(1, len(counts) ** 3)
    for whole in counts:
        for part, rest in combinations([c for c in counts if c != whole], 2):
            if rest in told or part in told or any(is_total(table.headings[c]) for c in (whole, part, rest)):
                continue
            found = _tried(table, whole, part, rest)
            if len(found.tested) >= FEWEST and _likely(table, found, tried):
                yield found


def _best(table: FigureTable, rest: int, counts: Sequence[int]) -> _Triple | None:
    """The columns whose difference a remainder most likely is."""
    stem = plain(table.headings[rest]).lstrip("尚未剩余待").removeprefix("un")
    others = [
        c for c in counts if c != rest and not is_remainder(table.headings[c]) and not is_of_which(table.headings[c])
    ]
    parts = [*others, *(c for c in range(len(table.headings)) if is_part_of_share(table.headings[c]))]
    found = [_tried(table, whole, part, rest) for whole in others for part in parts if whole != part]
    found = [one for one in found if one.tested]
    if not found:
        return None

    def close(one: _Triple) -> tuple[int, bool, int]:
        same = bool(stem) and stem in plain(table.headings[one.part])
        return len(one.holds), same, -abs(one.whole - one.part)

    best = max(found, key=close)
    if len(best.holds) == len(best.tested):
        return _as_header(best)
    # Only columns that name each other, or the kind of each other, can be held against each other.
    named = [one for one in found if _named(table, one, stem)]
    sure = [one for one in named if 2 * len(one.holds) >= len(one.tested) and one.holds]
    if sure:
        return _as_header(max(sure, key=close))
    if len({(one.whole, one.part) for one in named}) != 1 or _told_in_shares(table, named[0]):
        return None
    return _as_header(named[0])


def _told_in_shares(table: FigureTable, one: _Triple) -> bool:
    """Whether the remainder is mostly what a part such as `58` of `58/80 72.5%` leaves: then no other has to fit."""
    fits: dict[int, list[bool]] = {}
    for (row, column), quotient in table.quotients.items():
        rest = table.figure(row, one.rest)
        if rest is not None:
            left = quotient.whole.value - quotient.part.value
            fits.setdefault(column, []).append(left == rest.value)
    return any(2 * sum(found) >= len(found) for found in fits.values())


def _named(table: FigureTable, one: _Triple, stem: str) -> bool:
    part, whole = table.headings[one.part], table.headings[one.whole]
    return (bool(stem) and stem in plain(part)) or done_of_due(part, whole)


def _as_header(one: _Triple) -> _Triple:
    return _Triple(one.whole, one.part, one.rest, one.holds, one.tested, header=True)


def _tried(table: FigureTable, whole: int, part: int, rest: int) -> _Triple:
    holds, tested = [], []
    for row in range(len(table.rows)):
        one, two, three = (table.figure(row, c) for c in (whole, part, rest))
        if one is None or two is None or three is None or not table.comparable(row, (whole, part, rest)):
            continue
        tested.append(row)
        slack = sum((Fraction(0) if f.exact else f.half for f in (one, two, three)), Fraction(0))
        if abs(one.value - two.value - three.value) <= slack:
            holds.append(row)
    return _Triple(whole, part, rest, tuple(holds), tuple(tested), header=False)


def _likely(table: FigureTable, one: _Triple, tried: int) -> bool:
    """Whether a relation that no heading tells of is none of chance: small and blank figures tell little."""
    telling: dict[tuple[Fraction, ...], float] = {}
    plain_rows = set(table.plain_rows)
    shown = [row for row in one.tested if row in plain_rows and _parts(table, row, one)]
    for row in one.holds:
        values = _parts(table, row, one) if row in plain_rows else ()
        if values:
            telling[values] = log10(max(2.0, float(values[0])))
    holds = sum(row in one.holds for row in shown)
    return len(telling) >= FEWEST and holds >= ENOUGH * len(shown) and sum(telling.values()) >= EVIDENCE + log10(tried)


def _parts(table: FigureTable, row: int, one: _Triple) -> tuple[Fraction, ...]:
    """The three figures of a row where none of them is nothing."""
    figures = [table.figure(row, c) for c in (one.whole, one.part, one.rest)]
    values = tuple(figure.value for figure in figures if figure is not None)
    return values if len(values) == 3 and all(values) else ()


def _judge(verdict: Verdict, one: _Triple, counts: Sequence[int]) -> None:
    table = verdict.table
    names = [table.headings[c] for c in (one.whole, one.part, one.rest)]
    missing = [row for row in one.tested if row not in one.holds]
    more = _made_up(table, one, missing, counts) if missing else ()
    told_by = "header" if one.header else "figures"
    rest = " - ".join(table.headings[c] for c in more)
    words = f"{names[0]} - {names[1]}{f' - {rest}' if rest else ''} = {names[2]}"
    holds = len(one.tested) if more else len(one.holds)
    # Without a heading, a difference that is always missing on one side is a column that the table does not have.
    if not one.header and not more and _one_sided(table, one, missing):
        return
    verdict.relate("difference", words, holds, len(one.tested), told_by)
    verdict.tested.update((row, c) for row in one.tested for c in (one.whole, one.part, one.rest))
    for row in [] if more else missing:
        whole, part = table.figure(row, one.whole), table.figure(row, one.part)
        assert whole is not None
        assert part is not None
        verdict.object((row, one.rest), "difference", whole.value - part.value, f"{whole.text} - {part.text}")


def _residual(table: FigureTable, row: int, one: _Triple) -> Fraction:
    values = [f.value for c in (one.whole, one.part, one.rest) if (f := table.figure(row, c))]
    return values[0] - values[1] - values[2]


def _one_sided(table: FigureTable, one: _Triple, missing: Sequence[int]) -> bool:
    return bool(missing) and all(_residual(table, row, one) > 0 for row in missing)


def _made_up(table: FigureTable, one: _Triple, missing: Sequence[int], counts: Sequence[int]) -> tuple[int, ...]:
    """Further columns that make up what is missing in every row, and are nothing in the others."""
    wanted = {row: _residual(table, row, one) if row in missing else Fraction(0) for row in one.tested}
    others = [c for c in counts if c not in (one.whole, one.part, one.rest)]

    def value(row: int, column: int) -> Fraction:
        figure = table.figure(row, column)
        return Fraction(0) if figure is None else figure.value

    possible = [c for c in others if all(0 <= value(row, c) <= left for row, left in wanted.items())][:10]
    for size in range(1, MOST_MORE + 1):
        for more in combinations(possible, size):
            if all(sum(value(row, c) for c in more) == left for row, left in wanted.items()):
                return more
    return ()
