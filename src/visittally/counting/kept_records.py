"""The records of a block that count, as codes: dimension by dimension, whatever columns they stand in."""

from __future__ import annotations

from collections import Counter
from dataclasses import field, replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from visittally.counting.combinations import unique_rows
from visittally.counting.plan import Dimension
from visittally.counting.tasks import Task, status_columns
from visittally.dataclass import dataclass
from visittally.messages import _
from visittally.reading.lexicon import Coded, Lexicon, Numbers
from visittally.reading.receipt import LISTED, Kind, SetAside
from visittally.survey.exporters import rejected_in
from visittally.survey.fields import DERIVED
from visittally.survey.projection import Projection
from visittally.words.arrays import numpy_array, string_array, text_scalar
from visittally.words.joined import CELL_SEPARATOR, NO_COLUMN
from visittally.words.numbers import numbers_of, plain_weight, weight_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from visittally.counting.conditions import Matcher
    from visittally.reading.blocks import Block

_TIME_OF_DAY = r"(?:[T ]|\s+)\d{1,2}[:：时時]\d{1,2}.*$"


@dataclass(slots=True)
class RecordView:
    """Looks at the blocks of a partition, one after the other.

    Attributes:
        task: What is counted: its conditions, weight and marks of the exporting tool decide which records count.
        block: The block that is looked at.
        kept: Which of its records count, None for all.
        columns: The dimensions of these that somebody has asked for.
        lexicons: Lexicons of our own, which go on from block to block.
    """

    task: Task
    block: Block = field(init=False)
    kept: np.ndarray | None = None
    columns: dict[Dimension, Coded | Numbers] = field(default_factory=dict)
    lexicons: dict[object, Lexicon] = field(default_factory=dict)

    @property
    def length(self) -> int:
        """How many records of the block count."""
        return self.block.length if self.kept is None else len(self.kept)

    def take(self, block: Block) -> None:
        """Look at all records of a block."""
        self.block, self.kept, self.columns = block, None, {}

    def of_kept(self, values: np.ndarray) -> np.ndarray:
        """Of something about each record of the block what is about those that count."""
        return values if self.kept is None else values[self.kept]

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
        if dimension.variable in DERIVED and dimension.variable not in self.task.layout.columns:
            source = self.task.layout.source
            return self._constant(source.file if dimension.variable == "file" else source.sheet or "")
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
            return Coded(lexicon.enter(encoded.dictionary.to_pylist())[numpy_array(encoded.indices)], lexicon)
        if projection is Projection.RAW:
            return cells
        codes, lexicon = cells.lexicon.reduced(
            projection, lambda values: _projected(string_array(values), projection).to_pylist()
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
                ("number", comma), lambda texts: numbers_of(string_array(texts), decimal_comma=comma)
            )
            return Numbers(cells.codes, values)
        encoded = cells.dictionary_encode()
        return Numbers(numpy_array(encoded.indices), numbers_of(encoded.dictionary, decimal_comma=comma))

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
        first, numbers = unique_rows([p.codes for p in parts])
        own = self._lexicon(dimension)
        joined = own.enter(CELL_SEPARATOR.join(p.lexicon.values[p.codes[i]] for p in parts) for i in first.tolist())
        return Coded(joined[numbers], own)

    # ------------------------------------------------------------------ what is left out
    def leave_out(self, block: Block) -> tuple[list[SetAside], Counter[Kind]]:
        """Take a block and decide which of its records do not count; the first reason that holds is the one given."""
        self.take(block)
        out: list[tuple[Kind, str, np.ndarray]] = []
        task = self.task
        if task.duplicates:
            reason = _("the same record as one counted already")
            out.append((Kind.DUPLICATE, reason, np.isin(block.lines(), np.fromiter(task.duplicates, np.int64))))
        rejected = rejected_in(task.layout.tool)
        for place in status_columns(task.layout):
            if place is not None:
                cells = self._cells(place, Projection.RAW)
                flags = _flags(cells, ("rejected", task.layout.tool), lambda text: text.strip().casefold() in rejected)
                out.append((Kind.REJECTED, _("rejected or test submission"), flags))
        for matcher in task.matchers:
            good = self._meets(matcher)
            out.append((Kind.FILTERED, matcher.reason, ~good))
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


def _flags(cells: Coded, name: object, test: Callable[[str], bool]) -> np.ndarray:
    """For each cell whether its text passes a test, which is made once for each text."""
    found = cells.lexicon.made(name, lambda values: np.fromiter(map(test, values), bool, len(values)))
    return np.asarray(found[cells.codes])


def _projected(values: pa.Array, projection: Projection) -> pa.Array:
    if projection is Projection.DAY:
        return pc.replace_substring_regex(values, pattern=_TIME_OF_DAY, replacement="")
    if projection is Projection.PRESENCE:
        blank = pc.equal(pc.utf8_trim_whitespace(values), text_scalar(""))
        nothing, something = string_array(["", "1"])
        return pc.if_else(blank, nothing, something)
    return values
