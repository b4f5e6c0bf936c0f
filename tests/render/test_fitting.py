"""Tables that fit a terminal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visittally import render
from visittally.reading.receipt import Receipt
from visittally.render.cells import RenderOptions, TextGrid, grid
from visittally.render.fitting import fit, taken
from visittally.render.text import lay_out
from visittally.tables.result import Result
from visittally.tables.table import Column, Count, Row, Table, Text
from visittally.words.wrapping import display_width

TABLE = Table(
    "areas",
    "Visits",
    tuple(Column(name, label) for name, label in (("village", "Village"), ("what", "What was said"), ("n", "Visits"))),
    (
        Row((Text("Larkfield"), Text("the road to the school floods every spring"), Count(1204))),
        Row((Text("Oxbow"), Text("no light"), Count(7))),
    ),
)


def shown(width, form="table"):
    result = Result({"areas": TABLE}, Receipt())
    return render.render([TABLE], result, form, RenderOptions(width=width)).decode()


def test_what_fits_stays_as_it_is():
    assert shown(200) == shown(0)


def test_the_widest_texts_wrap_first():
    assert shown(44).splitlines()[1:] == [
        "Village    What was said             Visits",
        "---------  ----------------------  --------",
        "Larkfield  the road to the school     1,204",
        "           floods every spring",
        "Oxbow      no light                       7",
    ]


def test_then_columns_are_left_out_which_is_said():
    lines = shown(24).splitlines()

    assert lines[1] == "Village    What was"
    assert " ".join(lines[-5:]) == (
        "Not shown for want of room: Visits. A wider window, | cat, -f csv or -o FILE shows all columns."
    )


@pytest.mark.parametrize("form", ["grid", "markdown", "csv"])
def test_other_formats_are_never_made_to_fit(form):
    assert shown(24, form) == shown(0, form)


WORDS = st.text("ab村，界 ", max_size=30).map(str.strip)


@given(
    st.lists(st.tuples(WORDS, st.booleans()), min_size=1, max_size=6),
    st.integers(20, 120),
    st.data(),
)
def test_no_line_is_wider_than_the_terminal_and_no_figure_is_cut(columns, width, data):
    """Whatever the headings and cells; a first column that is wider stays as it is."""
    figures = [right for _heading, right in columns]
    rows = data.draw(
        st.lists(
            st.tuples(*(st.integers(0, 10**8).map("{:,}".format) if right else WORDS for right in figures)), max_size=4
        )
    )
    found = TextGrid(
        tuple(Column("c", heading) for heading, _ in columns),
        tuple(heading for heading, _ in columns),
        tuple(rows),
        tuple(tuple(Text(text) for text in row) for row in rows),
        (False,) * len(rows),
        tuple(figures),
    )
    lines = lay_out(found, "simple", width).splitlines()
    kept = fit(found, width).columns

    assert kept == tuple(range(len(kept)))
    assert len(kept) == 1 or max(map(display_width, lines)) <= width
    for row in rows:
        assert all(row[i] in "\n".join(lines) for i in kept if figures[i])


def test_what_a_grid_takes_is_what_is_printed():
    found = grid(TABLE, RenderOptions())

    assert taken(found) == max(map(display_width, lay_out(found, "simple").splitlines()))
