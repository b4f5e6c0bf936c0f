"""Issues that stand in a table of their own, tied to their visits by a number."""

from __future__ import annotations

import openpyxl
import pytest

import visittally

VISITS = [
    ["Visit ID", "Village", "Date"],
    *([f"V{n}", "Elm" if n % 2 else "Oak", f"2026-03-{n:02}"] for n in range(1, 6)),
]
ISSUES = [
    ["Visit ID", "Issue", "Status"],
    *(["V1", "road", "Resolved"], ["V1", "water", "Open"], ["V2", "road", "Open"], ["V4", "water", "Resolved"]),
]


def workbook(path, sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return [str(path)]


def two_files(folder, visits, issues):
    for name, rows in (("visits.csv", visits), ("issues.csv", issues)):
        (folder / name).write_text("\n".join(map(",".join, rows)) + "\n", encoding="utf-8")
    return [str(folder / "visits.csv"), str(folder / "issues.csv")]


def areas(files):
    rows = visittally.summarize(files).tables["areas"].to_dict()["rows"]
    return {row["village"]: (row["cases"], row.get("mentions"), row.get("resolved")) for row in rows}


FOUND = {"Elm": (3, 2, 1), "Oak": (2, 2, 1), None: (5, 4, 2)}


@pytest.mark.parametrize("order", [("Visits", "Issues"), ("Issues", "Visits")])
def test_issues_on_a_sheet_of_their_own_are_those_of_their_visits(tmp_path, order):
    sheets = {"Visits": VISITS, "Issues": ISSUES}
    assert areas(workbook(tmp_path / "book.xlsx", {name: sheets[name] for name in order})) == FOUND


def test_issues_in_a_file_of_their_own_are_those_of_their_visits(tmp_path):
    assert areas(two_files(tmp_path, VISITS, ISSUES)) == FOUND


def test_numbers_of_rows_tie_nothing(tmp_path):
    visits = [["No", *row[1:]] if row[0] == "Visit ID" else [row[0][1:], *row[1:]] for row in VISITS]
    issues = [["No", "Issue"], ["1", "road"], ["1", "water"], ["2", "road"]]
    assert areas(workbook(tmp_path / "book.xlsx", {"Visits": visits, "Issues": issues}))[None][0] == 5
    assert "issues" not in visittally.summarize([str(tmp_path / "book.xlsx")]).tables


def test_a_list_that_shares_places_as_well_is_left_alone(tmp_path):
    issues = [["Visit ID", "Village", "Issue"], ["V1", "Elm", "road"], ["V1", "Elm", "water"], ["V2", "Oak", "road"]]
    files = workbook(tmp_path / "book.xlsx", {"Visits": VISITS, "Issues": issues})
    assert "other_sheets" in {notice.code for notice in visittally.summarize(files).notices}
