"""`visittally columns`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from visittally.cli.delivery import deliver, opened, understood
from visittally.cli.help import Command
from visittally.cli.options import input_options, output_options, with_settings
from visittally.cli.purposes import PURPOSES
from visittally.messages import _
from visittally.survey.fields import field_names

if TYPE_CHECKING:
    from visittally.settings import Settings


@click.command(
    cls=Command,
    help=PURPOSES["columns"],
    epilog=_(
        "\b\nExamples:\n"
        "  visittally columns ledger.xls\n"
        "  visittally columns survey.csv --table questions\n"
        "  visittally columns survey.csv -f toml > visittally.toml\n"
        "\b\nTables: fields, files, questions, suggestions. -f toml prints a commented visittally.toml to edit."
    )
    + "\n\n"
    + _("Fields: {names}.").format(names=", ".join(field_names())),
)
@input_options
@click.option("--no-code", is_flag=True, help=_("No suggestions of categories for free texts."))
@output_options
@with_settings
def columns(settings: Settings) -> None:
    """Say how the files were understood."""
    from visittally.analyses.analysis import run
    from visittally.analyses.toml_draft import explain, toml

    with opened(settings) as campaign:
        understood(campaign, settings)
        result = run(campaign, explain)
        if settings.format == "toml":
            from pathlib import Path

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
