"""A planned number that is the sum of all others: it may be a total under a name that nobody knows as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.errors import Notice
from visittally.messages import _

if TYPE_CHECKING:
    from collections.abc import Sequence

_FEWEST = 3
_LARGE = 10
"""Sums of fewer or smaller numbers come about by chance."""


def perhaps_total(file: str, planned: Sequence[tuple[int, str, float]]) -> tuple[Notice, ...]:
    """Say that the first or last number of a roster is the sum of the others.

    Args:
        file: The roster, as the user gave it.
        planned: Line, place and number of each of its rows, in their order.
    """
    for one, others in ((planned[-1], planned[:-1]), (planned[0], planned[1:])) if len(planned) > _FEWEST else ():
        line, place, value = one
        if value >= _LARGE and value == sum(number for _line, _place, number in others):
            text = _(
                '{file}, line {line}: the number planned for "{place}" is the sum of all others and counts beside '
                'them. If it is their total, call it "Total".'
            )
            return (Notice("roster_total", text.format(file=file, line=line, place=place)),)
    return ()
