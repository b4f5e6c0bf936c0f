"""Follow-up: what became of the issues."""

from __future__ import annotations

import textwrap
from datetime import date

import pytest

from visittally.analyses.analysis import run as finished
from visittally.analyses.campaign import load
from visittally.analyses.followup.follow import follow
from visittally.errors import FieldError
from visittally.settings import Settings

LEDGER = """\
    visit date,village,issue,status,resolved date,due date,responsible unit
    2026-03-15,Ash,road,resolved on the spot,2026-03-15,2026-04-01,works
    2026-03-15,Ash,water,closed,2026-03-17,2026-04-01,works
    2026-03-16,Ash,health,"explained, not feasible",2026-03-19,2026-04-01,clinic
    2026-03-17,Ash,road,in progress,,2026-04-01,works
    2026-03-16,Birch,road,done,2026-04-26,2026-04-01,works
    2026-03-17,Birch,waste;water,open,,2026-04-20,works
    2026-03-18,Birch,land,cannot be resolved,,,
    2026-03-18,Cedar,health,escalated,,2026-04-05,clinic
    2026-03-19,Cedar,school,,,,
    2026-03-19,Cedar,none,,,,
    2026-03-19,Cedar,road,duplicate,,,
    """
AS_OF = date(2026, 4, 30)


@pytest.fixture
def followed(tmp_path):
    """Follow the issues of a text up."""

    def run(text=LEDGER, **settings):
        path = tmp_path / "ledger.csv"
        path.write_text(textwrap.dedent(text), "utf-8")
        settings = {"as_of": AS_OF, **settings}
        return finished(load(Settings(files=(str(path),), **settings)), follow)

    return run


def rows(result, table="summary"):
    return [row for row in result.tables[table].to_dict()["rows"] if not row.get("total")]


def total(result, table="summary"):
    return next(row for row in result.tables[table].to_dict()["rows"] if row.get("total"))


def by_place(result, column, table="summary"):
    return {row["village"]: row[column] for row in rows(result, table)} | {"*": total(result, table)[column]}


def said(result, code):
    return " ".join(notice.message for notice in result.notices if notice.code == code)


class TestSummary:
    def test_many_open_issues_without_any_reply_are_a_warning(self, followed):
        assert "Collected 10, open 6, answered back: not recorded." in said(followed(), "no_replies")
        replied = LEDGER.replace("responsible unit", "reply date").replace(",works", ",2026-04-02")
        assert not said(followed(replied), "no_replies")
        done = "village,issue,status\n" + "Ash,road,done\n" * 9 + "Ash,road,open\n"
        assert not said(followed(done), "no_replies")

    def test_handled_and_resolved_are_two_rates(self, followed):
        result = followed()
        assert by_place(result, "handled")["Ash"] == 3
        assert by_place(result, "resolved")["Ash"] == 2
        assert by_place(result, "handled_percent")["Ash"] == 75.0
        assert by_place(result, "resolved_percent")["Ash"] == 50.0

    def test_each_issue_of_a_record_counts(self, followed):
        assert by_place(followed(), "collected") == {"Ash": 4, "Birch": 4, "Cedar": 2, "*": 10}

    def test_a_record_counts_once_when_that_is_asked_for(self, followed):
        assert by_place(followed(per="case"), "collected") == {"Ash": 4, "Birch": 3, "Cedar": 2, "*": 9}

    def test_what_was_not_accepted_is_out_of_the_base(self, followed):
        assert by_place(followed(), "excluded")["Cedar"] == 1

    def test_no_issue_is_none(self, followed):
        statuses = {row["status"]: row["mentions"] for row in rows(followed(), "statuses")}
        assert statuses[""] == 1

    def test_stages_have_columns_of_their_own(self, followed):
        whole = total(followed())
        found = {name: whole[name] for name in ("on_spot", "explained", "reported", "in_progress", "unknown")}
        assert found == {"on_spot": 1, "explained": 1, "reported": 1, "in_progress": 3, "unknown": 1}

    def test_on_time_is_handled_by_the_due_date_and_overdue_is_open_after_it(self, followed):
        result = followed()
        assert by_place(result, "on_time") == {"Ash": 3, "Birch": 0, "Cedar": 0, "*": 3}
        assert by_place(result, "overdue") == {"Ash": 1, "Birch": 2, "Cedar": 1, "*": 4}

    def test_nothing_is_overdue_on_its_due_date(self, followed):
        assert by_place(followed(as_of=date(2026, 4, 1)), "overdue")["Ash"] == 0

    def test_days_are_told_by_median_and_ninetieth_percentile(self, followed):
        result = followed()
        assert by_place(result, "median_days") == {"Ash": 2, "Birch": 41, "Cedar": None, "*": 2.5}
        assert by_place(result, "p90_days")["Ash"] == pytest.approx(2.8)

    def test_rows_may_be_made_by_the_issue(self, followed):
        found = {row["issue"]: (row["collected"], row["handled"]) for row in rows(followed(by=("issue",)))}
        assert found["road"] == (3, 2)
        assert found["water"] == (2, 1)

    def test_rows_may_be_made_by_the_unit_in_charge(self, followed):
        found = {row["responsible_unit"]: row["collected"] for row in rows(followed(by=("responsible_unit",)))}
        assert found == {"works": 6, "clinic": 2, "": 2}

    def test_an_answered_question_is_resolved(self, followed):
        text = "village,issue,request type,status\nAsh,road,question,answered\nAsh,road,complaint,answered\n"
        whole = total(followed(text))
        assert (whole["handled"], whole["resolved"]) == (2, 1)

    def test_without_an_issue_every_record_is_one(self, followed):
        result = followed("village,status\nAsh,done\nAsh,open\n")
        assert total(result)["collected"] == 2
        assert said(result, "no_issue")

    def test_own_statuses_are_followed(self, followed):
        text = "village,issue,status\nAsh,road,green\nAsh,road,red\n"
        result = followed(text, statuses={"green": "resolved", "red": "referred"})
        assert total(result)["resolved"] == 1
        assert total(result)["reported"] == 1

    def test_the_order_of_records_does_not_matter(self, followed):
        head, *lines = textwrap.dedent(LEDGER).splitlines()
        turned = followed("\n".join([head, *reversed(lines)]) + "\n")
        result = followed()
        assert all(
            result.tables[name].to_dict() == turned.tables[name].to_dict() for name in result.tables if name != "list"
        )


class TestTimeliness:
    def test_shares_of_those_due_show_their_base(self, followed):
        whole = followed().tables["timeliness"].rows[-1]
        columns = [column.name for column in followed().tables["timeliness"].columns]
        handled = whole.cells[columns.index("due_handled_percent")]
        on_time = whole.cells[columns.index("due_on_time_percent")]
        assert (handled.n, handled.base) == (4, 8)
        assert (on_time.n, on_time.base) == (3, 8)

    def test_late_is_handled_after_the_due_date(self, followed):
        assert by_place(followed(), "late", "timeliness")["Birch"] == 1

    def test_handled_within_some_days(self, followed):
        result = followed()
        assert by_place(result, "within_7_percent", "timeliness")["*"] == 75.0
        assert by_place(result, "within_30_percent", "timeliness")["*"] == 75.0

    def test_open_issues_have_an_age(self, followed):
        result = followed()
        assert by_place(result, "open_oldest_days", "timeliness") == {"Ash": 44, "Birch": 44, "Cedar": 43, "*": 44}

    def test_the_newest_date_is_taken_unless_one_is_named_and_that_is_said(self, followed):
        result = followed(as_of=None)
        assert "2026-04-26" in said(result, "as_of")
        assert by_place(result, "open_oldest_days", "timeliness")["Ash"] == 40

    def test_an_issue_handled_before_it_was_raised_is_in_no_number_of_days(self, followed):
        text = "village,visit date,issue,status,resolved date\nAsh,2026-03-05,road,done,2026-03-01\n"
        result = followed(text)
        assert total(result)["median_days"] is None
        assert any("1" in note and "before the visit" in note for note in result.tables["timeliness"].notes)


class TestReplies:
    TEXT = """\
        village,issue,status,satisfaction,reply date,reported before
        Ash,road,done,satisfied,2026-01-01,yes
        Ash,road,done,fairly satisfied,,no
        Ash,road,reopened,dissatisfied,2026-01-05,2
        Ash,road,open,,-,
        Ash,road,open,purple,,
        """

    def test_satisfaction_has_a_base_of_its_own(self, followed):
        result = followed(self.TEXT)
        assert by_place(result, "satisfied_percent", "replies")["Ash"] == pytest.approx(100 * 2 / 3)
        assert by_place(result, "fully_satisfied_percent", "replies")["Ash"] == pytest.approx(100 / 3)
        assert by_place(result, "not_rated", "replies")["*"] == total(result)["collected"] - 3

    def test_answers_that_are_not_known_are_said(self, followed):
        assert "purple (1)" in said(followed(self.TEXT), "unknown_satisfaction")

    def test_whoever_was_answered_is_counted(self, followed):
        assert by_place(followed(self.TEXT), "answered_back_percent", "replies")["Ash"] == 40.0

    def test_issues_that_came_up_again(self, followed):
        result = followed(self.TEXT)
        assert by_place(result, "repeats", "replies")["Ash"] == 2
        assert by_place(result, "reopened", "replies")["Ash"] == 1


def test_unknown_statuses_are_said_with_what_to_write(followed):
    text = "village,issue,status\nAsh,road,flown\nAsh,road,done\n"
    message = said(followed(text), "unknown_statuses")
    assert "flown (1)" in message
    assert '"flown" = "unknown"' in message


def test_without_a_status_the_columns_are_named(followed):
    with pytest.raises(FieldError, match=r"colour.*--column status=HEADER"):
        followed("village,colour\nAsh,red\n")


def test_the_list_is_shown_only_on_request(followed):
    result = followed()
    assert "list" in result.tables
    assert "list" not in result.people


def test_telephone_numbers_in_statuses_are_masked(followed):
    text = "village,issue,status\nAsh,road,told by 13800138000\nAsh,road,told by 13900139000\nElm,road,done\n"
    result = followed(text)
    assert [(row["status"], row["mentions"]) for row in rows(result, "statuses")] == [
        ("told by [phone]", 2),
        ("done", 1),
    ]
    assert "1380013" not in said(result, "unknown_statuses")


class TestOldIssues:
    TEXT = """\
        visit date,village,issue,status,resolved date,due date,legacy,reported to,date referred
        2026-03-01,Ash,road,done,2026-03-03,2026-03-10,no,,
        2026-03-01,Ash,land,done,2026-09-01,2026-03-10,yes,county,2026-03-05
        2026-03-01,Ash,dam,open,,2026-03-10,yes,-,2026-03-11
        2026-03-01,Ash,water,escalated,,2026-05-10,,,2026-03-07
        """

    def test_they_are_in_no_timeliness(self, followed):
        whole = total(followed(self.TEXT), "timeliness")
        assert (whole["due"], whole["due_handled"], whole["overdue"], whole["median_days"]) == (1, 1, 0, 2)

    def test_they_have_a_table_of_their_own(self, followed):
        whole = total(followed(self.TEXT), "legacy")
        assert (whole["collected"], whole["handled"], whole["open"]) == (2, 1, 1)
        assert "legacy" not in followed().tables

    def test_what_was_reported_up_counts_also_where_it_was_solved_since(self, followed):
        assert total(followed(self.TEXT), "replies")["passed_on"] == 2

    def test_how_fast_an_issue_reaches_who_is_in_charge(self, followed):
        whole = total(followed(self.TEXT), "timeliness")
        assert (whole["handed_over"], whole["handover_days"]) == (1, 6)
