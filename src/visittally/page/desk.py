"""What the page works with: the folder of files, the process that counts, how far it has come."""

from __future__ import annotations

import secrets
from dataclasses import field
from functools import partial
from typing import TYPE_CHECKING, Any

import anyio.to_thread

from visittally import messages
from visittally.dataclass import dataclass
from visittally.errors import VisitTallyError
from visittally.page.choices import ROLE_OPTIONS, Choices, spelled
from visittally.page.keeping import to_keep
from visittally.page.names import argument, safe_name
from visittally.page.tasks import Answer, PageTask, Progress
from visittally.page.worker import StoppedError, Worker
from visittally.page.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from visittally.page.tasks import Serve

_STOPPED: Answer = {"stopped": True}


@dataclass(slots=True)
class WorkState:
    """How far the work has come, for those who look on.

    Attributes:
        version: Grows with every change.
        kind: What is being done; "" while nothing is.
    """

    version: int = 0
    kind: str = ""
    progress: Progress = field(default_factory=Progress)

    def change(self, kind: str, progress: Progress) -> None:
        """Something else is being done, or has come further."""
        self.kind, self.progress = kind, progress
        self.version += 1

    def told(self) -> dict[str, Any]:
        """The state as plain values."""
        return {"kind": self.kind, "done": self.progress.done, "size": self.progress.size}


class Desk:
    """Files come in, tables and documents go out; one thing is done at a time.

    Attributes:
        chosen: What the page chose last, for one that is loaded anew.
    """

    def __init__(self, serve: Serve) -> None:
        """Open a private folder, and start the process that `serve` runs in."""
        self.workspace = Workspace()
        self.state = WorkState()
        self.worker = Worker(serve, self.workspace.files, messages.language())
        self.chosen: Any = None
        self._known: dict[str, Answer] = {}
        self._latest = 0
        self._showing = 0

    def close(self) -> None:
        """End the process and remove the files."""
        self.worker.close()
        self.workspace.close()

    def speak(self, language: str) -> None:
        """Speak a language from here on."""
        if language in messages.LANGUAGES and language != messages.language():
            messages.set_language(language)
        self.worker.speak(messages.language())

    async def known(self) -> Answer:
        """The commands, their options and the fields, in the language that is spoken."""
        language = messages.language()
        while language not in self._known:
            found = await self._do(PageTask("describe"))
            if "error" in found:
                raise VisitTallyError(found["error"])
            if "commands" in found:
                self._known[language] = found
        return self._known[language]

    async def look(self) -> None:
        """Find out what the files are that nobody has looked at."""
        for given in list(self.workspace.given.values()):
            if not given.role:
                found = await self._do(PageTask("look", (given.name,)))
                given.role = given.role or str(found.get("role", "records"))

    async def show(self, sent: Any) -> Answer:
        """The tables of what was chosen; what was being shown before is given up.

        Raises:
            VisitTallyError: It cannot be chosen so.
        """
        await self.look()
        known = (await self.known())["commands"]
        choices = Choices.told(sent, known)
        self.chosen = sent
        arguments = choices.arguments(self.workspace, known, messages.language())
        self._latest += 1
        number = self._latest
        if self._showing:
            self.worker.stop()
        # A report is a file on the command line; on the page its tables are looked at.
        more = ("-o", self.workspace.free("report.html")) if choices.command == "report" else ()
        self._showing += 1
        try:
            found = await self._do(PageTask("show", (*arguments, *more)), lambda: number == self._latest)
        finally:
            self._showing -= 1
        return {**found, "command": spelled(arguments)}

    async def write(self, sent: Any, form: str, table: str) -> Answer:
        """Write what was chosen as the command line writes it.

        Args:
            sent: The choices.
            form: docx, xlsx, html or csv.
            table: The only table, for csv; else "".

        Returns:
            The `result`, its `name` and the `command` that writes the same; or an `error`.

        Raises:
            VisitTallyError: It cannot be chosen so.
        """
        await self.look()
        known = (await self.known())["commands"]
        choices = Choices.told(sent, known)
        name = self.workspace.free(safe_name(f"{table or choices.command}.{form}").replace("/", "_"))
        more = (*(("--table", table) if table else ()), "--bom") if form == "csv" else ()
        arguments = choices.arguments(self.workspace, known, messages.language(), *more, "-o", argument(name))
        found = await self._do(PageTask("write", arguments))
        return {**self._result(found, name), "command": spelled(arguments)}

    async def keep(self, sent: Any) -> Answer:
        """Write a visittally.toml that says what was chosen.

        Raises:
            VisitTallyError: It cannot be chosen so.
        """
        await self.look()
        known = (await self.known())["commands"]
        choices = Choices.told(sent, known)
        language, of_columns = messages.language(), known["columns"]["options"]
        plain = Choices("columns", tuple(pair for pair in choices.options if pair[0] in of_columns))
        name = self.workspace.free("kept.toml")
        drafted = plain.arguments(self.workspace, known, language, "-f", "toml", "-o", name)
        found = self._result(await self._do(PageTask("write", drafted)), name)
        if "result" in found:
            files = [(option, f) for role, option in ROLE_OPTIONS.items() for f in self.workspace.with_role(role)]
            written = choices.arguments(self.workspace, known, language)
            path = self.result(found["result"])
            assert path is not None
            first = to_keep(("visittally", *written), [*choices.options, ("--lang", language)], files)
            path.write_bytes((first + path.read_text(encoding="utf-8")).encode())
            found = {**found, "name": "visittally.toml"}
        return found

    def result(self, number: str) -> Path | None:
        """A file that was written, by the number that it was given."""
        return next((path for path in self.workspace.results.glob("*") if path.name == number), None)

    def stop(self) -> None:
        """Give up what is being shown or written."""
        self._latest += 1
        self.worker.stop()

    def _result(self, found: Answer, name: str) -> dict[str, Any]:
        """Take what was written out of the folder of files."""
        path = self.workspace.files / name
        if not path.is_file():
            return {"error": found.get("error", ""), **({"stopped": True} if "stopped" in found else {})}
        number = secrets.token_hex(8)
        path.replace(self.workspace.results / number)
        return {"result": number, "name": name}

    async def _do(self, task: PageTask, wanted: Callable[[], bool] = lambda: True) -> Answer:
        """Have a task done in the process beside the page, which others may wait for."""
        run = partial(self.worker.run, task, partial(self.state.change, task.kind), wanted)
        try:
            return await anyio.to_thread.run_sync(run)
        except StoppedError:
            return _STOPPED
        finally:
            self.state.change("", Progress())
