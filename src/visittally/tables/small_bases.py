"""What is said where a percentage of few is not printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.messages import _
from visittally.tables.table import Share

if TYPE_CHECKING:
    from collections.abc import Iterable

    from visittally.tables.table import Row


def few_note(rows: Iterable[Row]) -> tuple[str, ...]:
    """The sentence that says why some rows have no percentage, where there are such rows."""
    small = next((cell.least for row in rows for cell in row.cells if isinstance(cell, Share) and cell.few), 0)
    return (_("Of fewer than {n} no percentage is printed.").format(n=small),) if small else ()
