"""Web addresses: servers of all kinds, on the loopback."""

from __future__ import annotations

import gzip
import io
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from visittally.errors import InputError
from visittally.reading.inputs import addresses
from visittally.reading.inputs.addresses import _Remote

TEXT = "village,issue\n" + "".join(f"Ash,road {i % 7}\n" for i in range(500))


class Server(BaseHTTPRequestHandler):
    """Answers each path in another way."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_arguments):
        """Say nothing."""

    def do_GET(self):
        """Answer."""
        name = self.path.split("/")[1]
        content = TEXT.encode()
        if name == "redirect":
            self.send_response(302)
            self.send_header("Location", "/length/visits.csv")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif name == "astray":
            self.send_response(302)
            self.send_header("Location", "file:///etc/hostname")
            self.send_header("Content-Length", "0")
            self.end_headers()
        elif name in ("missing", "forbidden"):
            self.send_error(404 if name == "missing" else 403)
        elif name == "chunked":
            self.send_response(200)
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for start in range(0, len(content), 1000):
                chunk = content[start : start + 1000]
                self.wfile.write(f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n")
            self.wfile.write(b"0\r\n\r\n")
        else:
            self.close_connection = True
            content = gzip.compress(content) if name == "packed" else content
            self.send_response(200)
            if name not in ("endless", "slow"):
                self.send_header("Content-Length", str(len(content) + (99 if name in ("broken", "silent") else 0)))
            self.send_header("Connection", "close")
            self.end_headers()
            for start in range(0, len(content), 2000):
                self.wfile.write(content[start : start + 2000])
                self.wfile.flush()
                time.sleep(0.05 if name == "slow" else 0)
            time.sleep(2 if name == "silent" else 0)


@pytest.fixture(scope="module")
def server():
    """The address of a server."""
    running = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    thread = threading.Thread(target=running.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    running.server_close()


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch):
    monkeypatch.setenv("no_proxy", "*")


@pytest.mark.parametrize("way", ["length", "endless", "chunked", "slow", "redirect", "packed"])
def test_every_server_is_read_as_a_file_is(command, server, way):
    """With and without a length, in chunks, slowly, elsewhere, packed."""
    suffix = ".gz" if way == "packed" else ""

    ended = command("read", f"{server}/{way}/visits.csv{suffix}")

    assert (ended.status, ended.out) == (0, TEXT)


@pytest.mark.parametrize(
    ("way", "said"),
    [
        ("missing", "does not exist"),
        ("forbidden", "403"),
        ("broken", "the connection ended before the file"),
        ("astray", "not allowed"),
    ],
)
def test_what_cannot_be_had_is_one_sentence(command, server, way, said):
    """Nor is half a file taken for a whole one."""
    ended = command("summarize", f"{server}/{way}/visits.csv")

    assert (ended.status, ended.out) == (1, "")
    assert said in ended.err
    assert ended.err.count("\n") == 1


def test_a_server_that_says_nothing_more_is_given_up(command, server, monkeypatch):
    monkeypatch.setattr(addresses, "_PATIENCE", 0.2)

    for address in (f"{server}/silent/visits.csv", "http://127.0.0.1:9/visits.csv", "http://"):
        ended = command("read", address)

        assert (ended.status, "cannot be reached" in ended.err) == (1, True)


def test_no_library_is_needed(command, server, monkeypatch):
    """Python alone reads web addresses."""
    monkeypatch.setitem(sys.modules, "fsspec", None)

    assert command("read", f"{server}/length/visits.csv", "-q").out == TEXT


def test_no_server_leads_into_this_machine():
    """Unless the user named it himself; nor from safe to unsafe."""
    may = addresses._may_lead
    elsewhere = "http://192.0.2.1/a"

    assert not any(
        may(elsewhere, f"http://{host}/b") for host in ("127.0.0.1", "localhost", "[::1]", "169.254.169.254", "0.0.0.0")
    )
    assert may(elsewhere, "https://192.0.2.2/b")
    assert may("http://localhost/a", "http://127.0.0.1/b")
    assert not may("https://192.0.2.1/a", elsewhere)
    assert not any(may(elsewhere, f"{scheme}://192.0.2.2/b") for scheme in ("ftp", "file", "data"))


@pytest.mark.parametrize(
    ("limit", "value", "said"), [("_LARGEST", 5_000, "more than"), ("_SLOWEST", 10**9, "less than")]
)
def test_a_server_that_never_ends_or_only_drips_is_given_up(command, server, monkeypatch, limit, value, said):
    monkeypatch.setattr(addresses, limit, value)
    monkeypatch.setattr(addresses, "_GRACE", 0)

    ended = command("read", f"{server}/slow/visits.csv")

    assert (ended.status, ended.out) == (1, "")
    assert said in ended.err


@pytest.mark.parametrize("name", ["visits.csv", "visits.csv.gz", "visits.zip"])
def test_addresses_are_read_like_files(tmp_path, name, found, content, zipped):
    fsspec = pytest.importorskip("fsspec")
    text = TEXT.encode()
    packed = {"visits.csv": text, "visits.csv.gz": gzip.compress(text)}
    content_there = packed.get(name) or zipped(tmp_path / name, {"b.csv": text}).read_bytes()
    with fsspec.open(f"memory://survey/{name}", "wb") as file:
        file.write(content_there)
    (leaf,) = found(f"memory://survey/{name}")
    assert content(leaf) == text
    assert not leaf[0].plain


def test_nothing_at_an_address_is_said(found):
    pytest.importorskip("fsspec")
    assert found("memory://survey/none.csv") == ["memory://survey/none.csv does not exist. Check the address."]


def test_an_address_that_fails_while_it_is_read_is_said():
    class Failing(io.BytesIO):
        def read1(self, _size=-1):
            raise TimeoutError("no answer")

    with pytest.raises(InputError, match=r"far://visits.csv cannot be reached \(no answer\)"):
        _Remote("far://visits.csv", Failing()).read()
