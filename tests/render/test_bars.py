"""Bars beside the issues."""

import pytest

from visittally import render
from visittally.reading.receipt import Receipt
from visittally.render.bars import LONGEST, SHORTEST, with_bars
from visittally.render.cells import RenderOptions, grid
from visittally.tables.result import Result
from visittally.tables.table import Column, Count, Row, Table, Text
from visittally.words.wrapping import display_width


def issues(*counts, name="issues"):
    columns = (Column("issue", "Issue"), Column("mentions", "Mentions"))
    rows = [Row((Text(f"i{n}"), count)) for n, count in enumerate(counts)]
    return Table(name, "Issues", columns, (*rows, Row((Text(None), Count(100)), total=True)))


def bars(table, room=8):
    return [row[-1] for row in with_bars(table, grid(table, RenderOptions()), room).rows]


def test_bars_are_as_long_as_the_figures_are_large():
    assert bars(issues(Count(16), Count(8), Count(1), Count(0))) == ["████████", "████", "▌", "", ""]


def test_a_hidden_figure_has_no_bar_and_changes_no_other():
    """Nobody can measure on the page what must not be read there."""
    shown = bars(issues(Count(16), Count(8)))

    for hidden in ("primary", "secondary"):
        for value in (1, 400):
            assert bars(issues(Count(16), Count(8), Count(value, hidden=hidden))) == [*shown[:2], "", ""]


@pytest.mark.parametrize(("room", "longest"), [(SHORTEST - 1, 0), (SHORTEST, SHORTEST), (200, LONGEST)])
def test_bars_take_the_room_that_is_left(room, longest):
    found = with_bars(issues(Count(3)), grid(issues(Count(3)), RenderOptions()), room)

    assert display_width(found.rows[0][-1]) == longest or found.headings == ("Issue", "Mentions")


def test_other_tables_have_none():
    table = issues(Count(3), name="areas")

    assert with_bars(table, grid(table, RenderOptions()), 24) == grid(table, RenderOptions())


def test_bars_are_printed_only_if_they_are_wanted():
    table = issues(Count(3))

    def shown(form, **look):
        return render.render([table], Result({"issues": table}, Receipt()), form, RenderOptions(**look)).decode()

    assert "█" not in shown("table")
    assert f"3  {'█' * LONGEST}\n" in shown("table", bars=True)
    assert shown("csv", bars=True) == shown("csv")
