"""Tables whose rows belong to those of another one by a number that stands in both: visits, and their issues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.reading.looks import Look, look
from visittally.words.folding import fold, fold_header
from visittally.words.ledgers import numbers_rows

if TYPE_CHECKING:
    from collections.abc import Collection

    from visittally.reading.blocks import TableSource

_FEWEST = 3
_NEARLY_ALL = 0.9
"""So many rows must have the number of a record, and so many numbers a digit."""


def key_between(rows: TableSource, visits: TableSource) -> tuple[int, int] | None:
    """The positions of the number of a visit in the table of its rows and in its own; None where they have none.

    It is the only column that both have, each visit has another one, and some visit has several rows. Numbers of the
    rows themselves, which begin with 1 in any table, are none.
    """
    shared = _shared(rows, visits)
    return _tied(rows, visits, shared[0], once=False) if len(shared) == 1 else None


def same_records(one: TableSource, other: TableSource, changing: Collection[str] = ()) -> tuple[int, int] | None:
    """The positions of a number that tells which records of two tables are the same; None where they have none.

    Each has it once, and what else both tables hold agrees, but for columns that may have changed (by their headers).
    """
    shared = [(i, j) for i, j in _shared(one, other) if one.header[i] not in changing]
    for at in shared:
        if (key := _tied(one, other, at, once=True)) is not None:
            theirs = {record[key[1]].strip(): record for record in other.sampled}
            pairs = [(r, theirs[number]) for r in one.sampled if (number := r[key[0]].strip()) in theirs]
            alike = [sum(fold(a[i]) == fold(b[j]) for a, b in pairs) for i, j in shared]
            return key if min(alike) >= _NEARLY_ALL * len(pairs) else None
    return None


def _shared(one: TableSource, other: TableSource) -> list[tuple[int, int]]:
    """The positions of the columns that two tables call alike."""
    if one is other:
        return []
    names = [fold_header(name) for name in other.header]
    return [
        (i, names.index(name)) for i, header in enumerate(one.header) if (name := fold_header(header)) in names if name
    ]


def _tied(rows: TableSource, visits: TableSource, at: tuple[int, int], *, once: bool) -> tuple[int, int] | None:
    """The positions, where a column of both ties rows to records, each to its own (`once`) or several to some."""
    if numbers_rows(visits.header[at[1]]):
        return None
    own = [record[at[1]].strip() for record in visits.sampled if at[1] < len(record)]
    theirs = [record[at[0]].strip() for record in rows.sampled if at[0] < len(record)]
    known = set(own) - {""}
    if len(own) < _FEWEST or len(known) < len(own) or not theirs or (len(set(theirs)) == len(theirs)) != once:
        return None
    coded = sum(any(map(str.isdigit, key)) and look(key) is not Look.MOMENT for key in own) >= _NEARLY_ALL * len(own)
    found = sum(key in known for key in theirs)
    return at if coded and found >= _NEARLY_ALL * len(theirs) else None
