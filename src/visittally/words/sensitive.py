"""Answers that can harm who gave them, told by words of both languages."""

from __future__ import annotations

import re
from functools import cache

from visittally.words.folding import fold
from visittally.words.lists import shipped
from visittally.words.patterns import pattern

SENSITIVE = "sensitive"
"""The category of texts that are published and whose words are sensitive."""
_BETWEEN = pattern(r"[\W_]+")


@cache
def _english() -> re.Pattern[str]:
    listed = (
        re.escape(fold(word)).replace(r"\*", r"\w*").replace(r"\ ", " ") for word in shipped("sensitive")["words"]["en"]
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(listed)})(?!\w)")


@cache
def sensitive_words(*texts: str) -> bool:
    """Whether one of some texts, an answer and its labels, speaks of what must not be told of a village.

    >>> sensitive_words("gender-based_violence"), sensitive_words("邻居家暴"), sensitive_words("road")
    (True, True, False)
    """
    for text in texts:
        plain = _BETWEEN.sub(" ", fold(text))
        if _english().search(plain) or any(word in text for word in shipped("sensitive")["words"]["zh"]):
            return True
    return False
