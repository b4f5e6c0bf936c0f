"""A page that is served while a test runs."""

from __future__ import annotations

import http.client
import json
import threading
import time
from contextlib import contextmanager
from urllib.parse import quote, urlsplit

import pytest

pytest.importorskip("starlette")
pytest.importorskip("uvicorn")

from visittally.cli.page_tasks import serve
from visittally.page.desk import Desk
from visittally.page.server import ServedPage
from visittally.page.tasks import Progress
from visittally.page.worker import StoppedError

LEDGER = """\
村,户号,走访日期,问题,办理情况,户主姓名,电话
东湖村,1,2026-03-01,道路,已解决,李小明,13800138000
东湖村,2,2026-03-01,饮水,未办结,王大力,13800138001
西山村,1,2026-03-02,道路,已解决,赵丽娟,13800138002
西山村,2,2026-03-03,教育,办理中,钱学林,13800138003
"""


class Browser:
    """Asks as a browser does, with headers of any kind."""

    def __init__(self, page):
        self.page = page
        parts = urlsplit(page.address)
        self.host, self.port, self.token = parts.hostname, parts.port, parts.path
        self.origin = f"http://{parts.netloc}"

    def ask(self, method, path, body=None, headers=None, *, token=None):
        """The status, the headers and the bytes of an answer."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=240)
        own = {"Origin": self.origin} if method == "POST" else {}
        connection.request(method, (self.token if token is None else token) + path, body, {**own, **(headers or {})})
        answer = connection.getresponse()
        found = answer.status, dict(answer.getheaders()), answer.read()
        connection.close()
        return found

    def post(self, what, **told):
        """The answer to a question in JSON."""
        body = json.dumps({"lang": "en", **told})
        status, _headers, content = self.ask("POST", what, body, {"Content-Type": "application/json"})
        assert status == 200, (status, content)
        return json.loads(content)

    def give(self, name, content):
        """Send a file."""
        content = content.encode() if isinstance(content, str) else content
        _status, _headers, answer = self.ask("POST", f"files?name={quote(name)}", content)
        return json.loads(answer)

    def saved(self, command, form, *options, table=""):
        """The bytes that are saved for a choice."""
        answer = self.post("write", choices={"command": command, "options": list(options)}, form=form, table=table)
        assert "result" in answer, answer
        return self.ask("GET", f"results/{answer['result']}/{quote(answer['name'])}")[2], answer

    def show(self, command, *options):
        """The tables of a choice."""
        return self.post("show", choices={"command": command, "options": list(options)})


@pytest.fixture(scope="session")
def served():
    """Serve a page while a context lasts."""

    @contextmanager
    def meanwhile():
        page = ServedPage(serve)
        thread = threading.Thread(target=page.run, kwargs={"browser": False}, daemon=True)
        thread.start()
        yield page
        page.end()
        thread.join(120)
        assert not thread.is_alive()

    return meanwhile


@pytest.fixture(scope="module")
def served_long(served):
    """A page with its process, whose start takes longer than most that is asked of it."""
    with served() as page:
        yield page


@pytest.fixture
def serving(folder, served_long):
    """A page without files and choices, which goes on after the test."""
    yield served_long
    served_long.desk.chosen = None
    for name in tuple(served_long.desk.workspace.given):
        served_long.desk.workspace.remove(name)


@pytest.fixture
def ending(folder, served):
    """Somebody who looks at a page that nobody needs after the test."""
    with served() as page:
        yield Browser(page)


@pytest.fixture
def browser(serving):
    """Somebody who looks at the page."""
    return Browser(serving)


@pytest.fixture
def ledger():
    """Four visits, with names and telephones."""
    return LEDGER


@pytest.fixture
def wait_for():
    """Wait until something holds."""

    def wait(told, seconds=120):
        end = time.monotonic() + seconds
        while not told():
            assert time.monotonic() < end
            time.sleep(0.05)

    return wait


class OwnWorker:
    """Does the tasks of a desk in the thread that asks, in place of a process; keeps what it was told.

    Attributes:
        answers: Kind of a task -> what is answered, or a function of its arguments.
        tasks: The tasks that were done.
    """

    def __init__(self, _serve, folder, language):
        self.folder, self.language = folder, language
        self.tasks, self.languages, self.stops, self.closed = [], [], 0, False
        self.answers = {"describe": KNOWN, "look": {"role": "records"}, "show": {"sections": []}}
        self.answers["write"] = self._write

    def _write(self, *arguments):
        (self.folder / arguments[arguments.index("-o") + 1]).write_text("# written\n", encoding="utf-8")
        return {"error": ""}

    def run(self, task, tell, wanted):
        if not wanted():
            raise StoppedError
        self.tasks.append((task.kind, *task.arguments))
        tell(Progress(1, 2))
        answer = self.answers[task.kind]
        return answer(*task.arguments) if callable(answer) else answer

    def stop(self):
        self.stops += 1

    def speak(self, language):
        self.languages.append(language)

    def close(self):
        self.closed = True


KNOWN = {
    "commands": {
        "summarize": {"options": {"--by": {"kind": "text"}, "--column": {"kind": "text"}}},
        "coverage": {"options": {"--by": {"kind": "text"}, "--roster": {"kind": "file"}}},
        "report": {"options": {"--title": {"kind": "text"}}},
        "columns": {"options": {"--column": {"kind": "text"}}},
    },
    "shown": ["summarize"],
}


@pytest.fixture
def desk(monkeypatch):
    """A desk without a process beside it."""
    monkeypatch.setattr("visittally.page.desk.Worker", OwnWorker)
    made = Desk(None)
    yield made
    made.close()


@pytest.fixture
def give(desk, tmp_path):
    """Give the desk files, each with a role, or with none as long as nobody has looked at it."""

    def put(**roles):
        for name, role in roles.items():
            path = tmp_path / f"{name}.csv"
            path.write_text("village,issue\n", encoding="utf-8")
            desk.workspace.lend(path).role = role

    return put
