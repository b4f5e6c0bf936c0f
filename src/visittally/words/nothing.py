"""Sentences that say that nobody raised an issue: "no complaints", 暂无困难和诉求. "No water" is none of them."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from visittally.words.folding import fold
from visittally.words.listed import listed

_WORDS = Path(__file__).parent / "lists" / "nothing.toml"
_LONGEST = 60
_ENDS = " .。!！,，;；()（）[]【】\"'“”"


@cache
def _sentences() -> re.Pattern[str]:
    return re.compile("|".join(map(_sentence, listed(_WORDS).values())))


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
    return _sentences().fullmatch(folded) is not None
