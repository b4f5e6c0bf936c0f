"""Moves that are exchanges: what changes in one place changes the other way round in another, so that no total moves.

Where a short search finds nothing these are looked for: a move within the place, which few figures take part in, and
a place that mirrors it.
"""

from __future__ import annotations

import heapq
import itertools
import math
from typing import TYPE_CHECKING, Any

from visittally.disclosure.moves import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from visittally.disclosure.moves import MoveSearch, PartialMove

EXCHANGES = (400, 12, 100)
"""How hard an exchange is looked for: partial moves looked at, how many moves within the place are mirrored, and in
how many other places."""


class Exchange:
    """Looks for moves that change one place and, the other way round, another one.

    Sums over places hold by themselves then; what is left to hold stands within the place.
    """

    def __init__(self, search: MoveSearch, places: Sequence[Mapping[Any, int]]) -> None:
        self.search, self.places = search, places
        self.home = {i: (number, name) for number, place in enumerate(places) for name, i in place.items()}
        self.names = {i: name for place in places for name, i in place.items()}

    def move(self, figure: int) -> Mapping[int, int] | None:
        """An exchange that changes `figure`: the first that hides nothing more, else the cheapest; or None."""
        if figure not in self.home:
            return None
        best: tuple[float, Mapping[int, int]] | None = None
        for local in itertools.islice(self._within(figure), EXCHANGES[1]):
            found = self._mirrored(self.home[figure][0], local, best[0] if best else math.inf)
            best = found or best
            if best and not best[0]:
                break
        return best[1] if best else None

    def _within(self, figure: int) -> Iterator[PartialMove]:
        """Moves within the place that set all relations within it right, the cheapest first."""
        search, place = self.search, self.home[figure][0]
        begun = (search.after(NOTHING, ((figure, step),)) for step in (-1, 1) if search.can_step(figure, step))
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
                if i not in partial.steps and search.can_step(i, wanted * sign):
                    after = search.after(partial, ((i, wanted * sign),))
                    serial += 1
                    heapq.heappush(queue, (after.cost + search.typical / 4 * len(after.steps), serial, after))

    def _is_within(self, number: int, place: int) -> bool:
        homes = (self.home.get(i) for i, _sign in self.search.relations[number].terms)
        return all(home is not None and home[0] == place for home in homes)

    def _mirrored(self, place: int, local: PartialMove, limit: float) -> tuple[float, Mapping[int, int]] | None:
        """The local move with its opposite in another place, where it costs least and less than `limit`."""
        search, found = self.search, None
        steps = {self.names[i]: -step for i, step in local.steps.items()}
        for distance in range(1, min(len(self.places), EXCHANGES[2])):
            other = self.places[(place + distance) % len(self.places)]
            opposite = {other[name]: step for name, step in steps.items() if name in other}
            if len(opposite) < len(steps) or not all(itertools.starmap(search.can_step, opposite.items())):
                continue
            cost = local.cost + sum(search.loss(i, step) for i, step in opposite.items())
            if cost >= limit or (whole := self._whole(local, opposite)) is None:
                continue
            limit, found = cost, (cost, whole)
            if not cost:
                break
        return found

    def _whole(self, local: PartialMove, opposite: Mapping[int, int]) -> Mapping[int, int] | None:
        """Both halves as one move, if all relations hold."""
        whole = self.search.after(local, tuple(opposite.items()))
        return None if whole.broken else whole.steps
