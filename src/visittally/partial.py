"""Counts stretches of files: the records of a partition become a Tally and a piece of the receipt."""

from __future__ import annotations

from collections import Counter
from dataclasses import field, replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from visittally.combinations import flat_codes, unique_rows
from visittally.dataclass import dataclass
from visittally.hashing import combine_hashes, hash_texts
from visittally.keys import Keys, key_hashes, record_key_hashes
from visittally.messages import _, language, set_language
from visittally.numbers_as_text import numbers_of, plain_weight, weight_of
from visittally.plan import CELL_SEPARATOR, NO_COLUMN, Dimension, Distinct, Group, Plan, Projection
from visittally.reading.blocks import WHOLE
from visittally.reading.lexicon import Coded, Lexicon, Numbers
from visittally.reading.receipt import LISTED, FileReceipt, Kind, SetAside
from visittally.sightings import Sightings, sightings_of
from visittally.tasks import Partial, Task, status_columns

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from visittally.conditions import Matcher
    from visittally.reading.blocks import Block, Column
    from visittally.survey import Layout, Variable
    from visittally.tally import Tally

_TIME_OF_DAY = r"(?:[T ]|\s+)\d{1,2}[:：时時]\d{1,2}.*$"
_REJECTED = {"rejected", "validation_status_not_approved", "not approved", "test", "survey preview", "survey test"}


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
    counter = _Counter(task, partial)
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
    _Counter(replace(task, twice=None), partial).tally_block(seen.block(chosen))
    return partial.tally


def counted_records(task: Task, dimensions: Sequence[Dimension]) -> Iterator[tuple[np.ndarray, list[Coded]]]:
    """Read the records of a partition that count, block by block, for lists of single records.

    Yields:
        The physical line of each record, and its cells in each dimension.
    """
    counter = _Counter(task, Partial())
    for block in task.layout.source.blocks(task.columns(dimensions), task.partition):
        counter.leave_out(block)
        lines = block.lines() if counter.kept is None else block.lines()[counter.kept]
        # Whoever looks through the values of a column block by block must not meet those of all blocks before.
        yield lines, [counter.texts(dimension).compacted() for dimension in dimensions]
        counter.lexicons.clear()


class RecordFilter:
    """Leaves out the records of a table that do not meet the conditions of `--where`.

    Attributes:
        columns: Positions of the columns that must be read for it.
        kept: Which records of the last block are left, None for all.
    """

    def __init__(self, layout: Layout, variables: Mapping[str, Variable], matchers: Sequence[Matcher]) -> None:
        """Look at the records of a table.

        Args:
            layout: The table.
            variables: The variables of the survey by name.
            matchers: The conditions.
        """
        plan = Plan(where=tuple(matcher.condition for matcher in matchers))
        needed = {name: places for name, places in layout.columns.items() if name in plan.variables()}
        task = Task(0, replace(layout, columns=needed), WHOLE, plan, variables, tuple(matchers), language=language())
        self._counter = _Counter(task, Partial())
        self.columns = task.columns()
        self.kept: np.ndarray | None = None

    def leave_out(self, block: Block) -> tuple[list[SetAside], Counter[Kind]]:
        """Look at a block; returns the records that are left out, and how many more there are of each kind."""
        found = self._counter.leave_out(block)
        self.kept = self._counter.kept
        return found


@dataclass(slots=True)
class _Counter:
    """Counts the blocks of a partition, one after the other."""

    task: Task
    partial: Partial
    block: Block = field(init=False)
    kept: np.ndarray | None = None
    columns: dict[Dimension, Coded | Numbers] = field(default_factory=dict)
    lexicons: dict[object, Lexicon] = field(default_factory=dict)
    numbered: dict[Group | Distinct, np.ndarray] = field(default_factory=dict)
    seen: list[tuple[np.ndarray, np.ndarray, pa.Array]] = field(default_factory=list)

    def count(self, block: Block) -> None:
        """Count a block, and account for all its records."""
        entries, more = self.leave_out(block)
        self.partial.receipts[self.task.place].add(
            block.length + len(block.set_aside), [*block.set_aside, *entries], more
        )
        keys = self._record_keys()
        if keys is not None:
            self.partial.tally.record_keys.setdefault(self.task.file, []).append(keys.hashes[keys.present])
        self._tally()

    def sight(self, block: Block, twice: np.ndarray) -> None:
        """Look in a block for records that count and have one of some keys."""
        self.leave_out(block)
        keys = self._record_keys()
        if keys is not None and len(rows := np.flatnonzero(keys.among(twice))):
            assert block.whole is not None
            self.seen.append((keys.hashes[rows], block.lines()[rows], block.whole(rows)))

    def tally_block(self, block: Block) -> None:
        """Count all records of a block that are known to count."""
        self.block, self.kept, self.columns = block, None, {}
        self._tally()

    def _tally(self) -> None:
        plan, tally, block = self.task.plan, self.partial.tally, self.block
        length = block.length if self.kept is None else len(self.kept)
        if not length:
            return
        tally.records += length
        if block.repeats is not None and plan.repeats:
            tally.repeats.append(block.repeats if self.kept is None else block.repeats[self.kept])
        for group in plan.counted():
            if group.unit:
                self._add_keys(group, group.dimensions, group.unit)
            else:
                tally.count(group, [self.coded(d) for d in group.dimensions])
        for distinct in plan.distinct:
            self._add_keys(distinct, distinct.by, distinct.key)

    # ------------------------------------------------------------------ columns
    def coded(self, dimension: Dimension) -> Coded | Numbers:
        """A dimension of the kept records."""
        found = self.columns.get(dimension)
        if found is None:
            found = self._whole(dimension)
            if self.kept is not None:
                found = replace(found, codes=found.codes[self.kept])
            self.columns[dimension] = found
        return found

    def texts(self, dimension: Dimension) -> Coded:
        """A dimension of the kept records as texts; numbers as Python writes them."""
        cells = self.coded(dimension)
        if isinstance(cells, Coded):
            return cells
        own = self._lexicon("numbers")
        return Coded(own.enter(map(str, cells.values.tolist()))[cells.codes], own)

    def _whole(self, dimension: Dimension) -> Coded | Numbers:
        """A dimension of all records of the block."""
        if dimension.variable == "file":
            return self._constant(self.task.layout.source.file)
        places = self.task.layout.columns.get(dimension.variable, ())
        if dimension.projection is Projection.NUMBER:
            return self._numbers(dimension.variable, places[0] if places else None)
        parts = [self._cells(place, dimension.projection) for place in places]
        if not parts:
            return self._constant(NO_COLUMN)
        if dimension == Dimension(self.task.plan.weight):
            return self._weights(parts[0])
        return parts[0] if len(parts) == 1 else self._joined(dimension, parts)

    def _constant(self, text: str) -> Coded:
        lexicon = self._lexicon(text)
        return Coded(np.broadcast_to(lexicon.enter([text])[0], self.block.length), lexicon)

    def _lexicon(self, name: object) -> Lexicon:
        """A lexicon of our own, for all blocks of the partition."""
        if name not in self.lexicons:
            self.lexicons[name] = Lexicon()
        return self.lexicons[name]

    def _cells(self, place: int | None, projection: Projection) -> Coded:
        if place is None:
            return self._constant(NO_COLUMN)
        cells = self.block.columns[place]
        if not isinstance(cells, Coded):
            encoded = _projected(cells, projection).dictionary_encode()
            lexicon = self._lexicon((place, projection))
            return Coded(lexicon.enter(encoded.dictionary.to_pylist())[encoded.indices.to_numpy()], lexicon)
        if projection is Projection.RAW:
            return cells
        codes, lexicon = cells.lexicon.reduced(
            projection, lambda values: _projected(pa.array(values, pa.string()), projection).to_pylist()
        )
        return Coded(codes[cells.codes], lexicon)

    def _numbers(self, name: str, place: int | None) -> Coded | Numbers:
        if place is None:
            return Numbers(np.zeros(self.block.length, np.int32), np.array([np.inf]))
        variable = self.task.variables.get(name)
        comma = variable is not None and variable.decimal_comma
        cells = self.block.columns[place]
        if isinstance(cells, Coded):
            values = cells.lexicon.made(
                ("number", comma), lambda texts: numbers_of(pa.array(texts, pa.string()), decimal_comma=comma)
            )
            return Numbers(cells.codes, values)
        encoded = cells.dictionary_encode()
        return Numbers(encoded.indices.to_numpy(), numbers_of(encoded.dictionary, decimal_comma=comma))

    def _weights(self, cells: Coded) -> Coded:
        """Weights as Python writes numbers; what is no weight stays as it is."""
        variable = self.task.variables.get(self.task.plan.weight)
        comma = variable is not None and variable.decimal_comma
        codes, lexicon = cells.lexicon.reduced(
            "weight", lambda values: [plain_weight(text, decimal_comma=comma) for text in values]
        )
        return Coded(codes[cells.codes], lexicon)

    def _joined(self, dimension: Dimension, parts: Sequence[Coded]) -> Coded:
        """Several columns as one: the distinct combinations of their cells, joined."""
        _keys, first, numbers = unique_rows([p.codes for p in parts], [len(p.lexicon) for p in parts])
        own = self._lexicon(dimension)
        joined = own.enter(CELL_SEPARATOR.join(p.lexicon.values[p.codes[i]] for p in parts) for i in first.tolist())
        return Coded(joined[numbers], own)

    # ------------------------------------------------------------------ what is left out
    def leave_out(self, block: Block) -> tuple[list[SetAside], Counter[Kind]]:
        """Take a block and decide which of its records do not count; the first reason that holds is the one given."""
        self.block, self.kept, self.columns = block, None, {}
        out: list[tuple[Kind, str, np.ndarray]] = []
        task = self.task
        if task.duplicates:
            reason = _("the same record as one counted already")
            out.append((Kind.DUPLICATE, reason, np.isin(block.lines(), np.fromiter(task.duplicates, np.int64))))
        for place in status_columns(task.layout):
            if place is not None:
                cells = self._cells(place, Projection.RAW)
                out.append((Kind.REJECTED, _("rejected or test submission"), _flags(cells, "rejected", _is_rejected)))
        for matcher in task.matchers:
            good = self._meets(matcher)
            out.append((Kind.FILTERED, _("left out by --where {text}").format(text=matcher.text), ~good))
        if task.plan.weight:
            weights = self._whole(Dimension(task.plan.weight))
            assert isinstance(weights, Coded)
            bad = _flags(weights, "no weight", lambda text: weight_of(text) is None)
            out.append((Kind.INVALID, _("the weight is blank, negative or no number"), bad))
        return self._listed(out)

    def _meets(self, matcher: Matcher) -> np.ndarray:
        """Which records meet a condition."""
        cells = self._whole(matcher.condition.dimension)
        assert isinstance(cells, Coded)
        variable = self.task.variables.get(matcher.condition.dimension.variable)
        return _flags(cells, ("meets", matcher.text), lambda text: matcher.matches(text, variable))

    def _listed(self, out: Sequence[tuple[Kind, str, np.ndarray]]) -> tuple[list[SetAside], Counter[Kind]]:
        entries: list[SetAside] = []
        more: Counter[Kind] = Counter()
        gone = np.zeros(self.block.length, bool)
        for kind, reason, mask in out:
            records = np.flatnonzero(mask & ~gone)
            gone |= mask
            entries += [SetAside(self.block.line(int(i)), kind, reason) for i in records[:LISTED]]
            more[kind] += max(len(records) - LISTED, 0)
        if gone.any():
            self.kept = np.flatnonzero(~gone)
        return entries, more

    def _record_keys(self) -> Keys | None:
        """The record keys of the kept records, None where there is no such column."""
        name = self.task.plan.record_key
        place = next(iter(self.task.layout.columns.get(name, ())), None) if name else None
        if place is None:
            return None
        keys = record_key_hashes(self.block.columns[place])
        if self.kept is not None:
            left = np.zeros(self.block.length, bool)
            left[self.kept] = True
            keys.present[~left] = False
        return keys

    # ------------------------------------------------------------------ keys
    def _add_keys(self, name: Group | Distinct, by: Sequence[Dimension], key: Sequence[str]) -> None:
        tally = self.partial.tally
        found = key_hashes(self._key_columns(key), self.block.length)
        hashes, present = found.hashes, found.present
        if self.kept is not None:
            hashes, present = hashes[self.kept], present[self.kept]
        codes = self._combinations(name, by)
        if isinstance(name, Group):
            # A record without a key is a unit of its own.
            lost = np.flatnonzero(~present)
            if len(lost):
                own = self.block.lines()[lost if self.kept is None else self.kept[lost]].astype(np.uint64)
                seed = hash_texts(pa.array([self.task.layout.source.file]))[0]
                hashes = hashes.copy()
                part = np.full(len(lost), self.task.partition.number, np.uint64)
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
            (None if place is None else self.block.columns[place], name == names[0])
            for name in names
            for place in self.task.layout.columns.get(name, ())
        ]

    def _combinations(self, name: Group | Distinct, by: Sequence[Dimension]) -> np.ndarray:
        """The number, in a set of keys, of each record's combination."""
        keys, tally = self.partial.tally.keyset(name), self.partial.tally
        length = self.block.length if self.kept is None else len(self.kept)
        if not by:
            return np.full(length, keys.number(()), np.uint32)
        own = list(dict.fromkeys(by))
        cells = [self.texts(d) for d in own]
        codes = [tally.codes(d, c) for d, c in zip(own, cells, strict=True)]
        flat, space = flat_codes(codes, [len(tally.lexicons[d]) for d in own])
        at = [own.index(d) for d in by]

        def number(record: int) -> int:
            return keys.number(tuple(cells[i].lexicon.values[cells[i].codes[record]] for i in at))

        if flat is None:
            _keys, first, numbers = unique_rows(codes, [len(tally.lexicons[d]) for d in own])
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


def _flags(cells: Coded, name: object, test: Callable[[str], bool]) -> np.ndarray:
    """For each cell whether its text passes a test, which is made once for each text."""
    found = cells.lexicon.made(name, lambda values: np.fromiter(map(test, values), bool, len(values)))
    return np.asarray(found[cells.codes])


def _is_rejected(text: str) -> bool:
    return text.strip().casefold() in _REJECTED


def _projected(values: pa.Array, projection: Projection) -> pa.Array:
    if projection is Projection.DAY:
        return pc.replace_substring_regex(values, pattern=_TIME_OF_DAY, replacement="")
    if projection is Projection.PRESENCE:
        blank = pc.equal(pc.binary_length(pc.utf8_trim_whitespace(values)), 0)
        return pc.if_else(blank, pa.scalar(""), pa.scalar("1"))
    return values
