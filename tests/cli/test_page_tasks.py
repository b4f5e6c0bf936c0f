"""What the process beside the page does: commands as on a terminal, looked at from aside."""

import os
import signal
import sys
import tempfile
from pathlib import Path

import pytest

from visittally import messages
from visittally.cli import page_tasks
from visittally.cli.page_tasks import serve
from visittally.page.tasks import PageTask, Progress

VISITS = "village,issue,phone\nAsh,road,13800138000\nElm,water,13900139000\n"


@pytest.fixture
def done(folder):
    """Do a task in the folder; gives the answer and what was told meanwhile."""

    def do(kind, *arguments):
        told = []
        return page_tasks._done(PageTask(kind, arguments), told.append), told

    return do


def named(answer):
    return [table["name"] for section in answer["sections"] for table in section["tables"]]


def test_a_command_is_shown_with_its_tables_and_columns_and_prints_nothing(done, write, capsys):
    answer, told = done("show", "summarize", write("a.csv", VISITS))

    assert answer["error"] == ""
    assert named(answer) == ["areas", "issues", "crosstab"]
    assert {c["name"] for c in answer["columns"]} == {"village", "issue", "phone"}
    assert answer["receipt"] == "Read 2 records, counted 2, set aside 0."
    assert capsys.readouterr() == ("", "")
    assert told[0] == Progress()
    assert told[-1].done <= told[-1].size == len(VISITS)


def test_a_command_that_writes_writes_and_shows_nothing(done, write, folder):
    answer, _told = done("write", "summarize", write("a.csv", VISITS), "-o", "b.csv")

    assert answer == {"error": "", "before": []}
    assert (folder / "b.csv").exists()


def test_a_report_is_looked_at_or_written(done, write, folder):
    file = write("a.csv", VISITS)

    answer, _told = done("show", "report", file, "-o", "b.html")
    assert answer["paragraphs"][0] == "Report on the visits"
    assert "areas" in named(answer)
    assert not (folder / "b.html").exists()

    assert "sections" not in done("write", "report", file, "-o", "b.html")[0]
    assert "visittally report a.csv -o b.html" in (folder / "b.html").read_text(encoding="utf-8")
    assert sys.argv == ["visittally", "report", "a.csv", "-o", "b.html"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("summarize", "nosuch.csv"), "nosuch.csv"),
        (("summarize", "a.csv", "--by", "nosuch"), "nosuch"),
        (("summarize", "a.csv", "--nosuch"), "--nosuch"),
    ],
)
def test_what_is_refused_is_said(done, write, arguments, said):
    write("a.csv", VISITS)

    assert said in done("show", *arguments)[0]["error"]


def test_what_is_said_before_the_work_is_kept_when_it_is_shown(done, write):
    write("visittally.toml", '[columns]\nissue = "village"\n')
    file = write("a.csv", VISITS)

    assert any("visittally.toml" in line for line in done("show", "summarize", file)[0]["before"])
    assert done("write", "summarize", file, "-o", "b.csv")[0]["before"] == []


def test_files_are_looked_at_and_commands_described(done, write):
    assert done("look", write("plan.csv", "village,target\nAsh,4\nElm,2\n"))[0] == {"role": "roster"}

    assert "summarize" in done("describe")[0]["commands"]


@pytest.mark.parametrize(
    ("raised", "said"), [(MemoryError(), "not enough memory"), (ZeroDivisionError(), "fault of the program")]
)
def test_what_goes_wrong_is_said_whatever_it_was(done, monkeypatch, raised, said):
    """A fault is named by its kind, never by what it says, which may tell of records."""

    def fail(*_arguments):
        raise raised

    monkeypatch.setattr(page_tasks, "_ran", fail)
    answer = done("show", "summarize")[0]

    assert said in answer["error"]
    assert ("ZeroDivisionError" in answer["error"]) == isinstance(raised, ZeroDivisionError)


def steps(size, *read):
    """What is told of a reading of two files, this much at a time."""
    told = []
    with page_tasks._Onlooker(told.append, keep=False).progress([("a.csv", size - 1), ("b.csv", 1)]) as tick:
        for part in read:
            tick(part)
    return [(progress.done, progress.size) for progress in told[2:]]


def test_a_reading_tells_about_a_hundred_times_how_far_it_has_come():
    assert len(steps(1_000, *[1] * 1_000)) == 100
    assert steps(1_000, 9, 1, 9, 2) == [(10, 1_000), (21, 1_000)]


def test_no_more_is_read_than_there_is():
    """What was unpacked is larger than its file."""
    assert steps(100, 60, 60) == [(60, 100), (100, 100)]


class Asked:
    """A connection through which these tasks come, and then nothing."""

    def __init__(self, *tasks):
        self.tasks, self.answers = list(tasks), []

    def recv(self):
        if not self.tasks:
            raise EOFError
        return self.tasks.pop(0)

    def send(self, said):
        if not isinstance(said, Progress):
            self.answers.append(said)


@pytest.fixture
def place(folder, monkeypatch):
    """The folder of a page; what a process takes for itself is given back after the test."""
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "3")
    before = signal.getsignal(signal.SIGINT)
    files = folder / "page" / "files"
    files.mkdir(parents=True)
    yield files
    signal.signal(signal.SIGINT, before)


def test_tasks_are_done_until_nobody_asks_any_more(place):
    (place / "a.csv").write_text(VISITS, encoding="utf-8")
    asked = Asked(PageTask("look", ("a.csv",)), PageTask("show", ("summarize", "nosuch.csv")))

    serve(asked, str(place), "en")

    looked, shown = asked.answers
    assert looked == {"role": "records"}
    assert "nosuch.csv" in shown["error"]


def test_it_works_in_the_folder_of_the_page_and_unpacks_beside_its_files(place, monkeypatch):
    monkeypatch.setenv("VISITTALLY_CONFIG", "own.toml")
    own = Path("own.toml").resolve()

    serve(Asked(), str(place), "zh")

    assert Path.cwd() == place
    assert Path(tempfile.gettempdir()).parent == place.parent
    assert os.environ["VISITTALLY_CONFIG"] == str(own)
    assert os.environ["OPENBLAS_NUM_THREADS"] == "3"
    assert messages.language() == "zh"
    assert signal.getsignal(signal.SIGINT) == signal.SIG_IGN


def test_a_page_that_has_gone_is_not_answered(place):
    asked = Asked(PageTask("look", ("a.csv",)), PageTask("look", ("a.csv",)))

    def gone(_said):
        raise BrokenPipeError

    asked.send = gone
    serve(asked, str(place), "en")

    assert len(asked.tasks) == 1
