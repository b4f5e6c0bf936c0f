"""`visittally guide`."""

from __future__ import annotations

import os
import shutil

import click

from visittally.cli.help import Command
from visittally.cli.options import language_option
from visittally.cli.output import on_a_terminal, write_stdout
from visittally.cli.purposes import PURPOSES
from visittally.guidebook import TOPICS, page, title
from visittally.messages import _, language
from visittally.version import __version__


@click.command(
    cls=Command,
    help=PURPOSES["guide"],
    epilog=_(
        "\b\nExamples:\n"
        "  visittally guide\n"
        "  visittally guide ledger --lang zh\n"
        "  visittally guide options | grep -i weight\n"
        "  visittally guide --man > visittally.1"
    ),
)
@click.argument("topic", type=click.Choice(TOPICS), required=False, metavar="[TOPIC]")
@click.option("--man", is_flag=True, help=_("Print the pages as a manual page (roff)."))
@language_option
def guide(topic: str | None, *, man: bool, lang: str) -> None:
    """Show a page, or what there are."""
    del lang  # it is spoken already
    if man:
        write_stdout(_manual((topic,) if topic else TOPICS).encode())
    elif topic is None:
        write_stdout(_list().encode())
    elif on_a_terminal():
        from visittally.render.pages.terminal import laid_out

        width = shutil.get_terminal_size().columns
        click.echo_via_pager(laid_out(page(topic, language()), width, bold="NO_COLOR" not in os.environ))
    else:
        write_stdout(page(topic, language()).encode())


def _list() -> str:
    """The topics, a line each."""
    from visittally.words.wrapping import padded

    column = max(map(len, TOPICS)) + 2
    lines = [f"  {padded(topic, column)}{title(topic, language())}" for topic in TOPICS]
    return "\n".join((_("Topics of the guide (visittally guide TOPIC):"), *lines)) + "\n"


def _manual(topics: tuple[str, ...]) -> str:
    from visittally.render.pages.roff import manual

    summary = _("tally what door-to-door visits found")
    synopsis = "visittally COMMAND [OPTIONS] FILES..."
    return manual("visittally", __version__, summary, synopsis, [page(topic, language()) for topic in topics])
