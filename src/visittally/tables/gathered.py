"""Questions as a report shows them: figures of several questions in one table, answers that somebody gave."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from visittally.messages import _, listing
from visittally.tables.table import Base, Cell, Column, Count, Table, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_NUMBERS = ("n", "mean", "median", "q1", "q3", "min", "max")
_ANSWERS = ("answer", "mentions", "base", "percent_of_cases")
NAMED = 6
"""So many answers that nobody gave are named; of more their number is told."""


def for_report(tables: Sequence[Table]) -> tuple[Table, ...]:
    """The tables of questions on pages: those of numbers as one, and those to which all gave the same answer."""
    given = list(map(_given, tables))
    numbers = [table for table in given if _is_of_numbers(table)]
    alike = [table for table in given if _has_one_answer(table)]
    left = [table for group in (numbers, alike) if len(group) > 1 for table in group]
    found = [table for table in given if table not in left]
    if len(alike) > 1:
        columns = [alike[0].columns[_at(alike[0], name)] for name in ("answer", "mentions")]
        found.append(_together("alike", _("Questions to which all gave the same answer"), alike, columns))
    if len(numbers) > 1:
        found.append(_together("numbers", _("Answers in numbers"), numbers, numbers[0].columns))
    return tuple(found)


def for_workbook(tables: Sequence[Table]) -> tuple[Table, ...]:
    """The same tables in a workbook: a list of all answers, to be filtered, instead of a sheet for each question."""
    answers = [table for table in tables if set(_ANSWERS) <= {column.name for column in table.columns}]
    if len(answers) < 2:
        return tuple(tables)
    columns = [replace(answers[0].columns[_at(answers[0], name)], people=True) for name in _ANSWERS]
    together = _together("answers", _("All answers"), answers, columns)
    return (together, *(table for table in tables if table not in answers))


def _is_of_numbers(table: Table) -> bool:
    return tuple(column.name for column in table.columns) == _NUMBERS and len(table.rows) == 1


def _has_one_answer(table: Table) -> bool:
    names = {column.name for column in table.columns}
    return set(_ANSWERS) <= names and len(table.rows) == 1 and not table.rows[0].cells[_at(table, "mentions")].hidden


def _at(table: Table, name: str) -> int:
    return next(i for i, column in enumerate(table.columns) if column.name == name)


def _together(name: str, title: str, tables: Sequence[Table], columns: Iterable[Column]) -> Table:
    """Some columns of several tables as one, the question in front; what is noted of one names it."""
    columns = tuple(columns)
    rows = []
    notes: dict[str, list[str]] = {}
    for table in tables:
        places = [_at(table, column.name) for column in columns]
        question: Cell = Text(table.name, table.title)
        rows += [replace(row, cells=(question, *(row.cells[i] for i in places))) for row in table.rows]
        for note in table.notes:
            notes.setdefault(note, []).append(table.title)
    told = [
        note if len(whose) == len(tables) else _("{questions}: {note}").format(questions=_("; ").join(whose), note=note)
        for note, whose in notes.items()
    ]
    base = Base("answered", None, _("Base: of each question the cases with an answer (n)."))
    question_column = Column("question", _("Question"))
    if any(column.name == "answer" for column in columns):
        # What is noted of each question stands below its own table.
        return Table(name, title, (question_column, *columns), tuple(rows))
    return Table(name, title, (question_column, *columns), tuple(rows), base, tuple(told))


def _given(table: Table) -> Table:
    """A table of answers without those that nobody gave, which are told below."""
    names = [column.name for column in table.columns]
    if "answer" not in names or "mentions" not in names or any(row.total for row in table.rows):
        return table
    mentions, answer = names.index("mentions"), names.index("answer")
    given = [row for row in table.rows if row.cells[mentions] != Count(0)]
    left = [row.cells[answer] for row in table.rows if row.cells[mentions] == Count(0)]
    if not given or not left:
        return table
    labels = [cell.label or str(cell.value) for cell in left if isinstance(cell, Text)]
    note = _("Nobody gave {n:,} further answers that could be given.").format(n=len(left))
    if len(labels) <= NAMED:
        note = _("Nobody answered: {answers}.").format(answers=listing(labels))
    return replace(table.with_rows(given), notes=(*table.notes, note))
