"""Whether two answers to one question are the same: case, width and order aside, numbers and days by their value."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

from visittally.answers.axes import missing_of
from visittally.answers.book import State, learn
from visittally.dataclass import dataclass
from visittally.errors import UsageError
from visittally.messages import _
from visittally.survey.variables import QuestionKind
from visittally.words.dates import DateOrder, parse_day
from visittally.words.joined import CELL_SEPARATOR, NO_COLUMN
from visittally.words.patterns import pattern
from visittally.words.quantities import parse as parse_quantity
from visittally.words.vocabulary import key_of, lexicon

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from visittally.settings import Settings
    from visittally.survey.variables import Variable

_SIGNS = pattern(r"[\W_]+")
_RANGE = pattern(r"\s*([+-]?[\d.]+)\s*(%?)\s*:\s*([+-]?[\d.]+)\s*(%?)\s*")


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """What was answered.

    Attributes:
        shown: As it stands in the file.
        blank: Whether there is no answer.
        codes: The answers, as they are compared; several where several may be given.
        number: The number that it is, None where it is none, or says "don't know" or refuses.
        day: The day that it is.
    """

    shown: str
    blank: bool = False
    codes: frozenset[str] = frozenset()
    number: float | None = None
    day: date | None = None

    def same(self, other: GivenAnswer) -> bool:
        """Whether the other answer says the same."""
        if self.number is not None and other.number is not None:
            return self.number == other.number
        if self.day is not None and other.day is not None:
            return self.day == other.day
        return self.codes == other.codes


@dataclass(frozen=True, slots=True)
class Okay:
    """How far a number may lie off the first one: limits, ends included, as numbers or as parts of its size."""

    low: float
    high: float
    relative: bool = False

    def holds(self, first: float, second: float) -> bool:
        """Whether the second number is near enough.

        >>> Okay(-1, 1).holds(5, 6), Okay(-0.05, 0.05, relative=True).holds(-100, -106)
        (True, False)
        """
        size = abs(first) if self.relative else 1.0
        slack = 1e-9 * max(abs(first), abs(second), 1.0)  # 0.1 + 0.2 is within 0.3
        return first + self.low * size - slack <= second <= first + self.high * size + slack


def okay_of(text: str) -> Okay:
    """Read a range such as -1:1 or -5%:5%.

    Raises:
        UsageError: It is none.

    >>> okay_of("-1:1"), okay_of("-5%:5%")
    (Okay(low=-1.0, high=1.0, relative=False), Okay(low=-0.05, high=0.05, relative=True))
    """
    match = _RANGE.fullmatch(text)
    try:
        low, high = (float(match[1]), float(match[3])) if match else (1.0, 0.0)
    except ValueError:
        low, high = 1.0, 0.0
    if match is None or match[2] != match[4] or low > high:
        message = _('--okay "{text}": expected a range such as -1:1 or -5%:5%.')
        raise UsageError(message.format(text=text))
    scale = 100 if match[2] else 1
    return Okay(low / scale, high / scale, relative=bool(match[2]))


def reader(
    variable: Variable, values: Mapping[str, int], settings: Settings, *, as_day: bool, names: Mapping[str, str]
) -> Callable[[str], GivenAnswer]:
    """How to read the answers of a question on one side.

    Args:
        variable: The question as that side has it.
        values: Its distinct raw values there, and how often each occurs.
        settings: Codes of missing answers.
        as_day: Whether either side knows it as a date.
        names: Label of an option, as `key_of` writes it -> its name, likewise, from both sides' forms.
    """
    order = DateOrder.learn(values) if as_day else None
    plain = len(variable.parts) == 1 and variable.kind in (QuestionKind.NUMBER, QuestionKind.DATE, QuestionKind.TEXT)
    missing = missing_of(settings)
    listed = [choice.name for choice in variable.choices]
    known = lexicon(missing, {cell for value in values for cell in value.split(CELL_SEPARATOR)}, listed)
    unanswered, silent = known.blank | known.not_asked, known.dont_know | known.refused
    book = None if plain else learn(variable, values, missing, settings.ticked.get(variable.name, frozenset()))
    words = variable.kind is QuestionKind.TEXT and plain

    def code(text: str) -> str:
        key = key_of(text)
        if words:
            return " ".join(_SIGNS.sub(" ", key).split())
        return names.get(key, key)

    @cache
    def read(raw: str) -> GivenAnswer:
        shown = raw.replace(NO_COLUMN, "").strip()
        if book is None:
            blank = not shown or key_of(shown) in unanswered
            texts: tuple[str, ...] = () if blank else (shown,)
        else:
            answer = book.answer(raw)
            texts, blank = answer.codes, answer.state is not State.ANSWERED
            shown = "; ".join(texts)
        codes = frozenset(map(code, texts))
        single = next(iter(codes)) if len(codes) == 1 else ""
        number = None if single in silent else _number(single, decimal_comma=variable.decimal_comma)
        day = parse_day(shown, order) if order is not None and not blank else None
        return GivenAnswer(shown, blank, codes, number, day)

    return read


def _number(text: str, *, decimal_comma: bool) -> float | None:
    if not text:
        return None
    try:
        found = float(text)
    except ValueError:
        plain = text.replace(".", "").replace(",", ".") if decimal_comma else text
        quantity = parse_quantity(plain)
        found = float(quantity.value) if quantity.value is not None and not quantity.approximate else math.nan
    return found if math.isfinite(found) else None


def option_names(*variables: Variable) -> dict[str, str]:
    """Label of an option -> its name, both as `key_of` writes them, as far as a form or a header gives labels."""
    pairs = [(c.name, c.label) for v in variables for c in v.choices]
    pairs += [(p.option, p.label) for v in variables for p in v.options]
    names = {key_of(name) for name, _label in pairs}
    found: dict[str, str] = {}
    for name, label in pairs:
        if label and key_of(label) not in names:
            found.setdefault(key_of(label), key_of(name))
    return found
