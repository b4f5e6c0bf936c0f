"""Help pages in Chinese."""

import os
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from visittally.cli.group import COMMANDS, visittally
from visittally.cli.groups import headings
from visittally.cli.help import AlignedContext, Command
from visittally.words.wrapping import display_width


def _help(text="", option="", name="f"):
    class Command(click.Command):
        context_class = AlignedContext

    command = Command(
        name, params=[click.Option(["--by"], help=option), click.Option(["--digits"], help="x" * 5)], help=text
    )
    return CliRunner().invoke(command, ["--help"], terminal_width=60).output


def test_no_line_is_wider_than_the_page():
    text = _help("按村、按问题汇总走访记录，列出每类问题的提及次数。" * 3, "按哪一列分行（默认 village）。" * 4)

    assert max(map(display_width, text.splitlines())) <= 60


def test_explanations_stand_one_below_the_other():
    lines = _help(option="按哪一列分行，可以重复，默认是村，还可以写日期的后缀，" * 2).splitlines()
    first = next(line for line in lines if "--by" in line)
    second = lines[lines.index(first) + 1]
    column = first.index("按")

    assert second[:column].isspace()
    assert not second[column].isspace()


def test_a_marked_block_keeps_its_lines():
    text = _help("汇总。\n\n\b\n例子：\n  visittally summarize a.csv\n  visittally columns a.csv")

    assert "  例子：\n    visittally summarize a.csv\n    visittally columns a.csv\n" in text
    assert "\b" not in text


@pytest.mark.parametrize("word", ["Tables", "表"])
def test_a_mark_begins_a_block_without_a_blank_line_before_it(word):
    text = _help(f"Sums.\n\n\b\n{word}:\n  a\n\b\n{word}:\n  b")

    assert f"  {word}:\n    a\n\n  {word}:\n    b\n" in text


def test_english_pages_are_clicks_own():
    assert "  --by TEXT      Which column.\n" in _help("Sums.", "Which column.")


@pytest.mark.parametrize("name", ["f", "n" * 50])
def test_the_usage_line_names_the_program(name):
    command = click.Command(name, params=[click.Argument(["文件"], nargs=-1)])
    context = AlignedContext(command, info_name=name, terminal_width=60)

    assert command.get_usage(context).split()[:2] == ["Usage:", name]


def options_of(page):
    """The headings of a help page with what is listed below each."""
    found, heading = {}, ""
    for line in page.splitlines():
        if line and not line.startswith(" ") and line.endswith(":"):
            heading = line
        elif line.startswith("  -") and heading:
            found.setdefault(heading, []).extend(word.strip(",") for word in line.split() if word.startswith("-"))
    return found


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_lists_its_options_under_headings(name):
    """All of them, each once; what every command has stands under a heading of its own."""
    command = visittally.get_command(click.Context(visittally), name)
    context = AlignedContext(command, info_name=name, terminal_width=200)
    found = options_of(command.get_help(context))
    listed = [option for options in found.values() for option in options]

    assert isinstance(command, Command)
    assert "--help" in found["Output:"]
    assert "Options:" not in found
    for option in command.params:
        assert isinstance(option, click.Argument) or listed.count(option.opts[-1]) >= 1


def test_what_many_commands_share_is_no_option_of_one_alone():
    """A new option of all commands needs its place in the lists of headings."""
    known = {name for names in headings().values() for name in names}
    commands = [visittally.get_command(click.Context(visittally), name) for name in COMMANDS]
    names = [param.name for command in commands for param in command.params if isinstance(param, click.Option)]

    assert {name for name in names if names.count(name) >= 5} - known == set()


@pytest.mark.parametrize("arguments", [["--lang", "zh"], ["--lang=zh"], ["--lang", "en", "--lang", "zh"]])
def test_help_speaks_one_language(arguments):
    """`--help --lang zh` is Chinese throughout: the option stands behind what it governs."""
    done = subprocess.run(
        [sys.executable, "-m", "visittally", "summarize", "--help", *arguments],
        capture_output=True,
        check=True,
        env={**os.environ, "LC_ALL": "C.UTF-8", "VISITTALLY_LANG": ""},
    ).stdout.decode()

    assert "文件:" in done
    assert "某个字段在哪一列" in done
    assert "Print only" not in done
