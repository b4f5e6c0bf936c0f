"""Shared by the tests of the survey: tables and columns without a file."""

from __future__ import annotations

import textwrap

import pytest

from visittally.reading.kept import KeptRow, KeptTable
from visittally.survey.all_tables import merge
from visittally.survey.headers import Heading
from visittally.survey.one_table import draft_tables
from visittally.survey.profiles import profiles


@pytest.fixture
def kept():
    """A table in memory of comma-separated text; a cell "^" holds what stands above, as merged cells do."""

    def make(text, **more):
        header, *lines = [line.strip().split(",") for line in textwrap.dedent(text).strip("\n").splitlines()]
        rows, above = [], [""] * len(header)
        for number, cells in enumerate(lines, 2):
            merged = frozenset(i for i, cell in enumerate(cells) if cell == "^")
            above = [above[i] if i in merged else cell for i, cell in enumerate(cells)]
            rows.append(KeptRow(number, tuple(above), merged))
        return KeptTable("own.csv", tuple(header), (tuple(header),), rows=tuple(rows), **more)

    return make


@pytest.fixture
def columns():
    """Headings, profiles and records of columns: name -> its cells, joined by spaces ("." for a blank)."""

    def make(**cells):
        lists = [["" if cell == "." else cell for cell in own.split()] for own in cells.values()]
        records = list(zip(*lists, strict=True))
        headings = [Heading(i, name, name) for i, name in enumerate(cells)]
        return headings, profiles(records, len(headings)), records

    return make


@pytest.fixture
def merged(table):
    """The variables of tables of comma-separated text, by name."""
    return lambda *texts: merge(draft_tables([table(text, file=f"{n}.csv") for n, text in enumerate(texts)]))
