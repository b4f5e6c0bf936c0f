"""What a check found, as tables."""

from __future__ import annotations

import itertools
from types import SimpleNamespace

import numpy as np
import pytest

import visittally
from visittally.analyses.check.cases import Cases
from visittally.analyses.check.columns import CheckColumns, Questions
from visittally.analyses.check.locks import Hit, SignalFound, VisitorMeasure
from visittally.analyses.check.tables import CheckFindings, tables_of
from visittally.analyses.check.thresholds import DEFAULTS, Thresholds
from visittally.reading.receipt import FileReceipt, Kind, Receipt, SetAside
from visittally.settings import Settings

COLUMNS = CheckColumns(None, None, {}, Questions((), (), ()), (), ())


def cases(*sizes, **more):
    """Records of visitors, so many of each; minutes, days and outcomes where they are given."""
    n = sum(sizes)
    ends = np.cumsum([0, *sizes])
    members = tuple(np.arange(a, b) for a, b in itertools.pairwise(ends))
    visitor = np.repeat(np.arange(len(sizes)), sizes)
    own = {"day": np.full(n, -1), "minutes": np.full(n, np.nan), "completed": np.ones(n, bool)}
    own |= {"refused": np.zeros(n, bool), "line": np.arange(2, n + 2), "file": np.zeros(n, np.int32)}
    names = tuple(f"V0{i + 1}" for i in range(len(sizes)))
    return Cases(files=("a.csv",), names=names, members=members, visitor=visitor, **{**own, **more})


def tables(found, own=None, limits=DEFAULTS, aside=(), **settings):
    receipt = Receipt([FileReceipt("a.csv", entries=list(aside))])
    checked = CheckFindings(own if own is not None else cases(40, 40), COLUMNS, found, limits, Settings(**settings))
    return tables_of(checked, SimpleNamespace(receipt=receipt))[0]


def measure(*, recheck, count=10, n=40):
    return VisitorMeasure(n, count, 100 * count / n, 5.0, 4.0, recheck)


def rows(table):
    return table.to_dict()["rows"]


# ---------------------------------------------------------------- which tables
def test_the_public_sees_nothing_of_single_visitors_and_records():
    found = {"short": SignalFound("short", 80, 4)}

    assert list(tables(found)) == ["signals", "overview", "visitors", "records"]
    assert list(tables(found, public=True)) == ["overview"]
    assert list(tables(found, Cases())) == ["signals", "overview", "records"]


# ---------------------------------------------------------------- signals and overview
def test_each_figure_of_a_visitor_is_a_row_with_its_threshold():
    found = {
        "short": SignalFound("short", 80, 12, {1: measure(recheck=None), 0: measure(recheck=True)}, threshold=20.0)
    }
    first, second = rows(tables(found)["signals"])

    assert (first["signal"], first["visitor"], first["n"], first["count"]) == ("short", "V01", 40, 10)
    assert (first["value"], first["rest_value"], first["threshold"], first["recheck"]) == (25, 5, 20, True)
    assert (second["visitor"], second["recheck"]) == ("V02", None)


def test_whether_a_visitor_is_pointed_out_is_said_in_words():
    measures = {0: measure(recheck=True), 1: measure(recheck=False), 2: measure(recheck=None)}
    table = tables({"short": SignalFound("short", 120, 4, measures)}, cases(40, 40, 40))["signals"]

    assert [row.cells[table.column("recheck")].label for row in table.rows] == ["needs re-check", "no", "too few"]


def test_a_signal_of_single_records_points_out_no_visitors():
    """That nobody is to be re-checked would be a finding."""
    [row] = rows(tables({"short": SignalFound("short", 80, 4)})["overview"])

    assert (row["count"], row["visitors_recheck"]) == (4, None)


def test_people_are_shown_no_single_signals_and_no_records():
    checked = CheckFindings(cases(40), COLUMNS, {"short": SignalFound("short", 40, 4)}, DEFAULTS, Settings())

    assert tables_of(checked, SimpleNamespace(receipt=Receipt([])))[1] == ("overview", "visitors")


def test_near_duplicates_have_a_threshold_of_their_own_for_visitors():
    found = {"near_duplicate": SignalFound("near_duplicate", 80, 2, {0: measure(recheck=False)}, threshold=0.9)}
    made = tables(found)

    assert rows(made["signals"])[0]["threshold"] == DEFAULTS.near_share
    assert rows(made["overview"])[0]["threshold"] == 0.9


def test_what_was_not_computed_has_no_figures_and_people_read_it_in_a_note():
    found = {
        "short": SignalFound("short", 80, 4, {0: measure(recheck=True), 1: measure(recheck=False)}),
        "burst": SignalFound("burst", 3, 1, state="too_few"),
        "night": SignalFound("night", state="no_column"),
    }
    table = tables(found)["overview"]
    short, burst, night = rows(table)

    assert (short["base"], short["count"], short["percent"], short["visitors_recheck"]) == (80, 4, 5, 1)
    assert [burst[name] for name in ("base", "count", "percent", "visitors_recheck")] == [None] * 4
    assert night["state"] == "no_column"
    assert [row.cells[0].value for row in table.brief.rows] == ["short", "burst"]
    assert table.brief.notes[0].startswith("Not computed, because no column tells: ")


def test_how_much_is_chance_and_whose_thresholds_hold_is_said():
    """Of 2 visitors x 1 signal 2 x 2 x 0.00135 would pass."""
    found = {"short": SignalFound("short", 80, 4, {0: measure(recheck=True)})}
    notes = tables(found)["signals"].notes

    assert notes[1].startswith("Of 2 visitors x 1 signals about 0.0 would pass")
    assert notes[-1].startswith("The thresholds are the default ones")
    changed = tables(found, limits=Thresholds(short=30.0))["signals"].notes
    assert changed[-1].startswith("Thresholds that were set by you: short;")


@pytest.mark.parametrize(("pointed", "of", "said"), [(2, 5, True), (2, 4, False), (2, 7, False), (2, 6, True)])
def test_where_one_in_three_is_pointed_out_it_is_hardly_a_matter_of_single_ones(pointed, of, said):
    measures = {i: measure(recheck=i < pointed) for i in range(of)} | {of: measure(recheck=None)}
    notes = tables({"short": SignalFound("short", 80, 4, measures)}, cases(*[40] * (of + 1)))["signals"].notes

    assert any(f"({pointed}/{of})" in note for note in notes) is said


# ---------------------------------------------------------------- visitors
def test_what_a_visitor_did():
    own = cases(
        12, 9, day=np.array([5] * 4 + [6] * 8 + [5] * 9), minutes=np.array([20.0] * 10 + [400, np.nan] + [30.0] * 9),
        completed=np.array([True] * 10 + [False] * 2 + [True] * 9), refused=np.array([False] * 11 + [True] * 10),
    )  # fmt: skip
    found = {"short": SignalFound("short", 80, 4, {0: measure(recheck=True), 1: measure(recheck=True)})}
    first, second = rows(tables(found, own)["visitors"])

    assert list(first.values()) == ["V01", 12, 2, 8, 10, 1, 20, 25, 1, 1]
    assert list(second.values()) == ["V02", 9, *[None] * 8]


def test_days_and_minutes_that_nobody_recorded_are_not_nought():
    first, _second = rows(tables({}, cases(12, 12))["visitors"])

    assert [first[name] for name in ("days", "max_per_day", "median_minutes")] == [None] * 3
    assert (first["completed"], first["signals"], first["computed"]) == (12, 0, 0)


# ---------------------------------------------------------------- records
def test_records_are_named_by_file_and_line():
    found = {
        "short": SignalFound("short", 80, 2, hits=[Hit(1, 4.0)], threshold=20.0),
        "near_duplicate": SignalFound("near_duplicate", 80, 2, hits=[Hit(41, 0.95, 0)], threshold=0.9),
    }
    first, second = rows(tables(found)["records"])

    assert list(first.values()) == ["a.csv", 3, "V01", "short", 4, 20, None]
    assert list(second.values()) == ["a.csv", 43, "V02", "near_duplicate", 0.95, 0.9, 2]


def test_records_that_were_set_aside_as_repeats_are_listed_with_the_others():
    aside = [SetAside(7, Kind.DUPLICATE, "again"), SetAside(8, Kind.FILTERED, "left out")]

    listed = tables({"duplicate": SignalFound("duplicate", 2, 1)}, aside=aside)["records"]
    assert [row["line"] for row in rows(listed)] == [7]
    assert rows(tables({"short": SignalFound("short", 2, 1)}, aside=aside)["records"]) == []


# ---------------------------------------------------------------- thresholds
def test_each_threshold_that_was_set_is_named_also_one_that_is_no_signal_of_its_own():
    """What makes an interview short, or two records near, decides as much as how many of them there may be."""
    found = {"short": SignalFound("short", 80, 4, {0: measure(recheck=True)})}

    def said(**limits):
        return tables(found, limits=Thresholds(**limits))["overview"].notes[-1]

    assert said(short_part=0.5, near_duplicate=0.8) == (
        "Thresholds that were set by you: near_duplicate, short_part; the others are the default ones."
    )
    assert said(short=DEFAULTS.short).startswith("The thresholds are the default ones")


# ---------------------------------------------------------------- questions
ANSWERS = "enumerator,village,household,income,rooms,roof\n" + "".join(
    f"A,V,H{i},{(500, 900, -88, 700)[i % 4]},{i % 3 + 1},{'tin' if i else ''}\n" for i in range(40)
)


def test_questions_tell_what_was_left_blank_coded_or_answered_alike(write):
    found = {row["question"]: row for row in rows(visittally.check(write("a.csv", ANSWERS)).tables["questions"])}
    names = ("asked", "missing", "dont_know", "constant", "missing_code")

    assert [found["income"][name] for name in names] == [40, 0, 10, False, "-88: 10"]
    assert [found["rooms"][name] for name in names] == [40, 0, 0, False, ""]
    assert [found["roof"][name] for name in names[1:4]] == [1, 0, True]
    hidden = visittally.check("a.csv", min_cell=5).tables["questions"]
    assert {row["question"]: row["missing_code"] for row in rows(hidden)}["income"] == "-88"


def test_people_see_the_questions_with_something_to_be_noticed_and_how_many_are_left_out(write):
    table = visittally.check(write("a.csv", ANSWERS)).tables["questions"]

    assert [row.cells[0].value for row in table.brief.rows] == ["income", "roof"]
    assert table.brief.notes[0].startswith("1 questions without anything to be noticed are left out here")
    assert table.brief.notes[1:] == table.notes
    telling = ANSWERS.replace(",rooms,", ",roofs,").replace(",1,", ",-99,")
    assert visittally.check(write("b.csv", telling)).tables["questions"].brief is None
