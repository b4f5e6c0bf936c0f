"""`visittally read`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from visittally import temporary
from visittally.cli.delivery import speak
from visittally.cli.help import Command
from visittally.cli.input_options import input_options
from visittally.cli.options import output_options, with_settings, without
from visittally.cli.output import write_atomically, write_stdout
from visittally.cli.purposes import PURPOSES
from visittally.errors import Notice, UsageError
from visittally.messages import _
from visittally.reading.losses import nothing_left, refuse_losses, refuse_nothing_left

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from visittally.analyses.campaign import Campaign
    from visittally.reading.receipt import Receipt
    from visittally.settings import Settings

_MARK = "\ufeff".encode()
"""What may stand before a header."""


@without("table", "digits", "min_cell", "public", "raw", "formulas", "show_visitors")
@click.command(
    cls=Command,
    help=PURPOSES["read"],
    epilog=_(
        "\b\nExamples:\n"
        "  visittally read ledger.xls > ledger.csv\n"
        "  visittally read exports/*.csv -o all.parquet\n"
        "  visittally read ledger.xls --include-personal -o ledger.csv\n"
        "  visittally read exports/*.csv --where village=Ash -o ash.csv\n"
        "\b\nCells stay as they are. Columns with names, phones, ids, addresses and coordinates are left out\n"
        "by their headers unless --include-personal."
    ),
)
@input_options
@click.option("--include-personal", is_flag=True, help=_("Keep personal columns; needs -o FILE (-o - for a pipe)."))
@output_options
@with_settings
def read(settings: Settings) -> None:
    """Write the records as one table."""
    from visittally.analyses.campaign import load
    from visittally.analyses.clean import (
        clean_table,
        filters_of,
        write_csv,
        write_parquet,
    )
    from visittally.survey.understanding import judge_personal

    parquet = settings.output.lower().endswith(".parquet")
    _refuse_unfit(settings, parquet=parquet)
    campaign = load(settings, joined=False)
    sources = [layout.source for layout in campaign.survey.layouts]
    personal = (
        []
        if settings.include_personal
        else [judge_personal(source, campaign.form, settings.include) for source in sources]
    )
    table = clean_table(sources, [found.certain for found in personal], filters_of(campaign))
    receipts: list[Receipt] = []
    telling: Counter[str] = Counter()

    def write(stream: BinaryIO) -> None:
        if parquet:
            receipts.append(write_parquet(table, stream, telling=telling))
        else:
            sign = "\t" if settings.format == "tsv" else ","
            receipts.append(write_csv(table, stream, delimiter=sign, bom=settings.bom, telling=telling))
        refuse_nothing_left(receipts[0], settings.where)
        if settings.strict:
            refuse_losses(receipts[0])

    _send(write, settings)
    kept = dict.fromkeys(name for found in personal for name in found.likely)
    notices = [
        *nothing_left(receipts[0]),
        *table.notices,
        *(table.renamed if parquet else ()),
        *(notice for notice in campaign.survey.notices if notice.code == "place_beside"),
        *_guesses(campaign),
        *_doubts(tuple(kept)),
        *_telling(telling),
    ]
    speak(notices, receipts[0], settings)


def _refuse_unfit(settings: Settings, *, parquet: bool) -> None:
    """Refuse what `read` cannot write, or must not print."""
    if settings.scheduler:
        raise UsageError(_("read writes the records on this machine; it does not take --scheduler."))
    if settings.include_personal and not settings.output:
        message = _(
            "--include-personal needs -o FILE (or -o - for a pipe): personal records are not printed by mistake."
        )
        raise UsageError(message)
    if not parquet and settings.format not in ("", "csv", "tsv"):
        raise UsageError(_("read writes csv, tsv or a .parquet file, not {format}.").format(format=settings.format))


def _send(write: Callable[[BinaryIO], None], settings: Settings) -> None:
    """Let the records be written to the output file, or to standard output as they come."""
    if settings.output and settings.output != "-":
        write_atomically(Path(settings.output), write)
    elif settings.strict:
        with temporary.unnamed() as whole:
            write(whole)
            whole.seek(0)
            while chunk := whole.read(1 << 20):
                write_stdout(chunk)
    else:
        stdout = _Stdout()
        write(stdout)  # type: ignore[arg-type]
        stdout.finish()


def _guesses(campaign: Campaign) -> list[Notice]:
    """Say which columns were guessed for the fields of --where."""
    from visittally.analyses.campaign import guess_notices

    variables = campaign.survey.variables
    asked = [variables.get(matcher.condition.dimension.variable) for matcher in campaign.matchers()]
    return guess_notices(campaign.survey, [field for one in asked if one is not None for field in one.fields])


def _doubts(names: Sequence[str]) -> list[Notice]:
    """Say which columns could be personal although their headers do not tell for sure."""
    if not names:
        return []
    message = _("Kept, but possibly personal: {names}. Look at them before you pass the records on.")
    return [Notice("personal_kept", message.format(names=", ".join(names)))]


def _telling(found: Counter[str]) -> list[Notice]:
    """Say in how many records the texts that were written hold telephones, ids or e-mails."""
    if not found:
        return []
    shown = ", ".join(f'"{name}" ({n:,})' for name, n in found.most_common())
    text = _("Telephones, ids or e-mails stand in texts that were kept, in so many records: {shown}.")
    return [Notice("personal_in_texts", text.format(shown=shown))]


class _Stdout:
    """Standard output as a stream: records appear at once, the header with the first of them.

    Where no record is left the reading is refused in the end, and nothing has been printed.
    """

    def __init__(self) -> None:
        self._header: bytes | None = b""

    def write(self, content: bytes) -> int:
        """Write some bytes: the first ones are the header."""
        if self._header is None:
            write_stdout(content)
        elif self._header.strip(_MARK):
            self.finish()
            write_stdout(content)
        else:
            self._header += content
        return len(content)

    def finish(self) -> None:
        """Write a header that has no records below it."""
        if self._header:
            write_stdout(self._header)
        self._header = None
