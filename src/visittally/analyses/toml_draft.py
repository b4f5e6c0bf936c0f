"""How the files were understood: the `columns` command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.analyses.analysis import Analysis
from visittally.analyses.campaign import Campaign, unique_notices
from visittally.analyses.column_tables import columns_tables, columns_toml, look_at
from visittally.counting.plan import Plan
from visittally.tables.result import Result

if TYPE_CHECKING:
    from visittally.counting.engine import Counts


def explain(campaign: Campaign) -> Analysis:
    """Tables `fields`, `files` and `questions`, and the receipt of a reading of all records."""
    samples = look_at(campaign.survey)

    def result(counts: Counts) -> Result:
        suggest = not campaign.settings.no_code
        tables = columns_tables(campaign.survey, counts.receipt, samples, suggest=suggest)
        notices = unique_notices([*campaign.notices(), *counts.notices])
        return Result({table.name: table for table in tables}, counts.receipt, notices, tuple(t.name for t in tables))

    return Analysis(Plan(), result)


def toml(campaign: Campaign) -> str:
    """A commented visittally.toml with the columns as they were understood."""
    return columns_toml(campaign.survey)
