"""Tables as plain text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visittally import render
from visittally.reading.receipt import Receipt
from visittally.tables.result import Result
from visittally.tables.table import (
    Base,
    Column,
    Count,
    Row,
    Table,
    Text,
)
from visittally.words.wrapping import display_width


def _shown(*tables, form="table"):
    result = Result({table.name: table for table in tables}, Receipt())
    return render.render(tables, result, form, render.RenderOptions()).decode()


def _table(*names, title="Visits", **more):
    rows = tuple(Row((Text(name), Count(3))) for name in names)
    return Table("areas", title, (Column("village", "村"), Column("cases", "走访户数")), rows, **more)


def test_a_table_stands_under_its_number_and_title_and_over_its_base_and_notes():
    table = _table("大坪村", base=Base("all", 3, "Base: all 3 visits."), notes=("A note.",))

    assert _shown(table).splitlines() == [
        "Table 1  Visits",
        "村        走访户数",
        "------  ----------",
        "大坪村           3",
        "Base: all 3 visits.",
        "A note.",
    ]


def test_tables_are_numbered_and_parted_by_a_blank_line():
    text = _shown(_table("A"), _table("B", title="More"))

    assert "\n\nTable 2  More\n" in text


def test_people_get_the_brief_version():
    assert "long" not in _shown(_table("long", brief=_table("short")))


def test_codes_that_look_like_numbers_stay_as_they_are():
    table = _table("1e5", "007", "1_000", "nan")

    assert [line.split()[0] for line in _shown(table).splitlines()[3:]] == ["1e5", "007", "1_000", "nan"]


def test_no_escape_sequence_reaches_the_terminal():
    assert "\x1b" not in _shown(_table("\x1b[31mred"))


@pytest.mark.parametrize("form", ["grid", "pretty", "psql", "outline", "fancy_grid"])
def test_frames_close_at_the_same_cell_in_every_line(form):
    text = _shown(_table("大坪村", "Ａ", "plain", "长" * 40), form=form)
    lines = text.splitlines()[1:]

    assert len({display_width(line) for line in lines}) == 1


def test_a_long_answer_goes_on_in_further_lines():
    lines = _shown(_table("water " * 30)).splitlines()

    assert max(map(len, lines)) < 70
    assert sum(line.count("water") for line in lines) == 30


def test_a_long_heading_is_broken_into_lines_of_about_the_same_width():
    table = Table("t", "T", (Column("n", "每百次走访问题数"),), (Row((Count(1),)),))

    assert _shown(table).splitlines()[1:3] == ["  每百次走", "  访问题数"]


@given(st.text(st.sampled_from("ab  村，（é"), min_size=1, max_size=80))
def test_headings_of_any_shape_are_broken_within_their_width(heading):
    table = Table("t", "T", (Column("n", heading),), (Row((Count(1),)),))

    lines = _shown(table, form="plain").splitlines()[1:]

    assert "".join("".join(lines[:-1]).split()) == "".join(heading.split())
    assert max(map(display_width, lines)) <= 16


def test_a_table_without_rows_still_has_its_headings():
    assert "走访户数" in _shown(_table())


@pytest.mark.parametrize("form", ["table", "grid", "latex", "orgtbl", "jira", "rst"])
def test_no_line_ends_in_spaces(form):
    assert all(line == line.rstrip() for line in _shown(_table("A", ""), form=form).splitlines())


def test_a_bar_begins_no_new_cell_in_markup_that_has_bars():
    row = next(line for line in _shown(_table("a|b"), form="orgtbl").splitlines() if line.startswith("| a"))

    assert row.count("|") == 3
