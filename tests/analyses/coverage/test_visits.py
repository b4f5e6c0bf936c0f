"""How far the visits got, counted by household."""

from __future__ import annotations

from collections import defaultdict

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from visittally.analyses.campaign import load
from visittally.analyses.coverage.cover import CoveragePlan, figures
from visittally.analyses.coverage.visits import FINAL, outcome_columns
from visittally.settings import Settings

OUTCOMES = {"completed": "I", "refused": "R", "not at home": "NC", "not eligible": "NE", "": ""}

records = st.lists(
    st.tuples(
        st.sampled_from(["Ash", "Birch", "ash "]),
        st.sampled_from(["", "1", "2", "3"]),
        st.integers(1, 5),
        st.sampled_from(sorted(OUTCOMES)),
    ),
    min_size=1,
    max_size=15,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(records)
def test_a_household_counts_once_with_the_best_of_its_visits(tmp_path, rows):
    """The figures agree with a plain loop over the records."""
    path = tmp_path / "visits.csv"
    lines = [f"{village},{household},2026-04-{day:02d},{outcome}" for village, household, day, outcome in rows]
    path.write_text("\n".join(["village,household id,visit date,visit outcome", *lines, ""]), "utf-8")
    columns = {"visit_outcome": "visit outcome", "household_id": "household id", "visit_date": "visit date"}
    campaign = load(Settings(files=(str(path),), columns={**columns, "village": "village"}))
    planned = CoveragePlan.of(campaign)
    coverage, _notices = figures(planned, campaign.count(planned.plan))
    best: dict[object, int] = {}
    for i, (village, household, _day, outcome) in enumerate(rows):
        key = (village.strip().casefold(), household) if household else i
        best[key] = min(best.get(key, len(FINAL)), FINAL.index(OUTCOMES[outcome]))
    expected: dict[str, int] = defaultdict(int)
    for rank in best.values():
        expected[FINAL[rank]] += 1
    visits = coverage.visits
    assert visits.finals[()] == dict(expected)
    assert sum(visits.started.values()) == len(best)
    assert sum(visits.done.values()) == expected["I"]
    assert sum(sum(visits.finals[key].values()) for key in visits.finals if key) == len(best)


def test_partial_and_unknown_outcomes_count_as_other():
    found = outcome_columns({"I": 3, "P": 2, "": 1, "NC": 4})
    assert found == {"completed": 3, "refused": 0, "absent": 4, "not_eligible": 0, "other": 3}


@pytest.mark.parametrize("place", ["village", "township", "county", "group"])
def test_household_numbers_repeat_from_place_to_place_whatever_the_place_is(folder, command, place):
    rows = "A,1,road\nA,2,water\nB,1,road\nB,2,none\nC,1,road\nC,1,water\n"
    (folder / "v.csv").write_text(f"{place},household_id,issue\n{rows}", encoding="utf-8")
    covered = command("coverage", "v.csv", "-f", "json", "--by", place).tables()
    assert [row["visited"] for row in covered["places"]] == [2, 2, 1, 5]
    assert {row["level"]: row["count"] for row in covered["levels"]}["households"] == 5
    areas = command("summarize", "v.csv", "-f", "json", "--by", place, "--per", "household").tables()["areas"]
    assert [(row["cases"], row["households"]) for row in areas] == [(2, 2), (2, 2), (1, 1), (5, 5)]
