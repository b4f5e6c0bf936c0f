"""The order in which a reader looks for names."""

from __future__ import annotations

from visittally.words.patterns import pattern

_NUMBER = pattern(r"(\d+)")
_COUNTED = pattern(
    r"(第?)([一二三四五六七八九十百零〇]+)(?=小?组|村民小组|生产队|大?队|网格|社$|片|期|栋|幢|区$|号|居$|批|季度|年级)"
)
"""Chinese numerals that number something: groups, grids, teams; those in other names are words (三里村)."""
_ORDINAL = pattern(r"(第)([一二三四五六七八九十百零〇]+)(?=村|社|阶段|轮|次|届|户)")
"""Those that count only behind 第: 第二村, but 五一村."""
_NUMERALS = frozenset("一二三四五六七八九十百零〇")
_DIGITS = {c: i % 10 for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0}


def name_key(name: str) -> tuple[object, ...]:
    """Sort key of a name: numbers by value, letters without case, common Chinese characters by pinyin, blanks last.

    GB 2312 has its 3,755 common characters in the order of their pinyin, so their GB 18030 bytes sort that way.

    >>> sorted(["第10村", "第2村", "", "b", "A"], key=name_key)
    ['A', 'b', '第2村', '第10村', '']
    >>> sorted(["十组", "十二组", "二组", "一组"], key=name_key)
    ['一组', '二组', '十组', '十二组']
    >>> sorted(["第十村", "第二村"], key=name_key)
    ['第二村', '第十村']
    """
    parts: list[tuple[int, int, bytes]] = []
    numbered = name
    for numerals in () if name.isascii() or _NUMERALS.isdisjoint(name) else (_COUNTED, _ORDINAL):
        numbered = numerals.sub(lambda found: f"{found[1]}{_value(found[2])}", numbered)
    for part in _NUMBER.split(numbered):
        if part.isdecimal() and len(part) < 19:
            parts.append((0, int(part), b""))
        elif part:
            parts.append((1, 0, part.casefold().encode("gb18030", "replace")))
    return (not name, parts, name)


def _value(numeral: str) -> int:
    """The number that a Chinese numeral below a thousand stands for; digits alone (二〇三) are read as such."""
    if not set(numeral) & {"十", "百"}:
        return int("".join(str(_DIGITS[c]) for c in numeral))
    total = digit = 0
    for c in numeral:
        if c in "十百":
            total += (digit or 1) * (10 if c == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[c]
    return total + digit
