"""The signs that can stand between the answers joined in a cell, and what each of them asks for to be believed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.words.patterns import pattern
from visittally.words.vocabulary import key_of

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence


@dataclass(frozen=True, slots=True)
class SeparatorSign:
    """A possible separator.

    Attributes:
        sign: How people would name it.
        pattern: What is cut out.
        marks: Characters one of which is in all that is cut out.
        reuse: Least share of the pieces of joined cells that must be known from other cells.
        alone: Least share of them that must also stand alone in a cell somewhere.
    """

    sign: str
    pattern: re.Pattern[str]
    marks: str
    reuse: float
    alone: float


CANDIDATES = tuple(
    SeparatorSign(sign, pattern(between), marks, reuse, alone)
    for sign, between, marks, reuse, alone in (
        ("┋", r"\s*┋\s*", "┋", 0, 0),
        ("\\n", r"\s*[\r\n]+\s*", "\r\n", 0.5, 0.0),
        ("<br>", r"(?i)\s*<br\s*/?>\s*", "<", 0.5, 0.0),
        ("\\t", r"[^\S\t]*\t\s*", "\t", 0.5, 0.2),
        ("→", r"\s*(?:→|⇒|->)\s*", "→⇒>", 0.5, 0.2),
        (";#", r"\s*;#\s*", "#", 0.5, 0.0),
        ("•", r"\s*[•·●・]\s*", "•·●・", 0.5, 0.0),
        ("|", r"\s*\|+\s*", "|", 0.5, 0.0),
        (";", r"\s*[;；؛]\s*", ";；؛", 0.5, 0.0),
        ("、", r"\s*、\s*", "、", 0.5, 0.2),
        ("،", r"\s*،\s*", "،", 0.5, 0.2),
        (", ", r"\s*,(?:\s+|$)|\s*，\s*", ",，", 0.7, 0.2),
        (",", r"\s*,(?!\d{3}(?!\d))\s*|\s*，\s*", ",，", 0.7, 0.2),
        ("/", r"\s*[/／]\s*", "/／", 0.9, 0.5),
        ("+", r"\s*[+＋]\s*", "+＋", 0.9, 0.5),
        (" & ", r"\s+[&＆]\s+", "&＆", 0.9, 0.5),
        (" - ", r"\s+[-\u2013\u2014]\s+", "-\u2013\u2014", 0.9, 0.5),
        ("&", r"\s*[&＆]\s*", "&＆", 0.9, 0.5),
        ("\\", r"\s*[\\＼]\s*", "\\＼", 0.9, 0.5),
        ("—", r"\s*[—–]+\s*", "—–", 0.9, 0.5),
        ("。", r"\s*。\s*|\.\s+", "。.", 0.9, 0.5),
        ("和", r"\s*(?:以及|及|和|与|與)\s*", "及和与與", 0.9, 0.5),
        ("and", r"(?i)\s+(?:and|et|y|e|и|та|dan|và|na|und|ve|og)\s+", " ", 0.9, 0.5),
        ("  ", r"\s{2,}", " ", 0.9, 0.5),
    )
)
RARE_SIGNS = frozenset(("&", "\\", "—", "。", "和", "and", "  "))
"""Signs that also stand inside single answers, as in "husband and wife": several different lists prove them."""
_UNSPACED = {
    ", ": SeparatorSign(",", pattern(r"(?<=\S)[,，](?![\s\d])"), ",，", 0.6, 0.2),
    ",": SeparatorSign(",", pattern(r"(?<=\S)[,，](?![\s\d])"), ",，", 0.6, 0.2),
    ";": SeparatorSign(";", pattern(r"(?<=\S)[;；](?!\s)"), ";；", 0.5, 0.0),
}
"""The signs that also stand inside options, where a space follows them there and none between options."""
_SPACED_SIGN = pattern(r"[,，;；]\s+(?=\S)")
LIST_SIGNS = {c.sign: c.pattern for c in CANDIDATES if c.sign in {"|", ";", "、", "،", ","}}
"""Signs that hardly stand inside the names of options."""
_NEVER_IN_NAMES = frozenset((";", "|", "、", "،"))
SPACE = SeparatorSign(" ", pattern(r"\s+"), " ", 0.7, 0.1)
SPACE_OF_TOOL = SeparatorSign(" ", pattern(r"\s+"), " ", 0.5, 0)
PLAIN_WORDS = SeparatorSign(" ", pattern(r"\s+"), " ", 0.9, 0.5)
CAPITALISED = SeparatorSign(" ", pattern(r"\s+"), " ", 0.8, 0.1)
_BY_HAND = frozenset(("\\n", ";", "、", "،", ", ", ",", "/", "+"))
"""Signs that people mix when they write lists by hand."""
_LAST = frozenset(("和", "and"))
"""Words before the last one of a list."""
_NO_SIGN = "[^,，;；؛、،\n]"


def left_whole(answers: Collection[str]) -> list[str]:
    """The answers that a sign which separates nothing elsewhere would cut into answers, one of them given by itself.

    All of them where the sign also stands inside names.

    >>> left_whole(["road", "road;power", "water", "road, water", "road, main"])
    ['road;power', 'road, water']
    """
    known = set(map(key_of, answers))
    found: dict[str, None] = {}
    for answer in answers:
        for sign, between in LIST_SIGNS.items():
            pieces = [key_of(piece) in known for piece in between.split(answer) if piece.strip()]
            if len(pieces) > 1 and (any(pieces) if sign in _NEVER_IN_NAMES else all(pieces)):
                found[answer] = None
    return list(found)


def unspaced_signs(possible: Sequence[SeparatorSign], cells: Sequence[str]) -> list[SeparatorSign]:
    """Signs that stand between options without a space, where options have them with one: "School; far;Roads;"."""
    inside = [cell for cell in cells if _SPACED_SIGN.search(cell)]
    found = {one.marks: one for candidate in possible if (one := _UNSPACED.get(candidate.sign))}
    return [one for one in found.values() if inside and any(one.pattern.search(cell.strip()) for cell in cells)]


def mixed_signs(possible: Sequence[SeparatorSign], cells: Sequence[str] = ()) -> list[SeparatorSign]:
    """Several signs as one separator: who writes lists by hand uses now this one, now that.

    Where some of them hardly stand inside the names of options, these without the others, too.
    """
    by_hand = [candidate for candidate in possible if candidate.sign in _BY_HAND]
    of_lists = [candidate for candidate in by_hand if candidate.sign not in "/+"]
    last = [candidate for candidate in possible if candidate.sign in _LAST and _joins_various(cells, candidate)]
    found = [one for signs in dict.fromkeys((tuple(by_hand), tuple(of_lists))) for one in _mixed(signs)]
    return found + [_with_last(sign, word) for word in last for sign in (*of_lists, *found[-1:])]


def _joins_various(cells: Sequence[str], word: SeparatorSign) -> bool:
    """Whether a word before the last piece stands between ever other ones, and not in options such as "A and B"."""
    joined = re.compile(rf"({_NO_SIGN}*?)(?:{word.pattern.pattern.removeprefix('(?i)')})({_NO_SIGN}*)$", re.IGNORECASE)
    pairs = {(key_of(found[1]), key_of(found[2])) for cell in cells if (found := joined.search(cell.strip()))}
    return len(pairs) > 2 and min(len({pair[side] for pair in pairs}) for side in (0, 1)) < len(pairs)


def _with_last(sign: SeparatorSign, word: SeparatorSign) -> SeparatorSign:
    """A sign with a word before the last answer: "water, road and school", "道路、饮水和学校"."""
    before_word = word.pattern.pattern.removeprefix("(?i)").removeprefix(r"\s+")
    ends = rf"(?i:{word.pattern.pattern.removeprefix('(?i)')})(?={_NO_SIGN}*$)"
    between = re.compile(rf"(?:{sign.pattern.pattern})(?i:{before_word})(?={_NO_SIGN}*$)|{ends}|{sign.pattern.pattern}")
    return SeparatorSign(f"{sign.sign.strip()} {word.sign}", between, sign.marks + word.marks, 0.9, 0.5)


def _mixed(by_hand: Sequence[SeparatorSign]) -> list[SeparatorSign]:
    if len({candidate.marks for candidate in by_hand}) < 2:
        return []
    sign = " ".join(dict.fromkeys(candidate.sign.strip() for candidate in by_hand))
    between = re.compile("|".join(candidate.pattern.pattern for candidate in by_hand))
    return [SeparatorSign(sign, between, "".join(candidate.marks for candidate in by_hand), 0.9, 0.1)]
