"""From a result to paper: which tables, how they look, and what is said beside them."""

import csv
import io
import json
import sys
from collections import Counter
from contextlib import nullcontext
from pathlib import Path

import click
import pytest

from visittally.analyses.analysis import run
from visittally.analyses.summary.summarize import summarize
from visittally.cli import delivery
from visittally.cli.delivery import chosen, closing_line, rows_for_people, speak
from visittally.errors import FieldError, Notice, UsageError
from visittally.reading.receipt import FileReceipt, Kind, Receipt, SetAside
from visittally.settings import Settings
from visittally.tables.result import Result
from visittally.tables.shortening import ROWS
from visittally.tables.table import Table


def receipt(*files, smallest=0):
    """Files with the lines that were set aside, by kind; each has 40 records."""
    found = []
    for name, lines in files:
        entries = [SetAside(line, kind, "why") for kind, of in lines.items() for line in of]
        counts = Counter({kind: len(of) for kind, of in lines.items()})
        found.append(FileReceipt(name, records_read=40, counts=counts, entries=entries))
    return Receipt(found, smallest)


def result(*names, people=()):
    tables = {name: Table(name, name.title(), (), ()) for name in names}
    return Result(tables, Receipt(), (), people)


def names(tables):
    return [table.name for table in tables]


def test_the_closing_line_names_each_kind_with_its_lines():
    line = closing_line(receipt(("a.csv", {Kind.UNREADABLE: [3, 9], Kind.DUPLICATE: [7]})))

    assert line == (
        "Read 40 records, counted 37, set aside 3. "
        "Set aside: unreadable 2 (lines 3, 9); the same record twice 1 (lines 7)."
    )


def test_lines_of_several_files_are_named_with_the_file():
    line = closing_line(receipt(("a.csv", {Kind.INVALID: [3]}), ("b.csv", {Kind.INVALID: [5]})))

    assert "invalid 2 (lines a.csv:3, b.csv:5)" in line


@pytest.mark.parametrize(("n", "more"), [(12, False), (13, True)])
def test_a_dozen_lines_are_named(n, more):
    line = closing_line(receipt(("a.csv", {Kind.FILTERED: range(2, 2 + n)})))

    assert line.endswith("12, 13 ...)." if more else "12, 13).")


def test_where_small_counts_are_hidden_no_line_is_named():
    files = ("a.csv", {Kind.UNREADABLE: [3], Kind.FILTERED: range(4, 16)})

    line = closing_line(receipt(files, smallest=5))
    assert "unreadable <5; left out by --where 12" in line
    assert "lines" not in line


def test_nothing_is_said_of_records_set_aside_where_there_are_none():
    for smallest in (0, 5):
        assert "Set aside" not in closing_line(receipt(("a.csv", {}), smallest=smallest))


def test_what_is_missing_is_said_before_all_other_notices(capsys):
    notices = [Notice("weights", "First."), Notice("nothing_left", "Last."), Notice("weights", "Second.")]

    speak(notices, receipt(("a.csv", {})), Settings())

    assert capsys.readouterr().err.splitlines()[:3] == ["! Last.", "Note: First.", "Note: Second."]


def test_notices_of_one_kind_stand_together(capsys):
    notices = [Notice("a", "1."), Notice("b", "2."), Notice("a", "3.")]

    speak(notices, Receipt(), Settings())

    assert capsys.readouterr().err.splitlines() == ["Note: 1.", "Note: 3.", "Note: 2."]


def test_notices_neither_steer_the_terminal_nor_tell_a_telephone(capsys):
    speak([Notice("a", "Odd: \x1b[2J 13800138000")], Receipt(), Settings())

    err = capsys.readouterr().err
    assert "\x1b" not in err
    assert "13800138000" not in err


def test_who_wants_quiet_has_it(capsys):
    speak([Notice("nothing_left", "Last.")], receipt(("a.csv", {})), Settings(quiet=True))

    assert capsys.readouterr().err == ""


def test_the_tables_that_are_named_are_printed_once_each_in_that_order():
    found = chosen(result("areas", "issues", "long"), Settings(table=("long", "areas", "long")), "table")

    assert names(found) == ["long", "areas"]


def test_a_table_that_is_not_there_or_is_withheld_is_refused():
    with pytest.raises(FieldError, match="isues"):
        chosen(result("areas", "issues"), Settings(table=("isues",)), "table")
    with pytest.raises(FieldError, match="list"):
        chosen(result("areas"), Settings(table=("list",)), "table", before=("areas", "list"))


def test_a_format_of_one_table_takes_the_first_or_the_one_that_is_named():
    tables = result("long", "areas", people=("areas",))

    assert names(chosen(tables, Settings(), "csv")) == ["long"]
    assert names(chosen(tables, Settings(table=("areas",)), "csv")) == ["areas"]
    with pytest.raises(UsageError, match="csv"):
        chosen(tables, Settings(table=("areas", "long")), "csv")
    assert names(chosen(tables, Settings(table=("areas", "long")), "json")) == ["areas", "long"]


def test_people_see_their_tables_and_programs_all():
    tables = result("long", "areas", "issues", people=("issues", "areas", "withheld"))

    assert names(chosen(tables, Settings(), "table")) == ["issues", "areas"]
    assert names(chosen(tables, Settings(), "json")) == ["long", "areas", "issues"]


def test_people_see_all_tables_where_none_is_for_them():
    assert names(chosen(result("a", "b"), Settings(), "table")) == ["a", "b"]
    assert names(chosen(result("a", "b", people=("withheld",)), Settings(), "table")) == ["a", "b"]


@pytest.mark.parametrize(
    ("top", "asked", "rows"),
    [(None, False, ROWS), (None, True, ROWS), (0, False, 0), (0, True, 0), (7, True, 7), (7, False, ROWS)],
)
def test_so_many_rows_are_for_people(top, asked, rows):
    """--top speaks of these rows in some commands, in others of what was cut before; 0 means all everywhere."""
    assert rows_for_people(Settings(top=top), asked=asked) == rows


def looks(monkeypatch, *, terminal=True, seen=True, form="table", **settings):
    monkeypatch.setattr(delivery, "on_a_terminal", lambda: terminal)
    monkeypatch.setenv("COLUMNS", "97")
    return delivery._looks(Settings(**settings), form, 0, seen=seen)


def test_only_what_a_terminal_shows_is_made_to_fit_it(monkeypatch):
    shown = looks(monkeypatch)
    assert (shown.width, shown.bars) == (97, True)

    for other in ({"terminal": False}, {"seen": False}, {"form": "markdown"}, {"output": "a.txt"}):
        hidden = looks(monkeypatch, **other)
        assert (hidden.width, hidden.bars) == (0, False)


def test_bars_are_drawn_where_they_are_asked_for(monkeypatch):
    assert looks(monkeypatch, terminal=False, bars=True).bars
    assert not looks(monkeypatch, bars=False).bars


class Looker:
    """Somebody who takes the tables of a command."""

    def __init__(self):
        self.taken = []

    def progress(self, files):
        self.read = [file for file, _size in files]
        return nullcontext()

    def understood(self, campaign):
        self.files = [layout.source.file for layout in campaign.survey.layouts]

    def tables(self, tables, _result, options):
        self.taken.append((names(tables), options.width, options.bars))


def test_who_looks_on_takes_the_tables_and_nothing_is_printed(visits, capsys, folder):
    looker = Looker()
    settings = Settings(files=(visits,))
    with click.Context(click.Command("summarize"), obj=looker), delivery.opened(settings) as campaign:
        found = run(campaign, summarize)
        delivery.deliver(found, settings)
        written = Settings(files=(visits,), output="a.csv", format="csv")
        delivery.deliver(found, written)

    printed = capsys.readouterr()
    assert looker.taken == [(["areas", "issues", "crosstab"], 0, False)]
    assert looker.files == looker.read == ["visits.csv"]
    assert printed.out == ""
    assert (folder / "a.csv").exists()


def test_a_file_that_was_written_is_named_with_its_tables(command, visits):
    assert "wrote a.html (3 tables)" in command("summarize", visits, "-o", "a.html").err


@pytest.mark.parametrize("form", ["table", "markdown", "github", "grid", "latex", "html"])
def test_people_see_all_tables_but_long(command, visits, form):
    """Formats for people print areas, issues and the cross table, never the long table."""
    out = command("summarize", visits, "-f", form).out

    assert all(title in out for title in ("Visits by place", "Issues raised", "Place x issue"))
    assert "Issues by place" not in out


@pytest.mark.parametrize(("form", "sign"), [("csv", ","), ("tsv", "\t")])
def test_one_table_formats_print_the_long_table_and_no_totals(command, visits, form, sign):
    """The first table, machine names as header, no total rows."""
    rows = list(csv.DictReader(io.StringIO(command("summarize", visits, "-f", form).out), delimiter=sign))

    assert [(r["village"], r["issue"]) for r in rows] == [("Ash", "road"), ("Ash", "water"), ("Birch", "road")]
    areas = command("summarize", visits, "-f", form, "--table", "areas").out
    assert len(areas.splitlines()) == 3


def test_json_lines_are_the_rows_of_one_table(command, visits):
    """Each line is one row as an object."""
    rows = [json.loads(line) for line in command("summarize", visits, "-f", "jsonl").out.splitlines()]

    assert [(row["issue"], row["mentions"]) for row in rows] == [("road", 1), ("water", 1), ("road", 1)]


def test_the_closing_line_accounts_for_every_record(command, write):
    """The last line of standard error says how many records were read, counted, set aside, and which ones."""
    write("short.csv", "village,issue\nAsh,road\nAsh,water,and,more\nBirch,road\n")

    ended = command("summarize", "short.csv")

    last = ended.err.splitlines()[-1]
    assert "Read 3 records, counted 2, set aside 1." in last
    assert "unreadable 1 (lines 3)" in last


def test_strict_prints_no_table_when_a_record_is_lost(command, write):
    """--strict names file, line and reason, and exits with 1."""
    write("short.csv", "village,issue\nAsh,road\nAsh,water,and,more\nBirch,road\n")

    ended = command("summarize", "short.csv", "--strict")

    assert (ended.status, ended.out) == (1, "")
    assert "short.csv line 3" in ended.err


def test_strict_accepts_what_was_left_out_on_purpose(command, visits):
    """Records left out by --where are no losses."""
    assert command("summarize", visits, "--where", "village=Ash", "--strict").status == 0


def test_quiet_says_nothing(command, visits, folder):
    """-q leaves standard error empty, with a file too."""
    assert command("summarize", visits, "-q").err == ""
    assert command("summarize", visits, "-q", "-o", "a.csv").err == ""
    assert command("report", visits, "-q", "-o", "a.md").err == ""
    assert (folder / "a.csv").stat().st_size


def test_verbose_says_how_the_file_was_read(command, visits):
    """-v adds a line on each file."""
    assert "visits.csv: " in command("summarize", visits, "-v").err


def test_a_file_for_spreadsheets(command, visits, folder):
    """--bom writes a byte order mark and CRLF."""
    command("summarize", visits, "--bom", "-o", "out.csv")

    content = (folder / "out.csv").read_bytes()
    assert content.startswith("\ufeffvillage,".encode())
    assert content.count(b"\n") == content.count(b"\r\n") == 4


def test_a_dash_as_output_is_standard_output(command, visits):
    """-o - prints in the format asked for."""
    assert command("summarize", visits, "-f", "csv").out == command("summarize", visits, "-f", "csv", "-o", "-").out


@pytest.mark.parametrize("words", [["summarize"], ["questions"], ["followup"], ["read"], ["report", "-o", "r.html"]])
def test_a_condition_that_leaves_nothing_is_refused_with_its_reason(command, visits, words):
    """No empty table, for people or for programs, and no file."""
    first, *options = words

    ended = command(first, visits, *options, "--where", "village=Nowhere")

    assert (ended.status, ended.out) == (1, "")
    assert "No record is left to count: all 4 were set aside (left out by --where 4)." in ended.err
    assert "village=Nowhere" in ended.err
    assert not Path("r.html").exists()


def test_where_no_record_is_left_for_another_reason_that_is_said(command, write):
    """Tables of noughts come with a sentence that says why, for people and for programs."""
    write("w.csv", "village,issue,weight\nAsh,road,-1\nElm,water,-2\n")

    outcome = command("summarize", "w.csv", "--weight", "weight", "-f", "json")

    assert outcome.status == 0
    assert "No record is left to count: all 2 were set aside (invalid 2)." in outcome.err
    assert [n["code"] for n in json.loads(outcome.out)["notices"]].count("nothing_left") == 1


def test_a_file_without_records_is_named(command, visits, write):
    """A header alone is said, beside files that have records too."""
    outcome = command("summarize", visits, write("bare.csv", "village,issue,status,weight\n"))

    assert "bare.csv has a header and no records." in outcome.err
    assert "No record is left" not in outcome.err


def test_what_a_list_leaves_out_is_said_where_its_format_has_no_room_for_notes(command, write):
    write(
        "a.csv",
        "village,visit date,issue,status,sensitive\nAsh,2026-03-01,road,open,no\nAsh,2026-03-02,water,open,yes\n",
    )

    said = command("followup", "a.csv", "--table", "list", "-o", "list.csv").err
    assert "Sensitive issues that are not listed: 1" in said
    # A workbook holds it below the list.
    assert "not listed" not in command("followup", "a.csv", "--table", "list", "-o", "list.xlsx").err
    assert "not listed" not in command("followup", "a.csv", "--table", "list", "-o", "list.csv", "-q").err


LONG = "n" * 300 + ".csv"


@pytest.mark.parametrize(
    "options",
    [(), ("-f", "csv", "-o", LONG), ("--form", LONG), ("--codebook", LONG), ("--config", LONG), ("--statuses", LONG)],
)
def test_a_name_that_no_system_takes_is_said(command, visits, options):
    ended = command("summarize", *((visits, *options) if options else (LONG,)))

    assert ended.status == 1
    assert ended.err.startswith("Error: ")
    assert ended.err.count("\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="no such names there")
def test_names_of_files_hold_nothing_that_a_terminal_obeys(command, visits):
    bad = "a\x1b[31m\u202eb.csv"
    Path(bad).write_bytes(Path(visits).read_bytes())
    Path("visittally.toml").write_text("[options]\ndigits = 1\n", encoding="utf-8")

    said = command("summarize", bad, "-v").err + command("summarize", bad, "-f", "csv", "-o", f"out{bad}").err
    said += command("report", bad, "-o", "\u202e.html").err

    assert "a␛[31m<U+202E>b.csv: " in said
    assert not {"\x1b", "\u202e"} & set(said)
