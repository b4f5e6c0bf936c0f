"""Shared by all tests."""

from __future__ import annotations

import csv
import io
import textwrap
from dataclasses import dataclass

import pytest

from visittally import messages
from visittally.reading.blocks import WHOLE, TableSource
from visittally.reading.position import find_header


@pytest.fixture(autouse=True)
def english():
    """Every test begins in English, whatever the machine speaks."""
    messages.set_language("en")
    yield
    messages.set_language("en")


@dataclass(frozen=True)
class ListedTable(TableSource):
    """A table whose records stand in a list."""

    rows: tuple[tuple[str, ...], ...] = ()

    def sample(self):
        return self.rows

    def blocks(self, columns, partition=WHOLE):
        raise NotImplementedError


@pytest.fixture
def table():
    """Make a table of comma-separated text, with its header found as a reader finds it."""

    def make(text, file="visits.csv"):
        rows = list(csv.reader(io.StringIO(textwrap.dedent(text).strip("\n"))))
        position = find_header(rows)
        width = position.width
        records = tuple(tuple((row + [""] * width)[:width]) for row in rows[position.first_record :] if any(row))
        line = position.header_rows[-1] + 1 if position.header_rows else 0
        return ListedTable(file, position.header, position.rows, line, "utf-8", ",", rows=records)

    return make
