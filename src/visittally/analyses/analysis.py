"""An analysis is a value: what it plans to count, and how what was counted becomes tables.

To write one, give a function from a campaign to an `Analysis`. The function looks at the columns of the files and
at what was asked, refuses what cannot be done, and plans; it reads nothing. What it plans is counted by whoever runs
it: a command runs one analysis, a report joins the plans of several, and either reads the files once::

    def ages(campaign: Campaign) -> Analysis:
        age = campaign.axis("age")
        group = Group((age.dimension,))

        def result(counts: Counts) -> Result:
            frame = counts.tally.frame(group)  # the same, whatever else was counted beside it
            ...
            return Result({"ages": table}, counts.receipt, unique_notices([*campaign.notices(), *counts.notices]))

        return Analysis(Plan((group,)), result)

    result = run(campaign, ages)

A table that takes a reading of its own (a list of single records) is made when it is asked for: see
`Campaign.records` and `tables.result.Tables`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.counting.plan import Plan, joined
from visittally.dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from visittally.analyses.campaign import Campaign
    from visittally.counting.engine import Counts
    from visittally.tables.result import Result


@dataclass(frozen=True, slots=True)
class Analysis:
    """What is to be counted, and what becomes of it.

    Attributes:
        plan: Groups and keys; conditions, weight and record key are those of the campaign.
        result: Tables, receipt and notices from what was counted, by this plan or by one that holds it.
    """

    plan: Plan
    result: Callable[[Counts], Result]


def run(campaign: Campaign, planned_by: Callable[[Campaign], Analysis]) -> Result:
    """Plan an analysis, read the files once, make its tables.

    Raises:
        FieldError: A field or column is not there.
        InputError: A file is damaged beyond reading.
        UsageError: Options that do not go together.
    """
    analysis = planned_by(campaign)
    return analysis.result(campaign.count(analysis.plan))


def count_together(campaign: Campaign, plans: Iterable[Plan]) -> Counts:
    """Count what several plans want in one reading of the files; each finds there what it would have found alone.

    Raises:
        InputError: A file is damaged beyond reading.
    """
    return campaign.count(joined(plans))
