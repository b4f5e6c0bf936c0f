"""The same record twice: exports that overlap hold records with the same technical key; each of them counts once."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from visittally.counting.counter import count_sightings
from visittally.counting.same_key import Sightings, settle
from visittally.dataclass import dataclass
from visittally.errors import Notice
from visittally.messages import _, ngettext
from visittally.reading.hashing import sort_words
from visittally.reading.receipt import LISTED, Kind, SetAside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from visittally.counting.plan import Plan
    from visittally.counting.tally import Tally
    from visittally.counting.tasks import Partial, Task
    from visittally.reading.receipt import Receipt

_KEYS_DIFFER = 0.9
"""A record key is one only where this share of its values differ in every file."""


def keys_of_several(key: str, tallies: Sequence[Tally], *, sure: bool = False) -> tuple[np.ndarray, list[Notice]]:
    """The hashes, sorted, of the record keys that stand in several records.

    Whether a key tells records apart is judged in each file: later exports hold the records of earlier ones again.

    Args:
        key: Name of the column.
        tallies: What was counted.
        sure: Whether it is known to tell them apart.

    Returns:
        None of them, and a notice, where the key does not tell records apart.
    """
    nothing = np.zeros(0, np.uint64)
    by_file: dict[int, list[np.ndarray]] = {}
    for tally in tallies:
        for file, parts in tally.record_keys.items():
            by_file.setdefault(file, []).extend(parts)
    files = []
    for parts in by_file.values():
        hashes = sort_words(np.concatenate(parts))
        files.append(hashes)
        different = len(hashes) - len(twice_in(hashes))
        if different < _KEYS_DIFFER * len(hashes) and not sure:
            text = _(
                'The column "{key}" does not tell records apart ({n:,} different values in {all:,} records): ignored.'
            )
            return nothing, [Notice("record_key", text.format(key=key, n=different, all=len(hashes)))]
    if not files:
        return nothing, []
    every = files[0]
    if len(files) > 1:
        every = sort_words(np.concatenate(files))
    return np.unique(twice_in(every)), []


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

    def can_be_subtracted(self, plan: Plan, parts: Sequence[Partial]) -> bool:
        """Whether the count without them follows from the count with them: sets of keys stay the same only then."""
        units = any(group.unit for group in plan.groups)
        return not (self.changed or units or any(part.tally.repeats for part in parts))

    def subtract(self, tally: Tally, receipt: Receipt) -> None:
        """Take them out of what was counted, and set them aside."""
        reason = _("the same record as one counted already")
        for seen, counted in zip(self.seen, self.counted, strict=True):
            if not counted.all():
                tally.subtract(count_sightings(self.tasks[seen.file], seen, ~counted))
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
    run: Callable[[Sequence[Task]], Iterable[Partial]], tasks: Sequence[Task], twice: np.ndarray
) -> Duplicates:
    """Look for the records with some keys, and choose those that count.

    Args:
        run: Counts tasks somewhere.
        tasks: All partitions, with their lines.
        twice: Hashes of the keys, sorted.
    """
    plan = replace(tasks[0].plan, groups=(), distinct=(), repeats=False)
    parts = run([replace(task, twice=twice, plan=plan) for task in tasks])
    seen = sorted((s for part in parts for s in part.sightings), key=lambda s: (s.file, int(s.lines[0])))
    counted, changed = settle(seen)
    return Duplicates(seen, counted, changed, {task.file: task for task in tasks})
