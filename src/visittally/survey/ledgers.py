"""Tables as people keep them: small ones are read as wholes, before their columns are understood.

Before the columns are understood, rows that are no records are set aside, and cells that say "as above" take the value
above. Once it is known which columns hold places, dates and households, cells that hold for the rows below are filled
down, rows of one visit are numbered, and tables without a column of places get the place that stands beside them.

Nothing of that happens to exports of form tools: there "as above" may refer to another question, and blanks are answers
that nobody gave.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.errors import InputError, Notice
from visittally.messages import _, ngettext, quoted
from visittally.reading.as_above import may_mean_above
from visittally.reading.hand_rows import HandRows, judge_rows
from visittally.reading.kept import KeptTable, keep
from visittally.reading.looks import Look, look
from visittally.reading.running_numbers import running_columns
from visittally.reading.side_by_side import below_each_other
from visittally.survey.exporters import recognise
from visittally.survey.fields import DAYS, ISSUE_NAMES, PLACES
from visittally.survey.headers import headings, last_part
from visittally.survey.lookup import resolve
from visittally.survey.merged_blanks import fill_down
from visittally.survey.missing_years import with_years
from visittally.survey.personal_headers import is_coordinate
from visittally.survey.places_of_tables import with_groups, with_places
from visittally.survey.profiles import profiles
from visittally.survey.rows_of_visits import ISSUE_COLUMN, STATUS_COLUMN, VISIT_COLUMN, Roles, number_visits
from visittally.survey.shifted import shifted_records
from visittally.words.dispositions import Dispositions
from visittally.words.joined import TOLD
from visittally.words.nothing import says_nothing
from visittally.words.vocabulary import key_of, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from visittally.reading.blocks import TableSource
    from visittally.survey.variables import Layout, Survey, Variable

_BELOW = ("household_id", "visit_date", "visitor", "visit_id")
"""Fields besides the places of which a cell may hold for the rows below it."""
_SOME = 0.1
"""So many records without anything that happened may be planned ones."""
_FIGURES = 2
"""So many lines with figures above a header are no titles."""
_LINES = 12
"""So many lines are named in a notice."""


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
    tool = recognise(names, profiles(table.sampled, len(names)), table.header_rows)
    table, blocks = (table, 1) if tool else below_each_other(table)
    rows = judge_rows(table, marks=not tool)
    if not (rows.entries or rows.ditto or rows.lost or blocks > 1):
        return _with_shifted(table, source)
    if blocks > 1:
        text = _("{file}: {n} tables with the same header stand side by side; their records are counted together.")
        table = replace(table, notices=(*table.notices, Notice("side_by_side", text.format(file=table.file, n=blocks))))
    table = replace(table.with_rows(rows.rows, rows.entries), headings=rows.headings)
    return _with_shifted(replace(table, notices=(*table.notices, *_notices(table, rows))))


def _with_shifted(table: KeptTable, source: TableSource | None = None) -> TableSource:
    """A table with what is to be said of records that stand beside their columns; `source` where there is nothing."""
    said = tuple(filter(None, (shifted_records(table), _table_above(table))))
    if not said:
        return table if source is None else source
    return replace(table, notices=(*table.notices, *said))


def _table_above(table: KeptTable) -> Notice | None:
    """What is to be said of a table of its own above the header: rows of several cells, with figures."""
    rows = [title for title in table.titles if len(title) > 1]
    if sum(any(look(cell) is Look.NUMBER for cell in row) for row in rows) < _FIGURES:
        return None
    text = _("{file}: {n} lines above the header hold figures: a table of their own, which is not counted.")
    return Notice("table_above", text.format(file=table.file, n=len(rows)))


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
    if rows.by_figures:
        text = ngettext(
            "{file}: {n:,} row adds up or counts the records, whatever it is called, and is none ({lines}).",
            "{file}: {n:,} rows add up or count the records, whatever they are called, and are none ({lines}).",
            len(rows.by_figures),
        )
        found.append(Notice("sums", _with_lines(text, table, rows.by_figures)))
    if rows.below:
        text = ngettext(
            "{file}: {n:,} row below the last whole record fills few cells and is taken for a note or signature "
            "({lines}); is it a record, fill in its date and place as in the others.",
            "{file}: {n:,} rows below the last whole record fill few cells and are taken for notes or signatures "
            "({lines}); are they records, fill in their dates and places as in the others.",
            len(rows.below),
        )
        found.append(Notice("below_records", _with_lines(text, table, rows.below)))
    return found


def _with_lines(text: str, table: KeptTable, lines: Sequence[int], **more: str) -> str:
    shown = ngettext("line {lines}", "lines {lines}", len(lines))
    named = ", ".join(map(str, lines[:_LINES])) + (" ..." if len(lines) > _LINES else "")
    return text.format(file=table.file, n=len(lines), lines=shown.format(lines=named), **more)


def settle(survey: Survey, fill: Sequence[str], *, never: bool, as_they_are: bool) -> Settled | None:
    """What tables of a survey hold, see `settle_rows`; where cells stay as they are, only with places from beside them.

    Raises:
        FieldError: `fill` names a field that is not there.
    """
    if fill or not as_they_are:
        return settle_rows(survey, fill, never=never or as_they_are)
    notices: list[Notice] = []
    tables = with_places([layout.source for layout in survey.layouts], survey, notices)
    return Settled(tuple(tables), tuple(notices)) if notices else None


def settle_rows(survey: Survey, fill: Sequence[str] = (), *, never: bool = False) -> Settled | None:
    """What tables of a survey hold once it is known which columns are places, dates and households.

    Args:
        survey: The survey as its columns were understood.
        fill: Fields or columns of which blanks take the value above, as the user says.
        never: Whether blanks are left blank where the user did not name their column.

    Returns:
        The tables, at least one of them changed, to be understood again; None where nothing changes.

    Raises:
        FieldError: `fill` names a field that is not there.
    """
    named = [resolve(survey, name, shown=False).variable for name in fill]
    notices: list[Notice] = []
    tables = [_settled(layout, survey, named, notices, never=never) for layout in survey.layouts]
    notices += [*_unknown_marks(survey), *_perhaps_planned(survey)]
    tables = with_years(tables, [_of_days(layout, survey) for layout in survey.layouts], notices)
    tables = with_places(with_groups(tables, survey, notices), survey, notices)
    tables = _with_visits(tables, survey, notices)
    tables = _with_closures(_with_answers(tables, survey, notices), survey)
    changed = any(table is not layout.source for table, layout in zip(tables, survey.layouts, strict=True))
    return Settled(tuple(tables), tuple(notices)) if changed or notices else None


def _unknown_marks(survey: Survey) -> list[Notice]:
    """Say which word in a column of places stands as a mark for "as above" would, that nobody knows as one."""
    found = []
    for layout in survey.layouts:
        table = None if layout.tool or not layout.source.by_hand else keep(layout.source)
        for c in _positions(layout, survey, PLACES) if table is not None else ():
            cells = [row.cells[c] for row in table.rows] if table is not None else []
            if mark := may_mean_above(cells):
                text = _(
                    '{file}: {n:,} records have "{mark}" as their "{column}", and no other comes twice. '
                    'If it means "as above", write "ditto" in its place.'
                )
                named = {"column": layout.source.header[c], "mark": mark, "n": cells.count(mark)}
                found.append(Notice("may_be_above", text.format(file=layout.source.file, **named)))
    return found


def _perhaps_planned(survey: Survey) -> list[Notice]:
    """Say where records have neither day nor visitor nor anything that was said: nobody may have been there."""
    found = []
    for layout in survey.layouts:
        table = None if layout.tool or not layout.source.by_hand else keep(layout.source)
        days = _positions(layout, survey, ("visit_date",))
        told = _positions(layout, survey, (*ISSUE_NAMES, "issue_text", "status", "visitor", "visit_outcome"))
        if table is None or not days or not told:
            continue
        rows = table.rows
        for c in (*days, *told):  # the first of them leaves hardly any
            rows = tuple(row for row in rows if not row.cells[c].strip())
        empty = [row.line for row in rows]
        if 0 < _SOME * len(table.rows) <= len(empty) < len(table.rows):
            text = ngettext(
                "{file}: {n:,} record has no date and nothing that was said ({lines}); it counts as a visit. "
                'If nobody was there yet: --where "{column}!=".',
                "{file}: {n:,} records have no date and nothing that was said ({lines}); they count as visits. "
                'If nobody was there yet: --where "{column}!=".',
                len(empty),
            )
            found.append(
                Notice("may_be_planned", _with_lines(text, table, empty, column=table.header[days[0]].strip()))
            )
    return found


@dataclass(frozen=True, slots=True)
class Settled:
    """Tables whose rows were settled, and what is to be said about it."""

    tables: tuple[TableSource, ...]
    notices: tuple[Notice, ...]


def _positions(layout: Layout, survey: Survey, fields: Iterable[str]) -> list[int]:
    """Positions of the columns of some fields in a table."""
    variables = [v for name in fields if (v := survey.of_field(name)) is not None and len(v.parts) == 1]
    return [p for v in dict.fromkeys(v.name for v in variables) if (p := layout.place(v)) is not None]


def _of_days(layout: Layout, survey: Survey) -> list[int]:
    """Positions of the columns of days in a table that is kept by hand; none in others."""
    by_hand = layout.source.by_hand and layout.source.header_rows and not layout.tool
    return _positions(layout, survey, DAYS) if by_hand else []


def _people(layout: Layout, survey: Survey) -> list[int]:
    """Positions of the columns that hold households, or names of those who were visited."""
    visitor = survey.fields.get("visitor")
    personal = [v.name for v in survey.variables.values() if v.personal and len(v.parts) == 1 and v.name != visitor]
    names = [name for name in personal if not is_coordinate(last_part(name))]
    own = [p for name in names if (p := layout.place(name)) is not None]
    return list(dict.fromkeys([*_positions(layout, survey, ("household_id",)), *own]))


def _settled(
    layout: Layout, survey: Survey, named: Sequence[Variable], notices: list[Notice], *, never: bool
) -> TableSource:
    """A table whose cells that hold for the rows below were filled down."""
    source = layout.source
    if layout.tool or not source.by_hand or not source.header_rows:
        return source
    columns = list(dict.fromkeys([*_positions(layout, survey, (*PLACES, *_BELOW)), *_people(layout, survey)]))
    wanted = [p for v in named if (p := layout.place(v.name)) is not None]
    if not any(not row[c].strip() for row in source.sampled for c in {*columns, *wanted}):
        return source
    table = keep(source)
    assert table is not None
    columns = list(dict.fromkeys([*columns, *sorted(running_columns(table).all)]))
    told = _positions(layout, survey, ISSUE_NAMES)
    places, people = set(_positions(layout, survey, PLACES)), set(_people(layout, survey))
    filled = fill_down(table, columns, told, wanted, never=never, people=people, places=places)
    if filled.columns:
        text = _(
            "{file}: {n:,} blank cells of {columns} took the value above, as merged cells leave them "
            "(--no-fill-down leaves them blank)."
        )
        names = quoted(table.header[c] for c in filled.columns)
        message = text.format(file=source.file, n=sum(filled.columns.values()), columns=names)
        notices.append(Notice("filled_down", message))
    for c, n in filled.doubtful.items():
        if c in places and not never:
            text = _(
                '{file}: {n:,} records have no "{column}" below a record that has one; '
                'if blank means "as above": --fill-down "{column}".'
            )
            notices.append(Notice("blanks_below", text.format(file=source.file, n=n, column=table.header[c])))
    return filled.table if filled.columns else source


def _with_visits(tables: Sequence[TableSource], survey: Survey, notices: list[Notice]) -> list[TableSource]:
    """The tables with the visit that each row belongs to, where some have visits of several rows."""
    found: list[list[int] | None] = []
    for table, layout in zip(tables, survey.layouts, strict=True):
        merged = isinstance(table, KeptTable) or (not layout.tool and bool(table.merged_cells()))
        kept = keep(table) if merged and table.header_rows else None
        found.append(None if kept is None else number_visits(kept, _roles(kept, layout, survey)))
    if not any(found):
        return list(tables)
    result: list[TableSource] = []
    for place, (table, numbers) in enumerate(zip(tables, found, strict=True)):
        kept = keep(table)
        if kept is None or not kept.header_rows:
            result.append(table)
            continue
        visits = numbers or range(1, len(kept.rows) + 1)
        result.append(kept.with_columns({VISIT_COLUMN: [f"{place}:{n}" for n in visits]}))
        if numbers:
            text = _(
                "{file}: {n:,} rows are {visits:,} visits: a number, household or name that holds for several rows is "
                "one visit with several issues (--per case counts rows)."
            )
            message = text.format(file=table.file, n=len(numbers), visits=numbers[-1])
            notices.append(Notice("rows_of_visits", message))
    return result


def _with_answers(tables: list[TableSource], survey: Survey, notices: list[Notice]) -> list[TableSource]:
    """The tables with what category and text of an issue say together, where one of them is blank beside the other."""
    issue, text = survey.of_field("issue"), survey.of_field("issue_text")
    if issue is None or text is None or issue.name == text.name or len(issue.parts) > 1 or len(text.parts) > 1:
        return tables
    at = [(layout.place(issue.name), layout.place(text.name)) for layout in survey.layouts]
    if any(layout.tool or not layout.source.by_hand for layout in survey.layouts):
        return tables
    needed = [
        category is not None
        and told is not None
        and any(not row[category].strip() and row[told].strip() for row in table.sampled)
        for table, (category, told) in zip(tables, at, strict=True)
    ]
    if not any(needed):
        return tables
    nothing = words("none") | words("none_of_an_issue") | words("none_strokes")
    found: list[TableSource] = []
    for table, (category, told) in zip(tables, at, strict=True):
        kept = keep(table)
        if kept is None or category is None or not kept.header_rows:
            found.append(table)
            continue
        cells = [row.cells[category] for row in kept.rows]
        blank = {cell for cell in set(cells) if not cell.strip()}
        for n, row in enumerate(kept.rows):
            if told is not None and cells[n] in blank and (said := row.cells[told].strip()):
                cells[n] = said if key_of(said) in nothing or says_nothing(said) else TOLD
        found.append(kept.with_columns({ISSUE_COLUMN: cells}))
        if n := cells.count(TOLD):
            message = _(
                '{file}: {n:,} records tell an issue in "{text}" and have no "{category}": not recorded '
                '(--column issue="{text}" codes the texts).'
            )
            names = {"text": kept.header[told or 0], "category": kept.header[category]}
            notices.append(Notice("no_category", message.format(file=kept.file, n=n, **names)))
    return found


def _with_closures(tables: list[TableSource], survey: Survey) -> list[TableSource]:
    """The tables with statuses that a procedural closure makes less than resolved."""
    status, closure = survey.of_field("status"), survey.of_field("closure_kind")
    if status is None or closure is None or status.name == closure.name or len(status.parts) + len(closure.parts) > 2:
        return tables
    if any(layout.tool or not layout.source.by_hand for layout in survey.layouts):
        return tables
    known = Dispositions.load()
    found: list[TableSource] = []
    changed = False
    for table, layout in zip(tables, survey.layouts, strict=True):
        at, beside, kept = layout.place(status.name), layout.place(closure.name), keep(table)
        if kept is None or at is None or not kept.header_rows:
            found.append(table)
            continue
        cells = []
        for row in kept.rows:
            kind = "" if beside is None else row.cells[beside]
            less = known.disposition(kind) == "closed_procedural" and known.resolved(known.disposition(row.cells[at]))
            changed |= less
            cells.append(kind if less else row.cells[at])
        found.append(kept.with_columns({STATUS_COLUMN: cells}))
    return found if changed else tables


def _roles(table: KeptTable, layout: Layout, survey: Survey) -> Roles:
    visitors, days = (tuple(_positions(layout, survey, (field,))) for field in ("visitor", "visit_date"))
    people = tuple(p for p in _people(layout, survey) if p not in visitors)
    return Roles(tuple(sorted(running_columns(table).all)), people, visitors, days)
