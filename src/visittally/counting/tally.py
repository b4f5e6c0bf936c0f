"""Tally: distinct combinations of values and how often each occurs. Tallies add.

They form a commutative monoid: however the records are cut into blocks and in whatever order these are counted, the
sum is the same, and `frame` gives it in an order that depends on the values alone.
"""

from __future__ import annotations

from dataclasses import field
from itertools import product
from typing import TYPE_CHECKING, Any

import numpy as np

from visittally.counting.combinations import Combinations, brought_together, combine
from visittally.counting.keysets import KeySet
from visittally.dataclass import dataclass
from visittally.reading.hashing import sort_words
from visittally.reading.lexicon import Coded
from visittally.survey.projection import Projection
from visittally.words.joined import ROW_SEPARATOR

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from visittally.counting.plan import Dimension, Distinct, Group
    from visittally.reading.lexicon import Numbers


@dataclass(frozen=True, slots=True)
class Frame:
    """The distinct combinations of a group, sorted by their values.

    Attributes:
        values: For each dimension its distinct values, sorted. Of a dimension of numbers they are floats: NaN where
            the cell is blank, inf where it holds a text that is no number.
        codes: `int64` array of shape (combinations, dimensions): positions in `values`.
        counts: `int64` array: how many cases have the combination.
    """

    values: tuple[list[Any], ...]
    codes: np.ndarray
    counts: np.ndarray

    def value_counts(self, dimension: int) -> dict[str, int]:
        """How many cases have each value of a dimension."""
        sums = np.bincount(self.codes[:, dimension], weights=self.counts, minlength=len(self.values[dimension]))
        return {value: int(n) for value, n in zip(self.values[dimension], sums, strict=True)}


@dataclass(slots=True)
class Tally:
    """What was counted for each group of the plan.

    Attributes:
        lexicons: For each dimension (by its name in the plan) value -> code, in the order of first appearance.
        groups: Combinations of the groups whose records are cases.
        keys: Sets of keys: distinct counts, and the records of units.
        records: Records counted.
        record_keys: For each file, by its position, hashes of the record keys, with repetitions.
        repeats: Hashes of whole records, with repetitions.
        keyless: Records without a key, by key set.
        token: Tells this tally from all others, also from those that are gone.
    """

    lexicons: dict[Dimension, dict[str, int]] = field(default_factory=dict)
    groups: dict[Group, Combinations] = field(default_factory=dict)
    keys: dict[Group | Distinct, KeySet] = field(default_factory=dict)
    records: int = 0
    record_keys: dict[int, list[np.ndarray]] = field(default_factory=dict)
    repeats: list[np.ndarray] = field(default_factory=list)
    keyless: dict[Group | Distinct, int] = field(default_factory=dict)
    token: object = field(default_factory=object, repr=False)

    def recode(self, dimension: Dimension, values: Sequence[str]) -> np.ndarray:
        """Codes of some values in the lexicon of a dimension, new ones entered."""
        lexicon = self.lexicons.setdefault(dimension, {})
        return np.fromiter((lexicon.setdefault(v, len(lexicon)) for v in values), np.int32, len(values))

    def codes(self, dimension: Dimension, cells: Coded) -> np.ndarray:
        """The cells of a dimension as codes of this tally, `int32`."""
        known = cells.lexicon.made((self.token, dimension), lambda values: self.recode(dimension, values))
        return known.take(cells.codes)

    def count(self, group: Group, columns: Sequence[Coded | Numbers]) -> None:
        """Count records for a group.

        Args:
            group: A group whose records are cases.
            columns: The cells of the records in each of its dimensions.
        """
        if not columns:
            return
        combinations = self.groups.setdefault(group, Combinations())
        texts = [c for c in columns if isinstance(c, Coded)]
        if len(texts) == len(columns):
            codes = [self.codes(d, c) for d, c in zip(group.dimensions, texts, strict=True)]
            combinations.count(codes, [len(self.lexicons[d]) for d in group.dimensions])
            return
        # The codes of numbers are their bits.
        codes, sizes = [c.codes for c in columns], [len(c.values) for c in columns]
        found, counts = combine(codes, sizes)
        listed = [
            (self.recode(d, c.values) if isinstance(c, Coded) else c.values.view(np.int64))[found[:, i]]
            for i, (d, c) in enumerate(zip(group.dimensions, columns, strict=True))
        ]
        combinations.list(np.stack(listed, axis=1), counts)

    def keyset(self, name: Group | Distinct) -> KeySet:
        """The set of keys of a group of units or a distinct count."""
        return self.keys.setdefault(name, KeySet())

    def __add__(self, other: Tally) -> Tally:
        found = Tally()
        for tally in (self, other):
            found._take(tally)
        return found

    def __iadd__(self, other: Tally) -> Tally:  # noqa: PYI034 - a dataclass that is not meant to be subclassed
        self._take(other)
        return self

    def _take(self, other: Tally) -> None:
        self._add_counts(other, 1)
        for name, keys in other.keys.items():
            self.keys.setdefault(name, KeySet()).merge(keys)
        for file, hashes in other.record_keys.items():
            self.record_keys.setdefault(file, []).extend(hashes)
        self.repeats += other.repeats

    def subtract(self, other: Tally) -> None:
        """Take out records that are counted in this tally, and whose keys stand in other records of it, too."""
        self._add_counts(other, -1)
        if other.repeats:
            self.repeats = [_without(sort_words(np.concatenate(self.repeats)), np.concatenate(other.repeats))]

    def _add_counts(self, other: Tally, sign: int) -> None:
        recoded = {dimension: self.recode(dimension, list(values)) for dimension, values in other.lexicons.items()}
        for group, combinations in other.groups.items():
            mine = self.groups.setdefault(group, Combinations())
            if combinations.empty:
                continue
            codes, counts = combinations.compact()
            columns = [
                recoded[d][codes[:, i]] if d.projection is not Projection.NUMBER else codes[:, i]
                for i, d in enumerate(group.dimensions)
            ]
            mine.add(np.stack(columns, axis=1), sign * counts)
        for name, keyless in other.keyless.items():
            self.keyless[name] = self.keyless.get(name, 0) + sign * keyless
        self.records += sign * other.records

    def frame(self, group: Group) -> Frame:
        """The combinations of a group.

        For a group of units the records of a unit are one case: where they differ in a dimension, the values stand
        in one text, sorted, with `ROW_SEPARATOR` between them.
        """
        if group.unit:
            return _frame_of_units(self.keys.get(group, KeySet()), len(group.dimensions))
        source, combinations = self._source(group)
        if combinations is None or combinations.empty:
            return _empty_frame(len(group.dimensions))
        codes, counts = combinations.compact()
        if source != group:
            codes = codes[:, [source.dimensions.index(d) for d in group.dimensions]]
            codes, counts = brought_together(codes, counts)
        lexicons: list[list[Any]] = []
        codes = codes.copy()
        for i, d in enumerate(group.dimensions):
            if d.projection is Projection.NUMBER:
                bits, codes[:, i] = np.unique(codes[:, i], return_inverse=True)
                lexicons.append(bits.view(np.float64).tolist())
            else:
                lexicons.append(list(self.lexicons[d]))
        return _sorted_frame(lexicons, codes, counts)

    def _source(self, group: Group) -> tuple[Group, Combinations | None]:
        """Where a group was counted: by itself, or as part of a larger one (see `Plan.counted`)."""
        if group in self.groups:
            return group, self.groups[group]
        larger = (g for g in self.groups if set(group.dimensions) < set(g.dimensions))
        found = min(larger, key=lambda g: len(g.dimensions), default=group)
        return found, self.groups.get(found)

    def distinct(
        self,
        distinct: Distinct,
        maps: Sequence[Mapping[str, str | tuple[str, ...]]],
        keep: Sequence[int],
        within: Sequence[int] = (),
    ) -> dict[tuple[str, ...], int]:
        """How many different keys there are in each combination.

        Args:
            distinct: What was planned.
            maps: For each dimension of `distinct.by` its raw value -> printed value, or several of them: a visit of
                two people is one of each.
            keep: Positions in `by` that make the rows of the result.
            within: Positions in `by` that the key is unique in (a household number within its village).

        Returns:
            Combination of the kept printed values -> number of distinct keys.
        """
        keys = self.keys.get(distinct, KeySet())
        used = sorted({*keep, *within})
        rows, scope = [used.index(i) for i in keep], [used.index(i) for i in within]
        labels: dict[tuple[tuple[str, ...], tuple[str, ...]], int] = {}
        known: dict[tuple[str, ...], tuple[int, ...]] = {}
        numbers = []
        for combination in keys.combinations:
            values = tuple([combination[i] for i in used])
            own = known.get(values)
            if own is None:  # many combinations differ only in what makes no row
                told = [_several(maps[i].get(value, value)) for i, value in zip(used, values, strict=True)]
                named = [(tuple([one[i] for i in rows]), tuple([one[i] for i in scope])) for one in product(*told)]
                own = known[values] = tuple(dict.fromkeys([labels.setdefault(name, len(labels)) for name in named]))
            numbers.append(own)
        if any(len(own) != 1 for own in numbers):
            most = max(map(len, numbers))
            table = np.array([(*own, *([-1] * (most - len(own)))) for own in numbers], np.int64)
            counts = keys.counts_of_several(table, len(labels))
        else:
            counts = keys.counts(np.array([own[0] for own in numbers], np.int64), len(labels))
        found: dict[tuple[str, ...], int] = {}
        for (row, _scope), n in zip(labels, counts.tolist(), strict=True):
            found[row] = found.get(row, 0) + n
        return found


def _without(hashes: np.ndarray, taken: np.ndarray) -> np.ndarray:
    """Sorted hashes, from which each of some others is taken as often as it stands among these."""
    values, counts = np.unique(taken, return_counts=True)
    first = np.searchsorted(hashes, values)
    places = np.repeat(first - np.cumsum(counts) + counts, counts) + np.arange(len(taken))
    return np.delete(hashes, places)


def _several(printed: str | tuple[str, ...]) -> tuple[str, ...]:
    return (printed,) if isinstance(printed, str) else printed


def _empty_frame(dimensions: int) -> Frame:
    return Frame(tuple([] for _ in range(dimensions)), np.zeros((0, dimensions), np.int64), np.zeros(0, np.int64))


def _sorted_frame(lexicons: Sequence[list[str]], codes: np.ndarray, counts: np.ndarray) -> Frame:
    values, columns = [], []
    for i, lexicon in enumerate(lexicons):
        used = np.flatnonzero(np.bincount(codes[:, i]))
        ordered = sorted(used.tolist(), key=lexicon.__getitem__)
        position = np.zeros(len(lexicon), np.int64)
        position[ordered] = np.arange(len(ordered))
        values.append([lexicon[c] for c in ordered])
        columns.append(position[codes[:, i]])
    order = np.lexsort(columns[::-1])
    return Frame(tuple(values), np.stack(columns, axis=1)[order], counts[order])


def _frame_of_units(keys: KeySet, dimensions: int) -> Frame:
    """One combination for each distinct set of records that a unit has."""
    profiles: dict[tuple[int, ...], int] = {}
    for unsorted_codes, unsorted_hashes in keys.pairs():
        order = np.lexsort((unsorted_codes, unsorted_hashes))
        codes, hashes = unsorted_codes[order], unsorted_hashes[order]
        starts = np.flatnonzero(np.r_[True, hashes[1:] != hashes[:-1]]) if len(hashes) else np.zeros(0, np.int64)
        single = np.diff(np.r_[starts, len(hashes)]) == 1
        for code, n in zip(*np.unique(codes[starts[single]], return_counts=True), strict=True):
            profiles[(int(code),)] = profiles.get((int(code),), 0) + int(n)
        for start, end in zip(starts[~single], np.r_[starts, len(hashes)][1:][~single], strict=True):
            profile = tuple(codes[start:end].tolist())
            profiles[profile] = profiles.get(profile, 0) + 1
    cases: dict[tuple[str, ...], int] = {}
    for profile, n in profiles.items():
        rows = [keys.combinations[code] for code in profile]
        case = tuple(ROW_SEPARATOR.join(sorted({row[i] for row in rows})) for i in range(dimensions))
        cases[case] = cases.get(case, 0) + n
    if not cases:
        return _empty_frame(dimensions)
    lexicons = [list(dict.fromkeys(case[i] for case in cases)) for i in range(dimensions)]
    positions = [{v: j for j, v in enumerate(lexicon)} for lexicon in lexicons]
    codes = np.array([[positions[i][v] for i, v in enumerate(case)] for case in cases], np.int64)
    return _sorted_frame(lexicons, codes, np.array(list(cases.values()), np.int64))
