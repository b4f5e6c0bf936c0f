"""What became of the issues, as tables."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pytest

import visittally
from visittally.analyses.followup.figures import Followup
from visittally.analyses.followup.tables import MOST_COLUMNS, makers_of, what_changed
from visittally.analyses.intervals import wilson
from visittally.answers.axes import Axis, code_axis
from visittally.render.cells import RenderOptions, grid
from visittally.settings import Settings
from visittally.survey.variables import Part, Variable
from visittally.words.dispositions import Dispositions

VILLAGES = code_axis(
    Axis("village", "village", Variable("village", (Part("village"),))), {"Ash": 1, "Elm": 1}, Settings()
)
NAMES = ("on_spot", "explained", "reported", "in_progress", "long_term", "unknown", "excluded")


def followup(figures=None, *, axes=(VILLAGES,), statuses=None, **more):
    """Issues of Ash, of Elm and in all."""
    own = {"collected": [20, 4, 24], "handled": [10, 4, 14], "resolved": [5, 4, 9]}
    own |= {name: [0, 0, 0] for name in NAMES} | {"in_progress": [10, 0, 10]} | (figures or {})
    arrays = {name: np.array(values) for name, values in own.items()}
    given = {
        "as_of": None,
        "with_due": False,
        "with_resolved": False,
        "answers": frozenset(),
        "per_case": False,
        **more,
    }
    return Followup(axes, ((0,), (1,), ()), arrays, statuses or {}, **given)


def made(found, name, **settings):
    return makers_of(found, Settings(**settings), Dispositions.load({}))[name]()


def rows(table):
    return {row["village"]: row for row in table.to_dict()["rows"]}


def shown(table):
    return [column.name for column in table.columns if column.people]


# ---------------------------------------------------------------- which tables
def test_tables_whose_columns_are_there():
    def names(**more):
        return list(makers_of(followup(**more), Settings(), Dispositions.load({})))

    assert names() == ["summary", "statuses"]
    assert names(with_due=True) == names(with_resolved=True) == ["summary", "timeliness", "statuses"]
    assert names(answers=frozenset({"satisfaction"}), with_legacy=True) == ["summary", "replies", "legacy", "statuses"]
    assert "timeliness" in names(figures={"waiting": [1, 1, 1]})


# ---------------------------------------------------------------- summary
def test_handled_and_resolved_stand_apart_and_the_rest_is_open():
    found = rows(made(followup(), "summary"))

    names = ("collected", "handled", "handled_percent", "resolved", "resolved_percent")
    assert [found["Ash"][name] for name in names] == [20, 10, 50, 5, 25]
    assert (found["Ash"]["open"], found["Ash"]["unresolved"], found["Ash"]["in_progress"]) == (10, 15, 10)
    assert (found[None]["handled"], found[None]["total"]) == (14, True)


def test_the_base_says_how_many_are_left_out():
    assert made(followup(), "summary").base.text == "Base: 24 issues collected."
    some = followup({"excluded": [1, 1, 2]}, per_case=True)
    assert (
        made(some, "summary").base.text == "Base: 24 records with an issue; 2 not accepted or withdrawn are left out."
    )
    assert made(some, "summary", min_cell=5).base.text == "Base: 24 records with an issue."


def test_people_see_the_columns_that_matter_and_that_hold_something():
    names = shown(made(followup(), "summary"))

    assert "in_progress" in names
    assert "long_term" not in names
    assert len(names) <= MOST_COLUMNS
    assert {"unresolved", "excluded", "long_term"} <= set(shown(made(followup(), "summary", all_columns=True)))


def test_limits_of_shares_where_they_are_asked_for():
    found = rows(made(followup(), "summary", interval=True))

    assert (found["Ash"]["handled_low"], found["Ash"]["handled_high"]) == wilson(10, 20)
    assert "handled_low" not in rows(made(followup(), "summary"))["Ash"]
    assert any(note.startswith("Intervals: Wilson") for note in made(followup(), "summary", interval=True).notes)


def test_rows_stand_by_how_many_issues_they_have_where_it_is_asked_for():
    more = followup({"collected": [4, 20, 24], "handled": [4, 10, 14]})

    assert list(rows(made(more, "summary"))) == ["Ash", "Elm", None]
    assert list(rows(made(more, "summary", sort="count"))) == ["Elm", "Ash", None]


def test_without_places_the_only_row_is_no_total():
    alone = Followup(
        (), ((),), {n: np.array([3]) for n in ("collected", "handled", "resolved", *NAMES)}, {}, None,
        with_due=False, with_resolved=False, answers=frozenset(), per_case=False,
    )  # fmt: skip

    assert "total" not in made(alone, "summary").to_dict()["rows"][0]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"per_case": True}, None),
        ({"own_status": True}, "A record that names several issues counts once for each, with its own status."),
        ({}, "A record that names several issues counts once for each, with the same status."),
    ],
)
def test_what_a_record_with_several_issues_counts_is_said(more, said):
    notes = made(followup(**more), "summary").notes

    assert [note for note in notes if note.startswith("A record")] == [said] * (said is not None)


# ---------------------------------------------------------------- you said, we did
def test_those_who_said_it_hear_what_was_done_the_issue_named_most_first():
    table = what_changed(made(followup({"collected": [4, 20, 24], "handled": [4, 10, 14]}), "summary"))

    assert [column.label for column in table.columns[1:]] == ["You said", "We did", "Of this resolved", "Not done yet"]
    assert [[cell.value for cell in row.cells] for row in table.rows] == [
        ["Elm", 20, 10, 4, 10], ["Ash", 4, 4, 5, 0], [None, 24, 14, 9, 10],
    ]  # fmt: skip
    assert all(column.people for column in table.columns)


def test_what_nobody_said_is_not_among_it():
    table = what_changed(made(followup({"collected": [4, 0, 4]}), "summary"))

    assert [row.cells[0].value for row in table.rows] == ["Ash", None]


# ---------------------------------------------------------------- in time
TIMES = {
    "due": [10, 0, 10], "due_handled": [5, 0, 5], "due_on_time": [4, 0, 4], "late": [1, 0, 1], "overdue": [5, 0, 5],
    "on_time": [4, 0, 4], "dated": [4, 0, 4], "median_days": [3.0, np.nan, 3.0], "p90_days": [7.5, np.nan, 7.5],
    "backwards": [0, 2, 2],
}  # fmt: skip


def test_shares_of_those_due_and_days_where_there_are_any():
    table = made(followup(TIMES, with_due=True, with_resolved=True, as_of=date(2026, 4, 30)), "timeliness")
    ash, elm = rows(table)["Ash"], rows(table)["Elm"]

    assert (ash["due"], ash["due_handled_percent"], ash["due_on_time_percent"], ash["late"]) == (10, 50, 40, 1)
    assert (ash["median_days"], elm["median_days"], elm["due_handled_percent"]) == (3, None, None)
    assert not {"dated", "overdue", "median_days"} & set(shown(table))
    assert table.notes[0].startswith("Counted to 2026-04-30: due is")
    assert "Handled within so many days: of those that were handled and have both dates." in table.notes
    assert "Issues handled before the visit by their dates, in no number of days: 2." in table.notes


def test_whole_days_are_read_as_such():
    table = made(followup(TIMES, with_due=True, with_resolved=True), "timeliness")
    first = table.rows[0].cells

    assert (first[table.column("median_days")].digits, first[table.column("p90_days")].digits) == (0, None)


# ---------------------------------------------------------------- replies, issues of old
def test_who_was_told_and_who_was_satisfied():
    figures = {"answered_back": [8, 4, 12], "rated": [10, 0, 10], "satisfied": [7, 0, 7], "repeats": [1, 0, 1]}
    table = made(followup(figures, answers=frozenset({"satisfaction"})), "replies")
    ash, elm = rows(table)["Ash"], rows(table)["Elm"]

    assert (ash["answered_back_percent"], ash["satisfied_percent"], ash["not_rated"], ash["repeats"]) == (40, 70, 10, 1)
    assert (elm["satisfied_percent"], elm["not_rated"]) == (None, 4)
    assert table.notes[-1] == "Issues without a rating are not in the base of satisfaction."


def test_issues_of_old_stand_in_a_table_of_their_own_where_there_are_any():
    figures = {"legacy": [12, 0, 12], "legacy_handled": [6, 0, 6], "legacy_resolved": [3, 0, 3]}
    of_old = followup(TIMES | figures, with_legacy=True, with_resolved=True)
    found = rows(made(of_old, "legacy"))

    assert list(found) == ["Ash", None]
    assert [found["Ash"][name] for name in ("collected", "handled_percent", "resolved_percent", "open")] == [
        12,
        50,
        25,
        6,
    ]
    untimed = "Long-standing issues are in no number of days, and are not overdue."
    assert untimed in made(of_old, "summary").notes
    assert untimed not in made(followup(TIMES, with_resolved=True), "summary").notes


# ---------------------------------------------------------------- statuses
def test_statuses_as_they_were_written_with_what_they_were_taken_for():
    written = {("resolved", "resolved"): 3, ("odd word", "unknown"): 5, ("", "unknown"): 1}
    table = made(followup(statuses=written), "statuses")

    assert [[cell.value for cell in row.cells] for row in table.rows] == [
        ["odd word", "unknown", None, 5], ["resolved", "resolved", "word", 3], ["", "unknown", None, 1],
        [None, None, None, 9],
    ]  # fmt: skip
    assert [row.cells[0].label for row in table.rows[:3]] == ["", "", "not recorded"]


def test_telephones_in_statuses_are_masked_and_what_is_alike_then_is_one():
    written = {("resolved, call 13900000001", "resolved"): 3, ("resolved, call 13900000002", "resolved"): 2}
    found = made(followup(statuses=written), "statuses").to_dict()["rows"]

    assert all("1390000000" not in str(row["status"]) for row in found)
    assert found[-1]["mentions"] == 5


# ---------------------------------------------------------------- of files
LEDGER = """
    visit_date,village,issue,status,resolved_date,due_date
    2026-03-01,Ash,road,done,2026-03-03,2026-03-10
    2026-03-01,Ash,water;mill,open,,2026-03-10
    2026-03-02,Ash,land,explained,2026-03-12,2026-03-10
    2026-03-02,Elm,road,escalated,,2026-05-01
    2026-03-05,Elm,road,duplicate,,
    2026-03-05,Oak,none,,,
    """
FEW = "Of fewer than 10 no percentage is printed."


@pytest.fixture
def tables(write):
    """The tables of a ledger at the end of March; options are those of `followup`."""

    def make(text=LEDGER, **options):
        return visittally.followup(write("ledger.csv", text), as_of=date(2026, 3, 31), **options).tables

    return make


@pytest.fixture
def several():
    """A ledger with so many issues of each village, and so many of them done."""

    def make(**villages):
        lines = [f"{v},road,{'done' if i < done else 'open'}\n" for v, (n, done) in villages.items() for i in range(n)]
        return "village,issue,status\n" + "".join(lines)

    return make


def test_stages_that_no_issue_is_in_are_not_shown(tables, several):
    found = shown(tables(several(Ash=(3, 1)))["summary"])

    assert "in_progress" in found
    assert not {"reported", "long_term", "unknown"} & set(found)


def test_of_nothing_there_is_a_total_of_nothing(tables):
    found = tables("village,issue,status\n")["summary"]

    assert list(rows(found)) == [None]
    assert (rows(found)[None]["collected"], rows(found)[None]["handled_percent"]) == (0, None)
    assert FEW not in found.notes


def test_of_few_issues_people_see_numbers_and_programs_the_percentage(tables, several):
    found = tables(several(Ash=(4, 3), Elm=(10, 5)))["summary"]

    assert [row[2] for row in grid(found, RenderOptions()).rows] == ["3/4", "5/10 50.0%", "8/14 57.1%"]
    assert rows(found)["Ash"]["handled_percent"] == 75
    assert FEW in found.notes
    assert FEW not in tables(several(Elm=(10, 5)))["summary"].notes


def test_equal_rates_share_a_rank_and_small_bases_have_none(tables, several):
    found = tables(several(Ash=(10, 10), Birch=(10, 5), Cedar=(20, 10), Dale=(10, 1), Elm=(9, 9)))["summary"]
    ranks = {place: row["rank"] for place, row in rows(found).items()}

    assert found.rows[0].cells[found.column("rank")].digits == 0
    assert ranks == {"Ash": 1, "Birch": 2, "Cedar": 2, "Dale": 4, "Elm": None, None: None}
    assert "Ranks: by the share handled; rows with fewer than 10 issues have none." in found.notes


def test_where_no_place_can_be_ranked_there_is_no_rank(tables, several):
    found = tables(several(Ash=(9, 9)))["summary"]

    assert "rank" not in rows(found)["Ash"]
    assert not any(note.startswith("Ranks") for note in found.notes)


def test_the_notes_on_time_explain_the_columns_that_are_there(tables):
    due = "Counted to 2026-03-31: due is what has to be handled by then, overdue what is open and past its date."
    days = "Days are calendar days from the visit to the day on which the issue was handled."
    within = "Handled within so many days: of those that were handled and have both dates."
    old = "Long-standing issues are in none of these figures; they have a table of their own."
    dated, planned = "visit_date,village,status,", "2026-03-05,Ash,done,"

    assert tables()["timeliness"].notes == (due, days, within, FEW)
    assert tables(f"{dated}resolved_date\n{planned}2026-03-06\n")["timeliness"].notes[:2] == (
        "Counted to 2026-03-31.", days,
    )  # fmt: skip
    assert tables(f"{dated}resolved_date\n{planned}2026-03-01\n")["timeliness"].notes[3:] == (
        "Issues handled before the visit by their dates, in no number of days: 1.",
    )
    assert tables(f"{dated}due_date,legacy\n{planned}2026-03-06,yes\n")["timeliness"].notes == (due, old)


def test_what_intervals_assume_or_why_there_are_none(tables):
    def said(**options):
        return [note for note in tables(**options)["summary"].notes if "nterval" in note]

    assert said() == []
    assert said(interval=True) == ["Intervals: Wilson, 95 %, as if the issues were a simple random sample."]
    assert said(interval=True, complete=True)[0].startswith("No intervals: everybody was visited")
    assert said(purposive=True)[0].startswith("The places were chosen, not drawn")


def test_statuses_that_are_kept_have_a_column_to_correct_them_in(write, command):
    """Only in a file that holds them by themselves; printed it would be an empty column."""
    name = write("ledger.csv", LEDGER)
    assert command("followup", name, "--table", "statuses", "-o", "statuses.csv").status == 0
    kept = Path("statuses.csv").read_text(encoding="utf-8-sig").splitlines()[0]

    assert kept.endswith(",correction")
    assert "Correction" not in command("followup", name, "--table", "statuses").out
