"""Dates of a dimension as day numbers, each distinct text read once."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from visittally.dataclass import dataclass
from visittally.errors import Notice
from visittally.messages import _
from visittally.words.dates import DateOrder, parse_day
from visittally.words.names import an_example
from visittally.words.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_YEARLESS = pattern(r"\s*\d{1,2}\s*[月./-]\s*\d{1,2}\s*[日号號]?\s*")
UNDATED = -1
"""Stands for a day that is blank or cannot be read."""


@dataclass(frozen=True, slots=True)
class DayCodes:
    """The days in the values of a dimension.

    Attributes:
        ordinals: `int64` array, one for each value: proleptic Gregorian ordinal of the day, or `UNDATED`.
        notices: What had to be assumed or could not be read.
    """

    ordinals: np.ndarray
    notices: tuple[Notice, ...] = ()

    @property
    def newest(self) -> date | None:
        """The newest day, None where there is none."""
        return day_of(int(self.ordinals.max(initial=UNDATED)))


def code_days(name: str, values: Sequence[str], counts: Mapping[str, int]) -> DayCodes:
    """Read the dates of a dimension.

    Args:
        name: The field, for notices.
        values: Its distinct texts.
        counts: How often each occurs.
    """
    order = DateOrder.learn({value: counts.get(value, 0) for value in values})
    days = [parse_day(value, order) for value in values]
    found = np.array([UNDATED if day is None else day.toordinal() for day in days], np.int64)
    notices = list(order.notices(name))
    unread = {v: counts.get(v, 0) for v, day in zip(values, days, strict=True) if day is None and _written(v)}
    if unread:
        yearless = sum(map(bool, map(_YEARLESS.fullmatch, unread)))
        if 2 * yearless > len(unread):
            text = _('"{name}": {n:,} records hold a day without a year, such as "{example}". Add the year to them.')
        else:
            text = _('"{name}": {n:,} records hold no date that can be read, such as "{example}".')
        message = text.format(name=name, n=sum(unread.values()), example=an_example(unread))
        notices.append(Notice("dates", message))
    return DayCodes(found, tuple(notices))


def day_of(ordinal: int) -> date | None:
    """The day of an ordinal; None for `UNDATED`.

    >>> day_of(date(2026, 4, 1).toordinal()), day_of(UNDATED)
    (datetime.date(2026, 4, 1), None)
    """
    return None if ordinal < 1 else date.fromordinal(ordinal)


def _written(text: str) -> bool:
    from visittally.words.vocabulary import key_of, words

    return bool(text.strip("\x00 ")) and key_of(text) not in words("blank") | words("not_asked")
