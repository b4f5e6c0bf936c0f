"""Workbooks: which sheet holds the records, and its records in blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from math import sqrt
from typing import Any

from visittally.errors import InputError, Notice
from visittally.messages import _, ngettext
from visittally.reading import holds_repeats
from visittally.reading.blocks import WHOLE, Block, Partition, TableSource
from visittally.reading.inputs import ByteSource, ReadingOptions
from visittally.reading.merges import Merges
from visittally.reading.position import LOOKED_AT, Position, below_the_table, why_no_record
from visittally.reading.receipt import Kind, SetAside
from visittally.reading.repeats import SOUGHT, record_hashes
from visittally.reading.sheets import Sheet, SheetName, load, sheet_names, text_of, texts

BLOCK = 32_768
"""Rows that are turned into text at once."""
SAMPLED = 1_000_000
"""Cells up to which all records are looked at to understand the columns."""
STRETCH = 2_000
"""Records looked at in each of three stretches of a larger sheet."""
TAIL = 400
"""Last rows in which a tally below the table is looked for."""
_FORMS = ({"list_name", "name"}, {"list name", "name"}, {"type", "name", "label"})
"""Columns of the sheets of an XLSForm, which hold a form and no records."""


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
        records = (row for _line, row, why in self._rows(sheet) if why is None)
        height = self.bottom - self.top
        if height * sheet.width > SAMPLED:
            spread = [slice(start, start + STRETCH) for start in (0, height // 2, max(0, height - STRETCH))]
            records = (row for i, row in enumerate(records) if any(s.start <= i < s.stop for s in spread))
        return [[text_of(value) for value in row] for row in records]

    def blocks(self, columns: Sequence[int], partition: Partition = WHOLE) -> Iterator[Block]:  # noqa: ARG002 - whole
        """Read the records of the sheet, see `TableSource.blocks`."""
        sheet = load(self.input, self.sheet_name)
        rows = self._rows(sheet)
        repeats = self.bottom - self.top <= SOUGHT
        while stretch := list(islice(rows, BLOCK)):
            yield self._block(stretch, columns, repeats=repeats)

    def _rows(self, sheet: Sheet) -> Iterator[tuple[int, list[Any], str | None]]:
        """Line, cells as wide as the header, and why it is no record, of each row that is not blank."""
        width = len(self.header)
        merges = Merges.of(sheet, below=self.top)
        likely = _likely_no_record(self.position)
        for number, row in enumerate(islice(sheet.rows(), self.top, None), self.top):
            if not any(value != "" for value in row) or _blank(row):
                continue
            if number >= self.bottom:
                yield number + 1, row, _("stands below the table")
                continue
            cells = merges.filled(number, row)
            if len(cells) != width:
                cells = [*cells[:width], *[""] * (width - len(cells))]
            why = why_no_record([text_of(value) for value in cells], self.position) if likely(cells) else None
            yield number + 1, cells, why

    def _block(
        self, rows: Sequence[tuple[int, list[Any], str | None]], columns: Sequence[int], *, repeats: bool
    ) -> Block:
        import numpy as np
        import pyarrow as pa

        records = [(line, row) for line, row, why in rows if why is None]
        by_column = list(zip(*(row for _line, row in records), strict=True)) or [()] * len(self.header)
        wanted = range(len(self.header)) if repeats else columns
        arrays = {column: pa.array(texts(by_column[column]), pa.string()) for column in wanted}
        return Block(
            {column: arrays[column] for column in columns},
            len(records),
            tuple(SetAside(line, Kind.NOT_A_RECORD, why) for line, _row, why in rows if why is not None),
            records[0][0] if records else rows[0][0],
            np.array([line for line, _row in records], np.int64),
            record_hashes(self.header, arrays) if repeats else None,
        )


def _blank(row: Sequence[Any]) -> bool:
    return all(isinstance(value, str) and not value.strip() for value in row)


def _likely_no_record(position: Position) -> Any:
    """A quick test that spares most rows the careful one: how totals, repeated headers and comments begin."""
    from visittally.reading.cells import is_total_word
    from visittally.reading.position import LEADING

    names = {name.strip() for row in position.rows for name in row[:1]} | {
        next((name.strip() for name in row if name.strip()), "") for row in position.rows
    }

    def likely(cells: Sequence[Any]) -> bool:
        first = cells[0] if cells else ""
        if isinstance(first, str) and (first.strip() in names or first.lstrip().startswith("#")):
            return True
        return any(isinstance(cell, str) and cell != "" and is_total_word(cell) for cell in cells[:LEADING])

    return likely


def find_table(source: ByteSource, options: ReadingOptions) -> TableSource:
    """Find the sheet that holds the records, and where its table begins and ends.

    Args:
        source: A workbook as a plain local file.
        options: `sheet` names the sheet that is to be read.

    Raises:
        InputError: The workbook is damaged or protected, has no table, or lacks the sheet that was named.
    """
    names = sheet_names(source)
    if options.sheet:
        return _table(source, _named(names, options.sheet, source.name))
    tables = [table for table in (_table(source, name) for name in names) if table.header]
    if not tables:
        raise InputError(_("No sheet of {name} holds anything. Export the table again.").format(name=source.name))
    best = _best(tables)
    return _with_others(best, [table for table in tables if table is not best])


def _named(names: Sequence[SheetName], wanted: str, file: str) -> SheetName:
    for fold in (str, str.strip, lambda name: name.strip().casefold()):
        for sheet in names:
            if fold(sheet.name) == fold(wanted):
                return sheet
    raise InputError(
        _('{name} has no sheet "{sheet}". It has: {names}.').format(
            name=file, sheet=wanted, names=", ".join(sheet.name for sheet in names)
        )
    )


def _table(source: ByteSource, name: SheetName) -> SheetSource:
    sheet = load(source, name)
    rows = [[text_of(value) for value in row] for row in islice(sheet.rows(), LOOKED_AT)]
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
        top=top,
        bottom=bottom,
    )


def _bottom(sheet: Sheet, position: Position, top: int) -> int:
    """Row after the last one of the table: what stands below it may be a tally."""
    start = max(top, sheet.height - TAIL)
    rows = [[text_of(value) for value in row] for row in islice(sheet.rows(), start, None)]
    below = below_the_table(rows, position)
    return sheet.height if below is None else start + below


def _best(tables: Sequence[SheetSource]) -> SheetSource:
    """The first sheet that holds about as much as the fullest; hidden ones, repeats and forms only for want of better."""
    records = [table for table in tables if not _is_form(table) and not holds_repeats(table.header)]
    visible = [table for table in records if table.sheet_name.visible and _records(table)]
    candidates = visible or [table for table in records if _records(table)] or records or list(tables)
    most = max(map(_weight, candidates))
    return next(table for table in candidates if _weight(table) >= most / 2)


def _records(table: SheetSource) -> int:
    return max(0, table.bottom - table.top)


def _weight(table: SheetSource) -> float:
    """How much a sheet looks like records: many columns count for more than many rows, which lists of places have."""
    columns = sum(name.strip() != "" for name in table.header) or len(table.header)
    return columns * sqrt(_records(table))


def _is_form(table: TableSource) -> bool:
    names = {name.strip().casefold().partition("::")[0] for name in table.header}
    return any(form <= names for form in _FORMS)


def _with_others(best: SheetSource, others: Sequence[SheetSource]) -> TableSource:
    """Say which sheet was taken and which ones were not."""
    from dataclasses import replace

    if not others:
        return best
    repeats = [table for table in others if holds_repeats(table.header) and not holds_repeats(best.header)]
    left = [table for table in others if table not in repeats and _records(table)]
    notices = list(best.notices)
    if repeats:
        message = _("{name}: not counted as visits, because they hold the rows of repeated groups: {names}.")
        notices.append(Notice("repeats_left_out", message.format(name=best.file, names=_listed(repeats))))
    same = [table for table in left if table.header == best.header]
    if left:
        message = _('{name}: the records were taken from the sheet "{sheet}", not from: {names}. --sheet takes another.')
        notices.append(Notice("other_sheets", message.format(name=best.file, sheet=best.sheet, names=_listed(left))))
    if same:
        message = _('{name}: these sheets have the same columns as "{sheet}" and were not counted: {names}. Save each as a file.')
        notices.append(Notice("sheets_alike", message.format(name=best.file, sheet=best.sheet, names=_listed(same))))
    evidence = _('sheet "{sheet}": the fullest table of {n} sheets').format(sheet=best.sheet, n=len(others) + 1)
    return replace(best, notices=tuple(notices), evidence=(evidence, *best.evidence))


def _listed(tables: Iterable[SheetSource]) -> str:
    rows = [(table.sheet, _records(table)) for table in tables]
    return ", ".join(ngettext("{sheet} ({n} row)", "{sheet} ({n} rows)", n).format(sheet=sheet, n=n) for sheet, n in rows)
