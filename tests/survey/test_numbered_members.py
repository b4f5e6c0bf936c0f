"""Numbered columns as families."""

from __future__ import annotations

import pytest

from visittally.survey.family import FamilyColumns
from visittally.survey.headers import Heading
from visittally.survey.numbered_members import issues_with_status, numbered_columns
from visittally.survey.variables import QuestionKind, Role


@pytest.fixture
def look(columns):
    """The columns of a table while families are looked for; `labels` stand below their headers."""

    def make(labels=(), **cells):
        headings, profiles, sample = columns(**cells)
        if labels:
            texts = zip(headings, labels, strict=True)
            headings = [Heading(h.position, h.header, h.name, label=label) for h, label in texts]
        return FamilyColumns(headings, profiles, sample)

    return make


TICKS = {"Q5_10": "1 0 1 0", "Q5_11": "0 1 1 0", "Q5_12": "1 1 0 0"}


def test_an_option_is_called_by_its_number_or_whole_where_no_sign_stands_before_it(look):
    [signs] = numbered_columns(look(**TICKS))
    [none] = numbered_columns(look(inco1="1 0 1 0", inco2="0 1 1 0", inco3="1 1 0 0"))

    assert (signs.name, signs.role, [m.option for m in signs.members]) == ("Q5", Role.OPTION, ["10", "11", "12"])
    assert [m.option for m in none.members] == ["inco1", "inco2", "inco3"]


def test_labels_lose_the_question_that_they_share(look):
    [found] = numbered_columns(look(["Needs? - Road", "Needs? - Water", "Needs? - Light"], **TICKS))

    assert (found.label, [m.label for m in found.members]) == ("Needs?", ["Road", "Water", "Light"])


@pytest.mark.parametrize("labels", [["Road", "Water", ""], ["Needs", "Needs", "Needs"], ["Road", "Water", "Light"]])
def test_labels_that_are_missing_alike_or_share_nothing_tell_no_options(look, labels):
    [found] = numbered_columns(look(labels, **TICKS))

    assert found.label == ""
    assert [m.label for m in found.members] == ["", "", ""]


def test_mentions_are_asked_of_all_where_a_column_counts_them(look):
    cells = {"need1": "w r l w", "need2": "r l . .", "need3": "l . . ."}
    [mentions] = numbered_columns(look(**cells))
    [counted] = numbered_columns(look(number_of_needs="3 2 1 1", **cells))

    assert (mentions.role, mentions.kind, mentions.all_asked) == (Role.MENTION, QuestionKind.MULTI, False)
    assert counted.all_asked
    assert [(m.option, m.label) for m in mentions.members] == [("", "")] * 3


def test_what_stands_beside_each_issue_belongs_to_it(look):
    cells = {
        "issue_1": "road water road light", "status_1": "open closed open closed",
        "issue_2": "water . light .", "status_2": "closed . open .",
    }  # fmt: skip
    issues, status = issues_with_status(look(**cells))

    assert (issues.name, issues.beside, [m.position for m in issues.members]) == ("issue", "", [0, 2])
    assert (status.name, status.beside, [m.position for m in status.members]) == ("status", "issue", [1, 3])
    assert {issues.role, status.role} == {Role.MENTION}


@pytest.mark.parametrize("status", ["Estado", "Situação", "Statut", "Статус", "الحالة", "Hali", "स्थिति", "办理情况"])
def test_what_became_of_each_issue_stands_beside_it_in_any_language(look, status):
    cells = {
        "problema1": "road water road light", f"{status}1": "open closed open closed",
        "problema2": "water . light .", f"{status}2": "closed . open .",
    }  # fmt: skip
    found = [(family.name, family.beside) for family in issues_with_status(look(**cells))]

    assert found == [("problema", ""), (status, "problema")]
