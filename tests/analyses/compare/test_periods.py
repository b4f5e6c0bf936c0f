"""Month by month: 环比, 同比, 累计, and periods that are not whole."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import visittally
from visittally import messages

SAMPLE = Path(__file__).parents[3] / "sample_data" / "district" / "visits.csv.gz"
BESIDE = (folder / "shared" / "data" for folder in Path(__file__).parents)
SHARED = next((folder for folder in BESIDE if folder.is_dir()), Path("none"))


def rows(result):
    return {(row["period"], row["indicator"]): dict(row) for row in result.tables["periods"].to_dict()["rows"]}


@pytest.fixture
def visits(write):
    """Visits of two years: households come again, statuses differ."""
    lines = [
        *[("2025-04-01", "H1", "water", "resolved"), ("2025-04-30", "H2", "road", "open")],
        *[("2026-01-01", "H1", "water", "resolved"), ("2026-01-31", "H2", "none", "")],
        *[("2026-02-10", "H1", "water", "open"), ("2026-02-11", "H3", "road", "resolved")],
        *[("2026-04-01", "H1", "road", "resolved"), ("2026-04-30", "H4", "road", "resolved")],
        ("", "H9", "road", "open"),
    ]
    text = "visit_date,household_id,village,issue,status\n"
    return write("visits.csv", text + "".join(f"{d},{h},Ash,{i},{s}\n" for d, h, i, s in lines))


def test_months_and_the_year_so_far(visits):
    """Every month of the calendar, those without a visit too; households once over the year; shares from the sums."""
    found = visittally.compare(visits, period="month")
    table = rows(found)

    months = list(dict.fromkeys(period for period, _ in table))
    assert months[0] == "2025-04"
    assert months[-4:] == ["2026-01", "2026-02", "2026-03", "2026-04"]
    assert len(months) == 13
    april = table["2026-04", "visits"]
    assert (april["value"], april["previous"], april["change_percent"]) == (2, 0, None)
    assert (april["last_year"], april["change_on_year"], april["change_on_year_percent"]) == (2, 0, 0)
    assert (april["cumulative"], april["cumulative_last_year"]) == (6, 2)
    households = table["2026-04", "households"]
    assert (households["value"], households["cumulative"]) == (2, 4)
    resolved = table["2026-04", "resolved"]
    assert (resolved["value"], resolved["cumulative_numerator"], resolved["cumulative_denominator"]) == (100, 4, 5)
    assert resolved["points_on_year"] == 50
    february = table["2026-02", "resolved"]
    assert (february["numerator"], february["denominator"], february["points"]) == (1, 2, -50)
    assert [notice.code for notice in found.notices if notice.code == "undated"] == ["undated"]


def test_incomplete_periods_are_marked_and_not_compared(visits):
    """A period that ends after the newest date: printed with a star, no change from it or to it unless --partial."""
    early = visittally.compare(visits, period="month", as_of=date(2026, 2, 20))
    february = rows(early)["2026-02", "visits"]

    assert (february["complete"], february["change"], february["value"], february["previous"]) == (False, None, 2, 2)
    assert rows(early)["2026-01", "visits"]["complete"] is True
    asked = visittally.compare(visits, period="month", as_of=date(2026, 2, 20), partial=True)
    assert rows(asked)["2026-02", "visits"]["change"] == 0
    assert (
        "2026-02 *"
        in visittally.compare(visits, period="month", as_of=date(2026, 2, 20))
        .tables["periods"]
        .for_people()
        .rows[0]
        .cells[0]
        .label
    )


def test_another_start_of_the_year(visits):
    """--from: a campaign's year may begin when it wants."""
    table = rows(visittally.compare(visits, period="month", since=date(2026, 2, 1)))

    assert table["2026-04", "visits"]["cumulative"] == 4


def test_answers_are_indicators_with_across(visits):
    """--across: how many named each issue."""
    table = rows(visittally.compare(visits, period="month", across="issue"))

    assert [table["2026-04", name]["value"] for name in ("road", "water")] == [2, 0]
    assert table["2026-02", "water"]["change"] == 0


def test_the_sample_of_a_district():
    """Three months of the sample: figures worked out by hand."""
    table = rows(visittally.compare(SAMPLE, period="month"))
    months = ("2026-04", "2026-05", "2026-06")

    assert [table[m, "visits"]["value"] for m in months] == [11883, 12280, 11882]
    assert [table[m, "handled"]["numerator"] for m in months] == [499, 550, 519]
    assert [table[m, "handled"]["value"] for m in months] == pytest.approx([61.002445, 65.710872, 64.552239], abs=5e-7)
    assert [table[m, "resolved"]["numerator"] for m in months] == [242, 280, 241]
    may, june = table["2026-05", "handled"], table["2026-06", "handled"]
    assert table["2026-05", "collected"]["change"] == 19
    assert may["points"] == pytest.approx(4.7084, abs=5e-5)
    assert may["cumulative"] == pytest.approx(63.3837, abs=5e-5)
    assert (june["cumulative_numerator"], june["cumulative_denominator"]) == (1568, 2459)
    assert june["cumulative"] == pytest.approx(63.7658, abs=5e-5)


def test_headings_in_chinese(visits):
    """本月 上月 环比 上年同月 同比 本年累计 上年同期累计."""
    try:
        table = visittally.compare(visits, period="month", lang="zh").tables["periods"].for_people()
    finally:
        messages.set_language("en")
    seen = [column.label for column in table.columns if column.people]

    assert seen[2:] == ["本月", "上月", "环比", "上年同月", "同比", "本年累计", "上年同期累计"]


def test_small_counts_of_a_period_do_not_follow_from_the_year(visits):
    """With --min-cell there are no sums of the year, nor the sum of all answers."""
    found = visittally.compare(visits, period="month", min_cell=3, across="issue")
    table = rows(found)

    assert {row["cumulative"] for row in table.values()} == {None}
    assert ("2026-04", "mentions") not in table
    assert table["2026-04", "road"]["value"] is None


def test_visits_and_issues_are_those_of_summarize(write):
    """A row for several households counts as so many visits; where rows are issues each of them counts."""
    write(
        "ledger.csv",
        "日期,村,走访户数,反映问题类别\n2026-04-01,东村,5,道路\n2026-04-30,西村,3,饮水\n2026-05-31,东村,4,无\n",
    )
    lines = [f"2026-04-{1 + n // 2:02},Ash,H{n // 2},Tom,{'road' if n % 4 else 'water'}" for n in range(60)]
    write("issues.csv", "visit_date,village,household_id,visitor,issue\n" + "\n".join([*lines, lines[-1]]) + "\n")
    for name in ("ledger.csv", "issues.csv"):
        for across in ("", "issue"):
            table = rows(visittally.compare(name, period="year", across=across))
            total = next(
                row for row in visittally.summarize(name).tables["areas"].to_dict()["rows"] if row.get("total")
            )
            assert table["2026", "visits"]["value"] == total["cases"]
            assert table["2026", "mentions"]["value"] == total["mentions"]
        issues = {
            row["issue"]: row["mentions"] for row in visittally.summarize(name).tables["issues"].to_dict()["rows"]
        }
        assert {issue: table["2026", issue]["value"] for issue in issues} == issues


def test_tables_of_counts_are_refused(write):
    """They hold no records: summarize adds them up."""
    write("sheet.csv", "村,走访户数,道路,饮水\n东村,20,3,4\n西村,30,5,1\n南村,25,2,2\n北村,18,1,0\n")
    for options in ({"period": "month"}, {"before": "sheet.csv"}, {"split": "村=东村"}):
        with pytest.raises(visittally.VisitTallyError, match="holds counts"):
            visittally.compare("sheet.csv", **options)
    with pytest.raises(visittally.VisitTallyError, match="holds counts"):
        visittally.backcheck("sheet.csv", seed="1")
