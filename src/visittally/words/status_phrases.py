"""Sentences about what became of an issue: what they say, clause by clause."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from visittally.words.folding import fold
from visittally.words.listed import listed
from visittally.words.patterns import pattern

_WORDS = Path(__file__).parent / "lists" / "status_phrases.toml"
_CLAUSES = pattern(
    r"[;；。,，、|!！]|\.(?:\s|$)|->|→|=>|\b(?:but|then|and then|now|mais|pero|mas)\b|但是?|现(?=已)|目前"
)
_ENTRIES = pattern(r"\s*\n\s*(?=[\d(（①-⑳•·*–-])")
"""Lines of a cell that are entries: numbered, dated, marked. Elsewhere a line may break a sentence: 尚未 / 解决."""
_LONGEST = 300
_DONE = frozenset({"resolved", "resolved_on_spot", "answered_on_spot", "explained_cannot", "closed_procedural"})


@cache
def _phrases() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((one["code"], re.compile("|".join(one["patterns"]))) for one in listed(_WORDS)["phrases"])


@cache
def _negations() -> tuple[re.Pattern[str], re.Pattern[str]]:
    told = listed(_WORDS)["negations"]
    before, between, after = ("|".join(map(re.escape, told[key])) for key in ("before", "between", "after"))
    return (
        re.compile(rf"(?<!\w)(?:{before})(?:[\s'’]+(?:{between}))*[\s'’]+$"),
        re.compile(rf"\w*\s+(?:{after})(?!\w)"),
    )


@lru_cache(maxsize=1 << 14)
def phrase_disposition(text: str) -> str | None:
    """The disposition that a sentence tells, None where it tells none.

    What is not done comes before what was passed on, that before what was explained, and that before what is done: so
    negations decide. Of several stages in one sentence the last counts.

    >>> [phrase_disposition(text) for text in ("已协调解决", "未协调解决", "已上报镇政府，3月20日已修复")]
    ['resolved', 'in_progress', 'resolved']
    """
    folded = fold(_ENTRIES.sub("; ", text) if "\n" in text else text)
    if not folded or len(folded) > _LONGEST:
        return None
    found = [code for clause in _CLAUSES.split(folded) if clause and (code := _of_clause(clause)) is not None]
    return found[-1] if found else None


def _of_clause(clause: str) -> str | None:
    for code, phrase in _phrases():
        match = phrase.search(clause)
        if match:
            before, after = _negations()
            negated = before.search(clause[: match.start()]) or after.match(clause[match.end() :])
            return "in_progress" if code in _DONE and negated else code
    return None
