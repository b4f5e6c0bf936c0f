"""Counting with several threads of this machine: what goes wrong in one of them, progress, the end."""

from __future__ import annotations

import threading
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

HEADER = "village,issue,house\n"


@pytest.fixture
def visits(tmp_path):
    """A file of several partitions."""
    path = tmp_path / "visits.csv"
    path.write_text(HEADER + "Ash,road,1\nElm,water,2\nOak,,3\n" * 400)
    return path


@pytest.fixture
def small(small_pieces):
    """Many partitions and several workers."""
    with small_pieces() as patch:
        yield patch


def test_an_error_of_any_worker_is_raised_and_the_others_stop(visits, small):
    begun = []

    def count(task, tick, into):
        begun.append(task)
        if len(begun) == 7:
            raise InputError("visits.csv: damaged beyond reading")
        time.sleep(0.01)
        return count_partition(task, tick, into)

    small.setattr(cores, "count_partition", count)

    with pytest.raises(InputError, match="damaged beyond reading"):
        visittally.summarize(visits)
    [source] = open_sources([str(visits)], ReadingOptions())
    assert len(begun) < len(source.partitions(engine.PARTITION))


def test_every_worker_takes_part_and_none_counts_twice(visits, small):
    """Each waits until all have begun: all four must count."""
    begun = threading.Barrier(4)
    met = set()

    def count(task, tick, into):
        if threading.get_ident() not in met:
            met.add(threading.get_ident())
            begun.wait(timeout=30)
        return count_partition(task, tick, into)

    small.setattr(cores, "count_partition", count)

    assert visittally.summarize(visits).receipt.records_counted == 1_200
    assert len(met) == 4


@pytest.mark.parametrize("workers", [1, 4])
def test_progress_tells_of_every_byte_once(visits, small, workers):
    small.setattr(cores, "cores", lambda: workers)
    survey = understand(open_sources([str(visits)], ReadingOptions()), columns={}, form=None)
    told = []

    engine.count(survey, Plan((Group((Dimension("village"),)),)), progress=told.append)

    assert sum(told) == visits.stat().st_size - len(HEADER)


def test_small_files_are_counted_by_one_worker(tmp_path, monkeypatch):
    """Several would only wait for each other."""
    threads = set()

    def count(task, tick, into):
        threads.add(threading.current_thread())
        return count_partition(task, tick, into)

    monkeypatch.setattr(cores, "cores", lambda: 4)
    monkeypatch.setattr(cores, "count_partition", count)
    for n in range(9):
        (tmp_path / f"{n}.csv").write_text(HEADER + "Ash,road,1\nElm,water,2\n" * 900)
    visittally.summarize(str(tmp_path))

    assert threads == {threading.main_thread()}
