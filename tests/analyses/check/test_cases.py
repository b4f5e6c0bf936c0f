"""The records that count, as arrays."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from visittally.analyses.check import cases as module
from visittally.analyses.check.cases import ANSWERED, BLANK, Cases, differences, read_cases
from visittally.analyses.check.columns import columns_of
from visittally.settings import Settings

HEADER = "visit_id,enumerator,village,household,visit_date,outcome,issue,roof,rooms"
VISITS = f"""
    {HEADER}
    1,Bo,Ash,H1,2026-03-01,Completed,road,tin,2
    2,Ann;Bo,Ash,H2,2026-03-01,Refused,,,
    3,Ann,Elm,H1,,Completed,none,straw,4
    4,,Elm,,2026-03-02,Not at home,water;road,tin,4
    1,Bo,Ash,H1,2026-03-01,Completed,road,tin,2
    """


@pytest.fixture
def looked(surveyed):
    """The campaign, its columns, what was counted, and its cases."""

    def look(text=VISITS, **options):
        campaign = surveyed(text, **options)
        columns = columns_of(campaign)
        counts = campaign.count(columns.plan)
        return campaign, columns, counts, read_cases(campaign, columns, counts)

    return look


@pytest.fixture
def read(looked):
    return lambda text=VISITS, **options: looked(text, **options)[-1]


def same(hashes):
    """For each record the first one with its hash, None where it has none."""
    found = hashes.tolist()
    return [found.index(one) if one else None for one in found]


def test_where_each_record_stands(read):
    found = read()

    assert (len(found), found.files, found.file.tolist()) == (5, ("visits.csv",), [0] * 5)
    assert found.line.tolist() == [2, 3, 4, 5, 6]


def test_visitors_are_in_the_order_of_their_names_and_a_visit_of_two_is_one_of_each(read):
    found = read()

    assert found.names == ("V01", "V02")
    assert [members.tolist() for members in found.members] == [[1, 2], [0, 1, 4]]
    assert found.visitor.tolist() == [1, 0, 0, -1, 1]


def test_without_a_column_of_visitors_nobody_has_a_record(read):
    found = read("village,issue\nAsh,road\nElm,water")

    assert (found.names, found.members, found.visitor.tolist()) == ((), (), [-1, -1])


def test_a_household_is_one_of_its_village(read):
    found = read()

    assert same(found.village) == [0, 0, 2, 2, 0]
    assert same(found.household) == [0, 1, 2, None, 0]
    assert same(found.household_day()) == [0, 1, None, None, 0]
    assert Cases(line=np.arange(1), day=np.zeros(1), household=np.zeros(1, np.uint64)).household_day().tolist() == [0]


def test_days_outcomes_and_issues(read):
    found = read()
    first = date(2026, 3, 1).toordinal()

    assert found.day.tolist() == [first, first, -1, first + 1, first]
    assert found.completed.tolist() == [True, False, True, False, True]
    assert found.refused.tolist() == [False, True, False, False, False]
    assert found.raised.tolist() == [True, False, False, True, True]
    assert found.no_issue.tolist() == [False, False, True, False, False]
    assert found.mentions.tolist() == [1, 0, 0, 2, 1]
    assert same(found.issue_codes) == [0, None, 2, 3, 0]


def test_what_no_column_says_is_not_known(read):
    """Without outcomes each record is an interview."""
    found = read("village,roof\nAsh,tin\nElm,straw")

    assert found.completed.tolist() == [True, True]
    assert found.refused.tolist() == [False, False]
    assert found.day.tolist() == [-1, -1]
    assert found.household.tolist() == [0, 0]
    assert np.isnan(found.minutes).all()
    assert [found.raised, found.status, found.positions, found.phone, found.away, found.self_filled] == [None] * 6


def test_the_day_of_the_visit_comes_before_that_of_its_start(read):
    text = "_uuid,village,visit_date,start\na,Ash,2026-03-01,2026-03-02T10:00:00\nb,Ash,,2026-03-03T10:00:00\nc,Ash,,"

    assert read(text).day.tolist() == [date(2026, 3, 1).toordinal(), date(2026, 3, 3).toordinal(), -1]


def test_an_interview_took_from_its_start_to_its_end(read):
    """Ends before their beginning are no durations; these come before the column that says how long."""
    text = (
        "village,start,end,duration_min\nAsh,2026-03-01T10:00:00,2026-03-01T10:31:00,5\n"
        "Ash,2026-03-01T11:00:00,2026-03-01T10:00:00,5\nElm,,,5"
    )
    minutes = read(text).minutes

    assert minutes[0] == pytest.approx(31)
    assert np.isnan(minutes[1:]).all()


def test_times_without_a_day_lie_on_the_day_of_the_visit(read):
    found = read("village,date,start time,end time\nAsh,2026-03-02,23:10,23:40\nAsh,,9:00,9:20")
    day = (date(2026, 3, 2) - date(2000, 1, 1)).days * 1440

    assert found.minutes[0] == 30
    assert found.local["start_time"][0] == day + 23 * 60 + 10
    assert np.isnan(found.local["start_time"][1])


@pytest.mark.parametrize(
    ("header", "cells", "minutes"),
    [
        ("duration_min", ["20", "300", "400"], [20, 300, 400]),
        ("duration", ["1200", "600", "900"], [20, 10, 15]),
        ("duration", ["20", "30", "120"], [20, 30, 120]),
        ("duration_sec", ["1200", "600", "900"], [20, 10, 15]),
        ("duration", ["40分钟", "1小时5分", "30"], [40, 65, 30]),
    ],
)
def test_durations_are_in_seconds_where_they_are_called_so_and_are_large(read, header, cells, minutes):
    text = f"village,{header},x\n" + "\n".join(f"Ash,{cell},a" for cell in cells)
    found = read(text, columns={"duration_min": header})

    assert found.minutes.tolist() == pytest.approx(minutes)


def test_records_that_are_the_same_but_for_their_numbers(read):
    assert same(read().record) == [0, 1, 2, 3, 0]


def test_answers_are_codes_and_say_what_they_are(read):
    found = read()

    assert [code == found.codes["roof"][0] for code in found.codes["roof"]] == [True, False, False, True, True]
    assert found.codes["roof"][1] == 0
    assert found.states["roof"].tolist() == [ANSWERED, BLANK, ANSWERED, ANSWERED, ANSWERED]


def test_the_same_words_are_the_same_in_every_question(read):
    found = read("village,roof,wall,x\nAsh,tin,straw,1\nElm,straw,tin,2\nOak,tin,,1")
    roof, wall = found.spoken("roof").tolist(), found.spoken("wall").tolist()

    assert (roof[0], roof[1]) == (wall[1], wall[0])
    assert wall[2] == 0


def test_of_too_many_answers_only_who_where_and_when_is_read(read, monkeypatch):
    monkeypatch.setattr(module, "CELLS", 3)
    found = read()

    assert (found.too_large, found.codes, found.readers) == (True, {}, ())
    assert found.names == ("V01", "V02")


def test_people_are_compared_and_not_shown(read):
    text = (
        "visitor,village,户主姓名,联系电话,在家情况,latitude,longitude\n"
        "Ann Lee,Ash,ann  lee,13900000001,在家,6.5,12.25\nBo,Ash,Cy,139****0001,外出,,\n"
        "Bo,Elm,,13900000001,,x,12\n,Elm,,,,,"
    )
    found = read(text)

    assert found.self_filled.tolist() == [2, 1, 0, 0]
    assert same(found.phone) == [0, None, 0, None]
    assert found.positions[0].tolist() == [6.5, 12.25]
    assert np.isnan(found.positions[1:, 0]).all()


def test_how_many_columns_of_two_records_differ(looked):
    """Running numbers left out, white space at the ends too."""
    campaign, columns, counts, found = looked(VISITS.replace("tin,2\n    2", " tin ,2\n    2"))

    assert differences(campaign, columns, counts, found, [(4, 0), (1, 0), (3, 2)]) == [0, 6, 6]
    assert differences(campaign, columns, counts, found, []) == []


def test_records_of_several_files_stand_one_behind_the_other(write):
    from visittally.analyses.campaign import load

    files = tuple(write(f"{n}.csv", f"{HEADER}\n1,Bo,Ash,H{n},2026-03-0{n},Completed,road,tin,2") for n in (2, 1))
    campaign = load(Settings(files=files))
    columns = columns_of(campaign)
    found = read_cases(campaign, columns, campaign.count(columns.plan))

    assert [found.files[i] for i in found.file] == list(files)
    assert found.line.tolist() == [2, 2]


def test_without_a_record_there_is_nothing(read):
    found = read(HEADER + "\n")

    assert (len(found), found.names, found.members, found.day.tolist()) == (0, (), (), [])
