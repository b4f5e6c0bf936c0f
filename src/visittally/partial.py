"""Counts one stretch of one file: the records of a partition become a Tally and a piece of the receipt."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from visittally.hashing import combine_hashes, hash_texts
from visittally.keysets import KeySet
from visittally.messages import _, language, set_language
from visittally.numbers_as_text import numbers_of, plain_weight, weight_of
from visittally.plan import CELL_SEPARATOR, NO_COLUMN, Dimension, Distinct, Group, Plan, Projection
from visittally.reading.receipt import LISTED, FileReceipt, Kind, SetAside
from visittally.tally import Combinations, Tally, combine, unique_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from visittally.conditions import Matcher
    from visittally.reading.blocks import Block, Partition
    from visittally.survey import Layout, Variable

_TIME_OF_DAY = r"(?:[T ]|\s+)\d{1,2}[:：时時]\d{1,2}.*$"
_REJECTED = {"rejected", "validation_status_not_approved", "not approved", "test", "survey preview", "survey test"}
REVIEWS = ("ReviewState", "_validation_status", "review_status", "Status")
"""Columns in which exporting tools mark rejected and test submissions."""
_KEY_SHAPED = r"^(?:uuid:)?[0-9A-Za-z][0-9A-Za-z\-_:]{7,}$"


@dataclass(frozen=True, slots=True)
class Coded:
    """A column of a block as codes into its distinct values (numbers: `float64`, NaN where blank, inf where none)."""

    codes: np.ndarray
    values: list[str] | np.ndarray

    def take(self, kept: np.ndarray | None) -> Coded:
        """The column with only the kept records."""
        return self if kept is None else Coded(self.codes[kept], self.values)


@dataclass(frozen=True, slots=True)
class Task:
    """A partition of a file and what is to be counted there. Can be pickled.

    Attributes:
        file: Position of the file's layout in the survey.
        duplicates: Lines of records that are the same record as one counted elsewhere.
        language: Language of the reasons in the receipt, for processes that have not been told.
    """

    file: int
    layout: Layout
    partition: Partition
    plan: Plan
    variables: Mapping[str, Variable]
    matchers: tuple[Matcher, ...] = ()
    duplicates: frozenset[int] = frozenset()
    language: str = "en"


@dataclass(slots=True)
class Partial:
    """What was counted in some partitions: a tally, and by position of the file the receipt of its records."""

    tally: Tally = field(default_factory=Tally)
    receipts: dict[int, FileReceipt] = field(default_factory=dict)

    def add(self, other: Partial) -> None:
        """Add what was counted in other partitions."""
        self.tally += other.tally
        for file, receipt in other.receipts.items():
            self.receipts.setdefault(file, FileReceipt(receipt.file)).merge(receipt)


def merge_partials(partials: Sequence[Partial]) -> Partial:
    """The sum of several partials; these are left as they are."""
    found = Partial()
    for partial in partials:
        found.add(partial)
    return found


def count_partition(task: Task, progress: Callable[[int], None] | None = None) -> Partial:
    """Count the records of a partition.

    Raises:
        InputError: The file is damaged beyond reading.
    """
    if language() != task.language:
        set_language(task.language)
    source = task.layout.source
    partial = Partial(Tally(), {task.file: FileReceipt(source.file)})
    positions = sorted(
        {p for name in task.plan.variables() for p in task.layout.columns.get(name, ()) if p is not None}
        | {p for p in _status_columns(task.layout) if p is not None}
    )
    for block in source.blocks(positions, task.partition):
        _BlockCount(task, block, partial).run()
        if progress is not None:
            progress(block.size)
    return partial


def counted_records(task: Task, dimensions: Sequence[Dimension]) -> Iterator[tuple[np.ndarray, list[Coded]]]:
    """Read the records of a partition that count, block by block, for lists of single records.

    Yields:
        The physical line of each record, and its cells in each dimension.
    """
    names = task.plan.variables() | {d.variable for d in dimensions}
    places = [p for name in names for p in task.layout.columns.get(name, ())]
    positions = sorted({p for p in (*places, *_status_columns(task.layout)) if p is not None})
    for block in task.layout.source.blocks(positions, task.partition):
        counter = _BlockCount(task, block, Partial())
        counter.leave_out()
        kept = np.arange(block.length) if counter.kept is None else counter.kept
        lines = kept + block.first_line if block.line_numbers is None else block.line_numbers[kept]
        yield lines, [counter.coded(dimension) for dimension in dimensions]


def kept_records(task: Task, columns: Iterable[int]) -> Iterator[tuple[Block, np.ndarray]]:
    """Read a partition; each block comes with the positions of its records that count."""
    names = task.plan.variables()
    places = [p for name in names for p in task.layout.columns.get(name, ())]
    positions = sorted({p for p in (*places, *_status_columns(task.layout), *columns) if p is not None})
    for block in task.layout.source.blocks(positions, task.partition):
        counter = _BlockCount(task, block, Partial())
        counter.leave_out()
        yield block, np.arange(block.length) if counter.kept is None else counter.kept


def _status_columns(layout: Layout) -> tuple[int | None, ...]:
    """Columns in which the exporting tool marks rejected and test submissions."""
    found: list[int | None] = []
    for name in REVIEWS:
        if name != "Status" or layout.tool == "qualtrics":
            found += layout.columns.get(name, ())
    return tuple(found)


@dataclass(slots=True)
class _BlockCount:
    """Counts one block."""

    task: Task
    block: Block
    partial: Partial
    kept: np.ndarray | None = None
    columns: dict[tuple[str, Projection], Coded] = field(default_factory=dict)

    def run(self) -> None:
        plan, tally, block = self.task.plan, self.partial.tally, self.block
        entries, more = self.leave_out()
        length = block.length if self.kept is None else len(self.kept)
        self.partial.receipts[self.task.file].add(
            block.length + len(block.set_aside), [*block.set_aside, *entries], more
        )
        tally.records += length
        if plan.record_key:
            self._record_keys()
        if block.repeats is not None and plan.repeats:
            tally.repeats.append(block.repeats if self.kept is None else block.repeats[self.kept])
        if not length:
            return
        for group in plan.counted():
            if group.unit:
                self._add_keys(group, group.dimensions, group.unit)
            else:
                self._add_group(group)
        for distinct in plan.distinct:
            self._add_keys(distinct, distinct.by, distinct.key)

    # ------------------------------------------------------------------ columns
    def coded(self, dimension: Dimension) -> Coded:
        """A dimension of the kept records."""
        found = self.columns.get((dimension.variable, dimension.projection))
        if found is None:
            found = self._whole(dimension).take(self.kept)
            self.columns[(dimension.variable, dimension.projection)] = found
        return found

    def _whole(self, dimension: Dimension) -> Coded:
        """A dimension of all records of the block."""
        if dimension.variable == "file":
            return Coded(np.zeros(self.block.length, np.int64), [self.task.layout.source.file])
        places = self.task.layout.columns.get(dimension.variable, ())
        if dimension.projection is Projection.NUMBER and self._decimal_comma(dimension.variable):
            parts = [self._numbers(place, decimal_comma=True) for place in places]
        else:
            parts = [self._cells(place, dimension.projection) for place in places]
        if not parts:
            return Coded(np.zeros(self.block.length, np.int64), [NO_COLUMN])
        if dimension == Dimension(self.task.plan.weight):
            return self._weights(parts[0])
        return parts[0] if len(parts) == 1 else _joined(parts)

    def _cells(self, place: int | None, projection: Projection) -> Coded:
        if place is None:
            return Coded(np.zeros(self.block.length, np.int64), [NO_COLUMN])
        if projection is Projection.NUMBER:
            return self._numbers(place)
        cells = self.block.columns[place]
        if not isinstance(cells, pa.DictionaryArray):
            encoded = _projected(cells, projection).dictionary_encode()
            return Coded(encoded.indices.to_numpy(zero_copy_only=False), encoded.dictionary.to_pylist())
        codes = cells.indices.to_numpy(zero_copy_only=False)
        if projection is Projection.RAW:
            return Coded(codes, cells.dictionary.to_pylist())
        encoded = _projected(cells.dictionary, projection).dictionary_encode()
        return Coded(encoded.indices.to_numpy(zero_copy_only=False)[codes], encoded.dictionary.to_pylist())

    def _numbers(self, place: int | None, *, decimal_comma: bool = False) -> Coded:
        if place is None:
            return Coded(np.zeros(self.block.length, np.int64), [NO_COLUMN])
        numbers = numbers_of(self.block.columns[place], decimal_comma=decimal_comma)
        return Coded(*pd.factorize(numbers, use_na_sentinel=False))

    def _decimal_comma(self, name: str) -> bool:
        variable = self.task.variables.get(name)
        return variable is not None and variable.decimal_comma

    def _weights(self, cells: Coded) -> Coded:
        """Weights as Python writes numbers; what is no weight stays as it is."""
        comma = self._decimal_comma(self.task.plan.weight)
        return Coded(cells.codes, [plain_weight(str(text), decimal_comma=comma) for text in cells.values])

    def _key_hashes(self, names: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """Hashes of a key of several variables, and which records have one (its first variable is not blank)."""
        hashes, present = [], np.ones(self.block.length, bool)
        for name in names:
            for place in self.task.layout.columns.get(name, ()):
                if place is None:
                    hashes.append(np.zeros(self.block.length, np.uint64))
                    continue
                cells = self.block.columns[place]
                whole = cells.dictionary if isinstance(cells, pa.DictionaryArray) else cells
                trimmed = pc.utf8_trim_whitespace(whole)
                own, filled = hash_texts(trimmed), ~_blank(trimmed)
                if isinstance(cells, pa.DictionaryArray):
                    codes = cells.indices.to_numpy(zero_copy_only=False)
                    own, filled = own[codes], filled[codes]
                hashes.append(own)
                if name == names[0]:
                    present &= filled
        if not hashes:
            return np.zeros(self.block.length, np.uint64), np.zeros(self.block.length, bool)
        return combine_hashes(hashes), present

    # ------------------------------------------------------------------ what is left out
    def leave_out(self) -> tuple[list[SetAside], Counter[Kind]]:
        """Decide which records do not count; the first reason that holds is the one given."""
        out: list[tuple[Kind, str, np.ndarray]] = []
        task = self.task
        if task.duplicates:
            reason = _("the same record as one counted already")
            out.append((Kind.DUPLICATE, reason, np.isin(self.block.lines(), np.fromiter(task.duplicates, np.int64))))
        for place in _status_columns(task.layout):
            if place is not None:
                coded = self._cells(place, Projection.RAW)
                bad = np.array([v.strip().casefold() in _REJECTED for v in coded.values], bool)
                out.append((Kind.REJECTED, _("rejected or test submission"), bad[coded.codes]))
        for matcher in task.matchers:
            coded = self._whole(matcher.condition.dimension)
            variable = task.variables.get(matcher.condition.dimension.variable)
            good = np.array([matcher.matches(v, variable) for v in coded.values], bool)
            out.append((Kind.FILTERED, _("left out by --where {text}").format(text=matcher.text), ~good[coded.codes]))
        if task.plan.weight:
            coded = self._whole(Dimension(task.plan.weight))
            bad = np.array([weight_of(v) is None for v in coded.values], bool)
            out.append((Kind.INVALID, _("the weight is blank, negative or no number"), bad[coded.codes]))
        return self._listed(out)

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

    # ------------------------------------------------------------------ counting
    def _add_group(self, group: Group) -> None:
        tally = self.partial.tally
        coded = [self.coded(d) for d in group.dimensions]
        if not coded:
            return
        codes, counts = combine([c.codes for c in coded], [len(c.values) for c in coded])
        columns = [
            (c.values.view(np.int64) if isinstance(c.values, np.ndarray) else tally.recode(d, c.values))[codes[:, i]]
            for i, (d, c) in enumerate(zip(group.dimensions, coded, strict=True))
        ]
        tally.groups.setdefault(group, Combinations()).add(np.stack(columns, axis=1), counts)

    def _add_keys(self, name: Group | Distinct, by: Sequence[Dimension], key: Sequence[str]) -> None:
        tally = self.partial.tally
        keys = tally.keys.setdefault(name, KeySet())
        hashes, present = self._key_hashes(key)
        if self.kept is not None:
            hashes, present = hashes[self.kept], present[self.kept]
        coded = [self.coded(d) for d in by]
        if coded:
            _keys, first, numbers = unique_rows([c.codes for c in coded], [len(c.values) for c in coded])
            combinations = [tuple(str(c.values[c.codes[i]]) for c in coded) for i in first]
            codes = np.array([keys.number(c) for c in combinations], np.uint32)[numbers]
        else:
            codes = np.full(len(hashes), keys.number(()), np.uint32)
        if isinstance(name, Group):
            # A record without a key is a unit of its own.
            lost = np.flatnonzero(~present)
            if len(lost):
                own = self.block.lines()[lost if self.kept is None else self.kept[lost]].astype(np.uint64)
                seed = hash_texts(pa.array([self.task.layout.source.file]))[0]
                hashes = hashes.copy()
                hashes[lost] = combine_hashes([np.full(len(lost), seed), own])
            keys.add(codes, hashes)
        else:
            keys.add(codes[present], hashes[present])
        tally.keyless[name] = tally.keyless.get(name, 0) + int((~present).sum())

    def _record_keys(self) -> None:
        place = next(iter(self.task.layout.columns.get(self.task.plan.record_key, ())), None)
        if place is not None:
            hashes, shaped = record_key_hashes(self.block.columns[place])
            if self.kept is not None:
                hashes, shaped = hashes[self.kept], shaped[self.kept]
            self.partial.tally.record_keys.setdefault(self.task.file, []).append(hashes[shaped])


def record_key_hashes(cells: pa.Array) -> tuple[np.ndarray, np.ndarray]:
    """Hashes of a column of record keys, and which cells are shaped like a key (not blank, not 0.5, not NA)."""
    whole = cells.cast(pa.string()) if isinstance(cells, pa.DictionaryArray) else cells
    trimmed = pc.utf8_trim_whitespace(whole)
    shaped = pc.match_substring_regex(trimmed, _KEY_SHAPED).to_numpy(zero_copy_only=False)
    return hash_texts(trimmed), np.asarray(shaped)


def _blank(texts: pa.Array) -> np.ndarray:
    blanks = pa.array(["", "NA", "n/a", "N/A", "-"])
    return np.asarray(pc.is_in(texts, value_set=blanks).to_numpy(zero_copy_only=False))


def _projected(values: pa.Array, projection: Projection) -> pa.Array:
    if projection is Projection.DAY:
        return pc.replace_substring_regex(values, pattern=_TIME_OF_DAY, replacement="")
    if projection is Projection.PRESENCE:
        blank = pc.equal(pc.binary_length(pc.utf8_trim_whitespace(values)), 0)
        return pc.if_else(blank, pa.scalar(""), pa.scalar("1"))
    return values


def _joined(parts: Sequence[Coded]) -> Coded:
    """Several columns as one: the distinct combinations of their cells, joined."""
    _keys, first, numbers = unique_rows([p.codes for p in parts], [len(p.values) for p in parts])
    values = [CELL_SEPARATOR.join(str(p.values[p.codes[i]]) for p in parts) for i in first]
    return Coded(numbers, values)
