"""Somebody who looks on while a command runs, and takes its tables before they are printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractContextManager

    from visittally.analyses.campaign import Campaign
    from visittally.composing import Report
    from visittally.render.cells import RenderOptions
    from visittally.tables.result import Result
    from visittally.tables.table import Table


class Watcher(Protocol):
    """What a command tells whoever stands as its context's object."""

    def progress(self, files: Sequence[tuple[str, int]]) -> AbstractContextManager[Callable[[int], None] | None]:
        """A reading of files, each with its bytes, begins; gives what is told of each further stretch."""

    def understood(self, campaign: Campaign) -> None:
        """The files are understood."""

    def tables(self, tables: Sequence[Table], result: Result, options: RenderOptions) -> None:
        """What would be printed: nothing goes to a file."""

    def report(self, report: Report) -> bool:
        """A report is finished; whether it is taken, and not to be written."""


def watcher() -> Watcher | None:
    """Who looks on at the command that runs, if anybody does."""
    ctx = click.get_current_context(silent=True)
    return None if ctx is None or ctx.obj is None else cast("Watcher", ctx.obj)
