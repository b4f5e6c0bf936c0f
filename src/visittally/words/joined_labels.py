"""Labels of several words that form tools join by spaces: "Drinking water Road repair"."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from visittally.words.folding import fold
from visittally.words.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

Label = tuple[str, ...]
"""The words of a label, folded."""
_MOST = 40
"""A question has so many options at most."""
_LISTS = 3
"""So many different lists show that labels are joined."""
_CAPITAL = pattern(r"\s+(?=[^\W\d_a-zß-öø-ÿ])")


def joined_labels(cells: Collection[str], *, sure: bool = False) -> frozenset[Label]:
    """The labels of several words among cells that join them by spaces; none where the cells do not show any.

    Either all lists are made of labels that stand alone elsewhere, or every label begins with a capital letter and
    goes on without. `sure`: whether labels are joined by spaces in any case; then some of them may be single words.

    >>> cells = ["Road repair", "Clean water", "Road repair Clean water", "Light", "Clean water Light",
    ...          "Road repair Clean water Light"]
    >>> sorted(joined_labels(cells))
    [('clean', 'water'), ('road', 'repair')]
    >>> joined_labels(["North", "East", "North East", "South East"])
    frozenset()
    """
    lists = [tuple(fold(cell).split()) for cell in dict.fromkeys(cells) if cell.strip()]
    for labels in (_standing_alone(lists), _beginning_with_capitals(cells)):
        if labels and _fits(lists, labels, sure=sure):
            return frozenset(label for label in labels if len(label) > 1)
    return frozenset()


def _standing_alone(lists: Sequence[Label]) -> frozenset[Label]:
    """The cells that are not made of others."""
    known = frozenset(lists)
    labels = frozenset(cell for cell in known if len(_cut(cell, known - {cell}) or ()) < 2)
    # "water power" beside "water" is two names of options: labels are hardly made of words that are answers themselves.
    single = {label[0] for label in labels if len(label) == 1}
    several = [label for label in labels if len(label) > 1]
    mixed = sum(not single.isdisjoint(label) for label in several)
    return labels if 2 * mixed <= len(several) else frozenset()


def _beginning_with_capitals(cells: Collection[str]) -> frozenset[Label]:
    pieces = Counter(piece for cell in cells for piece in _CAPITAL.split(cell.strip()))
    if any(not piece[:1].isupper() or n < 2 for piece, n in pieces.items()):
        return frozenset()
    return frozenset(tuple(fold(piece).split()) for piece in pieces)


def _fits(lists: Sequence[Label], labels: frozenset[Label], *, sure: bool) -> bool:
    """Whether all cells are lists of the labels, and enough of them to believe it."""
    several = sum(len(label) > 1 for label in labels)
    if len(labels) > _MOST or (2 * several < len(labels) and not sure):
        return False
    parts = [_cut(cell, labels) for cell in lists]
    if any(part is None or len(set(part)) < len(part) for part in parts):
        return False
    joined = [part for part in parts if part is not None and len(part) > 1]
    return len(joined) >= _LISTS and any(len(part) > 2 for part in joined)


def _cut(cell: Label, labels: Collection[Label]) -> tuple[Label, ...] | None:
    """The labels that a cell is made of, the longest first; None where it is made of something else, too."""
    longest = max(map(len, labels), default=0)
    best: list[tuple[Label, ...] | None] = [(), *([None] * len(cell))]
    for end in range(1, len(cell) + 1):
        for start in range(max(0, end - longest), end):
            before, label = best[start], cell[start:end]
            if before is not None and label in labels:
                best[end] = (*before, label)
                break
    return best[len(cell)]
