"""`visittally questions`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from visittally.cli import completion
from visittally.cli.delivery import deliver, opened, rows_for_people, understood
from visittally.cli.help import Command
from visittally.cli.input_options import input_options
from visittally.cli.options import output_options, per_option, with_settings, without
from visittally.cli.purposes import PURPOSES
from visittally.cli.tally_options import tally_options
from visittally.errors import UsageError
from visittally.messages import _

if TYPE_CHECKING:
    from visittally.settings import Settings


@without("across", "percent", "codebook", "statuses", "no_code")
@click.command(
    cls=Command,
    help=PURPOSES["questions"],
    epilog=_(
        "\b\nExamples:\n"
        "  visittally questions survey.csv --form form.xlsx --by sex\n"
        "  visittally questions survey.csv -Q income -Q crime --tick crime=2,3\n"
        "  visittally questions survey.csv -Q main_needs --base all -f csv\n"
        "\b\nTables: long (all questions, for csv), open_answers (thoughts, wishes, worries and demands, counted), "
        "and one for each question, named after it."
    ),
)
@input_options
@click.option(
    "-Q",
    "--question",
    multiple=True,
    shell_complete=completion.question,
    metavar="NAME",
    help=_("A question: its header, its last part, or the stem of a numbered family (repeatable)."),
)
@click.option("--valid", is_flag=True, help=_("Who said don't know or refused is in no base; their rows stay."))
@click.option("--texts", is_flag=True, help=_("List the answers to open questions; needs -o FILE."))
@tally_options
@per_option("case", "household", "visit")
@output_options
@with_settings
def questions(settings: Settings) -> None:
    """Make the tables of questions."""
    from visittally.analyses.analysis import run
    from visittally.analyses.questions.tabulate import tabulate

    if settings.texts and not settings.output:
        message = _("--texts needs -o FILE (or -o - for a pipe): what people wrote is not printed by mistake.")
        raise UsageError(message)
    with opened(settings) as campaign:
        understood(campaign, settings)
        deliver(run(campaign, tabulate), settings, most=rows_for_people(settings))
