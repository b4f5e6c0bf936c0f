"""The plan of visits, who, where and when, beside what was done."""

from __future__ import annotations

import pytest

import visittally
from visittally.errors import FieldError

VISITS = """
    村,走访人,走访日期,户编号
    东村,陈大明,2026-03-02,1
    东村,陈大明,2026-03-02,2
    西村,赵建国,2026-03-09,3
    南村,赵建国,2026-03-08,4
    北村,陈大明;刘小红,2026-03-05,5
    外村,刘小红,2026-03-05,6
    """
PLAN = """
    村,走访人,计划日期
    东村,陈大明,2026-03-02
    西村,赵建国,2026-03-05
    南村,陈大明,2026-03-08
    北村,刘小红,2026-03-06
    中村,刘小红,2026-03-06
    远村,刘小红,2026-04-01
    """


@pytest.fixture
def visits(write):
    return write("visits.csv", VISITS)


def lines(visits, plan, **options):
    table = visittally.coverage(visits, plan=plan, show_visitors=True, **options).tables["plan"]
    return {row["village"]: row for row in table.to_dict()["rows"]}, table


def test_each_line_of_the_plan_says_what_came_of_it(visits, write):
    found, table = lines(visits, write("plan.csv", PLAN))

    assert {place: row["state"] for place, row in found.items()} == {
        "东村": "on_day", "西村": "late", "南村": "by_others", "北村": "early", "中村": "not_done", "远村": "ahead",
    }  # fmt: skip
    assert (found["东村"]["visited"], found["西村"]["days_late"], found["北村"]["days_late"]) == (2, 4, -1)
    assert found["西村"]["visitor"] == "赵建国"
    assert "Visits that no line of the plan provides for: 2." in table.notes  # 外村, and 赵建国 in 南村


def test_a_place_that_is_planned_twice_takes_each_visit_once(write):
    visits = write("visits.csv", "village,visit_date\nAsh,2026-03-02\nAsh,2026-03-20\nAsh,2026-03-21\n")
    plan = write("plan.csv", "village,planned date\nAsh,2026-03-01\nAsh,2026-03-20\n")
    rows = visittally.coverage(visits, plan=plan).tables["plan"].to_dict()["rows"]

    assert [(row["planned_date"], row["visited"], row["state"]) for row in rows] == [
        ("2026-03-01", 1, "late"),
        ("2026-03-20", 2, "on_day"),
    ]


def test_visitors_have_stand_ins_in_the_plan_too(visits, write):
    table = visittally.coverage(visits, plan=write("plan.csv", PLAN)).tables["plan"]
    assert all(row["visitor"].startswith("V0") for row in table.to_dict()["rows"])


def test_a_plan_without_a_date_is_refused_with_its_columns(visits, write):
    with pytest.raises(FieldError, match=r"a date\. Columns are: 村, 几号"):
        visittally.coverage(visits, plan=write("plan.csv", "村,几号\n东村,x\n"))


def test_the_columns_of_the_plan_can_be_named(visits, write):
    plan = write("plan.csv", "哪个村,几号\n东村,2026-03-02\n")
    found, _table = lines(visits, plan, roster_columns={"village": "哪个村", "visit_date": "几号"})
    assert found["东村"]["state"] == "on_day"


def test_visits_of_one_place_person_and_day_are_planned_together(write):
    """Which household was visited is not compared: of two planned and two made none is "not done"."""
    plan = write("plan.csv", "village,household,planned date\nAsh,1,2026-03-02\nAsh,2,2026-03-02\nElm,3,2026-03-02\n")

    def told(visits):
        rows = visittally.coverage(write("visits.csv", visits), plan=plan).tables["plan"].to_dict()["rows"]
        return [(row["village"], row["planned_visits"], row["visited"], row["state"]) for row in rows]

    both = "village,household,visit_date\nAsh,1,2026-03-02\nAsh,2,2026-03-02\n"
    assert told(both) == [("Ash", 2, 2, "on_day"), ("Elm", 1, 0, "not_done")]
    assert told(both.replace("Ash,2", "Elm,3")) == [("Ash", 2, 1, "partly"), ("Elm", 1, 1, "on_day")]


@pytest.mark.parametrize("header", ["plan_date", "date planned", "scheduled", "Planned visit date", "计划入户日期"])
def test_the_planned_day_goes_by_many_names(write, header):
    visits = write("a.csv", "village,visit date\nAsh,2026-03-01\nElm,2026-03-03\n")
    plan = write("plan.csv", f"village,{header}\nAsh,2026-03-01\nElm,2026-03-01\n")

    rows = visittally.coverage(visits, plan=plan).tables["plan"].to_dict()["rows"]

    assert [(row["village"], row["days_late"]) for row in rows] == [("Ash", 0), ("Elm", 2)]
