"""Writing: everything or nothing."""

import errno
import io
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from visittally.cli.output import write_atomically, write_stdout
from visittally.errors import OutputError

WRITE = "from visittally.cli.output import write_stdout; write_stdout(b'x' * {size})"


def _names(folder):
    return [path.name for path in folder.iterdir()]


def test_a_file_holds_what_was_written(tmp_path):
    write_atomically(tmp_path / "a.csv", b"new")

    assert (tmp_path / "a.csv").read_bytes() == b"new"
    assert _names(tmp_path) == ["a.csv"]


def test_a_function_may_write(tmp_path):
    write_atomically(tmp_path / "a.csv", lambda stream: stream.write(b"new"))

    assert (tmp_path / "a.csv").read_bytes() == b"new"


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path):
    (tmp_path / "a.csv").write_bytes(b"old")

    def fail(stream):
        stream.write(b"half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path / "a.csv", fail)

    assert (tmp_path / "a.csv").read_bytes() == b"old"
    assert _names(tmp_path) == ["a.csv"]


@pytest.mark.parametrize(
    ("number", "says"),
    [(errno.ENOSPC, "no room"), (errno.EACCES, "no permission"), (errno.EIO, "cannot be written")],
)
def test_what_stands_in_the_way_is_said(tmp_path, number, says):
    def fail(_stream):
        raise OSError(number, os.strerror(number))

    with pytest.raises(OutputError, match=rf"a\.csv.*{says}"):
        write_atomically(tmp_path / "a.csv", fail)
    assert _names(tmp_path) == []


def test_a_missing_folder_is_said(tmp_path):
    with pytest.raises(OutputError, match="folder does not exist"):
        write_atomically(tmp_path / "none" / "a.csv", b"")


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(OutputError, match="is a folder"):
        write_atomically(tmp_path, b"")
    assert _names(tmp_path) == []


def test_the_mode_of_an_old_file_is_kept(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"old")
    path.chmod(0o640)

    write_atomically(path, b"new")

    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_a_new_file_has_the_usual_mode(tmp_path):
    (tmp_path / "usual").touch()

    write_atomically(tmp_path / "a.csv", b"new")

    assert (tmp_path / "a.csv").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "real.csv").write_bytes(b"old")
    (tmp_path / "link.csv").symlink_to("real.csv")

    write_atomically(tmp_path / "link.csv", b"new")

    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_bytes() == b"new"


def test_a_device_is_written_to_and_not_replaced():
    before = Path(os.devnull).stat().st_rdev

    write_atomically(Path(os.devnull), b"x")

    assert Path(os.devnull).stat().st_rdev == before


def test_standard_output_takes_bytes_after_what_was_printed(capfdbinary):
    print("first", end=" ")
    write_stdout("村".encode())

    assert capfdbinary.readouterr().out == "first 村".encode()


def test_standard_output_may_be_text_alone(monkeypatch):
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdout", out)

    write_stdout("村".encode())

    assert out.getvalue() == "村"


def test_a_closed_standard_output_is_no_error(monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)

    assert write_stdout(b"x") is None


@pytest.mark.parametrize("size", [10, 10**6])
def test_a_reader_that_has_gone_is_a_broken_pipe(size):
    """click ends silently on it, with exit status 1."""
    code = f"try:\n {WRITE.format(size=size)}\nexcept BrokenPipeError:\n import os; os._exit(7)"
    end, begin = os.pipe()
    os.close(end)

    done = subprocess.run([sys.executable, "-c", code], stdout=begin, stderr=subprocess.PIPE, check=False)

    os.close(begin)
    assert (done.returncode, done.stderr) == (7, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full device")
@pytest.mark.parametrize("size", [10, 10**6])
def test_a_full_disk_is_one_clear_error(size):
    code = (
        "from visittally.errors import OutputError\n"
        f"try:\n {WRITE.format(size=size)}\nexcept OutputError as error:\n raise SystemExit(str(error))"
    )

    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([sys.executable, "-c", code], stdout=full, stderr=subprocess.PIPE, check=False)

    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == [
        "standard output: there is no room left on the disk. Make room or choose another place."
    ]
