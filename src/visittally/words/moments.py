"""Moments of time: the day and the minute in a cell, as form tools and people write them."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

import numpy as np

from visittally.words.dates import DateOrder, parse_day
from visittally.words.folding import fold
from visittally.words.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_TIME = pattern(
    r"(?P<half>上午|下午|晚上|凌晨|中午)?\s*(?P<hour>\d{1,2})\s*[:：时時点h]\s*(?P<minute>\d{1,2})\s*[分]?"
    r"(?:\s*[:：]?\s*(?P<second>\d{1,2}(?:[.,]\d+)?)\s*秒?)?\s*(?P<ampm>[ap]\.?\s?m\.?)?"
    r"\s*(?P<zone>z|utc|[+-]\d{2}:?\d{2}|[+-]\d{2})?\s*$",
    re.IGNORECASE,
)
_MINUTES_A_DAY = 1440
_NOON = 12
_SOME_DAY = "2000-01-01"
"""The first day counted: in front of a time it makes its minutes those since midnight."""
_EPOCH = 730_120
"""The first of January 2000, a Saturday; nearer than the year 1, so that seconds keep their fractions."""


def parse_moment(text: str, order: DateOrder) -> tuple[float, float]:
    """Minutes since the year 2000, where the clock stood; and the same at longitude 0, where a zone is written.

    Args:
        text: A day and a time of day.
        order: How the days of the column are written.

    Returns:
        NaN twice where the text holds no day with a time.

    >>> order = DateOrder()
    >>> start, _ = parse_moment("2021-07-05T09:12:30.000+03:00", order)
    >>> end, _ = parse_moment("5/7/2021 9:42:30 AM", order)
    >>> end - start
    30.0
    """
    plain = fold(text)
    found = _TIME.search(plain)
    day = parse_day(text, order) if found else None
    if found is None or day is None:
        return math.nan, math.nan
    hour, minute, second = int(found["hour"]), int(found["minute"]), float((found["second"] or "0").replace(",", "."))
    if hour > 23 or minute > 59 or second > 60:
        return math.nan, math.nan
    hour = _of_the_day(hour, (found["ampm"] or "")[:1] or found["half"] or "")
    local = (day.toordinal() - _EPOCH) * _MINUTES_A_DAY + hour * 60 + minute + second / 60
    return local, local - _offset(found["zone"] or "")


def _of_the_day(hour: int, half: str) -> int:
    """The hour from midnight on of one that is told by the half of the day; twelve at night is the end of the day."""
    if half in ("a", "上午", "凌晨") and hour == _NOON:
        return 0
    if half == "晚上" and hour == _NOON:
        return 2 * _NOON
    early = hour < _NOON if half in ("p", "下午", "晚上") else half == "中午" and hour < _NOON // 2
    return hour + _NOON if early else hour


CLOCKS = ("hour", "worktime")
"""What `start_time:hour` and `start_time:worktime` are made of."""
OFFICE = (8, 18)
"""From this hour on, and up to this one, people are at work from Monday to Friday."""
_SATURDAY = 5


def part_of_day(text: str, order: DateOrder, clock: str) -> str:
    """The hour of a moment ("09"), or whether it lies in office hours, outside them, or at a weekend.

    Args:
        text: A day and a time of day; for the hour a time of day alone will do.
        order: How the days of the column are written.
        clock: One of `CLOCKS`.

    Returns:
        "" where the text does not tell.

    >>> part_of_day("2026-03-02 19:30", DateOrder(), "hour"), part_of_day("2026-03-02 19:30", DateOrder(), "worktime")
    ('19', 'outside')
    >>> part_of_day("2026-03-07 10:00", DateOrder(), "worktime"), part_of_day("10:00", DateOrder(), "worktime")
    ('weekend', '')
    """
    local, _everywhere = parse_moment(text, order)
    if math.isnan(local):
        local = clock_alone(text)
        if clock != "hour" or math.isnan(local):
            return ""
    day, minute = divmod(int(local), _MINUTES_A_DAY)
    hour = minute // 60
    if clock == "hour":
        return f"{hour:02d}"
    if (day + _SATURDAY) % 7 >= _SATURDAY:
        return "weekend"
    return "office" if OFFICE[0] <= hour < OFFICE[1] else "outside"


def all_midnight(texts: Iterable[str], order: DateOrder) -> bool:
    """Whether several moments are all midnight, as programs write days: then they tell no time of day.

    >>> all_midnight(["2026-03-02 00:00:00", "2026-03-03 00:00:00"], DateOrder()), all_midnight(["00:00"], DateOrder())
    (True, False)
    """
    known = [local for text in texts if not math.isnan(local := parse_moment(text.strip("\x00 "), order)[0])]
    return len(known) > 1 and not any(local % _MINUTES_A_DAY for local in known)


def _offset(zone: str) -> int:
    """Minutes by which a zone is ahead; 0 where none is written."""
    digits = re.sub(r"\D", "", zone)
    if not digits:
        return 0
    minutes = int(digits[:2]) * 60 + int(digits[2:4] or 0)
    return -minutes if zone.startswith("-") else minutes


def moments(values: Sequence[str], order: DateOrder) -> np.ndarray:
    """The moments in some cells: an array of two columns, see `parse_moment`, and one of times of a day not told.

    >>> moments(["2000-01-01 09:00", "9:40", "soon"], DateOrder()).tolist()
    [[540.0, 540.0, nan], [nan, nan, 580.0], [nan, nan, nan]]
    """
    found = [(*parse_moment(value, order), clock_alone(value)) for value in values]
    return np.array(found, float).reshape(-1, 3)


def clock_alone(text: str) -> float:
    """Minutes since midnight of a time without a day; NaN where the text is none."""
    plain = fold(text).strip("\x00 ")
    if _TIME.fullmatch(plain) is None:
        return math.nan
    return parse_moment(f"{_SOME_DAY} {plain}", DateOrder())[0]


def minutes_between(start: np.ndarray, end: np.ndarray) -> np.ndarray:
    """Minutes from some moments to others; by the clock alone where the day of one is not told.

    >>> day = DateOrder()
    >>> minutes_between(moments(["09:00", "2026-03-02 09:00"], day), moments(["09:40", "09:50"], day)).tolist()
    [40.0, 50.0]
    """
    first, last = (np.where(np.isfinite(m[:, 2]), m[:, 2], m[:, 0] % _MINUTES_A_DAY) for m in (start, end))
    difference: np.ndarray = end[:, 1] - start[:, 1]
    return np.where(np.isfinite(difference), difference, last - first)


def on_days(found: np.ndarray, days: np.ndarray) -> np.ndarray:
    """The moments in local time; times alone lie on the day given beside (an ordinal, below 1 where not known)."""
    on_day = (days.astype(float) - _EPOCH) * _MINUTES_A_DAY + found[:, 2]
    return np.where(np.isfinite(found[:, 0]) | (days < 1), found[:, 0], on_day)
