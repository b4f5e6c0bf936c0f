"""The search for moves: other values of a few figures with which every relation still holds.

A move is built step by step, each figure going up or down by one; a relation that the steps so far break is set right
by the next one. Steps of hidden figures cost nothing, so the cheapest move hides the least.
"""

from __future__ import annotations

import bisect
import heapq
import itertools
import math
import statistics
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

ROUNDS = ((200, 12, 4), (1_000, 40, 16), (4_000, 1_000, 100))
"""How hard a move is looked for, as long as none is found: partial moves looked at, and how many hidden and how many
shown figures are tried to set a relation right."""

CLOSINGS = 60
"""How many hidden figures of a broken relation are tried to set two relations right at once."""
Way = tuple[float, int, int]
"""What it costs to hide a figure, the figure, and its step."""
Steps = tuple[tuple[int, int], ...]
"""Figures and their steps."""


@dataclass(frozen=True, slots=True)
class ShownFigure:
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
class PartialMove:
    """A move under way: steps so far, how far each touched relation is off, what it costs."""

    steps: Mapping[int, int]
    shifts: Mapping[int, int]
    broken: frozenset[int]
    cost: float


NOTHING = PartialMove({}, {}, frozenset(), 0.0)


class MoveSearch:
    """The figures and relations, indexed for the search of moves."""

    def __init__(self, figures: Sequence[ShownFigure], relations: Sequence[Relation], min_cell: int) -> None:
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
        self.order = [(figure.cost, i) for i, figure in enumerate(figures)]
        self.by_cost = [
            sorted((t for t in relation.terms if self.movable[t[0]]), key=lambda t: self.order[t[0]])
            for relation in relations
        ]
        self.broken_by: dict[tuple[int, int], frozenset[int]] = {}
        self.ways: dict[tuple[int, int], tuple[list[Way], list[Way]]] = {}

    def hide(self, figures: Iterable[int]) -> None:
        """Take figures as hidden from now on."""
        for figure in figures:
            if figure not in self.hidden:
                self.hidden.add(figure)
                for number, sign in self.relations_of[figure]:
                    for wanted in (1, -1):
                        if (number, wanted) in self.ways and self.can_step(figure, wanted * sign):
                            shown, hidden = self.ways[number, wanted]
                            way = (*self.order[figure], wanted * sign)
                            del shown[bisect.bisect_left(shown, way)]
                            bisect.insort(hidden, way)

    def can_step(self, figure: int, step: int) -> bool:
        """Whether a figure may have the value beside its own."""
        return self.movable[figure] and self.figures[figure].value + step >= self.least[figure]

    def ways_of(self, number: int, wanted: int) -> tuple[list[Way], list[Way]]:
        """The steps that move the sum of a relation up or down, the cheapest first: of shown figures, of hidden."""
        found = self.ways.get((number, wanted))
        if found is None:
            found = self.ways[number, wanted] = ([], [])
            for i, sign in self.by_cost[number]:
                if self.can_step(i, wanted * sign):
                    found[i in self.hidden].append((*self.order[i], wanted * sign))
        return found

    def move(self, figure: int, limits: Sequence[tuple[int, int, int]]) -> Mapping[int, int] | None:
        """A cheap move that changes `figure`, or None where none is found within these limits, see `ROUNDS`."""
        rounds = (self._round(figure, *limit) for limit in limits)
        return next((move for move in rounds if move is not None), None)

    def _round(self, figure: int, expansions: int, hidden: int, shown: int) -> Mapping[int, int] | None:
        """Best-first search: the partial move that promises the cheapest whole is carried on first."""
        begun: Iterator[Steps] = (((figure, step),) for step in (1, -1) if self.can_step(figure, step))
        queue = [(self._promise(NOTHING, steps), number, NOTHING, steps) for number, steps in enumerate(begun)]
        heapq.heapify(queue)
        seen: set[frozenset[tuple[int, int]]] = set()
        serial = len(queue)
        for _expansion in range(expansions):
            if not queue:
                return None
            _promised, _serial, before, steps = heapq.heappop(queue)
            partial = self.after(before, steps)
            if not partial.broken:
                return partial.steps
            state = frozenset(partial.steps.items())
            if state in seen:
                continue
            seen.add(state)
            for steps in self._repairs(partial, hidden, shown):
                serial += 1
                heapq.heappush(queue, (self._promise(partial, steps), serial, partial, steps))
        return None

    def _promise(self, partial: PartialMove, steps: Steps) -> float:
        """What the whole move will cost about after more steps: each broken relation may need another figure hidden."""
        far = 4 * self.broken_after(partial, steps) + (len(partial.steps) + len(steps)) / 10
        return partial.cost + self.typical * far + sum(self.loss(*step) for step in steps)

    def _repairs(self, partial: PartialMove, hidden: int, shown: int) -> Iterator[Steps]:
        """The steps that set one broken relation right, or all."""
        yield from itertools.islice(self._closing(partial), 2)
        number = min(partial.broken, key=lambda n: (len(self.by_cost[n]), n))
        ways = zip(self.ways_of(number, self.wanted(partial, number)), (shown, hidden), strict=True)
        untaken = (itertools.islice((way for way in of if way[1] not in partial.steps), most) for of, most in ways)
        yield from (((i, step),) for _cost, i, step in heapq.merge(*untaken))

    def wanted(self, partial: PartialMove, number: int) -> int:
        """Whether the sum of a broken relation must go up or down."""
        return -1 if partial.shifts[number] > self.room[number][1] else 1

    def _closing(self, partial: PartialMove) -> Iterator[Steps]:
        """The steps of two hidden figures with a relation between them that set two broken relations right."""
        if len(partial.broken) != 2:
            return
        near, far = sorted(partial.broken, key=lambda n: (len(self.by_cost[n]), n))
        across, links = self.wanted(partial, far), self.links(far)
        hidden = (way for way in self.ways_of(near, self.wanted(partial, near))[1] if way[1] not in partial.steps)
        for _cost, first, step in itertools.islice(hidden, CLOSINGS):
            for number, there in self.relations_of[first]:
                if number not in links:
                    continue
                second, back, other = links[number]
                fits = there * step + back * across * other == 0 and second != first and second not in partial.steps
                if fits and second in self.hidden and self.can_step(second, across * other):
                    alone = self.breaks(first, step) ^ self.breaks(second, across * other)
                    steps = ((first, step), (second, across * other))
                    if alone <= partial.shifts.keys() and not self.broken_after(partial, steps):
                        yield steps

    def breaks(self, figure: int, step: int) -> frozenset[int]:
        """The relations that a step breaks by itself."""
        found = self.broken_by.get((figure, step))
        if found is None:
            ends = ((number, self.room[number], sign * step) for number, sign in self.relations_of[figure])
            found = frozenset(number for number, (least, most), shift in ends if not least <= shift <= most)
            self.broken_by[figure, step] = found
        return found

    def links(self, number: int) -> Mapping[int, tuple[int, int, int]]:
        """The relations that share a figure with this one: the figure, its coefficient there, and here."""
        if number not in self.linked:
            self.linked[number] = {
                other: (figure, there, sign)
                for figure, sign in reversed(self.by_cost[number])
                for other, there in self.relations_of[figure]
            }
        return self.linked[number]

    def broken_after(self, partial: PartialMove, steps: Steps) -> int:
        """How many relations are broken after more steps."""
        if len(steps) > 1:
            return len(self.after(partial, steps).broken)
        figure, step = steps[0]
        alone = self.breaks(figure, step)
        broken = len(partial.broken) + len(alone)
        for number, sign in self.relations_of[figure]:
            if number in partial.shifts:
                least, most = self.room[number]
                whole = least <= partial.shifts[number] + sign * step <= most
                broken -= whole - (number not in alone) + (number in partial.broken)
        return broken

    def after(self, partial: PartialMove, steps: Steps) -> PartialMove:
        """The move with more steps, which their figures can make."""
        shifts, broken = dict(partial.shifts), set(partial.broken)
        for figure, step in steps:
            for number, sign in self.relations_of[figure]:
                shift = shifts[number] = shifts.get(number, 0) + sign * step
                least, most = self.room[number]
                if least <= shift <= most:
                    broken.discard(number)
                else:
                    broken.add(number)
        cost = partial.cost + sum(self.loss(*step) for step in steps)
        return PartialMove({**partial.steps, **dict(steps)}, shifts, frozenset(broken), cost)

    def loss(self, figure: int, step: int) -> float:
        """What it costs that a figure moves: that it is hidden for it, that it no longer prints as small."""
        cost = 0.0 if figure in self.hidden else self.figures[figure].cost
        return cost + (self.typical if self.figures[figure].value + step > self.most[figure] else 0.0)
