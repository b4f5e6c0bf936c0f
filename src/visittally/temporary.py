"""Files of a run that nobody may find after it: removed at its end, when it is told to end, and after a crash.

A file or folder is locked as long as its run lives. A run that was killed cannot clean up after itself; the next one
that works at the same place removes what lies there unlocked.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import re
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from visittally.errors import OutputError
from visittally.messages import _

if TYPE_CHECKING:
    from types import FrameType

if sys.platform != "win32":
    import fcntl

END = ".visittally.part"
"""What names of half-written files end in."""
FOLDER = "visittally-"
"""What names of folders for unpacked inputs begin with."""
_LOCK = "in-use"
_RANDOM = "[a-z0-9_]{8}"
_BINARY = getattr(os, "O_BINARY", 0)

_held: dict[Path, BinaryIO] = {}
"""What is to be removed in the end, each with the file that is locked for it."""


def half_written(target: Path) -> tuple[Path, BinaryIO]:
    """A new file beside a target that will take its place; what a killed run left there is removed.

    Raises:
        OSError: There can be none.
    """
    begin = f".{target.name[:40]}."
    _sweep(target.parent, re.compile(re.escape(begin) + _RANDOM + re.escape(END)))
    while True:
        path = target.parent / f"{begin}{os.urandom(4).hex()}{END}"
        try:
            stream = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _BINARY, 0o600), "wb")
            _held[path] = stream
            # Another run may have taken it for left behind before it was locked.
            if _lock(stream, wait=True) and not os.fstat(stream.fileno()).st_nlink:
                forget(path)
                continue
        except BaseException:
            remove(path)
            raise
        return path, stream


def folder() -> Path:
    """A new folder for this run; those of killed runs beside it are removed.

    Raises:
        OSError: There can be none.
    """
    import tempfile

    _sweep(Path(tempfile.gettempdir()), re.compile(FOLDER + _RANDOM))
    while True:
        path = Path(tempfile.mkdtemp(prefix=FOLDER))
        try:
            lock = (path / _LOCK).open("wb")
            _held[path] = lock
            # Another run may have taken it for left behind before it was locked.
            if _lock(lock, wait=True) and not os.fstat(lock.fileno()).st_nlink:
                remove(path)
                continue
        except BaseException:
            _remove(path)
            raise
        return path


def unnamed() -> BinaryIO:
    """A new file that nobody else can find and that is gone when it is closed.

    Raises:
        OutputError: There can be none.
    """
    import tempfile

    try:
        return tempfile.TemporaryFile()
    except OSError as error:
        raise no_room(error) from error


def no_room(error: OSError) -> OutputError:
    """Why there can be no temporary file, in a sentence that says what to do."""
    text = _(
        "A temporary file is needed, and there can be none ({reason}). Make room, or name a folder that this account "
        "may write to in the variable TMPDIR."
    )
    return OutputError(text.format(reason=error.strerror or error))


def forget(path: Path) -> None:
    """Let a file be: it has been removed, or is what it was made to become."""
    stream = _held.pop(path, None)
    if stream is not None:
        with contextlib.suppress(OSError):
            stream.close()


def remove(path: Path) -> None:
    """Remove a file or folder and what locks it, whatever it is by now."""
    if sys.platform == "win32":
        forget(path)
    _remove(path)
    forget(path)


def remove_all() -> None:
    """Remove everything that this run holds."""
    for path in list(_held):
        remove(path)


atexit.register(remove_all)
if hasattr(os, "register_at_fork"):  # what a run holds is not its children's to remove
    os.register_at_fork(after_in_child=_held.clear)


def clean_when_told_to_end() -> None:
    """Let SIGTERM and SIGHUP remove what the run holds before they end it; where they are ignored they stay so."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _end)


def _end(number: int, _frame: FrameType | None) -> None:
    with contextlib.suppress(Exception):
        remove_all()
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)


def _sweep(place: Path, fits: re.Pattern[str]) -> None:
    """Remove what killed runs left at a place."""
    with contextlib.suppress(OSError), os.scandir(place) as entries:
        for entry in entries:
            if fits.fullmatch(entry.name) and Path(entry.path) not in _held:
                with contextlib.suppress(OSError):
                    _remove_unlocked(Path(entry.path))


def _remove_unlocked(path: Path) -> None:
    whole = path.is_dir() and not path.is_symlink()
    with (path / _LOCK if whole else path).open("rb") as stream:
        alone = _lock(stream, wait=False)
        if alone and sys.platform != "win32":
            _remove(path)
    if alone:  # there a file that somebody has open cannot be removed
        _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        import shutil

        shutil.rmtree(path, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def _lock(stream: BinaryIO, *, wait: bool) -> bool:
    """Whether the file is now locked by this run; where locks are unknown only files in use are safe of themselves."""
    if sys.platform == "win32":
        return True
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
    except OSError:
        return False
    return True
