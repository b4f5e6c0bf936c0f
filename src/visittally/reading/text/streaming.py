"""Bytes to blocks: the fast reader where records are beyond doubt, the careful one where they are not."""

from __future__ import annotations

from dataclasses import field, replace
from functools import partial
from typing import TYPE_CHECKING, BinaryIO, cast

from visittally.dataclass import dataclass
from visittally.messages import _
from visittally.reading.blocks import Block, taken
from visittally.reading.looks import is_blank
from visittally.reading.receipt import Kind, SetAside
from visittally.reading.record_hashes import record_hashes
from visittally.reading.text.careful import Record, read_records
from visittally.reading.text.readers import Readers
from visittally.reading.text.rows import (
    TextTable,
    begins_another,
    fitted,
    is_blank_row,
    set_aside,
)
from visittally.words.arrays import string_array

if TYPE_CHECKING:
    import io
    from collections.abc import Callable, Generator, Iterator, Mapping

    import numpy as np
    import pyarrow as pa

    from visittally.reading.blocks import Column
    from visittally.reading.text.fast import FastReader

BLOCK = 1 << 21
"""Bytes read fast at a time."""
PIECE = 1 << 17
"""Bytes that are read carefully around a doubtful record."""


@dataclass(frozen=True, slots=True)
class TextTask:
    """What is to be read.

    Attributes:
        table: The table.
        columns: Positions of the columns to keep.
        hashed: Whether whole records are hashed, to find exact repeats; then all columns are parsed.
        only_listed: Whether the records are only listed, not counted.
        block: Bytes read fast at a time.
        piece: Bytes read carefully around a doubtful record.
        readers: Those of tables like this one.
    """

    table: TextTable
    columns: tuple[int, ...]
    hashed: bool = False
    block: int = BLOCK
    piece: int = PIECE
    only_listed: bool = False
    readers: Readers = field(default_factory=Readers)

    @property
    def wanted(self) -> tuple[int, ...]:
        """Positions of the columns that are parsed."""
        return tuple(range(self.table.width)) if self.hashed else self.columns

    @property
    def counted(self) -> frozenset[int]:
        """Positions of the columns of which the different cells matter."""
        return frozenset(() if self.only_listed else self.columns)


@dataclass(slots=True)
class _Progress:
    """What is known while a stretch is read: the line it has come to, and the different cells of its columns."""

    line: int
    fast: FastReader
    below: bool = False


def read_blocks(
    stream: BinaryIO, size: int | None, first_line: int, task: TextTask, *, below: bool = False
) -> Generator[Block, None, int]:
    """Read the records of a stretch of text.

    Args:
        stream: Its UTF-8 bytes.
        size: How many of them, None for all.
        first_line: Physical line of the first.
        task: What is to be read.
        below: Whether the stretch stands below the table, so that nothing in it is a record.

    Returns:
        Physical line of what follows.
    """
    from visittally.reading.text.grid import PADDING

    progress = _Progress(first_line, task.readers.take(task.table), below)
    room_for = task.block if size is None else max(min(task.block, size), 1)
    content = bytearray(room_for + PADDING)
    kept, left, final = 0, size, False
    while not final:
        while kept < room_for and not final:
            room = room_for - kept if left is None else min(left, room_for - kept)
            got = _filled(stream, memoryview(content)[kept : kept + room]) if room else 0
            kept += got
            left = None if left is None else left - got
            final = not got or left == 0
        used = 0
        for block, end in _advance(content, kept, task, progress, task.block, final=final):
            if block is not None:
                yield replace(block, size=end - used, next_line=progress.line)
            used = end
        if not used and not final:
            content = content[:room_for] + bytearray(room_for + PADDING)
            room_for *= 2
            continue
        content[: kept - used] = content[used:kept]
        kept -= used
    task.readers.give_back(progress.fast)
    return progress.line


def _filled(stream: BinaryIO, room: memoryview) -> int:
    """Read into a buffer; 0 at the end."""
    return cast("io.RawIOBase", stream).readinto(room) or 0


def _advance(
    content: bytearray, size: int, task: TextTask, progress: _Progress, reach: int, *, final: bool
) -> Iterator[tuple[Block | None, int]]:
    """Read as many whole records as there are; yields blocks and how many bytes are done."""
    if not size:
        return
    fast = None if progress.below else _fast(content, size, task, progress, final=final)
    if fast is not None:
        yield fast
        return
    from visittally.reading.text.grid import PADDING

    if reach <= task.piece:
        yield _careful(bytes(memoryview(content)[:size]), task, progress, final=final)
        return
    at, stretch = 0, task.piece
    while at < size:
        length = min(stretch, size - at)
        part = content[at : at + length] + bytearray(PADDING)
        last = at + length == size
        used = 0
        for block, end in _advance(part, length, task, progress, task.piece, final=final and last):
            used = end
            yield block, at + used
        at += used
        if not used and last:
            return
        stretch = task.piece if used else stretch * 2


def _fast(
    content: bytearray, size: int, task: TextTask, progress: _Progress, *, final: bool
) -> tuple[Block, int] | None:
    """A block read fast, or None where the stretch is doubtful."""
    import numpy as np

    from visittally.reading.text.odd_widths import Woven, read_stragglers

    table = task.table
    if not table.dialect.is_plain:
        return None
    reader = progress.fast
    grid = reader.finder.find(content, size, final=final)
    columns = None if grid is None else reader.columns(grid, task.wanted, task.counted)
    odd = None if grid is None or columns is None else reader.odd_rows(grid, columns)
    if grid is None or columns is None or odd is None:
        return None
    first, (starts, read) = progress.line, grid.lines()

    def line_of(number: int) -> int:
        return first + (number if starts is None else int(starts[number]))

    others = read_stragglers(grid, table, line_of)
    if others is None:
        return None
    progress.line += read
    end = min(grid.end, size)
    if not odd and grid.regular is None:
        lines = None if starts is None else starts + first
        return _block(columns, len(grid), (), first, lines, task, partial(reader.records, grid)), end
    numbers = np.arange(len(grid)) if grid.regular is None else grid.regular
    keep = np.ones(len(grid), bool)
    keep[list(odd)] = False
    left = np.flatnonzero(keep)
    entries = [SetAside(line_of(int(numbers[r])), Kind.NOT_A_RECORD, why) for r, why in odd.items() if why]
    woven = Woven.of(numbers[left], others)
    kept = woven.columns({c: taken(column, left) for c, column in columns.items()})
    every = np.concatenate((numbers[left], np.array(others.numbers, np.int64)))[woven.order]
    lines = first + (every if starts is None else starts[every])

    def whole(rows: np.ndarray) -> pa.Array:
        return woven.records(rows, lambda regular: reader.records(grid, left[regular]), table.width)

    return _block(kept, len(every), (*entries, *others.entries), first, lines, task, whole), end


def _block(
    columns: Mapping[int, Column],
    length: int,
    entries: tuple[SetAside, ...],
    line: int,
    lines: np.ndarray | None,
    task: TextTask,
    whole: Callable[[np.ndarray], pa.Array],
) -> Block:
    hashes = record_hashes(task.table.position.header, columns) if task.hashed else None
    kept = {c: columns[c] for c in task.columns}
    return Block(kept, length, entries, line, lines, hashes, whole=whole)


def _careful(content: bytes, task: TextTask, progress: _Progress, *, final: bool) -> tuple[Block | None, int]:
    """A block read carefully, and how many bytes it took."""
    table = task.table
    end = len(content) if final else _last_line_end(content, table.dialect.newline)
    text, sound = decoded(content[:end])
    whole = sound and (final or text.endswith("\n")) and not progress.below
    if whole and (cells := _one_column(text, table)) is not None:
        return _lines(cells, task, progress), end
    stretch = read_records(text, table.dialect, table.physical, progress.line, final=final)
    if not stretch.lines:
        return None, 0
    rows: list[list[str]] = []
    lines: list[int] = []
    entries: list[SetAside] = []
    for record in stretch.records:
        if is_blank_row(record.cells) and not record.problem:
            continue
        entry = _entry(record, table, progress, sound=sound)
        if entry is None:
            rows.append(fitted(record.cells, table.width) or [])
            lines.append(record.line)
        else:
            entries.append(entry)
    line = progress.line
    progress.line += stretch.lines
    used = end if stretch.consumed == len(text) else len(text[: stretch.consumed].encode("utf-8", "surrogatepass"))
    return _careful_block(rows, lines, tuple(entries), line, task), used


def _one_column(text: str, table: TextTable) -> list[str] | None:
    """The cells of a text of which every line is the only cell of a record, in quotes or not; None for others."""
    dialect = table.dialect
    if table.width != 1 or dialect.delimiter or dialect.escape or dialect.newline != "\n":
        return None
    cells = [line.removesuffix("\r") for line in text.split("\n")] if "\r" in text else text.split("\n")
    if text.endswith("\n"):
        cells.pop()
    quote = dialect.quote
    if not quote or quote not in text:
        return cells
    quoted = [cell for cell in cells if quote in cell]
    regular = all(len(cell) > 1 and cell[0] == cell[-1] == quote for cell in quoted)
    if dialect.spaced or not regular or text.count(quote) != 2 * len(quoted):
        return None
    return [cell[1:-1] if cell[:1] == quote else cell for cell in cells]


def _lines(cells: list[str], task: TextTask, progress: _Progress) -> Block:
    """A block of records of one cell; only lines that may be no records are looked at one by one."""
    from visittally.reading.text.fast import odd_texts

    table, first = task.table, progress.line
    progress.line += len(cells)
    odd = odd_texts(set(cells), table)
    if not odd:
        return _careful_block([[cell] for cell in cells], list(range(first, progress.line)), (), first, task)
    rows: list[list[str]] = []
    lines: list[int] = []
    entries: list[SetAside] = []
    for line, cell in enumerate(cells, first):
        if cell in odd:
            if is_blank(cell):
                continue
            if (entry := set_aside(Record(line, [cell]), table)) is not None:
                entries.append(entry)
                continue
        rows.append([cell])
        lines.append(line)
    return _careful_block(rows, lines, tuple(entries), first, task)


def _careful_block(
    rows: list[list[str]], lines: list[int], entries: tuple[SetAside, ...], line: int, task: TextTask
) -> Block:
    import numpy as np

    cells = list(zip(*rows, strict=True)) or [()] * task.table.width

    def column(c: int) -> pa.Array:
        return string_array(cells[c])

    def whole(chosen: np.ndarray) -> pa.Array:
        return string_array([cell for row in chosen.tolist() for cell in rows[row]])

    columns = {c: column(c) for c in task.wanted}
    first = lines[0] if lines else line
    return _block(columns, len(rows), entries, first, np.array(lines, np.int64), task, whole)


def _entry(record: Record, table: TextTable, progress: _Progress, *, sound: bool) -> SetAside | None:
    """Why a record is set aside; notices where another table begins."""
    if not progress.below and begins_another(record.cells, table):
        progress.below = True
    if progress.below:
        return SetAside(record.line, Kind.NOT_A_RECORD, _("stands below the table"))
    if not sound and not _is_sound("".join(record.cells)):
        return SetAside(record.line, Kind.UNREADABLE, _("bytes that do not fit the encoding"))
    return set_aside(record, table)


def _last_line_end(content: bytes, newline: str) -> int:
    """Where the last whole line ends."""
    at = content.rfind(b"\n")
    if newline == "\r" and (single := content.rfind(b"\r", 0, len(content) - 1)) > at:
        return single + (2 if content[single + 1] == 0x0A else 1)
    return at + 1


def decoded(content: bytes) -> tuple[str, bool]:
    """The text, with surrogates for bytes that do not fit; and whether there are none of these."""
    for errors in ("strict", "surrogatepass", "surrogateescape"):
        try:
            return content.decode("utf-8", errors), errors == "strict"
        except UnicodeDecodeError:
            continue
    raise AssertionError


def _is_sound(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
