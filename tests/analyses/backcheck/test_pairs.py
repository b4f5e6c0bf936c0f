"""Back-checks beside the visits that they check."""

from __future__ import annotations

import pytest

from visittally.analyses.backcheck.columns import sheet_columns
from visittally.analyses.backcheck.keyed import case_key
from visittally.analyses.backcheck.pairs import Asked, BackcheckSides, pair_up
from visittally.analyses.backcheck.sameness import Okay
from visittally.analyses.matching import match_questions

VISITS = """
    household_id,village,visit_date,enumerator,roof,rooms
    H1,Ash,2026-03-01,Tom,tin,2
    H2,Ash,2026-03-01,Tom,tin,3
    H3,Ash,2026-03-02,Ines,,1
    H4,Elm,2026-03-02,Ines,tiles,4
    """
CHECKS = """
    household_id,village,today,checker,roof,rooms
    H1,ASH,2026-03-11,Mo,tin,3
    H2,Ash,2026-03-12,Mo,thatch,
    H3,Ash,2026-03-02,Lu,tin,1
    """


@pytest.fixture
def paired(surveyed):
    """Lay two surveys side by side."""

    def lay(visits, checks, *, count_blank=False, okay=None, questions=("roof", "rooms"), dated=True):
        first, second = surveyed(visits, "visits.csv"), surveyed(checks, "checks.csv")
        variables, others = first.survey.variables, second.survey.variables
        matched = match_questions([variables[q] for q in questions], [others[q] for q in questions if q in others])
        sides = BackcheckSides(
            first,
            second,
            case_key(first),
            case_key(second),
            tuple(Asked(pair, "1", (okay or {}).get(pair.before.name)) for pair in matched.pairs),
            tuple(filter(None, [first.axis_of_field("visitor")])),
            sheet_columns(second.survey),
            first.survey.of_field("visit_date") if dated else None,
            second.survey.of_field("visit_date") if dated else None,
        )
        plans = sides.plans()
        return pair_up(sides, first.count(plans[0]), second.count(plans[1]), count_blank=count_blank)

    return lay


def differences(found):
    """Line of each case -> what differs of its questions."""
    return {case.line: [answer.differs for answer in case.answers] for case in found.cases}


def test_cases_are_joined_by_household_and_village_and_compared(paired):
    """A blank check is not compared; a blank visit differs. Places are folded."""
    found = paired(VISITS, CHECKS)

    assert differences(found) == {2: [False, True], 3: [True, None], 4: [True, False]}
    assert [[a.original_blank for a in case.answers] for case in found.cases] == [
        [False] * 2,
        [False] * 2,
        [True, False],
    ]
    assert [(case.second_line, case.about, case.checker) for case in found.cases] == [
        (2, ("Tom",), "Mo"),
        (3, ("Tom",), "Mo"),
        (4, ("Ines",), "Lu"),
    ]
    assert [case.days for case in found.cases] == [10, 11, 0]
    assert found.unmatched == []


def test_blank_checks_can_be_counted(paired):
    """Then a blank beside a blank is the same, beside an answer a difference."""
    blank = CHECKS.replace("H3,Ash,2026-03-02,Lu,tin,1", "H3,Ash,2026-03-02,Lu,,1")

    assert differences(paired(VISITS, blank, count_blank=True)) == {
        2: [False, True],
        3: [True, True],
        4: [False, False],
    }
    assert differences(paired(VISITS, blank)) == {2: [False, True], 3: [True, None], 4: [None, False]}


@pytest.mark.parametrize(("okay", "differs"), [(None, True), (Okay(0, 1), False), (Okay(-1, 0), True)])
def test_numbers_may_lie_off_each_other_as_far_as_is_okay(paired, okay, differs):
    """2 rooms and 3 rooms; texts are not measured."""
    found = paired(VISITS, CHECKS, okay={"rooms": okay, "roof": Okay(-9, 9)})

    assert differences(found)[2] == [False, differs]
    assert differences(found)[3][0]


def test_answers_that_both_sides_have_are_compared_alone(paired):
    assert differences(paired(VISITS, CHECKS.replace("rooms", "bedrooms"))) == {2: [False], 3: [True], 4: [True]}


# ---------------------------------------------------------------- what finds no partner
def unmatched(found):
    return [(one.side, one.line, one.reason) for one in found.unmatched]


def test_checks_without_a_visit_and_without_a_key(paired):
    """Visits that nobody checked are nothing to remark on: a check is a sample."""
    found = paired(VISITS, CHECKS.replace("H3,Ash", "H9,Ash").replace("H2,Ash", ",Ash"))

    assert unmatched(found) == [
        ("backcheck", 3, "the back-check has no key"),
        ("backcheck", 4, "no visit has this key"),
    ]
    assert list(differences(found)) == [2]


def test_keys_that_stand_twice_are_compared_with_nothing(paired):
    twice = paired(VISITS, CHECKS.replace("H2,Ash", "H1,Ash"))
    visits = paired(VISITS.replace("H2,Ash", "H1,Ash"), CHECKS)
    both = paired(VISITS.replace("H2,Ash", "H1,Ash"), CHECKS.replace("H2,Ash", "H1,Ash"))

    assert unmatched(twice) == [("backcheck", line, "the key stands twice among the back-checks") for line in (2, 3)]
    assert unmatched(visits) == [
        ("backcheck", 3, "no visit has this key"),
        *(("original", line, "the key stands twice among the visits") for line in (2, 3)),
    ]
    assert [side for side, _line, _reason in unmatched(both)] == ["backcheck"] * 2 + ["original"] * 2
    assert list(differences(twice)) == list(differences(both)) == [4]


def test_keys_are_the_same_in_any_width_case_and_as_numbers(paired):
    """A spreadsheet makes 12 of 12.0; a household H1 is h1."""
    found = paired(
        "household_id,roof,rooms\n12,tin,1\nH1,tin,2\n007,tin,3\n",
        "household_id,roof,rooms\n12.0,tin,1\n Ｈ１,tin,2\n7,tin,3\n",
        dated=False,
    )

    assert list(differences(found)) == [2, 3]
    assert unmatched(found) == [("backcheck", 4, "no visit has this key")]


# ---------------------------------------------------------------- a sheet of ours
HOUSEHOLDS = """
    household_id,enumerator,roof,rooms
    H1,Tom,tin,2
    H2,Tom,tin,3
    H3,Ines,tin,1
    H4,Ines,tiles,4
    """
SHEET = """
    household_id,No.,Stratum,Weight,Checked on,Did somebody come?,Is the record true?,Checker,roof,rooms
    H1,1,Tom,2.5,2026-03-11,yes,yes,Mo,tin,2
    H2,2,Tom,2.5,2026-03-11,no,,Mo,tin,3
    H3,3,Ines,nothing,,,,,,
    H4,4,Ines,-1,,没来,不属实,,,
    """


def test_what_stands_on_the_sheet_belongs_to_the_case(paired):
    found = paired(HOUSEHOLDS, SHEET, dated=False)

    assert [(c.number, c.stratum, c.weight, c.checker) for c in found.cases] == [
        ("1", "Tom", 2.5, "Mo"),
        ("2", "Tom", 2.5, "Mo"),
        ("4", "Ines", None, ""),
    ]
    assert unmatched(found) == [("original", 4, "drawn, and not checked")]


def test_households_that_say_nobody_came(paired):
    """One answer of the two is enough to be asked, and a single no to be one; blanks are no answer."""
    found = paired(HOUSEHOLDS, SHEET, dated=False)

    assert (found.visits, found.nobody) == (3, 2)


@pytest.mark.parametrize(
    ("first", "second", "days"),
    [
        ("2026-03-01", "2026-03-11", 10),
        ("2026-03-11", "2026-03-01", -10),
        ("9000", "9010", 10),  # as statistics programs count them
        ("2026-03-01", "9010", None),
        ("2026-03-01", "", None),
        ("", "", None),
    ],
)
def test_days_between_visit_and_check(paired, first, second, days):
    found = paired(
        f"household_id,visit_date,roof,rooms\nH1,{first},tin,1\n",
        f"household_id,visit_date,roof,rooms\nH1,{second},tin,1\n",
    )

    assert [case.days for case in found.cases] == [days]
