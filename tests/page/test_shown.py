"""Tables and reports as plain values for the page."""

import json
from collections import Counter

import pytest

from visittally.errors import Notice
from visittally.page.shown import LISTED, ROWS, of_report, of_result
from visittally.reading.receipt import FileReceipt, Kind, Receipt, SetAside
from visittally.render import RenderOptions
from visittally.tables.document import Chart, ChartKind, Document, Section
from visittally.tables.result import Result
from visittally.tables.table import Base, Column, Count, Row, Table, Text

OPTIONS = RenderOptions(min_cell=5)


def table(rows=2, *, total=False):
    made = [Row((Text(f"v{i}"), Count(i))) for i in range(rows)]
    made += [Row((Text(None), Count(99)), total=True)] if total else []
    columns = (Column("village", "Village"), Column("cases", "Visits"))
    return Table("areas", "Visits by place", columns, tuple(made), Base("all", 3, "Base: 3."), ("A note.",))


def receipt(*lines, kind=Kind.UNREADABLE, reason="why", smallest=0, file="a.csv"):
    entries = [SetAside(line, kind, reason) for line in lines]
    counts = Counter({kind: len(lines)} if lines else {})
    return Receipt([FileReceipt(file, records_read=40, counts=counts, entries=entries)], smallest)


def shown(*tables, notices=(), of=None):
    result = Result({table.name: table for table in tables}, of or receipt(), tuple(notices))
    return json.loads(json.dumps(of_result(tables, result, OPTIONS)))


def texts(row):
    return [cell["text"] for cell in row["cells"]]


def test_a_table_is_its_headings_its_rows_and_what_stands_below():
    ((found,),) = [section["tables"] for section in shown(table(total=True))["sections"]]

    assert found["name"] == "areas"
    assert found["title"].endswith("Visits by place")
    assert found["headings"] == [{"text": "Village", "right": False}, {"text": "Visits", "right": True}]
    assert [texts(row) for row in found["rows"]] == [["v0", "0"], ["v1", "1"], ["Total", "99"]]
    assert [row["total"] for row in found["rows"]] == [False, False, True]
    assert [cell["head"] for cell in found["rows"][0]["cells"]] == [True, False]
    assert found["below"] == ["Base: 3.", "A note."]
    assert found["more"] == 0


@pytest.mark.parametrize(("rows", "more"), [(ROWS, 0), (ROWS + 1, 1)])
def test_of_a_long_table_the_first_rows_are_shown_and_the_total(rows, more):
    (found,) = shown(table(rows, total=True))["sections"][0]["tables"]

    assert len(found["rows"]) == ROWS + 1
    assert found["rows"][-1]["total"]
    assert found["more"] == more


def test_what_is_partial_stands_apart_and_nothing_is_said_twice():
    notices = [Notice("weights", "Odd."), Notice("nothing_left", "Empty."), Notice("other", "Odd.")]
    found = shown(table(), notices=notices)

    assert (found["partial"], found["notes"]) == (["Empty."], ["Odd."])


def test_what_was_left_out_is_told_by_kind_and_one_by_one():
    found = shown(table(), of=receipt(3, 9))

    assert found["receipt"] == "Read 40 records, counted 38, set aside 2."
    assert found["kinds"] == [{"name": "unreadable", "n": 2}]
    assert found["left_out"] == [{"file": "a.csv", "line": line, "reason": "why"} for line in (3, 9)]


def test_where_small_counts_are_hidden_nothing_is_told_of_single_records():
    found = shown(table(), of=receipt(3, 9, smallest=5))

    assert found["kinds"] == found["left_out"] == []
    assert "2" not in found["receipt"]


def test_so_many_records_are_listed():
    found = shown(table(), of=receipt(*range(2, LISTED + 9)))

    assert len(found["left_out"]) == LISTED
    assert found["kinds"][0]["n"] == LISTED + 7


def test_where_no_file_was_counted_nothing_is_said_of_records():
    """An audit counts nothing."""
    assert shown(table(), of=Receipt())["receipt"] == ""


def test_sentences_neither_steer_nor_tell_who_was_visited():
    said = "Odd: \x1b[2J 13800138000"
    found = shown(table(), notices=[Notice("a", said)], of=receipt(3, reason=said, file="a\x1b.csv"))

    assert "13800138000" not in json.dumps(found)
    assert "\x1b" not in found["notes"][0] + found["left_out"][0]["reason"] + found["left_out"][0]["file"]


def test_a_report_is_its_title_its_findings_and_the_tables_of_each_part():
    """Charts stand in files."""
    chart = Chart(ChartKind.BARS, "Visits", "areas", "village", ("cases",))
    sections = (Section("Places", (), (table(),), (chart,)), Section("More", (), (table(),)))
    document = Document("Report", ("Found.",), sections, ("Mind.",))
    found = json.loads(json.dumps(of_report(document, [Notice("a", "Odd.")], receipt(), OPTIONS)))

    assert found["paragraphs"] == ["Report", "Found."]
    assert [(s["heading"], [t["name"] for t in s["tables"]]) for s in found["sections"]] == [
        ("Places", ["areas"]),
        ("More", ["areas"]),
    ]
    assert found["notes"] == ["Odd."]
    assert "svg" not in json.dumps(found)
