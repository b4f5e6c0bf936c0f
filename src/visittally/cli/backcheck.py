"""`visittally backcheck`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from visittally.cli import completion
from visittally.cli.delivery import deliver, opened, understood
from visittally.cli.help import Command
from visittally.cli.input_options import input_options
from visittally.cli.options import output_options, with_settings, without
from visittally.cli.purposes import PURPOSES
from visittally.cli.tally_options import tally_options
from visittally.cli.values import NamedText, Whole
from visittally.messages import _

if TYPE_CHECKING:
    from visittally.settings import Settings

_UNUSED = (
    *(
        "across",
        "base",
        "weight",
        "top",
        "sort",
        "percent",
        "interval",
        "complete",
        "purposive",
        "codebook",
        "statuses",
        "no_code",
    ),
    "scheduler",
)


@without(*_UNUSED)
@click.command(
    cls=Command,
    help=PURPOSES["backcheck"],
    epilog=_(
        "\b\nDraw a sheet to fill in by phone or at the door (choose the seed after the visits, and write it down):\n"
        "  visittally backcheck survey.csv --seed 2026-05-03 --share 0.1 -Q roof -o sheet.xlsx\n"
        "\b\nCompare a filled-in sheet, or back-checks from another form:\n"
        "  visittally backcheck survey.csv --answers sheet.xlsx --type1 roof\n"
        "  visittally backcheck survey.csv --answers checks.csv --key id --type1 roof,sex --okay rooms=-1:1\n"
        "\b\nTables: sheet, strata; or rates, questions, cases, unmatched, and with -o differences."
    ),
)
@input_options
@click.option("--seed", default="", metavar="TEXT", help=_("Draw a sample: a text that nobody knew before the visits."))
@click.option(
    "--share", default="0.1", show_default=True, metavar="PART", help=_("Which part of each stratum is drawn.")
)
@click.option("--least", type=Whole(0), default=2, show_default=True, help=_("Cases of each stratum, at least."))
@click.option(
    "--stratum",
    multiple=True,
    shell_complete=completion.field,
    metavar="FIELD",
    help=_("What cases are sorted by before they are drawn (repeatable; default: visitor, else village)."),
)
@click.option(
    "--oversample",
    type=NamedText(),
    multiple=True,
    metavar="SIGNAL=FACTOR",
    help=_("Draw more of the records that a signal of check points out, such as near_duplicate=3 (repeatable)."),
)
@click.option(
    "-Q",
    "--question",
    multiple=True,
    shell_complete=completion.question,
    metavar="NAME",
    help=_("A question to ask again, or to compare (repeatable; default to compare: all that both have)."),
)
@click.option("--include-personal", is_flag=True, help=_("Put names, phones and addresses on the sheet; needs -o."))
@click.option(
    "--answers",
    multiple=True,
    type=click.Path(),
    metavar="FILE",
    help=_("Compare with these back-checks (repeatable)."),
)
@click.option(
    "--answers-column",
    "answers_columns",
    type=NamedText(),
    multiple=True,
    metavar="FIELD=HEADER",
    help=_("Which column of the back-checks holds a field, such as checker=抽查人 (repeatable)."),
)
@click.option(
    "--key",
    default="",
    shell_complete=completion.field,
    metavar="FIELD",
    help=_("What tells cases apart (default: the exporting tool's key, else the household in its village)."),
)
@click.option(
    "--match",
    type=NamedText(),
    multiple=True,
    metavar="OLD=NEW",
    help=_("A question that the back-checks have under another header (repeatable)."),
)
@click.option("--type1", multiple=True, metavar="Q,Q", help=_("Questions that should not change and are easy to ask."))
@click.option("--type2", multiple=True, metavar="Q,Q", help=_("Questions that should not change and are hard to ask."))
@click.option("--type3", multiple=True, metavar="Q,Q", help=_("Questions whose answer may change."))
@click.option(
    "--okay",
    type=NamedText(),
    multiple=True,
    metavar="Q=LOW:HIGH",
    help=_("How far a number may lie off, such as rooms=-1:1 or income=-5%:5% (repeatable)."),
)
@click.option(
    "--okay-rate",
    type=click.FloatRange(0, 100),
    default=10.0,
    show_default=True,
    metavar="PERCENT",
    help=_("Part of a visitor's answers of type 1 that may differ."),
)
@click.option("--count-blank", is_flag=True, help=_("Compare blank answers of the back-checks, too."))
@tally_options
@output_options
@with_settings
def backcheck(settings: Settings) -> None:
    """Draw a sheet, or compare one."""
    from visittally.analyses.backcheck.backcheck import backcheck as run

    with opened(settings) as campaign:
        understood(campaign, settings)
        deliver(run(campaign), settings)
