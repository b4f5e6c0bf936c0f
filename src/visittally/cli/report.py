"""`visittally report`."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from visittally.cli import completion
from visittally.cli.delivery import opened, speak, understood
from visittally.cli.help import Command
from visittally.cli.input_options import input_options
from visittally.cli.options import (
    as_of_option,
    before_options,
    output_options,
    per_option,
    roster_options,
    with_settings,
)
from visittally.cli.output import say, write_atomically
from visittally.cli.purposes import PURPOSES
from visittally.cli.tally_options import tally_options
from visittally.cli.watching import watcher
from visittally.errors import UsageError
from visittally.messages import _
from visittally.reading.losses import refuse_losses, refuse_nothing_left
from visittally.render import DOCUMENTS, check_template

if TYPE_CHECKING:
    from visittally.settings import Settings


@click.command(
    cls=Command,
    help=PURPOSES["report"],
    epilog=_(
        "\b\nExamples:\n"
        "  visittally report ledger.xls -o report.docx --lang zh\n"
        "  visittally report exports/*.csv --roster plan.xlsx --form form.xlsx -o report.html\n"
        "  visittally report june.csv --before march.csv -o report.docx\n"
        "  visittally report ledger.xls --check -o internal.docx\n"
        "  visittally report ledger.xls --unit 'Oxbow township' --period 'March 2026' -o report.docx\n"
        "  visittally report ledger.xls --public -o report.html --notes sources.txt\n"
        "  visittally report ledger.xls --template letterhead.docx -o report.docx\n"
        "  visittally report ledger.xls --template ours.html -o report.html"
    ),
)
@input_options
@click.option(
    "--title", default="", metavar="TEXT", help=_("Title of the report (default: made from --unit and --period).")
)
@click.option(
    "--unit", default="", metavar="TEXT", help=_("Who hands the report in: stands in the title and at the end.")
)
@click.option(
    "--period",
    "about_period",
    default="",
    metavar="TEXT",
    help=_("The time it is about, as it is to stand in the title (default: the months of the visits)."),
)
@click.option(
    "--notes",
    default="",
    type=click.Path(),
    metavar="FILE",
    help=_("Write files, fingerprints, version and command line there, not into the report."),
)
@click.option(
    "--template",
    default="",
    type=click.Path(),
    metavar="FILE",
    help=_("A template of your own: a Word document for its styles, header and footer, or an HTML one (Jinja2)."),
)
@click.option("--check", is_flag=True, help=_("Add what should be looked at again; not with --public."))
@roster_options
@before_options
@as_of_option
@click.option(
    "--primary",
    is_flag=True,
    help=_("Count each record under one issue alone: the one that its words fit best, or that is named first."),
)
@click.option(
    "-Q",
    "--question",
    multiple=True,
    shell_complete=completion.question,
    metavar="NAME",
    help=_("Show this question (repeatable; default: the first 40)."),
)
@tally_options
@per_option("case", "household", "visit")
@output_options
@with_settings
def report(settings: Settings) -> None:
    """Write the report."""
    from visittally.composing import compose, no_report

    if not settings.output:
        message = _("report writes a file: add -o NAME.html, .docx, .xlsx or .md")
        raise UsageError(message)
    form = settings.format
    if form not in DOCUMENTS:
        raise no_report(form)
    check_template(settings.template, settings.output)
    with opened(settings) as campaign:
        understood(campaign, settings)
        finished = compose(campaign, shlex.join(["visittally", *sys.argv[1:]]))
    refuse_nothing_left(finished.receipt, settings.where)
    if settings.strict:
        refuse_losses(finished.receipt)
    looking_on = watcher()
    if looking_on is not None and looking_on.report(finished):
        return
    write_atomically(Path(settings.output), finished.content(form))
    if not settings.quiet:
        document = finished.document
        tables, charts = len(list(document.tables())), len(list(document.charts()))
        text = _("wrote {path} ({tables} tables, {charts} charts)")
        say(text.format(path=settings.output, tables=tables, charts=charts))
    speak(finished.notices, finished.receipt, settings)
