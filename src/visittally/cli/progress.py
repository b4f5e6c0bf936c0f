"""What people see while much is read: which file, how far, and how long it will take."""

from __future__ import annotations

import sys
from bisect import bisect_right
from contextlib import contextmanager
from itertools import accumulate
from pathlib import PurePath
from threading import Lock
from typing import TYPE_CHECKING

import click

from visittally.messages import _
from visittally.render.cells import visible
from visittally.words.wrapping import padded, shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

LONG_WORK = 1 << 27
"""From this many bytes on there is a progress bar."""
_NAME = 24
"""Cells for the name of a file."""
_BAR = 20


@contextmanager
def progress_bar(files: Sequence[tuple[str, int]]) -> Iterator[Callable[[int], None] | None]:
    """A bar on standard error while files are read: for long work, and on a terminal only.

    Args:
        files: Each file with its bytes, in the order in which they are read.
    """
    ends = list(accumulate(size for _file, size in files))
    if not ends or ends[-1] < LONG_WORK or sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    lock = Lock()
    with click.progressbar(
        length=ends[-1], label=_label(files, 0), width=_BAR, show_percent=True, show_eta=True, file=sys.stderr
    ) as bar:

        def tick(read: int) -> None:
            with lock:
                # Stretches are counted as they are done, a few at once: the file is the one that so much leads into.
                bar.label = _label(files, min(bisect_right(ends, bar.pos + read), len(files) - 1))
                bar.update(read)

        yield tick


def _label(files: Sequence[tuple[str, int]], at: int) -> str:
    """What is being read: always as wide, so that the bar keeps its place."""
    name = padded(shortened(visible(PurePath(files[at][0]).name), _NAME), _NAME if len(files) > 1 else 0)
    if len(files) == 1:
        return _("Reading {name}").format(name=name)
    return _("Reading {name} ({n} of {all})").format(name=name, n=at + 1, all=len(files))
