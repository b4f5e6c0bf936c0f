"""Repeated groups put together with their visits."""

from __future__ import annotations

from collections import Counter

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import visittally
from visittally.reading import blocks

VISITS = st.lists(
    st.tuples(
        st.sampled_from(["Ash", "Elm", "Oak"]),
        st.sampled_from(["", "", "approved", "rejected"]),
        st.lists(st.tuples(st.sampled_from(["road", "water"]), st.sampled_from(["resolved", "open"])), max_size=3),
    ),
    min_size=3,
    max_size=9,
)


def exported(folder, visits, *, lost=0):
    """ODK's two files: visits, and the issues of each; `lost` issues belong to visits that are not there."""
    parents = ["village,hhid,KEY,SubmitterID,ReviewState"]
    children = ["problem,status,PARENT_KEY,KEY"]
    for number, (village, review, issues) in enumerate(visits):
        key = f"uuid:aaaa{number:04}"
        parents.append(f"{village},H{number},{key},5,{review}")
        children += [f"{p},{s},{key},{key}/issues[{k}]" for k, (p, s) in enumerate(issues, 1)]
    children += [f"road,open,uuid:bbbb{n:04},uuid:bbbb{n:04}/issues[1]" for n in range(lost)]
    paths = [folder / "visits.csv", folder / "visits-issues.csv"]
    for path, lines in zip(paths, (parents, children), strict=True):
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return paths


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(VISITS, st.integers(0, 1))
def test_issues_of_a_group_are_issues_of_their_visit_each_with_its_status(tmp_path, visits, lost):
    first = [("road", "resolved"), ("water", "open")]
    visits = [("Ash", "", first), ("Elm", "", first), *visits]
    kept = [(village, issues) for village, review, issues in visits if review != "rejected"]

    result = visittally.summarize(exported(tmp_path, visits, lost=lost))

    areas = {row["village"]: row for row in result.tables["areas"].to_dict()["rows"] if not row.get("total")}
    assert {village: row["cases"] for village, row in areas.items()} == Counter(village for village, _issues in kept)
    named = Counter(village for village, issues in kept for _problem in {p for p, _s in issues})
    assert {village: row["mentions"] for village, row in areas.items() if row["mentions"]} == named
    handled = Counter(village for village, issues in kept for _p, status in issues if status == "resolved")
    assert {village: row["handled"] for village, row in areas.items() if row["handled"]} == handled
    assert result.receipt.records_set_aside == len(visits) - len(kept) + lost


def test_no_issue_is_lost_because_a_sample_does_not_show_how_many_a_visit_has(tmp_path, monkeypatch):
    """Of sixteen rows nine are looked at: the visit with three issues stands between them."""
    monkeypatch.setattr(blocks, "ENOUGH", 9)
    several = [("road", "open"), ("water", "open"), ("school", "open")]
    visits = [("Ash", "", several if n == 3 else [("road", "open")]) for n in range(14)]

    result = visittally.summarize(exported(tmp_path, visits))

    assert next(row["mentions"] for row in result.tables["areas"].to_dict()["rows"]) == 16
    assert result.receipt.records_set_aside == 0


@pytest.fixture
def members(tmp_path):
    """Households with members; the second household was rejected, the last member's is not there."""
    visits = ["village,hhid,KEY,SubmitterID,ReviewState", "Ash,H1,uuid:aaaa0001,5,", "Elm,H2,uuid:aaaa0002,5,rejected"]
    rows = ["sex,PARENT_KEY,KEY"]
    rows += [
        f"{sex},uuid:aaaa000{n},uuid:aaaa000{n}/m[{i}]"
        for i, (sex, n) in enumerate([("f", 1), ("m", 1), ("f", 2), ("m", 9)])
    ]
    for name, lines in (("visits.csv", visits), ("visits-member.csv", rows)):
        (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return [tmp_path / "visits.csv", tmp_path / "visits-member.csv"]


def test_members_are_counted_by_the_village_of_their_household(members):
    result = visittally.questions(members, question="sex", by="village")
    rows = result.tables["sex"].to_dict()["rows"]
    assert {(row["village"], row["answer"]): row["mentions"] for row in rows} == {("Ash", "f"): 1, ("Ash", "m"): 1}
    assert (result.receipt.records_read, result.receipt.records_set_aside) == (4, 2)


def test_nothing_is_put_together_where_nobody_asks_for_it(members):
    result = visittally.questions(members)
    assert "repeats_left_out" in {notice.code for notice in result.notices}
    assert result.receipt.records_read == 2


def test_read_gives_the_records_as_they_stand(members):
    assert list(visittally.read(members).columns) == ["village", "hhid", "KEY", "SubmitterID", "ReviewState"]


@pytest.mark.parametrize("key", ["GlobalID", "globalid"])
def test_issues_of_survey123_are_those_of_their_visit(tmp_path, key):
    visits = [f"ObjectID,{key},Village", "1,{0A},Ash", "2,{0B},Elm", "3,{0C},Elm"]
    rows = [
        f"ObjectID,{key},Problem,Status,Parent{key}"
        if key == "GlobalID"
        else f"ObjectID,{key},Problem,Status,parent{key}"
    ]
    rows += ["1,{1A},Road,Resolved,{0A}", "2,{1B},Water,Open,{0A}", "3,{1C},Road,Open,{0B}"]
    for name, lines in (("survey_0.csv", visits), ("problems_1.csv", rows)):
        (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    files = [tmp_path / "survey_0.csv", tmp_path / "problems_1.csv"]
    areas = {row["village"]: row for row in visittally.summarize(files).tables["areas"].to_dict()["rows"]}
    assert (areas["Ash"]["mentions"], areas["Ash"]["resolved"], areas["Elm"]["cases"]) == (2, 1, 2)


@pytest.mark.parametrize("sheet", ["issues", "issues.v2"])
def test_a_question_of_a_group_is_called_by_its_sheet(tmp_path, sheet):
    path = tmp_path / "export.xlsx"
    with xlsxwriter.Workbook(path) as book:
        visits, rows = book.add_worksheet("visits"), book.add_worksheet(sheet)
        for number, record in enumerate([["village", "_index"], ["Ash", 1], ["Elm", 2], ["Oak", 3]]):
            visits.write_row(number, 0, record)
        for number, record in enumerate([["problem", "_parent_index"], ["road", 1], ["water", 1], ["road", 3]]):
            rows.write_row(number, 0, record)

    [issue] = [one for one in visittally.columns(path).tables["fields"].to_dict()["rows"] if one["field"] == "issue"]
    assert issue["column"] == f"{sheet}/problem"
