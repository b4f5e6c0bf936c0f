"""Shares in sentences, and the counts that they follow from."""

from __future__ import annotations

import pytest

import visittally


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("Schools 23/27 = 85.19 %; firms 291/300 = 97.00 %.", ["follows", "follows"]),
        ("学校 23/27 = 85.19 %。", ["follows"]),
        ("学校 23/27 = 86.19 %。", ["none"]),
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
