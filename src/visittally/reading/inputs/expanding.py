"""Inputs: paths, folders, archives, addresses and standard input as streams of plain bytes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from visittally.dataclass import dataclass
from visittally.errors import InputError
from visittally.messages import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

STDIN = "-"
"""How standard input is named on the command line and for programs."""
SUFFIXES = frozenset(
    (
        ".csv",
        ".tsv",
        ".tab",
        ".txt",
        ".gz",
        ".zip",
        ".zst",
        ".xlsx",
        ".xlsm",
        ".xlsb",
        ".xls",
        ".ods",
        ".parquet",
    )
)
"""Files that are read from a folder; a file that is named itself may end in anything."""


@dataclass(frozen=True, slots=True)
class ByteSource:
    """One input as plain (decompressed) bytes, as often as it is needed. Can be pickled.

    Attributes:
        name: What people call it: the path as given, `a.zip/b.csv` for a member, what
            `called_stdin` says for standard input.
        path: Where the bytes are: a local path or an fsspec URL (standard input: a temporary file).
        compression: "" (plain), "gzip", "zstd" or "zip".
        member: Name of the member of a zip archive.
        size: Number of plain bytes where known without reading them, else of packed bytes.
    """

    name: str
    path: str
    compression: str = ""
    member: str = ""
    size: int = 0

    @property
    def plain(self) -> bool:
        """Whether `path` is a local file that holds the plain bytes (can be mapped and cut)."""
        return not self.compression and "://" not in self.path

    def open(self) -> BinaryIO:
        """The plain bytes from the beginning; stops a decompression bomb with an `InputError`.

        Raises:
            InputError: The file cannot be opened; while reading: it is damaged or unpacks to too much.
        """
        from visittally.reading.inputs.unpacking import opened

        return opened(self)


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """What the user said about how to read.

    Attributes:
        encoding: Name of an encoding, or "" to find out.
        delimiter: A delimiter, or "" to find out.
        sheet: Name of a sheet, or "" to find out.
    """

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""


def expand(paths: Sequence[str], stdin: BinaryIO | None = None) -> Iterator[ByteSource | InputError]:
    """The inputs that paths, folders, addresses and `-` stand for, still packed.

    Args:
        paths: As the user gave them.
        stdin: What `-` reads; by default the standard input of the process.

    Yields:
        Each input in order or, where there is none, the error that says why, so that all can be named.
    """
    for path in paths:
        try:
            if path == STDIN:
                yield _standard_input(stdin)
            elif "://" in path:
                yield _address(path)
            elif Path(path).is_dir():
                yield from _folder(path)
            else:
                yield _file(path)
        except InputError as error:
            yield error


def _standard_input(stdin: BinaryIO | None) -> ByteSource:
    from visittally.reading.inputs.unpacking import spooled

    stream = stdin if stdin is not None else getattr(sys.stdin, "buffer", None)
    if stream is None:
        raise InputError(_("Standard input is closed. Name a file, or pipe one in."))
    return spooled(ByteSource(called_stdin(), STDIN), stream)


def called_stdin() -> str:
    """What sentences call standard input; programs are told `-`."""
    return _("standard input")


def _folder(path: str) -> Iterator[ByteSource]:
    try:
        entries = sorted(entry for entry in Path(path).iterdir() if not entry.name.startswith((".", "~$")))
        files = [entry for entry in entries if entry.suffix.lower() in SUFFIXES and entry.is_file()]
    except OSError as error:
        raise cannot_open(path, error) from error
    if not files:
        raise InputError(
            _(
                "The folder {name} holds no table that can be read. "
                "Put CSV, Excel, OpenDocument or Parquet files into it, or name the files themselves."
            ).format(name=path)
        )
    for file in files:
        yield _file(str(file))


def _file(path: str) -> ByteSource:
    try:
        file = Path(path).open("rb")  # noqa: SIM115 - closed by either branch
        if not file.seekable():  # a named pipe, or what a shell makes of <(command)
            from visittally.reading.inputs.unpacking import spooled

            return spooled(ByteSource(path, path), file)
        with file:
            return ByteSource(path, path, size=file.seek(0, 2))
    except (OSError, ValueError) as error:
        raise cannot_open(path, error) from error


def _address(path: str) -> ByteSource:
    from visittally.reading.inputs.addresses import remote
    from visittally.reading.inputs.unpacking import spooled

    file = remote(path)
    if not file.seekable():
        return spooled(ByteSource(path, path), file)
    with file:
        return ByteSource(path, path, size=file.seek(0, 2))


def cannot_open(name: str, error: Exception) -> InputError:
    """Why a file cannot be opened, in one sentence without numbers or names for programmers."""
    if isinstance(error, FileNotFoundError | NotADirectoryError | ValueError):
        return InputError(_("{name} does not exist. Check the spelling and the folder.").format(name=name))
    if isinstance(error, PermissionError):
        return InputError(
            _("{name} may not be read: this account has no permission. Ask for it, or copy the file.").format(name=name)
        )
    if isinstance(error, IsADirectoryError):
        return InputError(_("{name} is a folder where a file is expected. Name a file.").format(name=name))
    reason = getattr(error, "strerror", "") or str(error)
    return InputError(_("{name} cannot be read ({reason}). Copy it again and retry.").format(name=name, reason=reason))
