"""The settings of a run, completed by what its files say: names of questions, and what their codes stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.survey.fields import asks_visited
from visittally.survey.variables import Role
from visittally.words.dispositions import UNKNOWN, Dispositions
from visittally.words.outcomes import Outcomes
from visittally.words.vocabulary import words

if TYPE_CHECKING:
    from visittally.settings import Settings
    from visittally.survey.variables import Survey, Variable


def settled(settings: Settings, survey: Survey) -> Settings:
    """The settings in which what was asked for goes by the names and codes of the files."""
    found = _with_labels(_with_no_visited(_with_ticked(settings, survey), survey), survey)
    status = survey.of_field("status")
    parts = () if status is None else status.parts
    if not any(part.role is Role.OPTION for part in parts):
        return found
    names = tuple("" if p.role is not Role.OPTION else p.label or p.option or p.header for p in parts)
    return found.with_options(status_options=names)


def _with_ticked(settings: Settings, survey: Survey) -> Settings:
    """The settings in which each question of --tick goes by its own name too, however the user called it."""
    from visittally.survey.understanding import question

    ticked = {question(survey, name).name: codes for name, codes in settings.ticked.items()}
    return settings.with_options(ticked={**settings.ticked, **ticked}) if ticked else settings


def _with_no_visited(settings: Settings, survey: Survey) -> Settings:
    """The settings in which "no" to whether anybody was visited is no refusal, which "no" to consent is."""
    outcome = survey.of_field("visit_outcome")
    if outcome is None or not asks_visited(outcome.name):
        return settings
    return settings.with_options(outcomes={**dict.fromkeys(words("no"), "NC"), **settings.outcomes})


def _with_labels(settings: Settings, survey: Survey) -> Settings:
    """The settings in which a code of a status or an outcome means what its label says: 1 is resolved."""
    known, ends = Dispositions.load(), Outcomes.load()
    dispositions = {
        code: told
        for code, label in _labels(survey.of_field("status"))
        if not known.knows(code) and (told := known.disposition(label)) != UNKNOWN
    }
    outcomes = {
        code: end
        for code, label in _labels(survey.of_field("visit_outcome"))
        if not ends.knows(code) and (end := ends.code(label))
    }
    if dispositions:
        settings = settings.with_options(labelled_statuses=dispositions)
    return settings.with_options(outcomes={**outcomes, **settings.outcomes}) if outcomes else settings


def _labels(variable: Variable | None) -> list[tuple[str, str]]:
    """The codes of a question that have labels, with them."""
    return [] if variable is None else [(choice.name, choice.label) for choice in variable.choices if choice.label]
