"""Tab completion: the scripts of all shells, and bash for real."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

WORDS = {
    "bash": ["complete", "COMP_WORDS", "_VISITTALLY_COMPLETE=bash_complete"],
    "zsh": ["#compdef visittally", "_VISITTALLY_COMPLETE=zsh_complete"],
    "fish": ["complete", "--command visittally", "_VISITTALLY_COMPLETE=fish_complete"],
    "powershell": ["Register-ArgumentCompleter", "_VISITTALLY_COMPLETE", "powershell_complete"],
}


def run(*words, **environment):
    """The program as a shell starts it."""
    return subprocess.run(
        [sys.executable, "-c", "from visittally.cli import main; main()", *words],
        env={**os.environ, **environment, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_the_program_alone_says_briefly_what_there_is():
    """Short help, and no traceback."""
    ended = run()

    assert (ended.returncode, "Traceback" in ended.stderr) == (2, False)
    assert "summarize" in ended.stdout + ended.stderr


@pytest.mark.parametrize("shell", WORDS)
def test_every_shell_gets_its_script(shell):
    ended = run(_VISITTALLY_COMPLETE=f"{shell}_source")

    assert (ended.returncode, ended.stderr) == (0, "")
    assert [word for word in WORDS[shell] if word not in ended.stdout] == []
