"""Distinct combinations -> coded cases: what each raw value means is worked out once and carried over by codes."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np

from visittally.answers.lines import Lines
from visittally.counting.tally import Frame
from visittally.dataclass import dataclass
from visittally.words.ordering import name_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Coding:
    """What the distinct values of a dimension mean: each stands for none, one or several keys.

    Attributes:
        keys: The keys (names of places, options ...) in the order in which they are printed.
        starts: Shape (values + 1): where the members of each value begin.
        members: Positions in `keys`.
        values: The values, in the order of `starts`.
    """

    keys: tuple[str, ...]
    starts: np.ndarray
    members: np.ndarray
    values: tuple[str, ...]

    @classmethod
    def of(
        cls,
        values: Iterable[str],
        keys_of: Callable[[str], Sequence[str]],
        order: Callable[[str], object] = name_key,
        known: Sequence[str] = (),
    ) -> Coding:
        """Code values by a function that is called once for each; `known` keys are there even if unused."""
        values = tuple(values)
        lists = [tuple(keys_of(value)) for value in values]
        keys = tuple(sorted({*known, *(key for found in lists for key in found)}, key=order))  # type: ignore[arg-type]
        position = {key: i for i, key in enumerate(keys)}
        members = [position[key] for found in lists for key in found]
        starts = np.cumsum([0, *map(len, lists)])
        return cls(keys, starts, np.array(members, np.int64), values)

    def lists(self) -> list[list[int]]:
        """For each value the positions in `keys` that it stands for."""
        members = self.members.tolist()
        starts = self.starts.tolist()
        return [members[a:b] for a, b in itertools.pairwise(starts)]

    def aligned(self, values: Sequence[str]) -> Coding:
        """The same meanings for a choice of the values, in another order."""
        if tuple(values) == self.values:
            return self
        position = {value: i for i, value in enumerate(self.values)}
        lists = [self.members[self.starts[position[v]] : self.starts[position[v] + 1]] for v in values]
        members = np.concatenate(lists) if lists else np.zeros(0, np.int64)
        return Coding(self.keys, np.cumsum([0, *map(len, lists)]), members, tuple(values))


def explode(frame: Frame, codings: Mapping[int, Coding], extra: Mapping[str, np.ndarray] | None = None) -> Lines:
    """One line for each combination and each choice of one key from each coded dimension.

    Args:
        frame: The combinations.
        codings: Dimension -> what its values mean. A value that means nothing drops its combinations.
        extra: Further columns, one value for each combination of the frame.

    Returns:
        Columns `row` (position in the frame), `n` (cases), one column of key positions for each coded dimension
        (named by its number), and the extra columns.
    """
    rows = np.arange(len(frame.counts))
    found: dict[int, np.ndarray] = {}
    for dimension, coding in codings.items():
        values = frame.codes[rows, dimension]
        lengths = (coding.starts[1:] - coding.starts[:-1])[values]
        repeat = np.repeat(np.arange(len(rows)), lengths)
        within = np.arange(len(repeat)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        members = coding.members[coding.starts[values][repeat] + within]
        found = {d: keys[repeat] for d, keys in found.items()}
        found[dimension] = members
        rows = rows[repeat]
    columns: dict[int | str, np.ndarray] = {"row": rows, "n": frame.counts[rows], **{d: found[d] for d in codings}}
    columns |= {name: values[rows] for name, values in (extra or {}).items()}
    return Lines(columns)


def weights_of(frame: Frame, dimension: int) -> np.ndarray:
    """Sum of weights of each combination: its cases times the weight that stands in a dimension."""
    weights = np.array([float(value) for value in frame.values[dimension]], float)
    return weights[frame.codes[:, dimension]] * frame.counts if len(weights) else np.zeros(len(frame.counts))


def drop_zero_weights(frame: Frame, dimension: int) -> Frame:
    """The combinations without those of weight zero, which count for nothing."""
    weights = np.array([float(value) for value in frame.values[dimension]], float)
    kept = weights[frame.codes[:, dimension]] > 0 if len(weights) else np.zeros(0, bool)
    return Frame(frame.values, frame.codes[kept], frame.counts[kept])


def per_value(frame: Frame, dimension: int, facts: Sequence[object], dtype: type = bool) -> np.ndarray:
    """A fact about each value of a dimension (further facts are left aside), carried over to the combinations."""
    if not frame.values[dimension]:
        return np.zeros(len(frame.counts), dtype)
    known: np.ndarray = np.array(facts[: len(frame.values[dimension])], dtype)
    return np.asarray(known[frame.codes[:, dimension]])
