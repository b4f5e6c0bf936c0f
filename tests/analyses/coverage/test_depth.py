"""How deep the visits went."""

from __future__ import annotations

import textwrap

import pytest

from visittally.analyses.analysis import run as finished
from visittally.analyses.campaign import load
from visittally.analyses.coverage.cover import cover
from visittally.settings import Settings


@pytest.fixture
def depth(tmp_path):
    """The rows of the table of depth, by village; the total under `*`."""

    def run(text, **settings):
        path = tmp_path / "visits.csv"
        path.write_text(textwrap.dedent(text), "utf-8")
        result = finished(load(Settings(files=(str(path),), **settings)), cover)
        found = result.tables["depth"].to_dict()["rows"]
        return {"*" if row.get("total") else row["village"]: row for row in found}, result.tables["depth"]

    return run


def test_minutes_are_told_by_start_and_end(depth):
    found, table = depth(
        """\
        village,start,end
        Ash,2026-03-01T09:00:00.000+08:00,2026-03-01T09:40:00.000+08:00
        Ash,2026-03-01T10:00:00.000+08:00,2026-03-01T11:10:00.000+08:00
        Birch,2026-03-02T10:00:00.000+08:00,2026-03-02T09:00:00.000+08:00
        """
    )
    assert (found["Ash"]["timed"], found["Ash"]["median_minutes"]) == (2, 55)
    assert (found["Birch"]["timed"], found["Birch"]["median_minutes"]) == (0, None)
    assert found["*"]["median_minutes"] == 55
    assert "are in no duration: 1." in table.notes[0]


@pytest.mark.parametrize(
    ("header", "cells", "median"),
    [
        ("duration", ("30", "50"), 40),
        ("答题时长", ("120", "240"), 3),
        ("所用时间", ("2分30秒", "90秒"), 2),
        ("duration", ("1800", "3000"), 40),
    ],
)
def test_a_number_is_minutes_or_seconds_as_header_and_size_say(depth, header, cells, median):
    found, _table = depth(f"village,{header}\nAsh,{cells[0]}\nAsh,{cells[1]}\n")
    assert found["*"]["median_minutes"] == median


def test_times_without_a_day_and_visits_at_which_nobody_answered(depth):
    found, table = depth(
        """\
        village,Time started,Time finished,visit outcome
        Ash,09:00,09:40,completed
        Ash,19:30,20:40,completed
        Ash,10:00,10:05,refused
        Ash,2026-03-02 08:00,08:50,nobody home
        """
    )
    assert (found["Ash"]["timed"], found["Ash"]["median_minutes"]) == (2, 55)
    assert "Minutes are those of visits at which somebody answered." in table.notes


def test_texts_and_people_are_counted(depth):
    found, _table = depth(
        """\
        village,反映问题,在场人数
        东村,村道坑洼不平多年无人修,3
        东村,,2
        西村,自来水水压低经常停水,
        西村,无,12人
        """
    )
    assert (found["*"]["with_text"], found["*"]["with_text_percent"]) == (2, 50)
    assert (found["东村"]["persons_present"], found["东村"]["persons_per_record"]) == (5, 2.5)
    assert (found["*"]["persons_present"], found["*"]["persons_counted"]) == (17, 3)
