"""`visittally columns`: an empty ledger or how the files were understood, printed or drafted as visittally.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

VISITS = "village,issue,status\nAsh,road,done\nElm,water,open\n"


def test_an_empty_ledger_is_written_and_said(command):
    ended = command("columns", "--template", "ledger.XLSX")

    assert (ended.status, ended.out, ended.err) == (0, "", "wrote ledger.XLSX\n")
    assert Path("ledger.XLSX").read_bytes().startswith(b"PK")


def test_quietly_nothing_is_said(command):
    ended = command("columns", "--template", "ledger.xlsx", "-q")

    assert (ended.status, ended.err) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("visits.csv", "--template", "new.xlsx"), "leave them out"),
        (("--template", "new.csv"), "ends in .xlsx"),
        (("--template", "kept.xlsx"), "kept.xlsx is there already"),
    ],
)
def test_a_ledger_takes_no_files_is_a_workbook_and_overwrites_nothing(write, command, arguments, why):
    write("visits.csv", VISITS)
    write("kept.xlsx", "kept")
    ended = command("columns", *arguments)

    assert (ended.status, why in ended.err) == (2, True)
    assert Path("kept.xlsx").read_text(encoding="utf-8") == "kept"
    assert not {path.name for path in Path().iterdir()} - {"visits.csv", "kept.xlsx"}


def test_what_was_understood_is_printed(write, command):
    fields = command("columns", write("visits.csv", VISITS), "-f", "json").tables()["fields"]

    assert {row["field"]: row["column"] for row in fields if row["column"]} == {
        "village": "village", "issue": "issue", "status": "status",
    }  # fmt: skip


@pytest.mark.parametrize("output", [(), ("-o", "-"), ("-o", "drafted.toml")])
def test_a_draft_of_settings_is_toml_on_the_output_or_in_a_file(write, command, output):
    ended = command("columns", write("visits.csv", VISITS), "-f", "toml", *output)
    kept = "drafted.toml" in output
    text = Path("drafted.toml").read_text(encoding="utf-8") if kept else ended.out

    assert tomllib.loads(text)["columns"]["village"] == "village"
    assert (ended.status, ended.out == "") == (0, kept)
