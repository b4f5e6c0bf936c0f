"""Records that were not counted: refused where nothing may be lost, and said in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from visittally.errors import Notice, VisitTallyError
from visittally.messages import _
from visittally.reading.receipt import LOST, Kind, Receipt

if TYPE_CHECKING:
    from collections.abc import Sequence

_PLACES = 12


def refuse_nothing_left(receipt: Receipt, where: Sequence[str]) -> None:
    """Fail where no record meets the conditions: a table of noughts would look like a finding.

    Raises:
        VisitTallyError: None is left; says why.
    """
    if where and receipt.records_read and not receipt.records_counted:
        text = _("No record is left to count: all {n:,} were set aside ({reasons}). Conditions: {where}.")
        why = reasons(receipt)
        raise VisitTallyError(text.format(n=receipt.records_read, reasons=why, where=", ".join(where)))


def refuse_losses(receipt: Receipt) -> None:
    """Fail where a record is unreadable or invalid, for --strict.

    Raises:
        VisitTallyError: Records were lost; names the first ones.
    """
    lost, n = receipt.lost(), sum(file.counts[kind] for file in receipt.files for kind in LOST)
    if not n:
        return
    places = _("; ").join(
        _("{file} line {line}: {reason}").format(file=file.file, line=f"{entry.line:,}", reason=entry.reason)
        for file, entry in lost[:_PLACES]
    )
    further = n - min(len(lost), _PLACES)  # not every record that was set aside is listed
    more = _(" and {n:,} more").format(n=further) if further else ""
    message = _("{n:,} records cannot be counted: {places}{more}. (--strict)")
    raise VisitTallyError(message.format(n=n, places=places, more=more))


def set_aside_by_kind(receipt: Receipt) -> dict[Kind, tuple[str, int]]:
    """Why records were set aside, in words, and how many; kinds without any record are left out."""
    names = {
        Kind.UNREADABLE: _("unreadable"),
        Kind.INVALID: _("invalid"),
        Kind.NOT_A_RECORD: _("no record"),
        Kind.DUPLICATE: _("the same record twice"),
        Kind.REJECTED: _("rejected or test"),
        Kind.FILTERED: _("left out by --where"),
    }
    totals = {kind: sum(file.counts[kind] for file in receipt.files) for kind in names}
    return {kind: (name, totals[kind]) for kind, name in names.items() if totals[kind]}


def reasons(receipt: Receipt) -> str:
    """The kinds of records set aside with their counts, in one line; "" where none was."""
    return _("; ").join(
        _("{reason} {n}").format(reason=name, n=_said(n, receipt)) for name, n in set_aside_by_kind(receipt).values()
    )


def _said(n: int, receipt: Receipt) -> str:
    return f"<{receipt.smallest}" if 0 < n < receipt.smallest else f"{n:,}"


def nothing_left(receipt: Receipt) -> list[Notice]:
    """Say that tables are empty because no record was left to count, or a file never had one."""
    text = _("{file} has a header and no records.")
    found = [Notice("no_records", text.format(file=f.file)) for f in receipt.files if not f.records_read]
    if receipt.records_read and not receipt.records_counted:
        text = _("No record is left to count: all {n:,} were set aside ({reasons}).")
        message = text.format(n=receipt.records_read, reasons=reasons(receipt))
        found.append(Notice("nothing_left", message))
    return found
