"""`visittally check`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from visittally.cli.delivery import deliver, opened, understood
from visittally.cli.help import Command
from visittally.cli.input_options import input_options
from visittally.cli.options import output_options, roster_options, with_settings, without
from visittally.cli.purposes import PURPOSES
from visittally.cli.tally_options import tally_options
from visittally.cli.values import Iso, NamedText
from visittally.messages import _

if TYPE_CHECKING:
    from visittally.settings import Settings

_UNUSED = (
    *("across", "base", "weight", "top", "sort", "percent", "interval", "complete", "purposive", "no_code", "count"),
    "scheduler",
)


@without(*_UNUSED)
@click.command(
    cls=Command,
    help=PURPOSES["check"],
    epilog=_(
        "\b\nExamples:\n"
        "  visittally check survey.csv --form form.xlsx\n"
        "  visittally check exports/*.csv --from 2026-03-15 --to 2026-04-15 --lang zh\n"
        "  visittally check survey.csv --signal overlap --signal short --threshold overlap=30\n"
        "  visittally check survey.csv --table records -o look-again.csv\n"
        "  visittally check survey.csv --by village\n"
        "\b\nTables: signals, overview, visitors, questions, and records (file and line; only when named, with -o).\n"
        "A signal is a reason to look again, not a finding about anybody."
    ),
)
@input_options
@click.option("--signal", multiple=True, metavar="NAME", help=_("Only this signal (repeatable)."))
@click.option(
    "--threshold",
    type=NamedText(),
    multiple=True,
    metavar="NAME=VALUE",
    help=_("From which figure on something is pointed out, such as overlap=30 (repeatable)."),
)
@click.option("--from", "since", type=Iso(), metavar="DATE", help=_("The first day of the campaign."))
@click.option("--to", "until", type=Iso(), metavar="DATE", help=_("Its last day."))
@click.option(
    "--scale",
    multiple=True,
    metavar="QUESTION,...",
    help=_("Questions that are the items of one scale (repeatable; default: neighbours with the same options)."),
)
@click.option("--ignore", multiple=True, metavar="QUESTION", help=_("Leave this question out (repeatable)."))
@roster_options
@tally_options
@output_options
@with_settings
def check(settings: Settings) -> None:
    """Look for what should be looked at again."""
    from visittally.analyses.analysis import run
    from visittally.analyses.check.check import check as analysis

    with opened(settings) as campaign:
        understood(campaign, settings)
        deliver(run(campaign, analysis), settings)
