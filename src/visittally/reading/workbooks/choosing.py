"""Which sheets of a workbook hold the records: those with the same columns are one table, the others are left out."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from math import sqrt
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.errors import InputError, Notice
from visittally.messages import _, ngettext
from visittally.reading.blocks import holds_repeats
from visittally.reading.kept import keep
from visittally.reading.key_columns import key_between
from visittally.reading.looks import Look, look
from visittally.reading.workbooks.codebooks import description, read_codebooks
from visittally.words.folding import fold_header
from visittally.words.ledgers import may_number_rows, numbers_rows
from visittally.words.own_ledger import BESIDE, is_own_ledger

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from visittally.reading.blocks import TableSource

_FORMS = ({"list_name", "name"}, {"list name", "name"}, {"type", "name", "label"})
"""Columns of the sheets of an XLSForm, which hold a form and no records."""
_ALIKE = 0.8
"""Headers are the same where so many of their names are."""
_AGAIN = 0.8
"""A sheet of which so many records stand in another one is a copy or a collection."""


_ENOUGH = 10
"""Fewer records may be alike by chance: a day, a category, household numbers that begin anew on each sheet."""


@dataclass(frozen=True)
class Candidate:
    """A sheet that may hold records.

    Attributes:
        table: Its table.
        records: How many rows stand below its header.
        visible: Whether people see it.
    """

    table: TableSource
    records: int
    visible: bool


def choose_sheets(tables: Sequence[Candidate]) -> tuple[TableSource, ...]:
    """The sheets that hold the records, with notices about those that were left out.

    Args:
        tables: All sheets of a workbook that hold anything, at least one.

    Raises:
        InputError: It is the ledger that the program gives out, and nobody has written into it.
    """
    best = _of_visits(_best(tables), tables)
    if is_own_ledger(best[0].table.header) and not any(one.records for one in best):
        text = _("{name}: holds no records yet: write the visits below the headings, one line for each issue.")
        raise InputError(text.format(name=best[0].table.file))
    group = [one for one in best if one.records] or list(best)
    group, again, mostly = _without_repeated(group)
    taken = {id(one) for one in (*group, *again, *mostly)}
    others = [one for one in tables if id(one) not in taken]
    group, others = _explained(group, others)
    return (_with_others(group, others, again, mostly), *(one.table for one in group[1:]))


def _explained(group: list[Candidate], others: list[Candidate]) -> tuple[list[Candidate], list[Candidate]]:
    """The records with labels for their codes where other sheets hold them, and the sheets that do not."""
    lists = [one for one in others if one.records and not _is_form(one.table) and not holds_repeats(one.table.header)]
    books = read_codebooks(group[0].table, [one.table for one in lists])
    if not books:
        return group, others
    told = _("{name}: codes are shown by the labels of the sheets {sheets}.").format(
        name=group[0].table.file, sheets=", ".join(str(book.table.sheet) for book in books)
    )
    described = description(books, group[0].table)
    group = [replace(one, table=replace(one.table, described=described)) for one in group]
    first = replace(group[0].table, notices=(*group[0].table.notices, Notice("codebook", told)))
    group[0] = replace(group[0], table=first)
    return group, [one for one in others if all(one.table is not book.table for book in books)]


def _best(tables: Sequence[Candidate]) -> Sequence[Candidate]:
    """The first sheets of one header about as full as the fullest; hidden sheets, repeats and forms come last."""
    records = [one for one in tables if not _is_form(one.table) and not holds_repeats(one.table.header)]
    visible = [one for one in records if one.visible and one.records]
    own = [one for one in records if is_own_ledger(one.table.header)]
    candidates = own or visible or [one for one in records if one.records] or records or list(tables)
    groups: list[list[Candidate]] = []
    for one in candidates:
        mine = next((group for group in groups if same_columns(group[0].table.header, one.table.header)), None)
        if mine is None:
            groups.append([one])
        else:
            mine.append(one)
    most = max(map(_weight, groups))
    return next(group for group in groups if _weight(group) >= most / 2)


def _of_visits(best: Sequence[Candidate], tables: Sequence[Candidate]) -> Sequence[Candidate]:
    """The visits instead of the rows that belong to them by their numbers."""
    first = best[0].table
    visits = [one for one in tables if one.records and one.visible and one not in best]
    found = next((one for one in visits if len(best) == 1 and key_between(first, one.table) is not None), None)
    return best if found is None else [found]


def same_columns(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two headers name the same columns, in whatever order; one of them may have a column more."""
    names = [{key for name in header if (key := fold_header(name))} for header in (one, other)]
    common = names[0] & names[1]
    return len(common) >= 2 and len(common) >= _ALIKE * len(names[0] | names[1])


def _weight(group: Sequence[Candidate]) -> float:
    """How full sheets are: columns count for more than rows, of which lists of places have many."""
    headers = [one.table.header for one in group]
    columns = max(sum(name.strip() != "" for name in header) or len(header) for header in headers)
    return columns * sqrt(sum(one.records for one in group))


def _is_form(table: TableSource) -> bool:
    names = {name.strip().casefold().partition("::")[0] for name in table.header}
    return any(form <= names for form in _FORMS)


def _without_repeated(group: list[Candidate]) -> tuple[list[Candidate], list[Candidate], list[Candidate]]:
    """The sheets without those whose records stand in others: a collection of them all, copies; and which these are.

    Returns:
        The sheets that are left, those of which all records stand in them, and those of which most do.
    """
    kept = [keep(one.table) for one in group] if len(group) > 1 else []
    rows = {id(one): Counter(_telling(table)) for one, table in zip(group, kept, strict=False) if table is not None}
    if not rows or len(rows) < len(group):
        return group, [], []
    again: list[Candidate] = []
    mostly: list[Candidate] = []
    # Where one of two holds the other and more, the other one is left out: nothing is lost.
    for left, least in ((again, 1.0), (mostly, _AGAIN)):
        for one in sorted((one for one in group if one not in again), key=lambda one: -rows[id(one)].total()):
            own = rows[id(one)]
            beside = [rows[id(other)] for other in group if other is not one and other not in (*again, *mostly)]
            there = sum((own & sum(beside, Counter())).values())
            whole = own and there == own.total()
            if whole or (there >= least * own.total() and there >= _ENOUGH and len(beside) < 2):
                left.append(one)
    return [one for one in group if one not in (*again, *mostly)], again, mostly


def _telling(table: TableSource) -> Iterable[tuple[str, ...]]:
    """The records without running numbers, which differ from sheet to sheet; those that hold little tell nothing."""
    width = len(table.header)
    order = sorted(range(width), key=lambda c: (fold_header(table.header[c]), c))
    told = [c for c in order if not numbers_rows(table.header[c]) and not may_number_rows(table.header[c])]
    for row in table.sample():
        cells = tuple(row[c].strip() for c in told)
        if sum(look(cell) is not Look.BLANK for cell in cells) >= 3:
            yield cells


def _with_others(
    group: Sequence[Candidate], others: Sequence[Candidate], again: Sequence[Candidate], mostly: Sequence[Candidate]
) -> TableSource:
    """The first sheet that was taken, with notices about those that were not."""
    first = group[0].table
    repeats = [
        one
        for one in others
        if (holds_repeats(one.table.header) and not holds_repeats(first.header))
        or (one.records and key_between(one.table, first) is not None)
    ]
    beside = BESIDE if is_own_ledger(first.header) else ()
    left = [one for one in others if one not in repeats and one.records and one.table.sheet not in beside]
    notices = list(first.notices)
    if repeats:
        message = _("{name}: not counted as visits, because they hold the rows of repeated groups: {names}.")
        notices.append(Notice("repeats_left_out", message.format(name=first.file, names=_listed(repeats))))
    if len(group) > 1:
        text = _(
            "{name}: {n} sheets have the same columns and are counted as one table: {names} "
            "(--by sheet shows them, --sheet takes one)."
        )
        names = ", ".join(str(one.table.sheet) for one in group[:8]) + (" ..." if len(group) > 8 else "")
        notices.append(Notice("sheets_together", text.format(name=first.file, n=len(group), names=names)))
    if again:
        text = _("{name}: left out, because their records stand in the other sheets, too: {names}.")
        notices.append(Notice("sheets_again", text.format(name=first.file, names=_listed(again))))
    if mostly:
        text = _("{name}: left out, because most of their records stand in the other sheets, too: {names}.")
        notices.append(Notice("sheets_again", text.format(name=first.file, names=_listed(mostly))))
    if left:
        message = _(
            '{name}: the records were taken from the sheet "{sheet}", not from: {names}. --sheet takes another.'
        )
        sheet = '", "'.join(str(one.table.sheet) for one in group[:8]) + ('" ... "' if len(group) > 8 else "")
        notices.append(Notice("other_sheets", message.format(name=first.file, sheet=sheet, names=_listed(left))))
    every = len(group) + len(others) + len(again) + len(mostly)
    evidence = _('sheet "{sheet}": the fullest table of {n} sheets').format(sheet=first.sheet, n=every)
    told = first.evidence if every == 1 else (evidence, *first.evidence)
    children = tuple(one.table for one in repeats)
    return replace(first, notices=tuple(notices), evidence=told, repeats=children)


def _listed(tables: Iterable[Candidate]) -> str:
    rows = [(one.table.sheet, one.records) for one in tables]
    return ", ".join(
        ngettext("{sheet} ({n} row)", "{sheet} ({n} rows)", n).format(sheet=sheet, n=n) for sheet, n in rows
    )
