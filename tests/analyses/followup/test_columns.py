"""The columns of the follow-up."""

from __future__ import annotations

from visittally.analyses.followup.columns import legacy_column, share_columns, summary_column, wait_column
from visittally.tables.measures import EXTREME, OF_ROW, counted, made_of


def test_numbers_are_for_programs_and_their_shares_for_people():
    number, share = share_columns([("replied", "collected", "Replied")])

    assert (number.name, number.people, number.label) == ("replied", False, "Replied")
    assert (share.name, share.people, share.label) == ("replied_percent", True, "Replied")
    assert (share.measure, share.base) == (counted("replied"), counted("collected"))


def test_a_column_of_the_summary_is_what_its_name_ends_in():
    percent = summary_column("handled_percent", people=True)
    low = summary_column("handled_low", people=False)
    days = summary_column("median_days", people=True)
    plain = summary_column("on_spot", people=True)

    assert (percent.measure, percent.base) == (counted("handled"), counted("collected"))
    assert (low.measure, low.base, low.people) == (made_of("handled"), counted("collected"), False)
    assert summary_column("handled_high", people=True).measure == made_of("handled")
    assert (days.measure, days.base) == (made_of("resolved", times=2), None)
    assert (plain.name, plain.measure) == ("on_spot", counted("on_spot"))


def test_days_are_made_of_few_or_of_all_issues():
    assert wait_column("p90_days", people=True).measure == made_of("resolved", times=10)
    assert wait_column("open_oldest_days", people=True).measure == EXTREME
    assert wait_column("open_median_days", people=True).measure == OF_ROW
    assert wait_column("p90_days", label="Waited", people=False).label == "Waited"


def test_issues_of_old_are_counted_apart():
    percent, handled, open_ = map(legacy_column, ("handled_percent", "handled", "open"))

    assert (percent.measure, percent.base) == (counted("legacy_handled"), counted("legacy_collected"))
    assert (handled.measure, handled.people, open_.people) == (counted("legacy_handled"), False, True)
