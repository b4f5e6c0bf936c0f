"""Counts stretches of files: the records of a partition become a Tally and a piece of the receipt."""

from __future__ import annotations

from dataclasses import field, replace
from typing import TYPE_CHECKING

import numpy as np

from visittally.counting.combinations import flat_codes, unique_rows
from visittally.counting.kept_records import RecordView
from visittally.counting.keys import Keys, key_hashes, record_key_hashes
from visittally.counting.plan import Dimension, Distinct, Group
from visittally.counting.same_key import Seen, Sightings, sightings_of
from visittally.counting.tasks import Partial, Task
from visittally.dataclass import dataclass
from visittally.messages import language, set_language
from visittally.reading.hashing import combine_hashes, hash_texts
from visittally.reading.receipt import FileReceipt
from visittally.words.arrays import string_array

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from visittally.counting.tally import Tally
    from visittally.reading.blocks import Block, Column
    from visittally.reading.lexicon import Coded


def count_partition(task: Task, progress: Callable[[int], None] | None = None, into: Partial | None = None) -> Partial:
    """Count the records of a partition.

    Args:
        task: What is counted.
        progress: Is told of the bytes of each block.
        into: Where they are added, if to what was counted before.

    Raises:
        InputError: The file is damaged beyond reading.
    """
    if language() != task.language:
        set_language(task.language)
    source = task.layout.source
    partial = Partial() if into is None else into
    partial.receipts.setdefault(task.place, FileReceipt(source.file))
    counter = _Counter(RecordView(task), partial)
    for block in source.blocks(task.columns(), task.partition, whole=task.twice is not None):
        if task.twice is None:
            counter.count(block)
        else:
            counter.sight(block, task.twice)
        partial.ends[task.place] = block.next_line
        if progress is not None:
            progress(block.size)
    if counter.seen:
        partial.sightings.append(sightings_of(task.file, source.header, counter.seen))
    return partial


def count_sightings(task: Task, seen: Sightings, chosen: np.ndarray) -> Tally:
    """Count some of the records that were seen in a partition of a file.

    Args:
        task: The partition, or any other one of the file, with the plan.
        seen: The records.
        chosen: Which of them to count.
    """
    partial = Partial()
    _Counter(RecordView(replace(task, twice=None)), partial).tally_block(seen.block(chosen))
    return partial.tally


def counted_records(task: Task, dimensions: Sequence[Dimension]) -> Iterator[tuple[np.ndarray, list[Coded]]]:
    """Read the records of a partition that count, block by block, for lists of single records.

    Yields:
        The physical line of each record, and its cells in each dimension.
    """
    view = RecordView(task)
    for block in task.layout.source.blocks(task.columns(dimensions), task.partition):
        view.leave_out(block)
        # Whoever looks through the values of a column block by block must not meet those of all blocks before.
        yield view.of_kept(block.lines()), [view.texts(dimension).compacted() for dimension in dimensions]
        view.lexicons.clear()


@dataclass(slots=True)
class _Counter:
    """Counts the blocks of a partition, one after the other."""

    view: RecordView
    partial: Partial
    groups: Sequence[Group] = field(init=False)
    numbered: dict[Group | Distinct, np.ndarray] = field(default_factory=dict)
    seen: list[Seen] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.groups = self.view.task.plan.counted()

    def count(self, block: Block) -> None:
        """Count a block, and account for all its records."""
        entries, more = self.view.leave_out(block)
        self.partial.receipts[self.view.task.place].add(
            block.length + len(block.set_aside), [*block.set_aside, *entries], more
        )
        keys = self._record_keys()
        if keys is not None:
            self.partial.tally.record_keys.setdefault(self.view.task.file, []).append(keys.hashes[keys.present])
        self._tally()

    def sight(self, block: Block, twice: np.ndarray) -> None:
        """Look in a block for records that count and have one of some keys."""
        self.view.leave_out(block)
        keys = self._record_keys()
        if keys is not None and len(rows := np.flatnonzero(keys.among(twice))):
            assert block.whole is not None
            repeats = None if block.repeats is None else block.repeats[rows]
            self.seen.append(Seen(keys.hashes[rows], block.lines()[rows], block.whole(rows), repeats))

    def tally_block(self, block: Block) -> None:
        """Count all records of a block that are known to count."""
        self.view.take(block)
        self._tally()

    def _tally(self) -> None:
        plan, tally, view = self.view.task.plan, self.partial.tally, self.view
        if not view.length:
            return
        tally.records += view.length
        if view.block.repeats is not None and plan.repeats:
            tally.repeats.append(view.of_kept(view.block.repeats))
        for group in self.groups:
            if group.unit:
                self._add_keys(group, group.dimensions, group.unit)
            else:
                tally.count(group, [view.coded(d) for d in group.dimensions])
        for distinct in plan.distinct:
            self._add_keys(distinct, distinct.by, distinct.key)

    def _record_keys(self) -> Keys | None:
        """The record keys of the kept records, None where there is no such column."""
        name = self.view.task.plan.record_key
        place = self.view.task.layout.place(name) if name else None
        if place is None:
            return None
        keys = record_key_hashes(self.view.block.columns[place])
        if self.view.kept is not None:
            left = np.zeros(self.view.block.length, bool)
            left[self.view.kept] = True
            keys.present[~left] = False
        return keys

    def _add_keys(self, name: Group | Distinct, by: Sequence[Dimension], key: Sequence[str]) -> None:
        tally, view = self.partial.tally, self.view
        found = key_hashes(self._key_columns(key), view.block.length)
        hashes, present = view.of_kept(found.hashes), view.of_kept(found.present)
        codes = self._combinations(name, by)
        if isinstance(name, Group):
            # A record without a key is a unit of its own.
            lost = np.flatnonzero(~present)
            if len(lost):
                own = view.of_kept(view.block.lines())[lost].astype(np.uint64)
                source = view.task.layout.source
                seed = hash_texts(string_array([f"{source.file}\0{source.sheet or ''}"]))[0]
                hashes = hashes.copy()
                part = np.full(len(lost), view.task.partition.number, np.uint64)
                hashes[lost] = combine_hashes([np.full(len(lost), seed), part, own])
            tally.keyset(name).add(codes, hashes)
        elif present.all():
            tally.keyset(name).add(codes, hashes)
        else:
            tally.keyset(name).add(codes[present], hashes[present])
        tally.keyless[name] = tally.keyless.get(name, 0) + int(len(present) - np.count_nonzero(present))

    def _key_columns(self, names: Sequence[str]) -> list[tuple[Column | None, bool]]:
        """The columns of a key, None where the file lacks one; and whether they tell if there is a key at all."""
        return [
            (None if place is None else self.view.block.columns[place], name == names[0])
            for name in names
            for place in self.view.task.layout.columns.get(name, ())
        ]

    def _combinations(self, name: Group | Distinct, by: Sequence[Dimension]) -> np.ndarray:
        """The number, in a set of keys, of each record's combination."""
        keys, tally = self.partial.tally.keyset(name), self.partial.tally
        if not by:
            return np.full(self.view.length, keys.number(()), np.uint32)
        own = list(dict.fromkeys(by))
        cells = [self.view.texts(d) for d in own]
        codes = [tally.codes(d, c) for d, c in zip(own, cells, strict=True)]
        flat, space = flat_codes(codes, [len(tally.lexicons[d]) for d in own])
        at = [own.index(d) for d in by]

        def number(record: int) -> int:
            return keys.number(tuple(cells[i].lexicon.values[cells[i].codes[record]] for i in at))

        if flat is None:
            first, numbers = unique_rows(codes)
            return np.asarray(np.array([number(record) for record in first.tolist()], np.uint32)[numbers])
        known = self.numbered.get(name)
        if known is None or len(known) != space:
            self.numbered[name] = known = np.full(space, -1, np.int64)
        numbers = known.take(flat)
        if numbers.min() < 0:
            new = np.flatnonzero(numbers < 0)
            _values, first = np.unique(flat[new], return_index=True)
            for record in new[first].tolist():
                known[flat[record]] = number(record)
            numbers = known.take(flat)
        return numbers.astype(np.uint32)
