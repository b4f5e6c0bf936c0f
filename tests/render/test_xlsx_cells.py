"""Cells of a workbook, read back."""

import io
import math
from datetime import date

import pytest
import python_calamine
import xlsxwriter

from visittally.render import RenderOptions
from visittally.render.xlsx_cells import (
    CELL_LENGTH,
    NAME_LENGTH,
    Book,
    day_in,
    several_figures,
    sheet_name,
    write_cell,
)
from visittally.tables.table import Count, Date, Number, Share, Text


def written(cell, text="shown", *, digits=1, total=False, **more):
    """What stands in the only cell, and how it looks."""
    content = io.BytesIO()
    book = Book(xlsxwriter.Workbook(content, {"in_memory": True}), RenderOptions(digits))
    write_cell(book, book.sheet("Own"), (0, 0), cell, text, total=total, **more)
    book.file.close()
    content.seek(0)
    (look,) = map(dict, book.formats)
    read = python_calamine.CalamineWorkbook.from_filelike(content).get_sheet_by_name("Own").to_python()
    return read[0][0], look


@pytest.mark.parametrize(
    ("cell", "value", "form"),
    [
        (Count(36045), 36045, "#,##0"),
        (Count(3.0), 3, "#,##0"),
        (Count(2.5), 2.5, "#,##0.0"),
        (Count(300, approximate=True), 300, '"≈"#,##0'),
        (Share(1, 4), 0.25, "0.0%"),
        (Share(1, 4, approximate=True), 0.25, '"≈"0.0%'),
        (Share(5, 4, per=1), 1.25, "0.000"),
        (Share(1, 4, per=1000), 0.25, "0.0"),
        (Number(3.25), 3.25, "#,##0.0"),
        (Number(3, digits=0), 3, "#,##0"),
        (Number(3, digits=2), 3, "#,##0.00"),
        (Number(-4.5, change=True), -4.5, "+#,##0.0;-#,##0.0;#,##0.0"),
        (Number(4.5, unit="%"), 4.5, '#,##0.0"%";-#,##0.0"%";#,##0.0"%"'),
        (Number(4.5, change=True, unit="%"), 4.5, '+#,##0.0"%";-#,##0.0"%";#,##0.0"%"'),
    ],
)
def test_figures_are_figures_with_their_digits(cell, value, form):
    found, look = written(cell)

    assert found == value
    assert look == {"num_format": form}


def test_digits_are_those_that_were_asked_for():
    """A ratio has two more than a percentage."""
    assert written(Share(1, 4), digits=0)[1]["num_format"] == "0%"
    assert written(Share(1, 4, per=1), digits=0)[1]["num_format"] == "0.00"
    assert written(Number(2.25), digits=2)[1]["num_format"] == "#,##0.00"


@pytest.mark.parametrize(
    "cell",
    [
        Count(None, hidden="primary"),
        Count(7, hidden="primary"),
        Number(7, hidden="secondary"),
        Share(None, None, hidden="secondary"),
        Count(None),
        Count(math.inf),
        Number(math.nan),
        Share(1, 0),
        Share(1, 3, least=10),
        Share(math.inf, 3),
        Share(1, math.nan),
        Date("2026-04"),
    ],
)
def test_what_is_no_figure_is_what_people_see(cell):
    assert written(cell)[0] == "shown"


def test_a_share_of_enough_is_a_figure():
    assert written(Share(5, 10, least=10))[0] == 0.5


def test_a_day_is_a_day_and_stands_as_words_do():
    found, look = written(Date("2026-04-01"))

    assert found == date(2026, 4, 1)
    assert look == {"num_format": "yyyy-mm-dd", "align": "left", "indent": 1}
    assert written(Date("2026-04-01", hidden="primary"))[0] == "shown"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2018-W02", None),
        ("2026-04-01", date(2026, 4, 1)),
        ("2026-04", None),
        ("soon", None),
        ("1900-03-01", date(1900, 3, 1)),
        ("1900-02-28", None),
    ],
)
def test_days_are_those_of_excels_calendar(text, day):
    """It has a 29 February 1900, so that days before are others."""
    assert day_in(text) == day


def test_words_stand_left_and_are_wrapped():
    assert written(Text("x")) == ("shown", {"align": "left", "indent": 1, "text_wrap": True})
    assert written(Text("x"), right=True) == ("shown", {"align": "right", "text_wrap": True})


def test_the_sign_of_a_hidden_figure_stands_where_figures_stand():
    assert written(Count(None, hidden="primary"), "<5") == ("<5", {"align": "right", "text_wrap": False})


def test_totals_are_bold_below_a_line():
    assert written(Count(3), total=True)[1] == {"bold": True, "top": 1, "num_format": "#,##0"}
    assert written(Text("x"), total=True)[1].items() >= {"bold": True, "top": 1}.items()


def test_a_formula_stands_with_its_value_unless_there_is_none():
    assert written(Count(3), formula="=1+2")[0] == 3
    assert written(Count(None), formula="=1+2")[0] == "shown"


def test_a_text_longer_than_a_cell_is_cut():
    assert len(written(Text("x"), "长" * (CELL_LENGTH + 1))[0]) == CELL_LENGTH


def test_cells_that_look_alike_share_a_format():
    book = Book(xlsxwriter.Workbook(io.BytesIO()), RenderOptions())

    assert book.look(bold=True, top=1) is book.look(top=1, bold=True)
    assert book.look(bold=True) is not book.look(bold=True, top=1)


@pytest.mark.parametrize(
    ("cell", "several"),
    [
        (Share(1, 3, counts=True), True),
        (Share(1, 3), False),
        (Number(3, interval=(1, 5)), True),
        (Number(3), False),
        (Count(3), False),
    ],
)
def test_a_share_with_its_counts_and_a_figure_with_its_interval_are_several(cell, several):
    assert several_figures(cell) is several


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Visits", "Visits"),
        ("a/b?[x]*:\\", "a-b--x----"),
        ("'quoted' ", "quoted"),
        ("", "Table"),
        ("'", "Table"),
        ("History", "History (2)"),
        ("history book", "history book"),
        ("长" * 40, "长" * NAME_LENGTH),
        ("👍" * 31, "👍" * 15),
        ("x" * 30 + "' y", "x" * 30),
    ],
)
def test_names_of_sheets_are_those_that_excel_accepts(title, name):
    assert sheet_name(title, set()) == name


def test_no_two_sheets_have_one_name():
    """In capitals or not; the number behind it has room."""
    taken = set()

    assert [sheet_name(title, taken) for title in ("Visits", "VISITS", "visits")] == [
        "Visits",
        "VISITS (2)",
        "visits (3)",
    ]
    assert [sheet_name("y" * 40, taken) for _ in range(2)] == ["y" * 31, "y" * 27 + " (2)"]
    assert len(taken) == 5
