"""What stands beside the ranking of issues: how strongly they are put, and what came of them beyond single issues."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from visittally.analyses.figure_columns import column, number, remark
from visittally.answers.coding import explode, per_value
from visittally.answers.issues import code_issues
from visittally.answers.lines import groups, sums
from visittally.answers.one_by_one import beside_issue, one_by_one
from visittally.counting.plan import Dimension, Group
from visittally.messages import _
from visittally.tables.measures import ANSWER
from visittally.tables.table import Cell, Count, Date, Row, Table, Text
from visittally.words.codebook import Codebook
from visittally.words.folding import fold
from visittally.words.labels import heading
from visittally.words.patterns import pattern
from visittally.words.quantities import parse
from visittally.words.replies import answer_of, flagged, tells_who_raised, volunteered
from visittally.words.vocabulary import key_of, words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from visittally.analyses.campaign import Campaign
    from visittally.answers.axes import Axis
    from visittally.answers.lines import Lines
    from visittally.counting.engine import Counts
    from visittally.counting.tally import Frame

COLUMNS = {
    "raised_by": "volunteered",
    "prior_report": "repeats",
    "early_sign": "early_signs",
    "households_affected": "households_affected",
    "since": "oldest_year",
}
"""Field -> the column that is made of it."""
BEYOND = {"good_deed": "good_deeds", "system_change": "system_changes"}
"""The same of what came of the visits beyond single issues."""


_ABOUT = "about"
_YEAR = pattern(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def strength_group(campaign: Campaign, across: Axis, columns: Mapping[str, str] = COLUMNS) -> Group | None:
    """What is counted for the table; None where the files tell nothing of it."""
    fields = _fields(campaign, columns)
    return Group((across.dimension, *fields.values())) if fields else None


def _fields(campaign: Campaign, columns: Mapping[str, str]) -> dict[str, Dimension]:
    """The columns there are. Where early signs are is nothing for the public; the oldest year is that of one visit."""
    hidden = {"early_sign"} if campaign.settings.public else set()
    hidden |= {"since"} if campaign.settings.hides_small_counts else set()
    names = [name for name in columns if name not in hidden]
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
    columns = [column("issue", ANSWER), number("mentions")]
    columns += [
        remark(name, label=_("Oldest since")) if name == "oldest_year" else number(name, label=labels.get(name))
        for name in facts
    ]
    notes = [_("Ranks follow the mentions; what stands beside them tells how strongly an issue is put.")]
    if "households_affected" in facts:
        text = _("Households affected are added up as they are recorded; one household may be in several records.")
        notes.append(text)
    if unread["households_affected"] and not campaign.settings.hides_small_counts:
        text = _("Records whose households affected are no number, or a damaged one, and in no sum: {n:,}.")
        notes.append(text.format(n=unread["households_affected"]))
    if unread["since"]:
        text = _("Records that tell since when the issue exists without naming a year: {n:,}.")
        notes.append(text.format(n=unread["since"]))
    if unread["raised_by"]:
        text = _("Records that tell who raised the issue in words that are not known, and count as asked: {n:,}.")
        notes.append(text.format(n=unread["raised_by"]))
    return Table("strength", _("How strongly issues are put"), tuple(columns), tuple(rows), None, tuple(notes))


def _beside(
    campaign: Campaign, across: Axis, group: Group, counts: Counts, told: Mapping[str, str]
) -> tuple[list[str], list[Row], Counter[str]]:
    """What stands beside the mentions of the issues.

    Returns:
        The columns, a row for each issue, and for a field the records in which it is told and cannot be read.
    """
    frame = one_by_one(counts.tally.frame(group), beside_issue(campaign.survey, group.dimensions, across.variable))
    fields = _fields(campaign, told)
    codebook = Codebook.load(campaign.settings.codebook)
    coded = code_issues(across, frame.value_counts(0), campaign.settings, codebook)
    facts: dict[str, np.ndarray] = {}
    about, unread = np.zeros(len(frame.counts)), Counter[str]()
    for name, dimension in fields.items():
        at = group.dimensions.index(dimension)
        # Repeated for each record that a combination stands for, but for a year.
        facts[told[name]] = _facts(name, dimension.variable, frame, at) * (1 if name == "since" else frame.counts)
        if name == "households_affected":
            about = per_value(frame, at, [parse(text).approximate for text in _texts(frame, at)], float)
        unread[name] = _unread(frame, at, _READ[name]) if name in _READ else 0
    lines = explode(frame, {0: coded.coding.aligned(frame.values[0])}, {**facts, _ABOUT: about})
    mentions = sums(lines, [0])
    found = {name: (_least if name == "oldest_year" else sums)(lines, [0], name) for name in (*facts, _ABOUT)}
    keys = coded.coding.keys
    order = sorted(mentions, key=lambda key: (-mentions[key], keys[key[0]]))
    rows = []
    for (i,) in order:
        cells: list[Cell] = [Text(keys[i], coded.labels.get(keys[i], "")), Count(int(mentions[i,]))]
        for name in facts:
            if name == "oldest_year":
                cells.append(Date(str(year) if (year := found[name].get((i,))) else None))
                continue
            approximate = name == "households_affected" and found[_ABOUT].get((i,), 0) > 0
            cells.append(Count(_whole(found[name].get((i,), 0)), approximate))
        rows.append(Row(tuple(cells)))
    return list(facts), rows, unread


_READ: Mapping[str, Callable[[str], bool]] = {
    "households_affected": lambda text: parse(text).value is not None,
    "since": lambda text: _year(text) > 0,
    "raised_by": tells_who_raised,
}
"""Whether a text tells what its field is to tell."""


def _year(text: str) -> int:
    """The oldest year that is told; 0 for none."""
    return min(map(int, _YEAR.findall(fold(text))), default=0)


def _texts(frame: Frame, at: int) -> list[str]:
    return [value.strip("\x00 ") for value in frame.values[at]]


def _unread(frame: Frame, at: int, read: Callable[[str], bool]) -> int:
    """How many records hold something that cannot be read."""
    nothing = words("blank") | words("not_asked") | words("none") | words("dont_know")
    lost = [not read(text) and key_of(text) not in nothing for text in _texts(frame, at)]
    return int(frame.counts[per_value(frame, at, lost)].sum())


def _least(lines: Lines, by: Sequence[int | str], name: str) -> dict[tuple[int, ...], int | float]:
    """The smallest figure but nought of each key."""
    if not len(lines):
        return {}
    numbers, rows = groups(lines, by)
    least = np.full(len(rows), np.inf)
    np.minimum.at(least, numbers, np.where(lines[name] > 0, lines[name], np.inf))
    return {row: int(figure) for row, figure in zip(rows, least.tolist(), strict=True) if figure < np.inf}


def _facts(name: str, header: str, frame: Frame, at: int) -> np.ndarray:
    """What a column says of each combination: yes as 1, a number as itself."""
    values: Sequence[str] = frame.values[at]
    match name:
        case "households_affected":
            told: list[float] = [float(parse(value.strip("\x00 ")).value or 0) for value in values]
        case "since":
            told = [float(_year(value)) for value in values]
        case "raised_by":
            told = [float(volunteered(value, header)) for value in values]
        case "prior_report":
            told = [float("repeats" in answer_of(name, value)) for value in values]
        case _:
            told = [float(flagged(value)) for value in values]
    return per_value(frame, at, told, float)


def _whole(value: float) -> int | float:
    return int(value) if float(value).is_integer() else value
