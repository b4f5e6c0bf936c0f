"""What is counted together to know how far the visits got."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from visittally.analyses.unit import Unit, decide_unit, joined_households
from visittally.counting.plan import Dimension, Group
from visittally.counting.tally import Frame
from visittally.dataclass import dataclass
from visittally.errors import FieldError
from visittally.messages import _
from visittally.survey.projection import Projection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visittally.analyses.campaign import Campaign
    from visittally.answers.axes import Axis
    from visittally.counting.tally import Tally
    from visittally.errors import Notice


@dataclass(frozen=True, slots=True)
class VisitPlan:
    """What is counted together to know how far the visits got.

    Attributes:
        axes: What makes the rows.
        village: The place in which a household key is unique; None without key or place.
        kind: The kind of target, where rows hold several and the files tell them apart.
        outcome: How visits ended; date: when they were. None where no column tells.
        group: The planned combinations: one unit for each household or visit, or records.
        people: The groups of people that are due again after times of their own; None without such.
        notices: What is to be said about what counts as a visit.
    """

    axes: tuple[Axis, ...]
    village: Axis | None
    kind: Axis | None
    outcome: Axis | None
    date: Axis | None
    group: Group
    people: Axis | None = None
    notices: Sequence[Notice] = ()

    @classmethod
    def of(cls, campaign: Campaign, axes: Sequence[Axis], kind: Axis | None, *, home: Axis | None) -> VisitPlan:
        """Plan for a campaign; `home`: the place in which a household key is unique, None where it is so anywhere."""
        unit = Unit()
        by_household = campaign.settings.per not in ("case", "visit") and not campaign.settings.weight
        household = campaign.survey.of_field("household_id") if by_household else None
        village = home if household is not None else None
        outcome, visited = campaign.axis_of_field("visit_outcome"), campaign.axis_of_field("visit_date")
        people = _people(campaign)
        named = [axis.dimension for axis in (*axes, village, kind, outcome, people) if axis is not None]
        if visited is not None:
            named.append(day_dimension(visited))
        # Something must be counted, even where there is nothing to tell the records apart by.
        named = named or [Dimension("file")]
        if household is None and campaign.settings.per in ("", "visit"):
            unit = decide_unit(campaign)
            if len(unit.key) == 1:
                # Rows are issues of a visit: each visit counts once, in its village.
                place = campaign.survey.of_field("village")
                unit = replace(unit, key=(*unit.key, *unit.key) if place is None else (*unit.key, place.name))
        group = Group(tuple(dict.fromkeys(named)), unit.key if household is None else (household.name,))
        notices = unit.notices if household is None else joined_households(campaign, household)
        return cls(tuple(axes), village, kind, outcome, visited, group, people, notices)

    @property
    def by_household(self) -> bool:
        """Whether a household counts once."""
        return len(self.group.unit) == 1

    @property
    def keyed(self) -> bool:
        """Whether households or visits are told by a key, instead of counting records."""
        return bool(self.group.unit)

    @property
    def named(self) -> tuple[Axis, ...]:
        """The axes whose values are names: rows, village and kind of target."""
        names = (*self.axes, self.village, self.kind, self.people)
        return tuple(dict.fromkeys(axis for axis in names if axis is not None))

    def position(self, axis: Axis) -> int:
        """Position of an axis in the group."""
        wanted = day_dimension(axis) if axis == self.date else axis.dimension
        return self.group.dimensions.index(wanted)

    def frame(self, tally: Tally) -> Frame:
        """The combinations that occur; those with a key count 0, the keys tell who has them."""
        if not self.keyed:
            return tally.frame(self.group)
        keys = tally.keys.get(self.group)
        return combinations_frame([] if keys is None else keys.combinations, len(self.group.dimensions))


def _people(campaign: Campaign) -> Axis | None:
    """The groups of people, where they are visited again after times of their own.

    Raises:
        FieldError: No column tells groups of people.
    """
    if not campaign.settings.revisit_groups:
        return None
    found = campaign.axis_of_field("respondent_group")
    if found is None:
        text = _("--revisit-after GROUP=DAYS needs the column of the groups: --column respondent_group=HEADER")
        raise FieldError(text)
    return found


def day_dimension(axis: Axis) -> Dimension:
    """The dimension of a date, cut off after its day."""
    assert axis.variable is not None
    return Dimension(axis.variable.name, Projection.DAY)


def combinations_frame(combinations: Sequence[tuple[str, ...]], dimensions: int) -> Frame:
    """Combinations of values in their own order as a frame; each counts 0."""
    values, codes = [], np.zeros((len(combinations), dimensions), np.int64)
    for i in range(dimensions):
        found = sorted({c[i] for c in combinations})
        position = {value: n for n, value in enumerate(found)}
        codes[:, i] = [position[c[i]] for c in combinations]
        values.append(found)
    return Frame(tuple(values), codes, np.zeros(len(combinations), np.int64))
