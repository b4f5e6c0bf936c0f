"""Kinds of values that options take."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from visittally.messages import LANGUAGES, _, spoken


class Iso(click.ParamType[date]):
    """A day as 2026-04-30."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the day."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(_('"{value}" is not a date such as 2026-04-30.').format(value=value), param, ctx)


class Whole(click.IntRange):
    """A whole number within limits, named in the language of the user."""

    def __init__(self, least: int, most: int | None = None) -> None:
        """Take the limits."""
        super().__init__(least, most)
        self.name = _("whole number")


class Again(click.ParamType[tuple[str, int]]):
    """Days, or the days of a group as GROUP=DAYS."""

    name = "interval"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, int]:
        """Split the text."""
        if isinstance(value, tuple):
            return value
        group, sign, days = str(value).rpartition("=")
        if not days.strip().isdecimal() or int(days) < 1 or (sign and not group.strip()):
            message = _('"{value}": expected a number of days, or a group with its own, such as elderly=30.')
            self.fail(message.format(value=value), param, ctx)
        return group.strip(), int(days)


class NamedText(click.ParamType[tuple[str, str]]):
    """NAME=TEXT, split at the first equals sign."""

    name = "pair"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str]:
        """Split the text."""
        if isinstance(value, tuple):
            return value
        name, sign, text = str(value).partition("=")
        if not sign or not name.strip() or not text.strip():
            message = _('"{value}": expected a name, an equals sign and a text, such as village=地点.')
            self.fail(message.format(value=value), param, ctx)
        return name.strip(), text.strip()


class Language(click.Choice[str]):
    """A language under any of the names that people give it."""

    name = "language"

    def __init__(self) -> None:
        """Offer the languages that we speak."""
        super().__init__(LANGUAGES)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The short name of the language."""
        return super().convert(spoken(str(value)) or value, param, ctx)
