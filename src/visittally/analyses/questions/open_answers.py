"""Open answers by what they are about: thoughts, wishes, worries, demands; who gave any of them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from visittally.analyses.figure_columns import column, remark
from visittally.analyses.questions.counted import of_question, title_of
from visittally.messages import _
from visittally.survey.fields import header_list
from visittally.survey.headers import header_words
from visittally.survey.variables import QuestionKind
from visittally.tables.measures import ROW, Scope, counted
from visittally.tables.table import Count, Row, Share, Table, Text
from visittally.words.folding import fold
from visittally.words.nothing import says_nothing
from visittally.words.vocabulary import key_of, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from visittally.analyses.questions.counted import CountedQuestion
    from visittally.survey.variables import Variable

_OPEN = (QuestionKind.TEXT, QuestionKind.SINGLE, QuestionKind.MULTI)
"""Few or short answers in one's own words look like answers to choose from."""
OPEN_ANSWERS = "open_answers"
"""Key of the table."""
KINDS = ("wish", "worry", "demand", "thought")
"""Kinds of open answers, in the order in which words of a header are looked for."""


def kind_of(question: Variable) -> str:
    """What an open question asks for, by the words of its header; "" where they do not tell.

    >>> from visittally.survey.variables import QuestionKind, Variable
    >>> [kind_of(Variable(name, (), QuestionKind.TEXT)) for name in ("所盼", "要求与期盼", "Worries", "remark")]
    ['wish', 'wish', 'worry', '']
    """
    if question.kind not in _OPEN or question.choices or question.fields or len(question.parts) > 1:
        return ""
    named = (question.name, question.label)
    inside = {word for name in named for word in header_words(name)}
    folded = [fold(name) for name in named if not name.isascii()]
    for kind in KINDS:
        whole, anywhere = _words_of_kind(kind)
        if not whole.isdisjoint(inside) or any(word in name for name in folded for word in anywhere):
            return kind
    return ""


@cache
def _words_of_kind(kind: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """The words of a header that tell a kind, and those that tell it within others, too."""
    listed = header_list(kind)
    return frozenset(map(fold, listed)), tuple(word for word in listed if not word.isascii())


def kinds() -> Mapping[str, str]:
    """Kind -> what it is called."""
    return {
        "thought": _("Thoughts"),
        "wish": _("Wishes"),
        "worry": _("Worries"),
        "demand": _("Demands"),
        "": _("Other"),
    }


def open_answers(questions: Sequence[CountedQuestion]) -> Table:
    """One row for each open question, by kind: how many answered it, of all cases; "none" is no answer."""
    order = {kind: n for n, kind in enumerate(kinds())}
    rows = []
    for one in sorted(questions, key=lambda one: order[kind_of(one.question)]):
        kind = kind_of(one.question)
        nothing = frozenset[str]().union(*map(words, ("blank", "not_asked", "none", "dont_know", "refused", "no")))
        told = np.array([_says_something(one, value, nothing) for value in one.frame.values[one.dimension]], bool)
        n = int(one.frame.counts[told[one.frame.codes[:, one.dimension]]].sum()) if len(one.frame.counts) else 0
        cases = int(one.frame.counts.sum())
        cells = (Text(kind, kinds()[kind]), Text(one.question.name, title_of(one)), Count(n), Count(cases))
        rows.append(Row((*cells, Share(n, cases))))
    about = frozenset().union(*(of_question(one) for one in questions)) if len(questions) == 1 else frozenset()
    answered, all_cases = counted("answered", about=about), counted("cases", scope=Scope.SURVEY)
    columns = (
        remark("kind", label=_("Kind")),
        column("question", ROW),
        column("answered", answered, label=_("Answered")),
        column("cases", all_cases),
        column("percent_of_cases", answered, all_cases),
    )
    notes = (_("A household may answer several of them. The texts: --texts -o FILE."),)
    return Table(OPEN_ANSWERS, _("Open answers by kind"), columns, tuple(rows), None, notes)


def _says_something(one: CountedQuestion, value: str, nothing: frozenset[str]) -> bool:
    """Whether somebody said more than that there is nothing, or that they do not know or will not say."""
    said = value.strip("\x00 ")
    if key_of(said) in nothing or says_nothing(said):
        return False
    return one.book is None or one.book.answered(one.book.answer(value))
