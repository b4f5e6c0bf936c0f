"""Columns that hold personal data, told by their headers."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from visittally.survey.headers import header_key, header_words, last_part
from visittally.words.folding import fold
from visittally.words.listed import listed

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_OF = frozenset({"of", "du", "de", "del", "da", "do", "des"})
_PLACES = frozenset(
    ("county", "township", "village", "group", "place_kind", "responsible_unit", "handled_level", "unit")
)
"""Fields whose values are called as people are: villages, offices."""
_HEADERS = Path(__file__).parent / "lists" / "personal_headers.toml"


@cache
def _aliases() -> frozenset[str]:
    return frozenset(map(header_key, listed(_HEADERS)["headers"]))


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in listed(_HEADERS)["patterns"])


@cache
def _table_words(name: str) -> frozenset[str]:
    return frozenset(listed(_HEADERS)["tables"][name])


@cache
def _unless() -> re.Pattern[str]:
    """Words of headers that are none of people, though others in them may be; letters by themselves."""
    listed_words = _table_words("unless")
    alone = "|".join(re.escape(word) for word in listed_words if word.isascii())
    within = [re.escape(word) for word in listed_words if not word.isascii()]
    return re.compile("|".join([rf"(?<![^\W_])(?:{alone})(?![^\W_])", *within]))


@cache
def _any_of(name: str) -> re.Pattern[str]:
    """Any of some words, wherever it stands."""
    return re.compile("|".join(map(re.escape, _table_words(name))))


def personal_alias(header: str) -> bool:
    """Whether a whole header, or its last part behind a path of groups, is a name for personal data.

    >>> personal_alias("Phone number"), personal_alias("group/户主姓名"), personal_alias("village name")
    (True, True, False)
    >>> personal_alias("Village.Name"), personal_alias("Head.Name")
    (False, True)
    """
    last = last_part(header)
    if last != header and bare_name(last) and names_places(header):
        return False
    return any(_is_alias(part) for part in {header, last_part(header)})


def _is_alias(header: str) -> bool:
    folded = fold(header)
    return header_key(header) in _aliases() or any(pattern.fullmatch(folded) for pattern in _patterns())


def personal_words(header: str) -> bool:
    """Whether the words of a header say that it holds people's names, telephones or addresses.

    Wider than `personal_alias`: good enough to keep a column out of tables, not to drop it from the records.

    >>> personal_words("name_of_clerk"), personal_words("restaurant_name"), personal_words("名称")
    (True, False, False)
    >>> personal_words("team_leader"), personal_words("fo_name"), personal_words("supervisor_visit")
    (True, True, False)
    """
    folded = fold(header)
    if personal_alias(header):
        return True
    if _unless().search(folded):
        return False
    if _any_of("inside").search(folded):
        return True
    return _is_role(header) or _names_people(header_words(header))


def is_coordinate(header: str) -> bool:
    """Whether a header is that of a coordinate, of which the two are always blank together.

    >>> is_coordinate("GPS-Latitude"), is_coordinate("经度"), is_coordinate("address")
    (True, True, False)
    """
    return not _table_words("coordinates").isdisjoint(header_words(header))


def _is_role(header: str) -> bool:
    """Whether a header, its numbers aside, is somebody's part in the survey: `team_leader`, `督导员2`."""
    said = " ".join(word for word in header_words(last_part(header)) if not word.isdecimal())
    return said in _table_words("roles") or fold(last_part(header)).rstrip("0123456789 ") in _table_words("roles")


def _names_people(said: Sequence[str]) -> bool:
    """Whether the words speak of a name and whose name it is: that of a person, not of a village or shop."""
    at = next((i for i, word in enumerate(said) if word in _table_words("name")), None)
    people, things = _table_words("people"), _table_words("things")
    if at is None or not people & set(said):
        return False
    behind = said[at + 1 :]
    whose = said[-1] if behind and behind[0] in _OF else said[at - 1]
    return whose in people or (whose not in things and not things & set(said))


def names_places(header: str) -> bool:
    """Whether a header speaks of places, offices or things that have names of their own.

    >>> names_places("name of the school"), names_places("自然村"), names_places("contact")
    (True, True, False)
    """
    folded = fold(header)
    things = not _table_words("things").isdisjoint(header_words(header))
    return things or _any_of("places").search(folded) is not None


def speaks_of_places(headers: Collection[str], fields: Collection[str]) -> bool:
    """Whether a column holds places or offices, which are called as people are: by its headers, or as a field.

    >>> speaks_of_places(["community"], []), speaks_of_places(["x"], ["village"]), speaks_of_places(["remark"], [])
    (True, True, False)
    """
    return not _PLACES.isdisjoint(fields) or any(map(names_places, headers))


def bare_name(header: str) -> bool:
    """Whether a header is no more than "name", which could be that of a place as well.

    >>> bare_name("Name"), bare_name("姓名")
    (True, False)
    """
    return header_words(header) in {(word,) for word in _table_words("name")}
