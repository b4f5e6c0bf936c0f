"""Sums of lines against pandas, and what is loaded for them."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from visittally.answers.lines import Lines, groups, members_of_groups, sums
from visittally.reading.kept import TEXT as KEPT_TEXT

FEW = hypothesis_settings(max_examples=60, deadline=None)
NUMBERS = st.one_of(st.integers(0, 3), st.sampled_from([-(2**63), 2**63 - 1, -5, 2**40]))
"""Key positions, and the bits of floats."""
ROWS = st.lists(st.tuples(NUMBERS, NUMBERS, NUMBERS, st.integers(-9, 9)), min_size=1, max_size=30)
FIGURES = {"int64": 1, "float64": 1, "bool": 1, "fractions": 0.1}


def lines_of(rows, kind="int64"):
    columns = np.array(rows, np.int64).T
    figures = columns[3] * FIGURES[kind]
    figures = figures if kind == "fractions" else figures.astype(kind)
    return Lines({0: columns[0], 1: columns[1], 2: columns[2], "n": figures})


@FEW
@given(ROWS, st.sampled_from(sorted(FIGURES)), st.sampled_from([[0], [1, 0], [0, 1, 2]]))
def test_sums_are_those_of_pandas(rows, kind, by):
    """The same rows in the same order, the same figures to the last bit."""
    lines = lines_of(rows, kind)
    expected = lines.to_pandas().groupby(by)["n"].sum()

    found = sums(lines, by)

    assert list(found) == [key if len(by) > 1 else (key,) for key in expected.index.tolist()]
    assert list(found.values()) == expected.tolist()
    assert sums(lines, []) == {(): lines["n"].sum().item()}


@FEW
@given(ROWS)
def test_members_are_the_lines_of_a_row_in_their_order(rows):
    """By two columns; without any all lines are one group."""
    lines = lines_of(rows)
    numbers, found = groups(lines, [0, 1])

    assert [found[i] for i in numbers] == [row[:2] for row in rows]
    assert {row: members.tolist() for row, members in members_of_groups(lines, [0, 1])} == {
        row: [i for i, other in enumerate(rows) if other[:2] == row] for row in sorted({row[:2] for row in rows})
    }
    assert [(row, members.tolist()) for row, members in members_of_groups(lines, [])] == [((), [*range(len(rows))])]


def test_nothing_has_no_rows():
    """Without lines there are neither rows nor sums."""
    nothing = Lines({0: np.zeros(0, np.int64), "n": np.zeros(0, np.int64)})

    assert sums(nothing, [0]) == sums(nothing, []) == {}
    assert list(members_of_groups(nothing, [0])) == []
    assert groups(nothing, [])[1] == []


def test_a_summary_of_a_small_file_loads_no_pandas(tmp_path):
    """Loading it takes longer than all the rest."""
    path = tmp_path / "visits.csv"
    path.write_text("village,category,status,household_id\n" + "东坪村,道路,已办结,H1\n西岭村,教育,办理中,H2\n" * 20)
    tables = ("issues", "areas", "crosstab", "long")

    assert load_pandas(["summarize", str(path), "--table", table] for table in tables) == [False] * 4


def test_nor_does_what_is_made_of_a_large_file(tmp_path):
    """Of one that is too large to be kept by hand records are picked and counted by Arrow and numpy alone."""
    path = tmp_path / "visits.csv"
    told = "路坏了" * 500
    path.write_text("village,category,note\n" + f"东坪村,道路,{told}\n西岭村,教育,无\n" * (KEPT_TEXT // len(told) + 1))
    commands = ("summarize", "questions", "read", "columns")

    assert load_pandas([command, str(path)] for command in commands) == [False] * 4


def load_pandas(commands):
    """Whether pandas is loaded after each of some commands, which one process runs."""
    code = f"""
import sys
from visittally.cli.group import visittally

for arguments in {[*commands]!r}:
    visittally(arguments, standalone_mode=False)
    print("loaded", "pandas" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return [line == "loaded True" for line in done.stdout.splitlines() if line in ("loaded True", "loaded False")]
