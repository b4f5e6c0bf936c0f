"""Sentences that say that nobody raised an issue: "no complaints", 暂无困难和诉求. "No water" is none of them."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from visittally.words.folding import fold
from visittally.words.listed import listed
from visittally.words.patterns import pattern

if TYPE_CHECKING:
    import re

_WORDS = Path(__file__).parent / "lists" / "nothing.toml"
_LONGEST = 60
_ENDS = " .。!！,，;；()（）[]【】\"'“”"


@cache
def _sentences() -> tuple[tuple[re.Pattern[str], frozenset[str], bool], ...]:
    """For each language its sentences, the letters beyond ASCII in them, and whether they can do without any."""
    return tuple(
        (pattern(_sentence(one)), _letters(_sentence(one)), _can_be_ascii(one)) for one in listed(_WORDS).values()
    )


def _letters(text: str) -> frozenset[str]:
    return frozenset() if text.isascii() else frozenset(c for c in text if not c.isascii())


def _can_be_ascii(language: dict[str, list[str]]) -> bool:
    return any(map(str.isascii, language["what"]))


def _sentence(language: dict[str, list[str]]) -> str:
    no, what, joined, after = ("|".join(language[part]) for part in ("no", "what", "and", "after"))
    return f"(?:{no})(?:{what})(?:(?:{joined})(?:{what})){{0,3}}(?:{after})"


@lru_cache(maxsize=1 << 14)
def says_nothing(text: str) -> bool:
    """Whether somebody said that there is no issue.

    >>> [says_nothing(text) for text in ("No complaints raised.", "暂无困难和诉求", "No water", "没有自来水")]
    [True, True, False, False]
    >>> [says_nothing(text) for text in ("Any other issue", "No feedback")]
    [False, False]
    """
    if not 0 < len(text) <= _LONGEST:
        return False
    folded = fold(text).strip(_ENDS)
    if not any(map(str.isalpha, folded)):
        return False
    beyond = _letters(folded)
    return any(
        sentence.fullmatch(folded) is not None
        for sentence, letters, ascii_only in _sentences()
        if beyond <= letters and (beyond or ascii_only)
    )
