"""Which columns of a roster hold the planned numbers or the households."""

from __future__ import annotations

import pytest

import visittally
from visittally.errors import FieldError


def planned(found):
    return [(p.names, p.number.value, p.number.approximate) for p in found.planned]


def test_households_that_are_planned_once_each_are_a_list_of_households(entries):
    found = entries("village,household id,planned\nAsh,1,1\nAsh,2,1\nBirch,1,1\n")

    assert [(h.village, h.household) for h in found.listed] == [("Ash", "1"), ("Ash", "2"), ("Birch", "1")]
    assert not found.notices


@pytest.mark.parametrize(("numbers", "total"), [("101", 1), ("231", 5), ("111", 1)], ids=["chosen", "several", "named"])
def test_numbers_of_households_add_up(entries, numbers, total):
    """But a number that stands at all households of a place, and that was named, is the place's own."""
    columns = {"target": "planned"} if numbers == "111" else {}
    first, second, third = numbers

    found = entries(f"village,household id,planned\nAsh,1,{first}\nAsh,2,{second}\nBirch,1,{third}\n", **columns)

    assert sum(one.number.value for one in found.planned if one.names == ("Ash",)) == total


def test_a_number_that_all_households_of_a_place_share_is_that_of_the_place(entries):
    found = entries("village,household id,planned\nAsh,1,20\nAsh,2,20\nBirch,1,30\n")

    assert planned(found) == [(("Ash",), 20, False), (("Birch",), 30, False)]
    assert [notice.code for notice in found.notices] == ["roster_repeats"]


def test_columns_can_be_named(entries):
    text = "Site,Soll,Ist\nAsh,4,3\n"
    assert planned(entries(text, village="Site", target="Soll")) == [(("Ash",), 4, False)]

    several = entries(text, village="Site", **{"target.home": "Soll", "target.office": "Ist"})
    assert several.kinds == ("home", "office")


@pytest.mark.parametrize(
    ("text", "columns", "reason"),
    [
        ("village,remark\nAsh,x\n", {}, "neither|no column holds the planned numbers"),
        ("place of birth,planned\nAsh,4\n", {}, "no column for village"),
        ("village,planned\nAsh,4\n", {"village": "nosuch"}, "nosuch"),
    ],
)
def test_what_a_roster_lacks_is_named(entries, text, columns, reason):
    with pytest.raises(FieldError, match=reason):
        entries(text, **columns)


def test_further_numbers_beside_those_of_households_are_named(entries):
    found = entries("village,households,shops,people,remarks\nAsh,5,2,20,far\nBirch,4,0,16,\n")

    (notice,) = [notice for notice in found.notices if notice.code == "roster_unused"]
    assert "shops, people" in notice.message
    assert [number for _names, number, _about in planned(found)] == [5, 4]
    assert not entries("village,planned,people\nAsh,5,20\nBirch,4,16\n").notices


def test_what_is_planned_comes_before_all_households_and_the_choice_is_said(entries):
    found = entries("村,总户数,计划走访户数\nAsh,50,20\nBirch,40,16\n")

    (notice,) = found.notices
    assert (notice.code, "总户数" in notice.message) == ("roster_unused", True)
    assert [number for _names, number, _about in planned(found)] == [20, 16]
    assert not entries("村,总户数,序号\nAsh,50,1\nBirch,40,2\n").notices


@pytest.mark.parametrize(
    "header",
    [
        *(
            "Households planned",
            "No. of households to visit",
            "Ménages prévus",
            "Hogares planificados",
            "Agregados planeados",
        ),
        *(
            "عدد الأسر المستهدفة",
            "Số hộ kế hoạch",
            "लक्ष्य परिवार",
            "लक्षित घरधुरी",
            "План (дворов)",
            "拟走访农户数",
            "Kaya zilizolengwa",
        ),
    ],
)
def test_planned_numbers_go_by_many_names(tmp_path, header):
    assert "roster_guessed" not in covered(tmp_path, f"village,{header}\nElm,5\nOak,7\n")


def test_the_only_column_of_numbers_is_taken_and_said(tmp_path):
    assert "roster_guessed" in covered(tmp_path, "No,village,Foyers\n1,Elm,5\n2,Oak,7\n")


def test_two_columns_of_numbers_are_refused_where_none_is_named(tmp_path):
    with pytest.raises(visittally.VisitTallyError, match="planned numbers"):
        covered(tmp_path, "village,Alpha,Beta\nElm,5,2\nOak,7,1\n")


def covered(tmp_path, roster):
    (tmp_path / "visits.csv").write_text("village,date\nElm,2026-03-01\nOak,2026-03-02\nOak,2026-03-03\n", "utf-8")
    (tmp_path / "roster.csv").write_text(roster, "utf-8")
    result = visittally.coverage([str(tmp_path / "visits.csv")], roster=str(tmp_path / "roster.csv"))
    (total,) = [row for row in result.tables["places"].to_dict()["rows"] if row.get("total")]
    assert (total["target"], total["visited"]) == (12, 3)
    return {notice.code for notice in result.notices}


def test_planned_numbers_of_several_kinds_have_a_column_each(tmp_path):
    (tmp_path / "visits.csv").write_text("村,走访对象类别\n东村,住户\n西村,企业\n西村,住户\n", "utf-8")
    (tmp_path / "roster.csv").write_text("村,应走访住户数,应走访企业数\n东村,5,1\n西村,7,2\n", "utf-8")
    result = visittally.coverage([str(tmp_path / "visits.csv")], roster=str(tmp_path / "roster.csv"))
    (total,) = [row for row in result.tables["places"].to_dict()["rows"] if row.get("total")]
    assert (total["target_住户"], total["target_企业"]) == (12, 3)
