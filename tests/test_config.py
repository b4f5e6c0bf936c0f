"""visittally.toml: unknown keys with suggestions, types, what is read as what."""

from __future__ import annotations

import pytest

from visittally import config
from visittally.config import Config, find_config, read_config
from visittally.errors import ConfigError
from visittally.settings import Net, Settings


def test_all_that_is_wrong_is_said_at_once(write):
    """Unknown keys have the one that was probably meant; wrong types are named beside them."""
    path = write(
        "visittally.toml",
        """
        [colums]
        village = "Place"
        [missing]
        dontknow = ["-88"]
        [options]
        lnag = "zh"
        [nets.wet]
        answers = "water"
        [roster]
        column = 3
        """,
    )
    with pytest.raises(ConfigError) as error:
        read_config(path)

    message = str(error.value)
    assert message.startswith("visittally.toml: ")
    expected = [
        '"colums". Did you mean "columns"?',
        '"missing.dontknow". Did you mean "dont_know"?',
        '"options.lnag". Did you mean "lang"?',
        '"nets.wet.answers" must be a list of texts.',
        '"roster.column". Did you mean "columns"?',
    ]
    assert [part for part in expected if part not in message] == []


def test_a_key_like_no_other_has_no_suggestion(write):
    """Nothing is suggested that does not resemble the key."""
    with pytest.raises(ConfigError) as error:
        read_config(write("visittally.toml", "zzz = 1\n"))

    assert '"zzz"' in str(error.value)
    assert "Did you mean" not in str(error.value)


def test_each_table_has_its_field(write):
    """Tables become fields of the settings, numbers in them texts."""
    path = write(
        "visittally.toml",
        """
        [columns]
        village = "Place"
        [roster.columns]
        household_id = "No."
        [statuses]
        done = "resolved"
        [aliases.village]
        Ash = "Ashfield"
        [missing]
        refused = [-99, "x"]
        [nets.wet]
        question = "needs"
        answers = ["water", 3]
        [nets.dry]
        answers = ["road"]
        [questions.crime]
        ticked = [2, 3]
        """,
    )

    assert read_config(path).settings == {
        "columns": {"village": "Place"},
        "roster_columns": {"household_id": "No."},
        "statuses": {"done": "resolved"},
        "aliases": {"village": {"Ash": "Ashfield"}},
        "missing": {"refused": ("-99", "x")},
        "nets": (Net("wet", "needs", ("water", "3")), Net("dry", "issue", ("road",))),
        "ticked": {"crime": frozenset({"2", "3"})},
    }


def test_options_are_named_as_on_the_command_line(write):
    """With a dash or an underscore; those that may be repeated take one text or several."""
    text = "[options]\nmin-cell = 5\nno_code = true\nby = 'township'\nwhere = ['age>=18', 'sex=f']\nbase = 'all'\n"

    assert read_config(write("visittally.toml", text)).options == {
        "min_cell": "5",
        "no_code": True,
        "by": ["township"],
        "where": ["age>=18", "sex=f"],
        "base": "all",
    }


@pytest.mark.parametrize("name", ["files", "config", "nets", "statuses"])
def test_what_is_no_option_is_none_of_the_file_either(write, name):
    """Files and tables of their own are not read below [options]."""
    with pytest.raises(ConfigError, match=f"options.{name}"):
        read_config(write("visittally.toml", f"[options]\n{name} = 'x'\n"))


def test_an_empty_file_changes_nothing(write):
    """No settings and no options."""
    assert read_config(write("visittally.toml", "")) == Config("visittally.toml")


def test_a_byte_order_mark_is_no_key(write):
    """Editors put one before the first key."""
    path = write("visittally.toml", "[columns]\nvillage = 'Place'\n", encoding="utf-8-sig")

    assert read_config(path).settings == {"columns": {"village": "Place"}}


def test_text_in_another_encoding_is_refused(write):
    """TOML is UTF-8."""
    with pytest.raises(ConfigError, match=r"visittally\.toml"):
        read_config(write("visittally.toml", "[columns]\nvillage = '村庄'\n", encoding="gb18030"))


def test_the_place_of_what_is_no_toml_is_said(write):
    """Line and character."""
    with pytest.raises(ConfigError, match=r"line 2, character \d+"):
        read_config(write("visittally.toml", "[columns]\nvillage = \n"))


def test_a_file_that_is_not_there(folder):
    """The file that was named must be there."""
    with pytest.raises(ConfigError, match=r"missing\.toml"):
        read_config("missing.toml")


def test_the_file_that_is_used(write):
    """The one named, else that of the working directory, else none."""
    assert find_config("") == ""

    write("visittally.toml", "")

    assert [find_config(named) for named in ("", "other.toml")] == ["visittally.toml", "other.toml"]


def test_options_beat_the_file(command, write):
    """What stands on the command line holds, what stands in the file alone too."""
    write("v.csv", "village,issue\nAsh,road\nElm,water\nElm,\n")
    write("visittally.toml", "[options]\nbase = 'all'\ntop = 1\n")

    from_file, named = (
        command("summarize", "v.csv", "-f", "json", *arguments).tables()["issues"] for arguments in ((), ("--top", "2"))
    )

    assert [len(rows) for rows in (from_file, named)] == [2, 2]
    assert from_file[-1]["issue"] == "(rest)"
    assert [row["issue"] for row in named] == ["road", "water"]
    assert from_file[0]["percent_of_cases"] == named[0]["percent_of_cases"] == pytest.approx(100 / 3)


@pytest.mark.parametrize(("options", "hidden"), [({}, False), ({"min_cell": 1}, False), ({"min_cell": 2}, True)])
def test_small_counts_are_hidden_from_two_on(options, hidden):
    """One is no count to hide below."""
    assert Settings(**options).hides_small_counts is hidden
    assert Settings(public=True, **options).hides_small_counts


def test_settings_with_other_options_are_others():
    """Settings are values: the first ones stay as they were."""
    first = Settings(top=3)

    assert first.with_options(top=5).top == 5
    assert first.top == 3


@pytest.mark.parametrize(
    "line",
    [
        'output = "elsewhere.csv"',
        'format = "csv"',
        "raw = true",
        "bom = true",
        "quiet = true",
        "verbose = true",
        'scheduler = "tcp://127.0.0.1:1"',
        "include-personal = true",
        "include_personal = true",
        "show-visitors = true",
        "with-text = true",
        "texts = true",
        'template = "/etc/passwd"',
        'title = "x"',
        'table = "areas"',
        'codebook = "/etc/hostname"',
        'codebook = "../outside.toml"',
        'codebook = "~/outside.toml"',
        'codebook = "https://example.invalid/codebook.toml"',
        'form = ["inside.xlsx", "/etc/hostname"]',
        'roster = "/etc/hostname"',
    ],
)
def test_a_file_that_nobody_named_may_not_say_where_to_or_what_is_shown(command, write, folder, line):
    """It is refused with the way to name it, before anything is read or written."""
    write("v.csv", "village,issue\nAsh,road\n")
    write("visittally.toml", f"[options]\n{line}\n")
    before = sorted(folder.rglob("*"))

    for words in (["summarize", "v.csv"], ["read", "v.csv", "-o", "all.csv"], ["report", "v.csv", "-o", "r.html"]):
        ended = command(*words)

        assert (ended.status, ended.out) == (1, "")
        assert f'"options.{line.partition(" ")[0]}"' in ended.err
        assert "--config visittally.toml" in ended.err
        assert sorted(folder.rglob("*")) == before


def test_a_link_out_of_the_folder_is_outside(write, folder, tmp_path_factory):
    """What the link leads to counts, not where it lies."""
    target = tmp_path_factory.mktemp("other") / "codebook.toml"
    target.write_text("[road]\ncues = ['x']\n")
    (folder / "codebook.toml").symlink_to(target)
    path = write("visittally.toml", "[options]\ncodebook = 'codebook.toml'\n")

    with pytest.raises(ConfigError, match=r"options\.codebook"):
        read_config(path, named=False)


def test_every_option_is_either_free_or_refused_in_a_file_that_nobody_named():
    """A new option is refused until somebody decides otherwise; what writes, sends or shows never is free."""
    free = {name for name in config._option_names() if name in config.UNNAMED}
    closed = {
        "output",
        "format",
        "raw",
        "bom",
        "formulas",
        "quiet",
        "verbose",
        "scheduler",
        "include_personal",
        "show_visitors",
    }

    assert {"by", "across", "base", "lang", "digits", "codebook", "column", "roster_column"} <= free
    assert not free & (closed | {"template", "title", "table", "with_text", "texts", "question"})


@pytest.mark.parametrize("named", [["--config", "visittally.toml"], []])
def test_a_file_that_was_named_may_say_everything(command, write, named):
    """On the command line or by VISITTALLY_CONFIG."""
    write("v.csv", "village,issue\nAsh,road\n")
    write("visittally.toml", "[options]\nformat = 'csv'\nquiet = true\n")

    ended = command("summarize", "v.csv", *named, **({} if named else {"VISITTALLY_CONFIG": "visittally.toml"}))

    assert (ended.status, ended.err) == (0, "")
    assert ended.out.startswith("village,issue")


@pytest.mark.parametrize(
    ("text", "said"),
    [("[options]\nbase = 'all'\n", True), ("[columns]\nissue = 'issue'\n", True), ("[options]\ndigits = 2\n", False)],
)
def test_a_file_that_changes_what_is_counted_is_announced_first_even_when_quiet(command, write, text, said):
    """Before the tables, and before an error that they may end in."""
    write("v.csv", "village,issue\nAsh,road\n")
    write("visittally.toml", text)
    announced = "Settings are taken from visittally.toml."

    assert (announced in command("summarize", "v.csv", "-q").err) is said
    assert command("summarize", "v.csv").err.startswith(announced)
    assert command("summarize", "nosuch.csv").err.startswith(announced)
