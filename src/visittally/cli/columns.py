"""`visittally columns`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from visittally.cli.delivery import deliver, opened, understood
from visittally.cli.help import Command
from visittally.cli.input_options import input_options
from visittally.cli.options import output_options, with_settings
from visittally.cli.purposes import PURPOSES
from visittally.errors import UsageError
from visittally.messages import _
from visittally.named_files import is_there
from visittally.survey.fields import field_names

if TYPE_CHECKING:
    from visittally.settings import Settings


def _write_template(settings: Settings) -> None:
    """Write an empty ledger.

    Raises:
        UsageError: The name is none of a workbook, or there is such a file.
    """
    from visittally.cli.output import say, write_atomically
    from visittally.render.ledger_template import ledger_template

    if settings.files:
        raise UsageError(_("--template writes an empty ledger and reads no files: leave them out."))
    target = Path(settings.template)
    if target.suffix.lower() != ".xlsx":
        raise UsageError(_("--template writes an empty ledger: give it a name that ends in .xlsx."))
    if is_there(target):
        raise UsageError(_("{path} is there already: a ledger is never written over.").format(path=target))
    write_atomically(target, ledger_template(settings.codebook))
    if not settings.quiet:
        say(_("wrote {path}").format(path=target))


@click.command(
    cls=Command,
    help=PURPOSES["columns"],
    epilog=_(
        "\b\nExamples:\n"
        "  visittally columns ledger.xls\n"
        "  visittally columns survey.csv --table questions\n"
        "  visittally columns survey.csv -f toml > visittally.toml\n"
        "  visittally columns --template ledger.xlsx\n"
        "\b\nTables: fields, files, questions, suggestions. -f toml prints a commented visittally.toml to edit."
    )
    + "\n\n"
    + _("Fields: {names}.").format(names=", ".join(field_names())),
)
@input_options
@click.option(
    "--template",
    default="",
    type=click.Path(),
    metavar="FILE.xlsx",
    help=_("Write an empty ledger whose headers are read, with lists to choose from and its rules; reads no files."),
)
@click.option("--no-code", is_flag=True, help=_("No suggestions of categories for free texts."))
@output_options
@with_settings
def columns(settings: Settings) -> None:
    """Say how the files were understood."""
    if settings.template:
        _write_template(settings)
        return
    from visittally.analyses.analysis import run
    from visittally.analyses.toml_draft import explain, toml

    with opened(settings) as campaign:
        understood(campaign, settings)
        result = run(campaign, explain)
        if settings.format == "toml":
            from visittally.cli.delivery import speak
            from visittally.cli.output import write_atomically, write_stdout

            content = toml(campaign).encode()
            if settings.output and settings.output != "-":
                write_atomically(Path(settings.output), content)
            else:
                write_stdout(content)
            speak(result.notices, result.receipt, settings)
            return
        deliver(result, settings)
