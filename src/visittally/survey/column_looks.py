"""What headers and answers of a variable say about the field that it may be."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from visittally.survey.fields import DAYS, alias_ranks, header_list, words_of
from visittally.survey.headers import header_key, header_words, last_part
from visittally.survey.variables import QuestionKind, Role
from visittally.words.dates import day_without_year
from visittally.words.dispositions import UNKNOWN, Dispositions
from visittally.words.durations import minutes_of
from visittally.words.folding import fold
from visittally.words.header_parts import composed_fields
from visittally.words.missing_numbers import APART, missing_numbers
from visittally.words.patterns import pattern
from visittally.words.quantities import parse
from visittally.words.replies import knows_satisfaction
from visittally.words.vocabulary import words

if TYPE_CHECKING:
    from visittally.survey.all_tables import Merged

_SENTENCE = 25
_CHINESE_SENTENCE = 7
"""From this many characters on an answer is more than the name of a category."""

_CODE = pattern(r"(?=.*[A-Za-z])(?=.*\d)[A-Za-z0-9_./-]{2,20}")

_FLAGS = frozenset({"legacy", "early_sign", "contact_consent", "prior_report", "raised_by"})
_BY_HEADER = frozenset({"visitor", "accompany", "visit_mode", "visit_schedule", "visitor_unit", "good_deed"})
"""Fields that a header calls whatever is answered."""
_LONGEST_FLAG = 8
"""Words that mark some issues are no longer than that in Chinese."""
_CLOCK = pattern(r"\d{1,2}\s*[:时点].*|[上下]午.*")

Known = Callable[[str], bool]
"""Whether an answer belongs to a vocabulary."""


def answers_fit(variable: Merged, name: str) -> bool:
    """Whether the answers below a header that is put together can be those of a field."""
    values = variable.profile.values
    if name in DAYS:
        bare = name == "visit_date" and all(day_without_year(value, short=True) for value in values)
        return variable.kind is QuestionKind.DATE or (bool(values) and bare)
    if name == "household_id":
        return are_ids(variable)
    if name in _FLAGS | _BY_HEADER:
        marks = all(len(text) <= _LONGEST_FLAG or text.isascii() for text in values)
        return bool(values) and (marks or name in _BY_HEADER)
    if says := _SAYS.get(name):
        told = [says(value) for value in values]
        return 0 < len(told) <= 2 * sum(told)
    worded = variable.kind in {QuestionKind.SINGLE, QuestionKind.MULTI, QuestionKind.TEXT}
    return worded and not yes_no(variable) and any(map(str.isalpha, "".join(values)))


@cache
def _dispositions() -> Dispositions:
    return Dispositions.load()


def _number(text: str) -> bool:
    return parse(text).value is not None


def _clock(text: str) -> bool:
    return _CLOCK.search(fold(text)) is not None


_SAYS: Mapping[str, Known] = {
    "status": lambda text: _dispositions().disposition(text) != UNKNOWN,
    "satisfaction": knows_satisfaction,
    "start_time": _clock,
    "end_time": _clock,
    "duration_min": lambda text: not math.isnan(minutes_of(text)),
    **dict.fromkeys(("planned", "households_affected", "persons_present", "contacts", "parties"), _number),
}
"""What half of the different answers below a header say, where it calls a field."""


def calls_other(variable: Merged, *but: str) -> bool:
    """Whether each header is known to call some other field than those named: "status of the problem"."""
    known = [set(alias_ranks(header)) or set(composed_fields(header)) for header in variable.titles]
    return any(known) and not any(names & set(but) for names in known)


def share_of(variable: Merged, known: Known) -> float:
    """Share of the answers that a test holds for."""
    values = variable.profile.values
    return sum(n for text, n in values.items() if known(text)) / max(variable.profile.filled, 1)


def sentences(variable: Merged) -> bool:
    """Whether half of the answers are longer than the names of categories are."""
    values = variable.profile.values
    long = sum(n for text, n in values.items() if len(text) >= (_SENTENCE if text.isascii() else _CHINESE_SENTENCE))
    return len(variable.parts) == 1 and 2 * long > variable.profile.filled


def are_ids(variable: Merged) -> bool:
    """Whether the answers are codes such as H001, each of few records: no numbers of persons, no names."""
    values = variable.profile.values
    coded = sum(n for text, n in values.items() if _CODE.fullmatch(text))
    return coded >= 0.9 * variable.profile.filled > 0 and len(values) > 0.3 * variable.profile.filled


def values_in(variable: Merged, known: Iterable[str]) -> bool:
    """Whether half of the answers, and more than one, are some words."""
    return speaks(variable, frozenset(known).__contains__)


_PEOPLE = pattern(
    "党员|干部|老人|妇女|儿童|学生|教师|职工|工人|务工|打工|困难|贫困|脱贫|监测|低保|五保|特困|残疾|军人|军属|烈属"
    "|企业主|代表|大户|能人|留守|空巢|独居|失独|孤儿|信访|elderly|women|children|poor|vulnerable|party member|official"
    "|migrant|worker|teacher|student|disab|widow|refugee|displaced|veteran"
)


def are_people(variable: Merged) -> bool:
    """Whether half of the answers are groups of people, 党员 or 留守老人, and not homes, enterprises and schools."""
    told = [_PEOPLE.search(fold(value)) is not None for value in variable.profile.values]
    return 0 < len(told) <= 2 * sum(told)


def speaks(variable: Merged, known: Known) -> bool:
    """Whether half of the answers, and more than one, belong to a vocabulary."""
    keys = variable.profile.keys
    if (
        variable.kind not in {QuestionKind.SINGLE, QuestionKind.TEXT}
        or not 2 <= len(keys) <= 40
        or len(variable.parts) > 1
    ):
        return False
    there = inside(variable, known)
    return there >= 2 and there * 2 >= len(keys)


def inside(variable: Merged, known: Known) -> int:
    """How many different answers a vocabulary knows, by themselves or by the labels that a form has for them."""
    labels = {choice.name: choice.label for draft in variable.drafts.values() for choice in draft.choices}
    values = {fold(v): v for v in variable.profile.values}.values()
    return sum(1 for value in values if known(value) or (value in labels and known(labels[value])))


def options_are(variable: Merged, known: Known) -> bool:
    """Whether a variable has a column for each of several answers, all of which belong to a vocabulary."""
    names = [part.label or part.option or part.header for part in variable.parts if part.role is Role.OPTION]
    return len(names) > 1 and all(map(known, names))


_FEW = 100
"""There are fewer ways to say yes, no, that one does not know, and that one will not say."""


def yes_no(variable: Merged, *, refused: bool = False) -> bool:
    """Whether a variable's answers are yes and no, "don't know" left aside, and with `refused` refusals, too."""
    keys = variable.profile.keys
    if not 0 < len(keys) <= _FEW or len(variable.parts) != 1:
        return False
    left = keys - header_list("yes_no") - words("dont_know") - (words("refused") if refused else frozenset())
    if not all(key[:1] == "-" or key in APART for key in left):
        return False
    return not left or left <= missing_numbers(variable.profile.values, ticks=True).keys()


def is_rest(variable: Merged) -> bool:
    """Whether the header says that what was written beside an option stands below."""
    said = header_words(variable.name)
    return (len(said) > 1 and said[-1] in header_list("rest")) or any(
        word in variable.name for word in header_list("rest_inside")
    )


def asks(variable: Merged) -> bool:
    """Whether the header asks for something else about what it names: who, when, how satisfied."""
    said = set(header_words(last_part(variable.name)))
    return bool(said & header_list("about")) or any(word in fold(variable.name) for word in header_list("about_inside"))


def hits(variable: Merged, name: str) -> bool:
    """Whether one of a field's words stands inside a header."""
    return any(_hit(header, name) is not None for header in {variable.name, variable.first.label} if header)


def _hit(header: str, name: str) -> int | None:
    """Rank of the best of the field's words that stands inside a header."""
    folded, said = fold(last_part(header)), header_words(last_part(header))
    if name == "village" and header_key(header).endswith("村"):
        return 0
    found = (_rank_in(w, name) if w.isalpha() else _ranks(name).get(w) for w in said)
    ranks = [rank for rank in found if rank is not None]
    if not folded.isascii():
        ranks += [rank for rank, word in enumerate(words_of(name)) if not word.isascii() and word in folded]
    return min(ranks, default=None)


@lru_cache(maxsize=4_096)
def _rank_in(said: str, name: str) -> int | None:
    """Rank of the best of the field's words that stands in a word of a header: few words make up many headers."""
    ranked = [(rank, word) for rank, word in enumerate(words_of(name)) if word.isascii()]
    return next((rank for rank, word in ranked if _stands_in(word, said)), None)


def _stands_in(word: str, said: str) -> bool:
    return said in {word, f"{word}s"} or (word in said if len(word) > 4 else said.endswith((word, f"{word}s")))


@cache
def _ranks(name: str) -> Mapping[str, int]:
    """The rank of each of the field's words, and of several of it."""
    ranked = [(rank, word) for rank, word in enumerate(words_of(name)) if word.isascii()]
    return {form: rank for rank, word in reversed(ranked) for form in (word, f"{word}s")}


def head_fits(variable: Merged, name: str) -> bool:
    """Whether the last word of the header, which says what the thing is, is one of the field's words."""
    said = [w for w in header_words(last_part(variable.name)) if w not in header_list("modifiers")]
    return bool(said) and any(said[-1].endswith((word, f"{word}s")) for word in words_of(name))


def issue_order(variable: Merged) -> tuple[bool, bool, bool, float, bool, int]:
    """What comes first of several columns whose headers speak of problems: the least."""
    rank = min(
        (r for h in (variable.name, variable.first.label) if h and (r := _hit(h, "category")) is not None), default=99
    )
    named = _hit(variable.name, "category") is not None
    several = variable.kind is QuestionKind.MULTI
    return (
        asks(variable),
        not named,
        not several,
        -round(variable.profile.share, 1),
        not head_fits(variable, "category"),
        rank,
    )
