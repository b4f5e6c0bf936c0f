"""Addresses such as `s3://bucket/visits.csv`, read by fsspec where it is installed."""

from __future__ import annotations

import io
from importlib import import_module
from typing import TYPE_CHECKING, BinaryIO, cast

from visittally.errors import InputError
from visittally.messages import _

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


def remote(path: str) -> BinaryIO:
    """The bytes at an address; that it can be sought in depends on what answers there.

    Raises:
        InputError: fsspec or its part for this kind of address is not installed, or nothing answers there.
    """
    try:
        fsspec = import_module("fsspec")
    except ImportError as error:
        raise InputError(
            _(
                "{name} is an address; reading it needs more software. "
                "Install it with: pip install 'visittally[cluster]'"
            ).format(name=path)
        ) from error
    try:
        file = cast("BinaryIO", fsspec.open(path, "rb").open())
    except ImportError as error:
        raise InputError(_("{name} cannot be read: {reason}").format(name=path, reason=_reason(error))) from error
    except Exception as error:  # each kind of storage has exceptions of its own
        raise _unreachable(path, error) from error
    return io.BufferedReader(_Remote(path, file), 1 << 20)


def _unreachable(path: str, error: Exception) -> InputError:
    if isinstance(error, FileNotFoundError):
        return InputError(_("{name} does not exist. Check the address.").format(name=path))
    return InputError(
        _("{name} cannot be reached ({reason}). Check the address and your access.").format(
            name=path, reason=_reason(error)
        )
    )


def _reason(error: Exception) -> str:
    return " ".join(str(error).split()) or type(error).__name__


class _Remote(io.RawIOBase):
    """A file at an address that says in a sentence when it cannot be read any further."""

    def __init__(self, path: str, file: BinaryIO) -> None:
        super().__init__()
        self._path = path
        self._file = file

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._file.seekable()

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer)
        try:
            chunk = self._file.read(len(view))
        except Exception as error:
            raise _unreachable(self._path, error) from error
        view[: len(chunk)] = chunk
        return len(chunk)

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        try:
            return self._file.seek(offset, whence)
        except Exception as error:
            raise _unreachable(self._path, error) from error

    def tell(self) -> int:
        return self._file.tell()

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()
