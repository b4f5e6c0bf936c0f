"""`visittally coverage`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from visittally.cli.delivery import deliver, opened, rows_for_people, understood
from visittally.cli.help import Command
from visittally.cli.input_options import input_options
from visittally.cli.options import as_of_option, output_options, per_option, roster_options, with_settings, without
from visittally.cli.purposes import PURPOSES
from visittally.cli.tally_options import tally_options
from visittally.cli.values import Again
from visittally.messages import _

if TYPE_CHECKING:
    from visittally.settings import Settings


@without("across", "base", "percent", "interval", "complete", "purposive", "statuses")
@click.command(
    cls=Command,
    help=PURPOSES["coverage"],
    epilog=_(
        "\b\nExamples:\n"
        "  visittally coverage visits.csv --roster plan.xlsx\n"
        "  visittally coverage visits.csv --roster plan.csv --roster-column target=任务数 --by township\n"
        "  visittally coverage visits.csv --roster plan.csv --table missing -o missing.csv\n"
        "  visittally coverage calls.csv --column visit_outcome=code --table rates\n"
        "  visittally coverage visits.csv --revisit-after 30 --as-of 2026-04-30 --table revisits\n"
        "  visittally coverage visits.csv --revisit-after 90 --revisit-after elderly=30 --table revisits\n"
        "  visittally coverage visits.csv --plan schedule.xlsx --table plan\n"
        "\b\nTables: places, levels, ratios, progress, missing, unmatched, revisits, rates, depth, plan\n"
        "(missing, revisits, rates and depth only when named with --table; plan with --plan)."
    ),
)
@input_options
@roster_options
@click.option(
    "--revisit-after",
    type=Again(),
    multiple=True,
    metavar="[GROUP=]DAYS",
    help=_("A household is due again after so many days, those of a group of people after others (repeatable)."),
)
@click.option(
    "--plan",
    type=click.Path(),
    metavar="FILE",
    help=_("Who visits where and when: a line for each visit that was planned; --table plan compares it."),
)
@as_of_option
@tally_options
@per_option("case", "household", "visit")
@output_options
@with_settings
def coverage(settings: Settings) -> None:
    """Compare visits with the roster."""
    from visittally.analyses.analysis import run
    from visittally.analyses.coverage.cover import cover

    with opened(settings) as campaign:
        understood(campaign, settings)
        deliver(run(campaign, cover), settings, most=rows_for_people(settings, asked=True))
