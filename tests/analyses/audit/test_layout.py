"""A finished table, understood: header, label columns, roles of columns, kinds of rows, cells with two figures."""

from __future__ import annotations

import pytest

from visittally.analyses.audit.layout import RowKind, masked
from visittally.analyses.audit.vocabulary import FigureRole

LABEL, COUNT, RATE, OTHER = FigureRole.LABEL, FigureRole.COUNT, FigureRole.RATE, FigureRole.OTHER


def test_a_table_with_its_roles_and_rows(understood):
    table = understood("镇,问题,办结率,排名\n东,30,70.0%,1\n西,24,75.0%,2\n合计,54,72.2%,\n", "通报 1")

    assert (table.number, table.title) == (1, "通报 1")
    assert table.headings == ("镇", "问题", "办结率", "排名")
    assert table.roles == (LABEL, COUNT, RATE, FigureRole.RANK)
    assert [(row.line, row.label, row.kind) for row in table.rows] == [
        (2, "东", RowKind.PLAIN),
        (3, "西", RowKind.PLAIN),
        (4, "合计", RowKind.TOTAL),
    ]
    assert (table.plain_rows, table.total_rows) == ((0, 1), (2,))
    assert (table.columns(COUNT), table.columns(RATE)) == ([1], [2])
    assert (table.figure(1, 2).text, table.figure(2, 3)) == ("75.0%", None)


@pytest.mark.parametrize("text", ["village,issue\nAsh,road\nElm,water\n", "village,visits\n", "village\nAsh\n"])
def test_what_holds_no_figures_is_no_finished_table(understood, text):
    assert understood(text) is None


@pytest.mark.parametrize(
    ("heading", "cells", "role"),
    [
        ("visits", "1 2 3 4", COUNT),
        ("visits", "1 2 3 x", COUNT),  # three of four are figures
        ("visits", "1 2 x", LABEL),  # two of three are not enough
        ("办结率", "1% x", RATE),  # half of them, where the heading says so
        ("办结率", "1% x x", LABEL),
        ("done", "10% 20%", RATE),  # the cells say so
        ("done", "1/4=25% 10/20=50%", RATE),
        ("编号", "1 2", OTHER),
        ("median", "1.5 2.5", OTHER),
        ("平均", "1.5 2.5", FigureRole.MEAN),
        ("环比", "1% 2%", FigureRole.GROWTH),
    ],
)
def test_roles_of_columns(understood, heading, cells, role):
    rows = "".join(f"v{i},{cell},{i + 7}\n" for i, cell in enumerate(cells.split()))

    assert understood(f"village,{heading},n\n{rows}").roles[1] is role


def test_years_without_a_heading_name_rows_and_are_no_counts(understood):
    text = "{},visits,issues\n2024,3,5\n{},4,6\n"

    assert understood(text.format("", 2025)).roles == (LABEL, COUNT, COUNT)
    assert understood(text.format("n", 2025)).roles == (COUNT, COUNT, COUNT)
    assert understood(text.format("", 2101)).roles == (COUNT, COUNT, COUNT)
    assert understood(text.format("", 2024)).roles == (COUNT, COUNT, COUNT)


def test_rates_that_the_user_named(understood):
    assert understood("village,visits,q\nAsh,3,4\nElm,5,6\n", rates={"q"}).roles == (LABEL, COUNT, RATE)


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("合计", RowKind.TOTAL),
        ("Total", RowKind.TOTAL),
        ("小计", RowKind.SUBTOTAL),
        ("其中:低保", RowKind.OF_WHICH),
        ("of which new", RowKind.OF_WHICH),
        ("District", RowKind.PLAIN),
        ("the whole", RowKind.TOTAL),  # as the user says
    ],
)
def test_kinds_of_rows(understood, label, kind):
    table = understood(f"village,visits\nAsh,3\nElm,4\n{label},7\n", totals=("The  whole",))

    assert table.rows[2].kind is kind


def test_a_cumulative_row_is_a_total_below_three_others(understood):
    """累计 in one of the first three rows is a row like others."""
    text = "月份别,visits\nMay,3\nJune,4\n{}累计,7\n"

    assert understood(text.format("")).rows[-1].kind is RowKind.PLAIN
    assert understood(text.format("July,1\n")).rows[-1].kind is RowKind.TOTAL


def test_labels_stand_before_the_figures(understood):
    """A remark behind them names no row; where all labels stand behind, the first one does."""
    before = understood("town,village,visits,remark\nNorth,Ash,3,new\nNorth,Elm,4,old\n")
    behind = understood("visits,village,remark\n3,Ash,new\n4,Elm,old\n")

    assert [(row.keys, row.label) for row in before.rows] == [
        (("North", "Ash"), "North Ash"),
        (("North", "Elm"), "North Elm"),
    ]
    assert [row.keys for row in behind.rows] == [("Ash",), ("Elm",)]


def test_rows_without_figures_are_left_out(understood):
    table = understood("village,visits\nAsh,3\nnothing was counted here,\nElm,4\n")

    assert [(row.line, row.label) for row in table.rows] == [(2, "Ash"), (4, "Elm")]


# ---------------------------------------------------------------- two figures in one cell
@pytest.mark.parametrize(
    ("cells", "headings", "roles"),
    [
        ("5（12.5%） 6(20%)", ("village", "n", "done", "done %"), (LABEL, COUNT, COUNT, RATE)),
        ("5[12.5%] 6 [20%]", ("village", "n", "done", "done %"), (LABEL, COUNT, COUNT, RATE)),
        ("5/40 6/30", ("village", "n", "done", "done /"), (LABEL, COUNT, COUNT, COUNT)),
        ("5/40 -", ("village", "n", "done"), None),  # once is no habit
        ("5/40 6/30 7 8", ("village", "n", "done"), None),  # nor is half
        ("5/40 6/30 7/9 8 9", ("village", "n", "done", "done /"), None),  # three of five are
        ("40/5 30/6", ("village", "n", "done"), None),  # no part is larger than its whole
    ],
)
def test_cells_of_two_figures_make_two_columns(understood, cells, headings, roles):
    rows = cells.replace(" [", "_[").split()
    table = understood(
        "village,n,done\n" + "".join(f"v{i},{i + 50},{c.replace('_', ' ')}\n" for i, c in enumerate(rows))
    )

    assert table.headings == headings
    assert roles is None or table.roles == roles
    if roles is not None:
        assert [figure.text for figure in table.rows[0].figures[2:]] == (
            ["5", "12.5%"] if "%" in cells else ["5", "40"]
        )


def test_part_and_whole_are_counts_also_under_the_heading_of_a_rate(understood):
    table = understood("村,满意率,双方满意率\n东村,2/2,1/1\n西村,1/2,0/1\n")

    assert table.roles == (LABEL, COUNT, COUNT, COUNT, COUNT)


def test_a_cell_of_three_figures_stays_one_and_its_share_counts(understood):
    table = understood("village,done\nAsh,5/40 12.5%\nElm,6/30 20%\n")

    assert (table.figure(0, 1).text, table.quotients[0, 1].whole.text) == ("12.5%", "40")
    assert sorted(table.quotients) == [(0, 1), (1, 1)]


# ---------------------------------------------------------------- totals that cover more
def test_totals_are_comparable_where_every_row_has_all_or_none_of_the_figures(understood):
    table = understood("village,a,b,c\nAsh,3,1,\nElm,4,,\nOak,,,5\n合计,7,1,5\n")

    assert table.comparable(0, (1, 2))
    assert not table.comparable(3, (1, 2))
    assert table.comparable(3, (1,))
    assert not table.comparable(3, (1, 3))


# ---------------------------------------------------------------- what is shown
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("  Ash \n village ", "Ash village"),
        ("call 13812345678", "call [phone]"),
        ("no. 12345678901", "no. [...]"),
        ("no. 1234567890", "no. 1234567890"),
        ("x" * 100, "x" * 80),
    ],
)
def test_labels_are_masked_and_short(text, shown):
    assert masked(text) == shown
