"""Tables of questions: each type, bases, order, nets, banners, intervals."""

from __future__ import annotations

import visittally
from visittally.settings import Net


def test_answers_of_a_net_that_nobody_gives_are_named(answers):
    """A misspelled answer adds nothing, and says so."""
    result = visittally.questions(answers, question=["needs"], nets=(Net("wet", "needs", ("watter", "road")),))

    [notice] = [n.message for n in result.notices if n.code == "net_answers"]
    assert "watter" in notice
    assert "road" not in notice


def test_all_questions_as_one_table(answers):
    """`long` holds the rows of every question, its name in front."""
    result = visittally.questions(answers)
    names = {row["question"] for row in result.tables["long"].to_dict()["rows"]}

    assert names == set(result.tables) - {"long"}
    assert {"sex", "needs", "rating", "age"} <= names


def test_who_belongs_to_several_groups_counts_in_each(write):
    """Groups that one cell joins split the banner; the total holds each case once."""
    asked = write(
        "asked.csv", "村,人员类别,知晓\n东村,党员;村组干部,是\n东村,党员,否\n东村,留守老人;困难户,是\n东村,困难户,是\n"
    )
    found = visittally.questions(asked, question=["知晓"], by=["respondent_group"]).tables["知晓"].to_dict()["rows"]

    assert {row["respondent_group"]: row["base"] for row in found} == {
        "党员": 2,
        "村组干部": 1,
        "困难户": 2,
        "留守老人": 1,
    }
