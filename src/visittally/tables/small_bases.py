"""What is said where a percentage of few is not printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.messages import _
from visittally.tables.table import Number, Share

if TYPE_CHECKING:
    from collections.abc import Iterable

    from visittally.tables.table import Row


def few_note(rows: Iterable[Row]) -> tuple[str, ...]:
    """The sentence that says why some rows have no percentage, where there are such rows."""
    cells = [cell for row in rows for cell in row.cells]
    shares = max((cell.least for cell in cells if isinstance(cell, Share) and cell.few), default=0)
    rates = max((cell.least for cell in cells if isinstance(cell, Number)), default=0)
    if rates:
        return (_("Of fewer than {n} neither a percentage nor a rate is printed.").format(n=rates),)
    return (_("Of fewer than {n} no percentage is printed.").format(n=shares),) if shares else ()
