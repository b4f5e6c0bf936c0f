"""What the process beside the page does: it runs the commands of this package, as a terminal would, and looks on."""

from __future__ import annotations

import contextlib
import io
import os
import signal
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from visittally.page.tasks import Progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection

    from visittally.analyses.campaign import Campaign
    from visittally.composing import Report
    from visittally.page.tasks import Answer, PageTask
    from visittally.render.cells import RenderOptions
    from visittally.tables.result import Result
    from visittally.tables.table import Table

_STEPS = 100
"""How often a reading tells how far it has come."""


def serve(connection: Connection, folder: str, language: str) -> None:
    """Do tasks one after the other until nobody asks any more.

    Args:
        connection: Brings a `Task`; takes any number of `Progress` and one answer.
        folder: The working directory: file names stand in command lines as people know them.
        language: What is spoken; help texts are made when commands are first imported.
    """
    from visittally import messages

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the page ends this process
    if config := os.environ.get("VISITTALLY_CONFIG"):
        os.environ["VISITTALLY_CONFIG"] = str(Path(config).resolve())
    os.chdir(folder)
    tempfile.tempdir = tempfile.mkdtemp(dir=Path(folder).parent)  # what is unpacked goes with the page, killed or not
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    messages.bind_click(language)
    messages.set_language(language)
    while True:
        try:
            task: PageTask = connection.recv()
            connection.send(_done(task, connection.send))
        except (EOFError, OSError):
            return


def _done(task: PageTask, tell: Callable[[Progress], None]) -> Answer:
    from visittally.messages import _

    try:
        match task.kind:
            case "describe":
                from visittally.cli.page_commands import described

                return described()
            case "look":
                from visittally.page.kinds import role_of

                return {"role": role_of(task.arguments[0])}
            case _:
                return _ran(task.arguments, _Onlooker(tell, keep=task.kind == "write"))
    except MemoryError:
        return {"error": _("There is not enough memory for these files on this machine.")}
    except Exception as error:  # noqa: BLE001 - a page says what went wrong, whatever it was
        text = _("This is a fault of the program, not of your files ({kind}). The command line may tell more.")
        return {"error": text.format(kind=type(error).__name__)}


def _ran(arguments: Sequence[str], onlooker: _Onlooker) -> Answer:
    """Run a command line; what it showed, or why it failed."""
    import click

    from visittally.cli.group import visittally

    sys.argv = ["visittally", *arguments]  # a report names the command line that it was made by
    said = io.StringIO()
    error = ""
    try:
        with contextlib.redirect_stderr(said), contextlib.redirect_stdout(io.StringIO()):
            visittally.main(list(arguments), "visittally", standalone_mode=False, obj=onlooker)
    except click.ClickException as refused:
        error = refused.format_message()
    except click.Abort:
        error = "-"
    before = [] if onlooker.keep else said.getvalue().splitlines()
    return {"error": error, "before": before, **onlooker.seen}


class _Onlooker:
    """Keeps what the page shows of a command.

    Attributes:
        keep: Whether the command writes its file; else its tables are wanted alone.
        seen: What was shown so far, as plain values.
    """

    def __init__(self, tell: Callable[[Progress], None], *, keep: bool) -> None:
        self._tell, self.keep = tell, keep
        self.seen: dict[str, Any] = {}
        tell(Progress())

    @contextmanager
    def progress(self, files: Sequence[tuple[str, int]]) -> Iterator[Callable[[int], None]]:
        """Tell about a hundred times how far a reading has come."""
        lock, done, told = Lock(), 0, 0
        size = sum(part for _file, part in files)

        def tick(read: int) -> None:
            nonlocal done, told
            with lock:
                done += read
                if (done - told) * _STEPS >= size:
                    told = done
                    self._tell(Progress(min(done, size), size))

        self._tell(Progress(0, size))
        yield tick

    def understood(self, campaign: Campaign) -> None:
        """Keep the columns."""
        from visittally.page.columns import columns_of

        if not self.keep:
            self.seen["columns"] = columns_of(campaign)

    def tables(self, tables: Sequence[Table], result: Result, options: RenderOptions) -> None:
        """Keep the tables of a command."""
        from visittally.page.shown import of_result

        self.seen |= of_result(tables, result, options)

    def report(self, report: Report) -> bool:
        """Keep the tables of a report that is looked at; let one that is wanted be written."""
        from visittally.page.shown import of_report
        from visittally.render.cells import RenderOptions

        if not self.keep:
            options = RenderOptions(report.settings.digits, min_cell=report.settings.min_cell)
            self.seen |= of_report(report.document, report.notices, report.receipt, options)
        return not self.keep
