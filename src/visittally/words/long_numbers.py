"""Numbers as long as those of telephones and papers, of which nothing in their shape says what they are.

A single one is told from a figure, a date or a code by the column that it stands in: amid words it is none of these.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from visittally.words.patterns import pattern
from visittally.words.personal import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np

_LONG = pattern(r"[A-Z](?:\d{8}|[1-9]\d{6,8})|[+(]{0,2}\d(?:[ .\-()/]{0,2}\d){7,15}")
_GAPS = pattern(r"[ .\-()/+]+")
_DAY = pattern(r"(?:19|20)\d\d([-/.]?)(?:0?[1-9]|1[0-2])\1(?!\d{6}$).*|\d\d?([-/.]?)\d\d?\2(?:19|20)\d\d(?:$|\D.*)")
_LEAST = 5
_FEW = 3
"""So many different numbers at least tell what a column holds, in groups or not."""
_NEARLY_ALL, _DIFFERENT, _ROUND = 0.9, 0.8, 0.2
_SHORT = 9
"""Figures can have so many digits; all those of a column seldom have equally many."""
_BEYOND, _SELDOM, _ROUNDED = 1_000, 4, 1_000
"""Among shorter numbers a long one is so many times as large as any, there are so many others for each, and it is not
rounded to so many."""
_RUNNING = 20
"""Running numbers lie so close together at most, on average."""


def like_long_number(value: str) -> bool:
    """Whether a value is a number as long as those of telephones and papers, and neither a day, a range nor codes.

    >>> [like_long_number(text) for text in ("9841234567", "55 1234 5678", "E12345678", "31234567")]
    [True, True, True, True]
    >>> [like_long_number(text) for text in ("20260301", "2026-03-01 10", "5000-10000", "101 102 103", "0.12345678")]
    [False, False, False, False, False]
    """
    text = plain(value).removesuffix(".0")
    if not text[-1:].isdigit() or not _LONG.fullmatch(text) or _DAY.fullmatch(text):
        return False
    groups = _GAPS.sub(" ", text).split()
    if len(groups) == 1:
        return True
    if len(groups) > 5 or sum(map(len, groups)) < _SHORT:
        return False
    if len(groups) == 2:  # nor a decimal fraction
        return "." not in text and len(groups[0]) < 5 and len(groups[1]) - len(groups[0]) > 2
    return groups != sorted(set(groups)) or len(set(map(len, groups))) > 1


def mostly_long_numbers(values: Mapping[str, int]) -> bool:
    """Whether a column holds numbers of telephones or papers: long, nearly all different, neither round nor running.

    Where they come again, all are written in groups: bare ones are codes of something.

    Args:
        values: The different values of the column and how often each occurs; blanks not among them.

    >>> mostly_long_numbers(dict.fromkeys(("9841234567", "9808811223", "9861230042", "9741002233", "9812233445"), 1))
    True
    >>> mostly_long_numbers({f"{n}00000": 1 for n in range(1234, 1299, 7)})
    False
    """
    total = sum(values.values())
    again = len(values) < max(_LEAST, _DIFFERENT * total)
    if len(values) < _FEW or (again and not all(map(_GAPS.search, values))):
        return False  # bare numbers that come again are codes
    numbers: list[str] = []
    others = 0
    for value, n in values.items():
        if like_long_number(value):
            numbers.append("".join(filter(str.isdigit, plain(value).removesuffix(".0"))))
        else:
            others += n
            if others > (1 - _NEARLY_ALL) * total:
                return False
    lengths = Counter(map(len, numbers)).most_common()
    alike = sum(n for _length, n in lengths[: 1 if lengths[0][0] <= _SHORT else 2])
    if alike < _NEARLY_ALL * len(numbers):
        return False
    if sum(number.endswith("00") for number in numbers) > _ROUND * len(numbers):
        return False
    found = sorted(map(int, numbers))
    return found[-1] - found[0] > _RUNNING * len(found)


def astray_amid_shorter(numbers: np.ndarray, counts: np.ndarray) -> np.ndarray:
    """Which of a column's numbers are in the wrong cell: as long as those of telephones, amid much shorter ones.

    Args:
        numbers: The different numbers of a column; what is not finite is none.
        counts: How often each occurs.
    """
    import numpy as np

    none = np.zeros(len(numbers), bool)
    given = np.isfinite(numbers) & (counts > 0)
    largest = np.max(numbers, where=given, initial=0.0)
    if largest < 10**7:
        return none
    rest = given & (_BEYOND * np.abs(numbers) <= largest)
    long = given & ~rest
    if counts[rest].sum() < max(_LEAST, _SELDOM * counts[long].sum()):
        return none
    if numbers[long].min() < _BEYOND * np.max(np.abs(numbers), where=rest, initial=0.0):
        return none
    written = (f"{number:.0f}" for number in numbers[long].tolist() if number % 1 == 0 and number % _ROUNDED)
    return long if sum(map(like_long_number, written)) == long.sum() else none
