"""Tables without a column of places: the place stands beside them, between their rows, or beside something else."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from typing import TYPE_CHECKING

from visittally.errors import Notice
from visittally.messages import _, listing
from visittally.reading.kept import KeptTable, keep
from visittally.survey.places_beside import place_in_title, places_beside, places_inside, villages_with_groups
from visittally.words.ledgers import heading_of, names_its_place, place_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from visittally.reading.blocks import TableSource
    from visittally.survey.variables import Survey

SHORT = 2
"""Characters of names that are but a letter or a number."""


def with_groups(tables: list[TableSource], survey: Survey, notices: list[Notice]) -> list[TableSource]:
    """The tables with a column of groups where the village's own column holds both: 白沙村3组."""
    village = survey.fields.get("village")
    if village is None or "group" in survey.fields:
        return tables
    found = list(tables)
    for n, (table, layout) in enumerate(zip(tables, survey.layouts, strict=True)):
        at, kept = layout.place(village), None if layout.tool or not table.header_rows else keep(table)
        parts = villages_with_groups(kept, at) if kept is not None and at is not None else None
        if kept is None or at is None or parts is None:
            continue
        rows = [
            replace(row, cells=(*row.cells[:at], name or row.cells[at], *row.cells[at + 1 :]))
            for row, name in zip(kept.rows, parts[0], strict=True)
        ]
        found[n] = kept.with_rows(rows).with_columns({"村民小组": parts[1]})
        text = _('{file}: "{column}" holds village and group together, such as {example}: both are fields.')
        example = next(row.cells[at] for row in kept.rows if row.cells[at].strip())
        notices.append(Notice("groups_inside", text.format(file=table.file, column=kept.header[at], example=example)))
    return found


def with_places(tables: list[TableSource], survey: Survey, notices: list[Notice]) -> list[TableSource]:
    """The tables with a column of places where they lack one and something beside them names the place."""
    village = survey.fields.get("village")
    lacking = [
        n
        for n, layout in enumerate(survey.layouts)
        if (village is None or layout.place(village) is None) and not layout.tool
    ]
    kept = {n: table for n in lacking if (table := keep(tables[n])) is not None and table.header_rows}
    if not kept or len(kept) < len(lacking):
        return tables
    inside = {n: places_inside(table) for n, table in kept.items()}
    below = {n: _below_headings(table) for n, table in kept.items()}
    cells: Mapping[int, Sequence[str]]
    if all(inside.values()):
        cells, where = {n: found[0] for n, found in inside.items() if found}, "column"
    elif all(below.values()):
        cells, where = below, "heading"
    else:
        found = places_beside([kept[n] for n in lacking])
        if found is None:
            return tables
        names, where = found
        cells = {n: [name] * len(kept[n].rows) for n, name in zip(lacking, names, strict=True)}
    notices.append(_place_notice([kept[n] for n in lacking], cells, where, all_tables=len(lacking) == len(tables)))
    result = list(tables)
    for n, table in kept.items():
        header = village or ("村" if any("\u3400" <= c <= "\u9fff" for c in "".join(table.header)) else "village")
        added = {header: cells[n]}
        if where == "column" and "group" not in survey.fields and (parts := inside[n]) and any(parts[1]):
            added["村民小组"] = parts[1]
        result[n] = table.with_columns(added)
    return result


def _below_headings(table: KeptTable) -> list[str]:
    """For each record the place of the heading above it; empty where headings name no places."""
    named = {
        line: (name, True) if place else (place_in_title(name), False) for line, (name, place) in table.headings.items()
    }
    places = {line: name for line, (name, _place) in named.items() if name}
    if not places or len(places) < len(named) / 2:
        return []
    lines = sorted(places)
    first = _first_heading(table, list(places.values()))
    if not first and not any(place for _name, place in named.values()):
        first = next(filter(None, (place_in_title(cell) for row in table.titles for cell in row)), "")
    return [places[lines[at - 1]] if (at := bisect_right(lines, row.line)) else first for row in table.rows]


def _first_heading(table: KeptTable, others: Sequence[str]) -> str:
    """The place of the first group where its heading stands above the header: alone in its line, as the others do."""
    alone = [cells[0] for row in table.titles if len(cells := [cell for cell in row if cell.strip()]) == 1]
    named = [(cell, place_in(heading_of(cell)[1])) for cell in alone]
    names = [place for _cell, place in named if place and place not in others]
    told = [place for cell, place in named if place in names and names_its_place(cell)]
    if told:
        return told[-1]
    ends = {name[-1:] for name in others} | {name.partition(" ")[0] for name in others if " " in name}
    short = all(len(name) <= SHORT for name in others)
    return next((n for n in reversed(names) if {n[-1:], n.partition(" ")[0]} & ends or (short and len(n) <= SHORT)), "")


def _place_notice(
    tables: Sequence[KeptTable], cells: Mapping[int, Sequence[str]], where: str, *, all_tables: bool
) -> Notice:
    told = {
        "column": _("a column that holds it beside something else"),
        "heading": _("the headings between groups of rows"),
        "sheet": _("the name of the sheet"),
        "title": _("the lines above the table"),
        "file": _("the name of the file"),
    }
    names = list(dict.fromkeys(name for column in cells.values() for name in column if name))
    shown = listing(names[:6]) + (" ..." if len(names) > 6 else "")
    if all_tables:
        text = _(
            "No column holds the village; it was taken from {where}: {names} (--column village=HEADER takes a column)."
        )
        return Notice("place_beside", text.format(where=told[where], names=shown))
    text = _("{files} without a column of villages: the village was taken from {where}: {names}.")
    files = listing(dict.fromkeys(table.file for table in tables))
    return Notice("place_beside", text.format(files=files, where=told[where], names=shown))
