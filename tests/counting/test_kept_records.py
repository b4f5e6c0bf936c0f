"""Which records of a block count, and what their cells are in each dimension."""

from __future__ import annotations

import math

import pytest

from visittally.analyses.campaign import load
from visittally.counting.plan import Dimension, Group, Plan
from visittally.reading.receipt import Kind
from visittally.settings import Settings
from visittally.survey.projection import Projection
from visittally.words.joined import CELL_SEPARATOR, NO_COLUMN

VISITS = """
    _uuid,village,visit_date,age,note,needs/road,needs/water,w,_validation_status
    a,Ash,2026-03-01 10:15,31,x,1,0,1,
    b,Ash,2026-03-01T11:00,"1,5",,0,1,-1,
    c,Elm,2026-03-02,old,,1,1,2,Not approved
    d,Elm,2026-03-02,,y,1,0,1,
    """


@pytest.fixture
def counted(write):
    """Values and counts of one dimension, and what was set aside: kind -> lines."""

    def run(dimension, *more, **options):
        files = (write("a.csv", VISITS), *(write(f"b{i}.csv", text) for i, text in enumerate(more)))
        group = Group((dimension,))
        counts = load(Settings(files=files, **options)).count(Plan((group,)))
        kinds = {}
        for file in counts.receipt.files:
            for entry in file.entries:
                kinds.setdefault(entry.kind, []).append(entry.line)
        return counts.tally.frame(group).value_counts(0), kinds

    return run


def test_rejected_records_do_not_count(counted):
    found, aside = counted(Dimension("village"))

    assert found == {"Ash": 2, "Elm": 1}
    assert aside == {Kind.REJECTED: [4]}


def test_the_first_reason_is_the_one_given(counted):
    """Rejected before left out by a condition, and that before a bad weight."""
    found, aside = counted(Dimension("village"), where=("village!=Elm",), weight="w")

    assert found == {"Ash": 1}
    assert aside == {Kind.REJECTED: [4], Kind.FILTERED: [5], Kind.INVALID: [3]}


def test_a_day_ends_where_its_time_begins(counted):
    assert counted(Dimension("visit_date", Projection.DAY))[0] == {"2026-03-01": 2, "2026-03-02": 1}


def test_of_texts_only_whether_there_is_one_may_be_wanted(counted):
    assert counted(Dimension("note", Projection.PRESENCE))[0] == {"1": 2, "": 1}


def test_numbers_are_told_from_blanks_and_words(counted):
    """Not a number where the cell is blank, infinite where it holds something else."""
    found, _aside = counted(Dimension("age", Projection.NUMBER))

    numbers = {value: n for value, n in found.items() if not math.isnan(value)}
    assert numbers == {31.0: 1, 1.5: 1}
    assert sum(found.values()) == 3
    assert counted(Dimension("age", Projection.NUMBER), where=("age=old",))[0] == {}


def test_several_columns_are_joined(counted):
    found, _aside = counted(Dimension("needs"))

    assert found == {CELL_SEPARATOR.join("10"): 2, CELL_SEPARATOR.join("01"): 1}


def test_a_file_without_the_column_says_so(counted):
    found, _aside = counted(Dimension("note"), "_uuid,village\nz,Oak\n")

    assert found == {"x": 1, "": 1, "y": 1, NO_COLUMN: 1}


def test_files_are_known_by_name(counted):
    assert counted(Dimension("file"), "_uuid,village\nz,Oak\n")[0] == {"a.csv": 3, "b0.csv": 1}
