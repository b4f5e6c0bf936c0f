"""The group of all commands: help, version, what stands in front of a command, and errors on their way out."""

import click
import pytest
from click.testing import CliRunner

import visittally
from visittally.cli.group import COMMANDS, CommandGroup
from visittally.errors import FieldError, UsageError
from visittally.reading.text import heart


@pytest.fixture
def visits(write):
    return write("visits.csv", "village,issue\nAsh,road\nElm,water\n")


def ends(raised):
    """How a command ends that raises this."""

    def fail():
        raise raised

    group = CommandGroup("visittally", commands={})
    group.get_command = lambda _ctx, name: click.Command(name, callback=fail)
    return CliRunner().invoke(group, ["summarize"])


def test_every_command_is_found_and_has_help(command):
    for name in COMMANDS:
        shown = command(name, "--help")
        assert (shown.status, shown.err) == (0, "")
        assert f"visittally {name}" in shown.out


def test_the_commands_are_listed_in_the_order_in_which_people_need_them(command):
    out = command("--help").out
    places = [out.index(f"\n  {name} ") for name in COMMANDS]

    assert places == sorted(places)


def test_a_command_that_is_not_there_gets_a_suggestion(command):
    ended = command("sumarize", "visits.csv")

    assert (ended.status, ended.out) == (2, "")
    assert "summarize" in ended.err


def test_an_option_of_another_command_is_said_with_that_command(command, visits):
    ended = command("coverage", visits, "--earlier", "x.csv")
    known = command("summarize", visits, "--roster", "x.csv")

    assert (ended.status, known.status) == (2, 2)
    assert "coverage" in known.err


def test_errors_are_sentences_with_their_status():
    assert (ends(FieldError("No such column.")).exit_code, ends(UsageError("Not both.")).exit_code) == (1, 2)
    assert "Error: No such column." in ends(FieldError("No such column.")).stderr


def test_an_error_neither_steers_the_terminal_nor_tells_a_telephone():
    said = ends(FieldError("Nothing at \x1b[2J 13800138000\nin line 2.")).stderr

    assert "\x1b" not in said
    assert "13800138000" not in said
    assert "\nin line 2." in said


def test_who_stops_a_command_is_not_told_why():
    ended = ends(KeyboardInterrupt())

    assert (ended.exit_code, ended.stdout, ended.stderr) == (130, "", "\n")


def test_help_and_version_need_no_file(command):
    """-h and --help everywhere, -V at the top."""
    assert command("-h").out == command("--help").out
    assert command("summarize", "-h").out == command("summarize", "--help").out
    assert command("-V").out == command("--version").out
    assert command("-V").status == 0


def test_the_version_says_which_heart_beats(command):
    """Whether delimited text is read by the compiled module or by numpy."""
    assert command("-V").out == f"visittally, version {visittally.__version__} ({heart.name()})\n"


def test_options_before_the_command_are_refused_with_their_place(command, visits):
    """The error says where they stand."""
    ended = command("--by", "village", "summarize", visits)

    assert ended.status == 2
    assert "summarize FILES --by" in ended.err


@pytest.mark.parametrize("name", ["zh", "cn", "zh-CN", "zh_CN", "中文"])
def test_the_language_may_stand_in_front_of_the_command_and_has_many_names(command, visits, name):
    """Behind the command it holds before that in front."""
    expected = command("summarize", visits, "--lang", "zh").out

    assert (
        expected == command("--lang", name, "summarize", visits).out == command("summarize", visits, "--lang", name).out
    )
    assert command("--lang", name, "summarize", visits, "--lang", "en").out != expected
