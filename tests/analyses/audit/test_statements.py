"""Shares in sentences, and the counts that they follow from."""

from __future__ import annotations

import pytest

import visittally
from visittally import render


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("Schools 23/27 = 85.19 %; firms 291/300 = 97.00 %.", ["follows", "follows"]),
        ("学校 23/27 = 85.19 %。", ["follows"]),
        ("学校 23/27 = 86.19 %。", ["none"]),
        ("578 were planned; 632 visits were made, 109.3% of these.", ["follows"]),
        ("Of the visits, 1,568/2,459 (63.8 %) were handled.", ["follows"]),
    ],
)
def test_a_part_and_its_whole_around_a_stroke_are_two_counts(folder, text, states):
    (folder / "circular.txt").write_text(text + "\n", encoding="utf-8")
    audited = visittally.audit(str(folder / "circular.txt"), text=True)
    found = [row["state"] for row in audited.tables["statements"].to_dict()["rows"]]
    assert found == states


def test_a_date_with_strokes_is_no_part_and_whole(folder):
    (folder / "circular.txt").write_text("By 2026/3/15, 20 of 40 were handled (50 %).\n", encoding="utf-8")
    audited = visittally.audit(str(folder / "circular.txt"), text=True)
    assert [row["state"] for row in audited.tables["statements"].to_dict()["rows"]] == ["follows"]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("计划数578，已走访632次，为计划的109.3%。", []),
        ("计划走访578户，已走访632户，走访率109.3%。", []),
        ("收集问题578件，办结632件，办结率109.3%。", ["over_100"]),
        ("578 were planned; 632 visits were made, 109.3% of these.", []),
        ("Of 578 issues, 632 were handled (109.3%).", ["over_100"]),
    ],
)
def test_more_than_was_planned_may_be_done_and_not_more_than_there_was(folder, text, kinds):
    (folder / "circular.txt").write_text(text + "\n", encoding="utf-8")
    audited = visittally.audit(str(folder / "circular.txt"), text=True)
    assert [row["kind"] for row in audited.tables["findings"].to_dict()["rows"]] == kinds


def test_a_long_table_of_a_workbook_that_this_program_wrote_is_no_table_of_records(folder):
    rows = ["village,district,answer"] + [f"v{i % 600},d{i % 9},x{i % 510}" for i in range(1190)]
    (folder / "survey.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    result = visittally.questions(str(folder / "survey.csv"), question=("answer",), top=0)
    tables = [table for table in result.tables.values() if table.name not in ("long", "open_answers")]
    assert len(tables[0].rows) >= 510
    (folder / "answers.xlsx").write_bytes(render.render(tables, result, "xlsx", render.RenderOptions()))
    audited = visittally.audit(str(folder / "answers.xlsx"))
    assert audited.tables["findings"].to_dict()["rows"] == []
