"""Exports in which the rows of repeated forms stand below the visits, in one table (REDCap's repeating instruments).

They are parted into a table of the visits and one for each repeated form, as other tools write them. Where a record has
several events (visits), a column of both says which of them a row belongs to.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from visittally.errors import Notice
from visittally.messages import _
from visittally.reading.kept import KeptRow, KeptTable
from visittally.survey.fields import PLACES, alias_ranks
from visittally.survey.headers import header_key
from visittally.words.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from visittally.reading.blocks import TableSource
    from visittally.reading.receipt import SetAside

_INSTRUMENT = frozenset({"redcaprepeatinstrument", "repeatinstrument"})
_INSTANCE = frozenset({"redcaprepeatinstance", "repeatinstance"})
_EVENT = frozenset({"redcapeventname", "eventname"})
VISIT = "redcap_visit"
"""The column that names the visit of a row where records have several events."""
_CHECKBOX = pattern(r"(?P<name>\w+?)___(?P<code>\w+)")


def with_forms_apart(source: TableSource) -> TableSource:
    """The visits, with the rows of each repeated form as a table of its own; other tables as they are."""
    keys = [header_key(header) for header in source.header]
    at = next((i for i, key in enumerate(keys) if key in _INSTRUMENT), None)
    instance = next((i for i, key in enumerate(keys) if key in _INSTANCE), None)
    event = next((i for i, key in enumerate(keys) if key in _EVENT), None)
    if at is None or instance is None or not any(record[at].strip() for record in source.sampled):
        return source
    rows, lost = _rows(source)
    if event is not None:
        source, rows = _with_events(source, rows, (at, instance, event))
    visits: Sequence[KeptRow] = [row for row in rows if not row.cells[at].strip()]
    key = 0 if event is None else -1
    if not visits or len({row.cells[key] for row in visits}) < len(visits):
        return source  # several rows of one visit: it does not show which of them a form belongs to
    groups: dict[str, Sequence[KeptRow]] = {}
    for name in dict.fromkeys(row.cells[at].strip() for row in rows):
        groups[name] = [row for row in rows if row.cells[at].strip() == name]
    visits, *forms_of = _own_ticks(source, [visits, *(group for name, group in groups.items() if name)])
    groups = dict(zip(filter(None, groups), forms_of, strict=True))
    technical = {0, at, instance} | (set() if event is None else {event, len(source.header) - 1})
    forms = tuple(
        _ticks_joined(form) if event is not None else form
        for name, group in groups.items()
        for form in [_table(source, group, technical, sheet=name)]
    )
    table = _table(source, visits, {0} if event is None else {0, len(source.header) - 1}, entries=lost)
    message = _("{name}: not counted as visits, because they hold the rows of repeated groups: {names}.")
    said = Notice("repeats_left_out", message.format(name=source.file, names=_(", ").join(groups)))
    return replace(table, notices=(*table.notices, said), repeats=forms)


def _with_events(
    source: TableSource, rows: Sequence[KeptRow], columns: tuple[int, int, int]
) -> tuple[TableSource, list[KeptRow]]:
    """The table with a further column, the last, that names the visit of each row: record, event and its repetition.

    Where a place stands in one event of a record only, it is that of the others as well.
    """
    at, instance, event = columns
    places = [i for i, h in enumerate(source.header) if not alias_ranks(h).keys().isdisjoint(PLACES)]
    known = {i: _of_records(rows, i) for i in places}
    found = []
    for row in rows:
        cells, record = list(row.cells), row.cells[0].strip()
        if not cells[at].strip():
            for i in places:
                cells[i] = cells[i] if cells[i].strip() else known[i].get(record, "")
        again = "" if cells[at].strip() else cells[instance].strip()
        key = "/".join(part for part in (record, cells[event].strip(), again) if part)
        found.append(KeptRow(row.line, (*cells, key)))
    header = (*source.header, VISIT)
    notices = source.notices
    if any(known.values()):
        text = _("{name}: {columns} stands in one event of a record and counts for its other events as well.")
        said = text.format(name=source.file, columns=_(", ").join(f'"{source.header[i]}"' for i in places))
        notices = (*notices, Notice("place_of_record", said))
    wider = replace(source, header=header, header_rows=(header,), notices=notices)
    return wider, found


def _own_ticks(source: TableSource, groups: Sequence[Sequence[KeptRow]]) -> list[Sequence[KeptRow]]:
    """The rows of the visits and of each form without the 0 that the tool writes into the tick boxes of other forms."""
    boxes: dict[str, list[int]] = {}
    for i, header in enumerate(source.header):
        if cut := _CHECKBOX.fullmatch(header):
            boxes.setdefault(cut["name"], []).append(i)
    found = []
    ticked = [{i for row in rows for i in _ticks(row)} for rows in groups]
    for own in ticked:
        others = frozenset[int]().union(*(ticks for ticks in ticked if ticks is not own))
        found.append({i for at in boxes.values() if own.isdisjoint(at) and not others.isdisjoint(at) for i in at})
    return [
        [KeptRow(row.line, tuple("" if i in blank else cell for i, cell in enumerate(row.cells))) for row in rows]
        if blank
        else rows
        for rows, blank in zip(groups, found, strict=True)
    ]


def _ticks(row: KeptRow) -> Iterator[int]:
    return (i for i, cell in enumerate(row.cells) if cell.strip() == "1")


def _of_records(rows: Sequence[KeptRow], column: int) -> dict[str, str]:
    """Record -> the one answer that its rows have in a column, some of them none."""
    answers: dict[str, set[str]] = {}
    for row in rows:
        answers.setdefault(row.cells[0].strip(), set()).add(row.cells[column].strip())
    return {record: max(own) for record, own in answers.items() if len(own - {""}) == 1 and "" in own}


def _ticks_joined(form: KeptTable) -> KeptTable:
    """A repeated form whose option columns (`problem___1`) are one column of joined codes."""
    cuts = [_CHECKBOX.fullmatch(header) for header in form.header]
    names = list(dict.fromkeys(cut["name"] for cut in cuts if cut))
    if not names:
        return form
    rest = [i for i, cut in enumerate(cuts) if not cut]
    boxes = [[(i, cut["code"]) for i, cut in enumerate(cuts) if cut and cut["name"] == name] for name in names]
    header = (*(form.header[i] for i in rest), *names)
    rows = tuple(
        KeptRow(
            row.line,
            (
                *(row.cells[i] for i in rest),
                *(" ".join(code for i, code in own if row.cells[i].strip() == "1") for own in boxes),
            ),
        )
        for row in form.rows
    )
    return replace(form, header=header, header_rows=(header,), rows=rows)


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
