"""Coded answers: what a raw value says, once it is understood."""

from __future__ import annotations

from collections import Counter, defaultdict
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.words.folding import tidy
from visittally.words.names import masked_answers
from visittally.words.personal import scrub
from visittally.words.vocabulary import Vocabulary, key_of, words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from visittally.survey.variables import Choice


class State(StrEnum):
    """Whether there is an answer."""

    ANSWERED = "answered"
    """The question was put and something stands there, be it that nothing was ticked."""
    BLANK = "blank"
    """Not recorded."""
    NOT_ASKED = "not_asked"
    """The question was skipped, or the file's form does not have it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one raw value says.

    Attributes:
        state: Whether there is an answer.
        codes: Keys of the options that were given, each once, with those for none, don't know and refused.
            Empty where an answered multi-select has nothing ticked.
        none: Whether it says "none", "no problem".
        dont_know: Whether it says "don't know".
        refused: Whether it says that the answer was refused.
        conflict: Whether an option that excludes the others (none, don't know, refused) stands beside others.
    """

    state: State
    codes: tuple[str, ...] = ()
    none: bool = False
    dont_know: bool = False
    refused: bool = False
    conflict: bool = False


BLANK = Answer(State.BLANK)
NOT_ASKED = Answer(State.NOT_ASKED)


@dataclass(frozen=True, slots=True)
class Option:
    """An answer that can be given.

    Attributes:
        key: Its key: the name or spelling in the files.
        label: Its label from the form, a header or the joined answers; "" where there is none.
        exclusive: Whether it cannot stand beside others.
        last: Whether it belongs behind the substantive answers: other, none, don't know, refused.
        listed: Whether the form or a column knows it, so that it has a row even if nobody chose it.
    """

    key: str
    label: str = ""
    exclusive: bool = False
    last: bool = False
    listed: bool = False


@dataclass(frozen=True)
class OptionList:
    """The options of a question and the texts that they go by.

    Attributes:
        options: By key: those of the form or the columns in their order, then the others by frequency.
        texts: What stands in the files (as it stands, or as `key_of` writes it) -> key.
        lexicon: The words that hold for the question.
    """

    options: Mapping[str, Option]
    texts: Mapping[str, str]
    lexicon: Vocabulary

    def find(self, text: str) -> str | None:
        """The key of the option that a text names, or None."""
        return self.texts.get(text) or self.texts.get(key_of(text))

    @cached_property
    def _said(self) -> Mapping[str, tuple[bool, bool, bool]]:
        """Key of each option that says none, don't know or refused -> which of them."""
        lists = (self.lexicon.none, self.lexicon.dont_know, self.lexicon.refused)
        found = {}
        for key, option in self.options.items():
            names = {key_of(key), key_of(option.label)} - {""}
            said = tuple(bool(names & vocabulary) for vocabulary in lists)
            if any(said):
                found[key] = (said[0], said[1], said[2])
        return found

    def answer(self, keys: Iterable[str]) -> Answer:
        """The answer that consists of these options."""
        codes = tuple(dict.fromkeys(keys))
        said = [self._said[code] for code in codes if code in self._said]
        if not said:
            return Answer(State.ANSWERED, codes)
        none, dont_know, refused = (any(which) for which in zip(*said, strict=True))
        return Answer(State.ANSWERED, codes, none, dont_know, refused, conflict=len(codes) > 1)


def list_options(
    choices: Sequence[Choice],
    found: Mapping[str, int],
    lexicon: Vocabulary,
    *,
    places: bool = False,
    apart: Collection[str] = (),
) -> OptionList:
    """Bring together the options that are known and the answers that are found.

    Args:
        choices: Options from the form or the option columns, in order.
        found: Single answers as they stand in the files, and how often each occurs.
        lexicon: The words that hold for the question.
        places: Whether the answers are names: of places, of offices, of visitors.
        apart: Answers as `key_of` writes them whose spellings are options by themselves: "Road Light" and "Road light".

    Returns:
        The options. Other answers that are equal as `key_of` writes them are one option under their commonest
        spelling. A known option has its name as key, or its label where the files hold labels. Telephone numbers
        and the like in other answers are masked: what people wrote becomes a row that everybody sees.
    """
    texts: dict[str, str] = {}
    options: dict[str, Option] = {}
    by_label = _held_as_labels(choices, found)
    for choice in choices:
        key = tidy(choice.label if by_label and choice.label else choice.name)
        options.setdefault(key, option_of(key, choice.label, lexicon, listed=True))
        for text in filter(None, (choice.name, choice.label)):
            texts.setdefault(text, key)
    for choice in choices:
        key = tidy(choice.label if by_label and choice.label else choice.name)
        for text in filter(None, (choice.name, choice.label)):
            texts.setdefault(key_of(text), key)
    others: defaultdict[str, Counter[str]] = defaultdict(Counter)
    written: defaultdict[str, set[str]] = defaultdict(set)
    unlisted = {text: n for text, n in found.items() if text not in texts and key_of(text) not in texts}
    masked = masked_answers(unlisted, places=places)
    for text, count in found.items():
        if text in unlisted:
            shown = masked.get(text) or scrub(tidy(text))
            folded, spelled = (shown, text) if key_of(text) in apart else (key_of(shown), key_of(text))
            others[folded][shown] += count
            written[folded].add(spelled)
    ranked = sorted((-c.total(), min(c, key=lambda s: (-c[s], s)), key) for key, c in others.items())
    for _count, spelling, key in ranked:
        options.setdefault(spelling, option_of(spelling, "", lexicon))
        texts |= dict.fromkeys(written[key], spelling)
    return OptionList(options, texts, lexicon)


def option_of(key: str, label: str, lexicon: Vocabulary, *, listed: bool = False) -> Option:
    """An option, with what its words say about it."""
    names = {key_of(key), key_of(label)} - {""}
    exclusive = any(
        not names.isdisjoint(listed_words) for listed_words in (lexicon.none, lexicon.dont_know, lexicon.refused)
    )
    return Option(key, label, exclusive, exclusive or bool(names & words("other")), listed)


def _held_as_labels(choices: Sequence[Choice], found: Mapping[str, int]) -> bool:
    """Whether the answers are written as labels rather than names."""
    names = {key_of(choice.name) for choice in choices}
    labels = {key_of(choice.label) for choice in choices if choice.label} - names
    as_label = sum(n for text, n in found.items() if key_of(text) in labels)
    return as_label > sum(n for text, n in found.items() if key_of(text) in names)


def union(answers: Sequence[Answer], options: OptionList) -> Answer:
    """What several records of one unit say together."""
    if len(answers) == 1:
        return answers[0]
    given = [answer for answer in answers if answer.state is State.ANSWERED]
    if given:
        return options.answer(code for answer in given for code in answer.codes)
    return BLANK if any(answer.state is State.BLANK for answer in answers) else NOT_ASKED
