"""The README and the guide tell the truth: their console blocks are run and compared, their options exist.

`pytest tests/test_readme.py --update-readme` writes what the commands print now.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from visittally.cli.group import COMMANDS, visittally
from visittally.guidebook import PAGES, TOPICS, page
from visittally.messages import LANGUAGES

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
BLOCK = re.compile(r"```console\n\$ (?P<command>[^\n]+)\n(?P<output>.*?)```", re.DOTALL)
TEXTS = {
    "README": (README, ""),
    **{
        f"{language}/{topic}": (PAGES / language / f"{topic}.md", language)
        for language in LANGUAGES
        for topic in TOPICS
    },
}
"""Each text with its file, and the language that its reader's machine speaks."""


def blocks(text):
    return list(BLOCK.finditer(TEXTS[text][0].read_text(encoding="utf-8")))


BLOCKS = [(text, number) for text in TEXTS for number in range(len(blocks(text)))]


def run(command: str, language: str) -> str:
    """What a person sees who types the command in the project's folder; no new process where none is needed."""
    ended = None if set(command) & set("|<>;&$'") else of_this_process(command, language)
    if ended is not None and ended.exit_code == 0:  # what click says of errors is in the language of the process
        return ended.output
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("VISITTALLY", "LC_", "LANG", "COV"))}
    environment = {**kept, "LC_ALL": "C.UTF-8", "COLUMNS": "100"}
    environment["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{environment['PATH']}"
    if language:
        environment["VISITTALLY_LANG"] = language
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return done.stdout.decode()


def of_this_process(command: str, language: str) -> Result:
    """The command without a new process, in the project's folder."""
    program, *arguments = shlex.split(command)
    assert program == "visittally"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        for name in list(os.environ):
            if name.startswith(("VISITTALLY", "LC_", "LANG")):
                patch.delenv(name)
        spoken = {"VISITTALLY_LANG": language} if language else {"LC_ALL": "C.UTF-8"}
        return CliRunner().invoke(visittally, arguments, env=spoken, prog_name="visittally")


@pytest.mark.parametrize(("text", "number"), BLOCKS, ids=[f"{text}-{number}" for text, number in BLOCKS])
def test_console_block_shows_what_the_command_prints(text, number, request):
    """Each console block is what the command prints, errors included."""
    path, language = TEXTS[text]
    block = blocks(text)[number]
    found = run(block["command"], language)

    if request.config.getoption("--update-readme"):
        whole = path.read_text(encoding="utf-8")
        path.write_text(whole[: block.start("output")] + found + whole[block.end("output") :], encoding="utf-8")
        return
    assert block["output"] == found


def test_the_readme_is_short():
    """What a newcomer reads first fits into ten kilobytes; the rest is the guide's."""
    assert len(README.read_bytes()) <= 10 * 1024


# ---------------------------------------------------------------- commands and options
def command_named(name: str) -> click.Command:
    found = visittally.get_command(click.Context(visittally), name)
    assert found is not None
    return found


def parameters(name: str) -> list[click.Option]:
    return [p for p in command_named(name).params if isinstance(p, click.Option)]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_explained(command):
    """Each command stands in the README, has a help text and an example in its help."""
    found = command_named(command)

    assert f"`{command}`" in README.read_text(encoding="utf-8")
    assert found.help
    assert f"visittally {command}" in found.epilog


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_is_explained(command, language):
    """Each option has a help text, and a row with an example in the guide."""
    rows = [row for row in page("options", language).splitlines() if row.startswith("| `-")]
    explained = {name for row in rows for name in re.findall(r"`(-[-\w]+)", row.partition(" | ")[0])}
    options = parameters(command)

    assert [o.name for o in options if not o.help] == []
    assert sorted({o.opts[-1] for o in options} - explained - {"--help"}) == []


@pytest.mark.parametrize("text", TEXTS)
def test_no_option_is_promised_that_is_not_there(text):
    """What is written as an option is one of some command."""
    written = set(re.findall(r"`(?:\w+ )?(--[a-z][a-z0-9-]+)", TEXTS[text][0].read_text(encoding="utf-8")))
    known = {name for command in COMMANDS for o in parameters(command) for name in (*o.opts, *o.secondary_opts)}

    assert set() == written - known - {"--help", "--version", "--platform"}


def examples():
    """The command lines in the guide, in both languages, that stand in running text or in blocks for a shell."""
    found = set()
    for language in LANGUAGES:
        for topic in TOPICS:
            text = page(topic, language)
            found |= set(re.findall(r"`(visittally [a-z]+ [^`]*)`", text))
            for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL):
                found |= set(
                    re.findall(r"(?:^|&& )(visittally [a-z]+ [^|>\n]*?)(?= [|>&#]|  |\n)", block, re.MULTILINE)
                )
    return sorted(found)


@pytest.mark.parametrize("line", examples())
def test_an_example_is_a_command_line_that_is_accepted(line, folder):
    """Commands, options and the form of their values are right; files need not be there."""
    line = line.replace(r"\|", "|")
    _program, name, *arguments = shlex.split(re.split(r" [|>] ", line)[0], comments=True)
    if {"COMMAND", "TOPIC", "命令"} & {name, *arguments}:
        return
    if "--help" in arguments:
        return
    if "--config" in arguments:
        (folder / arguments[arguments.index("--config") + 1]).write_text("")

    assert command_named(name).make_context(name, arguments).params


# ---------------------------------------------------------------- the guide's pages
def test_each_topic_has_a_page_in_each_language():
    """No page without a topic, no topic without a page."""
    assert {path.relative_to(PAGES).as_posix() for path in PAGES.rglob("*.md")} == {
        f"{language}/{topic}.md" for language in LANGUAGES for topic in TOPICS
    }


def outline(text):
    """The signs of its headings, the heads of its tables and the commands of its blocks, in order."""
    marks = re.findall(r"^(#+) |^```(\w*)$|^(\|)|^\$ (.+)$", text, re.MULTILINE)
    return ["".join(mark) for mark in marks]


@pytest.mark.parametrize("topic", TOPICS)
def test_both_languages_say_the_same(topic):
    """Headings, rows of tables and commands are as many in both languages, in the same order."""
    english, chinese = (outline(page(topic, language)) for language in LANGUAGES)

    assert english == chinese
