"""Visitors are told apart however few their visits are: each has a stand-in of his own."""

import visittally

VISITS = """
    村,走访人,走访日期,户编号
    东村,陈大明;刘小红,2026-03-02,1
    东村,陈大明,2026-03-02,2
    西村,赵建国,2026-03-07,3
    西村,赵建国,2026-03-09,4
    """


def test_each_visitor_has_a_stand_in(write):
    rows = visittally.summarize(write("visits.csv", VISITS), by="visitor").tables["areas"].to_dict()["rows"]
    assert sorted(row["cases"] for row in rows if not row.get("total")) == [1, 2, 2]


def test_names_are_shown_to_whoever_asks_for_them(write):
    table = visittally.summarize(write("visits.csv", VISITS), by="visitor", show_visitors=True).tables["areas"]
    assert {row["visitor"] for row in table.to_dict()["rows"]} == {"陈大明", "刘小红", "赵建国", None}


def test_households_are_divided_by_those_who_visited(write):
    tables = visittally.coverage(write("visits.csv", VISITS)).tables
    levels = {row["level"]: row["count"] for row in tables["levels"].to_dict()["rows"]}
    ratios = {row["name"]: row for row in tables["ratios"].to_dict()["rows"]}

    assert levels["visitors"] == 3
    assert ratios["households_per_visitor"]["value"] == 4 / 3


def test_what_is_planned_is_divided_by_them_too(write):
    roster = write("plan.csv", "村,目标户数\n东村,8\n西村,10余\n")
    ratios = visittally.coverage(write("visits.csv", VISITS), roster=roster).tables["ratios"].to_dict()["rows"]
    planned = next(row for row in ratios if row["name"] == "planned_per_visitor")

    assert (planned["numerator"], planned["denominator"]) == (18, 3)
