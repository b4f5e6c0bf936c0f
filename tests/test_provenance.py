"""What a report was made from."""

import hashlib
from datetime import date

import pytest

from visittally.analyses.campaign import load
from visittally.provenance import in_brief, provenance_of
from visittally.settings import Settings
from visittally.version import __version__

TEXT = "village,issue\nAsh,road\n"
DIGEST = hashlib.sha256(TEXT.encode()).hexdigest()


@pytest.fixture
def lines(write):
    """The sources of a report on `deep/visits.csv`."""

    def made(command_line="", *, folders=False, **options):
        settings = Settings(files=(write("deep/visits.csv", TEXT),), **options)
        return provenance_of(load(settings), command_line, folders=folders)

    return made


def test_each_file_stands_with_its_fingerprint_then_the_version(lines):
    assert lines(folders=True) == [f"deep/visits.csv  sha256 {DIGEST}", f"visittally {__version__}"]


def test_who_is_handed_a_report_sees_no_folders(lines):
    assert lines()[0] == f"visits.csv  sha256 {DIGEST}"


def test_plans_forms_and_earlier_rounds_are_sources_too(lines, write):
    write("plan.csv", "village,target\nAsh,4\n")
    write("march.csv", TEXT)

    named = [line.split("  sha256 ")[0] for line in lines(roster="plan.csv", before=("march.csv",))[:-1]]

    assert named == ["visits.csv", "plan.csv", "march.csv"]


def test_what_is_no_file_of_its_own_has_no_fingerprint(lines):
    """A plan that is fetched from elsewhere is named alone."""
    assert lines(roster="plan.zip/plan.csv")[1] == "plan.csv"


def test_the_command_and_the_day_are_said(lines):
    found = lines("visittally report visits.csv", folders=True, as_of=date(2026, 4, 1))

    assert found[-2:] == ["visittally report visits.csv", "As of 2026-04-01"]


@pytest.mark.parametrize(
    ("word", "shown"),
    [
        ("deep/visits.csv", "visits.csv"),
        ("/home/marigold/visits.csv", "visits.csv"),
        ("--roster=/home/marigold/plan.csv", "--roster=plan.csv"),
        ("nowhere/visits.csv", "nowhere/visits.csv"),
        ("village=Ash/2", "village=Ash/2"),
        ("'two words'", "'two words'"),
        ("visits.csv", "visits.csv"),
    ],
)
def test_a_command_line_is_shown_without_folders(lines, word, shown):
    """What stands between slashes is a path only where there is such a folder."""
    command = f"visittally report {word}"

    assert lines(command)[-1] == f"visittally report {shown}"
    assert lines(command, folders=True)[-1] == command


SOURCES = [f"deep/{n}.csv  sha256 {n * 64}" for n in "abcdef"]


def test_five_files_are_named_in_full():
    assert in_brief((*SOURCES[:5], "visittally 1")) == (*SOURCES[:5], "visittally 1")


def test_more_files_share_a_line_with_the_beginning_of_their_fingerprints():
    first, *others = in_brief((*SOURCES, "visittally 1"))

    assert first == "sha256: " + "; ".join(f"{n}.csv {n * 12}" for n in "abcdef")
    assert others == ["visittally 1"]


def test_beside_many_files_a_command_that_fills_a_page_is_left_out():
    found = in_brief((*SOURCES, "x" * 399, "y" * 400))

    assert found[1:] == ("x" * 399,)
