"""Headers put together from known words, which no list has as wholes: "Village / Ward visited", 问题解决情况."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.words.folding import fold, without_accents
from visittally.words.listed import listed
from visittally.words.patterns import pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping, Sequence

_LIST = Path(__file__).parent / "lists" / "header_parts.toml"
_BETWEEN = pattern(r"[\s/\\,.;:()\[\]|&+_?؟،¿!¡#*'’\"“”‘`°º\-–]+")
_NUMBER = pattern(r"^\s*(?:Q(?:uestion)?\s*)?\d+\s*[、.:：)）]\s*")
_FORM_MARKS = pattern(r"[（(](?:必填|选填|自动|required|optional)[)）]|[*＊]")
_MOST_WORDS, _LONGEST = 9, 60
_TOGETHER = 3
"""So many words are one part at most."""
_YES_OR_NO = {"{if}": "(?:是否|是不是|有无|有没有)?", "{end}": "(?:与否)?(?:[(].*[)])?"}
"""How patterns write that a header may ask for yes or no."""


@dataclass(frozen=True, slots=True)
class _Parts:
    heads: frozenset[str]
    beside: frozenset[str]
    chinese: re.Pattern[str]


@cache
def _fields() -> Mapping[str, _Parts]:
    tables = listed(_LIST)
    fillers = tables["fillers"]["beside"]
    return {
        name: _Parts(
            frozenset(map(_plain, table["heads"])),
            frozenset(map(_plain, (*table["beside"], *fillers))),
            pattern("|".join(map(_written_out, table["zh"])) if table.get("zh") else r"(?!)"),
        )
        for name, table in tables.items()
        if name != "fillers"
    }


def _written_out(zh: str) -> str:
    for short, meant in _YES_OR_NO.items():
        zh = zh.replace(short, meant)
    return fold(zh)


@lru_cache(maxsize=1 << 12)
def composed_fields(header: str) -> tuple[str, ...]:
    """The fields that a header calls by words of which each is known.

    >>> [composed_fields(text) for text in ("Village / Ward visited", "问题解决情况", "Head of the village")]
    [('village',), ('status',), ()]
    """
    folded = fold(_FORM_MARKS.sub("", _NUMBER.sub("", header)))
    if not 1 < len(folded) <= _LONGEST:
        return ()
    if any("\u3400" <= c <= "\u9fff" for c in folded):
        bare = folded.replace(" ", "")
        return tuple(name for name, parts in _fields().items() if parts.chinese.fullmatch(bare))
    words = [_plain(word) for word in _BETWEEN.split(folded) if word]
    if not 0 < len(words) <= _MOST_WORDS or _known_parts().isdisjoint(text for _n, text in _runs(words, 0)):
        return ()
    return tuple(name for name, parts in _fields().items() if _says(words, parts))


@cache
def _known_parts() -> frozenset[str]:
    """The parts of what any field is called: most headers begin with none of them."""
    return frozenset[str]().union(*(part for parts in _fields().values() for part in (parts.heads, parts.beside)))


def _runs(words: Sequence[str], at: int) -> list[tuple[int, str]]:
    """The words from one on, so many of them together, the most first."""
    return [(n, " ".join(words[at : at + n])) for n in range(min(_TOGETHER, len(words) - at), 0, -1)]


def _says(words: Sequence[str], parts: _Parts) -> bool:
    """Whether each of some words is a part of what a field is called, and one of them says what it is."""
    at, said = 0, False
    while at < len(words):
        length, head = next(
            ((n, text in parts.heads) for n, text in _runs(words, at) if text in parts.heads or text in parts.beside),
            (0, False),
        )
        if not length:
            return False
        at, said = at + length, said or head
    return said


def _plain(text: str) -> str:
    """A word without case, width and accents."""
    return without_accents(text.casefold())
