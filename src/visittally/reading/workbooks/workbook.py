"""Workbooks: which sheet holds the records, and its records in blocks."""

from __future__ import annotations

from dataclasses import field, replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from visittally.dataclass import dataclass
from visittally.errors import InputError, Notice
from visittally.messages import _, ngettext
from visittally.reading.beginning import LOOKED_AT, Position, why_no_record
from visittally.reading.blocks import WHOLE, Block, Partition, TableSource, holds_repeats, row_by_row
from visittally.reading.ending import below_the_table
from visittally.reading.header_rows import LEADING
from visittally.reading.inputs.source import ByteSource, ReadingOptions
from visittally.reading.kept import CELLS
from visittally.reading.looks import is_total_word
from visittally.reading.receipt import Kind, SetAside
from visittally.reading.record_hashes import SOUGHT, record_hashes
from visittally.reading.workbooks.choosing import Candidate, choose_sheets
from visittally.reading.workbooks.merges import Merges
from visittally.reading.workbooks.sheets import (
    Sheet,
    SheetName,
    load,
    sheet_names,
    text_array,
    text_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

BLOCK = 32_768
"""Rows that are turned into text at once."""
SAMPLED = 1_000_000
"""Cells up to which all records are looked at to understand the columns; those in `Sheet.glimpse` of a larger sheet."""
TAIL = 400
"""Last rows in which a tally below the table is looked for."""


@dataclass(frozen=True)
class SheetSource(TableSource):
    """The table on one sheet of a workbook.

    Attributes:
        input: The workbook as a plain local file.
        sheet_name: The sheet.
        position: Where the table stands among the rows from `top` on.
        top: Row of the sheet, from 0, of the first record.
        bottom: Row after the last that belongs to the table.
    """

    input: ByteSource = field(default_factory=lambda: ByteSource("", ""))
    sheet_name: SheetName = field(default_factory=lambda: SheetName("", 0))
    position: Position = field(default_factory=lambda: Position(()))
    top: int = 0
    bottom: int = 0

    def sample(self) -> Sequence[Sequence[str]]:
        """Records to judge the columns by, see `TableSource.sample`."""
        sheet = load(self.input, self.sheet_name)
        everything = (self.bottom - self.top) * len(self.header) <= SAMPLED
        numbered = enumerate(sheet.rows()) if everything else sheet.glimpse.items()
        judged = self._judged(list(self._rows(sheet, numbered)))
        return [[text_of(value) for value in row.cells] for row in judged if not row.why]

    def blocks(
        self,
        columns: Sequence[int],
        partition: Partition = WHOLE,  # noqa: ARG002 - a sheet is read as a whole
        *,
        whole: bool = False,
    ) -> Iterator[Block]:
        """Read the records of the sheet, see `TableSource.blocks`."""
        sheet = load(self.input, self.sheet_name)
        rows = self._rows(sheet, enumerate(sheet.rows()))
        while stretch := list(islice(rows, BLOCK)):
            yield self._block(self._judged(stretch), columns, whole=whole)

    def merged_cells(self) -> Mapping[int, frozenset[int]]:
        """The cells below the first of merged ones, see `TableSource.merged_cells`."""
        sheet = load(self.input, self.sheet_name)
        found: dict[int, set[int]] = {}
        ends: dict[int, int] = {}  # column -> row above which all is told, as merged cells may lie over each other
        for row, columns in sorted(Merges.of(sheet, below=self.top).down.items()):
            for column, last in columns.items():
                end = min(last + 1, sheet.height)
                for below in range(max(row + 1, ends.get(column, 0)), end):
                    found.setdefault(below + 1, set()).add(column)
                ends[column] = max(end, ends.get(column, 0))
        return {line: frozenset(columns) for line, columns in found.items()}

    def _rows(self, sheet: Sheet, numbered: Iterable[tuple[int, list[Any]]]) -> Iterator[_Row]:
        """Those of some rows, numbered from 0, that stand below the header and are not blank."""
        width = len(self.header)
        merges = Merges.of(sheet, below=self.top)
        for number, row in numbered:
            if number < self.top or _blank(row):
                continue
            cells = merges.filled(number, row) if merges.down else row
            if len(cells) != width:
                cells = [*cells[:width], *[""] * (width - len(cells))]
            yield _Row(number + 1, cells, "" if number < self.bottom else _("stands below the table"))

    def _judged(self, rows: Sequence[_Row]) -> Sequence[_Row]:
        """The rows with why they are no records; only those that begin suspiciously are looked at closely."""
        begins = {text for row in self.position.rows for text in _leading(row) or [""]}
        cells = set[Any]().union(*({row.cells[c] for row in rows} for c in range(min(LEADING, len(self.header)))))
        texts = (cell for cell in cells if type(cell) is str)
        suspicious = {text for text in texts if text in begins or text.lstrip()[:1] == "#" or is_total_word(text)}
        if not suspicious:
            return rows
        return [row if row.why or suspicious.isdisjoint(row.cells[:LEADING]) else self._judge(row) for row in rows]

    def _judge(self, row: _Row) -> _Row:
        return row._replace(why=why_no_record([text_of(value) for value in row.cells], self.position) or "")

    def _block(self, rows: Sequence[_Row], columns: Sequence[int], *, whole: bool) -> Block:
        import numpy as np

        records = [row for row in rows if not row.why]
        by_column = list(zip(*(row.cells for row in records), strict=True)) or [()] * len(self.header)
        repeats = self.bottom - self.top <= SOUGHT
        wanted = range(len(self.header)) if repeats or whole else columns
        arrays = {column: text_array(by_column[column]) for column in wanted}
        return Block(
            {column: arrays[column] for column in columns},
            len(records),
            tuple(SetAside(row.line, Kind.NOT_A_RECORD, row.why) for row in rows if row.why),
            (records or rows)[0].line,
            np.array([row.line for row in records], np.int64),
            record_hashes(self.header, arrays) if repeats else None,
            whole=partial(row_by_row, list(arrays.values())),
        )


class _Row(NamedTuple):
    """A row of a sheet: its line, values as wide as the header, why it is no record ("" for a record)."""

    line: int
    cells: Sequence[Any]
    why: str


def _blank(row: Sequence[Any]) -> bool:
    first = row[0] if row else ""
    if first != "" and not (isinstance(first, str) and first.isspace()):
        return False
    return all(isinstance(value, str) and not value.strip() for value in row)


def _leading(cells: Sequence[str]) -> Sequence[str]:
    """The first cell that is not blank, if it stands in the lead."""
    return [cell for cell in cells[:LEADING] if cell.strip()][:1]


def find_tables(source: ByteSource, options: ReadingOptions) -> tuple[TableSource, ...]:
    """Find the sheets that hold the records, and where the table of each begins and ends.

    Args:
        source: A workbook as a plain local file.
        options: `sheets` names the sheets that are to be read, or says which they are, from 1.

    Raises:
        InputError: The workbook is damaged or protected, has no table, or lacks the sheet that was named.
    """
    names = sheet_names(source)
    if options.sheets:
        return tuple(_asked(source, name, names) for name in named_sheets(names, options.sheets, source.name))
    tables = [table for table in (_table(source, name) for name in names) if table.header]
    if not tables:
        raise InputError(_("No sheet of {name} holds anything. Export the table again.").format(name=source.name))
    return choose_sheets([Candidate(one, max(0, one.bottom - one.top), one.sheet_name.visible) for one in tables])


def _asked(source: ByteSource, name: SheetName, names: Sequence[SheetName]) -> SheetSource:
    """The table of a sheet that the user named; one of repeats with the sheets that may hold their visits."""
    table = _table(source, name)
    if not holds_repeats(table.header):
        return table
    others = tuple(_table(source, other) for other in names if other.name != table.sheet)
    return replace(table, visits_in=tuple(other for other in others if other.header))


def named_sheets(names: Sequence[SheetName], wanted: Sequence[str], file: str) -> tuple[SheetName, ...]:
    """The sheets that were named, in the order of the workbook: each workbook has some of them.

    Args:
        names: All of its sheets.
        wanted: Names, or numbers from 1.
        file: What people call the workbook.

    Raises:
        InputError: It has none of them.
    """
    found = [sheet for name in wanted if (sheet := _called(names, name)) is not None]
    if found:
        return tuple(sheet for sheet in names if sheet in found)
    raise InputError(
        _('{name} has no sheet "{sheet}". It has: {names}.').format(
            name=file, sheet='", "'.join(wanted), names=", ".join(sheet.name for sheet in names)
        )
    )


def _called(names: Sequence[SheetName], wanted: str) -> SheetName | None:
    for fold in (str, str.strip, lambda name: name.strip().casefold()):
        for sheet in names:
            if fold(sheet.name) == fold(wanted):
                return sheet
    return names[int(wanted) - 1] if wanted.strip().isdecimal() and 0 < int(wanted) <= len(names) else None


def _table(source: ByteSource, name: SheetName) -> SheetSource:
    sheet = load(source, name)
    rows = [[text_of(value) for value in row] for row in islice(sheet.glimpse.values(), LOOKED_AT)]
    position, top = Merges.of(sheet).find_header(rows, sheet.width)
    bottom = _bottom(sheet, position, top)
    last = top if position.header_rows else 0
    return SheetSource(
        file=source.name,
        header=position.header if rows else (),
        header_rows=position.rows,
        header_row=last,
        sheet=name.name,
        evidence=position.evidence,
        size=source.size,
        input=source,
        sheet_name=name,
        position=position,
        titles=position.titles,
        by_hand=sheet.height * max(sheet.width, 1) <= CELLS,
        top=top,
        bottom=bottom,
        notices=_hidden_rows(source.name, sheet, range(top, bottom)),
    )


def _hidden_rows(file: str, sheet: Sheet, table: range) -> tuple[Notice, ...]:
    """Say how many rows of a table its reader does not see in the spreadsheet, as a filter was set."""
    n = sum(not _blank(sheet.glimpse.get(row, ["?"])) for row in sheet.hidden if row in table)
    if not n:
        return ()
    text = ngettext(
        "{file}: {n:,} row of the sheet is hidden, by a filter or by hand; it is counted like the others.",
        "{file}: {n:,} rows of the sheet are hidden, by a filter or by hand; they are counted like the others.",
        n,
    )
    return (Notice("hidden_rows", text.format(file=file, n=n)),)


def _bottom(sheet: Sheet, position: Position, top: int) -> int:
    """Row after the last one of the table: what stands below it may be a tally."""
    start = max(top, sheet.height - TAIL)
    rows = [[text_of(value) for value in row] for number, row in sheet.glimpse.items() if number >= start]
    below = below_the_table(rows, position)
    return sheet.height if below is None else start + below
