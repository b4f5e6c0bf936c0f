"""What an input is called, and the sentences for one that cannot be read."""

from __future__ import annotations

import errno

import pytest

from visittally import messages
from visittally.reading.inputs.source import ByteSource, broken, called_stdin, cannot_open, too_much


@pytest.mark.parametrize(
    ("compression", "path", "plain"),
    [("", "a.csv", True), ("gzip", "a.csv.gz", False), ("zip", "a.zip", False), ("", "https://host/a.csv", False)],
)
def test_plain_bytes_lie_in_a_file_that_is_not_packed(compression, path, plain):
    assert ByteSource("a", path, compression).plain is plain


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (FileNotFoundError(), "a.csv does not exist. Check the spelling and the folder."),
        (NotADirectoryError(), "a.csv does not exist. Check the spelling and the folder."),
        (ValueError("embedded null byte"), "a.csv does not exist. Check the spelling and the folder."),
        (PermissionError(), "a.csv may not be read: this account has no permission. Ask for it, or copy the file."),
        (IsADirectoryError(), "a.csv is a folder where a file is expected. Name a file."),
        (
            OSError(errno.EIO, "Input/output error"),
            "a.csv cannot be read (Input/output error). Copy it again and retry.",
        ),
        (TimeoutError("no answer"), "a.csv cannot be read (no answer). Copy it again and retry."),
    ],
)
def test_each_failure_is_one_sentence_without_numbers_or_class_names(folder, error, said):
    assert str(cannot_open("a.csv", error)) == said


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("in/visit.csv", "in/visits.csv"),
        ("in/VISITS.CSV", "in/visits.csv"),
        ("“in/visits.csv”", "in/visits.csv"),
        (" in/visits.csv ", "in/visits.csv"),
        ("in/vsits.csv", "in/visits.csv"),
        ("in/report.csv", ""),
        ("out/visits.csv", ""),  # no such folder
    ],
)
def test_a_name_nearly_right_gets_a_suggestion(write, typed, near):
    write("in/visits.csv", "a\n")
    write("in/places.xlsx", "a\n")

    said = str(cannot_open(typed, FileNotFoundError()))

    assert said == (f'{typed} does not exist. Did you mean "{near}"?' if near else said)
    assert ("Did you mean" in said) == bool(near)


def test_damage_and_bombs_are_named():
    assert str(broken("a.zip")) == "a.zip is damaged: it cannot be unpacked to its end. Copy or download it again."
    assert str(too_much("a.zip")).startswith("a.zip unpacks to unusually much.")


def test_standard_input_is_called_in_the_language_of_the_user():
    assert called_stdin() == "standard input"
    messages.set_language("zh")
    assert called_stdin() == "标准输入"
