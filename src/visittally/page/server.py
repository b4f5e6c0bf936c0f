"""The server of the page: on the loopback alone, until somebody ends it or closes the page."""

from __future__ import annotations

import asyncio
import signal
import socket
import threading
import webbrowser
from contextlib import contextmanager
from typing import TYPE_CHECKING

import uvicorn

from visittally.errors import VisitTallyError
from visittally.messages import _
from visittally.page.app import PageApp
from visittally.page.desk import Desk
from visittally.page.guard import Guard, new_token

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path
    from types import FrameType

    from visittally.page.tasks import Serve

HOST = "127.0.0.1"
_GRACE = 60.0
"""Seconds without any page open after which the server ends: to load a page anew takes less."""


class _Server(uvicorn.Server):
    """Ends as if nothing had happened where it is interrupted: the files must be removed after it."""

    page: PageApp

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Take signals only as long as the server runs, and do not pass them on."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return

        def end(_number: int, _frame: FrameType | None) -> None:
            self.page.finished = True
            self.should_exit = True

        names = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")
        numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
        before = {number: signal.signal(number, end) for number in numbers}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    async def main_loop(self) -> None:
        """Serve; meanwhile look whether anybody is there."""
        watching = asyncio.create_task(self._watch())
        try:
            await super().main_loop()
        finally:
            watching.cancel()

    async def _watch(self) -> None:
        alone = 0.0
        while not self.should_exit:
            await asyncio.sleep(1)
            alone = alone + 1 if self.page.opened and not self.page.looking_on else 0.0
            if alone > _GRACE:
                self.page.finished = True
                self.should_exit = True


class ServedPage:
    """A page that is about to be served.

    Attributes:
        desk: Its files, and the process that counts.
        address: Where it is, with the token.
        first_address: Leads to it a single time.
    """

    def __init__(self, serve: Serve, port: int = 0) -> None:
        """Take a port of this machine's loopback.

        Args:
            serve: Does the tasks, in a process of its own.
            port: The port; 0 for a free one.

        Raises:
            VisitTallyError: The port is taken.
        """
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if hasattr(socket, "SO_EXCLUSIVEADDRUSE"):
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            self._socket.bind((HOST, port))
        except OSError as error:
            self._socket.close()
            text = _("Port {port} cannot be used: {reason}. Leave --port out, and a free one is taken.")
            raise VisitTallyError(text.format(port=port, reason=error.strerror)) from error
        self._socket.listen(64)
        self.port = self._socket.getsockname()[1]
        token, once = new_token(), new_token()
        self.address = f"http://{HOST}:{self.port}/{token}/"
        self.first_address = f"http://{HOST}:{self.port}/{once}/"
        self.desk = Desk(serve)
        self.app = PageApp(self.desk, self.end)
        config = uvicorn.Config(
            Guard(self.app.asgi, token, self.port, once),
            log_level="error",
            access_log=False,
            server_header=False,
            lifespan="off",
            ws="none",
            timeout_graceful_shutdown=3,
        )
        self._server = _Server(config)
        self._server.page = self.app

    def lend(self, path: Path) -> None:
        """Let the page read a file where it lies.

        Raises:
            InputError: It is not there.
        """
        self.desk.workspace.lend(path)

    def run(self, *, browser: bool, browse: Callable[[str], object] = webbrowser.open) -> None:
        """Serve until somebody ends it; then nothing is left of it."""
        try:
            if browser:
                # A browser for terminals does not come back before it is closed.
                threading.Thread(target=browse, args=(self.first_address,), daemon=True).start()
            self._server.run(sockets=[self._socket])
        finally:
            self.close()

    def end(self) -> None:
        """End the server, from whichever thread."""
        self.app.finished = True
        self._server.should_exit = True

    def close(self) -> None:
        """Give the port back and remove the files."""
        self._socket.close()
        self.desk.close()
