"""Addresses: `https://` ones, and such as `s3://bucket/visits.csv`, read by fsspec where it is installed."""

from __future__ import annotations

import io
from importlib import import_module
from typing import TYPE_CHECKING, BinaryIO, cast

from visittally.errors import InputError
from visittally.messages import _

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_PATIENCE = 60.0
"""Seconds without a byte after which a server is given up."""
_NOT_FOUND, _GONE = 404, 410


def remote(path: str) -> BinaryIO:
    """The bytes at an address; that it can be sought in depends on what answers there.

    Web addresses need nothing but Python; other kinds of storage are opened by fsspec.

    Raises:
        InputError: fsspec or its part for this kind of address is not installed, or nothing answers there.
    """
    if path.lower().startswith(("http://", "https://")):
        return _web(path)
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


def _web(path: str) -> BinaryIO:
    """What a web server sends, from its beginning to its end; redirections are followed."""
    import http.client
    import urllib.error
    import urllib.request

    request = urllib.request.Request(path, headers={"User-Agent": "visittally", "Accept-Encoding": "identity"})  # noqa: S310
    try:
        answer = urllib.request.urlopen(request, timeout=_PATIENCE)  # noqa: S310 - only http and https come here
    except urllib.error.HTTPError as error:
        error.close()
        if error.code in (_NOT_FOUND, _GONE):
            raise _unreachable(path, FileNotFoundError()) from error
        raise _unreachable(path, error) from error
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise _unreachable(path, error) from error
    return io.BufferedReader(_Remote(path, cast("BinaryIO", answer)), 1 << 20)


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
        if not chunk and len(view) > 0 and getattr(self._file, "length", None):  # a web answer that ended too early
            raise _unreachable(self._path, EOFError(_("the connection ended before the file")))
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
