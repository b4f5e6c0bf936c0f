"""Tables of repeated groups, put together with the visits that their rows belong to.

Issues in a repeated group are issues of their visit. The rows of other groups (members of households) are counted where
the user asks for one of their columns: then each row is a record, with the columns of its visit.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import combinations
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from visittally.dataclass import dataclass
from visittally.errors import Notice
from visittally.messages import _
from visittally.reading.described import ColumnSet, Description
from visittally.reading.joined_tables import MOST, MembersTable, WidenedTable, visit_key
from visittally.reading.key_columns import key_between, same_records
from visittally.survey.exporters import is_own
from visittally.survey.fields import ISSUE_NAMES, alias_ranks, words_of
from visittally.survey.headers import header_key, header_words, last_part
from visittally.survey.instruments import VISIT, with_forms_apart
from visittally.words.folding import fold_header
from visittally.words.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from visittally.reading.blocks import TableSource
    from visittally.settings import Settings

_KEYS = (
    ("PARENT_KEY", "KEY"),
    ("_submission__uuid", "_uuid"),
    ("_submission__id", "_id"),
    ("_parent_index", "_index"),
    ("interview__id", "interview__id"),
    ("formid", "formid"),
    ("ParentGlobalID", "GlobalID"),
    ("parentglobalid", "globalid"),
    ("parentrowid", "uniquerowid"),
)
"""Columns that tie rows to their visit: in the table of the rows, and in that of the visits.

Where a group stands inside another one, only the key of the visit is the same in all tables.
"""
_TIES = pattern(
    r"(?i)_parent_table_name|_parent_index|_submission_.*|PARENT_KEY|KEY|SET-OF-.*|_index|_id|_uuid|rosterid"
    r"|parentglobalid|globalid|objectid|parentrowid|uniquerowid|fkey|globalrecordid|recstatus"
    r"|creat(?:ion_?date|or)|edit(?:_?date|or)"
    r"|interview__\w+|\w+__id|formid|number__\d|redcap_\w+|repeat inst(rument|ance)|event name"
    r"|survey (identifier|timestamp)"
)
"""Columns of such tables that ask nothing."""
_TECHNICAL = pattern(
    r"(?i)KEY|_uuid|_index|_id|meta[-_/.:]instanceID|instanceID|interview__\w+|assignment__id|objectid|globalid|globalrecordid|uniquerowid"
)
"""Columns that identify a visit: no record is known by them where a visit has several."""
_REPEATED_FORM = pattern(r"(?i)redcap_repeat_instrument|repeat instrument")
_OPTION = pattern(r"___\w+$")
_FILES = 6
"""Among more files none is looked for that holds the issues of another one."""
_FOUND = 0.5
"""So many rows must find their visit by a pair of columns to be tied by it."""
_OF_VISITS = frozenset({*ISSUE_NAMES, "status", "village", "household", "household_id", "visitor", "file", "sheet"})
"""Fields by these names are those of the visits, whatever is counted."""
_SUFFIX = pattern(r":[^:]*$|(?:!=|<=|>=|[=<>]).*$")


@dataclass(frozen=True, slots=True)
class _Tie:
    """Where rows and their visits are, and by which columns they find each other."""

    visits: TableSource
    rows: TableSource
    key: int
    parent: int


def join_repeats(sources: Sequence[TableSource], settings: Settings) -> tuple[TableSource, ...]:
    """The tables with repeated groups put together with their visits, as far as what is asked for needs it."""
    given = tuple(sources)
    sources = _with_rows_by_key([with_forms_apart(source) for source in sources])
    if (tie := _statuses_by_key(sources)) is not None:
        given = tuple(_beside(tie) if s is tie.visits else s for s in sources if s is not tie.rows)
        sources = list(given)
    elif found := _same_issues(sources):
        first, second = found
        text = _(
            "{one} and {other} hold records of the same numbers with the same answers: what stands in both counts "
            "twice. Leave one of them out."
        )
        said = Notice("same_numbers", text.format(one=_called(first), other=_called(second)))
        sources = [replace(s, notices=(*s.notices, said)) if s is first else s for s in sources]
        given = tuple(sources)
    if not any(source.repeats or source.visits_in for source in sources):
        return tuple(sources)
    asked = [_tie(source, source.visits_in) for source in sources if source.visits_in]
    if asked:
        tied = {id(tie.rows): tie for tie in asked if tie is not None}
        return tuple(_members(tied[id(s)]) if id(s) in tied else s for s in sources)
    children = [child for source in sources for child in source.repeats]
    visits = [replace(source, repeats=()) for source in sources]
    ties = [tie for child in children if (tie := _tie(child, visits)) is not None]
    wanted = _wanted(settings)
    for tie in ties:
        if _only_in(tie.rows, visits, wanted):
            return (_members(tie),)
    if any(_names_issue(source) for source in sources):
        return tuple(sources)
    for tie in ties:
        if _names_issue(tie.rows):
            widened = (_widened(tie) if source is tie.visits else source for source in visits)
            return (_members(tie),) if _are_visits(tie.rows) else tuple(widened)
    return given


def _with_rows_by_key(sources: list[TableSource]) -> list[TableSource]:
    """The tables, one with the issues of the visits in another as rows of it, where a number ties the two."""
    if not 1 < len(sources) <= _FILES or any(source.repeats for source in sources):
        return sources
    issues = [source for source in sources if _names_issue(source)]
    visits = [source for source in sources if source not in issues]
    pairs = [(rows, table) for rows in issues for table in visits if key_between(rows, table) is not None]
    if len(pairs) != 1 or len(issues) > 1:
        return sources
    rows, table = pairs[0]
    return [replace(s, repeats=(rows,)) if s is table else s for s in sources if s is not rows]


def _statuses_by_key(sources: Sequence[TableSource]) -> _Tie | None:
    """The table with what became of the issues in another one, where each issue has a number in both."""
    if not 1 < len(sources) <= _FILES or any(source.repeats for source in sources):
        return None
    told = [s for s in sources if "status" in _fields(s)]
    issues = [s for s in sources if s not in told and _names_issue(s)]
    if len(told) != 1 or len(issues) != 1:
        return None
    rows, table = told[0], issues[0]
    own = {header for header in rows.header if header not in table.header}
    at = None if _tells_of_visits(own) else same_records(rows, table)
    return None if at is None else _Tie(table, rows, at[1], at[0])


def _same_issues(sources: Sequence[TableSource]) -> tuple[TableSource, TableSource] | None:
    """Two tables with the same issues, by their numbers and what else both hold; None where there are none."""
    named = [s for s in sources if _names_issue(s)] if 1 < len(sources) <= _FILES else []
    changing = {header for s in named for header in s.header if {"status", "resolved_date"} & {*alias_ranks(header)}}
    pairs = (p for p in combinations(named, 2) if len(({*p[0].header} & {*p[1].header}) - changing) > 1)
    return next((pair for pair in pairs if same_records(*pair, changing) is not None), None)


def _called(table: TableSource) -> str:
    return table.sheet or table.file


def _tells_of_visits(headers: Iterable[str]) -> bool:
    """Whether some columns tell of visits of their own: where they were, to whom, and what was said."""
    return any({"village", "household_id", "visit_date", "category", "issue_text"} & {*alias_ranks(h)} for h in headers)


def _fields(table: TableSource) -> set[str]:
    return {field for header in table.header for field in alias_ranks(last_part(header))}


def _beside(tie: _Tie) -> TableSource:
    """The issues with the columns that tell what became of them."""
    own = {fold_header(name) for name in tie.visits.header}
    taken = tuple(i for i, name in enumerate(tie.rows.header) if name.strip() and fold_header(name) not in own)
    header = (*tie.visits.header, *(tie.rows.header[i] for i in taken))
    text = _("{rows}: tells what became of the issues in {visits}, with which it shares the number.")
    said = text.format(rows=_called(tie.rows), visits=_called(tie.visits))
    return WidenedTable(
        **_like(tie.visits, Notice("statuses_joined", said)),
        header=header,
        header_rows=(header,),
        described=tie.visits.described,
        visits=tie.visits,
        rows=tie.rows,
        key=tie.key,
        parent=tie.parent,
        taken=taken,
        most=1,
    )


def _are_visits(rows: TableSource) -> bool:
    """Whether the rows of a repeated form are visits themselves: each has a day, or several answers to a question."""
    repeated = any(map(_REPEATED_FORM.fullmatch, rows.header)) and VISIT not in rows.header
    return repeated and any("___" in header or "visit_date" in alias_ranks(header) for header in rows.header)


def _tie(rows: TableSource, tables: Sequence[TableSource]) -> _Tie | None:
    """The table whose records the rows belong to."""
    for child, parent in (*_KEYS, *_key_of_forms(rows)):
        for visits in tables:
            here, there = _position(rows, child), _position(visits, parent)
            if here is None or there is None or visits is rows or (child == "_parent_index" and _inside(rows, visits)):
                continue
            keys = {visit_key(record[there]) for record in visits.sampled} - {""}
            own = [visit_key(record[here]) for record in rows.sampled]
            if own and keys and sum(key in keys for key in own) >= _FOUND * len(own):
                return _Tie(visits, rows, there, here)
    for visits in tables:
        if (at := key_between(rows, visits)) is not None:
            return _Tie(visits, rows, at[1], at[0])
    return None


def _key_of_forms(rows: TableSource) -> list[tuple[str, str]]:
    """The key of the record, which stands first where forms are repeated below it."""
    key = VISIT if VISIT in rows.header else rows.header[0]
    return [(key, key)] if any(map(_REPEATED_FORM.fullmatch, rows.header)) else []


def _inside(rows: TableSource, visits: TableSource) -> bool:
    """Whether the rows name another table than that of the visits as the one that they belong to."""
    at = _position(rows, "_parent_table_name")
    named = set() if at is None else {record[at].strip() for record in rows.sampled} - {""}
    return visits.sheet is not None and bool(named) and not any(name[:31] == visits.sheet[:31] for name in named)


def _position(table: TableSource, name: str) -> int | None:
    exact = [i for i, header in enumerate(table.header) if header.strip() == name]
    return next(iter(exact), None)


def _wanted(settings: Settings) -> list[str]:
    """Headers that the user named, fields left aside."""
    columns = [one for text in settings.columns.values() for one in ([text] if isinstance(text, str) else text)]
    named = (*settings.question, *settings.by, settings.across, settings.weight, *settings.where, *columns)
    found = [_SUFFIX.sub("", name.removeprefix("=")) for name in named]
    return [name for name in found if name and name not in _OF_VISITS]


def _names(table: TableSource) -> set[str]:
    return {key for header in table.header for key in (header_key(header), header_key(last_part(header))) if key}


def _only_in(rows: TableSource, visits: Iterable[TableSource], wanted: Iterable[str]) -> bool:
    """Whether something that was asked for stands in the rows of a group and not beside the visits."""
    beside = set[str]().union(*map(_names, visits))
    return any(header_key(name) in _names(rows) and header_key(name) not in beside for name in wanted)


def _names_issue(table: TableSource) -> bool:
    """Whether a header names the problem: as a whole, or by its last word."""
    for header in (_OPTION.sub("", header) for header in table.header):
        if _TIES.fullmatch(header.strip()) or is_own(header, ""):
            continue
        fields, said = alias_ranks(last_part(header)), header_words(last_part(header))
        counted = said[:1] and said[0] in {"n", "number", "no", "num", "count"}
        if (
            "category" in fields
            or "issue_text" in fields
            or (said and not counted and said[-1] in words_of("category"))
        ):
            return True
    return False


def _widened(tie: _Tie) -> TableSource:
    """The visits with their rows as further columns."""
    name = tie.rows.sheet or PurePath(tie.rows.file).stem
    taken = tuple(
        i for i, h in enumerate(tie.rows.header) if h.strip() and i != tie.parent and not _TIES.fullmatch(h.strip())
    )
    # All of them: none must be lost because a sample does not show how many a visit can have.
    keys = (
        visit_key(cell) for block in tie.rows.blocks((tie.parent,)) for cell in block.columns[tie.parent].to_pylist()
    )
    counts = Counter(key for key in keys if key)
    most = min(max(counts.values(), default=1), MOST)
    stems = [f"{name}/{tie.rows.header[i].strip()}" for i in taken]
    columns = [tuple(f"{stem}_{k}" for k in range(1, most + 1)) for stem in stems]
    header = (*tie.visits.header, *(one for group in columns for one in group))
    issue = next((s for s, i in zip(stems, taken, strict=True) if _is_issue(tie.rows.header[i])), stems[0])
    sets = [
        ColumnSet(s, "", c, beside="" if s == issue else issue, all_asked=True)
        for s, c in zip(stems, columns, strict=True)
    ]
    about = tie.visits.described
    text = _("{rows}: its rows are issues of the visits in {visits}, which they were put together with.")
    said = text.format(rows=_called(tie.rows), visits=_called(tie.visits))
    return WidenedTable(
        **_like(tie.visits, Notice("repeats_joined", said)),
        header=header,
        header_rows=(header,),
        described=Description(about.columns, (*about.sets, *sets)),
        visits=tie.visits,
        rows=tie.rows,
        key=tie.key,
        parent=tie.parent,
        taken=taken,
        most=most,
    )


def _is_issue(header: str) -> bool:
    said = header_words(last_part(header))
    return "category" in alias_ranks(last_part(header)) or bool(said and said[-1] in words_of("category"))


def _members(tie: _Tie) -> TableSource:
    """The rows with the columns of their visits."""
    own = set(tie.rows.header)
    taken = tuple(
        i
        for i, header in enumerate(tie.visits.header)
        if header.strip() and header not in own and not _TECHNICAL.fullmatch(header.strip())
    )
    header = (*tie.rows.header, *(tie.visits.header[i] for i in taken))
    text = _("{rows}: each row is a record here, with the columns of its visit in {visits}.")
    said = text.format(rows=_called(tie.rows), visits=_called(tie.visits))
    return MembersTable(
        **_like(tie.rows, Notice("repeats_counted", said)),
        header=header,
        header_rows=(header,),
        visits=tie.visits,
        rows=tie.rows,
        key=tie.key,
        parent=tie.parent,
        taken=taken,
    )


def _like(table: TableSource, said: Notice) -> dict[str, Any]:
    """What a table put together has from the one whose records it holds."""
    kept = {
        name: getattr(table, name)
        for name in ("file", "header_row", "encoding", "delimiter", "sheet", "evidence", "size")
    }
    notices = [notice for notice in table.notices if notice.code != "repeats_left_out"]
    return {**kept, "notices": (*notices, said)}
