"""What a part of a survey comes to."""

from __future__ import annotations

import pytest

from visittally.analyses.compare.figures import ComparedFigure, FigurePlan, indicator_label
from visittally.analyses.compare.parts import ComparedPart
from visittally.analyses.unit import Unit, decide_unit

VISITS = """
    village,household_id,outcome,issue,status
    Ash,1,Completed,road;water,resolved
    ASH,2,Refused,,
    Elm,1,Completed,none,
    Elm,1,Completed,road,invalid
    ,3,Not at home,light,open
    """


@pytest.fixture
def figures(surveyed):
    """What a survey comes to as a whole."""

    def find(text=VISITS, across="", **options):
        campaign = surveyed(text, **options)
        unit = decide_unit(campaign) if options.get("per") else Unit()
        plan = FigurePlan.of(campaign, unit, campaign.axis(across) if across else None)
        return plan.figures(ComparedPart(campaign, campaign.count(plan.plan(campaign, None))))

    return find


def test_every_indicator_that_the_columns_tell(figures):
    """A village spelled in two ways is one, a blank none; what is invalid was never collected."""
    assert figures() == {
        "visits": ComparedFigure(5),
        "households": ComparedFigure(4),
        "villages": ComparedFigure(2),
        "mentions": ComparedFigure(4),
        "per_100": ComparedFigure(4, 5, ratio=True),
        "collected": ComparedFigure(3),
        "handled": ComparedFigure(2, 3),
        "resolved": ComparedFigure(2, 3),
        "completed": ComparedFigure(3, 5),
        "refused": ComparedFigure(1, 5),
    }


def test_without_columns_there_are_visits_alone(figures):
    assert figures("roof,rooms\ntin,2\nstraw,3\n") == {"visits": ComparedFigure(2)}


def test_households_without_a_village_are_told_by_their_number(figures):
    assert figures("household_id,roof\n1,tin\n2,straw\n1,tin\n")["households"] == ComparedFigure(2)


def test_another_question_in_the_place_of_the_issue_has_no_status(figures):
    found = figures("village,needs,issue,status\nAsh,tools;seed,road,resolved\nElm,seed,water,open\n", across="needs")

    assert found["mentions"] == ComparedFigure(3)
    assert "handled" not in found


def test_the_visits_of_a_household_are_one_case(figures):
    found = figures(per="household")

    assert found["visits"] == ComparedFigure(4)
    assert found["completed"].base == 4


def test_a_share_and_so_many_for_each_hundred():
    assert ComparedFigure(3, 8).percent == ComparedFigure(3, 8, ratio=True).percent == 37.5
    assert (ComparedFigure(3).percent, ComparedFigure(3, 0).percent) == (None, None)


def test_indicators_have_names_and_answers_their_own():
    assert (indicator_label("per_100"), indicator_label("road")) == ("Issues per 100 visits", "road")
