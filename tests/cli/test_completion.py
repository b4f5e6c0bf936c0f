"""Tab completion: the scripts of all shells, and bash for real."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from importlib import import_module

import pytest

from visittally.cli import completion

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


# ---------------------------------------------------------------- what is offered, by bash itself
BASH = """
eval "$SCRIPT"
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_visittally_completion visittally
printf '%s\\n' "${COMPREPLY[@]}"
"""
"""What readline does when the tab key is hit behind the last of some words."""


@pytest.fixture(scope="module")
def script():
    """What bash is told about the program."""
    return run(_VISITTALLY_COMPLETE="bash_source").stdout


@pytest.fixture
def bash(folder, write, script, tmp_path_factory):
    """What bash offers behind some words, cut into pieces as readline cuts them."""
    if shutil.which("bash") is None:
        pytest.skip("no bash here")
    write("s.csv", "village,Place name,issue,main_needs\nAsh,x,road,a\nElm,y,water,b\n")
    write("plan.csv", "Site,target\nAsh,3\n")
    program = tmp_path_factory.mktemp("bin") / "visittally"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m visittally "$@"\n')
    program.chmod(0o755)

    def offers(*words):
        path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
        environment = {**os.environ, "PATH": path, "PYTHONUTF8": "1", "SCRIPT": script}
        command = ["bash", "-c", BASH, "bash", "visittally", *words]
        ended = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False)
        assert ended.stderr == ""
        return [line for line in ended.stdout.split("\n") if line]

    return offers


def test_bash_completes_commands_options_and_choices(bash):
    assert bash("summ") == ["summarize"]
    assert "--roster-column" in bash("coverage", "--ros")
    assert bash("summarize", "--base", "an") == ["answered"]
    assert "xlsx" in bash("summarize", "s.csv", "-f", "x")


def test_bash_completes_fields_and_headers(bash):
    """Of the files on the line; also behind an equals sign, where bash begins a new word."""
    assert "village" in bash("summarize", "s.csv", "--by", "vil")
    assert bash("summarize", "s.csv", "--by", "main") == ["main_needs"]
    assert bash("summarize", "s.csv", "--by", "=", "main") == ["main_needs"]
    assert bash("summarize", "--by", "main") == []
    assert "village=" in bash("summarize", "s.csv", "--column", "vill")
    assert bash("summarize", "s.csv", "--column", "village", "=", "Pl") == ["Place name"]
    assert "Place name" in bash("summarize", "s.csv", "--column", "village", "=")
    assert bash("coverage", "s.csv", "--roster", "plan.csv", "--roster-column", "village", "=", "Si") == ["Site"]


def test_bash_completes_tables_and_questions(bash):
    assert bash("summarize", "s.csv", "--table", "cr") == ["crosstab"]
    assert bash("questions", "s.csv", "-Q", "ma") == ["main_needs"]
    assert bash("questions", "nosuch.csv", "-Q", "ma") == []


@pytest.mark.parametrize("name", list(completion.TABLES))
def test_the_tables_that_are_offered_are_those_that_the_help_names(name):
    """Nothing is offered that is not there, and nothing is left out."""
    command = getattr(import_module(f"visittally.cli.{name}"), name)
    text = command.epilog[command.epilog.index("Tables:") :]

    assert [table for table in completion.TABLES[name] if not re.search(rf"\b{table}\b", text)] == []
