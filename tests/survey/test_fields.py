"""The fields and what they are called."""

import pytest

from visittally.messages import set_language
from visittally.survey.fields import (
    alias_ranks,
    canonical,
    field_called,
    field_names,
    plain_fields,
    unknown_field,
    unsure_fields,
)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Date of visit", "visit_date"),
        ("入户时间", "visit_date"),
        ("走訪幹部", "visitor"),
        ("hh_id", "household_id"),
        ("HHID", "household_id"),
        ("应走访户数", "planned"),
        ("是否办结", "status"),
        ("办理时限", "due_date"),
        ("责任单位", "responsible_unit"),
        ("household_id", "household_id"),
        ("साक्षात्कार की तारीख", "visit_date"),
        ("Дата интервью", "visit_date"),
        ("Интервьюер", "visitor"),
        ("Mhoji", "visitor"),
        ("नियोजित", "planned"),
        ("Fecha límite", "due_date"),
        ("Échéance", "due_date"),
        ("Срок исполнения", "due_date"),
        ("Data de resolução", "resolved_date"),
        ("تاريخ الحل", "resolved_date"),
        ("समाधान तिथि", "resolved_date"),
        ("Tarehe ya majibu", "reply_date"),
        ("Satisfacción", "satisfaction"),
        ("Код домохозяйства", "household_id"),
        ("Código da família", "household_id"),
    ],
)
def test_a_header_is_the_alias_of_a_field(header, field):
    assert field in alias_ranks(header)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("1、您所在的村是？", "village"),
        ("请问您所在的行政村是哪个？", "village"),
        ("您的性别", "sex"),
        ("Which village do you live in?", "village"),
        ("What is your age?", "age"),
        ("Quel est votre sexe ?", "sex"),
        ("¿Cuál es su edad?", "age"),
    ],
)
def test_a_question_may_ask_for_what_an_alias_names(header, field):
    assert field in alias_ranks(header)


def test_a_header_that_names_a_field_comes_before_one_that_asks_for_it():
    assert alias_ranks("village name")["village"] < alias_ranks("Which village do you live in?")["village"]


def test_a_question_about_something_else_asks_for_no_field():
    assert not alias_ranks("您对走访工作是否满意？")
    assert not alias_ranks("What is your opinion of the village?")


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Date de la visite", "visit_date"),
        ("Fecha de la visita", "visit_date"),
        ("تاريخ الزيارة", "visit_date"),
        ("المشكلة الرئيسية", "category"),
        ("마을", "village"),
    ],
)
def test_fields_have_names_in_other_languages(header, field):
    assert field in alias_ranks(header)


def test_every_field_goes_by_its_own_name():
    assert [name for name in plain_fields() if alias_ranks(name).get(name) != 0] == []


def test_a_word_that_means_many_things_is_unsure():
    assert "visit_outcome" in unsure_fields("备注")
    assert "visit_outcome" not in alias_ranks("备注")


def test_short_names_stand_for_fields():
    assert (canonical("household"), canonical("target"), canonical("village")) == ("household_id", "planned", "village")


def test_an_unknown_field_lists_the_nearest_fields():
    message = str(unknown_field("vilage"))

    assert 'Did you mean "village"?' in message
    assert sum(name in message for name in field_names()) < 12
    assert "visittally columns --help" in message


def test_a_field_is_known_by_its_chinese_label():
    set_language("zh")
    assert [field_called(name) for name in ("村", "组", "户", "问题", "走访日期")] == [
        "village",
        "group",
        "household_id",
        "issue",
        "visit_date",
    ]
