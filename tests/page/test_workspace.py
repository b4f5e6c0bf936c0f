"""Files lie below the private folder of the page, under names that are theirs, and nothing is left of them."""

from __future__ import annotations

import asyncio
import stat
import sys
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visittally.errors import InputError
from visittally.page import workspace as module
from visittally.page.names import argument, safe_name
from visittally.page.workspace import Workspace


@pytest.fixture
def workspace():
    made = Workspace()
    yield made
    made.close()


def receive(workspace, name, content=b"a,b\n1,2\n", announced=None):
    async def chunks():
        for byte in range(0, len(content), 3):
            yield content[byte : byte + 3]

    return asyncio.run(workspace.receive(name, chunks(), len(content) if announced is None else announced)).name


LETTERS = st.characters(exclude_categories=["Cs"])
PIECES = st.sampled_from(["..", ".", "/", "\\", "a", " ", "\x00", "C:", "nul", "…", "~"])


@given(st.text(LETTERS) | st.lists(PIECES).map("".join))
def test_no_name_leads_out_of_the_folder(told):
    name = safe_name(told)
    parts = PurePosixPath(name).parts

    assert name
    assert not PurePosixPath(name).is_absolute()
    assert not {"..", "."} & {*parts}
    assert not any(sign in name for sign in '\\\x00:<>"|?*\n')
    assert safe_name(name) == name
    assert not argument(name).startswith("-")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other modes")
def test_nobody_else_may_enter(workspace):
    for path in (workspace.folder, workspace.files, workspace.results):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700


def test_names_that_lead_elsewhere_stay_below(workspace, tmp_path):
    names = [receive(workspace, name) for name in ("../../evil.csv", "/etc/passwd", "..\\up.csv", "a/../../b.csv")]

    assert names == ["evil.csv", "etc/passwd", "up.csv", "a/b.csv"]
    assert {p.relative_to(workspace.files).as_posix() for p in workspace.files.rglob("*.csv")} == {*names} - {names[1]}


def test_a_second_file_of_a_name_gets_a_number(workspace):
    assert [receive(workspace, name) for name in ("a.csv", "A.CSV", "a.csv")] == ["a.csv", "A (2).CSV", "a (3).csv"]


@pytest.mark.parametrize("announced", [3, 100])
def test_what_is_not_what_was_announced_leaves_nothing(workspace, announced):
    with pytest.raises(InputError):
        receive(workspace, "a.csv", announced=announced)
    assert workspace.given == {}
    assert [path for path in workspace.folder.rglob("*") if path.is_file()] == []


def test_too_much_is_refused_before_it_is_taken(workspace, monkeypatch):
    monkeypatch.setattr(module, "LARGEST", 20)
    receive(workspace, "a.csv")
    receive(workspace, "b.csv")
    with pytest.raises(InputError, match="too large"):
        receive(workspace, "c.csv")
    assert [*workspace.given] == ["a.csv", "b.csv"]


def test_what_is_lent_stays_where_it_is(workspace, tmp_path):
    own = tmp_path / "mine.csv"
    own.write_text("a\n1\n", encoding="utf-8")
    name = workspace.lend(own).name

    assert (workspace.files / name).read_text(encoding="utf-8") == "a\n1\n"
    workspace.remove(name)
    workspace.lend(own)
    workspace.close()
    assert own.read_text(encoding="utf-8") == "a\n1\n"
    assert not workspace.folder.exists()


def test_a_folder_goes_with_its_last_file(workspace):
    receive(workspace, "exports/a.csv")
    receive(workspace, "exports/b.csv")
    workspace.remove("exports/a.csv")
    assert (workspace.files / "exports").is_dir()
    workspace.remove("exports/b.csv")
    assert list(workspace.files.iterdir()) == []
    workspace.remove("exports/b.csv")


def test_a_file_that_is_not_there_is_said(workspace):
    with pytest.raises(InputError, match="no such file"):
        workspace.lend(Path("nowhere.csv"))
