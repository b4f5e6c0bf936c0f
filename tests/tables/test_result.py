"""What a command gives: tables that are laid out when they are asked for, and the whole as JSON."""

from __future__ import annotations

import pytest

from visittally.errors import Notice
from visittally.reading.receipt import Receipt
from visittally.tables.result import Result, Tables
from visittally.tables.table import Column, Count, Row, Table


def table(name):
    return Table(name, name.title(), (Column("n", "N"),), (Row((Count(1),)),))


def test_a_table_is_laid_out_once_and_only_when_it_is_asked_for():
    made = []

    def maker(name):
        return lambda: made.append(name) or table(name)

    tables = Tables({name: maker(name) for name in ("first", "second")})

    assert (list(tables), len(tables), "second" in tables, made) == (["first", "second"], 2, True, [])
    assert tables["second"] is tables["second"]
    assert made == ["second"]
    with pytest.raises(KeyError):
        tables["third"]


def test_a_result_is_written_with_its_receipt_and_notices():
    result = Result({"first": table("first")}, Receipt([]), (Notice("said", "So it is."),))
    found = result.to_dict()

    assert [one["name"] for one in found["tables"]] == ["first"]
    assert found["notices"] == [{"code": "said", "message": "So it is."}]
    assert found["receipt"]["records_read"] == 0
