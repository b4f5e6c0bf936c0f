"""What stands in hand-kept tables besides records: totals, notes, signatures, page numbers, marks for "as above"."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path

from visittally.words.folding import fold, fold_header, simplify, tidy
from visittally.words.header_parts import composed_fields
from visittally.words.listed import listed
from visittally.words.patterns import pattern

_WORDS = Path(__file__).parent / "lists" / "ledger.toml"
_COLONS = " :.．。、,，;；-—_*"
_LONGEST_PLACE = 30
_LONGEST_CHINESE_PLACE = 12

_PAGE = pattern(
    r"[-–—(\[ ]*(?:第\s*[\d一二三四五六七八九十]+\s*页\s*[,，、/;；]?"
    r"\s*(?:[(（]?\s*共\s*[\d一二三四五六七八九十]+\s*页\s*[)）]?)?"
    r"|共\s*[\d一二三四五六七八九十]+\s*页\s*[,，、/;；]?\s*(?:第\s*[\d一二三四五六七八九十]+\s*页)?"
    r"|(?:page|pg|лист|hal|trang|ukurasa|uk|sayfa|पृष्ठ|পৃষ্ঠা|หน้า|blad|strona|oldal|fl|folio|pag|pág|página|pagina|halaman|seite|hoja|feuille|sheet|стр|страница|صفحة)\.?\s*(?:no\.?\s*)?\d+"
    r"(?:\s*(?:of|/|de|sur|dari|von|out of|из|من)\s*\d+)?"
    r"|[-–—]\s*\d{1,3}\s*[-–—]"
    r"|\d+\s*/\s*\d+\s*(?:pages?|页)|p\.\s*\d+(?:\s*/\s*\d+)?)[-–—)\]. ]*",
    re.IGNORECASE,
)
_ENUMERATED = pattern(
    r"(?:[一二三四五六七八九十]{1,3}\s*[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]\s*[、.．]?"
    r"|第[一二三四五六七八九十\d]{1,3}(?:部分|类|项)\s*[、:：.．]?"
    r"|\d{1,2}\s*[、.．)）](?!\d)\s*|[IVX]{1,5}[.)]\s+|[A-Z][.)]\s+)\s*(?P<name>\S.*)"
)
_BRACKETED = pattern(
    r"(?:【(?P<a>[^【】]+)】|\[(?P<b>[^\[\]]+)\]|[〖〔](?P<c>[^〖〗〔〕]+)[〗〕]"
    r"|[*=—-]{1,5}\s*(?P<d>[^*=—-]+?)\s*[*=—-]{1,5})"
)
_COUNTED = pattern(
    r"\s*[(（]\s*(?:共|计|total:?|n\s*=)?\s*\d+\s*[^()（）\d]{0,12}[)）]\s*$|\s*[:：]?\s*共?\s*\d+\s*(?:户|件|人|个|条|households?|visits?)\s*$",
    re.IGNORECASE,
)
_POINTED = pattern(r"\s*(?P<word>[^\W\d_][\w.]{1,20}?)\.?\s*(?:\.|[-–—])\s+\S")
_BEHIND_A_COMMA = pattern(r"\s*[,，;；(（][^,，;；(（]*\d.*$")
_NEXT_LABEL = pattern(r"\s+[^\s:：]{1,12}[:：].*$")
"""What else a line says of its table: `填报单位：石桥村  填报时间：…`."""
_IN_BRACKETS = pattern(r"\s*[（(][^（）()]*[)）]$")
_COUNTS = pattern(r"[^\d:：=]{0,40}\s*[:：=]\s*\d[\d.,]*\s*[^\d\s]{0,6}")
_APART = pattern(r"[\W_]+")
_FORM = pattern(r"[\s\d年月日时分/.\-—–:：_□☐○〇]*")
_FIGURE = pattern(r"\s*[:：]?\s*[\d.,]+\s*[^\d\s]{0,6}\s*")


@cache
def _lists() -> dict[str, frozenset[str]]:
    return {name: frozenset(map(fold, words)) for name, words in listed(_WORDS).items()}


def ledger_words(name: str) -> frozenset[str]:
    """A list of words in `lists/ledger.toml`, folded.

    Raises:
        KeyError: There is no such list.
    """
    return _lists()[name]


_KEY = pattern(r"(?:uuid:)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_DIGITS = dict.fromkeys(map(ord, "123456789"), "0")


def shape(cell: str) -> str:
    """A cell with the same digit everywhere: totals, notes, signatures, pages and examples are told without digits.

    Only of cells in ASCII, as some words in Chinese hold one; a key of a record has the shape of a number.

    >>> shape("HH-0127"), shape("2026-03-15"), shape("F81D4FAE-7dec-11d0-a765-00a0c91e6bf6"), shape("例1")
    ('HH-0000', '0000-00-00', '0', '例1')
    """
    if not cell.isascii():
        return cell
    return "0" if len(cell) >= 36 and _KEY.fullmatch(cell) else cell.translate(_DIGITS)


@lru_cache(maxsize=1 << 12)
def numbers_rows(header: str) -> bool:
    """Whether a header says that its column only numbers the rows.

    >>> numbers_rows("序 号"), numbers_rows("No."), numbers_rows("Household no")
    (True, True, False)
    """
    found = ledger_words("running")
    return fold_header(header) in found or fold(header) in found


@lru_cache(maxsize=1 << 12)
def may_number_rows(header: str) -> bool:
    """Whether a header goes over running numbers, or over other ones."""
    return fold_header(header) in ledger_words("running_if_consecutive")


@lru_cache(maxsize=1 << 12)
def is_no_quantity(header: str) -> bool:
    """Whether the numbers under a header are none that people add up: they name something, or say an age or a day.

    >>> [is_no_quantity(name) for name in ("household_id", "户号", "HH No.", "age", "paid", "no. of children")]
    [True, True, True, True, False, False]
    """
    text = fold(header)
    said = [word for word in _APART.split(text) if word]
    ends = ledger_words("no_quantity")
    return bool(said) and (said[-1] in ends or text.rstrip(_COLONS + "()（）").endswith(_without_letters(ends)))


@cache
def _without_letters(words: frozenset[str]) -> tuple[str, ...]:
    """Words of a language that sets no spaces between its words."""
    return tuple(word for word in words if word[0] >= "\u2e80")


@lru_cache(maxsize=1 << 14)
def is_ditto(cell: str) -> bool:
    """Whether a cell says that the value above holds.

    >>> [is_ditto(cell) for cell in ("同上", ' " ', "Do.", "道路同上", "")]
    [True, True, True, False, False]
    """
    # An ideograph at the beginning stays there when a text is folded: most texts are seen to be none by it.
    if "\u4e00" <= (first := simplify(cell[:1])) <= "\u9fff" and first not in _beginnings_of_dittos():
        return False
    text = fold(cell)
    return 0 < len(text) <= 20 and (text in ledger_words("ditto") or text.strip("()-—. ") in ledger_words("ditto"))


@cache
def _beginnings_of_dittos() -> frozenset[str]:
    return frozenset(word[0] for word in ledger_words("ditto") if word)


@lru_cache(maxsize=1 << 14)
def is_total(cell: str) -> bool:
    """Whether a cell announces a total, alone or of something that it names: `合计`, `Total Ashfield`, `合计：12户`.

    >>> [is_total(cell) for cell in ("合 计：", "东村小计", "Sub-total: Ashfield", "Sum of visits: 4", "合计村")]
    [True, True, True, True, False]
    """
    text = fold(cell)
    if not text or len(text) > 60:
        return False
    bare = text.strip(_COLONS + "()（）")
    if bare in ledger_words("total") or text.startswith(tuple(ledger_words_in_order("total_before"))):
        return True
    if bare.endswith(tuple(ledger_words_in_order("total_behind"))):
        return True
    if not text.startswith(_totals()):
        return False
    # One word may begin as another does: 小计, 小计数.
    behind = [text[len(word) :] for word in _totals() if text.startswith(word)]
    return any(_FIGURE.fullmatch(rest) or (rest[:1] == " " and _COUNTS.fullmatch(rest)) for rest in behind)


@cache
def _totals() -> tuple[str, ...]:
    return tuple(sorted(word for word in ledger_words("total") if len(word) > 1))


@cache
def ledger_words_in_order(name: str) -> tuple[str, ...]:
    """A list as it stands, folded but for white space at the ends, which matters to what begins or ends so."""
    return tuple(word.casefold() for word in listed(_WORDS)[name])


@lru_cache(maxsize=1 << 14)
def is_page_line(cell: str) -> bool:
    """Whether a cell only numbers a page.

    >>> [is_page_line(cell) for cell in ("第1页 共4页", "- Page 3 of 10 -", "第2页", "page", "12")]
    [True, True, True, False, False]
    """
    text = fold(cell)
    return 0 < len(text) <= 40 and _PAGE.fullmatch(text) is not None


def is_example(cell: str) -> bool:
    """Whether a cell says that what stands beside it shows how to fill the table in.

    >>> is_example("（示例）"), is_example("例子很多")
    (True, False)
    """
    return fold(cell).strip(" :()") in ledger_words("example")


@lru_cache(maxsize=1 << 14)
def is_note(cell: str) -> bool:
    """Whether a cell begins a note below or among records: `备注：本表一式两份`, `Note: ...`.

    >>> [is_note(cell) for cell in ("备注：一式两份", "注", "Source: the office", "*注：见附件", "注意安全")]
    [True, True, True, True, False]
    """
    if _said(cell, ledger_words("note")) is not None:
        return True
    pointed = _POINTED.match(cell)
    return pointed is not None and fold(pointed["word"]).strip(".") in ledger_words("note")


@lru_cache(maxsize=1 << 14)
def signs(cell: str) -> str | None:
    """What a cell holds behind the words with which somebody signs, "" where it holds no more; None for other cells.

    >>> signs("填表人：王小丽"), signs("审核人"), signs("（盖章）"), signs("道路")
    ('王小丽', '', '', None)
    """
    return _said(cell, ledger_words("sign"))


@lru_cache(maxsize=1 << 14)
def begins_signatures(cell: str) -> bool:
    """Whether a row that begins with this cell is one of signatures: a date or a phone number alone begins none."""
    return signs(cell) is not None and (_said(cell, ledger_words("sign_on")) is None or "章" in cell or "签" in cell)


def _said(cell: str, known: frozenset[str]) -> str | None:
    """What follows one of some words and a colon; "" where the cell is that word; None where it is something else."""
    if len(cell) > 400:
        return None
    text = fold(cell).strip(" *※★●·#(（[【)）]】_—-")
    word, colon, rest = (part.strip() for part in _split_at_colon(text))
    whole, word = word, word.strip(" *()（）_—-.")
    if word in known or f"{word}." in known:
        return rest if colon else ""
    bare = re.sub(r"[（(][^（）()]*[)）]|[_＿\s]+$", "", whole).strip(" *()（）_—-.")
    if (bare in known or f"{bare}." in known) and (colon or bare != word):
        return rest
    return None


def _split_at_colon(text: str) -> tuple[str, str, str]:
    for i, c in enumerate(text):
        if c in ":：":
            return text[:i], c, text[i + 1 :]
    return text, "", ""


def is_form_blank(cell: str) -> bool:
    """Whether a cell holds nothing but what a form holds before it is filled in: `年 月 日`, `____`.

    >>> is_form_blank("  年  月  日"), is_form_blank("□"), is_form_blank("2026年"), is_form_blank("12")
    (True, True, False, False)
    """
    text = cell.strip()
    return bool(text) and _FORM.fullmatch(text) is not None and not any(c.isdigit() for c in text)


_NO_NAMES = frozenset(
    {"the", "this", "that", "our", "your", "one", "any", "all", "each", "no", "per", "de", "la", "el", "le"}
)
_NUMBERED_NAME = pattern(r"[A-Z][a-z]+ (?:[A-Z]|[0-9]{1,3}[A-Za-z]?|[IVX]{1,4})")
"""A place that has a letter or a number for a name: `Village A`, `Ward 12`."""


@lru_cache(maxsize=1 << 14)
def place_in(text: str) -> str:
    """The place that a text names by its form, "" where it names none: `东村`, `Village: Ashfield`, `白沙村村民委员会`.

    >>> place_in("白沙村村民委员会"), place_in("Village: Ashfield"), place_in("某镇政府"), place_in("路坏了")
    ('白沙村', 'Ashfield', '', '')
    >>> place_in("填报单位（盖章）：东村  时间：3月"), place_in("Village: Upper Moss Date: 3 May")
    ('东村', 'Upper Moss')
    >>> place_in("Village A"), place_in("Ward 12"), place_in("Section 2"), place_in("The village")
    ('Village A', 'Ward 12', '', '')
    """
    plain = tidy(text)
    plain = plain[: len(_COUNTED.sub("", simplify(plain)))].strip(" ：:,，;；")
    word, colon, rest = (part.strip() for part in _split_at_colon(plain))
    if colon and (calls_a_place(word) or calls_a_place(_IN_BRACKETS.sub("", word))):
        rest = _BEHIND_A_COMMA.sub("", _NEXT_LABEL.sub("", rest))
        return place_in(rest) or (rest if _is_short(rest) and any(c.isalpha() for c in rest) else "")
    for office in sorted(ledger_words("place_office"), key=len, reverse=True):
        if plain.endswith(office) and len(plain) > len(office):
            kept = next((end for end in ("社区", "村") if plain.removesuffix(office).endswith(end)), "")
            stem = plain.removesuffix(office)
            return (
                stem
                if kept
                else stem + ("村" if office.startswith("村") else "社区" if office.startswith("居") else "")
            )
    folded = fold(plain)
    if not _is_short(plain) or any(c in plain for c in "，,。；;？?！!:："):
        return ""
    ends = any(folded.endswith(end) and len(folded) > len(end) for end in ledger_words("place_end"))
    if plain.isascii() or not _chinese(plain):
        # "Ashfield village", "Aldea Alta": names begin with capitals, "site inspection" and "the village" do not.
        begins = any(folded.startswith(f"{word} ") for word in ledger_words("place_before"))
        if begins and _NUMBERED_NAME.fullmatch(plain):
            return plain
        words = [w for w in plain.split() if len(w) > 3 or (len(w) > 1 and w[0].isupper() and fold(w) not in _NO_NAMES)]
        told = [word for word in words if fold(word) not in ledger_words("place_end") | ledger_words("place_before")]
        return plain if (ends or begins) and told and all(map(is_name, told)) else ""
    return plain if ends else ""


def names_its_place(text: str) -> bool:
    """Whether a line says which place it is about: `Village: Ashfield`, `填报单位：白沙村`.

    >>> names_its_place("Village: Ashfield"), names_its_place("Ashfield village"), names_its_place("Date: 3 May")
    (True, False, False)
    """
    word, colon, rest = (part.strip() for part in _split_at_colon(text))
    return bool(colon and rest) and calls_a_place(word)


@lru_cache(maxsize=1 << 12)
def calls_a_place(text: str) -> bool:
    """Whether a text, before a colon or above a name, says that a place follows: `Name of the village`.

    >>> calls_a_place("Name of the village"), calls_a_place("填报单位"), calls_a_place("Date")
    (True, True, False)
    """
    known = ledger_words("place_line") | ledger_words("place_before")
    return fold(text) in known or "village" in composed_fields(text)


@lru_cache(maxsize=1 << 12)
def calls_a_table(text: str) -> bool:
    """Whether a text speaks of a table, a month or an office, as titles do and names of places do not.

    >>> calls_a_table("Visits March"), calls_a_table("走访台账"), calls_a_table("Mesa Alta"), calls_a_table("白沙村")
    (True, True, False, False)
    """
    folded, known = fold(text), ledger_words("table_words")
    if any(word in folded for word in known if _chinese(word) or word.isdecimal()):
        return True
    said = re.split(r"[\s_.,;:()/–—]+", folded)
    return any(word in known or word.rstrip("s") in known for word in said)


def is_name(word: str) -> bool:
    """Whether a word can be one of a name: it begins with a capital, or its script has none.

    >>> is_name("Ashfield"), is_name("रामपुर"), is_name("inspection"), is_name("2026")
    (True, True, False, False)
    """
    return word[:1].isupper() or (word[:1].isalpha() and not word.isascii() and word[:1].lower() == word[:1].upper())


_VILLAGE = pattern(r"[\u4e00-\u9fff]{1,9}(?:村|社区|嘎查|村委会|居委会|屯)|(?![在家住村城乡])[\u4e00-\u9fff]{2}里")


@lru_cache(maxsize=1 << 12)
def is_village(text: str) -> bool:
    """Whether a text is the name of a village or community in Chinese and no more.

    >>> [is_village(text) for text in ("白沙村", "红岩社区", "中山里", "村里", "道路")]
    [True, True, True, False, False]
    """
    folded = fold(text)
    return _VILLAGE.fullmatch(folded) is not None and folded not in ledger_words("no_village")


def _is_short(text: str) -> bool:
    return (
        0
        < len(text)
        <= (_LONGEST_PLACE if text.isascii() else _LONGEST_CHINESE_PLACE if _chinese(text) else _LONGEST_PLACE)
    )


def _chinese(text: str) -> bool:
    return any("\u3400" <= c <= "\u9fff" for c in text)


@lru_cache(maxsize=1 << 14)
def heading_of(cell: str) -> tuple[bool, str]:
    """Whether a cell that stands alone in its row is set off as a heading, and what it names without its numbering.

    >>> heading_of("一、东村"), heading_of("【西村】"), heading_of("东村"), heading_of("1.5")
    ((True, '东村'), (True, '西村'), (False, '东村'), (False, '1.5'))
    """
    text = tidy(cell)
    found = _ENUMERATED.fullmatch(text)
    if found:
        return True, _COUNTED.sub("", found["name"]).strip(" ：:")
    found = _BRACKETED.fullmatch(text)
    if found:
        return True, next(filter(None, found.groups())).strip()
    return False, _COUNTED.sub("", text).strip(" ：:")
