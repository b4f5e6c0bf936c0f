"""Several issues in a cell and as many statuses beside them: `1.道路 2.饮水` and `1.已办结 2.办理中`.

Each issue then has the status at its place, not all of them the last one.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import numpy as np

from visittally.answers.one_by_one import beside_issue, one_by_one
from visittally.counting.tally import Frame
from visittally.dataclass import dataclass
from visittally.errors import Notice
from visittally.messages import _, ngettext
from visittally.reading.lexicon import Coded, Lexicon
from visittally.words.dispositions import UNKNOWN
from visittally.words.enumerations import numbered_items
from visittally.words.joined import CELL_SEPARATOR, NO_COLUMN, ROW_SEPARATOR
from visittally.words.separators import Separator, find_separator

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visittally.counting.plan import Dimension
    from visittally.survey.variables import Survey, Variable
    from visittally.words.dispositions import Dispositions

_AGAIN = 0.5
"""So many of the items must come again in other cells: sentences do not."""


@dataclass(frozen=True)
class Pairing:
    """How the cells of issues and of statuses are cut.

    Attributes:
        issues: What separates issues in a cell, None where they are sentences that are numbered.
        statuses: What separates statuses, None likewise.
        known: What statuses mean.
    """

    issues: Separator | None
    statuses: Separator | None
    known: Dispositions

    def pairs(self, issue: str, status: str) -> list[tuple[str, str]] | None:
        """Each issue with its status; None where they do not stand in pairs."""
        if any(sign in text for text in (issue, status) for sign in (CELL_SEPARATOR, ROW_SEPARATOR, NO_COLUMN)):
            return None
        if self.issues is None or self.statuses is None:
            told, said = numbered_items(issue) or (), numbered_items(status) or ()
            return list(zip(told, said, strict=True)) if 1 < len(told) == len(said) else None
        told, said = self.issues.split(issue), self.statuses.split(status)
        if len(told) < 2 or len(told) != len(said) or len(set(told)) < len(told):
            return None
        if any(self.issues.split(one) != (one,) for one in told):
            return None
        return (
            None if any(self.known.disposition(one) == UNKNOWN for one in said) else list(zip(told, said, strict=True))
        )


def pairing_of(
    frame: Frame, at: tuple[int, int], asked: tuple[Variable | None, Variable | None], known: Dispositions
) -> Pairing | None:
    """How issues and statuses are paired in a survey; None where they are not.

    Args:
        frame: What was counted.
        at: The dimensions with the cells of issues and of statuses.
        asked: The questions that these are.
        known: What statuses mean.
    """
    issue, status = asked
    if issue is None or status is None or len(issue.parts) != 1 or len(status.parts) != 1 or issue.name == status.name:
        return None
    listed = {text for value in frame.values[at[1]] if (text := str(value)).strip()}
    several = find_separator(listed, multi=True) is not None
    numbered = any(len(numbered_items(text) or ()) > 1 for text in listed)
    if not several and not numbered:  # seldom does a cell hold several statuses
        return None
    width = len(frame.values[at[1]])
    different = np.unique(frame.codes[:, at[0]].astype(np.int64) * width + frame.codes[:, at[1]])
    pairs = zip((different // width).tolist(), (different % width).tolist(), strict=True)
    cells = [(str(frame.values[at[0]][a]), str(frame.values[at[1]][b])) for a, b in pairs]
    both = [(told, said) for told, said in cells if told.strip() and said.strip()]
    found = _of_answers(both, known) if several else None
    if found is None and numbered:
        found = Pairing(None, None, known)
        return found if any(found.pairs(*one) for one in both) else None
    return found


def _of_answers(cells: Sequence[tuple[str, str]], known: Dispositions) -> Pairing | None:
    """How answers that come again are paired with their statuses."""
    issues = find_separator({told for told, _said in cells}, multi=True)
    statuses = find_separator({said for _told, said in cells}, multi=True)
    if issues is None or statuses is None:
        return None
    found = Pairing(issues, statuses, known)
    seen = Counter(item for told, _said in cells for item in issues.split(told))
    items = [item for told, said in cells for item, _status in found.pairs(told, said) or ()]
    return found if items and sum(seen[item] > 1 for item in items) >= _AGAIN * len(items) else None


def paired(frame: Frame, at: tuple[int, int], pairing: Pairing) -> Frame:
    """The combinations of a frame, those with issues and statuses in pairs cut into them."""
    codes = [frame.codes[:, d] for d in range(len(frame.values))]
    rows, table, values = _cut(codes, frame.values, at, pairing)
    return Frame(values, table, frame.counts[rows])


def paired_columns(columns: Sequence[Coded], at: tuple[int, int], pairing: Pairing) -> tuple[np.ndarray, list[Coded]]:
    """Columns of records, those with pairs cut into them; and for each line the record that it comes from."""
    texts = [list(map(str, column.values)) for column in columns]
    rows, table, values = _cut([column.codes for column in columns], texts, at, pairing)
    found = []
    for d, own in enumerate(values):
        lexicon = Lexicon()
        found.append(Coded(lexicon.enter(own)[table[:, d]], lexicon))
    return rows, found


def each_issue(
    frame: Frame, survey: Survey, dimensions: Sequence[Dimension], known: Dispositions
) -> tuple[Frame, Pairing | None]:
    """The combinations of a frame, each issue of a record by itself where it has a status of its own there."""
    issue, status = survey.of_field("issue"), survey.of_field("status")
    names = [dimension.variable for dimension in dimensions]
    if issue is None or status is None or issue.name not in names or status.name not in names:
        return frame, None
    if places := beside_issue(survey, dimensions, issue):
        return one_by_one(frame, places), None
    at = names.index(issue.name), names.index(status.name)
    pairing = pairing_of(frame, at, (issue, status), known)
    return (frame if pairing is None else paired(frame, at, pairing)), pairing


def told_in_pairs(
    pairing: Pairing | None, frame: Frame, dimensions: Sequence[Dimension], survey: Survey, known: Dispositions
) -> list[Notice]:
    """Say that issues took the statuses at their places, or that numbered ones could not.

    Args:
        pairing: How issues and statuses are paired.
        frame: The cells before any were cut.
        dimensions: Those of the frame.
        survey: The columns.
        known: What statuses mean.
    """
    n = _numbered_otherwise(frame, dimensions, survey, known, pairing)
    notices = []
    if n:
        text = ngettext(
            "{n:,} record numbers several issues and beside them not as many statuses: all its issues have the one "
            "status that the whole cell says. Write a row for each issue.",
            "{n:,} records number several issues and beside them not as many statuses: all issues of a record have the "
            "one status that the whole cell says. Write a row for each issue.",
            n,
        )
        notices.append(Notice("unpaired_statuses", text.format(n=n)))
    if pairing is None:
        return notices
    text = _(
        "Where a cell names as many statuses as the one beside it issues, each issue took the status at its place."
    )
    return [*notices, Notice("paired_statuses", text)]


def _numbered_otherwise(
    frame: Frame, dimensions: Sequence[Dimension], survey: Survey, known: Dispositions, pairing: Pairing | None
) -> int:
    """In how many records several issues are numbered, and statuses that are not one for each or for all of them."""
    issue, status = survey.of_field("issue"), survey.of_field("status")
    names = [dimension.variable for dimension in dimensions]
    if issue is None or status is None or issue.name not in names or status.name not in names:
        return 0
    at = names.index(issue.name), names.index(status.name)
    said = [numbered_items(str(text)) or () for text in frame.values[at[1]]]
    length = np.array(list(map(len, said)), np.int64)
    if not length.any():
        return 0
    told = np.array([len(numbered_items(str(text)) or ()) for text in frame.values[at[0]]], np.int64)
    differ = np.array([len({*map(known.disposition, items)}) > 1 for items in said])
    issues, statuses = (frame.codes[:, d] for d in at)
    fewer = (length[statuses] > 0) & (length[statuses] < told[issues])
    unlike = differ[statuses] & ((length[statuses] != told[issues]) | (pairing is None))
    return int(frame.counts[(told[issues] > 1) & (fewer | unlike)].sum())


def _cut(
    codes: Sequence[np.ndarray],
    values: Sequence[Sequence[str]],
    at: tuple[int, int],
    pairing: Pairing,
) -> tuple[np.ndarray, np.ndarray, tuple[list[str], ...]]:
    """For each new record the old one, the codes, and the values of all dimensions."""
    issue, status = at
    named = [list(own) for own in values]
    position = [{value: i for i, value in enumerate(own)} for own in named]
    different, back = np.unique(np.stack([codes[issue], codes[status]], axis=1), axis=0, return_inverse=True)
    expanded: list[list[tuple[int, int]]] = []
    for one in different.tolist():
        pairs = pairing.pairs(values[issue][one[0]], values[status][one[1]])
        expanded.append([(one[0], one[1])] if pairs is None else [_enter(pair, at, position, named) for pair in pairs])
    counts = np.array([len(found) for found in expanded], np.int64)
    starts = np.cumsum(counts) - counts
    flat = np.array([pair for found in expanded for pair in found], np.int64).reshape(-1, 2)
    per_record = counts[back.reshape(-1)]
    rows = np.repeat(np.arange(len(per_record)), per_record)
    within = np.arange(len(rows)) - np.repeat(np.cumsum(per_record) - per_record, per_record)
    taken = flat[starts[back.reshape(-1)][rows] + within]
    table = np.stack([own[rows] for own in codes], axis=1)
    table[:, issue], table[:, status] = taken[:, 0], taken[:, 1]
    return rows, table, tuple(named)


def _enter(
    pair: tuple[str, str], at: tuple[int, int], position: list[dict[str, int]], named: list[list[str]]
) -> tuple[int, int]:
    """The positions of an issue and its status among the values, which take them in."""
    found = []
    for d, text in zip(at, pair, strict=True):
        if text not in position[d]:
            position[d][text] = len(named[d])
            named[d].append(text)
        found.append(position[d][text])
    return found[0], found[1]
