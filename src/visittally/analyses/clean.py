"""The records of all files as one clean table: cells exactly as they are, written as CSV or Parquet.

table = clean_table(sources, dropped=[personal_columns(source) for source in sources])
receipt = write_csv(table, stream)
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any, BinaryIO

from visittally.dataclass import dataclass
from visittally.errors import Notice
from visittally.messages import _
from visittally.reading.receipt import FileReceipt, Receipt
from visittally.survey.headers import residents
from visittally.survey.rows_of_visits import ADDED_COLUMNS
from visittally.words.arrays import string_array, text_scalar
from visittally.words.personal import TELLING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    import pyarrow as pa

    from visittally.analyses.campaign import Campaign
    from visittally.counting.kept_records import RecordView
    from visittally.reading.blocks import Block, TableSource
    from visittally.survey.variables import Layout


@dataclass(frozen=True, slots=True)
class CleanTable:
    """Which columns of each file become which column of the clean table.

    Attributes:
        sources: The tables of the files, in order.
        header: Names of the columns in the order in which the files bring them; some may be alike or blank.
        columns: For each source the position of each column of the clean table, None where it has none.
        headed: Whether any file has a header; else the first line is a record.
        dropped: Names of the columns that were left out.
        filters: For each source what leaves out records of it; empty to keep all.
    """

    sources: tuple[TableSource, ...]
    header: tuple[str, ...]
    columns: tuple[tuple[int | None, ...], ...]
    headed: bool = True
    dropped: tuple[str, ...] = ()
    filters: tuple[RecordView, ...] = ()

    @property
    def unique_header(self) -> tuple[str, ...]:
        """A name of its own for each column, as Parquet and DataFrames need it.

        The second column of a name is `name_2`, a blank one `column_3` where it is the third.
        """
        taken, found = {name for name in self.header if name.strip()}, list[str]()
        seen: set[str] = set()
        for place, name in enumerate(self.header, 1):
            stem = name if name.strip() else "column"
            new, number = (stem, 2) if name.strip() else (f"column_{place}", place + 1)
            while new in seen or (new != name and new in taken):
                new, number = f"{stem}_{number}", number + 1
            seen.add(new)
            found.append(new)
        return tuple(found)

    @property
    def renamed(self) -> tuple[Notice, ...]:
        """Which columns have another name in Parquet than in the files."""
        pairs = zip(self.header, self.unique_header, strict=True)
        names = [_('"{old}" is {new}').format(old=old, new=new) for old, new in pairs if old != new]
        if not names:
            return ()
        text = _("Columns of Parquet need names of their own: {names}.")
        return (Notice("columns_renamed", text.format(names=_("; ").join(names))),)

    @property
    def notices(self) -> tuple[Notice, ...]:
        """What was noticed in the files, and which columns were left out."""
        found = [notice for source in self.sources for notice in source.notices]
        if self.dropped:
            message = _("Left out as personal: {names}. --include-personal keeps them (with -o FILE).")
            people = residents(self.dropped)
            names = ", ".join(dict.fromkeys("[" + _("not shown") + "]" if n in people else n for n in self.dropped))
            found.append(Notice("personal_left_out", message.format(names=names)))
        return tuple(found)


def clean_table(
    sources: Sequence[TableSource],
    dropped: Sequence[frozenset[int]] = (),
    filters: Sequence[RecordView] = (),
) -> CleanTable:
    """Match the columns of all files by name; the second column of a name matches the second one elsewhere.

    Args:
        sources: The tables, at least one.
        dropped: For each source the positions of columns that are left out; empty to keep all.
        filters: For each source what leaves out records of it; empty to keep all.
    """
    names: dict[tuple[str, int], str] = {}
    kept: list[dict[tuple[str, int], int]] = []
    left_out: dict[str, None] = {}
    for i, source in enumerate(sources):
        seen: Counter[str] = Counter()
        positions: dict[tuple[str, int], int] = {}
        for position, name in enumerate(source.header):
            if name in ADDED_COLUMNS:
                continue
            if dropped and position in dropped[i]:
                left_out[name] = None
                continue
            folded = " ".join(name.split())
            key = (folded, seen[folded])
            seen[folded] += 1
            positions[key] = position
            names.setdefault(key, name)
        kept.append(positions)
    return CleanTable(
        tuple(sources),
        tuple(names.values()),
        tuple(tuple(positions.get(key) for key in names) for positions in kept),
        any(name for source in sources for name in source.header),
        tuple(left_out),
        tuple(filters),
    )


def filters_of(campaign: Campaign) -> tuple[RecordView, ...]:
    """For each file what leaves out the records that do not meet the conditions of --where; none without conditions.

    Raises:
        VisitTallyError: A condition that is none, or a field that is not there.
    """
    from visittally.counting.kept_records import RecordView
    from visittally.counting.plan import Plan
    from visittally.counting.tasks import Task
    from visittally.reading.blocks import WHOLE

    survey, matchers = campaign.survey, campaign.matchers()
    plan = Plan(where=tuple(matcher.condition for matcher in matchers))

    def view(layout: Layout) -> RecordView:
        # Only the columns of the conditions: what the exporting tool marks as rejected is written.
        needed = {name: places for name, places in layout.columns.items() if name in plan.variables()}
        return RecordView(Task(0, replace(layout, columns=needed), WHOLE, plan, survey.variables, matchers))

    return tuple(map(view, survey.layouts)) if matchers else ()


def write_csv(
    table: CleanTable,
    stream: BinaryIO,
    *,
    delimiter: str = ",",
    bom: bool = False,
    telling: Counter[str] | None = None,
) -> Receipt:
    r"""Write the records as delimited text in UTF-8, with quotes only where a cell needs them.

    Args:
        table: What to write.
        stream: Where to; gets about one write for each block of records.
        delimiter: One ASCII character.
        bom: Begin with a byte order mark and end lines with `\r\n`, for spreadsheet programs.
        telling: Takes the number of records in which a column holds telephones, ids or e-mails, by column.

    Returns:
        What became of the records of each file.

    Raises:
        InputError: A file is damaged beyond reading.
    """
    end = "\r\n" if bom else "\n"
    stream.write("\ufeff".encode() if bom else b"")
    if table.headed:
        stream.write(_lines([string_array([name]) for name in table.header], delimiter, end))
    return _written(table, lambda arrays: stream.write(_lines(arrays, delimiter, end)), telling)


def write_parquet(table: CleanTable, stream: BinaryIO, *, telling: Counter[str] | None = None) -> Receipt:
    """Write the records as Parquet, every column as text and under a name of its own.

    Args:
        table: What to write.
        stream: Where to.
        telling: Takes the number of records in which a column holds telephones, ids or e-mails, by column.

    Returns:
        What became of the records of each file.

    Raises:
        InputError: A file is damaged beyond reading.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema([pa.field(name, pa.string()) for name in table.unique_header])
    with pq.ParquetWriter(stream, schema) as writer:
        return _written(table, lambda arrays: writer.write_batch(pa.record_batch(arrays, schema=schema)), telling)


def _written(table: CleanTable, write: Any, telling: Counter[str] | None) -> Receipt:
    receipt = Receipt()
    for i, (source, columns) in enumerate(zip(table.sources, table.columns, strict=True)):
        view = table.filters[i] if table.filters else None
        wanted = {column for column in columns if column is not None}
        file = FileReceipt(source.file, source.encoding, source.delimiter, source.sheet, source.header_row)
        receipt.files.append(file)
        for block in source.blocks(sorted(wanted.union(view.task.columns() if view else ()))):
            entries, more = view.leave_out(block) if view else ([], None)
            file.add(block.length + len(block.set_aside), [*block.set_aside, *entries], more)
            rows = view.kept if view else None
            if block.length if rows is None else len(rows):
                arrays = list(_arrays(block, columns, rows))
                if telling is not None:
                    _count_telling(arrays, table.header, telling)
                write(arrays)
    return receipt


def _count_telling(columns: Sequence[pa.Array], header: Sequence[str], found: Counter[str]) -> None:
    """Count the records in which a column holds a telephone, an id or an e-mail."""
    import pyarrow.compute as pc

    for name, cells in zip(header, columns, strict=True):
        # Most columns hold short answers: whether any cell is long enough for a telephone is seen at once.
        if (pc.max(pc.binary_length(cells)).as_py() or 0) >= _SHORTEST:
            n = pc.sum(pc.match_substring_regex(cells, TELLING)).as_py()
            if n:
                found[name] += n


_SHORTEST = 8
"""Bytes of the shortest telephone or e-mail that is looked for."""


def _arrays(block: Block, columns: Sequence[int | None], rows: np.ndarray | None) -> Iterator[pa.Array]:
    """The cells of a block as plain text columns, blank ones where the file has no such column.

    Args:
        block: The records.
        columns: Positions of the columns, None where the file has none.
        rows: Which records are wanted, None for all.
    """
    import pyarrow as pa

    from visittally.reading.blocks import taken
    from visittally.reading.lexicon import Coded

    blank: pa.Array | None = None
    for column in columns:
        if column is None:
            blank = pa.repeat("", block.length if rows is None else len(rows)) if blank is None else blank
            yield blank
        else:
            cells = block.columns[column] if rows is None else taken(block.columns[column], rows)
            yield cells.strings() if isinstance(cells, Coded) else cells


def _lines(columns: Sequence[pa.Array], delimiter: str, end: str) -> bytes:
    """The lines of delimited text for some records, joined by Arrow: no cell becomes a Python object."""
    import pyarrow.compute as pc

    if not columns:
        return b""
    quoted = [_quoted(column, delimiter) for column in columns]
    if len(quoted) == 1:  # a record of one blank cell would be a blank line, which is no record
        quoted = [pc.if_else(pc.equal(quoted[0], text_scalar("")), text_scalar('""'), quoted[0])]
    quoted[-1] = pc.binary_join_element_wise(quoted[-1], text_scalar(end), text_scalar(""))
    lines = pc.binary_join_element_wise(*quoted, text_scalar(delimiter))
    _validity, offsets, text = lines.buffers()
    if text is None:
        return b""
    first, last = (int.from_bytes(offsets[4 * i : 4 * i + 4].to_pybytes(), "little") for i in _ends(lines))
    return bytes(memoryview(text)[first:last])


def _ends(lines: pa.Array) -> tuple[int, int]:
    return lines.offset, lines.offset + len(lines)


def _quoted(cells: pa.Array, delimiter: str) -> pa.Array:
    """Cells with quotes around those that hold a delimiter, a quote or a line end."""
    import pyarrow.compute as pc

    special = pc.match_substring_regex(cells, rf'[\x{ord(delimiter):02x}"\r\n]')
    if not pc.any(special).as_py():
        return cells
    doubled = pc.replace_substring(cells, '"', '""')
    quote = text_scalar('"')
    return pc.if_else(special, pc.binary_join_element_wise(quote, doubled, quote, text_scalar("")), cells)
