"""Tables whose rows are no records are named as what they are."""

from __future__ import annotations

import pytest

from visittally.errors import InputError
from visittally.survey.turned import refuse_turned

ANSWERS = "id,question,answer\n" + "\n".join(
    f"{n},{question},{answer}"
    for n, record in enumerate([("Ash", "road"), ("Elm", "water"), ("Oak", "road")])
    for question, answer in zip(("village", "problem"), record, strict=True)
)


def test_one_answer_in_each_row(table):
    with pytest.raises(InputError, match=r'each row holds one answer.*"question"'):
        refuse_turned([table(ANSWERS)])


def test_one_record_in_each_column(table):
    with pytest.raises(InputError, match="each column holds one visit"):
        refuse_turned([table("field,H1,H2,H3\nvillage,Ash,Elm,Oak\nproblem,road,water,road\nage,30,41,52")])


def test_cards(table):
    with pytest.raises(InputError, match=r"holds cards.*village, date, problem"):
        refuse_turned([table("village,Ash,household,H1\ndate,3 May,visitor,Ana\nproblem,road\nstatus,open")])


@pytest.mark.parametrize(
    "text",
    [
        "village,problem\nAsh,road\nElm,water\nOak,road",
        "id,question,answer\n1,how often,daily\n1,how far,far\n2,how often,weekly\n2,how far,near",
        "name,village,problem\nA,Ash,road\nB,Elm,water\nC,Oak,road",
    ],
)
def test_records_are_records(table, text):
    refuse_turned([table(text)])
