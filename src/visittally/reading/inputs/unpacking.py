"""Packed inputs: members of archives, compressed streams, and the limits that stop decompression bombs."""

from __future__ import annotations

import errno
import gzip
import io
import os
import tempfile
import zipfile
import zlib
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, BinaryIO, cast

from visittally import temporary
from visittally.errors import InputError
from visittally.messages import _
from visittally.reading.inputs import addresses
from visittally.reading.inputs.kinds import InputKind, kind_of
from visittally.reading.inputs.source import SUFFIXES, ByteSource, broken, cannot_open, too_much

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from _typeshed import WriteableBuffer

UNSUSPICIOUS = 256 << 20
"""Bytes that anything may unpack to."""
RATIO = 500
"""Beyond that, how many times larger than packed: sparse tables come to 200, constant bytes to 1,000."""
UNPACKED = 4 << 30
"""Bytes that may be unpacked to a temporary file or into memory at once."""
_CHUNK = 1 << 20
_UNENDED = 64 << 20
"""So many bytes of a stream of text hold a line end."""
_PACKED = (b"PK", b"\x1f\x8b", b"\x28\xb5\x2f\xfd", b"PAR1", b"\xd0\xcf\x11\xe0")
"""How files begin that are no text: archives, compressed ones, Parquet, old workbooks."""
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, gzip.BadGzipFile, NotImplementedError, RuntimeError)


def check_expansion(name: str, packed: int, unpacked: int, most: int | None = None) -> None:
    """Stop what unpacks to more than a table would.

    Args:
        name: What people call the file.
        packed: Its bytes as they lie on the disk.
        unpacked: The bytes that came, or are said to come, out of it.
        most: The most that may come out at all, where it has to be held somewhere.

    Raises:
        InputError: It is too much.
    """
    if unpacked > max(UNSUSPICIOUS, RATIO * packed) or (most is not None and unpacked > most):
        raise too_much(name)


class _Unpacked(io.RawIOBase):
    """A decompressing stream that says in a sentence what is wrong, and that stops bombs."""

    def __init__(self, source: ByteSource, stream: BinaryIO, packed: int, *also: BinaryIO | zipfile.ZipFile) -> None:
        super().__init__()
        self._source = source
        self._stream = stream
        self._packed = packed
        self._also = also
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        try:
            got = self._stream.readinto(buffer)  # type: ignore[attr-defined]
        except _DAMAGED as error:
            raise broken(self._source.name) from error
        except OSError as error:
            raise (
                broken(self._source.name) if error.errno is None else cannot_open(self._source.name, error)
            ) from error
        self._count += got
        check_expansion(self._source.name, self._packed, self._count)
        return cast("int", got)

    def close(self) -> None:
        if not self.closed:
            for stream in (self._stream, *self._also):
                stream.close()
        super().close()


def opened(source: ByteSource) -> BinaryIO:
    """The plain bytes of an input from the beginning; a decompression bomb is stopped.

    Raises:
        InputError: The file cannot be opened; while reading: it is damaged or unpacks to too much.
    """
    if source.compression == "zip":
        return _opened_member(source)
    raw = packed_bytes(source)
    if not source.compression:
        return raw
    packed = raw.seek(0, os.SEEK_END)
    raw.seek(0)
    try:
        if source.compression == "gzip":
            return _buffered(_Unpacked(source, cast("BinaryIO", gzip.GzipFile(fileobj=raw)), packed, raw))
        import pyarrow as pa

        return _buffered(_Unpacked(source, pa.CompressedInputStream(raw, "zstd"), packed, raw))
    except _DAMAGED as error:
        raw.close()
        raise broken(source.name) from error


def _opened_member(source: ByteSource) -> BinaryIO:
    """The plain bytes of a member of an archive."""
    also: tuple[BinaryIO | zipfile.ZipFile, ...] = ()
    try:
        if "://" in source.path:
            raw = packed_bytes(source)
            archive = zipfile.ZipFile(raw)
            also = (archive, raw)
        else:
            state = Path(source.path).stat()
            archive = _archive(source.path, state.st_mtime_ns, state.st_size, os.getpid())
        info = archive.getinfo(source.member)
        return _buffered(_Unpacked(source, cast("BinaryIO", archive.open(info)), info.compress_size, *also))
    except OSError as error:
        raise cannot_open(source.name, error) from error
    except (*_DAMAGED, KeyError) as error:
        for stream in also:
            stream.close()
        raise broken(source.name) from error


@lru_cache(maxsize=4)
def _archive(path: str, _changed: int, _size: int, _process: int) -> zipfile.ZipFile:
    """An open archive, so that its directory is not read again for each of its members.

    Its members may be read at the same time by threads of one process; forked ones would move each other's place.
    """
    return zipfile.ZipFile(path)


def _buffered(raw: _Unpacked) -> BinaryIO:
    return io.BufferedReader(raw, _CHUNK)


def packed_bytes(source: ByteSource) -> BinaryIO:
    """The bytes as they lie on the disk or at the address, seekable.

    Raises:
        InputError: They cannot be opened.
    """
    if "://" in source.path:
        return addresses.remote(source.path)
    try:
        return Path(source.path).open("rb")
    except (OSError, ValueError) as error:
        raise cannot_open(source.name, error) from error


def leaves(source: ByteSource, *, nested: bool = False) -> Iterator[tuple[ByteSource, InputKind] | InputError]:
    """The tables that an input holds, unpacked as far as reading needs it.

    Args:
        source: A file as it lies on the disk.
        nested: Whether it was itself a member of an archive.

    Yields:
        Text as a stream that is unpacked while it is read; workbooks and Parquet as files that can be mapped.
        Where a member cannot be read, the error that says why.
    """
    try:
        with packed_bytes(source) as file:
            kind = kind_of(file, source.name)
        if kind is InputKind.ZIP:
            yield from _members(source, nested=nested)
        elif kind in (InputKind.GZIP, InputKind.ZSTD):
            yield _inside(replace(source, compression=kind.value))
        else:
            yield (local(source) if kind is not InputKind.TEXT else source), kind
    except InputError as error:
        yield error


def _inside(source: ByteSource) -> tuple[ByteSource, InputKind]:
    """What a compressed file holds; only text is read as a stream."""
    with opened(source) as file:
        kind = kind_of(cast("BinaryIO", _Unseekable(file)), source.name)
    if kind is InputKind.TEXT:
        return source, kind
    found = spooled(source, opened(source))
    with packed_bytes(found) as file:
        kind = kind_of(file, source.name)
    if kind in (InputKind.ZIP, InputKind.GZIP, InputKind.ZSTD):
        raise InputError(_("{name} is packed twice. Unpack it once and name what comes out.").format(name=source.name))
    return found, kind


class _Unseekable:
    """The beginning of a stream that must not be sought in."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def read(self, size: int) -> bytes:
        return self._file.read(size)

    @staticmethod
    def seekable() -> bool:
        return False


def _members(source: ByteSource, *, nested: bool) -> Iterator[tuple[ByteSource, InputKind] | InputError]:
    if nested:
        raise InputError(_("{name} is an archive inside an archive. Unpack the outer one.").format(name=source.name))
    try:
        with packed_bytes(source) as file, zipfile.ZipFile(file) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir() and not _hidden(info.filename)]
    except _DAMAGED as error:
        raise broken(source.name) from error
    tables = [info for info in infos if PurePosixPath(info.filename).suffix.lower() in SUFFIXES]
    if not tables and len(infos) == 1:
        tables = infos
    if not tables:
        raise InputError(
            _("{name} holds no table that can be read. Pack CSV, Excel or Parquet files into it.").format(
                name=source.name
            )
        )
    for info in tables:
        yield from _member(source, info)


def _member(source: ByteSource, info: zipfile.ZipInfo) -> Iterator[tuple[ByteSource, InputKind] | InputError]:
    member = ByteSource(f"{source.name}/{_readable(info)}", source.path, "zip", info.filename, info.file_size)
    try:
        _check_password(info, member.name)
        check_expansion(member.name, info.compress_size, info.file_size)
        with opened(member) as file:
            kind = kind_of(cast("BinaryIO", _Unseekable(file)), member.name)
        if kind is InputKind.TEXT:
            yield member, kind
        else:
            yield from leaves(spooled(member, opened(member)), nested=True)
    except InputError as error:
        yield error


def _check_password(info: zipfile.ZipInfo, name: str) -> None:
    if info.flag_bits & 1:
        raise InputError(
            _("{name} is protected by a password. Unpack it with the password and name what comes out.").format(
                name=name
            )
        )


def _hidden(member: str) -> bool:
    parts = member.replace("\\", "/").split("/")
    return "__MACOSX" in parts or parts[-1].startswith((".", "~$"))


def _readable(info: zipfile.ZipInfo) -> str:
    """The name of a member; packers on Chinese Windows write names in GBK without saying so."""
    if info.flag_bits & 0x800 or info.filename.isascii():
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return info.filename.encode("cp437").decode(encoding)
        except UnicodeError:
            continue
    return info.filename


def local(source: ByteSource) -> ByteSource:
    """The same input as a local file with its plain bytes, for formats that are read from their end.

    Raises:
        InputError: It cannot be read, or unpacks to too much.
    """
    return source if source.plain else spooled(source, opened(source))


@cache
def _temporary_folder() -> str:
    return str(temporary.folder())


def spooled(source: ByteSource, stream: BinaryIO) -> ByteSource:
    """The same input with its bytes copied from `stream` to a temporary file, removed when the process ends.

    Raises:
        InputError: The stream fails.
        OutputError: There is no room for the file.
    """
    limit = UNPACKED if source.compression else None
    try:
        handle, path = tempfile.mkstemp(dir=_temporary_folder())
    except OSError as error:
        raise temporary.no_room(error) from error
    try:
        with os.fdopen(handle, "wb") as file, stream:
            size = _copied(stream, file.write, limit, source.name)
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise temporary.no_room(error) if full else cannot_open(source.name, error) from error
    return ByteSource(source.name, path, size=size)


def _check_lines(begin: bytes, name: str) -> None:
    """Stop a stream of text that never ends its first line, before it fills the disk.

    Raises:
        InputError: It goes on without a line end for longer than any record.
    """
    if not begin.startswith(_PACKED) and b"\n" not in begin and b"\r" not in begin:
        message = _("{name} has no line end in its first {n} MB: that is no table. Check what writes it.")
        raise InputError(message.format(name=name, n=len(begin) >> 20))


def _copied(stream: BinaryIO, write: Callable[[bytes], int], limit: int | None, name: str) -> int:
    size = 0
    begin: bytes | None = b""
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if begin is not None:
            begin += chunk
            if len(begin) >= _UNENDED:
                _check_lines(begin, name)
                begin = None
        if limit is not None and size > limit:
            raise too_much(name)
        write(chunk)
    return size
