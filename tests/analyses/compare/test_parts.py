"""Parts of surveys: a whole survey, or the records on one side of a split."""

from __future__ import annotations

import pytest

from visittally.analyses.compare.parts import ComparedPart, sliced, sliced_keys
from visittally.counting.plan import Dimension, Group, Plan

VISITS = """
    round,village,household_id,issue,weight
    one,Ash,H1,road,2
    one,Ash,H2,water,1
    two,Elm,H1,road,0
    two,Elm,H1,road,3
    ,Oak,H5,road,1
    """
ROUND, VILLAGE, ISSUE = Dimension("round"), Dimension("village"), Dimension("issue")


@pytest.fixture
def part(surveyed):
    """A part of the visits: the records whose round is one of these; all without any."""

    def make(*accepted, text=VISITS, **options):
        campaign = surveyed(text, **options)
        slice_ = ROUND if accepted else None
        group = sliced(campaign, slice_, (VILLAGE, ISSUE))
        keys = sliced_keys(slice_, (VILLAGE,), ("household_id",))
        counts = campaign.count(Plan((group,), (keys,)))
        return ComparedPart(campaign, counts, slice_, frozenset(accepted))

    return make


def combinations(frame):
    """Values of each combination, and how many cases have it."""
    cells = [[values[code] for code in frame.codes[:, i]] for i, values in enumerate(frame.values)]
    return {tuple(row): int(n) for *row, n in zip(*cells, frame.counts.tolist(), strict=True)}


def test_without_a_split_a_part_is_the_whole_survey(part):
    assert combinations(part().frame((VILLAGE, ISSUE))) == {
        ("Ash", "road"): 1,
        ("Ash", "water"): 1,
        ("Elm", "road"): 2,
        ("Oak", "road"): 1,
    }


def test_a_part_holds_the_records_of_its_values_alone(part):
    assert combinations(part("one").frame((VILLAGE, ISSUE))) == {("Ash", "road"): 1, ("Ash", "water"): 1}
    assert combinations(part("two").frame((VILLAGE, ISSUE))) == {("Elm", "road"): 2}
    assert sum(combinations(part("one", "").frame((VILLAGE, ISSUE))).values()) == 3
    assert combinations(part("three").frame((VILLAGE, ISSUE))) == {}


def test_values_are_those_of_the_whole_survey_in_each_part(part):
    """So that what they mean is learnt once, and codes of both parts are the same."""
    one, two = part("one").frame((VILLAGE, ISSUE)), part("two").frame((VILLAGE, ISSUE))

    assert [list(values) for values in one.values] == [list(values) for values in two.values]
    assert part("one").values((VILLAGE, ISSUE), (), 0) == {"Ash": 2, "Elm": 2, "Oak": 1}
    assert part().values((VILLAGE, ISSUE), (), 1) == {"road": 4, "water": 1}


def test_records_that_weigh_nothing_are_dropped(part):
    whole, two = part(weight="weight").frame((VILLAGE, ISSUE)), part("two", weight="weight").frame((VILLAGE, ISSUE))

    assert combinations(two) == {("Elm", "road", "3"): 1}
    assert sum(combinations(whole).values()) == 4


def test_the_values_of_a_slice_are_counted(part):
    assert part("one").slice_values((VILLAGE, ISSUE)) == {"one": 2, "two": 2, "": 1}


@pytest.mark.parametrize(
    ("accepted", "within", "n"), [((), 4, 3), (("one",), 2, 2), (("two",), 1, 1), (("three",), 0, 0)]
)
def test_different_households_of_a_part(part, accepted, within, n):
    """H1 of Elm is another one than H1 of Ash, where villages tell them apart."""
    own = part(*accepted)
    names = {"Ash": "Ash", "Elm": "Elm", "Oak": "Oak"}
    one_name = dict.fromkeys(names, "all")

    assert own.distinct((VILLAGE,), ("household_id",), [names]) == within
    assert own.distinct((VILLAGE,), ("household_id",), [one_name]) == n


def test_what_is_the_same_for_all_parts_is_worked_out_once(part):
    made = []
    own = part()

    assert [own.once("name", lambda: made.append(1) or len(made)) for _ in range(3)] == [1, 1, 1]
    assert own.frame((VILLAGE, ISSUE)).codes is own.frame((VILLAGE, ISSUE)).codes


def test_the_slice_is_counted_before_and_the_weight_behind_what_is_asked_for(surveyed):
    campaign = surveyed(VISITS, weight="weight")

    assert [d.variable for d in sliced(campaign, ROUND, (ISSUE,)).dimensions] == ["round", "issue", "weight"]
    assert sliced(surveyed(VISITS), None, (ISSUE,)) == Group((ISSUE,))
    assert sliced_keys(None, (VILLAGE,), ("household_id",)).by == (VILLAGE,)
