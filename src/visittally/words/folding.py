"""When two spellings are the same: width, case, white space, traditional and simplified characters."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from visittally.words.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Mapping

_CHARACTERS = Path(__file__).parent / "lists" / "traditional.txt"
DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Marks that turn the direction of writing, as exports in Arabic, Hebrew or Persian put them around cells."""
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\ufe0e\ufe0f" + DIRECTIONS))
_MARKUP = pattern(r"<\s*/?\s*[a-zA-Z][^<>]{0,60}>")
_FORM_MARKS = pattern(
    r"[（(](?:必填|必答|选填|自动|自动填写|多选题?|单选题?|填空题?|可多选|required|optional)[）)]|[*＊※]"
    r"|[（(](?:e\.g\.?|for example|例如?|比如|如)[^()（）]*[）)]"
)
_BROKEN = pattern(r"(?<=[\u3000-\u9fff\uff00-\uffef])\s*\n\s*(?=[\u3000-\u9fff\uff00-\uffef])")
_NUMBERING = pattern(
    r"^(?:q(?:uestion)?\s*\d+\s*[、.:：)）_ ]|第\s*\d+\s*[题題]\s*[、.:：]?|\d+\s*[、.:：)）](?!\d))\s*"
)
_HEADER_END = " :：?？。.,，;；*＊"


@cache
def _simplified() -> dict[int, str]:
    """Traditional and variant characters, and letters with a cedilla for those with a comma -> the form compared."""
    pairs = _CHARACTERS.read_text(encoding="utf-8").split()
    return {ord(pair[0]): pair[1] for pair in pairs}


@cache
def _replaced() -> frozenset[str]:
    """The characters that `simplify` replaces: texts without them, as most are, need not be translated."""
    return frozenset(map(chr, _simplified()))


def simplify(text: str) -> str:
    """Traditional characters replaced by simplified ones, one by one; for comparing, not for printing."""
    return text if text.isascii() or _replaced().isdisjoint(text) else text.translate(_simplified())


@lru_cache(maxsize=1 << 16)
def fold(text: str) -> str:
    """The form in which spellings are compared, kept for the next time: see `fold_once`."""
    return fold_once(text)


def fold_once(text: str) -> str:
    r"""The form in which spellings are compared.

    Unicode compatibility form (full width becomes half width), outer white space gone, inner white space
    single and none beside an ideograph, invisible characters gone, case folded, traditional characters simplified.

    >>> fold_once("  Ａ村 "), fold_once("民愛村") == fold_once("民爱村"), fold_once("Low  Water\tflow")
    ('a村', True, 'low water flow')
    >>> fold_once("3 组") == fold_once("３组"), fold_once("İşlemde") == fold_once("işlemde")
    (True, True)
    """
    if text.isascii():
        return " ".join(text.split()).casefold()
    plain = unicodedata.normalize("NFKC", _visible(text)).casefold().replace("i\u0307", "i")  # Turkish İ
    plain = " ".join(unicodedata.normalize("NFKC", plain).split())
    return simplify(_closed_up(plain) if " " in plain else plain)


def _closed_up(text: str) -> str:
    """A text without the spaces beside ideographs."""
    first, *words = text.split(" ")
    found, last = [first], first
    for word in words:
        found += [word] if _is_ideograph(last[-1:]) or _is_ideograph(word[:1]) else [" ", word]
        last = word
    return "".join(found)


def _is_ideograph(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


@lru_cache(maxsize=1 << 16)
def fold_header(text: str) -> str:
    """The form in which headers are compared with the aliases of a field.

    Beyond `fold`: without mark-up, form marks such as `（必填）` or `*`, a leading number (`1、`, `Q1.`),
    trailing punctuation, and without white space between Chinese characters.

    >>> fold_header("1、所在村（必填）"), fold_header("Q2. Village:"), fold_header("走 訪 日 期 *")
    ('所在村', 'village', '走访日期')
    """
    plain = fold(_MARKUP.sub(" ", text))
    plain = _FORM_MARKS.sub(" ", plain).strip()
    plain = _NUMBERING.sub("", plain, count=1).rstrip(_HEADER_END).strip()
    return re.sub(r"(?<=[^\x00-\x7f]) +| +(?=[^\x00-\x7f])", "", plain) or fold(text)


def without_accents(text: str) -> str:
    """The text with plain letters for those with accents and marks.

    >>> without_accents("Muñoz"), without_accents("Nguyễn")
    ('Munoz', 'Nguyen')
    """
    if text.isascii():
        return text
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", plain)


def tidy(text: str) -> str:
    """The text for printing: as it was written, with single white space and nothing invisible."""
    return " ".join(_visible(text).split())


def one_line(header: str) -> str:
    r"""A header for printing: what was broken into lines to fit over a narrow column goes on without a gap in Chinese.

    >>> one_line("问题办\n理情况\n（选填）"), one_line("Visit\ndate ")
    ('问题办理情况（选填）', 'Visit date')
    """
    return tidy(_BROKEN.sub("", header) if "\n" in header else header)


def _visible(text: str) -> str:
    """The text without invisible characters; where all can be printed, as nearly always, there are none."""
    plain = text.isprintable() and "\ufe0f" not in text and "\ufe0e" not in text  # Python calls these two printable
    return text if plain else text.translate(_INVISIBLE)


def commonest(
    spellings: Mapping[str, int], folded: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, dict[str, int]]]:
    """The spelling under which what folds to the same is printed.

    Args:
        spellings: Raw values and how often each occurs.
        folded: Raw value -> its folded form.

    Returns:
        Folded form -> the commonest of its spellings, the first by code point where two are equally common; and for
        those with more than one spelling, how often each occurs.

    >>> spellings = {"民愛村": 1, "民爱村": 3, "Kabul": 2, "KABUL": 2}
    >>> commonest(spellings, {raw: fold_once(raw) for raw in spellings})[0]
    {'民爱村': '民爱村', 'kabul': 'KABUL'}
    """
    chosen: dict[str, str] = {}
    counts: dict[str, int] = {}
    several: dict[str, dict[str, int]] = {}
    for raw, count in spellings.items():
        key = folded[raw]
        # What is its own folded form is tidy.
        name = raw if key == raw else tidy(raw)
        seen = chosen.get(key)
        if seen is None:
            chosen[key] = raw if name == raw else name
            counts[key] = count
        elif key in several:
            several[key][name] = several[key].get(name, 0) + count
        elif seen == name:
            counts[key] += count
        else:
            several[key] = {seen: counts[key], name: count}
    for key, found in several.items():
        chosen[key] = min(found, key=lambda name: (-found[name], name))
    return chosen, several
