"""Cases that a signal points out, from which more is drawn."""

from __future__ import annotations

from fractions import Fraction

import pytest

from visittally.analyses.backcheck.keyed import Keyed
from visittally.analyses.backcheck.oversampling import Oversample
from visittally.errors import UsageError

VISITS = """
    household_id,village,visit_date,issue
    H1,Ash,2026-03-01,road
    H2,Ash,2026-03-01,water
    H2,Ash,2026-03-01,water
    H3,Ash,2999-01-01,light
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
    more = Oversample.of(surveyed(VISITS, oversample={"impossible_time": "3/2", "duplicate": "2.5"}))
    lines = {line: signal for (_file, line), signal in more.flagged.items()}

    assert more.factors == {"impossible_time": Fraction(3, 2), "duplicate": Fraction(5, 2)}
    assert lines.keys() == {3, 4, 5} if "impossible_time" in lines.values() else {3, 4}
    assert lines[3] == "duplicate"
    [file] = {file for file, _line in more.flagged}
    assert more.signal(Keyed(file, 3, "H2", keyless=False, cells=())) == "duplicate"
    assert more.signal(Keyed(file, 2, "H1", keyless=False, cells=())) == ""
    assert more.signal(Keyed("other.csv", 3, "H2", keyless=False, cells=())) == ""
