"""Options about the files and how they are understood."""

from __future__ import annotations

import click

from visittally.cli import completion
from visittally.cli.asked import at_home
from visittally.cli.stacking import stack
from visittally.cli.values import NamedText
from visittally.config import find_config, read_config
from visittally.messages import _

CONFIG = "visittally.config"
"""Under what the configuration is kept while a command runs."""


def _use_config(ctx: click.Context, param: click.Parameter, value: str | None) -> str:
    """Read the configuration before the other options, as their defaults."""
    del param
    path = find_config(at_home(value or ""))
    if not path:
        return ""
    config = read_config(path, named=bool(value))
    ctx.meta[CONFIG] = config
    ctx.default_map = {**(ctx.default_map or {}), **config.options}
    return path


files_argument = click.argument("files", nargs=-1, metavar="FILES...", type=click.Path(allow_dash=True))

input_options = stack(
    files_argument,
    click.option(
        "--column",
        "columns",
        type=NamedText(),
        shell_complete=completion.pair,
        multiple=True,
        metavar="FIELD=HEADER",
        help=_(
            "Which column holds a field, such as village=地点 "
            "(repeatable; of several for one field each file takes the first that it has)."
        ),
    ),
    click.option(
        "--family",
        type=NamedText(),
        multiple=True,
        metavar="NAME=HEADER,...",
        help=_(
            "Option columns that are one question, such as problems=Road,Water,School or needs='needs_*' (repeatable)."
        ),
    ),
    click.option(
        "--form",
        type=click.Path(),
        multiple=True,
        metavar="XLSFORM",
        help=_(
            "The form: labels, order and types of questions "
            "(xlsx, or its survey and choices sheets as CSV, given twice)."
        ),
    ),
    click.option(
        "--labels",
        default="",
        metavar="LANGUAGE",
        help=_("Language of the form's labels, such as French or fr (default: the one that is spoken)."),
    ),
    click.option(
        "--where",
        multiple=True,
        metavar="FIELD=VALUE",
        help=_("Only records that meet a condition: = != < <= > >= (repeatable; all must hold)."),
    ),
    click.option(
        "--encoding",
        default="",
        metavar="NAME",
        help=_("Encoding of the files, such as gb18030, when the guess is wrong."),
    ),
    click.option(
        "--delimiter",
        default="",
        metavar="CHAR",
        help=_("What stands between cells, such as ';' or tab, when the guess is wrong."),
    ),
    click.option(
        "--counts",
        type=click.Choice(["yes", "no"]),
        help=_("Whether cells are counts, as in monthly reports, and rows no records (default: found out)."),
    ),
    click.option(
        "--fill-down",
        multiple=True,
        metavar="FIELD",
        help=_("Blanks of this column mean the value above, as merged cells leave them, such as village (repeatable)."),
    ),
    click.option("--no-fill-down", is_flag=True, help=_("Blanks below a filled cell stay blank.")),
    click.option(
        "--include",
        multiple=True,
        metavar="HEADER",
        help=_("Show a column held back for the names or numbers in it (repeatable)."),
    ),
    click.option(
        "--sheet", multiple=True, metavar="NAME", help=_("Sheet of a workbook, when the guess is wrong (repeatable).")
    ),
    click.option(
        "--config",
        is_eager=True,
        callback=_use_config,
        type=click.Path(),
        envvar="VISITTALLY_CONFIG",
        metavar="FILE",
        help=_("Settings as TOML (default: visittally.toml in this folder, if there is one)."),
    ),
    click.option(
        "--strict",
        is_flag=True,
        help=_("Fail, and print no table, when a record is unreadable or invalid."),
    ),
    click.option(
        "--scheduler",
        default="",
        metavar="ADDRESS",
        help=_("Count on a Dask cluster, such as tcp://host:8786."),
    ),
)
"""Options about the files and how they are understood; the FILES themselves."""
