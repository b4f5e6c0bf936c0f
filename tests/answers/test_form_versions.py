"""Two columns of one question, filled in the same record."""

from __future__ import annotations

import pytest

import visittally


@pytest.mark.parametrize(("second", "flagged"), [("", False), ("road", False), ("water", True)])
def test_different_answers_in_two_versions_of_a_form_are_flagged(tmp_path, second, flagged):
    rows = ["Ash,road,"] * 60 + ["Elm,,road"] * 30 + ["Elm,,water"] * 30 + ["Ash,water,"] * 30 + [f"Ash,road,{second}"]
    path = tmp_path / "a.csv"
    path.write_text("village,problem,problem\n" + "\n".join(rows) + "\n", encoding="utf-8")

    found = visittally.summarize(path)
    said = [notice.message for notice in found.notices if notice.code == "versions_differ"]

    assert bool(said) is flagged
    assert next(r for r in found.tables["areas"].to_dict()["rows"] if r.get("total"))["raised"] == 151
