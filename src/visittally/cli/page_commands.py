"""The commands and their options as the page offers them: plain values, made from the command line itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from visittally.cli.group import visittally
from visittally.cli.purposes import PURPOSES
from visittally.cli.values import Iso, Language, NamedText
from visittally.page.columns import fields_to_choose

if TYPE_CHECKING:
    from collections.abc import Iterator

SHOWN = ("summarize", "questions", "coverage", "followup", "compare", "report", "check", "backcheck", "audit")
"""The commands that the page offers."""
_ELSEWHERE = frozenset(
    (
        "output",
        "format",
        "lang",
        "config",
        "scheduler",
        "quiet",
        "verbose",
        "notes",
        "template",
        "raw",
        "bom",
        "bars",
        "formulas",
        "help",
    )
)
"""Options about where results go and how they are printed: the page decides them."""


def described() -> dict[str, Any]:
    """The commands with their options, and the fields that a column can hold, in the language that is spoken."""
    return {
        "shown": SHOWN,
        "commands": {
            name: {"purpose": PURPOSES[name], "options": dict(_options(name))} for name in (*SHOWN, "columns")
        },
        "fields": fields_to_choose(),
    }


def _options(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    command = visittally.get_command(click.Context(visittally), name)
    assert command is not None
    for param in command.params:
        if isinstance(param, click.Option) and param.name not in _ELSEWHERE:
            yield (
                max(param.opts, key=len),
                {
                    "kind": _kind(param),
                    "choices": list(getattr(param.type, "choices", ())),
                    "many": param.multiple,
                    "hint": param.metavar or "",
                    "help": param.help or "",
                },
            )


def _kind(param: click.Option) -> str:
    """What a value looks like: `flag`, `choice`, `file`, `date`, `number`, `pair` or `text`."""
    if param.is_flag:
        return "flag"
    kinds = (
        (Language, "choice"),
        (click.Choice, "choice"),
        (click.Path, "file"),
        (Iso, "date"),
        (click.IntRange, "number"),
        (NamedText, "pair"),
    )
    return next((name for kind, name in kinds if isinstance(param.type, kind)), "text")
