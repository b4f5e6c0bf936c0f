"""A file is there completely, or is what it was before."""

from __future__ import annotations

import errno
import stat
import sys

import pytest

from visittally.errors import OutputError
from visittally.render.writing import cannot_write, write_atomically

posix = pytest.mark.skipif(sys.platform == "win32", reason="modes and links are otherwise there")


def test_bytes_or_what_a_function_writes(tmp_path):
    write_atomically(tmp_path / "a.csv", b"a")
    write_atomically(tmp_path / "b.csv", lambda stream: stream.write(b"b") and None)

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"a.csv": b"a", "b.csv": b"b"}


@pytest.mark.parametrize("failure", [ValueError("broken"), KeyboardInterrupt()])
def test_after_a_failure_the_old_file_is_there_and_nothing_else(tmp_path, failure):
    def broken(stream):
        stream.write(b"half")
        raise failure

    path = tmp_path / "a.csv"
    path.write_bytes(b"old")
    with pytest.raises(type(failure)):
        write_atomically(path, broken)

    assert [(one.name, one.read_bytes()) for one in tmp_path.iterdir()] == [("a.csv", b"old")]


@posix
def test_the_mode_of_a_file_is_kept_and_a_new_one_has_the_usual_one(tmp_path):
    private, plain = tmp_path / "private.csv", tmp_path / "plain.csv"
    private.write_bytes(b"old")
    private.chmod(0o600)
    plain.write_bytes(b"old")
    usual = stat.S_IMODE(plain.stat().st_mode)
    write_atomically(private, b"new")
    write_atomically(tmp_path / "new.csv", b"new")

    assert stat.S_IMODE(private.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "new.csv").stat().st_mode) == usual


@posix
def test_a_link_is_followed(tmp_path):
    (tmp_path / "real.csv").write_bytes(b"old")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    write_atomically(tmp_path / "link.csv", b"new")

    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_bytes() == b"new"


def test_what_cannot_be_written_is_said(tmp_path):
    with pytest.raises(OutputError, match="the folder does not exist"):
        write_atomically(tmp_path / "nowhere" / "a.csv", b"a")


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "x: there is no room left on the disk. Make room or choose another place."),
        (errno.EACCES, "x: no permission to write here. Choose another place with --output."),
        (errno.EROFS, "x: no permission to write here. Choose another place with --output."),
        (errno.ENOTDIR, "x: the folder does not exist. Make it first or choose another place."),
        (errno.EISDIR, "x is a folder. Give the name of a file."),
        (errno.ENAMETOOLONG, "x: the name is too long. Choose a shorter one."),
        (errno.EIO, "x cannot be written: told"),
    ],
)
def test_why_in_one_sentence_that_says_what_to_do(number, said):
    assert cannot_write("x", OSError(number, "told")) == said


@posix
def test_links_that_lead_to_each_other_are_said(tmp_path):
    (tmp_path / "a.csv").symlink_to(tmp_path / "b.csv")
    (tmp_path / "b.csv").symlink_to(tmp_path / "a.csv")

    with pytest.raises(OutputError, match=r"a\.csv cannot be written"):
        write_atomically(tmp_path / "a.csv", b"new")


def test_a_fault_of_what_writes_is_none_of_the_name(tmp_path):
    def fill(_stream):
        raise RuntimeError("broken")

    with pytest.raises(RuntimeError, match="broken"):
        write_atomically(tmp_path / "a.csv", fill)
