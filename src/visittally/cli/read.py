"""`visittally read`."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from visittally.cli.delivery import speak
from visittally.cli.options import input_options, output_options, with_settings, without
from visittally.cli.purposes import PURPOSES
from visittally.errors import Notice, UsageError
from visittally.messages import _
from visittally.output import write_atomically, write_stdout
from visittally.publication import nothing_left, refuse_losses

if TYPE_CHECKING:
    from collections.abc import Sequence

    from visittally.forms import Form
    from visittally.partial import RecordFilter
    from visittally.reading.blocks import TableSource
    from visittally.reading.receipt import Receipt
    from visittally.settings import Settings


@without("table", "digits", "min_cell", "public", "raw", "show_visitors")
@click.command(
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
    from visittally.clean import CleanTable, clean_table, write_csv, write_parquet
    from visittally.columns import judge_personal
    from visittally.forms import read_form
    from visittally.reading import open_sources
    from visittally.reading.inputs import ReadingOptions

    if settings.scheduler:
        raise UsageError(_("read writes the records on this machine; it does not take --scheduler."))
    parquet = settings.output.lower().endswith(".parquet")
    if settings.include_personal and not settings.output:
        message = _(
            "--include-personal needs -o FILE (or -o - for a pipe): personal records are not printed by mistake."
        )
        raise UsageError(message)
    if not parquet and settings.format not in ("", "csv", "tsv"):
        raise UsageError(_("read writes csv, tsv or a .parquet file, not {format}.").format(format=settings.format))
    if settings.where:
        sources, form, filters, guessed = _conditions(settings)
    else:
        options = ReadingOptions(settings.encoding, settings.delimiter, settings.sheet)
        sources, filters, guessed = open_sources(settings.files, options), (), []
        form = read_form(settings.form) if settings.form else None
    personal = [] if settings.include_personal else [judge_personal(source, form) for source in sources]
    table: CleanTable = clean_table(sources, [found.certain for found in personal], filters)
    receipts: list[Receipt] = []

    def write(stream: BinaryIO) -> None:
        if parquet:
            receipts.append(write_parquet(table, stream))
        else:
            sign = "\t" if settings.format == "tsv" else ","
            receipts.append(write_csv(table, stream, delimiter=sign, bom=settings.bom))
        refuse_losses(receipts[0], settings)

    if settings.output and settings.output != "-":
        write_atomically(Path(settings.output), write)
    elif settings.strict:
        with tempfile.TemporaryFile() as whole:
            write(whole)
            whole.seek(0)
            while chunk := whole.read(1 << 20):
                write_stdout(chunk)
    else:
        write(_Stdout())  # type: ignore[arg-type]
    kept = dict.fromkeys(name for found in personal for name in found.likely)
    speak([*nothing_left(receipts[0]), *table.notices, *guessed, *_doubts(tuple(kept))], receipts[0], settings)


def _conditions(
    settings: Settings,
) -> tuple[tuple[TableSource, ...], Form | None, tuple[RecordFilter, ...], list[Notice]]:
    """The files, their form, what leaves out records for --where, and which columns were guessed for it.

    Raises:
        VisitTallyError: A file that cannot be read, a condition that is none, a field that is not there.
    """
    from visittally.campaign import guess_notices, load
    from visittally.clean import filters_of

    campaign = load(settings)
    survey = campaign.survey
    variables = [survey.variables.get(matcher.condition.dimension.variable) for matcher in campaign.matchers()]
    guessed = guess_notices(survey, [field for v in variables if v is not None for field in v.fields])
    return tuple(layout.source for layout in survey.layouts), campaign.form, filters_of(campaign), guessed


def _doubts(names: Sequence[str]) -> list[Notice]:
    """Say which columns could be personal although their headers do not tell for sure."""
    if not names:
        return []
    message = _("Kept, but possibly personal: {names}. Look at them before you pass the records on.")
    return [Notice("personal_kept", message.format(names=", ".join(names)))]


class _Stdout:
    """Standard output as a stream: what is written appears at once."""

    def write(self, content: bytes) -> int:
        """Write some bytes."""
        write_stdout(content)
        return len(content)
