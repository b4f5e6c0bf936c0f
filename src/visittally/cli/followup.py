"""`visittally followup`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from visittally.cli.delivery import deliver, opened, rows_for_people, understood
from visittally.cli.help import Command
from visittally.cli.input_options import input_options
from visittally.cli.options import as_of_option, output_options, per_option, with_settings, without
from visittally.cli.purposes import PURPOSES
from visittally.cli.tally_options import tally_options
from visittally.errors import UsageError
from visittally.messages import _

if TYPE_CHECKING:
    from visittally.settings import Settings


@without("base", "percent")
@click.command(
    cls=Command,
    help=PURPOSES["followup"],
    epilog=_(
        "\b\nExamples:\n"
        "  visittally followup ledger.xls\n"
        "  visittally followup ledger.xls --by responsible_unit --as-of 2026-04-30\n"
        "  visittally followup ledger.xls --table list -o open.xlsx\n"
        "  visittally followup ledger.xls --table list --with-text -o open.csv\n"
        "\b\nTables: summary, timeliness, replies, legacy, contacts, statuses;\n"
        "only when named: what_changed, list (the open issues), replies_owed."
    ),
)
@input_options
@as_of_option
@click.option(
    "--with-text",
    is_flag=True,
    help=_("Add the wording of the issues to the list, personal details masked; needs -o FILE."),
)
@click.option(
    "--sensitive",
    is_flag=True,
    help=_("Let sensitive issues stand in the lists (conduct, early signs, violence at home ...); needs -o FILE."),
)
@click.option(
    "--all-columns", is_flag=True, help=_("Show people all columns of the summary, not those that matter most.")
)
@tally_options
@per_option("issue", "case")
@output_options
@with_settings
def followup(settings: Settings) -> None:
    """Follow the issues up."""
    from visittally.analyses.analysis import run
    from visittally.analyses.followup.follow import follow

    if settings.with_text and not settings.output:
        message = _("--with-text needs -o FILE: what people said is not printed by mistake.")
        raise UsageError(message)
    if settings.sensitive and (not settings.output or settings.public):
        message = _("--sensitive needs -o FILE, and does not go with --public: it is for those who handle the issues.")
        raise UsageError(message)
    with opened(settings) as campaign:
        understood(campaign, settings)
        deliver(run(campaign, follow), settings, most=rows_for_people(settings, asked=True))
