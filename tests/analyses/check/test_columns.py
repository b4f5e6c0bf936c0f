"""Which columns a check looks at."""

from __future__ import annotations

import pytest

from visittally.analyses.check.columns import columns_of

VISITS = """
    visit_id,enumerator,village,visit_date,issue,roof,rooms,户主姓名,联系电话
    1,Ann,Ash,2026-03-01,road,tin,2,Cy,13900000001
    2,Bo,Elm,2026-03-02,water,straw,14,Di,13900000002
    3,Ann,Ash,2026-03-02,road,tin,3.5,Ed,13900000003
    """


@pytest.fixture
def found(surveyed):
    return lambda text=VISITS, **options: columns_of(surveyed(text, **options))


def names(variables):
    return [variable.name for variable in variables]


def test_who_where_and_when_are_no_questions(found):
    columns = found()

    assert (columns.visitor.name, columns.village.name) == ("visitor", "village")
    assert names(columns.questions.chosen) == ["issue", "roof"]
    assert names(columns.questions.numbers) == ["rooms"]
    assert names(columns.questions.all) == ["issue", "roof", "rooms"]


def test_questions_that_the_user_leaves_out(found):
    assert names(found(ignore=("roof",)).questions.all) == ["issue", "rooms"]


def test_somebody_else_in_the_place_of_the_visitor_is_no_question(found):
    columns = found(by=("roof",))

    assert columns.visitor.name == "roof"
    assert "roof" not in names(columns.questions.all)
    assert "enumerator" not in names(columns.questions.all)


def test_records_repeat_without_regard_to_running_numbers(found):
    assert names(found().whole) == [
        "enumerator", "village", "visit_date", "issue", "roof", "rooms", "户主姓名", "联系电话",
    ]  # fmt: skip


def test_people_are_looked_at_but_never_the_telephone_of_who_came(found):
    fields = found().fields

    assert (fields["phone"].name, fields["respondent"].name) == ("联系电话", "户主姓名")
    other = found("enumerator,调查员电话,village,x\nAnn,13900000001,Ash,1\nBo,13900000002,Elm,2\n").fields
    assert "phone" not in other


def test_what_is_counted_before_the_records_are_read(found):
    counted = [group.dimensions[0] for group in found().plan.groups]

    assert len(set(counted)) == len(counted)
    assert {dimension.variable for dimension in counted} == {
        "enumerator", "village", "issue", "roof", "rooms", "visit_date",
    }  # fmt: skip


@pytest.mark.parametrize(("header", "asks"), [("consent", True), ("photo_consent", False)])
def test_consent_of_nearly_all_says_how_visits_ended(found, header, asks):
    def text(blank):
        return f"village,{header}\n" + "Ash,yes\n" * (9 - blank) + "Elm,no\n" + "Elm,\n" * blank

    assert ("visit_outcome" in found(text(2)).fields) is asks
    assert (header in names(found(text(2)).questions.all)) is not asks
    assert "visit_outcome" not in found(text(3)).fields


def test_an_outcome_comes_before_consent(found):
    columns = found("village,consent,outcome\nAsh,yes,Completed\nElm,no,Refused\nOak,yes,Not at home\n")

    assert columns.fields["visit_outcome"].name == "outcome"


@pytest.mark.parametrize(
    ("headers", "positions"),
    [
        ("gps_latitude,gps_longitude", ["gps_latitude", "gps_longitude"]),
        ("lat,lon", ["lat", "lon"]),
        ("_place_latitude,_place_longitude", ["_place_latitude", "_place_longitude"]),
        ("start_lat,end_lon", []),
        ("纬度,经度", ["纬度", "经度"]),
        ("flat,salon", []),
        ("lat,x", []),
    ],
)
def test_latitude_and_longitude_of_one_place(found, headers, positions):
    columns = found(f"village,{headers}\nAsh,6.5,12.25\nElm,6.6,12.5\nOak,6.7,12.75\n")

    assert names(columns.positions) == positions


def test_what_the_form_works_out_is_no_question(found, write):
    form = write("form.csv", "type,name,label\ncalculate,roof,Roof\ntext,issue,Issue\n")
    choices = write("choices.csv", "list_name,name,label\nyn,yes,Yes\n")

    assert "roof" not in names(found(form=(form, choices)).questions.all)
