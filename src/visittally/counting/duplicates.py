"""The same record twice: exports that overlap hold records with the same technical key; each of them counts once."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from visittally.counting.counter import count_sightings
from visittally.counting.same_key import Sightings, settle
from visittally.counting.tally import Tally
from visittally.dataclass import dataclass
from visittally.errors import Notice
from visittally.messages import _, ngettext
from visittally.reading.hashing import sort_words
from visittally.reading.receipt import LISTED, Kind, SetAside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from visittally.counting.plan import Plan
    from visittally.counting.tasks import Partial, Task
    from visittally.reading.receipt import Receipt

_KEYS_DIFFER = 0.9
"""A record key is one only where this share of its values differ in every file."""


@dataclass(frozen=True, slots=True)
class Twice:
    """Record keys that stand in several records.

    Attributes:
        keys: Their hashes, sorted.
        files: The positions of the files in which they stand.
    """

    keys: np.ndarray
    files: frozenset[int] = frozenset()


def keys_of_several(key: str, tallies: Sequence[Tally], *, sure: bool = False) -> tuple[Twice, list[Notice]]:
    """The record keys that stand in several records.

    Whether a key tells records apart is judged in each file: later exports hold the records of earlier ones again.

    Args:
        key: Name of the column.
        tallies: What was counted.
        sure: Whether it is known to tell them apart.

    Returns:
        None of them, and a notice, where the key does not tell records apart.
    """
    nothing = Twice(np.zeros(0, np.uint64))
    by_file: dict[int, list[np.ndarray]] = {}
    for tally in tallies:
        for file, parts in tally.record_keys.items():
            by_file.setdefault(file, []).extend(parts)
    sorted_keys: dict[int, np.ndarray] = {}
    for file, parts in by_file.items():
        hashes = sorted_keys[file] = sort_words(np.concatenate(parts))
        different = len(hashes) - len(twice_in(hashes))
        if different < _KEYS_DIFFER * len(hashes) and not sure:
            text = _(
                'The column "{key}" does not tell records apart ({n:,} different values in {all:,} records): ignored.'
            )
            return nothing, [Notice("record_key", text.format(key=key, n=different, all=len(hashes)))]
    if not sorted_keys:
        return nothing, []
    every = list(sorted_keys.values())
    twice = twice_in(every[0] if len(every) == 1 else sort_words(np.concatenate(every)))
    if not len(twice):
        return nothing, []
    twice = np.unique(twice)
    return Twice(twice, frozenset(file for file, hashes in sorted_keys.items() if _hold_any(hashes, twice))), []


def _hold_any(hashes: np.ndarray, wanted: np.ndarray) -> bool:
    """Whether some sorted hashes hold any of others, which are sorted, too."""
    if not len(hashes):
        return False
    few, many = sorted((hashes, wanted), key=len)
    places = np.minimum(np.searchsorted(many, few), len(many) - 1)
    return bool((many[places] == few).any())


def twice_in(hashes: np.ndarray) -> np.ndarray:
    """Of sorted hashes those that equal the one before."""
    return np.asarray(hashes[1:][hashes[1:] == hashes[:-1]])


@dataclass(frozen=True, slots=True)
class Duplicates:
    """Records that are the same as one that counts.

    Attributes:
        seen: The records whose key stands in several.
        counted: Which of each of these count.
        changed: How many of the others differ from the one that counts.
        tasks: A task of each file, by its position.
    """

    seen: Sequence[Sightings]
    counted: Sequence[np.ndarray]
    changed: int
    tasks: dict[int, Task]

    def lines(self) -> dict[int, frozenset[int]]:
        """Position of each file -> lines of the records that do not count."""
        found: dict[int, set[int]] = {}
        for seen, counted in zip(self.seen, self.counted, strict=True):
            found.setdefault(seen.file, set()).update(seen.lines[~counted].tolist())
        return {file: frozenset(lines) for file, lines in found.items()}

    def can_be_subtracted(self, plan: Plan) -> bool:
        """Whether the count without them follows from the count with them: sets of keys cannot forget."""
        units = any(group.unit for group in plan.groups)
        return not (units or (self.changed and plan.distinct))

    def subtract(self, tally: Tally, receipt: Receipt) -> None:
        """Take them out of what was counted, and set them aside."""
        reason = _("the same record as one counted already")
        others = Tally()
        for seen, counted in zip(self.seen, self.counted, strict=True):
            if not counted.all():
                others += count_sightings(self.tasks[seen.file], seen, ~counted)
        tally.subtract(others)
        for file, lines in self.lines().items():
            listed = [SetAside(line, Kind.DUPLICATE, reason) for line in sorted(lines)[:LISTED]]
            receipt.files[file].add(0, listed, Counter({Kind.DUPLICATE: len(lines) - len(listed)}))

    def notices(self, key: str) -> list[Notice]:
        """What is to be said of them."""
        n = sum(map(len, self.lines().values()))
        if not n:
            return []
        text = ngettext(
            '{n:,} record has the same "{key}" as another one and is counted once.',
            '{n:,} records have the same "{key}" as another one and are counted once.',
            n,
        )
        found = [Notice("duplicates", text.format(n=n, key=key))]
        if self.changed:
            text = ngettext(
                "{n:,} of them differs from the other one; the fuller one is counted.",
                "{n:,} of them differ from the other one; the fuller one is counted.",
                self.changed,
            )
            found.append(Notice("duplicates_differ", text.format(n=self.changed)))
        return found


def find_duplicates(
    run: Callable[[Sequence[Task]], Iterable[Partial]], tasks: Sequence[Task], twice: Twice
) -> Duplicates:
    """Look for the records with some keys, and choose those that count.

    Args:
        run: Counts tasks somewhere.
        tasks: The partitions of all files, with their lines.
        twice: Keys that stand in several records, and in which files.
    """
    plan = replace(tasks[0].plan, groups=(), distinct=(), repeats=False)
    parts = run([replace(task, twice=twice.keys, plan=plan) for task in tasks if task.file in twice.files])
    seen = sorted((s for part in parts for s in part.sightings), key=lambda s: (s.file, int(s.lines[0])))
    counted, changed = settle(seen)
    return Duplicates(seen, counted, changed, {task.file: task for task in tasks})
