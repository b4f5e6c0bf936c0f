"""What every reader gives: tables found in files, and their records in blocks."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

from visittally.dataclass import dataclass
from visittally.reading.described import NOTHING, Description

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import numpy as np
    import pyarrow as pa

    from visittally.errors import Notice
    from visittally.reading.lexicon import Coded
    from visittally.reading.receipt import SetAside

    Column: TypeAlias = pa.Array | Coded
    """The cells of a column: codes into a lexicon, or `pa.string()` where they are mostly different."""


@dataclass(frozen=True, slots=True)
class Block:
    """Some consecutive records of a table.

    Attributes:
        columns: Column position -> its cells, all of `length`. Cells are the text as it stands in the file; a cell
            that is not there is "". Never null.
        length: Number of records in `columns`.
        set_aside: Records read in this stretch of the file that are not in `columns` (unreadable, not a record).
        first_line: Physical line of the first record. All lines are counted from the beginning of the partition
            where it is not known which line that is, see `Partition`.
        line_numbers: Physical line of each record, or None where record i stands at `first_line + i`.
        repeats: 64-bit hash of each whole record (cells in the order of their column names, so that moved columns
            do not matter), or None where exact repeats are not looked for (large files).
        size: Bytes of the text that it stands in, where they are known: for the progress bar.
        whole: Gives all cells of some of the records (their positions, rising), one record behind the other; only
            until the next block is read, and only where `TableSource.blocks` was told that it will be asked.
        next_line: The line behind the block.
    """

    columns: Mapping[int, Column]
    length: int
    set_aside: tuple[SetAside, ...] = ()
    first_line: int = 0
    line_numbers: np.ndarray | None = None
    repeats: np.ndarray | None = None
    next_line: int = 0
    size: int = 0
    whole: Callable[[np.ndarray], pa.Array] | None = None

    def line(self, record: int) -> int:
        """Physical line of a record of the block."""
        return self.first_line + record if self.line_numbers is None else int(self.line_numbers[record])

    def lines(self) -> np.ndarray:
        """Physical line of every record, as `int64`."""
        import numpy as np

        if self.line_numbers is None:
            return np.arange(self.first_line, self.first_line + self.length, dtype=np.int64)
        return np.asarray(self.line_numbers, np.int64)


ENOUGH = 3_000
"""So many records tell what columns are: a thousand from the beginning, the middle and the end of a table each."""


def looked_at(count: int) -> Sequence[int]:
    """Which of `count` records are looked at: all of few, else those of three stretches, so that neighbours stay so."""
    if count <= ENOUGH:
        return range(count)
    stretch = ENOUGH // 3
    starts = (0, (count - stretch) // 2, count - stretch)
    return [i for start in starts for i in range(start, start + stretch)]


def rows_of(block: Block, columns: Sequence[int], records: np.ndarray | None = None) -> Iterator[tuple[str, ...]]:
    """The cells of some columns, record by record; of all records, or of those at some positions."""
    cells = [block.columns[c] if records is None else taken(block.columns[c], records) for c in columns]
    return zip(*(column.to_pylist() for column in cells), strict=True)


def row_by_row(columns: Sequence[Column], rows: np.ndarray) -> pa.Array:
    """All cells of some records, one record behind the other.

    Args:
        columns: All columns.
        rows: Positions of the records.
    """
    import numpy as np
    import pyarrow as pa

    from visittally.words.arrays import number_array, string_array

    chosen = [taken(column, rows) for column in columns]
    texts = [column if isinstance(column, pa.Array) else column.strings() for column in chosen]
    if not texts:
        return string_array([])
    order = np.arange(len(texts) * len(rows)).reshape(len(texts), len(rows)).T.ravel()
    return pa.concat_arrays(texts).take(number_array(order))


def taken(column: Column, rows: np.ndarray) -> Column:
    """The cells of a column at some places."""
    import pyarrow as pa

    from visittally.words.arrays import number_array

    return column.take(number_array(rows)) if isinstance(column, pa.Array) else column.take(rows)


@dataclass(frozen=True, slots=True)
class Partition:
    """A stretch of a table that can be read by itself: bytes [start, end) of the text, rows, or row groups.

    `number` orders the partitions of a table. How far a stretch really goes only its reader knows: see
    `TableSource.partitions`. `first_line` is the physical line where it begins; 0 where nobody has counted the lines
    before it yet: then its own are counted from 1 (in the first partition always from the beginning of the file).
    """

    number: int = 0
    start: int = 0
    end: int | None = None
    first_line: int = 0


WHOLE = Partition()
"""All of a table."""


_HELD = ("sampled", "first", "whole_in_memory", "columns_in_memory")
"""What a table holds of its records until counting begins."""


@dataclass(frozen=True)
class TableSource(ABC):
    """One table in one input: where its records are and how they are to be read. Can be pickled.

    Attributes:
        file: Name of the input as the user gave it (a member of an archive: `a.zip/b.csv`).
        header: One name for each column as in the file, header rows joined by a space; "" where blank. A file
            without header has names "" throughout and `header_row` 0.
        header_rows: The cells of each header row, for tools that mark their exports there.
        header_row: Physical line of the last header row, 0 without header.
        encoding: Name of the encoding that the bytes were read with, None for workbooks and Parquet.
        delimiter: The delimiter of delimited text, else None.
        sheet: Whole name of the sheet of a workbook, else None.
        notices: What was noticed while finding the table (damage in the text, other sheets, title rows ...).
        evidence: Why encoding, dialect, sheet and header were chosen, one short sentence each, for `columns`.
        size: Bytes to be read, for the progress bar and for planning partitions.
        titles: The rows above the header that are not blank, their filled cells only.
        by_hand: Whether it is small enough to be kept by hand: then its rows are looked at together.
        hashed: Whether exact repeats of whole records are looked for: not where tables like it are large together.
        described: What the file itself says about its columns.
        alike: How many tables of the run have the same header, this one included.
        repeats: Tables of repeated groups whose rows belong to the records of this one.
        visits_in: Tables one of which holds the visits that the rows of this one, a repeated group, belong to.
    """

    file: str
    header: tuple[str, ...]
    header_rows: tuple[tuple[str, ...], ...] = ()
    header_row: int = 1
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    notices: tuple[Notice, ...] = ()
    evidence: tuple[str, ...] = ()
    size: int = 0
    titles: tuple[tuple[str, ...], ...] = ()
    by_hand: bool = False
    hashed: bool = True
    described: Description = NOTHING
    alike: int = 1
    repeats: tuple[TableSource, ...] = ()
    visits_in: tuple[TableSource, ...] = ()

    @abstractmethod
    def sample(self) -> Sequence[Sequence[str]]:
        """Read records to judge the columns by, as lists of cells as wide as the header; `sampled` holds them.

        All records of a table of up to about 8 MB; of a larger one stretches from its beginning, middle and end.
        Rows that are no records (totals, repeated headers) are left out.
        """

    @cached_property
    def sampled(self) -> Sequence[Sequence[str]]:
        """Some of what `sample` gives, see `looked_at`: read when it is first looked at and kept until `let_go`."""
        return self.look()

    def look(self) -> Sequence[Sequence[str]]:
        """Read what `sampled` holds."""
        records = self.sample()
        return records if len(records) <= ENOUGH else [records[i] for i in looked_at(len(records))]

    def judged(self, columns: Sequence[int]) -> Iterator[Block]:
        """Read some columns of the records that `sample` reads."""
        from visittally.words.arrays import string_array

        records = self.sampled
        yield Block({c: string_array([row[c] for row in records]) for c in columns}, len(records))

    @property
    def looked_through(self) -> bool:
        """Whether `sampled` holds all records."""
        return len(self.sampled) < ENOUGH

    def records_known(self) -> int:
        """How many records there are, as far as they were looked at."""
        return len(self.sampled)

    def hold(self, records: Sequence[Sequence[str]]) -> None:
        """Keep records that were read anyway as those to judge by: all those of a small table."""
        vars(self)["sampled"] = [records[i] for i in looked_at(len(records))]

    def let_go(self) -> None:
        """Keep no sampled records any longer: whoever begins to count has looked at them."""
        for name in _HELD:
            vars(self).pop(name, None)

    def __getstate__(self) -> dict[str, Any]:
        """Processes that count have no use for sampled records."""
        return {name: value for name, value in vars(self).items() if name not in _HELD}

    def partitions(self, size: int) -> Sequence[Partition]:  # noqa: ARG002 - for those that can be cut
        """Stretches of about `size` bytes that can be read independently; one where the table cannot be cut."""
        return (WHOLE,)

    def merged_cells(self) -> Mapping[int, frozenset[int]]:
        """Physical line -> positions of cells that hold the value of a merged cell above them."""
        return {}

    @abstractmethod
    def blocks(self, columns: Sequence[int], partition: Partition = WHOLE, *, whole: bool = False) -> Iterator[Block]:
        """Read the records of a partition, keeping only `columns`; `whole`: `Block.whole` will be asked.

        Raises:
            InputError: The file is damaged beyond reading; names file, line and what to do.
        """


REPEAT_COLUMNS = frozenset(
    (
        "_parent_index",
        "_parent_table_name",
        "PARENT_KEY",
        "number__0",
        "ParentGlobalID",
        "parentglobalid",
        "parentrowid",
    )
)
"""Columns by which form tools tie the rows of a repeated group to the visit that they belong to."""


def holds_repeats(header: Sequence[str]) -> bool:
    """Whether a table holds the rows of a repeated group (members of households), not the visits."""
    return not REPEAT_COLUMNS.isdisjoint(header) or (INTERVIEW in header and any(map(_names_row, header)))


INTERVIEW = "interview__id"
"""The key of Survey Solutions: of the interview, and of that to which the rows of a roster belong."""


def _names_row(name: str) -> bool:
    """Whether a column numbers the rows of a roster of Survey Solutions."""
    return name.endswith("__id") and name not in {INTERVIEW, "assignment__id"}
