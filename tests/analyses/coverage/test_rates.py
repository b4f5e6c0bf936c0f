"""Outcome rates of a campaign, over all, by group and weighted."""

from __future__ import annotations

import pytest

from visittally.analyses.analysis import run as finished
from visittally.analyses.campaign import load
from visittally.analyses.coverage.cover import cover
from visittally.settings import Settings

CASES = """\
region,outcome,w
north,I,2
north,I,1
north,R,4
south,I,1
south,NC,3
south,UO,2
south,NE,5
south,I,0
"""


@pytest.fixture
def rates(tmp_path):
    """Rates by group ("" is over all) and name."""

    def run(text=CASES, **settings):
        path = tmp_path / "cases.csv"
        path.write_text(text, "utf-8")
        columns = {"visit_outcome": "outcome"}
        result = finished(load(Settings(files=(str(path),), columns=columns, **settings)), cover)
        table = result.tables["rates"]
        return {(row.get("region") or "", row["rate"]): row for row in table.to_dict()["rows"]}, table

    return run


def test_over_all_by_default(rates):
    found, _table = rates()
    assert found["", "RR1"]["value"] == pytest.approx(4 / 7)
    assert (found["", "RR5"]["numerator"], found["", "RR5"]["denominator"]) == (4, 6)


def test_by_group_with_the_whole_as_total(rates):
    found, table = rates(by=("region",))
    assert found["north", "RR1"]["value"] == pytest.approx(2 / 3)
    assert found["south", "CON1"]["value"] == pytest.approx(2 / 4)
    assert sum(row.total for row in table.rows) == 18


def test_unknown_cases_join_by_their_estimated_eligibility(rates):
    found, table = rates()
    share = 6 / 7
    assert found["", "RR3"]["denominator"] == pytest.approx(6 + share)
    assert any("85.7 %" in note for note in table.notes)


def test_weights_are_summed_and_a_weight_of_zero_counts_for_nothing(rates):
    found, table = rates(by=("region",), weight="w")
    assert (found["north", "RR1"]["numerator"], found["north", "RR1"]["denominator"]) == (3, 7)
    assert (found["south", "RR1"]["numerator"], found["south", "RR1"]["denominator"]) == (1, 6)
    assert (found["", "RR1"]["numerator"], found["", "RR1"]["denominator"]) == (4, 13)
    assert table.base.cases == 7


def test_nothing_to_divide_by_is_no_rate(rates):
    found, _table = rates("region,outcome\nnorth,NE\nnorth,NE\nsouth,I\n", by=("region",))
    assert found["north", "RR1"]["value"] is None


def test_cases_without_a_known_outcome_are_in_no_rate(rates):
    found, table = rates("region,outcome\nnorth,I\nnorth,R\nnorth,\nnorth,flown\n")
    assert found["", "RR1"]["denominator"] == 2
    assert any("2 cases without a known outcome" in note for note in table.notes)
