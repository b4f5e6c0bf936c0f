"""The columns of a list that are copied from the files: unit in charge, number, reply, and on request the texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.counting.plan import Dimension
from visittally.dataclass import dataclass
from visittally.messages import _
from visittally.tables.table import Cell, Column, Date, Text
from visittally.words.dates import DateOrder, parse_day
from visittally.words.labels import heading
from visittally.words.personal import scrub
from visittally.words.replies import consents, flagged
from visittally.words.sensitive import sensitive_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from visittally.analyses.campaign import Campaign
    from visittally.answers.axes import Axis
    from visittally.survey.variables import Variable
    from visittally.words.codebook import Codebook

TEXTS = ("issue_text", "handling_text")
"""Free texts, which are listed only on request, personal details masked."""
_PLACES = ("village", "group")
_MARKS = ("sensitive", "early_sign")
"""Columns that mark an issue as nothing for a list."""


@dataclass(frozen=True, slots=True)
class ListField:
    """A column of the list: its cells come from the values of a dimension."""

    column: Column
    dimension: Dimension
    cell: Callable[[str], Cell]


def place_fields(campaign: Campaign, axes: Sequence[Axis]) -> Iterator[ListField]:
    """Village and group, as far as they do not make the rows: who works a list off must find the place."""
    for name in _PLACES:
        variable = _there(campaign, name, axes)
        if variable is not None and all(axis.field != name for axis in axes):
            yield _copied(name, variable)


def text_fields(campaign: Campaign) -> Iterator[ListField]:
    """What people said and what was done, where it is asked for and goes into a file."""
    settings = campaign.settings
    if not (settings.with_text and settings.kept):
        return
    labels = {"issue_text": _("Issue in words"), "handling_text": _("What was done")}
    for name in TEXTS:
        variable = _there(campaign, name)
        if variable is not None:
            yield ListField(
                Column(name, labels[name]), Dimension(variable.name), lambda v: Text(scrub(v.strip("\x00 ")))
            )


def unit_fields(campaign: Campaign, axes: Sequence[Axis]) -> Iterator[ListField]:
    """Who is in charge."""
    for name in ("responsible_unit", "handled_level"):
        variable = _there(campaign, name, axes)
        if variable is not None:
            yield _copied(name, variable)


def reply_fields(campaign: Campaign) -> Iterator[ListField]:
    """Whether the household was answered and may be called, and the number that the issue goes by."""
    reply = _there(campaign, "reply_date")
    if reply is not None:
        order = DateOrder.learn(campaign.sampled_values(reply))
        yield ListField(Column("reply_date", heading("reply_date")), Dimension(reply.name), _day_or_text(order))
    consent = _there(campaign, "contact_consent")
    if consent is not None:
        yield ListField(
            Column("contact_consent", heading("contact_consent")),
            Dimension(consent.name),
            lambda v: Text(consents(v) if v.strip("\x00 ") else None),
        )
    number = _there(campaign, "issue_id")
    if number is not None:
        yield _copied("issue_id", number)


def secrets(campaign: Campaign, codebook: Codebook) -> dict[Dimension, Callable[[str], bool]]:
    """Columns of which some values say that an issue is nothing for a list: marks, reports of misconduct, words."""
    found: dict[Dimension, Callable[[str], bool]] = {}
    survey = campaign.survey
    for name in _MARKS:
        variable = survey.of_field(name)
        if variable is not None:
            found[Dimension(variable.name)] = flagged
    kind = survey.of_field("issue_type")
    if kind is not None:
        found[Dimension(kind.name)] = lambda v: codebook.sensitive(codebook.issue_type(v.strip("\x00 ")) or "")
    for name in TEXTS:
        variable = survey.of_field(name)
        issue = survey.of_field("issue")
        # An issue that is told in words has its own judge: each of several in a cell by itself.
        if variable is not None and (issue is None or variable.name != issue.name):
            found.setdefault(Dimension(variable.name), lambda v: sensitive_words(v.strip("\x00 ")))
    return found


def _there(campaign: Campaign, name: str, axes: Sequence[Axis] = ()) -> Variable | None:
    """A column that may be shown and does not make the rows."""
    found = campaign.survey.of_field(name)
    return None if found is None or found.personal or any(axis.variable == found for axis in axes) else found


def _copied(name: str, variable: Variable) -> ListField:
    return ListField(Column(name, heading(name)), Dimension(variable.name), lambda v: Text(scrub(v.strip("\x00 "))))


def _day_or_text(order: DateOrder) -> Callable[[str], Cell]:
    def cell(value: str) -> Cell:
        day = parse_day(value, order)
        return Text(scrub(value.strip("\x00 "))) if day is None else Date.of(day)

    return cell
