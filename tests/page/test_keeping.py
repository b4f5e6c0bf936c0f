"""visittally.toml to keep."""

import tomllib

import pytest

from visittally.page.keeping import to_keep


def kept(*options, files=(), arguments=("visittally", "summarize", "a.csv")):
    """The text, and what it says."""
    text = to_keep(arguments, options, files)
    return text, tomllib.loads(text)


def test_what_was_chosen_stands_under_options():
    _text, said = kept(("--by", "village"), ("--interval", True), ("--min-cell", "5"))

    assert said == {"options": {"by": "village", "interval": True, "min-cell": "5"}}


def test_what_was_chosen_several_times_is_a_list():
    assert kept(("--where", "age>=18"), ("--where", "village=Ash"))[1]["options"]["where"] == ["age>=18", "village=Ash"]


def test_files_by_their_roles_come_before_what_was_chosen():
    text, said = kept(
        ("--by", "village"), files=[("--form", "f1.xlsx"), ("--form", "f2.xlsx"), ("--roster", "plan.csv")]
    )

    assert said["options"] == {"form": ["f1.xlsx", "f2.xlsx"], "roster": "plan.csv", "by": "village"}
    assert text.index("form") < text.index("by =")


def test_columns_of_the_roster_have_a_table_of_their_own():
    _text, said = kept(("--roster-column", "village=place"), ("--roster-column", "target.户=a=b"), ("--by", "village"))

    assert said["roster"]["columns"] == {"village": "place", "target.户": "a=b"}
    assert said["options"] == {"by": "village"}


def test_without_columns_of_the_roster_there_is_no_such_table():
    assert "roster" not in kept(("--by", "village"))[0]


def test_columns_are_said_elsewhere():
    """By what follows, which `columns` writes: neither as an option nor as left out."""
    text, said = kept(("--column", "issue=办理情况"))

    assert said == {"options": {}}
    assert "column" not in text


def test_what_cannot_be_kept_is_named_once():
    text, said = kept(("--table", "places"), ("--table", "areas"), ("--family", "x"), ("--by", "village"))

    assert "# Stands on the command line only: --table, --family." in text
    assert said["options"] == {"by": "village"}
    assert "command line only" not in kept(("--by", "village"))[0]


def test_the_command_line_is_a_comment_of_one_line():
    text, said = kept(arguments=("visittally", "summarize", "a\nb = 1.csv\x7f"))

    assert text.splitlines()[0] == "# visittally summarize a b = 1.csv "
    assert said == {"options": {}}


@pytest.mark.parametrize("value", ['"quoted"', "back\\slash", "东村", "a\nb", "\x7f\x01", "'''", "# no comment", "=1"])
def test_any_value_is_read_as_it_was_chosen(value):
    _text, said = kept(("--by", value), ("--roster-column", f"village={value}"))

    assert said["options"]["by"] == value
    assert said["roster"]["columns"]["village"] == value


def test_what_columns_writes_can_follow():
    text, _said = kept(("--by", "village"))

    assert text.endswith("\n\n")
    assert tomllib.loads(text + '[columns]\nissue = "x"\n')["columns"] == {"issue": "x"}
