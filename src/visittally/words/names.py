"""Names of people: what looks like one, columns that are mostly names, and values as sentences may hold them.

A name has no shape of its own, so this is a judgement: it is made for whole columns, and where it is made for single
values it only keeps them out of sentences. In free text names cannot be found for certain.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from visittally.messages import _
from visittally.words.folding import without_accents
from visittally.words.listed import listed
from visittally.words.long_numbers import like_long_number
from visittally.words.patterns import pattern
from visittally.words.personal import plain, scrub

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

_LISTS = Path(__file__).parent / "lists"
_OTHERS = ("categories", "issue_types", "dispositions", "outcomes", "satisfaction", "words", "count_columns")
"""Lists of words that stand in answers."""
MOSTLY = 0.6
"""Share of the different values of a column that look like names where it is held back."""
DIFFERENT = 0.8
"""Share of the cells of a column that are different where nearly all are."""
THIRD = 1 / 3
"""Share of the values at the same place in a sentence that look like names where none of them is shown."""
_FEW, _SOME, _MANY, _RARE = 3, 4, 8, 2
_LONGEST_BESIDE = 200
"""No name with a telephone beside it is as long."""
_LONGEST = 7
"""Words of a name, particles among them."""
_PARTICLES = frozenset(
    ("de", "da", "do", "dos", "del", "la", "van", "von", "der", "den", "bin", "binti", "ibn", "al", "el", "ben", "y")
)
_MASKS, _DOTS = frozenset("某*＊×xX○"), frozenset("·•‧・")
"""One of these stands in names of the two kinds below: patterns with ideographs take milliseconds to compile."""
_MASKED = pattern(r"[\u4e00-\u9fff](?:某{1,2}|[*＊×xX○]{1,2}|[*＊×xX○][\u4e00-\u9fff])")
_BETWEEN = frozenset("、；;，,")
_LISTED = pattern(r"\s*[、；;，]\s*|,\s+")
"""What stands between several people in one cell."""
_MIDDLE_DOT = pattern(r"[\u4e00-\u9fff]{2,8}[·•‧・][\u4e00-\u9fff]{2,8}")
_DEGREE = pattern(r"[+-]?(?:1[0-7]|0?)\d?\d\.(?!\d*(?:000|999))\d{5,}")
"""Degrees of a position; other figures with so many decimals are seldom without what rounding leaves behind."""
_FEWEST_DIGITS = 6
"""A long number or a degree has so many digits at least."""
_BRACKET = pattern(r"\s*[(\[（【][^()\[\]（）【】]{1,20}[)\]）】]$")
_LONG_DIGITS = pattern(r"(?<![\w.])(?:\d{9,}|0\d{2,4}[ -]\d{3,4}[ -]?\d{3,4}|\d{3}[ -]\d{3}[ -]\d{4})(?![\w.]\d)")
_DIGITS_BESIDE = pattern(r"[\s,;:，；：(]*\+?\d[\d \-]{5,}\)?$|\s*\[[^\]]*\]$")
"""A telephone behind a name, as it stands or masked."""
_ARABIC_SIGNS = pattern("[\u064b-\u065f\u0670\u0640]")
_ARABIC_LETTERS = str.maketrans("أإآىة", "اااي\u0647")
_WORD = pattern(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*\.?")


@cache
def _listed() -> Mapping[str, frozenset[str]]:
    found = listed(_LISTS / "names.toml")
    return {
        "surnames": frozenset("".join(found["surnames"].split())),
        "double": frozenset(found["double"]),
        "ends": frozenset(found["ends"]),
        "words": frozenset(map(_folded, found["words"].split())),
        "given": frozenset(map(_folded, found["given"].split())),
        "common": frozenset(found["common"].split()),
        "characters": frozenset("".join(found["characters"].split())),
    }


def _folded(word: str) -> str:
    """A word in the form in which names are compared: small letters without accents, Arabic without its article."""
    text = word.casefold().strip(".'’")
    if not "\u0600" <= text[:1] <= "\u06ff":
        return text if text.isascii() else without_accents(text).replace("đ", "d")
    return _ARABIC_SIGNS.sub("", text).translate(_ARABIC_LETTERS).removeprefix("\u0627\u0644")


@cache
def _known() -> frozenset[str]:
    """All words of answers: whole ones of Chinese, single ones of other languages, in small letters."""
    found = set(_listed()["words"])
    for name in _OTHERS:
        for text in _texts(listed(_LISTS / f"{name}.toml")):
            found.add(text.casefold())
            found.update(re.findall(r"[a-z]{3,}", text.casefold()))
    return frozenset(found)


def _texts(node: object) -> Iterable[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for key, value in node.items():
            yield str(key)
            yield from _texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from _texts(value)


def like_name(value: str) -> bool:
    """Whether a value looks like the name of a person.

    Chinese: a surname with one or two characters, or parts joined by a dot. Other languages with capital letters: two
    to four words, all capitalised, none of them a word of answers or places; without capital letters, one of them a
    common name.

    >>> [like_name(text) for text in ("王小明", "欧阳修", "Wanjiru Kamau", "José de la Cruz")]
    [True, True, True, True]
    >>> [like_name(text) for text in ("道路", "王家庄", "Piped Water", "not handled", "Done")]
    [False, False, False, False, False]
    >>> [like_name(text) for text in ("wanjiru kamau", "محمد أحمد", "broken pump", "طريق محمد علي")]
    [True, True, False, False]
    """
    if len(value) > _LONGEST_BESIDE:
        return False
    text = plain(value)
    if not text[-1:].isalpha():
        text = _BRACKET.sub("", _DIGITS_BESIDE.sub("", text))
    if not 2 <= len(text) <= 60 or any(map(str.isdigit, text)):
        return False
    if "\u4e00" <= text[0] <= "\u9fff":
        return _like_chinese(text)
    return _like_other(text) or _with_common_name(text)


def _like_chinese(text: str) -> bool:
    if not _DOTS.isdisjoint(text) and _MIDDLE_DOT.fullmatch(text):
        return True
    if not _MASKS.isdisjoint(text) and _MASKED.fullmatch(text) and text[0] in _listed()["surnames"]:
        return True
    if (
        len(text) > 4
        or not all("\u4e00" <= c <= "\u9fff" for c in text)
        or text[-1] in _listed()["ends"]
        or text in _known()
    ):
        return False
    if text[:2] in _listed()["double"]:
        return len(text) > 2
    return len(text) < 4 and text[0] in _listed()["surnames"]


def _like_other(text: str) -> bool:
    words = text.replace(",", " ").split()
    if not 2 <= len(words) <= _LONGEST or not all(map(_WORD.fullmatch, words)):
        return False
    whole = [word for word in words if word.casefold() not in _PARTICLES]
    if not 2 <= len(whole) <= 4 or not all(word[0].isupper() for word in whole) or max(map(len, whole)) < 3:
        return False
    if len({word.isupper() for word in whole if len(word) > 1 and word[-1] != "."}) > 1:
        return False  # an abbreviation beside words: an office, a school
    return not any(word.casefold().strip(".'’") in _known() for word in whole)


def _words_of_names(text: str) -> list[str]:
    """The words of a text that could be a name by their number and letters, and that are none of answers or places."""
    words = text.replace(",", " ").split()
    if not 2 <= len(words) <= 4 or not all(map(_WORD.fullmatch, words)):
        return []
    folded = list(map(_folded, words))
    return [] if any(word in _known() for word in folded) else folded


def _with_common_name(text: str) -> bool:
    return any(word in _listed()["given"] for word in _words_of_names(text))


def _naming_somebody(values: Collection[str]) -> list[bool]:
    """Which values of a column look like names, or are common given ones by themselves.

    Provinces, brands and crops may be called as people are: beside other proper nouns a given name alone is none.

    >>> _naming_somebody(["Water", "Fatima"]), _naming_somebody(["Ghazni", "Herat", "Kunar", "Farah"])
    ([False, True], [False, False, False, False])
    """
    texts = list(map(plain, values))
    given = [_is_given(text) for text in texts]
    proper = sum(
        text[:1].isupper() and text.isalpha() and not text.isupper() and text.casefold() not in _known() and not one
        for text, one in zip(texts, given, strict=True)
    )
    alone = proper < max(_FEW, sum(given))
    return [like_name(value) or (one and alone) for value, one in zip(values, given, strict=True)]


def mostly_names(values: Mapping[str, int]) -> bool:
    """Whether a column is held back because most of its values look like names of people.

    Args:
        values: The different values of the column and how often each occurs; blanks not among them.

    >>> mostly_names({"Ann Otieno": 1, "Wanjiru Kamau": 1, "Peter Mwangi": 1}), mostly_names({"Ann Otieno": 40})
    (True, False)
    >>> mostly_names({"Ann Otieno": 9, "Peter Mwangi": 8}), mostly_names({"Kilimo Bora": 9, "Simba Pamba": 8})
    (True, False)
    >>> mostly_names(dict.fromkeys(("grace atieno", "tabu wekesa", "peter wafula", "muli kioko", "asha zuri"), 1))
    True
    >>> mostly_names(dict.fromkeys(("Estrada", "Energia", "Saúde", "Estrada, Saúde", "Energia, Saúde"), 2))
    False
    >>> mostly_names({"王小明": 1, "李芳": 1, "张建国": 1, "无": 5}), mostly_names({"白色": 3, "黄色": 2, "黑色": 5})
    (True, False)
    """
    texts = _told_apart({text: n for value, n in values.items() if len(text := plain(value)) > 1})
    if len(texts) < _FEW:
        of_people = len(texts) > 1 and all(like_name(text) and _of_common_names(text) for text in texts)
        return of_people or _single_names(texts)
    # Where values come again it takes most of them; few columns have to be looked at to their end.
    alike = _like_names(texts, MOSTLY if len(texts) < DIFFERENT * sum(texts.values()) else THIRD)
    if len(alike) < max(_FEW, MOSTLY * len(texts)):
        return _shaped_like_names(texts, len(alike)) or _single_names(texts)
    different = len(alike) >= DIFFERENT * sum(alike.values())
    chinese = sum("\u4e00" <= text[0] <= "\u9fff" for text in alike)
    if different or (2 * chinese > len(alike) and len(alike) >= _MANY):
        return True
    # Brands and crops look like names, too; of people that come again most have a common one.
    return sum(map(_of_common_names, alike)) >= MOSTLY * len(texts)


def _told_apart(texts: dict[str, int]) -> dict[str, int]:
    """The single names of cells that join several, 张三、李四; and lists of what stands alone elsewhere without them.

    "Estrada, Energia" names nobody, although it has the shape of a name.
    """
    several = (text for text in texts if not _BETWEEN.isdisjoint(text))
    joined = {text: pieces for text in several if len(pieces := _LISTED.split(text)) > 1}
    if len(joined) < _FEW:
        return texts
    single = {text: n for text, n in texts.items() if text not in joined}
    if all(piece in single for pieces in joined.values() for piece in pieces):
        return single
    people = sum(all(map(like_name, pieces)) for pieces in joined.values())
    if people < DIFFERENT * len(joined):
        return texts
    found = Counter(single)
    for text, pieces in joined.items():
        found.update(dict.fromkeys(filter(None, pieces), texts[text]))
    return dict(found)


def _of_common_names(text: str) -> bool:
    """Whether what looks like a name is made of common ones: in Chinese of the characters of given names."""
    if "\u4e00" <= text[0] <= "\u9fff":
        given = text[2 if text[:2] in _listed()["double"] else 1 :]
        return not _DOTS.isdisjoint(text) or not _MASKS.isdisjoint(given) or _listed()["characters"].issuperset(given)
    words = map(_folded, _BRACKET.sub("", _DIGITS_BESIDE.sub("", text)).replace(",", " ").split())
    return any(word in _listed()["given"] or word in _listed()["common"] for word in words)


def _single_names(texts: Mapping[str, int]) -> bool:
    """Whether nearly all values are one common given name each."""
    others = 0
    for text in texts:
        if not _is_given(text):
            others += 1
            if len(texts) < _SOME or others > (1 - DIFFERENT) * len(texts):
                return False
    return len(texts) > 1


def _is_given(text: str) -> bool:
    return text[:1].isupper() and _folded(text) in _listed()["given"]


def _like_names(texts: Mapping[str, int], least: float) -> dict[str, int]:
    """Those that look like names; none where they cannot be so large a share of all."""
    alike, left = {}, len(texts)
    for text, n in texts.items():
        if like_name(text):
            alike[text] = n
        elif (left := left - 1) < least * len(texts):
            return {}
    return alike


def _shaped_like_names(texts: Mapping[str, int], alike: int) -> bool:
    """Whether nearly all values are different and have the shape of names, and a third hold a common one."""
    if alike < max(_FEW, THIRD * len(texts)) or len(texts) < DIFFERENT * sum(texts.values()):
        return False
    short = [text for text in texts if len(text) <= _LONGEST_BESIDE]
    return sum(bool(_words_of_names(_BRACKET.sub("", text))) for text in short) >= DIFFERENT * len(texts)


def told(values: Sequence[str]) -> list[str]:
    """Values of one column as sentences may hold them: personal ones masked, names and what looks like them not shown.

    >>> told(["work ordered", "13800138000", "Wanjiru Kamau", "to be checked"])
    ['work ordered', '[phone]', '[name?]', 'to be checked']
    >>> told(["Wanjiru Kamau", "paid"])
    ['[name?]', '[not shown]']
    """
    texts = [masked_number(value) or masked_digits(scrub(value.strip("\x00 "))) for value in values]
    alike = _naming_somebody(values)
    hidden = THIRD * len(texts) <= sum(alike)
    person, other = withheld()
    return [
        person if name else other if hidden and not _harmless(text) else text
        for text, name in zip(texts, alike, strict=True)
    ]


def withheld() -> tuple[str, str]:
    """What stands for a value that looks like a name, and for one beside many of these."""
    return "[" + _("name?") + "]", "[" + _("not shown") + "]"


def _harmless(text: str) -> bool:
    """Whether a value is masked already, or a word of the lists."""
    return text.startswith("[") or text.casefold() in _known() or not any(map(str.isalpha, text))


def masked_answers(values: Mapping[str, int], *, places: bool = False) -> dict[str, str]:
    """Answers that are not shown -> what stands for them: rare ones like names or numbers of people.

    They are in the wrong cell, or names are one of many. Where answers that are given often look like names too, names
    are what the question asks for: of brands, of crops.

    Args:
        values: The answers and how often each occurs.
        places: Whether they are names of places, which are called as people are: these are masked in no case.

    >>> masked_answers({"done": 9, "Wanjiru Kamau": 1, "open": 4, "9841234567": 1})
    {'9841234567': '[long number]', 'Wanjiru Kamau': '[name?]'}
    >>> masked_answers({"done": 9, "open": 7, "Red Maize": 1, "Kilimo Bora": 20, "Simba Pamba": 1})
    {}
    """
    masked = _masked_numbers(values)
    alike = [] if places else [value for value, named in zip(values, _naming_somebody(values), strict=True) if named]
    rare = [value for value in alike if values[value] <= _RARE]
    seldom = sum(n for n in values.values() if n <= _RARE)
    few = seldom <= THIRD * sum(values.values()) or all(map(_of_common_names, rare))
    astray = few and len(rare) == len(alike)
    if not astray and len(rare) < THIRD * len(values):
        return masked
    return masked | dict.fromkeys(rare, "[" + _("name?") + "]")


def _masked_numbers(values: Mapping[str, int]) -> dict[str, str]:
    """Numbers of telephones, papers or places that stand amid words."""
    shown = {value: mask for value in values if (mask := masked_number(value))}
    if sum(values[value] for value in shown) > THIRD * sum(values.values()):
        return {}
    return {value: mask for value, mask in shown.items() if values[value] <= _RARE}


def masked_number(value: str) -> str:
    """What stands for a value that is a long number or a degree; nothing for others, and where its shape tells more."""
    if not value[-1:].isdigit() or sum(map(str.isdigit, value)) < _FEWEST_DIGITS or scrub(value) != value:
        return ""
    word = _("long number") if like_long_number(value) else _("place") if _DEGREE.fullmatch(plain(value)) else ""
    return f"[{word}]" if word else ""


def an_example(values: Iterable[str]) -> str:
    """One of the values, of those that need no mask where there are such.

    >>> an_example(["13447712782", "soon"]), an_example(["0712345678"])
    ('soon', '[phone]')
    """
    found = sorted(set(values))
    shown = told(found)
    return next((text for value, text in zip(found, shown, strict=True) if value == text), shown[0] if shown else "")


def masked_digits(text: str) -> str:
    """The text without numbers that are as long as those of telephones and papers.

    >>> masked_digits("0712 345 678"), masked_digits("2026-13-77 10:30:00"), masked_digits("20261377")
    ('[long number]', '2026-13-77 10:30:00', '20261377')
    """
    return _LONG_DIGITS.sub("[" + _("long number") + "]", text) if any(map(str.isdigit, text)) else text
