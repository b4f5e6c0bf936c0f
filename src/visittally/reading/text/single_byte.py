"""Encodings of one byte a letter, told apart by what the words become in the likely languages.

Any bytes are text in most of these, so only a model of languages tells them apart. Of 273 short texts of survey words
in 34 languages, our own judgement of characters had read 99 right, charset-normalizer 180, chardetng 198, cChardet 206
and chardet 271 (with what follows here: all). Encodings of several bytes a character are judged in `characters`.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from visittally.words.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Mapping

USUAL = (
    *(f"cp{page}" for page in (1250, 1251, 1252, 1253, 1254, 1255, 1256, 1257, 1258, 874, 850, 866)),
    *(f"iso8859-{part}" for part in (1, 2, 4, 5, 6, 7, 8, 9, 13, 15)),
    *("tis-620", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic"),
)
"""What programs still write."""
RARE = (
    *(f"cp{page}" for page in (437, 720, 737, 775, 852, 855, 857, 858, 860, 862, 863, 864, 865, 869, 1125)),
    *(f"iso8859-{part}" for part in (3, 10, 14, 16)),
    *("mac-latin2", "mac-greek", "mac-turkish", "kz1048", "ptcp154"),
)
"""What is taken only where it is clearly likelier than all usual ones."""
CLOSE = 0.96
"""A usual encoding is taken before a rare one that is likelier, where it is as likely as this share of that."""
_WIDER = {"iso8859-1": "cp1252", "iso8859-9": "cp1254", "tis-620": "cp874"}
"""Encodings that are read as the one that holds all of their letters in the same places."""
NEARLY, CLEARLY = 0.93, 0.8
"""A usual encoding as likely as this share of the one taken (of a rare one) is named where it makes other words."""
LOOKED_AT = 1 << 16
"""So many bytes tell whether words are odd."""
_WORD = pattern(r"[^\W\d_](?:[\w\u00a1-\u00bf×÷\u2190-\u25ff]{0,28}[^\W\d_])?")
_SYMBOL = pattern(r"[\u00a1-\u00a9\u00ab-\u00b4\u00b6\u00b8\u00b9\u00bb-\u00bf×÷\u2190-\u25ff]")
_TYPOGRAPHIC = frozenset("‘’“”–—…•€£°·«»×²³½¼\u00a0´©®™§±")
_CONTROL = pattern(r"[\x80-\x9f]")
_WITHIN = pattern(r"(?<=[a-z])[À-ÖØ-Þ](?=[a-z])")


def likely(sample: bytes) -> dict[str, float]:
    """The encodings of one byte a letter that a text may be in, the likeliest first, with how likely each is.

    Args:
        sample: Lines of the text that are not ASCII.

    Returns:
        Python's names of the codecs, each of which decodes all of the sample -> a figure to compare them by.
    """
    if typographic := _typographic(sample):
        return {typographic: 1.0}
    from chardet import detect_all

    found = detect_all(sample, ignore_threshold=True, compat_names=False, include_encodings=(*USUAL, *RARE))
    shares: dict[str, float] = {}
    for one in found:
        weight = CLOSE if one["encoding"] in RARE else 1.0
        if name := _usual_name(one["encoding"] or "", sample):
            shares.setdefault(name, weight * one["confidence"])
    best = max(shares.values(), default=0.0)
    judged = {
        name: share * (1 - _odd(sample[:LOOKED_AT].decode(name, "replace"))) if share >= best / 2 else 0.0
        for name, share in shares.items()
    }
    return {name: judged[name] for name in sorted(shares, key=lambda name: (-judged[name], -shares[name]))}


def rival(found: Mapping[str, float], taken: str, sample: bytes) -> tuple[str, str, str]:
    """An encoding that is about as likely as the one taken and makes other words.

    Args:
        found: What `likely` gave.
        taken: The encoding that the text is read in.
        sample: Lines of the text that are not ASCII.

    Returns:
        Its name, a word as it is read, and that word as the other encoding has it; all "" where there is none.
    """
    words = _WORD.findall(sample[:LOOKED_AT].decode(taken, "replace"))
    rare = frozenset(codecs.lookup(name).name for name in RARE)
    least = (CLEARLY if taken in rare else NEARLY) * found.get(taken, 0.0)
    for name, share in found.items():
        if name in (taken, *rare) or share < least:
            continue
        others = _WORD.findall(sample[:LOOKED_AT].decode(name, "replace"))
        for word, other in zip(words, others, strict=False):
            if word != other:
                return name, word, other
    return "", "", ""


def _odd(text: str) -> float:
    """The share of words beyond ASCII that no language writes so: two scripts, a capital or a symbol within."""
    words = Counter(word for word in _WORD.findall(text) if not word.isascii())
    return sum(n for word, n in words.items() if _is_odd(word)) / words.total() if words else 1.0


def _is_odd(word: str) -> bool:
    if _SYMBOL.search(word) or any(a.islower() and b.isupper() for a, b in pairwise(word)):
        return True
    return len({_script(c) for c in word if c.isalpha()}) > 1


def _script(c: str) -> bool:
    """Whether a letter is Latin."""
    return c < "\u0250" or "\u1e00" <= c <= "\u1eff"


def _typographic(sample: bytes) -> str:
    """An encoding in which nothing but dashes, quotes and the like is not ASCII: no language shows in these."""
    windows = _decoded(sample, "cp1252")
    if windows is not None and _foreign(windows) <= _TYPOGRAPHIC:
        return "cp1252"
    mac = _decoded(sample, "mac-roman")
    odd = windows is None or _WITHIN.search(windows) is not None
    return "mac-roman" if odd and mac is not None and _foreign(mac) <= _TYPOGRAPHIC else ""


def _foreign(text: str) -> set[str]:
    return {c for c in set(text) if c > "\x7f"}


def _usual_name(name: str, sample: bytes) -> str:
    """Python's name of an encoding, of a wider one where that reads the text, too; "" where it makes no text of it."""
    for known in (_WIDER.get(name), name):
        text = _decoded(sample, known) if known else None
        if known and text is not None and not _CONTROL.search(text):
            return codecs.lookup(known).name
    return ""


def _decoded(sample: bytes, name: str) -> str | None:
    try:
        return sample.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None


def title(name: str) -> str:
    """What people call an encoding of one byte a letter: `Windows-1252`, `ISO-8859-2`, `KOI8-R`, `DOS 850`."""
    if windows := re.fullmatch(r"cp(125\d|874)", name):
        return f"Windows-{windows[1]}"
    if dos := re.fullmatch(r"cp(\d+)", name):
        return f"DOS {dos[1]}"
    if iso := re.fullmatch(r"iso8859-(\d+)", name):
        return f"ISO-8859-{iso[1]}"
    return " ".join(word.capitalize() for word in re.split(r"[-_]", name)) if name.startswith("mac") else name.upper()
