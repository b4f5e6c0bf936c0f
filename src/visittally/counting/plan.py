"""Which small groups of columns are counted together, and what their cells are projected to.

A command plans one group for each table or question, never all columns of a file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.survey.projection import Projection

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, order=True)
class Dimension:
    """A variable as it is counted. `variable` is a name in `Survey.variables`, or "file" for the file's name."""

    variable: str
    projection: Projection = Projection.RAW


@dataclass(frozen=True, slots=True)
class Group:
    """Dimensions counted together.

    Attributes:
        dimensions: What is combined.
        unit: Names of the variables whose values together identify a unit (a household: household_id, village);
            a record in which the first is blank is a unit of its own. Empty: each record counts. Otherwise the
            records of a unit are one case: see `Tally.frame`.
    """

    dimensions: tuple[Dimension, ...]
    unit: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Distinct:
    """How many different keys there are in each combination of `by`.

    Attributes:
        by: Dimensions that the keys are counted within (may be empty).
        key: Names of the variables that together are the key; records in which the first is blank have none.
    """

    by: tuple[Dimension, ...]
    key: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """A `--where`: `variable` (a name in the survey, with its projection), operator (= != < <= > >=) and value."""

    dimension: Dimension
    operator: str
    value: str
    projected: str = ""
    """Suffix of the field, such as "month" of `visit_date:month`."""


@dataclass(frozen=True, slots=True)
class Plan:
    """All that one reading of the files has to count.

    Attributes:
        groups: Counted combinations.
        distinct: Counted keys.
        where: Conditions that a record must meet, all of them.
        weight: Name of the variable with the weight; records with a blank or negative one are set aside.
        record_key: Name of the variable that identifies the same record twice, or "".
        repeats: Whether exact repeats of whole records are looked for.
    """

    groups: tuple[Group, ...] = ()
    distinct: tuple[Distinct, ...] = ()
    where: tuple[Condition, ...] = ()
    weight: str = ""
    record_key: str = ""
    repeats: bool = True

    def counted(self) -> tuple[Group, ...]:
        """The groups that have to be counted: the others are sums over one of these."""
        within: dict[Dimension, list[frozenset[Dimension]]] = {}
        for group in self.groups:
            if not group.unit:
                every = frozenset(group.dimensions)
                for dimension in every:
                    within.setdefault(dimension, []).append(every)

        def is_part(group: Group) -> bool:
            # Whatever holds all its dimensions holds the rarest one.
            own = frozenset(group.dimensions)
            return any(own < other for other in min((within[d] for d in own), key=len)) if own else bool(within)

        return tuple(group for group in self.groups if group.unit or not is_part(group))

    def variables(self) -> frozenset[str]:
        """Names of all variables that must be read."""
        dims = [d for g in self.groups for d in g.dimensions] + [d for k in self.distinct for d in k.by]
        dims += [c.dimension for c in self.where]
        names = (
            {d.variable for d in dims}
            | {n for g in self.groups for n in g.unit}
            | {n for k in self.distinct for n in k.key}
        )
        return frozenset(names | {self.weight, self.record_key}) - {"", "file", "sheet"}


def joined(plans: Iterable[Plan]) -> Plan:
    """What several plans want, as one plan: each group and each key once. Their conditions are those of the run."""
    several = tuple(plans)
    return Plan(
        tuple(dict.fromkeys(group for plan in several for group in plan.groups)),
        tuple(dict.fromkeys(keys for plan in several for keys in plan.distinct)),
        repeats=any(plan.repeats for plan in several),
    )
