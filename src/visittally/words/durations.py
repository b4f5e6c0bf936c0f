"""How long something took, as form tools and people write it: minutes out of a cell."""

from __future__ import annotations

import math
import re
import statistics
from typing import TYPE_CHECKING

from visittally.words.folding import fold
from visittally.words.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_PARTS = pattern(
    r"(?:(?P<h>\d+(?:\.\d+)?)\s*(?:小时|时|h(?:ours?|rs?)?))?\s*"
    r"(?:(?P<m>\d+(?:\.\d+)?)\s*(?:分钟|分|m(?:in(?:ute)?s?)?\.?))?\s*"
    r"(?:(?P<s>\d+(?:\.\d+)?)\s*(?:秒|s(?:ec(?:ond)?s?)?\.?))?"
)
_CLOCK = pattern(r"(?P<h>\d{1,2}):(?P<m>\d{2})(?::(?P<s>\d{2}))?")
_BARE = pattern(r"\d+(?:\.\d+)?")
_MINUTES = {"h": 60.0, "m": 1.0, "s": 1 / 60}
_TOO_LONG = 600
"""Bare numbers of which the middle one is larger are no minutes: nobody is visited for ten hours."""
_AS_TOOLS_DO, _TOO_LONG_CALLED_SO = frozenset({"_duration", "duration"}), 120
"""What form tools call durations, which they give in seconds; bare numbers beyond this are no minutes there."""
_IN_SECONDS = pattern(r"秒|答题时长|\bsec(?:onds?)?\b", re.IGNORECASE)


def in_seconds(header: str) -> bool:
    """Whether bare numbers below a header are seconds.

    >>> in_seconds("答题时长"), in_seconds("duration (seconds)"), in_seconds("duration")
    (True, True, False)
    """
    return bool(_IN_SECONDS.search(header.replace("_", " ")))


def bare_minutes(headers: Sequence[str], texts: Iterable[str]) -> float:
    """What a number without a unit stands for: minutes, or seconds where header or numbers say so.

    Args:
        headers: What the column is called.
        texts: Some of its cells.

    >>> bare_minutes(["duration"], ["35", "40"]), bare_minutes(["duration"], ["900", "30分钟"]) == 1 / 60
    (1.0, True)
    """
    if any(map(in_seconds, headers)):
        return 1 / 60
    found = [minutes_of(text) for text in texts if _BARE.fullmatch(fold(text))]
    longest = _TOO_LONG_CALLED_SO if any(header.casefold() in _AS_TOOLS_DO for header in headers) else _TOO_LONG
    return 1 / 60 if found and statistics.median(found) > longest else 1.0


def minutes_of(text: str, bare: float = 1.0) -> float:
    """Minutes; NaN where the text holds no duration.

    Args:
        text: A cell.
        bare: Minutes that a number without a unit stands for.

    >>> minutes_of("2分30秒"), minutes_of("1小时5分"), minutes_of("90", 1 / 60), minutes_of("00:45:30"), minutes_of("?")
    (2.5, 65.0, 1.5, 45.5, nan)
    """
    plain = fold(text)
    if _BARE.fullmatch(plain):
        return float(plain) * bare
    found = _CLOCK.fullmatch(plain) or _PARTS.fullmatch(plain)
    if found is None or not any(found.groupdict().values()):
        return math.nan
    return sum(float(found[name]) * minutes for name, minutes in _MINUTES.items() if found[name])
