"""Counts all partitions of all files, on the cores of this machine or on a cluster, and adds the tallies."""

from __future__ import annotations

from dataclasses import field, replace
from typing import TYPE_CHECKING

import numpy as np

from visittally.counting.cores import runner_of_cores
from visittally.counting.counter import counted_records
from visittally.counting.duplicates import Twice, find_duplicates, keys_of_several, twice_in
from visittally.counting.plan import Group, Plan
from visittally.counting.tasks import Partial, Task
from visittally.dataclass import dataclass
from visittally.errors import Notice
from visittally.messages import language, ngettext
from visittally.reading.hashing import sort_words
from visittally.reading.receipt import FileReceipt, Receipt
from visittally.survey.exporters import says_what_counts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from visittally.counting.conditions import Matcher
    from visittally.counting.plan import Dimension
    from visittally.counting.tally import Tally
    from visittally.counting.tasks import Place, Runner
    from visittally.reading.lexicon import Coded
    from visittally.survey.variables import Survey

PARTITION, LARGEST = 1 << 26, 1 << 28
"""Bytes of a partition, before compression: at least, and at most."""
PARTS = 32
"""Partitions of an input, in between: every worker has several to do, and none is busy long after the others."""


@dataclass(slots=True)
class Counts:
    """All that was counted, and the receipt.

    Attributes:
        duplicates: Position of a file -> lines of its records that are the same record as a counted one.
        first_lines: The physical line at which each partition begins, by the positions of file and partition.
    """

    tally: Tally
    receipt: Receipt
    notices: list[Notice] = field(default_factory=list)
    duplicates: Mapping[int, frozenset[int]] = field(default_factory=dict)
    first_lines: Mapping[Place, int] = field(default_factory=dict)


def count(
    survey: Survey,
    plan: Plan,
    matchers: tuple[Matcher, ...] = (),
    *,
    runner: Runner | None = None,
    progress: Callable[[int], None] | None = None,
) -> Counts:
    """Read the planned columns of all files and count them; once more where record keys stand in several records.

    Raises:
        InputError: A file is damaged beyond reading.
    """
    run = runner or runner_of_cores(progress)
    for layout in survey.layouts:
        layout.source.let_go()
    tasks = list(_tasks(survey, plan, matchers))
    parts = list(run(tasks))
    first_lines = _first_lines(tasks, {place: end for part in parts for place, end in part.ends.items()})
    twice, notices = _keys_of_several(run, survey, plan, matchers, parts)
    if not len(twice.keys):
        whole = _added(parts)
        receipt = _receipt(survey, whole, tasks, first_lines)
        return Counts(whole.tally, receipt, [*notices, *_repeats(whole.tally)], first_lines=first_lines)
    placed = [_placed(task, first_lines) for task in tasks]
    duplicates = find_duplicates(run, placed, twice)
    lines = duplicates.lines()
    if duplicates.can_be_subtracted(plan):
        whole = _added(parts)
        receipt = _receipt(survey, whole, tasks, first_lines)
        duplicates.subtract(whole.tally, receipt)
    else:
        parts.clear()
        whole = _added(list(run([replace(task, duplicates=lines.get(task.file, frozenset())) for task in placed])))
        receipt = _receipt(survey, whole, placed, first_lines)
    notices = [*duplicates.notices(plan.record_key), *_repeats(whole.tally)]
    return Counts(whole.tally, receipt, notices, lines, first_lines)


def _added(parts: list[Partial]) -> Partial:
    """The sum of several partials, which are used up."""
    whole = parts[0] if parts else Partial()
    for part in parts[1:]:
        whole.add(part)
    return whole


def _first_lines(tasks: Sequence[Task], ends: Mapping[Place, int]) -> dict[Place, int]:
    """The physical line at which each partition begins, from how many lines there are in those before it."""
    found: dict[Place, int] = {}
    line = 1
    for task in sorted(tasks, key=lambda task: task.place):
        if task.partition.number == 0 or task.partition.first_line:
            found[task.place] = task.partition.first_line
            line = ends.get(task.place, 1)
        else:
            found[task.place] = line
            line += ends.get(task.place, 1) - 1
    return found


def _placed(task: Task, first_lines: Mapping[Place, int]) -> Task:
    """A task that knows at which line its partition begins."""
    return replace(task, partition=replace(task.partition, first_line=first_lines.get(task.place, 0)))


def records(
    survey: Survey,
    plan: Plan,
    matchers: tuple[Matcher, ...],
    counts: Counts,
    dimensions: Sequence[Dimension],
) -> Iterator[tuple[str, np.ndarray, list[Coded]]]:
    """Read the counted records one by one, in the order of files and lines, for lists of single records.

    Args:
        survey: The files.
        plan: What was counted: its conditions and weight decide which records count.
        matchers: The conditions.
        counts: What was counted: the records left out as duplicates, and the lines of the partitions.
        dimensions: What is wanted of each record.

    Yields:
        For each block the name of its file, the line of each record, and its cells in each dimension.
    """
    wanted = replace(plan, groups=(Group(tuple(dimensions)),), distinct=())
    for task in _tasks(survey, wanted, matchers):
        own = replace(_placed(task, counts.first_lines), duplicates=counts.duplicates.get(task.file, frozenset()))
        for lines, cells in counted_records(own, dimensions):
            yield task.layout.source.file, lines, cells


def _keys_of_several(
    run: Runner, survey: Survey, plan: Plan, matchers: tuple[Matcher, ...], parts: Sequence[Partial]
) -> tuple[Twice, list[Notice]]:
    """The record keys that stand in several records.

    A few of the records, of which one stands there twice, say little: then all of them tell whether it is a key.
    """
    tallies = [part.tally for part in parts]
    twice, ignored = keys_of_several(plan.record_key, tallies)
    if not (ignored and plan.where):
        return twice, ignored
    every = run(list(_tasks(survey, Plan(record_key=plan.record_key, repeats=False), matchers)))
    if keys_of_several(plan.record_key, [part.tally for part in every])[1]:
        return twice, ignored
    return keys_of_several(plan.record_key, tallies, sure=True)


def _tasks(survey: Survey, plan: Plan, matchers: tuple[Matcher, ...]) -> Iterator[Task]:
    needed = plan.variables()
    variables = {name: survey.variables[name] for name in needed if name in survey.variables}
    for i, layout in enumerate(survey.layouts):
        columns = {n: p for n, p in layout.columns.items() if n in needed or says_what_counts(n, layout.tool)}
        slim = replace(layout, columns=columns)
        for partition in layout.source.partitions(min(max(PARTITION, layout.source.size // PARTS), LARGEST)):
            yield Task(i, slim, partition, plan, variables, matchers, language=language())


def _receipt(survey: Survey, whole: Partial, tasks: Sequence[Task], first_lines: Mapping[Place, int]) -> Receipt:
    """The receipts of all files; lines that were counted from the beginning of a partition are moved."""
    moved = {task.place for task in tasks if task.partition.number and not task.partition.first_line}
    parts: dict[int, list[Place]] = {}
    for place in whole.receipts:
        parts.setdefault(place[0], []).append(place)
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
        for place in parts.get(i, ()):
            file.merge(whole.receipts[place], first_lines[place] - 1 if place in moved else 0)
        files.append(file)
    return Receipt(files)


def _repeats(tally: Tally) -> list[Notice]:
    """Say how many records repeat another exactly."""
    if not tally.repeats:
        return []
    hashes = sort_words(np.concatenate(tally.repeats))
    repeated = len(twice_in(hashes))
    if not repeated:
        return []
    text = ngettext(
        "{n:,} record repeats another exactly; it is counted, as nothing says that it is a mistake.",
        "{n:,} records repeat another exactly; they are counted, as nothing says that they are mistakes.",
        repeated,
    )
    return [Notice("exact_repeats", text.format(n=repeated))]
