"""`visittally compare`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from visittally.cli import completion
from visittally.cli.delivery import deliver, opened, understood
from visittally.cli.help import Command
from visittally.cli.input_options import input_options
from visittally.cli.options import as_of_option, before_options, output_options, per_option, with_settings, without
from visittally.cli.purposes import PURPOSES
from visittally.cli.tally_options import tally_options
from visittally.cli.values import Iso
from visittally.messages import _
from visittally.settings import SPANS

if TYPE_CHECKING:
    from visittally.settings import Settings


@without("percent", "interval")
@click.command(
    cls=Command,
    help=PURPOSES["compare"],
    epilog=_(
        "\b\nExamples:\n"
        "  visittally compare --before march.csv june.csv\n"
        "  visittally compare --before march.csv june.csv -Q income -Q needs --by sex\n"
        "  visittally compare --before march.csv june.csv --panel household\n"
        "  visittally compare survey.csv --split visit_date=2026-06-01\n"
        "  visittally compare exports/*.csv --period month --lang zh\n"
        "\b\nTables: shares, means, indicators, places, form; with --period periods (the first is what csv prints)."
    ),
)
@input_options
@before_options
@click.option(
    "--split",
    default="",
    metavar="FIELD=VALUE",
    help=_("Compare the records that have the value with the others; a date: those from it on with those before it."),
)
@click.option("--period", type=click.Choice(SPANS), help=_("Compare each period with the one before it."))
@click.option(
    "--from", "since", type=Iso(), metavar="DATE", help=_("Where the sum up to a period begins (default: 1 January).")
)
@click.option("--partial", is_flag=True, help=_("Compare incomplete periods, too."))
@click.option(
    "--panel",
    default="",
    shell_complete=completion.field,
    metavar="FIELD",
    help=_("Compare the same cases only: those whose key stands once in each round."),
)
@click.option(
    "-Q",
    "--question",
    multiple=True,
    shell_complete=completion.question,
    metavar="NAME",
    help=_("A question to compare (repeatable; '*' for all; default: the issue)."),
)
@tally_options
@per_option("case", "household", "visit")
@as_of_option
@output_options
@with_settings
def compare(settings: Settings) -> None:
    """Say what has changed."""
    from visittally.analyses.compare.compare import compare as run

    with opened(settings) as campaign:
        understood(campaign, settings)
        deliver(run(campaign), settings)
