"""What analyses share: which rows they have, how a row is named, how many different keys it holds."""

from __future__ import annotations

import pytest

from visittally.analyses.campaign import load
from visittally.analyses.rows import (
    by_cells,
    by_columns,
    counted_words,
    distinct_by,
    named_rows,
    places_there,
    row_notices,
    unknown_statuses,
)
from visittally.answers.axes import code_axis
from visittally.counting.plan import Dimension, Distinct, Group, Plan
from visittally.errors import FieldError
from visittally.settings import Settings
from visittally.tables.table import Text
from visittally.words.dispositions import Dispositions

HOUSEHOLDS = """
    village,household_id,issue
    Ash,1,road
    Ash,1,water
    ash,2,road
    Birch,1,road
    Birch,,road
    ,9,road
    """


@pytest.fixture
def campaign(write):
    def made(text=HOUSEHOLDS, **options):
        return load(Settings(files=(write("visits.csv", text),), **options))

    return made


def test_the_first_place_that_is_there_makes_the_rows(campaign):
    """Villages before groups before townships before counties, however the columns are ordered."""
    text = "county,township,group,village,issue\nNorth,Hill,g1,Ash,road\nNorth,Dale,g2,Elm,road\nSouth,Lea,g3,Oak,x\n"

    assert [axis.field for axis in places_there(campaign(text))] == ["village", "group", "township", "county"]
    assert places_there(campaign("issue,sex\nroad,f\nwater,m\n")) == []


def test_rows_can_be_named(campaign):
    assert [axis.name for axis in named_rows(campaign(by=("issue", "village")))] == ["issue", "village"]
    assert named_rows(campaign()) == ()
    with pytest.raises(FieldError, match="nosuch"):
        named_rows(campaign(by=("nosuch",)))


def test_what_makes_the_rows_is_said_unless_it_is_the_village(campaign):
    there = places_there(campaign("township,issue\nHill,road\nDale,road\nLea,water\n"))

    assert row_notices(places_there(campaign())[0], "nothing") == ()
    assert [(n.code, n.message) for n in row_notices(None, "nothing")] == [("no_place", "nothing")]
    assert [n.code for n in row_notices(there[0], "nothing")] == ["no_village"]
    assert row_notices(there[0], "nothing", "So it is")[0].message.startswith("So it is; rows are made by ")


def test_a_row_is_named_by_keys_and_labels(campaign):
    """A blank is "not recorded" for people; the total has no names at all."""
    axis = code_axis(places_there(campaign())[0], {"Ash": 2, "": 1}, Settings())
    blank, ash = (axis.coding.keys.index(key) for key in ("", "Ash"))

    assert [column.name for column in by_columns([axis])] == ["village"]
    assert by_cells([axis, axis], (ash, blank)) == [Text("Ash"), Text("", "not recorded")]
    assert by_cells([axis, axis], ()) == [Text(None), Text(None)]
    assert by_cells([], ()) == []


@pytest.mark.parametrize(("unique_in_village", "whole"), [(True, 4), (False, 3)])
def test_different_keys_are_counted_by_row_and_in_all(campaign, unique_in_village, whole):
    """Household 1 of Ash is another one than household 1 of Birch, if keys are unique within villages only."""
    loaded = campaign()
    village = places_there(loaded)[0]
    dimension = Dimension(village.name)
    rows = Group((dimension,))
    planned = Distinct((dimension, dimension) if unique_in_village else (dimension,), ("household_id",))
    tally = loaded.count(Plan((rows,), (planned,))).tally
    frame = tally.frame(rows)
    axis = code_axis(village, frame.value_counts(0), loaded.settings)

    within = village if unique_in_village else None
    found = distinct_by(tally, planned, (axis,), frame, loaded.settings, within=within)

    assert found == {("Ash",): 2, ("Birch",): 1, ("",): 1, (): whole}


def test_unknown_words_are_listed_by_number_without_personal_details():
    words = {"rare": 1, "common": 5, "call 13900000001": 3, "also rare": 1}

    assert counted_words(words) == "common (5), call [phone] (3), also rare (1), rare (1)"
    assert len(counted_words({f"word{i}": 1 for i in range(20)}).split(", ")) == 8


def test_unknown_statuses_come_with_a_mapping_to_fill_in():
    known = Dispositions.load({})
    [notice] = unknown_statuses({"green": 2, "call 13900000001": 1}, known, 10)

    assert unknown_statuses({}, known, 10) == ()
    assert [n.code for n in unknown_statuses({"green": 4}, known, 12)] == ["unclear_statuses", "unknown_statuses"]
    assert '"green" = "unknown"  # 2' in notice.message
    assert "13900000001" not in notice.message
