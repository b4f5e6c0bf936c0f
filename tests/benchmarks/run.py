"""Compare visittally with other programs on the same invented files, side by side in one run.

Sections:
  both        equal work: village x issue x status and different households of each village, in files of 13 columns
              with every cell in quotes, as pyarrow and many form tools write them, and in quotes where needed
  tally       village x issue counts beside DuckDB, Polars, pandas and Miller, for each number of rows
  keys        different records and households of each village (_uuid, household_id) beside count(distinct)
  questions   all questions of a file of 60 columns, beside one summary of it
  startup     --help, and a file of 400 rows, beside importing the libraries
  pollock     score on a folder of spoilt CSV files (--pollock)
  columns     share of encodings, delimiters and columns found in a folder of files (--truth)

The programs run alternately, each in a fresh process with as many threads as it likes, on a file that was
read once before. Every answer is checked to agree. Prints Markdown; what it is doing goes to stderr.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from measure import Disagreement, Program, Run, markdown, measure, median, take_turns

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

HERE = Path(__file__).resolve().parent
SECTIONS = ("both", "tally", "keys", "questions", "startup")
OTHERS = ("duckdb", "polars", "polars-in-memory", "pandas", "miller")
SLOW = ("pandas", "miller")
"""Programs that read on one core or hold whole columns: only run up to `--slow-up-to` rows."""
OURS = "visittally"
SMALL_FILE_ROWS = 400
QUESTIONS_ROWS = 1_000_000
VILLAGES = 1_200
HOUSEHOLDS = "households"
"""Stands for the issue in the rows of other programs that tell how many households there are."""
LIBRARIES = "pandas, pyarrow, click, tabulate"


@dataclass(frozen=True)
class Setting:
    """What the command line asked for.

    Attributes:
        folder: Where the generated files are kept.
        command: How visittally is started.
        others: The programs to compare with.
        rounds: Measured runs of each.
        rows: Numbers of records.
        slow_up_to: Most records that the slow programs are given.
        suffix: ".csv" or ".parquet".
        multi: Most issues in a cell.
        villages: Number of different villages.
    """

    folder: Path
    command: tuple[str, ...]
    others: tuple[str, ...]
    rounds: int
    rows: tuple[int, ...]
    slow_up_to: int
    suffix: str
    multi: int
    villages: int


def say(text: str) -> None:
    """Tell on stderr what is going on."""
    print(text, file=sys.stderr, flush=True)


def generated(setting: Setting, kind: str, rows: int, *flags: str) -> Path:
    """The file of a kind and size, made now unless it is there already; `flags` are those of `generate.py`."""
    several = f"-multi{setting.multi}" if setting.multi > 1 else ""
    several += f"-villages{setting.villages}" if setting.villages != VILLAGES else ""
    several += "".join(flags).replace("--", "-")
    path = setting.folder / f"{kind}-{rows}{several}{setting.suffix}"
    say(f"{path.name} ...")
    arguments = ["--kind", kind, "--rows", str(rows), "--multi", str(setting.multi)]
    arguments += ["--villages", str(setting.villages), *flags]
    subprocess.run([sys.executable, str(HERE / "generate.py"), str(path), *arguments], check=True)
    return path


def rows_of(*columns: str) -> Callable[[str], Hashable]:
    """A reader of CSV answers: the set of their rows, only the named columns of them."""

    def answer(printed: str) -> Hashable:
        return frozenset(tuple(row[column] for column in columns) for row in csv.DictReader(printed.splitlines()))

    return answer


def plain_rows(printed: str) -> Hashable:
    """The set of the rows of a CSV answer without header."""
    return frozenset(tuple(row) for row in csv.reader(printed.splitlines()))


def without_households(printed: str) -> Hashable:
    """The counts by village and issue in the answers of other programs to `both`."""
    return frozenset(tuple(row) for row in csv.reader(printed.splitlines()) if row[1] != HOUSEHOLDS)


def check_households(setting: Setting, path: Path, others: Sequence[Program]) -> None:
    """Make sure, outside of what is measured, that all find the same households in each village.

    Raises:
        Disagreement: They do not.
    """
    areas = [*setting.command, "summarize", "-q", "-f", "csv", "--table", "areas", str(path)]
    _cost, printed = measure(areas, setting.folder)
    ours = {(row["village"], row["households"]) for row in csv.DictReader(printed.splitlines())}
    for program in others:
        _cost, printed = measure(program.command, setting.folder)
        theirs = {(village, n) for village, issue, n in csv.reader(printed.splitlines()) if issue == HOUSEHOLDS}
        if ours != theirs:
            text = f"{OURS} and {program.name} differ in the households of {len(ours ^ theirs)} rows"
            raise Disagreement(text)


def closed_questions(printed: str) -> Hashable:
    """The counts of the questions q1 to q50 in the answer of `visittally questions`."""
    rows = csv.DictReader(printed.splitlines())
    asked = {f"q{i}" for i in range(1, 51)}
    return frozenset(
        (row["question"], row["answer"], row["mentions"])
        for row in rows
        if row["question"] in asked and row["answer"] and row["mentions"] != "0"
    )


def competitors(setting: Setting, job: str, path: Path, rows: int) -> list[Program]:
    """The other programs that are asked for this job."""
    script = [sys.executable, str(HERE / "competitors.py")]
    flags = ["--multi"] if setting.multi > 1 else []
    able = {"both": OTHERS[:3], "tally": OTHERS, "keys": ("duckdb", "polars", "pandas"), "questions": ("duckdb",)}[job]
    able = tuple(name for name in able if job == "both" or name != "polars-in-memory")
    names = [name for name in setting.others if name in able and (name not in SLOW or rows <= setting.slow_up_to)]
    if setting.suffix == ".parquet":
        names = [name for name in names if name != "miller"]
    answer = without_households if job == "both" else plain_rows
    return [Program(name, [*script, name, job, str(path), *flags], answer) for name in names]


def compare(setting: Setting, programs: Sequence[Program], path: Path) -> dict[str, list[Run]]:
    """Run the programs in turns, after reading the file once so that all find it in memory."""
    piece = bytearray(1 << 20)
    with path.open("rb", buffering=0) as file:
        while file.readinto(piece):
            pass
    for program in programs:
        say(f"  {program.name}: {' '.join(program.command)}")
    return take_turns(programs, setting.rounds, setting.folder)


def title(name: str, path: Path, rows: int) -> str:
    """The heading of a comparison."""
    return f"\n## {name}: {rows:,} records, {path.stat().st_size / 1e6:,.0f} MB, {path.suffix[1:]}\n"


def against_the_faster(runs: dict[str, list[Run]]) -> str:
    """Our medians as multiples of the better of DuckDB and Polars, figure by figure."""
    rivals = [median(those) for name, those in runs.items() if name in {"duckdb", "polars"}]
    if not rivals:
        return ""
    ours = median(runs[OURS])
    wall = ours.wall / min(rival.wall for rival in rivals)
    processor = ours.processor / min(rival.processor for rival in rivals)
    memory = ours.memory / min(rival.memory for rival in rivals)
    return (
        f"\nAgainst the better of DuckDB and Polars: wall {wall:.2f} x, processor {processor:.2f} x, "
        f"memory {memory:.2f} x. All answers agree."
    )


def compare_sizes(setting: Setting, kind: str, job: str, ours: Program, *flags: str) -> None:
    """Compare on files of growing size, and print how our cost grows with them."""
    growth: list[tuple[int, Run]] = []
    for rows in setting.rows:
        path = generated(setting, kind, rows, *flags)
        us = Program(ours.name, [*ours.command, str(path)], ours.answer)
        runs = compare(setting, [us, *competitors(setting, job, path, rows)], path)
        print(
            title(" ".join((job, *flags)), path, rows),
            markdown(runs, OURS),
            against_the_faster(runs),
            sep="\n",
            flush=True,
        )
        growth.append((rows, median(runs[OURS])))
    if len(growth) > 1:
        print("\n| rows | x rows | x wall | x processor | MiB |\n|--:|--:|--:|--:|--:|")
        for (fewer, before), (more, after) in itertools.pairwise(growth):
            times = f"{after.wall / before.wall:.1f} | {after.processor / before.processor:.1f}"
            print(f"| {more:,} | {more / fewer:.0f} | {times} | {after.memory:.0f} |", flush=True)


def both(setting: Setting) -> None:
    """Equal work for all, whichever way cells are quoted; households are counted by all, too, whoever prints them."""
    command = [*setting.command, "summarize", "--quiet", "-f", "csv"]
    for flags in (["--everywhere"], []):
        answer = rows_of("village", "issue", "mentions")
        compare_sizes(setting, "households", "both", Program(OURS, command, answer), *flags)


def tally(setting: Setting) -> None:
    """Village x issue counts."""
    command = [*setting.command, "summarize", "--quiet", "-f", "csv"]
    compare_sizes(setting, "visits", "tally", Program(OURS, command, rows_of("village", "issue", "mentions")))


def keys(setting: Setting) -> None:
    """Different records and households of each village."""
    command = [*setting.command, "summarize", "--quiet", "--table", "areas", "-f", "csv"]
    answer = rows_of("village", "cases", "households")
    compare_sizes(setting, "keyed", "keys", Program(OURS, command, answer))


def questions(setting: Setting) -> None:
    """All questions of a wide file, beside one summary of the same file."""
    path = generated(setting, "questions", QUESTIONS_ROWS)
    programs = [
        Program(OURS, [*setting.command, "questions", "-q", "-f", "csv", str(path)], closed_questions),
        Program(f"{OURS} summarize", [*setting.command, "summarize", "-q", "-f", "csv", str(path)]),
        *competitors(setting, "questions", path, QUESTIONS_ROWS),
    ]
    runs = compare(setting, programs, path)
    print(title("questions, 60 columns", path, QUESTIONS_ROWS), markdown(runs, OURS), sep="\n", flush=True)


def startup(setting: Setting) -> None:
    """What it costs to start."""
    path = generated(setting, "visits", SMALL_FILE_ROWS)
    python = [sys.executable, "-c"]
    programs = [
        Program(f"{OURS} summarize", [*setting.command, "summarize", "-q", "-f", "csv", str(path)]),
        Program(f"import {LIBRARIES}", [*python, f"import {LIBRARIES}"]),
        Program(f"{OURS} --help", [*setting.command, "--help"]),
        Program("python -c pass", [*python, "pass"]),
    ]
    take_turns(programs, 1, setting.folder)
    runs = take_turns(programs, 3 * setting.rounds, setting.folder)
    print(f"\n## start-up: {SMALL_FILE_ROWS} records\n", markdown(runs, programs[0].name), sep="\n", flush=True)


def quality(setting: Setting, section: str, folder: Path) -> None:
    """Run one of the sections that measure how well files are understood."""
    command = [sys.executable, str(HERE / "quality.py"), section, str(folder)]
    cost, printed = measure(command, setting.folder)
    print(f"\n## {section}\n\n{printed}\n{cost.wall:.0f} s", flush=True)


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The command line."""
    layout = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=layout)
    add = parser.add_argument
    add("sections", nargs="*", metavar="SECTION", help=f"what to measure (default: {' '.join(SECTIONS)})")
    add("--folder", type=Path, required=True, help="temporary folder for generated files, used again if there")
    add(
        "--rows",
        type=lambda text: int(float(text)),
        nargs="+",
        default=[10**5, 10**6, 5 * 10**6, 5 * 10**7],
        help="numbers of records (default 1e5 1e6 5e6 5e7; 5e7 are 7 GB, 1e8 are 14 GB)",
    )
    add("--rounds", type=int, default=5, help="measured runs of each program (default 5)")
    add("--programs", nargs="*", choices=OTHERS, default=list(OTHERS), help="whom to compare with")
    add(
        "--slow-up-to",
        type=lambda text: int(float(text)),
        default=5 * 10**6,
        metavar="ROWS",
        help="leave out pandas and Miller above so many records (default 5e6)",
    )
    add("--parquet", action="store_true", help="Parquet instead of CSV")
    add("--villages", type=int, default=VILLAGES, metavar="N", help=f"different villages (default {VILLAGES})")
    add("--multi", type=int, default=1, metavar="N", help="up to N issues in a cell (default 1)")
    add(
        "--visittally",
        nargs="+",
        metavar="WORD",
        help="how to start visittally, if not the installed command",
    )
    add("--pollock", type=Path, metavar="FOLDER", help="holds csv/ and clean/ of the Pollock benchmark")
    add("--truth", type=Path, metavar="FOLDER", help="holds files and truth.csv, which says what they are")
    asked = parser.parse_args(arguments)
    unknown = set(asked.sections) - {*SECTIONS, "pollock", "columns"}
    if unknown:
        parser.error(f"there is no section {', '.join(sorted(unknown))}")
    if ("pollock" in asked.sections and not asked.pollock) or ("columns" in asked.sections and not asked.truth):
        parser.error("pollock needs --pollock FOLDER, columns needs --truth FOLDER")
    return asked


def setting_of(asked: argparse.Namespace) -> Setting:
    """The setting that the command line asks for, without programs that are not installed."""
    installed = [name for name in asked.programs if name != "miller" or shutil.which("mlr")]
    beside = Path(sys.executable).parent / OURS
    return Setting(
        folder=asked.folder.resolve(),
        command=tuple(asked.visittally or [str(beside) if beside.exists() else OURS]),
        others=tuple(installed),
        rounds=asked.rounds,
        rows=tuple(asked.rows),
        slow_up_to=asked.slow_up_to,
        suffix=".parquet" if asked.parquet else ".csv",
        multi=asked.multi,
        villages=asked.villages,
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the sections and print their tables; 1 if programs do not agree."""
    asked = parse(arguments)
    setting = setting_of(asked)
    setting.folder.mkdir(parents=True, exist_ok=True)
    os.environ["VISITTALLY_LANG"] = "en"
    sections: dict[str, Callable[[], None]] = {
        "both": lambda: both(setting),
        "tally": lambda: tally(setting),
        "keys": lambda: keys(setting),
        "questions": lambda: questions(setting),
        "startup": lambda: startup(setting),
        "pollock": lambda: quality(setting, "pollock", asked.pollock.resolve()),
        "columns": lambda: quality(setting, "columns", asked.truth.resolve()),
    }
    print(f"# visittally beside others, {os.cpu_count()} cores, Python {sys.version.split()[0]}", flush=True)
    wrong = 0
    for name in asked.sections or SECTIONS:
        try:
            sections[name]()
        except Disagreement as error:
            wrong = 1
            print(f"\n## {name}\n\nNot measured: {error}", flush=True)
    return wrong


if __name__ == "__main__":
    sys.exit(main())
