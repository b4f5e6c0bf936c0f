"""Shared by the tests of the audit: a finished table, understood, without a file."""

from __future__ import annotations

import textwrap

import pytest

from visittally.analyses.audit.layout import understand_table
from visittally.analyses.audit.verdict import Verdict
from visittally.reading.finished.rows import squared


@pytest.fixture
def understood():
    """Understand comma-separated text; its lines count from 1."""

    def make(text, title="", **more):
        rows = [[cell.strip() for cell in line.split(",")] for line in textwrap.dedent(text).strip().splitlines()]
        return understand_table(squared(rows, range(1, len(rows) + 1), title), 1, **more)

    return make


@pytest.fixture
def judged(understood):
    """Put a table to some checks and give the verdict."""

    def run(text, *checks, title="", **more):
        verdict = Verdict(understood(text, title, **more))
        for check in checks:
            check(verdict)
        return verdict

    return run


@pytest.fixture
def found():
    """The findings of a verdict as (row, column, kind, recomputed, explanation)."""
    return lambda verdict: [(f.row, f.column, f.kind, f.recomputed, f.explanation) for f in verdict.findings]


@pytest.fixture
def related():
    """The relations of a verdict as (formula, holds, rows, told by)."""
    return lambda verdict: [(r.formula, r.holds, r.rows, r.told_by) for r in verdict.relations]
