"""The questionnaire: every question's table from one reading of the files."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from visittally.analyses.analysis import Analysis
from visittally.analyses.campaign import Campaign, texts_notice, unique_notices
from visittally.analyses.questions.counted import CountedQuestion
from visittally.analyses.questions.open_answers import OPEN_ANSWERS, kind_of, open_answers
from visittally.analyses.rows import distinct_by
from visittally.analyses.unit import Unit, decide_unit
from visittally.answers.axes import (
    Axis,
    CodedAxis,
    code_axis,
    missing_of,
    ticked_of,
)
from visittally.answers.book import Books
from visittally.answers.coding import drop_zero_weights
from visittally.answers.notices import net_notices
from visittally.answers.one_by_one import numbers_apart, rows_apart
from visittally.counting.plan import Dimension, Distinct, Group, Plan
from visittally.dataclass import dataclass
from visittally.errors import UsageError
from visittally.messages import _
from visittally.survey.projection import Projection
from visittally.survey.variables import QuestionKind, Variable
from visittally.tables.result import Result, Tables

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy as np

    from visittally.answers.book import AnswerBook
    from visittally.counting.engine import Counts
    from visittally.counting.tally import Frame, Tally
    from visittally.tables.table import Table

_PROJECTIONS = {
    QuestionKind.NUMBER: Projection.NUMBER,
    QuestionKind.TEXT: Projection.PRESENCE,
    QuestionKind.DATE: Projection.DAY,
}


@dataclass(frozen=True, slots=True)
class _QuestionsPlan:
    """What was decided before anything is read: the banner, the questions, the unit."""

    campaign: Campaign
    axes: tuple[Axis, ...]
    questions: tuple[Variable, ...]
    unit: Unit


def tabulate(campaign: Campaign) -> Analysis:
    """Make the table of every question, or of those named.

    Raises:
        FieldError: A named question or banner is not there.
    """
    campaign.need_records()
    axes = tuple(campaign.axis(name) for name in campaign.settings.by)
    questions = _chosen(campaign, axes)
    unit = decide_unit(campaign)
    planned = _QuestionsPlan(campaign, axes, tuple(questions), unit)
    return Analysis(_plan(campaign, axes, questions, unit), partial(_result, planned))


def _result(planned: _QuestionsPlan, counts: Counts) -> Result:
    from visittally.analyses.questions.tables import TablesOfQuestions, combined

    campaign, axes, questions, unit = planned.campaign, planned.axes, planned.questions, planned.unit
    notices = [*campaign.notices(), *counts.notices, *unit.notices]
    tables: dict[str, Table] = {}
    open_ones: list[CountedQuestion] = []
    codings: dict[tuple[int, tuple[str, ...]], CodedAxis] = {}
    books, tables_of = Books(missing_of(campaign.settings)), TablesOfQuestions(campaign.settings)
    for question in questions:
        group = _group(campaign, axes, question, unit)
        frame = counts.tally.frame(group)
        weight = len(axes) + 1 if campaign.settings.weight else None
        if weight is not None:
            frame = drop_zero_weights(frame, weight)
        frame, whose = _apart(frame, len(axes), question, unit)
        by = []
        for i, axis in enumerate(axes):
            key = (i, tuple(frame.values[i]))
            if key not in codings:
                codings[key] = code_axis(axis, frame.value_counts(i), campaign.settings)
            by.append(codings[key])
        book = _book(campaign, question, frame, books)
        distinct = _distinct(counts.tally, frame, by, question, campaign)
        counted = CountedQuestion(question, tuple(by), frame, weight, book, distinct, whose)
        table = tables_of.table(counted)
        tables[table.name] = table
        plain_text = question.kind is QuestionKind.TEXT and len(question.parts) == 1 and not question.fields
        open_ones += [counted] if plain_text or kind_of(question) else []
        # Of the questions that nobody asked for only those that may change a figure are worth a line.
        if book is not None:
            notices += [n for n in book.notices if campaign.settings.question or n.code in _SERIOUS]
            known = {*book.options, *(code for v in frame.values[len(axes)] for code in book.answer(v).codes)}
            notices += net_notices(campaign.settings.nets, (question.name, *question.fields), known)
    if campaign.settings.texts:
        notices.append(texts_notice())
    notices += [notice for axis in codings.values() for notice in axis.notices]
    everything = tuple(tables.values())
    # A question may bear the name of a table that is none of a question.
    shown = [replace(t, name=f"question {t.name}") if t.name in _OF_ALL else t for t in everything]
    named = tuple(table.name for table in shown)
    makers: dict[str, Callable[[], Table]] = {
        "long": lambda: combined(everything),
        **{table.name: partial(_itself, table) for table in shown},
    }
    if any(kind_of(one.question) for one in open_ones) and not axes:
        if campaign.settings.texts and OPEN_ANSWERS in campaign.settings.table:
            raise UsageError(_("--texts lists what was answered, the table open_answers counts: leave one out."))
        makers[OPEN_ANSWERS] = lambda: open_answers(open_ones)
        named = (OPEN_ANSWERS, *named)
    return Result(Tables(makers), counts.receipt, unique_notices(notices), named)


_OF_ALL = ("long", OPEN_ANSWERS)


def _itself(table: Table) -> Table:
    return table


_SERIOUS = ("zeros_beside_blank", "scale_not_ticked", "ticks_unused", "option_not_in_file")


def _chosen(campaign: Campaign, axes: Sequence[Axis]) -> list[Variable]:
    """The questions named, else all that are no banner."""
    from visittally.survey.understanding import question

    survey, settings = campaign.survey, campaign.settings
    if settings.question:
        return list(dict.fromkeys(question(survey, name) for name in settings.question))
    banners = {axis.variable.name for axis in axes if axis.variable is not None}
    weight = campaign.weight_name()
    return [v for v in survey.questions() if v.name not in banners and v.name != weight]


def _projection(question: Variable, campaign: Campaign) -> Projection:
    if question.kind is QuestionKind.TEXT and (campaign.settings.texts or bool(kind_of(question))):
        return Projection.RAW
    if len(question.parts) > 1:
        return Projection.RAW
    return _PROJECTIONS.get(question.kind, Projection.RAW)


def _group(campaign: Campaign, axes: Sequence[Axis], question: Variable, unit: Unit) -> Group:
    dimension = Dimension(question.name, _projection(question, campaign))
    return Group((*(axis.dimension for axis in axes), dimension, *campaign.weight_dimensions()), unit.key)


def _apart(frame: Frame, dimension: int, question: Variable, unit: Unit) -> tuple[Frame, np.ndarray | None]:
    """The frame with one combination for each number or day that a case gave, and which belong to one case."""
    whose = None
    if unit.key and question.kind in (QuestionKind.NUMBER, QuestionKind.DATE):
        frame, whose = rows_apart(frame, dimension)
    if question.kind is QuestionKind.NUMBER and len(question.parts) > 1:
        frame, rows = numbers_apart(frame, dimension, decimal_comma=question.decimal_comma)
        whose = rows if whose is None else whose[rows]
    return frame, whose


def _texts(axes: Sequence[Axis], question: Variable) -> Distinct:
    return Distinct(tuple(axis.dimension for axis in axes), (question.name,))


def _plan(campaign: Campaign, axes: Sequence[Axis], questions: Sequence[Variable], unit: Unit) -> Plan:
    groups = tuple(_group(campaign, axes, question, unit) for question in questions)
    texts = [q for q in questions if q.kind is QuestionKind.TEXT and len(q.parts) == 1]
    return Plan(groups, tuple(_texts(axes, q) for q in texts))


def _book(campaign: Campaign, question: Variable, frame: Frame, books: Books) -> AnswerBook | None:
    plain = question.kind is QuestionKind.NUMBER or (question.kind in _PROJECTIONS and len(question.parts) == 1)
    if plain and not (question.kind is QuestionKind.TEXT and campaign.settings.texts):
        return None
    settings = campaign.settings
    return books.learn(question, frame.value_counts(len(settings.by)), ticked_of(settings, question))


def _distinct(
    tally: Tally, frame: Frame, by: Sequence[CodedAxis], question: Variable, campaign: Campaign
) -> Mapping[tuple[str, ...], int]:
    planned = _texts([axis.axis for axis in by], question)
    if question.kind is not QuestionKind.TEXT or planned not in tally.keys:
        return {}
    return distinct_by(tally, planned, by, frame, campaign.settings)
