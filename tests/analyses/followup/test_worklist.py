"""The list of open issues."""

from __future__ import annotations

import textwrap
from datetime import date

import pytest

import visittally
from visittally.analyses.analysis import run as finished
from visittally.analyses.campaign import load
from visittally.analyses.followup import worklist
from visittally.analyses.followup.follow import follow
from visittally.settings import Settings

LEDGER = """\
    visit date,village,head of household,phone,issue,problem description,status,due date,responsible unit
    2026-03-15,Ash,Ines Fox,13900000001,road,no light at the bend,in progress,2026-04-01,works
    2026-03-16,Ash,Tom Hill,13900000002,road,deep holes,done,2026-04-01,works
    2026-03-17,Birch,Ann Lake,13900000003,water,call me at 13900000003,open,2026-03-20,works
    2026-03-18,Birch,Max Wood,13900000004,health;school,far away,,,
    2026-03-19,Birch,Eva Moor,13900000005,none,,,,
    """


@pytest.fixture
def listed(tmp_path):
    """The list of a text, as a table."""

    def run(text=LEDGER, **settings):
        path = tmp_path / "ledger.csv"
        path.write_text(textwrap.dedent(text), "utf-8")
        settings = {"as_of": date(2026, 4, 10), "files": (str(path),), **settings}
        return finished(load(Settings(**settings)), follow).tables["list"]

    return run


def test_the_longest_overdue_come_first_then_the_longest_waiting(listed):
    found = [(row["line"], row["issue"], row["days_overdue"]) for row in listed().to_dict()["rows"]]
    assert found == [(4, "water", 21), (2, "road", 9), (5, "health", None), (5, "school", None)]


def test_each_issue_says_where_it_stands(listed):
    first = listed().to_dict()["rows"][0]
    expected = {
        "number": 1,
        "line": 4,
        "village": "Birch",
        "issue": "water",
        "status": "open",
        "disposition": "in_progress",
        "visit_date": "2026-03-17",
        "due_date": "2026-03-20",
        "days_overdue": 21,
        "days_open": 24,
        "responsible_unit": "works",
    }
    assert first == expected


def test_it_has_as_many_rows_as_there_are_open_issues(listed, tmp_path):
    path = tmp_path / "ledger.csv"
    table = listed()
    tables = finished(load(Settings(files=(str(path),))), follow).tables
    assert len(table.rows) == tables["summary"].to_dict()["rows"][-1]["open"]


def test_a_record_is_one_row_when_records_count(listed):
    assert [row["issue"] for row in listed(per="case").to_dict()["rows"]] == ["water", "road", "health; school"]


def test_nothing_personal_and_no_free_text_is_listed(listed):
    text = str(listed().to_dict())
    assert not any(secret in text for secret in ("Ines", "Fox", "1390000", "bend", "far away"))


def test_free_text_needs_a_file(listed):
    assert "issue_text" not in [column.name for column in listed(with_text=True).columns]


def test_free_text_goes_into_a_file_without_phone_numbers(listed):
    rows = listed(with_text=True, kept=True).to_dict()["rows"]
    assert rows[1]["issue_text"] == "no light at the bend"
    assert "1390000" not in str(rows)


def test_records_left_out_are_not_listed(listed):
    assert [row["line"] for row in listed(where=("village=Ash",)).to_dict()["rows"]] == [2]


def test_several_files_are_named(listed, tmp_path):
    other = tmp_path / "other.csv"
    other.write_text(textwrap.dedent(LEDGER), "utf-8")
    first = tmp_path / "ledger.csv"
    first.write_text(textwrap.dedent(LEDGER), "utf-8")
    table = listed(files=(str(first), str(other)))
    assert len(table.rows) == 8
    assert {row["file"] for row in table.to_dict()["rows"]} == {str(first), str(other)}


def test_a_list_that_is_cut_says_so(listed, monkeypatch):
    monkeypatch.setattr(worklist, "LIMIT", 1)
    table = listed()
    assert [row["line"] for row in table.to_dict()["rows"]] == [4]
    assert any("3 less urgent" in note for note in table.notes)


def test_a_record_that_stands_there_twice_is_listed_once(listed):
    keys = [f"0f8fad5b-d9cb-469f-a165-7086728950{i:02d}" for i in range(12)]
    lines = [f"{key},Ash,road,open" for key in (*keys, keys[0])]
    assert len(listed("\n".join(["_uuid,village,issue,status", *lines, ""])).rows) == 12


def test_words_that_nobody_coded_are_not_listed(listed):
    text = """\
        village,problem description,status
        Ash,there is no light at the bend of our road,open
        Ash,the well behind the school has been dry since May,open
        Birch,nobody came to see the broken bridge near the mill,open
        """
    table = listed(text, no_code=True)
    assert len(table.rows) == 3
    assert "bridge" not in str(table.to_dict())


def test_a_cut_list_holds_the_most_urgent_wherever_they_stand(listed, monkeypatch):
    monkeypatch.setattr(worklist, "LIMIT", 2)
    days = [7, 3, 9, 1, 5, 2, 8]
    lines = [f"2026-03-{day:02d},Ash,road,open" for day in days]
    table = listed("\n".join(["visit date,village,issue,status", *lines, ""]))
    assert [row["visit_date"] for row in table.to_dict()["rows"]] == ["2026-03-01", "2026-03-02"]
    assert any("5 less urgent" in note for note in table.notes)


SENSITIVE = """\
    village,issue,problem description,issue type id,status,sensitive,early sign,feedback type
    Ash,road,deep holes,1,pending,no,no,request
    Ash,domestic violence,,2,pending,no,no,request
    Elm,water,,3,pending,yes,no,request
    Elm,health,,4,pending,no,yes,request
    Elm,school,,5,pending,no,no,report of misconduct
    Elm,housing,beaten by her husband: domestic violence,6,pending,no,no,request
    Elm,road;corruption,,7,pending,no,no,complaint
    """


def test_sensitive_issues_are_in_no_list_and_that_is_said(listed):
    table = listed(SENSITIVE)
    assert [row["issue"] for row in table.to_dict()["rows"]] == ["road", "road"]
    assert "not listed: 6 " in " ".join(table.notes)


def test_sensitive_issues_stand_in_a_file_for_those_who_ask(listed):
    rows = listed(SENSITIVE, sensitive=True, kept=True).to_dict()["rows"]
    assert len(rows) == 8
    assert len(listed(SENSITIVE, sensitive=True).to_dict()["rows"]) == 2
    assert len(listed(SENSITIVE, sensitive=True, kept=True, public=True).to_dict()["rows"]) == 2


def test_the_list_is_one_to_work_off(listed):
    text = """\
        visit date,township,village,group,issue id,issue,status,due date,responsible unit,reply date,consent to contact
        2026-03-15,North,Ash,3,Q-17,road,in progress,2026-04-01,works,2026-03-20,yes
        2026-03-16,North,Ash,4,Q-18,water,in progress,2026-04-02,works,by phone,no
        """
    table = listed(text, by=("township",))
    names = [column.name for column in table.columns]
    assert names[:6] == ["number", "township", "village", "group", "issue", "responsible_unit"]
    assert names[-2:] == ["line", "remark"]
    assert [column.name for column in listed(text, by=("group",)).columns][1:3] == ["village", "group"]
    first, second = table.to_dict()["rows"]
    assert (first["number"], first["issue_id"], first["reply_date"]) == (1, "Q-17", "2026-03-20")
    assert (second["reply_date"], second["contact_consent"]) == ("by phone", False)
    assert "remark" not in first


def test_a_reply_is_owed_for_what_was_handled_and_not_answered(folder):
    rows = [
        "Ash,road,done,",
        "Ash,water,done,2026-04-01",
        "Elm,land,pending,",
        'Elm,health,"explained, not feasible",-',
    ]
    path = folder / "replies.csv"
    path.write_text("village,issue,status,reply date\n" + "\n".join(rows), encoding="utf-8")
    tables = visittally.followup(str(path)).tables
    assert [row["issue"] for row in tables["replies_owed"].to_dict()["rows"]] == ["road", "health"]
    path.write_text("village,issue,status\nAsh,road,done\n", encoding="utf-8")
    assert "replies_owed" not in visittally.followup(str(path)).tables


def test_what_is_handled_and_not_answered_is_past_no_date(tmp_path):
    """Its date was for the handling: the days go on since the visit alone."""
    path = tmp_path / "a.csv"
    path.write_text(
        "village,visit date,issue,status,due date,reply date\n"
        "Ash,2026-03-05,road,resolved,2026-03-10,\n"
        "Ash,2026-03-06,water,resolved,2026-03-10,2026-03-20\n"
    )
    (row,) = visittally.followup(str(path), as_of="2026-05-01").tables["replies_owed"].to_dict()["rows"]

    assert (row["issue"], row["days_open"]) == ("road", 57)
    assert "days_overdue" not in row


def test_the_newest_day_is_that_of_a_reply_as_well(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(
        "village,visit date,issue,status,due date,reply date\n"
        "Ash,2026-03-05,road,in progress,2026-03-10,\n"
        "Ash,2026-03-06,water,resolved,2026-03-10,2026-03-20\n"
    )
    result = visittally.followup(str(path))

    (total,) = (row for row in result.tables["summary"].to_dict()["rows"] if row.get("total"))
    assert total["overdue"] == 1
    assert any("counted to 2026-03-20" in notice.message for notice in result.notices)


def test_names_and_telephones_in_the_status_are_not_listed(folder):
    rows = ["Ash,road,pending", "Ash,water,Wanjiru Kamau", "Elm,water,0712 345 678", "Elm,water,work ordered"]
    path = folder / "astray.csv"
    path.write_text("village,issue,status\n" + "\n".join(rows), encoding="utf-8")

    listed = str(visittally.followup(str(path)).tables["list"].to_dict())

    assert "Wanjiru" not in listed
    assert "345" not in listed
