"""Counts all partitions of all files, on the cores of this machine or on a cluster, and adds the tallies.

The threads share one process: nearly all the time goes into reading, which releases the interpreter's lock.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

import numpy as np

from visittally.errors import Notice
from visittally.messages import _, language, ngettext
from visittally.partial import REVIEWS, Partial, Task, count_partition, counted_records, kept_records, record_key_hashes
from visittally.plan import Group
from visittally.reading.receipt import FileReceipt, Receipt

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from visittally.conditions import Matcher
    from visittally.partial import Coded
    from visittally.plan import Dimension, Plan
    from visittally.survey import Survey
    from visittally.tally import Tally

PARTITION = 1 << 26
"""Bytes of a partition, before compression."""
_KEYS_DIFFER = 0.9
"""A record key is one only where this share of its values differ in every file."""


class Runner(Protocol):
    """Counts tasks somewhere."""

    def __call__(self, tasks: Sequence[Task]) -> Iterable[Partial]:
        """What the tasks count, in any order and in as many pieces as is convenient."""


@dataclass(slots=True)
class Counts:
    """All that was counted, and the receipt.

    Attributes:
        duplicates: Position of a file -> lines of its records that are the same record as a counted one.
    """

    tally: Tally
    receipt: Receipt
    notices: list[Notice] = field(default_factory=list)
    duplicates: Mapping[int, frozenset[int]] = field(default_factory=dict)


def count(
    survey: Survey,
    plan: Plan,
    matchers: tuple[Matcher, ...] = (),
    *,
    runner: Runner | None = None,
    progress: Callable[[int], None] | None = None,
) -> Counts:
    """Read the planned columns of all files once and count them.

    Raises:
        InputError: A file is damaged beyond reading.
    """
    run = runner or _threads(progress)
    tasks = list(_tasks(survey, plan, matchers))
    counts = _counted(survey, run(tasks))
    if plan.record_key:
        key_notices, duplicates = _duplicates(survey, plan, matchers, counts.tally)
        if duplicates:
            again = [replace(t, duplicates=duplicates.get(t.file, frozenset())) for t in tasks]
            counts = _counted(survey, run(again))
            counts.duplicates = duplicates
        counts.notices += key_notices
    counts.notices += _repeats(counts.tally)
    return counts


def records(
    survey: Survey,
    plan: Plan,
    matchers: tuple[Matcher, ...],
    duplicates: Mapping[int, frozenset[int]],
    dimensions: Sequence[Dimension],
) -> Iterator[tuple[str, np.ndarray, list[Coded]]]:
    """Read the counted records one by one, in the order of files and lines, for lists of single records.

    Args:
        survey: The files.
        plan: What was counted: its conditions and weight decide which records count.
        matchers: The conditions.
        duplicates: The records left out as duplicates, from `Counts`.
        dimensions: What is wanted of each record.

    Yields:
        For each block the name of its file, the line of each record, and its cells in each dimension.
    """
    wanted = replace(plan, groups=(Group(tuple(dimensions)),), distinct=())
    for task in _tasks(survey, wanted, matchers):
        own = replace(task, duplicates=duplicates.get(task.file, frozenset()))
        for lines, cells in counted_records(own, dimensions):
            yield task.layout.source.file, lines, cells


def _tasks(survey: Survey, plan: Plan, matchers: tuple[Matcher, ...]) -> Iterator[Task]:
    needed = plan.variables()
    variables = {name: survey.variables[name] for name in needed if name in survey.variables}
    for i, layout in enumerate(survey.layouts):
        columns = {n: p for n, p in layout.columns.items() if n in needed or n in REVIEWS}
        slim = replace(layout, columns=columns)
        for partition in layout.source.partitions(PARTITION):
            yield Task(i, slim, partition, plan, variables, matchers, language=language())


def _threads(progress: Callable[[int], None] | None) -> Runner:
    def run(tasks: Sequence[Task]) -> Iterable[Partial]:
        workers = min(len(tasks), os.cpu_count() or 1)
        if workers <= 1:
            return (count_partition(task, progress) for task in tasks)
        return _in_threads(tasks, workers, progress)

    return run


def _in_threads(tasks: Sequence[Task], workers: int, progress: Callable[[int], None] | None) -> Iterator[Partial]:
    pool = ThreadPoolExecutor(workers)
    try:
        waiting = {pool.submit(count_partition, task, progress) for task in tasks}
        while waiting:
            # A finite wait lets Ctrl-C through on every platform.
            done, waiting = wait(waiting, timeout=0.5, return_when="FIRST_COMPLETED")
            for future in done:
                yield future.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _counted(survey: Survey, partials: Iterable[Partial]) -> Counts:
    whole = Partial()
    for partial in partials:
        whole.add(partial)
    files = []
    for i, layout in enumerate(survey.layouts):
        source = layout.source
        file = FileReceipt(
            source.file,
            source.encoding,
            source.delimiter,
            source.sheet,
            source.header_row,
            layout.tool or None,
        )
        if i in whole.receipts:
            file.merge(whole.receipts[i])
        files.append(file)
    return Counts(whole.tally, Receipt(files))


def _repeats(tally: Tally) -> list[Notice]:
    """Say how many records repeat another exactly."""
    if not tally.repeats:
        return []
    hashes = np.sort(np.concatenate(tally.repeats))
    repeated = len(_twice(hashes))
    if not repeated:
        return []
    text = ngettext(
        "{n:,} record repeats another exactly; it is counted, as nothing says that it is a mistake.",
        "{n:,} records repeat another exactly; they are counted, as nothing says that they are mistakes.",
        repeated,
    )
    return [Notice("exact_repeats", text.format(n=repeated))]


# ---------------------------------------------------------------------------- the same record twice
def _duplicates(
    survey: Survey, plan: Plan, matchers: tuple[Matcher, ...], tally: Tally
) -> tuple[list[Notice], dict[int, frozenset[int]]]:
    """Lines of the records, by file, that a key marks as the same record as another one.

    Whether it tells records apart is judged in each file: later exports hold the records of earlier ones again.
    """
    key = plan.record_key
    files = [np.sort(np.concatenate(hashes)) for hashes in tally.record_keys.values()]
    for hashes in files:
        different = len(hashes) - len(_twice(hashes))
        if different < _KEYS_DIFFER * len(hashes):
            text = _(
                'The column "{key}" does not tell records apart ({n:,} different values in {all:,} records): ignored.'
            )
            return [Notice("record_key", text.format(key=key, n=different, all=len(hashes)))], {}
    if not files:
        return [], {}
    twice = np.unique(_twice(files[0] if len(files) == 1 else np.sort(np.concatenate(files))))
    if not len(twice):
        return [], {}
    tasks = _tasks(survey, replace(plan, groups=(), distinct=()), matchers)
    losers, changed = _losers(tasks, key, twice)
    n = sum(map(len, losers.values()))
    text = ngettext(
        '{n:,} record has the same "{key}" as another one and is counted once.',
        '{n:,} records have the same "{key}" as another one and are counted once.',
        n,
    )
    notices = [Notice("duplicates", text.format(n=n, key=key))]
    if changed:
        text = ngettext(
            "{n:,} of them differs from the other one; the fuller one is counted.",
            "{n:,} of them differ from the other one; the fuller one is counted.",
            changed,
        )
        notices.append(Notice("duplicates_differ", text.format(n=changed)))
    return notices, losers


def _twice(hashes: np.ndarray) -> np.ndarray:
    """The hashes, sorted, that the one before equals."""
    return np.asarray(hashes[1:][hashes[1:] == hashes[:-1]])


def _losers(tasks: Iterable[Task], key: str, twice: np.ndarray) -> tuple[dict[int, frozenset[int]], int]:
    """Of the records that count keep one with each key, chosen by content; the files and lines of the others.

    The fullest one is kept, among equally full ones the one whose text sorts last: neither depends on the order of
    files or records.
    """
    rows: dict[int, list[tuple[int, tuple[tuple[str, str], ...], int, int]]] = {}
    for task in tasks:
        place = next(iter(task.layout.columns.get(key, ())), None)
        if place is None:
            continue
        header = task.layout.source.header
        for block, kept in kept_records(task, range(len(header))):
            hashes, shaped = record_key_hashes(block.columns[place])
            for i in kept[(np.isin(hashes, twice) & shaped)[kept]].tolist():
                cells = [(name, block.columns[c][i].as_py()) for c, name in enumerate(header)]
                filled = tuple(sorted((name, text.strip()) for name, text in cells if text.strip()))
                rows.setdefault(int(hashes[i]), []).append((len(filled), filled, task.file, block.line(i)))
    losers: dict[int, set[int]] = {}
    changed = 0
    for same in rows.values():
        same.sort(key=lambda row: (row[0], row[1], -row[2], -row[3]))
        for *_rest, content, file, line in same[:-1]:
            losers.setdefault(file, set()).add(line)
            changed += content != same[-1][1]
    return {file: frozenset(lines) for file, lines in losers.items()}, changed
