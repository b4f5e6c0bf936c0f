"""A planned number that is the sum of all others: it may be a total under a name that nobody knows as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.errors import Notice
from visittally.messages import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visittally.analyses.coverage.roster import PlannedNumber

_FEWEST = 3
_LARGE = 10
"""Sums of fewer or smaller numbers come about by chance."""


def perhaps_total(file: str, planned: Sequence[PlannedNumber]) -> tuple[Notice, ...]:
    """Say that the first or last number of a roster is the sum of the others.

    Args:
        file: The roster, as the user gave it.
        planned: Its numbers, in the order of its rows.
    """
    numbers = [one for one in planned if one.number.value]
    for one, others in ((numbers[-1], numbers[:-1]), (numbers[0], numbers[1:])) if len(numbers) > _FEWEST else ():
        value = one.number.value or 0
        if value >= _LARGE and value == sum(other.number.value or 0 for other in others):
            text = _(
                '{file}, line {line}: the number planned for "{place}" is the sum of all others and counts beside '
                'them. If it is their total, call it "Total".'
            )
            place = " ".join(filter(None, one.names)) or one.kind
            return (Notice("roster_total", text.format(file=file, line=one.line, place=place)),)
    return ()
