"""The thresholds of a check, and how they are set.

Most are those of the sources named in the table of signals; `overlap`, `near_duplicate` and z were set by hand after
looking at one published survey. No labelled records were used: what they find and what they miss is not known.
"""

from __future__ import annotations

import difflib
import math
from dataclasses import fields, replace
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.errors import UsageError
from visittally.messages import _

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which figure on something is pointed out; shares in per cent unless said otherwise.

    Attributes:
        near_duplicate: s of two records, 0 to 1; near_nearest: s from which a neighbour counts for a visitor;
            near_share: share of such records of a visitor.
        short: Share of short interviews; short_part: which part of the median is short.
        per_day: Visits a day; lag: days; pace: robust z; z of the other figures is 3.
        boilerplate: Share of the commonest text; boilerplate_hhi: concentration of all, 0 to 1.
        crowding: Share of the visits in the last `crowding_part` of the days; crowding_days: days that there must be.
        heaping: Whipple's index. position_far: metres, in any case. bunching: ratio.
        phone_shared: households; visited_often: days with a visit within a month.
        extreme_items: share of the items of a scale that makes a record extreme.
    """

    near_duplicate: float = 0.90
    near_nearest: float = 0.85
    near_share: float = 5.0
    identical_text: float = 15.0
    boilerplate: float = 40.0
    boilerplate_hhi: float = 0.25
    short: float = 20.0
    short_part: float = 0.3
    pace: float = 3.5
    overlap: float = 20.0
    per_day: float = 20.0
    burst: float = 20.0
    lag: float = 7.0
    night: float = 5.0
    crowding: float = 50.0
    crowding_part: float = 0.05
    crowding_days: float = 20.0
    dont_know: float = 10.0
    refused_answers: float = 10.0
    missing: float = 10.0
    other: float = 10.0
    straightline: float = 20.0
    extreme: float = 50.0
    extreme_items: float = 80.0
    heaping: float = 175.0
    no_issue: float = 0.0
    closed_bare: float = 30.0
    bunching: float = 3.0
    position_same: float = 3.0
    position_far: float = 1000.0
    coverage_over: float = 100.0
    phone_shared: float = 3.0
    visited_often: float = 2.0
    absent: float = 0.0
    own_form: float = 30.0
    not_confirmed: float = 5.0


DEFAULTS = Thresholds()


def thresholds(named: Mapping[str, str]) -> Thresholds:
    """The thresholds with those that the user set.

    Raises:
        UsageError: A name that is none, or a value that is no number.
    """
    known = [field.name for field in fields(Thresholds)]
    values: dict[str, float] = {}
    for name, text in named.items():
        key = name.replace("-", "_")
        if key not in known:
            near = difflib.get_close_matches(key, known, 1)
            hint = " " + _('Did you mean "{name}"?').format(name=near[0]) if near else ""
            message = _('--threshold: there is no threshold "{name}". There are: {known}.')
            raise UsageError(message.format(name=name, known=", ".join(known)) + hint)
        try:
            values[key] = float(text)
        except ValueError:
            values[key] = math.nan
        if not math.isfinite(values[key]):
            message = _('--threshold {name}: "{value}" is no number.')
            raise UsageError(message.format(name=name, value=text))
    return replace(DEFAULTS, **values)
