"""How the columns of the files were understood, one by one, with answers to recognise them by."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from visittally.render.cells import visible
from visittally.survey.fields import field_names
from visittally.survey.rows_of_visits import ADDED_COLUMNS
from visittally.survey.variables import QuestionKind
from visittally.words.labels import heading
from visittally.words.personal import scrub

if TYPE_CHECKING:
    from collections.abc import Iterator

    from visittally.analyses.campaign import Campaign
    from visittally.survey.variables import Survey, Variable

SAMPLES = 3
_LONGEST = 60
"""Characters of an answer that are shown."""
_UNNAMED = frozenset(("record_key", "category", "issue_text", "visit_rows"))
"""Fields that stand under another name already, or that nobody sets."""


def fields_to_choose() -> list[dict[str, str]]:
    """The fields that a column can hold, with their labels, in the order in which they are listed."""
    return [{"name": name, "label": heading(name)} for name in field_names() if name not in _UNNAMED]


def columns_of(campaign: Campaign) -> list[dict[str, Any]]:
    """Every column or family of columns: its header, its field, three answers; personal ones are marked.

    Answers of personal columns are never shown, and personal details in others are masked.
    """
    survey = campaign.survey
    return [
        {
            "name": variable.name,
            "shown": scrub(visible(variable.name)),
            "label": visible(variable.label) if variable.label != variable.name else "",
            "field": next((name for name in variable.fields if name not in _UNNAMED), ""),
            "personal": variable.personal,
            "own": variable.ours,
            "kind": variable.kind.value,
            "columns": len(variable.parts),
            "samples": [] if variable.personal else _samples(survey, variable),
            "asked": _asked_for_by(variable),
            "date": variable.kind is QuestionKind.DATE,
        }
        for variable in survey.variables.values()
        if not variable.part_of and not ADDED_COLUMNS & {part.header for part in variable.parts}
    ]


def _asked_for_by(variable: Variable) -> str:
    """What `--by` calls it: its field, else its header, with a sign where that could be something else."""
    named = next((name for name in variable.fields if name not in _UNNAMED), "")
    known = variable.name in field_names() or ":" in variable.name or variable.name.startswith("=")
    return named or (f"={variable.name}" if known else variable.name)


def _samples(survey: Survey, variable: Variable) -> list[str]:
    if len(variable.options) > 1:
        return [visible(part.label or part.option) for part in variable.options[:SAMPLES]]
    return list(islice(_answers(survey, variable), SAMPLES))


def _answers(survey: Survey, variable: Variable) -> Iterator[str]:
    """Different answers, in the order of the records."""
    seen = set()
    for layout in survey.layouts:
        place = layout.place(variable.name)
        if place is None:
            continue
        for row in layout.source.sampled:
            text = row[place].strip()
            if text and text not in seen:
                seen.add(text)
                shown = scrub(visible(text))
                yield shown if len(shown) <= _LONGEST else shown[:_LONGEST] + " …"
