"""All cases that a back-check may be drawn from, and those drawn."""

from __future__ import annotations

from dataclasses import field, replace
from typing import TYPE_CHECKING

from visittally.analyses.backcheck.draw import SEPARATOR, Draw, Stratum
from visittally.analyses.backcheck.keyed import CaseKey, Keyed, keyed_records, value_counts
from visittally.analyses.backcheck.oversampling import Oversample
from visittally.answers.axes import Axis, CodedAxis, code_axis
from visittally.counting.plan import Dimension, Group, Plan
from visittally.dataclass import dataclass
from visittally.survey.fields import PLACES
from visittally.survey.projection import Projection
from visittally.words.dates import DateOrder, parse_day
from visittally.words.folding import fold
from visittally.words.joined import NO_COLUMN
from visittally.words.outcomes import Outcomes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

    from visittally.analyses.campaign import Campaign
    from visittally.counting.engine import Counts
    from visittally.survey.variables import Variable


@dataclass(frozen=True, slots=True)
class Design:
    """What a draw looks at.

    Attributes:
        key: What tells cases apart.
        strata: What the cases are sorted by before they are drawn.
        places: The places that stand on the sheet.
        outcome: How a visit ended; date: when it was; visitor, household: who and where. None where no column says it.
        shown: Further columns on the sheet (personal ones, on request).
    """

    key: CaseKey
    strata: tuple[Axis, ...]
    places: tuple[Axis, ...]
    outcome: Variable | None
    date: Variable | None
    visitor: Axis | None
    household: Variable | None
    shown: tuple[Variable, ...] = ()

    @property
    def day(self) -> tuple[Dimension, ...]:
        """The dimension of the date of the visit: one or none."""
        return () if self.date is None else (Dimension(self.date.name, Projection.DAY),)

    @property
    def coded(self) -> tuple[Axis, ...]:
        """The axes whose values are named on the sheet."""
        visitor = () if self.visitor is None else (self.visitor,)
        return tuple(dict.fromkeys((*self.strata, *self.places, *visitor)))

    @property
    def plan(self) -> Plan:
        """What is counted: each column by itself, so that its values can be named."""
        outcome = () if self.outcome is None else (Dimension(self.outcome.name),)
        dimensions = (*(axis.dimension for axis in self.coded), *outcome, *self.day)
        return Plan(tuple(Group((d,)) for d in dict.fromkeys(dimensions)))


@dataclass(frozen=True, slots=True)
class Population:
    """The completed cases.

    Attributes:
        design: What was looked at; axes: its axes, values named.
        strata: Key of each case -> its stratum.
        labels: Stratum -> what it is called on paper.
        order: How the dates are written.
        not_completed: Records of visits that did not come to an interview.
        keyless: Records without a key, told by file and line.
        repeated: Records whose key another one has: one case.
        more: Records that are drawn more often; factors: stratum of such -> how many times the share.
    """

    design: Design
    axes: Mapping[Axis, CodedAxis]
    strata: Mapping[str, str]
    labels: Mapping[str, str]
    order: DateOrder
    not_completed: int
    keyless: int
    repeated: int
    more: Oversample = field(default_factory=Oversample)
    factors: Mapping[str, Fraction] = field(default_factory=dict)

    def draw(self, how: Draw) -> dict[str, Stratum]:
        """Draw a sample, stratum by stratum."""
        return how.sample(((stratum, key) for key, stratum in self.strata.items()), self.factors)


def read_population(campaign: Campaign, design: Design, counts: Counts, more: Oversample) -> Population:
    """Find the completed cases, each once: of several records of a case the latest counts.

    Args:
        campaign: The files.
        design: What is looked at.
        counts: What was counted in them.
        more: Records that are drawn more often.
    """
    axes = {axis: code_axis(axis, value_counts(counts, axis.dimension), campaign.settings) for axis in design.coded}
    order = DateOrder.learn(value_counts(counts, design.day[0])) if design.day else DateOrder()
    strata, days, labels = dict[str, str](), dict[str, str](), dict[str, str]()
    lost = {"not_completed": 0, "keyless": 0, "repeated": 0}
    reader = _CaseReader(design, axes, order, more, Outcomes.load(campaign.settings.outcomes))
    factors: dict[str, Fraction] = {}
    for record in keyed_records(campaign, counts, design.key, reader.dimensions):
        if not reader.completed(record):
            lost["not_completed"] += 1
            continue
        lost["keyless"] += record.keyless
        stratum, label = reader.stratum(record)
        labels.setdefault(stratum, label)
        if signal := more.signal(record):
            factors[stratum] = more.factors[signal]
        day = reader.day(record)
        if record.key in strata:
            lost["repeated"] += 1
            if (day, stratum) <= (days.get(record.key, ""), strata[record.key]):
                continue
        strata[record.key] = stratum
        if day:
            days[record.key] = day
    return Population(design, axes, strata, labels, order, **lost, more=more, factors=factors)


def drawn_records(
    campaign: Campaign, counts: Counts, population: Population, drawn: Mapping[str, Stratum]
) -> dict[str, Keyed]:
    """One record of each case drawn, with the cells that stand on the sheet: the latest, whatever their order."""
    design = population.design
    known = Outcomes.load(campaign.settings.outcomes)
    reader = _CaseReader(design, population.axes, population.order, population.more, known)
    shown = sheet_dimensions(design)
    wanted = {key for stratum in drawn.values() for key in stratum.drawn}
    found: dict[str, tuple[tuple[str, tuple[str, ...]], Keyed]] = {}
    for record in keyed_records(campaign, counts, design.key, (*shown, *reader.dimensions), wanted):
        own, rest = record.cells[: len(shown)], replace(record, cells=record.cells[len(shown) :])
        if reader.completed(rest) and reader.stratum(rest)[0] == population.strata[record.key]:
            rank = reader.day(rest), own
            if record.key not in found or rank > found[record.key][0]:
                found[record.key] = rank, replace(record, cells=own)
    return {key: record for key, (_rank, record) in found.items()}


class _CaseReader:
    """Understands the cells of a record that say where it belongs: strata, day, outcome."""

    def __init__(
        self,
        design: Design,
        axes: Mapping[Axis, CodedAxis],
        order: DateOrder,
        more: Oversample,
        known: Outcomes,
    ) -> None:
        self.more = more
        self.names = [_Namer(axes[axis]) for axis in design.strata]
        self.order, self.known, self.dated = order, known, bool(design.day)
        self.outcome = () if design.outcome is None else (Dimension(design.outcome.name),)
        self.dimensions = (*(axis.dimension for axis in design.strata), *design.day, *self.outcome)

    def completed(self, record: Keyed) -> bool:
        return not self.outcome or self.known.group(record.cells[-1]) == "completed"

    def stratum(self, record: Keyed) -> tuple[str, str]:
        found = [name.of(cell) for name, cell in zip(self.names, record.cells, strict=False)]
        if signal := self.more.signal(record):
            found.append((signal, signal))
        return SEPARATOR.join(text for text, _label in found), " / ".join(label for _text, label in found)

    def day(self, record: Keyed) -> str:
        return iso_day(record.cells[len(self.names)], self.order) if self.dated else ""


def sheet_dimensions(design: Design) -> tuple[Dimension, ...]:
    """What is read of each case drawn: places, visitor, household, further columns, the day last."""
    visitor = () if design.visitor is None else (design.visitor.dimension,)
    household = () if design.household is None else (Dimension(design.household.name),)
    shown = tuple(Dimension(v.name) for v in design.shown)
    return (*(axis.dimension for axis in design.places), *visitor, *household, *shown, *design.day)


def iso_day(raw: str, order: DateOrder) -> str:
    """The day in a cell in ISO form, "" where there is none."""
    day = parse_day(raw.replace(NO_COLUMN, "").strip(), order)
    return "" if day is None else day.isoformat()


class _Namer:
    """What a raw value of a stratum is drawn under, and what it is called on paper."""

    def __init__(self, coded: CodedAxis) -> None:
        axis = coded.axis
        self.place = axis.field in PLACES
        self.literal = not self.place and not axis.suffix and axis.variable is not None
        keys = coded.coding.keys
        first = [members[0] if members else -1 for members in coded.coding.lists()]
        self.keys = {v: keys[i] if i >= 0 else "" for v, i in zip(coded.coding.values, first, strict=True)}
        self.labels = coded.labels

    def of(self, raw: str) -> tuple[str, str]:
        key = self.keys.get(raw, "")
        label = self.labels.get(key, key)
        if self.literal:
            return raw.replace(NO_COLUMN, "").strip(), label
        return (fold(key) if self.place else key), label


def label_of(coded: CodedAxis, raw: str) -> tuple[str, str]:
    """Key and label of a raw value of an axis."""
    names = dict(zip(coded.coding.values, coded.coding.lists(), strict=True))
    found = [coded.coding.keys[i] for i in names.get(raw, ())]
    return "; ".join(found), "; ".join(coded.labels.get(key, key) for key in found)


def strata_axes(campaign: Campaign, named: Sequence[str]) -> tuple[Axis, ...]:
    """The strata that were asked for, else the visitor, else the village, else none.

    Raises:
        FieldError: There is no such field.
    """
    if named:
        return tuple(campaign.axis(name) for name in named)
    found = campaign.axis_of_field("visitor") or campaign.axis_of_field("village")
    return () if found is None else (found,)
