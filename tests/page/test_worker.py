"""The process that counts for the page, played by a thread."""

import os
import socket
import sys
import threading
from multiprocessing import Pipe
from multiprocessing.connection import Connection

import pytest

from visittally.page import worker
from visittally.page.tasks import PageTask, Progress
from visittally.page.worker import StoppedError, Worker

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pipes are no sockets there")


class Played:
    """A process that is a thread; what kills it takes its connection away."""

    def __init__(self, target, args, daemon):
        self.connection = Connection(os.dup(args[0].fileno()))
        self.thread = threading.Thread(target=target, args=(self.connection, *args[1:]), daemon=daemon)

    def start(self):
        self.thread.start()

    def is_alive(self):
        return self.thread.is_alive()

    def kill(self):
        with socket.socket(fileno=os.dup(self.connection.fileno())) as end:
            end.shutdown(socket.SHUT_RDWR)

    def join(self):
        self.thread.join(20)


def serve(connection, folder, language):
    """Says what it was asked; `wait` takes until it is killed, `die` ends it."""
    while True:
        try:
            task = connection.recv()
            if task.kind == "die":
                break
            if task.kind == "wait":
                connection.send(Progress(7, 9))
                connection.recv()
            connection.send(Progress(1, 2))
            connection.send({"asked": task.arguments, "folder": folder, "language": language})
        except (EOFError, OSError):
            break
    connection.close()


@pytest.fixture
def beside(monkeypatch, tmp_path):
    context = type("Context", (), {"Pipe": staticmethod(Pipe), "Process": Played})
    monkeypatch.setattr(worker.multiprocessing, "get_context", lambda _name: context)
    made = Worker(serve, tmp_path, "en")
    yield made
    made.close()


def done(beside, kind="say", *arguments, told=None, wanted=True):
    tell = (lambda _progress: None) if told is None else told.append
    return beside.run(PageTask(kind, arguments), tell, lambda: wanted)


def test_tasks_are_done_one_after_the_other_in_one_process(beside, tmp_path):
    process, told = beside._process, []

    assert [done(beside, "say", name, told=told)["asked"] for name in "ab"] == [("a",), ("b",)]
    assert told == [Progress(1, 2)] * 2
    assert beside._process is process
    assert done(beside) == {"asked": (), "folder": str(tmp_path), "language": "en"}


def test_what_is_not_wanted_any_more_is_not_done(beside):
    told = []

    with pytest.raises(StoppedError):
        done(beside, told=told, wanted=False)
    assert told == []


def waiting(beside):
    """Begin a task that takes long; gives the thread and what became of it."""
    ended, begun = [], threading.Event()

    def run():
        try:
            beside.run(PageTask("wait"), lambda _progress: begun.set(), lambda: True)
        except StoppedError:
            ended.append("stopped")

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert begun.wait(20)
    return thread, ended


def test_what_is_being_done_can_be_stopped_and_the_next_finds_a_new_process(beside):
    process = beside._process
    thread, ended = waiting(beside)

    beside.stop()
    thread.join(20)

    assert ended == ["stopped"]
    assert not process.is_alive()
    assert done(beside, "say", "a")["asked"] == ("a",)


def test_where_nothing_is_being_done_nothing_is_stopped(beside):
    process = beside._process

    beside.stop()

    assert process.is_alive()
    assert beside._process is process


def test_another_language_needs_another_process(beside):
    process = beside._process
    beside.speak("en")
    assert beside._process is process

    beside.speak("zh")
    assert not process.is_alive()
    assert done(beside)["language"] == "zh"


def test_a_process_that_died_is_said_and_followed_by_another(beside):
    with pytest.raises(StoppedError):
        done(beside, "die")
    beside._process.join()

    assert done(beside, "say", "a")["asked"] == ("a",)


def test_after_it_was_closed_nothing_is_done(beside):
    process = beside._process
    beside.close()

    assert not process.is_alive()
    with pytest.raises(StoppedError):
        done(beside)


def test_what_is_being_done_is_given_up_when_it_is_closed(beside):
    thread, ended = waiting(beside)

    beside.close()
    thread.join(20)

    assert ended == ["stopped"]
