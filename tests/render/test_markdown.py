"""Markdown with every cell escaped."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visittally import render
from visittally.reading.receipt import Receipt
from visittally.render.markdown import escape
from visittally.tables.document import Document, Section
from visittally.tables.result import Result
from visittally.tables.table import (
    Base,
    Column,
    Count,
    Row,
    Table,
    Text,
)


def _table(*names, **more):
    rows = tuple(Row((Text(name), Count(3))) for name in names)
    return Table("areas", "Visits", (Column("village", "Village"), Column("cases", "Cases")), rows, **more)


def _lines(table):
    return render.render([table], Result({}, Receipt()), "markdown", render.RenderOptions()).decode().splitlines()


def test_a_pipe_table_has_a_rule_that_sets_figures_right():
    assert _lines(_table("大坪村"))[2:] == [
        "| Village | Cases |",
        "| ------- | ----: |",
        "| 大坪村  |     3 |",
    ]


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_whatever_is_in_a_cell_the_row_keeps_its_columns(name):
    row = _lines(_table(name))[4]

    assert len(re.findall(r"(?<!\\)(?:\\\\)*\|", row)) == 3


def test_markup_in_a_cell_stays_text():
    row = _lines(_table("<b>*x*</b> [a](b) `c` $d$"))[4]

    assert r"\<b\>\*x\*\</b\> \[a\](b) \`c\` \$d\$" in row


@pytest.mark.parametrize("name", ["markdown", "github", "pipe"])
def test_three_names_mean_the_same(name):
    found = render.render([_table("a|b")], Result({}, Receipt()), name, render.RenderOptions())

    assert rb"a\|b" in found


@pytest.mark.parametrize("start", ["# a", "- a", "+ a", "1. a", "2) a", "> a", "=== a"])
def test_a_line_does_not_become_a_heading_or_a_list(start):
    assert re.match(r"\\|\d+\\", escape(start))


def test_a_document_has_headings_and_numbered_tables():
    tables = (_table("A", base=Base("all", 3, "Base: 3.")),)
    document = Document(
        "Report_1",
        ("Basis.",),
        (Section("One", (), tables), Section("Two", (), tables)),
        ("Note.",),
        ("a.csv",),
    )

    text = render.render_document(document, "markdown", render.RenderOptions()).decode()

    assert text.startswith("# Report\\_1\n\nBasis.\n\n## One\n")
    assert "## Points to note\n\n- Note.\n" in text
    assert "**Table 2  Visits**" in text
    assert text.endswith("- a.csv\n")
