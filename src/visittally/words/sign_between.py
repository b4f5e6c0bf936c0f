"""A sign that seems to join answers in the cells of a column, and too little comes again to cut them at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.words.enumerations import numbers_answers
from visittally.words.few_cells import remembered
from visittally.words.folding import fold
from visittally.words.separator_signs import LIST_SIGNS
from visittally.words.separators import pieces_of

if TYPE_CHECKING:
    from collections.abc import Collection


@remembered
def sign_between(cells: Collection[str]) -> str:
    """The sign that seems to join answers where too little comes again to be sure of it; "" for none.

    Several cells begin or end, before or behind it, with all of another cell.

    >>> sign_between(["Roads", "School", "Roads,School", "Water, dirty,School"]), sign_between(["Road", "Road, bridge"])
    (',', '')
    """
    if numbers_answers(cells):
        return "1. 2. 3."
    known = set(map(fold, cells))
    for sign, between in LIST_SIGNS.items():
        joined = [pieces for cell in cells if len(pieces := pieces_of(cell, between)) > 1]
        if sum(pieces[0] in known or pieces[-1] in known for pieces in joined) > 1:
            return sign
    return ""
