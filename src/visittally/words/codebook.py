"""The codebook of problems: categories, their names and synonyms, cues that suggest them for free text."""

from __future__ import annotations

import math
from collections import defaultdict
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from visittally.dataclass import dataclass
from visittally.errors import ConfigError
from visittally.messages import _
from visittally.words.folding import fold
from visittally.words.lists import read_tables, shipped
from visittally.words.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

UNCLEAR = "unclear"
"""The code of text that no cue was found in; never one with `other`, which people choose."""
_KEYS = {"en": str, "zh": str, "theme": str, "synonyms": list, "cues": list, "sensitive": bool}
_TIE = 1e-9
_IDEOGRAPHS = 0x2E80
"""Characters from here on are written without spaces between words."""


@dataclass(frozen=True, slots=True)
class CuedCategories:
    """The categories that the cues in a text suggest.

    Attributes:
        codes: All categories hit, the best first; `unclear` alone where there is none.
        primary: The best one; `unclear` where there is none or the best ones tie.
        matched: Category -> the cues found, in the order of the text.
        tie: Whether several categories are equally good.
    """

    codes: tuple[str, ...]
    primary: str
    matched: Mapping[str, tuple[str, ...]]
    tie: bool = False


_UNCLEAR = CuedCategories((UNCLEAR,), UNCLEAR, {})


@dataclass(frozen=True, slots=True)
class Category:
    """A category or type of problem: its names, synonyms, cues, its theme, whether it can harm who spoke of it."""

    code: str
    en: str
    zh: str
    synonyms: tuple[str, ...] = ()
    cues: tuple[str, ...] = ()
    sensitive: bool = False
    theme: str = ""

    def label(self, language: str) -> str:
        """Its name in a language: zh or en."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True)
class Codebook:
    """Categories of problems, in the order in which they are printed.

    Attributes:
        categories: Categories by code.
        types: What people want with a problem (a question, a request, a complaint ...), by code.
    """

    categories: Mapping[str, Category]
    types: Mapping[str, Category]

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return _names(self.categories.values())

    @cached_property
    def _type_names(self) -> Mapping[str, str]:
        return _names(self.types.values())

    @cached_property
    def _cues(self) -> _Cues:
        return _Cues.of(self.categories.values())

    @classmethod
    def load(cls, path: str = "") -> Codebook:
        """The codebook that comes with the program, changed by the user's file if one is given.

        A table of the user's file replaces the keys that it names in the category of that code; a new code
        is a new category, placed before `other`.

        Raises:
            ConfigError: The user's file cannot be read or says something that a codebook does not know.
        """
        if not path:
            return _shipped_codebook()
        tables = {code: dict(table) for code, table in shipped("categories").items()}
        own = read_tables(path)
        _check(path, own)
        last = {code: tables.pop(code) for code in ("other", UNCLEAR)}
        for code, table in own.items():
            (last if code in last else tables).setdefault(code, {}).update(table)
        return cls(_entries(tables | last), _entries(shipped("issue_types")))

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the categories in their order."""
        return tuple(self.categories)

    def names(self) -> frozenset[str]:
        """All codes, labels and synonyms of categories."""
        return frozenset(name for e in self.categories.values() for name in (e.code, e.en, e.zh, *e.synonyms))

    def category(self, text: str) -> str | None:
        """The category that a given answer names: it equals a code, a label or a synonym."""
        return self._names.get(fold(text)) or self._names.get(fold(text.replace("_", " ")))

    def issue_type(self, text: str) -> str | None:
        """The type that a given answer names ("咨询", "complaint"), or None."""
        return self._type_names.get(fold(text))

    def label(self, code: str, lang: str) -> str:
        """The name of a category or type in a language (zh or en); the code itself where it is unknown."""
        entry = self.categories.get(code) or self.types.get(code)
        return code if entry is None else entry.label(lang)

    def sensitive(self, code: str) -> bool:
        """Whether a category or type can harm who spoke of it."""
        entry = self.categories.get(code) or self.types.get(code)
        return entry is not None and entry.sensitive

    def sensitive_codes(self) -> frozenset[str]:
        """The codes of all categories and types that can harm who spoke of them."""
        return frozenset(e.code for e in (*self.categories.values(), *self.types.values()) if e.sensitive)

    def code_text(self, text: str) -> CuedCategories:
        """Suggest categories for a free text by its cues.

        The longest cues come first and mask what they cover, so that a cue inside another one does not
        count. The score of a category is the sum over its cues of their length times the square root of how
        often they occur.

        >>> Codebook.load().code_text("村道坑坑洼洼，自来水经常停水").codes
        ('road', 'water')
        """
        given = self.category(text)
        if given is not None:
            return CuedCategories((given,), given, {given: (text.strip(),)})
        found = self._cues.find(fold(text))
        if not found:
            return _UNCLEAR
        counts: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for code, cue in found:
            counts[code][cue] = counts[code].get(cue, 0) + 1
        scores = {c: math.fsum(len(cue) * math.sqrt(n) for cue, n in cues.items()) for c, cues in counts.items()}
        order = {code: i for i, code in enumerate(self.categories)}
        codes = tuple(sorted(scores, key=lambda code: (-round(scores[code], 9), order[code])))
        tie = len(codes) > 1 and scores[codes[0]] - scores[codes[1]] < _TIE
        matched = {code: tuple(counts[code]) for code in codes}
        return CuedCategories(codes, UNCLEAR if tie else codes[0], matched, tie)


@cache
def _shipped_codebook() -> Codebook:
    """The codebook that comes with the program, which most of what is counted asks for."""
    return Codebook(_entries(shipped("categories")), _entries(shipped("issue_types")))


@dataclass(frozen=True)
class _Cues:
    """Finds cues in folded text: Chinese ones anywhere, others as whole words, with or without a plural s."""

    by_start: Mapping[str, tuple[tuple[str, str, bool], ...]]
    """First two characters -> the cues that begin so, as (cue, code, whole word)."""

    @classmethod
    def of(cls, entries: Iterable[Category]) -> _Cues:
        by_start: defaultdict[str, list[tuple[str, str, bool]]] = defaultdict(list)
        for entry in entries:
            for cue in dict.fromkeys(map(fold, entry.cues)):
                by_start[cue[:2]].append((cue, entry.code, ord(cue[0]) < _IDEOGRAPHS))
        return cls({start: tuple(cues) for start, cues in by_start.items()})

    def find(self, text: str) -> list[tuple[str, str]]:
        """The cues in a text that no longer cue covers, as (code, cue), in the order of the text."""
        hits = []
        for start in range(len(text) - 1):
            for cue, code, word in self.by_start.get(text[start : start + 2], ()):
                if text.startswith(cue, start) and (not word or _is_word(text, start, start + len(cue))):
                    hits.append((start, cue, code))
        taken: set[int] = set()
        kept = []
        for start, cue, code in sorted(hits, key=lambda hit: (-len(hit[1]), hit[0])):
            span = range(start, start + len(cue))
            if taken.isdisjoint(span):
                kept.append((start, code, cue))
                taken.update(span)
        return [(code, cue) for _start, code, cue in sorted(kept)]


_PLURAL = pattern(r"(?:e?s)?(?![^\W_])")


def _is_word(text: str, start: int, end: int) -> bool:
    """Whether text[start:end] stands as a word, a plural s apart."""
    return not (start and text[start - 1].isalnum()) and _PLURAL.match(text, end) is not None


def _names(entries: Iterable[Category]) -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in entries:
        for name in (entry.code, entry.en, entry.zh, *entry.synonyms):
            found.setdefault(fold(name), entry.code)
    return found


def _entries(tables: Mapping[str, Mapping[str, Any]]) -> dict[str, Category]:
    return {
        code: Category(
            code,
            table.get("en", code),
            table.get("zh", table.get("en", code)),
            tuple(table.get("synonyms", ())),
            tuple(table.get("cues", ())),
            table.get("sensitive", False),
            table.get("theme", ""),
        )
        for code, table in tables.items()
    }


def _check(path: str, tables: Mapping[str, Mapping[str, Any]]) -> None:
    """Check what a user's codebook says; one error names all that is wrong."""
    wrong = [
        _("[{code}] {key}: {reason}").format(code=code, key=key, reason=reason)
        for code, table in tables.items()
        for key, value in table.items()
        if (reason := _objection(key, value))
    ]
    if wrong:
        raise ConfigError(_("{path}: {wrong}.").format(path=path, wrong=_("; ").join(wrong)))


def _objection(key: str, value: object) -> str:
    """What is wrong with a key of a category, "" where nothing is."""
    if key not in _KEYS:
        return _("there is no such key (there are: {keys})").format(keys=", ".join(_KEYS))
    if not isinstance(value, _KEYS[key]):
        return _("must be {kind}").format(
            kind={str: _("a text"), list: _("a list of texts"), bool: "true/false"}[_KEYS[key]]
        )
    texts = value if isinstance(value, list) else []
    if not all(isinstance(text, str) for text in texts):
        return _("must be {kind}").format(kind=_("a list of texts"))
    return _("cues need two characters or more") if key == "cues" and any(len(fold(t)) < 2 for t in texts) else ""
