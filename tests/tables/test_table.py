"""Tables of typed cells: what machine formats hold, what is not shown."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from visittally.tables.table import (
    Base,
    Column,
    Count,
    Date,
    Number,
    Row,
    Share,
    Table,
    Text,
    as_html,
    machine_value,
    plain_count,
    tables_by_name,
)


@pytest.fixture
def table():
    """A table with a total, a column for people, one for programs and two that are spread."""
    columns = (
        Column("village", "Village"),
        Column("cases", "Cases"),
        Column("shown", "Shown", machine=False),
        Column("key", "Key", people=False),
        Column("road", "Road", "cells"),
        Column("cases", "Cases of water", "cells"),
    )
    rows = (
        Row((Text("Ash", "Ash village"), Count(3), Text("x"), Text("a"), Count(2), Count(1))),
        Row((Text(None), Count(3.0), Text("y"), Text("b"), Count(2, hidden="primary"), Count(1.5)), total=True),
    )
    return Table("areas", "Areas", columns, rows, Base("all", 3, "Base: all 3 visits."), ("So.",))


# ---------------------------------------------------------------- cells
def test_a_share_is_its_part_of_its_base():
    assert Share(1, 3).value == 100 / 3
    assert Share(1, 3).exact == Fraction(100, 3)
    assert Share(3, 4, per=1).value == 0.75
    assert Share(0, 4).value == 0


@pytest.mark.parametrize("share", [Share(1, 0), Share(1, None), Share(None, 3), Share(1, 3, hidden="secondary")])
def test_without_a_base_or_hidden_there_is_no_share(share):
    assert (share.value, share.exact) == (None, None)


@pytest.mark.parametrize(
    ("share", "few"),
    [
        (Share(1, 9, least=10), True),
        (Share(1, 1, least=10), True),
        (Share(1, 10, least=10), False),
        (Share(0, 0, least=10), False),
        (Share(1, None, least=10), False),
        (Share(1, 9), False),
        (Share(1, 9, least=10, hidden="primary"), False),
    ],
)
def test_of_a_small_base_people_see_no_percentage(share, few):
    assert share.few is few


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (Count(3), 3),
        (Count(3.0), 3),
        (Count(3.5), 3.5),
        (Count(3, hidden="primary"), None),
        (Number(3.0), 3.0),
        (Text("Ash", "Ash village"), "Ash"),
        (Text(None, "Total"), None),
        (Text(value=True), True),
        (Date("2026-04"), "2026-04"),
        (Share(1, 4), 25),
    ],
)
def test_machine_formats_hold_values_and_no_labels(cell, value):
    found = machine_value(cell)

    assert found == value
    assert type(found) is type(value) or isinstance(cell, Share)


def test_small_counts_share_a_cell_and_are_what_they_say():
    assert plain_count(7) is plain_count(7)
    assert [plain_count(n) for n in (0, 255, 256, -1, 2.0)] == [Count(n) for n in (0, 255, 256, -1, 2.0)]
    assert type(plain_count(2.0).value) is float


def test_the_cell_of_a_day():
    assert (Date.of(date(2026, 4, 1)), Date.of(None)) == (Date("2026-04-01"), Date(None))


# ---------------------------------------------------------------- tables
def test_a_table_as_programs_see_it(table):
    assert table.to_dict() == {
        "name": "areas",
        "title": "Areas",
        "columns": [
            {"name": "village", "label": "Village"},
            {"name": "cases", "label": "Cases"},
            {"name": "key", "label": "Key"},
            {"name": "cells", "label": "cells"},
        ],
        "rows": [
            {"village": "Ash", "cases": 3, "key": "a", "cells": {"road": 2, "cases": 1}},
            {"village": None, "cases": 3, "key": "b", "cells": {"road": None, "cases": 1.5}, "total": True},
        ],
        "notes": ["So."],
        "base": {"kind": "all", "cases": 3},
    }


def test_a_table_without_a_base_names_none():
    assert "base" not in Table("t", "T", (), ()).to_dict()


def test_a_column_is_found_by_its_name_among_those_that_are_not_spread(table):
    assert table.column("cases") == 1
    with pytest.raises(KeyError):
        table.column("road")


def test_a_frame_holds_the_body_with_machine_names(table):
    frame = table.to_pandas()

    assert list(frame.columns) == ["village", "cases", "key", "road", "cases"]
    assert frame.to_numpy().tolist() == [["Ash", 3, "a", 2, 1]]
    assert [row.cells[0].value for row in table.body()] == ["Ash"]


def test_other_rows_are_not_those_of_the_brief_version(table):
    brief = Table("areas", "Areas in brief", (), ())
    whole = Table(table.name, table.title, table.columns, table.rows, brief=brief)

    assert (whole.for_people(), table.for_people()) == (brief, table)
    assert whole.with_rows([table.rows[0]]) == Table(table.name, table.title, table.columns, table.rows[:1])


def test_a_table_says_what_it_is_in_one_line(table):
    assert repr(table) == "<Table areas: 2 rows, columns village, cases, shown, key, road, cases>"


def test_notebooks_show_it_to_people(table):
    shown = table._repr_html_()

    assert "Ash village" in shown
    assert shown == as_html([table])


def test_tables_under_their_names(table):
    other = Table("issues", "Issues", (), ())

    assert list(tables_by_name([other, table]).items()) == [("issues", other), ("areas", table)]
