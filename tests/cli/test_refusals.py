"""Options that cannot be followed are refused in a sentence, never left out."""

from __future__ import annotations

import openpyxl
import pytest

VISITS = "village,problem,start_time\nAsh,road,2026-03-02 09:10\nElm,water,2026-03-03 20:00\n"


@pytest.mark.parametrize("suffix", ["hour", "worktime", "month"])
def test_parts_of_a_day_do_not_stand_in_the_place_of_the_issue(write, command, suffix):
    ended = command("summarize", write("visits.csv", VISITS), "--across", f"start_time:{suffix}")

    assert ended.status == 2
    assert f'"start_time:{suffix}" can be rows (--by)' in ended.err


def test_who_is_due_needs_the_date_of_the_visits(write, command):
    ended = command("coverage", write("visits.csv", "village,problem\nAsh,road\n"), "--revisit-after", "20")

    assert ended.status == 2
    assert "--revisit-after needs the date of the visits" in ended.err


def test_one_of_several_sheets_that_is_nowhere_is_refused(folder, command):
    book = openpyxl.Workbook()
    book.active.title = "March"
    for row in ("village,problem", "Ash,road", "Elm,water"):
        book.active.append(row.split(","))
    book.save(folder / "visits.xlsx")

    assert command("summarize", "visits.xlsx", "--sheet", "march").status == 0
    ended = command("summarize", "visits.xlsx", "--sheet", "March", "--sheet", "Aprl")
    assert ended.status == 1
    assert 'no workbook has a sheet "Aprl". Read would be: March.' in ended.err


def test_a_time_without_a_date_is_said_as_what_it_is(write, command):
    ended = command(
        "summarize",
        write("visits.csv", VISITS.replace("2026-03-0", "").replace("2 09", "09").replace("3 20", "20")),
        "--by",
        "start_time:worktime",
    )

    assert "a time of day without a date" in ended.err


def test_everybody_visited_and_chosen_places_are_both_said(write, command):
    shown = command("summarize", write("visits.csv", VISITS * 1), "--complete", "--purposive").out

    assert "everybody was visited" in shown
    assert "chosen, not drawn" in shown


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("start_time:hour<9:30", '"9:30" is no hour from 0 to 23'),
        ("start_time:hour=24", '"24" is no hour from 0 to 23'),
        ("start_time:worktime!=tomorrow", "one of: office, outside, weekend"),
        ("start_time:worktime<weekend", "compared with = or !="),
    ],
)
def test_times_of_day_that_nothing_can_be_are_refused(write, command, condition, said):
    ended = command("summarize", write("visits.csv", VISITS), "--where", condition)

    assert ended.status == 2
    assert said in ended.err


@pytest.mark.parametrize(
    ("condition", "counted"),
    [
        ("start_time:hour<10", 1),
        ("start_time:hour>=9", 2),
        ("start_time:worktime=office", 1),
        ("start_time:worktime!=周末", 2),
    ],
)
def test_times_of_day_are_compared_as_hours_and_by_their_names(write, command, condition, counted):
    ended = command("summarize", write("visits.csv", VISITS), "--where", condition, "-f", "json", "--lang", "zh")

    assert ended.status == 0, ended.err
    assert sum(row["cases"] for row in ended.tables()["areas"] if not row.get("total")) == counted


def test_days_written_with_midnight_tell_no_time(write, command):
    text = "village,problem,start_time\nAsh,road,2026-03-02 00:00:00\nElm,water,2026-03-03 00:00:00\n"
    ended = command("summarize", write("visits.csv", text), "--by", "start_time:hour")

    assert "hold no time of day that can be read" in ended.err
