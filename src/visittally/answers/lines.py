"""Lines: columns of figures of the same length, added up by some of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from visittally.counting.combinations import keys_of_rows
from visittally.dataclass import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import pandas as pd

_EXACT = 2**53
"""Up to here floats add whole numbers exactly, in whatever order."""


@dataclass(frozen=True, slots=True)
class Lines:
    """A table of figures. Small runs add them up without pandas, which takes longer to load than they take in all.

    Attributes:
        columns: Name -> its figures; key positions stand under the number of their dimension.
    """

    columns: Mapping[int | str, np.ndarray]

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), ()))

    def __getitem__(self, name: int | str) -> np.ndarray:
        return self.columns[name]

    def only(self, kept: np.ndarray) -> Lines:
        """The lines for which something is true.

        Args:
            kept: Truth values, or what stands for them, of each line.
        """
        chosen = kept.astype(bool)
        return Lines({name: figures[chosen] for name, figures in self.columns.items()})

    def to_pandas(self) -> pd.DataFrame:
        """The lines as a frame, for what pandas does better than loops."""
        import pandas as pd

        return pd.DataFrame(dict(self.columns))


def sums(lines: Lines, by: Sequence[int | str], column: str = "n") -> dict[tuple[int, ...], int | float]:
    """Sums of a column by key positions, in their order; with no `by` the grand total under the empty tuple."""
    if not len(lines):
        return {}
    figures = lines[column]
    if not by:
        return {(): figures.sum().item()}
    if not _add_exactly(figures):
        return _sums_of_fractions(lines, by, column)
    numbers, rows = groups(lines, by)
    added = np.bincount(numbers, figures, len(rows))
    exact = added.astype(np.int64) if figures.dtype.kind in "biu" else added
    return dict(zip(rows, exact.tolist(), strict=True))


def _add_exactly(figures: np.ndarray) -> bool:
    """Whether any order of adding gives the same sum."""
    if figures.dtype.kind in "biu":
        return True
    return bool(np.all(figures == np.floor(figures)) and np.abs(figures).sum() < _EXACT)


def _sums_of_fractions(lines: Lines, by: Sequence[int | str], column: str) -> dict[tuple[int, ...], int | float]:
    """The same by pandas, which carries what is lost in rounding along."""
    import pandas as pd

    grouped = pd.Series(lines[column]).groupby([pd.Series(lines[name]) for name in by], sort=True).sum()
    rows = grouped.index.tolist() if len(by) > 1 else [(row,) for row in grouped.index.tolist()]
    return dict(zip(rows, grouped.tolist(), strict=True))


def groups(lines: Lines, by: Sequence[int | str]) -> tuple[np.ndarray, list[tuple[int, ...]]]:
    """For each line the number of its row, and the rows: the distinct values of some columns, in their order."""
    if not by:
        return np.zeros(len(lines), np.int64), [()] if len(lines) else []
    if not len(lines):
        return np.zeros(0, np.int64), []
    keys, space = keys_of_rows([lines[name] for name in by])
    if space <= max(4 * len(keys), 1 << 16):
        there = np.zeros(space, bool)
        there[keys] = True
        numbers = (np.cumsum(there) - 1)[keys]
        first = np.empty(int(there.sum()), np.int64)
        first[numbers] = np.arange(len(keys))
    else:
        _keys, first, numbers = np.unique(keys, return_index=True, return_inverse=True)
    return numbers, list(zip(*(lines[name][first].tolist() for name in by), strict=True))


def members_of_groups(lines: Lines, by: Sequence[int | str]) -> Iterator[tuple[tuple[int, ...], np.ndarray]]:
    """Each row with the positions of its lines; with no `by` all lines under the empty tuple."""
    if not by:
        yield (), np.arange(len(lines))
        return
    numbers, rows = groups(lines, by)
    order = np.argsort(numbers, kind="stable")
    starts = np.searchsorted(numbers[order], np.arange(1, len(rows)))
    yield from zip(rows, np.split(order, starts) if rows else (), strict=True)
