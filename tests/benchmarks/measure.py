"""Wall time, processor time and peak memory of programs that take turns.

Imports nothing large: on Linux a child starts with the peak memory of the process that it was spawned from.
"""

from __future__ import annotations

import contextlib
import os
import statistics
import subprocess
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

SAMPLE_SECONDS = 0.25
KIBIBYTES_PER_MEBIBYTE = 1024


class Disagreement(Exception):  # noqa: N818
    """Two programs gave different answers to the same question, or one of them failed."""


@dataclass(frozen=True)
class Run:
    """What one run cost.

    Attributes:
        wall: Seconds from start to end.
        processor: User and system seconds of the process and the children that it waited for.
        memory: Peak resident memory in MiB of the process and all its descendants together, as far as samples
            every 50 ms show, and at least that of the largest of them.
    """

    wall: float
    processor: float
    memory: float


@dataclass(frozen=True)
class Program:
    """Someone who answers the question.

    Attributes:
        name: As it stands in the table.
        command: What to start.
        answer: Turns what it printed into a comparable value; None where nothing is compared.
    """

    name: str
    command: Sequence[str]
    answer: Callable[[str], Hashable] | None = None


def descendants(pid: int) -> list[int]:
    """The process and all its living descendants (Linux only; elsewhere just the process)."""
    found = [pid]
    for parent in found:
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{parent}/task").iterdir():
                found += [int(child) for child in (task / "children").read_text().split()]
    return found


def resident(pid: int) -> float:
    """Memory of one process in MiB, its part of what it shares with others included; 0 if it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    sizes = [int(line.split()[1]) for line in lines if line.startswith("Pss:")]
    return sum(sizes) / KIBIBYTES_PER_MEBIBYTE


def watch(pid: int, done: threading.Event, peaks: list[float]) -> None:
    """Note the memory of a process with children, again and again (the system itself keeps that of one)."""
    while not done.wait(SAMPLE_SECONDS):
        family = descendants(pid)
        if len(family) > 1:
            peaks.append(sum(resident(member) for member in family))


def measure(command: Sequence[str], folder: Path) -> tuple[Run, str]:
    """Run a command once.

    Args:
        command: Program and arguments.
        folder: Working directory.

    Returns:
        What it cost and what it printed.

    Raises:
        Disagreement: If it fails.
    """
    peaks = [0.0]
    done = threading.Event()
    with tempfile.TemporaryFile(dir=folder) as out, tempfile.TemporaryFile(dir=folder) as err:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=out, stderr=err, stdin=subprocess.DEVNULL, cwd=folder)
        watcher = threading.Thread(target=watch, args=(process.pid, done, peaks))
        watcher.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        done.set()
        watcher.join()
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        if process.returncode:
            last = err.read().decode(errors="replace").strip()[-500:]
            raise Disagreement(f"{' '.join(command)} ended with {process.returncode}: {last}")
        printed = out.read().decode()
    largest = usage.ru_maxrss / KIBIBYTES_PER_MEBIBYTE
    return Run(wall, usage.ru_utime + usage.ru_stime, max(largest, *peaks)), printed


def take_turns(programs: Sequence[Program], rounds: int, folder: Path) -> dict[str, list[Run]]:
    """Run all programs alternately, and check that they agree.

    Args:
        programs: Who answers.
        rounds: How often each runs.
        folder: Working directory.

    Returns:
        Name of each program -> its runs.

    Raises:
        Disagreement: If a program fails or answers differ.
    """
    runs: dict[str, list[Run]] = {program.name: [] for program in programs}
    answers: dict[Hashable, str] = {}
    for _ in range(rounds):
        for program in programs:
            run, printed = measure(program.command, folder)
            runs[program.name].append(run)
            if program.answer is not None:
                answers.setdefault(program.answer(printed), program.name)
            if len(answers) > 1:
                raise Disagreement(describe(answers))
    return runs


def describe(answers: Mapping[Hashable, str]) -> str:
    """How the first two of several different answers differ."""
    (one, first), (other, second) = list(answers.items())[:2]
    if not isinstance(one, frozenset) or not isinstance(other, frozenset):
        return f"{first} and {second} do not agree."
    only, extra = sorted(one - other)[:3], sorted(other - one)[:3]
    sizes = f"{len(one):,} and {len(other):,} rows"
    return f"{first} and {second} do not agree ({sizes}): only {first}: {only}; only {second}: {extra}"


def median(runs: Sequence[Run]) -> Run:
    """The medians of several runs, each figure on its own."""
    return Run(
        statistics.median(run.wall for run in runs),
        statistics.median(run.processor for run in runs),
        statistics.median(run.memory for run in runs),
    )


def markdown(runs: Mapping[str, Sequence[Run]], ours: str) -> str:
    """A table of medians, and how many times those of each program `ours` takes.

    Args:
        runs: Name of each program -> its runs.
        ours: The program that all others are compared with.

    Returns:
        A Markdown table. In the columns "ours / it", less than 1 is better for us.
    """
    reference = median(runs[ours])
    lines = [
        "| program | wall s | from - to | processor s | peak MiB | wall: ours/it | processor | memory |",
        "|---|--:|--:|--:|--:|--:|--:|--:|",
    ]
    for name, those in runs.items():
        it = median(those)
        spread = f"{min(run.wall for run in those):.2f} - {max(run.wall for run in those):.2f}"
        ratios = (reference.wall / it.wall, reference.processor / it.processor, reference.memory / it.memory)
        compared = " | ".join(f"{ratio:.2f}" for ratio in ratios)
        lines.append(f"| {name} | {it.wall:.2f} | {spread} | {it.processor:.2f} | {it.memory:.0f} | {compared} |")
    return "\n".join(lines)
