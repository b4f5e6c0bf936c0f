"""Tables of counts are added up: what a monthly report says is what its records would have said."""

from __future__ import annotations

import csv
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import visittally
from visittally.errors import FieldError

WORDS = {
    "zh": ("村名", "走访户数", "收集问题数", "已办结", "东村 西村 南社区", "道路 饮水 医疗"),
    "en": ("Village", "Households visited", "Issues raised", "Resolved", "Ash Birch Cedar", "Road Water Clinic"),
    "es": ("Aldea", "Hogares visitados", "Problemas", "Resueltos", "Alto Bajo Centro", "Camino Agua Salud"),
    "fr": ("Village", "Ménages visités", "Problèmes signalés", "Résolus", "Amont Aval Pont", "Route Eau École"),
}


def summary_of(rows, **options):
    """The summary of a table."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "report.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
        return visittally.summarize([str(path)], **options)


def rows_of(result, name):
    """The rows of a table but for its total, as programs see them."""
    return [row for row in result.tables[name].to_dict()["rows"] if not row.get("total")]


@settings(max_examples=20, deadline=None)
@given(
    st.sampled_from(list(WORDS)),
    st.lists(st.tuples(st.integers(1, 90), *[st.integers(0, 9)] * 3, st.integers(0, 5)), min_size=3, max_size=3),
    st.booleans(),
)
def test_a_report_says_what_its_records_would_have_said(lang, figures, total):
    place, visits, collected, handled, places, issues = WORDS[lang]
    named = dict(zip(places.split(), figures, strict=True))
    rows = [[place, visits, collected, *issues.split(), handled]]
    rows += [[name, f[0], sum(f[1:4]), *f[1:4], f[4]] for name, f in named.items()]
    if total:
        word = {"zh": "合计", "fr": "Total général"}.get(lang, "Total")
        rows.append([word, *(sum(row[c] for row in rows[1:]) for c in range(1, 7))])
    result = summary_of(rows)
    assert {row["village"]: row["cases"] for row in rows_of(result, "areas")} == {n: f[0] for n, f in named.items()}
    assert sum(row["handled"] for row in rows_of(result, "areas")) == sum(f[4] for f in figures)
    expected = Counter({name: sum(f[i + 1] for f in figures) for i, name in enumerate(issues.split())})
    assert {row["issue"]: row["mentions"] for row in rows_of(result, "issues")} == expected
    assert result.receipt.records_counted == 3
    assert summary_of(rows, counts="no").tables["areas"].to_dict()["rows"][-1]["cases"] == 3


def test_figures_that_are_not_exact_stay_so_and_sums_that_differ_are_said():
    rows = [
        ["村名", "走访户数", "收集问题数", "道路", "饮水"],
        ["东村", "10余户", "5", "2", "2"],
        ["西村", "20", "3", "1", "2"],
    ]
    result = summary_of(rows)
    assert [cell.approximate for row in result.tables["areas"].rows for cell in row.cells[1:2]] == [True, False, True]
    assert "line 2: 5 instead of 4" in next(n.message for n in result.notices if n.code == "total_differs")


def test_records_beside_a_number_of_households_count_as_many_visits():
    rows = [
        ["日期", "村名", "走访户数", "反映的主要问题"],
        ["2026-03-01", "东村", "12", "村道路面破损"],
        ["2026-03-02", "西村", "8", "无"],
    ]
    result = summary_of([*rows, ["2026-03-03", "东村", "5", "自来水经常停水"]])
    areas = {row["village"]: (row["cases"], row["raised"], row["mentions"]) for row in rows_of(result, "areas")}
    assert areas == {"东村": (17, 17, 2), "西村": (8, 0, 0)}


def test_what_needs_single_records_is_refused(tmp_path):
    path = tmp_path / "report.csv"
    path.write_text("村名,走访户数,收集问题数,已办结\n东村,12,3,1\n西村,8,2,2\n", "utf-8")
    with pytest.raises(FieldError, match="holds counts"):
        visittally.followup([str(path)])


def test_answers_in_numbers_are_no_counts():
    rows = [
        ["village", "visits", "problem", "age", "members"],
        ["Ash", "1", "road", "30", "4"],
        ["Elm", "2", "water", "50", "3"],
    ]
    assert [row["cases"] for row in rows_of(summary_of(rows), "areas")] == [1, 1]


@pytest.mark.parametrize(
    "word", ["?00余", "若干", "多户", "several", "10-15", "unknown", "quelques", "varios", "несколько", "不详"]
)
def test_a_number_that_is_not_known_makes_no_record_of_a_count_and_is_said(word):
    rows = [
        ("村", "走访户数", "道路", "饮水"),
        ("东村", "30", "10", "5"),
        ("西村", word, "7", "4"),
        ("南村", "20", "3", "2"),
    ]

    found = summary_of(rows)
    total = next(row for row in found.tables["areas"].to_dict()["rows"] if row.get("total"))
    said = [notice.message for notice in found.notices if notice.code == "unread_counts"]

    assert total["cases"] == 50
    assert total["mentions"] == 31
    assert len(said) == 1
    assert word in said[0]
    assert "3" in said[0]


@pytest.mark.parametrize("header", ["数量", "Number of households", "件数", "nombre de ménages"])
def test_numbers_beside_issues_are_not_passed_over(header):
    rows = [("village", "issue", header), ("A", "road", "12"), ("A", "water", "3"), ("B", "road", "7")]

    found = summary_of(rows)

    assert "numbers_of_issues" in {notice.code for notice in found.notices}
    assert summary_of(rows, weight=header).tables["issues"].to_dict()["rows"][0]["mentions"] is not None


def test_a_number_that_interviews_ask_for_is_no_count_of_issues():
    rows = [("village", "issue", "Number of households"), *[("A", "road", str(n % 5)) for n in range(20)]]

    assert "numbers_of_issues" not in {notice.code for notice in summary_of(rows).notices}


@pytest.mark.parametrize(
    ("header", "heading", "base"),
    [
        ("走访户数", "Households", "Base: all 50 households visited."),
        ("Households visited", "Households", "Base: all 50 households visited."),
        ("走访户次", "Visits", "Base: all 50 visits."),
        ("Visits", "Visits", "Base: all 50 visits."),
    ],
)
def test_households_are_called_households_and_not_visits(header, heading, base):
    rows = [["村名", header, "收集问题数", "道路", "饮水"], ["东村", 20, 6, 4, 2], ["西村", 30, 3, 1, 2]]
    areas = summary_of(rows).tables["areas"]
    assert [column.label for column in areas.for_people().columns if column.people][1] == heading
    assert areas.base.text == base
    assert [row["cases"] for row in areas.to_dict()["rows"]] == [20, 30, 50]
    crosstab = summary_of(rows).tables["crosstab"]
    assert crosstab.columns[-1].label == heading


def test_what_cannot_be_read_is_unknown_and_no_nought():
    """A damaged number is neither 0 households nor a base: of a sum that lacks it there is no rate."""
    rows = [
        ["村", "走访户数", "道路交通", "教育", "已办结"],
        ["东村", "300余户", 20, 10, 5],
        ["西村", "?00余户", 15, 15, 6],
    ]
    rows += [["南村", "50", 5, 5, "?"]]
    table = summary_of(rows).tables["areas"]
    found = {row["village"]: row for row in table.to_dict()["rows"]}

    assert [found[v]["cases"] for v in ("东村", "西村", "南村")] == [300, None, 50]
    assert found["西村"]["mentions_per_100_cases"] is None
    assert found["东村"]["mentions_per_100_cases"] == 10
    assert [found[v]["handled"] for v in ("东村", "西村", "南村")] == [5, 6, None]
    (total,) = [row for row in table.to_dict()["rows"] if row.get("total")]
    assert (total["cases"], total["handled"]) == (350, 11)
    assert total["mentions_per_100_cases"] is total["handled_percent"] is None
    assert table.base.text == "Base: all ≈350 households visited."
