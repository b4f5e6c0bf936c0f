"""Rows and columns: bands, periods, visitors under pseudonyms, places merged."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import visittally
from visittally.answers.axes import (
    Axis,
    band_edges,
    band_name,
    code_axis,
)
from visittally.counting.plan import Dimension
from visittally.errors import FieldError
from visittally.settings import Settings
from visittally.survey.projection import Projection
from visittally.survey.variables import Choice, Part, Variable
from visittally.words.joined import ROW_SEPARATOR
from visittally.words.personal import pseudonyms

PLAIN = Settings()


def axis(name, field="", suffix="", choices=()):
    fields = (field,) if field else ()
    return Axis(name, field, Variable(name.split(":")[0], (Part(name),), choices=choices, fields=fields), suffix)


def meanings(coded):
    """What each value means: its keys."""
    keys = coded.coding.keys
    lists = coded.coding.lists()
    return {value: [keys[i] for i in found] for value, found in zip(coded.coding.values, lists, strict=True)}


def coded(chosen, values, settings=PLAIN):
    return code_axis(chosen, dict.fromkeys(values, 1), settings)


# ---------------------------------------------------------------------------- bands
def test_numbers_fall_into_bands():
    """An edge belongs to the band above it; what is no number is the blank key."""
    found = coded(axis("age:18,60", suffix="18,60"), ["17", "18", "59.5", "60", "", "old"])

    assert meanings(found) == {
        "17": ["<18"], "18": ["18-59"], "59.5": ["18-59"], "60": ["60+"], "": [""], "old": [""],
    }  # fmt: skip
    assert found.coding.keys == ("<18", "18-59", "60+", "")


@pytest.mark.parametrize("suffix", ["60,18", "18,18", "young,old", "fortnight", "18,"])
def test_edges_that_are_no_rising_numbers(suffix):
    """A suffix that is neither a period nor a list of rising numbers is refused, with the axis."""
    with pytest.raises(FieldError, match="age"):
        coded(axis(f"age:{suffix}", suffix=suffix), ["3"])


@given(st.lists(st.integers(-50, 150), min_size=1, max_size=6, unique=True).map(sorted), st.integers(-100, 200))
def test_each_number_has_the_band_that_holds_it(edges, number):
    """The band of a number is the one between the edges around it."""
    suffix = ",".join(map(str, edges))
    [[name]] = meanings(coded(axis("n:" + suffix, suffix=suffix), [str(number)])).values()

    inside = [i for i, edge in enumerate(edges) if edge <= number]
    assert band_edges(suffix) == edges
    assert name == band_name(edges, inside[-1] if inside else -1)


def test_bands_between_fractions_say_so():
    """Between edges that are no whole numbers there is no last whole number to name."""
    assert band_name([0.5, 1.5], 0) == "0.5-<1.5"


# ---------------------------------------------------------------------------- periods
@pytest.mark.parametrize(
    ("suffix", "key"), [("day", "2026-04-01"), ("week", "2026-W14"), ("month", "2026-04"), ("quarter", "2026-Q2")]
)
def test_days_fall_into_periods(suffix, key):
    """Days in any spelling, blanks last."""
    chosen = axis(f"visit_date:{suffix}", "visit_date", suffix)
    found = coded(chosen, ["2026-04-01", "2026年4月1日", ""])

    assert meanings(found) == {"2026-04-01": [key], "2026年4月1日": [key], "": [""]}
    assert found.coding.keys == (key, "")
    assert chosen.dimension == Dimension("visit_date", Projection.DAY)


def test_texts_that_are_no_dates_are_told():
    """They are counted in a notice; blanks are not."""
    found = code_axis(axis("visit_date:month", "visit_date", "month"), {"2026-04-01": 5, "soon": 3, "": 9}, PLAIN)

    [notice] = found.notices
    assert notice.code == "dates"
    assert "3" in notice.message
    assert "soon" in notice.message


# ---------------------------------------------------------------------------- visitors, places, answers
def test_visitors_have_pseudonyms():
    """No name of a visitor reaches a table; blanks stay blank."""
    found = coded(axis("visitor", "visitor"), ["Ann", "Bob", ""])
    hidden = pseudonyms(["Ann", "Bob"])

    assert meanings(found) == {"Ann": [hidden["Ann"]], "Bob": [hidden["Bob"]], "": [""]}
    assert not set(found.labels.values()) & {"Ann", "Bob"}


def test_visitors_are_named_where_that_is_asked_for():
    """--show-visitors names them."""
    found = coded(axis("visitor", "visitor"), ["Ann", "Bob"], Settings(show_visitors=True))

    assert meanings(found) == {"Ann": ["Ann"], "Bob": ["Bob"]}


def test_spellings_of_a_place_are_merged():
    """The commonest spelling names the place, and the merging is told."""
    found = code_axis(axis("village", "village"), {"Ash": 3, " ash": 1, "Birch": 1, "": 2}, PLAIN)

    assert meanings(found) == {"Ash": ["Ash"], " ash": ["Ash"], "Birch": ["Birch"], "": [""]}
    assert any("ash" in notice.message for notice in found.notices)


def test_places_go_by_the_names_that_the_user_gives():
    """[aliases.village] renames."""
    found = coded(axis("village", "village"), ["Ash", "Ashfield"], Settings(aliases={"village": {"Ash": "Ashfield"}}))

    assert set(found.coding.keys) == {"Ashfield"}


def test_answers_stand_in_the_order_of_the_form():
    """Options of a form keep their order and have its labels."""
    chosen = axis("water", choices=(Choice("2", "well"), Choice("1", "tap")))
    found = coded(chosen, ["1", "2"])

    assert found.coding.keys[:2] == ("2", "1")
    assert (found.labels["1"], found.labels["2"]) == ("tap", "well")


def test_records_of_one_case_stand_in_all_their_rows():
    """A household visited in two places is in both; a blank beside a place does not count."""
    found = coded(axis("village", "village"), [f"Ash{ROW_SEPARATOR}Birch", f"Ash{ROW_SEPARATOR}", ROW_SEPARATOR])

    assert list(meanings(found).values()) == [["Ash", "Birch"], ["Ash"], [""]]


def test_the_file_is_an_axis():
    """Rows by file hold the names as they are."""
    chosen = Axis("file", "file", None)

    assert chosen.dimension == Dimension("file")
    assert meanings(coded(chosen, ["a.csv"])) == {"a.csv": ["a.csv"]}


def test_hours_and_office_hours_of_a_moment():
    """2 March 2026 is a Monday, the 7th a Saturday; a time without its day is in no office hours."""
    values = ["2026-03-02 09:10", "2026-03-02T19:30:00+08:00", "2026-03-07 10:00", "14:05", "2026-03-02", ""]
    hours = meanings(coded(axis("start_time:hour", "start_time", "hour"), values))
    parts = coded(axis("start_time:worktime", "start_time", "worktime"), values)

    assert [hours[value] for value in values] == [["09"], ["19"], ["10"], ["14"], [""], [""]]
    assert [meanings(parts)[value] for value in values] == [["office"], ["outside"], ["weekend"], [""], [""], [""]]
    assert any("2 records hold no time of day" in notice.message for notice in parts.notices)
    assert parts.coding.keys == ("office", "outside", "weekend", "")


def test_months_of_a_column_without_any_date_are_refused(write):
    """A row of its own for all that could not be read would be a table of nothing."""
    path = write("v.csv", "village,visit_date,issue\nAsh,2026-03-01,road\nElm,soon,road\n")

    with pytest.raises(FieldError, match='"village:month": no cell of the column is a date'):
        visittally.summarize(path, by=["village:month"])
    rows = visittally.summarize(path, by=["visit_date:month"]).tables["areas"].to_dict()["rows"]
    assert [row["visit_date:month"] for row in rows] == ["2026-03", "", None]
