"""Conditions of `--where`."""

from __future__ import annotations

import pytest

from visittally import summarize
from visittally.counting import conditions
from visittally.counting.conditions import split_condition
from visittally.counting.plan import Condition
from visittally.errors import UsageError, VisitTallyError

VISITS = "village,visit_date,issue\n" + "".join(
    f"East,{day},road\n" for day in ("2026-3-16", "2026/3/16", "2026年3月16日", "2026-03-17")
)


@pytest.fixture
def cases(tmp_path):
    path = tmp_path / "visits.csv"
    path.write_text(VISITS, encoding="utf-8")

    def counted(condition):
        return summarize([str(path)], where=(condition,)).receipt.records_counted

    return counted


@pytest.mark.parametrize("day", ["2026-03-16", "2026/3/16", "2026年3月16日"])
def test_a_day_is_the_same_however_it_is_written(cases, day):
    assert cases(f"visit_date={day}") == 3
    assert cases(f"visit_date!={day}") == 1


def test_a_month_is_no_day(cases):
    with pytest.raises(VisitTallyError, match="No record is left"):
        cases("visit_date=2026-03")
    assert cases("visit_date:month=2026-03") == 4


@pytest.mark.parametrize("limit", ["2026-13-01", "soon", ""])
def test_a_limit_that_is_neither_number_nor_date_is_refused(cases, limit):
    with pytest.raises(UsageError, match="neither a number nor a date"):
        cases(f"visit_date>={limit}")


def test_numbers_are_no_days():
    matcher = conditions.Matcher(Condition(None, "=", "45123"), "income=45123", conditions.DateOrder())
    assert matcher.matches("45123", None)
    assert not matcher.matches("45123.5", None)


MIXED = """
    village,visit_date,age,needs,issue
    Ash,2026-03-01,17,water road,road
    Birch,2026-03-31,18,water,water
    ash ,2026-04-01,64,school,road
    Birch,,,,water
    """


@pytest.fixture
def kept(write):
    """How many records meet some conditions."""
    name = write("mixed.csv", MIXED)
    return lambda *where: summarize(name, where=where).receipt.records_counted


@pytest.mark.parametrize(
    ("where", "n"),
    [
        ("village=Ash", 2),
        ("village!=Ash", 2),
        ("age>=18", 2),
        ("age<18", 1),
        ("age=18", 1),
        ("age>9", 3),
        ("visit_date>=2026-03-31", 2),
        ("visit_date<2026-04-01", 2),
        ("visit_date:month=2026-03", 2),
        ("visit_date:month>2026-03", 1),
        ("needs=", 1),
        ("=needs=water road", 1),
    ],
)
def test_a_condition(kept, where, n):
    """Texts without case, numbers and dates by value, one answer of several."""
    assert kept(where) == n


@pytest.mark.parametrize("joined", [" ", ";", "、"])
def test_an_answer_is_found_among_several(write, joined):
    """A cell with several answers meets the condition for each of them, however they are joined."""
    cells = ["water road", "water", "school road", "road water school", "school", ""]
    lines = [f"Ash,{cell.replace(' ', joined)}" for cell in cells * 3]
    name = write("several.csv", "village,needs\n" + "\n".join(lines) + "\n")

    assert summarize(name, where=["needs=water"]).receipt.records_counted == 9
    assert summarize(name, where=["needs!=water"]).receipt.records_counted == 9


def test_all_conditions_must_hold(kept):
    """Several --where narrow each other."""
    assert kept("village=Birch", "age>1") == 1


def test_every_record_left_out_is_accounted_for(write):
    """Kind `filtered`, with the condition as the reason."""
    name = write("mixed.csv", MIXED)

    [file] = summarize(name, where=["village=Ash"]).receipt.files

    assert [(entry.line, entry.kind, "village=Ash" in entry.reason) for entry in file.entries] == [
        (3, "filtered", True),
        (5, "filtered", True),
    ]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a!=b=c", ("a", "!=", "b=c")),
        ("=a<=3", ("=a", "<=", "3")),
        (" a b = c ", ("a b", "=", "c")),
        ("a=", ("a", "=", "")),
    ],
)
def test_the_first_operator_splits(text, parts):
    """An equals sign in front forces a header; what follows the operator is the value."""
    assert split_condition(text) == parts


@pytest.mark.parametrize("text", ["a", "=", ""])
def test_without_an_operator_there_is_no_condition(text):
    """A field alone says nothing."""
    with pytest.raises(ValueError, match="^" + text + "$"):
        split_condition(text)
