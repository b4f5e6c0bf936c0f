"""Exports in which the rows of repeated forms stand below the visits, in one table (REDCap's repeating instruments).

They are parted into a table of the visits and one for each repeated form, as other tools write them.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from visittally.errors import Notice
from visittally.messages import _
from visittally.reading.kept import KeptRow, KeptTable
from visittally.survey.headers import header_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visittally.reading.blocks import TableSource
    from visittally.reading.receipt import SetAside

_INSTRUMENT = frozenset({"redcaprepeatinstrument", "repeatinstrument"})
_INSTANCE = frozenset({"redcaprepeatinstance", "repeatinstance"})


def with_forms_apart(source: TableSource) -> TableSource:
    """The visits, with the rows of each repeated form as a table of its own; other tables as they are."""
    keys = [header_key(header) for header in source.header]
    at = next((i for i, key in enumerate(keys) if key in _INSTRUMENT), None)
    instance = next((i for i, key in enumerate(keys) if key in _INSTANCE), None)
    if at is None or instance is None or not any(record[at].strip() for record in source.sampled):
        return source
    rows, lost = _rows(source)
    visits = [row for row in rows if not row.cells[at].strip()]
    if not visits or len({row.cells[0] for row in visits}) < len(visits):
        return source  # several rows of one record (its events): it does not show which of them a form belongs to
    groups: dict[str, list[KeptRow]] = {}
    for row in rows:
        if name := row.cells[at].strip():
            groups.setdefault(name, []).append(row)
    technical = {0, at, instance}
    forms = tuple(_table(source, group, technical, sheet=name) for name, group in groups.items())
    table = _table(source, visits, {0}, entries=lost)
    message = _("{name}: not counted as visits, because they hold the rows of repeated groups: {names}.")
    said = Notice("repeats_left_out", message.format(name=source.file, names=_(", ").join(groups)))
    return replace(table, notices=(*table.notices, said), repeats=forms)


def _rows(source: TableSource) -> tuple[list[KeptRow], list[SetAside]]:
    rows: list[KeptRow] = []
    lost: list[SetAside] = []
    width = len(source.header)
    for block in source.blocks(range(width)):
        cells = zip(*(block.columns[c].to_pylist() for c in range(width)), strict=True)
        rows += [KeptRow(line, row) for line, row in zip(block.lines().tolist(), cells, strict=True)]
        lost += block.set_aside
    return rows, lost


def _table(
    source: TableSource,
    rows: Sequence[KeptRow],
    always: set[int],
    *,
    sheet: str | None = None,
    entries: Sequence[SetAside] = (),
) -> KeptTable:
    """Some rows with the columns in which any of them has something."""
    taken = [i for i in range(len(source.header)) if i in always or any(row.cells[i].strip() for row in rows)]
    header = tuple(source.header[i] for i in taken)
    return KeptTable(
        file=source.file,
        header=header,
        header_rows=tuple(tuple(row[i] if i < len(row) else "" for i in taken) for row in source.header_rows),
        header_row=source.header_row,
        encoding=source.encoding,
        delimiter=source.delimiter,
        sheet=sheet or source.sheet,
        notices=source.notices if sheet is None else (),
        evidence=source.evidence,
        size=source.size,
        rows=tuple(KeptRow(row.line, tuple(row.cells[i] for i in taken)) for row in rows),
        entries=tuple(entries),
    )
