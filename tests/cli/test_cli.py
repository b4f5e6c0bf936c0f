"""The command line's manners: what is refused and how, where settings come from, what is printed where."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest


# ---------------------------------------------------------------- what is refused
@pytest.mark.parametrize(
    ("arguments", "status", "names"),
    [
        ("summarize empty.csv", 1, ["empty.csv"]),
        ("summarize junk.csv", 1, ["junk.csv"]),
        ("summarize missing.csv", 1, ["missing.csv"]),
        ("summarize bare", 1, ["bare"]),
        ("summarize visits.csv missing.csv empty.csv", 1, ["missing.csv", "empty.csv"]),
        ("summarize visits.csv --column nosuch=village", 1, ["nosuch"]),
        ("summarize visits.csv --column village=nosuch", 1, ["nosuch"]),
        ("summarize visits.csv --column village", 2, ["village", "equals sign"]),
        ("summarize visits.csv --column village=", 2, ["village="]),
        ("summarize visits.csv --nosuch", 2, ["nosuch"]),
        ("summarize visits.csv -f nosuch", 2, ["nosuch"]),
        ("summarize visits.csv --lang nosuch", 2, ["nosuch"]),
        ("summarize visits.csv --base nosuch", 2, ["nosuch"]),
        ("summarize visits.csv --table nosuch", 1, ["nosuch", "areas", "issues"]),
        ("summarize visits.csv --table areas --table issues -f csv", 2, ["csv", "one table"]),
        ("summarize visits.csv --by nosuch", 1, ["nosuch", "visits.csv"]),
        ("summarize visits.csv --by isue", 1, ["isue", "issue"]),
        ("summarize visits.csv --by issue:fortnight", 1, ["fortnight"]),
        ("summarize visits.csv --where village", 2, ["village", "FIELD=VALUE"]),
        ("summarize visits.csv --where nosuch=1", 1, ["nosuch"]),
        ("summarize visits.csv --weight nosuch", 1, ["nosuch"]),
        ("summarize visits.csv --per household", 2, ["household_id"]),
        ("summarize visits.csv --config nosuch.toml", 1, ["nosuch.toml"]),
        ("summarize visits.csv --encoding nosuch", 1, ["nosuch"]),
        ("summarize visits.csv -f xlsx", 2, ["xlsx", "-o"]),
        ("summarize visits.csv -o bare", 2, ["bare", ".csv"]),
        ("summarize visits.csv -f csv -o bare", 2, ["bare", "folder"]),
        ("summarize visits.csv -o nowhere/a.csv", 1, ["nowhere"]),
        ("summarize visits.csv -o a.nosuch", 2, ["a.nosuch"]),
        ("summarise visits.csv", 2, ["summarise", "summarize"]),
        ("nosuch visits.csv", 2, ["nosuch", "summarize", "read"]),
        ("questions empty.csv", 1, ["empty.csv"]),
        ("questions visits.csv -Q nosuch", 1, ["nosuch"]),
        ("columns empty.csv", 1, ["empty.csv"]),
        ("columns visits.csv --column nosuch=village", 1, ["nosuch"]),
        ("read empty.csv", 1, ["empty.csv"]),
        ("read missing.csv", 1, ["missing.csv"]),
        ("read visits.csv --include-personal", 2, ["-o"]),
        ("read visits.csv -f html", 2, ["html"]),
        ("followup empty.csv", 1, ["empty.csv"]),
        ("followup visits.csv --with-text", 2, ["-o"]),
        ("followup visits.csv --as-of yesterday", 2, ["yesterday", "2026-04-30"]),
        ("coverage visits.csv --roster empty.csv", 1, ["empty.csv"]),
        ("coverage visits.csv --roster missing.csv", 1, ["missing.csv"]),
        ("report empty.csv -o a.html", 1, ["empty.csv"]),
        ("report visits.csv", 2, ["-o"]),
        ("report visits.csv -o a.nosuch", 2, ["a.nosuch"]),
        ("report visits.csv -o a.csv", 2, ["csv"]),
        ("report visits.csv -o a.docx --template t.html", 2, ["--template", ".html"]),
    ],
)
def test_what_cannot_be_done_is_refused(command, visits, write, folder, arguments, status, names):
    """A refusal names what is wrong on standard error, prints nothing else, and leaves no file behind."""
    write("empty.csv", "")
    (folder / "junk.csv").write_bytes(bytes(range(256)) * 3)
    (folder / "bare").mkdir()
    before = sorted(folder.rglob("*"))

    ended = command(*arguments.split())

    assert (status, "") == (ended.status, ended.out)
    assert [name for name in names if name not in ended.err] == []
    assert "Traceback" not in ended.err
    assert before == sorted(folder.rglob("*"))


def test_all_unknown_keys_of_a_configuration_are_named_at_once(command, visits, write):
    """Each unknown key is named, with the one that was probably meant."""
    write("visittally.toml", "unknwon = 3\n[option]\n[options]\nlnag = 'zh'\n[missing]\ndontknow = ['-88']\n")

    ended = command("summarize", visits)

    assert ended.status == 1
    names = ["unknwon", '"option"', '"options"', "options.lnag", '"lang"', "missing.dontknow", "dont_know"]
    assert [name for name in names if name not in ended.err] == []


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[columns]\nvillage = ['a']", "columns.village"),
        ("[nets.wet]\nanswers = 'water'", "nets.wet.answers"),
        ("nets = 3", "nets"),
        ("[options]\nlang = ['zh']", "options.lang"),
        ("[options]\nbase = 'nosuch'", "nosuch"),
        ("[options]\ndigits = 'many'", "many"),
        ("[questions]\ncrime = 3", "questions.crime"),
        ("[aliases]\nvillage = 'Ash'", "village"),
        ("village = ", "TOML"),
    ],
)
def test_wrong_values_of_a_configuration_are_refused(command, visits, write, text, named):
    """A value of the wrong type is named with its key."""
    write("visittally.toml", text)

    ended = command("summarize", visits)

    assert (ended.status in (1, 2), "") == (True, ended.out)
    assert named in ended.err


# ---------------------------------------------------------------- where settings come from
def test_an_option_beats_the_environment_and_the_environment_the_file(command, visits, write):
    """--lang before VISITTALLY_LANG before visittally.toml."""
    write("visittally.toml", "[options]\nlang = 'zh'\n")

    chinese, english = (command("summarize", visits, "--lang", name).out for name in ("zh", "en"))

    assert chinese == command("summarize", visits).out != english
    assert english == command("summarize", visits, VISITTALLY_LANG="en").out
    assert chinese == command("summarize", visits, "--lang", "zh", VISITTALLY_LANG="en").out


def test_the_configuration_named_beats_the_one_in_the_folder(command, visits, write):
    """--config, then VISITTALLY_CONFIG, then visittally.toml of the working directory; its use is said."""
    for name, field in (("visittally.toml", "issue"), ("a.toml", "status"), ("b.toml", "weight")):
        write(name, f"[options]\nby = '{field}'\n")

    heads = [
        command("summarize", visits, "-f", "csv", *arguments, **environment).out.split(",")[0]
        for arguments, environment in (((), {}), ((), {"VISITTALLY_CONFIG": "a.toml"}), (("--config", "b.toml"), {}))
    ]

    assert heads == ["issue", "status", "weight"]
    assert "a.toml" in command("summarize", visits, "--config", "a.toml").err


def test_every_option_can_stand_in_the_configuration(command, write):
    """Repeatable options as lists, short ones as texts, numbers and truth values as such."""
    write("places.csv", "where,what,sort\nAsh,road,a\nBirch,water,b\n")
    write(
        "visittally.toml",
        """
        [options]
        column = ["village=where", "issue=what"]
        where = ["sort=a"]
        min-cell = 0
        strict = true
        digits = 2
        """,
    )

    tables = command("summarize", "places.csv", "-f", "json").tables()

    assert [(row["village"], row["cases"]) for row in tables["areas"] if not row.get("total")] == [("Ash", 1)]


def test_columns_of_options_and_of_the_configuration_are_joined(command, write):
    """The command line replaces single fields of [columns]; the others stay."""
    write("places.csv", "where,what,other\nAsh,road,x\nBirch,water,y\n")
    write("visittally.toml", "[columns]\nvillage = 'where'\nissue = 'what'\n")

    tables = command("summarize", "places.csv", "--column", "issue=other", "-f", "json").tables()

    assert {"x", "y"} == {row["issue"] for row in tables["long"]}
    assert {"Ash", "Birch"} == {row["village"] for row in tables["long"]}


def test_a_header_with_an_equals_sign_is_split_at_the_first(command, write):
    """--column issue=a=b means the header "a=b"."""
    write("odd.csv", "village,a=b\nAsh,road\nBirch,water\n")

    tables = command("summarize", "odd.csv", "--column", "issue=a=b", "-f", "json").tables()

    assert {"road", "water"} == {row["issue"] for row in tables["issues"]}


# ---------------------------------------------------------------- what is printed


def test_machine_formats_do_not_depend_on_the_language(command, visits):
    """Keys and column names are English everywhere."""
    chinese, english = (command("summarize", visits, "-f", "csv", "--lang", name).out for name in ("zh", "en"))

    assert english == chinese


def test_chinese_tables_notices_and_errors(command, visits):
    """Titles, headings, the closing line and errors speak Chinese."""
    ended = command("summarize", visits, "--lang", "zh")
    refused = command("summarize", "missing.csv", "--lang", "zh")

    def chinese(text):
        return any("一" <= character <= "鿿" for character in text)

    assert all(chinese(line) for line in ended.err.splitlines())
    assert chinese(ended.out.splitlines()[0])
    assert "missing.csv" in refused.err
    assert chinese(refused.err)


def test_strict_refuses_invalid_weights(command, write):
    """A blank or a negative weight is a loss."""
    write("w.csv", "village,issue,weight\nAsh,road,1\nAsh,water,\nBirch,road,-1\n")

    ended = command("summarize", "w.csv", "--weight", "weight", "--strict")

    assert ended.status == 1
    assert "2 records" in ended.err
    assert all(place in ended.err for place in ("line 3", "line 4"))


def test_small_cells_are_hidden(command, write):
    """--min-cell hides counts below it from people and machines."""
    lines = ["Ash,road"] * 9 + ["Ash,water"] * 2 + ["Birch,road"] * 8 + ["Birch,water"] * 9
    write("many.csv", "village,issue\n" + "\n".join(lines) + "\n")

    rows = command("summarize", "many.csv", "--min-cell", "3", "-f", "json").tables()["long"]
    shown = {(row["village"], row["issue"]): row["mentions"] for row in rows}

    assert shown[("Ash", "water")] is None
    assert "<3" in command("summarize", "many.csv", "--min-cell", "3", "--table", "crosstab").out


def test_ticked_codes_of_a_scale(command, write):
    """--tick QUESTION=CODES says which codes of an option column count."""
    write("scale.csv", "village,harm1,harm2,harm3\nAsh,0,3,1\nAsh,2,1,0\nBirch,1,0,0\nBirch,3,2,0\n")

    rows = command("questions", "scale.csv", "-Q", "harm", "--tick", "harm=2,3", "-f", "json").tables()["harm"]

    assert {row["answer"]: row["mentions"] for row in rows} == {"harm1": 2, "harm2": 2, "harm3": 0}


def test_ticks_of_a_question_that_is_not_there(command, write):
    """A misspelled question is refused with the nearest name."""
    write("scale.csv", "village,harm1,harm2,harm3\nAsh,0,3,1\nAsh,2,1,0\nBirch,1,0,0\nBirch,3,2,0\n")

    outcome = command("questions", "scale.csv", "--tick", "harn=2")

    assert (outcome.status, "Did you mean harm" in outcome.err) == (1, True)


def test_codes_that_never_occur_are_said(command, write):
    """A code to count as ticked that no column holds may be a slip."""
    write("scale.csv", "village,harm1,harm2,harm3\nAsh,0,3,1\nAsh,2,1,0\nBirch,1,0,0\nBirch,3,2,0\n")

    err = command("questions", "scale.csv", "--tick", "harm=2,7").err

    assert '"harm": none of its columns holds 7, named to count as ticked (--tick).' in err


def test_a_sheet_without_a_workbook_is_wrong_usage(command, visits):
    """--sheet would be left aside in silence otherwise."""
    outcome = command("summarize", visits, "--sheet", "May")

    assert (outcome.status, "--sheet May needs a workbook" in outcome.err) == (2, True)


def test_a_missing_number_of_tables_is_left_out_and_said(command, write):
    """A file without places gives the table of issues alone, and a notice says why."""
    write("issues.csv", "issue,weight\nroad,1\nwater,2\nroad,1\n")

    ended = command("summarize", "issues.csv", "-f", "json")

    assert next(iter(ended.tables())) == "issues"
    assert {"long", "areas", "crosstab"}.isdisjoint(ended.tables())
    assert "place" in ended.err


def test_a_file_without_place_or_issue_is_refused_with_its_columns(command, write):
    """What there is instead, and how to say which column is which."""
    write("other.csv", "colour,size\nred,1\nblue,2\n")

    ended = command("summarize", "other.csv")

    assert ended.status == 1
    assert all(word in ended.err for word in ("other.csv", "colour", "--column village=HEADER"))


# ---------------------------------------------------------------- what people type by mistake
def test_a_language_that_is_not_spoken_is_refused_in_the_usual_one(visits):
    """VISITTALLY_LANG still holds where --lang is mistaken."""
    arguments = [sys.executable, "-m", "visittally", "summarize", str(visits), "--lang", "fr"]
    environment = {**os.environ, "VISITTALLY_LANG": "zh", "PYTHONUTF8": "1"}
    ended = subprocess.run(arguments, env=environment, capture_output=True, encoding="utf-8", check=False)

    assert ended.returncode == 2
    assert "错误" in ended.stderr


def test_a_broken_configuration_is_refused_with_its_line(command, visits, write):
    """The place is said in the user's language."""
    write("visittally.toml", "[options]\nlang = zh\n")

    ended = command("summarize", visits)

    assert ended.status == 1
    assert "visittally.toml: line 2, character 8" in ended.err


def test_a_template_that_is_not_there_is_refused_like_any_other_file(command, visits):
    """No words of the operating system."""
    ended = command("report", visits, "-o", "r.html", "--template", "nosuch.html")

    assert ended.status == 1
    assert "nosuch.html does not exist" in ended.err


def test_nobody_at_the_scheduler_is_one_sentence(command, visits):
    """Neither a wait nor a traceback."""
    pytest.importorskip("distributed")

    ended = command("summarize", visits, "--scheduler", "tcp://127.0.0.1:9")

    assert (ended.status, ended.out) == (1, "")
    assert ended.err.count("\n") == 1


# ---------------------------------------------------------------- nothing to count


@pytest.mark.parametrize(
    ("words", "option"),
    [
        (["coverage", "--interval"], "--interval"),
        (["followup", "--base", "all"], "--base"),
        (["questions", "--percent", "row"], "--percent"),
        (["read", "--public"], "--public"),
        (["read", "--scheduler", "tcp://127.0.0.1:1"], "--scheduler"),
    ],
)
def test_an_option_that_a_command_has_no_use_for_is_refused(words, option):
    """Nothing is accepted and then ignored."""
    done = subprocess.run(
        [sys.executable, "-m", "visittally", *words, "visits.csv"], capture_output=True, text=True, check=False
    )

    assert done.returncode == 2
    assert option in done.stderr
    assert not done.stdout
