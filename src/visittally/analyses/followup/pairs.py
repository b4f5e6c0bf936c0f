"""Issues and statuses that stand in pairs within two cells of a record, as `followup` counts them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.answers.paired_statuses import Pairing, pairing_of

if TYPE_CHECKING:
    from visittally.analyses.campaign import Campaign
    from visittally.analyses.followup.figures import IssuePlan
    from visittally.counting.engine import Counts
    from visittally.counting.plan import Group


def columns_of_pairs(plan: IssuePlan, group: Group) -> tuple[int, int] | None:
    """The dimensions of a group with the cells of issues and of statuses; None where it lacks one."""
    wanted = [axis.dimension for axis in (plan.issue, plan.status) if axis is not None]
    found = [group.dimensions.index(one) for one in wanted if one in group.dimensions]
    return (found[0], found[1]) if len(found) > 1 else None


def pairing_in(campaign: Campaign, plan: IssuePlan, counts: Counts) -> Pairing | None:
    """How issues and statuses are paired in what was counted; None where they are not."""
    at = columns_of_pairs(plan, plan.main)
    if at is None or plan.issue is None or plan.per_case:
        return None
    asked = (plan.issue.variable, plan.status.variable)
    return pairing_of(counts.tally.frame(plan.main), at, asked, campaign.dispositions)
