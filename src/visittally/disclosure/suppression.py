"""Which figures to hide so that no small one can be worked out from those that stay.

A hidden figure is safe when the readers cannot tell its value: there must be a second world, with another value
of it, that agrees with everything they see and know. Such a world differs from the true one by a *move*: a few
figures go up or down so that every relation still holds (four corners of a rectangle in a plain two-way table).
For each small figure a cheap move is looked for; the figures that it moves and that still were shown are hidden
too. A move is thus the proof for all figures in it. Hiding more never takes a proof away, so one pass is enough.

This is the cycle (or hypercube) view of cell suppression, see Fischetti and Salazar-González, "Solving the cell
suppression problem on tabular data with linear constraints", Management Science 47 (2001), with a best-first search
instead of an integer programme.
"""

from __future__ import annotations

import heapq
import itertools
import math
import statistics
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from visittally.tables.table import Hidden

ROUNDS = ((200, 12, 4), (1_000, 40, 16), (4_000, 1_000, 100))
"""How hard a move is looked for, as long as none is found: partial moves looked at, and how many hidden and how many
shown figures are tried to set a relation right."""


@dataclass(frozen=True, slots=True)
class Figure:
    """An integer that tables show.

    Attributes:
        value: Its true value, not negative.
        cost: What is lost when it is hidden; above 0.
        known: Readers know it from elsewhere (the receipt, the roster): hiding it protects nothing, so it stays.
        secret: It is in no table and must not be worked out either.
        forced: It is to be hidden although it is not small.
    """

    value: int
    cost: float = 1.0
    known: bool = False
    secret: bool = False
    forced: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """What readers know about several figures: `low <= sum of coefficient * figure <= high`.

    Attributes:
        terms: Position of a figure and its coefficient, 1 or -1.
    """

    terms: tuple[tuple[int, int], ...]
    low: float = 0
    high: float = 0


@dataclass(frozen=True, slots=True)
class Suppression:
    """What to hide.

    Attributes:
        hidden: Position of each hidden figure, and why it is hidden.
        moves: The proofs: for each hidden figure of `hidden`, the position of its move in this list is in `proof`.
        proof: Position of a hidden figure -> position of its move.
        exposed: Hidden or secret figures that could be worked out nevertheless.
    """

    hidden: Mapping[int, Hidden]
    moves: Sequence[Mapping[int, int]]
    proof: Mapping[int, int]
    exposed: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Partial:
    """A move under way: steps so far, how far each touched relation is off, what it costs."""

    steps: Mapping[int, int]
    shifts: Mapping[int, int]
    broken: frozenset[int]
    cost: float


def suppress(figures: Sequence[Figure], relations: Sequence[Relation], min_cell: int) -> Suppression:
    """Hide the figures from 1 to `min_cell - 1`, and what they could be worked out from.

    Args:
        figures: All figures of all tables that readers can lay side by side.
        relations: What holds between them and readers may know; must hold for the true values.
        min_cell: The smallest count that is shown.

    Returns:
        What to hide. Where `exposed` is not empty, some of the tables must not be shown at all.
    """
    search = _Search(figures, relations, min_cell)
    meant = [i for i, f in enumerate(figures) if f.value and not f.secret and not f.known]
    small = [i for i in meant if figures[i].forced or figures[i].value < min_cell]
    hidden: dict[int, Hidden] = {i: "primary" if figures[i].value < min_cell else "secondary" for i in small}
    moves: list[Mapping[int, int]] = []
    proof: dict[int, int] = {}
    exposed: set[int] = set()
    protect = [*small, *(i for i, f in enumerate(figures) if f.secret and f.value)]
    search.hidden.update(protect, (i for i, f in enumerate(figures) if f.secret))
    for figure in sorted(protect, key=lambda i: (-len(search.relations_of[i]), i)):
        if figure in proof:
            continue
        move = search.move(figure)
        if move is None:
            exposed.add(figure)
            continue
        proof.update((moved, len(moves)) for moved in move if moved not in proof)
        moves.append(move)
        for moved, step in move.items():
            if not figures[moved].secret and (moved not in hidden or figures[moved].value + step >= min_cell):
                hidden[moved] = "secondary"
                search.most[moved] = math.inf
        search.hidden.update(move)
    return Suppression(hidden, moves, proof, frozenset(exposed - proof.keys()))


class _Search:
    """The figures and relations, indexed for the search of moves."""

    def __init__(self, figures: Sequence[Figure], relations: Sequence[Relation], min_cell: int) -> None:
        self.figures, self.relations = figures, relations
        self.hidden: set[int] = set()
        self.least = [0 if figure.secret else 1 for figure in figures]
        self.most = [min_cell - 1 if 0 < f.value < min_cell and not f.secret else math.inf for f in figures]
        self.movable = [f.secret or (f.value > 0 and not f.known) for f in figures]
        self.typical = statistics.median([f.cost for f in figures if f.value and not f.known] or [1.0])
        values = [sum(sign * figures[i].value for i, sign in relation.terms) for relation in relations]
        self.room = [(r.low - v, r.high - v) for r, v in zip(relations, values, strict=True)]
        self.relations_of: list[list[tuple[int, int]]] = [[] for _ in figures]
        for number, relation in enumerate(relations):
            for i, sign in relation.terms:
                self.relations_of[i].append((number, sign))
        self.linked: dict[int, dict[int, tuple[int, int, int]]] = {}
        self.by_cost = [
            sorted((t for t in relation.terms if self.movable[t[0]]), key=lambda t: (figures[t[0]].cost, t[0]))
            for relation in relations
        ]

    def move(self, figure: int) -> Mapping[int, int] | None:
        """A cheap move that changes `figure`, or None where none is found."""
        if not self.movable[figure]:
            return None
        rounds = (self._round(figure, *limits) for limits in ROUNDS)
        return next((move for move in rounds if move is not None), None)

    def _round(self, figure: int, expansions: int, hidden: int, shown: int) -> Mapping[int, int] | None:
        """Best-first search: the partial move that promises the cheapest whole is carried on first."""
        start = _Partial({}, {}, frozenset(), 0.0)
        begun = [after for step in (1, -1) if (after := self._after(start, figure, step)) is not None]
        queue = [(self._estimate(partial), number, partial) for number, partial in enumerate(begun)]
        heapq.heapify(queue)
        seen: set[frozenset[tuple[int, int]]] = set()
        serial = len(queue)
        for _expansion in range(expansions):
            if not queue:
                return None
            partial = heapq.heappop(queue)[-1]
            if not partial.broken:
                return partial.steps
            state = frozenset(partial.steps.items())
            if state in seen:
                continue
            seen.add(state)
            for after in self._repairs(partial, hidden, shown):
                serial += 1
                heapq.heappush(queue, (self._estimate(after), serial, after))
        return None

    def _estimate(self, partial: _Partial) -> float:
        """What the whole move will cost about: each broken relation may need another figure hidden."""
        return partial.cost + self.typical * (4 * len(partial.broken) + len(partial.steps) / 10)

    def _repairs(self, partial: _Partial, hidden: int, shown: int) -> Iterator[_Partial]:
        """The partial moves that set one broken relation right by one more step."""
        yield from itertools.islice(self._closing(partial), 2)
        number = min(partial.broken, key=lambda n: (len(self.by_cost[n]), n))
        wanted = self._wanted(partial, number)
        left = [shown, hidden]
        for i, sign in self.by_cost[number]:
            free = i in self.hidden
            if left[free] and i not in partial.steps:
                after = self._after(partial, i, wanted * sign)
                if after is not None:
                    left[free] -= 1
                    yield after

    def _wanted(self, partial: _Partial, number: int) -> int:
        """Whether the sum of a broken relation must go up or down."""
        return -1 if partial.shifts[number] > self.room[number][1] else 1

    def _closing(self, partial: _Partial) -> Iterator[_Partial]:
        """Moves that two hidden figures with a relation between them complete, where two relations are broken."""
        if len(partial.broken) != 2:
            return
        near, far = sorted(partial.broken, key=lambda n: (len(self.by_cost[n]), n))
        up, across = self._wanted(partial, near), self._wanted(partial, far)
        for first, sign in self.by_cost[near]:
            if first not in self.hidden or first in partial.steps:
                continue
            for number, there in self.relations_of[first]:
                second, back, other = self.links(far).get(number, (first, 0, 0))
                fits = there * up * sign + back * across * other == 0 and second != first
                if fits and second in self.hidden and second not in partial.steps:
                    halfway = self._after(partial, first, up * sign)
                    whole = halfway and self._after(halfway, second, across * other)
                    if whole and not whole.broken:
                        yield whole

    def links(self, number: int) -> Mapping[int, tuple[int, int, int]]:
        """The relations that share a figure with this one: the figure, its coefficient there, and here."""
        if number not in self.linked:
            self.linked[number] = {
                other: (figure, there, sign)
                for figure, sign in reversed(self.by_cost[number])
                for other, there in self.relations_of[figure]
            }
        return self.linked[number]

    def _after(self, partial: _Partial, figure: int, step: int) -> _Partial | None:
        """The move with one more step, or None where the figure cannot go there."""
        value = self.figures[figure].value + step
        if value < self.least[figure]:
            return None
        shifts = dict(partial.shifts)
        broken = set(partial.broken)
        for number, sign in self.relations_of[figure]:
            shift = shifts[number] = shifts.get(number, 0) + sign * step
            least, most = self.room[number]
            if least <= shift <= most:
                broken.discard(number)
            else:
                broken.add(number)
        cost = partial.cost + (0.0 if figure in self.hidden else self.figures[figure].cost)
        cost += self.typical if value > self.most[figure] else 0.0
        return _Partial({**partial.steps, figure: step}, shifts, frozenset(broken), cost)
