"""Delimited text: which table stands in it, and its records in blocks."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import field
from typing import TYPE_CHECKING, BinaryIO

from visittally.dataclass import dataclass
from visittally.errors import Notice
from visittally.reading.beginning import LOOKED_AT, Position, find_header
from visittally.reading.blocks import ENOUGH, WHOLE, Block, Partition, TableSource, looked_at, rows_of
from visittally.reading.inputs.source import ByteSource, ReadingOptions
from visittally.reading.inputs.unpacking import opened
from visittally.reading.kept import TEXT
from visittally.reading.text.alike import Beginnings, FoundInText
from visittally.reading.text.careful import Record, physical_lines, read_records, text_before
from visittally.reading.text.damage import find_damage
from visittally.reading.text.dialect import Dialect
from visittally.reading.text.dialect_search import find_dialect
from visittally.reading.text.encodings import (
    Encoding,
    Transcoded,
    find_encoding,
    utf8_blocks,
)
from visittally.reading.text.foot import end_of_table
from visittally.reading.text.readers import Readers
from visittally.reading.text.refusals import refuse_blank, refuse_junk, refuse_prose
from visittally.reading.text.rows import TextTable, is_blank_row
from visittally.reading.text.streaming import (
    BLOCK,
    TextTask,
    decoded,
    read_blocks,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

CUT = 32 << 20
"""Texts up to this many bytes are not cut into partitions."""
SAMPLED = 8 << 20
"""Texts up to this many bytes are looked at as a whole to understand the columns."""
BEGINNING = 1 << 20
"""Bytes at the beginning of larger ones that tell how they are written."""
STRETCH = 1 << 17
"""Bytes of each of three stretches looked at in larger ones."""
MANY, FEW = 5, 100
"""So many files alike are looked at together: in each a part of what is looked at in one; of few also the middle."""
_OF_ALL, _OF_EACH = ENOUGH, 12
"""So many records are looked at of many alike that fit into memory, and at least so many of each."""
LEAST = 1 << 14
"""Bytes that are looked at in each of many files at least."""
_TELLING = 20
"""So many records show whether one begins where a stretch is to be looked at."""
_FIRST = 1 << 16
"""Characters at the beginning of a table that tell how long its records are."""


@dataclass(frozen=True)
class DelimitedSource(TableSource):
    """A table in delimited text.

    Attributes:
        source: Where the bytes are.
        coding: How they are decoded.
        table: How the text is written and where the table stands in it.
        begin: Offset of the first record in the text as UTF-8 (without BOM).
        begin_line: Its physical line.
        end: Offset where the table ends and something else begins below it, or None.
        small: Whether it is short enough to be looked at as a whole.
        record: About how many bytes a record takes.
        block: Bytes read at a time.
        readers: Those of all tables that are written so.
        first: The first records, where they were looked at to see that it is written like another one.
    """

    source: ByteSource = field(default_factory=lambda: ByteSource("", ""))
    coding: Encoding = field(default_factory=lambda: Encoding("utf-8"))
    table: TextTable = field(default_factory=lambda: TextTable(Dialect(","), Position(()), 0))
    begin: int = 0
    begin_line: int = 1
    end: int | None = None
    small: bool = True
    record: int = 100
    block: int = BLOCK
    readers: Readers = field(default_factory=Readers, compare=False, repr=False)
    first: Sequence[Sequence[str]] = ()

    def sample(self) -> Sequence[Sequence[str]]:
        """Records to judge the columns by, see `TableSource.sample`."""
        wanted = range(len(self.header))
        return [row for block in self.judged(wanted) for row in rows_of(block, wanted)]

    def judged(self, columns: Sequence[int]) -> Iterator[Block]:
        """Read some columns of the records that `sample` reads; of a table among many those of `sampled`."""
        if self._of_many:
            yield from super().judged(columns)
            return
        for part in self._sampled():
            yield from self._read(columns, part)

    def look(self) -> Sequence[Sequence[str]]:
        """Read what `sampled` holds: of a text that can be cut not more than these records."""
        import numpy as np

        if self._of_very_many:
            return self.first
        parts = self._stretches(self._stretch) if self._is_cut else self._sampled()
        wanted = range(len(self.header))
        blocks = [block for part in parts for block in self._read(wanted, part, listed=True)]
        chosen = np.array(looked_at(sum(block.length for block in blocks)), np.int64)
        found: list[tuple[str, ...]] = []
        first = 0
        for block in blocks:
            within = chosen[(chosen >= first) & (chosen < first + block.length)] - first
            found += rows_of(block, wanted, within)
            first += block.length
        return found

    @property
    def looked_through(self) -> bool:
        """Whether `sampled` holds all records."""
        return self.small and not self._of_many and not self._is_cut and super().looked_through

    def records_known(self) -> int:
        """How many records there are; of many files alike about how many."""
        known = len(self.sampled)
        return max(known, self.size // self.record) if self._of_many else known

    @property
    def _of_very_many(self) -> bool:
        """Whether a table is one of so many alike that the first records of each tell enough."""
        return self.alike >= FEW and bool(self.first)

    @property
    def _most(self) -> int:
        """So many records tell what columns are."""
        return max(_OF_EACH, _OF_ALL // self.alike) if self._of_many else ENOUGH

    @property
    def _stretch(self) -> int:
        """About how many bytes a third of them take."""
        return self._most // 3 * self.record

    @property
    def _is_cut(self) -> bool:
        """Whether only stretches of a text are read that could be looked at as a whole."""
        return (self.small or self._of_many) and self.alike < FEW and 4 * self._stretch < self.size and self._can_be_cut

    def _sampled(self) -> Sequence[Partition]:
        """Stretches from the beginning, the middle and the end of a large text; of a packed one its beginning."""
        if self._of_many and self.source.size > LEAST:
            length = 3 * self._stretch
            return self._ending([self.begin], length) if self._can_be_cut else self._first_bytes(length)
        if self.small:
            return (WHOLE,)
        if not self._can_be_cut:
            return self._first_bytes(SAMPLED)
        return self._stretches(STRETCH)

    def _first_bytes(self, size: int) -> Sequence[Partition]:
        return (Partition(0, self.begin, self.begin + size),)

    def _stretches(self, size: int) -> Sequence[Partition]:
        """Stretches from the beginning, the middle and the end."""
        length = (self.end or self.source.size - self.coding.bom) if self.small else self.source.size - self.coding.bom
        last = max(self.begin, length - size)
        starts = [self.begin, *self._cuts(((self.begin + last) // 2, last), self._window)]
        return self._ending(starts, size)

    def _ending(self, starts: Sequence[int], size: int) -> Sequence[Partition]:
        """Stretches of about a size that end where a record does; where nothing certain is near, the last is cut."""
        ends = [(self._cuts((start + size,), self._window) or [start + size])[0] for start in starts]
        return tuple(Partition(i, start, end) for i, (start, end) in enumerate(zip(starts, ends, strict=True)))

    @property
    def _of_many(self) -> bool:
        return self.alike >= MANY

    @property
    def _can_be_cut(self) -> bool:
        return self.source.plain and self.coding.is_utf8 and self.table.dialect.is_plain

    @property
    def _window(self) -> int:
        """Bytes that tell where records begin that are only looked at."""
        return max(LEAST, _TELLING * self.record)

    def _cuts(self, offsets: Iterable[int], window: int | None = None) -> list[int]:
        """Offsets behind those given where records certainly begin."""
        from visittally.reading.text.cuts import certain_cut

        with opened(self.source) as stream:
            bom = self.coding.bom
            found = (certain_cut(stream, bom + offset, self.table, window) for offset in offsets)
            return sorted({cut - bom for cut in found if cut is not None})

    def partitions(self, size: int) -> Sequence[Partition]:
        """Stretches of about `size` bytes, cut where records certainly begin."""
        length = (self.end or self.source.size - self.coding.bom) - self.begin
        count = length // max(size, 1)
        if count < 2 or length < CUT or not self._can_be_cut:
            return (WHOLE,)
        cuts = self._cuts(self.begin + i * length // count for i in range(1, count))
        starts = [self.begin, *cuts]
        return tuple(Partition(i, a, b) for i, (a, b) in enumerate(zip(starts, [*cuts, None], strict=True)))

    def blocks(
        self,
        columns: Sequence[int],
        partition: Partition = WHOLE,
        *,
        whole: bool = False,  # noqa: ARG002 - whole records are at hand anyway
    ) -> Iterator[Block]:
        """Read the records of a partition, see `TableSource.blocks`."""
        yield from self._read(columns, partition, hashed=self.hashed and self.coding.complete)

    def _read(
        self, columns: Sequence[int], partition: Partition, *, hashed: bool = False, listed: bool = False
    ) -> Iterator[Block]:
        """Read the records of a partition.

        Args:
            columns: Positions of the columns to keep.
            partition: The stretch.
            hashed: Whether exact repeats are looked for, for which all columns are read.
            listed: Whether the records are only listed, not counted.
        """
        start = max(partition.start, self.begin)
        first = self.begin_line if start == self.begin else partition.first_line or 1
        task = TextTask(self.table, tuple(columns), hashed, self.block, only_listed=listed, readers=self.readers)
        with self._opened() as stream:
            self._skip(stream, start)
            ends = [end for end in (partition.end, self.end) if end is not None]
            line = yield from read_blocks(stream, min(ends) - start if ends else None, first, task)
            if self.end is not None and partition.end is None:
                yield from read_blocks(stream, None, line, task, below=True)

    def _skip(self, stream: BinaryIO, size: int) -> None:
        """Go over some bytes; only what is packed or decoded has to be read for that."""
        if self._can_be_cut:
            stream.seek(size, io.SEEK_CUR)
            return
        while size > 0 and (block := stream.read(min(BLOCK, size))):
            size -= len(block)

    def _opened(self) -> BinaryIO:
        if self.coding.is_utf8:
            stream = opened(self.source)
            stream.read(self.coding.bom)
            return stream
        return io.BufferedReader(Transcoded(utf8_blocks(self.source, self.coding, BLOCK)), BLOCK)


def find_table(source: ByteSource, options: ReadingOptions, beginnings: Beginnings | None = None) -> DelimitedSource:
    """Find the table in a delimited text.

    Args:
        source: Where the bytes are.
        options: Encoding and delimiter, where the user named them.
        beginnings: What was found in files before this one; it learns from this one.

    Raises:
        InputError: The text holds no table, or cannot be decoded; one sentence says why.
    """
    coding = find_encoding(source, options.encoding)
    text, whole = _beginning(source, coding)
    beginnings = beginnings or Beginnings()
    first: Sequence[Sequence[str]] = ()
    if known := None if options.delimiter else beginnings.find(text):
        at, found, first = known
    else:
        found = _look_for_table(source, text, options.delimiter, whole=whole)
        at = len(text_before(text, found.table.dialect, found.begin_line))
        beginnings.learn(text, at, found)
    position = found.table.position
    return DelimitedSource(
        file=source.name,
        header=position.header,
        header_rows=position.rows,
        header_row=found.header_row,
        encoding=coding.name.removesuffix("-sig"),
        delimiter=found.table.dialect.delimiter,
        evidence=(coding.evidence, found.why, *position.evidence),
        size=source.size,
        source=source,
        coding=coding,
        table=found.table,
        begin=len(text[:at].encode("utf-8", "surrogatepass")),
        begin_line=found.begin_line,
        record=_usual_size(text[at : at + _FIRST]),
        end=end_of_table(text, found.table, at) if whole else None,
        small=whole,
        titles=position.titles,
        block=min(BLOCK, source.size + 1) if source.plain and coding.is_utf8 else BLOCK,
        readers=found.readers,
        first=first,
        by_hand=whole and len(text) <= TEXT and position.width > 1,
        notices=(*_doubts(coding), *_damage(source, coding, text, whole=whole)),
    )


def _look_for_table(source: ByteSource, text: str, delimiter: str, *, whole: bool) -> FoundInText:
    """How a text is written and where its table stands.

    Raises:
        InputError: It holds no table.
    """
    refuse_junk(source.name, text)
    dialect, why = find_dialect(text, delimiter, whole=whole)
    records = _first_records(text, dialect, whole=whole)
    refuse_blank(source.name, records)
    position = find_header([record.cells for record in records])
    table = TextTable(dialect, position, _usual_cells(records[position.first_record :]) or position.width)
    refuse_prose(source.name, records, table)
    begin_line = (
        records[position.first_record].line if position.first_record < len(records) else _lines(text, dialect) + 1
    )
    header_row = records[position.header_rows[-1]].line if position.header_rows else 0
    return FoundInText(table, why, begin_line, header_row)


def _doubts(coding: Encoding) -> tuple[Notice, ...]:
    return (Notice("encoding_unsure", coding.doubt),) if coding.doubt else ()


def _damage(source: ByteSource, coding: Encoding, text: str, *, whole: bool) -> tuple[Notice, ...]:
    if whole:
        return find_damage(source.name, (text.encode("utf-8", "surrogatepass"),))
    return find_damage(source.name, utf8_blocks(source, coding, BLOCK)) if coding.complete else ()


def _beginning(source: ByteSource, coding: Encoding) -> tuple[str, bool]:
    """The text, or a large one up to a line end; and whether it is all of it."""
    parts, size = [], 0
    enough = BEGINNING if source.plain and source.size > 2 * SAMPLED else SAMPLED
    for block in utf8_blocks(source, coding, STRETCH):
        parts.append(block)
        size += len(block)
        if size > enough:
            content = b"".join(parts)
            end = max(content.rfind(b"\n"), content.rfind(b"\r")) + 1
            return decoded(content[: end or None])[0], False
    return decoded(b"".join(parts))[0], True


def _first_records(text: str, dialect: Dialect, *, whole: bool) -> list[Record]:
    """The first records, blank lines among them."""
    end = -1
    for _line in range(4 * LOOKED_AT):
        end = text.find("\n" if dialect.newline == "\n" else "\r", end + 1)
        if end < 0:
            break
    part = text if end < 0 else text[: end + 1]
    skipped = len(text_before(part, dialect, dialect.skipped + 1))
    final = whole and end < 0
    records = read_records(part[skipped:], dialect, 0, dialect.skipped + 1, final=final).records
    irregular = any(record.problem or record.lines > 1 for record in records)
    if irregular and (usual := _usual_cells(records)):  # it tells how these are to be read
        return read_records(part[skipped:], dialect, usual, dialect.skipped + 1, final=final).records
    return records


def _usual_size(first: str) -> int:
    """About how many bytes a record takes, by the first ones."""
    return len(first.encode("utf-8", "surrogatepass")) // max(first.count("\n"), first.count("\r"), 1) + 1


def _usual_cells(records: Sequence[Record]) -> int:
    """How many cells records mostly have."""
    widths = Counter(len(record.cells) for record in records if not is_blank_row(record.cells))
    return widths.most_common(1)[0][0] if widths else 0


def _lines(text: str, dialect: Dialect) -> int:
    return len(physical_lines(text, dialect))
