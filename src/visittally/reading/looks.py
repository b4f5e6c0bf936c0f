"""What single cells look like: blank, number, date, code, text. Used to find headers and rows that are no records."""

from __future__ import annotations

import re
from collections import Counter
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from visittally.words.folding import DIRECTIONS
from visittally.words.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Look(StrEnum):
    """What a cell looks like."""

    BLANK = "blank"
    NUMBER = "number"
    MOMENT = "moment"
    """A date, a time, or both."""
    FLAG = "flag"
    """True or false."""
    ADDRESS = "address"
    """A web address, an e-mail address, a file name of an attachment, a UUID."""
    CODE = "code"
    """One word that holds digits (`MG-8769`, `HH0012`)."""
    TEXT = "text"


SPACES = " \t\r\n\x0b\x0c\u00a0\u3000\u200b\ufeff" + DIRECTIONS
"""Stripped from both ends of a cell before it is looked at."""

_NUMBER = pattern(
    r"[-+(]?\s?[$£€¥￥₹]?\s?[-+]?(?:\d+(?:[,' \u00a0\u202f]\d{3})*|\d*)(?:[.,]\d+)?(?:[eE][-+]?\d+)?\s?[%‰)]?"
    r"\s?(?:个?(?:行政)?(?:村|社区|乡镇|镇|乡|组|小组|网格|单位)|[$£€¥￥₹元万亿户个件人份家所起条名次余多]{0,2})"
)
_MOMENT = pattern(
    r"""(?: \d{1,4} [-/.年] \s? \d{1,2} (?: [-/.月] \s? \d{1,4} 日? )? 月?
          | \d{1,2} 月 \d{1,2} 日
          | \d{1,2} [- ] [A-Za-z]{3,9} [- ,] \s? \d{2,4}
          | [A-Za-z]{3,9} \s \d{1,2} ,? \s \d{2,4} )?
        (?: (?: ^ | [T ,] \s* ) \d{1,2} : \d{2} (?: : \d{2} (?: [.,]\d+ )? )? (?: \s? [AaPp][Mm] )?
            (?: \s? (?: Z | UTC | [-+]\d{2}:?\d{2} ) )? )?""",
    re.VERBOSE,
)
_ADDRESS = pattern(
    r"(?:https?|ftp)://\S+|[\w.+-]+@[\w-]+\.[\w.-]+|\S+\.(?:jpe?g|png|gif|mp[34]|m4a|amr|3gpp?|pdf|docx?)"
    r"|(?:uuid:)?[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"
)
_FLAG = pattern(r"true|false", re.IGNORECASE)
_CODE = pattern(r"(?=[^\s]*\d)[A-Za-z\d][A-Za-z\d_./#-]*")
MOST = 0.9
"""What a column looks like is what so many of its filled cells look like."""
_MISSING = frozenset(("na", "n/a", "#n/a", "nan", "null", "none", "-", "--", ".", "(跳过)", "(空)", "无", "/"))

TOTALS = frozenset(
    (
        *("合计", "小计", "总计", "累计", "共计", "總計", "合計", "小計", "累計", "共計", "总和"),
        *("total", "totals", "subtotal", "subtotals", "sub-total", "sub total", "grand total", "overall total", "sum"),
    )
)
"""Labels of rows that are totals, in small letters."""
_TOTAL_END = ("合计", "小计", "总计", "合計", "小計", "總計", " total", " subtotal", " sub-total")


@lru_cache(maxsize=65_536)
def look(cell: str) -> Look:
    """What a cell looks like; tokens such as `NA` and `-` count as blank."""
    text = cell.strip(SPACES)
    if not text or text.casefold() in _MISSING:
        return Look.BLANK
    if len(text) > 200:
        return Look.TEXT
    if _NUMBER.fullmatch(text) and any(c.isdecimal() for c in text):
        return Look.NUMBER
    for written, found in ((_MOMENT, Look.MOMENT), (_FLAG, Look.FLAG), (_ADDRESS, Look.ADDRESS), (_CODE, Look.CODE)):
        if written.fullmatch(text):
            return found
    return Look.TEXT


def is_blank(cell: str) -> bool:
    """Whether nothing stands in a cell but white space."""
    return not cell.strip(SPACES)


def filled(cells: Sequence[str]) -> int:
    """How many cells are not blank."""
    return len([cell for cell in cells if cell and cell.strip(SPACES)])


def is_filled(cells: Sequence[str]) -> bool:
    """Whether any cell is not blank."""
    for cell in cells:  # noqa: SIM110 - a generator would take longer than the cells of most rows
        if cell and cell.strip(SPACES):
            return True
    return False


def usual_fill(rows: Iterable[Sequence[str]]) -> float:
    """The median number of filled cells of some rows, 0 where there are none."""
    counts = sorted(filled(row) for row in rows)
    return counts[len(counts) // 2] if counts else 0


@lru_cache(maxsize=4_096)
def is_total_word(cell: str) -> bool:
    """Whether a cell is the label of a total row: `合 计`, `Subtotal:`, `民爱村小计`."""
    if len(cell) > 60:
        return False
    text = cell.strip(SPACES + ":：()（）").casefold()
    return text in TOTALS or "".join(text.split()) in TOTALS or text.endswith(_TOTAL_END)


def is_subtotal_word(cell: str) -> bool:
    """Whether a cell is the label of the total of a part: `小计`, `民爱村小计`, `Subtotal`.

    >>> is_subtotal_word("Sub-total"), is_subtotal_word("小 计"), is_subtotal_word("合计")
    (True, True, False)
    """
    text = "".join(cell.split()).casefold()
    return is_total_word(cell) and any(word in text for word in ("小计", "小計", "subtotal", "sub-total"))


def mostly(looks: Iterable[Look]) -> Look:
    """What nine in ten of the cells look like that are not blank, `TEXT` where they differ."""
    counts = Counter(looks)
    counts.pop(Look.BLANK, None)
    if not counts:
        return Look.BLANK
    best = max(counts, key=counts.__getitem__)
    return best if counts[best] >= MOST * sum(counts.values()) else Look.TEXT
