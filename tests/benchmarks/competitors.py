"""The same questions, asked of other programs in the way their manuals recommend; prints the answer as CSV.

Only the library that is asked for is imported. All columns are read as text, because that is what is tallied.

* ``tally``: village, issue category, mentions, counted with the status as visittally does;
* ``both``: village, issue category, mentions counted with the status, and village, "households", different
  ``household_id``: equal work, the file read once;
* ``keys``: village, different ``_uuid``, different ``household_id``;
* ``questions``: question, answer, mentions of the closed questions q1 to q50.
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Rows = Iterable[tuple[Any, ...]]

QUESTIONS = [f"q{i}" for i in range(1, 51)]


def duckdb_table(path: Path) -> str:
    """What DuckDB reads the file with."""
    if path.suffix == ".parquet":
        return f"read_parquet('{path}')"
    return f"read_csv('{path}', header=true, delim=',', quote='\"', escape='\"', all_varchar=true)"


def duckdb_tally(path: Path, *, multi: bool) -> Rows:
    """Count villages and issues with DuckDB."""
    import duckdb

    issue = "unnest(string_split(category, ' '))" if multi else "category"
    rows = f"SELECT village, {issue} AS issue, status FROM {duckdb_table(path)} WHERE category <> ''"
    counts = f"SELECT village, issue, status, count(*) AS n FROM ({rows}) GROUP BY ALL"
    return duckdb.execute(f"SELECT village, issue, sum(n)::BIGINT FROM ({counts}) GROUP BY ALL").fetchall()


HOUSEHOLDS = "households"
"""Stands for the issue in the rows that tell how many households there are."""


def duckdb_both(path: Path, *, multi: bool) -> Rows:
    """Count villages and issues, and households, with DuckDB: the columns that are needed in a temporary table."""
    import duckdb

    columns = "village, category, status, household_id"
    duckdb.execute(f"CREATE TEMP TABLE visits AS SELECT {columns} FROM {duckdb_table(path)}")
    counts = "SELECT village, category, status, count(*) AS n FROM visits WHERE category <> '' GROUP BY ALL"
    issues = duckdb.execute(f"SELECT village, category, sum(n)::BIGINT FROM ({counts}) GROUP BY ALL").fetchall()
    households = "SELECT village, ?, count(DISTINCT household_id) FROM visits GROUP BY village"
    return [*issues, *duckdb.execute(households, [HOUSEHOLDS]).fetchall()]


def duckdb_keys(path: Path, *, multi: bool) -> Rows:
    """Count different keys with DuckDB."""
    import duckdb

    counts = "count(DISTINCT _uuid), count(DISTINCT household_id)"
    return duckdb.execute(f"SELECT village, {counts} FROM {duckdb_table(path)} GROUP BY village").fetchall()


def duckdb_questions(path: Path, *, multi: bool) -> Rows:
    """Count the answers to the closed questions with DuckDB, the file read once."""
    import duckdb

    asked = ", ".join(QUESTIONS)
    unpivoted = f"UNPIVOT (SELECT {asked} FROM {duckdb_table(path)}) ON {asked} INTO NAME question VALUE answer"
    return duckdb.execute(
        f"SELECT question, answer, count(*) FROM ({unpivoted}) WHERE answer <> '' GROUP BY ALL"
    ).fetchall()


def polars_table(path: Path) -> Any:
    """A lazy frame of the file."""
    import polars as pl

    return pl.scan_parquet(path) if path.suffix == ".parquet" else pl.scan_csv(path, infer_schema=False)


def polars_tally(path: Path, *, multi: bool) -> Rows:
    """Count villages and issues with Polars."""
    import polars as pl

    frame = polars_table(path).filter(pl.col("category") != "").select("village", "category", "status")
    if multi:
        frame = frame.with_columns(pl.col("category").str.split(" ")).explode("category")
    counts = frame.group_by("village", "category", "status").len().collect(engine="streaming")
    return counts.group_by("village", "category").agg(pl.col("len").sum()).rows()  # type: ignore[no-any-return]


def polars_both(path: Path, *, multi: bool, engine: str = "streaming") -> Rows:
    """Count villages and issues, and households, with Polars, the file read once."""
    import polars as pl

    frame = polars_table(path).select("village", "category", "status", "household_id")
    counts = frame.filter(pl.col("category") != "").group_by("village", "category", "status").len()
    households = frame.group_by("village").agg(pl.col("household_id").n_unique())
    counted, distinct = pl.collect_all([counts, households], engine=engine)
    issues = counted.group_by("village", "category").agg(pl.col("len").sum()).rows()
    return [*issues, *((village, HOUSEHOLDS, n) for village, n in distinct.rows())]


def polars_both_in_memory(path: Path, *, multi: bool) -> Rows:
    """The same with all that is needed in memory."""
    return polars_both(path, multi=multi, engine="in-memory")


def polars_keys(path: Path, *, multi: bool) -> Rows:
    """Count different keys with Polars."""
    import polars as pl

    counts = [pl.col("_uuid").n_unique(), pl.col("household_id").n_unique()]
    return polars_table(path).group_by("village").agg(counts).collect(engine="streaming").rows()  # type: ignore[no-any-return]


def pandas_table(path: Path, columns: list[str]) -> Any:
    """A frame of the columns that are needed."""
    import pandas as pd

    if path.suffix == ".parquet":
        return pd.read_parquet(path, columns=columns)
    return pd.read_csv(path, usecols=columns, dtype=str, keep_default_na=False)


def pandas_tally(path: Path, *, multi: bool) -> Rows:
    """Count villages and issues with pandas."""
    frame = pandas_table(path, ["village", "category"])
    frame = frame[frame["category"] != ""]
    if multi:
        frame = frame.assign(category=frame["category"].str.split(" ")).explode("category")
    return ((*key, n) for key, n in frame.groupby(["village", "category"]).size().items())


def pandas_keys(path: Path, *, multi: bool) -> Rows:
    """Count different keys with pandas."""
    grouped = pandas_table(path, ["village", "_uuid", "household_id"]).groupby("village")
    return grouped[["_uuid", "household_id"]].nunique().itertuples(name=None)  # type: ignore[no-any-return]


def miller_tally(path: Path, *, multi: bool) -> Rows:
    """Count villages and issues with Miller."""
    split = [
        "nest",
        "--explode",
        "--values",
        "--across-records",
        "--nested-fs",
        " ",
        "-f",
        "category",
        "then",
    ]
    verbs = ["filter", '$category != ""', "then", *(split if multi else [])]
    command = ["mlr", "-S", "--icsv", "--ocsvlite", "--headerless-csv-output", *verbs]
    answer = subprocess.run(
        [*command, "count", "-g", "village,category", str(path)], check=True, capture_output=True, text=True
    )
    return (tuple(row) for row in csv.reader(answer.stdout.splitlines()))


JOBS: dict[tuple[str, str], Callable[..., Rows]] = {
    ("duckdb", "tally"): duckdb_tally,
    ("duckdb", "both"): duckdb_both,
    ("duckdb", "keys"): duckdb_keys,
    ("duckdb", "questions"): duckdb_questions,
    ("polars", "tally"): polars_tally,
    ("polars", "both"): polars_both,
    ("polars-in-memory", "both"): polars_both_in_memory,
    ("polars", "keys"): polars_keys,
    ("pandas", "tally"): pandas_tally,
    ("pandas", "keys"): pandas_keys,
    ("miller", "tally"): miller_tally,
}


def main() -> None:
    """Answer one question with one program."""
    layout = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=layout)
    parser.add_argument("program", choices=sorted({program for program, _ in JOBS}), help="who answers")
    parser.add_argument("job", choices=sorted({job for _, job in JOBS}), help="what is asked")
    parser.add_argument("path", type=Path, help="the file, .csv or .parquet")
    parser.add_argument("--multi", action="store_true", help="cells hold several issues, joined by spaces")
    asked = parser.parse_args()
    if (asked.program, asked.job) not in JOBS:
        parser.error(f"{asked.program} is not asked for {asked.job}")
    rows = JOBS[asked.program, asked.job](asked.path, multi=asked.multi)
    csv.writer(sys.stdout, lineterminator="\n").writerows(rows)


if __name__ == "__main__":
    main()
