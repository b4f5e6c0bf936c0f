"""The process that reads and counts for the page: it can be stopped, and takes its folder and language with it."""

from __future__ import annotations

import multiprocessing
from threading import Lock
from typing import TYPE_CHECKING

from visittally.page.tasks import Answer, PageTask, Progress

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess
    from pathlib import Path

    from visittally.page.tasks import Serve


class StoppedError(Exception):
    """The task was given up, or its process has died."""


class Worker:
    """One process for one task after the other; a process that is stopped is followed by a new one."""

    def __init__(self, serve: Serve, folder: Path, language: str) -> None:
        """Start the process; `serve` runs in it."""
        self._serve, self._folder, self.language = serve, folder, language
        self._busy, self._changing = Lock(), Lock()
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None
        self._closed = False
        self._start()

    def run(self, task: PageTask, tell: Callable[[Progress], None], wanted: Callable[[], bool]) -> Answer:
        """Have a task done.

        Args:
            task: The task.
            tell: Is told how far it has come.
            wanted: Whether it is still to be done when its turn has come.

        Raises:
            StoppedError: It was stopped meanwhile, or is not wanted any more.
        """
        with self._busy:
            with self._changing:
                if self._closed or not wanted():
                    raise StoppedError
                if self._process is None or not self._process.is_alive():
                    self._start()
                pipe = self._pipe
            assert pipe is not None
            try:
                pipe.send(task)
                while True:
                    said = pipe.recv()
                    if isinstance(said, Progress):
                        tell(said)
                    else:
                        return said  # type: ignore[no-any-return]  # what comes through a pipe has no type
            except (EOFError, OSError) as error:
                raise StoppedError from error

    def stop(self) -> None:
        """Give up what is being done, if anything is; the next task finds a new process."""
        if self._busy.locked():
            with self._changing:
                self._kill()

    def speak(self, language: str) -> None:
        """Do the next tasks in a language; what is being done is given up."""
        with self._changing:
            if language != self.language:
                self.language = language
                self._kill()

    def close(self) -> None:
        """End the process for good."""
        with self._changing:
            self._closed = True
            self._kill()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        arguments = (theirs, str(self._folder), self.language)
        self._process = context.Process(target=self._serve, args=arguments, daemon=True)
        self._process.start()
        theirs.close()

    def _kill(self) -> None:
        if self._process is not None and self._process.is_alive():
            self._process.kill()
            self._process.join()
        self._process = None
