"""Bytes to blocks: the fast reader where records are beyond doubt, the careful one where they are not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, BinaryIO, cast

from visittally.messages import _
from visittally.reading.blocks import Block
from visittally.reading.careful import Record, read_records
from visittally.reading.position import LEADING
from visittally.reading.receipt import Kind, SetAside
from visittally.reading.records import OddCells, TextTable, begins_another, fitted, is_blank_row, reason, set_aside
from visittally.reading.repeats import record_hashes

if TYPE_CHECKING:
    import io
    from collections.abc import Callable, Generator, Iterator, Mapping

    import numpy as np
    import pyarrow as pa

    from visittally.reading.fast import Clean, Parsed

BLOCK = 1 << 24
"""Bytes read fast at a time."""
PIECE = 1 << 17
"""Bytes that are read carefully around a doubtful record."""


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be read.

    Attributes:
        table: The table.
        columns: Positions of the columns to keep.
        hashed: Whether whole records are hashed, to find exact repeats; then all columns are parsed.
        block: Bytes read fast at a time.
        piece: Bytes read carefully around a doubtful record.
        lines_before: Counts the lines before the stretch that is read.
    """

    table: TextTable
    columns: tuple[int, ...]
    hashed: bool = False
    block: int = BLOCK
    piece: int = PIECE
    lines_before: Callable[[], int] | None = None

    @property
    def wanted(self) -> tuple[int, ...]:
        """Positions of the columns that are parsed."""
        return tuple(range(self.table.width)) if self.hashed else self.columns


@dataclass(slots=True)
class _Progress:
    """What is known while a stretch is read: the line it has come to, and which columns are mostly distinct."""

    line: int
    odd_cells: OddCells
    below: bool = False
    plain: frozenset[int] = frozenset()
    judged: bool = False


def read_blocks(
    stream: BinaryIO, size: int | None, first_line: int, task: Task, *, below: bool = False
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
    progress = _Progress(first_line, OddCells(task.table), below)
    content = bytearray(task.block)
    kept, left, final = 0, size, False
    while not final:
        while kept < len(content) and not final:
            room = len(content) - kept if left is None else min(left, len(content) - kept)
            got = _filled(stream, memoryview(content)[kept : kept + room]) if room else 0
            kept += got
            left = None if left is None else left - got
            final = not got or left == 0
        used = 0
        for block, end in _advance(content, kept, task, progress, task.block, final=final):
            if block is not None:
                yield replace(block, size=end - used)
            used = end
        if not used and not final:
            content = content + bytearray(len(content))
            continue
        content[: kept - used] = content[used:kept]
        kept -= used
    return progress.line


def _filled(stream: BinaryIO, room: memoryview) -> int:
    """Read into a buffer; 0 at the end."""
    return cast("io.RawIOBase", stream).readinto(room) or 0


def _advance(
    content: bytearray, size: int, task: Task, progress: _Progress, reach: int, *, final: bool
) -> Iterator[tuple[Block | None, int]]:
    """Read as many whole records as there are; yields blocks and how many bytes are done."""
    if not size:
        return
    fast = None if progress.below else _fast(content, size, task, progress, final=final)
    if fast is not None:
        yield fast
        return
    if reach <= task.piece:
        yield _careful(bytes(memoryview(content)[:size]), task, progress, final=final)
        return
    at, stretch = 0, task.piece
    while at < size:
        part = content[at : min(at + stretch, size)]
        last = at + len(part) == size
        used = 0
        for block, end in _advance(part, len(part), task, progress, task.piece, final=final and last):
            used = end
            yield block, at + used
        at += used
        if not used and last:
            return
        stretch = task.piece if used else stretch * 2


def _fast(content: bytearray, size: int, task: Task, progress: _Progress, *, final: bool) -> tuple[Block, int] | None:
    """A block read fast, or None where the stretch is doubtful."""
    from visittally.reading import fast

    table = task.table
    if not table.dialect.is_plain:
        return None
    clean = fast.clean_stretch(content, size, table.dialect, final=final)
    if clean is None or not clean.end:
        return None
    found = fast.parsed(content, clean, table, task.wanted, progress.plain)
    if found is None:
        return None
    odd = _odd_rows(content, clean, found, task, progress.odd_cells)
    if odd is None:
        return None
    if not progress.judged:
        progress.plain = frozenset(c for c, column in found.columns.items() if fast.mostly_distinct(column))
        progress.judged = True
    block = _clean_block(found, odd, task, progress.line)
    progress.line += found.lines
    return block, clean.end


def _odd_rows(
    content: bytearray, clean: Clean, found: Parsed, task: Task, odd_cells: OddCells
) -> dict[int, str] | None:
    """Row -> why it is no record ("" for a blank one); None where another table begins."""
    from visittally.reading import fast

    table, columns = task.table, found.columns
    everything = len(columns) == table.width
    if not everything:
        if columns and not fast.may_hold_odd_rows(columns, odd_cells):
            return {}
        missing = [c for c in range(min(LEADING, table.width)) if c not in columns]
        more = fast.parsed(content, clean, table, missing)
        if more is None:
            return None
        columns = columns | more.columns
    rows = fast.odd_rows(columns, table)
    if not len(rows):
        return {}
    if not everything:
        full = fast.parsed(content, clean, table, range(table.width), frozenset(range(table.width)))
        if full is None:
            return None
        columns = full.columns
    odd: dict[int, str] = {}
    for row in rows.tolist():
        cells = [columns[c][row].as_py() for c in range(table.width)]
        if begins_another(cells, table):
            return None
        why = "" if is_blank_row(cells) else reason(cells, table)
        if why is not None:
            odd[row] = why
    return odd


def _clean_block(found: Parsed, odd: dict[int, str], task: Task, line: int) -> Block:
    import numpy as np

    lines = None if found.starts is None else found.starts + line
    columns: dict[int, pa.Array] = found.columns
    entries: tuple[SetAside, ...] = ()
    if odd:
        import pyarrow as pa

        keep = np.ones(found.length, bool)
        keep[list(odd)] = False
        every = np.arange(line, line + found.length) if lines is None else lines
        lines = every[keep]
        columns = {c: column.filter(pa.array(keep)) for c, column in columns.items()}
        before = task.lines_before() if task.lines_before else 0
        entries = tuple(SetAside(int(every[row]) + before, Kind.NOT_A_RECORD, why) for row, why in odd.items() if why)
    return _block(columns, found.length - len(odd), entries, line, lines, task)


def _block(
    columns: Mapping[int, pa.Array],
    length: int,
    entries: tuple[SetAside, ...],
    line: int,
    lines: np.ndarray | None,
    task: Task,
) -> Block:
    hashes = record_hashes(task.table.position.header, columns) if task.hashed else None
    kept = {c: columns[c] for c in task.columns}
    return Block(kept, length, entries, line, lines, hashes, task.lines_before)


def _careful(content: bytes, task: Task, progress: _Progress, *, final: bool) -> tuple[Block | None, int]:
    """A block read carefully, and how many bytes it took."""
    table = task.table
    end = len(content) if final else _last_line_end(content, table.dialect.newline)
    text, sound = decoded(content[:end])
    stretch = read_records(text, table.dialect, table.physical, progress.line, final=final)
    if not stretch.lines:
        return None, 0
    before = task.lines_before() if task.lines_before else 0
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
            entries.append(replace(entry, line=entry.line + before))
    line = progress.line
    progress.line += stretch.lines
    used = end if stretch.consumed == len(text) else len(text[: stretch.consumed].encode("utf-8", "surrogatepass"))
    return _careful_block(rows, lines, tuple(entries), line, task), used


def _careful_block(
    rows: list[list[str]], lines: list[int], entries: tuple[SetAside, ...], line: int, task: Task
) -> Block:
    import numpy as np
    import pyarrow as pa

    cells = list(zip(*rows, strict=True)) or [()] * task.table.width
    columns = {c: pa.array(cells[c], pa.string()) for c in task.wanted}
    return _block(columns, len(rows), entries, lines[0] if lines else line, np.array(lines, np.int64), task)


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
