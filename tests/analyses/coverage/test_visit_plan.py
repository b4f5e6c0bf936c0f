"""What is counted together to know how far the visits got."""

from __future__ import annotations

import pytest

import visittally
from visittally.analyses.coverage.visit_plan import VisitPlan, combinations_frame, day_dimension
from visittally.counting.plan import Dimension
from visittally.errors import FieldError
from visittally.survey.projection import Projection

VISITS = """
    village,household_id,visit_date,outcome,group,weight
    Ash,H1,2026-03-01,completed,elderly,1
    Ash,H2,2026-03-02,absent,others,2
    """


@pytest.fixture
def planned(surveyed):
    def plan(text=VISITS, rows=("village",), **options):
        campaign = surveyed(text, **options)
        home = campaign.axis_of_field("village")
        return VisitPlan.of(campaign, [campaign.axis(name) for name in rows], None, home=home)

    return plan


def test_a_household_counts_once_within_its_village(planned):
    plan = planned()

    assert plan.group.unit == ("household_id",)
    assert [(d.variable, d.projection) for d in plan.group.dimensions] == [
        ("village", Projection.RAW),
        ("outcome", Projection.RAW),
        ("visit_date", Projection.DAY),
    ]
    assert (plan.by_household, plan.keyed, plan.village.name, plan.kind) == (True, True, "village", None)
    assert [axis.name for axis in plan.named] == ["village"]


@pytest.mark.parametrize("options", [{"per": "case"}, {"weight": "weight"}])
def test_records_count_where_the_user_says_so_and_where_they_weigh(planned, options):
    plan = planned(**options)

    assert (plan.group.unit, plan.by_household, plan.keyed, plan.village) == ((), False, False, None)


def test_without_a_household_records_count(planned):
    assert planned(VISITS.replace("household_id", "card")).keyed is False


def test_something_is_counted_in_any_case(planned):
    plan = planned("issue,age\nroad,3\nwater,4\n", ())

    assert (plan.group.dimensions, plan.outcome, plan.date) == ((Dimension("file"),), None, None)


def test_positions_of_axes_in_what_is_counted(planned):
    """The date is cut off after its day."""
    plan = planned()

    assert [plan.position(axis) for axis in (plan.axes[0], plan.outcome, plan.date)] == [0, 1, 2]
    assert day_dimension(plan.date) == Dimension("visit_date", Projection.DAY)


def test_groups_of_people_must_be_there_where_they_are_due_again(planned):
    with pytest.raises(FieldError, match="--column respondent_group=HEADER"):
        planned(revisit_after={"elderly": 30}, columns={})
    plan = planned(revisit_after={"elderly": 30}, columns={"respondent_group": "group"})
    assert plan.people.variable.name == "group"
    assert [axis.variable.name for axis in plan.named] == ["village", "group"]


def test_combinations_in_their_own_order_as_a_frame():
    """Values are sorted, each dimension by itself; the keys tell who has them, so each counts 0."""
    frame = combinations_frame([("b", "x"), ("a", "y"), ("b", "y")], 2)

    assert frame.values == (["a", "b"], ["x", "y"])
    assert frame.codes.tolist() == [[1, 0], [0, 1], [1, 1]]
    assert frame.counts.tolist() == [0, 0, 0]
    assert combinations_frame([], 2).values == ([], [])


def test_rows_that_are_issues_of_a_numbered_visit_are_one_visit(write):
    """Where households have no number, the numbers of visits tell; and that is said."""
    path = write(
        "own.csv",
        "visit_id,village,visit_date,issue,outcome\n1,Ash,2026-03-01,road,completed\n1,Ash,2026-03-01,water,completed\n"
        "2,Ash,2026-03-02,,refused\n3,Elm,2026-03-02,road,completed\n3,Elm,2026-03-02,school,completed\n",
    )
    by_visit, by_row = visittally.coverage(path), visittally.coverage(path, per="case")
    found = [
        {row["village"]: (row["visited"], row["completed"]) for row in result.tables["places"].to_dict()["rows"]}
        for result in (by_visit, by_row)
    ]

    assert found == [{"Ash": (2, 1), "Elm": (1, 1), None: (3, 2)}, {"Ash": (3, 2), "Elm": (2, 2), None: (5, 4)}]
    assert [n.code for n in by_visit.notices if n.code == "grain"] == ["grain"]
    assert "grain" not in [n.code for n in by_row.notices]
