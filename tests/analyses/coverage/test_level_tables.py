"""The tables `levels` and `ratios`."""

from __future__ import annotations

from datetime import date

from visittally.analyses.coverage.level_tables import levels_table, ratios_table
from visittally.analyses.coverage.levels import Levels, Ratio


def test_each_level_is_a_row_by_its_name():
    table = levels_table(
        Levels({"villages": 3, "households": 120, "plots": 7}, frozenset({"households"}), (), notes=("So.",))
    )

    assert table.to_dict()["rows"] == [
        {"level": "villages", "count": 3}, {"level": "households", "count": 120}, {"level": "plots", "count": 7},
    ]  # fmt: skip
    assert [row.cells[0].label for row in table.rows] == ["Villages", "Households", "plots"]
    assert [row.cells[1].approximate for row in table.rows] == [False, True, False]
    assert table.notes == ("So.",)


def test_a_level_goes_by_the_word_of_the_file_where_ours_does_not_fit():
    levels = Levels({"counties": 2, "villages": 3}, frozenset(), (), own_words={"counties": "district"})

    assert [row.cells[0].label for row in levels_table(levels).rows] == ["district", "Villages"]


def test_households_that_are_enterprises_too_are_called_so():
    table = levels_table(Levels({"households": 1}, frozenset(), (), several_kinds=True))

    assert table.rows[0].cells[0].label == "Households, enterprises and others"


def test_ratios_are_told_for_one_or_for_a_hundred():
    ratios = (
        Ratio("visits_per_day", 9, 4),
        Ratio("issues_per_100_visits", 3, 8, 100, approximate=True),
        Ratio("x", 1, 3),
    )
    table = ratios_table(Levels({}, frozenset(), ratios), None)

    assert [list(row.values()) for row in table.to_dict()["rows"]] == [
        ["visits_per_day", 9, 4, 2.25], ["issues_per_100_visits", 3, 8, 37.5], ["x", 1, 3, 1 / 3],
    ]  # fmt: skip
    assert [row.cells[0].label for row in table.rows] == ["Visits per day", "Issues per 100 visits", "x"]
    assert [row.cells[3].approximate for row in table.rows] == [False, True, False]
    assert {row.cells[3].digits for row in table.rows} == {2}


def test_the_day_from_which_days_are_counted_back_is_said_where_there_is_one():
    levels = Levels({}, frozenset(), ())

    assert ratios_table(levels, None).notes == ()
    assert ratios_table(levels, date(2026, 4, 30)).notes[1] == "The last days are counted back from 2026-04-30."
