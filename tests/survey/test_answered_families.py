"""Families that only the answers prove."""

from __future__ import annotations

import pytest

import visittally
from visittally.survey.understanding import understand
from visittally.survey.variables import Role


def families(source):
    """Name -> options (or number of columns) of the questions with several columns."""
    survey = understand([source])
    return {v.name: [p.option for p in v.options] or len(v.parts) for v in survey.questions() if len(v.parts) > 1}


@pytest.mark.parametrize("mark", ["x", "√", "itself"])
def test_options_side_by_side_that_nothing_names_are_one_question_and_the_issue(table, mark):
    def row(village, *ticked):
        return ",".join([village, *((o if mark == "itself" else mark) if o in ticked else "" for o in names)])

    names = ("Road", "Water", "School")
    rows = [row("Ash", "Road", "School"), row("Elm", "Water"), row("Oak", "Road"), row("Fir")]
    source = table("\n".join([",".join(["Village", *names]), *rows]))

    assert families(source) == {"Road ... School": ["Road", "Water", "School"]}
    assert understand([source]).fields["issue"] == "Road ... School"


def test_two_marks_side_by_side_are_no_question(table):
    assert families(table("village,urgent,seen\nAsh,x,\nElm,,x\nOak,x,x\nFir,,")) == {}


def test_columns_of_one_header_that_are_never_filled_together_are_one_question(table):
    rows = ["Ash,road,,1", "Elm,water,,2", "Oak,,road,3", "Fir,,water,1"]
    source = table("\n".join(["village,problem,problem,n", *rows]))
    variable = understand([source]).variables["problem"]
    assert [part.role for part in variable.parts] == [Role.CELL, Role.CELL]


def test_columns_of_one_header_that_are_filled_together_stay_apart(table):
    rows = ["Ash,road,water", "Elm,water,road", "Oak,road,road"]
    assert families(table("\n".join(["village,problem,problem", *rows]))) == {}


def test_codes_and_texts_in_one_header(table):
    header = 'village,"p[SQ1]. What? [Road]","p[SQ2]. What? [Water, clean]"'
    source = table(f"{header}\nAsh,Yes,No\nElm,No,Yes\nOak,,")
    variable = understand([source]).variables["p"]
    assert [(part.option, part.label) for part in variable.options] == [("SQ1", "Road"), ("SQ2", "Water, clean")]


def test_places_of_a_ranking_are_mentions(table):
    rows = ["Ash,road,water,food", "Elm,water,,", "Oak,food,road,", "Fir,road,food,water"]
    source = table("\n".join(["village,Which? [Rank 1],Which? [Rank 2],Which? [Rank 3]", *rows]))
    assert families(source) == {"Which?": 3}


def test_numbers_of_ticks_may_begin_anywhere_and_have_gaps(table):
    rows = ["Ash,1,,1,", "Elm,,1,1,", "Oak,1,,,"]
    source = table("\n".join(["village,Q5_10,Q5_12,Q5_13,Q5_14", *rows]))
    assert families(source) == {"Q5": ["10", "12", "13", "14"]}


def test_there_is_and_there_is_not_are_ticks(table):
    source = table("村,反映问题-道路,反映问题-饮水,反映问题-教育\n甲村,有,无,无\n乙村,无,有,无\n丙村,无,有,有")
    assert families(source) == {"反映问题": ["道路", "饮水", "教育"]}


def test_markup_in_headers_is_not_shown(table):
    source = table("village,**Which** <b>needs</b>?/road,**Which** <b>needs</b>?/water\nAsh,1,0\nElm,0,1\nOak,1,1")
    assert families(source) == {"Which needs?": ["road", "water"]}


def test_a_copy_of_a_name_as_libraries_write_it_is_the_same_question(table):
    rows = ["Ash,road,", "Elm,,water", "Oak,road,", "Ash,,road", "Elm,water,"]
    variable = understand([table("\n".join(["village,problem?,problem?.1", *rows]))]).variables["problem?"]
    assert [part.role for part in variable.parts] == [Role.CELL, Role.CELL]


def test_one_and_two_for_yes_and_no_are_ticks(table):
    source = table("village,needs/road,needs/water\nAsh,1,2\nElm,2,1\nOak,1,1\nFir,2,2")
    assert families(source) == {"needs": ["road", "water"]}


@pytest.mark.parametrize("header", ["Solved,In progress,Not solved", "已办结,正在办理,未办理"])
def test_a_column_for_each_status_says_what_became_of_an_issue(tmp_path, header):
    path = tmp_path / "visits.csv"
    lines = [f"village,problem,{header}"]
    told = (("road", "x,,"), ("water", ",x,"), ("road", ",,x"), ("power", "x,,"))
    lines += [f"Elm,{issue},{ticks}" for issue, ticks in told]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    result = visittally.followup([str(path)])
    total = next(row for row in result.tables["summary"].to_dict()["rows"] if row.get("total"))
    assert (total["collected"], total["resolved"], total["open"]) == (4, 2, 2)
    names = {row["status"]: row["mentions"] for row in result.tables["statuses"].to_dict()["rows"] if row["status"]}
    assert names == dict(zip(header.split(","), (2, 1, 1), strict=True))


def test_a_column_for_each_status_below_one_heading_is_no_tick_of_its_own(tmp_path):
    path = tmp_path / "visits.csv"
    lines = [
        "村,问题,办理情况,,",
        ",,已办结,办理中,未办理",
        "东村,道路,√,,",
        "西村,饮水,,√,",
        "东村,道路,,,√",
        "西村,路灯,√,,",
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    rows = visittally.followup([str(path)]).tables["summary"].to_dict()["rows"]
    assert [(row["collected"], row["resolved"]) for row in rows if row.get("total")] == [(4, 2)]
