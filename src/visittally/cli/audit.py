"""`visittally audit`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from visittally.cli.delivery import deliver
from visittally.cli.help import Command
from visittally.cli.input_options import input_options
from visittally.cli.options import output_options, with_settings, without
from visittally.cli.purposes import PURPOSES
from visittally.cli.values import NamedText, Whole
from visittally.errors import VisitTallyError
from visittally.messages import _

if TYPE_CHECKING:
    from visittally.settings import Settings


@without(
    "columns",
    "form",
    "family",
    "counts",
    "labels",
    "fill_down",
    "no_fill_down",
    "include",
    "counts",
    "labels",
    "where",
    "scheduler",
    "min_cell",
    "public",
    "show_visitors",
    "verbose",
)
@click.command(
    cls=Command,
    help=PURPOSES["audit"],
    epilog=_(
        "\b\nExamples:\n"
        "  visittally audit circular.csv\n"
        "  visittally audit report.docx --lang zh\n"
        "  visittally audit table.xlsx --rate 办结率=办结/受理 --total 全区\n"
        "  visittally audit table.csv --sum all=men,women -f csv\n"
        "  visittally audit notice.txt --strict\n"
        "\b\nTables: findings, relations, statements (of sentences). --strict: exit 1 where anything is found."
    ),
)
@input_options
@click.option(
    "--rate",
    "rates",
    type=NamedText(),
    multiple=True,
    metavar="COLUMN=PART/WHOLE",
    help=_("Of which two columns a rate is, such as 办结率=办结/受理 (repeatable)."),
)
@click.option(
    "--sum",
    "sums",
    type=NamedText(),
    multiple=True,
    metavar="TOTAL=A,B,C",
    help=_("Which columns, or rows, add up to another one (repeatable)."),
)
@click.option(
    "--total",
    "totals",
    multiple=True,
    metavar="LABEL",
    help=_("The label of a total row that is not called so (repeatable)."),
)
@click.option("--table-number", type=Whole(1), metavar="N", help=_("Only the table with this number in its file."))
@click.option("--text", is_flag=True, help=_("Read the files as sentences, not as tables."))
@output_options
@with_settings
def audit(settings: Settings) -> None:
    """Test the figures of a finished table."""
    from visittally.analyses.audit.audit import audit as run

    result = run(settings)
    deliver(result, settings)
    found = len(result.tables["findings"].rows)
    if settings.strict and found:
        raise VisitTallyError(_("{n:,} figures do not follow from the others. (--strict)").format(n=found))
