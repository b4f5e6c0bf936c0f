"""Records of another width among regular ones: read one by one, and put back where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from visittally.dataclass import dataclass
from visittally.reading.lexicon import Coded
from visittally.reading.text.careful import read_records
from visittally.reading.text.rows import (
    TextTable,
    begins_another,
    fitted,
    is_blank_row,
    set_aside,
)
from visittally.words.arrays import number_array, string_array

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from visittally.reading.blocks import Column
    from visittally.reading.receipt import SetAside
    from visittally.reading.text.grid import Grid


@dataclass(frozen=True, slots=True)
class Stragglers:
    """The records of a grid that are not in its matrix.

    Attributes:
        numbers: For each that is a record its number among all records.
        rows: Its cells, as many as the table has columns.
        entries: Those that are set aside.
    """

    numbers: list[int]
    rows: list[list[str]]
    entries: list[SetAside]


def read_stragglers(grid: Grid, table: TextTable, line_of: Callable[[int], int]) -> Stragglers | None:
    """Read the records of a grid that have another width.

    Args:
        grid: The grid.
        table: Of which it is a part.
        line_of: Gives the physical line of a record by its number.

    Returns:
        The records, or None where one of them must be seen together with its neighbours: it goes over several lines,
        is no UTF-8, or begins another table.
    """
    numbers, rows, entries = [], [], []
    for number, begin, end in grid.apart():
        try:
            text = grid.text[begin:end].tobytes().decode()
        except UnicodeDecodeError:
            return None
        records = read_records(text, table.dialect, table.physical, line_of(number)).records
        if len(records) != 1 or "\n" in text[:-1] or begins_another(records[0].cells, table):
            return None
        if is_blank_row(records[0].cells) and not records[0].problem:
            continue
        entry = set_aside(records[0], table)
        if entry is None:
            numbers.append(number)
            rows.append(fitted(records[0].cells, table.width) or [])
        else:
            entries.append(entry)
    return Stragglers(numbers, rows, entries)


@dataclass(frozen=True, slots=True)
class Woven:
    """Regular records and stragglers in the order of the text.

    Attributes:
        order: For each record its position among the regular ones, behind which the stragglers follow.
        stragglers: The stragglers.
    """

    order: np.ndarray
    stragglers: Stragglers

    @classmethod
    def of(cls, regular: np.ndarray, stragglers: Stragglers) -> Woven:
        """Put stragglers between records with these numbers."""
        return cls(np.argsort(np.concatenate((regular, np.array(stragglers.numbers, np.int64)))), stragglers)

    def columns(self, columns: Mapping[int, Column]) -> dict[int, Column]:
        """The columns of the regular records, with the cells of the stragglers."""
        found = {}
        for c, column in columns.items():
            cells = [row[c] for row in self.stragglers.rows]
            if isinstance(column, Coded):
                codes = np.concatenate((column.codes, column.lexicon.enter(cells)))
                found[c] = Coded(codes[self.order], column.lexicon)
            else:
                found[c] = pa.concat_arrays([column, string_array(cells)]).take(number_array(self.order))
        return found

    def records(self, rows: np.ndarray, regular: Callable[[np.ndarray], pa.Array], width: int) -> pa.Array:
        """All cells of some records, see `Block.whole`; `regular` gives them for regular ones, rising."""
        places = self.order[rows]
        count = len(self.order) - len(self.stragglers.rows)
        own = places < count
        others = [cell for place in places[~own].tolist() for cell in self.stragglers.rows[place - count]]
        texts = pa.concat_arrays([regular(places[own]), string_array(others)])
        # Regular ones come first in `texts`: each goes back to its place.
        position = np.empty(len(rows), np.int64)
        position[own] = np.arange(int(own.sum()))
        position[~own] = int(own.sum()) + np.arange(int((~own).sum()))
        return texts.take(number_array((position[:, None] * width + np.arange(width)).ravel()))
