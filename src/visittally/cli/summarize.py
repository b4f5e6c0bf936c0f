"""`visittally summarize`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from visittally.cli.delivery import deliver, opened, rows_for_people, understood
from visittally.cli.help import Command
from visittally.cli.input_options import input_options
from visittally.cli.options import output_options, per_option, with_settings
from visittally.cli.purposes import PURPOSES
from visittally.cli.tally_options import tally_options
from visittally.messages import _

if TYPE_CHECKING:
    from visittally.settings import Settings


@click.command(
    cls=Command,
    help=PURPOSES["summarize"],
    epilog=_(
        "\b\nExamples:\n"
        "  visittally summarize exports/*.csv\n"
        "  visittally summarize ledger.xls --lang zh\n"
        "  visittally summarize survey.csv --by district --across main_needs -f csv\n"
        "  visittally summarize survey.csv --column village=地点 --column issue=意见 -o summary.xlsx\n"
        "\b\nTables: long, areas, issues, crosstab, strength, outcomes; when named themes, needs, spread, unhandled "
        "(csv, tsv and jsonl print long unless --table names another)."
    ),
)
@input_options
@tally_options
@per_option("case", "household", "visit")
@click.option(
    "--primary",
    is_flag=True,
    help=_("Count each record under one issue alone: the one that its words fit best, or that is named first."),
)
@click.option(
    "--bars/--no-bars",
    default=None,
    help=_("Bars beside the issues, in tables as text (default: only on a terminal)."),
)
@output_options
@with_settings
def summarize(settings: Settings) -> None:
    """Run the main job."""
    from visittally.analyses.analysis import run
    from visittally.analyses.summary.summarize import summarize as analysis

    with opened(settings) as campaign:
        understood(campaign, settings)
        deliver(run(campaign, analysis), settings, most=rows_for_people(settings))
