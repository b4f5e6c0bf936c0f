"""Partitions of files and what was counted in them."""

from __future__ import annotations

import pytest

from visittally.analyses.campaign import load
from visittally.counting.counter import count_partition
from visittally.counting.plan import Dimension, Group, Plan
from visittally.counting.tasks import Task, merge_partials, status_columns
from visittally.reading.blocks import WHOLE
from visittally.settings import Settings

VILLAGE = Group((Dimension("village"),))


@pytest.fixture
def task(write):
    def make(text, *groups, file=0):
        survey = load(Settings(files=(write(f"v{file}.csv", text),))).survey
        return Task(file, survey.layouts[0], WHOLE, Plan(groups), survey.variables)

    return make


KOBO = "_uuid,village,issue,_validation_status,x\na,Ash,road,,1\nb,Elm,water,Not approved,2\n"


def test_only_the_columns_that_are_counted_are_read_and_those_that_say_what_counts(task):
    own = task(KOBO, VILLAGE)

    assert own.columns() == [1, 3]
    assert own.columns([Dimension("x"), Dimension("nowhere")]) == [1, 3, 4]
    assert status_columns(own.layout) == (3,)
    assert task("village,issue,x\nAsh,road,1\nElm,water,2\n", VILLAGE, file=1).columns() == [0]


def test_a_task_is_at_the_place_of_its_file_and_partition(task):
    assert task(KOBO, file=3).place == (3, 0)


def test_what_was_counted_in_partitions_is_added_and_they_stay_what_they_were(task):
    parts = [count_partition(task(KOBO, VILLAGE, file=file)) for file in (0, 1)]
    whole = merge_partials(parts)

    assert (whole.tally.records, parts[0].tally.records) == (2, 1)
    assert {place: receipt.records_read for place, receipt in whole.receipts.items()} == {(0, 0): 2, (1, 0): 2}
    assert whole.ends == {(0, 0): 4, (1, 0): 4}
    assert merge_partials([]).tally.records == 0


def test_receipts_of_one_place_are_one(task):
    part = count_partition(task(KOBO, VILLAGE))
    whole = merge_partials([part, part])

    assert [receipt.records_read for receipt in whole.receipts.values()] == [4]
