"""Personal values: recognised by their shape and check digits, taken out of texts.

A column is judged by the share of its values that look like one kind. Shapes that figures, dates, codes or technical
keys could have as well count only with a check digit, a prefix or a separator that they do not have.

Sources: GB 11643-1999 (citizen identification number, ISO 7064 MOD 11-2), ISO/IEC 7812 (bank cards, Luhn), GA 36-2018
(number plates), ITU-T E.164 (telephone numbers), 3GPP TS 23.003 (IMEI).
"""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from visittally.messages import _
from visittally.words import patterns
from visittally.words.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

THRESHOLD = 0.5
"""Share of the values that must be of one kind for a column to be called personal."""

_BLANK = frozenset({"", "-", "--", "/", "na", "n/a", "none", "null", "nan", "无", "没有", "不详", "(空)"})
_GAPS = pattern(r"[\s\-()./]+")
_MOBILE = pattern(r"(?:\+?86[\s-]?|0086[\s-]?)?1[3-9]\d([\s-]?)\d{4}\1\d{4}")
_LANDLINE = pattern(r"(?:\(0\d{2,3}\)[\s-]?|0\d{2,3}[\s-])[2-8]\d{6,7}(?:[-转]\d{1,5})?")
_ABROAD = pattern(r"(?:\+|00)[1-9]\d{0,2}(?:[\s\-.]?\(?\d{1,4}\)?){2,6}")
_NATIONAL = pattern(r"0[1-9]\d{1,3}([ -]?)\d{3}\1\d{3,4}")
"""Numbers with the zero for calls within a country."""
_IN_GROUPS = pattern(r"0[1-9]\d{0,3}([ .-])\d{2,7}(?:\1\d{2,4}){0,3}")
_CODES = 40
"""Codes of answers that stand one after the other are lower."""
_BEYOND_ZERO = pattern(r"\([2-9]\d{2}\) ?[2-9]\d{2}[ .-]\d{4}|[2-9]\d{2}([.-])[2-9]\d{2}\1\d{4}|9[78]\d-\d{7}")
"""Numbers of North America and Nepal."""
_EMAIL = pattern(r"[\w.+%-]+@(?:[\w-]+\.)+[^\W\d_]{2,}")
_EMAILS = pattern(r"(?<![\w.+%-])[\w.+%-]+@(?:[\w-]+\.)+[^\W\d_]{2,}(?:[\w.+%-]*@(?:[\w-]+\.)+[^\W\d_]{2,})*")
"""E-mails within a text, one after the other; looked for only where one can begin, so that it takes linear time."""
_ID_NUMBER = pattern(r"[1-9]\d{5}(?:18|19|20)\d{9}[\dXx]")
_OTHER_PAPERS = pattern(
    r"[1-7]\d{4}-\d{7}-\d|[A-Z]{4}\d{6}[HMX][A-Z]{5}[0-9A-Z]\d|\d{2}-\d{2}-\d{2}-\d{5}|\d{3}-\d{2}-\d{4}"
)
"""Numbers of papers whose shape nothing else has: of Pakistan, Mexico, Nepal, the United States."""
_AADHAAR = pattern(r"[2-9]\d{3}([ -])\d{4}\1\d{4}")
_APART = 100
"""Years and codes one after the other lie closer together."""
_CARD = pattern(r"[2-6]\d{3}(?:([ -]?)\d{4}){3}(?:\1\d{1,3})?")
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATE = patterns.pattern(rf"[{_PROVINCES}][A-HJ-NP-Z][·• -]?(?:[A-HJ-NP-Z0-9]{{5,6}}|[A-HJ-NP-Z0-9]{{4}}[挂学警港澳])")
_MAC = pattern(r"[0-9A-Fa-f]{2}(?:([:-])[0-9A-Fa-f]{2})(?:\1[0-9A-Fa-f]{2}){4}")
_DEVICE = pattern(r"(?:collect|ee\.[\w.-]+|android|imei|uuid-device):[\w-]{8,}", re.IGNORECASE)
_DECIMAL = pattern(r"[+-]?\d{1,3}\.\d{4,}")
_POINT = patterns.pattern(
    r"(?:(?:POINT ?)?\()?([+-]?\d{1,3}\.\d{3,})[\s,;]+([+-]?\d{1,3}\.\d{3,})(?:[\s,;]+-?[\d.]+){0,2}\)?", re.IGNORECASE
)
_DMS = pattern(
    r"\d{1,3}\s?°\s?\d{1,2}(?:\.\d+)?\s?['′’](?:\s?\d{1,2}(?:\.\d+)?\s?(?:[\"″”]|''))?\s?[NSEWnsew北南东西]?"
)
_DIGITS = {ord(zero) + n: str(n) for zero in "٠۰०০" for n in range(10)}
"""Digits of Arabic, Persian, Hindi and Nepali, Bengali."""
TELLING = (
    r"(?:^|[^0-9A-Za-z.])(?:(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}|[1-9]\d{5}(?:18|19|20)\d{9}[\dXx]"
    r"|0[1-9]\d{1,3}[ -]?\d{3}[ -]?\d{3,4}|\+[1-9]\d{0,2}(?:[ .-]?\d{2,4}){2,5})(?:$|[^0-9A-Za-z])"
    r"|[0-9A-Za-z_.+%-]+@[0-9A-Za-z-]+\.[0-9A-Za-z.-]*[A-Za-z]{2}"
)
"""Telephones, ids and e-mails within a text, for engines that never look back (RE2)."""
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范"
    "汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤"
)
_TITLE = patterns.pattern(rf"[{_SURNAMES}][\u4e00-\u9fff]{{0,2}}(?:先生|女士|某某|大爷|大妈|师傅)")
_TELLING = pattern(r"[\d@＠]|先生|女士|某某|大爷|大妈|师傅")
"""Something of this stands in every value that is taken out of texts."""
_HOUSE = patterns.pattern(
    r"\d{1,3}\s?组\s?\d{1,4}\s?号|(?:\d{1,3}\s?(?:栋|幢|号楼)\s?)(?:\d\s?单元\s?)?\d{2,4}\s?(?:室|号|户)"
)
_MAY_BE = patterns.pattern(
    rf"(?:\d\D*){{7}}|[@:]|(?:[0-9A-Fa-f]{{2}}-){{5}}|\.\d+\.|[组栋幢号]|[{_PROVINCES}][A-HJ-NP-Z]"
    r"|先生|女士|某某|大爷|大妈|师傅"
)
"""Something of this stands in every value of the kinds below, and in few others."""


def looks_personal(values: Sequence[str]) -> str:
    """The kind of personal values that a column holds, or an empty text.

    Args:
        values: Values of the column, or a sample of them; blanks do not count.

    Returns:
        `mobile`, `landline`, `phone` (international), `id_number`, `email`, `bank_card`, `plate`, `ip_address`,
        `device`, `coordinates`, `house_number` or `person`.

    >>> looks_personal(["138 0013 8000", "+86 139-1234-5678", "无"])
    'mobile'
    >>> looks_personal(["2024", "2025", "2026"])
    ''
    """
    texts: Counter[str] = Counter()
    for value, n in Counter(values).items():
        text = plain(value)
        if text.casefold() not in _BLANK:
            texts[text] += n
    total = texts.total()
    telling = {text: n for text, n in texts.items() if _MAY_BE.search(text)}
    if telling and sum(telling.values()) >= THRESHOLD * total:
        for kind, judge in _KINDS.items():
            if sum(n for text, n in telling.items() if judge(text)) >= THRESHOLD * total:
                return kind
    return "coordinates" if _coordinates(list(texts.elements())) else ""


def personal_kind(value: str) -> str:
    """The kind of personal value that a single text is, or an empty text; see `looks_personal`.

    >>> personal_kind("fox@example.org"), personal_kind("Village 12")
    ('email', '')
    """
    text = plain(value)
    if text.casefold() in _BLANK or not _MAY_BE.search(text):
        return ""
    return next((kind for kind, judge in _KINDS.items() if judge(text)), "")


def scrub(text: str) -> str:
    """The text with stand-ins for the personal values in it: phones, ids, cards, e-mails, plates, houses, names.

    >>> scrub("Call Mr Fox, fox@example.org")
    'Call Mr Fox, [e-mail]'
    """
    if not _TELLING.search(text) or not _MAY_BE.search(read := plain(text)):
        return text
    same = "".join(one if len(one) == 1 else char for char in text for one in [unicodedata.normalize("NFKC", char)])
    same = same if same.isascii() else same.translate(_DIGITS)
    # A sentence keeps its own signs where something in it is masked; a value that reads differently is shown as read.
    cleaned, kept = (same, text) if same.strip() == read else (read, read)
    found: list[tuple[int, int, str]] = []
    for word, known, check in _replacements():
        for match in known.finditer(cleaned):
            apart = all(match.end() <= start or match.start() >= end for start, end, _word in found)
            if apart and check(match[0]):
                found.append((match.start(), match.end(), word))
    if not found:
        return text
    for start, end, word in sorted(found, reverse=True):
        kept = f"{kept[:start]}[{word}]{kept[end:]}"
    return kept.strip()


def plain(value: str) -> str:
    """The value with characters of full width and digits of other scripts made plain, without blanks around it."""
    if value.isascii():
        return value.strip().lstrip("'").strip()
    return unicodedata.normalize("NFKC", value).translate(_DIGITS).strip().lstrip("'").strip()


def is_id_number(text: str) -> bool:
    """Whether it is a Chinese citizen identification number: shape, date of birth and check digit.

    >>> is_id_number("11010519491231002X"), is_id_number("110105194912310021")
    (True, False)
    """
    number = text.upper()
    if not _ID_NUMBER.fullmatch(number):
        return False
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    total = sum(int(digit) * pow(2, 17 - i, 11) for i, digit in enumerate(number[:17]))
    return "10X98765432"[total % 11] == number[17]


def passes_luhn(digits: str) -> bool:
    """Whether the last digit checks the others (Luhn).

    >>> passes_luhn("4111111111111111"), passes_luhn("4111111111111112")
    (True, False)
    """
    doubled = [int(d) * (1 + i % 2) for i, d in enumerate(reversed(digits))]
    return sum(d - 9 * (d > 9) for d in doubled) % 10 == 0


def _is_mobile(text: str) -> bool:
    return bool(_MOBILE.fullmatch(text.removesuffix(".0")))


def _is_abroad(text: str) -> bool:
    return bool(_ABROAD.fullmatch(text)) and 8 <= sum(c.isdigit() for c in text) <= 15


def _is_national(text: str) -> bool:
    if _NATIONAL.fullmatch(text):
        return 9 <= sum(map(str.isdigit, text)) <= 11
    return bool(_IN_GROUPS.fullmatch(text)) and _in_groups(text)


def _in_groups(text: str) -> bool:
    """Whether digits in groups are a telephone's: as many as these have, and not codes one after the other."""
    groups = _GAPS.sub(" ", text).split()
    codes = len(groups) > 2 and groups == sorted(set(groups)) and int(groups[-1]) < _CODES
    return 9 <= sum(map(len, groups)) <= 11 and not codes


def _is_other_paper(text: str) -> bool:
    if not _AADHAAR.fullmatch(text):
        return bool(_OTHER_PAPERS.fullmatch(text))
    groups = list(map(int, _GAPS.sub(" ", text).split()))
    return max(groups) - min(groups) >= _APART and _passes_verhoeff(_GAPS.sub("", text))


def _passes_verhoeff(digits: str) -> bool:
    """Whether the last digit checks the others, as in the numbers that India gives its residents."""
    check = 0
    for at, digit in enumerate(reversed(digits)):
        check = _DIHEDRAL[check][_permuted(int(digit), at % 8)]
    return check == 0


def _permuted(digit: int, times: int) -> int:
    for _time in range(times):
        digit = _PERMUTATION[digit]
    return digit


def _is_card(text: str) -> bool:
    digits = _GAPS.sub("", text)
    return bool(_CARD.fullmatch(text)) and passes_luhn(digits) and len(set(digits)) > 2


def _is_address(text: str) -> bool:
    if "." not in text and ":" not in text:
        return False
    try:
        ipaddress.ip_address(text.split("/", maxsplit=1)[0] if text.count("/") == 1 else text)
    except ValueError:
        return False
    return text.count(".") == 3 or text.count(":") >= 2


def _is_device(text: str) -> bool:
    imei = len(text) == 15 and text.isascii() and text.isdigit() and text[:2] in _REPORTING_BODIES and passes_luhn(text)
    return imei or bool(_MAC.fullmatch(text) or _DEVICE.fullmatch(text))


def _is_point(text: str) -> bool:
    pair = _POINT.fullmatch(text)
    return pair is not None and all(abs(float(part)) <= 180 for part in pair.groups())


def _coordinates(texts: Sequence[str]) -> bool:
    """Whether the values are degrees: nearly all figures with four decimals or more, close together, none beyond 180.

    A mean or a rate may have as many decimals; places that are visited in one campaign lie within a few degrees.
    """
    decimal = {text for text in set(texts) if _DECIMAL.fullmatch(text)}
    degrees = [float(text) for text in texts if text in decimal]
    figures = sum(text[-1].isdigit() for text in texts)
    if len(degrees) < 3 or len(degrees) < max(0.9 * figures, 0.7 * len(texts)):
        return False
    middle = sorted(degrees)[len(degrees) // 20 : len(degrees) - len(degrees) // 20]
    return max(map(abs, degrees)) <= 180 and max(middle) - min(middle) <= 10 and abs(middle[len(middle) // 2]) > 1


_REPORTING_BODIES = frozenset({"01", "35", "86", "91", "99"})
"""How the numbers of mobile devices begin: bodies that assign them."""
_PERMUTATION = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)
_DIHEDRAL = tuple(
    tuple((a + b) % 5 + 5 * (b > 4) if a < 5 else (a - b) % 5 + 5 * (b < 5) for b in range(10)) for a in range(10)
)
_KINDS: Mapping[str, Callable[[str], bool]] = {
    "id_number": lambda text: is_id_number(text) or _is_other_paper(text),
    "mobile": _is_mobile,
    "email": lambda text: bool(_EMAIL.fullmatch(text)),
    "bank_card": _is_card,
    "device": _is_device,
    "ip_address": _is_address,
    "landline": lambda text: bool(_LANDLINE.fullmatch(text)),
    "phone": lambda text: _is_abroad(text) or _is_national(text) or bool(_BEYOND_ZERO.fullmatch(text)),
    "plate": lambda text: bool(_PLATE.fullmatch(text)),
    "coordinates": lambda text: _is_point(text) or bool(_DMS.fullmatch(text)),
    "house_number": lambda text: bool(_HOUSE.search(text)) and len(text) <= 40,
    "person": lambda text: bool(_TITLE.fullmatch(text)),
}


def _always(_text: str) -> bool:
    return True


def _alone(pattern: re.Pattern[str]) -> re.Pattern[str]:
    """The pattern where no further letter or digit goes on before or after it."""
    return re.compile(rf"(?<![0-9A-Za-z])(?:{pattern.pattern})(?![0-9A-Za-z])", pattern.flags)


def _replacements() -> list[tuple[str, re.Pattern[str], Callable[[str], bool]]]:
    """Stand-in, pattern and check of each kind, those that could be taken for others first."""
    return [
        (_("id number"), _alone(_ID_NUMBER), _always),
        (_("id number"), _alone(_OTHER_PAPERS), _always),
        (_("id number"), _alone(_AADHAAR), _is_other_paper),
        (_("bank card"), _alone(_CARD), _is_card),
        (_("phone"), _alone(_MOBILE), _always),
        (_("phone"), _alone(_LANDLINE), _always),
        (_("phone"), _alone(_ABROAD), _is_abroad),
        (_("phone"), _alone(_NATIONAL), _is_national),
        (_("phone"), _alone(_IN_GROUPS), _in_groups),
        (_("phone"), _alone(_BEYOND_ZERO), _always),
        (_("e-mail"), _EMAILS, _always),
        (_("plate"), _PLATE, _always),
        (_("house"), _HOUSE, _always),
        (_("place"), _alone(_POINT), _is_point),
        (_("place"), _DMS, _always),
        (_("person"), _TITLE, _always),
    ]


def pseudonyms(names: Iterable[str], letter: str = "V") -> dict[str, str]:
    """Stand-ins for the names of visitors: V01, V02 ...

    Numbered in the order of a hash of the name, so that the same names get the same stand-ins in every run and the
    number tells neither alphabetical order nor how much somebody worked. This keeps names off the page; somebody
    who has the list of names can still work out who is who.

    Args:
        names: The names; repeats count once.
        letter: What their stand-ins begin with.

    >>> pseudonyms(["Ines", "Tom", "Ines"])
    {'Tom': 'V01', 'Ines': 'V02'}
    """
    import hashlib

    distinct = sorted(set(names), key=lambda name: (hashlib.sha256(name.encode()).digest(), name))
    width = max(2, len(str(len(distinct))))
    return {name: f"{letter}{number:0{width}}" for number, name in enumerate(distinct, 1)}
