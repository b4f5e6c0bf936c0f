"""Columns that number the rows, whatever they are called; and numbers that may be those of households."""

import pytest

from visittally.reading.hand_rows import judge_rows
from visittally.reading.kept import KeptRow, KeptTable
from visittally.reading.running_numbers import running_columns


def table(cells, header=("Zeile", "Ort", "Frage"), rest=("Aal", "Weg")):
    rows = [(cell, *rest) if isinstance(cell, str) else cell for cell in cells]
    return KeptTable("own.csv", header, rows=tuple(KeptRow(n, row) for n, row in enumerate(rows, 2)))


@pytest.mark.parametrize(
    ("cells", "counts"),
    [
        ("1 2 3 4", True),
        ("1 2 3", False),
        ("1 2 3 5", False),
        ("1 1 2 3 3 3 4 5", True),
        ("1 2 3 4 1 2 3 4 5 1 2 3", True),
        ("1 2 1 2 1 2 1 2", False),
        ("3 4 5 6 7 8", False),
        ("2 1 4 1 3 2 5", False),
    ],
)
def test_numbers_that_run_on_number_the_rows(cells, counts):
    """Merged ones and those that begin again for each group, too."""
    assert running_columns(table(cells.split())).counting == ({0} if counts else set())


def test_a_household_of_which_nothing_is_told_is_a_record():
    """Numbers made ready below the last record are none."""
    told = [(str(n), "", "") if n in (3, 7, 9, 10) else (str(n), "Aal", "Weg") for n in range(1, 11)]

    assert [row.line for row in judge_rows(table(told, ("household_id", "Ort", "Frage"))).rows] == list(range(2, 10))
    assert [row.line for row in judge_rows(table(told, ("No.", "Ort", "Frage"))).rows] == [2, 3, 5, 6, 7, 9]


def test_signatures_below_records_without_numbers_are_none():
    """They stand below the last whole record, lack its day, and say what no record says."""
    header = ("Ort", "Haus", "Tag", "Frage", "Stand")
    rows = [("Aal" if n < 5 else "Bach", f"H{n}", f"2026-03-{n:02}", "Weg", "offen") for n in range(1, 10)]
    signed = ("Erledigt zu Aal", "", "Der Vorsteher", "", "")
    late = ("Bach", "H77", "", "", "")
    found = judge_rows(table([*rows, late, signed], header))

    assert found.below == (12,)
    assert len(found.rows) == 10
