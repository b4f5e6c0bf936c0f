"""Counting the records of a stretch of a file."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from visittally.analyses.campaign import load
from visittally.counting.counter import count_partition, count_sightings, counted_records
from visittally.counting.keys import cell_hashes
from visittally.counting.plan import Dimension, Distinct, Group, Plan
from visittally.counting.tasks import Partial, Task
from visittally.reading.blocks import WHOLE
from visittally.settings import Settings
from visittally.words.arrays import string_array
from visittally.words.joined import ROW_SEPARATOR

VILLAGE, ISSUE = Dimension("village"), Dimension("issue")
VISITS = """
    _uuid,village,household_id,issue,_validation_status
    6bd1c2f0-0001,Ash,H1,road,
    6bd1c2f0-0002,Ash,H1,water,
    6bd1c2f0-0003,Elm,H1,road,
    6bd1c2f0-0004,Elm,,road,
    6bd1c2f0-0005,Elm,,light,
    6bd1c2f0-0006,Elm,H2,road,Not approved
    """


@pytest.fixture
def task(write):
    """What is counted in a file."""

    def make(*groups, text=VISITS, distinct=(), file=0, block=None, **plan):
        survey = load(Settings(files=(write(f"v{file}.csv", text),))).survey
        layout = survey.layouts[0]
        if block:
            layout = replace(layout, source=replace(layout.source, block=block))
        return Task(file, layout, WHOLE, Plan(groups, tuple(distinct), **plan), survey.variables)

    return make


def counted(tally, group):
    """Values -> how many cases."""
    frame = tally.frame(group)
    return {
        tuple(frame.values[i][c] for i, c in enumerate(codes)): n
        for codes, n in zip(frame.codes.tolist(), frame.counts.tolist(), strict=True)
    }


def test_records_that_count_are_counted_and_all_are_accounted_for(task):
    pair = Group((VILLAGE, ISSUE))
    partial = count_partition(task(pair))

    assert counted(partial.tally, pair) == {
        ("Ash", "road"): 1, ("Ash", "water"): 1, ("Elm", "road"): 2, ("Elm", "light"): 1,
    }  # fmt: skip
    assert partial.tally.records == 5
    receipt = partial.receipts[0, 0]
    assert (receipt.records_read, [entry.line for entry in receipt.entries]) == (6, [7])
    assert partial.ends == {(0, 0): 8}


def test_blocks_are_added_and_their_bytes_are_told(task):
    pair = Group((VILLAGE, ISSUE))
    text = "_uuid,village,household_id,issue\n" + "".join(f"6bd1c2f0-{n:04d},V{n % 7},H{n},road\n" for n in range(400))
    own, sizes = task(pair, text=text, block=1 << 10), []
    partial = count_partition(own, sizes.append)

    assert len(sizes) > 5
    assert sum(counted(partial.tally, pair).values()) == partial.tally.records == 400


def test_what_was_counted_before_is_added_to(task):
    village = Group((VILLAGE,))
    partial = count_partition(task(village, file=1), into=count_partition(task(village)))

    assert counted(partial.tally, village) == {("Ash",): 4, ("Elm",): 6}
    assert sorted(partial.receipts) == [(0, 0), (1, 0)]


def test_a_household_is_one_case_and_a_record_without_one_is_a_case_of_its_own(task):
    units = Group((ISSUE,), ("household_id", "village"))
    tally = count_partition(task(units)).tally

    assert counted(tally, units) == {(ROW_SEPARATOR.join(("road", "water")),): 1, ("road",): 2, ("light",): 1}
    assert tally.keyless == {units: 2}


def test_records_without_a_household_are_cases_of_their_own_in_every_file(task):
    units = Group((VILLAGE,), ("household_id", "village"))
    text = "village,household_id\nAsh,\nAsh,\n"
    partial = count_partition(task(units, text=text, file=1), into=count_partition(task(units, text=text)))

    assert counted(partial.tally, units) == {("Ash",): 4}


def test_different_households_are_counted_within_each_combination(task):
    within = Distinct((VILLAGE,), ("household_id",))
    everywhere = Distinct((), ("household_id", "village"))
    own = task(Group((VILLAGE,)), distinct=[within, everywhere])
    tally = count_partition(own).tally

    assert tally.distinct(within, [{"Ash": "Ash", "Elm": "Elm"}], [0]) == {("Ash",): 1, ("Elm",): 1}
    assert tally.distinct(everywhere, [], []) == {(): 2}
    assert tally.keyless == {within: 2, everywhere: 2}


def test_a_key_that_no_record_lacks(task):
    within = Distinct((VILLAGE, ISSUE, VILLAGE), ("_uuid",))
    tally = count_partition(task(Group((VILLAGE,)), distinct=[within])).tally

    assert tally.keyless == {within: 0}
    same = [{v: v for v in values} for values in (("Ash", "Elm"), ("road", "water", "light"), ("Ash", "Elm"))]
    assert tally.distinct(within, same, [0, 1])[("Elm", "road")] == 2


@pytest.mark.parametrize("dense", [1, 1 << 21])
def test_many_possible_combinations_have_the_same_keys(task, monkeypatch, dense):
    monkeypatch.setattr("visittally.counting.combinations._DENSE", dense)
    within = Distinct((VILLAGE, ISSUE), ("_uuid",))
    text = "_uuid,village,issue\n" + "".join(f"6bd1c2f0-{n:04d},V{n % 5},P{n % 3}\n" for n in range(300))
    tally = count_partition(task(Group((VILLAGE,)), text=text, distinct=[within], block=1 << 9)).tally
    same = [{f"V{n}": f"V{n}" for n in range(5)}, {f"P{n}": f"P{n}" for n in range(3)}]

    assert tally.distinct(within, same, [0, 1]) == {(f"V{v}", f"P{p}"): 20 for v in range(5) for p in range(3)}


def test_keys_of_records_that_do_not_count_are_not_kept(task):
    partial = count_partition(task(Group((VILLAGE,)), record_key="_uuid"))
    [hashes] = partial.tally.record_keys[0]

    assert hashes.tolist() == cell_hashes(string_array([f"6bd1c2f0-{n:04d}" for n in range(1, 6)])).tolist()
    assert count_partition(task(Group((VILLAGE,)))).tally.record_keys == {}


def test_records_with_some_keys_are_looked_for_and_nothing_is_counted(task):
    wanted = np.sort(cell_hashes(string_array(["6bd1c2f0-0002", "6bd1c2f0-0005", "6bd1c2f0-0006", "6bd1c2f0-9999"])))
    village = Group((VILLAGE,))
    own = replace(task(village, record_key="_uuid"), twice=wanted)
    partial = count_partition(own)
    [seen] = partial.sightings

    assert (partial.tally.records, seen.file, seen.lines.tolist()) == (0, 0, [3, 6])
    assert seen.columns[1].to_pylist() == ["Ash", "Elm"]
    assert counted(count_sightings(own, seen, np.array([False, True])), village) == {("Elm",): 1}
    assert count_partition(replace(own, twice=np.zeros(0, np.uint64))).sightings == []


def test_single_records_that_count_with_their_lines(task):
    [(lines, [village, issue])] = counted_records(task(), [VILLAGE, ISSUE])

    assert lines.tolist() == [2, 3, 4, 5, 6]
    assert village.to_pylist() == ["Ash", "Ash", "Elm", "Elm", "Elm"]
    assert issue.to_pylist()[-1] == "light"


def test_repeats_are_kept_only_where_they_are_looked_for(task):
    assert sum(map(len, count_partition(task(Group((VILLAGE,)))).tally.repeats)) == 5
    assert count_partition(task(Group((VILLAGE,)), repeats=False)).tally.repeats == []


def test_a_process_that_has_not_been_told_speaks_the_language_of_its_task(task):
    partial = count_partition(replace(task(Group((VILLAGE,))), language="zh"), into=Partial())

    assert (
        "已" in partial.receipts[0, 0].entries[0].reason or partial.receipts[0, 0].entries[0].reason.isascii() is False
    )
