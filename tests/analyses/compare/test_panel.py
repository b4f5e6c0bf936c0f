"""The same households twice."""

from __future__ import annotations

import numpy as np
import pytest

from visittally.analyses.compare.answers import meaning_of
from visittally.analyses.compare.panel import (
    PairedAnswers,
    Pairs,
    paired_answers,
    paired_numbers,
    panel_key,
    read_round,
)
from visittally.analyses.compare.parts import ComparedPart
from visittally.counting.plan import Dimension, Group, Plan
from visittally.errors import FieldError
from visittally.settings import Settings

ROOF, ROOMS, NEEDS = Dimension("roof"), Dimension("rooms"), Dimension("needs")
BEFORE = """
    household_id,roof,rooms,needs
    H1,tin,2,water;road
    H2,tin,3,road
    H3,thatch,4,
    H4,thatch,5,none
    H5,tin,,water
    H6,tin,1,water
    H6,tin,1,water
    -,tin,9,road
    """
AFTER = """
    household_id,roof,rooms,needs
    h1,tin,3,water
    H2,tiles,3,road;light
    H3,thatch,6,water
    H4,tin,7,none
    H5,tiles,2,road
    H6,tiles,2,road
    H7,tiles,2,road
    """


@pytest.fixture
def read(surveyed):
    """The records of a survey under their keys."""

    def run(text, name="visits.csv", accepted=(), columns=(ROOF, ROOMS, NEEDS), **options):
        campaign = surveyed(text, name, panel="household_id", **options)
        slice_ = ROOF if accepted else None
        own = (*columns, *((slice_,) if slice_ else ()))
        counts = campaign.count(Plan(tuple(Group((d,)) for d in dict.fromkeys(own))))
        part = ComparedPart(campaign, counts, slice_, frozenset(accepted))
        return campaign, read_round(part, panel_key(campaign), columns)

    return run


@pytest.fixture
def pairs(read):
    (first, before), (second, after) = read(BEFORE, "before.csv"), read(AFTER, "after.csv")
    return Pairs.of(before, after), (first.survey.variables, second.survey.variables)


def test_a_household_is_the_same_within_its_village(surveyed):
    text = "household_id,village,card,roof\nH1,Ash,c1,tin\n"

    assert [d.variable for d in panel_key(surveyed(text, panel="household_id"))] == ["household_id", "village"]
    assert [d.variable for d in panel_key(surveyed(text, panel="card"))] == ["card"]
    assert [d.variable for d in panel_key(surveyed(BEFORE, panel="household_id"))] == ["household_id"]


@pytest.mark.parametrize("panel", ["nosuch", "visit_date:month"])
def test_a_key_is_one_whole_column(surveyed, panel):
    with pytest.raises(FieldError):
        panel_key(surveyed("household_id,visit_date,roof\nH1,2026-01-01,tin\n", panel=panel))


def test_keys_that_stand_once_are_kept_and_the_others_are_counted(read):
    _campaign, before = read(BEFORE)

    assert before.rows == {"h1": 0, "h2": 1, "h3": 2, "h4": 3, "h5": 4}
    assert (before.repeated, before.keyless) == (1, 1)
    values, codes = before.codes(ROOF, ["h4", "h1"])
    assert [values[code] for code in codes] == ["thatch", "tin"]
    assert before.codes(ROOF, [])[1].tolist() == []


def test_keys_are_the_same_in_any_case_and_as_numbers(read):
    """A key that is written in two ways stands twice."""
    _campaign, found = read("household_id,roof\nH1,tin\nh1,tin\n12,tin\n12.0,tin\n13,tin\n", columns=(ROOF,))

    assert (list(found.rows), found.repeated) == (["13"], 2)


def test_one_household_number_in_two_villages_is_two_households(read):
    _campaign, found = read("household_id,village,roof\nH1,Ash,tin\nH1,Elm,tin\nH1,ELM,tin\n", columns=(ROOF,))

    assert ([key.split("\x1f") for key in found.rows], found.repeated) == ([["h1", "ash"]], 1)


def test_a_part_of_a_survey_has_its_own_records(read):
    _campaign, found = read(BEFORE, accepted=("thatch",))

    assert (sorted(found.rows), found.repeated, found.keyless) == (["h3", "h4"], 0, 0)


def test_rounds_are_brought_together_and_the_rest_is_told(pairs):
    both, _variables = pairs

    assert both.keys == ("h1", "h2", "h3", "h4", "h5")
    assert (both.only_before, both.only_after) == (0, 2)
    assert both.sentence() == (
        "5 cases stand once in each round; left out: 0 keys of the earlier and 2 of the later round only, 1 and 0 keys "
        "that stand more than once there, 1 and 0 records without a key."
    )


def counted(pairs, question, base="answered", renamed=None):
    both, variables = pairs
    dimension = Dimension(question)
    meanings = []
    for side, own in zip((both.before, both.after), variables, strict=True):
        values = dict.fromkeys(side.columns[dimension][0], 1)
        meanings.append(meaning_of(own[question], values, Settings()))
    return paired_answers(both, (dimension, dimension), (meanings[0], meanings[1]), base, renamed or {})


def test_answers_both_times_before_only_and_after_only(pairs):
    """H1 tin twice; H2 and H5 tin, then tiles; H3 thatch twice; H4 thatch, then tin."""
    found = counted(pairs, "roof")

    assert found.asked == 5
    assert found.tables == {"tin": (1, 2, 1), "thatch": (1, 1, 0), "tiles": (0, 0, 2)}


def test_several_answers_of_one_case_count_each_in_the_base_of_both_rounds(pairs):
    """H3 was blank before: it is left out of the answered ones, and stands in the base of all cases."""
    assert counted(pairs, "needs").asked == 4
    assert counted(pairs, "needs", "all").asked == 5
    found = counted(pairs, "needs").tables
    assert found["water"] == (1, 1, 0)
    assert found["road"] == (1, 1, 1)
    assert found["light"] == (0, 0, 1)
    assert counted(pairs, "needs", "all").tables["water"] == (1, 1, 1)


def test_labels_of_one_round_are_names_of_the_other(pairs):
    assert counted(pairs, "roof", renamed={"tiles": "tin"}).tables == {"tin": (3, 0, 1), "thatch": (1, 1, 0)}


def test_the_difference_of_pairs():
    found = PairedAnswers(5, {"tin": (1, 2, 1)})

    assert found.estimate("tin").value == pytest.approx((1 - 2) / 5 * 100)
    assert found.estimate("unknown").value == 0
    assert PairedAnswers(0, {}).estimate("tin") is None


def test_numbers_of_the_cases_that_have_one_in_both_rounds(pairs):
    """2 to 3, 3 to 3, 4 to 6, 5 to 7; H5 has none before."""
    both, _variables = pairs

    def numbers(values):
        return np.array([float(value) if value.isdigit() else np.nan for value in values])

    n, first, second, difference = paired_numbers(both, (ROOMS, ROOMS), (numbers, numbers))

    assert (n, first.mean, second.mean, difference.mean) == (4, 3.5, 4.75, 1.25)


def test_rounds_that_share_no_case_have_no_pairs(read):
    (_first, before), (_second, after) = (
        read("household_id,roof\nH1,tin\n", "b.csv", columns=(ROOF,)),
        read("household_id,roof\nH2,tin\n", "a.csv", columns=(ROOF,)),
    )
    both = Pairs.of(before, after)

    assert (both.keys, both.only_before, both.only_after) == ((), 1, 1)
    assert paired_numbers(both, (ROOF, ROOF), (lambda v: np.ones(len(v)),) * 2) == (0, None, None, None)
