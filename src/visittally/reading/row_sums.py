"""Totals that are told by their figures: rows of a name and numbers, each of which adds up or counts the records.

Whatever they are called, in whatever language. A row is one only where hardly anything but figures stands in it, every
figure follows from the records, and its name is none that a record has there.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.reading.looks import Look, look
from visittally.words.folding import fold, simplify
from visittally.words.ledgers import is_ditto
from visittally.words.quantities import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from visittally.reading.kept import KeptRow

_USUALLY = 0.8
"""A column is usually filled where so many records fill it."""
_BLANK = 0.4
"""So many of the columns that records usually fill are blank beside a sum."""
_FEWEST = 2
"""Fewer records have no sum that could tell itself from a record."""
_FIGURES, _LARGE = 3, 10
"""A row that lacks nothing that records have is a sum where so many figures add up, one of them so large."""


@dataclass(frozen=True, slots=True)
class _PossibleTotal:
    """A row of one name before figures."""

    label: str
    at: tuple[int, ...]
    named_at: int
    figures: dict[int, float]


def totals_by_figures(
    rows: Sequence[KeptRow],
    filled: Sequence[tuple[int, ...]],
    running: Collection[int],
    told: Callable[[int], bool],
    no_quantities: Collection[int],
) -> frozenset[int]:
    """The numbers of the rows whose figures are sums of the records, or count them.

    Args:
        rows: The rows of a table.
        filled: For each row the positions of its filled cells.
        running: Positions of the columns that only number the rows.
        told: Whether a row is known to be no record by its words.
        no_quantities: Positions of the columns whose numbers nobody adds up: those of households, ages.
    """
    candidates = {
        n: one
        for n, at in enumerate(filled)
        if (one := _candidate(rows[n].cells, at)) and one.figures.keys().isdisjoint(no_quantities)
    }
    if not candidates:
        return frozenset()
    sums = _RowSums(rows, filled, running, candidates, frozenset(n for n in range(len(rows)) if told(n)))
    found = sums.found()
    return frozenset(found | sums.called_alike(found)) if found else frozenset()


def _candidate(cells: Sequence[str], at: tuple[int, ...]) -> _PossibleTotal | None:
    """A row as one that may be a total: one text and behind it nothing but numbers."""
    if len(at) < 2 or _figure(cells[at[-1]]) is None:
        return None
    label = ""
    named_at = -1
    figures: dict[int, float] = {}
    for c in at:
        value = _figure(cells[c])
        if value is None:
            if figures or (label and cells[c].strip() != label):
                return None
            label, named_at = cells[c].strip(), c if named_at < 0 else named_at
        elif not label:
            return None
        else:
            figures[c] = value
    if not figures or look(label) is not Look.TEXT:
        return None
    return _PossibleTotal(fold(label), at, named_at, figures)


@lru_cache(maxsize=1 << 14)
def _figure(cell: str) -> float | None:
    if cell.lstrip()[:1].isalpha():
        return None
    return parse(cell).value if look(simplify(cell)) is Look.NUMBER else None


@dataclass(frozen=True, slots=True)
class _Added:
    """A column added up from the first record on: before each record, and behind the last one.

    Attributes:
        sums: The numbers; values: how many there are; filled: how many cells hold something.
    """

    sums: Sequence[float]
    values: Sequence[int]
    filled: Sequence[int]

    @classmethod
    def of(cls, cells: Sequence[str]) -> _Added:
        """Add up the cells of a column."""
        figures = [_figure(cell) if cell else None for cell in cells]
        return cls(
            [0, *accumulate(figure or 0 for figure in figures)],
            [0, *accumulate(int(figure is not None) for figure in figures)],
            [0, *accumulate(int(bool(cell)) for cell in cells)],
        )


class _RowSums:
    """The records of a table, and which rows add them up."""

    def __init__(
        self,
        rows: Sequence[KeptRow],
        filled: Sequence[tuple[int, ...]],
        running: Collection[int],
        candidates: dict[int, _PossibleTotal],
        out: frozenset[int],
    ) -> None:
        self._rows, self._running, self._out = rows, sorted(running), out
        widths = sorted(len(at) for n, at in enumerate(filled) if len(at) > 1 and n not in out)
        least = widths[len(widths) // 2] if widths else 0
        whole = [at for n, at in enumerate(filled) if len(at) >= least and n not in out]
        there = Counter(c for at in whole for c in at)
        self._usual = frozenset(c for c, count in there.items() if count >= _USUALLY * len(whole))
        self._candidates = candidates
        self._sparse = {n for n, candidate in candidates.items() if self._is_sparse(candidate)}
        self._keep([n for n, at in enumerate(filled) if len(at) > 1 and n not in out and n not in self._sparse])

    def _keep(self, records: list[int]) -> None:
        """Take some rows for the records; what is added up of them is worked out when it is needed."""
        self._records = records
        self._added: dict[int, _Added] = {}
        self._begins: dict[int, list[int]] = {}
        self._named: dict[int, Counter[str]] = {}
        self._begun: dict[int, list[int]] = {}
        self._whole = [0, *accumulate(int(not self._rows[m].merged) for m in records)]

    def _is_sparse(self, candidate: _PossibleTotal) -> bool:
        return len(self._usual - set(candidate.at)) >= max(2, _BLANK * len(self._usual))

    def found(self) -> set[int]:
        """The rows whose figures all follow from the records above them, below them, or altogether."""
        found: set[int] = set()
        begin = 0
        order = list(self._candidates)
        for n, end in zip(order, [*order[1:], len(self._rows)], strict=True):
            if n in self._out:
                begin = n
            elif self._may_be(n) and any(self._explained(n, begin, end)):
                found.add(n)
                begin = n
                if n not in self._sparse:
                    self._keep([m for m in self._records if m != n])
        return found

    def _may_be(self, n: int) -> bool:
        candidate = self._candidates[n]
        if self._others_of_its_name(n):
            # A place that records have, too: only the sum of just these records, of which everything else is blank.
            return n in self._sparse
        if not self._is_telling(candidate):
            return False
        if n in self._sparse:
            return max(candidate.figures.values()) >= _FEWEST
        several = sum(value > 0 for value in candidate.figures.values()) >= _FIGURES
        return several and max(candidate.figures.values()) >= _LARGE

    def _is_telling(self, candidate: _PossibleTotal) -> bool:
        """Whether figures can add up by no mere chance: a small number alone is soon the sum of two others."""
        told = [c for c, figure in candidate.figures.items() if figure > 0]
        if len(told) != 1 or candidate.figures[told[0]] >= _LARGE:
            return True
        column = self._column(told[0])
        return column.values[-1] < _USUALLY * column.filled[-1]

    def _explained(self, n: int, begin: int, end: int) -> Iterator[bool]:
        """For each stretch of the records that a total may hold for, whether it explains every figure."""
        candidate, records = self._candidates[n], self._records
        above = bisect_left(records, n)
        own = above < len(records) and records[above] == n
        if self._others_of_its_name(n):
            first = self._group(above, candidate.named_at)
            named = above - first >= _FEWEST and self._name(records[above - 1], candidate.named_at) == candidate.label
            yield named and all(self._adds_up(c, f, first, above) and f > _FEWEST for c, f in candidate.figures.items())
            return
        groups = [(self._group(above, c), above) for c in range(candidate.named_at, min(candidate.figures))]
        below = above + own, bisect_left(records, end)
        for first, last in ((bisect_left(records, begin), above), (0, above), below, *groups):
            yield last - first >= _FEWEST and all(
                self._follows(c, f, first, last) for c, f in candidate.figures.items()
            )
        twice = {c: 2 * f if own else f for c, f in candidate.figures.items()}
        yield len(records) - own >= _FEWEST and all(
            self._follows(c, twice[c] if self._adds_up(c, twice[c], 0, len(records)) else f, 0, len(records), own=own)
            for c, f in candidate.figures.items()
        )

    def _name(self, m: int, c: int) -> str:
        return fold(self._rows[m].cells[c])

    def _others_of_its_name(self, n: int) -> int:
        """How many records are called as a row is, besides it."""
        candidate = self._candidates[n]
        c = candidate.named_at
        if c not in self._named:
            self._named[c] = Counter(self._name(m, c) for m in self._records)
        return self._named[c][candidate.label] - (n not in self._sparse)

    def _group(self, above: int, c: int) -> int:
        """Where the records begin that have the same in a column as the last one of some has."""
        if c not in self._begins:
            begins: list[int] = []
            for i, m in enumerate(self._records):
                same = i and self._rows[m].cells[c] == self._rows[self._records[i - 1]].cells[c]
                begins.append(begins[-1] if same else i)
            self._begins[c] = begins
        return self._begins[c][above - 1] if above else 0

    def _column(self, c: int) -> _Added:
        if c not in self._added:
            self._added[c] = _Added.of([self._rows[m].cells[c].strip() for m in self._records])
        return self._added[c]

    def _adds_up(self, c: int, figure: float, first: int, last: int) -> bool | None:
        """Whether a figure is the sum of its column; None where the column holds no numbers."""
        column = self._column(c)
        filled, values = (one[last] - one[first] for one in (column.filled, column.values))
        if not filled or values < _USUALLY * filled:
            return None
        return abs(column.sums[last] - column.sums[first] - figure) < 1e-6 * max(1, abs(figure))

    def _follows(self, c: int, figure: float, first: int, last: int, *, own: int = 0) -> bool:
        adds_up = self._adds_up(c, figure, first, last)
        if adds_up is not None:
            return adds_up
        numbered = {self._numbers_in(r, first, last) for r in self._running}
        return figure in {last - first - own, self._whole[last] - self._whole[first], *numbered}

    def _numbers_in(self, r: int, first: int, last: int) -> int:
        """How many running numbers a stretch has; one that goes on over several rows counts once."""
        if r not in self._begun:
            before, begun = "", [0]
            for m in self._records:
                number = self._rows[m].cells[r].strip()
                begun.append(begun[-1] + (number not in ("", before)))
                before = number or before
            self._begun[r] = begun
        begun = self._begun[r]
        goes_on = (
            first < last and begun[first + 1] == begun[first] and self._rows[self._records[first]].cells[r].strip()
        )
        return begun[last] - begun[first] + bool(goes_on)

    def called_alike(self, found: Collection[int]) -> set[int]:
        """Further rows filled alike that are called so, too, or begin with the same word, as no record does there.

        Only where half of them add up: else those that do are records, too, whose figures are there by chance.
        """
        columns = {self._candidates[n].named_at for n in found}
        known = {(c, self._name(m, c).partition(" ")[0]) for c in columns for m in self._records}
        alike: defaultdict[tuple[tuple[int, ...], str], set[int]] = defaultdict(set)
        for n in self._sparse - self._out:
            one = self._candidates[n]
            first = one.label.split()[0]
            alike[one.at, one.label].add(n)
            if len(first) < len(one.label) and (one.named_at, first) not in known:
                alike[one.at, first].add(n)
        return {
            n
            for rows in alike.values()
            if not rows.isdisjoint(found) and 2 * len(rows.intersection(found)) >= len(rows)
            for n in rows.difference(found)
        }


def sums_behind_word(at: Sequence[int], cells: Sequence[str]) -> bool:
    """Whether figures stand behind a word where records have their numbers: a total, whatever its language.

    >>> sums_behind_word([0, 2], ["উপমোট", "", "8"]), sums_behind_word([0, 2], ["Late", "", "none"])
    (True, False)
    """
    word, *rest = [cells[c].strip() for c in at]
    worded = look(word) is Look.TEXT and not any(map(str.isdigit, word)) and not is_ditto(word)
    return worded and bool(rest) and all(text.isdecimal() for text in rest)
