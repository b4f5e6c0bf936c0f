"""The fields of a visit record and the headers that they go by, in Chinese, English and other languages."""

from __future__ import annotations

import difflib
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from visittally.errors import FieldError
from visittally.messages import _
from visittally.survey.headers import header_key, last_part
from visittally.words.folding import fold_header
from visittally.words.header_parts import composed_fields
from visittally.words.labels import heading
from visittally.words.listed import listed
from visittally.words.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Mapping

_FIELDS = Path(__file__).parent / "lists" / "fields.toml"
_WORDS = Path(__file__).parent / "lists" / "header_words.toml"

SHORT_NAMES: Mapping[str, str] = {"household": "household_id", "target": "planned", "issues": "issue"}
"""Other names that fields are asked for by."""
ISSUE_NAMES = ("issue", "category", "issue_text")
"""Names under which the question that is tallied can be bound: "issue", or what it stands for."""
DAYS = ("visit_date", "submitted_at", "handover_date", "due_date", "resolved_date", "reply_date")
"""Fields whose cells are days, which hand-kept ledgers write without the year."""
MOMENTS = ("start_time", "end_time")
"""Fields whose cells are moments of a day."""
PLACES = ("county", "township", "village", "group")
"""Fields that are places, from the largest to the smallest."""
_JUDGED = ("village", "category", "issue_text", "status", "visit_outcome")
"""Fields for which words inside headers or answers speak as well."""
_BEYOND = ("issue", "file", "sheet")
_ASKED = pattern(
    r"(?:请问)?[您你]们?(?:家(?!庭)|本人)?(?:目前|现在)?的?(?P<zh>.+?)(?:是|为)?(?:哪里|哪个|哪一个|什么|多少)?"
    r"|what(?:is|s)(?:your|the|therespondents|thenameofyour)(?P<en>.+)"
    r"|(?:in)?which(?P<where>.+?)(?:doyoulive(?:in)?|areyoufrom|areyouin)"
    r"|quelleestvotre(?P<fr_f>.+)|quelestvotre(?P<fr>.+)|¿?cualessu(?P<es>.+)"
)
"""Header keys that ask for what others only name: 您所在的村是？ asks for 所在村, "What is your age?" for "age"."""
_GROUP_END = pattern(r"(?:情况|信息|内容|记录|结果|方面|部分)+$|(?i:\s+(?:details?|information|info|data|section))$")
"""What the name of a group of columns ends with and says nothing of what stands below it."""
_AFTER_VISITS = frozenset(("status", "handling_text", "responsible_unit", "satisfaction", "backcheck", "handover_date"))
"""Fields of what comes after the visit: a date in a group of one of these is none of the visit's."""
_ASKED_RANK = 1_000
"""Headers that ask for a field rank behind those that name it."""
DERIVED = ("file", "sheet")
"""Fields that are no column of any file."""


@cache
def _fields() -> dict[str, dict[str, list[str]]]:
    return listed(_FIELDS)


def field_names() -> tuple[str, ...]:
    """The names of all fields."""
    return (*_fields(), *_BEYOND)


def canonical(name: str) -> str:
    """The field's own name: `household` is `household_id`."""
    return SHORT_NAMES.get(name, name)


def field_called(name: str) -> str:
    """The field that people mean: by its name, by its label in their language, by a header that only it goes by.

    Returns:
        The field's own name, or "".

    >>> field_called("household"), field_called("Visit date"), field_called("行政村"), field_called("sky")
    ('household_id', 'visit_date', 'village', '')
    """
    if canonical(name) in field_names():
        return canonical(name)
    labels = {heading(field): field for field in reversed(field_names())}
    if name in labels:
        return labels[name]
    known = alias_ranks(name)
    return next(iter(known)) if len(known) == 1 else ""


@cache
def _aliases() -> Mapping[str, Mapping[str, int]]:
    """Folded header -> the fields that it is an alias of, with its rank among the aliases of each."""
    found: dict[str, dict[str, int]] = {}
    for name, lists in _fields().items():
        for rank, alias in enumerate((name, *lists.get("aliases", ()))):
            found.setdefault(header_key(alias), {}).setdefault(name, rank)
    return found


def alias_ranks(header: str) -> Mapping[str, int]:
    """The fields that a whole header is an alias of, or asks for, and how good a one: 0 is the best.

    >>> alias_ranks("village"), list(alias_ranks("您所在的村是？")), list(alias_ranks("What is your age?"))
    ({'village': 0}, ['village'], ['age'])
    """
    key = header_key(header)
    found = _aliases().get(key)
    if found is not None:
        return found
    asked = _ASKED.fullmatch(key)
    wanted = next(filter(None, asked.groups()), "").replace("的", "") if asked else ""
    return {name: _ASKED_RANK + rank for name, rank in _aliases().get(wanted, {}).items()}


@lru_cache(maxsize=1 << 12)
def below_group(group: str, header: str) -> tuple[str, bool]:
    """What a column is called that stands with others below a group: a date of handling is no date of visits.

    Args:
        group: What stands over all of them.
        header: What stands over this one.

    Returns:
        Both as one header where that calls a field, else ""; and whether the header alone leads astray.

    >>> below_group("办理情况", "日期"), below_group("基本情况", "村"), below_group("Follow-up", "Date")
    (('办理 日期', True), ('', False), ('', True))
    """
    own = {*alias_ranks(header), *unsure_fields(header)}
    plain = fold_header(group)
    for start in dict.fromkeys((_GROUP_END.sub("", plain), plain)):
        together = f"{start} {header}"
        told = alias_ranks(together) or dict.fromkeys(composed_fields(together), 0)
        if "visit_date" in own:
            told = {name: rank for name, rank in told.items() if name != "status"}  # a date tells no status
        if told and start:
            return together, not own <= told.keys()
    about = {*alias_ranks(group), *unsure_fields(group), *composed_fields(group)}
    after = not about.isdisjoint(_AFTER_VISITS) and "visit_outcome" not in about
    return "", after and "visit_date" in own


@cache
def _unsure() -> Mapping[str, frozenset[str]]:
    """Folded header -> the fields that may go by it."""
    found: dict[str, set[str]] = {}
    for name, lists in _fields().items():
        for alias in lists.get("unsure", ()):
            found.setdefault(header_key(alias), set()).add(name)
    return {key: frozenset(names) for key, names in found.items()}


def unsure_aliases(field: str) -> tuple[str, ...]:
    """The headers that may go by the field's name, best first."""
    return tuple(_fields()[field].get("unsure", ()))


def unsure_fields(header: str) -> frozenset[str]:
    """The fields that go by a header only if its answers agree (`type`, `code`, `备注`)."""
    return _unsure().get(header_key(header), frozenset())


@cache
def words_of(field: str) -> tuple[str, ...]:
    """Words inside a header that speak for the field."""
    return tuple(_fields()[field].get("words", []))


@cache
def _header_lists() -> Mapping[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in listed(_WORDS).items()}


def header_list(name: str) -> frozenset[str]:
    """A list of words in `header_words.toml`, by its name.

    Raises:
        KeyError: There is no such list.
    """
    return _header_lists()[name]


def asks_visited(name: str) -> bool:
    """Whether the header of a column asks if anybody was visited.

    >>> asks_visited("grp/Visited?"), asks_visited("是否走访"), asks_visited("visited_by")
    (True, True, False)
    """
    return header_key(last_part(name)) in _visited_keys()


@cache
def _visited_keys() -> frozenset[str]:
    return frozenset(map(header_key, header_list("visited")))


def plain_fields() -> tuple[str, ...]:
    """The fields that are found by their alias alone."""
    return tuple(name for name in _fields() if name not in _JUDGED)


def unknown_field(name: str) -> FieldError:
    """The error for a name that is no field, with the nearest ones."""
    names = [*dict.fromkeys((*field_names(), *SHORT_NAMES))]
    near = difflib.get_close_matches(name, names, 1, cutoff=0.6)
    hint = _('Did you mean "{name}"?').format(name=near[0]) + " " if near else ""
    return FieldError(
        _('There is no field "{name}". {hint}Fields like it: {fields} ... (all: visittally columns --help)').format(
            name=name, hint=hint, fields=", ".join(difflib.get_close_matches(name, names, 5, cutoff=0))
        )
    )
