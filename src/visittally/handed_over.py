"""What a Python program hands over to be read: paths, DataFrames, open files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any, BinaryIO, Self, TypeAlias, cast

from visittally.dataclass import dataclass
from visittally.errors import UsageError
from visittally.messages import _
from visittally.reading.inputs.source import ByteSource

if TYPE_CHECKING:
    import pandas as pd

File: TypeAlias = "str | PathLike[str] | pd.DataFrame | BinaryIO"
Files: TypeAlias = "File | Sequence[File]"


@dataclass(frozen=True, slots=True)
class Inputs:
    """Files to be read.

    Attributes:
        files: Paths as they were given, and what lies ready.
        delimited: Whether all of it is comma-separated UTF-8 that we wrote ourselves.
    """

    files: tuple[str | ByteSource, ...]
    delimited: bool


class _LeftOpen:
    """A file of somebody else, which stays open when we have read it."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self._file = file
        self._name = name

    def read(self, size: int) -> bytes:
        chunk = self._file.read(size)
        if not isinstance(chunk, bytes):
            message = _('{name} is open as text. Open it as bytes: open(name, "rb")')
            raise UsageError(message.format(name=self._name))
        return chunk

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        pass


def inputs(files: Files) -> Inputs:
    """What is to be read, each DataFrame and open file once and for all.

    Raises:
        UsageError: Something is none of them, or there is nothing.
    """
    one = isinstance(files, str | PathLike) or _is_frame(files) or hasattr(files, "read")
    if not one and (isinstance(files, bytes) or not isinstance(files, Iterable)):
        raise _neither(files)
    several = [files] if one else list(cast("Iterable[Any]", files))
    if not several:
        raise UsageError(_("There is nothing to read: name a file, or hand over a DataFrame."))
    frames = [_is_frame(file) for file in several]
    found = tuple(_input(file, i if len(several) > 1 else 0) for i, file in enumerate(several, 1))
    return Inputs(found, all(frames))


def _input(file: Any, number: int) -> str | ByteSource:
    if isinstance(file, str | PathLike):
        path = fspath(file)
        if isinstance(path, str):
            return path
    if _is_frame(file):
        return _of_frame(file, f"DataFrame {number}" if number else "DataFrame")
    if hasattr(file, "read"):
        name = getattr(file, "name", "")
        return _spooled(file, name if isinstance(name, str) and name else f"file {number or 1}")
    raise _neither(file)


def _neither(file: object) -> UsageError:
    message = _("A {kind} cannot be read: give paths, a DataFrame, or files that are open as bytes.")
    return UsageError(message.format(kind=type(file).__name__))


def _is_frame(file: object) -> bool:
    """Whether it is a DataFrame of pandas, or a table of another library that becomes one."""
    return hasattr(file, "to_pandas") or (hasattr(file, "to_csv") and hasattr(file, "columns"))


def _of_frame(frame: Any, name: str) -> ByteSource:
    """The frame as comma-separated text: what pandas reads from a file, it gives back the same."""
    import io

    found: pd.DataFrame = frame.to_pandas() if hasattr(frame, "to_pandas") else frame
    if any(label is not None for label in found.index.names):
        found = found.reset_index()
    headers = [_header(label) for label in found.columns]
    columns = {i: _whole(found.iloc[:, i]) for i in range(found.shape[1])}
    text = type(found)(columns, index=found.index).to_csv(index=False, header=headers, lineterminator="\n")
    return _spooled(io.BytesIO(text.encode("utf-8", "replace")), name)


def _header(label: Any) -> str:
    return "/".join(str(part) for part in label if part != "") if isinstance(label, tuple) else str(label)


def _whole(column: pd.Series[Any]) -> pd.Series[Any]:
    """The column with whole numbers as such: beside a missing one pandas makes them 1.0, which is no code of a form."""
    if column.dtype.kind != "f":
        return column
    there = column.dropna()
    return column.astype("Int64") if len(there) and (there % 1 == 0).all() and there.abs().max() < 2**53 else column


def _spooled(file: Any, name: str) -> ByteSource:
    from visittally.reading.inputs.unpacking import spooled

    return spooled(ByteSource(name, name), cast("BinaryIO", _LeftOpen(file, name)))
