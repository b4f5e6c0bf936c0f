"""Options about what is counted."""

from __future__ import annotations

import click

from visittally.cli import completion
from visittally.cli.stacking import stack
from visittally.cli.values import NamedText, Whole
from visittally.messages import _
from visittally.settings import BASES, PERCENTS, SORTS

tally_options = stack(
    click.option(
        "--by",
        multiple=True,
        shell_complete=completion.field,
        metavar="FIELD",
        help=_(
            "Rows of the tables: a field or header, with :month, :hour, :worktime or :0,18,35 for dates, times and "
            "numbers (repeatable; default: village)."
        ),
    ),
    click.option(
        "--across",
        default="",
        shell_complete=completion.field,
        metavar="FIELD",
        help=_("What stands in the place of the issue: any field or question."),
    ),
    click.option(
        "--base",
        type=click.Choice(BASES),
        default="asked",
        show_default=True,
        help=_("What percentages divide by."),
    ),
    click.option(
        "--weight",
        default="",
        shell_complete=completion.field,
        metavar="FIELD",
        help=_("Column with the weight of each record."),
    ),
    click.option(
        "--top",
        type=Whole(0),
        metavar="N",
        help=_("Show the N most frequent, the rest as one (0: all)."),
    ),
    click.option("--sort", type=click.Choice(SORTS), help=_("Order of rows: by count, by name, or as in the form.")),
    click.option(
        "--percent",
        type=click.Choice(PERCENTS),
        help=_("Percentages in the cross table instead of counts."),
    ),
    click.option("--interval", is_flag=True, help=_("Add 95 % intervals (Wilson).")),
    click.option("--complete", is_flag=True, help=_("Everybody was visited: no sampling error, no intervals.")),
    click.option(
        "--purposive",
        is_flag=True,
        help=_("The places were chosen, not drawn: tables say so, and there are no intervals."),
    ),
    click.option(
        "--tick",
        type=NamedText(),
        multiple=True,
        metavar="QUESTION=CODES",
        help=_("Which codes of a scale count as ticked, such as crime=2,3 (repeatable)."),
    ),
    click.option(
        "--codebook",
        default="",
        type=click.Path(),
        metavar="FILE",
        help=_("Categories of your own as TOML: they change or add to the 19 that come with the program."),
    ),
    click.option(
        "--statuses",
        type=click.Path(),
        metavar="FILE",
        help=_("The table of statuses with your corrections (followup --table statuses -o FILE writes it)."),
    ),
    click.option("--no-code", is_flag=True, help=_("Do not sort free texts into categories by key words.")),
)
"""Options about what is counted."""
