"""Counting with several processes and threads of this machine: what goes wrong in one of them, progress, the end."""

from __future__ import annotations

import multiprocessing
import os
import sys
import time

import pytest

import visittally
from visittally.counting import cores, engine
from visittally.counting.counter import count_partition
from visittally.counting.plan import Dimension, Group, Plan
from visittally.errors import InputError
from visittally.reading import open_sources
from visittally.reading.inputs.source import ReadingOptions
from visittally.survey.understanding import understand

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")

HEADER = "village,issue,house\n"
_MAY_FORK = cores._may_fork
BOTH = pytest.mark.parametrize("forks", [True, False], ids=["processes", "threads"])


@pytest.fixture
def visits(tmp_path):
    """A file of several partitions."""
    path = tmp_path / "visits.csv"
    path.write_text(HEADER + "Ash,road,1\nElm,water,2\nOak,,3\n" * 400)
    return path


@pytest.fixture
def small(small_pieces):
    """Many partitions and several workers, which are processes."""
    with small_pieces() as patch:
        patch.setattr(cores, "_may_fork", lambda _tasks: True)
        yield patch


@BOTH
def test_an_error_of_any_worker_is_raised(visits, small, forks):
    small.setattr(cores, "_may_fork", lambda _tasks: forks)

    def count(task, tick, into):
        if task.partition.number == 7:
            raise InputError("visits.csv: damaged beyond reading")
        return count_partition(task, tick, into)

    small.setattr(cores, "count_partition", count)

    with pytest.raises(InputError, match="damaged beyond reading"):
        visittally.summarize(visits)
    assert not multiprocessing.active_children()


def test_where_one_process_fails_the_others_begin_nothing_more(visits, small):
    parent, done = os.getpid(), []
    begun = multiprocessing.get_context("fork").Barrier(4)

    def count(task, tick, into):
        if not done:
            begun.wait(timeout=30)
        if os.getpid() != parent:
            raise InputError("visits.csv: damaged beyond reading")
        time.sleep(0 if done else 1)
        done.append(task)
        return count_partition(task, tick, into)

    small.setattr(cores, "count_partition", count)

    with pytest.raises(InputError, match="damaged beyond reading"):
        visittally.summarize(visits)
    assert len(done) == 1


def test_a_process_that_is_killed_is_an_error(visits, small):
    parent = os.getpid()

    def count(task, tick, into):
        if os.getpid() != parent:
            os._exit(9)
        return count_partition(task, tick, into)

    small.setattr(cores, "count_partition", count)

    with pytest.raises(InputError, match="sudden end"):
        visittally.summarize(visits)
    assert not multiprocessing.active_children()


def test_every_process_takes_part_and_none_counts_twice(visits, small):
    """Each waits until all have begun: all four must count."""
    begun = multiprocessing.get_context("fork").Barrier(4)
    met = []

    def count(task, tick, into):
        if not met:
            begun.wait(timeout=30)
            met.append(True)
        return count_partition(task, tick, into)

    small.setattr(cores, "count_partition", count)

    assert visittally.summarize(visits).receipt.records_counted == 1_200


@BOTH
def test_progress_tells_of_every_byte_once(visits, small, forks):
    small.setattr(cores, "_may_fork", lambda _tasks: forks)
    survey = understand(open_sources([str(visits)], ReadingOptions()), columns={}, form=None)
    told = []

    engine.count(survey, Plan((Group((Dimension("village"),)),)), progress=told.append)

    assert sum(told) == visits.stat().st_size - len(HEADER)


def test_where_no_process_can_be_started_this_one_counts(visits, small):
    def refused(_process):
        raise BlockingIOError(11, "Resource temporarily unavailable")

    small.setattr(cores, "_start", refused)

    assert visittally.summarize(visits).receipt.records_counted == 1_200


def _counted(path):
    return visittally.summarize(path).receipt.records_counted


def test_a_process_of_a_pool_forks_no_others(visits, small):
    small.setattr(cores, "_may_fork", _MAY_FORK)
    small.setattr(cores, "MUCH", 1)

    with multiprocessing.get_context("fork").Pool(1) as pool:
        assert pool.map(_counted, [visits]) == [1_200]


def test_more_tasks_than_numbers_in_the_queue(visits, small):
    small.setattr(cores, "_QUEUED", 2)

    assert visittally.summarize(visits).receipt.records_counted == 1_200


def test_only_much_without_keys_is_worth_processes(visits, small):
    asked = []
    small.setattr(cores, "_may_fork", lambda tasks: asked.append(_MAY_FORK(tasks)))
    small.setattr(cores.threading, "active_count", lambda: 1)

    visittally.summarize(visits)
    small.setattr(cores, "MUCH", 1)
    visittally.summarize(visits)
    visittally.summarize(visits, per="household", columns={"household_id": "house"})
    small.setattr(cores.threading, "active_count", lambda: 2)
    visittally.summarize(visits)

    assert [bool(answer) for answer in asked] == [False, True, False, False]
