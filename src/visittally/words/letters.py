"""Words of any script: in many, vowels and tones are marks beside the letters, which no pattern takes for letters."""

from __future__ import annotations

import unicodedata
from itertools import groupby


def is_mark(character: str) -> bool:
    """Whether a character belongs to the letter before it, such as a vowel sign of Hindi; "" does not.

    >>> is_mark("\u0940"), is_mark("a"), is_mark("")
    (True, False, False)
    """
    return bool(character) and unicodedata.category(character).startswith("M")


def words_of(text: str) -> list[str]:
    """The words of a text: letters and digits with the marks beside them.

    >>> words_of("no_water, \u092c\u093f\u091c\u0932\u0940 (2)")
    ['no', 'water', '\u092c\u093f\u091c\u0932\u0940', '2']
    """
    runs = groupby(text, lambda character: character.isalnum() or is_mark(character))
    return ["".join(characters) for in_word, characters in runs if in_word]
