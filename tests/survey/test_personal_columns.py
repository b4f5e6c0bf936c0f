"""Columns of names are held back whatever their headers say; places and answers are not."""

import pytest

from visittally.survey.understanding import judge_personal, understand

CHINESE = ("王小明", "李芳", "张建国", "刘洋", "陈静", "周涛")
ENGLISH = ("Wanjiru Kamau", "Ann Otieno", "Peter Mwangi", "Joseph Kimani", "Grace Njeri", "John Mbugua")
PLACES = ("Ash Hill", "Elm Grove", "Oak End", "Fir Bank", "Yew Tree", "Bay Cross")


def columns(header, values):
    return f"village,{header}\n" + "\n".join(f"Ash,{value}" for value in values)


@pytest.mark.parametrize("names", [CHINESE, ENGLISH])
@pytest.mark.parametrize("header", ["备注", "remark", "col7", "issue", "status", "问题", "result"])
def test_names_are_held_back_under_any_header(table, header, names):
    source = table(columns(header, names))
    survey = understand([source])

    assert survey.variables[header].personal
    assert judge_personal(source).certain == {1}
    assert [notice.code for notice in survey.notices] == ["names_held_back"]
    assert header in survey.notices[0].message
    assert not any(name in survey.notices[0].message for name in names)


@pytest.mark.parametrize("names", [CHINESE, ENGLISH])
def test_a_named_column_is_shown(table, names):
    source = table(columns("remark", names))
    survey = understand([source], include=["remark"])

    assert not survey.variables["remark"].personal
    assert judge_personal(source, include=["remark"]).certain == frozenset()
    assert not survey.notices


@pytest.mark.parametrize("header", ["village name", "school", "location", "自然村", "责任单位", "小区"])
def test_places_and_offices_are_no_people(table, header):
    survey = understand([table(f"number,{header}\n" + "\n".join(f"1,{value}" for value in PLACES))])

    assert not survey.variables[header].personal


@pytest.mark.parametrize(
    "answers",
    [
        ("Piped Water", "Shared Tap", "Bottled Water", "Protected Spring", "Open Well", "Tanker Truck"),
        ("道路", "饮水", "高龄补贴", "水渠", "路灯", "黄土坡修路"),
        ENGLISH[:1] * 6,
    ],
)
def test_answers_are_no_people(table, answers):
    assert not understand([table(columns("remark", answers))]).variables["remark"].personal


def test_what_stands_about_somebody_is_no_header(table):
    source = table("姓名,王小明,电话,13812345678\n地址,东坪村,联系人,李芳\n问题,道路不平,状态,办理中")
    survey = understand([source])

    assert not {"王小明", "13812345678"} & {*survey.variables}
    assert {1, 3} <= judge_personal(source).certain
