"""Words that say something about an answer: blank, not asked, none, don't know, refused, ticked, other."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.words.folding import fold
from visittally.words.listed import listed
from visittally.words.nothing import says_nothing
from visittally.words.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

_WORDS = Path(__file__).parent / "lists" / "words.toml"
_CODED = pattern(r"\d+(?:[\s,;|]+\d+)*[\s,;|]*")
"""A number, or several joined."""
_SIGNS = pattern(r"[.,;:!。，、…()（）\[\]\-–—_*'\"“”]+")
_KNOWING = ("知道", "清楚", "了解", "晓得", "know")
"""What those say of themselves who know something."""
_LONGEST_KNOWING = 15
_NEGATED = pattern(r"[不没未无非否]|n['’]?t(?![a-z])|_t_|(?<![a-z])not?(?![a-z])|unknown")
_WHOLE_FLOAT = pattern(r"[+-]?\d+\.0+")


@lru_cache(maxsize=1 << 16)
def key_of(text: str) -> str:
    """The form in which answers are compared: folded; a whole number is the same with and without decimals.

    >>> key_of("1.0"), key_of(" Yes "), key_of("0.50")
    ('1', 'yes', '0.50')
    """
    return key_of_folded(fold(text))


def key_of_folded(folded: str) -> str:
    """What `key_of` gives for a text that is folded already."""
    return folded.split(".", maxsplit=1)[0] if "." in folded and _WHOLE_FLOAT.fullmatch(folded) else folded


@cache
def _word_lists() -> dict[str, frozenset[str]]:
    return {name: frozenset(map(key_of, words)) for name, words in listed(_WORDS).items()}


def words(name: str) -> frozenset[str]:
    """A list of words by its name in `codebook/words.toml`, as `key_of` writes them.

    Raises:
        KeyError: There is no such list.
    """
    return _word_lists()[name]


@dataclass(frozen=True)
class Missing:
    """What stands for an answer that was not given. The defaults are words; numbers are up to the user.

    Each set adds to the words that every survey uses; a value named here is what its set says, even where
    another word list has it too.

    Attributes:
        dont_know: Codes of "don't know"; they stay in the base.
        refused: Codes of a refused answer; they stay in the base.
        not_asked: Codes of a question that was skipped.
        blank: Codes of an answer that was not recorded.
        answer: Codes that are answers like any other, whatever they look like.
    """

    dont_know: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()
    not_asked: frozenset[str] = frozenset()
    blank: frozenset[str] = frozenset()
    answer: frozenset[str] = frozenset()

    @property
    def codes(self) -> frozenset[str]:
        """All codes of answers that were not given."""
        return self.dont_know | self.refused | self.not_asked | self.blank


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words for one variable: the general ones, the user's, and the numbers that are plausible in it.

    All sets hold text as `key_of` writes it.
    """

    blank: frozenset[str]
    not_asked: frozenset[str]
    none: frozenset[str]
    dont_know: frozenset[str]
    refused: frozenset[str]

    def without(self, code: str) -> Vocabulary:
        """The same words, where a code is an answer like any other; all of them for ""."""
        if not code:
            return self
        lists = (self.blank, self.not_asked, self.none, self.dont_know, self.refused)
        return Vocabulary(*(listed - {key_of(code)} for listed in lists))


def lexicon(
    missing: Missing,
    cells: Iterable[str],
    answers: Collection[str] = (),
    *,
    codes: Mapping[str, str] | None = None,
    as_issue: bool = False,
) -> Vocabulary:
    """The words that hold for a variable.

    Args:
        missing: What the user says stands for answers that were not given.
        cells: Its cells, to judge whether -88 and the like can be codes there.
        answers: Options that its form lists: such a word is an answer (a region "NA"), whatever it looks
            like.
        codes: Numbers that its answers show to stand for missing ones, and for what.
        as_issue: Whether it names problems, where "no" and "否" say that there is none; so does 0, unless the others
            are numbers as well.
    """
    given_keys = list(map(key_of, cells))
    found = codes or {}
    listed = frozenset(map(key_of, answers)) - words("none") - words("none_of_an_issue")
    none, strokes = words("none"), frozenset[str]()
    if as_issue:
        none |= words("none_of_an_issue")
        none |= frozenset(k for k in given_keys if k not in none and (_bare(k) in none or says_nothing(k))) - listed
        strokes = words("none_strokes") if _are_words(given_keys) else strokes
        none |= strokes
    if any(_CODED.fullmatch(key) and key != "0" for key in given_keys):
        none -= {"0"}
    numbers = _plausible_numbers(given_keys, found)
    opposites = frozenset[str]() if as_issue else _opposites(given_keys)
    return _vocabulary(missing, listed, frozenset(found.items()), (none, strokes), opposites, numbers=numbers)


@lru_cache(maxsize=64)
def _vocabulary(
    missing: Missing,
    listed: frozenset[str],
    codes: frozenset[tuple[str, str]],
    nothing: tuple[frozenset[str], frozenset[str]],
    opposites: frozenset[str],
    *,
    numbers: bool,
) -> Vocabulary:
    """The words where all that matters about the cells is known: hundreds of questions share one set of them.

    Args:
        missing: See `lexicon`.
        listed: The options of the form that are answers whatever they look like.
        codes: Numbers that stand for missing answers, and for what.
        nothing: The words for "none", and the strokes among them.
        opposites: Words for "don't know" that are answers.
        numbers: Whether -88 and its like can be codes.
    """
    given = {
        name: frozenset(map(key_of, getattr(missing, name))) for name in ("dont_know", "refused", "not_asked", "blank")
    }
    claimed = frozenset[str]().union(*given.values())
    none, strokes = nothing

    def combined(name: str) -> frozenset[str]:
        general = words(name) | (words(f"{name}_numbers") if numbers else frozenset())
        general |= words("damaged") if name == "blank" else frozenset()
        general |= frozenset(code for code, state in codes if state == name)
        general -= opposites if name == "dont_know" else frozenset()
        keep = general & listed if name in ("dont_know", "refused") else frozenset()
        return ((general - listed) | keep | given[name]) - (claimed - given[name])

    return Vocabulary(
        combined("blank") - (strokes - claimed),
        combined("not_asked"),
        none - claimed,
        combined("dont_know"),
        combined("refused"),
    )


def _opposites(keys: Iterable[str]) -> frozenset[str]:
    """The words for "don't know" that are answers here: of those who were asked if they know, some said that they do.

    >>> sorted(_opposites(["知道", "不知道", "不清楚"])), sorted(_opposites(["是", "不知道"]))
    (['不知道'], [])
    """
    found: set[str] = set()
    for stem in _KNOWING:
        if any(stem in key and len(key) <= _LONGEST_KNOWING and not _NEGATED.search(key) for key in keys):
            found |= {word for word in words("dont_know") if stem in word}
    return frozenset(found)


def _bare(key: str) -> str:
    """An answer without points and strokes: `-nil-` and `r.a.s` are nil and ras."""
    return _SIGNS.sub("", key) if _SIGNS.search(key) and len(key) < 20 else key


def _are_words(keys: Iterable[str]) -> bool:
    """Whether answers are words, between which a stroke says that there is nothing to say."""
    strokes = words("none_strokes")
    others = {key for key in keys if key and key not in strokes}
    told = sum(any(c.isalpha() for c in key) for key in others)
    return told > 0 and 2 * told >= len(others)


def _plausible_numbers(keys: Iterable[str], found: Iterable[str]) -> bool:
    """Whether -88 and its like can be codes: no other value is a negative number."""
    codes = frozenset(found).union(*(words(f"{n}_numbers") for n in ("dont_know", "refused", "blank", "not_asked")))
    return not any(key[:1] == "-" and key[1:2].isdigit() and key not in codes and key != "-1" for key in keys)
