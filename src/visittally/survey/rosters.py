"""Rosters among the records: lists of who was to be visited lie in the same folder, and their rows are no visits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.errors import Notice
from visittally.messages import _, listing
from visittally.survey.fields import PLACES
from visittally.survey.understanding import KEY_FIELD, VISIT_FIELD

if TYPE_CHECKING:
    from visittally.survey.variables import Layout, Survey, Variable

_OF_ROSTERS = frozenset(
    {*PLACES, "place_kind", "place_type", "planned", "target_type", "household_id", "household_size", "sex", "age"}
)
"""Fields that a roster has; with any other a table tells of what happened."""
_UNKNOWN = 2
"""So many columns of a roster may be of no field: remarks, the population of a place."""


def perhaps_rosters(survey: Survey) -> list[Notice]:
    """Say which tables look like rosters and are counted as visits all the same.

    A table does that names places and how much is planned there, or, beside tables that tell of visits, households;
    and that has no column of what happened: no day, visitor, answer or outcome.
    """
    lists = [layout for layout in survey.layouts if _only_lists(layout, survey)]
    beside = len(lists) < len(survey.layouts)
    found = [layout for layout in lists if beside or "planned" in _fields(layout, survey)]
    if not found:
        return []
    text = _(
        "{files}: this looks like a roster, not like visits (places and whom to visit, nothing that was found), yet "
        "each of its rows counts as a visit. Leave it out here; coverage --roster {file} compares the visits with it."
    )
    files = list(dict.fromkeys(layout.source.file for layout in found))
    return [Notice("may_be_roster", text.format(files=listing(files), file=files[0]))]


def _only_lists(layout: Layout, survey: Survey) -> bool:
    fields = _fields(layout, survey)
    unknown = [v for v in _held(layout, survey) if not (v.fields or v.personal or v.ours or v.part_of)]
    named = not fields.isdisjoint(PLACES) and not fields.isdisjoint({"planned", "household_id"})
    return named and fields <= _OF_ROSTERS and len(unknown) <= _UNKNOWN


def _fields(layout: Layout, survey: Survey) -> set[str]:
    return {
        field
        for variable in _held(layout, survey)
        for field in variable.fields
        if field not in {KEY_FIELD, VISIT_FIELD}
    }


def _held(layout: Layout, survey: Survey) -> list[Variable]:
    return [survey.variables[name] for name in layout.columns if layout.place(name) is not None]
