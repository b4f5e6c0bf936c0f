"""Tables as people keep them: small ones are read as wholes, before their columns are understood.

Rows that are no records are set aside, and cells that say "as above" take the value above. Nothing happens to exports
of form tools beyond rows that cannot be records: there "as above" may refer to another question.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from visittally.errors import InputError, Notice
from visittally.messages import _, ngettext
from visittally.reading.hand_rows import HandRows, judge_rows
from visittally.reading.kept import KeptTable, keep
from visittally.survey.exporters import recognise
from visittally.survey.headers import headings
from visittally.survey.profiles import profiles

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visittally.reading.blocks import TableSource


def understand_rows(sources: Sequence[TableSource]) -> tuple[TableSource, ...]:
    """The tables with their rows understood: what is no record is set aside.

    Raises:
        InputError: None of the tables holds a record.
    """
    found = tuple(_understood(source) for source in sources)
    empty = [table for table in found if isinstance(table, KeptTable) and table.entries and not table.rows]
    if empty and len(empty) == len(found):
        text = _("{names} holds no records: what stands below the header are running numbers, totals or notes.")
        raise InputError(text.format(names=", ".join(dict.fromkeys(table.file for table in empty))))
    return found


def _understood(source: TableSource) -> TableSource:
    table = keep(source)
    if table is None or not table.rows:
        return source if table is None or not table.entries else table
    names = [h.header or h.name for h in headings(table)]
    tool = recognise(names, profiles(table.sample(), len(names)), table.header_rows)
    rows = judge_rows(table, marks=not tool)
    if not (rows.entries or rows.ditto or rows.lost):
        return source
    table = table.with_rows(rows.rows, rows.entries)
    return replace(table, notices=(*table.notices, *_notices(table, rows)))


def _notices(table: KeptTable, rows: HandRows) -> list[Notice]:
    found = []
    if rows.ditto:
        text = ngettext(
            '{file}: {n:,} cell says "as above" and took the value above it.',
            '{file}: {n:,} cells say "as above" and took the value above them.',
            rows.ditto,
        )
        found.append(Notice("as_above", text.format(file=table.file, n=rows.ditto)))
    if rows.lost:
        text = ngettext(
            '{file}: {n:,} cell says "as above" and has no record above it: blank.',
            '{file}: {n:,} cells say "as above" and have no record above them: blank.',
            rows.lost,
        )
        found.append(Notice("nothing_above", text.format(file=table.file, n=rows.lost)))
    return found
