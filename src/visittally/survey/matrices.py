"""Items of a matrix: columns side by side that ask one question about several things and share a list of answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.errors import Notice
from visittally.messages import _
from visittally.survey.family import question_before
from visittally.survey.variables import QuestionKind
from visittally.words.vocabulary import key_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from visittally.survey.all_tables import Merged

_FEWEST = 3
"""So many items make a matrix."""
_STEPS = 11
"""A scale has so many answers at most, and two at least."""
_LONG = 8
"""What names share is a question from this length on."""


def matrices(merged: Mapping[str, Merged]) -> Iterator[Notice]:
    """Say which columns are the items of a matrix: each is a question of its own, and none an option."""
    for items in _runs([m for m in merged.values() if not m.part_of and not m.own]):
        question = question_before([m.name for m in items]) if len(items) >= _FEWEST else ""
        if len(question) < _LONG:
            continue
        answers = list(dict.fromkeys(text for m in items for text in m.profile.values))
        text = _('"{question}": {n} columns share one scale ({answers}): items of a matrix, each counted by itself.')
        shown = ", ".join(sorted(answers)[:_STEPS])
        yield Notice("matrix", text.format(question=question, n=len(items), answers=shown))


def _runs(variables: Sequence[Merged]) -> Iterator[list[Merged]]:
    """Columns side by side whose answers are those of one short list."""
    run: list[Merged] = []
    shared = frozenset[str]()
    for variable in variables:
        answers = _answers(variable)
        if run and answers and (answers <= shared or shared <= answers):
            run.append(variable)
            shared |= answers
            continue
        yield run
        run, shared = ([variable], answers) if answers else ([], frozenset())
    yield run


def _answers(variable: Merged) -> frozenset[str]:
    """The answers of a column that could be an item, none of another one."""
    fits = variable.kind in {QuestionKind.SINGLE, QuestionKind.SCALE} and len(variable.parts) == 1
    keys = frozenset(map(key_of, variable.profile.values)) if fits else frozenset()
    return keys if 2 <= len(keys) <= _STEPS else frozenset()
