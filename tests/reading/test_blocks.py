"""What every reader gives: lines of records, records that are looked at, and whole records of columns."""

from __future__ import annotations

import pickle

import numpy as np
import pyarrow as pa
import pytest

from visittally.reading import blocks
from visittally.reading.blocks import Block, TableSource, holds_repeats, looked_at, row_by_row, rows_of
from visittally.reading.lexicon import Coded, Lexicon


def coded(*cells):
    known = Lexicon()
    return Coded(known.enter(cells), known)


TEXTS = pa.array(["1", "2", "3"], pa.string())


def test_lines_follow_each_other_unless_they_are_numbered():
    plain, gaps = Block({}, 3, first_line=5), Block({}, 3, first_line=5, line_numbers=np.array([5, 7, 8], np.int32))

    assert (plain.line(2), plain.lines().tolist()) == (7, [5, 6, 7])
    assert (gaps.line(1), gaps.lines().tolist()) == (7, [5, 7, 8])
    assert plain.lines().dtype == gaps.lines().dtype == np.int64


@pytest.mark.parametrize(
    ("count", "places"),
    [(0, []), (9, list(range(9))), (10, [0, 1, 2, 3, 4, 5, 7, 8, 9]), (100, [0, 1, 2, 48, 49, 50, 97, 98, 99])],
)
def test_of_many_records_three_stretches_are_looked_at_none_of_them_twice(monkeypatch, count, places):
    monkeypatch.setattr(blocks, "ENOUGH", 9)

    assert list(looked_at(count)) == places


def test_cells_record_by_record_in_the_order_that_is_asked_for():
    block = Block({0: coded("a", "b", "a"), 4: TEXTS}, 3)

    assert list(rows_of(block, (4, 0))) == [("1", "a"), ("2", "b"), ("3", "a")]
    assert list(rows_of(block, (0, 4), np.array([0, 2]))) == [("a", "1"), ("a", "3")]


def test_whole_records_stand_one_behind_the_other():
    assert row_by_row([coded("a", "b", "a"), TEXTS], np.array([1, 2])).to_pylist() == ["b", "2", "a", "3"]
    assert row_by_row([TEXTS], np.array([], np.int64)).to_pylist() == []
    assert row_by_row([], np.array([0, 1])).to_pylist() == []


@pytest.mark.parametrize(
    ("header", "repeats"),
    [
        (("name", "_parent_index"), True),
        (("name", "_parent_table_name"), True),
        (("name", "PARENT_KEY"), True),
        (("number__0", "age"), True),
        (("interview__id", "members__id", "age"), True),
        (("interview__id", "assignment__id", "age"), False),
        (("members__id", "age"), False),
        (("village", "_index", "KEY"), False),
        ((), False),
    ],
)
def test_rows_of_repeated_groups_are_told_by_the_columns_of_form_tools(header, repeats):
    assert holds_repeats(header) is repeats


class Numbers(TableSource):
    """A table of as many records as its size says, which counts how often it is read."""

    def sample(self):
        vars(self)["reads"] = vars(self).get("reads", 0) + 1
        return [(str(n), "x") for n in range(self.size)]

    def blocks(self, columns, *_partition):
        raise NotImplementedError


def test_records_are_sampled_once_until_they_are_let_go(monkeypatch):
    monkeypatch.setattr(blocks, "ENOUGH", 9)
    table = Numbers("a.csv", ("n", "x"), size=10)

    assert [row[0] for row in table.sampled] == ["0", "1", "2", "3", "4", "5", "7", "8", "9"]
    assert table.records_known() == 9
    assert vars(table)["reads"] == 1
    table.let_go()
    assert table.records_known() == 9
    assert vars(table)["reads"] == 2


def test_records_that_were_read_anyway_are_held(monkeypatch):
    monkeypatch.setattr(blocks, "ENOUGH", 3)
    table = Numbers("a.csv", ("n", "x"), size=10)
    table.hold([("a", ""), ("b", ""), ("c", ""), ("d", "")])

    assert table.sampled == [("a", ""), ("b", ""), ("d", "")]
    assert "reads" not in vars(table)
    assert "sampled" not in vars(pickle.loads(pickle.dumps(table)))


def test_columns_are_judged_by_the_records_that_are_sampled():
    [block] = Numbers("a.csv", ("n", "x"), size=2).judged((1, 0))

    assert {c: column.to_pylist() for c, column in block.columns.items()} == {1: ["x", "x"], 0: ["0", "1"]}
    assert block.length == 2


def test_a_table_that_cannot_be_cut_is_one_partition_without_merged_cells():
    table = Numbers("a.csv", ("n", "x"), size=2)

    assert table.partitions(1) == (blocks.WHOLE,)
    assert table.merged_cells() == {}
