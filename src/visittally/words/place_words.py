"""What a file calls its places: Community, Ward, 社区, 网格. Tables and sentences call them so, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.messages import _
from visittally.words.folding import fold
from visittally.words.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable

BOTH = " / "
"""Stands between the words of files that call their places differently."""
_ENGLISH = pattern(
    "community|neighbou?rhood|ward|settlement|hamlet|block|camp|site|street|zone|sublocation|location|parish|commune"
    "|municipality|town|suburb|cell|barangay|kebele|woreda|locality|area|estate|sector|quarter|cluster|(?:sub)?district"
    "|mohalla|sitio|purok|upazila|union|subcounty|division|circle|tehsil|taluka|mandal"
)
"""Words whose plurals are regular."""
_CHINESE = pattern(
    r"(?:行政|自然)村|社区|村(?:\((?:社区|居)\)|社区|居|庄|寨|屯)|小区|居委会|嘎查|里|村委会"
    r"|村民小组|村组|小组|网格|片区|楼栋|屯组"
    r"|乡镇|镇街|街道|镇|乡|乡镇\(?街道\)?|镇\(街道\)|乡\(镇\)|镇办|区县|县区|县|区|县\(市、?区\)|市县区|旗县"
)
_IN_CHINESE = {
    "community": "社区",
    "neighbourhood": "街区",
    "neighborhood": "街区",
    "district": "区",
    "ward": "区",
    "settlement": "聚居点",
    "camp": "营地",
    "site": "地点",
    "commune": "乡",
    "street": "街道",
    "town": "镇",
}
"""What tables in Chinese call the places of a file with English headers."""
_BESIDE = pattern(r"^(?:所属|所在|走访|被访|受访)的?|(?:名称|名)$")
_NAME = pattern(r"^name of (?:the )?| names?$")


def place_word(header: str, language: str) -> str:
    """The word for a place that a header is, as the heading of a column; "" where it says more, or in other words.

    >>> [place_word(header, "en") for header in ("Community", "grp/name_of_ward", "q7_site", "社区")]
    ['Community', 'Ward', '', '']
    >>> [place_word(header, "zh") for header in ("所属网格", "社区名称", "走访地点", "Ward")]
    ['网格', '社区', '', '区']
    """
    folded = fold(header.rpartition("/")[2]).strip(" *:")
    english = _NAME.sub("", folded.replace("_", " ").replace("-", ""))
    if language == "zh":
        word = _BESIDE.sub("", folded)
        return word if _CHINESE.fullmatch(word) else _IN_CHINESE.get(english, "")
    return english.capitalize() if _ENGLISH.fullmatch(english) else ""


def joint_word(headers: Iterable[str], field: str, ours: str, language: str) -> str:
    """The words of several headers for the same places, as files that were kept apart call them; "" where it is ours.

    Args:
        headers: Of the columns.
        field: What they hold.
        ours: What we call it.
        language: Of the table.

    >>> joint_word(["village", "Community name"], "village", "Village", "en")
    'Village / community'
    >>> joint_word(["村", "社区", "行政村"], "village", "村", "zh")
    '社区、行政村'
    """
    found = {}
    for header in headers:
        bare = _BESIDE.sub("", fold(header.rpartition("/")[2]).strip(" *:"))
        word = place_word(header, language) or (ours if bare in (field, fold(ours)) else "")
        found[word] = fold(word)
    words = [word for word, folded in found.items() if word and not _says_more(folded, found.values())]
    if len(words) > 1:
        return "、".join(words) if language == "zh" else BOTH.join([words[0], *map(str.lower, words[1:])])
    return next((word for word in words if word != ours), "")


def _says_more(word: str, others: Iterable[str]) -> bool:
    """Whether another word holds this one and more: 行政村 is a 村, and 村(社区) are 行政村 and 社区."""
    core = word.removeprefix("行政").removeprefix("自然")
    return any(word != other and (word in other or (core in other and not other.endswith(core))) for other in others)


def several(word: str) -> str:
    """More than one of what an English word names.

    >>> several("community"), several("parish"), several("ward")
    ('communities', 'parishes', 'wards')
    """
    if BOTH in word:
        return _(" and ").join(map(several, word.split(BOTH)))
    if not word.isascii():
        return word
    if word.endswith("y") and word[-2:-1] not in "aeiou":
        return f"{word[:-1]}ies"
    return f"{word}es" if word.endswith(("s", "sh", "ch", "x")) else f"{word}s"
