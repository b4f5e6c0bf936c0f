"""What the answers of a column look like, judged from sample records."""

from __future__ import annotations

import re
from collections import Counter
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, cached_property
from itertools import islice
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.survey.variables import QuestionKind
from visittally.words.dates import parse_day
from visittally.words.folding import fold
from visittally.words.long_numbers import mostly_long_numbers
from visittally.words.missing_numbers import missing_numbers
from visittally.words.names import mostly_names
from visittally.words.patterns import pattern
from visittally.words.personal import looks_personal
from visittally.words.separators import find_separator
from visittally.words.tick_signs import signs_of_yes
from visittally.words.vocabulary import key_of, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_NUMBER = pattern(r"[+-]?(?:(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?%?", re.IGNORECASE)
_WITH_COMMA = pattern(r"[+-]?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?%?")
"""Numbers where a comma stands before the decimals and points between thousands."""
_NO_LIST = pattern(r"[+-]?(?:\d[\d.]*\.\d{3}|0+|-\d+),\d+%?|[\d.]+,0\d*%?|[\d.]+,\d{3,}%?|[\d.]+,\d+%|[+-]?(\d+),\1")
"""What no two codes joined by a comma look like: `1.250,50`, `0,5`, `2,05`, `1,333`, `5,5`."""
_WHOLE = pattern(r"-?\d{1,9}(?:\.0+)?")
_THOUSANDS = pattern(r"[+-]?[1-9]\d{0,2}(?:,\d{3})+%?")
_NUMBERS = 0.9
"""Such a share of answers that are numbers makes a column one of numbers."""
_STEPS = 11
"""So many whole numbers are the steps of a scale at most."""
_SENTENCE = 40
"""Answers longer than this on average are told, not chosen."""
_PHRASE = 24
"""Different answers of this length are told even where there are few."""
_TOO_FEW = 10
_LOOKED_AT = 1_000
"""So many different answers, the commonest, tell what kind they are."""
_LONGEST_BLANK = 16
_FEW = 200
"""A tick box or mark has fewer different answers."""
_SOME_CELLS = 300
"""So many cells tell whether a column holds personal data."""
_CELLS = 2_000_000
"""Profiles of columns of so many cells together are kept while tables are understood, see `remembered`."""


@dataclass(frozen=True)
class Profile:
    """The answers of a column in the sample.

    Attributes:
        records: How many records the sample has.
        values: Answers that are no blanks, stripped, and how often each occurs.
        skipped: Whether some cells say `n/a`.
    """

    records: int
    values: Mapping[str, int]
    skipped: bool = False

    @cached_property
    def filled(self) -> int:
        """How many cells hold an answer."""
        return sum(self.values.values())

    @cached_property
    def keys(self) -> frozenset[str]:
        """Folded answers."""
        return frozenset(map(key_of, self.values))

    @cached_property
    def given(self) -> frozenset[str]:
        """Folded answers without the numbers and words that stand for missing ones."""
        if len(self.values) > _FEW:
            return self.keys
        return self.keys - missing_numbers(self.values, ticks=True).keys() - words("dont_know") - words("refused")

    @property
    def share(self) -> float:
        """Share of records with an answer."""
        return self.filled / self.records if self.records else 0.0

    @cached_property
    def tick(self) -> bool:
        """Whether it looks like a tick box: 0/1, TRUE/FALSE, checked/unchecked or a mark; yes/no is a question."""
        return 0 < len(self.values) <= _FEW and not self.given <= {"无"} and self.given <= _tick_words()

    @cached_property
    def mark(self) -> str | None:
        """The one answer beside "not ticked"; "" where there is none, None where there are several."""
        if len(self.values) > _FEW:
            return None
        negative = _negative_words() | (self.keys - self.given)
        positive = {fold(v): v for v in self.values if key_of(v) not in negative}
        if not positive and (signs := signs_of_yes(self.keys)):
            positive = {fold(v): v for v in self.values if key_of(v) in signs}
        return None if len(positive) > 1 else next(iter(positive.values()), "")

    @cached_property
    def decimal_comma(self) -> bool:
        """Whether it holds numbers with decimals behind a comma, and not two codes joined by one.

        A zero, a code twice or points between thousands tell; `1,2` and `3,5` alone could be codes.
        """
        common = dict(Counter(self.values).most_common(_LOOKED_AT))
        commas = [v for v in common if "," in v]
        if not commas or _share(common, _WITH_COMMA) < _NUMBERS or all(map(_THOUSANDS.fullmatch, commas)):
            return False
        return any(_NO_LIST.fullmatch(v) for v in commas if _WITH_COMMA.fullmatch(v))

    @cached_property
    def of_names(self) -> bool:
        """Whether most of the values look like names of people."""
        return mostly_names(self.values)

    @cached_property
    def of_long_numbers(self) -> bool:
        """Whether most of the values are numbers as long as those of telephones and papers."""
        return mostly_long_numbers(self.values)

    @cached_property
    def personal(self) -> bool:
        """Whether some of the values look like telephones, ids and the like."""
        cells = islice(Counter(self.values).elements(), 0, None, 1 + self.filled // _SOME_CELLS)
        return bool(looks_personal(list(cells)))

    @cached_property
    def _kinds(self) -> dict[tuple[bool, bool], QuestionKind]:
        """What `kind` has found so far."""
        return {}

    def kind(self, *, codes: bool = False, several: bool = False) -> QuestionKind:
        """The type of question that such answers come from.

        Args:
            codes: Whether the exporting tool joins codes by spaces.
            several: Whether the question asks for several answers.
        """
        found = self._kinds.get((codes, several))
        if found is None:
            self._kinds[codes, several] = found = self._kind(codes=codes, several=several)
        return found

    def _kind(self, *, codes: bool, several: bool) -> QuestionKind:
        if not self.filled:
            return QuestionKind.SINGLE
        common = dict(Counter(self.values).most_common(_LOOKED_AT))
        if _share(common, _NUMBER) >= _NUMBERS:
            coded = missing_numbers(common)
            return _kind_of_numbers({v: n for v, n in common.items() if key_of(v) not in coded} or common)
        if self.decimal_comma and not several:
            return QuestionKind.NUMBER
        if _are_days(common):
            return QuestionKind.DATE
        if find_separator(common, codes=codes, multi=several) is not None:
            return QuestionKind.MULTI
        return QuestionKind.TEXT if self._free(common) else QuestionKind.SINGLE

    def _free(self, common: Mapping[str, int]) -> bool:
        """Whether answers are sentences or names rather than choices."""
        length = sum(_length(v) * n for v, n in common.items()) / sum(common.values())
        different = len(self.values) / self.filled
        rare = different > 0.5 and (self.filled >= 20 or length >= _PHRASE)
        # Too few to see whether they repeat: what a form offers is short, and never has lines.
        told = length >= _PHRASE and (self.filled < _TOO_FEW or any("\n" in value for value in common))
        return told or rare or (length > _SENTENCE and different > 0.3) or len(self.values) > 1_000


def _share(values: Mapping[str, int], pattern: re.Pattern[str]) -> float:
    return sum(n for v, n in values.items() if pattern.fullmatch(v)) / sum(values.values())


def _are_days(values: Mapping[str, int]) -> bool:
    total, others = sum(values.values()), 0
    for value, n in values.items():
        if not any(map(str.isdigit, value)) or parse_day(value) is None:
            others += n
            # Reading days takes long: most columns are seen not to be of days by their first few values.
            if 10 * others > total:
                return False
    return True


def _kind_of_numbers(values: Mapping[str, int]) -> QuestionKind:
    whole = _share(values, _WHOLE) >= 0.99
    numbers = {int(float(v)) for v in values if _WHOLE.fullmatch(v)}
    if len(numbers) <= 2 and whole:
        return QuestionKind.SINGLE
    steps = [n for n in numbers if 0 <= n < _STEPS]
    few = len(numbers) <= _STEPS + 2 and len(steps) >= len(numbers) - 2 and len(steps) >= 2
    return QuestionKind.SCALE if whole and few and min(steps) <= 1 else QuestionKind.NUMBER


def _length(text: str) -> int:
    """Length in Latin letters: a Chinese character says as much as three."""
    return len(text) if text.isascii() else len(text) + 2 * sum("\u3400" <= c <= "\u9fff" for c in text)


def combined(columns: Sequence[Profile]) -> Profile:
    """The answers of one column in several tables."""
    if len(columns) == 1:
        return columns[0]
    values: Counter[str] = Counter()
    for column in columns:
        values.update(column.values)
    return Profile(sum(c.records for c in columns), values, any(c.skipped for c in columns))


def beside(columns: Sequence[Profile]) -> Profile:
    """The answers of several columns of one table."""
    return Profile(max((c.records for c in columns), default=0), combined(columns).values)


@cache
def _tick_words() -> frozenset[str]:
    plain = {"0", "1", "true", "false", "t", "f", "y", "是", "否", "有", "无", "没有", "没", "不是"}
    return words("ticked") | words("unticked") | words("crosses") | words("circles") | plain


@cache
def _negative_words() -> frozenset[str]:
    return words("unticked") | words("no")


def profiles(sample: Sequence[Sequence[str]], width: int) -> tuple[Profile, ...]:
    """The profile of each of `width` columns of the sample records."""
    count = len(sample)
    if not count:
        return (Profile(0, {}),) * width
    columns = list(zip(*sample, strict=False))[:width]
    columns += [("",) * count] * (width - len(columns))
    return tuple(map(_profile, columns))


class _Memory:
    """The profiles of columns that were looked at while some tables are understood."""

    def __init__(self) -> None:
        self._profiles: dict[tuple[str, ...], Profile] = {}
        self._room = _CELLS

    def profile(self, column: tuple[str, ...]) -> Profile:
        """The profile of a column, the same one for the same cells."""
        found = self._profiles.get(column)
        if found is None:
            found = _made(column)
            if len(column) <= self._room:
                self._room -= len(column)
                self._profiles[column] = found
        return found


_memory: ContextVar[_Memory | None] = ContextVar("memory", default=None)


@contextmanager
def remembered() -> Iterator[None]:
    """Keep the profiles of columns meanwhile, whatever comes of it.

    Tables are understood again once their rows are, and most columns are still the same then.
    """
    token = _memory.set(_Memory())
    try:
        yield
    finally:
        _memory.reset(token)


def _profile(column: tuple[str, ...]) -> Profile:
    memory = _memory.get()
    return _made(column) if memory is None else memory.profile(column)


def _made(column: tuple[str, ...]) -> Profile:
    return Profile(len(column), _answers(column), "n/a" in column)


def _answers(column: Iterable[str]) -> Counter[str]:
    blank, first = _blank_words()
    answers: Counter[str] = Counter()
    for cell, n in Counter(column).items():
        plain = cell.strip()
        if plain and not (plain[0] in first and len(plain) <= _LONGEST_BLANK and key_of(plain) in blank):
            answers[plain] += n
    return answers


@cache
def _blank_words() -> tuple[frozenset[str], frozenset[str]]:
    """The words for blanks, and the characters that they can begin with."""
    blank = words("blank") | words("not_asked") | words("damaged")
    first = {word[0] for word in blank if word}
    return blank, frozenset(first | {c.upper() for c in first} | {"（", "－", "／"} | set(_full_width(first)))


def _full_width(characters: Iterable[str]) -> Iterable[str]:
    return (chr(ord(c) + 0xFEE0) for c in characters if "!" <= c <= "~")
