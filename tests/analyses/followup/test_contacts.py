"""Contacts until an issue was settled, both parties of a dispute, outcomes beyond single issues."""

import pytest

import visittally

LEDGER = """
    村,户编号,问题类别,办理情况,满意度,对方满意度,沟通次数,实事,推动机制
    东村,1,邻里纠纷,已办结,满意,基本满意,3次,帮助修缮房屋一间,
    东村,2,邻里纠纷,已办结,满意,不满意,50多次,无,
    东村,3,邻里纠纷,已办结,不满意,满意,,,
    东村,4,邻里纠纷,已办结,,满意,,,
    西村,5,教育,办理中,满意,,1,,建立校车安全机制
    西村,6,饮水,未办结,,,,送医送药上门,否
    """


@pytest.fixture
def ledger(write):
    return write("ledger.csv", LEDGER)


def total(table):
    return next(row for row in table.to_dict()["rows"] if row.get("total"))


def test_how_often_people_were_spoken_to(ledger):
    table = visittally.followup(ledger).tables["contacts"]
    rows = {row["village"]: row for row in table.to_dict()["rows"]}

    assert (rows["东村"]["recorded"], rows["东村"]["contacts"], rows["东村"]["most_contacts"]) == (2, 53, 50)
    assert (rows[None]["recorded"], rows[None]["contacts"], rows[None]["median_contacts"]) == (3, 54, 3)
    assert rows[None]["many"] == 2


def test_both_parties_are_asked_for(ledger):
    """Of the disputes in which both were rated; a party that nobody asked counts nowhere."""
    found = total(visittally.followup(ledger).tables["replies"])

    assert (found["both_satisfied"], found["both_rated"]) == (1, 3)
    assert (found["satisfied"], found["rated"]) == (3, 4)


@pytest.mark.parametrize("words", ["双方满意", "双方均表示满意"])
def test_one_cell_may_speak_for_both(write, words):
    ledger = write("ledger.csv", f"村,问题类别,办理情况,满意度\n东村,邻里纠纷,已办结,{words}\n")
    assert total(visittally.followup(ledger).tables["replies"])["fully_satisfied"] == 1


def test_outcomes_beyond_single_issues_stand_by_issue(ledger):
    rows = visittally.summarize(ledger).tables["outcomes"].to_dict()["rows"]
    found = {row["issue"]: (row["good_deeds"], row["system_changes"]) for row in rows}

    assert found == {"邻里纠纷": (1, 0), "教育": (0, 1), "饮水": (1, 0)}


def test_without_such_columns_there_are_no_such_tables(write):
    ledger = write("ledger.csv", "village,issue,status\nAsh,road,done\n")

    assert "contacts" not in visittally.followup(ledger).tables
    assert "outcomes" not in visittally.summarize(ledger).tables
