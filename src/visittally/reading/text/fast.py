"""The fast reader: stretches of text whose records are beyond doubt, many at a time.

It gives the same cells as the careful reader or refuses the stretch.
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from visittally.dataclass import dataclass
from visittally.reading.header_rows import LEADING
from visittally.reading.lexicon import Coded, Lexicon, short_columns
from visittally.reading.looks import SPACES
from visittally.reading.text.grid import GridFinder
from visittally.reading.text.rows import (
    OddCells,
    TextTable,
    begins_another,
    is_blank_row,
    reason,
)
from visittally.words.arrays import number_array, numpy_array, string_array

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from visittally.reading.blocks import Column
    from visittally.reading.text.grid import Cells, Grid

DISTINCT = 0.5
"""A column with more different cells than this share of the records is not worth a lexicon."""
LARGEST = 1 << 16
"""Lexicons up to this size are kept."""
FEW = 2_000
"""So few cells that nobody counts are not worth a lexicon: learning it costs more than it saves."""
TOGETHER = 1 << 10
"""The cells of so few records are quicker looked up for all columns at once than for each by itself."""
WORTH_A_PATTERN = 500
"""Fewer texts are looked at one by one: that takes less than to compile the pattern."""
TELLING = 5_000
"""Lexicons up to this size are looked through value by value."""
_TOTAL_HINT = r"(?i)(计|計|和|totals?|sum)[^a-z0-9\x{3400}-\x{9fff}]*$"
"""What every total ends with, and little else. Classes of all letters would take longer to compile than to look for."""
_HINTS = ("#", "计", "計", "和", "total", "sum")
"""One of these stands, without white space, in every text that announces a row that is no record."""


@dataclass(slots=True)
class FastReader:
    """Reads the cells of grids of one table; remembers the different cells of each column.

    Attributes:
        table: The table.
        lexicons: Column position -> its different cells so far, None for columns that are not worth it.
        finder: Finds the grids.
    """

    table: TextTable
    lexicons: dict[int, Lexicon | None] = field(default_factory=dict)
    finder: GridFinder = field(init=False)
    _odd_cells: OddCells = field(init=False)

    def __post_init__(self) -> None:
        self.finder = GridFinder(self.table.dialect, self.table.physical)
        self._odd_cells = OddCells(self.table.may_be_odd)

    def columns(self, grid: Grid, wanted: Iterable[int], counted: Collection[int] = ()) -> dict[int, Column] | None:
        """The cells of some columns; None where text is no UTF-8, or cells stand beyond the last column.

        Args:
            grid: The cells.
            wanted: Positions of the columns.
            counted: Those of which the different cells matter.
        """
        table = self.table
        if any(_holds_text(grid.cells(c)) for c in range(table.width, table.physical)):
            return None
        if len(grid) <= TOGETHER:
            return self._short_columns(grid, wanted, counted)
        found: dict[int, Column] = {}
        for c in wanted:
            column = self._column(c, grid, counted=c in counted)
            if column is None:
                return None
            found[c] = column
        return found

    def _short_columns(self, grid: Grid, wanted: Iterable[int], counted: Collection[int]) -> dict[int, Column] | None:
        """What `columns` gives of few records, of which there may be many columns: all are looked up at once."""
        coded, listed = [], []
        found: dict[int, Column] = {}
        for c in wanted:
            if c >= self.table.physical:
                column = self._column(c, grid, counted=c in counted)
                assert column is not None
                found[c] = column
            elif self.lexicons.get(c) is not None or (c in counted and c not in self.lexicons):
                coded.append(c)
            else:
                listed.append(c)
        count, texts, others = len(grid), grid.columns(coded).strings(), grid.columns(listed).strings()
        if texts is None or others is None:
            return None
        found.update({c: others.slice(i * count, count) for i, c in enumerate(listed)})
        for c, (values, codes) in zip(coded, short_columns(texts, count), strict=True):
            lexicon = self.lexicons.setdefault(c, None) or Lexicon()
            found[c] = Coded(lexicon.enter(values)[codes], lexicon)
            self.lexicons[c] = lexicon if len(lexicon) <= LARGEST else None
        return found

    def records(self, grid: Grid, rows: np.ndarray) -> pa.Array:
        """All cells of some records, see `Block.whole`."""
        table = self.table
        cells = grid.rows(rows)
        # Bytes that are no UTF-8 can stand in a column that nobody reads.
        texts = cells.strings()
        if texts is None:
            texts = string_array(cells.replaced())
        if table.physical == table.width:
            return texts
        places = np.arange(len(rows) * table.physical).reshape(len(rows), table.physical)
        more = max(table.width - table.physical, 0)
        places = np.pad(places[:, : table.width], ((0, 0), (0, more)), constant_values=len(texts))
        return pa.concat_arrays([texts, string_array([""])]).take(number_array(places.ravel()))

    def _column(self, c: int, grid: Grid, *, counted: bool) -> Column | None:
        if c not in self.lexicons:
            if not counted and len(grid) < FEW and c < self.table.physical:
                return grid.cells(c).strings()
            self.lexicons[c] = Lexicon()
        lexicon = self.lexicons[c]
        if c >= self.table.physical:
            assert lexicon is not None
            return Coded(np.broadcast_to(lexicon.enter([""]), len(grid)), lexicon)
        cells = grid.cells(c)
        if lexicon is not None:
            codes = lexicon.codes(cells, max(1_000, int(DISTINCT * len(grid))))
            if codes is not None and len(lexicon) <= LARGEST:
                return Coded(codes, lexicon)
        texts = cells.strings()
        if texts is not None:
            self.lexicons[c] = None
        return texts

    def odd_rows(self, grid: Grid, columns: Mapping[int, Column]) -> dict[int, str] | None:
        """Rows that are no records.

        Args:
            grid: The cells.
            columns: Those that were read.

        Returns:
            Row -> why it is no record ("" for a blank one); None where another table begins.
        """
        table = self.table
        if len(columns) < table.width:
            if columns and not self._may_hold_odd_rows(columns):
                return {}
            more = self.columns(grid, [c for c in range(min(LEADING, table.width)) if c not in columns])
            if more is None:
                return None
            columns = {**columns, **more}
        odd: dict[int, str] = {}
        suspects = self._suspects(columns)
        every = self.records(grid, suspects).to_pylist()
        for i, row in enumerate(suspects.tolist()):
            cells = every[i * table.width : (i + 1) * table.width]
            if begins_another(cells, table):
                return None
            why = "" if is_blank_row(cells) else reason(cells, table)
            if why is not None:
                odd[row] = why
        return odd

    def _may_hold_odd_rows(self, columns: Mapping[int, Column]) -> bool:
        """Whether any row holds, in these columns, nothing but cells that can stand in a row that is no record."""

        def odd(values: Sequence[str]) -> np.ndarray:
            return np.fromiter(map(self._odd_cells.__getitem__, values), bool, len(values))

        mask: np.ndarray | None = None
        for column in columns.values():
            if not isinstance(column, Coded) or len(column.lexicon) > TELLING:
                continue
            flags = column.lexicon.made("may be odd", odd)
            if not flags.any():
                return False
            here = flags[column.codes]
            mask = here if mask is None else mask & here
        return mask is None or bool(mask.any())

    def _suspects(self, columns: Mapping[int, Column]) -> np.ndarray:
        """Rows that may be no records: they begin oddly, or are blank in all these columns."""
        length = len(next(iter(columns.values())))
        mask, blank = np.zeros(length, bool), np.ones(length, bool)
        for c in range(min(LEADING, self.table.width)):
            mask |= _mask(columns[c], "begins oddly", lambda values: _begin_oddly(values, self.table))
        for column in columns.values():
            blank &= _mask(column, "is blank", _are_blank)
            if not blank.any():
                break
        return np.flatnonzero(mask | blank)


def _holds_text(cells: Cells) -> bool:
    """Whether any cell is not blank."""
    if not cells.lengths.any():
        return False
    texts = cells.strings()
    return texts is None or any(text.strip(SPACES) for text in texts.unique().to_pylist())


def _mask(column: Column, name: str, test: Callable[[pa.Array], np.ndarray]) -> np.ndarray:
    """A test of cells, made once for each value of a lexicon."""
    if not isinstance(column, Coded):
        return test(column)
    flags = column.lexicon.made(name, lambda values: test(string_array(values)))
    return flags[column.codes] if flags.any() else np.zeros(len(column), bool)


def _are_blank(values: pa.Array) -> np.ndarray:
    trimmed = pc.utf8_trim(values, characters=SPACES)
    return np.asarray(numpy_array(pc.binary_length(trimmed)) == 0)


def _begin_oddly(values: pa.Array, table: TextTable) -> np.ndarray:
    if len(values) < WORTH_A_PATTERN:
        few = values.to_pylist()
        squeezed = "".join("".join(few).split()).casefold()
        if table.begins.isdisjoint(few) and not any(hint in squeezed for hint in _HINTS):
            return np.zeros(len(few), bool)
        return np.fromiter(map(table.is_odd_beginning, few), bool, len(few))
    hints = pc.or_(
        pc.match_substring_regex(values, _TOTAL_HINT),
        pc.or_(
            pc.starts_with(pc.utf8_ltrim(values, characters=SPACES), "#"),
            pc.is_in(values, value_set=string_array(sorted(table.begins))),
        ),
    )
    found = numpy_array(hints).copy()
    for i in np.flatnonzero(found):
        found[i] = table.is_odd_beginning(values[int(i)].as_py())
    return found


def odd_texts(texts: Collection[str], table: TextTable) -> set[str]:
    """The texts that are blank or announce a row that is no record."""
    listed = list(texts)
    values = string_array(listed)
    return {listed[i] for i in np.flatnonzero(_begin_oddly(values, table) | _are_blank(values)).tolist()}
