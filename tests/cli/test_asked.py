"""From the options of a command line to settings."""

from __future__ import annotations

import click
import pytest

from visittally.cli.asked import announce, check_output, settings_of, spare_inputs
from visittally.config import Config
from visittally.errors import OutputError, UsageError
from visittally.settings import PUBLIC, Settings


def asked(config=None, **options):
    return settings_of(options, Config(settings=config or {}))


def test_options_go_before_the_configuration():
    own = asked({"weight": "w", "top": 3}, weight="x", top=None, by=["village", "sex"])

    assert (own.weight, own.top, own.by) == ("x", 3, ("village", "sex"))


def test_names_with_what_they_stand_for_add_to_those_of_the_configuration():
    """One text, or several in order; of the same name the command line's hold."""
    own = asked({"columns": {"village": "a", "issue": "b"}}, columns=[("issue", "c"), ("status", "s"), ("status", "t")])

    assert own.columns == {"village": "a", "issue": "c", "status": ("s", "t")}
    assert asked({"threshold": {"short": "9"}}).threshold == {"short": "9"}


def test_lists_with_commas():
    assert asked({"type1": ("a",)}, type1=["x, y", "z,"]).type1 == ("x", "y", "z")
    assert asked({"type1": ("a",)}, type1=[]).type1 == ("a",)


def test_ticks_families_and_days():
    own = asked(
        {"ticked": {"a": frozenset({"1"}), "b": frozenset({"2"})}},
        tick=[("b", "3, 4")],
        family=[("needs", 'n1, "n,2"')],
        revisit_after=[("", 30), ("elderly", 7)],
    )

    assert own.ticked == {"a": frozenset({"1"}), "b": frozenset({"3", "4"})}
    assert own.family == {"needs": ("n1", "n,2")}
    assert own.revisit_after == {"": 30, "elderly": 7}


@pytest.mark.parametrize(
    ("options", "format_", "kept", "first_only"),
    [
        ({}, "", False, False),
        ({"output": "a.xlsx"}, "xlsx", True, False),
        ({"output": "a.CSV"}, "csv", True, True),
        ({"output": "a.csv", "format": "json"}, "json", True, False),
        ({"output": "-", "format": "csv"}, "csv", True, True),
        ({"format": "csv"}, "csv", False, True),
    ],
)
def test_the_suffix_of_the_output_is_its_format(options, format_, kept, first_only):
    own = asked(**options)

    assert (own.format, own.kept, own.first_only) == (format_, kept, first_only)


def test_a_suffix_that_stands_for_no_format_is_refused():
    with pytest.raises(UsageError):
        asked(output="a.zzz")
    with pytest.raises(UsageError):
        asked(output="a.parquet")
    assert settings_of({"output": "a.parquet"}, Config(), parquet=True).format == ""


def test_what_is_for_the_public_hides_small_counts():
    assert [asked(public=True, min_cell=n).min_cell for n in (None, 2, PUBLIC + 1)] == [PUBLIC, PUBLIC, PUBLIC + 1]
    assert asked(min_cell=2).min_cell == 2


@pytest.mark.parametrize("format_", ["xlsx", "docx"])
def test_binary_formats_need_a_file(format_):
    with pytest.raises(UsageError, match=f"needs a file: add -o FILE.{format_}"):
        asked(format=format_)


def test_a_folder_is_no_file_to_write_to(tmp_path):
    with pytest.raises(UsageError, match="is a folder; name a file in it"):
        asked(output=str(tmp_path), format="csv")


def test_the_home_folder_is_spelled_out(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))

    assert asked(output="~/a.csv").output == str(tmp_path / "a.csv")
    assert asked(output="a~.csv").output == "a~.csv"


@pytest.mark.parametrize(
    ("config", "quiet", "said"),
    [
        (Config(), False, False),
        (Config("v.toml"), False, True),
        (Config("v.toml"), True, False),
        (Config("v.toml", settings={"weight": "w"}), True, False),
        (Config("v.toml", settings={"weight": "w"}, named=False), True, True),  # nobody asked for it, and it counts
        (Config("v.toml", named=False), True, False),
    ],
)
def test_which_configuration_holds_is_said(config, quiet, said, capsys):
    announce(config, quiet=quiet)

    assert ("v.toml" in capsys.readouterr().err) is said


@pytest.mark.parametrize("name", ["output", "codebook", "template", "roster", "plan"])
def test_every_file_may_lie_in_the_home_folder(monkeypatch, tmp_path, name):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))

    assert getattr(asked({}, **{name: "~/a.csv"}), name) == str(tmp_path / "a.csv")
    assert getattr(asked({name: "~/a.csv"}), name) == str(tmp_path / "a.csv")
    assert getattr(asked(**{name: ""}), name) == ""


def test_corrections_of_statuses_go_before_those_of_the_configuration(write):
    """Statuses are the same however they are spelled."""
    write("statuses.csv", "Status,Correction\nDone,resolved\n")
    config = {"statuses": {"DONE": "open", "Waits": "in_progress"}}

    assert asked(config, statuses="statuses.csv").statuses == {"done": "resolved", "waits": "in_progress"}
    assert asked(config).statuses == config["statuses"]


def test_what_was_not_asked_for_is_left_to_the_configuration():
    own = asked({"digits": 2, "strict": True}, digits=None, strict=None)

    assert (own.digits, own.strict, own.config) == (2, True, "")
    assert settings_of({"config": "v.toml"}, Config()).config == "v.toml"


@pytest.mark.parametrize(("output", "form"), [("a.parquet", ""), ("a.PARQUET", ""), ("a.csv", "csv"), ("-", "")])
def test_a_command_that_writes_parquet_prints_nothing_as_that(output, form):
    assert settings_of({"output": output}, Config(), parquet=True).format == form


def context(**given):
    """The context of a command that reads FILES and a plan, and writes a file."""
    names = {"files": {"nargs": -1}, "output": {}, "roster": {}, "before": {"multiple": True}}
    params = [click.Option([f"--{n}"], type=click.Path(), multiple="multiple" in more) for n, more in names.items()]
    ctx = click.Context(click.Command("own", params=[*params, click.Option(["--title"])]))
    ctx.params = given
    return ctx


@pytest.mark.parametrize("given", [{"roster": "a.csv"}, {"before": ("b.csv", "a.csv")}, {"before": ("./a.csv",)}, {}])
def test_what_is_read_is_not_written_over(write, given):
    write("a.csv", "village\n")
    files = ("a.csv",) if not given else ()

    with pytest.raises(OutputError, match=r"a\.csv"):
        spare_inputs(context(**given), Settings(files=files, output="a.csv"))


@pytest.mark.parametrize("given", [{"title": "a.csv"}, {"roster": None}, {"roster": "b.csv", "before": ()}])
def test_what_is_not_read_may_be_written_over(write, given):
    write("a.csv", "village\n")
    write("b.csv", "village\n")

    spare_inputs(context(**given), Settings(output="a.csv"))
    spare_inputs(context(roster="a.csv"), Settings())


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"formulas": True}, "--formulas is for xlsx"),
        ({"raw": True}, "--raw is for csv and tsv"),
        ({"raw": True, "format": "json"}, "--raw is for csv and tsv"),
        ({"bom": True}, "--bom is for csv"),
        ({"bom": True, "format": "tsv"}, "--bom is for csv"),
        ({"output": "a.csv", "format": "json"}, "a.csv: -f asks for json, and the suffix stands for csv"),
        ({"output": "a.xlsx", "format": "csv"}, "the suffix stands for xlsx"),
        ({"output": "a.txt", "format": "docx"}, "-f asks for docx, and the suffix stands for table"),
        ({"output": "a.HTML", "format": "markdown"}, "the suffix stands for html"),
    ],
)
def test_what_the_output_cannot_do_is_refused(options, said):
    with pytest.raises(UsageError, match=said):
        check_output(Settings(**options), options)


@pytest.mark.parametrize(
    "options",
    [
        {"format": "csv", "raw": True, "bom": True},
        {"format": "tsv", "raw": True},
        {"output": "a.txt", "format": "csv"},
        {"output": "a.md", "format": "pipe"},
        {"output": "a.out", "format": "docx"},
        {"output": "a.xlsx", "format": "xlsx", "formulas": True},
        {"output": "-", "format": "json"},
    ],
)
def test_what_it_can_do_is_not(options):
    check_output(Settings(**options), options)


def test_what_a_command_writes_by_itself_is_its_format():
    check_output(Settings(bom=True), ["bom"], "csv")


def test_what_a_file_says_of_csv_does_not_hinder_other_formats():
    check_output(Settings(bom=True, raw=True), ["lang"])
