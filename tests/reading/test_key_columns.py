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


NUMBERED = [
    ["Issue ID", "Village", "Date", "Issue"],
    *([f"I{n}", "Elm" if n % 2 else "Oak", f"2026-03-{n:02}", ["road", "water"][n % 2]] for n in range(1, 6)),
]
TOLD = [["Issue ID", "Status"], ["I1", "Resolved"], ["I2", "Open"], ["I4", "Resolved"], ["I5", "Open"]]


def with_villages(rows, numbered=NUMBERED):
    known = {row[0]: row for row in numbered}
    return [[*row, known[row[0]][1], known[row[0]][3]] for row in rows]


@pytest.mark.parametrize("told", [TOLD, with_villages(TOLD)], ids=["numbers alone", "and the same answers"])
def test_statuses_in_a_file_of_their_own_are_those_of_the_issues(tmp_path, told):
    files = two_files(tmp_path, NUMBERED, told)
    assert areas(files) == {"Elm": (3, 3, 1), "Oak": (2, 2, 1), None: (5, 5, 2)}
    assert "statuses_joined" in {notice.code for notice in visittally.summarize(files).notices}


def test_numbers_that_begin_anew_tie_no_statuses(tmp_path):
    other = [[row[0], "Ash", row[2].replace("03", "04"), "light"] for row in NUMBERED[1:]]
    later = [[*NUMBERED[0], "Status"], *([*row, "Resolved"] for row in other)]
    assert areas(two_files(tmp_path, NUMBERED, later))[None][0] == 10


def test_the_same_issues_in_two_files_are_said(tmp_path):
    both = [[*NUMBERED[0], "Status"], *([*row, "Open"] for row in NUMBERED[1:])]
    again = [[row[0], row[1], row[3], "Resolved"] for row in NUMBERED[1:]]
    files = two_files(tmp_path, both, [["Issue ID", "Village", "Issue", "Status"], *again])
    assert "same_numbers" in {notice.code for notice in visittally.summarize(files).notices}
    another = [[*NUMBERED[0], "Status"], *([row[0], "Ash", row[2], "light", "Open"] for row in NUMBERED[1:])]
    files = two_files(tmp_path, both, another)
    assert "same_numbers" not in {notice.code for notice in visittally.summarize(files).notices}


def test_a_status_of_an_issue_that_is_not_there_is_set_aside(tmp_path):
    told = [*TOLD, *([f"I{n}", "Open"] for n in (1,))]
    assert "statuses_joined" not in {n.code for n in visittally.summarize(two_files(tmp_path, NUMBERED, told)).notices}
    many = [[f"I{n}", "Elm", "2026-03-01", "road"] for n in range(1, 21)]
    told = [["Issue ID", "Status"], *([f"I{n}", "Open"] for n in range(2, 22))]
    found = visittally.summarize(two_files(tmp_path, [NUMBERED[0], *many], told)).receipt
    assert [entry.line for file in found.files for entry in file.entries] == [21]
