"""The server of the page: taken, given back, ended."""

import asyncio
import os
import signal
import socket
import sys
import threading

import pytest
import uvicorn

from visittally.errors import InputError, VisitTallyError
from visittally.page import server
from visittally.page.server import HOST, ServedPage


@pytest.fixture
def served(desk, monkeypatch):
    """A page with a desk that has no process beside it."""
    monkeypatch.setattr(server, "Desk", lambda _serve: desk)
    made = ServedPage(None)
    yield made
    made.close()


def test_the_page_is_on_this_machine_alone_under_two_addresses(served):
    """The first is for the browser that is started with it, as others can see how."""
    address = f"http://{HOST}:{served.port}/"

    assert served._socket.getsockname() == ("127.0.0.1", served.port)
    assert served.address.startswith(address)
    assert served.first_address.startswith(address)
    assert served.address != served.first_address
    assert len(served.address) > len(address) + 40


def test_a_port_that_is_taken_is_said_and_nothing_is_left(desk, monkeypatch):
    monkeypatch.setattr(server, "Desk", lambda _serve: pytest.fail("a desk was made"))
    with socket.socket() as other:
        other.bind((HOST, 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(VisitTallyError, match=f"Port {port} cannot be used"):
            ServedPage(None, port)


def test_it_says_nothing_of_itself_and_keeps_no_record_of_who_asked(served):
    config = served._server.config

    assert (config.server_header, config.access_log) == (False, False)


def test_files_are_lent(served, tmp_path):
    (tmp_path / "a.csv").write_text("village\n", encoding="utf-8")
    served.lend(tmp_path / "a.csv")

    assert [*served.desk.workspace.given] == ["a.csv"]
    with pytest.raises(InputError, match="nosuch"):
        served.lend(tmp_path / "nosuch.csv")


def test_served_until_it_is_ended_and_then_nothing_is_left(served):
    """The browser is started with the first address, on a thread: one for terminals does not come back."""
    opened, ends = [], threading.Event()

    def browse(address):
        opened.append((address, threading.current_thread() is threading.main_thread()))
        served.end()
        ends.set()

    served.run(browser=True, browse=browse)

    assert ends.wait(20)
    assert opened == [(served.first_address, False)]
    assert served.app.finished
    assert served._socket.fileno() == -1
    assert not served.desk.workspace.folder.exists()


def test_without_a_browser_none_is_started(served):
    served.end()

    served.run(browser=False, browse=lambda _address: pytest.fail("a browser was started"))

    assert not served.desk.workspace.folder.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="signals are others there")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_server_ends_as_if_it_had_been_asked(served, number):
    """The signal goes no further, and is as it was when the server has ended."""
    before = signal.getsignal(number)

    with served._server.capture_signals():
        os.kill(os.getpid(), number)

    assert served.app.finished
    assert served._server.should_exit
    assert signal.getsignal(number) is before


def test_a_server_on_another_thread_takes_no_signals(served):
    before, during = signal.getsignal(signal.SIGINT), []

    def take():
        with served._server.capture_signals():
            during.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=take)
    thread.start()
    thread.join(20)

    assert during == [before]


def watched(served, monkeypatch, *seconds):
    """Whether the server has ended after these seconds, in each of which so many pages look on."""
    seconds, slept = list(seconds), []

    async def sleep(_seconds):
        if len(slept) == len(seconds):
            served._server.should_exit, served.app.looking_on = True, 1
            slept.append(True)
            return
        served.app.looking_on = seconds[len(slept)]
        slept.append(False)

    monkeypatch.setattr(server, "_GRACE", 3.0)
    monkeypatch.setattr(server.asyncio, "sleep", sleep)
    asyncio.run(served._server._watch())
    return not slept[-1]


def test_a_page_that_was_closed_for_long_ends_the_server(served, monkeypatch):
    served.app.opened = True

    assert watched(served, monkeypatch, 0, 0, 0, 0)
    assert served.app.finished


def test_a_page_that_is_loaded_anew_does_not_end_it(served, monkeypatch):
    served.app.opened = True

    assert not watched(served, monkeypatch, 0, 0, 0, 1, 0, 0, 0)
    assert not served.app.finished


def test_a_page_that_was_never_opened_is_waited_for(served, monkeypatch):
    assert not watched(served, monkeypatch, *[0] * 9)


def test_while_it_serves_it_looks_whether_anybody_is_there(served, monkeypatch):
    """And no longer."""
    looked = []

    async def loop(_server):
        await asyncio.sleep(0)

    async def watch(_server):
        looked.append("begun")
        try:
            await asyncio.Event().wait()
        finally:
            looked.append("ended")

    monkeypatch.setattr(uvicorn.Server, "main_loop", loop)
    monkeypatch.setattr(server._Server, "_watch", watch)
    asyncio.run(served._server.main_loop())

    assert looked == ["begun", "ended"]
