"""JSON and JSON lines."""

import json

from hypothesis import given
from hypothesis import strategies as st

from visittally import render
from visittally.errors import Notice
from visittally.reading.receipt import FileReceipt, Receipt
from visittally.tables.result import Result
from visittally.tables.table import (
    Base,
    Column,
    Count,
    Row,
    Share,
    Table,
    Text,
)

OPTIONS = render.RenderOptions()


def _table(*rows):
    columns = (Column("village", "Village"), Column("cases", "Cases"), Column("share", "Share"))
    return Table("areas", "Visits", columns, rows, Base("all", 3, "Base: 3."), ("A note.",))


def test_json_holds_tables_receipt_and_notices():
    table = _table(Row((Text("大坪村"), Count(2), Share(2, 3))), Row((Text(None), Count(3), Share(3, 0)), total=True))
    result = Result({"areas": table}, Receipt([FileReceipt("a.csv", records_read=3)]), (Notice("code", "Said."),))

    found = json.loads(render.render([table], result, "json", OPTIONS))

    assert found["tables"][0]["rows"] == [
        {"village": "大坪村", "cases": 2, "share": 200 / 3},
        {"village": None, "cases": 3, "share": None, "total": True},
    ]
    assert found["tables"][0]["base"] == {"kind": "all", "cases": 3}
    assert found["receipt"]["records_read"] == 3
    assert found["notices"] == [{"code": "code", "message": "Said."}]


def test_json_is_restricted_to_the_tables_asked_for():
    result = Result({"areas": _table(), "other": _table()}, Receipt())

    assert len(json.loads(render.render([_table()], result, "json", OPTIONS))["tables"]) == 1


def test_chinese_is_written_as_it_is():
    assert "大坪村".encode() in render.render(
        [_table(Row((Text("大坪村"), Count(1), Share(1, 1))))], Result({}, Receipt()), "json", OPTIONS
    )


def test_what_is_no_number_becomes_null():
    table = _table(Row((Text("A"), Count(float("nan")), Share(1, 3))))

    assert json.loads(render.render([table], Result({}, Receipt()), "jsonl", OPTIONS))["cases"] is None


@given(st.lists(st.text(st.characters()), min_size=1, max_size=4))
def test_every_json_line_is_a_row_whatever_the_labels_hold(names):
    """Line separators, control characters and lone surrogates too."""
    table = _table(*(Row((Text(name), Count(1), Share(1, 2))) for name in names))

    text = render.render([table], Result({}, Receipt()), "jsonl", OPTIONS).decode()

    assert [json.loads(line)["village"] for line in text.splitlines()] == names


def test_json_lines_hold_no_totals():
    assert (
        render.render(
            [_table(Row((Text(None), Count(3), Share(1, 1)), total=True))],
            Result({}, Receipt()),
            "jsonl",
            OPTIONS,
        )
        == b""
    )


def test_the_cells_of_a_crosstab_are_an_object_of_their_own():
    columns = (
        Column("village", "Village"),
        Column("mentions", "x", spread="cells"),
        Column("mentions", "Mentions"),
    )
    table = Table("crosstab", "T", columns, (Row((Text("A"), Count(1), Count(2))),))

    found = json.loads(render.render([table], Result({}, Receipt()), "jsonl", OPTIONS))

    assert found == {"village": "A", "cells": {"mentions": 1}, "mentions": 2}
