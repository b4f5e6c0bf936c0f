"""Cells for people: rounding, signs for what is not shown, and harmless words."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visittally.render.cells import RenderOptions, for_xml, grid, rounded, shown, visible
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

PLAIN = RenderOptions()
PUBLIC = RenderOptions(min_cell=5)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (Count(36045), "36,045"),
        (Count(None), "-"),
        (Count(300, approximate=True), "≈300"),
        (Share(80, 118), "67.8%"),
        (Share(80, 118, counts=True), "80/118 67.8%"),
        (Share(3, 0), "-"),
        (Share(3, None, counts=True), "-"),
        (Share(36045, 82327, counts=True, approximate=True), "36,045/≈82,327 ≈43.8%"),
        (Share(1, 3, per=1), "0.333"),
        (Share(1, 9, counts=True, least=10), "1/9"),
        (Share(1, 9, least=10), "-"),
        (Share(1, 10, counts=True, least=10), "1/10 10.0%"),
        (Number(122.9166), "122.9"),
        (Number(3, digits=0), "3"),
        (Number(float("nan")), "-"),
        (Date("2026-04"), "2026-04"),
        (Date(None), "-"),
        (Text("road", "Roads"), "Roads"),
        (Text(value=True), "yes"),
        (Text(None), ""),
    ],
)
def test_each_kind_of_cell_has_one_look(cell, text):
    assert shown(cell, PLAIN) == text


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (Count(3, hidden="primary"), "<5"),
        (Count(40, hidden="secondary"), "*"),
        (Share(3, 40, hidden="primary"), "*"),
        (Share(3, 40, counts=True, hidden="primary"), "*"),
        (Number(2.5, hidden="primary"), "*"),
        (Text("name", hidden="primary"), "*"),
        (Date("2026-04-01", hidden="primary"), "*"),
    ],
)
def test_hidden_cells_say_nothing_but_that_they_are_hidden(cell, text):
    assert shown(cell, PUBLIC) == text


def test_a_tie_is_rounded_to_even_on_the_exact_fraction():
    assert [shown(Share(n, 2000), PLAIN) for n in (1, 3, 5)] == ["0.0%", "0.2%", "0.2%"]


def test_no_decimals_leave_no_point():
    assert shown(Share(1, 3), RenderOptions(digits=0)) == "33%"


@given(st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**6), st.integers(0, 6))
def test_a_rounded_figure_is_as_near_as_its_digits_allow(value, digits):
    text = rounded(value, digits)

    assert abs(Fraction(text.replace(",", "")) - value) <= Fraction(1, 2 * 10**digits)
    assert text.partition(".")[2] == "" if digits == 0 else len(text.partition(".")[2]) == digits


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_shown_text_has_one_line_and_nothing_that_steers_a_terminal(text):
    safe = visible(text)

    assert len(safe.splitlines()) <= 1
    assert not any(ord(c) < 32 or 0x7F <= ord(c) <= 0x9F or 0x202A <= ord(c) <= 0x202E for c in safe)
    assert for_xml(text).encode().decode("utf-8") == for_xml(text)


def test_plain_words_in_any_script_stay_as_they_are():
    assert visible("Ĉefa vojo 大坪村 طريق 👍") == "Ĉefa vojo 大坪村 طريق 👍"


def _table(rows, *columns):
    return Table("t", "T", tuple(Column(name, name) for name in columns), tuple(rows))


def test_the_total_row_is_named_in_its_first_column():
    found = grid(_table([Row((Text(None), Text(None), Count(3), Date(None)), total=True)], *"abcd"), PLAIN)

    assert found.rows == (("Total", "", "3", ""),)


def test_the_total_row_is_named_after_its_rank():
    found = grid(_table([Row((Number(None), Text(None), Count(3)), total=True)], *"abc"), PLAIN)

    assert found.rows == (("", "Total", "3"),)


def test_a_blank_place_is_called_not_recorded_and_a_blank_remark_stays_blank():
    found = grid(_table([Row((Text(""), Count(3), Text("")))], *"abc"), PLAIN)

    assert found.rows == (("not recorded", "3", ""),)


def test_figures_stand_right_and_words_left_also_where_some_are_hidden_or_missing():
    rows = [
        Row((Text("A"), Count(1, hidden="primary"), Date("2026-04-01"), Text(None))),
        Row((Text("B"), Count(None), Date(None), Text(None))),
    ]

    assert grid(_table(rows, *"abcd"), PUBLIC).right == (False, True, False, False)


def test_a_column_of_weighted_counts_has_decimals_throughout():
    rows = [
        Row((Text("A"), Count(2.5), Share(2.5, 4.0, counts=True))),
        Row((Text("B"), Count(3.0), Share(1.0, 4.0))),
    ]

    found = grid(_table(rows, *"abc"), PLAIN)

    assert [row[1] for row in found.rows] == ["2.5", "3.0"]
    assert found.rows[0][2] == "2.5/4.0 62.5%"


def test_whole_weights_look_like_counts():
    assert grid(_table([Row((Text("A"), Count(3.0)))], *"ab"), PLAIN).rows[0][1] == "3"


def test_a_heading_that_says_per_cent_is_not_repeated_in_each_cell():
    table = Table("t", "T", (Column("p", "% of cases"), Column("q", "Share")), (Row((Share(1, 2), Share(1, 2))),))

    assert grid(table, PLAIN).rows == (("50.0", "50.0%"),)


def test_columns_for_programs_are_not_shown_to_people():
    table = Table("t", "T", (Column("key", "key", people=False), Column("n", "n")), (Row((Text("a"), Count(1))),))

    assert grid(table, PLAIN).headings == ("n",)
