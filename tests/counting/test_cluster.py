"""Counting on a Dask cluster: the same tables as on one machine, also when a worker is lost."""

from __future__ import annotations

import builtins
import os
import signal
import warnings

import pytest

import visittally
from visittally.counting import cluster
from visittally.errors import VisitTallyError

distributed = pytest.importorskip("distributed")
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")  # sockets that distributed leaves to the collector


@pytest.fixture(scope="module")
def workers():
    """Two worker processes on this machine, without a dashboard."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of distributed and what it imports, while it starts and stops
        with distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
        ) as local:
            yield local


@pytest.fixture
def files(folder):
    """Four months of visits with households and a technical key, one record of them twice."""
    issues = ("road", "water", "road;school", "none", "")
    for month in range(4):
        lines = ["_uuid,village,household_id,issue,status"]
        for i in range(200):
            village = ("Ash", "Birch", "Cedar")[i % 3]
            lines.append(f"6bd1c2f0-{month:02d}{i:04d},{village},{i % 40},{issues[(i + month) % 5]},open")
        if month == 3:
            lines.append(lines[1])
        (folder / f"{month}.csv").write_text("\n".join(lines) + "\n")
    return [str(folder / f"{month}.csv") for month in range(4)]


def figures(result):
    return {name: table.to_dict() for name, table in result.tables.items()}, result.receipt.to_dict(), result.notices


def test_the_tables_are_those_of_one_machine(workers, files):
    """Tables, receipt and notices are equal, with households, statuses and duplicates."""
    with distributed.Client(workers, set_as_default=False) as client:
        assert figures(visittally.summarize(files)) == figures(visittally.summarize(files, client=client))


def test_the_command_line_counts_on_a_scheduler(workers, files, command):
    """--scheduler ADDRESS prints what the command prints without it."""
    there = command("summarize", *files, "-f", "json", "--scheduler", workers.scheduler_address)

    assert command("summarize", *files, "-f", "json").out == there.out


@pytest.mark.skipif(os.name != "posix", reason="a process that kills itself")
def test_a_worker_that_is_lost_costs_no_record(workers, files, folder, monkeypatch):
    """What a killed worker was counting is counted by another: the same tables."""
    expected = figures(visittally.summarize(files))
    died = folder / "died"

    def count_or_die(task):
        # A function in a function travels to the workers as it is: they do not know this file.
        from visittally.counting.counter import count_partition

        if task.file == 3 and not died.exists():
            died.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return count_partition(task)

    with distributed.Client(workers, set_as_default=False) as client:
        whole = client.map
        monkeypatch.setattr(client, "map", lambda _count, tasks, **options: whole(count_or_die, tasks, **options))
        found = figures(visittally.summarize(files, client=client))

    assert died.exists()
    assert expected == found


@pytest.mark.parametrize(
    ("versions", "said"),
    [({"tcp://a": ""}, "tcp://a has no visittally"), ({"tcp://a": "0.0.9"}, r"another visittally \(0\.0\.9\)")],
)
def test_workers_that_cannot_count(versions, said):
    """A worker without the package, or with another version, is named before anything is counted."""

    class Client:
        def wait_for_workers(self, _n, timeout):
            assert timeout

        def run(self, _function, **_options):
            return versions

    with pytest.raises(VisitTallyError, match=said):
        cluster.check_workers(Client())


def test_a_cluster_without_workers(monkeypatch, command, files):
    """A scheduler that nobody works for is an error, not a wait without end."""
    monkeypatch.setattr(cluster, "_PATIENCE", "0.3s")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with distributed.LocalCluster(n_workers=0, dashboard_address=None, silence_logs=50) as alone:
            ended = command("summarize", *files, "--scheduler", alone.scheduler_address)

    assert (ended.status, ended.out) == (1, "")
    assert "has no workers" in ended.err


def test_nothing_at_the_address(files, monkeypatch):
    """An address where nobody answers is said with the address, soon."""
    monkeypatch.setattr(cluster, "_PATIENCE", "0.3s")

    with pytest.raises(VisitTallyError, match=r"tcp://127\.0\.0\.1:9"), cluster.connected("tcp://127.0.0.1:9"):
        pass


def test_no_address_at_all(monkeypatch):
    """What is no address is refused too."""
    monkeypatch.setattr(cluster, "_PATIENCE", "0.3s")

    with pytest.raises(VisitTallyError, match="nowhere"), cluster.connected("nowhere"):
        pass


def test_dask_is_not_installed(command, files, monkeypatch):
    """--scheduler without the extra says what to install."""
    whole = builtins.__import__

    def missing(name, *arguments, **options):
        if name.startswith("distributed"):
            raise ImportError(name)
        return whole(name, *arguments, **options)

    monkeypatch.setattr(builtins, "__import__", missing)

    ended = command("summarize", *files, "--scheduler", "tcp://127.0.0.1:9")

    assert (ended.status, ended.out) == (1, "")
    assert "pip install 'visittally[cluster]'" in ended.err


def test_many_partials_are_added_in_steps(monkeypatch):
    """However many partitions there are, a worker never adds more than some at a time."""
    added = []

    class Client:
        """Does at once what it is given."""

        def map(self, function, tasks, **_options):
            return [function(task) for task in tasks]

        def submit(self, _function, group, **_options):
            added.append(len(group))
            return Future(sum(part.number for part in group))

    class Future:
        def __init__(self, number):
            self.number = number

        def result(self):
            return self.number

    monkeypatch.setattr(cluster, "count_partition", Future)

    assert [sum(range(100))] == list(cluster.runner_of(Client())(list(range(100))))
    assert max(added) <= cluster.FAN_IN


@pytest.mark.parametrize("address", ["ucx://1", "ws://127.0.0.1:1", "inproc://1", "file:///etc/passwd"])
def test_other_transports_are_no_addresses(address):
    with pytest.raises(VisitTallyError, match="No Dask scheduler answers"), cluster.connected(address):
        pass
