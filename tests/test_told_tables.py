"""Single cells of the tables of a document, for its sentences."""

import pytest

from visittally.render.cells import RenderOptions
from visittally.tables.table import Column, Count, Row, Share, Table, Text
from visittally.told_tables import ToldTables


def _told(name, columns, *rows):
    table = Table(name, name, tuple(Column(*c.split(":")) if ":" in c else Column(c, c) for c in columns), rows)
    return ToldTables({name: table}, RenderOptions())


def test_the_row_of_totals_is_told_or_the_only_one():
    rows = [Row((Text("A"), Count(3))), Row((Text("B"), Count(4)))]
    total = Row((Text(None), Count(7)), total=True)

    assert _told("areas", ("village", "cases"), *rows, total).total("areas") == total
    assert _told("areas", ("village", "cases"), rows[0]).total("areas") == rows[0]
    assert _told("areas", ("village", "cases"), *rows).total("areas") is None
    assert _told("areas", ("village", "cases"), *rows).total("places") is None


def test_hidden_and_missing_cells_are_not_told():
    row = Row((Text("A"), Count(3, hidden="primary"), Count(None), Count(9)))
    told = _told("areas", ("village", "cases", "raised", "mentions"), row)

    assert told.says("areas", row, "mentions") == ["9"]
    for column in ("cases", "raised", "households"):
        assert told.says("areas", row, "mentions", column) is None


def test_visits_beyond_the_plan_elsewhere_do_not_make_up_for_what_is_left():
    rows = [Row((Text("A"), Count(8))), Row((Text("B"), Count(-3)))]

    assert _told("places", ("village", "remaining"), *rows, Row((Text(None), Count(5)), total=True)).left() == ["8"]


def test_levels_are_told_by_name():
    told = _told("levels", ("level", "count"), Row((Text("villages"), Count(3))))

    assert (told.level("villages"), told.level("units")) == ("3", "")


@pytest.mark.parametrize(("n", "few"), [(9, True), (10, False), (None, True)])
def test_a_small_or_unknown_total_is_no_base(n, few):
    told = _told("areas", ("village", "cases"), Row((Text(None), Count(n)), total=True))

    assert told.few("areas", "cases") is few


def test_what_is_counted_are_households_where_their_column_says_so():
    row = Row((Text("A"), Count(3)))

    assert _told("areas", ("village", "cases:Households"), row).by_household()
    assert not _told("areas", ("village", "cases:Visits"), row).by_household()


def test_approximate_figures_are_told_in_words():
    told = _told("areas", ("village",), Row((Text("A"),)))

    assert told.text(Count(300, approximate=True)) == "about 300"
    assert told.text(Share(3, 4, counts=True)) == "75.0%"
