"""Numbers as people write them: "8.2万", "300余", "about 1,200", in full width, in Chinese, with units."""

from __future__ import annotations

import re
from fractions import Fraction

from visittally.dataclass import dataclass
from visittally.words.folding import fold
from visittally.words.patterns import pattern

_DIGITS = {c: i for row in ("〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖") for i, c in enumerate(row)} | {"两": 2}
_SMALL = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}
_FACTORS = {
    "十": 10,
    "百": 100,
    "千": 1000,
    "k": 1000,
    **_LARGE,
    "万亿": 10**12,
    "千万": 10**7,
    "百万": 10**6,
}
_APPROXIMATE_BEFORE = pattern(
    r"^(?:大约|大概|约为|约|近|将近|接近|超过|逾|不足|不到|至少|~|≈|>=?|<=?|about|around|some|approx\.?|approximately|over|nearly"
    r"|almost|ca\.?|c\.|aprox\.?|aproximadamente|unos|unas|cerca de|casi|env\.?|environ|à peu près|près de|presque|etwa"
    r"|ungefähr|sekitar|kira-kira)\s*"
)
_APPROXIMATE_AFTER = pattern(r"^\s*(?:左右|上下|以上|以下|\+|or so|or more)")
_MORE = "余多来几"
_ARABIC = pattern(
    r"(?P<number>[+-]?(?:\d{1,3}(?:[,'’ ]\d{3})+|\d+)(?:\.\d+)?(?:e[+-]?\d+)?|[+-]?\.\d+)"
    r"\s*(?P<more1>[余多来几]?)(?P<factor>万亿|千万|百万|[十百千万亿]|k(?![a-z]))?(?P<more2>[余多来几]?)"
)
_CHINESE = pattern(r"[〇零一二三四五六七八九十百千万亿两壹贰叁肆伍陆柒捌玖拾佰仟余多来几]+")
_DECIMAL_COMMA = pattern(r"[+-]?\d+,\d{1,2}(?!\d)|[+-]?\d{1,3}(?:\.\d{3})+,\d+")
_UNIT = pattern(r"[^\W\d_]+(?:[/²³][^\W\d_]*)?|[%$€£¥]")
_SECOND_UNIT = pattern(r"^\([^()\d]*\)")
_COUNTED = frozenset("户戶个件份家所人起名次天日年月周村组条项处间亩元岁口座头只栋位场批台辆里米")
"""Units that may follow a number in Chinese characters: 一般 and 万一 are no numbers."""
_RANGE = pattern(r"\d\s*(?:-|–|—|~|至|到|to)\s*\d")

_UNKNOWN = pattern(
    r".*[?？]\s*\d.*|.*\d\s*[?？].*|[?？]+"
    r"|(?:大?约|大概|近|近乎|共)?(?:若干|数十?|几十?百?|多|好几|好多|许多|不少|少量|大量|不详|不明|未知|未统计|待统计|不清)"
    r"\s*[余多来]?[^\W\d_]{0,3}|(?:大?约|大概|将近|近)"
    r"|(?:a )?(?:few|many|several|some|most|lots?|plenty|unknown|unclear|not counted|about|around|tbc|tbd|all)"
    r"(?: of them| households| visits)?"
    r"|plusieurs|quelques|beaucoup|inconnu|varios|varias|algunos|algunas|muchos|muchas|desconocido|vários|várias"
    r"|alguns|muitos|beberapa|banyak|несколько|много|неизвестно|mehrere|einige|viele|unbekannt"
    r"|数件|複数|多数|여러|다수"
)
"""What people write where they do not know how many."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number read from text.

    Attributes:
        value: The number, `int` where it is whole; None where the text holds none, or a damaged one.
        approximate: Whether the text says that it is not exact ("300余", "about 40").
        unit: What stands behind it ("户", "km"), "" without.
    """

    value: float | int | None
    approximate: bool = False
    unit: str = ""


_NONE = Quantity(None)


def parse(text: str) -> Quantity:
    """Read a number.

    A text with several numbers, a range, or a number with a damaged digit ("?00余") has no value: better
    none than a wrong one.

    >>> parse("8.2万个").value, parse("300余家"), parse("?00余份").value
    (82000, Quantity(value=300, approximate=True, unit='家'), None)
    """
    plain = fold(text).lstrip("'")
    if not plain or len(plain) > 80 or "?" in plain or "\ufffd" in plain or _RANGE.search(plain):
        return _NONE
    before = _APPROXIMATE_BEFORE.match(plain)
    rest = plain[before.end() :] if before else plain
    rest = re.sub(r"^[$€£¥]\s*", "", rest)
    if _DECIMAL_COMMA.match(rest):
        rest = re.sub(r"\.(?=\d{3})", "", rest).replace(",", ".", 1)
    arabic = _ARABIC.match(rest)
    if arabic:
        value, more, end = _arabic_value(arabic), bool(arabic["more1"] or arabic["more2"]), arabic.end()
    else:
        chinese = _CHINESE.match(rest)
        counted = chinese is not None and rest[chinese.end() :].strip()[:1] in {
            "",
            "左",
            "上",
            "以",
            "(",
            *_COUNTED,
        }
        value = _chinese_value(chinese.group()) if chinese and counted else None
        more, end = bool(chinese and set(chinese.group()) & set(_MORE)), chinese.end() if chinese else 0
    if value is None:
        return _NONE
    return _with_unit(value, rest[end:], approximate=more or before is not None)


def _with_unit(value: Fraction, rest: str, *, approximate: bool) -> Quantity:
    """The quantity with what stands behind its number; none where that is more than a unit."""
    unit = _UNIT.match(rest.strip())
    name = unit.group() if unit else ""
    for word in ("左右", "上下", "以上", "以下"):
        if name.endswith(word):
            name, approximate = name.removesuffix(word), True
    for sign in _MORE:
        if name.startswith(sign):
            name, approximate = name[1:], True
    tail = rest.strip()[unit.end() :] if unit else rest.strip()
    after = _APPROXIMATE_AFTER.match(tail)
    if after:
        approximate, tail = True, tail[after.end() :]
    if _SECOND_UNIT.sub("", tail).strip(" 。.,;"):
        return _NONE
    plain: float | int = value.numerator if value.denominator == 1 else float(value)
    return Quantity(plain, approximate, name)


def _arabic_value(match: re.Match[str]) -> Fraction | None:
    digits = re.sub(r"[,'’ ](?=\d{3})", "", match["number"])
    if "e" in digits and abs(int(digits.split("e")[1])) > 18:
        return None
    return Fraction(digits) * _FACTORS.get(match["factor"] or "", 1)


def _chinese_value(text: str) -> Fraction | None:
    """The value of a Chinese numeral such as 千余 (1000), 二十三, 三千五百, 一百零五, 二〇二六."""
    plain = "".join(c for c in text if c not in _MORE)
    if not plain or text[0] in _MORE or (text[0] in _LARGE and plain == text):
        return None
    if all(c in _DIGITS for c in plain):
        return Fraction(int("".join(str(_DIGITS[c]) for c in plain)))
    total = section = 0
    digit: int | None = None
    for c in plain:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif c in _SMALL:
            section += (1 if digit is None else digit) * _SMALL[c]
            digit = None
        else:
            total = (total + section + (digit or 0) or 1) * _LARGE[c]
            section, digit = 0, None
    return Fraction(total + section + (digit or 0))


def is_unknown_number(text: str) -> bool:
    """Whether a text says that there are some and not how many: a damaged number, a range, 若干, "several".

    >>> [is_unknown_number(text) for text in ("?00余份", "若干", "several", "10-15", "300余家", "道路", "")]
    [True, True, True, True, False, False, False]
    """
    plain = fold(text)
    if not plain or len(plain) > 40 or parse(plain).value is not None:
        return False
    return _UNKNOWN.fullmatch(plain) is not None or _RANGE.search(plain) is not None
