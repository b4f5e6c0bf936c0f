"""Answers that people number or dot within a cell: `1、道路；2、饮水`, `a) Road b) Water`, `①…②…`, `• …`."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from visittally.words.patterns import pattern
from visittally.words.vocabulary import key_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

_CALLED = r"(?:(?<!\w)(?:no|issue|problem|point)\s*[.:]?\s*|问题|诉求|事项|困难|建议|意见|第|[#№]\s*)?"
"""What people write before the number of an item."""
_MARK = pattern(
    r"(?i)(?<![\d.:：/-])(?:" + _CALLED + r"(\d{1,2})\s*(?:[、)）\]】]|[.．](?!\d)|[-–/:：](?=\s*[^\W\d_])|[°º](?=\s))"
    r"|(?:[#№]|(?<!\w)no\.?)\s*(\d{1,2})(?=\s)|[（(\[【]\s*(\d{1,2})\s*[)）\]】]|([①-⑳])|[（(]\s*([一二三四五六七八九])\s*[)）]"
    r"|([一二三四五六七八九])(?:、|是|[.．](?!\d))|其([一二三四五六七八九])[，,、:：]?"
    r"|[（(]?(?<!\w)([a-iа-и])\s*[)）]|(?<!\w)([أابجدهوزحط])\s*[-–)](?!\w))\s*"
)
_ROMAN = pattern(
    r"(?i)(?:[（(]\s*(?P<closed>[ivx]{1,4})\s*[)）]|(?<!\w)(?P<bare>[ivx]{1,4})\s*(?:[)）]|[.．:](?=\s)))\s*"
)
_ROMANS = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_SIGNS = "•●▪‣◦◆◇■★☆➢➤►▶❖※▲△✦・"
"""What nobody writes but before an item."""
_DOT = pattern(
    rf"^[^\S\n]*(?:[*·{_SIGNS}✓✔√→][^\S\n]*|[–—+>-][^\S\n]+)|[^\S\n]*[{_SIGNS}][^\S\n]*|[^\S\n]+[·][^\S\n]+",
    re.MULTILINE,
)
"""What stands before each of several answers, one a line; unusual ones also within a line."""
_WRITTEN_OUT = {
    **{
        ord(c): chr(ord("①") + n)
        for first in "❶➀➊⓵"
        for n, c in enumerate(map(chr, range(ord(first), ord(first) + 10)))
    },
    **{ord("⑴") + n: f"({n + 1})" for n in range(20)},
    **{ord("⒈") + n: f"{n + 1}." for n in range(20)},
    **{ord("㈠") + n: f"({one})" for n, one in enumerate("一二三四五六七八九")},
    **{ord(first) + n: f"({roman})" for first in "Ⅰⅰ" for n, roman in enumerate(_ROMANS)},
}
"""Numbers that are one character, as people write them with several."""
_DIGITS = "一二三四五六七八九"
_ALPHABETS = ("abcdefghi", "абвгдежзи", "أبجدهوزحط", "ابجدهوزحط")
_BEFORE_FIRST = frozenset("1１١۱१১（([【①一其aAiIаАأا#№nNpP问诉事困建意第 \t\n\u3000")
_FIRST = frozenset(
    "noipNOIP问诉事困建意第#№（([【其①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳*·✓✔√→–—+>-"
    + _DIGITS
    + _SIGNS
    + "".join(_ALPHABETS)
    + "".join(_ALPHABETS).upper()
    + "".join(map(chr, _WRITTEN_OUT))
)
"""How what begins an item can begin, besides a digit."""
_BREAKS = frozenset(" \t\r\n\u3000;；,，。.、")
_AROUND = "".join(_BREAKS)
_PIECES = pattern(r"[;；、,，|\n]")
_FORM = 0.1
"""Such a share of numbered cells that do not begin with 1 says that the numbers belong to the options of a form."""
_AGAIN = 0.5
"""Such a share of the items that come again makes them answers, and not sentences."""


def numbered_items(cell: str) -> tuple[str, ...] | None:
    """The items of a cell that numbers them from 1 on without a gap, or has a dot before each; None for any other.

    >>> numbered_items("1、道路破损；2、饮水困难。"), numbered_items("①Road②Water"), numbered_items("1. Road")
    (('道路破损', '饮水困难'), ('Road', 'Water'), ('Road',))
    >>> numbered_items("(i) Road (ii) Water"), numbered_items("❶道路❷饮水"), numbered_items("1/ Road 2/ Water")
    (('Road', 'Water'), ('道路', '饮水'), ('Road', 'Water'))
    >>> numbered_items("2. Water"), numbered_items("1.5 km, 2.5 km"), numbered_items("1、 2、")
    (None, None, None)
    """
    cell = cell.translate(_WRITTEN_OUT) if not cell.isascii() else cell
    if _DOT.match(cell):
        return _dotted_items(cell)
    if cell[:1] not in _BEFORE_FIRST:
        return None
    if cell[:1] in "iI(（" and _ROMAN.match(cell):
        return _in_order(cell, list(_romans(cell)))
    marks = list(_marks(cell))
    apart = [(number, start, end) for number, start, end, stands in marks if stands]
    found = _in_order(cell, apart)
    # "1、道路2、饮水": only where nothing stands between the items may a number stand in the middle of a text.
    return found if found is None or len(found) > 1 else _in_order(cell, [mark[:3] for mark in marks])


def _dotted_items(cell: str) -> tuple[str, ...] | None:
    lines = [line for line in cell.splitlines() if line.strip()]
    items = tuple(item.strip(_AROUND) for item in _DOT.split(cell)[1:])
    return items if all(map(_DOT.match, lines)) and all(items) else None


def _marks(cell: str) -> Iterator[tuple[int, int, int, bool]]:
    """The numbers that may begin an item, where they stand, and whether something parts them from what is before."""
    for found in _MARK.finditer(cell):
        plain, hashed, bracketed, circled, in_brackets, spelled, one_of, letter, arabic = found.groups()
        if circled:
            number = ord(circled) - ord("①") + 1
        elif letter or arabic:
            sign = (letter or arabic).lower()
            number = next(alphabet.index(sign) for alphabet in _ALPHABETS if sign in alphabet) + 1
        else:
            number = int(plain or hashed or bracketed or _DIGITS.index(in_brackets or spelled or one_of) + 1)
        before = cell[: found.start()][-1:]
        yield number, found.start(), found.end(), bool(circled) or not before or before in _BREAKS


def _romans(cell: str) -> Iterator[tuple[int, int, int]]:
    """The Roman numbers that may begin an item, and where they stand."""
    for found in _ROMAN.finditer(cell):
        written = (found["closed"] or found["bare"]).lower()
        if written in _ROMANS:
            yield _ROMANS.index(written) + 1, found.start(), found.end()


def _in_order(cell: str, marks: Sequence[tuple[int, int, int]]) -> tuple[str, ...] | None:
    begins: list[tuple[int, int]] = []
    for number, start, end in marks:
        if number == len(begins) + 1:
            begins.append((start, end))
    if not begins or cell[: begins[0][0]].strip():
        return None
    ends = [*(start for start, _end in begins[1:]), len(cell)]
    items = tuple(cell[end:stop].strip(_AROUND) for (_start, end), stop in zip(begins, ends, strict=True))
    return items if all(items) else None


def _begins_item(cell: str) -> bool:
    text = cell.lstrip()
    if text[:1] not in _FIRST and not text[:1].isdecimal():
        return False
    text = text.translate(_WRITTEN_OUT)
    return _MARK.match(text) is not None or _DOT.match(text) is not None


def numbers_answers(cells: Collection[str]) -> bool:
    """Whether some cells number several answers, and not the options of a form, which have the same number anywhere."""
    # A Roman number alone may be somebody's initial: I. Khan.
    marked = [
        cell for cell in cells if _begins_item(cell) or (_ROMAN.match(cell) and len(numbered_items(cell) or ()) > 1)
    ]
    lists = [items for cell in marked if (items := numbered_items(cell)) is not None]
    several = any(len(items) > 1 for items in lists) or len({key_of(items[0]) for items in lists}) > 1
    if not several or len(marked) - len(lists) > _FORM * len(marked):
        return False
    named = {(n, key_of(item)) for items in lists for n, item in enumerate(items)}
    always_so = len(named) == len({n for n, _item in named}) == len({item for _n, item in named})
    return not always_so or len(marked) < len(cells)


def come_again(cells: Collection[str]) -> bool:
    """Whether numbered items come again, in other cells or alone."""
    lists = [numbered_items(cell) or tuple(map(str.strip, (cell, *_PIECES.split(cell)))) for cell in cells]
    seen = Counter(key for items in lists for key in {*map(key_of, items)})
    items = [key_of(item) for cell in cells for item in numbered_items(cell) or ()]
    return sum(seen[key] > 1 for key in items) >= _AGAIN * len(items)
