"""The roster: places with planned numbers, or households one by one."""

from __future__ import annotations

from collections import Counter
from dataclasses import field, replace
from typing import TYPE_CHECKING

from visittally.analyses.coverage.roster_checks import RosterChecks
from visittally.analyses.coverage.roster_sums import perhaps_total
from visittally.dataclass import dataclass
from visittally.errors import FieldError, Notice
from visittally.messages import _, listing
from visittally.survey.fields import PLACES
from visittally.words.folding import fold, fold_header, tidy
from visittally.words.patterns import pattern
from visittally.words.places import numbers_somebody
from visittally.words.vocabulary import key_of, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from visittally.answers.axes import Axis
    from visittally.reading.blocks import Block
    from visittally.survey.variables import Survey, Variable
    from visittally.words.quantities import Quantity

TARGET = "planned"
_LONGEST = 8
"""Digits of the largest planned number: people of a large province."""
_IN_LARGE_UNITS = pattern(r"\d\s*(?:[千万亿]|k\b)")


@dataclass(frozen=True, slots=True)
class PlannedNumber:
    """A planned number.

    Attributes:
        line: Where it stands in the roster, 0 where it was counted there.
        names: The raw places (or other rows) that it is for, one for each axis.
        kind: The kind of target as the roster writes it, "" where it does not say.
        number: The number; its value is None where the cell is blank or cannot be read.
    """

    line: int
    names: tuple[str, ...]
    kind: str
    number: Quantity


@dataclass(frozen=True, slots=True)
class ListedHousehold:
    """A household on the roster: the raw places that it counts for, the raw place that its key is unique in."""

    names: tuple[str, ...]
    village: str
    household: str


@dataclass(frozen=True, slots=True)
class Entries:
    """What the roster says about the rows of the tables.

    Attributes:
        planned: The numbers, in the order of the roster; empty where it lists households.
        listed: The households, each once; None where the roster does not list them.
        kinds: The kinds of target, in the order in which they first stand there.
        notices: What was left out or looks odd.
    """

    planned: tuple[PlannedNumber, ...] = ()
    listed: tuple[ListedHousehold, ...] | None = None
    kinds: tuple[str, ...] = ()
    notices: tuple[Notice, ...] = ()

    def in_numbers(self) -> Entries:
        """The listed households as planned numbers, for visits that do not say which household they were to."""
        from visittally.words.quantities import Quantity

        if self.listed is None:
            return self
        counted = Counter(one.names for one in self.listed)
        planned = tuple(PlannedNumber(0, names, self.kinds[0], Quantity(n)) for names, n in counted.items())
        text = _(
            "Visits are counted, not households: the {n:,} households of the roster are the target, and a household "
            "that was visited twice counts twice (--column household_id=HEADER)."
        )
        notice = Notice("households_in_numbers", text.format(n=len(self.listed)))
        return replace(self, planned=planned, listed=None, notices=(*self.notices, notice))


@dataclass(frozen=True, slots=True)
class Roster:
    """A roster whose columns are understood.

    Attributes:
        file: Its name, as the user gave it.
        survey: Its columns.
        targets: Kind of target -> column with the planned numbers. The only one is named by its header.
        headers: Rows of the tables that are no fields -> header, as the user named them.
        by_household: Whether the planned numbers are those of households, which a place has several of.
        guessed: Whether no header says that numbers are planned, and the only ones were taken.
        unused: Headers of further columns of numbers, where the one that was taken says no more than households.
    """

    file: str
    survey: Survey
    targets: Mapping[str, Variable]
    headers: Mapping[str, str] = field(default_factory=dict)
    by_household: bool = False
    unused: tuple[str, ...] = ()
    guessed: bool = False

    @property
    def lists_households(self) -> bool:
        """Whether it lists households one by one instead of numbers."""
        return not self.targets

    def variable(self, axis: Axis) -> Variable | None:
        """The column that names the rows of an axis; None where there is none."""
        if axis.variable is None or axis.suffix:
            return None
        if axis.name in self.headers:
            return roster_column(self, self.headers[axis.name])
        found = self.survey.of_field(axis.field) if axis.field else None
        if found is not None:
            return found
        wanted = {fold_header(axis.variable.name), *(fold_header(part.header) for part in axis.variable.parts)}
        same = (v for v in self.survey.variables.values() if fold_header(v.name) in wanted)
        return next(same, None)

    def entries(self, axes: Sequence[Axis], home: Axis | None = None) -> Entries:
        """Read what the roster says about the rows that some axes make; `home`: where a household key is unique.

        Raises:
            FieldError: An axis has no column in the roster.
            InputError: A place stands there twice with different numbers, or the file is damaged.
        """
        columns = []
        for axis in axes:
            variable = self.variable(axis)
            if variable is None:
                raise _lacks(self, axis, [one for one in axes if self.variable(one) is not None])
            columns.append(variable)
        found = (
            _households(self, columns, None if home is None else self.variable(home))
            if self.lists_households
            else _numbers(self, columns)
        )
        numbers = [(one.line, " ".join(one.names), one.number.value) for one in found.planned]
        sums = perhaps_total(self.file, [(line, name, number) for line, name, number in numbers if number])
        found = replace(found, notices=(*found.notices, *sums, *self._unused()))
        codes = [_codes(axis) for axis in axes]
        villages = next((known for axis, known in zip(axes, codes, strict=True) if axis == home), {})
        return _by_code(found, codes, villages) if any(codes) else found

    def _unused(self) -> list[Notice]:
        if self.guessed and not self.unused:
            text = _(
                '{file}: "{header}" was taken for the planned numbers, as it is the only column of numbers '
                "(--roster-column target=HEADER takes another)."
            )
            header = next(iter(self.targets.values())).name
            return [Notice("roster_guessed", text.format(file=self.file, header=header))]
        if not self.unused:
            return []
        text = _(
            '{file}: "{header}" was taken for the planned numbers; other columns of numbers are not used: {others} '
            "(--roster-column target=HEADER takes another, target.NAME=HEADER one for each kind)."
        )
        header = next(iter(self.targets.values())).name
        return [Notice("roster_unused", text.format(file=self.file, header=header, others=listing(self.unused)))]


def _codes(axis: Axis) -> Mapping[str, str]:
    """Label of a place -> the code that the visits have for it; labels that two places share say nothing."""
    choices = axis.variable.choices if axis.variable is not None and axis.field in PLACES else ()
    labels = Counter(fold(choice.label) for choice in choices if choice.label)
    own = {fold(choice.name) for choice in choices}
    return {
        fold(choice.label): choice.name
        for choice in choices
        if labels[fold(choice.label)] == 1 and fold(choice.label) not in own
    }


def _by_code(entries: Entries, codes: Sequence[Mapping[str, str]], villages: Mapping[str, str]) -> Entries:
    """The entries of a roster that names places by their labels, by their codes."""

    def coded(names: Sequence[str]) -> tuple[str, ...]:
        return tuple(known.get(fold(name), name) for name, known in zip(names, codes, strict=True))

    planned = tuple(replace(one, names=coded(one.names)) for one in entries.planned)
    listed = entries.listed and tuple(
        replace(one, names=coded(one.names), village=villages.get(fold(one.village), one.village))
        for one in entries.listed
    )
    return replace(entries, planned=planned, listed=listed)


def roster_column(roster: Roster, header: str) -> Variable:
    """The column with a header.

    Raises:
        FieldError: There is none.
    """
    wanted = fold_header(header)
    for variable in roster.survey.variables.values():
        if header == variable.name or wanted in {fold_header(part.header) for part in variable.parts}:
            return variable
    raise roster.survey.missing(header)


def _lacks(roster: Roster, axis: Axis, others: Sequence[Axis]) -> FieldError:
    text = _(
        "{file}: the roster has no column for {field}, which makes the rows. Columns are: {columns}. "
        "Say which: --roster-column {field}=HEADER, or make the rows by what the roster knows: {by}."
    )
    by = " ".join(f"--by {one.name}" for one in others) or "--by FIELD"
    columns = ", ".join(roster.survey.variables)
    return FieldError(text.format(file=roster.file, field=axis.name, columns=columns, by=by))


# ---------------------------------------------------------------------------- reading
def roster_rows(roster: Roster, variables: Sequence[Variable]) -> Iterator[tuple[int, list[str]]]:
    """Line and cells of some columns of each record of the roster."""
    for layout in roster.survey.layouts:
        places = [layout.place(variable.name) for variable in variables]
        wanted = sorted({place for place in places if place is not None})
        for block in layout.source.blocks(wanted):
            cells = [_texts(block, place) for place in places]
            for i in range(block.length):
                yield block.line(i), [column[i].strip() for column in cells]


def _texts(block: Block, place: int | None) -> list[str]:
    if place is None:
        return [""] * block.length
    texts: list[str] = block.columns[place].to_pylist()
    return texts


def is_blank(text: str) -> bool:
    """Whether a cell of a roster says nothing."""
    return key_of(text) in words("blank")


def _rounded(text: str) -> bool:
    """Whether a number is written in thousands or more (8.2万), which nobody does with an exact one."""
    return _IN_LARGE_UNITS.search(fold(text)) is not None


def _numbers_somebody(text: str) -> bool:
    """Whether a planned number is longer than any, and not rounded: that of a telephone or of papers."""
    return len(text) > _LONGEST and not text.endswith("000") and numbers_somebody(text)


def telling_apart(roster: Roster, columns: Sequence[Variable]) -> list[Variable]:
    """The columns that tell the lines of the roster apart: all places, the kind of target, the rows asked for."""
    found = {v.name: v for f in (*PLACES, "target_type") if (v := roster.survey.of_field(f)) is not None}
    if roster.by_household and (household := roster.survey.of_field("household_id")) is not None:
        found[household.name] = household
    found |= {v.name: v for v in columns}
    return [v for v in found.values() if all(v.name != target.name for target in roster.targets.values())]


def _larger(roster: Roster, columns: Sequence[Variable]) -> list[str]:
    """The columns with larger places than those that make the rows."""
    own = {column.name for column in columns}
    places = [v.name if (v := roster.survey.of_field(field)) is not None else "" for field in PLACES]
    smallest = max((i for i, name in enumerate(places) if name in own), default=0)
    return [name for name in places[:smallest] if name and name not in own]


def _numbers(roster: Roster, columns: Sequence[Variable]) -> Entries:
    """The planned numbers for some rows."""
    from visittally.words.quantities import Quantity, parse

    identity = telling_apart(roster, columns)
    type_of = roster.survey.of_field("target_type")
    kind_of_line = type_of if type_of is not None and all(c.name != type_of.name for c in columns) else None
    targets = list(roster.targets.items())
    variables = [*identity, *(variable for _kind, variable in targets)]
    position = {variable.name: i for i, variable in enumerate(identity)}
    outer = [position[name] for name in _larger(roster, columns)]
    planned: list[PlannedNumber] = []
    seen: dict[tuple[str, ...], tuple[int, list[str]]] = {}
    checks = RosterChecks(roster.file)
    for line, cells in roster_rows(roster, variables):
        key, numbers = tuple(map(fold, cells[: len(identity)])), cells[len(identity) :]
        names = tuple(cells[position[c.name]] for c in columns)
        if columns and all(map(is_blank, names)):
            checks.nameless += [line] if any(numbers) else []
            continue
        if key in seen:
            checks.again(line, names, numbers, seen[key])
            continue
        seen[key] = (line, numbers)
        checks.larger.setdefault(names, set()).add(tuple(key[i] for i in outer))
        for (kind, variable), number in zip(targets, numbers, strict=True):
            quantity = Quantity(None) if _numbers_somebody(number) else parse(number)
            quantity = replace(quantity, approximate=quantity.approximate or _rounded(number))
            if quantity.value is None and not is_blank(number):
                checks.unread.append((line, number))
            own = cells[position[kind_of_line.name]] if kind_of_line is not None else ""
            planned.append(PlannedNumber(line, names, tidy(kind or own) or variable.name, quantity))
    kinds = dict.fromkeys(p.kind for p in planned)
    return Entries(tuple(planned), None, tuple(kinds), tuple(checks.finish()))


def in_several_villages() -> FieldError:
    """The error for households that only the village tells apart, where the visits do not name it."""
    return FieldError(
        _("Households of the roster have the same key in several villages: the visits need --column village=HEADER")
    )


def _households(roster: Roster, columns: Sequence[Variable], village: Variable | None) -> Entries:
    """The households of the roster, each once within its village or what stands for it."""
    household = roster.survey.of_field("household_id")
    assert household is not None
    own = roster.survey.of_field("village")
    variables = [household, village or household, own or household, *columns]
    found: dict[tuple[str, str], ListedHousehold] = {}
    villages: dict[tuple[str, str], str] = {}
    repeated = 0
    for _line, cells in roster_rows(roster, variables):
        if is_blank(cells[0]):
            continue
        place = cells[1] if village is not None else ""
        key = (fold(place), cells[0])
        repeated += key in found
        found.setdefault(key, ListedHousehold(tuple(cells[3:]), place, cells[0]))
        if villages.setdefault(key, fold(cells[2])) != fold(cells[2]):
            raise in_several_villages()
    notices = []
    if repeated:
        text = _("{file}: {n} households stand in the roster more than once and count once.")
        notices.append(Notice("roster_repeats", text.format(file=roster.file, n=repeated)))
    return Entries((), tuple(found.values()), ("household",), tuple(notices))
