"""What is made of the cells of a record."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from visittally.analyses.check.columns import columns_of
from visittally.analyses.check.features import Feature, Interner, RecordColumn, field_features, text_hashes
from visittally.counting.plan import Dimension
from visittally.reading.lexicon import Coded, Lexicon


@pytest.fixture
def made(surveyed):
    """What is made of some cells of a field: its kind -> a value for each cell."""

    def make(field, cells, header=None, **options):
        text = f"{header or field},x\n" + "\n".join(f'"{cell}",a' for cell in cells)
        campaign = surveyed(text, **options)
        columns = columns_of(campaign)
        features = field_features(campaign, columns, campaign.count(columns.plan), Interner())
        return {feature.name: np.asarray(feature.make(cells)) for feature in features}

    return make


def same(hashes):
    """For each value the first one with its hash, None for 0."""
    found = hashes.tolist()
    return [found.index(one) if one else None for one in found]


def test_a_feature_is_made_once_for_each_value():
    lexicon, seen = Lexicon(), []
    cells = Coded(lexicon.enter(["a", "bb", "a"]), lexicon)

    def lengths(values):
        seen.extend(values)
        return np.array([*map(len, values)])

    feature = Feature(("n", ""), Dimension("x"), lengths)

    assert feature.of(cells).tolist() == [1, 2, 1]
    assert seen == ["a", "bb"]


def test_texts_keep_their_codes_from_block_to_block():
    interner = Interner()

    assert interner(["b", "a", "b"]).tolist() == [0, 1, 0]
    assert interner(["a", "c"]).tolist() == [1, 2]


def test_rows_of_several_values_are_kept_as_such():
    column = RecordColumn(2)
    column.take(np.array([[1.0, 2.0]]))
    column.take(np.array([[3.0, 4.0]]))

    assert column.whole().tolist() == [[1, 2], [3, 4]]


def test_days_in_the_order_that_the_column_tells(made):
    found = made("visit_date", ["13/02/2026", "01/02/2026", "soon", ""])["day", "visit_date"]

    assert found.tolist() == [date(2026, 2, 13).toordinal(), date(2026, 2, 1).toordinal(), -1, -1]


def test_moments_of_days_with_a_time(made):
    found = made("start", ["2026-03-01T10:30:00", "2026-03-01T11:00:00", ""], header="_uuid,start")

    local = found["moment", "start_time"][:, 0]
    assert local[1] - local[0] == 30
    assert np.isnan(local[2])


def test_durations_that_are_numbers(made):
    found = made("duration", ["12", "3.5", "long", ""])["duration", "duration_min"]

    assert found[:2].tolist() == [12, 3.5]
    assert np.isnan(found[2:]).all()


def test_interviews_also_partial_ones_and_refusals(made):
    cells = ["Completed", "Partially completed", "Refused", "Not at home", "", "?"]

    assert made("outcome", cells)["outcome", "visit_outcome"].tolist() == [1, 1, 2, 0, 0, 0]
    own = made("outcome", ["ok", "Refused"], outcomes={"ok": "I"}, columns={"visit_outcome": "outcome"})[
        "outcome", "visit_outcome"
    ]
    assert own.tolist() == [1, 2]


def test_blanks_are_no_household(made):
    found = made("household_id", ["H1", " H1 ", "h1", "", "n/a", "-"])["key", "household_id"]

    assert same(found) == [0, 0, 2, None, None, None]


def test_problems_named_and_none(made):
    found = made("issue", ["road", "water;road", "none", "", "don't know"])

    assert (found["issue", "issue"] & 1).tolist() == [1, 1, 0, 0, 0]
    assert (found["issue", "issue"] & 2).tolist() == [0, 0, 2, 0, 0]
    assert found["mentions", "issue"].tolist() == [1, 2, 0, 0, 0]
    assert ("text", "issue") not in found


def test_problems_in_free_words_are_texts_too(made):
    cells = ["the road to the school is broken since the rain", "our well is dry in summer and the tap is far away"]
    found = made("problem", cells)

    assert same(found["text", "issue"]) == [0, 1]


def test_places_are_those_of_the_tables(made):
    """A place spelled otherwise is the same one, one that the user renamed too."""
    found = made("village", ["Ash", "ASH ", "", "Ashford"], aliases={"village": {"Ashford": "Ash"}})["village", ""]

    assert same(found) == [0, 0, None, 0]


def test_telephones_are_the_same_however_they_are_written(made):
    """Those that are masked or too short are none."""
    cells = ["13900000001", "139-0000-0001", "+8613900000001", "139****0001", "123456", ""]

    assert same(made("x", cells, header="联系电话")["phone", "phone"]) == [0, 0, 0, None, None, None]


def test_names_are_the_same_however_they_are_spaced(made):
    cells = ["Ann Lee", "ann  LEE", "Bo", "", "n/a"]

    assert same(made("x", cells, header="户主姓名")["name", "respondent"]) == [0, 0, 2, None, None]


def test_seven_digits_are_a_telephone(made):
    assert same(made("x", ["1234567", "12345678", "234567"], header="phone")["phone", "phone"]) == [0, 1, None]


def test_who_is_away(made):
    cells = ["外出务工", "在家", "", "不清楚"]

    assert made("x", cells, header="在家情况")["away", "presence"].tolist() == [2, 1, 0, 0]


def test_what_a_back_check_found(made):
    cells = ["属实", "不属实", "是", "否", "", "看过"]

    assert made("x", cells, header="核实结果", columns={"backcheck_result": "核实结果"})[
        "confirmed", "backcheck_result"
    ].tolist() == [1, 2, 1, 2, 0, 0]


def test_long_texts_are_compared_and_short_ones_are_not():
    long = "the clerk said that the road will be mended next year"

    assert same(text_hashes([long, long.upper(), "done", ""])) == [0, 0, None, None]


def test_where_nothing_is_said_of_what_was_done(made):
    cells = ["the clerk said that the road will be mended", "", "n/a"]

    assert made("x", cells, columns={"handling_text": "done"}, header="done")["handling", "handling_text"].tolist() == [
        False,
        True,
        True,
    ]
