"""Which of the records with one key counts."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from visittally.counting.same_key import Seen, settle, sightings_of
from visittally.words.arrays import string_array

HEADER = ("key", "village", "issue")


def seen(file, *records, header=HEADER, key="key"):
    """Records of a file: its line, then its cells."""
    keys = np.array([int(cells[header.index(key)]) for _line, *cells in records], np.uint64)
    lines = np.array([line for line, *_cells in records], np.int64)
    cells = string_array([cell for _line, *own in records for cell in own])
    return sightings_of(file, header, [Seen(keys, lines, cells, keys + np.uint64(100))])


def chosen(*sightings):
    """Line and file of the records that count, and how many of the others differ."""
    counted, changed = settle(sightings)
    return [
        (s.file, line) for s, own in zip(sightings, counted, strict=True) for line in s.lines[own].tolist()
    ], changed


def test_the_fullest_record_counts():
    assert chosen(seen(0, (2, "7", "Ash", ""), (3, "7", "Ash", "road"), (4, "7", "", ""))) == ([(0, 3)], 2)


def test_of_records_with_the_same_content_the_first_of_the_first_file_counts():
    first, second = seen(0, (9, "7", "Ash", "road")), seen(1, (2, "7", "Ash", "road"), (5, "7", "Ash", "road"))

    assert chosen(first, second) == ([(0, 9)], 0)
    assert chosen(second, first) == ([(0, 9)], 0)
    assert chosen(second) == ([(1, 2)], 0)


def test_which_of_equally_full_records_counts_does_not_depend_on_where_they_stand():
    records = [("7", "Ash", "road"), ("7", "Ash", "water"), ("7", "Elm", "road")]
    winners = set()
    for order in itertools.permutations(range(3)):
        placed = [(2 + n, *records[i]) for n, i in enumerate(order)]
        [(_file, line)], changed = chosen(seen(0, *placed))
        winners.add(order[line - 2])
        assert changed == 2

    assert len(winners) == 1


def test_each_key_is_settled_by_itself():
    found = seen(0, (2, "7", "Ash", ""), (3, "8", "Elm", "road"), (4, "7", "Ash", "road"), (5, "8", "Elm", "road"))

    assert chosen(found) == ([(0, 3), (0, 4)], 1)


def test_columns_in_another_order_and_white_space_make_no_difference():
    one = seen(0, (2, "7", "Ash", "road"))
    other = seen(1, (2, " road ", "7", "Ash"), header=("issue", "key", "village"))

    assert chosen(one, other) == ([(0, 2)], 0)


def test_the_same_words_in_other_columns_are_another_content():
    assert chosen(seen(0, (2, "7", "Ash", "road"), (3, "7", "road", "Ash")))[1] == 1
    assert chosen(seen(0, (2, "7", "Ash", ""), (3, "7", "", "Ash")))[1] == 1


def test_blanks_fill_nothing():
    found = seen(0, (2, "7", "  ", "road"), (3, "7", "", ""))

    assert found.filled.tolist() == [2, 1]


def test_records_found_in_several_blocks_stand_one_behind_the_other():
    parts = [
        Seen(np.array([7], np.uint64), np.array([2]), string_array(["7", "Ash", "road"]), None),
        Seen(np.array([8, 9], np.uint64), np.array([5, 6]), string_array(["8", "Elm", "", "9", "Oak", "water"]), None),
    ]
    found = sightings_of(3, HEADER, parts)

    assert (found.keys.tolist(), found.lines.tolist()) == ([7, 8, 9], [2, 5, 6])
    assert [found.columns[c].to_pylist() for c in range(3)] == [
        ["7", "8", "9"], ["Ash", "Elm", "Oak"], ["road", "", "water"],
    ]  # fmt: skip


def test_some_of_them_are_a_block_of_records():
    block = seen(0, (2, "7", "Ash", ""), (3, "8", "Elm", "road"), (9, "9", "Oak", "")).block(
        np.array([True, False, True])
    )

    assert (block.length, block.lines().tolist()) == (2, [2, 9])
    assert block.columns[1].to_pylist() == ["Ash", "Oak"]


@pytest.mark.parametrize("sightings", [[], [seen(0, (2, "7", "Ash", ""))]])
def test_nothing_to_settle(sightings):
    assert chosen(*sightings) == ([(s.file, 2) for s in sightings], 0)
