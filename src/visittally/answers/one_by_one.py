"""Issues of a visit that stand side by side, each with a status of its own: `category_1 status_1 category_2 status_2`.

What belongs to single issues is counted by combinations of whole cells, like everything; here a combination becomes
one for each of its issues, in which only that issue and what stands beside it are left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from visittally.counting.tally import Frame
from visittally.reading.lexicon import Coded, Lexicon
from visittally.words.arrays import string_array
from visittally.words.joined import CELL_SEPARATOR, NO_COLUMN, ROW_SEPARATOR
from visittally.words.numbers import numbers_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visittally.counting.plan import Dimension
    from visittally.survey.variables import Survey, Variable

_BLANK = frozenset(("", "nan"))
"""How a blank cell stands in a frame, as text and as number."""


def beside_issue(survey: Survey, dimensions: Sequence[Dimension], issue: Variable | None) -> tuple[int, ...]:
    """Positions of the dimensions that hold one cell for each issue, that of the issue first; none without such."""
    if issue is None:
        return ()
    names = [dimension.variable for dimension in dimensions]
    others = [
        i for i, name in enumerate(names) if name in survey.variables and survey.variables[name].beside == issue.name
    ]
    return (names.index(issue.name), *others) if others and issue.name in names else ()


def one_by_one(frame: Frame, places: Sequence[int]) -> Frame:
    """The combinations of a frame, each cut into its issues.

    Args:
        frame: The combinations.
        places: Dimensions with one cell for each issue, that of the issue first; none to leave all as it is.
    """
    if not places:
        return frame
    rows, codes, values = split_issues([frame.codes[:, d] for d in range(len(frame.values))], frame.values, places)
    return Frame(values, codes, frame.counts[rows])


def rows_apart(frame: Frame, dimension: int) -> tuple[Frame, np.ndarray]:
    """The combinations of a frame with one for each different value that the rows of a case have in a dimension.

    Returns:
        The frame, and for each of its combinations the old one that it comes from.
    """
    found = [_of_rows(str(value)) for value in frame.values[dimension]]
    values = sorted({one for several in found for one in several})
    position = {value: i for i, value in enumerate(values)}
    old = frame.codes[:, dimension].tolist()
    rows = np.repeat(np.arange(len(old)), [len(found[i]) for i in old])
    codes = frame.codes[rows]
    codes[:, dimension] = [position[one] for i in old for one in found[i]]
    named = (*frame.values[:dimension], values, *frame.values[dimension + 1 :])
    return Frame(named, codes, frame.counts[rows]), rows


def _of_rows(value: str) -> Sequence[str]:
    """The different values of the rows of a case; a blank one only where there is no other."""
    different = dict.fromkeys(value.split(ROW_SEPARATOR))
    return [one for one in different if one not in _BLANK] or list(different)[:1]


def numbers_apart(frame: Frame, dimension: int, *, decimal_comma: bool) -> tuple[Frame, np.ndarray]:
    """The combinations of a frame with one for each number of several columns: the ages of all members, say.

    Returns:
        The frame, and for each of its combinations the old one that it comes from.
    """
    every = [frame.codes[:, d] for d in range(len(frame.values))]
    rows, codes, apart = split_issues(every, frame.values, (dimension,))
    texts = [str(value).strip(CELL_SEPARATOR + NO_COLUMN) for value in apart[dimension]]
    values = numbers_of(string_array(texts), decimal_comma=decimal_comma).tolist()
    return Frame((*apart[:dimension], values, *apart[dimension + 1 :]), codes, frame.counts[rows]), rows


def split_columns(columns: Sequence[Coded], places: Sequence[int]) -> tuple[np.ndarray, list[Coded]]:
    """Columns of records, each record cut into its issues; and for each line the record that it comes from."""
    if not places:
        return np.arange(len(columns[0].codes) if columns else 0), list(columns)
    rows, codes, values = split_issues([c.codes for c in columns], [list(map(str, c.values)) for c in columns], places)
    found = []
    for d, texts in enumerate(values):
        own = Lexicon()
        found.append(Coded(own.enter(texts)[codes[:, d]], own))
    return rows, found


def split_issues(
    codes: Sequence[np.ndarray], values: Sequence[Sequence[str]], places: Sequence[int]
) -> tuple[np.ndarray, np.ndarray, tuple[list[str], ...]]:
    """Records with several issues as several, each with one.

    Args:
        codes: For each dimension the position of each record's value.
        values: For each dimension its values.
        places: Dimensions with one cell for each issue, that of the issue first.

    Returns:
        For each new record the old one that it comes from; the codes, one column for each dimension; their values.
        A record without any issue stays one.
    """
    issues = [[i for i, cell in enumerate(_cells(value)) if cell.strip()] or [0] for value in values[places[0]]]
    counts = np.array([len(found) for found in issues], np.int64)
    per_record = counts[codes[places[0]]] if issues else np.zeros(0, np.int64)
    rows = np.repeat(np.arange(len(per_record)), per_record)
    within = np.arange(len(rows)) - np.repeat(np.cumsum(per_record) - per_record, per_record)
    widest = max(map(len, issues), default=1)
    padded = [[*found, *[0] * (widest - len(found))] for found in issues]
    slots = np.array(padded, np.int64).reshape(len(issues), widest)
    slot = slots[codes[places[0]][rows], within]
    places_in_all = int(slots.max(initial=0)) + 1
    found, named = [], []
    for d, (own, texts) in enumerate(zip(codes, values, strict=True)):
        if d not in places:
            found.append(own[rows])
            named.append(list(texts))
            continue
        pairs, back = np.unique(own[rows] * places_in_all + slot, return_inverse=True)
        cut = [_only(texts[p // places_in_all], p % places_in_all, in_place=d == places[0]) for p in pairs.tolist()]
        order = sorted(set(cut))
        position = {text: i for i, text in enumerate(order)}
        found.append(np.array([position[text] for text in cut], np.int64)[back.reshape(-1)])
        named.append(order)
    table = np.stack(found, axis=1) if found else np.zeros((len(rows), 0), np.int64)
    return rows, table, tuple(named)


def _cells(value: str) -> list[str]:
    return ["" if cell == NO_COLUMN else cell for cell in str(value).split(CELL_SEPARATOR)]


def _only(value: str, slot: int, *, in_place: bool) -> str:
    """The cell at one place of a value: where it stands, the others blank, or by itself."""
    cells = _cells(value)
    cell = cells[slot] if slot < len(cells) else ""
    return CELL_SEPARATOR.join(cell if i == slot else "" for i in range(len(cells))) if in_place else cell
