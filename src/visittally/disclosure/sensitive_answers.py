"""Which answers and questions are sensitive, so that published tables do not show them by village."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from visittally.disclosure.figures import measure_of
from visittally.tables.measures import Content
from visittally.tables.table import Table, Text
from visittally.words.sensitive import sensitive_words

if TYPE_CHECKING:
    from collections.abc import Sequence


def sensitive_answers(tables: Sequence[Table], codes: frozenset[str]) -> frozenset[str]:
    """The answers and questions that must not appear by village: the codes, what means one of them, what words tell."""
    found = {*codes, *_told_by_words(tables)}
    for table in tables:
        said = [measure_of(column) for column in table.columns]
        answers = [i for i, measure in enumerate(said) if measure.kind is Content.ANSWER]
        categories = [i for i, measure in enumerate(said) if measure.sensitive and measure.kind is not Content.ANSWER]
        for answer, category in itertools.product(answers, categories):
            pairs = [(row.cells[answer], row.cells[category]) for row in table.rows]
            found |= {
                str(a.value) for a, c in pairs if isinstance(a, Text) and isinstance(c, Text) and c.value in found
            }
    return frozenset(found)


def _told_by_words(tables: Sequence[Table]) -> set[str]:
    """The answers, given ones and those that people wrote, of which a word says that they are sensitive."""
    found = set()
    for table in tables:
        names = [column.name for column in table.columns]
        for i, column in enumerate(table.columns):
            measure = measure_of(column)
            found |= {name for kind, name in measure.about if kind == "question" and sensitive_words(name, table.title)}
            if column.spread and sensitive_words(column.name, column.label, measure.across):
                found.add(column.name)
            if not measure.sensitive and column.name != "question":
                continue
            label = names.index(f"{column.name}_label") if f"{column.name}_label" in names else i
            for cell, beside in ((row.cells[i], row.cells[label]) for row in table.rows):
                if isinstance(cell, Text) and cell.value:
                    other = beside.value if isinstance(beside, Text) else ""
                    asked = column.name if measure.kind is Content.ANSWER else ""
                    if sensitive_words(str(cell.value), cell.label, str(other or ""), asked):
                        found.add(str(cell.value))
    return found
