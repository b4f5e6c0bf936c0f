"""Figures that leave hardly any values for hidden ones, where records tie figures together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.disclosure.figures import NET
from visittally.disclosure.relations import OF_MENTIONS

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from visittally.disclosure.figures import Key
    from visittally.disclosure.moves import Relation, ShownFigure

_OF_CASES = frozenset({"raised", "no_issue"})
ENOUGH = 4
"""So many ways must be left to divide a sum among the small figures that are hidden of it."""


def too_narrow(
    keys: Sequence[Key],
    figures: Sequence[ShownFigure],
    relations: Sequence[Relation],
    hidden: Collection[int],
    min_cell: int,
) -> set[Key]:
    """Further figures to hide: what became of mentions is known for all but a few small figures, and their sum.

    A record that names several issues moves several mentions from one status to another. Readers who try all records
    that there could be leave out some of the values that the sums alone would allow; of two, perhaps one. So the
    cheapest figure is hidden that stands beside these.

    Args:
        keys: What each figure is.
        figures: The figures.
        relations: What holds between them.
        hidden: Positions of the figures that are hidden.
        min_cell: The smallest count that is shown.
    """
    values = {key: figure.value for key, figure in zip(keys, figures, strict=True)}
    everything = frozenset[tuple[str, str]]()
    if values.get(("mentions", everything)) == values.get(("raised", everything), -1):
        return set()
    found: set[Key] = set()
    for relation in relations:
        if relation.low or relation.high or any(keys[i][0] not in OF_MENTIONS for i, _ in relation.terms):
            continue
        small = [(figures[i].value, sign) for i, sign in relation.terms if i in hidden and figures[i].value < min_cell]
        free = any((i in hidden and figures[i].value >= min_cell) or figures[i].secret for i, _ in relation.terms)
        shown = [i for i, _ in relation.terms if i not in hidden and figures[i].value and not figures[i].known]
        if small and shown and not free and _ways(small, min_cell) < ENOUGH:
            found.add(keys[min(shown, key=lambda i: (figures[i].cost, i))])
    return found


def telling_nets(keys: Sequence[Key], figures: Sequence[ShownFigure], hidden: Collection[int]) -> set[Key]:
    """Answers counted as one that are better hidden: what places raised is hidden, and records name several answers.

    With the mentions of each answer a net says how many records named two of them, and so where these can stand.
    """
    everything = frozenset[tuple[str, str]]()
    values = {key: figure.value for key, figure in zip(keys, figures, strict=True)}
    if values.get(("mentions", everything)) == values.get(("raised", everything), -1):
        return set()
    if not any(keys[i][0] in _OF_CASES and keys[i][1] for i in hidden):
        return set()
    nets = (i for i, (measure, about) in enumerate(keys) if measure == "mentions" and {n for n, _v in about} == {NET})
    return {keys[i] for i in nets if i not in hidden and figures[i].value and not figures[i].known}


def _ways(small: Sequence[tuple[int, int]], min_cell: int) -> int:
    """In how many ways small figures, each with its sign, can have the sum that they have.

    >>> _ways([(3, 1), (4, 1)], 5), _ways([(2, 1), (2, 1)], 5), _ways([(1, 1), (2, -1)], 5)
    (2, 3, 3)
    """
    ways = {0: 1}
    for _value, sign in small:
        further: dict[int, int] = {}
        for total, n in ways.items():
            for value in range(1, min_cell):
                further[total + sign * value] = further.get(total + sign * value, 0) + n
        ways = further
    return ways[sum(sign * value for value, sign in small)]
