"""Tables of codes in TOML."""

from __future__ import annotations

import pytest

from visittally.errors import ConfigError
from visittally.words.lists import check_codes, not_toml, read_tables, shipped


def test_tables_that_come_with_the_program():
    assert {"road", "water", "other"} <= set(shipped("categories"))
    assert shipped("dispositions")["resolved"]["class"] == "resolved"
    assert shipped("categories") is shipped("categories")


def test_tables_of_a_users_file(write):
    name = write("own.toml", '[road]\nen = "Roads"\n[rain]\ncues = ["wet", "flood"]\n')

    assert read_tables(name) == {"road": {"en": "Roads"}, "rain": {"cues": ["wet", "flood"]}}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[road]\nen = Roads\n", "own.toml: line 2, character 6: this is not written as TOML."),
        ("[road\n", "own.toml: line 1, character 6"),
        pytest.param(
            "[road]\nn = " + "9" * 5_000,
            "own.toml: is not valid TOML: a number or a nesting in it goes beyond",
            id="huge",
        ),
        pytest.param(
            "a = " + "[" * 5_000 + "]" * 5_000,
            "own.toml: is not valid TOML: a number or a nesting in it goes beyond",
            id="deep",
        ),
        ('en = "Roads"\nzh = 1\n[road]\n', "found outside of one: en, zh."),
    ],
)
def test_what_is_wrong_with_a_users_file_is_said(write, text, said):
    with pytest.raises(ConfigError) as refused:
        read_tables(write("own.toml", text))

    assert said in str(refused.value)


def test_files_that_are_no_text_or_not_there(folder):
    (folder / "form.xlsx").write_bytes(b"PK\x03\x04\xff\xfe")

    with pytest.raises(ConfigError, match=r"form.xlsx is no codebook: .* goes with --form"):
        read_tables("form.xlsx")
    with pytest.raises(ConfigError, match=r"gone.toml: cannot be read \(No such file"):
        read_tables("gone.toml")


def test_an_error_without_a_place_is_given_as_it_is():
    assert not_toml("own.toml", "Expected '=' (at end of document)").startswith("own.toml: is not valid TOML: Expected")
    assert not_toml("own.toml", "Bad (at line 12, column 3)").startswith("own.toml: line 12, character 3: ")


def test_every_code_that_does_not_exist_is_named_with_the_nearest():
    codes = ("resolved", "in_progress", "unknown")
    check_codes("statuses", {"done": "resolved"}, codes)
    check_codes("statuses", {}, codes)

    with pytest.raises(ConfigError) as refused:
        check_codes("statuses", {"done": "resolvd", "fine": "resolved", "odd": "zzz"}, codes)
    assert str(refused.value) == (
        '[statuses] leads to codes that do not exist: "done" = "resolvd" (did you mean "resolved"?); "odd" = "zzz". '
        "There are: resolved, in_progress, unknown."
    )
