"""Standard output, and files that are written whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from pathlib import Path

import click

from visittally.errors import OutputError
from visittally.messages import _
from visittally.render.cells import shown_controls
from visittally.render.writing import cannot_write, write_atomically

__all__ = ["on_a_terminal", "say", "write_atomically", "write_stdout"]


def say(text: str) -> None:
    """Print lines to standard error; names of files may hold signs that a terminal would obey."""
    click.echo(shown_controls(text, keep="\n"), err=True)


def on_a_terminal() -> bool:
    """Whether somebody looks at what goes to standard output."""
    return sys.stdout is not None and sys.stdout.isatty()


def write_stdout(content: bytes) -> None:
    """Write bytes to standard output, all of them, now.

    Nothing happens where standard output is closed.

    Raises:
        BrokenPipeError: The reader has gone: the command line ends silently.
        OutputError: Standard output cannot take them, for want of room for instance.
    """
    if sys.stdout is None:
        return
    stream = getattr(sys.stdout, "buffer", None)
    try:
        if stream is None:
            sys.stdout.write(content.decode())
        else:
            sys.stdout.flush()
            rest = memoryview(content)
            while rest:  # an unbuffered stream takes what fits
                rest = rest[stream.write(rest) :]
        sys.stdout.flush()
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise
        _forget_stdout()
        raise OutputError(cannot_write(_("standard output"), error)) from error


def end_for(error: OSError) -> None:
    """End the program because the system refuses something that no command has an answer for: a page of help, too."""
    _forget_stdout()
    click.ClickException(_("The system refuses it: {reason}.").format(reason=error.strerror or error)).show()
    sys.exit(1)


def _forget_stdout() -> None:
    """Let what standard output still holds go nowhere, or the interpreter fails on it again when it ends."""
    with contextlib.suppress(OSError, ValueError), Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())
