"""What stands beside the ranking of issues: how strongly they are put, and what came of them beyond single issues."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from visittally.analyses.figure_columns import column, number
from visittally.answers.coding import explode, per_value
from visittally.answers.issues import code_issues
from visittally.answers.lines import sums
from visittally.answers.one_by_one import beside_issue, one_by_one
from visittally.counting.plan import Dimension, Group
from visittally.messages import _
from visittally.tables.measures import ANSWER
from visittally.tables.table import Cell, Count, Row, Table, Text
from visittally.words.codebook import Codebook
from visittally.words.labels import heading
from visittally.words.quantities import parse
from visittally.words.replies import answer_of, flagged, volunteered
from visittally.words.vocabulary import key_of, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from visittally.analyses.campaign import Campaign
    from visittally.answers.axes import Axis
    from visittally.counting.engine import Counts
    from visittally.counting.tally import Frame

COLUMNS = {
    "raised_by": "volunteered",
    "prior_report": "repeats",
    "early_sign": "early_signs",
    "households_affected": "households_affected",
}
"""Field -> the column that is made of it."""
BEYOND = {"good_deed": "good_deeds", "system_change": "system_changes"}
"""The same of what came of the visits beyond single issues."""


_ABOUT = "about"


def strength_group(campaign: Campaign, across: Axis, columns: Mapping[str, str] = COLUMNS) -> Group | None:
    """What is counted for the table; None where the files tell nothing of it."""
    fields = _fields(campaign, columns)
    return Group((across.dimension, *fields.values())) if fields else None


def _fields(campaign: Campaign, columns: Mapping[str, str]) -> dict[str, Dimension]:
    """The columns there are. Where early signs are, is nothing for the public."""
    names = [name for name in columns if not (name == "early_sign" and campaign.settings.public)]
    there = {name: campaign.survey.of_field(name) for name in names}
    return {name: Dimension(variable.name) for name, variable in there.items() if variable is not None}


def outcomes_table(campaign: Campaign, across: Axis, group: Group, counts: Counts) -> Table:
    """One row for each issue: practical help given, rules or arrangements changed."""
    labels = {"good_deeds": _("Practical help"), "system_changes": _("Changes of rules")}
    facts, rows, _unread = _beside(campaign, across, group, counts, BEYOND)
    # What a record tells beside several issues counts with each of them.
    columns = [column("issue", ANSWER), number("mentions"), *(number(name, label=labels[name]) for name in facts)]
    notes = (_("Counted beside each issue of the record; the texts: questions -Q HEADER --texts -o FILE."),)
    title = _("What came of it beyond single issues")
    return Table("outcomes", title, tuple(columns), tuple(rows), None, notes)


def strength_table(campaign: Campaign, across: Axis, group: Group, counts: Counts) -> Table:
    """One row for each issue, in the order of its mentions.

    Args:
        campaign: The campaign.
        across: The issue.
        group: What was planned for the table.
        counts: What was counted.
    """
    facts, rows, unread = _beside(campaign, across, group, counts, COLUMNS)
    labels = {
        "volunteered": _("Brought up unasked"),
        "repeats": _("Reported before"),
        "early_signs": _("Early signs"),
        "households_affected": heading("households_affected"),
    }
    columns = [column("issue", ANSWER), number("mentions"), *(number(name, label=labels.get(name)) for name in facts)]
    notes = [_("Ranks follow the mentions; what stands beside them tells how strongly an issue is put.")]
    if "households_affected" in facts:
        text = _("Households affected are added up as they are recorded; one household may be in several records.")
        notes.append(text)
    if unread and not campaign.settings.hides_small_counts:
        text = _("Records whose households affected are no number, or a damaged one, and in no sum: {n:,}.")
        notes.append(text.format(n=unread))
    return Table("strength", _("How strongly issues are put"), tuple(columns), tuple(rows), None, tuple(notes))


def _beside(
    campaign: Campaign, across: Axis, group: Group, counts: Counts, told: Mapping[str, str]
) -> tuple[list[str], list[Row], int]:
    """What stands beside the mentions of the issues.

    Returns:
        The columns, a row for each issue, and the number of records of which a number is there and cannot be read.
    """
    frame = one_by_one(counts.tally.frame(group), beside_issue(campaign.survey, group.dimensions, across.variable))
    fields = _fields(campaign, told)
    codebook = Codebook.load(campaign.settings.codebook)
    coded = code_issues(across, frame.value_counts(0), campaign.settings, codebook)
    facts: dict[str, np.ndarray] = {}
    about, unread = np.zeros(len(frame.counts)), 0
    for name, dimension in fields.items():
        at = group.dimensions.index(dimension)
        # Repeated for each record that a combination stands for.
        facts[told[name]] = _facts(name, dimension.variable, frame, at) * frame.counts
        if name == "households_affected":
            about, unread = _about_and_unread(frame, at)
    lines = explode(frame, {0: coded.coding.aligned(frame.values[0])}, {**facts, _ABOUT: about})
    mentions = sums(lines, [0])
    found = {name: sums(lines, [0], name) for name in (*facts, _ABOUT)}
    keys = coded.coding.keys
    order = sorted(mentions, key=lambda key: (-mentions[key], keys[key[0]]))
    rows = []
    for (i,) in order:
        cells: list[Cell] = [Text(keys[i], coded.labels.get(keys[i], "")), Count(int(mentions[i,]))]
        for name in facts:
            approximate = name == "households_affected" and found[_ABOUT].get((i,), 0) > 0
            cells.append(Count(_whole(found[name].get((i,), 0)), approximate))
        rows.append(Row(tuple(cells)))
    return list(facts), rows, unread


def _about_and_unread(frame: Frame, at: int) -> tuple[np.ndarray, int]:
    """Which combinations hold a number that is approximate, and how many records one that cannot be read."""
    texts = [value.strip("\x00 ") for value in frame.values[at]]
    numbers = [parse(text) for text in texts]
    nothing = words("blank") | words("not_asked") | words("none") | words("dont_know")
    lost = [n.value is None and key_of(text) not in nothing for n, text in zip(numbers, texts, strict=True)]
    about = per_value(frame, at, [number.approximate for number in numbers], float)
    return about, int(frame.counts[per_value(frame, at, lost)].sum())


def _facts(name: str, header: str, frame: Frame, at: int) -> np.ndarray:
    """What a column says of each combination: yes as 1, a number as itself."""
    values: Sequence[str] = frame.values[at]
    match name:
        case "households_affected":
            told: list[float] = [float(parse(value.strip("\x00 ")).value or 0) for value in values]
        case "raised_by":
            told = [float(volunteered(value, header)) for value in values]
        case "prior_report":
            told = [float("repeats" in answer_of(name, value)) for value in values]
        case _:
            told = [float(flagged(value)) for value in values]
    return per_value(frame, at, told, float)


def _whole(value: float) -> int | float:
    return int(value) if float(value).is_integer() else value
