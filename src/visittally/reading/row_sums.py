"""Totals that are told by their figures: rows of a name and numbers, each of which adds up or counts the records.

Whatever they are called, in whatever language. A row is one only where hardly anything but figures stands in it, every
figure follows from the records, and its name is none that a record has there.
"""

from __future__ import annotations

from collections import Counter
from itertools import takewhile
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.reading.looks import Look, look
from visittally.words.folding import fold, simplify
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
) -> frozenset[int]:
    """The numbers of the rows whose figures are sums of the records, or count them.

    Args:
        rows: The rows of a table.
        filled: For each row the positions of its filled cells.
        running: Positions of the columns that only number the rows.
        told: Whether a row is known to be no record by its words.
    """
    candidates = {n: one for n, at in enumerate(filled) if (one := _candidate(rows[n].cells, at))}
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


def _figure(cell: str) -> float | None:
    if cell.lstrip()[:1].isalpha():
        return None
    return parse(cell).value if look(simplify(cell)) is Look.NUMBER else None


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
        self._rows, self._running, self._out = rows, running, out
        widths = sorted(len(at) for n, at in enumerate(filled) if len(at) > 1 and n not in out)
        least = widths[len(widths) // 2] if widths else 0
        whole = [at for n, at in enumerate(filled) if len(at) >= least and n not in out]
        there = Counter(c for at in whole for c in at)
        self._usual = frozenset(c for c, count in there.items() if count >= _USUALLY * len(whole))
        self._candidates = candidates
        sparse = {n for n, candidate in candidates.items() if self._is_sparse(candidate)}
        self._records = [n for n, at in enumerate(filled) if len(at) > 1 and n not in out and n not in sparse]

    def _is_sparse(self, candidate: _PossibleTotal) -> bool:
        return len(self._usual - set(candidate.at)) >= max(2, _BLANK * len(self._usual))

    def found(self) -> set[int]:
        """The rows whose figures all follow from the records above them, below them, or altogether."""
        found: set[int] = set()
        begin = 0
        for n in range(len(self._rows)):
            if n in self._out:
                begin = n if n in self._candidates else begin
            elif (candidate := self._candidates.get(n)) and self._may_be(n, candidate):
                records = [m for m in self._records if m != n and m not in found]
                if any(self._explained(n, begin, candidate, records)):
                    found.add(n)
                    begin = n
        return found

    def _may_be(self, n: int, candidate: _PossibleTotal) -> bool:
        if any(self._is_named(m, candidate) for m in self._records if m != n):
            # A place that records have, too: only the sum of just these records, of which everything else is blank.
            return self._is_sparse(candidate) and len(self._of_its_name(n, candidate, self._records)) >= _FEWEST
        if self._is_sparse(candidate):
            return max(candidate.figures.values()) >= _FEWEST
        several = sum(value > 0 for value in candidate.figures.values()) >= _FIGURES
        return several and max(candidate.figures.values()) >= _LARGE

    def _explained(self, n: int, begin: int, candidate: _PossibleTotal, records: Sequence[int]) -> Iterator[bool]:
        """For each part of the records that a total may hold for, whether it explains every figure."""
        own = self._of_its_name(n, candidate, records)
        if own or any(self._is_named(m, candidate) for m in records):
            yield all(self._adds_up(c, f, own) and f > _FEWEST for c, f in candidate.figures.items())
            return
        end = next((m for m in self._candidates if m > n), len(self._rows))
        above = [m for m in records if m < n]
        groups = [self._last_group(above, c) for c in range(candidate.named_at, min(candidate.figures))]
        below = [m for m in records if n < m < end]
        for part in ([m for m in above if m >= begin], above, records, below, *groups):
            yield len(part) >= _FEWEST and all(self._follows(c, f, part) for c, f in candidate.figures.items())

    def _is_named(self, m: int, candidate: _PossibleTotal) -> bool:
        return fold(self._rows[m].cells[candidate.named_at]) == candidate.label

    def _of_its_name(self, n: int, candidate: _PossibleTotal, records: Sequence[int]) -> list[int]:
        """The records just above a row that have its name."""
        above = takewhile(lambda m: self._is_named(m, candidate), (m for m in reversed(records) if m < n))
        return list(above)

    def _last_group(self, above: Sequence[int], c: int) -> list[int]:
        """The last records above a row that have the same in a column."""
        alike = takewhile(lambda m: self._rows[m].cells[c] == self._rows[above[-1]].cells[c], reversed(above))
        return list(alike)

    def _adds_up(self, c: int, figure: float, part: Sequence[int]) -> bool | None:
        """Whether a figure is the sum of its column; None where the column holds no numbers."""
        cells = [cell for m in part if (cell := self._rows[m].cells[c].strip())]
        values = [value for cell in cells if (value := _figure(cell)) is not None]
        if not cells or len(values) < _USUALLY * len(cells):
            return None
        return abs(sum(values) - figure) < 1e-6 * max(1, abs(figure))

    def _follows(self, c: int, figure: float, part: Sequence[int]) -> bool:
        adds_up = self._adds_up(c, figure, part)
        if adds_up is not None:
            return adds_up
        numbered = {self._rows[m].cells[r].strip() for r in self._running for m in part} - {""}
        whole = sum(not self._rows[m].merged for m in part)
        return figure in {len(part), len(numbered), whole}

    def called_alike(self, found: Collection[int]) -> set[int]:
        """Further rows filled alike that are called so, too, or begin with the same word, as no record does there."""
        alike = set()
        for n, candidate in self._candidates.items():
            if n in found or n in self._out or not self._is_sparse(candidate):
                continue
            first = candidate.label.split()[0]
            others = [other for m in found if (other := self._candidates[m]).at == candidate.at]
            begun = len(first) < len(candidate.label) and any(other.label.split()[0] == first for other in others)
            strange = not any(fold(self._rows[m].cells[candidate.named_at]).startswith(first) for m in self._records)
            if any(other.label == candidate.label for other in others) or (begun and strange):
                alike.add(n)
        return alike
