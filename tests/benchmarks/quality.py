"""How well files are understood, told nothing: prints Markdown.

* ``pollock FOLDER``: the folder holds ``csv/`` with spoilt files and ``clean/`` with the table that a good
  reader finds in each, as in the Pollock benchmark (Vitagliano et al., PVLDB 16(8), 2023), and beside them
  or above ``pollock_weights.json``. Ten measures between 0 and 1 for each file: that it was read at all, and
  precision, recall and F1 of its header, of its records and of its cells. Cells are compared as text: who
  retypes them loses points that the published scores do not take.
* ``columns FOLDER``: ``truth.csv`` in the folder names files in its column ``file``. Every other column is
  what should be found: ``encoding``, ``delimiter``, ``header_row``, or the name of a field and its column;
  ``a|b`` where either is right, blank where nothing is asked.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import io
import json
import sys
import tempfile
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

WORST = 15
"""How many files are named that lost most."""


@dataclass(frozen=True)
class Score:
    """The points of one file, at most 10, and what it weighs."""

    file: str
    points: float
    weight: float


def run(arguments: Sequence[str]) -> str | None:
    """What a command of visittally writes, in this process; None if it fails."""
    from visittally.cli import main

    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / ("answer.json" if "json" in arguments else "answer.csv")
        try:
            with contextlib.redirect_stderr(io.StringIO()):
                main([*arguments, "-q", "-o", str(out)])
        except SystemExit as end:
            if end.code:
                return None
        return out.read_bytes().decode() if out.exists() else None


def table_of(text: str) -> list[list[str]]:
    """The rows of a clean CSV file, blank lines left out."""
    return [row for row in csv.reader(io.StringIO(text, newline="")) if row]


def agreement(expected: Iterable[Hashable], found: Iterable[Hashable]) -> tuple[float, float, float]:
    """Shares of what is common to two multisets: of each, and F1 (all 1 where both are empty)."""
    wanted, got = Counter(expected), Counter(found)
    if not wanted or not got:
        return (1.0, 1.0, 1.0) if not wanted and not got else (0.0, 0.0, 0.0)
    common = (wanted & got).total()
    return common / wanted.total(), common / got.total(), 2 * common / (wanted.total() + got.total())


def points(expected: list[list[str]], found: list[list[str]]) -> float:
    """The ten measures of a table that was read, added up."""
    measures = [
        agreement(expected[0] if expected else [], found[0] if found else []),
        agreement(map("".join, expected[1:]), map("".join, found[1:])),
        agreement((cell for row in expected for cell in row), (cell for row in found for cell in row)),
    ]
    return 1 + sum(map(sum, measures))


def score(folder: Path, weights: dict[str, float], name: str) -> Score:
    """Read one spoilt file and compare it with its clean table."""
    printed = run(["read", str(folder / "csv" / name), "--include-personal"])
    clean = (folder / "clean" / name).read_bytes().decode()
    earned = 0.0 if printed is None else points(table_of(clean), table_of(printed))
    return Score(name, earned, weights.get(name, 0.0))


def pollock(folder: Path) -> str:
    """Score all files of a folder."""
    base = next((place for place in (folder / "polluted_files", folder) if (place / "csv").is_dir()), None)
    if base is None:
        sys.exit(f"{folder} holds no folder csv")
    kept = [path for path in (base / "pollock_weights.json", base.parent / "pollock_weights.json") if path.exists()]
    weights = json.loads(kept[0].read_bytes()) if kept else {}
    names = sorted(path.name for path in (base / "csv").iterdir())
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        scores = list(pool.map(partial(score, base, weights), names, chunksize=20))
    lines = [
        f"{len(scores):,} files",
        f"- simple score: {sum(s.points for s in scores) / len(scores):.3f} of 10",
    ]
    if total := sum(s.weight for s in scores):
        lines.append(f"- weighted score: {sum(s.points * s.weight for s in scores) / total:.3f} of 10")
    worst = sorted(scores, key=lambda s: ((s.points - 10) * (s.weight or 1), s.file))[:WORST]
    lines += [f"- {s.file}: {s.points:.2f}" for s in worst if s.points < 10]
    return "\n".join(lines)


def understood(path: Path) -> dict[str, str]:
    """What `visittally columns` says of a file: encoding, delimiter, header row, header of each field."""
    printed = run(["columns", str(path), "-f", "json"])
    if printed is None:
        return {}
    answer = json.loads(printed)
    first = answer["receipt"]["files"][0]
    found = {name: str(first[name]) for name in ("encoding", "delimiter", "header_row")}
    fields = next(table["rows"] for table in answer["tables"] if table["name"] == "fields")
    return found | {row["field"]: str(row["column"]) for row in fields}


def columns(folder: Path) -> str:
    """Compare what was understood of the files of a folder with what its truth.csv says."""
    asked: Counter[str] = Counter()
    right: Counter[str] = Counter()
    wrong: list[str] = []
    with (folder / "truth.csv").open(encoding="utf-8", newline="") as truth:
        for row in csv.DictReader(truth):
            name = row.pop("file")
            found = understood(folder / name)
            for what, answers in ((what, answers) for what, answers in row.items() if answers):
                hit = found.get(what, "") in answers.split("|")
                asked[what] += 1
                right[what] += hit
                if not hit:
                    wrong.append(f"- {name}: {what} is {answers}, found {found.get(what, 'nothing')}")
    lines = ["| what | right | of | share |\n|---|--:|--:|--:|"]
    lines += [f"| {what} | {right[what]} | {n} | {right[what] / n:.1%} |" for what, n in asked.items()]
    return "\n".join([*lines, "", *wrong])


def main() -> None:
    """Measure one thing on one folder."""
    layout = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=layout)
    parser.add_argument("what", choices=("pollock", "columns"), help="what is measured")
    parser.add_argument("folder", type=Path, help="where the files are")
    asked = parser.parse_args()
    print(pollock(asked.folder) if asked.what == "pollock" else columns(asked.folder))


if __name__ == "__main__":
    main()
