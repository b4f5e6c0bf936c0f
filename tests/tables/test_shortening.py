"""Long tables cut for people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visittally.tables.shortening import first_rows
from visittally.tables.table import Column, Count, Row, Share, Table, Text

COLUMNS = (Column("village", "Village"), Column("cases", "Visits"), Column("handled", "Handled"))


def _table(numbers, **more):
    rows = [Row((Text(f"v{i:03}"), Count(n), Share(n // 2, n, counts=True))) for i, n in enumerate(numbers)]
    whole = sum(numbers)
    total = Row((Text(None), Count(whole), Share(sum(n // 2 for n in numbers), whole, counts=True)), total=True)
    return Table("summary", "Visits", COLUMNS, (*rows, total), **more)


@given(st.lists(st.integers(0, 99), max_size=80), st.integers(0, 40))
def test_what_is_shown_and_the_rest_are_all(numbers, most):
    """Counts of the rows that people see add up to the total, whatever is cut; the highest stay."""
    shown = first_rows(_table(numbers), most)
    body = [row for row in shown.rows if not row.total]
    assert sum(row.cells[1].value for row in body) == sum(numbers)
    assert sum(row.cells[2].n for row in body) == sum(n // 2 for n in numbers)
    if len(body) < len(numbers):
        assert len(body) == most + 1
        kept = sorted((row.cells[1].value for row in body[:-1]), reverse=True)
        assert kept == sorted(numbers, reverse=True)[:most]
        assert body[-1].cells[0].label == f"and {len(numbers) - most} more"
        assert [row.cells[0].value for row in body[:-1]] == sorted(row.cells[0].value for row in body[:-1])


def test_a_rest_with_a_hidden_figure_has_none():
    table = _table([9, 8, 7, 6, 5, 4])
    hidden = Row((Text("v005"), Count(4, hidden="primary"), Share(2, 4, counts=True, hidden="secondary")))
    table = Table("summary", "Visits", COLUMNS, (*table.rows[:5], hidden))
    rest = first_rows(table, 2).rows[-1]
    assert [cell.value for cell in rest.cells[1:]] == [None, None]


def test_the_rows_of_a_crosstab_are_those_with_the_most_mentions_of_all():
    """What is named first in the heading is one issue among others: the place with the most of all stays."""
    columns = (
        Column("village", "Village"),
        *(Column(name, name, "cells") for name in ("road", "water")),
        Column("mentions", "Mentions"),
    )
    rows = [Row((Text(f"v{i}"), Count(9 - i), Count(i * i), Count(9 - i + i * i))) for i in range(9)]
    shown = first_rows(Table("crosstab", "", columns, tuple(rows)), 2)
    assert [row.cells[0].value for row in shown.rows[:-1]] == ["v7", "v8"]
    assert "(Mentions)" in shown.notes[-1]


def test_bases_are_not_added_up():
    """Two rows may divide by the same cases."""
    columns = (Column("answer", "Answer"), Column("mentions", "Mentions"), Column("base", "Base"))
    rows = tuple(Row((Text(f"a{i}"), Count(9 - i), Count(20))) for i in range(9))

    assert first_rows(Table("q", "", columns, rows), 2).rows[-1].cells[1:] == (Count(28), Text(None))


def test_lists_are_never_cut():
    table = _table(range(90))
    assert len(first_rows(Table("list", "", COLUMNS, table.rows), 10).rows) == 91
    assert len(first_rows(table, 0).rows) == 91


@pytest.mark.parametrize("numbers", [range(60), [1] * 29, [*([2] * 31), *([1] * 30)]])
def test_what_is_handed_in_names_every_place(numbers):
    """A look at it in a terminal may be short; a village that is missing in a report is not."""
    areas = Table("areas", "Visits", COLUMNS, _table(numbers).rows)
    assert len(first_rows(areas, 10).rows) == len(numbers) + 1
    assert len(first_rows(areas, 10, handed_in=False).rows) == 12


def test_places_that_were_visited_once_are_named_in_a_sentence():
    """A row for each fills pages and says no more; none is missing, and the figures still add up."""
    areas = Table("areas", "Visits", COLUMNS, _table([1] * 40 + [3, 2]).rows)
    shown = first_rows(areas, 30)

    assert [row.cells[0].label or row.cells[0].value for row in shown.rows] == ["v040", "v041", "40 visited once", None]
    assert [row.cells[1].value for row in shown.rows] == [3, 2, 40, 45]
    assert shown.notes == ("Visited once: " + ", ".join(f"v{i:03}" for i in range(40)) + ".",)
    assert len(first_rows(areas, 0).rows) == 43


def test_a_crosstab_of_places_that_were_visited_once_is_short():
    columns = (Column("village", "Village"), Column("mentions", "Mentions"), Column("cases", "Visits"))
    rows = [Row((Text(f"v{i}"), Count(i % 3), Count(1))) for i in range(40)]

    assert len(first_rows(Table("crosstab", "", columns, tuple(rows)), 30).rows) == 11
