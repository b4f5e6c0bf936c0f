"""Counts partitions on all cores of this machine.

Large inputs are counted by several processes, which need not wait for each other as the threads of one interpreter do.
They are forked, so that they cost no start-up and share what is loaded. Threads do the rest: where forking is not safe,
where little is to be read, and where sets of keys are counted, which would have to be sent from one process to another.
"""

from __future__ import annotations

import mmap
import os
import signal
import sys
import threading
import warnings
from collections import deque
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from struct import Struct
from typing import TYPE_CHECKING

from visittally.counting.counter import count_partition
from visittally.counting.tasks import Partial
from visittally.errors import InputError
from visittally.messages import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkProcess

    from visittally.counting.tasks import Runner, Task

    Tick = Callable[[int], None]

MUCH = 1 << 28
"""Bytes from which on several processes are worth while."""
_SECONDS = 0.2
"""How often to look up while waiting, so that Ctrl-C gets through on every platform."""
_NUMBER = Struct("=I")
_QUEUED = 1 << 10
"""Numbers that any pipe takes before anybody reads them: a page of memory."""


def runner_of_cores(progress: Tick | None) -> Runner:
    """A runner that counts on this machine.

    Args:
        progress: Is told of the bytes that have been read.
    """

    def run(tasks: Sequence[Task]) -> Iterable[Partial]:
        workers = min(len(tasks), cores())
        if workers <= 1:
            return (count_partition(task, progress) for task in tasks)
        in_parallel = _in_processes if _may_fork(tasks) else _in_threads
        return in_parallel(tasks, workers, progress or (lambda _size: None))

    return run


def cores() -> int:
    """How many processors this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed is not None else os.cpu_count() or 1


def _may_fork(tasks: Sequence[Task]) -> bool:
    plan = tasks[0].plan
    keys = plan.record_key or plan.distinct or any(group.unit for group in plan.counted())
    sizes = {task.file: task.layout.source.size for task in tasks}
    worth_while = not keys and sum(sizes.values()) >= MUCH
    # A lock that another thread holds would be held for ever in a forked process.
    return worth_while and sys.platform == "linux" and threading.active_count() == 1 and not _is_daemon()


def _is_daemon() -> bool:
    """Whether this is a process of a pool, which may have no processes of its own."""
    known = sys.modules.get("multiprocessing.process")
    return known is not None and bool(known.current_process().daemon)


# ---------------------------------------------------------------- processes
def _in_processes(tasks: Sequence[Task], workers: int, progress: Tick) -> Iterator[Partial]:
    """Count with this process and others forked from it, each of which adds up what it counts.

    Raises:
        InputError: A file is damaged beyond reading, or a process has come to a sudden end.
    """
    from multiprocessing import connection, get_context

    context = get_context("fork")
    read = _Shared(workers)
    queue = _filled_queue(tasks)
    processes, receivers = [], []
    try:
        for worker in range(1, workers):
            receiver, sender = context.Pipe(duplex=False)
            process = context.Process(target=_work, args=(tasks, queue, read, worker, sender), daemon=True)
            try:
                _start(process)
            except OSError:
                # The system allows no more processes: those there are do it.
                break
            finally:
                sender.close()
            processes.append(process)
            receivers.append(receiver)

        def tick(size: int) -> None:
            read.add(0, size)
            progress(read.more())

        yield _counted(tasks, queue, tick)
        while receivers:
            ready = connection.wait(receivers, _SECONDS)
            for receiver in [one for one in receivers if one in ready]:
                yield _received(receiver)
                receivers.remove(receiver)
            progress(read.more())
    finally:
        for process in processes:
            process.terminate()
            process.join()
        os.close(queue)


def _start(process: ForkProcess) -> None:
    with warnings.catch_warnings():
        # Python warns of any thread; those that libraries may have wait for work and hold nothing.
        warnings.simplefilter("ignore", DeprecationWarning)
        process.start()


class _Shared:
    """A number for each process, in memory that all of them see; and the process from which they are forked."""

    def __init__(self, workers: int) -> None:
        self._numbers = memoryview(mmap.mmap(-1, 8 * workers)).cast("q")
        self._told = 0
        self.parent = os.getpid()

    def add(self, worker: int, number: int) -> None:
        """Add to the number of one, which only this one does."""
        self._numbers[worker] += number

    def more(self) -> int:
        """By how much the sum has grown since it was asked for."""
        told, self._told = self._told, sum(self._numbers)
        return self._told - told


def _filled_queue(tasks: Sequence[Task]) -> int:
    """A pipe from which each process reads which task it does next, or which few if they are many."""
    queue, end = os.pipe()
    with os.fdopen(end, "wb") as writer:
        writer.writelines(map(_NUMBER.pack, range(0, len(tasks), _at_a_time(tasks))))
    return queue


def _at_a_time(tasks: Sequence[Task]) -> int:
    return -(-len(tasks) // _QUEUED)


def _counted(tasks: Sequence[Task], queue: int, tick: Tick) -> Partial:
    """What one of the processes counts."""
    mine = Partial()
    while number := os.read(queue, _NUMBER.size):
        [first] = _NUMBER.unpack(number)
        for task in tasks[first : first + _at_a_time(tasks)]:
            count_partition(task, tick, mine)
    return mine


def _work(tasks: Sequence[Task], queue: int, read: _Shared, worker: int, sender: Connection) -> None:
    """Count in a forked process and send what was counted; without the parent nobody wants it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def tick(size: int) -> None:
        if os.getppid() != read.parent:
            os._exit(1)
        read.add(worker, size)

    try:
        sender.send(_counted(tasks, queue, tick))
    except Exception as error:  # noqa: BLE001 - whatever it is, the other process raises it
        # Nobody begins another task.
        while os.read(queue, mmap.PAGESIZE):
            pass
        sender.send(error)


def _received(receiver: Connection) -> Partial:
    try:
        found: Partial | Exception = receiver.recv()
    except (EOFError, OSError):
        message = _("A process that was counting has come to a sudden end; the system may be short of memory.")
        raise InputError(message) from None
    if isinstance(found, Exception):
        raise found
    return found


# ---------------------------------------------------------------- threads
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

    def work() -> Partial:
        mine = Partial()
        with suppress(IndexError):
            while True:
                count_partition(left.popleft(), tick, mine)
        return mine

    pool = ThreadPoolExecutor(workers)
    try:
        waiting = {pool.submit(work) for _worker in range(workers)}
        while waiting:
            done, waiting = wait(waiting, timeout=_SECONDS, return_when="FIRST_COMPLETED")
            for future in done:
                yield future.result()
    finally:
        stopped.set()
        pool.shutdown(wait=False, cancel_futures=True)
