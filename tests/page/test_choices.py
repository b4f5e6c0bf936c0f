"""From what was chosen on the page to the command line that does the same."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from visittally.errors import UsageError
from visittally.page.choices import Choices, spelled

KNOWN = {
    "summarize": {
        "options": {
            "--by": {"kind": "text"},
            "--public": {"kind": "flag"},
            "--form": {"kind": "file"},
            "--roster": {"kind": "file"},
        }
    },
    "read": {"options": {}},
}


def workspace(**roles):
    """A workspace of files with roles: name (with a point for an underscore) -> role."""
    files = {name.replace("_", "."): role for name, role in roles.items()}
    return SimpleNamespace(given=files, with_role=lambda role: [name for name, own in files.items() if own == role])


# ---------------------------------------------------------------- what a browser sends
def test_options_with_a_value_are_kept():
    """A flag that is not set and a field that was left blank choose nothing."""
    sent = {"command": "summarize", "options": [["--by", "village"], ["--public", False], ["--form", ""]]}

    assert Choices.told(sent, KNOWN) == Choices("summarize", (("--by", "village"),))
    assert Choices.told({"command": "summarize"}, KNOWN) == Choices("summarize")
    assert Choices.told({"command": "summarize", "options": [["--public", True]]}, KNOWN).options == (
        ("--public", True),
    )


@pytest.mark.parametrize(
    "sent",
    [
        None,
        [],
        "summarize",
        {},
        {"command": "erase"},
        {"command": ["summarize"]},
        {"command": "summarize", "options": {"--by": "village"}},
    ],
)
def test_what_is_no_choice(sent):
    with pytest.raises(UsageError, match="Load it anew"):
        Choices.told(sent, KNOWN)


@pytest.mark.parametrize(
    "pair",
    [
        ["--output", "/etc/passwd"],  # not offered
        ["--by", True],
        ["--public", "yes"],
        ["--by", 3],
        ["--by"],
        ["--by", "a", "b"],
        "--by",
        [["--by"], "a"],
        None,
    ],
)
def test_what_the_page_does_not_offer(pair):
    with pytest.raises(UsageError, match="The page does not offer"):
        Choices.told({"command": "summarize", "options": [pair]}, KNOWN)


# ---------------------------------------------------------------- the command line
def line(choices, files, *more):
    return choices.arguments(files, KNOWN, "en", *more)


def test_files_go_by_their_roles():
    files = workspace(b_csv="records", form_xlsx="form", a_csv="records", f2_xlsx="form", r_csv="roster", x_txt="")

    assert line(Choices("summarize"), files) == (
        *("summarize", "b.csv", "a.csv", "--form", "form.xlsx", "--form", "f2.xlsx", "--roster", "r.csv"),
        *("--lang", "en"),
    )
    assert line(Choices("read"), files, "-q") == ("read", "b.csv", "a.csv", "--lang", "en", "-q")


def test_what_was_chosen_goes_before_the_role_of_a_file():
    files = workspace(b_csv="records", form_xlsx="form", other_xlsx="form")
    chosen = Choices("summarize", (("--form", "other.xlsx"), ("--public", True), ("--by", "-x")))

    assert line(chosen, files) == (
        *("summarize", "b.csv", "--form", "other.xlsx", "--public", "--by", "-x"),
        *("--lang", "en"),
    )


def test_a_name_that_begins_as_an_option_is_none():
    files = SimpleNamespace(given={}, with_role=lambda role: ["-o.csv"] if role == "records" else [])

    assert line(Choices("read"), files)[1] == "./-o.csv"


@pytest.mark.parametrize(
    ("files", "options", "said"),
    [
        (workspace(form_xlsx="form"), (), "None of the files is taken for visits"),
        (workspace(a_csv="records", r_csv="roster", s_csv="roster"), (), "Only one file can be the roster"),
        (workspace(a_csv="records"), (("--form", "../secret.xlsx"),), "is none of the files here"),
    ],
)
def test_what_cannot_be_run(files, options, said):
    with pytest.raises(UsageError, match=said):
        line(Choices("summarize", options), files)


def test_a_line_as_it_is_typed():
    assert spelled(["read", "a b.csv"]) in ("visittally read 'a b.csv'", 'visittally read "a b.csv"')
