"""Codes of statuses and outcomes mean what their labels say."""

from __future__ import annotations

import pandas as pd
import pytest

import visittally

pyreadstat = pytest.importorskip("pyreadstat")


@pytest.fixture
def visits(tmp_path):
    path = tmp_path / "visits.sav"
    records = pd.DataFrame(
        {
            "village": ["Elm", "Elm", "Oak", "Oak", "Oak"],
            "problem": [1.0, 2.0, 2.0, 1.0, 3.0],
            "status": [1.0, 2.0, 1.0, 3.0, 2.0],
            "outcome": [2.0, 1.0, 3.0, 3.0, 3.0],
        }
    )
    labels = {
        "problem": {1.0: "Road", 2.0: "Water", 3.0: "Power"},
        "status": {1.0: "Pending", 2.0: "Resolved", 3.0: "In progress"},
        "outcome": {1.0: "Refused", 2.0: "Not at home", 3.0: "Completed"},
    }
    pyreadstat.write_sav(records, path, variable_value_labels=labels)
    return str(path)


def total(result, table):
    return next(row for row in result.tables[table].to_dict()["rows"] if row.get("total"))


def test_a_status_is_read_by_its_label(visits):
    found = visittally.followup([visits])
    assert {name: total(found, "summary")[name] for name in ("collected", "resolved", "open")} == {
        "collected": 5,
        "resolved": 2,
        "open": 3,
    }
    statuses = {row["status"]: row["disposition"] for row in found.tables["statuses"].to_dict()["rows"]}
    assert statuses["2"] == "resolved"
    assert total(visittally.summarize([visits]), "areas")["resolved"] == 2


def test_what_the_user_says_of_a_status_comes_first(visits):
    assert total(visittally.followup([visits], statuses={"1": "resolved"}), "summary")["resolved"] == 4


def test_an_outcome_is_read_by_its_label(visits):
    rates = visittally.coverage([visits]).tables["levels"].to_dict()
    places = visittally.coverage([visits]).tables["places"].to_dict()["rows"]
    found = next(row for row in places if row.get("total"))
    assert (found["completed"], found["refused"], found["absent"]) == (3, 1, 1), rates
