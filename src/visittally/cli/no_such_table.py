"""What is said of a table that is asked for by name and is not there: what would give it, or what it may have meant."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

import click

from visittally.cli.completion import TABLES
from visittally.errors import FieldError
from visittally.messages import _, listing

if TYPE_CHECKING:
    from collections.abc import Sequence

_COLUMNS = {
    "areas": ("village",),
    "issues": ("issue",),
    "crosstab": ("village", "issue"),
    "themes": ("issue",),
    "needs": ("issue",),
    "spread": ("village", "issue"),
    "unhandled": ("village", "issue", "status"),
    "progress": ("visit_date",),
    "rates": ("visit_outcome",),
    "timeliness": ("visit_date", "due_date", "resolved_date"),
    "replies": ("reply_date", "satisfaction"),
    "replies_owed": ("reply_date",),
    "legacy": ("legacy",),
    "contacts": ("contacts",),
    "what_changed": ("issue",),
    "depth": ("duration_min", "start_time", "issue_text", "persons_present"),
}
"""Fields whose columns give a table."""
_OPTIONS = {
    "places": "--roster FILE",
    "missing": "--roster FILE",
    "unmatched": "--roster FILE",
    "revisits": "--revisit-after DAYS",
    "plan": "--plan FILE",
    "periods": "--by FIELD:month",
}
"""The option that gives a table."""
_UNWEIGHTED = frozenset({"themes", "needs", "spread"})
"""Tables that there are only without weights."""


def no_such_table(names: Sequence[str], known: Sequence[str], withheld: Sequence[str] = ()) -> FieldError:
    """The error for tables that a command does not have, that its files do not give, or that are not published.

    Args:
        names: The tables that are asked for and not there.
        known: The tables that are there.
        withheld: Those that there were before some were withheld.
    """
    name = names[0]
    if any(one in withheld for one in names):
        text = _('The table "{name}" holds what is not published: leave out --public and --min-cell, or the table.')
        return FieldError(text.format(name=next(one for one in names if one in withheld)))
    tables = _("Tables: {known}.").format(known=", ".join(known))
    context = click.get_current_context(silent=True)
    command = context.info_name if context is not None else ""
    own = TABLES.get(command or "", ())
    if name in _UNWEIGHTED and context is not None and context.params.get("weight"):
        text = _('The table "{name}" counts what is not weighted: leave out --weight, or the table. {tables}')
        return FieldError(text.format(name=name, tables=tables))
    if name in own:
        text = _('These files and options do not give the table "{name}". {needs}')
        return FieldError(text.format(name=name, needs=f"{_needs(name)} {tables}".strip()))
    others = [other for other, theirs in TABLES.items() if name in theirs and other != command]
    if others:
        text = _('"{name}" is a table of another command: visittally {command} FILES --table {name}. {tables}')
        return FieldError(text.format(name=name, command=others[0], tables=tables))
    if context is not None and context.parent is not None and name in _commands(context.parent):
        text = _('"{name}" is a command of its own: visittally {name} FILES. {tables}')
        return FieldError(text.format(name=name, tables=tables))
    near = difflib.get_close_matches(name, (*known, *own), 1)
    hint = _('Did you mean "{name}"?').format(name=near[0]) + " " if near else ""
    text = _("There is no table {names} here. {hint}{tables}")
    return FieldError(text.format(names=listing(f'"{one}"' for one in names), hint=hint, tables=tables))


def _commands(group: click.Context) -> Sequence[str]:
    return group.command.list_commands(group) if isinstance(group.command, click.Group) else ()


def _needs(name: str) -> str:
    """What would give a table, as a sentence; "" where nobody can say."""
    if name in _OPTIONS:
        return _("It takes {option}.").format(option=_OPTIONS[name])
    if name == "open_answers":
        return _("It takes questions that ask for thoughts, wishes, worries or demands, and no --by.")
    if name in _COLUMNS:
        fields = listing(f"{field} (--column {field}=HEADER)" for field in _COLUMNS[name])
        return _("It takes columns for: {fields}.").format(fields=fields)
    return ""
