"""No telephone, e-mail or id stands in what a table prints, wherever it came from."""

import pytest

from visittally.reading.receipt import Receipt
from visittally.tables.masking import masked
from visittally.tables.result import Result, Tables
from visittally.tables.table import Base, Column, Count, Row, Table, Text

PHONE, MAIL = "13800138000", "fox@example.org"


def table(**other):
    columns = (Column(f"ask {PHONE}", f"Ask {PHONE}", choices=(MAIL,)), Column("mentions", "Mentions"))
    rows = (Row((Text("road", f"Road, {MAIL}"), Count(3)), members=(MAIL,)), Row((Text(PHONE), Count(13800138000))))
    base = Base("asked", 4, f"All who wrote to {MAIL}.")
    return Table(f"q {PHONE}", f"Question {PHONE}", columns, rows, base, (f"Call {PHONE}.",), **other)


def texts(found):
    yield from (found.name, found.title, found.base.text, *found.notes)
    for column in found.columns:
        yield from (column.name, column.label, *column.choices)
    for row in found.rows:
        yield from row.members
        yield from (text for cell in row.cells if isinstance(cell, Text) for text in (str(cell.value), cell.label))


def test_all_texts_are_masked_and_figures_stay():
    found = masked(table(brief=table()))

    assert not any(value in text for one in (found, found.brief) for text in texts(one) for value in (PHONE, MAIL))
    assert [row.cells[1] for row in found.rows] == [Count(3), Count(13800138000)]
    assert found.columns[0].name == "ask [phone]"


def test_a_table_without_personal_values_is_left_alone():
    plain = Table("issues", "Issues", (Column("issue", "Issue"),), (Row((Text("road"),)),))
    assert masked(plain) is plain


def test_what_the_user_asked_for_is_kept_in_cells_alone():
    found = masked(table(kept=True))

    assert found.rows == table().rows
    assert PHONE not in found.title


def test_columns_that_become_the_same_are_told_apart():
    names = ("13800138000", "13900139000", "[phone]", "13700137000")
    found = masked(Table("t", "T", tuple(Column(name, name) for name in names), ()))

    assert [column.name for column in found.columns] == ["[phone] (2)", "[phone] (3)", "[phone]", "[phone] (4)"]


@pytest.mark.parametrize("tables", [{"t": table()}, Tables({"t": table})])
def test_results_mask_their_tables(tables):
    found = Result(tables, Receipt())
    assert PHONE not in str(found.to_dict()["tables"][0]["title"])
    assert PHONE not in repr(found.tables["t"].columns)
