"""Which figures to hide so that no small one can be worked out from those that stay.

A hidden figure is safe when the readers cannot tell its value: there must be a second world, with another value
of it, that agrees with everything they see and know. Such a world differs from the true one by a *move*: a few
figures go up or down so that every relation still holds (four corners of a rectangle in a plain two-way table).
For each small figure a cheap move is looked for; the figures that it moves and that still were shown are hidden
too. A move is thus the proof for all figures in it. Hiding more never takes a proof away, so one pass is enough.

This is the cycle (or hypercube) view of cell suppression, see Fischetti and Salazar-González, "Solving the cell
suppression problem on tabular data with linear constraints", Management Science 47 (2001), with a best-first search
instead of an integer programme.

Many moves are exchanges: what changes in one place changes the other way round in another place, so that no total
moves. Where a short search finds nothing these are looked for: a move within the place, which few figures take part
in, and a place that mirrors it.
"""

from __future__ import annotations

import heapq
import itertools
import math
import statistics
from typing import TYPE_CHECKING, Any

from visittally.dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from visittally.tables.table import Hidden

ROUNDS = ((200, 12, 4), (1_000, 40, 16), (4_000, 1_000, 100))
"""How hard a move is looked for, as long as none is found: partial moves looked at, and how many hidden and how many
shown figures are tried to set a relation right."""

CLOSINGS = 60
"""How many hidden figures of a broken relation are tried to set two relations right at once."""
EXCHANGES = (400, 12, 100)
"""How hard an exchange is looked for: partial moves looked at, how many moves within the place are mirrored, and in
how many other places."""


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


def suppress(
    figures: Sequence[ShownFigure],
    relations: Sequence[Relation],
    min_cell: int,
    places: Sequence[Mapping[Any, int]] = (),
    before: Suppression | None = None,
) -> Suppression:
    """Hide the figures from 1 to `min_cell - 1`, and what they could be worked out from.

    Args:
        figures: All figures of all tables that readers can lay side by side.
        relations: What holds between them and readers may know; must hold for the true values.
        min_cell: The smallest count that is shown.
        places: The figures of each place by what they say of it, the same names in all: see `_Exchange`.
        before: What was found for the same figures and relations before more of them were forced; it still holds.

    Returns:
        What to hide. Where `exposed` is not empty, some of the tables must not be shown at all.
    """
    search = _Search(figures, relations, min_cell)
    exchange = _Exchange(search, places)
    meant = [i for i, f in enumerate(figures) if f.value and not f.secret and not f.known]
    small = [i for i in meant if figures[i].forced or figures[i].value < min_cell]
    hidden: dict[int, Hidden] = {i: "primary" if figures[i].value < min_cell else "secondary" for i in small}
    moves: list[Mapping[int, int]] = []
    proof: dict[int, int] = {}
    exposed: set[int] = set()
    if before is not None:
        hidden |= before.hidden
        moves, proof = list(before.moves), dict(before.proof)
        search.hide(before.hidden)
        search.most = [math.inf if before.hidden.get(i) == "secondary" else most for i, most in enumerate(search.most)]
    protect = [*small, *(i for i, f in enumerate(figures) if f.secret and f.value)]
    search.hide([*protect, *(i for i, f in enumerate(figures) if f.secret)])
    for figure in sorted(protect, key=lambda i: (-len(search.relations_of[i]), i)):
        if figure in proof:
            continue
        move = search.move(figure, ROUNDS[:1]) or exchange.move(figure) or search.move(figure, ROUNDS[1:])
        if move is None:
            exposed.add(figure)
            continue
        proof.update((moved, len(moves)) for moved in move if moved not in proof)
        moves.append(move)
        for moved, step in move.items():
            if not figures[moved].secret and (moved not in hidden or figures[moved].value + step >= min_cell):
                hidden[moved] = "secondary"
                search.most[moved] = math.inf
        search.hide(move)
    return Suppression(hidden, moves, proof, frozenset(exposed - proof.keys()))


class _Search:
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
        self.by_cost = [
            sorted((t for t in relation.terms if self.movable[t[0]]), key=lambda t: (figures[t[0]].cost, t[0]))
            for relation in relations
        ]

        self.shown_in = [len(terms) for terms in self.by_cost]

    def hide(self, figures: Iterable[int]) -> None:
        """Take figures as hidden from now on."""
        for figure in figures:
            if figure not in self.hidden:
                self.hidden.add(figure)
                if self.movable[figure]:
                    for number, _sign in self.relations_of[figure]:
                        self.shown_in[number] -= 1

    def move(self, figure: int, limits: Sequence[tuple[int, int, int]]) -> Mapping[int, int] | None:
        """A cheap move that changes `figure`, or None where none is found within these limits, see `ROUNDS`."""
        if not self.movable[figure]:
            return None
        rounds = (self._round(figure, *limit) for limit in limits)
        return next((move for move in rounds if move is not None), None)

    def _round(self, figure: int, expansions: int, hidden: int, shown: int) -> Mapping[int, int] | None:
        """Best-first search: the partial move that promises the cheapest whole is carried on first."""
        start = _Partial({}, {}, frozenset(), 0.0)
        begun = [after for step in (1, -1) if (after := self.after(start, figure, step)) is not None]
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
        wanted = self.wanted(partial, number)
        left, unseen = [shown, hidden], self.shown_in[number]
        for i, sign in self.by_cost[number]:
            free = i in self.hidden
            unseen -= not free
            if left[free] and i not in partial.steps:
                after = self.after(partial, i, wanted * sign)
                if after is not None:
                    left[free] -= 1
                    yield after
            if not left[True] and not (left[False] and unseen):
                return

    def wanted(self, partial: _Partial, number: int) -> int:
        """Whether the sum of a broken relation must go up or down."""
        return -1 if partial.shifts[number] > self.room[number][1] else 1

    def _closing(self, partial: _Partial) -> Iterator[_Partial]:
        """Moves that two hidden figures with a relation between them complete, where two relations are broken."""
        if len(partial.broken) != 2:
            return
        near, far = sorted(partial.broken, key=lambda n: (len(self.by_cost[n]), n))
        up, across = self.wanted(partial, near), self.wanted(partial, far)
        tried = 0
        for first, sign in self.by_cost[near]:
            if first not in self.hidden or first in partial.steps:
                continue
            tried += 1
            if tried > CLOSINGS:
                return
            for number, there in self.relations_of[first]:
                second, back, other = self.links(far).get(number, (first, 0, 0))
                fits = there * up * sign + back * across * other == 0 and second != first
                if fits and second in self.hidden and second not in partial.steps:
                    halfway = self.after(partial, first, up * sign)
                    whole = halfway and self.after(halfway, second, across * other)
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

    def after(self, partial: _Partial, figure: int, step: int) -> _Partial | None:
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
        cost = partial.cost + self.loss(figure, step)
        return _Partial({**partial.steps, figure: step}, shifts, frozenset(broken), cost)

    def loss(self, figure: int, step: int) -> float:
        """What it costs that a figure moves: that it is hidden for it, that it no longer prints as small."""
        cost = 0.0 if figure in self.hidden else self.figures[figure].cost
        return cost + (self.typical if self.figures[figure].value + step > self.most[figure] else 0.0)


class _Exchange:
    """Looks for moves that change one place and, the other way round, another one.

    Sums over places hold by themselves then; what is left to hold stands within the place.
    """

    def __init__(self, search: _Search, places: Sequence[Mapping[Any, int]]) -> None:
        self.search, self.places = search, places
        self.home = {i: (number, name) for number, place in enumerate(places) for name, i in place.items()}
        self.names = {i: name for place in places for name, i in place.items()}

    def move(self, figure: int) -> Mapping[int, int] | None:
        """An exchange that changes `figure`: the first that hides nothing more, else the cheapest; or None."""
        if figure not in self.home or not self.search.movable[figure]:
            return None
        best: tuple[float, Mapping[int, int]] | None = None
        for local in itertools.islice(self._within(figure), EXCHANGES[1]):
            found = self._mirrored(self.home[figure][0], local, best[0] if best else math.inf)
            best = found or best
            if best and not best[0]:
                break
        return best[1] if best else None

    def _within(self, figure: int) -> Iterator[_Partial]:
        """Moves within the place that set all relations within it right, the cheapest first."""
        search, place = self.search, self.home[figure][0]
        start = _Partial({}, {}, frozenset(), 0.0)
        begun = [after for step in (-1, 1) if (after := search.after(start, figure, step)) is not None]
        queue = [(partial.cost, number, partial) for number, partial in enumerate(begun)]
        heapq.heapify(queue)
        serial, seen = len(queue), set[frozenset[tuple[int, int]]]()
        for _expansion in range(EXCHANGES[0]):
            if not queue:
                return
            partial = heapq.heappop(queue)[-1]
            state = frozenset(partial.steps.items())
            if state in seen:
                continue
            seen.add(state)
            broken = [n for n in partial.broken if self._is_within(n, place)]
            if not broken:
                yield partial
                continue
            number = min(broken, key=lambda n: (len(search.by_cost[n]), n))
            wanted = search.wanted(partial, number)
            for i, sign in search.by_cost[number]:
                if i not in partial.steps and (after := search.after(partial, i, wanted * sign)) is not None:
                    serial += 1
                    heapq.heappush(queue, (after.cost + search.typical / 4 * len(after.steps), serial, after))

    def _is_within(self, number: int, place: int) -> bool:
        homes = (self.home.get(i) for i, _sign in self.search.relations[number].terms)
        return all(home is not None and home[0] == place for home in homes)

    def _mirrored(self, place: int, local: _Partial, limit: float) -> tuple[float, Mapping[int, int]] | None:
        """The local move with its opposite in another place, where it costs least and less than `limit`."""
        search, found = self.search, None
        steps = {self.names[i]: -step for i, step in local.steps.items()}
        for distance in range(1, min(len(self.places), EXCHANGES[2])):
            other = self.places[(place + distance) % len(self.places)]
            opposite = {other[name]: step for name, step in steps.items() if name in other}
            if len(opposite) < len(steps) or any(self._stuck(i, step) for i, step in opposite.items()):
                continue
            cost = local.cost + sum(search.loss(i, step) for i, step in opposite.items())
            if cost >= limit or (whole := self._whole(local, opposite)) is None:
                continue
            limit, found = cost, (cost, whole)
            if not cost:
                break
        return found

    def _stuck(self, figure: int, step: int) -> bool:
        search = self.search
        return not search.movable[figure] or search.figures[figure].value + step < search.least[figure]

    def _whole(self, local: _Partial, opposite: Mapping[int, int]) -> Mapping[int, int] | None:
        """Both halves as one move, if all relations hold."""
        partial: _Partial | None = local
        for i, step in opposite.items():
            partial = self.search.after(partial, i, step) if partial is not None else None
        return partial.steps if partial is not None and not partial.broken else None
