"""A small table in memory: read once, given on as blocks, and changed by copies."""

from __future__ import annotations

import numpy as np
import pytest

from visittally.reading.blocks import Block, TableSource
from visittally.reading.kept import KeptRow, KeptTable, keep
from visittally.reading.receipt import Kind, SetAside
from visittally.words.arrays import string_array

TOTAL = SetAside(9, Kind.NOT_A_RECORD, "total row")
ROWS = (KeptRow(3, ("Ash", "road")), KeptRow(5, ("Elm", ""), frozenset({1})))
TABLE = KeptTable("own.csv", ("village", "issue"), (("village", "issue"),), rows=ROWS, entries=(TOTAL,))


class Counted(TableSource):
    """A table that counts how often it is read: in two blocks, the second of which holds what is no record."""

    reads = 0

    def sample(self):
        raise AssertionError

    def merged_cells(self):
        return {5: frozenset({0})}

    def blocks(self, columns, *_partition):
        type(self).reads += 1
        yield Block({c: string_array(["Ash", "Elm"]) for c in columns}, 2, (), 4)
        yield Block({c: string_array(["Oak"]) for c in columns}, 1, (TOTAL,), 7)


@pytest.fixture
def source():
    Counted.reads = 0
    return Counted("own.csv", ("village", "issue"), header_row=2, sheet="May", titles=(("List",),), by_hand=True)


def test_a_table_is_read_once(source):
    kept = keep(source)

    assert keep(source) is kept
    assert Counted.reads == 1
    assert [(row.line, row.cells, row.merged) for row in kept.rows] == [
        (4, ("Ash", "Ash"), frozenset()),
        (5, ("Elm", "Elm"), frozenset({0})),
        (7, ("Oak", "Oak"), frozenset()),
    ]
    assert kept.entries == (TOTAL,)
    assert (kept.file, kept.header_row, kept.sheet, kept.titles) == ("own.csv", 2, "May", (("List",),))
    assert source.sampled == [("Ash", "Ash"), ("Elm", "Elm"), ("Oak", "Oak")]


def test_once_let_go_it_is_read_again(source):
    keep(source)
    source.let_go()
    keep(source)

    assert Counted.reads == 2


def test_a_large_table_is_not_kept_and_a_kept_one_is_itself():
    assert keep(Counted("large.csv", ("village",))) is None
    assert keep(TABLE) is TABLE


def test_all_records_are_one_block():
    [block] = TABLE.blocks((1,))

    assert {c: column.to_pylist() for c, column in block.columns.items()} == {1: ["road", ""]}
    assert block.length == 2
    assert block.lines().tolist() == [3, 5]
    assert block.set_aside == (TOTAL,)
    assert block.first_line == 3
    assert block.whole(np.array([1, 0])).to_pylist() == ["Elm", "", "Ash", "road"]


@pytest.mark.parametrize(("entries", "line"), [((TOTAL,), 9), ((), 1)])
def test_a_table_without_records_still_tells_what_was_set_aside(entries, line):
    [block] = KeptTable("own.csv", ("village",), entries=entries).blocks((0,))

    assert block.columns[0].to_pylist() == []
    assert (block.length, block.first_line, block.set_aside) == (0, line, entries)


def test_records_that_say_the_same_have_the_same_hash_in_any_order_of_columns():
    def hashes(header, *rows):
        [block] = KeptTable("own.csv", header, rows=tuple(KeptRow(1, row) for row in rows)).blocks((0,))
        return block.repeats.tolist()

    first, second, third = hashes(("a", "b"), ("x", "y"), ("y", "x"), ("x", "y"))
    assert first == third != second
    assert hashes(("b", "a"), ("y", "x")) == [first]


def test_other_rows_and_further_ones_that_are_none():
    blank = SetAside(4, Kind.NOT_A_RECORD, "heading")
    changed = TABLE.with_rows(ROWS[:1], [blank])

    assert changed.rows == ROWS[:1]
    assert changed.entries == (blank, TOTAL)
    assert TABLE.rows == ROWS


def test_further_columns_stand_behind_the_others():
    table = KeptTable("own.csv", ("v a", "v b"), (("v", ""), ("a", "b")), rows=ROWS)
    wider = table.with_columns({"heading": ["North", "South"], "day": ["1", "2"]})

    assert wider.header == ("v a", "v b", "heading", "day")
    assert wider.header_rows == (("v", "", "heading", "day"), ("a", "b", "", ""))
    assert [row.cells for row in wider.rows] == [("Ash", "road", "North", "1"), ("Elm", "", "South", "2")]
    assert [(row.line, row.merged) for row in wider.rows] == [(3, frozenset()), (5, frozenset({1}))]


def test_no_further_columns_change_nothing():
    assert TABLE.with_columns({}) == TABLE
    assert KeptTable("own.csv", ("",), rows=ROWS).with_columns({"day": ["1", "2"]}).header_rows == ()


class OneBlock(Counted):
    """The same in one block."""

    COLUMNS = (string_array(["Ash", "Elm"]), string_array(["road", ""]))

    def merged_cells(self):
        return {}

    def blocks(self, columns, *_partition):
        yield Block({c: self.COLUMNS[c] for c in columns}, 2, (), 4)


def columns_of(table):
    return table.columns_in_memory[0]


def test_columns_as_they_were_read_are_not_made_again():
    table = keep(OneBlock("own.csv", ("village", "issue"), (("village", "issue"),), by_hand=True))
    wider = table.with_columns({"visit": ["1", "2"]})

    assert all(columns_of(wider)[c] is columns_of(table)[c] is OneBlock.COLUMNS[c] for c in (0, 1))
    assert columns_of(wider)[2].to_pylist() == ["1", "2"]


def test_columns_of_other_rows_are_made_of_these():
    table = keep(OneBlock("own.csv", ("village", "issue"), (("village", "issue"),), by_hand=True))
    other = table.with_rows([*table.rows, KeptRow(6, ("Oak", "well"))]).with_columns({"visit": ["1", "2", "3"]})

    assert {c: column.to_pylist() for c, column in columns_of(other).items()} == {
        0: ["Ash", "Elm", "Oak"],
        1: ["road", "", "well"],
        2: ["1", "2", "3"],
    }
