"""Cases that a signal points out, from which more is drawn."""

from __future__ import annotations

from fractions import Fraction

import pytest

from visittally.analyses import analysis
from visittally.analyses.backcheck.keyed import Keyed
from visittally.analyses.backcheck.oversampling import Oversample
from visittally.errors import UsageError
from visittally.reading.receipt import Receipt
from visittally.tables.result import Result
from visittally.tables.table import Column, Count, Row, Table, Text

VISITS = """
    household_id,village,visit_date,issue
    H1,Ash,2026-03-01,road
    H2,Ash,2026-03-01,water
    H2,Ash,2026-03-01,water
    """


def test_nothing_asked_for_nothing_is_looked_for(surveyed):
    assert Oversample.of(surveyed(VISITS)) == Oversample({}, {})


@pytest.mark.parametrize("text", ["1", "0", "-3", "three", "1/0", ""])
def test_a_factor_is_more_than_one(surveyed, text):
    with pytest.raises(UsageError, match=f"duplicate={text}: expected how many times as much"):
        Oversample.of(surveyed(VISITS, oversample={"duplicate": text}))


@pytest.mark.parametrize("name", ["nosuch", "per_day"])
def test_the_signal_must_point_out_records(surveyed, name):
    """per_day points out visitors."""
    with pytest.raises(UsageError, match=rf"--oversample {name}: no signal that points out records. There are: \w+"):
        Oversample.of(surveyed(VISITS, oversample={name: "3"}))


def test_the_records_that_are_pointed_out_are_found_by_file_and_line(surveyed):
    """The second of two equal records is the one too many."""
    more = Oversample.of(surveyed(VISITS, oversample={"duplicate": "2.5"}))

    assert more.factors == {"duplicate": Fraction(5, 2)}
    [(file, line)] = more.flagged
    assert line == 4
    assert more.signal(Keyed(file, 4, "H2", keyless=False, cells=())) == "duplicate"
    assert more.signal(Keyed(file, 3, "H2", keyless=False, cells=())) == ""
    assert more.signal(Keyed("other.csv", 4, "H2", keyless=False, cells=())) == ""


def test_the_first_signal_that_was_asked_for_has_a_record_that_several_point_out(surveyed, monkeypatch):
    """In whatever order the check lists them; what has no line is no record."""
    listed = [
        ("a.csv", 2, "night"),
        ("a.csv", 2, "lag"),
        ("a.csv", 3, "lag"),
        ("a.csv", 3, "night"),
        ("a.csv", None, "lag"),
        ("b.csv", 3, "night"),
    ]
    columns = tuple(Column(name, name) for name in ("signal", "file", "line"))
    rows = tuple(Row((Text(signal), Text(file), Count(line))) for file, line, signal in listed)
    table = Table("records", "", columns, rows, None)
    monkeypatch.setattr(analysis, "run", lambda _campaign, _check: Result({"records": table}, Receipt()))

    flagged = Oversample.of(surveyed(VISITS, oversample={"lag": "2", "night": "3"})).flagged

    assert flagged == {("a.csv", 2): "lag", ("a.csv", 3): "lag", ("b.csv", 3): "night"}
