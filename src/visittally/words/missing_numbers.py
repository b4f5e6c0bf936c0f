"""Numbers that stand for an answer which was not given: -3 where a question was skipped, -99 for a refusal.

Only the answers of a column tell them from numbers that were meant: a code is negative where nothing else is, comes
again, and is no step of a scale that goes as far down as up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.words.patterns import pattern
from visittally.words.vocabulary import key_of, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

STATES = ("dont_know", "refused", "not_asked", "blank")
_NEGATIVE = pattern(r"-\d+(\.\d+)?")
_WHOLE = pattern(r"\d{1,4}")
_SMALL = frozenset(f"-{n}" for n in range(1, 10))
"""Codes that are numbers of everyday life as well."""
_MOST_SMALL = 3
_APART = frozenset({"77", "88", "97", "98", "99", "777", "888", "997", "998", "999", "9999"})
"""Codes that are told by standing apart from the steps of a scale."""
_STEPS = 11


def missing_numbers(answers: Mapping[str, int], *, ticks: bool = False) -> dict[str, str]:
    """The numbers among the answers of a column that stand for answers which were not given.

    Args:
        answers: Answers as they stand in the cells -> how often.
        ticks: Whether they say of options whether they were chosen: then nothing negative is a step.

    Returns:
        Code, as `key_of` writes it -> "dont_know", "refused", "not_asked" or "blank".

    >>> missing_numbers({"1": 9, "2": 7, "-3": 4, "-99": 1}), missing_numbers({"1": 9, "0": 5, "-1": 4})
    ({'-99': 'refused', '-3': 'not_asked'}, {})
    >>> missing_numbers({"1": 9, "0": 7, "99": 4}, ticks=True), missing_numbers({"1": 9, "0": 7, "99": 4})
    ({'99': 'blank'}, {})
    """
    counts: dict[str, int] = {}
    for cell, n in answers.items():
        key = key_of(cell)
        counts[key] = counts.get(key, 0) + n
    negative = {key for key in counts if _NEGATIVE.fullmatch(key)}
    large = {key: state for key in negative for state in STATES if key in words(f"{state}_numbers")}
    small = negative & _SMALL
    beside = _beside_ticks(counts.keys() - negative) if ticks else {}
    if not negative or negative - large.keys() - _SMALL:
        return {} if negative else beside
    meant = len(small) > _MOST_SMALL or (not ticks and _is_scale(small, counts)) or len(counts) == len(negative)
    if small and meant:
        return {}
    return large | beside | {key: "not_asked" for key in small if counts[key] > 1}


def _beside_ticks(keys: Iterable[str]) -> dict[str, str]:
    """Codes beside 1 and 0 of options: 99 where nothing was asked."""
    given = set(keys)
    codes = given & _APART
    return dict.fromkeys(codes, "blank") if "1" in given and given - codes <= {"0", "1"} else {}


def _is_scale(small: Iterable[str], counts: Mapping[str, int]) -> bool:
    """Whether the steps go as far up as down: -2, -1, 0, 1, 2."""
    return all(key.removeprefix("-") in counts for key in small) and max(
        (int(key) for key in counts if _WHOLE.fullmatch(key)), default=0
    ) == max((int(key.removeprefix("-")) for key in small), default=0)


def apart_from_scale(keys: Iterable[str]) -> frozenset[str]:
    """The numbers that stand apart from the steps of a scale and look like codes: 99 beside 1 ... 5.

    >>> sorted(apart_from_scale(["1", "2", "3", "4", "5", "99"])), sorted(apart_from_scale(["97", "98", "99"]))
    (['99'], [])
    """
    given = set(keys)
    codes = given & _APART
    steps = [int(key) for key in given - codes if _WHOLE.fullmatch(key)]
    return frozenset(codes) if len(steps) > 1 and max(steps) <= _STEPS else frozenset()
