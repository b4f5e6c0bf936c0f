"""What a joined answer says beyond the options that are ticked beside it, told by its words.

Names of options begin, end or stand with each other's words ("water", "water quality"), and hold the separator: no cut
finds them for certain. But the ticks say which they are, so the words of the ticked options are taken out of the cell,
and only words that are left can name something else.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from visittally.words.patterns import pattern
from visittally.words.vocabulary import key_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_WORD = pattern(r"[^\W_]+")


def told_words(text: str) -> Counter[str]:
    """The words of a text, folded, and how often each stands in it; what separates them does not matter.

    >>> told_words("Water_quality, water") == {"water": 2, "quality": 1}
    True
    """
    return Counter(_WORD.findall(key_of(text)))


def left_over(cell: str, ticked: Iterable[Sequence[str]]) -> Counter[str] | None:
    """The words of a joined cell that none of the ticked options accounts for.

    Args:
        cell: The joined answers.
        ticked: For each ticked option the texts that it goes by, its name first.

    Returns:
        The words, empty where the ticks say all that the cell says; None where the cell does not hold the words of
        every ticked option: then it writes them in some way that is not known.
    """
    said, ways = told_words(cell), [[told_words(text) for text in texts if text] for texts in ticked]
    if not all(ways):
        return None
    for which in (0, -1):  # all by their names, or all by their labels
        whole = sum((texts[which] for texts in ways), Counter[str]())
        if whole <= said:
            return said - whole
    left = Counter(said)
    for texts in ways:
        found = next((text for text in sorted(texts, key=Counter.total, reverse=True) if text <= left), None)
        if found is None:
            return None
        left -= found
    return left


def within(text: str, words: Mapping[str, int]) -> bool:
    """Whether all words of a text are among those that are left over.

    >>> within("bridge", {"bridge": 1}), within("water", {"bridge": 1}), within("", {"bridge": 1})
    (True, False, False)
    """
    own = told_words(text)
    return bool(own) and all(n <= words.get(word, 0) for word, n in own.items())
