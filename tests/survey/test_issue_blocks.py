"""Issues side by side whose headers come again, each with what became of it."""

from __future__ import annotations

import csv

import pytest

import visittally

ISSUES = [["road", "water"], ["water"], [], ["power", "road", "water"], ["road"], ["power", "water"]]
DONE = [[1, 0], [1], [], [0, 0, 1], [0], [1, 0]]


def figures(tmp_path, header, *, between=(), above=()):
    rows = [*above, header]
    for n, (issues, done) in enumerate(zip(ISSUES, DONE, strict=True)):
        cells = [[name, *between, "Resolved" if ok else "Pending"] for name, ok in zip(issues, done, strict=True)]
        cells += [[""] * (2 + len(between))] * (3 - len(cells))
        rows.append(["Elm" if n % 2 else "Oak", *(cell for group in cells for cell in group)])
    path = tmp_path / "visits.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    issues = visittally.summarize([str(path)]).tables["issues"].to_dict()["rows"]
    followup = visittally.followup([str(path)]).tables["summary"].to_dict()["rows"]
    total = next(row for row in followup if row.get("total"))
    mentions = {row["issue"]: row["mentions"] for row in issues if not row.get("total")}
    return mentions, total["collected"], total["resolved"]


FOUND = ({"road": 3, "water": 4, "power": 2}, 9, 4)


@pytest.mark.parametrize(
    "pairs",
    [
        ["Problem", "Status"] * 3,
        ["Problem", "Status", "Problem.1", "Status.1", "Problem.2", "Status.2"],
        ["Problem 1", "Status", "Problem 2", "Status", "Problem 3", "Status"],
        ["问题1", "办理情况", "问题2", "办理情况", "问题3", "办理情况"],
        ["问题一", "办理情况", "问题二", "办理情况", "问题三", "办理情况"],
    ],
)
def test_each_issue_has_the_status_beside_it(tmp_path, pairs):
    assert figures(tmp_path, ["village", *pairs]) == FOUND


def test_other_columns_may_stand_between(tmp_path):
    header = ["village", *["Problem", "Office", "Status"] * 3]
    assert figures(tmp_path, header, between=("council",)) == FOUND


def test_numbers_may_stand_in_a_row_above(tmp_path):
    above = [["village", "Problem 1", "", "Problem 2", "", "Problem 3", ""]]
    assert figures(tmp_path, ["", *["Description", "Status"] * 3], above=above) == FOUND
