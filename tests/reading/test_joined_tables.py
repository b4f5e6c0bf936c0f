"""Visits and the rows of a repeated group as one table: every row is with its visit, or set aside."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from visittally.reading.joined_tables import MembersTable, WidenedTable, visit_key
from visittally.reading.kept import KeptRow, KeptTable
from visittally.reading.receipt import Kind, SetAside

TOTAL = SetAside(9, Kind.NOT_A_RECORD, "total row")


def kept(name, header, *rows, entries=()):
    return KeptTable(name, header, rows=tuple(KeptRow(n, row) for n, row in enumerate(rows, 2)), entries=entries)


VISITS = kept("visits.csv", ("village", "KEY"), ("Ash", "uuid:1"), ("Elm", "uuid:2"), ("Oak", "uuid:3"))
ISSUES = kept(
    "issues.csv",
    ("problem", "PARENT_KEY", "status"),
    ("road", "uuid:2/a[1]", "open"),
    ("water", "uuid:1", ""),
    ("school", "uuid:2", "done"),
)


def widened(visits=VISITS, rows=ISSUES, most=2):
    added = tuple(f"{stem}_{k}" for stem in ("problem", "status") for k in range(1, most + 1))
    about = {"visits": visits, "rows": rows, "key": 1, "parent": 1, "taken": (0, 2), "most": most}
    return WidenedTable("visits.csv", (*visits.header, *added), **about)


def members(visits=VISITS, rows=ISSUES):
    about = {"visits": visits, "rows": rows, "key": 1, "parent": 1, "taken": (0,)}
    return MembersTable("issues.csv", (*rows.header, "village"), **about)


def read(table, columns=None):
    """The records with their lines, and (line, kind, reason) of rows set aside."""
    wanted = range(len(table.header)) if columns is None else columns
    records, aside = [], []
    for block in table.blocks(wanted):
        assert list(block.columns) == list(wanted)
        cells = [block.columns[c].to_pylist() for c in wanted]
        assert all(len(column) == block.length for column in cells)
        records += [(block.line(i), *(column[i] for column in cells)) for i in range(block.length)]
        aside += [(entry.line, entry.kind, entry.reason) for entry in block.set_aside]
    return records, aside


@pytest.mark.parametrize(
    ("cell", "key"), [("uuid:1a/m[2]/p[1]", "uuid:1a"), (" 17 ", "17"), ("a/b", "a/b"), ("uuid:1", "uuid:1"), ("", "")]
)
def test_the_key_of_the_visit_is_the_beginning_of_a_path(cell, key):
    assert visit_key(cell) == key


def test_rows_become_columns_of_their_visit_in_their_order():
    assert read(widened()) == (
        [
            (2, "Ash", "uuid:1", "water", "", "", ""),
            (3, "Elm", "uuid:2", "road", "school", "open", "done"),
            (4, "Oak", "uuid:3", "", "", "", ""),
        ],
        [],
    )


def test_few_columns_are_read_in_the_order_in_which_they_are_asked_for():
    assert read(widened(), (5, 0)) == ([(2, "", "Ash"), (3, "done", "Elm"), (4, "", "Oak")], [])


def test_what_is_sampled_is_what_is_read():
    table = widened()

    assert table.sample() == [list(record) for _line, *record in read(table)[0]]
    assert members().sample() == [list(record) for _line, *record in read(members())[0]]


def test_rows_that_no_visit_holds_are_set_aside_each_with_its_reason():
    rows = kept(
        "issues.csv",
        ISSUES.header,
        ("road", "uuid:1", "a"),
        ("water", "uuid:9", "b"),
        ("school", "uuid:1", "c"),
        ("bus", "", "d"),
        ("shop", "uuid:1", "e"),
        entries=(TOTAL,),
    )
    records, aside = read(widened(rows=rows))

    assert records[0] == (2, "Ash", "uuid:1", "road", "school", "a", "c")
    assert aside == [
        (9, "not_a_record", "issues.csv: total row"),
        (3, "rejected", "issues.csv: its visit is not among the records"),
        (5, "rejected", "issues.csv: its visit is not among the records"),
        (6, "invalid", "issues.csv: its visit has more than 2 rows"),
    ]


def test_a_visit_without_a_key_has_no_rows():
    visits = kept("visits.csv", ("village", "KEY"), ("Ash", ""), ("Elm", "uuid:2"))
    rows = kept("issues.csv", ISSUES.header, ("road", "", "a"), ("water", "uuid:2", "b"))
    records, aside = read(widened(visits, rows))

    assert records == [(2, "Ash", "", "", "", "", ""), (3, "Elm", "uuid:2", "water", "", "b", "")]
    assert [line for line, *_why in aside] == [2]
    assert read(members(visits, rows))[0] == [(3, "water", "uuid:2", "b", "Elm")]


def test_each_row_takes_the_columns_of_its_visit_along():
    assert read(members()) == (
        [
            (2, "road", "uuid:2/a[1]", "open", "Elm"),
            (3, "water", "uuid:1", "", "Ash"),
            (4, "school", "uuid:2", "done", "Elm"),
        ],
        [],
    )
    assert read(members(), (3, 0))[0] == [(2, "Elm", "road"), (3, "Ash", "water"), (4, "Elm", "school")]


def test_rows_without_a_visit_are_set_aside_beside_those_that_are_none():
    rows = kept("b.csv", ISSUES.header, ("road", "uuid:9", ""), ("water", "uuid:1", ""), entries=(TOTAL,))
    records, aside = read(members(rows=rows))

    assert records == [(3, "water", "uuid:1", "", "Ash")]
    assert aside == [
        (9, "not_a_record", "total row"),
        (2, "rejected", "b.csv: its visit is not among the records"),
    ]
    assert members(rows=rows).sample() == [["water", "uuid:1", "", "Ash"]]


def test_of_a_visit_that_stands_there_twice_the_first_is_taken():
    visits = kept("visits.csv", ("village", "KEY"), ("Ash", "uuid:1"), ("Elm", "uuid:1"), ("Oak", "uuid:2"))

    assert read(members(visits))[0][1] == (3, "water", "uuid:1", "", "Ash")


@pytest.mark.parametrize(
    ("table", "first", "last"),
    [
        (widened(), ["Ash", "uuid:1", "water", "", "", ""], ["Oak", "uuid:3", "", "", "", ""]),
        (members(), ["road", "uuid:2/a[1]", "open", "Elm"], ["school", "uuid:2", "done", "Elm"]),
    ],
)
def test_whole_records_are_given_at_any_place(table, first, last):
    [block] = table.blocks((1,), whole=True)

    assert list(block.columns) == [1]
    assert block.whole(np.array([0, 2])).to_pylist() == [*first, *last]


def test_equal_rows_are_told_as_repeats_of_those_that_are_kept():
    rows = kept("b.csv", ISSUES.header, ("road", "uuid:9", ""), ("bus", "uuid:1", ""), ("bus", "uuid:1", ""))
    [block] = members(rows=rows).blocks((0,))

    first, second = block.repeats.tolist()
    assert first == second


@pytest.mark.parametrize("table", [widened(), members()])
def test_a_table_sent_to_another_process_reads_the_same(table):
    expected = read(table)

    assert read(pickle.loads(pickle.dumps(table))) == expected
    assert not {"_child", "_visits", "_found"} & set(vars(pickle.loads(pickle.dumps(table))))
