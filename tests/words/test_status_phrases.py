"""Sentences about what became of an issue."""

from __future__ import annotations

import pytest

from visittally.words.status_phrases import phrase_disposition


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("the pump was repaired", "resolved"),
        ("The pump was NOT repaired yet", "in_progress"),
        ("已协调解决", "resolved"),
        ("尚未解决", "in_progress"),
        ("无法解决", "cannot_resolve"),
        ("已上报镇政府", "recorded_reported"),
        ("已转交水务站处理", "referred"),
        ("the clerk answered it", "answered_on_spot"),
        ("explained the policy to the family", "explained_cannot"),
    ],
)
def test_what_a_sentence_tells(text, code):
    """Negations decide before what was done."""
    assert phrase_disposition(text) == code


@pytest.mark.parametrize(
    "sign", ["; ", "。", "，", "\n2. ", "\r\n- ", "\n20.3. ", " -> ", "→", ". ", " but ", " then "]
)
def test_of_several_stages_the_last_one_counts(sign):
    assert phrase_disposition(f"reported to the office{sign}the road was repaired") == "resolved"
    assert phrase_disposition(f"the road was repaired{sign}reported to the office") == "recorded_reported"


def test_a_line_may_break_a_sentence():
    assert phrase_disposition("尚未\n解决") == phrase_disposition("not yet\nrepaired") == "in_progress"


def test_a_clause_that_tells_nothing_does_not_count():
    assert phrase_disposition("the road was repaired; many thanks to all") == "resolved"


@pytest.mark.parametrize("text", ["", "  ", "many thanks", "x" * 290 + " was repaired"])
def test_nothing_is_told_by_other_words_and_by_long_reports(text):
    assert phrase_disposition(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "Não atendido",
        "No se ha resuelto",
        "Nunca fue atendido",
        "Ainda não foi concluído",
        "N'est pas encore réparé",
        "pas traité",
        "Не был решен",
        "noch nicht repariert",
        "समाधान नहीं हुआ",
        "मरम्मत नहीं",
        "not all repaired",
        "has never been fixed",
    ],
)
def test_a_negation_beside_what_is_done_says_that_it_is_not(text):
    assert phrase_disposition(text) == "in_progress"


@pytest.mark.parametrize(
    "text",
    [
        "No. 3 pump repaired",
        "Non-functional pump repaired",
        "La bomba que no funcionaba fue reparada",
        "Насос не работал и был отремонтирован",
        "No, ya fue resuelto",
        "Atendido",
    ],
)
def test_a_negation_of_something_else_leaves_it_done(text):
    assert phrase_disposition(text) == "resolved"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("已反馈给水利站", "referred"),
        ("已将问题反馈至镇政府", "referred"),
        ("反馈给相关部门处理", "referred"),
        ("已反馈给群众", "closed_procedural"),
        ("已向群众反馈", "closed_procedural"),
        ("水利站已反馈群众", "closed_procedural"),
    ],
)
def test_an_issue_told_to_an_office_is_passed_on_and_one_told_to_people_is_answered(text, code):
    assert phrase_disposition(text) == code
