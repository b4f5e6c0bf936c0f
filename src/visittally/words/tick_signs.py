"""Signs that mean yes in one column of options and no in another: ○ beside × and ○ beside ●, × alone and × beside √."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.words.vocabulary import words

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

_WORDS_FOR_YES = frozenset({"x"})
"""Letters that people also type beside 1 and yes, where several hands filled the columns in."""


def signs_of_yes(keys: AbstractSet[str]) -> frozenset[str]:
    """The signs among some cells (as `key_of` writes them) that say yes, and could say no elsewhere.

    >>> sorted(signs_of_yes({"○", "×"})), sorted(signs_of_yes({"○", "●"})), sorted(signs_of_yes({"×", ""}))
    (['○'], [], ['×'])
    >>> sorted(signs_of_yes({"x", "√"})), sorted(signs_of_yes({"x", "1"})), sorted(signs_of_yes({"×", "是"}))
    ([], ['x'], [])
    """
    crosses, circles = words("crosses") & keys, words("circles") & keys
    if words("checks") & keys:
        return frozenset()
    said = (words("yes") | words("ticked")) & keys - crosses - circles
    if circles and not said:
        return circles
    return crosses & _WORDS_FOR_YES if said or circles else crosses


def signs_of_no(keys: AbstractSet[str]) -> frozenset[str]:
    """The signs among some cells that say no, and could say yes elsewhere.

    >>> sorted(signs_of_no({"○", "×"})), sorted(signs_of_no({"○", "●"})), sorted(signs_of_no({"x", "1"}))
    (['×'], ['○'], [])
    """
    return (words("crosses") | words("circles")) & keys - signs_of_yes(keys)
