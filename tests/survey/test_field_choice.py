"""Which variable is which field: by alias, by a word in the header, by its answers; rivals are named."""

from __future__ import annotations

import pytest

from visittally.survey.understanding import understand

SURE = "Ash,road\nElm,water\nOak,school\n"


def chosen(table, text, field, **named):
    survey = understand([table(text)], **named)
    guess = next((g for g in survey.guesses if g.field == field), None)
    return (survey.fields.get(field), *(() if guess is None else (guess.runners_up, guess.certain)))


def test_an_alias_without_a_rival_is_certain(table):
    assert chosen(table, "village,issue\n" + SURE, "village") == ("village", (), True)


def test_what_the_user_names_is_taken(table):
    text = "village,place 2,issue\nAsh,A,road\nElm,B,water\nOak,C,school\n"

    assert chosen(table, text, "village", columns={"village": "place 2"})[:2] == ("place 2", ())


def test_a_word_in_a_header_is_a_guess_with_its_rivals(table):
    """And only among columns with at least three different answers."""
    text = "village of birth,village of schooling,issue\nAsh,Fir,road\nElm,Yew,water\nOak,Box,school\n"
    name, rivals, certain = chosen(table, text, "village")

    assert {name, *rivals} == {"village of birth", "village of schooling"}
    assert not certain
    assert chosen(table, "village of schooling,issue\nAsh,road\nAsh,water\nElm,school\n", "village") == (None,)


@pytest.mark.parametrize("header", ["needs other", "needs_specify", "any problems?"])
def test_side_questions_are_never_the_issue(table, header):
    """Write-ins, and questions that are answered by yes or no."""
    answers = ("yes", "no", "yes") if "?" in header else ("roof", "well", "road")
    text = f"village,{header}\n" + "".join(f"{v},{a}\n" for v, a in zip(("Ash", "Elm", "Oak"), answers, strict=True))

    assert chosen(table, text, "issue")[0] is None


@pytest.mark.parametrize("header", ["marital_status", "_validation_status", "consent_photo"])
def test_a_word_is_not_enough_for_a_status(table, header):
    assert chosen(table, f"village,{header}\nAsh,married\nElm,single\nOak,widowed\n", "status")[0] is None


def test_answers_tell_a_status(table):
    """Where half of the different ones are words for it."""
    text = "village,status of work\nAsh,open\nElm,resolved\nOak,in progress\n"

    assert chosen(table, text, "status")[0] == "status of work"


def test_a_category_comes_before_a_text(table):
    texts = ("the road to the school is bad", "no clean water since autumn", "the teacher has left the village")
    rows = zip(("Ash", "Elm", "Oak"), ("road", "water", "school"), texts, strict=True)
    text = "village,category,description\n" + "".join(f"{v},{c},{t}\n" for v, c, t in rows)

    assert chosen(table, text, "issue")[0] == "category"


@pytest.mark.parametrize("header", ["Main community problem", "Village concerns raised", "问题所属村类别"])
def test_a_problem_of_the_community_is_no_place(table, header):
    rows = "\n".join(f"{['water', 'road', 'school'][n % 3]},{n}" for n in range(9))

    assert chosen(table, f"{header},no\n{rows}\n", "village")[0] is None


@pytest.mark.parametrize("told", ["", "the way to the school is bad"])
def test_a_category_of_few_records_stays_one_though_nearly_each_names_another(table, told):
    """More than half of twenty answers that differ are free texts elsewhere; these are categories that we know."""
    names = "Education,Health care,Housing,Roads and transport,Public safety,Jobs,Farming technology,Water supply"
    names += ",Environment and sanitation,Land,Business,Policy questions"
    records = [*names.split(","), *names.split(",")[:9]]
    text = "village,issue category,issue description\n"
    text += "".join(f"Ash,{c},{told and f'{told} {n}'}\n" for n, c in enumerate(records))

    assert chosen(table, text, "issue")[0] == "issue category"


def test_a_column_without_an_answer_is_never_the_issue_beside_one_with_answers(table):
    words = ("Ducks", "Geese", "Hens", "Swans", "Cranes", "Storks", "Owls", "Larks", "Crows", "Finches", "Doves")
    text = "村,问题类别,反映问题\n" + "".join(f"东村,{w} {n},\n" for n in (1, 2) for w in words)

    assert chosen(table, text, "issue")[0] == "问题类别"


@pytest.mark.parametrize(
    ("group", "below", "field"),
    [
        ("回访", "时间", "reply_date"),
        ("办理情况", "日期", "resolved_date"),
        ("Action taken", "Date", "resolved_date"),
        ("走访情况", "时间", "visit_date"),
        ("基本情况", "日期", "visit_date"),
    ],
)
def test_a_date_below_a_group_is_the_date_of_that(table, group, below, field):
    text = f"村,问题,办理状态,{group},\n,,,{below},备注\n甲村,道路,已办结,2026-03-05,a\n乙村,饮水,办理中,2026-03-06,\n"

    assert chosen(table, text, field)[0] == f"{group} {below}"
    assert field == "visit_date" or chosen(table, text, "visit_date") == (None,)


def test_a_date_of_what_came_after_the_visit_is_not_the_visit_s(table):
    """Although nothing says which day it is."""
    text = "Village,Issue,Follow-up,\n,,Status,Date\nAsh,road,Resolved,2026-03-05\nElm,water,Open,2026-03-06\n"

    assert chosen(table, text, "visit_date") == chosen(table, text, "resolved_date") == (None,)


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        (("党员；村组干部", "党员", "留守老人", "困难户"), "respondent_group"),
        (("elderly", "migrant workers", "party members", "others"), "respondent_group"),
        (("住户", "企业", "学校", "住户"), "target_type"),
        (("A类", "B类", "C类", "A类"), "target_type"),
    ],
)
def test_kinds_of_people_are_no_kinds_of_targets(table, answers, field):
    """Those who are homes and enterprises are counted apart; party members are all of them households."""
    text = "村,对象类型,问题类别\n" + "".join(f"东村,{answer},教育\n" for answer in answers)
    other = {"respondent_group": "target_type", "target_type": "respondent_group"}[field]

    assert chosen(table, text, field)[0] == "对象类型"
    assert chosen(table, text, other)[0] is None
