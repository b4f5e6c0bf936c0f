"""What stands between a result and those who read it: small cells are hidden, losses refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.errors import VisitTallyError
from visittally.messages import _
from visittally.result import Result

if TYPE_CHECKING:
    from visittally.reading.receipt import Receipt
    from visittally.settings import Settings

_PLACES = 12


def refuse_losses(receipt: Receipt, settings: Settings) -> None:
    """With --strict, fail where a record is unreadable or invalid.

    Raises:
        VisitTallyError: Records were lost; names the first ones.
    """
    lost = receipt.lost()
    if not settings.strict or not lost:
        return
    places = "; ".join(
        _("{file} line {line}: {reason}").format(file=file.file, line=f"{entry.line:,}", reason=entry.reason)
        for file, entry in lost[:_PLACES]
    )
    more = _(" and {n:,} more").format(n=len(lost) - _PLACES) if len(lost) > _PLACES else ""
    message = _("{n:,} records cannot be counted: {places}{more}. (--strict)")
    raise VisitTallyError(message.format(n=len(lost), places=places, more=more))


def protected(result: Result, settings: Settings) -> Result:
    """The result with small cells hidden, where that was asked for."""
    if not settings.min_cell and not settings.public:
        return result
    from visittally.codebook import Codebook
    from visittally.disclosure import Policy, protect

    sensitive = Codebook.load(settings.codebook).sensitive_codes() if settings.public else frozenset[str]()
    safe = protect(tuple(result.tables.values()), Policy(settings.min_cell, settings.public, sensitive))
    tables = {table.name: table for table in safe.tables}
    return Result(tables, result.receipt, (*result.notices, *safe.notices), result.people)
