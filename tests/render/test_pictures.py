"""Charts out of the tables of a document."""

import re

import pytest

from visittally.render import RenderOptions
from visittally.render.cells import grid
from visittally.render.pictures import MOST, figure, heading, picture, series_of, shades
from visittally.tables.document import Chart, ChartKind, Document, Section
from visittally.tables.shortening import REST
from visittally.tables.table import Column, Count, Date, Number, Row, Share, Table, Text

OPTIONS = RenderOptions(min_cell=5)


def areas(*rows, total=None, columns=("village", "cases", "open")):
    """Villages with their cases and what is open."""
    made = [Row((Text(name), *map(Count, figures))) for name, *figures in rows]
    if total:
        made.append(Row((Text(None), *map(Count, total)), total=True))
    return Table("areas", "Visits", tuple(Column(name, name.title()) for name in columns), tuple(made))


def document(*tables):
    return Document("Report", sections=(Section("Areas", (), tables),))


def chart(kind=ChartKind.BARS, *values, label="village", table="areas"):
    return Chart(kind, "Cases", table, label, values or ("cases",))


def figures(table, wanted):
    return [[(p.label, p.value, p.text) for p in one.points] for one in series_of(wanted, document(table), OPTIONS)]


TWO = areas(("Ash", 12, 3), ("Elm", 1500, 0), total=(1512, 3))


def test_each_column_is_a_series_of_the_rows_without_totals():
    found = series_of(chart(ChartKind.BARS, "cases", "open"), document(TWO), OPTIONS)

    assert [one.name for one in found] == ["Cases", "Open"]
    assert figures(TWO, chart()) == [[("Ash", 12, "12"), ("Elm", 1500, "1,500")]]


def test_a_column_that_is_not_there_is_no_series():
    assert figures(TWO, chart(ChartKind.BARS, "nosuch", "open")) == [[("Ash", 3, "3"), ("Elm", 0, "0")]]


@pytest.mark.parametrize(
    ("table", "wanted"),
    [
        (TWO, chart(table="nosuch")),
        (TWO, chart(label="nosuch")),
        (TWO, chart(ChartKind.HEAT)),
        (areas(total=(3, 1)), chart()),
        (TWO, chart(ChartKind.BARS, "nosuch")),
    ],
)
def test_without_table_labels_rows_or_figures_there_is_no_chart(table, wanted):
    assert series_of(wanted, document(table), OPTIONS) == ()
    assert picture(wanted, document(table), OPTIONS, "k") == ""


def test_a_hidden_figure_is_its_sign_and_has_no_length():
    table = Table(
        "areas", "Visits", TWO.columns[:2], (Row((Text("Ash"), Count(None, hidden="primary"))), *areas(("Elm", 9)).rows)
    )

    assert figures(table, chart()) == [[("Ash", None, "<5"), ("Elm", 9, "9")]]


def test_columns_of_a_crosstab_are_no_column_of_that_name():
    table = Table("areas", "Visits", (Column("village", "Village"), Column("cases", "Cases", "cells")), TWO.rows)

    assert series_of(chart(), document(table), OPTIONS) == ()


def test_the_highest_rows_are_shown_in_the_order_of_the_table():
    """Of 27 villages the two with the lowest sums of both columns are left out: 1 + 1 and 2 + 0."""
    rows = [(f"v{i}", 10 + i, 5) for i in range(12)] + [("low", 1, 1), ("odd", 0, 30), ("lower", 2, 0)]
    rows += [(f"w{i}", 40 - i, 5) for i in range(12)]
    table = areas(*rows)

    (cases, _open) = figures(table, chart(ChartKind.BARS, "cases", "open"))

    assert [label for label, _value, _text in cases] == [name for name, *_ in rows if name not in ("low", "lower")]
    assert len(cases) == MOST


def test_hidden_figures_are_the_lowest():
    rows = [*areas(*((f"v{i}", 9) for i in range(MOST))).rows]
    rows.insert(3, Row((Text("small"), Count(None, hidden="primary"))))
    table = Table("areas", "Visits", TWO.columns[:2], tuple(rows))

    assert "small" not in [label for label, *_ in figures(table, chart())[0]]


def test_of_changes_the_first_rows_are_shown_and_of_days_all():
    rows = [(f"v{i}", i, i) for i in range(30)]

    assert [len(one) for one in figures(areas(*rows), chart(ChartKind.DUMBBELL, "cases", "open"))] == [MOST, MOST]
    assert figures(areas(*rows), chart(ChartKind.DUMBBELL, "cases", "open"))[0][-1] == ("v24", 24, "24")
    assert len(figures(areas(*rows), chart(ChartKind.DAYS))[0]) == 30


@pytest.mark.parametrize(
    ("kind", "values", "classes"), [("bars", 1, "bar"), ("days", 1, "bar"), ("dumbbell", 2, "ring")]
)
def test_each_kind_is_drawn_in_its_way(kind, values, classes):
    svg = picture(chart(ChartKind(kind), *("cases", "open")[:values]), document(TWO), OPTIONS, "k")

    assert re.search(rf'class="{classes}"', svg)
    assert 'id="k-title"' in svg


def test_a_change_needs_two_figures():
    assert picture(chart(ChartKind.DUMBBELL, "cases"), document(TWO), OPTIONS, "k") == ""


@pytest.mark.parametrize(
    ("n", "kind", "cut"), [(MOST, "bars", False), (MOST + 1, "bars", True), (MOST + 1, "days", False)]
)
def test_a_title_says_where_not_every_row_is_shown(n, kind, cut):
    """Totals are no rows to be shown."""
    table = areas(*((f"v{i}", i, i) for i in range(n)), total=(1, 1))

    title = heading(chart(ChartKind(kind)), document(table))
    assert title == ("Cases (the 25 highest)" if cut else "Cases")


def test_a_title_has_one_line_and_nothing_that_steers():
    assert "\n" not in heading(Chart(ChartKind.BARS, "a\nb\x1b", "nosuch", "village"), document(TWO))


def crosstab(*rows, total=None):
    columns = (Column("village", "Village"), Column("road", "road", "cells"), Column("water", "water", "cells"))
    rows = [Row((Text(name), *cells)) for name, *cells in rows]
    rows += [Row((Text(None), *map(Count, total)), total=True)] if total else []
    return grid(
        Table("crosstab", "Cross", (*columns, Column("cases", "Cases"))[: len(rows[0].cells)], tuple(rows)), OPTIONS
    )


def test_fields_are_the_darker_the_more_of_the_highest():
    found = crosstab(("Ash", Count(8), Count(2)), ("Elm", Count(0), Count(None, hidden="primary")), total=(80, 20))

    assert shades(found) == {(0, 1): 1, (0, 2): 0.25}


def test_margins_and_the_rest_of_several_are_not_shaded():
    found = crosstab(("Ash", Count(8), Count(2), Count(90)), (REST, Count(40), Count(30), Count(99)))

    assert shades(found) == {(0, 1): 1, (0, 2): 0.25}


def test_what_is_below_nought_is_as_light_as_nought():
    assert shades(crosstab(("Ash", Number(8), Number(-2)))) == {(0, 1): 1, (0, 2): 0}


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (Count(3), 3),
        (Share(1, 4), 25),
        (Number(2.5), 2.5),
        (Count(None), None),
        (Count(3, hidden="primary"), None),
        (Text("3"), None),
        (Date("2026-04-01"), None),
    ],
)
def test_figures_are_those_that_programs_read(cell, value):
    assert figure(cell) == value
