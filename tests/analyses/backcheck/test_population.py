"""All cases that a back-check may be drawn from, each once."""

from __future__ import annotations

from fractions import Fraction

import pytest

from visittally.analyses.backcheck.draw import SEPARATOR, Draw
from visittally.analyses.backcheck.keyed import CaseKey, case_key
from visittally.analyses.backcheck.oversampling import Oversample
from visittally.analyses.backcheck.population import (
    Design,
    drawn_records,
    iso_day,
    read_population,
    sheet_dimensions,
    strata_axes,
)
from visittally.errors import FieldError
from visittally.survey.projection import Projection
from visittally.words.dates import DateOrder
from visittally.words.joined import NO_COLUMN

VISITS = """
    household_id,village,visit_date,enumerator,outcome,phone
    H1,Ash,2026-03-01,Tom,completed,13800000001
    H2,ASH,2026-03-01,Ines,refused,13800000002
    H3,Elm,2026-03-02,Tom,completed,13800000003
    H1,Ash,2026-03-05,Ines,completed,13800000004
    ,Elm,2026-03-02,Tom,completed,
    """


def design(campaign, stratum=(), **more):
    survey = campaign.survey
    own = {
        "outcome": survey.of_field("visit_outcome"),
        "date": survey.of_field("visit_date"),
        "visitor": campaign.axis_of_field("visitor"),
        "household": survey.of_field("household_id"),
    }
    places = tuple(filter(None, [campaign.axis_of_field("village")]))
    return Design(case_key(campaign), strata_axes(campaign, stratum), places, **{**own, **more})


@pytest.fixture
def population(surveyed):
    """The cases of a survey: key -> stratum, as texts with strokes."""

    def read(text=VISITS, stratum=(), more=None, **options):
        campaign = surveyed(text, **options)
        made = design(campaign, stratum)
        return read_population(campaign, made, campaign.count(made.plan), more or Oversample())

    return read


def plain(strata):
    return {key.replace(SEPARATOR, "/"): stratum.replace(SEPARATOR, "/") for key, stratum in strata.items()}


def test_each_completed_case_once_in_the_stratum_of_its_latest_record(population):
    """H1 was visited by Tom first, by Ines later; H2 refused; one record has no key."""
    found = population()

    assert plain(found.strata) == {"ash/H1": "Ines", "elm/H3": "Tom", "visits.csv/6": "Tom"}
    assert (found.not_completed, found.keyless, found.repeated) == (1, 1, 1)


@pytest.mark.parametrize("order", [(0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)])
def test_the_order_of_the_records_does_not_matter(population, order):
    """The latest counts; of two on one day the stratum that comes later in the alphabet, undated ones before all."""
    rows = ["H1,Ash,2026-03-01,Tom", "H1,Ash,2026-03-01,Ben", "H1,Ash,,Zoe"]
    found = population("household_id,village,visit_date,enumerator\n" + "\n".join(rows[i] for i in order) + "\n")

    assert list(found.strata.values()) == ["Tom"]
    assert found.repeated == 2


def test_strata_are_the_visitors_else_the_villages_else_all_cases(surveyed, population):
    assert [axis.name for axis in strata_axes(surveyed(VISITS), ())] == ["visitor"]
    assert [axis.name for axis in strata_axes(surveyed("village,issue\nAsh,road\n"), ())] == ["village"]
    assert strata_axes(surveyed("issue,sex\nroad,f\nwater,m\n"), ()) == ()
    with pytest.raises(FieldError, match="nosuch"):
        strata_axes(surveyed(VISITS), ("nosuch",))
    assert plain(population(stratum=("village", "visitor")).strata) == {
        "ash/H1": "ash/Ines",
        "elm/H3": "elm/Tom",
        "visits.csv/6": "elm/Tom",
    }


def test_places_are_drawn_under_their_folded_names_and_printed_as_most_write_them(population):
    found = population("household_id,village\nH1,Ash\nH2,ASH\nH3,Ash\nH4,\n")

    assert plain(found.strata) == {"ash/H1": "ash", "ash/H2": "ash", "ash/H3": "ash", "/H4": ""}
    assert found.labels == {"ash": "Ash", "": ""}


def test_visitors_are_drawn_under_what_is_written(population):
    """The label may be a number in their place; the order of the draw hangs on what stands in the file."""
    found = population("household_id,enumerator\nH1,Tom\nH2, Tom \nH3,Ines\n")

    assert list(found.strata.values()) == ["Tom", "Tom", "Ines"]
    assert found.labels == {"Tom": "V01", "Ines": "V02"}


def test_without_an_outcome_all_are_completed(population):
    assert (len(population("household_id\nH1\nH2\n").strata), population("household_id\nH1\n").not_completed) == (2, 0)


def test_records_that_a_signal_points_out_are_strata_of_their_own(surveyed, population):
    file = surveyed(VISITS).survey.layouts[0].source.file
    found = population(more=Oversample({"night": Fraction(3)}, {(file, 4): "night"}))

    assert plain(found.strata)["elm/H3"] == "Tom/night"
    assert found.labels[f"Tom{SEPARATOR}night"].endswith(" / night")
    assert found.factors == {f"Tom{SEPARATOR}night": Fraction(3)}
    [*_others, drawn] = found.draw(Draw("1", Fraction(1, 3), 0)).values()
    assert (drawn.cases, drawn.drawn, drawn.weight) == (1, (f"elm{SEPARATOR}H3",), 1)


# ---------------------------------------------------------------- what stands on the sheet
def drawn(campaign, **more):
    made = design(campaign, **more)
    counts = campaign.count(made.plan)
    found = read_population(campaign, made, counts, Oversample())
    records = drawn_records(campaign, counts, found, found.draw(Draw("1", Fraction(1))))
    return {key.replace(SEPARATOR, "/"): (record.line, record.cells) for key, record in records.items()}


def test_one_record_of_each_case_drawn_the_latest_completed_one(surveyed):
    """Places, visitor, household, day: what stands on the sheet, and nothing else of what was read."""
    assert drawn(surveyed(VISITS)) == {
        "ash/H1": (5, ("Ash", "Ines", "H1", "2026-03-05")),
        "elm/H3": (4, ("Elm", "Tom", "H3", "2026-03-02")),
        "visits.csv/6": (6, ("Elm", "Tom", "", "2026-03-02")),
    }


def test_of_two_records_on_one_day_the_cells_decide_not_the_order(surveyed):
    rows = ["H1,Ash,2026-03-01,a,completed,1", "H1,Ash,2026-03-01,b,completed,2", "H1,Ash,2026-03-09,c,refused,3"]
    head = VISITS.strip().splitlines()[0] + "\n"
    campaigns = [surveyed(head + "\n".join(order) + "\n", f"{i}.csv") for i, order in enumerate((rows, rows[::-1]))]

    assert [next(iter(drawn(campaign).values()))[1][1] for campaign in campaigns] == ["b", "b"]


def test_what_is_read_for_the_sheet_the_day_last(surveyed):
    campaign = surveyed(VISITS)
    made = design(campaign, shown=(campaign.survey.variables["phone"],))

    assert [(d.variable, d.projection) for d in sheet_dimensions(made)] == [
        ("village", Projection.RAW),
        ("enumerator", Projection.RAW),
        ("household_id", Projection.RAW),
        ("phone", Projection.RAW),
        ("visit_date", Projection.DAY),
    ]
    bare = design(surveyed("issue\nroad\n"))
    assert (sheet_dimensions(bare), bare.plan.groups, bare.key) == ((), (), CaseKey())


@pytest.mark.parametrize(
    ("raw", "day"),
    [("2026-03-01", "2026-03-01"), (" 2026-03-01 ", "2026-03-01"), (NO_COLUMN, ""), ("", ""), ("soon", "")],
)
def test_days_are_written_in_one_form(raw, day):
    assert iso_day(raw, DateOrder()) == day
