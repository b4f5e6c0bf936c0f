"""Writing that leaves no half-written file behind: everything or nothing."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO

from visittally import temporary
from visittally.errors import OutputError
from visittally.messages import _

if TYPE_CHECKING:
    from pathlib import Path

Content = bytes | Callable[[BinaryIO], None]
"""What is written: bytes, or a function that writes them to the stream it is given."""

_REGULAR = 0o666
"""Mode of a new file before the umask."""


def write_atomically(path: Path, content: Content) -> None:
    """Write a file so that it is there completely or, after any failure, is what it was before.

    The bytes go to a temporary file in the same folder, which then takes the place of `path`. A symbolic link
    is followed, the mode of an existing file is kept, and a device or pipe (`/dev/stdout`) is written to
    directly.

    Args:
        path: The file.
        content: Its bytes, or a function that writes them. What the function raises passes through.

    Raises:
        OutputError: The file cannot be written: no room, no permission, no such folder.
    """
    try:
        target = path.resolve()
    except OSError as error:  # the folder in which the program was started is gone
        raise OutputError(cannot_write(path, error)) from error
    except RuntimeError as error:  # links that lead to each other, up to Python 3.12
        raise OutputError(cannot_write(path, OSError(errno.ELOOP, os.strerror(errno.ELOOP)))) from error
    try:
        if target.exists() and not target.is_file() and not target.is_dir():
            with target.open("wb") as stream:
                _fill(stream, content)
            return
        _replace(target, content)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(cannot_write(path, error)) from error


def _replace(target: Path, content: Content) -> None:
    path, stream = temporary.half_written(target)
    try:
        _fill(stream, content)
        stream.flush()
        os.fsync(stream.fileno())
        path.chmod(_mode(target))
        if sys.platform == "win32":  # what is open cannot be moved there
            stream.close()
        path.replace(target)
    except BaseException:
        temporary.remove(path)
        raise
    temporary.forget(path)


def _fill(stream: BinaryIO, content: Content) -> None:
    if isinstance(content, bytes):
        stream.write(content)
    else:
        content(stream)


def _mode(target: Path) -> int:
    """Mode of the file as it is, or of a new one."""
    with contextlib.suppress(FileNotFoundError):
        return stat.S_IMODE(target.stat().st_mode)
    mask = os.umask(0)
    os.umask(mask)
    return _REGULAR & ~mask


def cannot_write(place: Path | str, error: OSError) -> str:
    """Why something cannot be written, in one sentence that says what to do."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _("{place}: there is no room left on the disk. Make room or choose another place.").format(place=place)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return _("{place}: no permission to write here. Choose another place with --output.").format(place=place)
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return _("{place}: the folder does not exist. Make it first or choose another place.").format(place=place)
    if error.errno == errno.EISDIR:
        return _("{place} is a folder. Give the name of a file.").format(place=place)
    if error.errno == errno.ENAMETOOLONG:
        return _("{place}: the name is too long. Choose a shorter one.").format(place=place)
    return _("{place} cannot be written: {reason}").format(place=place, reason=error.strerror or error)
