"""The README tells the truth: its console blocks are run and compared, its options and commands exist.

`pytest tests/test_readme.py --update-readme` writes what the commands print now.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from visittally.cli.group import COMMANDS, visittally

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
BLOCK = re.compile(r"```console\n\$ (?P<command>[^\n]+)\n(?P<output>.*?)```", re.DOTALL)


def blocks() -> list[re.Match[str]]:
    return list(BLOCK.finditer(README.read_text(encoding="utf-8")))


def run(command: str) -> str:
    """What a person sees who types the command in the project's folder."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("VISITTALLY", "LC_", "LANG", "COV"))}
    environment = {**kept, "LC_ALL": "C.UTF-8", "COLUMNS": "100", "PYTHONDONTWRITEBYTECODE": "1"}
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return done.stdout.decode()


@pytest.mark.parametrize("number", range(len(blocks())))
def test_console_block_shows_what_the_command_prints(number, request):
    """Each console block of the README is what the command prints, errors included."""
    block = blocks()[number]
    found = run(block["command"])

    if request.config.getoption("--update-readme"):
        text = README.read_text(encoding="utf-8")
        old = blocks()[number]
        README.write_text(text[: old.start("output")] + found + text[old.end("output") :], encoding="utf-8")
        return
    assert block["output"] == found


def parameters(command: str) -> list[click.Option]:
    found = visittally.get_command(click.Context(visittally), command)
    assert found is not None
    return [p for p in found.params if isinstance(p, click.Option)]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_explained(command):
    """Each command stands in the README, has a help text and an example in its help."""
    found = visittally.get_command(click.Context(visittally), command)

    assert f"`{command}`" in README.read_text(encoding="utf-8")
    assert found.help
    assert f"visittally {command} " in found.epilog


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_is_explained(command):
    """Each option has a help text and stands in the README."""
    text = README.read_text(encoding="utf-8")
    options = parameters(command)

    assert [o.name for o in options if not o.help] == []
    assert sorted({o.opts[-1] for o in options if f"`{o.opts[-1]}" not in text and o.name != "help"}) == []


def test_the_readme_promises_no_option_that_is_not_there():
    """What the README writes as an option is one of some command."""
    written = set(re.findall(r"`(--[a-z][a-z0-9-]+)", README.read_text(encoding="utf-8")))
    known = {name for command in COMMANDS for o in parameters(command) for name in o.opts}

    assert set() == written - known - {"--help", "--version"}
