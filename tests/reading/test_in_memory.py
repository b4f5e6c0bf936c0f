"""Tables that are in memory while they are worked with."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from visittally.reading import in_memory, record_hashes
from visittally.reading.in_memory import STRETCH, LoadedSource, TableColumns, loaded
from visittally.reading.inputs.source import ByteSource

COUNT = []


def numbers(source):
    """As many records as the file has bytes, in two columns."""
    COUNT.append(source.path)
    n = Path(source.path).stat().st_size
    return TableColumns(("i", "x"), (pa.array([str(i) for i in range(n)]), pa.array(["x"] * n)))


@pytest.fixture
def source(tmp_path):
    def make(n):
        path = tmp_path / "a.bin"
        path.write_bytes(b"x" * n)
        return LoadedSource("a.bin", ("i", "x"), input=ByteSource("a.bin", str(path)), load=numbers, rows=n)

    return make


@pytest.mark.parametrize("n", [0, 5, 3 * STRETCH])
def test_small_tables_are_looked_at_whole(source, n):
    assert [row[0] for row in source(n).sample()] == [str(i) for i in range(n)]


def test_of_large_ones_three_stretches_are(source, monkeypatch):
    """Begin, middle and end; whole where there are few cells."""
    monkeypatch.setattr(in_memory, "SAMPLED", 10)
    rows = [int(row[0]) for row in source(5_000).sample()]

    assert rows == [*range(1_000), *range(2_000, 3_000), *range(4_000, 5_000)]
    assert len({row[0] for row in source(3 * STRETCH + 1).sample()}) == 3 * STRETCH  # none of them twice
    monkeypatch.setattr(in_memory, "SAMPLED", 10_000)
    assert len(source(5_000).sample()) == 5_000


def test_blocks_hold_the_columns_that_are_asked_for_and_number_their_lines(source, monkeypatch):
    monkeypatch.setattr(in_memory, "BLOCK", 2)
    blocks = list(source(5).blocks([1]))

    assert [(list(block.columns), block.lines().tolist()) for block in blocks] == [
        ([1], [1, 2]),
        ([1], [3, 4]),
        ([1], [5]),
    ]


def test_lines_are_those_of_the_file_where_it_has_some(source, monkeypatch):
    monkeypatch.setattr(in_memory, "BLOCK", 2)

    def gaps(read):
        return replace(numbers(read), lines=np.array([2, 3, 7]))

    blocks = list(replace(source(3), load=gaps).blocks([0]))

    assert [block.lines().tolist() for block in blocks] == [[2, 3], [7]]
    assert [(block.first_line, block.length) for block in blocks] == [(1, 2), (3, 1)]


@pytest.mark.parametrize("whole", [False, True])
def test_whole_records_are_given_and_hashed_up_to_so_many(source, monkeypatch, whole):
    [block] = source(3).blocks([1], whole=whole)
    assert len(set(block.repeats.tolist())) == 3
    assert block.whole(np.array([0, 2])).to_pylist() == ["0", "x", "2", "x"]

    monkeypatch.setattr(record_hashes, "SOUGHT", 2)
    [block] = source(3).blocks([1], whole=whole)
    assert block.repeats is None
    assert not whole or block.whole(np.array([0, 2])).to_pylist() == ["0", "x", "2", "x"]


def test_a_file_is_read_once_until_it_changes(source):
    own = source(3)
    COUNT.clear()
    first = loaded(numbers, own.input)
    assert loaded(numbers, own.input) is first
    os.utime(own.input.path, ns=(1, 1))

    assert loaded(numbers, own.input) is not first
    assert len(COUNT) == 2


def test_a_table_without_columns_has_no_records():
    assert TableColumns((), ()).rows == 0
