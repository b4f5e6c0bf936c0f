"""Days without a year."""

from __future__ import annotations

import pytest

import visittally

ROWS = "村,日期,问题\n东村,{},道路\n东村,3月6日,饮水\n西村,3月7日,道路\n"


def days(path):
    table = visittally.summarize(path, by=("visit_date:day",)).tables["areas"].to_dict()
    return [next(iter(row.values())) for row in table["rows"] if not row.get("total")]


@pytest.mark.parametrize(
    ("name", "title", "first"),
    [
        ("2026年3月台账.csv", "", "3月5日"),
        ("台账.csv", "2026年走访登记表,,\n", "三月五日"),
        ("台账.csv", "", "2026年3月5日"),
        ("export_20260401.csv", "", "3.5"),
    ],
)
def test_the_year_is_taken_from_where_it_stands(tmp_path, name, title, first):
    path = tmp_path / name
    path.write_text(title + ROWS.format(first), encoding="utf-8")

    assert days(path) == ["2026-03-05", "2026-03-06", "2026-03-07"]
    assert "dates_without_year" in {notice.code for notice in visittally.summarize(path).notices}


@pytest.mark.parametrize(
    ("field", "header"),
    [
        ("submitted_at", "提交时间"),
        ("handover_date", "交办日期"),
        ("due_date", "办理时限"),
        ("resolved_date", "办结日期"),
        ("reply_date", "反馈日期"),
    ],
)
def test_the_year_is_missing_from_every_kind_of_day(tmp_path, field, header):
    path = tmp_path / "2026年台账.csv"
    path.write_text(f"村,日期,{header},问题\n东村,3.1,3.5,道路\n西村,3.2,3.6,道路\n", encoding="utf-8")

    table = visittally.summarize(path, by=(f"{field}:day",)).tables["areas"].to_dict()
    assert [next(iter(row.values())) for row in table["rows"]][:2] == ["2026-03-05", "2026-03-06"]


@pytest.mark.parametrize(
    ("name", "first"), [("台账.csv", "3月5日"), ("2025-2026.csv", "3月5日"), ("2026.csv", "12月5日")]
)
def test_no_year_is_taken_where_none_is_certain(tmp_path, name, first):
    path = tmp_path / name
    path.write_text(ROWS.format(first).replace("3月7日", "1月7日"), encoding="utf-8")

    said = [notice.message for notice in visittally.summarize(path).notices if notice.code == "dates_without_year"]

    assert not [day for day in days(path) if day]
    assert len(said) == 1
    assert "2, 3, 4" in said[0]


def test_dates_that_cannot_be_read_are_listed_with_their_lines(write, command):
    """Not blanks, not days without a year, and not columns that hold no dates."""
    rows = [
        f"{['Ash', 'Elm'][n % 2]},{day},road"
        for n, day in enumerate(["2026-03-01", "soon", "2026-03-04", "", "31.2.2026"])
    ]
    ended = command("summarize", write("a.csv", "\n".join(["village,visit date,issue", *rows]) + "\n"))

    assert 'a.csv: 2 dates of "visit date" cannot be read (line 3: soon; line 6: 31.2.2026)' in ended.err.replace(
        "\n", " "
    )


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (("3.5", "3.15", "4.6"), True),
        (("3.1", "3.10", "4.6"), True),
        (("3.1", "3.15", "4.6"), False),
    ],
)
def test_short_days_are_read_unless_a_zero_may_be_lost(tmp_path, written, read):
    """A spreadsheet that takes 3.10 for a number leaves 3.1."""
    path = tmp_path / "2026.csv"
    path.write_text("村,日期,问题\n" + "".join(f"东村,{day},道路\n" for day in written), encoding="utf-8")
    codes = {notice.code for notice in visittally.summarize(path).notices}

    assert ("dates_without_year" in codes) is read
    assert ("ambiguous_days" in codes) is not read
