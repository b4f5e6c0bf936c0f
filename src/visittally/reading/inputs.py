"""Inputs: paths, folders, archives and standard input as streams of plain bytes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class ByteSource:
    """One input as plain (decompressed) bytes, as often as it is needed. Can be pickled.

    Attributes:
        name: What people call it: the path as given, `a.zip/b.csv` for a member, `-` for standard input.
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
        """The plain bytes from the beginning; stops a decompression bomb with an `InputError`."""
        return open(self.path, "rb")  # noqa: SIM115 - the caller closes it


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
