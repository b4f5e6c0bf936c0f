"""The roster's lines matched to the rows of the tables: planned numbers, households, and what does not match."""

from __future__ import annotations

import difflib
from dataclasses import field
from typing import TYPE_CHECKING

from visittally.analyses.coverage.visits import FINAL, Key, Visits
from visittally.dataclass import dataclass
from visittally.words.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from visittally.analyses.coverage.roster import Entries
    from visittally.answers.axes import CodedAxis

_ALIKE = 0.6
"""From this ratio of matching characters on a name is suggested for another."""
_COMPARED = 2_000_000
"""So many pairs of names are compared at most."""


@dataclass(frozen=True, slots=True)
class Target:
    """A planned number; None where the roster has the place without a number."""

    value: float | int | None = None
    approximate: bool = False

    def __add__(self, other: Target) -> Target:
        if self.value is None or other.value is None:
            known = other if self.value is None else self
            return Target(known.value, self.approximate or other.approximate)
        return Target(self.value + other.value, self.approximate or other.approximate)

    @property
    def counts(self) -> bool:
        """Whether there is anything to divide by."""
        return bool(self.value)


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A name that only one side has.

    Attributes:
        side: "visits" or "roster".
        key: The row.
        n: Visited targets, for the side of the visits.
        suggestion: The nearest name of the other side, "" without.
    """

    side: str
    key: Key
    n: int
    suggestion: str


@dataclass(frozen=True, slots=True)
class Targets:
    """What was planned for each row.

    Attributes:
        kinds: Kinds of target, in the order of the roster; one where there is only one.
        rows: Row -> kind -> target, in the order of the roster.
        matched: Row -> visited and completed households of the roster, where it lists them.
        missing: Row -> households of the roster that nobody has visited.
        off_roster: Visited households that are not on a roster that lists households.
    """

    kinds: tuple[str, ...]
    rows: Mapping[Key, Mapping[str, Target]]
    matched: Mapping[Key, tuple[int, int]] | None = None
    missing: Mapping[Key, tuple[str, ...]] = field(default_factory=dict)
    off_roster: int = 0

    def target(self, key: Key) -> Target:
        """The target of a row, kinds together."""
        return _sum(list(self.rows.get(key, {}).values()))

    def total(self, kind: str = "") -> Target:
        """The target of all rows, of one kind if it is named."""
        return _sum([t for kinds in self.rows.values() for k, t in kinds.items() if kind in ("", k)])


def _sum(targets: Sequence[Target]) -> Target:
    found = Target()
    for target in targets:
        found += target
    return found


def _position(axis: CodedAxis) -> dict[str, int]:
    return {value: found[0] for value, found in zip(axis.coding.values, axis.coding.lists(), strict=True)}


def match(entries: Entries, visits: Visits) -> Targets:
    """Bring the roster's numbers or households to the rows of the visits."""
    positions = [_position(axis) for axis in visits.axes]

    def row(names: Sequence[str]) -> Key:
        return tuple(position[name] for position, name in zip(positions, names, strict=True))

    if entries.listed is not None:
        return _match_households(entries, visits, row)
    kind_of = {kind: kind for kind in entries.kinds}
    if visits.kind is not None:
        position = _position(visits.kind)
        kind_of = {kind: visits.kind.coding.keys[position[kind]] for kind in entries.kinds}
    rows: dict[Key, dict[str, Target]] = {}
    for planned in entries.planned:
        kinds = rows.setdefault(row(planned.names), {})
        kind, own = kind_of[planned.kind], Target(planned.number.value, planned.number.approximate)
        kinds[kind] = kinds[kind] + own if kind in kinds else own
    return Targets(tuple(dict.fromkeys(kind_of.values())), rows)


def _match_households(entries: Entries, visits: Visits, row: Callable[[Sequence[str]], Key]) -> Targets:
    assert entries.listed is not None
    numbers: dict[Key, int] = {}
    matched: dict[Key, list[int]] = {}
    missing: dict[Key, list[str]] = {}
    for household, rank in zip(entries.listed, visits.reached.tolist(), strict=True):
        key = row(household.names)
        numbers[key] = numbers.get(key, 0) + 1
        found = matched.setdefault(key, [0, 0])
        found[0] += rank >= 0
        found[1] += rank == FINAL.index("I")
        if rank < 0:
            missing.setdefault(key, []).append(household.household)
    rows = {key: {entries.kinds[0]: Target(n)} for key, n in numbers.items()}
    off = visits.visited(()) - visits.keyless - sum(found[0] for found in matched.values())
    return Targets(
        entries.kinds,
        rows,
        {key: (found[0], found[1]) for key, found in matched.items()},
        {key: tuple(ids) for key, ids in missing.items()},
        off,
    )


def unmatched(targets: Targets, visits: Visits, name: Mapping[Key, str]) -> list[Unmatched]:
    """The rows that only the visits or only the roster have, with the nearest name of the other side.

    Nothing is joined because it looks alike: the names are for people to decide.

    Args:
        targets: The roster's rows.
        visits: The visits' rows.
        name: What each row is called.
    """
    visited = {key for key in visits.finals if key and name[key]}
    strange = sorted(visited - targets.rows.keys())
    alone = [key for key in targets.rows if key not in visited]
    known = {fold(name[key]): name[key] for key in targets.rows}
    strangers = {fold(name[key]): name[key] for key in strange}
    found = [Unmatched("visits", key, visits.visited(key), near) for key, near in _nearest(strange, known, name)]
    found += [Unmatched("roster", key, 0, near) for key, near in _nearest(alone, strangers, name)]
    return found


def _nearest(keys: Sequence[Key], names: Mapping[str, str], name: Mapping[Key, str]) -> list[tuple[Key, str]]:
    compared = _COMPARED // max(len(names), 1)
    found = []
    for i, key in enumerate(keys):
        near = difflib.get_close_matches(fold(name[key]), names, 1, _ALIKE) if i < compared else []
        found.append((key, names[near[0]] if near else ""))
    return found
