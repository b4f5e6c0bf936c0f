"""The tables of questions: one a question, and all of them as one long table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from visittally.analyses.figure_columns import column
from visittally.analyses.questions.answer_table import AnswerTable
from visittally.analyses.questions.plain_tables import dates, numbers, texts
from visittally.messages import _
from visittally.survey.variables import QuestionKind
from visittally.tables.measures import ROW
from visittally.tables.table import Cell, Column, Row, Table, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visittally.analyses.questions.counted import CountedQuestion
    from visittally.answers.book import AnswerBook
    from visittally.settings import Settings


class TablesOfQuestions:
    """The tables of questions by their types; of questions answered alike the figures are made once."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._known: dict[tuple[int, QuestionKind, frozenset[tuple[str, int]]], tuple[AnswerBook, Table]] = {}

    def table(self, counted: CountedQuestion) -> Table:
        """The table of one question."""
        kind = counted.question.kind
        if counted.book is None:
            if kind is QuestionKind.NUMBER:
                return numbers(counted, self._settings)
            return (dates if kind is QuestionKind.DATE else texts)(counted, self._settings)
        made = AnswerTable(counted, counted.book, self._settings)
        if counted.by or counted.weight is not None or self._settings.nets:
            return made.table()
        # Questions share a book where their cells are the same; it is kept, so that no other has its identity.
        key = (id(counted.book), kind, frozenset(counted.frame.value_counts(0).items()))
        if key not in self._known:
            self._known[key] = counted.book, made.table()
            return self._known[key][1]
        return made.like(self._known[key][1])


def combined(tables: Sequence[Table]) -> Table:
    """All tables as one long table, with the question's name in front; columns that a table lacks are null."""
    columns: dict[str, Column] = {"question": column("question", ROW)}
    for table in tables:
        for one in table.columns:
            if one.machine and not one.spread and one.name not in columns:
                columns[one.name] = _of_any_question(one)
    rows = []
    for table in tables:
        positions = {one.name: i for i, one in enumerate(table.columns) if one.machine and not one.spread}
        for row in table.body():
            cells: list[Cell] = [Text(table.name, table.title if table.title != table.name else "")]
            cells += [row.cells[positions[name]] if name in positions else Text(None) for name in list(columns)[1:]]
            rows.append(Row(tuple(cells)))
    return Table("long", _("All questions"), tuple(columns.values()), tuple(rows))


def _of_any_question(one: Column) -> Column:
    """A column of one question among those of all: which one it is about stands in the row."""
    measure, base = (m and replace(m, about=frozenset()) for m in (one.measure, one.base))
    return replace(one, measure=measure, base=base)
