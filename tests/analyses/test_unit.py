"""What a case is: the unit asked for, or the grain of the files."""

from __future__ import annotations

import pytest

import visittally
from visittally.analyses.campaign import load
from visittally.analyses.unit import Unit, decide_unit
from visittally.errors import UsageError
from visittally.settings import Settings

HEADER = "village,household_id,visit_date,visitor,issue\n"
RECORDS = HEADER + "".join(f"Ash,{i},2026-03-01,Ann,road\n" for i in range(8))
"""A row is a visit."""
LEDGER = HEADER + "".join(f"Ash,{i // 2},2026-03-01,Ann,{('road', 'water')[i % 2]}\n" for i in range(8))
"""A row is an issue: every visit has two."""


@pytest.fixture
def decided(write):
    """The unit of a file."""

    def decide(text, **options):
        return decide_unit(load(Settings(files=(write("v.csv", text),), **options)))

    return decide


def test_each_record_is_a_case_where_households_do_not_repeat(decided):
    """Nothing is taken together without a reason."""
    assert decided(RECORDS) == Unit()


def test_rows_of_one_visit_with_other_issues_are_one_case(decided):
    """Visits are told apart by village, household, day and visitor, and the decision is said."""
    unit = decided(LEDGER)

    assert (unit.name, set(unit.key)) == ("visit", {"village", "household_id", "visit_date", "visitor"})
    [notice] = unit.notices
    assert notice.code == "grain"
    assert "50 %" in notice.message
    assert "--per case" in notice.message


def test_the_same_issue_again_is_no_other_issue(decided):
    """Rows that repeat a visit with the same issue are repeats, not a list of issues."""
    assert decided(LEDGER.replace("water", "road")) == Unit()


@pytest.mark.parametrize("key", ["visit_id", "household"])
@pytest.mark.parametrize(
    ("repeats", "records", "name"), [(1, 5, "case"), (2, 5, "visit"), (2, 38, "visit"), (2, 39, "case")]
)
def test_from_a_twentieth_of_repeated_visits_on_rows_are_issues(decided, key, repeats, records, name):
    """Below, and a single time, they may be chance; that is said."""
    head = HEADER if key == "household" else HEADER.replace("household_id", "visit_id").replace("visitor", "who")
    lines = [f"Ash,{i},2026-03-01,Ann,road\n" for i in range(records)]
    unit = decided(head + "".join(lines + [f"Ash,{i},2026-03-01,Ann,water\n" for i in range(repeats)]))

    assert unit.name == name
    [notice] = unit.notices
    assert notice.code == ("grain" if name == "visit" else "grain_unknown")
    assert ("--per case" if name == "visit" else "--per visit") in notice.message


def test_visits_are_counted_by_their_number_where_that_is_asked_for(decided):
    text = "visit_id,village,issue\n1,Ash,road\n1,Ash,water\n2,Ash,road\n3,Elm,road\n"

    assert decided(text).notices[0].code == "grain_unknown"
    assert decided(text, per="visit") == Unit("visit", ("visit_id", "village"), rows=True)
    assert decided(text.replace("village", "remark"), per="visit") == Unit("visit", ("visit_id",), rows=True)


def test_numbers_of_visits_that_begin_anew_in_each_village_are_other_visits(write):
    lines = ("1,Ash,road,completed", "1,Ash,water,completed", "2,Ash,road,refused", "1,Elm,road,completed")
    path = write("v.csv", "\n".join(("visit_id,village,issue,outcome", *lines)) + "\n")
    asked = {"per": "visit"}

    assert visittally.summarize(path, **asked).tables["areas"].to_dict()["rows"][-1]["cases"] == 3
    places = visittally.coverage(path, **asked).tables["places"]
    assert [row["visited"] for row in places.to_dict()["rows"]] == [2, 1, 3]
    assert "visits" in places.base.text


def test_rows_are_counted_where_that_is_asked_for(decided):
    """--per case overrules the grain."""
    assert decided(LEDGER, per="case") == Unit()


def test_visits_on_other_days_are_other_visits(decided):
    """A second visit is no second row of the first."""
    days = iter(range(1, 9))
    text = HEADER + "".join(f"Ash,{i // 2},2026-03-0{next(days)},Ann,{('road', 'water')[i % 2]}\n" for i in range(8))

    assert decided(text) == Unit()


def test_without_days_and_visitors_nothing_tells_visits(decided):
    """A household that repeats may have been visited again: rows stay cases."""
    text = "village,household_id,issue\n" + "".join(f"Ash,{i // 2},{('road', 'water')[i % 2]}\n" for i in range(8))

    assert decided(text) == Unit()


@pytest.mark.parametrize(
    ("per", "key"),
    [("household", {"household_id", "village"}), ("visit", {"household_id", "village", "visit_date", "visitor"})],
)
def test_the_unit_asked_for_has_the_key_of_its_columns(decided, per, key):
    """Household numbers repeat over villages; visits have days and visitors."""
    unit = decided(RECORDS, per=per)

    assert (unit.name, set(unit.key), list(unit.notices)) == (per, key, [])


def test_a_weight_keeps_rows_apart(decided):
    """A weight belongs to a record: rows of a ledger stay cases."""
    assert decided(LEDGER.replace("issue", "w,issue").replace("Ann", "Ann,1"), weight="w") == Unit()


@pytest.mark.parametrize("per", ["household", "visit"])
def test_units_of_households_need_a_household(decided, per):
    """The refusal says which option names the column."""
    with pytest.raises(UsageError, match=f"--per {per} needs a household column.*--column household_id"):
        decided("village,issue\nAsh,road\n", per=per)


def test_a_ledger_is_counted_by_visit(write):
    """Two rows of one visit: one case with two mentions."""
    areas = visittally.summarize(write("v.csv", LEDGER)).tables["areas"].to_pandas()

    assert areas[["cases", "households", "raised", "mentions"]].to_numpy().tolist() == [[4, 4, 4, 8]]


@pytest.mark.parametrize("number", ["No", "Form"])
def test_the_same_visit_and_issue_under_another_running_number_is_said(decided, number):
    rows = [f"{i},Ash,{i},2026-03-01,Ann,road\n" for i in range(1, 9)] + ["9,Ash,3,2026-03-01,Ann,road\n"]
    notices = decided(f"{number},{HEADER}" + "".join(rows)).notices

    assert [notice.code for notice in notices] == (["written_twice"] if number == "No" else [])
