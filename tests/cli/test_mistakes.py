"""What people type by mistake gets one sentence that helps."""

from __future__ import annotations

import subprocess
import sys

import pytest

from visittally.cli.mistakes import DASHES, long_dash

VISITS = """
    village,issue,status,age,sex,visit_date
    Ash,road,resolved,20,f,2026-03-01
    Ash,water,open,31,m,2026-03-02
    Birch,none,,44,f,2026-03-02
    Birch,road,open,70,m,2026-03-03
    """


@pytest.fixture
def visits(write):
    write("form.csv", "type,name,label\nselect_one place,village,Village\ntext,issue,Issue\nbegin_group,g,G\n")
    write("choices.csv", "list_name,name,label\nplace,ash,Ash\nplace,elm,Elm\n")
    return write("visits.csv", VISITS)


SENTENCES = [
    ("visits.csv", 2, "visittally summarize visits.csv"),
    ("*.csv", 2, "visittally summarize *.csv"),
    ("exports/may.xlsx", 2, "visittally summarize exports/may.xlsx"),
    ("summarise visits.csv", 2, 'Did you mean "summarize"?'),
    ("summarize visits.csv —lang zh", 2, "Type it anew: --lang"),
    ("summarize visits.csv –o x.csv", 2, "Type it anew: -o"),
    ("—lang zh summarize visits.csv", 2, "Type it anew: --lang"),
    ("summarize “visits.csv”", 1, 'Did you mean "visits.csv"?'),
    ("summarize visits.csv --by village,sex", 1, "--by village --by sex"),
    ("summarize visits.csv --by village，sex", 1, "--by village --by sex"),
    ("summarize visits.csv --by age_band", 1, "--by age:0,18,35,60"),
    ("summarize visits.csv --by education", 1, "--column education=HEADER"),
    ("summarize visits.csv --weight village", 1, '"village" holds no numbers'),
    ("summarize visits.csv --format excel", 2, "-o NAME.xlsx"),
    ("summarize visits.csv --format word", 2, "-o NAME.docx"),
    ("summarize visits.csv -f md", 2, "-f markdown"),
    ("summarize visits.csv --table isues", 1, 'Did you mean "issues"?'),
    ("summarize visits.csv --roster plan.csv", 2, "--roster belongs to: coverage, "),
    ("read visits.csv --texts", 2, "--texts belongs to: questions."),
    ("summarize visits.csv --nosuchoption", 2, "--nosuchoption"),
    ("summarize form.csv", 1, "form.csv is a form, not records"),
    ("questions choices.csv", 1, "--form choices.csv"),
    ("summarize visits.csv --codebook form.xlsx", 1, "A form goes with --form"),
    ("followup visits.csv --table list --public", 1, '"list" holds what is not published'),
    ("followup visits.csv --table list --sensitive", 2, "--sensitive needs -o FILE"),
    ("followup visits.csv --table list --sensitive --public -o x.csv", 2, "does not go with --public"),
    ("report visits.csv -o report.pdf", 2, ".docx or .html"),
    ("summarize visits.csv -o table.doc", 2, "Write .docx"),
    ("summarize visits.csv -o table.xls", 2, "Write .xlsx"),
    ("summarize other.csv", 1, "visittally questions other.csv"),
    ("summarize other.csv", 1, "likeliest columns are: colour, size."),
]


@pytest.mark.parametrize(("words", "status", "sentence"), SENTENCES)
def test_one_sentence_helps(command, visits, write, folder, words, status, sentence):
    """On standard error, and nothing else happens."""
    write("other.csv", "colour,size\nred,s\nblue,m\nred,l\n")
    (folder / "form.xlsx").write_bytes(b"PK\x03\x04\xd5\xff")
    before = sorted(folder.rglob("*"))

    ended = command(*words.split())

    assert (ended.status, ended.out) == (status, "")
    assert sentence in ended.err
    assert sorted(folder.rglob("*")) == before


@pytest.mark.parametrize("option", ["--delimiter", "--encoding", "-o", "--by", "--where", "--roster-column"])
def test_an_option_without_its_value_is_no_option(command, visits, option):
    """As a variable of the shell leaves it that is not set."""
    ended = command("coverage", visits, option, "")

    assert (ended.status, ended.out) == (2, "")
    assert option.lstrip("-")[0] in ended.err


@pytest.mark.parametrize("dash", DASHES)
def test_every_dash_is_known(dash):
    """Also two of them, and before one letter."""
    assert "Type it anew: --lang" in long_dash(f"{dash}lang")
    assert "Type it anew: --lang=zh" in long_dash(f"{dash}{dash}lang=zh")
    assert "Type it anew: -q" in long_dash(f"{dash}q")


def test_two_equals_signs_mean_one(command, visits):
    one, two = (command("summarize", visits, "--where", f"village{sign}Ash").out for sign in ("=", "=="))

    assert one == two != ""


def test_no_file_and_no_pipe():
    words = [sys.executable, "-m", "visittally", "summarize", "--lang", "en"]
    ended = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)

    assert (ended.returncode, ended.stdout) == (1, "")
    assert "Name a file: visittally summarize FILE" in ended.stderr


def test_long_lists_of_names_are_cut(command, write):
    """The nearest five, and how to see all; the file that lists them all does."""
    write(
        "wide.csv", ",".join(["village", "issue", *(f"question_{i}" for i in range(60))]) + "\n" + "x," * 61 + "x\n" * 2
    )

    err = command("summarize", "wide.csv", "--by", "zzz").err

    assert err.count("question_") <= 5
    assert "visittally columns wide.csv" in err
    assert "village, group" in command("columns", "--help").out.replace("\n", " ")


def test_a_sheet_has_a_number_too(command, folder):
    """Counted from one; a sheet of that name comes first."""
    import openpyxl

    book = openpyxl.Workbook()
    for name, village in (("May", "Ash"), ("June", "Elm"), ("1", "Oak")):
        sheet = book.create_sheet(name)
        for row in (["village", "issue"], [village, "road"], [village, "water"]):
            sheet.append(row)
    del book["Sheet"]
    book.save("book.xlsx")

    assert "Elm" in command("read", "book.xlsx", "--sheet", "2").out
    assert "Oak" in command("read", "book.xlsx", "--sheet", "1").out
    assert command("read", "book.xlsx", "--sheet", "4").status == 1


def test_several_sheets_are_one_survey(command, folder):
    """Each workbook has some of those that were named; the order is that of the workbook."""
    import openpyxl

    for name, villages in (("a.xlsx", ("Ash", "Elm", "Oak")), ("b.xlsx", ("Yew", "Fir"))):
        book = openpyxl.Workbook()
        for sheet_name, village in zip(("May", "June", "July"), villages, strict=False):
            sheet = book.create_sheet(sheet_name)
            for row in (["village", "issue"], [village, "road"], [village, "water"]):
                sheet.append(row)
        del book["Sheet"]
        book.save(name)

    areas = command("summarize", "a.xlsx", "b.xlsx", "--sheet", "July", "--sheet", "May", "-f", "json").tables()[
        "areas"
    ]
    assert [(row["village"], row["cases"]) for row in areas[:-1]] == [("Ash", 2), ("Oak", 2), ("Yew", 2)]
    assert command("summarize", "b.xlsx", "--sheet", "July", "--sheet", "August").status == 1


def test_read_reads_a_form_as_any_table(command, visits):
    assert command("read", "form.csv").status == 0
