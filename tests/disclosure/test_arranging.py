"""What is hidden is not told by where it stands."""

import random
from dataclasses import replace

import pytest

import visittally
from visittally.disclosure.arranging import Secrets, View, finished, hide, is_telling_choice
from visittally.tables.measures import ANSWER, MENTIONS, OF_ROW, RANK, ROW, counted
from visittally.tables.table import Base, Column, Count, Number, Row, Share, Table, Text

SURVEY = frozenset()
HEADINGS = {
    "village": Column("village", "Village", measure=ROW),
    "period": Column("period", "Month", measure=ROW),
    "issue": Column("issue", "Issue", measure=ANSWER),
    "rank": Column("rank", "Rank", measure=RANK),
    "mentions": Column("mentions", "Mentions", measure=counted("mentions")),
    "percent": Column("percent", "Percent", measure=counted("mentions"), base=MENTIONS),
    "points": Column("points", "Change", measure=OF_ROW),
}
KINDS = {"mentions": Count, "points": Number, "rank": Number}


def table_of(names, *rows, total=()):
    """A table of these columns, its last row the total of all if there is one."""
    columns = tuple(HEADINGS.get(name) or spread(name) for name in names.split())
    kinds = [KINDS.get(column.name, Count if column.spread else Text) for column in columns]
    made = [Row(tuple(kind(cell) for kind, cell in zip(kinds, row, strict=True))) for row in rows]
    if total:
        made.append(Row(tuple(kind(cell) for kind, cell in zip(kinds, total, strict=True)), total=True))
    return Table("own", "Own", columns, tuple(made))


def spread(issue):
    return Column(issue, issue, "cells", measure=replace(counted("mentions"), across="issue"))


def view_of(table, rest=()):
    """What the cells of a table show: mentions of what the row, and the column of a crosstab, is about."""
    rows, shows, values = [], {}, {}
    for number, row in enumerate(table.rows):
        named = zip(table.columns, row.cells, strict=True)
        about = {(c.name, cell.value) for c, cell in named if isinstance(cell, Text) and cell.value is not None}
        rows.append(None if number in rest else frozenset(about))
        for position, (column, cell) in enumerate(zip(table.columns, row.cells, strict=True)):
            if isinstance(cell, Count):
                key = ("mentions", frozenset({*about, ("issue", column.name)} if column.spread else about))
                shows[number, position], values[key] = (key,), cell.value
            elif column.name == "points":
                shows[number, position] = (("mentions", frozenset(about)),)
    return View(table, rows, shows), values


def of(**about):
    """The figure of mentions of this."""
    return "mentions", frozenset(about.items())


def arranged(table, *hidden, rest=(), removed=(), weighted=False, why="primary"):
    """The finished table with these figures hidden."""
    view, values = view_of(table, rest)
    secrets = Secrets(values, dict.fromkeys(hidden, why), frozenset(removed), frozenset({"issue", "net"}), weighted)
    return finished(view, secrets)


def first(table, column=0):
    return [row.cells[column].value for row in table.rows]


VILLAGES = (("Dale", 30), ("Ash", 20), ("Cliff", 9), ("Brook", 9))


def test_a_hidden_cell_keeps_its_kind_and_no_number():
    assert hide(Count(3), "primary") == Count(None, hidden="primary")
    assert hide(Share(3, 10, per=1), "secondary") == Share(None, None, per=1, hidden="secondary")
    assert hide(Number(2.5, digits=1), "primary") == Number(None, digits=1, hidden="primary")


def test_the_own_figure_of_a_cell_says_why_it_is_hidden():
    """A share of a small part of a hidden whole is small; one of a shown part goes with its whole."""
    part, whole = of(issue="road"), of()
    table = Table("own", "Own", (HEADINGS["issue"], HEADINGS["percent"]), (Row((Text("road"), Share(3, 9))),))
    view = View(table, [part[1]], {(0, 1): (part, whole)})

    def why(**hidden):
        secrets = Secrets(
            {part: 3, whole: 9}, {{"part": part, "whole": whole}[k]: v for k, v in hidden.items()}, (), ()
        )
        return finished(view, secrets).rows[0].cells[1].hidden

    assert why(whole="secondary", part="primary") == "primary"
    assert why(whole="secondary") == "secondary"
    assert why() is None


def test_villages_whose_figure_is_hidden_leave_the_order_of_sizes_and_end_by_name():
    """Dale between 20 and 9 would say how large it is."""
    table = table_of("village mentions", ("Ash", 20), ("Dale", 15), ("Cliff", 9), ("Brook", 3))

    assert first(arranged(table, of(village="Dale"), of(village="Brook"))) == ["Ash", "Cliff", "Brook", "Dale"]


def test_an_order_by_name_tells_nothing_and_stays():
    table = table_of("village mentions", ("Ash", 9), ("Brook", 3), ("Cliff", 20))

    assert first(arranged(table, of(village="Brook"))) == ["Ash", "Brook", "Cliff"]


def test_equal_figures_are_an_order_of_sizes_too():
    table = table_of("village mentions", *VILLAGES)

    assert first(arranged(table, of(village="Cliff"))) == ["Dale", "Ash", "Brook", "Cliff"]


def test_the_total_stays_where_it_stands():
    table = table_of("village mentions", ("Ash", 20), ("Cliff", 9), ("Brook", 3), total=(None, 32))

    assert first(arranged(table, of(village="Cliff"))) == ["Ash", "Brook", "Cliff", None]


def test_the_rest_of_several_stays_the_very_last():
    table = table_of("village mentions", ("Ash", 20), ("Cliff", 9), ("Brook", 3), ("others", 50))

    assert first(arranged(table, of(village="Cliff"), rest={3})) == ["Ash", "Brook", "Cliff", "others"]


def test_months_stay_in_the_order_of_time():
    table = table_of("period mentions", ("2026-01", 20), ("2026-02", 15), ("2026-03", 9))

    assert first(arranged(table, of(period="2026-02"))) == ["2026-01", "2026-02", "2026-03"]


def test_a_village_moves_with_all_its_rows():
    """Villages stand by what all of their rows hold together, which another table shows."""
    rows = [("Ash", "road", 20), ("Dale", "road", 8), ("Dale", "water", 4), ("Cliff", "road", 9)]
    view, values = view_of(table_of("village issue mentions", *rows))
    values |= {of(village="Ash"): 20, of(village="Dale"): 12, of(village="Cliff"): 9}
    secrets = Secrets(values, {of(village="Dale"): "secondary"}, frozenset(), frozenset({"issue"}))

    assert first(finished(view, secrets)) == ["Ash", "Cliff", "Dale", "Dale"]


def test_answers_of_a_village_leave_the_order_of_their_own_figures():
    rows = [("Ash", "road", 20), ("Ash", "water", 12), ("Ash", "school", 9), ("Elm", "road", 7), ("Elm", "water", 6)]
    shown = arranged(table_of("village issue mentions", *rows), of(village="Ash", issue="water"))

    assert first(shown, 1) == ["road", "school", "water", "road", "water"]


def test_answers_of_a_village_leave_the_order_that_they_have_everywhere():
    """In Ash they stand as in all villages together: there water is hidden, between 60 and 30."""
    rows = [("Ash", "road", 2), ("Ash", "water", 12), ("Ash", "school", 9)]
    view, values = view_of(table_of("village issue mentions", *rows))
    values |= {of(issue="road"): 60, of(issue="water"): 40, of(issue="school"): 30}
    secrets = Secrets(values, {of(issue="water"): "secondary"}, frozenset(), frozenset({"issue"}))

    assert first(finished(view, secrets), 1) == ["road", "school", "water"]


CROSSTAB = table_of(
    "village road water school mentions", ("Ash", 9, 3, 8, 20), ("Elm", 9, 7, 1, 17), total=(None, 18, 10, 9, 37)
)


def test_columns_whose_total_is_hidden_go_behind_the_other_issues():
    columns = [column.name for column in arranged(CROSSTAB, of(issue="water")).columns]

    assert columns == ["village", "road", "school", "water", "mentions"]


def test_cells_move_with_their_columns():
    shown = arranged(CROSSTAB, of(issue="water"))

    assert [cell.value for cell in shown.rows[0].cells] == ["Ash", 9, 8, 3, 20]
    assert [cell.value for cell in shown.rows[-1].cells] == [None, 18, 9, None, 37]


def test_columns_with_hidden_cells_and_a_shown_total_stay():
    columns = [column.name for column in arranged(CROSSTAB, of(village="Ash", issue="water")).columns]

    assert columns == ["village", "road", "water", "school", "mentions"]


def test_the_column_of_the_rest_stays_the_last_of_the_issues():
    """The rest shows a figure of its own, larger than those of single issues."""
    view, values = view_of(CROSSTAB)
    rest = ("rest", frozenset({("column", "3")}))
    view = replace(view, shows={**view.shows, (2, 3): (rest,)})
    secrets = Secrets({**values, rest: 90}, {of(issue="road"): "secondary"}, frozenset(), frozenset({"issue"}))

    columns = [column.name for column in finished(view, secrets).columns]

    assert columns == ["village", "water", "road", "school", "mentions"]


def test_without_totals_columns_stay():
    table = table_of("village road water", ("Ash", 9, 3), ("Elm", 8, 7))

    assert [c.name for c in arranged(table, of(issue="road")).columns] == ["village", "road", "water"]


def test_what_must_not_appear_has_no_column_and_no_row():
    water = of(village="Ash", issue="water")
    rows = table_of("village issue mentions", ("Ash", "road", 20), ("Ash", "water", 12), ("Ash", "school", 9))

    assert [c.name for c in arranged(CROSSTAB, removed=[water]).columns] == ["village", "road", "school", "mentions"]
    assert first(arranged(CROSSTAB, removed=[water])) == ["Ash", "Elm", None]
    assert first(arranged(rows, removed=[water]), 1) == ["road", "school"]


def test_ranks_go_with_hidden_figures():
    """The small ones are the last of all: that of road and water is told by their figures anyhow."""
    table = table_of("rank issue mentions", (1, "road", 20), (2, "water", 12), (3, "school", 3))

    shown = arranged(table, of(issue="school"))
    assert first(shown) == [1, 2, None]
    assert shown.rows[2].cells[0].hidden == "secondary"


def test_no_rank_is_shown_where_a_larger_figure_is_hidden_among_them():
    """Ranks 1 and 3 would say that the hidden figure is from 12 to 20."""
    table = table_of("rank issue mentions", (1, "road", 20), (2, "water", 15), (3, "school", 12))

    assert first(arranged(table, of(issue="water"), why="secondary")) == [None, None, None]


def base_of(*hidden, base=("base", SURVEY)):
    table = replace(table_of("village mentions", *VILLAGES), base=Base("all", 68, "Base: all 68 visits."))
    view, values = view_of(table)
    secrets = Secrets(values, dict.fromkeys(hidden, "secondary"), frozenset(), frozenset())
    return finished(replace(view, base=base), secrets).base


def test_the_base_keeps_its_figure_unless_that_is_hidden():
    assert base_of(of(village="Ash")) == Base("all", 68, "Base: all 68 visits.")
    assert base_of(("base", SURVEY)).cases is None
    assert (
        base_of(("base", frozenset({("side", "before")})), base=("base", frozenset({("side", "before")}))).cases is None
    )


@pytest.mark.parametrize("about", [{}, {"question": "problem"}])
def test_the_sentence_on_the_base_goes_where_a_total_of_the_survey_is_hidden(about):
    """It says how many are left out, which could be that total."""
    base = base_of(of(**about))

    assert base.cases == 68
    assert "68" not in base.text


def test_the_short_version_is_made_anew_and_not_kept():
    table = replace(table_of("village mentions", *VILLAGES), brief=table_of("village mentions", *VILLAGES[:1]))

    assert arranged(table).brief is None


CHANGES = table_of(
    "issue mentions points", ("road", 20, 10.0), ("water", 11, -9.0), ("power", 25, 8.0), ("school", 15, -2.0)
)


def test_answers_with_a_hidden_change_leave_the_order_of_changes():
    """Between +10 and +8 water, now at 11, would have been at 20 or at 2."""
    assert first(arranged(CHANGES, of(issue="water"))) == ["road", "power", "school", "water"]


def test_where_two_orders_may_be_meant_what_is_hidden_in_either_leaves_its_place():
    """Mentions fall by chance, too: the mill leaves for its mentions, and water for its change between 9 and 7."""
    rows = [("road", 20, 9.0), ("mill", 15, -8.5), ("water", 11, -8.0), ("dam", 9, 7.0)]
    view, values = view_of(table_of("issue mentions points", *rows))
    before = {name: ("mentions", frozenset({("issue", name), ("side", "before")})) for name in ("water", "mill")}
    shows = {**view.shows, (2, 2): (before["water"],), (1, 2): (of(issue="mill"),)}
    hidden = {of(issue="mill"): "secondary", before["water"]: "primary"}
    secrets = Secrets({**values, before["water"]: 3}, hidden, frozenset(), frozenset({"issue"}))

    assert first(finished(replace(view, shows=shows), secrets)) == ["road", "dam", "mill", "water"]


def test_villages_leave_every_order_in_which_they_are_hidden():
    """By cases, and by chance by households, where only Elm is hidden."""
    table = table_of("village mentions", ("Ash", 20), ("Elm", 15), ("Dale", 9), ("Cliff", 6))
    view, values = view_of(table)
    households = {name: ("households", frozenset({("village", name)})) for name in ("Ash", "Elm", "Dale", "Cliff")}
    both = {**dict(zip(households.values(), (19, 14, 8, 5), strict=True)), **values}
    hidden = {households["Elm"]: "secondary", of(village="Dale"): "secondary"}

    assert first(finished(view, Secrets(both, hidden, frozenset(), frozenset()))) == ["Ash", "Cliff", "Dale", "Elm"]


def test_changes_that_stand_in_no_order_stay():
    table = table_of("issue mentions points", ("road", 20, 1.0), ("water", 11, -9.0), ("power", 25, 8.0))

    assert first(arranged(table, of(issue="water"))) == ["road", "water", "power"]


def test_answers_that_cannot_be_compared_stay_behind_those_with_a_hidden_change():
    table = table_of(
        "issue mentions points", *[("road", 20, 9.0), ("water", 11, -8.0), ("dam", 25, 7.0), ("new", 30, None)]
    )

    assert first(arranged(table, of(issue="water"))) == ["road", "dam", "water", "new"]


def choice(table, *hidden, weighted=False, shown=2):
    """Whether it tells something that the first rows are shown."""
    view, values = view_of(table)
    secrets = Secrets(values, dict.fromkeys(hidden, "primary"), (), frozenset({"issue"}), weighted)
    return is_telling_choice(view, view.rows[:shown], secrets)


def test_a_choice_by_hidden_changes_tells_how_large_they_are():
    assert choice(CHANGES, of(issue="water"))
    assert not choice(CHANGES)


def test_where_no_row_is_left_out_none_was_chosen():
    assert not choice(CHANGES, of(issue="water"), shown=4)


def test_a_choice_that_stands_in_no_order_of_changes_tells_nothing():
    table = table_of("issue mentions points", ("road", 20, 1.0), ("water", 11, -9.0), ("power", 8, 8.0))

    assert not choice(table, of(issue="water"))


def test_a_choice_by_weighted_sums_tells_of_answers_hidden_everywhere():
    assert choice(CROSSTAB, of(issue="water"), weighted=True)
    assert not choice(CROSSTAB, of(village="Ash", issue="water"), weighted=True)
    assert not choice(CROSSTAB, of(issue="water"))


def test_where_answers_are_weighted_hidden_ones_go_to_the_end_whatever_their_order():
    table = table_of("rank issue mentions", (1, "road", 9), (2, "water", 3), (3, "school", 20))
    crosstab = table_of("village road water school", ("Ash", 9, 3, 20), total=(None, 9, 3, 20))

    shown = arranged(table, of(issue="water"), weighted=True)
    assert first(shown, 1) == ["road", "school", "water"]
    assert first(shown) == [None, None, None]
    assert [c.name for c in arranged(crosstab, of(issue="water"), weighted=True).columns][1:] == [
        "road",
        "school",
        "water",
    ]


def visits(write, name, **answers):
    rows = (f"Ash,{answer}\n" * n for answer, n in answers.items())
    return write(name, "village,problem\n" + "".join(rows))


def test_a_comparison_does_not_tell_a_hidden_count_by_where_its_change_stands(write):
    """Of 100 and 100 cases: between two changes of 10 points stood a hidden one, from 13 now: 3 before."""
    before = visits(write, "before.csv", road=30, water=20, school=3, power=30, drain=17)
    after = visits(write, "after.csv", road=40, water=10, school=13, power=21, drain=16)

    for more in ({}, {"top": 2}):
        table = visittally.compare(after, before=before, question="problem", min_cell=5, **more).tables["shares"]
        rows = [(row["answer"], row["points"]) for row in table.to_dict()["rows"]]
        assert [answer for answer, _points in rows] == ["road", "water", "power", "drain", "school"]
        assert [points is None for _answer, points in rows] == [False, False, False, True, True]
        assert table.brief is None


def test_weighted_answers_do_not_tell_a_hidden_count_by_where_they_stand(write):
    """3 times a weight of 9 stood between 40 and 18: only 3 and 4 do."""
    counts = {("road", 1): 40, ("water", 1): 18, ("school", 9): 3, ("power", 2): 23, ("drain", 1): 14}
    rows = "".join(f"Ash,{issue},{weight}\n" * n for (issue, weight), n in counts.items())
    file = write("visits.csv", "village,issue,weight\n" + rows)

    issues = visittally.summarize(file, weight="weight", min_cell=5).tables["issues"].to_dict()["rows"]
    named = [row["issue"] for row in issues if row["mentions"] is not None]
    assert named == [issue for issue in ("power", "road", "water", "drain") if issue in named]
    assert [row["issue"] for row in issues] == [*named, *sorted({i for i, _w in counts} - {*named})]
    assert {row["rank"] for row in issues} == {None}


@pytest.mark.parametrize("seed", [3, 7, 9])
def test_hidden_answers_of_a_comparison_stand_at_the_end_by_name(write, seed):
    chance = random.Random(seed)
    names = ["road", "water", "school", "power", "drain", "dam"][: chance.randint(4, 6)]
    files = [
        visits(write, name, **{answer: chance.choice((1, 2, 3, 4, 6, 9, 12, 15, 20, 30)) for answer in names})
        for name in ("before.csv", "after.csv")
    ]

    table = visittally.compare(files[1], before=files[0], question="problem", min_cell=5).tables["shares"]
    rows = [(row["points"] is None, row["answer"]) for row in table.to_dict()["rows"]]
    hidden = [answer for away, answer in rows if away]
    assert hidden
    assert [answer for _away, answer in rows[-len(hidden) :]] == sorted(hidden)
