"""Levels and ratios of a campaign."""

from __future__ import annotations

import textwrap

import pytest

from visittally.analyses.analysis import run as finished
from visittally.analyses.campaign import load
from visittally.analyses.coverage.cover import cover
from visittally.settings import Settings

VISITS = """\
    township,village,group,household id,visit date,forms issued,forms returned,issue
    North,Ash,1,1,2026-04-01,2,2,road
    North,Ash,1,2,2026-04-01,2,1,road
    North,ash,2,3,2026-04-02,3,,none
    North,Birch,1,1,2026-04-10,1,1,water
    South,Pine社区,1,1,2026-04-10,1,1,
    South,Pine社区,,1,2026-04-11,0,0,water
    """


@pytest.fixture
def tables(tmp_path):
    """The figures of `levels` and the rows of `ratios`."""

    def run(text=VISITS, **settings):
        path = tmp_path / "visits.csv"
        path.write_text(textwrap.dedent(text), "utf-8")
        result = finished(load(Settings(files=(str(path),), **settings)), cover)
        levels = {row["level"]: row["count"] for row in result.tables["levels"].to_dict()["rows"]}
        found = result.tables["ratios"].to_dict()["rows"] if "ratios" in result.tables else []
        ratios = {row["name"]: row for row in found}
        return levels, ratios

    return run


def test_each_level_counts_different_names(tables):
    levels, _ratios = tables()
    assert levels["townships"] == 2
    assert levels["groups"] == 4


@pytest.mark.parametrize(
    ("header", "said"),
    [("district", "Districts"), ("County", "Counties"), ("县", "Counties")],
)
def test_an_afghan_district_is_no_county(tmp_path, header, said):
    path = tmp_path / "visits.csv"
    path.write_text(f"{header},village,visit date\nN,Ash,2026-04-01\nS,Elm,2026-04-02\n", "utf-8")
    (row, *_others) = finished(load(Settings(files=(str(path),))), cover).tables["levels"].rows

    assert (row.cells[0].value, row.cells[0].label, row.cells[1].value) == ("counties", said, 2)


def test_communities_are_counted_apart_from_villages(tables):
    levels, _ratios = tables()
    assert (levels["villages"], levels["communities"]) == (2, 1)


def test_a_column_may_say_what_is_a_community(tables):
    text = "village,place kind\nAsh,village\nBirch,community\nPine,community\n"
    levels, _ratios = tables(text)
    assert (levels["villages"], levels["communities"]) == (1, 2)


@pytest.mark.parametrize("per", ["", "case"])
def test_households_differ_by_village_not_by_spelling(tables, per):
    levels, _ratios = tables(per=per)
    assert levels["households"] == 5


def test_forms_are_added_up(tables):
    levels, _ratios = tables()
    assert (levels["forms_issued"], levels["forms_returned"]) == (9, 5)


def test_ratios_show_what_they_divide(tables):
    _levels, ratios = tables()
    per_day = ratios["households_per_day"]
    assert (per_day["numerator"], per_day["denominator"], per_day["value"]) == (5, 11, pytest.approx(5 / 11))
    assert ratios["households_per_group"]["value"] == pytest.approx(5 / 4)
    assert ratios["forms_per_household"]["value"] == pytest.approx(9 / 5)


def test_issues_are_told_for_a_hundred_visits(tables):
    _levels, ratios = tables()
    issues = ratios["issues_per_100_visits"]
    assert (issues["numerator"], issues["denominator"], issues["value"]) == (4, 6, pytest.approx(100 * 4 / 6))


def test_the_last_days_are_counted_back_from_the_newest_date(tables):
    _levels, ratios = tables()
    late = ratios["visits_in_last_7_days"]
    assert (late["numerator"], late["denominator"]) == (3, 6)


@pytest.mark.parametrize("per", ["", "case"])
def test_visits_to_others_are_no_visits_to_households(tables, per):
    text = "village,household id,unit name,visit date\nAsh,1,,2026-04-01\nAsh,1,,2026-04-02\nAsh,,mill,2026-04-02\n"
    levels, ratios = tables(text, per=per)
    assert (levels["households"], levels["units"], levels["visits"]) == (1, 1, 3)
    assert ratios["visits_per_household"]["numerator"] == 2


def test_without_households_visits_are_divided(tables):
    _levels, ratios = tables("village,visit date\nAsh,2026-04-01\nAsh,2026-04-04\n")
    assert ratios["visits_per_day"]["value"] == pytest.approx(0.5)
    assert "visits_per_household" not in ratios
