"""Numbers that stand for an answer which was not given: -3 where a question was skipped, -99 for a refusal.

Only the answers of a column tell them from numbers that were meant: a code is negative where nothing else is, comes
again, and is no step of a scale that goes as far down as up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.words.patterns import pattern
from visittally.words.vocabulary import key_of, words

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable, Mapping

STATES = ("dont_know", "refused", "not_asked", "blank")
_NEGATIVE = pattern(r"-\d+(\.\d+)?")
_WHOLE = pattern(r"\d{1,4}")
_SMALL = frozenset(f"-{n}" for n in range(1, 10))
"""Codes that are numbers of everyday life as well."""
_MOST_SMALL = 3
APART = frozenset({"77", "88", "97", "98", "99", "777", "888", "997", "998", "999", "9999"})
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
    if not ticks and not any("-" in cell or not cell.isascii() for cell in answers):
        return {}  # all of them are negative there
    counts: dict[str, int] = {}
    for cell, n in answers.items():
        key = key_of(cell)
        counts[key] = counts.get(key, 0) + n
    negative = {key for key in counts if key[:1] == "-" and _NEGATIVE.fullmatch(key)}
    large = {key: state for key in negative for state in STATES if key in words(f"{state}_numbers")}
    small = negative & _SMALL
    beside = _beside_ticks(counts.keys() - negative) if ticks else {}
    if not negative or negative - large.keys() - _SMALL:
        return {} if negative else beside
    meant = len(small) > _MOST_SMALL or (not ticks and _is_scale(small, counts)) or len(counts) == len(negative)
    if small and meant:
        return {}
    return large | beside | {key: "not_asked" for key in small if ticks or counts[key] > 1}


def _beside_ticks(keys: Iterable[str]) -> dict[str, str]:
    """Codes beside 1 and 0 of options: 99 where nothing was asked."""
    given = set(keys)
    codes = given & APART
    return dict.fromkeys(codes, "blank") if "1" in given and given - codes <= {"0", "1"} else {}


def fillers(records: Mapping[tuple[str, ...], int]) -> dict[str, str]:
    """Codes that stand in columns of mentions where no mention, or no further one, was given.

    A code fills all that is left behind the mentions of a record, or stands alone; one such as 99 is told by standing
    among words or apart from the codes of the answers, 0 by filling every record to its end.

    Args:
        records: The cells of the columns in each distinct record, in the order of the mentions -> how often.

    Returns:
        Code -> "blank" where it stands behind mentions; else what the code says wherever it stands.

    >>> fillers({("1", "2", "99"): 1, ("3", "99", "99"): 1, ("2", "1", "3"): 1})
    {'99': 'blank'}
    >>> fillers({("1", "2"): 1, ("99", ""): 1})
    {'99': 'blank'}
    >>> fillers({("1", "99", ""): 1, ("2", "", ""): 1}), fillers({("road", ""): 2, ("-99", ""): 1})
    ({}, {'-99': 'refused'})
    """
    rows = [tuple(map(key_of, row)) for row in records]
    blank = words("blank") | words("not_asked") | {""}
    keys = {cell for row in rows for cell in row} - blank
    negative = dict.fromkeys(keys & _SMALL, "not_asked") if len(keys & _SMALL) <= _MOST_SMALL else {}
    negative |= {key: state for key in keys for state in STATES if key in words(f"{state}_numbers")}
    numbers = {key for key in keys if _WHOLE.fullmatch(key)} - APART
    apart = keys & APART if not numbers else apart_from_scale(keys)
    codes = {**dict.fromkeys(apart, "blank"), **negative} | ({"0": "blank"} if numbers - {"0"} else {})
    for code in list(codes):
        if code not in keys or any(not _fills(row, code, codes, blank) for row in rows if code in row):
            del codes[code]
        elif any(set(row[: row.index(code)]) - blank - codes.keys() for row in rows if code in row):
            codes[code] = "blank"
    return codes


def _fills(row: tuple[str, ...], code: str, codes: Container[str], blank: Container[str]) -> bool:
    """Whether a code stands for nothing in a record: alone there, or from the last mention on to the end."""
    start = row.index(code)
    if any(cell not in codes and cell not in blank for cell in row[start:]):
        return False
    alone = code != "0" and all(cell in blank for cell in row[:start])
    return alone or all(cell in codes for cell in row[start:])


def _is_scale(small: Collection[str], counts: Mapping[str, int]) -> bool:
    """Whether the steps go as far up as down, and leave none out: -2, -1, 0, 1, 2."""
    down = {key.removeprefix("-") for key in small}
    highest = max((int(key) for key in counts if _WHOLE.fullmatch(key)), default=0)
    return down <= counts.keys() and len(down) == highest == max(map(int, down), default=0)


def apart_from_scale(keys: Iterable[str]) -> frozenset[str]:
    """The numbers that stand apart from the steps of a scale and look like codes: 99 beside 1 ... 5.

    >>> sorted(apart_from_scale(["1", "2", "3", "4", "5", "99"])), sorted(apart_from_scale(["97", "98", "99"]))
    (['99'], [])
    """
    given = set(keys)
    codes = given & APART
    steps = [int(key) for key in given - codes if _WHOLE.fullmatch(key)]
    return frozenset(codes) if len(steps) > 1 and max(steps) <= _STEPS else frozenset()
