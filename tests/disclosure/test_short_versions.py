"""What the short version of a table shows, and what it tells of the whole.

The whole: three villages by three issues.

          road  water  school | mentions
    Ash     9      3      2   |    14
    Elm     8      1      4   |    13
    Oak     1      2      0   |     3
    all    18      6      6   |    30
"""

import math
from dataclasses import replace

import pytest

from visittally.disclosure.figures import answer_dimensions, read_figures
from visittally.disclosure.short_versions import read_brief
from visittally.tables.measures import ANSWER, BASE, MENTIONS, RANK, ROW, counted
from visittally.tables.table import Column, Count, Number, Row, Share, Table, Text

VILLAGE = Column("village", "Village", measure=ROW)
ISSUE = Column("issue", "Issue", measure=ANSWER)
N = Column("mentions", "Mentions", measure=counted("mentions"))
CELLS = replace(counted("mentions"), across="issue")
OTHERS = Column("", "others", "cells", measure=CELLS)
ASH, ELM, OAK = (frozenset({("village", name)}) for name in ("Ash", "Elm", "Oak"))


def issue(name, place=frozenset()):
    return "mentions", place | {("issue", name)}


def crosstab(issues, *rows, others=()):
    """A row each: village, the cells, the mentions; None as village for the total."""
    columns = (VILLAGE, *(Column(name, name, "cells", measure=CELLS) for name in issues), *others, N)
    made = tuple(Row((Text(village), *map(Count, cells)), village is None) for village, *cells in rows)
    return Table("crosstab", "Crosstab", columns, made)


WHOLE = crosstab(
    ("road", "water", "school"), ("Ash", 9, 3, 2, 14), ("Elm", 8, 1, 4, 13), ("Oak", 1, 2, 0, 3), (None, 18, 6, 6, 30)
)
NARROW = crosstab(
    ("road",), ("Ash", 9, 5, 14), ("Elm", 8, 5, 13), ("Oak", 1, 2, 3), (None, 18, 12, 30), others=[OTHERS]
)
SHORT = crosstab(("road", "water", "school"), ("Ash", 9, 3, 2, 14), ("(rest)", 9, 3, 4, 16), (None, 18, 6, 6, 30))


def brief_of(whole, short):
    return read_brief(read_figures(replace(whole, brief=short), answer_dimensions([whole])))


def law(brief, place):
    """The figures that the figure of this cell is the sum of."""
    own = brief.shows[place][0]
    (terms,) = [terms for terms, low, high in brief.laws if (low, high) == (0, 0) and terms.get(own) == 1]
    assert all(sign == -1 for key, sign in terms.items() if key != own)
    return terms.keys() - {own}


def test_a_table_that_fits_has_no_short_version():
    assert brief_of(WHOLE, None) is None


def test_rows_and_cells_that_the_whole_table_has_are_the_same_figures():
    brief = brief_of(WHOLE, NARROW)

    assert brief.rows == (ASH, ELM, OAK, frozenset())
    assert brief.shows[0, 1] == (issue("road", ASH),)
    assert brief.shows[3, 3] == (("mentions", frozenset()),)


def test_a_column_of_the_rest_is_the_sum_of_the_issues_left_out():
    """5 of Ash: 3 named water and 2 the school."""
    brief = brief_of(WHOLE, NARROW)

    assert brief.values[brief.shows[0, 2][0]] == 5
    assert law(brief, (0, 2)) == {issue("water", ASH), issue("school", ASH)}
    assert law(brief, (3, 2)) == {issue("water"), issue("school")}
    assert brief.sound


def test_a_row_of_the_rest_is_the_sum_of_the_villages_left_out():
    """Not of the total, which is no village."""
    brief = brief_of(WHOLE, SHORT)

    assert brief.rows == (ASH, None, frozenset())
    assert brief.values[brief.shows[1, 1][0]] == 9
    assert law(brief, (1, 1)) == {issue("road", ELM), issue("road", OAK)}
    assert law(brief, (1, 4)) == {("mentions", ELM), ("mentions", OAK)}


def test_where_the_rests_of_rows_and_columns_meet_stands_the_sum_of_all_left_out():
    """1 + 4 + 2 + 0 of Elm and Oak, water and school."""
    short = crosstab(("road",), ("Ash", 9, 5, 14), ("(rest)", 9, 7, 16), (None, 18, 12, 30), others=[OTHERS])
    brief = brief_of(WHOLE, short)

    assert brief.values[brief.shows[1, 2][0]] == 7
    assert law(brief, (1, 2)) == {issue(name, place) for name in ("water", "school") for place in (ELM, OAK)}


@pytest.mark.parametrize(("wrong", "sound"), [(5, True), (6, False), (4, False)])
def test_a_rest_that_is_not_what_is_left_out_is_not_sound(wrong, sound):
    rows = (Row((Text("Ash"), Count(9), Count(wrong), Count(14))), *NARROW.rows[1:])

    assert brief_of(WHOLE, replace(NARROW, rows=rows)).sound is sound


def test_one_wrong_rest_is_enough():
    rows = (Row((Text("Ash"), Count(9), Count(6), Count(14))), *NARROW.rows[1:])
    brief = brief_of(WHOLE, replace(NARROW, rows=rows))

    assert brief.values[brief.shows[1, 2][0]] == 5
    assert not brief.sound


def test_figures_of_the_rest_are_told_apart():
    brief = brief_of(WHOLE, NARROW)
    rests = [brief.shows[row, 2][0] for row in range(4)]

    assert len({*rests}) == 4
    assert brief.values.keys() == {*rests}


LONG = (VILLAGE, ISSUE, N, Column("percent_of_mentions", "Percent", measure=counted("mentions"), base=MENTIONS))


def long(*rows):
    return Table("long", "Long", LONG, tuple(Row((Text(v), Text(i), Count(n), Share(n, b))) for v, i, n, b in rows))


def test_two_rows_that_say_the_same_are_matched_in_order():
    whole = long(("Ash", "road", 9, 30), ("Ash", "road", 7, 30), ("Ash", "water", 14, 30))
    brief = brief_of(whole, long(("Ash", "road", 9, 30), ("Ash", "road", 7, 30), ("Ash", "(rest)", 14, 30)))

    shown = [brief.shows[row, 2][0] for row in (0, 1)]
    assert shown == [read_figures(whole, answer_dimensions([whole])).shows[row, 2][0] for row in (0, 1)]
    assert brief.rows[2] is None


def test_a_total_is_no_row_of_the_same_name():
    """The village without a name is no total."""
    whole = crosstab(("road",), ("", 9, 9), (None, 9, 9))
    whole = replace(whole, rows=(Row((Text(None), Count(9), Count(9))), whole.rows[1]))
    brief = brief_of(whole, replace(whole, rows=(whole.rows[1],)))

    assert brief.rows == (read_figures(whole, answer_dimensions([whole])).rows[1],)
    assert brief.shows[0, 1] == read_figures(whole, answer_dimensions([whole])).shows[1, 1]


ISSUES = (
    Column("rank", "Rank", measure=RANK),
    ISSUE,
    N,
    Column("percent_of_cases", "Percent", measure=counted("mentions"), base=BASE),
)


def issues(*rows):
    made = tuple(Row((Number(rank), Text(name), Count(n), Share(n, base))) for rank, name, n, base in rows)
    return Table("issues", "Issues", ISSUES, made)


def test_a_share_of_the_rest_shows_the_sum_of_parts_and_its_base():
    """9 of 40: 5 named water and 4 the school; all shares of the table have the base of the place."""
    whole = issues((1, "road", 18, 40), (2, "water", 5, 40), (3, "school", 4, 40))
    brief = brief_of(whole, issues((1, "road", 18, 40), (None, "(rest)", 9, 40)))

    assert brief.values[brief.shows[1, 3][0]] == 9
    assert law(brief, (1, 3)) == {issue("water"), issue("school")}
    assert ("base", frozenset()) in brief.shows[1, 3]
    assert brief.shows[1, 2][0] in brief.shows[1, 3]
    assert brief.sound


def test_a_share_of_the_rest_that_is_not_what_is_left_out_is_not_sound():
    """8 of 40 beside 9, the sum of 5 and 4."""
    whole = issues((1, "road", 18, 40), (2, "water", 5, 40), (3, "school", 4, 40))
    rest = Row((Number(None), Text("(rest)"), Count(9), Share(8, 40)))

    assert not brief_of(whole, replace(whole, rows=(whole.rows[0], rest))).sound


def test_what_is_made_in_the_row_of_the_rest_shows_all_figures_of_that_row():
    """A mean of the rest is hidden with the number of those left out."""
    columns = (VILLAGE, N, Column("mean", "Mean", measure=counted("mean")))
    whole = Table(
        "own",
        "Own",
        columns,
        tuple(Row((Text(v), Count(n), Number(m))) for v, n, m in (("Ash", 9, 2.5), ("Elm", 3, 4.0))),
    )
    short = replace(whole, rows=(whole.rows[0], Row((Text("(rest)"), Count(3), Number(4.0)))))
    brief = brief_of(whole, short)

    assert brief.shows[1, 2] == brief.shows[1, 1]


def test_words_show_no_figures():
    """Whether they stand in a row of the whole table or in the rest."""
    brief = brief_of(WHOLE, SHORT)

    assert {column for _row, column in brief.shows} == {1, 2, 3, 4}


def choices(brief):
    """The laws that say that one figure is at least as large as another: (larger, smaller)."""
    found = set()
    for terms, low, high in brief.laws:
        if (low, high) == (0, math.inf):
            (larger,), (smaller,) = ([key for key, sign in terms.items() if sign == wanted] for wanted in (1, -1))
            found.add((larger, smaller))
    return found


def test_columns_were_chosen_because_they_have_more_mentions_than_those_left_out():
    """The least of those shown, water, is no smaller than any left out; each shown no smaller than the largest out."""
    whole = crosstab(("road", "water", "school", "dam"), ("Ash", 9, 5, 4, 2, 20), (None, 9, 5, 4, 2, 20))
    short = crosstab(("road", "water"), ("Ash", 9, 5, 6, 20), (None, 9, 5, 6, 20), others=[OTHERS])

    road, water, school, dam = (issue(name) for name in ("road", "water", "school", "dam"))
    assert choices(brief_of(whole, short)) == {(road, school), (water, school), (water, dam)}


def test_rows_were_chosen_because_they_have_more_mentions_than_those_left_out():
    """Totals take no part."""
    ash, elm, oak = (("mentions", place) for place in (ASH, ELM, OAK))

    assert choices(brief_of(WHOLE, SHORT)) == {(ash, elm), (ash, oak)}


def test_nothing_is_chosen_where_nothing_is_left_out():
    assert choices(brief_of(WHOLE, replace(WHOLE, title="Short"))) == set()
