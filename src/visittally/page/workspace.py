"""The private folder of a page: the files that people gave it, under their names, and what is made of them."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from visittally.dataclass import dataclass
from visittally.errors import InputError
from visittally.messages import _
from visittally.page.names import numbered, safe_name

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

ROLES = ("records", "form", "roster", "before", "answers", "settings", "unused")
"""What a file can be to the others."""
LARGEST = 16 << 30
"""Bytes that all files together may have."""
_SPARE = 256 << 20
"""Bytes that must stay free beside them: what is read is sorted there, and results are written."""


@dataclass(slots=True)
class GivenFile:
    """A file that somebody gave the page.

    Attributes:
        name: Its path below the folder of the page, with `/`; how the command line calls it.
        size: Its bytes.
        role: One of `ROLES`; "" until somebody has looked at it.
    """

    name: str
    size: int
    role: str = ""


class Workspace:
    """A folder that only its owner may enter, and that is gone when the page is closed."""

    def __init__(self) -> None:
        """Make the folder (mode 0700)."""
        self.folder = Path(tempfile.mkdtemp(prefix="visittally-page-"))
        self.files = self.folder / "files"
        self.results = self.folder / "results"
        for folder in (self.files, self.results):
            folder.mkdir(mode=0o700)
        self.given: dict[str, GivenFile] = {}
        self._receiving: set[str] = set()

    def lend(self, path: Path) -> GivenFile:
        """Let the page read a file where it lies: by a link, or by a copy where the system makes none.

        Raises:
            InputError: It is not there.
        """
        if not path.is_file():
            raise InputError(_("{name}: there is no such file.").format(name=path))
        name = self.free(safe_name(path.name))
        target = self.files / name
        try:
            target.symlink_to(path.resolve())
        except OSError:
            try:
                os.link(path, target)
            except OSError:
                shutil.copyfile(path, target)
        return self._add(name)

    async def receive(self, told: str, chunks: AsyncIterator[bytes], size: int) -> GivenFile:
        """Keep what a browser sends.

        Args:
            told: What it calls the file.
            chunks: Its bytes as they come.
            size: How many are announced.

        Raises:
            InputError: It is too large, or there is no room for it.
        """
        name = self.free(safe_name(told))
        self._refuse(told, size)
        target = self.files / name
        part = self.folder / f"{len(self._receiving)}-{os.urandom(4).hex()}.part"
        self._receiving.add(name)
        try:
            with part.open("xb") as stream:
                written = 0
                async for chunk in chunks:
                    written += len(chunk)
                    if written > size:
                        raise InputError(_("{name}: more came than was announced.").format(name=name))
                    stream.write(chunk)
            if written < size:
                raise InputError(_("{name}: less came than was announced.").format(name=name))
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            part.replace(target)
        except OSError as error:
            raise InputError(_("{name} cannot be kept: {reason}").format(name=name, reason=error.strerror)) from error
        finally:
            part.unlink(missing_ok=True)
            self._receiving.discard(name)
        return self._add(name)

    def remove(self, name: str) -> None:
        """Forget a file; one that was lent stays where it lies."""
        if self.given.pop(name, None) is not None:
            path = self.files / name
            path.unlink(missing_ok=True)
            if path.parent != self.files:
                with contextlib.suppress(OSError):  # others may lie in it
                    path.parent.rmdir()

    def with_role(self, role: str) -> list[str]:
        """Names of the files with a role, in the order in which they came."""
        return [one.name for one in self.given.values() if one.role == role]

    def close(self) -> None:
        """Remove everything."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _add(self, name: str) -> GivenFile:
        self.given[name] = GivenFile(name, (self.files / name).stat().st_size)
        return self.given[name]

    def free(self, name: str) -> str:
        """The name, with a number where a file bears it; some systems do not tell a from A."""
        taken = {known.casefold() for known in (*self.given, *self._receiving)}
        free, number = name, 1
        while free.casefold() in taken or (self.files / free).exists():
            number += 1
            free = numbered(name, number)
        return free

    def _refuse(self, name: str, size: int) -> None:
        if sum(one.size for one in self.given.values()) + size > LARGEST:
            text = _("{name} is too large for the page. Use the command line for it.")
            raise InputError(text.format(name=name))
        if shutil.disk_usage(self.folder).free < size + _SPARE:
            text = _("There is no room for {name} in the temporary folder {folder}. Use the command line for it.")
            raise InputError(text.format(name=name, folder=self.folder))
