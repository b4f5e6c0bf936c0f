"""The invented campaigns of sample_data/ come out as their published figures, without further options."""

from __future__ import annotations

import contextlib
import functools
import gzip
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from visittally.cli.group import visittally

ROOT = Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "sample_data"
VISITS = "district/visits.csv.gz"
LARGEST_TOTAL = 3_000_000


@functools.cache
def answer(*arguments: str) -> Any:
    """What visittally prints as JSON, run in the folder of the samples."""
    with contextlib.chdir(SAMPLES):
        ended = CliRunner().invoke(visittally, [*arguments, "-f", "json"], prog_name="visittally")
    assert ended.exit_code == 0, ended.output
    return json.loads(ended.stdout)


def rows(table: str, *arguments: str) -> list[dict[str, Any]]:
    """The rows of a table that are no totals."""
    return [row for row in named(table, *arguments) if not row.get("total")]


def total(table: str, *arguments: str) -> dict[str, Any]:
    """The total row of a table, or its only row."""
    found = named(table, *arguments)
    return next((row for row in found if row.get("total")), found[0])


def named(table: str, *arguments: str) -> list[dict[str, Any]]:
    """All rows of a table."""
    tables = answer(*arguments)["tables"]
    return next(found["rows"] for found in tables if found["name"] == table)


def levels(*arguments: str) -> dict[str, int]:
    """Level -> how many of it were reached."""
    return {row["level"]: row["count"] for row in rows("levels", *arguments)}


def ratio(name: str, *arguments: str) -> float:
    """A ratio of a coverage."""
    return next(row["value"] for row in rows("ratios", *arguments) if row["name"] == name)


def mentions(*arguments: str) -> dict[str, int]:
    """Issue -> how often it was mentioned."""
    return {row["issue"]: row["mentions"] for row in rows("issues", *arguments)}


# ---------------------------------------------------------------- the files themselves
@pytest.fixture(scope="module")
def remade(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The samples, made anew."""
    folder = tmp_path_factory.mktemp("samples")
    subprocess.run([sys.executable, str(ROOT / "tests" / "samples"), str(folder)], check=True)
    return folder


def files_below(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def cells_of(book: Path) -> list[Any]:
    from python_calamine import CalamineWorkbook

    opened = CalamineWorkbook.from_path(book)
    sheets = (opened.get_sheet_by_name(name) for name in opened.sheet_names)
    return [(sheet.name, sheet.merged_cell_ranges, sheet.to_python()) for sheet in sheets]


def test_making_the_samples_again_makes_the_same_files(remade: Path) -> None:
    assert files_below(remade) == [name for name in files_below(SAMPLES) if name != "README.md"]
    for name in files_below(remade):
        old, new = SAMPLES / name, remade / name
        if name.endswith(".xlsx"):
            assert cells_of(old) == cells_of(new), name
        elif name.endswith(".gz"):
            assert gzip.decompress(old.read_bytes()) == gzip.decompress(new.read_bytes()), name
        else:
            assert old.read_bytes() == new.read_bytes(), name


def test_the_compressed_sample_holds_no_time_of_writing() -> None:
    assert (SAMPLES / VISITS).read_bytes()[4:8] == bytes(4)


def test_the_samples_are_small() -> None:
    assert sum((SAMPLES / name).stat().st_size for name in files_below(SAMPLES)) < LARGEST_TOTAL


def test_the_ledger_needs_gb18030_and_not_only_gbk() -> None:
    content = (SAMPLES / "village/ledger.csv").read_bytes()
    content.decode("gb18030")
    with pytest.raises(UnicodeDecodeError):
        content.decode("gbk")


# ---------------------------------------------------------------- (a) the village
def test_the_ledger_tells_377_households_in_10_groups() -> None:
    areas = rows("areas", "summarize", "village/ledger.csv", "--by", "group")
    assert len(areas) == 10
    assert sorted(row["households"] for row in areas) == sorted((38, 41, 36, 40, 35, 39, 37, 42, 33, 36))
    assert total("areas", "summarize", "village/ledger.csv", "--by", "group")["households"] == 377


def test_titles_subtotals_and_total_of_the_ledger_are_no_records() -> None:
    receipt = answer("summarize", "village/ledger.csv", "--by", "group")["receipt"]
    assert receipt["records_counted"] == 384
    assert {entry["kind"] for entry in receipt["files"][0]["set_aside"]} <= {"not_a_record"}


def test_the_ledger_tells_the_five_blocks_of_concerns() -> None:
    assert mentions("summarize", "village/ledger.csv", "--by", "group") == {
        "道路交通": 107,
        "农资与物价": 92,
        "劳动力与就业": 74,
        "医疗卫生": 70,
        "教育": 68,
        "农业技术与灾害": 38,
    }


def test_coverage_of_the_ledger_gives_37_7_households_a_group() -> None:
    arguments = ("coverage", "village/ledger.csv")
    found = levels(*arguments)
    assert (found["households"], found["groups"], found["villages"]) == (377, 10, 1)
    assert ratio("households_per_group", *arguments) == pytest.approx(37.7)


@pytest.mark.parametrize("personal", ["12000000001", "99999919410202001", "钱甲山"])
def test_no_name_and_no_number_of_the_ledger_is_in_an_answer(personal: str) -> None:
    for command in ("summarize", "questions", "followup"):
        assert personal not in json.dumps(answer(command, "village/ledger.csv"), ensure_ascii=False)


# ---------------------------------------------------------------- (b) the district
def test_the_district_collected_2459_issues_in_36045_visits() -> None:
    arguments = ("summarize", VISITS, "--by", "township")
    areas = total("areas", *arguments)
    assert (areas["cases"], areas["mentions"]) == (36_045, 2_459)
    assert round(areas["mentions_per_100_cases"], 2) == 6.82
    assert (areas["raised"], areas["not_recorded"]) == (2_021, 312)
    assert len(rows("areas", *arguments)) == 12


def test_the_district_handled_1568_of_2459_issues() -> None:
    summary = total("summary", "followup", VISITS)
    assert (summary["collected"], summary["handled"], summary["open"]) == (2_459, 1_568, 891)
    assert round(summary["handled_percent"], 2) == 63.77


def test_two_digits_are_printed_where_two_are_asked_for() -> None:
    command = [sys.executable, "-m", "visittally", "followup", VISITS, "--digits", "2"]
    printed = subprocess.run(command, cwd=SAMPLES, check=True, capture_output=True).stdout.decode()
    assert "63.77" in printed


def test_coverage_of_all_targets_is_36045_of_about_82327() -> None:
    arguments = ("coverage", VISITS, "--roster", "district/targets.csv", "--by", "target_type")
    places = {row["target_type"]: row for row in rows("places", *arguments)}
    assert {kind: row["target"] for kind, row in places.items()} == {"住户": 82_000, "企业": 300, "学校": 27}
    assert places["企业"]["target_approximate"]
    assert not places["学校"]["target_approximate"]
    everything = total("places", *arguments)
    assert (everything["visited"], everything["target"]) == (36_045, 82_327)
    assert round(everything["coverage_percent"], 2) == 43.78


def test_coverage_of_the_planned_households_is_36045_of_82000() -> None:
    arguments = ("coverage", VISITS, "--roster", "district/plan.csv", "--by", "township")
    everything = total("places", *arguments)
    assert (everything["visited"], everything["target"]) == (36_045, 82_000)
    assert round(everything["coverage_percent"], 2) == 43.96


# ---------------------------------------------------------------- (c) the police
POLICE = ("coverage", "police", "--roster", "police-roster.csv")


def test_the_police_reached_every_level() -> None:
    found = levels(*POLICE)
    reached = ("townships", "villages", "communities", "units", "households")
    assert [found[level] for level in reached] == [6, 19, 16, 23, 125]
    assert [found[form] for form in ("forms_issued", "forms_returned", "forms_valid")] == [265, 252, 244]


def test_the_police_visited_12_5_households_a_day_and_left_2_12_forms_in_each() -> None:
    assert ratio("households_per_day", *POLICE) == pytest.approx(12.5)
    assert ratio("forms_per_household", *POLICE) == pytest.approx(2.12)


def test_the_police_made_148_of_180_planned_visits() -> None:
    everything = total("places", *POLICE)
    assert (everything["visited"], everything["target"]) == (148, 180)


def test_a_record_in_two_exports_counts_once_and_a_rejected_one_never() -> None:
    receipt = answer(*POLICE)["receipt"]
    aside = [entry["kind"] for file in receipt["files"] for entry in file["set_aside"]]
    assert sorted(aside) == ["duplicate", "rejected"]
    assert (receipt["records_read"], receipt["records_counted"]) == (150, 148)


def test_the_place_that_nobody_visited_is_missing() -> None:
    assert "槐影村" in json.dumps(named("missing", *POLICE, "--table", "missing"), ensure_ascii=False)


def test_an_option_that_came_with_the_second_version_is_counted() -> None:
    found = mentions("summarize", "police")
    assert found["duty_hours"] > 0
    assert "none" not in found


# ---------------------------------------------------------------- the form and the workbook
def test_the_form_export_counts_those_who_were_asked() -> None:
    result = answer("summarize", "survey.csv", "--form", "survey-form.xlsx")
    assert result["receipt"]["records_counted"] == 40
    issues = next(table for table in result["tables"] if table["name"] == "issues")
    assert issues["base"] == {"kind": "asked", "cases": 36}
    assert {row["issue_label"]: row["mentions"] for row in issues["rows"] if not row.get("total")} == {
        "Road repair": 17,
        "Drinking water": 17,
        "School places": 16,
        "A clinic nearby": 12,
    }


def test_merged_cells_of_the_workbook_make_24_visits_of_37_issues() -> None:
    areas = total("areas", "summarize", "ledger.xlsx")
    assert (areas["cases"], areas["households"], areas["mentions"]) == (24, 24, 37)
    assert len(rows("areas", "summarize", "ledger.xlsx")) == 3


def test_the_status_of_a_row_of_the_workbook_is_that_of_its_issue() -> None:
    summary = total("summary", "followup", "ledger.xlsx")
    assert (summary["collected"], summary["handled"]) == (37, 14)
    assert mentions("summarize", "ledger.xlsx") == {
        "医疗卫生": 10,
        "道路交通": 9,
        "教育": 7,
        "饮水与水利": 6,
        "环境卫生": 5,
    }
