"""Tables that are too wide for a page."""

from visittally.render.cells import RenderOptions, grid
from visittally.render.narrowing import narrowed
from visittally.tables.table import Column, Count, Date, Row, Table, Text

ISSUES = tuple(f"need {i}" for i in range(8))


def _crosstab(places):
    columns = (Column("village", "V"), *(Column(n, n, spread="cells") for n in ISSUES), Column("mentions", "All"))
    rows = [Row((Text(f"p{p}"), *(Count(p + i) for i in range(8)), Count(99))) for p in range(places)]
    total = Row((Text(None), *(Count(50 + i) for i in range(8)), Count(500)), total=True)
    return grid(Table("crosstab", "C", columns, (*rows, total)), RenderOptions())


def _wider_than(columns):
    return lambda found: len(found.headings) > columns


def test_a_crosstab_of_few_places_is_turned():
    turned = narrowed(_crosstab(2), _wider_than(6))

    assert turned.headings == ("", "p0", "p1", "Total")
    assert turned.rows[0] == ("need 0", "0", "1", "50")
    assert turned.rows[-1] == ("All", "99", "99", "500")
    assert turned.totals == (*[False] * 8, True)
    assert [column.spread for column in turned.columns] == ["", "cells", "cells", ""]


def test_what_fits_and_what_would_be_no_narrower_stays_as_it_is():
    for found, room in ((_crosstab(2), 20), (_crosstab(12), 6)):
        assert narrowed(found, _wider_than(room)) == found


def test_who_raised_nothing_is_spared_beside_the_issues():
    columns = (Column("village", "V"), *(Column(n, n, spread="cells") for n in ISSUES[:3]))
    columns += tuple(Column(n, n) for n in ("no_issue", "not_recorded", "mentions"))
    rows = tuple(Row((Text(f"p{p}"), *(Count(p) for _ in range(6)))) for p in range(9))
    found = grid(Table("crosstab", "C", columns, rows), RenderOptions())

    assert narrowed(found, _wider_than(5)).headings == ("V", *ISSUES[:3], "mentions")
    assert narrowed(found, _wider_than(6)).headings == ("V", *ISSUES[:3], "no_issue", "mentions")


def test_dates_are_spared_one_by_one_until_a_table_fits():
    names = ("village", "visited", "first_date", "last_date", "finish_date")
    cells = (Text("p"), Count(3), *(Date("2026-03-01") for _name in names[2:]))
    found = grid(Table("places", "P", tuple(Column(n, n) for n in names), (Row(cells),)), RenderOptions())

    assert narrowed(found, _wider_than(4)).headings == ("village", "visited", "first_date", "last_date")
    assert narrowed(found, _wider_than(2)).headings == ("village", "visited")
    assert narrowed(found, _wider_than(1)) == found
