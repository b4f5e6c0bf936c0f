"""Parts of surveys that are compared: a whole survey, or the records of it on one side of a split or in a period.

A split is one more dimension of what is counted: both sides come from one reading of the files, counted as ever.
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from visittally.answers.coding import drop_zero_weights
from visittally.answers.paired_statuses import each_issue
from visittally.counting.plan import Distinct, Group
from visittally.counting.tally import Frame
from visittally.dataclass import dataclass
from visittally.words.joined import ROW_SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from visittally.analyses.campaign import Campaign
    from visittally.counting.engine import Counts
    from visittally.counting.plan import Dimension

T = TypeVar("T")


@dataclass(frozen=True)
class ComparedPart:
    """One side of a comparison.

    Attributes:
        campaign: Its files; counts: what was counted in them.
        slice: The dimension that tells the parts apart; None where the part is the whole survey.
        accepted: Its values that belong to this part.
        known: What was worked out once for all parts of a survey.
    """

    campaign: Campaign
    counts: Counts
    slice: Dimension | None = None
    accepted: frozenset[str] = frozenset()
    known: dict[object, Any] = field(default_factory=dict, repr=False)

    def once(self, name: object, make: Callable[[], T]) -> T:
        """Something that is the same for all parts of the survey, worked out when it is first asked for."""
        if name not in self.known:
            self.known[name] = make()
        found: T = self.known[name]
        return found

    def _whole(self, dimensions: Sequence[Dimension], unit: tuple[str, ...]) -> Frame:
        """The combinations of some dimensions in the whole survey."""
        group = sliced(self.campaign, self.slice, dimensions, unit)
        return self.once(group, lambda: self._apart(group))

    def _apart(self, group: Group) -> Frame:
        """What was counted for a group, each issue by itself where it has a status of its own."""
        known = self.campaign.dispositions
        return each_issue(self.counts.tally.frame(group), self.campaign.survey, group.dimensions, known)[0]

    def frame(self, dimensions: Sequence[Dimension], unit: tuple[str, ...] = ()) -> Frame:
        """The combinations of some dimensions in this part, the weight last where there is one.

        The values are those of the whole survey, in the same order for each part of it.
        """
        frame = self._whole(dimensions, unit)
        if self.slice is not None:
            kept = self._mask(frame.values[0])[frame.codes[:, 0]] if len(frame.counts) else np.zeros(0, bool)
            frame = Frame(frame.values[1:], frame.codes[kept][:, 1:], frame.counts[kept])
        return drop_zero_weights(frame, len(dimensions)) if self.campaign.settings.weight else frame

    def values(self, dimensions: Sequence[Dimension], unit: tuple[str, ...], dimension: int) -> dict[str, int]:
        """The values of one of these dimensions in the whole survey, from which is learnt what they mean."""
        frame = self._whole(dimensions, unit)
        at = dimension + (self.slice is not None)
        return self.once(("values", tuple(dimensions), unit, at), lambda: frame.value_counts(at))

    def slice_values(self, dimensions: Sequence[Dimension], unit: tuple[str, ...] = ()) -> dict[str, int]:
        """The values of the slice in the whole survey, and how many cases have each."""
        assert self.slice is not None
        found: dict[str, int] = {}
        for value, n in self._whole(dimensions, unit).value_counts(0).items():
            first = value.split(ROW_SEPARATOR)[0]
            found[first] = found.get(first, 0) + n
        return found

    def distinct(self, by: Sequence[Dimension], key: tuple[str, ...], maps: Sequence[Mapping[str, str]]) -> int:
        """How many different keys the part has, within the places that `by` means.

        Args:
            by: What the keys are unique within.
            key: Names of the variables that are the key.
            maps: For each of `by` its raw values -> the printed name.
        """
        planned = sliced_keys(self.slice, by, key)
        within = tuple(range(len(by)))
        if self.slice is None:
            return self.counts.tally.distinct(planned, maps, (), within).get((), 0)
        keys = self.counts.tally.keys.get(planned)
        values = [] if keys is None else [c[0] for c in keys.combinations]
        mine = {v: "in" if hit else "" for v, hit in zip(values, self._mask(values).tolist(), strict=True)}
        found = self.counts.tally.distinct(planned, [mine, *maps], (0,), tuple(i + 1 for i in within))
        return found.get(("in",), 0)

    def _mask(self, values: Sequence[str]) -> np.ndarray:
        """Which values of the slice belong to the part; of several records of a unit the first decides."""
        return np.array([value.split(ROW_SEPARATOR)[0] in self.accepted for value in values], bool)


def sliced(
    campaign: Campaign, slice_: Dimension | None, dimensions: Sequence[Dimension], unit: tuple[str, ...] = ()
) -> Group:
    """The group that counts some dimensions, and the weight, apart for each value of a slice."""
    return Group((*(() if slice_ is None else (slice_,)), *dimensions, *campaign.weight_dimensions()), unit)


def sliced_keys(slice_: Dimension | None, by: Sequence[Dimension], key: tuple[str, ...]) -> Distinct:
    """The keys that are counted apart for each value of a slice."""
    return Distinct((*(() if slice_ is None else (slice_,)), *by), key)
