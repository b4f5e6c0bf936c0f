"""Counts partitions on all cores of this machine, with threads: what takes long lets the others run meanwhile."""

from __future__ import annotations

import os
import threading
from collections import deque
from typing import TYPE_CHECKING

from visittally.counting.counter import count_partition
from visittally.counting.tasks import Partial

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from visittally.counting.tasks import Runner, Task

    Tick = Callable[[int], None]

LARGE = 1 << 20
"""Bytes of an input from which a thread of its own is worth it: of less, most is done in Python, by one at a time."""
_SECONDS = 0.2
"""How often to look up while waiting, so that Ctrl-C gets through on every platform."""


def runner_of_cores(progress: Tick | None) -> Runner:
    """A runner that counts on this machine.

    Args:
        progress: Is told of the bytes that have been read.
    """

    def run(tasks: Sequence[Task]) -> Iterable[Partial]:
        large = sum(task.layout.source.size >= LARGE for task in tasks)
        workers = min(large, cores())
        tick = progress or (lambda _size: None)
        return _in_threads(tasks, workers, tick) if workers > 1 else [_counted(deque(tasks), tick)]

    return run


def cores() -> int:
    """How many processors this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed is not None else os.cpu_count() or 1


def _counted(left: deque[Task], tick: Tick) -> Partial:
    """What one worker counts of the tasks that are left."""
    mine = Partial()
    while True:
        try:
            task = left.popleft()
        except IndexError:
            return mine
        count_partition(task, tick, mine)


class _Stopped(Exception):  # noqa: N818 - it is no error
    """Another thread has failed, or somebody has pressed Ctrl-C."""


def _in_threads(tasks: Sequence[Task], workers: int, progress: Tick) -> Iterator[Partial]:
    """Count with several threads, each of which adds up what it counts."""
    left = deque(tasks)
    stopped = threading.Event()

    def tick(size: int) -> None:
        if stopped.is_set():
            raise _Stopped
        progress(size)

    from concurrent.futures import ThreadPoolExecutor, wait

    pool = ThreadPoolExecutor(workers)
    try:
        waiting = {pool.submit(_counted, left, tick) for _worker in range(workers)}
        while waiting:
            done, waiting = wait(waiting, timeout=_SECONDS, return_when="FIRST_COMPLETED")
            for future in done:
                yield future.result()
    finally:
        stopped.set()
        pool.shutdown(wait=False, cancel_futures=True)
