"""Parquet files: columns of any type as the text that a CSV export would hold, row groups as partitions."""

from __future__ import annotations

import json
from dataclasses import field
from functools import partial
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from visittally.dataclass import dataclass
from visittally.errors import InputError
from visittally.messages import _
from visittally.reading.blocks import WHOLE, Block, Partition, TableSource, row_by_row
from visittally.reading.inputs.source import ByteSource, cannot_open
from visittally.reading.lexicon import Coded, Lexicon
from visittally.reading.record_hashes import SOUGHT, record_hashes
from visittally.reading.workbooks.sheets import text_of
from visittally.words.arrays import numpy_array, string_array

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from visittally.reading.blocks import Column

BLOCK = 65_536
"""Rows that are read at once."""
SAMPLED = 1_000_000
"""Cells up to which all records are looked at to understand the columns."""
MOST_VALUES = 1 << 18
"""Different texts of a column that are remembered in a stretch of the file."""
STRETCH = 2_000
"""Records looked at in each of three stretches of a larger file."""
BETWEEN = ";"
"""Stands between the values of a list."""
_ZONE = r"(Z|[+-]\d\d:?\d\d)?"


@dataclass(frozen=True)
class ParquetSource(TableSource):
    """The table of a Parquet file.

    Attributes:
        input: The file, plain and local.
        rows: Number of records.
        groups: Rows and bytes of each row group.
    """

    input: ByteSource = field(default_factory=lambda: ByteSource("", ""))
    rows: int = 0
    groups: tuple[tuple[int, int], ...] = ()

    def sample(self) -> Sequence[Sequence[str]]:
        """Records to judge the columns by, see `TableSource.sample`."""
        width = len(self.header)
        if self.rows * width <= SAMPLED:
            return _records(self.blocks(range(width)))
        found: list[Sequence[str]] = []
        for group in sorted({0, len(self.groups) // 2, len(self.groups) - 1}):
            blocks = self.blocks(range(width), Partition(start=group, end=group + 1))
            found += _records([next(blocks)])[:STRETCH]
        return found

    def partitions(self, size: int) -> Sequence[Partition]:
        """Stretches of whole row groups, of about `size` bytes."""
        found: list[Partition] = []
        start = taken = 0
        line = first_line = 1
        for group, (rows, length) in enumerate(self.groups):
            taken += length
            line += rows
            if taken >= size or group == len(self.groups) - 1:
                found.append(Partition(len(found), start, group + 1, first_line))
                start, taken, first_line = group + 1, 0, line
        return found or (WHOLE,)

    def blocks(self, columns: Sequence[int], partition: Partition = WHOLE, *, whole: bool = False) -> Iterator[Block]:
        """Read the records of a partition, see `TableSource.blocks`."""
        groups = range(partition.start, len(self.groups) if partition.end is None else partition.end)
        line = 1 + sum(rows for rows, _length in self.groups[: partition.start])
        repeats = self.rows <= SOUGHT
        wanted = range(len(self.header)) if repeats or whole else columns
        lexicons = {column: Lexicon() for column in wanted}
        if not wanted:
            for group in groups:
                yield Block({}, self.groups[group][0], first_line=line)
                line += self.groups[group][0]
            return
        with _opened(self.input) as file:
            names = [self.header[column] for column in wanted]
            for batch in _batches(file, list(groups), names, self.file):
                found = {c: _coded(as_text(_column(batch, self.header, c)), lexicons[c]) for c in wanted}
                hashes = record_hashes(self.header, found) if repeats else None
                kept = {column: found[column] for column in columns}
                yield Block(
                    kept,
                    batch.num_rows,
                    first_line=line,
                    repeats=hashes,
                    whole=partial(row_by_row, list(found.values())),
                )
                line += batch.num_rows


def find_table(source: ByteSource) -> TableSource:
    """Find the columns and row groups of a Parquet file.

    Args:
        source: A Parquet file as a plain local file.

    Raises:
        InputError: It is damaged, encrypted, or has no columns.
    """
    with _opened(source) as file:
        metadata, names = file.metadata, tuple(file.schema_arrow.names)
    if not names:
        raise InputError(_("{name} has no columns. Export the table again.").format(name=source.name))
    groups = (metadata.row_group(group) for group in range(metadata.num_row_groups))
    return ParquetSource(
        file=source.name,
        header=names,
        header_rows=(names,),
        header_row=0,
        size=source.size,
        input=source,
        rows=metadata.num_rows,
        groups=tuple((group.num_rows, group.total_byte_size) for group in groups),
    )


def _opened(source: ByteSource) -> pq.ParquetFile:
    try:
        with pq.ParquetFile(source.path) as file:
            texts = [
                one.name
                for one in file.schema_arrow
                if pa.types.is_string(one.type) or pa.types.is_large_string(one.type)
            ]
        return pq.ParquetFile(source.path, read_dictionary=texts)
    except (pa.ArrowException, EOFError) as error:
        raise _damaged(source.name) from error
    except OSError as error:
        raise _damaged(source.name) if error.errno is None else cannot_open(source.name, error) from error


def _damaged(name: str) -> InputError:
    return InputError(_("{name} is a damaged or encrypted Parquet file. Copy or export it again.").format(name=name))


def _batches(file: pq.ParquetFile, groups: list[int], names: list[str], name: str) -> Iterator[pa.RecordBatch]:
    try:
        yield from file.iter_batches(BLOCK, row_groups=groups, columns=names)
    except (pa.ArrowException, OSError) as error:
        raise _damaged(name) from error


def _column(batch: pa.RecordBatch, header: Sequence[str], column: int) -> pa.Array:
    """A column by its position in the file, also among several of one name."""
    same = [i for i, name in enumerate(batch.schema.names) if name == header[column]]
    return batch.column(same[header[:column].count(header[column])])


def _coded(texts: pa.Array, lexicon: Lexicon) -> Column:
    """A column with few different texts as codes into a lexicon."""
    if not isinstance(texts, pa.DictionaryArray):
        return texts
    if len(lexicon) + len(texts.dictionary) > MOST_VALUES:
        return texts.dictionary_decode()
    return Coded(lexicon.enter(texts.dictionary.to_pylist())[numpy_array(texts.indices)], lexicon)


def _records(blocks: Iterator[Block] | Sequence[Block]) -> list[Sequence[str]]:
    found: list[Sequence[str]] = []
    for block in blocks:
        found += zip(*(column.to_pylist() for column in block.columns.values()), strict=True)
    return found


def as_text(values: pa.Array) -> pa.Array:
    """A column of any type as text: the way a CSV export would hold it.

    Whole numbers have no decimals, dates are in ISO form, with a time of day only where they have one. Lists
    are joined by `;`, other nested values are JSON, binary ones hexadecimal. What is missing is "".

    Returns:
        `pa.string()` or `pa.dictionary(int32, string)` without nulls.
    """
    kind = values.type
    if pa.types.is_dictionary(kind):
        return _dictionary_as_text(values)
    if pa.types.is_boolean(kind):
        text = pc.if_else(values, "TRUE", "FALSE")
    elif pa.types.is_timestamp(kind) or pa.types.is_time(kind):
        text = _moments(values)
    elif pa.types.is_floating(kind):
        text = pc.if_else(pc.is_nan(values), None, values.cast(pa.string()))
    elif pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind):
        text = pa.array([None if value is None else value.hex() for value in values.to_pylist()], pa.string())
    elif pa.types.is_nested(kind) or pa.types.is_duration(kind):
        text = pa.array([_nested(value) for value in values.to_pylist()], pa.string())
    elif pa.types.is_null(kind):
        text = pa.nulls(len(values), pa.string())
    else:
        text = _cast(values)
    return text.cast(pa.string()).fill_null("")


def _cast(values: pa.Array) -> pa.Array:
    try:
        return values.cast(pa.string())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return pa.array([None if value is None else str(value) for value in values.to_pylist()], pa.string())


def _moments(values: pa.Array) -> pa.Array:
    """Times without decimals of seconds that say nothing, and midnights as days."""
    text = pc.replace_substring_regex(values.cast(pa.string()), rf"(\.\d*?)0+{_ZONE}$", r"\1\2")
    text = pc.replace_substring_regex(text, rf"\.{_ZONE}$", r"\1")
    text = pc.replace_substring_regex(text, rf" 00:00:00{_ZONE}$", "")
    return pc.replace_substring_regex(text, r"(:\d\d[.\d]*[+-]\d\d)(\d\d)$", r"\1:\2")


def _dictionary_as_text(values: pa.DictionaryArray) -> pa.Array:
    texts = as_text(values.dictionary)
    if isinstance(texts, pa.DictionaryArray):
        texts = texts.dictionary_decode()
    indices = values.indices.cast(pa.int32())
    if indices.null_count:
        blank = len(texts)
        texts = pa.concat_arrays([texts, string_array([""])])
        indices = indices.fill_null(blank)
    return pa.DictionaryArray.from_arrays(indices, texts)


def _nested(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, list) and not any(isinstance(one, list | dict | tuple) for one in value):
        return BETWEEN.join("" if one is None else text_of(one) for one in value)
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, list | dict) else text_of(value)
