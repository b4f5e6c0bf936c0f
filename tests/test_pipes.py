"""The program among other programs: pipes that close, full disks, closed streams, Ctrl-C."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and pipes as POSIX has them")

PROGRAM = [sys.executable, "-m", "visittally"]
VISITS = "village,issue\nAsh,road\nAsh,water\nBirch,road\n"
NOISE = ("Traceback", "Exception ignored", "BrokenPipe", "Broken pipe")


@pytest.fixture
def visits(write):
    return write("visits.csv", VISITS)


@pytest.fixture
def many_rows(folder):
    """A table that prints more than a pipe holds."""
    rows = (f"Place {i},road" for i in range(8_000))
    (folder / "many.csv").write_text("village,issue\n" + "\n".join(rows) + "\n")
    return "many.csv"


def sh(script):
    """Run a shell script in which "$@" is the program."""
    return subprocess.run(
        ["bash", "-c", script, "bash", *PROGRAM], capture_output=True, timeout=60, check=False, text=True
    )


def run(*arguments, **options):
    return subprocess.run([*PROGRAM, *arguments], check=False, **{"capture_output": True, "timeout": 60, **options})


# ---------------------------------------------------------------- pipes
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("arguments", ["summarize many.csv -f csv", "read many.csv"])
def test_a_reader_that_takes_one_line(many_rows, monkeypatch, arguments, unbuffered):
    """`| head -1` prints one line, says nothing, and ends with 1 or as shells know a closed pipe."""
    monkeypatch.setenv("PYTHONUNBUFFERED", unbuffered)

    ended = sh(f'{{ "$@" {arguments} -q; echo "$?" >&2; }} | head -1')

    assert ended.stdout.startswith("village,")
    assert len(ended.stdout.splitlines()) == 1
    assert ended.stderr in ("1\n", "141\n")


def test_a_reader_that_is_gone_at_once(visits):
    """A pipe that nobody reads is silent."""
    ended = sh(f'{{ "$@" summarize {visits} -f csv -q; echo "$?" >&2; }} | true')

    assert ended.stderr in ("0\n", "1\n", "141\n")


def test_help_to_a_reader_that_is_gone():
    """Help is silent as well."""
    ended = sh('{ "$@" summarize --help; echo "$?" >&2; } | true')

    assert ended.stderr in ("0\n", "1\n", "141\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is full")
@pytest.mark.parametrize("arguments", ["summarize visits.csv -f csv", "read visits.csv", "columns visits.csv -f toml"])
def test_a_full_disk_is_an_error(visits, arguments):
    """What cannot be written is said in one sentence, with status 1."""
    with Path("/dev/full").open("wb") as full:
        ended = run(*arguments.split(), "-q", stdout=full, stderr=subprocess.PIPE, capture_output=False)

    message = ended.stderr.decode()
    assert ended.returncode == 1
    assert "no room left" in message
    assert [word for word in NOISE if word in message] == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is full")
@pytest.mark.parametrize("arguments", ["--help", "summarize --help", "--version"])
def test_help_on_a_full_disk_is_an_error(arguments):
    """What click itself prints ends in a sentence, too."""
    ended = sh(f'"$@" {arguments} >/dev/full')

    assert ended.returncode == 1
    assert ended.stderr == "Error: The system refuses it: No space left on device.\n"


@pytest.mark.skipif(sys.platform == "darwin", reason="a folder in use cannot be removed there")
def test_the_folder_of_the_program_is_gone(visits, folder):
    """A file that is named from where nothing is any more is refused in a sentence."""
    ended = sh(f'mkdir gone && cd gone && rmdir ../gone && "$@" summarize {folder / visits} -q -o out.csv')

    assert ended.returncode == 1
    assert ended.stderr.startswith("Error: out.csv: the folder does not exist.")
    assert "Traceback" not in ended.stderr


# ---------------------------------------------------------------- standard input and output
def test_standard_input_with_and_without_a_dash(visits):
    """A piped table is read whether or not `-` is written."""
    given = VISITS.encode()

    named, unnamed = run("summarize", "-", "-f", "csv", input=given), run("summarize", "-f", "csv", input=given)

    assert named.stdout[:8] == b"village,"
    assert named.stdout == unnamed.stdout == run("summarize", visits, "-f", "csv").stdout


def test_standard_input_has_a_name_in_sentences_and_a_dash_for_programs():
    """Nobody has to guess what a lone dash in a message means."""
    refused = run("summarize", "-", input=b"a,b\n1,2\n")
    receipt = json.loads(run("summarize", "-", "-f", "json", input=VISITS.encode()).stdout)["receipt"]

    assert refused.stderr.startswith(b"Error: standard input: no column")
    assert receipt["files"][0]["file"] == "-"


def test_a_compressed_table_on_standard_input():
    """Piped bytes are recognised by what they are."""
    import gzip

    ended = run("summarize", "-f", "csv", input=gzip.compress(VISITS.encode()))

    assert len(ended.stdout.splitlines()) == 4


def test_empty_standard_input_is_refused():
    """Nothing piped in is an error, not an empty table."""
    ended = run("summarize", stdin=subprocess.DEVNULL)

    assert (ended.returncode, ended.stdout) == (1, b"")
    assert b"Traceback" not in ended.stderr


def test_closed_standard_input(visits):
    """A file can be counted without standard input; without a file the message says what to do."""
    assert sh(f'"$@" summarize {visits} -f csv <&-').stdout.startswith("village,")

    ended = sh('"$@" summarize <&-')
    assert ended.returncode == 1
    assert "Standard input is closed" in ended.stderr


def test_closed_standard_output(visits, folder):
    """Nobody listens: nothing is printed, and a file is still written."""
    for arguments in (f"summarize {visits} -f csv", f"summarize {visits} -o a.csv", f"read {visits}"):
        ended = sh(f'"$@" {arguments} >&-')
        assert [word for word in NOISE if word in ended.stderr] == []
        assert ended.returncode in (0, 1)
    assert (folder / "a.csv").read_text().startswith("village,")


def test_closed_standard_error(visits):
    """Notices that nobody can read do not stop the table."""
    assert sh(f'"$@" summarize {visits} -f csv 2>&-').stdout.startswith("village,")


def test_quiet_leaves_standard_error_empty(visits):
    """-q and a good file: not a byte."""
    assert run("summarize", visits, "-q").stderr == b""


def on_a_terminal(*arguments):
    """What the program prints to a terminal that is 60 columns wide."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "COLUMNS": "60"}
    process = subprocess.Popen(
        [*PROGRAM, *arguments], stdout=theirs, stderr=subprocess.DEVNULL, stdin=theirs, env=environment
    )
    os.close(theirs)
    found = b""
    try:
        while piece := os.read(ours, 65536):
            found += piece
    except OSError:  # the terminal is closed with the program
        pass
    finally:
        os.close(ours)
    assert process.wait(timeout=60) == 0
    return found.replace(b"\r\n", b"\n")


def test_content_does_not_depend_on_a_terminal(visits):
    """A format that is named is the same on a narrow terminal, to which the default fits its tables, and in a pipe."""
    for form in ("markdown", "csv"):
        assert run("summarize", visits, "-f", form).stdout == on_a_terminal("summarize", visits, "-f", form)


def test_no_file_on_a_terminal_is_wrong_usage():
    """Nobody waits for a person to type a table: short help and status 2."""
    ours, theirs = pty.openpty()
    ended = run("summarize", stdin=theirs)
    os.close(ours)
    os.close(theirs)

    assert (ended.returncode, ended.stdout) == (2, b"")
    assert b"Usage: " in ended.stderr


# ---------------------------------------------------------------- files that are written
def test_a_failure_keeps_the_file_that_was_there(visits, write, folder):
    """-o leaves the old file as it is when the run fails, and no other file."""
    write("a.csv", "old\n")
    before = sorted(folder.iterdir())

    assert run("summarize", visits, "--by", "nosuch", "-o", "a.csv").returncode == 1
    assert (folder / "a.csv").read_text() == "old\n"
    assert before == sorted(folder.iterdir())


def test_interrupted(folder):
    """Ctrl-C while a large file is counted: status 130, no traceback, the old output as it was."""
    (folder / "large.csv").write_text("village,issue,note\n" + "Ash,road,a long note on the visit\n" * 3_000_000)
    (folder / "a.csv").write_text("old\n")
    process = subprocess.Popen(
        [*PROGRAM, "summarize", "large.csv", "-o", "a.csv"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # What shells start in the background is deaf to Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )
    opened = Path(f"/proc/{process.pid}/fd")
    large = str((folder / "large.csv").resolve())
    deadline = time.monotonic() + 30
    while process.poll() is None and time.monotonic() < deadline and not _reads(opened, large):
        time.sleep(0.005)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)

    assert (process.returncode, out) == (130, b"")
    assert b"Traceback" not in err
    assert (folder / "a.csv").read_text() == "old\n"
    assert sorted(path.name for path in folder.iterdir()) == ["a.csv", "large.csv"]


def _reads(opened, name):
    """Whether a process has a file open."""
    try:
        return any(os.path.realpath(entry) == name for entry in opened.iterdir())
    except OSError:
        return False
