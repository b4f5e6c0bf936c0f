"""Rows and columns of tables: a field or question, its dimension in the plan, and what its values are called."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from visittally.answers.book import Missing, learn
from visittally.answers.coding import Coding
from visittally.counting.plan import Dimension
from visittally.dataclass import dataclass
from visittally.errors import FieldError, Notice
from visittally.messages import _, language
from visittally.survey.fields import DAYS, MOMENTS, PLACES
from visittally.survey.projection import Projection
from visittally.words.dates import PERIODS, DateOrder, parse_day, period
from visittally.words.joined import NO_COLUMN, ROW_SEPARATOR
from visittally.words.labels import by_part, heading
from visittally.words.moments import CLOCKS, OFFICE, all_midnight, part_of_day
from visittally.words.names import an_example
from visittally.words.ordering import name_key
from visittally.words.place_words import joint_word
from visittally.words.places import name_places
from visittally.words.quantities import parse as parse_quantity
from visittally.words.vocabulary import key_of, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from visittally.settings import Settings
    from visittally.survey.variables import Variable


@dataclass(frozen=True, slots=True)
class Axis:
    """What rows or columns of a table are made by.

    Attributes:
        name: As the user typed it; the column's name in machine formats.
        field: The canonical field, or "".
        variable: The variable, None for the file's name.
        suffix: "month" of `visit_date:month`, "0,18,35,60" of `age:0,18,35,60`, or "".
    """

    name: str
    field: str
    variable: Variable | None
    suffix: str = ""

    @property
    def dimension(self) -> Dimension:
        """The dimension to plan for it."""
        if self.variable is None:
            return Dimension(self.field)
        projection = Projection.DAY if self.suffix in PERIODS else Projection.RAW
        return Dimension(self.variable.name, projection)

    @property
    def label(self) -> str:
        """Its heading for people."""
        if self.variable is None or self.name in (self.field, "household", "target"):
            return self._own_word or heading(self.name)
        if self.suffix:
            whole = heading(self.field) if self.field else self.variable.label or self.variable.name
            return by_part(whole, self.suffix)
        return self.variable.label or self.name.removeprefix("=")

    @property
    def _own_word(self) -> str:
        """What the file itself calls such places; "" where that is our word, or none."""
        if self.variable is None or self.field not in PLACES or self.name != self.field:
            return ""
        return joint_word(self.variable.names or (self.variable.name,), self.field, heading(self.field), language())


@dataclass(frozen=True, slots=True)
class CodedAxis:
    """An axis whose values have been seen.

    Attributes:
        coding: What each value means; a blank is the key "".
        labels: Key -> label for people, where it is not the key.
        notices: What was merged or had to be assumed.
    """

    axis: Axis
    coding: Coding
    labels: Mapping[str, str] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()


def code_axis(axis: Axis, values: Mapping[str, int], settings: Settings) -> CodedAxis:
    """Work out what the values of an axis mean.

    Args:
        axis: The axis.
        values: Its distinct raw values -> cases.
        settings: Aliases of places and codes of missing answers.
    """
    singles: dict[str, int] = {}
    for value, n in values.items():
        for one in value.split(ROW_SEPARATOR):
            singles[one] = singles.get(one, 0) + n
    coded = _code_singles(axis, singles, settings)
    alone = coded.coding.starts.tolist() == list(range(len(values) + 1))
    if alone and singles.keys() == values.keys():
        # Each value stands for one key, and for itself.
        return coded
    position = dict(zip(singles, coded.coding.lists(), strict=True))
    keys = coded.coding.keys

    def keys_of(value: str) -> Sequence[str]:
        found = {keys[i] for one in value.split(ROW_SEPARATOR) for i in position[one]}
        return sorted(found - {""}) or [""]

    rank = {key: i for i, key in enumerate(keys)}
    coding = Coding.of(values, keys_of, lambda key: rank.get(key, len(rank)), known=keys)
    return CodedAxis(axis, coding, coded.labels, coded.notices)


def _code_singles(axis: Axis, values: Mapping[str, int], settings: Settings) -> CodedAxis:
    if axis.variable is None:
        return CodedAxis(axis, Coding.of(values, lambda v: [v], known=()))
    if axis.suffix:
        coded = _code_periods if axis.suffix in PERIODS else _code_clocks if axis.suffix in CLOCKS else _code_bands
        return coded(axis, values)
    if axis.field == "visitor" and not settings.show_visitors:
        return _code_visitors(axis, values, settings)
    if axis.field in PLACES and len(axis.variable.parts) == 1:
        return _code_places(axis, values, settings)
    return _code_answers(axis, values, settings)


def _code_places(axis: Axis, values: Mapping[str, int], settings: Settings) -> CodedAxis:
    """Places by their names; where a form lists codes for them, the codes are the keys and its labels are shown."""
    assert axis.variable is not None
    codes = [choice.name for choice in axis.variable.choices]
    places = name_places(values, settings.aliases.get(axis.field, {}), codes)
    listed = {key_of(choice.name): choice.label for choice in axis.variable.choices if choice.label}
    names = dict.fromkeys(map(places.name, values)) if listed else ()
    labels = {name: label for name in names if (label := listed.get(key_of(name), name)) != name}
    if not labels:
        return CodedAxis(axis, Coding.of(values, lambda v: [places.name(v)]), notices=places.notices())

    def rank(name: str) -> object:
        return not name, name_key(labels.get(name, name)), name

    coding = Coding.of(values, lambda v: [places.name(v)], rank)
    return CodedAxis(axis, coding, labels, places.notices())


def _code_answers(axis: Axis, values: Mapping[str, int], settings: Settings) -> CodedAxis:
    assert axis.variable is not None
    book = learn(axis.variable, values, missing_of(settings), ticked_of(settings, axis.variable))
    order: dict[str, object] = {key: i for i, key in enumerate(book.options)} if axis.variable.choices else {}

    def rank(key: str) -> object:
        return (0, order[key]) if key in order else (1, name_key(key))

    if not order:
        names = sorted({code for v in values for code in book.answer(v).codes} | {""}, key=name_key)
        order = {key: i for i, key in enumerate(names)}
    labels = {key: option.label for key, option in book.options.items() if option.label and option.label != key}
    coding = Coding.of(values, lambda v: book.answer(v).codes or ("",), lambda k: order.get(k, len(order)))
    return CodedAxis(axis, coding, labels, tuple(book.notices))


def _code_visitors(axis: Axis, values: Mapping[str, int], settings: Settings) -> CodedAxis:
    """Visitors under pseudonyms: what a table says of their work is nobody else's business."""
    from visittally.words.personal import pseudonyms

    named = _code_answers(axis, values, settings).coding
    hidden = pseudonyms(key for key in named.keys if key)
    lists = dict(zip(values, named.lists(), strict=True))
    coding = Coding.of(values, lambda v: [hidden.get(named.keys[i], "") for i in lists[v]])
    return CodedAxis(axis, coding)


def _code_periods(axis: Axis, values: Mapping[str, int]) -> CodedAxis:
    order = DateOrder.learn(values)
    blanks = words("blank") | words("not_asked")
    unread = {
        v: n
        for v, n in values.items()
        if v not in ("", NO_COLUMN) and key_of(v) not in blanks and parse_day(v, order) is None
    }

    def keys_of(value: str) -> Sequence[str]:
        day = parse_day(value, order)
        return ["" if day is None else period(day, axis.suffix)]

    timed = axis.field in (*DAYS, *MOMENTS)  # its dates may lack the year, which is said apart
    if unread and not timed and all(parse_day(v, order) is None for v in values):
        text = _('"{name}": no cell of the column is a date.')
        raise FieldError(text.format(name=axis.name))
    notices = list(order.notices(axis.name))
    if unread:
        text = _('"{name}": {n:,} records hold no date that can be read, such as "{example}".')
        example = an_example(unread)
        notices.append(Notice("dates", text.format(name=axis.name, n=sum(unread.values()), example=example)))
    return CodedAxis(axis, Coding.of(values, keys_of, lambda key: (not key, key)), notices=tuple(notices))


def parts_of_days() -> dict[str, str]:
    """Office hours and the rest of the week, and what tables call them."""
    return {
        "office": _("Office hours (Monday to Friday, {first}-{last})").format(first=OFFICE[0], last=OFFICE[1]),
        "outside": _("Outside office hours (Monday to Friday)"),
        "weekend": _("Weekend"),
    }


def _code_clocks(axis: Axis, values: Mapping[str, int]) -> CodedAxis:
    """Hours, or office hours, evenings and weekends."""
    order = DateOrder.learn(values)
    labels = parts_of_days()
    found = {value: part_of_day(value.strip("\x00"), order, axis.suffix) for value in values}
    if all_midnight(values, order):
        # Days that a program wrote with a time: nobody says when it was.
        found = dict.fromkeys(values, "")
    blanks = words("blank") | words("not_asked")
    lost = {v: n for v, n in values.items() if not found[v] and v != NO_COLUMN and key_of(v) not in blanks}
    notices = list(order.notices(axis.name))
    if lost and axis.suffix == "worktime" and all(part_of_day(v.strip("\x00"), order, "hour") for v in lost):
        text = _(
            '"{name}": {n:,} records hold a time of day without a date, such as "{example}", so whether it was a '
            "weekend is not known: name a column with date and time."
        )
        notices.append(Notice("times", text.format(name=axis.name, n=sum(lost.values()), example=an_example(lost))))
    elif lost:
        text = _(
            '"{name}": {n:,} records hold no time of day that can be read, such as "{example}"; office hours also '
            "take a date in the same cell."
        )
        notices.append(Notice("times", text.format(name=axis.name, n=sum(lost.values()), example=an_example(lost))))
    order_of = {key: i for i, key in enumerate(labels)}
    coding = Coding.of(values, lambda v: [found[v]], lambda key: (not key, order_of.get(key, 0), key))
    return CodedAxis(axis, coding, labels, tuple(notices))


def parse_days(values: Mapping[str, int], name: str) -> tuple[dict[str, date | None], list[Notice]]:
    """The days that raw values hold, the order of day and month decided over all of them; and what had to be said."""
    order = DateOrder.learn(values)
    return {value: parse_day(value, order) for value in values}, list(order.notices(name))


def _code_bands(axis: Axis, values: Mapping[str, int]) -> CodedAxis:
    edges = band_edges(axis.suffix)
    if edges is None:
        text = _(
            '"{name}": "{suffix}" is neither a period ({periods}) nor a list of rising numbers such as 0,18,35,60.'
        )
        message = text.format(name=axis.name, suffix=axis.suffix, periods=", ".join((*PERIODS, *CLOCKS)))
        raise FieldError(message)
    names = [band_name(edges, i) for i in range(-1, len(edges))]

    def keys_of(value: str) -> Sequence[str]:
        number = parse_quantity(value).value
        if number is None:
            return [""]
        return [names[sum(edge <= number for edge in edges)]]

    return CodedAxis(axis, Coding.of(values, keys_of, lambda k: names.index(k) if k else len(names)))


def band_edges(suffix: str) -> list[float] | None:
    """The limits of bands, rising; None where the text is no such list.

    >>> band_edges("0,18,35")
    [0.0, 18.0, 35.0]
    """
    try:
        edges = [float(edge) for edge in suffix.split(",")]
    except ValueError:
        return None
    return edges if edges == sorted(set(edges)) else None


def band_name(edges: Sequence[float], i: int) -> str:
    """The name of the band from edge `i` to the next; -1 is below the first.

    >>> [band_name([0, 18, 35], i) for i in range(-1, 3)]
    ['<0', '0-17', '18-34', '35+']
    """
    if i < 0:
        return f"<{edges[0]:g}"
    if i == len(edges) - 1:
        return f"{edges[i]:g}+"
    whole = all(float(edge).is_integer() for edge in edges)
    return f"{edges[i]:g}-{edges[i + 1] - 1:g}" if whole else f"{edges[i]:g}-<{edges[i + 1]:g}"


def ticked_of(settings: Settings, variable: Variable) -> frozenset[str]:
    """The codes that count as ticked in a question; whoever loads the files names it as the files do."""
    return settings.ticked.get(variable.name, frozenset())


def missing_of(settings: Settings) -> Missing:
    """The codes of missing answers, the defaults changed by the configuration."""
    return Missing(**{state: frozenset(codes) for state, codes in settings.missing.items()})
