"""Answers that nobody finished."""

from __future__ import annotations

import pytest

from visittally.survey.all_tables import merge
from visittally.survey.one_table import draft_tables
from visittally.survey.unfinished import unfinished

QUALTRICS = "StartDate,EndDate,Status,IPAddress,Progress,Finished,RecordedDate,ResponseId,village\n"
LIME = "id,submitdate,lastpage,startlanguage,village\n"


@pytest.fixture
def said(table):
    """What is said of tables of a tool: cells of the column that says whether a record was finished."""

    def say(*lists, head=QUALTRICS):
        at, width = (5, 9) if head == QUALTRICS else (1, 5)
        texts = [
            head + "\n".join(",".join(cell if i == at else f"x{n}" for i in range(width)) for n, cell in enumerate(own))
            for own in lists
        ]
        drafts = draft_tables([table(text, file=f"{n}.csv") for n, text in enumerate(texts)])
        return [notice.message for notice in unfinished(merge(drafts), drafts)]

    return say


def test_records_left_before_their_end_are_counted_over_all_tables(said):
    [message] = said(["True", "False", "True"], ["False", "True", "False"])

    assert '"Finished": 3 records were not completed' in message
    assert '--where "Finished=True"' in message


def test_one_is_said_in_the_singular(said):
    assert "1 record was not completed. It counts like the others" in said(["1", "0", "1"])[0]


def test_a_day_in_the_place_of_a_word_is_asked_for_by_not_blank(said):
    [message] = said(["2026-04-01 10:00:00", "", "2026-04-02 10:00:00"], head=LIME)

    assert "1 record was" in message
    assert '!="' in message


@pytest.mark.parametrize("cells", [["True", "True"], ["False", "False"]])
def test_nothing_is_said_where_all_or_none_were_finished(said, cells):
    assert said(cells) == []


def test_a_column_of_that_name_from_no_tool_says_nothing(said):
    assert said(["True", "False"], head="a,b,c,d,e,Finished,g,h,village\n") == []
