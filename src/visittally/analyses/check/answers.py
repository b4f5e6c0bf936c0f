"""The answers of a question: codes to compare records by, and what each cell is."""

from __future__ import annotations

import zlib
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from visittally.answers.axes import missing_of, ticked_of
from visittally.answers.book import Books, State
from visittally.counting.plan import Dimension, Group
from visittally.reading.hashing import hash_texts
from visittally.survey.variables import QuestionKind, Role
from visittally.words.arrays import string_array
from visittally.words.folding import fold
from visittally.words.joined import CELL_SEPARATOR, NO_COLUMN
from visittally.words.missing_numbers import missing_numbers
from visittally.words.patterns import pattern
from visittally.words.vocabulary import key_of, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from visittally.analyses.campaign import Campaign
    from visittally.analyses.check.columns import CheckColumns
    from visittally.answers.book import AnswerBook
    from visittally.counting.engine import Counts
    from visittally.survey.variables import Variable

ANSWERED, BLANK, DONT_KNOW, REFUSED, OTHER = 1, 2, 4, 8, 16
LONG, LONG_CHINESE = 10, 6
"""Characters from which on a text is long enough to be compared."""
_PUNCTUATION = pattern(r"[^\w]+")
_NUMBER = pattern(r"-?\d+(\.\d+)?")
_NEGATIVE_CODE = pattern(r"-(?:[1-9]|66|77|88|97|98|99|777|888|999|9999|999999999)")
_LARGE_CODES = frozenset({"77", "88", "97", "98", "99", "888", "999", "9999"})
_APART = 0.7
"""A large number is taken for a code where all others are below this share of it."""


def long_text(value: str) -> str:
    """The folded text where it is long enough to be compared, else ""."""
    text = " ".join(_PUNCTUATION.sub(" ", fold(value.replace(NO_COLUMN, ""))).split())
    ideographs = sum("\u3400" <= c <= "\u9fff" for c in text)
    return text if ideographs >= LONG_CHINESE or len(text) >= LONG else ""


def text_codes(texts: Sequence[str]) -> np.ndarray:
    """A 64-bit hash of each text, 0 for none."""
    found = hash_texts(string_array(texts))
    return np.where(np.array([bool(text) for text in texts], bool), found, np.uint64(0))


class QuestionReader:
    """Reads the cells of one question.

    Attributes:
        variable: The question.
        values: Its distinct cells and how often each occurs; empty for texts.
    """

    def __init__(self, variable: Variable, values: Mapping[str, int], book: AnswerBook | None) -> None:
        self.variable, self.values, self.book = variable, values, book
        self._joined = bool(variable.parts) and variable.parts[0].role is Role.PARENT
        self.is_text = variable.kind is QuestionKind.TEXT
        self.is_number = variable.kind is QuestionKind.NUMBER
        self._codes: dict[str, int] = {"": 0}
        self._states: dict[str, int] = {}
        self._other = set() if book is None else {k for k, o in book.options.items() if _says_other(k, o.label)}

    @cached_property
    def missing_codes(self) -> dict[str, int]:
        """Numbers that look like codes for answers that were not given, and how often each occurs."""
        counts: dict[str, int] = {}
        for value, n in self.values.items():
            counts[key_of(value)] = counts.get(key_of(value), 0) + n
        certain = set(missing_numbers(counts)) if self.is_number else set[str]()
        negative = {key for key in counts if key.startswith("-")}
        if all(_NEGATIVE_CODE.fullmatch(key) for key in negative):
            certain |= {key for key in negative if len(key) > len("-9")}
        if not (self.is_number or self.variable.kind is QuestionKind.SCALE):
            return {key: counts[key] for key in counts if key in certain}
        usual = [float(key) for key in counts if _NUMBER.fullmatch(key) and key not in certain | _LARGE_CODES]
        certain |= {key for key in counts if key in _LARGE_CODES and max(usual, default=0.0) < _APART * float(key)}
        return {key: counts[key] for key in counts if key in certain}

    def codes(self, values: Sequence[str]) -> np.ndarray:
        """A code for each value; equal answers have equal codes, 0 is none. Of texts, which hardly repeat, a hash."""
        if self.is_text:
            return text_codes([self._said(value) for value in values])
        known = self._codes
        return np.array([known.setdefault(self._said(value), len(known)) for value in values], np.int32)

    def common_codes(self) -> np.ndarray:
        """For each code one that stands for the same answer in whatever question; 0 for none, don't know, refused."""
        said = [text if text and text not in self._exclusive else "" for text in self._codes]
        return np.array([zlib.crc32(text.encode("utf-8", "replace")) if text else 0 for text in said], np.int64)

    def at_an_end(self, options: Sequence[str]) -> np.ndarray:
        """For each code: 0 for no answer, 2 where it is the first or last of the options, 1 for any other."""
        assert self.book is not None
        ends = {options[0], options[-1]}
        found = []
        for text in self._codes:
            codes = self.book.answer(text).codes if text and text not in self._exclusive else ()
            found.append(0 if not codes else 2 if ends.issuperset(codes) else 1)
        return np.array(found, np.uint8)

    @cached_property
    def _exclusive(self) -> frozenset[str]:
        options = {} if self.book is None else self.book.options
        return frozenset(key_of(key) for key, option in options.items() if option.exclusive)

    def states(self, values: Sequence[str]) -> np.ndarray:
        """Bits for each value."""
        return np.array([self._state(value) for value in values], np.uint8)

    def numbers(self, values: Sequence[str]) -> np.ndarray:
        """The number of each value, NaN where there is none or a code for a missing answer."""
        from visittally.words.numbers import numbers_of

        found = numbers_of(string_array(values), decimal_comma=self.variable.decimal_comma)
        codes = np.array([key_of(value) in self.missing_codes for value in values], bool)
        return np.where(np.isfinite(found) & ~codes, found, np.nan)

    def _said(self, value: str) -> str:
        """What a cell says, in one form for all spellings of a word; "" for no answer.

        Options stay in the order in which they were ticked: two people rarely tick four of them alike.
        """
        if not self._state(value) & ANSWERED:
            return ""
        if self.book is None:
            return fold(value) if self.is_text else key_of(value)
        joined = value.split(CELL_SEPARATOR, 1)[0] if self._joined else value
        return key_of(joined) or key_of(value) or "\x00nothing"

    def _state(self, value: str) -> int:
        found = self._states.get(value)
        if found is None:
            found = self._states[value] = self._judged(value)
            if self.is_text and len(self._states) > 1 << 16:
                self._states.clear()
        return found

    def _judged(self, value: str) -> int:
        if self.book is None:
            return self._plain(value)
        answer = self.book.answer(value)
        if answer.state is not State.ANSWERED:
            return BLANK if answer.state is State.BLANK else 0
        other = OTHER if not self._other.isdisjoint(answer.codes) else 0
        return ANSWERED | DONT_KNOW * answer.dont_know | REFUSED * answer.refused | other

    def _plain(self, value: str) -> int:
        """A text or a number: blank, not asked, don't know, refused, or an answer."""
        if value.startswith(NO_COLUMN):
            return 0
        key = key_of(value)
        if key in words("not_asked"):
            return 0
        if key in words("blank"):
            return BLANK
        missing = self._missing.get(key, "")
        if missing in ("not_asked", "blank"):
            return 0 if missing == "not_asked" else BLANK
        if missing == "dont_know" or key in words("dont_know"):
            return ANSWERED | DONT_KNOW
        return ANSWERED | REFUSED if missing == "refused" or key in words("refused") else ANSWERED

    @cached_property
    def _missing(self) -> Mapping[str, str]:
        return missing_numbers(self.values) if self.is_number else {}


def _says_other(key: str, label: str) -> bool:
    return key_of(key) in words("other") or (bool(label) and key_of(label) in words("other"))


def readers_of(campaign: Campaign, columns: CheckColumns, counts: Counts) -> tuple[QuestionReader, ...]:
    """A reader for each question, in the order of the files."""
    found = {}
    books = Books(missing_of(campaign.settings))
    for variable in columns.questions.chosen:
        values = counts.tally.frame(Group((Dimension(variable.name),))).value_counts(0)
        book = books.learn(variable, values, ticked_of(campaign.settings, variable))
        found[variable.name] = QuestionReader(variable, values, book)
    for variable in columns.questions.numbers:
        values = counts.tally.frame(Group((Dimension(variable.name),))).value_counts(0)
        found[variable.name] = QuestionReader(variable, values, None)
    for variable in columns.questions.texts:
        found[variable.name] = QuestionReader(variable, {}, None)
    order = {variable.name: place for place, variable in enumerate(campaign.survey.questions())}
    return tuple(sorted(found.values(), key=lambda reader: order[reader.variable.name]))
