"""CSV and TSV for programs and spreadsheets."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visittally import render
from visittally.errors import UsageError
from visittally.reading.receipt import Receipt
from visittally.tables.result import Result
from visittally.tables.table import (
    Column,
    Count,
    Date,
    Number,
    Row,
    Share,
    Table,
    Text,
)

RESULT = Result({}, Receipt())


def _table(*rows, columns=("village", "cases")):
    return Table("areas", "Visits", tuple(Column(name, name) for name in columns), rows)


def _written(table, form="csv", **options):
    return render.render([table], RESULT, form, render.RenderOptions(**options))


def test_figures_are_unrounded_and_what_is_not_there_is_empty():
    row = Row((Text("A"), Count(36045), Share(1, 3), Number(None), Date("2026-04-01"), Text(value=True)))

    assert _written(_table(row, columns="abcdef")) == b"a,b,c,d,e,f\nA,36045,33.333333333333336,,2026-04-01,true\n"


def test_there_are_no_totals():
    assert _written(_table(Row((Text(None), Count(3)), total=True))) == b"village,cases\n"


def test_hidden_figures_are_empty():
    row = Row((Text("A"), Count(3, hidden="primary"), Share(3, 9, hidden="secondary")))

    assert _written(_table(row, columns="abc")) == b"a,b,c\nA,,\n"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])
def test_a_label_that_a_spreadsheet_would_run_gets_an_apostrophe(start):
    rows = list(csv.reader(io.StringIO(_written(_table(Row((Text(f"{start}1+1"), Count(1))))).decode(), newline="")))

    assert rows[1] == [f"'{start}1+1", "1"]


def test_a_heading_that_a_spreadsheet_would_run_gets_an_apostrophe():
    table = Table("crosstab", "T", (Column("=1+1", "x", spread="cells"),), (Row((Count(1),)),))

    assert _written(table) == b"'=1+1\n1\n"


def test_negative_figures_are_figures():
    assert _written(_table(Row((Text("A"), Number(-1.5))))) == b"village,cases\nA,-1.5\n"


def test_raw_leaves_labels_alone():
    assert _written(_table(Row((Text("=1+1"), Count(1)))), raw=True) == b"village,cases\n=1+1,1\n"


def test_a_byte_order_mark_comes_with_the_line_ends_of_spreadsheets():
    assert _written(_table(Row((Text("村"), Count(1)))), bom=True) == "\ufeffvillage,cases\r\n村,1\r\n".encode()


def test_tabs_part_the_cells_of_tsv():
    assert _written(_table(Row((Text("a b"), Count(1)))), "tsv") == b"village\tcases\na b\t1\n"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=1, max_size=5))
def test_raw_cells_come_back_as_they_were(names):
    table = _table(*(Row((Text(name), Count(1))) for name in names))

    back = list(csv.reader(io.StringIO(_written(table, raw=True).decode(), newline="")))

    assert [row[0] for row in back[1:]] == names


@pytest.mark.parametrize("form", ["csv", "tsv", "jsonl"])
def test_two_tables_do_not_go_into_one_file(form):
    with pytest.raises(UsageError, match="--table areas"):
        render.render([_table(), _table()], RESULT, form, render.RenderOptions())


def test_columns_for_people_alone_are_left_out():
    table = Table("t", "T", (Column("a", "A"), Column("b", "B", machine=False)), (Row((Text("x"), Count(1))),))

    assert _written(table) == b"a\nx\n"
