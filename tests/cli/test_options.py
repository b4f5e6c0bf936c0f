"""The options that commands share: what they become before a command runs."""

import io
import sys

import click
import pytest

from visittally import messages
from visittally.cli.input_options import files_argument
from visittally.cli.options import (
    before_options,
    language_option,
    output_options,
    roster_options,
    with_settings,
    without,
)
from visittally.errors import InputError, UsageError

VISITS = "village,issue\nAsh,road\nElm,water\n"


@pytest.fixture
def run(folder, monkeypatch):
    """Run a command of these options inside this process; gives its settings, or how it ended."""

    def own(*arguments, stdin=None, name="own"):
        seen = []
        command = click.command(name)(files_argument(output_options(with_settings(seen.append))))
        monkeypatch.setattr(sys, "stdin", stdin)
        ended = command.main(list(arguments), name, standalone_mode=False)
        return seen[0] if seen else ended

    return own


class Terminal:
    """Somebody who types."""

    def isatty(self):
        return True


def piped(content):
    return io.TextIOWrapper(io.BufferedReader(io.BytesIO(content.encode())), encoding="utf-8")


def test_a_command_has_its_options_as_settings(run, write):
    settings = run(write("a.csv", VISITS), "-o", "b.csv", "--table", "areas", "--digits", "3", "-q")

    assert (settings.files, settings.output, settings.format) == (("a.csv",), "b.csv", "csv")
    assert (settings.table, settings.digits, settings.quiet) == (("areas",), 3, True)


def test_what_is_not_asked_for_is_as_usual(run, write):
    settings = run(write("a.csv", VISITS))

    flags = ("public", "raw", "bom", "formulas", "show_visitors", "quiet", "verbose")
    assert not any(getattr(settings, name) for name in flags)
    assert (settings.digits, settings.min_cell, settings.table, settings.format) == (1, 0, (), "")
    for name in flags:
        asked = run("a.csv", f"--{name.replace('_', '-')}", "-o", f"b.{'xlsx' if name == 'formulas' else 'csv'}")
        assert [other for other in flags if getattr(asked, other)] == [name]


def test_plans_and_earlier_rounds_are_named(folder):
    """Of earlier files and forms there may be several; of a plan there is one."""
    seen = []
    command = roster_options(before_options(click.Command("own", callback=lambda **options: seen.append(options))))
    line = ["--before", "a", "--before", "b", "--form-before", "f", "--form-before", "g", "--match", "x=y"]
    line += ["--match", "z=w", "--roster", "p", "--roster-column", "village=v", "--count", "visited"]
    command.main(line, standalone_mode=False)

    assert seen == [
        {
            "before": ("a", "b"),
            "form_before": ("f", "g"),
            "match": (("x", "y"), ("z", "w")),
            "roster": "p",
            "roster_columns": (("village", "v"),),
            "count": "visited",
        }
    ]


def test_without_files_on_a_terminal_it_says_how_it_is_used(run, capsys):
    assert run(stdin=Terminal()) == 2

    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("Usage: own [OPTIONS] FILES...")
    assert "Try 'own --help' for help." in printed.err


def test_without_files_records_come_through_a_pipe(run):
    assert run(stdin=piped(VISITS)).files == ("-",)
    assert run(stdin=None).files == ("-",)


def test_nothing_of_a_pipe_is_taken_by_looking(run):
    stdin = piped(VISITS)
    run(stdin=stdin)

    assert stdin.read() == VISITS


def test_where_nothing_comes_through_a_pipe_that_is_said(run):
    with pytest.raises(InputError):
        run(stdin=piped(""))


def test_a_pipe_that_cannot_be_looked_at_is_read(run):
    """Nobody knows whether anything comes through it."""

    class Odd:
        def isatty(self):
            return False

        def peek(self, _size):
            raise OSError

    odd = Odd()
    assert run(stdin=odd).files == ("-",)
    odd.buffer = odd
    assert run(stdin=odd).files == ("-",)


def test_a_template_of_settings_needs_no_files(command, write):
    """`columns --template` of nothing begins anew; other commands read what comes."""
    assert command("columns", "--template", "ledger.xlsx", stdin="").status == 0
    assert command("columns", stdin="").status == 1


def test_formulas_are_for_workbooks(run, write):
    file = write("a.csv", VISITS)

    with pytest.raises(UsageError, match="--formulas is for xlsx"):
        run(file, "--formulas")
    with pytest.raises(UsageError, match="--formulas is for xlsx"):
        run(file, "--formulas", "-o", "b.csv")
    assert run(file, "--formulas", "-o", "b.xlsx").formulas


def test_what_is_read_is_not_written_over(command, write, folder):
    file = write("a.csv", VISITS)
    ended = command("summarize", file, "-o", file)

    assert ended.status == 1
    assert (folder / file).read_text(encoding="utf-8") == VISITS


def test_an_option_that_is_taken_away_is_not_there():
    command = output_options(click.Command("own"))
    names = [parameter.name for parameter in command.params]
    without("raw", "bom", "nosuch")(command)

    assert [p.name for p in command.params] == [name for name in names if name not in ("raw", "bom")]


@pytest.mark.parametrize(
    ("front", "behind", "environment", "spoken"),
    [
        (None, None, None, "en"),
        ("zh", None, None, "zh"),
        (None, "zh", None, "zh"),
        ("zh", "en", None, "en"),
        ("en", "zh", None, "zh"),
        (None, None, "zh", "zh"),
        ("en", None, "zh", "en"),
        (None, "en", "zh", "en"),
    ],
)
def test_the_language_nearest_to_the_command_is_spoken(folder, monkeypatch, front, behind, environment, spoken):
    """Behind the command, in front of it, in the environment."""
    said = []
    group = language_option(click.Group("own", invoke_without_command=False, callback=lambda **_options: None))
    group.add_command(
        language_option(click.Command("tell", callback=lambda lang: said.append((lang, messages.language()))))
    )
    if environment:
        monkeypatch.setenv("VISITTALLY_LANG", environment)
    line = [*(["--lang", front] if front else []), "tell", *(["--lang", behind] if behind else [])]

    group.main(line, "own", standalone_mode=False)

    assert said == [(spoken, spoken)]
