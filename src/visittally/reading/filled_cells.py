"""Which cells of a table that is kept in memory hold something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.reading.looks import SPACES
from visittally.words.ledgers import is_form_blank

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visittally.reading.kept import KeptRow


@dataclass(frozen=True, slots=True)
class FilledCells:
    """What is filled in the rows of a table.

    Attributes:
        at: For each row the positions of its filled cells; rows that are filled alike share them.
        texts: All that stands in cells.
    """

    at: Sequence[tuple[int, ...]]
    texts: frozenset[str]

    @classmethod
    def of(cls, rows: Sequence[KeptRow]) -> FilledCells:
        """Look at each different text of a column once: most columns are filled in every row."""
        columns = [*zip(*(row.cells for row in rows), strict=True)]
        different = [frozenset(cells) for cells in columns]
        texts = frozenset[str]().union(*different)
        blank = frozenset(text for text in texts if not _is_filled(text))
        partly = [c for c, there in enumerate(different) if not blank.isdisjoint(there)]
        if not partly:
            return cls((tuple(range(len(columns))),) * len(rows), texts)
        known: dict[tuple[bool, ...], tuple[int, ...]] = {}
        at = []
        for shape in zip(*(map(blank.__contains__, columns[c]) for c in partly), strict=True):
            filled = known.get(shape)
            if filled is None:
                lacking = {c for c, is_blank in zip(partly, shape, strict=True) if is_blank}
                known[shape] = filled = tuple(c for c in range(len(columns)) if c not in lacking)
            at.append(filled)
        return cls(at, texts)


def _is_filled(cell: str) -> bool:
    """Whether something was filled in."""
    first = cell[:1]
    if first.isascii() and first.isalnum():  # no blank of a form begins so and holds no digit
        return True
    return bool(cell.strip(SPACES + "\0")) and not is_form_blank(cell)
