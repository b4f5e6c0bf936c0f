"""What people type by mistake, and the sentence that helps."""

from __future__ import annotations

import glob
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from visittally.errors import InputError, UsageError
from visittally.messages import _
from visittally.named_files import is_there
from visittally.render import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

DASHES = "‐‑‒–—―−－﹣"
"""What office programs make of two hyphens, or of one."""
_PROGRAMS = {
    **dict.fromkeys(("excel", "xls", "spreadsheet", "workbook"), "xlsx"),
    **dict.fromkeys(("word", "doc"), "docx"),
    **dict.fromkeys(("md", "gfm"), "markdown"),
    **dict.fromkeys(("htm", "web", "page"), "html"),
    **dict.fromkeys(("ndjson", "jsonlines"), "jsonl"),
    **dict.fromkeys(("txt", "text"), "table"),
    "tab": "tsv",
    "tex": "latex",
}
"""What people call a format."""


class Format(click.Choice[str]):
    """A format; a program's name is answered with the format that it opens."""

    def __init__(self) -> None:
        """Offer every format."""
        super().__init__(FORMATS)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name of the format."""
        meant = _PROGRAMS.get(str(value).lower())
        if meant is not None:
            self.fail(self._better(meant).format(name=value, format=meant), param, ctx)
        return super().convert(value, param, ctx)

    @staticmethod
    def _better(meant: str) -> str:
        if meant in ("xlsx", "docx"):
            return _('"{name}" is no format. Write: -o NAME.{format}')
        return _('"{name}" is no format. Write: -f {format}')


def no_command(word: str, commands: Sequence[str]) -> str:
    """The sentence for a word that stands where the command should."""
    import difflib

    if word[:1] in DASHES:
        return long_dash(word)
    if Path(word).suffix or is_there(word) or glob.has_magic(word) or "://" in word:
        text = _('"{name}" stands where the command should. Write: visittally {command} {name}')
        return text.format(name=word, command=commands[0])
    near = difflib.get_close_matches(word, commands, 1)
    hint = _('Did you mean "{name}"?').format(name=near[0]) if near else ""
    text = _('There is no command "{name}".').format(name=word)
    every = _("Commands: {names}.").format(names=", ".join(commands))
    return f"{text} {hint or every}"


def long_dash(word: str) -> str:
    """The sentence for an option whose hyphens an office program has joined."""
    bare = word.lstrip(DASHES + "-")
    meant = ("-" if len(bare.partition("=")[0]) == 1 else "--") + bare
    text = _('"{typed}" begins with a long dash, which an office program makes of hyphens. Type it anew: {meant}')
    return text.format(typed=word, meant=meant)


def check_files(files: Iterable[str]) -> None:
    """Refuse what stands among the files, but is an option with a long dash.

    Raises:
        UsageError: Something does.
    """
    for file in files:
        if file[:1] in tuple(DASHES) and not is_there(file):
            raise UsageError(long_dash(file))


def check_given(ctx: click.Context) -> None:
    """Refuse options that were given without a value: a variable of the shell was empty, or a value forgotten.

    Raises:
        UsageError: One was.
    """
    for param in ctx.command.params:
        name, value = str(param.name), ctx.params.get(str(param.name))
        given = ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE
        if given and name not in ("title", "files") and (value == "" or (isinstance(value, tuple) and "" in value)):
            text = _("{option} is given, but empty. Give it a value, or leave it out.")
            raise UsageError(text.format(option=max(param.opts, key=len)))


def of_others(error: click.NoSuchOption, commands: Iterable[str], get: Callable[[str], click.Command | None]) -> str:
    """To which commands an option belongs that this one does not have; "" where none has it."""
    owners = []
    for name in commands:
        command = get(name)
        if command is not None and any(error.option_name in param.opts for param in command.params):
            owners.append(name)
    return (
        _("{option} belongs to: {commands}.").format(option=error.option_name, commands=", ".join(owners))
        if owners
        else ""
    )


def nothing_named(ctx: click.Context) -> InputError:
    """The error where no file is named and nothing comes through a pipe."""
    text = _("No file is named, and nothing comes through a pipe. Name a file: {command} FILE")
    return InputError(text.format(command=ctx.command_path))
