"""`visittally open`."""

from __future__ import annotations

import importlib.util
from contextlib import closing, suppress
from pathlib import Path

import click

from visittally.cli.help import Command
from visittally.cli.input_options import files_argument
from visittally.cli.options import language_option
from visittally.cli.purposes import PURPOSES
from visittally.cli.values import Whole
from visittally.errors import UsageError
from visittally.messages import _


@click.command(
    cls=Command,
    help=PURPOSES["open"],
    epilog=_(
        "\b\nExamples:\n"
        "  visittally open\n"
        "  visittally open exports/*.csv form.xlsx\n"
        "  visittally open --no-browser --port 8321\n"
        "Nothing leaves this machine. End it with the button on the page, by closing the page, or with Ctrl-C."
    ),
)
@files_argument
@click.option("--no-browser", is_flag=True, help=_("Only print the address of the page; open no browser."))
@click.option(
    "--port", type=Whole(1, 65535), metavar="N", help=_("The port of this machine to serve on (default: a free one).")
)
@language_option
def open(files: tuple[str, ...], *, no_browser: bool, port: int | None, lang: str) -> None:  # noqa: A001
    """Serve the page."""
    del lang  # it is spoken already
    if any(importlib.util.find_spec(name) is None for name in ("starlette", "uvicorn")):
        raise UsageError(_("The page needs two more packages. Install them: pip install 'visittally[page]'"))
    from visittally.cli.page_tasks import serve
    from visittally.page.server import ServedPage
    from visittally.reading.inputs.expanding import choose

    named = choose(files)
    for one in named:
        if isinstance(one, Exception):
            raise one
    page = ServedPage(serve, port or 0)
    with closing(page), suppress(KeyboardInterrupt):
        for one in named:
            if isinstance(one, str):
                page.lend(Path(one))
        click.echo(_("The page is at {address}").format(address=page.address))
        click.echo(_("It ends with the button on it, when it is closed, or with Ctrl-C."), err=True)
        page.run(browser=not no_browser)
