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

import math
from typing import TYPE_CHECKING, Any

from visittally.dataclass import dataclass
from visittally.disclosure.exchanges import Exchange
from visittally.disclosure.moves import ROUNDS, MoveSearch

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from visittally.disclosure.moves import Relation, ShownFigure
    from visittally.tables.table import Hidden


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
        places: The figures of each place by what they say of it, the same names in all: see `Exchange`.
        before: What was found for the same figures and relations before more of them were forced; it still holds.

    Returns:
        What to hide. Where `exposed` is not empty, some of the tables must not be shown at all.
    """
    search = MoveSearch(figures, relations, min_cell)
    exchange = Exchange(search, places)
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
