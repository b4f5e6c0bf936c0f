"""What the page asks the process beside it to do, and what it is told meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection
from typing import Any

from visittally.dataclass import dataclass

Answer = Mapping[str, Any]
"""Plain values that JSON can hold."""
Serve = Callable[[Connection, str, str], None]
"""Does tasks as they come through a connection: in a folder, in a language."""


@dataclass(frozen=True, slots=True)
class PageTask:
    """One thing to do.

    Attributes:
        kind: `describe` the commands and fields; `look` at a file, what it is; `show` the tables of a command line;
            `write` what it writes.
        arguments: The command line behind `visittally`; of `look` the file.
    """

    kind: str
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a reading has come.

    Attributes:
        done: Bytes that were read.
        size: Bytes that there are; 0 while the files are still looked at.
    """

    done: int = 0
    size: int = 0
