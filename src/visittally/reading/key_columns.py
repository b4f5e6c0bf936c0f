"""Tables whose rows belong to those of another one by a number that stands in both: visits, and their issues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.words.folding import fold_header
from visittally.words.ledgers import numbers_rows

if TYPE_CHECKING:
    from visittally.reading.blocks import TableSource

_FEWEST = 3
_NEARLY_ALL = 0.9
"""So many rows must have the number of a record, and so many numbers a digit."""


def key_between(rows: TableSource, visits: TableSource) -> tuple[int, int] | None:
    """The positions of the number of a visit in the table of its rows and in its own; None where they have none.

    It is the only column that both have, each visit has another one, and some visit has several rows. Numbers of the
    rows themselves, which begin with 1 in any table, are none.
    """
    names = [[fold_header(name) for name in table.header] for table in (rows, visits)]
    shared = {name for name in names[0] if name} & set(names[1])
    if rows is visits or len(shared) != 1:
        return None
    (name,) = shared
    at = names[0].index(name), names[1].index(name)
    if numbers_rows(visits.header[at[1]]):
        return None
    own = [record[at[1]].strip() for record in visits.sampled if at[1] < len(record)]
    theirs = [record[at[0]].strip() for record in rows.sampled if at[0] < len(record)]
    known = set(own) - {""}
    if len(own) < _FEWEST or len(known) < len(own) or not theirs or len(set(theirs)) == len(theirs):
        return None
    coded = sum(any(map(str.isdigit, key)) for key in own) >= _NEARLY_ALL * len(own)
    found = sum(key in known for key in theirs)
    return at if coded and found >= _NEARLY_ALL * len(theirs) else None
