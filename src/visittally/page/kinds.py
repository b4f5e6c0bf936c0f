"""What a file is to the others: visits, the form behind them, the plan they are compared with, settings."""

from __future__ import annotations

from pathlib import PurePosixPath

from visittally.config import CONFIG_NAME
from visittally.errors import InputError, VisitTallyError
from visittally.page.names import PROSE, argument
from visittally.reading import open_sources
from visittally.reading.inputs.source import SUFFIXES, ReadingOptions
from visittally.survey.fields import alias_ranks
from visittally.survey.headers import last_part
from visittally.survey.no_records import refuse_forms

_OF_VISITS = frozenset(("visit_date", "issue", "category", "issue_text", "status", "visit_outcome", "household_id"))
"""Fields that a plan with targets does not have."""


def role_of(name: str) -> str:
    """The role that a file most likely has, by its name and its headers; one that cannot be read holds records.

    What is wrong with it is said when it is read.
    """
    path = PurePosixPath(name)
    if path.name == CONFIG_NAME:
        return "settings" if name == CONFIG_NAME else "unused"
    if path.suffix.lower() not in SUFFIXES | PROSE or path.name.startswith((".", "~$")):
        return "unused"
    try:
        sources = list(open_sources([argument(name)], ReadingOptions()))
    except (VisitTallyError, OSError):
        return "records"
    try:
        refuse_forms(sources)
    except InputError:
        return "form"
    fields = {field for source in sources for header in source.header for field in alias_ranks(last_part(header))}
    return "roster" if "planned" in fields and not fields & _OF_VISITS else "records"
