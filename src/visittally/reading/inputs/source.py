"""What an input is: where its bytes are, how it is called, and the sentences for one that cannot be read."""

from __future__ import annotations

import difflib
from pathlib import Path

from visittally.dataclass import dataclass
from visittally.errors import InputError
from visittally.messages import _

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
        ".et",
        ".parquet",
        ".jsonl",
        ".ndjson",
        ".sav",
        ".zsav",
        ".dta",
    )
)
"""Files that are read from a folder; a file that is named itself may end in anything."""
_WITHOUT_QUOTES = dict.fromkeys(map(ord, "“”‘’„‚«»‹›「」『』\"'"))
"""Quotation marks that office programs put around a name; no shell takes them away."""


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


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """What the user said about how to read.

    Attributes:
        encoding: Name of an encoding, or "" to find out.
        delimiter: A delimiter, or "" to find out.
        sheets: Names of the sheets that are to be read, or their numbers; none to find out.
    """

    encoding: str = ""
    delimiter: str = ""
    sheets: tuple[str, ...] = ()


def called_stdin() -> str:
    """What sentences call standard input; programs are told `-`."""
    return _("standard input")


def cannot_open(name: str, error: Exception) -> InputError:
    """Why a file cannot be opened, in one sentence without numbers or names for programmers."""
    if isinstance(error, FileNotFoundError | NotADirectoryError | ValueError):
        near = _near_name(name)
        if near:
            return InputError(_('{name} does not exist. Did you mean "{near}"?').format(name=name, near=near))
        return InputError(_("{name} does not exist. Check the spelling and the folder.").format(name=name))
    if isinstance(error, PermissionError):
        return InputError(
            _("{name} may not be read: this account has no permission. Ask for it, or copy the file.").format(name=name)
        )
    if isinstance(error, IsADirectoryError):
        return InputError(_("{name} is a folder where a file is expected. Name a file.").format(name=name))
    reason = getattr(error, "strerror", "") or str(error)
    return InputError(_("{name} cannot be read ({reason}). Copy it again and retry.").format(name=name, reason=reason))


def broken(name: str) -> InputError:
    """The sentence for a packed file or archive that ends early or fails its check."""
    return InputError(
        _("{name} is damaged: it cannot be unpacked to its end. Copy or download it again.").format(name=name)
    )


def too_much(name: str) -> InputError:
    """The sentence for a file that unpacks to far more than a table would."""
    return InputError(
        _("{name} unpacks to unusually much. If you trust it, unpack it and name what comes out.").format(name=name)
    )


def _near_name(name: str) -> str:
    """A file in the same folder whose name is nearly that; "" where there is none."""
    path = Path(name.translate(_WITHOUT_QUOTES).strip())
    try:
        if path.is_file():
            return str(path)
        entries = {entry.name.lower(): entry.name for entry in path.parent.iterdir()}
    except (OSError, ValueError):
        return ""
    near = difflib.get_close_matches(path.name.lower(), entries, 1, 0.8)
    return str(path.with_name(entries[near[0]])) if near else ""
