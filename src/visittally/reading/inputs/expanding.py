"""Inputs: paths, folders, archives, addresses and standard input as streams of plain bytes."""

from __future__ import annotations

import glob
import os
import stat
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from visittally.dataclass import dataclass
from visittally.errors import InputError
from visittally.messages import _
from visittally.named_files import is_folder, is_there
from visittally.reading.inputs.addresses import remote
from visittally.reading.inputs.our_own import is_our_own
from visittally.reading.inputs.source import STDIN, SUFFIXES, ByteSource, called_stdin, cannot_open
from visittally.reading.inputs.unpacking import spooled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that holds results of this program, not records, and stood among others."""

    name: str


def expand(
    paths: Sequence[str | ByteSource], stdin: BinaryIO | None = None
) -> Iterator[ByteSource | InputError | LeftOut]:
    """The inputs that paths, patterns, folders, addresses and `-` stand for, still packed.

    Args:
        paths: As the user gave them; what lies ready already is taken as it is.
        stdin: What `-` reads; by default the standard input of the process.

    Yields:
        Each input in order or, where there is none, the error that says why, so that all can be named.
    """
    for path in choose(paths):
        if not isinstance(path, str):
            yield path
            continue
        try:
            if path == STDIN:
                yield _standard_input(stdin)
            elif "://" in path:
                yield _address(path)
            else:
                yield _file(path)
        except InputError as error:
            yield error


def choose(paths: Sequence[str | ByteSource]) -> list[str | ByteSource | InputError | LeftOut]:
    """The files, addresses and `-` that are to be read: patterns and folders spelled out, results left out.

    What this program wrote is left out of folders, and of several files that were named, of which others are left.
    """
    named: list[str | ByteSource | InputError | LeftOut] = []
    for path in paths:
        try:
            named += spelled_out(path) if isinstance(path, str) else [path]
        except InputError as error:
            named.append(error)
    several = sum(isinstance(path, str | ByteSource) for path in named) > 1
    ours = {path for path in named if isinstance(path, str) and is_our_own(path)} if several else set()
    if len(ours) < len(named):
        named = [LeftOut(path) if isinstance(path, str) and path in ours else path for path in named]
    found: list[str | ByteSource | InputError | LeftOut] = []
    for one in named:
        try:
            found += _folder(one) if isinstance(one, str) and one != STDIN and is_folder(one) else [one]
        except InputError as error:
            found.append(error)
    return found


def spelled_out(path: str) -> list[str]:
    """The files that a name stands for, where no file bears it: `~` is the home folder, `*` and `?` are patterns.

    Shells do this before a program sees it, except on Windows and between quotes.

    Raises:
        InputError: No file fits the pattern.
    """
    if path == STDIN or "://" in path or is_there(path):
        return [path]
    whole = at_home(path)
    if not glob.has_magic(whole):
        return [whole]
    # Path.glob has no patterns that begin at the root, and hides nothing.
    found = sorted(name for name in glob.glob(whole) if not Path(name).name.startswith("~$"))  # noqa: PTH207
    if not found:
        raise InputError(_("{name}: no file fits this pattern. Check the spelling and the folder.").format(name=path))
    return found


def at_home(path: str) -> str:
    """The path with a leading `~` as the home folder, unless a file has that very name."""
    if not path.startswith("~") or is_there(path):
        return path
    try:
        return str(Path(path).expanduser())
    except RuntimeError:  # nobody is at home
        return path


def _standard_input(stdin: BinaryIO | None) -> ByteSource:
    stream = stdin if stdin is not None else getattr(sys.stdin, "buffer", None)
    if stream is None:
        raise InputError(_("Standard input is closed. Name a file, or pipe one in."))
    return spooled(ByteSource(called_stdin(), STDIN), stream)


def _folder(path: str) -> list[str | InputError | LeftOut]:
    """The tables in a folder; results of this program, and the file that is being written, are none."""
    try:
        entries = sorted(entry for entry in Path(path).iterdir() if not entry.name.startswith((".", "~$")))
        named = [entry for entry in entries if entry.suffix.lower() in SUFFIXES]
        files = [entry for entry in named if entry.is_file() or not entry.exists()]
    except OSError as error:
        raise cannot_open(path, error) from error
    for file in files:
        if not file.exists():
            text = _("{name} is a link to a file that does not exist. Mend the link or remove it.")
            raise InputError(text.format(name=file))
    found = [LeftOut(str(file)) if _is_stdout(file) or is_our_own(str(file)) else str(file) for file in files]
    if not any(isinstance(file, str) for file in found):
        if found:
            text = _("The folder {name} holds nothing but what visittally wrote: {files}. Name the files themselves.")
            raise InputError(text.format(name=path, files=", ".join(file.name for file in files)))
        raise InputError(
            _(
                "The folder {name} holds no table that can be read. "
                "Put CSV, Excel, OpenDocument or Parquet files into it, or name the files themselves."
            ).format(name=path)
        )
    return list(found)


def _is_stdout(file: Path) -> bool:
    """Whether standard output goes into this file: `visittally ... folder > folder/out.csv`."""
    try:
        return os.path.samestat(os.fstat(1), file.stat())
    except OSError:
        return False


def _file(path: str) -> ByteSource:
    try:
        if _is_device(path):
            raise InputError(_("{name} is a device and no file. Name a file.").format(name=path))
        file = Path(path).open("rb")  # noqa: SIM115 - closed by either branch
        if not file.seekable():  # a named pipe, or what a shell makes of <(command)
            return spooled(ByteSource(path, path), file)
        with file:
            return ByteSource(path, path, size=file.seek(0, 2))
    except (OSError, ValueError) as error:
        raise cannot_open(path, error) from error


def _is_device(path: str) -> bool:
    """Whether reading a path might never end, or never begin: disks, terminals, sockets. Pipes end."""
    mode = Path(path).stat().st_mode
    return stat.S_ISCHR(mode) or stat.S_ISBLK(mode) or stat.S_ISSOCK(mode)


def _address(path: str) -> ByteSource:
    file = remote(path)
    if not file.seekable():
        return spooled(ByteSource(path, path), file)
    with file:
        return ByteSource(path, path, size=file.seek(0, 2))
