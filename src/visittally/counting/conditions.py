"""`--where`: which records count."""

from __future__ import annotations

import operator
from datetime import date
from typing import TYPE_CHECKING, Any

from visittally.dataclass import dataclass
from visittally.errors import UsageError
from visittally.messages import _
from visittally.survey.variables import Role, Variable
from visittally.words.dates import DateOrder, parse_day, period
from visittally.words.folding import fold
from visittally.words.joined import CELL_SEPARATOR
from visittally.words.moments import CLOCKS, part_of_day
from visittally.words.patterns import pattern
from visittally.words.replies import flagged

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from visittally.counting.plan import Condition

_OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<=": operator.le,
    ">=": operator.ge,
    "<": operator.lt,
    ">": operator.gt,
}
_BETWEEN = pattern(r"[;；,，、┋|\n]+")
_TICKS = {"1", "1.0", "true", "yes", "y", "是", "√", "✓", "■", "x"}
_MONTH = pattern(r"\d{4}\D{1,2}\d{1,2}\D?")
"""A month is read as its first day, which nobody means who asks for it."""
_CONDITION = pattern(r"(?s)(.+?)(!=|<=|>=|==|=|<|>)(.*)")


def split_condition(text: str) -> tuple[str, str, str]:
    """Split `FIELD=VALUE` into field, operator and value.

    Raises:
        ValueError: There is no operator, or nothing before it.

    >>> split_condition("age>=18")
    ('age', '>=', '18')
    >>> split_condition("village==Ash")
    ('village', '=', 'Ash')
    """
    # A leading "=" forces a header and is no operator.
    lead = "=" if text.startswith("=") else ""
    found = _CONDITION.fullmatch(text[len(lead) :])
    if not found:
        raise ValueError(text)
    sign = "=" if found[2] == "==" else found[2]
    return lead + found[1].strip(), sign, found[3].strip()


HOURS = 24
UNMARKED = "unmarked"
"""The operator of a condition that leaves out the records which a column of yes and no marks."""


@dataclass(frozen=True, slots=True)
class Matcher:
    """Tells whether a raw value meets a condition.

    Attributes:
        text: The condition as the user gave it.
        order: Order of day and month in the condition's column, for dates.
        spaced: Whether spaces stand between the answers in a cell of that column.
    """

    condition: Condition
    text: str
    order: DateOrder | None = None
    spaced: bool = False

    @property
    def reason(self) -> str:
        """Why a record that does not meet it is left out."""
        if self.condition.operator == UNMARKED:
            return _("marked as sensitive in {column}").format(column=self.text)
        return _("left out by --where {text}").format(text=self.text)

    def matches(self, raw: str, variable: Variable | None) -> bool:
        """Whether a record with this value counts."""
        value, sign = self.condition.value, self.condition.operator
        if sign == UNMARKED:
            return not any(map(flagged, raw.split(CELL_SEPARATOR)))
        compare = _OPERATORS[sign]
        if self.condition.projected in CLOCKS and self.order is not None:
            part = part_of_day(raw.strip(), self.order, self.condition.projected)
            return bool(part) and compare(part, value)
        if self.condition.projected and self.order is not None:
            day = parse_day(raw.strip(), self.order)
            return day is not None and compare(period(day, self.condition.projected), value)
        if sign in ("=", "!="):
            return (fold(value) in _held(raw, variable, spaced=self.spaced) or self._same_day(raw)) == (sign == "=")
        own, limit = _comparable(raw.strip(), self.order), _comparable(value, self.order)
        return own is not None and limit is not None and type(own) is type(limit) and compare(own, limit)

    def _same_day(self, raw: str) -> bool:
        """Whether a value is the day of the condition, however each of them is written."""
        value = self.condition.value
        day = None if _MONTH.fullmatch(value) else _comparable(value, self.order)
        return isinstance(day, date) and self.order is not None and parse_day(raw.strip(), self.order) == day


def part_of_day_in(text: str, sign: str, value: str, clock: str, labels: Mapping[str, str]) -> str:
    """What the parts of days are compared with: an hour as two digits, or the name of a part.

    Args:
        text: The condition as the user gave it.
        sign: Its operator.
        value: What the user compares with.
        clock: hour or worktime.
        labels: Part -> what tables call it.

    Raises:
        UsageError: No time can be that.
    """
    if clock == "hour":
        if value.isdecimal() and int(value) < HOURS:
            return f"{int(value):02d}"
        message = _('--where "{text}": "{value}" is no hour from 0 to 23.')
        raise UsageError(message.format(text=text, value=value))
    named = {fold(name): part for part, label in labels.items() for name in (part, label)}
    if fold(value) in named and sign in ("=", "!="):
        return named[fold(value)]
    message = _('--where "{text}": working time is compared with = or != and one of: {parts}.')
    raise UsageError(message.format(text=text, parts=", ".join(labels)))


def check_limit(text: str, value: str, order: DateOrder | None) -> None:
    """Refuse a limit that nothing can be smaller or larger than.

    Args:
        text: The condition as the user gave it.
        value: What the records are compared with.
        order: Order of day and month in the condition's column.

    Raises:
        UsageError: The limit is neither a number nor a date.
    """
    if _comparable(value, order) is None:
        message = _('--where "{text}": "{value}" is neither a number nor a date such as 2026-04-30.')
        raise UsageError(message.format(text=text, value=value))


def _held(raw: str, variable: Variable | None, *, spaced: bool) -> set[str]:
    """The folded answers in a raw value: the whole cell, its parts, the options ticked."""
    cells = raw.split(CELL_SEPARATOR)
    found: set[str] = set()
    for i, cell in enumerate(cells):
        part = variable.parts[i] if variable is not None and i < len(variable.parts) else None
        if part is not None and part.role is Role.OPTION:
            if fold(cell) in _TICKS | {fold(part.option), fold(part.label)} - {""}:
                found |= {fold(part.option), fold(part.label)}
            continue
        found.add(fold(cell))
        found |= {fold(piece) for piece in _BETWEEN.split(cell) if piece.strip()}
        found |= {fold(piece) for piece in cell.split()} if spaced else set()
    return found


def _comparable(text: str, order: DateOrder | None) -> float | date | None:
    try:
        return float(text)
    except ValueError:
        return None if order is None else parse_day(text, order)
