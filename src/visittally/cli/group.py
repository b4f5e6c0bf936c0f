"""The group of all commands, and what happens to errors."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

import click

from visittally.cli.help import AlignedContext
from visittally.cli.mistakes import no_command, of_others
from visittally.cli.options import language_option
from visittally.cli.purposes import PURPOSES
from visittally.errors import VisitTallyError
from visittally.messages import _
from visittally.version import __version__

COMMANDS = tuple(PURPOSES)


class _Refusal(click.ClickException):
    """An error of the library on its way to the terminal."""

    def __init__(self, message: str, exit_code: int) -> None:
        super().__init__(message)
        self.exit_code = exit_code  # type: ignore[misc]  # click declares it for the class and reads it from the instance


class CommandGroup(click.Group):
    """A group whose commands are modules of this package, imported on demand, and may raise `VisitTallyError`."""

    context_class = AlignedContext

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The commands in the order in which people need them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(f"visittally.cli.{cmd_name}"), cmd_name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing them."""
        with formatter.section(_("Commands")):
            formatter.write_dl(list(PURPOSES.items()))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Options of commands stand behind their command."""
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            hint = _("Options stand behind the command: visittally {command} FILES {option} ...")
            text = hint.format(command=COMMANDS[0], option=error.option_name)
            raise click.UsageError(f"{error.format_message()} {text}", ctx) from error

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; a name that is none gets a suggestion."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            raise click.UsageError(no_command(args[0], COMMANDS), ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; turn its errors into messages and exit codes."""
        try:
            return super().invoke(ctx)
        except click.NoSuchOption as error:
            hint = of_others(error, COMMANDS, lambda name: self.get_command(ctx, name))
            raise click.UsageError(f"{error.format_message()} {hint}".strip(), error.ctx) from error
        except VisitTallyError as error:
            from visittally.render.cells import shown_controls
            from visittally.words.personal import scrub

            # What stands in files can reach a message; it must neither steer the terminal nor tell who was visited.
            raise _Refusal(shown_controls(scrub(str(error)), keep="\n"), error.exit_code) from error
        except KeyboardInterrupt:
            click.echo("", err=True)
            ctx.exit(130)


def _show_version(ctx: click.Context, _option: click.Parameter, asked: bool) -> None:  # noqa: FBT001 - click calls it
    """The version, and what reads delimited text: the compiled module, or numpy."""
    if asked and not ctx.resilient_parsing:
        from visittally.reading.text import heart

        click.echo(f"visittally, version {__version__} ({heart.name()})")
        ctx.exit()


@click.group(
    cls=CommandGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=_(
        "Say what was found from door to door: issues by village, coverage, follow-up, questionnaires, reports, "
        "from the exports of any form tool or from hand-kept ledgers.\n\n"
        "Start with:  visittally summarize exports/*.csv"
    ),
    epilog=_("Every command has examples: visittally COMMAND --help"),
)
@click.option(
    "-V",
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_show_version,
    help=_("Show the version and exit."),
)
@language_option
def visittally(lang: str) -> None:
    """Run a command."""
    del lang  # it is spoken already
    # Chinese must come out whole on consoles and pipes whose code page is not UTF-8.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure") and (stream.encoding or "").lower().replace("-", "") != "utf8":
            stream.reconfigure(errors="backslashreplace")
