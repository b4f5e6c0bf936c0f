"""Statuses that their reader corrects in a table: written, filled in, read back."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from visittally.errors import ConfigError
from visittally.survey.status_corrections import read_corrections

LEDGER = """\
village,issue,status
Ash,road,blorp
Ash,water,blorp
Ash,school,done
Birch,road,zapped
"""


def _handled(run):
    assert run.status == 0, run.err
    whole = list(csv.DictReader(run.out.splitlines()))
    return sum(int(row["handled"]) for row in whole)


def _label(lang):
    from visittally.words.dispositions import Dispositions

    return Dispositions.load().label("resolved", lang)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_workbook_filled_in_changes_the_figures(command, write, lang):
    write("ledger.csv", LEDGER)
    summary = ("followup", "ledger.csv", "--table", "summary", "-f", "csv", "--lang", lang)
    assert _handled(command(*summary)) == 1
    written = command("followup", "ledger.csv", "--table", "statuses", "-o", "s.xlsx", "--lang", lang)
    assert written.status == 0, written.err
    book = CalamineWorkbook.from_path("s.xlsx")
    rows = book.get_sheet_by_name(book.sheet_names[-1]).to_python(skip_empty_area=False)
    heading = {"en": "Correction", "zh": "更正"}[lang]
    column = rows[0].index(heading)
    assert read_corrections("s.xlsx") == {}
    with xlsxwriter.Workbook("filled.xlsx") as book:
        sheet = book.add_worksheet()
        for i, row in enumerate(rows):
            for j, cell in enumerate(row):
                sheet.write(i, j, _label(lang) if j == column and row[0] == "blorp" else cell)
    assert read_corrections("filled.xlsx") == {"blorp": "resolved"}
    assert _handled(command(*summary, "--statuses", "filled.xlsx")) == 3


@pytest.mark.parametrize("said", ["resolved", _label("en"), _label("zh")])
def test_a_csv_takes_the_code_and_the_label_of_either_language(command, write, said):
    write("ledger.csv", LEDGER)
    assert command("followup", "ledger.csv", "--table", "statuses", "-o", "s.csv").status == 0
    with Path("s.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["correction"] for row in rows} == {""}
    write(
        "filled.csv", "status,correction\n" + "".join(f"{r['status']},{said}\n" for r in rows if r["status"] != "done")
    )
    assert read_corrections("filled.csv") == {"blorp": "resolved", "zapped": "resolved"}


def test_the_file_holds_before_the_configuration(command, write):
    write("ledger.csv", LEDGER)
    write("ours.toml", '[statuses]\nBlorp = "in_progress"\nzapped = "resolved"\n')
    write("s.csv", "status,correction\nblorp,resolved\nzapped,\n")
    summary = ("followup", "ledger.csv", "--table", "summary", "-f", "csv", "--config", "ours.toml")
    assert _handled(command(*summary)) == 2
    assert _handled(command(*summary, "--statuses", "s.csv")) == 4


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "status,correction\nblorp,resolvd\n",
            ["s.csv", 'line 2: "resolvd"', '"resolved"', "Allowed are", _label("en")],
        ),
        ("status,correction\n,resolved\n", ["line 2: there is no status"]),
        ("status,correction\na,resolved\nA,unknown\n", ["line 3", "line 2"]),
        ("status,mentions\nblorp,2\n", ["s.csv", '"Correction"', "--table statuses"]),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_line(write, text, said):
    write("s.csv", text)
    with pytest.raises(ConfigError) as error:
        read_corrections("s.csv")
    assert all(part in str(error.value) for part in said), error.value


def test_a_status_whose_telephone_is_masked_is_corrected_too(command, write):
    write("ledger.csv", "village,issue,status\nAsh,road,blorp 13800138000\nAsh,road,done\n")
    assert command("followup", "ledger.csv", "--table", "statuses", "-o", "s.csv").status == 0
    with Path("s.csv").open(encoding="utf-8") as file:
        masked = next(row["status"] for row in csv.DictReader(file) if "blorp" in row["status"])
    assert "13800138000" not in masked
    write("t.csv", f"status,correction\n{masked},resolved\n")
    assert _handled(command("followup", "ledger.csv", "--table", "summary", "-f", "csv", "--statuses", "t.csv")) == 2


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_status_that_is_not_shown_cannot_be_corrected_there(command, write, lang):
    """It would match nothing, and nobody would know."""
    write("ledger.csv", "village,issue,status\nAsh,road,Wanjiru Kamau\nAsh,road,done\n")
    assert command("followup", "ledger.csv", "--table", "statuses", "-o", "s.csv", "--lang", lang).status == 0
    with Path("s.csv").open(encoding="utf-8") as file:
        shown = [row["status"] for row in csv.DictReader(file)]
    assert not any("Wanjiru" in status for status in shown)
    hidden = next(status for status in shown if status.startswith("["))
    write("t.csv", f"status,correction\n{hidden},resolved\n")
    ended = command("followup", "ledger.csv", "--statuses", "t.csv", "--lang", lang)
    assert ended.status == 1
    assert "[statuses]" in ended.err


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16", "utf-8-sig"])
def test_the_table_may_come_back_in_any_encoding(write, encoding):
    """And lines are those of the file, where a cell goes over two of them."""
    Path("s.csv").write_bytes('办理情况,更正\n"已经\n联系",\n跑了三趟,已解决\n'.encode(encoding))
    assert read_corrections("s.csv") == {"跑了三趟": "resolved"}
    Path("s.csv").write_bytes('办理情况,更正\n"已经\n联系",\n跑了三趟,已解快\n'.encode(encoding))
    with pytest.raises(ConfigError, match="4"):
        read_corrections("s.csv")


def test_a_third_not_understood_is_said_with_how_to_go_on(command, write):
    write("ledger.csv", LEDGER)
    assert "--statuses statuses.xlsx" in command("followup", "ledger.csv").err
    write("ledger.csv", "village,issue,status\n" + "Ash,road,done\n" * 3 + "Ash,road,blorp\n")
    assert "--statuses statuses.xlsx" not in command("followup", "ledger.csv").err
