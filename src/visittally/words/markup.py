"""Texts as people see them, where a form wrote markup into them: `<b>Household</b> number`, `**Which** problems`."""

from __future__ import annotations

import html

from visittally.words.folding import tidy
from visittally.words.patterns import pattern

_BREAK = pattern(r"(?i)</?(?:br|p|div|li|ul|ol|tr|td|h\d)\b[^<>]*>")
_TAG = pattern(r"</?[A-Za-z][^<>]*>|<!--.*?-->")
_STRONG = pattern(r"(?<![\w*])(\*\*|__)(?=\S)(.+?)(?<=\S)\1(?![\w*])")
_NAME = pattern(r"__\w+__")
"""A name as programs write it, such as `__version__`: nothing in it is bold."""
_ENTITY = pattern(r"&(?:#\d+|#x[0-9a-fA-F]+|[A-Za-z]\w*);")


def without_markup(text: str) -> str:
    """A text without tags, entities and marks for bold; as it stands where nothing else is in it.

    >>> without_markup('**Which problems** does <span style="x">the household</span> face?')
    'Which problems does the household face?'
    >>> without_markup("water &amp; roads"), without_markup("a < b"), without_markup("snake__case__name")
    ('water & roads', 'a < b', 'snake__case__name')
    >>> without_markup("__version__"), without_markup("__Which__ problems?")
    ('__version__', 'Which problems?')
    """
    if _NAME.fullmatch(text):
        return text
    if "<" not in text and "&" not in text and "**" not in text and "__" not in text:
        return text
    plain = _STRONG.sub(r"\2", _TAG.sub("", _BREAK.sub(" ", text)))
    plain = tidy(_ENTITY.sub(lambda found: html.unescape(found[0]), plain))
    return plain or text
