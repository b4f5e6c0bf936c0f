"""The order in which a reader looks for names."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"(\d+)")


def name_key(name: str) -> tuple[object, ...]:
    """Sort key of a name: numbers by value, letters without case, common Chinese characters by pinyin, blanks last.

    GB 2312 has its 3,755 common characters in the order of their pinyin, so their GB 18030 bytes sort that way.

    >>> sorted(["第10村", "第2村", "", "b", "A"], key=name_key)
    ['A', 'b', '第2村', '第10村', '']
    """
    parts: list[tuple[int, int, bytes]] = []
    for part in _NUMBER.split(name):
        if part.isdecimal() and len(part) < 19:
            parts.append((0, int(part), b""))
        elif part:
            parts.append((1, 0, part.casefold().encode("gb18030", "replace")))
    return (not name, parts, name)
