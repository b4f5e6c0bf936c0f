"""Which figures the cells of tables show, so that one is known again in every table."""

from dataclasses import replace

import pytest

from visittally.disclosure.figures import (
    NET,
    UnstatedMeasureError,
    answer_dimensions,
    counts,
    key_columns,
    read_figures,
    side_by_side,
)
from visittally.tables.measures import (
    ANSWER,
    BASE,
    CASES,
    FREE,
    OF_ROW,
    RANK,
    REMARK,
    ROW,
    SIDES,
    Scope,
    counted,
    made_of,
)
from visittally.tables.table import Base, Column, Count, Date, Number, Row, Share, Table, Text

ANSWERS = frozenset({NET, "issue"})
VILLAGE, ISSUE = Column("village", "Village", measure=ROW), Column("issue", "Issue", measure=ANSWER)
N = Column("mentions", "Mentions", measure=counted("mentions"))


def column(name, measure, base=None, **more):
    return Column(name, name, measure=measure, base=base, **more)


def read(columns, *rows, base=None, answers=ANSWERS):
    """The figures of a table whose rows are cells, words standing for texts and whole numbers for counts."""
    cells = {str: Text, int: Count, type(None): Text}
    made = (
        row if isinstance(row, Row) else Row(tuple(cells.get(type(c), lambda c: c)(c) for c in row)) for row in rows
    )
    return read_figures(Table("own", "Own", tuple(columns), tuple(made), base), answers)


def of(measure="mentions", **about):
    return measure, frozenset(about.items())


def test_a_count_is_a_measure_and_what_its_row_is_about():
    found = read([VILLAGE, ISSUE, N], ["Ash", "road", 9])

    assert found.rows == (frozenset({("village", "Ash"), ("issue", "road")}),)
    assert found.shows == {(0, 2): (of(village="Ash", issue="road"),)}
    assert found.values == {of(village="Ash", issue="road"): 9}


def test_the_row_of_the_total_is_about_all():
    assert read([VILLAGE, N], [None, 9]).values == {of(): 9}


def test_a_percentage_shows_what_is_divided_and_by_what():
    """The base belongs to the village, whatever the issue."""
    found = read([VILLAGE, ISSUE, column("percent", counted("mentions"), BASE)], ["Ash", "road", Share(9, 40)])

    assert found.shows[0, 2] == (of(village="Ash", issue="road"), of("base", village="Ash"))
    assert found.values == {of(village="Ash", issue="road"): 9, of("base", village="Ash"): 40}


@pytest.mark.parametrize(
    ("scope", "about"),
    [
        (Scope.ROW, {"village": "Ash", "issue": "road"}),
        (Scope.PLACE, {"village": "Ash"}),
        (Scope.ANSWER, {"issue": "road"}),
        (Scope.SURVEY, {}),
    ],
)
def test_figures_may_belong_to_the_place_the_answer_or_the_survey(scope, about):
    found = read([VILLAGE, ISSUE, column("n", counted("n", scope=scope))], ["Ash", "road", 9])

    assert found.shows[0, 2] == (of("n", **about),)


def test_the_same_figure_stands_in_the_crosstab():
    cells = replace(counted("mentions"), across="issue")
    found = read([VILLAGE, column("road", cells, spread="cells"), N], ["Ash", 9, 12])

    assert found.shows == {(0, 1): (of(village="Ash", issue="road"),), (0, 2): (of(village="Ash"),)}


def test_rows_that_say_the_same_are_told_apart():
    found = read([VILLAGE, N], ["Ash", 9], ["Ash", 4], ["Elm", 4])

    assert len(set(found.rows)) == 3
    assert sorted(found.values.values()) == [4, 4, 9]


def test_several_answers_counted_as_one_are_a_net_with_its_answers():
    row = Row((Text("Ash"), Text("wet"), Count(7)), members=("water", "drain"))
    found = read([VILLAGE, ISSUE, N], row)

    assert found.shows[0, 2] == (of(village="Ash", net="wet"),)
    assert list(found.nets(frozenset({"issue"}))) == [
        (of(village="Ash", net="wet"), [of(village="Ash", issue="water"), of(village="Ash", issue="drain")])
    ]
    assert list(read([VILLAGE, ISSUE, N], ["Ash", "road", 9]).nets(frozenset({"issue"}))) == []


def test_of_several_names_a_figure_has_the_first_that_agrees():
    """`collected` stands for the mentions where they are as many, else for itself."""
    columns = [VILLAGE, N, column("collected", counted("mentions", "collected"))]

    assert read(columns, ["Ash", 9, 9]).shows[0, 2] == (of(village="Ash"),)
    assert read(columns, ["Ash", 9, 8]).shows[0, 2] == (of("collected", village="Ash"),)


def test_a_figure_that_agrees_with_none_of_its_names_is_primed():
    columns = [VILLAGE, N, column("again", counted("mentions"))]
    found = read(columns, ["Ash", 9, 8])

    assert found.shows[0, 2] == (of("mentions'", village="Ash"),)
    assert found.values[of("mentions'", village="Ash")] == 8


def test_a_figure_without_a_name_is_called_as_its_column():
    assert read([VILLAGE, column("pets", counted())], ["Ash", 9]).shows[0, 1] == (of("pets", village="Ash"),)


def test_a_mean_shows_the_figures_of_which_it_is_made():
    columns = [VILLAGE, N, column("n", counted("n")), column("mean", made_of("n"))]

    assert read(columns, ["Ash", 9, 4, Number(2.5)]).shows[0, 3] == (of("n", village="Ash"),)


@pytest.mark.parametrize("made", [Number(2.5), Date("2026-03-01")])
def test_what_is_made_of_nothing_that_is_stated_shows_all_beside_it(made):
    """Also those of the place; never those of a roster."""
    target = column("target", counted("target", known=True))
    columns = [VILLAGE, ISSUE, N, column("cases", CASES), target, column("made", OF_ROW)]
    found = read(columns, ["Ash", "road", 9, 12, 40, made])

    assert set(found.shows[0, 5]) == {of(village="Ash", issue="road"), of("cases", village="Ash")}
    assert found.known == {of("target", village="Ash", issue="road")}


def test_weighted_sums_show_the_counts_below_them():
    columns = [VILLAGE, N, column("weighted", made_of("mentions"))]

    assert read(columns, ["Ash", 9, Count(12.5)]).shows[0, 2] == (of(village="Ash"),)


def test_a_weighted_share_shows_what_is_counted_below_it():
    columns = [VILLAGE, ISSUE, N, column("base", BASE), column("percent", counted("mentions"), BASE)]
    found = read(columns, ["Ash", "road", 9, 40, Share(10.5, 41.5)])

    assert found.shows[0, 4] == (of(village="Ash", issue="road"), of("base", village="Ash"))


@pytest.mark.parametrize("measure", [RANK, FREE, counted("target", known=True)])
def test_ranks_places_in_files_and_rosters_show_no_figures(measure):
    assert (0, 2) not in read([VILLAGE, N, column("own", measure)], ["Ash", 9, Number(1.5)]).shows


@pytest.mark.parametrize("cell", [Count(None), Share(None, None), Share(1, None), Number(None), Date(None), Text("x")])
def test_what_is_not_there_shows_nothing(cell):
    columns = [VILLAGE, column("own", counted("own"), BASE)]

    assert read(columns, ["Ash", cell]).shows == {}


def test_the_base_of_a_table_is_a_figure_of_the_survey_or_of_its_side():
    base = Base("asked", 40)
    before = column("n", counted("n", about=SIDES["before"]))

    assert read([VILLAGE, N], ["Ash", 9], base=base).base == of("base")
    assert read([VILLAGE, before], ["Ash", 9], base=base).base == of("base", side="before")
    assert read([VILLAGE, before, N], ["Ash", 9, 9], base=base).base == of("base")
    assert read([VILLAGE, N], ["Ash", 9], base=Base("asked", None)).base is None


def test_sides_of_a_comparison_are_about_themselves():
    columns = [VILLAGE, *(column(f"{side}_n", counted("n", about=about)) for side, about in SIDES.items())]
    found = read(columns, ["Ash", 9, 8])

    assert found.shows == {(0, 1): (of("n", village="Ash", side="before"),), (0, 2): (of("n", village="Ash"),)}


def test_a_row_may_name_what_it_counts():
    """A table of figures, one a row: what its rows count stands in a column."""
    by = replace(counted(), by="figure", named={"visits": "cases"})
    found = read([VILLAGE, column("figure", ROW), column("n", by)], ["Ash", "visits", 9], ["Ash", "raised", 4])

    assert found.shows == {(0, 2): (of("cases", village="Ash"),), (1, 2): (of("raised", village="Ash"),)}


def test_a_row_may_name_the_beginning_of_what_it_counts():
    by = replace(counted("_n"), by="figure", named={"visits_n": "cases"})
    found = read([column("figure", ROW), column("n", by)], ["visits", 9], ["other", 4])

    assert found.shows == {(0, 1): (of("cases"),), (1, 1): (of("other_n"),)}


def test_a_figure_may_be_that_of_another_row():
    """What was left from the month before."""
    moved = replace(counted("open"), moved=("period", {"2026-03": "2026-02"}))
    columns = [column("period", ROW), column("open", counted("open")), column("before", moved)]
    found = read(columns, ["2026-02", 9, Count(None)], ["2026-03", 4, 9])

    assert found.shows[1, 2] == (of("open", period="2026-02"),) == found.shows[0, 1]


def test_a_column_that_does_not_say_what_it_measures_is_refused():
    with pytest.raises(UnstatedMeasureError, match="own"):
        read([VILLAGE, Column("own", "Own")], ["Ash", 9])
    with pytest.raises(UnstatedMeasureError, match="percent"):
        read([VILLAGE, column("percent", counted("mentions"))], ["Ash", Share(9, 40)])


def test_rows_with_a_figure_of_their_own_own_it():
    """Not a share of it, not a cell of a crosstab, not a figure of the place."""
    cells = replace(counted("mentions"), across="issue")
    percent = column("percent", counted("mentions"), BASE)
    found = read(
        [VILLAGE, percent, column("road", cells, spread="cells"), N],
        ["Ash", Share(9, 40), 9, 9],
        [None, Share(9, 40), 9, 9],
    )

    assert list(found.owners("mentions")) == [(0, of(village="Ash")), (1, of())]
    assert list(found.owners("base")) == []


def test_counts_are_columns_of_that_number_alone():
    cells = replace(counted("mentions"), across="issue")

    assert counts(N, "mentions")
    assert not counts(N, "cases")
    assert not counts(column("percent", counted("mentions"), BASE), "mentions")
    assert not counts(column("road", cells, spread="cells"), "mentions")


def test_rows_are_told_apart_by_places_and_answers():
    table = Table("own", "Own", (VILLAGE, column("label", REMARK), ISSUE, N), ())

    assert key_columns(table) == {"village": 0, "issue": 2}


def test_answers_are_columns_of_answers_and_what_heads_crosstabs():
    across = Table(
        "own", "Own", (VILLAGE, column("x", replace(counted("mentions"), across="status"), spread="cells")), ()
    )

    assert answer_dimensions([Table("own", "Own", (VILLAGE, ISSUE), ()), across]) == {NET, "issue", "status"}


def test_tables_that_mean_other_things_by_a_name_are_told_apart():
    """Cases that two tables count in one way keep their name; a third counts each once."""
    first, second, third = (read([VILLAGE, N], ["Ash", n], [None, total]) for n, total in ((9, 20), (9, 20), (8, 20)))

    found = side_by_side([first, second, third])

    assert [one.shows[0, 1][0][0] for one in found] == ["mentions", "mentions", "mentions'"]
    assert found[2].values == {of("mentions'", village="Ash"): 8, of("mentions'"): 20}


def test_a_fourth_way_of_counting_has_a_name_of_its_own():
    found = side_by_side([read([VILLAGE, N], ["Ash", n]) for n in (9, 8, 7, 8)])

    assert [one.shows[0, 1][0][0] for one in found] == ["mentions", "mentions'", "mentions''", "mentions'"]


def test_the_base_and_what_is_known_take_the_other_name_too():
    target = column("target", counted("target", known=True))
    one, other = (read([VILLAGE, target, column("base", BASE)], ["Ash", n, n], base=Base("asked", n)) for n in (9, 8))

    found = side_by_side([one, other])[1]

    assert found.known == {of("target'", village="Ash")}
    assert found.base == of("base'")
