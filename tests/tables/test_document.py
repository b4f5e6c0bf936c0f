"""Documents and the charts that go with known tables."""

from dataclasses import replace

from visittally.errors import Notice
from visittally.reading.receipt import FileReceipt, Receipt
from visittally.render.cells import RenderOptions, grid
from visittally.render.pictures import MOST, heading, picture, series_of, shades
from visittally.tables.document import (
    Chart,
    ChartKind,
    Section,
    of_tables,
    usual_charts,
)
from visittally.tables.result import Result
from visittally.tables.table import (
    Column,
    Count,
    Date,
    Row,
    Share,
    Table,
    Text,
)


def _issues(*counts):
    rows = [Row((Text(f"road {i}"), count)) for i, count in enumerate(counts)]
    rows.append(Row((Text(None), Count(99)), total=True))
    return Table("issues", "Issues", (Column("issue", "Issue"), Column("mentions", "Mentions")), tuple(rows))


def _document(*tables, receipt=None):
    return of_tables(tables, Result({}, receipt or Receipt(), (Notice("x", "Mind this."),)))


def test_a_command_makes_a_section_of_each_table():
    receipt = Receipt([FileReceipt("exports/a.csv", records_read=1200), FileReceipt("b.csv", records_read=3)])

    document = _document(_issues(Count(3)), receipt=receipt)

    assert document.title == "Tables from a.csv, b.csv"
    assert document.paragraphs == ("Read 1,203 records, counted 1,203, set aside 0.",)
    assert [section.heading for section in document.sections] == ["Issues"]
    assert document.attention == ("Mind this.",)


def test_ranked_issues_have_bars_without_the_total():
    document = _document(_issues(Count(3), Count(2)))
    (chart,) = document.charts()

    (series,) = series_of(chart, document, RenderOptions())

    assert chart.kind is ChartKind.BARS
    assert [(p.label, p.value, p.text) for p in series.points] == [("road 0", 3, "3"), ("road 1", 2, "2")]


def test_a_hidden_figure_has_a_sign_and_no_height():
    document = _document(_issues(Count(3, hidden="primary")))
    (chart,) = document.charts()

    (series,) = series_of(chart, document, RenderOptions(min_cell=5))

    assert [(p.value, p.text) for p in series.points] == [(None, "<5")]


def test_bars_show_the_highest_in_the_order_of_the_table():
    document = _document(_issues(*(Count(i) for i in range(MOST + 10))))
    (chart,) = document.charts()

    (series,) = series_of(chart, document, RenderOptions())

    assert [p.value for p in series.points] == list(range(10, MOST + 10))


def test_a_chart_says_so_where_it_does_not_show_every_row():
    whole, cut = (_document(_issues(*(Count(i) for i in range(n)))) for n in (MOST, MOST + 1))

    assert heading(next(whole.charts()), whole) == "Issues by mentions"
    assert heading(next(cut.charts()), cut) == f"Issues by mentions (the {MOST} highest)"


def test_a_crosstab_is_shaded_for_each_combination_but_not_for_its_sums():
    columns = (Column("village", "Village"), Column("road", "Road", spread="cells"), Column("mentions", "Mentions"))
    rows = (Row((Text("A"), Count(4), Count(4))), Row((Text("B"), Count(1), Count(1))))
    table = Table("crosstab", "Cross", columns, rows)

    assert [chart.kind for chart in usual_charts(table)] == [ChartKind.HEAT]
    assert shades(grid(table, RenderOptions())) == {(0, 1): 1.0, (1, 1): 0.25}


def _on_pages(table):
    return Section("S", tables=(table,), charts=usual_charts(table)).for_pages()


def test_a_page_goes_without_columns_of_noughts_and_the_days_that_are_drawn():
    columns = tuple(Column(name, name) for name in ("village", "raised", "no_issue", "not_recorded"))
    counted = Row((Text("A"), Count(0), Count(0), Count(2)))
    (shown,) = _on_pages(Table("areas", "Areas", columns, (counted,)))
    (hidden,) = _on_pages(
        Table("areas", "Areas", columns, (Row((Text("A"), Count(0), Count(0, hidden="primary"), Count(2))),))
    )
    days = Table(
        "progress", "P", tuple(Column(n, n) for n in ("period", "visited")), (Row((Date("2026-04-01"), Count(4))),)
    )

    assert [c.name for c in shown.columns if c.people] == ["village", "raised", "not_recorded"]
    assert [c.name for c in hidden.columns if c.people] == ["village", "raised", "no_issue", "not_recorded"]
    assert _on_pages(days) == ()


def test_a_page_goes_without_names_that_are_like_none_and_without_the_place_of_one_total():
    columns = tuple(Column(n, n) for n in ("side", "place", "suggestion"))
    (bare,) = _on_pages(Table("unmatched", "U", columns, (Row((Text("roster"), Text("Elm"), Text(""))),)))
    (near,) = _on_pages(Table("unmatched", "U", columns, (Row((Text("roster"), Text("Elm"), Text("Elms"))),)))
    depth = tuple(Column(n, n) for n in ("village", "records"))
    rows = (Row((Text("Ash"), Count(4))), Row((Text(None), Count(4)), total=True))
    (total,) = _on_pages(Table("depth", "D", depth, rows))

    assert [c.name for c in bare.columns if c.people] == ["side", "place"]
    assert [c.name for c in near.columns if c.people] == ["side", "place", "suggestion"]
    assert [c.name for c in total.columns if c.people] == ["records"]


def test_what_was_asked_for_stands_whole_on_its_page():
    """The document of one command, unlike a report, has no other place for it."""
    columns = tuple(Column(name, name) for name in ("period", "visited", "no_issue"))
    days = Table("progress", "P", columns, (Row((Date("2026-04-01"), Count(4), Count(0))),))
    (section,) = of_tables([days], Result({}, Receipt())).sections

    (shown,) = section.for_pages()

    assert [c.name for c in shown.columns if c.people] == ["period", "visited", "no_issue"]
    assert len(section.charts) == 1


def test_on_a_page_depth_is_told_of_all_visits_together():
    columns = (Column("village", "Village"), Column("records", "Records"))
    rows = (Row((Text("A"), Count(3))), Row((Text("B"), Count(4))), Row((Text(None), Count(7)), total=True))
    (shown,) = _on_pages(Table("depth", "Depth", columns, rows))

    assert [row.cells[1] for row in shown.rows] == [Count(7)]


def test_bars_for_many_places_are_no_picture_of_anything():
    columns = (Column("village", "Village"), Column("coverage_percent", "Coverage"))
    rows = [Row((Text(f"V{i}"), Share(i, 20))) for i in range(16)]

    assert usual_charts(Table("places", "P", columns, tuple(rows[:15])))
    assert usual_charts(Table("places", "P", columns, tuple(rows))) == ()


def test_progress_is_one_chart():
    columns = (Column("period", "Day"), Column("visited", "Visited"), Column("cumulative", "Together"))
    table = Table("progress", "Progress", columns, (Row((Date("2026-04-01"), Count(4), Count(4))),))

    (chart,) = usual_charts(table)

    assert (chart.kind, chart.values) == (ChartKind.DAYS, ("visited",))


def test_coverage_has_bars_of_percentages():
    columns = (Column("village", "Village"), Column("coverage_percent", "Coverage"))
    document = _document(
        Table("places", "Places", columns, (Row((Text("A"), Share(1, 4))), Row((Text("B"), Share(2, 4)))))
    )

    (series,) = series_of(next(document.charts()), document, RenderOptions())

    assert [(p.value, p.text) for p in series.points] == [(25.0, "25.0%"), (50.0, "50.0%")]


def test_tables_without_rows_or_with_other_names_have_no_charts():
    empty = Table("issues", "Issues", (Column("issue", "Issue"), Column("mentions", "Mentions")), ())

    assert usual_charts(empty) == ()
    assert usual_charts(Table("statuses", "Statuses", (Column("status", "Status"),), (Row((Text("x"),)),))) == ()


def test_a_chart_of_a_table_or_column_that_is_not_there_is_left_out():
    document = _document(_issues(Count(3)))

    for table, label in (("nothing", "issue"), ("issues", "nothing")):
        assert picture(Chart(ChartKind.BARS, "x", table, label, ("mentions",)), document, RenderOptions(), "k") == ""


def test_a_table_of_which_people_see_no_row_is_on_no_page():
    """A workbook holds it."""
    table = _issues(Count(3))
    section = Section("S", tables=(replace(table, brief=table.with_rows([])), table))

    assert section.for_pages() == (table,)
    assert len(section.tables) == 2
