"""Shared by all tests."""

from __future__ import annotations

import contextlib
import csv
import gc
import io
import json
import os
import sys
import textwrap
from dataclasses import replace

import pytest
from hypothesis import settings

from visittally import messages
from visittally.counting import cores, engine
from visittally.dataclass import dataclass
from visittally.reading.beginning import find_header
from visittally.reading.blocks import WHOLE, TableSource
from visittally.reading.text import cuts, delimited, heart

# Scripts that are run by themselves, and from tests of their own.
collect_ignore_glob = ["attack/*.py"]

# The same examples every time, so that a failure is one of the change at hand; HYPOTHESIS_PROFILE=default tries new
# ones, and more of them.
settings.register_profile("steady", derandomize=True, deadline=None, max_examples=25)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


@pytest.fixture(scope="session", autouse=True)
def compiled_once():
    """Processes that tests start keep what they compile, whatever this one was told: the next need not do it again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        yield


@pytest.fixture(autouse=True)
def english():
    """Every test begins in English, whatever the machine speaks."""
    messages.set_language("en")
    yield
    messages.set_language("en")


@dataclass(frozen=True)
class ListedTable(TableSource):
    """A table whose records stand in a list."""

    rows: tuple[tuple[str, ...], ...] = ()

    def sample(self):
        return self.rows

    def blocks(self, columns, partition=WHOLE):
        raise NotImplementedError


@pytest.fixture
def table():
    """Make a table of comma-separated text, with its header found as a reader finds it."""

    def make(text, file="visits.csv"):
        rows = list(csv.reader(io.StringIO(textwrap.dedent(text).strip("\n"))))
        position = find_header(rows)
        width = position.width
        records = tuple(tuple((row + [""] * width)[:width]) for row in rows[position.first_record :] if any(row))
        line = position.header_rows[-1] + 1 if position.header_rows else 0
        return ListedTable(file, position.header, position.rows, line, "utf-8", ",", rows=records)

    return make


@dataclass(frozen=True)
class Ended:
    """What a run of the command line left: its exit status and its two outputs."""

    status: int
    out: str
    err: str

    def tables(self):
        """The tables of `-f json` by name, each a list of rows."""
        return {table["name"]: table["rows"] for table in json.loads(self.out)["tables"]}

    def receipt(self):
        """The receipt of `-f json`."""
        return json.loads(self.out)["receipt"]


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """An empty working directory, and no settings from outside."""
    monkeypatch.chdir(tmp_path)
    for name in list(os.environ):
        if name.startswith(("VISITTALLY", "LC_", "LANG")):
            monkeypatch.delenv(name)
    return tmp_path


@pytest.fixture
def write(folder):
    """Write a file into the working directory: its name, its text (indented as the test is)."""

    def put(name, text, encoding="utf-8"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(textwrap.dedent(text).lstrip("\n").encode(encoding))
        return name

    return put


@pytest.fixture
def command(folder):
    """Run the command line inside this process, in an empty working directory."""
    from click.testing import CliRunner

    from visittally.cli.group import visittally

    def run(*arguments, stdin=None, **environment):
        ended = CliRunner().invoke(visittally, arguments, input=stdin, env=environment, prog_name="visittally")
        if ended.exception is not None and not isinstance(ended.exception, SystemExit):
            raise ended.exception
        return Ended(ended.exit_code, ended.stdout, ended.stderr)

    return run


@pytest.fixture(scope="session")
def calls():
    """Count how many functions written in Python are called meanwhile: work without a clock."""

    def count(work):
        called = 0

        def seen(_frame, event, _argument):
            nonlocal called
            called += event == "call"

        sys.setprofile(seen)
        try:
            work()
        finally:
            sys.setprofile(None)
        return called

    return count


def pytest_collection_finish():
    """Thousands of collected tests and imported modules live to the end: the search for cycles need not walk them."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


def pytest_addoption(parser):
    """Flags that write down what is printed now: the README's console blocks, the cases in files."""
    parser.addoption("--update-cases", action="store_true", help="write what the commands of tests/cases print now")
    parser.addoption("--update-readme", action="store_true", help="write what the README's commands print now")


@pytest.fixture(scope="session")
def hearts():
    """Each heart that can beat here, a context each: numpy, and the compiled one with each set of instructions."""

    @contextlib.contextmanager
    def beating(native, level):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(heart, "native", native)
            patch.setattr(heart, "level", level)
            yield heart.name()

    compiled = heart.native
    return lambda: (beating(None, ""), *(beating(compiled, level) for level in (compiled.levels() if compiled else ())))


@pytest.fixture(scope="session")
def small_pieces():
    """Cuts small files into many pieces, as large ones are, while a context lasts."""

    @contextlib.contextmanager
    def cut():
        """Partitions, blocks and certain cuts of some dozens of bytes, counted by several workers."""
        whole = delimited.find_table

        def find_table(source, *options):
            return replace(whole(source, *options), block=256)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(engine, "PARTITION", 96)
            patch.setattr(cores, "cores", lambda: 4)
            patch.setattr(cores, "LARGE", 0)
            patch.setattr(delimited, "CUT", 0)
            patch.setattr(delimited, "find_table", find_table)
            patch.setattr(cuts, "WINDOW", 128)
            yield patch

    return cut
