"""Columns that hold personal data, told by their headers."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from visittally.folding import fold
from visittally.headers import header_key, header_words, last_part

_HEADERS = Path(__file__).parent / "personal_headers.toml"


@cache
def _aliases() -> frozenset[str]:
    return frozenset(map(header_key, _listed()["headers"]))


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in _listed()["patterns"])


@cache
def _listed() -> dict[str, list[str]]:
    with _HEADERS.open("rb") as file:
        found: dict[str, list[str]] = tomllib.load(file)
    return found


@cache
def _table_words(name: str) -> frozenset[str]:
    tables = _listed()["tables"]
    assert isinstance(tables, dict)
    return frozenset(tables[name])


def personal_alias(header: str) -> bool:
    """Whether a whole header, or its last part behind a path of groups, is a name for personal data.

    >>> personal_alias("Phone number"), personal_alias("group/户主姓名"), personal_alias("village name")
    (True, True, False)
    """
    return any(_is_alias(part) for part in {header, last_part(header)})


def _is_alias(header: str) -> bool:
    folded = fold(header)
    return header_key(header) in _aliases() or any(pattern.fullmatch(folded) for pattern in _patterns())


def personal_words(header: str) -> bool:
    """Whether the words of a header say that it holds people's names, telephones or addresses.

    Wider than `personal_alias`: good enough to keep a column out of tables, not to drop it from the records.

    >>> personal_words("name_of_clerk"), personal_words("restaurant_name"), personal_words("名称")
    (True, False, False)
    """
    folded = fold(header)
    if personal_alias(header):
        return True
    if any(
        re.search(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])" if word.isascii() else re.escape(word), folded)
        for word in _table_words("unless")
    ):
        return False
    if any(word in folded for word in _table_words("inside")):
        return True
    said = set(header_words(header))
    return bool(said & _table_words("name") and said & _table_words("people") and not said & _table_words("things"))
