"""Blanks that merged cells leave, in a text export or below filled cells of a workbook, hold what stands above."""

from __future__ import annotations

import pytest

import visittally
from visittally.analyses.campaign import load
from visittally.settings import Settings


@pytest.fixture
def read(tmp_path):
    """The villages of a text, record by record, and the codes of the notices."""

    def run(text, **options):
        path = tmp_path / "visits.csv"
        path.write_text(text, "utf-8")
        campaign = load(Settings(files=(str(path),), **options))
        (layout,) = campaign.survey.layouts
        place = layout.columns[campaign.survey.fields["village"]][0]
        return [row[place] for row in layout.source.sample()], [n.code for n in campaign.notices()]

    return run


def test_each_name_once_above_blanks_is_filled_down(read):
    villages, codes = read("village,issue\nAsh,road\n,water\n,road\nBirch,water\n,road\n,land\n")

    assert villages == ["Ash"] * 3 + ["Birch"] * 3
    assert "filled_down" in codes


def test_blanks_stay_blank_where_the_user_says_so(read):
    text = "village,issue\nAsh,road\n,water\n,road\nBirch,water\n,road\n,land\n"

    assert read(text, no_fill_down=True)[0] == ["Ash", "", "", "Birch", "", ""]


def test_names_that_are_repeated_are_not_merged_cells(read):
    text = "village,issue\nAsh,road\nAsh,water\n,road\nBirch,water\nBirch,road\n,land\n"

    assert read(text)[0] == ["Ash", "Ash", "", "Birch", "Birch", ""]
    assert read(text, fill_down=("village",))[0] == ["Ash"] * 3 + ["Birch"] * 3


def test_records_that_are_blank_elsewhere_too_are_not_merged_cells(read):
    villages, codes = read("village,issue,date\nAsh,road,1\n,,2\n,,1\nBirch,water,1\n,,2\n,,3\n")

    assert villages.count("") == 4
    assert "filled_down" not in codes


def test_visits_on_which_nothing_was_raised_are_records(read):
    villages, codes = read(
        "village,house,how,issue,status\n"
        "Ash,1,at home,road,open\n,2,at home,none,\n,3,away,,\nBirch,4,at home,water,done\n,5,away,,\n,6,refused,,\n"
    )

    assert villages == ["Ash"] * 3 + ["Birch"] * 3
    assert "filled_down" in codes


def test_nothing_is_carried_over_a_total(read):
    text = (
        "village,issue,n\nAsh,road,1\n,water,1\n,road,1\n,land,1\nTotal,,4\n,road,1\nBirch,water,1\n,road,1\n,land,1\n"
    )

    assert read(text)[0] == ["Ash"] * 4 + [""] + ["Birch"] * 3


@pytest.mark.parametrize(("village", "visits"), [("Elm", 5), ("elm", 5), ("Ash", 4), ("", 4)])
def test_a_household_does_not_go_on_in_another_place(tmp_path, village, visits):
    """A row that names its own village and no household is another household, which nobody wrote down."""
    path = tmp_path / "visits.csv"
    rows = ["H1,Ash,road", "H2,Ash,water", "H3,Ash,road", "H4,Ash,light", f",{village},water"]
    path.write_text("\n".join(["household_id,village,issue", *rows]), "utf-8")

    areas = visittally.summarize([str(path)]).tables["areas"].to_dict()["rows"]

    assert areas[-1]["cases"] == visits


def test_a_column_that_was_given_up_is_not_filled_down(read):
    """Three names, and none from there on."""
    villages, codes = read("village,issue\nAsh,road\nElm,water\nOak,road\n,water\n,road\n,land\n")

    assert villages == ["Ash", "Elm", "Oak", "", "", ""]
    assert "blanks_below" in codes


def test_rows_of_one_household_are_one_visit(tmp_path):
    rows = ["1,Ash,H1,2026-03-01,road", ",,,,water", ",,,,road", "2,,H2,2026-03-02,water", "3,Elm,H3,2026-03-03,road"]
    rows += [",,,,land", "4,,H4,2026-03-03,none", "5,,H5,2026-03-04,road"]
    path = tmp_path / "ledger.csv"
    path.write_text("\n".join(["No,village,household,visit date,issue", *rows]), "utf-8")
    result = visittally.summarize([str(path)])
    areas = {row["village"]: row for row in result.tables["areas"].to_dict()["rows"]}

    assert (areas["Ash"]["cases"], areas["Elm"]["cases"], areas[None]["cases"]) == (2, 3, 5)
    assert areas["Ash"]["mentions"] == 4
    issues = {row["issue"]: row for row in result.tables["issues"].to_dict()["rows"]}
    assert (issues["road"]["mentions"], issues["road"]["percent_of_cases"]) == (4, 60.0)
    counted = visittally.summarize([str(path)], per="case").tables["areas"].to_dict()["rows"]
    assert sum(row["cases"] for row in counted if not row.get("total")) == 8


def test_coverage_counts_visits_where_rows_are_issues(tmp_path):
    rows = ["1,Ash,P1,2026-03-01,road", ",,,,water", ",,,,road", "2,,P2,2026-03-02,water", "3,Elm,P3,2026-03-03,road"]
    rows += [",,,,land", "4,,P4,2026-03-03,none", "5,,P5,2026-03-04,road"]
    path = tmp_path / "ledger.csv"
    path.write_text("\n".join(["No,village,name of head of household,visit date,issue", *rows]), "utf-8")
    places = visittally.coverage([str(path)]).tables["places"].to_dict()["rows"]

    assert {row["village"]: row["visited"] for row in places} == {"Ash": 2, "Elm": 3, None: 5}
