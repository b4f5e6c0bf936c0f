"""The cases in tests/cases: a command as a person types it, and all that it prints.

Each folder tests/cases/<command>/<case>/ holds `cmd` (the command line, run in that folder), the files it reads, and
`stdout` and `stderr` as they must come out, with the exit status, where it is not 0, as the last line of `stderr`.
`pytest tests/test_cases_files.py --update-cases` writes what the commands print now, to be read before it is kept.
"""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

import pytest

CASES = Path(__file__).parent / "cases"
FOUND = sorted(path.parent for path in CASES.glob("*/*/cmd"))


@pytest.mark.parametrize("case", FOUND, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_the_command_prints_what_stands_in_the_files(case, command, folder, request):
    """Tables on standard output, notices and errors on standard error, byte by byte."""
    shutil.copytree(case, folder, dirs_exist_ok=True)
    program, *arguments = shlex.split((case / "cmd").read_text(encoding="utf-8"))
    assert program == "visittally"

    ended = command(*arguments)

    status = f"exit {ended.status}\n" if ended.status else ""
    if request.config.getoption("--update-cases"):
        (case / "stdout").write_text(ended.out, encoding="utf-8")
        (case / "stderr").write_text(ended.err + status, encoding="utf-8")
    assert (case / "stdout").read_text(encoding="utf-8") == ended.out
    assert (case / "stderr").read_text(encoding="utf-8") == ended.err + status


def test_each_case_belongs_to_its_command():
    """A case lies in the folder of the command that it shows, and every command has one."""
    shown = {(case.parent.name, shlex.split((case / "cmd").read_text(encoding="utf-8"))[1]) for case in FOUND}

    assert {(name, name) for name, _ in shown} == shown
    assert {"summarize", "questions", "coverage", "followup", "columns", "read", "audit", "check"} <= {
        name for name, _ in shown
    }
