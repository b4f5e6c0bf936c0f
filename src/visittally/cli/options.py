"""The options that commands share, as decorators."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from visittally.cli import completion
from visittally.cli.asked import announce, at_home, settings_of, spare_inputs
from visittally.cli.mistakes import Format, check_files, check_given, nothing_named
from visittally.cli.values import Iso, Language, Pair, Whole
from visittally.config import Config, find_config, read_config
from visittally.errors import FieldError
from visittally.messages import _
from visittally.settings import BASES, PERCENTS, SORTS, Settings

Command = TypeVar("Command", bound=Callable[..., Any])
_CONFIG = "visittally.config"
_LANGUAGE = "visittally.language"


def _use_config(ctx: click.Context, param: click.Parameter, value: str | None) -> str:
    """Read the configuration before the other options, as their defaults."""
    del param
    path = find_config(at_home(value or ""))
    if not path:
        return ""
    config = read_config(path, named=bool(value))
    ctx.meta[_CONFIG] = config
    ctx.default_map = {**(ctx.default_map or {}), **config.options}
    return path


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


def _stack(*options: Callable[[Command], Command]) -> Callable[[Command], Command]:
    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


files_argument = click.argument("files", nargs=-1, metavar="FILES...", type=click.Path(allow_dash=True))


def input_options(command: Command) -> Command:
    """Options about the files and how they are understood; the FILES themselves."""
    return _stack(
        files_argument,
        click.option(
            "--column",
            "columns",
            type=Pair(),
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
            type=Pair(),
            multiple=True,
            metavar="NAME=HEADER,...",
            help=_(
                "Option columns that are one question, such as problems=Road,Water,School or "
                "needs='needs_*' (repeatable)."
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
            help=_(
                "Blanks of this column mean the value above, as merged cells leave them, such as village (repeatable)."
            ),
        ),
        click.option("--no-fill-down", is_flag=True, help=_("Blanks below a filled cell stay blank.")),
        click.option(
            "--include",
            multiple=True,
            metavar="HEADER",
            help=_("Show a column held back for the names in it (repeatable)."),
        ),
        click.option("--sheet", default="", metavar="NAME", help=_("Sheet of a workbook, when the guess is wrong.")),
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
    )(command)


def tally_options(command: Command) -> Command:
    """Options about what is counted."""
    return _stack(
        click.option(
            "--by",
            multiple=True,
            shell_complete=completion.field,
            metavar="FIELD",
            help=_(
                "Rows of the tables: a field or header, with :month or :0,18,35 for dates and numbers "
                "(repeatable; default: village)."
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
        click.option(
            "--sort", type=click.Choice(SORTS), help=_("Order of rows: by count, by name, or as in the form.")
        ),
        click.option(
            "--percent",
            type=click.Choice(PERCENTS),
            help=_("Percentages in the cross table instead of counts."),
        ),
        click.option("--interval", is_flag=True, help=_("Add 95 % intervals (Wilson).")),
        click.option("--complete", is_flag=True, help=_("Everybody was visited: no sampling error, no intervals.")),
        click.option(
            "--tick",
            type=Pair(),
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
    )(command)


def without(*names: str) -> Callable[[click.Command], click.Command]:
    """Take shared options away from a command that has no use for them: an option must not be ignored."""

    def reduce(command: click.Command) -> click.Command:
        command.params = [parameter for parameter in command.params if parameter.name not in names]
        return command

    return reduce


def roster_options(command: Command) -> Command:
    """The plan that visits are compared with."""
    return _stack(
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
            type=Pair(),
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
    return _stack(
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
            type=Pair(),
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
    return _stack(
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
        click.option("--show-visitors", is_flag=True, help=_("Show the names of visitors instead of V01, V02 ...")),
        click.option("-q", "--quiet", is_flag=True, help=_("No notices and no closing line.")),
        click.option("-v", "--verbose", is_flag=True, help=_("Also say how each file was understood.")),
    )(command)


def with_settings(command: Callable[[Settings], None]) -> Callable[..., None]:
    """Give a command its options as one `Settings`; no FILES on a terminal: short help, exit 2."""

    @wraps(command)
    def run(**options: Any) -> None:
        ctx = click.get_current_context()
        config: Config = ctx.meta.get(_CONFIG, Config())
        check_given(ctx)
        settings = settings_of(options, config, parquet=ctx.info_name == "read")
        announce(config, quiet=settings.quiet)
        spare_inputs(ctx, settings)
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


def unknown_tables(names: Sequence[str], known: Sequence[str], withheld: Sequence[str] = ()) -> FieldError:
    """The error for tables that a command does not have, or not for publication."""
    kept = [name for name in names if name in withheld]
    if kept:
        text = _('The table "{name}" holds what is not published: leave out --public and --min-cell, or the table.')
        return FieldError(text.format(name=kept[0]))
    import difflib

    near = difflib.get_close_matches(names[0], known, 1)
    hint = _('Did you mean "{name}"?').format(name=near[0]) + " " if near else ""
    text = _("There is no table {names} here. {hint}Tables: {known}.")
    return FieldError(text.format(names=", ".join(f'"{n}"' for n in names), hint=hint, known=", ".join(known)))
