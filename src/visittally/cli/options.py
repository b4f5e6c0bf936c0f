"""The options that commands share, as decorators."""

from __future__ import annotations

import sys
from functools import wraps
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from visittally.cli import completion
from visittally.cli.asked import announce, check_output, settings_of, spare_inputs
from visittally.cli.input_options import CONFIG
from visittally.cli.mistakes import Format, check_files, check_given, nothing_named
from visittally.cli.stacking import Command, stack
from visittally.cli.values import Iso, Language, NamedText, Whole
from visittally.config import Config
from visittally.messages import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from visittally.settings import Settings

_LANGUAGE = "visittally.language"


def _set_language(ctx: click.Context, param: click.Parameter, value: str | None) -> str:
    """Speak the language from here on; the command line itself was made in it already where it was named there.

    What is named behind the command holds before what is named in front of it, and that before environment and file.
    """
    from visittally import messages

    if value and ctx.get_parameter_source(str(param.name)) is ParameterSource.COMMANDLINE:
        ctx.meta[_LANGUAGE] = value
    messages.set_language(ctx.meta.get(_LANGUAGE) or value or messages.preferred_language())
    return messages.language()


def language_option(command: Command) -> Command:
    """The language of everything that is said."""
    return click.option(
        "--lang",
        type=Language(),
        callback=_set_language,
        is_eager=True,
        envvar="VISITTALLY_LANG",
        help=_("Language of tables and messages."),
    )(command)


def without(*names: str) -> Callable[[click.Command], click.Command]:
    """Take shared options away from a command that has no use for them: an option must not be ignored."""

    def reduce(command: click.Command) -> click.Command:
        command.params = [parameter for parameter in command.params if parameter.name not in names]
        return command

    return reduce


def roster_options(command: Command) -> Command:
    """The plan that visits are compared with."""
    return stack(
        click.option(
            "--roster",
            default="",
            type=click.Path(),
            metavar="FILE",
            help=_("The plan: places with their targets, or households one by one."),
        ),
        click.option(
            "--roster-column",
            "roster_columns",
            type=NamedText(),
            shell_complete=completion.pair,
            multiple=True,
            metavar="FIELD=HEADER",
            help=_(
                "Which column of the roster holds a field: a place, target, target.NAME, target_type, household_id "
                "(repeatable)."
            ),
        ),
        click.option(
            "--count",
            type=click.Choice(["completed", "visited"]),
            help=_("What is divided by the target (default: completed where outcomes are recorded)."),
        ),
    )(command)


def before_options(command: Command) -> Command:
    """The earlier round that the files are compared with."""
    return stack(
        click.option(
            "--before",
            multiple=True,
            type=click.Path(),
            metavar="EARLIER",
            help=_("Files of the earlier round (repeatable)."),
        ),
        click.option(
            "--form-before",
            multiple=True,
            type=click.Path(),
            metavar="XLSFORM",
            help=_("The form of the earlier round."),
        ),
        click.option(
            "--match",
            type=NamedText(),
            multiple=True,
            metavar="OLD=NEW",
            help=_("A question that went by another header in the earlier round (repeatable)."),
        ),
    )(command)


def as_of_option(command: Command) -> Command:
    """The day that ages are counted to."""
    text = _("The day to count from (default: the newest date in the files).")
    return click.option("--as-of", type=Iso(), metavar="DATE", help=text)(command)


def per_option(*units: str) -> Callable[[Command], Command]:
    """What is counted as one."""
    return click.option(
        "--per", type=click.Choice(units), help=_("What is counted as one (default: found from the files).")
    )


def output_options(command: Command) -> Command:
    """Options about what is printed, where and how."""
    return stack(
        click.option(
            "--table",
            multiple=True,
            shell_complete=completion.table,
            metavar="NAME",
            help=_("Print only this table (repeatable)."),
        ),
        click.option(
            "-f",
            "--format",
            "format",
            type=Format(),
            metavar="FORMAT",
            help=_(
                "table (default), markdown, csv, tsv, json, jsonl, html, xlsx, docx, "
                "or any style of tabulate (grid, latex, ...)."
            ),
        ),
        click.option(
            "-o",
            "--output",
            default="",
            type=click.Path(),
            metavar="FILE",
            help=_("Write to a file; its suffix tells the format."),
        ),
        language_option,
        click.option(
            "--digits",
            type=Whole(0, 10),
            metavar="N",
            default=1,
            show_default=True,
            help=_("Decimals of percentages, for people (machine formats are unrounded)."),
        ),
        click.option(
            "--min-cell",
            type=Whole(0),
            default=0,
            metavar="N",
            help=_("Hide counts below N, and others from which they would follow."),
        ),
        click.option(
            "--public",
            is_flag=True,
            help=_("For publication: --min-cell 5, and no sensitive categories by place."),
        ),
        click.option("--raw", is_flag=True, help=_("Leave labels that look like formulas as they are in csv and tsv.")),
        click.option("--bom", is_flag=True, help=_("Write csv for spreadsheets: with byte order mark and CRLF.")),
        click.option("--formulas", is_flag=True, help=_("Totals of xlsx as formulas, where they are sums.")),
        click.option("--show-visitors", is_flag=True, help=_("Show the names of visitors instead of V01, V02 ...")),
        click.option("-q", "--quiet", is_flag=True, help=_("No notices and no closing line.")),
        click.option("-v", "--verbose", is_flag=True, help=_("Also say how each file was understood.")),
    )(command)


def with_settings(command: Callable[[Settings], None]) -> Callable[..., None]:
    """Give a command its options as one `Settings`; no FILES on a terminal: short help, exit 2."""

    @wraps(command)
    def run(**options: Any) -> None:
        ctx = click.get_current_context()
        config: Config = ctx.meta.get(CONFIG, Config())
        check_given(ctx)
        settings = settings_of(options, config, parquet=ctx.info_name == "read")
        announce(config, quiet=settings.quiet)
        spare_inputs(ctx, settings)
        typed = [name for name in options if ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE]
        check_output(settings, typed, "csv" if ctx.info_name == "read" else "table")
        starts_anew = ctx.info_name == "columns" and settings.template
        if not settings.files and not starts_anew:
            if sys.stdin is not None and sys.stdin.isatty():
                click.echo(ctx.get_usage(), err=True)
                click.echo(_("Try '{command} --help' for help.").format(command=ctx.command_path), err=True)
                ctx.exit(2)
            if _is_empty(sys.stdin):
                raise nothing_named(ctx)
            settings = settings.with_options(files=("-",))
        check_files(settings.files)
        command(settings)

    return run


def _is_empty(stdin: Any) -> bool:
    """Whether nothing comes through standard input, as far as that can be told without taking anything."""
    peek = getattr(getattr(stdin, "buffer", None), "peek", None)
    try:
        return peek is not None and not peek(1)
    except (OSError, ValueError):
        return False
