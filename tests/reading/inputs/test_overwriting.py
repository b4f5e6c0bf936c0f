"""Nothing that is read is written over, and nothing that was written is counted."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from visittally.errors import OutputError
from visittally.reading.inputs import overwriting
from visittally.reading.inputs.overwriting import refuse_overwriting

VISITS = "village,name,issue,status,visit_date\nAsh,A. B.,road,resolved,2026-03-01\nElm,C. D.,water,open,2026-03-02\n"
FORM = {"survey.csv": "type,name,label\ntext,village,Village\n", "choices.csv": "list_name,name,label\nx,1,One\n"}


@pytest.fixture
def visits(write):
    return write("visits.csv", VISITS)


@pytest.fixture
def others(write):
    """Files that are read beside the records."""
    write("plan.csv", "village,target\nAsh,3\nElm,4\n")
    write("codebook.toml", "[road]\ncues = ['road']\n")
    write("settings.toml", "[options]\ndigits = 2\n")
    write("template.html", "<p>{{ title }}</p>\n")
    for name, text in FORM.items():
        write(name, text)


def unchanged(folder, run):
    """What a run gives, having changed no file."""
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    ended = run()
    assert before == {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return ended


@pytest.mark.parametrize(
    ("words", "target"),
    [
        ("summarize visits.csv", "visits.csv"),
        ("read visits.csv", "visits.csv"),
        ("questions visits.csv", "visits.csv"),
        ("columns visits.csv", "visits.csv"),
        ("followup visits.csv", "visits.csv"),
        ("summarize visits.csv", "./visits.csv"),
        ("summarize ./visits.csv", "visits.csv"),
        ("summarize .", "visits.csv"),
        ("summarize *.csv", "visits.csv"),
        ("read visits.csv plan.csv", "plan.csv"),
        ("coverage visits.csv --roster plan.csv", "plan.csv"),
        ("coverage visits.csv --roster plan.csv", "visits.csv"),
        ("summarize visits.csv --codebook codebook.toml -f csv", "codebook.toml"),
        ("summarize visits.csv --config settings.toml -f csv", "settings.toml"),
        ("summarize visits.csv --form survey.csv --form choices.csv", "choices.csv"),
        ("report visits.csv --template template.html", "template.html"),
    ],
)
def test_a_file_that_is_read_is_never_written_over(command, folder, visits, others, words, target):
    """Whatever it is read as, and however it is spelled."""
    ended = unchanged(folder, lambda: command(*words.split(), "-o", target))

    assert (ended.status, ended.out) == (1, "")
    assert Path(target).name in ended.err
    assert "nothing was changed" in ended.err


@pytest.mark.parametrize("link", ["symlink_to", "hardlink_to"])
@pytest.mark.parametrize("backwards", [False, True])
def test_links_lead_to_the_same_file(command, folder, visits, link, backwards):
    getattr(folder / "other.csv", link)(folder / visits)
    source, target = ("other.csv", visits) if backwards else (visits, "other.csv")

    ended = unchanged(folder, lambda: command("read", source, "-o", target))

    assert (ended.status, target in ended.err) == (1, True)


def test_letters_of_another_case_are_the_same_file_where_the_system_says_so(folder, visits, monkeypatch):
    """As on Windows and macOS: there a name in other letters exists, and is the same file."""
    real = Path.samefile
    monkeypatch.setattr(overwriting, "is_file", lambda path: Path(path.lower()).is_file())
    monkeypatch.setattr(Path, "samefile", lambda a, b: real(Path(str(a).lower()), str(b).lower()))

    with pytest.raises(OutputError, match=r"VISITS\.CSV"):
        refuse_overwriting("VISITS.CSV", [visits])


def test_what_comes_in_through_a_pipe_is_a_file_too(folder, visits):
    """`visittally read - -o visits.csv < visits.csv`."""
    words = [sys.executable, "-m", "visittally", "read", "-", "-o", visits]
    with (folder / visits).open("rb") as stdin:
        ended = unchanged(folder, lambda: subprocess.run(words, stdin=stdin, capture_output=True, check=False))

    assert (ended.returncode, b"nothing was changed" in ended.stderr) == (1, True)


def test_a_new_name_and_an_old_result_may_be_written(command, folder, visits):
    """Only what is read is spared."""
    assert [command("summarize", visits, "-o", "a.xlsx").status for _again in range(2)] == [0, 0]
    assert command("read", visits, "-o", os.devnull, "-f", "csv").status == 0


# ---------------------------------------------------------------- what this program wrote
@pytest.mark.parametrize("suffix", ["xlsx", "csv", "tsv", "txt"])
@pytest.mark.parametrize("where", ["{folder}", "{folder}/*"])
def test_a_second_run_in_a_folder_counts_the_same(command, folder, write, suffix, where):
    """The result of the first run is left out, said, and may be written anew."""
    write("in/visits.csv", VISITS)
    where = where.format(folder="in")
    out = ["-o", f"in/summary.{suffix}"]

    first = command("summarize", where, "-f", "json")
    assert command("summarize", where, *out).status == 0
    second = command("summarize", where, "-f", "json")
    again = command("summarize", where, *out)

    assert again.status == 0
    assert (first.tables(), first.receipt()) == (second.tables(), second.receipt())
    assert f"summary.{suffix}" in second.err
    assert "results_left_out" in [notice["code"] for notice in json.loads(second.out)["notices"]]


def test_a_result_that_is_named_alone_is_read(command, visits):
    """Nobody names it by mistake."""
    command("summarize", visits, "-o", "summary.csv")

    assert command("read", "summary.csv").out.startswith("village,issue,issue_label,mentions")


def test_a_folder_of_results_alone_is_refused(command, write):
    write("in/visits.csv", VISITS)
    command("summarize", "in", "-o", "out.xlsx")
    Path("results").mkdir()
    Path("out.xlsx").rename("results/out.xlsx")

    ended = command("summarize", "results")

    assert (ended.status, "results holds nothing but what visittally wrote: out.xlsx" in ended.err) == (1, True)


def test_the_file_that_standard_output_goes_to_is_no_input(folder, write):
    """`visittally read in > in/all.csv`: the shell has made the file before anybody looks."""
    write("in/visits.csv", VISITS)
    with (folder / "in" / "all.csv").open("wb") as stdout:
        words = [sys.executable, "-m", "visittally", "read", "in"]
        ended = subprocess.run(words, stdout=stdout, stderr=subprocess.PIPE, text=True, check=False)

    assert (ended.returncode, (folder / "in" / "all.csv").read_text().count("\n")) == (0, 3)


# ---------------------------------------------------------------- names that no shell has spelled out
def test_patterns_are_spelled_out_where_no_file_bears_the_name(command, write, folder):
    """As between quotes, and on Windows."""
    write("in/a.csv", VISITS)
    write("in/b.csv", VISITS)
    write("in/~$b.csv", "")
    write("[1].csv", VISITS)

    assert command("read", "in/*.csv").out.count("\n") == 5
    assert command("read", "in/[ab].csv").out.count("\n") == 5
    assert command("read", str(folder / "in" / "?.csv")).out.count("\n") == 5
    assert command("read", "[1].csv").out.count("\n") == 3


def test_a_pattern_that_nothing_fits_is_said(command, folder):
    ended = command("summarize", "in/*.csv")

    assert (ended.status, "in/*.csv: no file fits this pattern" in ended.err) == (1, True)


def test_a_tilde_is_the_home_folder(command, write, folder, monkeypatch):
    """For files, the roster, and the output."""
    monkeypatch.setenv("HOME", str(folder / "home"))
    monkeypatch.setenv("USERPROFILE", str(folder / "home"))
    write("home/a.csv", VISITS)
    write("home/plan.csv", "village,target\nAsh,3\nElm,4\n")

    ended = command("coverage", "~/a.csv", "--roster=~/plan.csv", "--output=~/out.csv")

    assert ended.status == 0
    assert "out.csv" in [path.name for path in (folder / "home").iterdir()]
    assert command("read", "~/*.csv", "-q").status == 0


@pytest.mark.parametrize(
    ("typed", "meant"), [("visit.csv", "visits.csv"), ("Visits.CSV", "visits.csv"), ("“visits.csv”", "visits.csv")]
)
def test_a_name_that_is_nearly_right_gets_a_suggestion(command, visits, typed, meant):
    """Also one between quotation marks that an office program has made."""
    ended = command("summarize", typed)

    assert (ended.status, f'Did you mean "{meant}"?' in ended.err) == (1, True)
