"""The place that a table without a column of places is about: by its sheet, its title, a line above it, or its file."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import PurePath
from typing import TYPE_CHECKING

from visittally.words.dates import is_month_name
from visittally.words.folding import fold, fold_header, tidy
from visittally.words.ledgers import calls_a_place, calls_a_table, is_name, ledger_words, place_in
from visittally.words.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visittally.reading.blocks import TableSource
    from visittally.reading.kept import KeptTable

_IN_CHINESE = pattern(
    r"(?:^|(?<=[县区市镇乡盟旗])|(?<=街道)|(?<=[\d年月日_\-—\s（(《、.·]))"
    r"(?!驻村|农村|乡村|全村|本村|各村|入村|包村|进村|下村|行政村|自然村|示范村|贫困村|每村|社区)"
    r"(?P<name>[\u4e00-\u9fff]{1,7}?(?:村(?![民级务组干支两情])|社区|社區|嘎查|小区))"
)
_IN_A_TOWNSHIP = pattern(r"[\u4e00-\u9fff]{2,}?[镇乡](?P<name>[\u4e00-\u9fff]{2,}(?:村|社区|社區))")
_PERIOD = pattern(
    r"\d{2,4}\s*年度?|\d{1,2}\s*月份?|\d{1,2}\s*[日号號]|第?[一二三四1-4]季度|[上下]半年度?|[上中下]旬|年度"
    r"|第[\d一二三四五六七八九十]+[期批次周轮]"
)
"""When a table is of: no village begins with the month before it."""
_WORDS = pattern(r"[^\s,;:()\[\]<>«»\"“”/–—]+|:")
_LONGEST_NAME = 3
_GENERIC = pattern(
    r"(?:sheet|tabelle|feuil|feuille|hoja|planilha|data|table|page|team|group|round|week|month|list|form|copy|工作表|表|第)?\s*"
    r"[\d一二三四五六七八九十 .()（）_/-]*(?:月|季度|年|周|组|期|批|次|班|队)?"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic|fev|fév|avr|mai|juin|juil|août|déc)\w*\.?[\s\d-]*"
    r"|(?:enero|febrero|marzo|mayo|junio|julio|septiembre|octubre|noviembre|janvier|mars|visits?|raw|clean|summary|total|totals"
    r"|all|main|template|final|records?|results?|responses?|survey|register|ledger|men|women|north|south|east|west|q[1-4])\s*\d*",
    re.IGNORECASE,
)


_INSIDE = pattern(
    r"(?:.*[省市县区镇乡旗盟]|.*街道)?(?P<name>[\u4e00-\u9fff]{1,6}?(?:村(?![民委])|社区|社區|嘎查|屯))(?P<rest>[^村]{0,15})"
)
_GROUP = pattern(r"(?:第?[\d一二三四五六七八九十]{1,3}|[\u4e00-\u9fff]{1,4}?)(?:村民小组|小组|组|屯|队)")
"""The group in what follows a village; what stands behind it (a house number) is nobody's business."""
_BOTH = pattern(
    r"[\u4e00-\u9fff]{1,8}(?:村|社区|社區|嘎查)\s*第?(?:[\d一二三四五六七八九十]{1,3}|[\u4e00-\u9fff]{1,3})(?:村民小组|小组|组|屯|队|社)"
)
_MOSTLY = 0.8


def places_inside(table: KeptTable) -> tuple[list[str], list[str]] | None:
    """Villages and groups that one column holds together (东沟村2组), or an address; None where no column does.

    Args:
        table: The table.
    """
    known = ledger_words("place_inside")
    told = [c for c, header in enumerate(table.header) if fold_header(header) in known]
    others = [c for c in range(len(table.header)) if c not in told]
    found = (_parts(table, c) for c in told)
    return next(filter(None, found), None) or next(filter(None, (villages_with_groups(table, c) for c in others)), None)


def villages_with_groups(table: KeptTable, c: int) -> tuple[list[str], list[str]] | None:
    """Villages and groups of a column of which nearly every cell holds both (白沙村3组); None for other columns."""
    filled = [cell for row in table.rows if (cell := row.cells[c].strip())]
    both = sum(_BOTH.fullmatch(cell) is not None for cell in filled)
    return _parts(table, c) if filled and both >= _MOSTLY * len(filled) else None


def _parts(table: KeptTable, c: int) -> tuple[list[str], list[str]] | None:
    cells = [row.cells[c].strip() for row in table.rows]
    found = [_INSIDE.fullmatch(cell) for cell in cells]
    filled = sum(map(bool, cells))
    if not filled or sum(match is not None for match in found) < _MOSTLY * filled:
        return None
    villages = [match["name"] if match else "" for match in found]
    groups = [_GROUP.match(match["rest"].strip()) if match else None for match in found]
    return villages, [group[0] if group else "" for group in groups]


def places_beside(tables: Sequence[TableSource]) -> tuple[list[str], str] | None:
    """The place of each of some tables without a column for it.

    Args:
        tables: The tables.

    Returns:
        One name for each, and where it was found (`sheet`, `title`, `file`); None where not all have one.
    """
    sheets = [_of_sheet(table, tables) for table in tables]
    titles = [
        next(filter(None, (place_in_title(cell) for row in table.titles for cell in _lines(row))), "")
        for table in tables
    ]
    files = [place_in_title(PurePath(table.file).stem.replace("_", " ")) for table in tables]
    for where, names in (("sheet", sheets), ("title", titles), ("file", files)):
        if names and all(names):
            return names, where
    mixed = [next(filter(None, found), "") for found in zip(sheets, titles, files, strict=True)]
    return (mixed, "title") if mixed and all(mixed) else None


def _lines(row: Sequence[str]) -> list[str]:
    """The cells of a title row; a label and what stands in the next cell are one line."""
    found = list(row)
    for label, value in pairwise(row):
        if calls_a_place(label.strip(" :：")):
            found.insert(0, f"{label.strip(' :：')}: {value}")
    # A line that names the place comes before a title that holds it among other words.
    return sorted(found, key=lambda cell: not any(sign in cell for sign in ":："))


def _of_sheet(table: TableSource, tables: Sequence[TableSource]) -> str:
    name = tidy(table.sheet or "")
    if not name:
        return ""
    if found := place_in_title(name):
        return found
    alike = [other for other in tables if other.file == table.file]
    names = {tidy(other.sheet or "") for other in alike}
    # Several sheets of one table are named by what tells them apart.
    if (
        len(names) < 2
        or len(names) < len(alike)
        or any(_GENERIC.fullmatch(other) or is_month_name(other) for other in names)
    ):
        return ""
    if any(not any(c.isalpha() for c in other) or len(other) < 2 for other in names):
        return ""
    return "" if any(map(calls_a_table, names)) else name


def place_in_title(text: str) -> str:
    """The village that a title, or the name of a sheet or file, names; "" where it names none."""
    text = tidy(text)
    whole = place_in(text)
    if whole and not calls_a_table(whole):
        inside = _IN_CHINESE.search(_PERIOD.sub(" ", whole))
        return inside["name"] if inside else "" if fold(whole).endswith(("镇", "乡", "街道", "县", "市")) else whole
    found = _IN_CHINESE.search(_PERIOD.sub(" ", text))
    if found:
        within = _IN_A_TOWNSHIP.fullmatch(found["name"])
        return within["name"] if within else found["name"]
    return _beside_a_word(_WORDS.findall(text))


def _beside_a_word(words: Sequence[str]) -> str:
    """The name that stands before or behind a word for a place in a line, "" where none does."""
    for at, word in enumerate(words):
        if fold(word) in ledger_words("place_behind"):
            before = _name(list(reversed(words[max(0, at - _LONGEST_NAME) : at])))
            if before:
                return " ".join(reversed(before))
        for length in (3, 2, 1):
            told = fold(" ".join(words[at : at + length])).rstrip(".")
            if told not in ledger_words("place_before"):
                continue
            after = list(words[at + length :])
            colon = after[:1] == [":"]
            name = _name(_without_particles(after[1:] if colon else after), colon=colon)
            if name and (colon or told not in ledger_words("place_before_colon")):
                return " ".join(name)
            break
    return ""


def _without_particles(words: Sequence[str]) -> list[str]:
    """Words without the particles that they begin with: `de la Cruz`, `d'Or`."""
    left = list(words)
    while left:
        if left[0] in ledger_words("name_particles"):
            left = left[1:]
        elif left[0].startswith(("d'", "d’")):
            left[0] = left[0][2:]
        else:
            break
    return left


def _name(words: Sequence[str], *, colon: bool = False) -> list[str]:
    """The words of a name at the beginning of some words; none where they are words of a title."""
    found: list[str] = []
    for word in words[: _LONGEST_NAME + 1]:
        if not is_name(word) or calls_a_table(word):
            break
        found.append(word)
        if not word[0].isupper() and not colon:
            break  # scripts without capitals do not tell where a name ends
    return found if len(found) <= _LONGEST_NAME and any(len(word) > 1 for word in found) else []
