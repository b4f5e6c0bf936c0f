"""How many of the visits were completed: issues per 100 visits say less where nobody was home at many of them."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from visittally.counting.plan import Group
from visittally.errors import Notice
from visittally.messages import _, listing
from visittally.words.outcomes import Outcomes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from visittally.analyses.campaign import Campaign
    from visittally.analyses.unit import Unit
    from visittally.answers.axes import Axis
    from visittally.settings import Settings

_DONE = frozenset({"I", "P"})


def outcome_of_visits(campaign: Campaign, across: Axis | None, unit: Unit) -> Group | None:
    """The group that counts how visits ended, where the files say so and each record is a visit."""
    axis = campaign.axis_of_field("visit_outcome")
    issue = across is not None and across.field == "issue"
    plain = unit.name == "case" and not unit.households and not campaign.settings.weight
    return Group((axis.dimension,)) if axis is not None and issue and plain else None


def completed_notices(settings: Settings, words: Mapping[str, int], mentions: float) -> list[Notice]:
    """Say how many visits were completed, and what the issues are per 100 of these.

    Args:
        settings: What the user asked for.
        words: How visits ended, as the files say it -> how many.
        mentions: Issues that were named in all.
    """
    known = Outcomes.load(settings.outcomes)
    ended: Counter[str] = Counter()
    for word, n in words.items():
        if code := known.code(word):
            ended[code] += n
    visits, told = sum(words.values()), sum(ended.values())
    done = sum(ended[code] for code in _DONE)
    if not done or done == visits or 2 * told < visits:
        return []
    partly = [_("of them in part {n:,}").format(n=ended["P"])] if ended["P"] else []
    others = listing(
        f"{known.label(code)} {n:,}" for code, n in sorted(ended.items(), key=lambda one: -one[1]) if code not in _DONE
    )
    left = visits - told
    text = _(
        "{done:,} of {visits:,} visits completed ({others}): {all:.1f} issues per 100 visits, {own:.1f} per "
        "100 completed."
    )
    untold = [_("not told {n:,}").format(n=left)] if left else []
    others = listing(filter(None, (*partly, others, *untold)))
    message = text.format(
        done=done, visits=visits, others=others, all=100 * mentions / visits, own=100 * mentions / done
    )
    return [Notice("completed_visits", message)]
