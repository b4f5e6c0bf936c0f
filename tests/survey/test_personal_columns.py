"""Columns of names are held back whatever their headers say; places and answers are not."""

import pytest

from visittally.errors import FieldError
from visittally.survey.lookup import resolve
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


@pytest.mark.parametrize("names", [CHINESE[:2], ENGLISH[:3]])
@pytest.mark.parametrize("header", ["备注", "remark", "col7", "设备", "contact with us"])
def test_names_that_come_again_are_held_back(table, header, names):
    survey = understand([table(columns(header, names * 9))])

    assert survey.variables[header].personal
    assert survey.held_back == {header}


def test_long_numbers_are_held_back_and_stay_in_the_records(table):
    source = table(columns("x2", ("9841234567", "9808811223", "9861230042", "9741002233", "9812233445")))
    survey = understand([source])

    assert survey.held_back == {"x2"}
    assert judge_personal(source).certain == frozenset()
    assert judge_personal(source).likely == ("x2",)
    assert not understand([source], include=["x2"]).variables["x2"].personal


def test_codes_of_places_are_no_numbers_of_people(table):
    source = table(columns("village code", ("9841234567", "9808811223", "9861230042", "9741002233", "9812233445")))

    assert not understand([source]).held_back


def test_to_count_by_what_is_held_back_says_how(table):
    survey = understand([table(columns("remark", ENGLISH[:3] * 9))])

    with pytest.raises(FieldError, match="--include remark"):
        resolve(survey, "remark")


def test_what_looks_personal_is_shown_where_the_user_knows_better(table):
    source = table(columns("flat", ("3组12号", "4组7号", "2组5号", "1组1号")))

    assert understand([source]).variables["flat"].personal
    assert not understand([source], include=["flat"]).variables["flat"].personal


@pytest.mark.parametrize("value", ["9841234567", "55 1234 5678", "(234) 567-8901", "-1.326771"])
def test_a_header_that_is_a_number_of_somebody_is_none(table, value):
    survey = understand([table(f"village,issue,{value}\nAsh,road,yes\nElm,water,no")])

    assert value not in survey.variables


def test_codes_for_headers_stay(table):
    codes = ("E84320359", "G95521488", "K02900291")
    survey = understand([table(f"village,{','.join(codes)}\nAsh,yes,no,no\nElm,no,no,yes")])

    assert set(codes) <= survey.variables.keys()


@pytest.mark.parametrize(
    "header",
    [
        "income",
        "annual_expenditure",
        "Total cost (UGX)",
        "家庭年收入（元）",
        "贷款金额",
        "ingresos",
        "Доход семьи",
        "pendapatan",
    ],
)
def test_amounts_are_no_numbers_of_people(table, header):
    source = table(columns(header, ("9841234567", "9808811223", "9861230042", "9741002233", "9812233445")))

    assert not understand([source]).variables[header].personal


@pytest.mark.parametrize("header", ["补贴账号", "补助对象电话", "rent phone", "rental", "currency"])
def test_other_numbers_beside_amounts_stay_held_back(table, header):
    source = table(columns(header, ("9841234567", "9808811223", "9861230042", "9741002233", "9812233445")))

    assert understand([source]).variables[header].personal
