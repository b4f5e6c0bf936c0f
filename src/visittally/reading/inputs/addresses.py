"""Addresses: `https://` ones, and such as `s3://bucket/visits.csv`, read by fsspec where it is installed."""

from __future__ import annotations

import io
import time
from importlib import import_module
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from visittally.errors import InputError
from visittally.messages import _

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_PATIENCE = 60.0
"""Seconds without a byte after which a server is given up."""
_GRACE = 60.0
"""Seconds that a server may take to begin."""
_LARGEST = 16 << 30
"""Bytes after which a server is given up, too."""
_SLOWEST = 1_000
"""Bytes a second that a server must send after that."""
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
    """What a web server sends, from its beginning to its end; redirections are followed, but not into this machine."""
    import http.client
    import urllib.error
    import urllib.request

    class Followed(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *asked: Any) -> urllib.request.Request | None:
            if not _may_lead(path, asked[-1]):
                raise ValueError(_("it leads on to {address}, which you did not name").format(address=asked[-1]))
            return super().redirect_request(*asked)

    request = urllib.request.Request(path, headers={"User-Agent": "visittally", "Accept-Encoding": "identity"})  # noqa: S310
    try:
        answer = urllib.request.build_opener(Followed).open(request, timeout=_PATIENCE)
    except urllib.error.HTTPError as error:
        error.close()
        if error.code in (_NOT_FOUND, _GONE):
            raise _unreachable(path, FileNotFoundError()) from error
        raise _unreachable(path, error) from error
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise _unreachable(path, error) from error
    return io.BufferedReader(_Remote(path, cast("BinaryIO", answer)), 1 << 20)


def _may_lead(first: str, then: str) -> bool:
    """Whether a web address may lead on to another one: not to less safety, nor into this machine or its surroundings.

    >>> _may_lead("https://a.example/x", "http://b.example/x"), _may_lead("http://a.example/x", "file:///etc/passwd")
    (False, False)
    >>> _may_lead("http://localhost/x", "http://127.0.0.1/y"), _may_lead("http://192.0.2.1/x", "http://127.0.0.1/y")
    (True, False)
    """
    from urllib.parse import urlsplit

    old, new = urlsplit(first), urlsplit(then)
    schemes = ("https",) if old.scheme.lower() == "https" else ("http", "https")
    return new.scheme.lower() in schemes and (_within(old.hostname) or not _within(new.hostname))


def _within(host: str | None) -> bool:
    """Whether a host is this machine itself, or answers on this link only, as services of clouds about machines do."""
    import ipaddress
    import socket

    try:
        found = {str(entry[4][0]).partition("%")[0] for entry in socket.getaddrinfo(host, None)}
    except (OSError, UnicodeError):
        return False  # only a proxy knows it
    addresses = [ipaddress.ip_address(address) for address in found]
    return any(one.is_loopback or one.is_link_local or one.is_unspecified for one in addresses)


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
        # What comes in drops is seen as it comes.
        self._read = getattr(file, "read1", file.read)
        self._since = time.monotonic()
        self._size = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._file.seekable()

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer)
        try:
            chunk = self._read(len(view))
            self._check(len(chunk))
        except Exception as error:
            raise _unreachable(self._path, error) from error
        if not chunk and len(view) > 0 and getattr(self._file, "length", None):  # a web answer that ended too early
            raise _unreachable(self._path, EOFError(_("the connection ended before the file")))
        view[: len(chunk)] = chunk
        return len(chunk)

    def _check(self, size: int) -> None:
        self._size += size
        passed = time.monotonic() - self._since
        if self._size > _LARGEST and not self.seekable():
            raise OSError(_("it sends more than {n} GB").format(n=_LARGEST >> 30))
        if size and passed > _GRACE and self._size < _SLOWEST * passed and not self.seekable():
            raise OSError(_("it sends less than a kilobyte a second"))

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
