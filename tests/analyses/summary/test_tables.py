"""The tables of a summary but for the crosstab."""

from __future__ import annotations

import pytest

import visittally
from visittally.analyses.intervals import kish, wilson
from visittally.settings import Net

VISITS = """
    village,household_id,issue,status,w
    Ash,1,road;water,resolved,1
    Ash,2,road,open,2
    Ash,2,none,,1
    Elm,1,road,resolved,1
    Elm,2,,,3
    """


@pytest.fixture
def summed(write):
    return lambda text=VISITS, **options: visittally.summarize(write("v.csv", text), **options).tables


def rows(table, *key):
    return {tuple(row[name] for name in key): row for row in table.to_dict()["rows"]}


def people(table):
    return [column.name for column in table.columns if column.people]


def test_tables_whose_columns_are_there(summed):
    assert list(summed())[:4] == ["long", "areas", "issues", "crosstab"]
    assert list(summed("village,roof\nAsh,tin\nElm,tin\n")) == ["areas"]
    assert [name for name in summed("issue,roof\nroad,tin\nwater,tin\n") if name != "outcomes"][:1] == ["issues"]


# ---------------------------------------------------------------- long
def test_each_issue_named_in_a_place_is_a_row(summed):
    """Of the base of its place; places in order, issues as they are ranked."""
    found = rows(summed()["long"], "village", "issue")

    assert list(found) == [("Ash", "road"), ("Ash", "water"), ("Elm", "road")]
    ash = found["Ash", "road"]
    assert (ash["mentions"], ash["base"], ash["percent_of_mentions"]) == (2, 3, pytest.approx(200 / 3))
    assert found["Elm", "road"]["percent_of_cases"] == 100


def test_rows_are_weighted_beside_the_plain_count(summed):
    ash = rows(summed(weight="w")["long"], "village", "issue")["Ash", "road"]

    assert (ash["mentions"], ash["weighted"], ash["base"], ash["percent_of_cases"]) == (2, 3, 3, 75)


def test_the_rest_of_a_place_is_there_only_where_something_was_named(summed):
    found = rows(summed(top=1)["long"], "village", "issue")

    assert list(found) == [("Ash", "road"), ("Ash", "(rest)"), ("Elm", "road")]


# ---------------------------------------------------------------- areas
def test_what_was_visited_and_raised_in_each_place(summed):
    found = rows(summed()["areas"], "village")
    names = ("cases", "households", "raised", "no_issue", "not_recorded", "mentions", "handled")

    assert {place: tuple(row[name] for name in names) for (place,), row in found.items()} == {
        "Ash": (3, 2, 2, 1, 0, 3, 2), "Elm": (2, 2, 1, 0, 1, 1, 1), None: (5, 4, 3, 1, 1, 4, 3),
    }  # fmt: skip
    assert found["Ash",]["mentions_per_100_cases"] == 100
    assert summed()["areas"].base.text == "Base: all 5 visits."


# ---------------------------------------------------------------- issues
def test_issues_have_ranks_and_shares_of_cases_and_mentions(summed):
    table = summed()["issues"]
    found = rows(table, "issue")
    road = found["road",]

    assert [row["rank"] for row in found.values()] == [1, 2]
    assert (road["mentions"], road["percent_of_cases"], road["percent_of_all"], road["percent_of_mentions"]) == (
        3, 75, 60, 75,
    )  # fmt: skip
    assert (road["handled"], road["resolved_percent"]) == (2, pytest.approx(200 / 3))
    assert "percent_of_all" in people(table)


def test_one_base_is_shown_once(summed):
    assert "percent_of_all" not in people(summed("village,issue\nAsh,road\nElm,water\n")["issues"])


def test_equal_issues_share_a_rank_and_the_next_one_follows(summed):
    text = "village,issue\n" + "".join(f"Ash,{issue}\n" for issue in ("road", "water", "road", "water", "school"))

    assert [row["rank"] for row in summed(text)["issues"].to_dict()["rows"]] == [1, 1, 3]


def test_what_could_not_be_coded_has_no_rank(summed):
    said = ("the road is full of holes again", "our well is dry in summer", "we do as we always did")
    text = "village,problem\n" + "".join(f"V{n},{one}\n" for n, one in enumerate(said))
    found = rows(summed(text)["issues"], "issue")

    assert found["unclear",]["rank"] is None
    assert {row["rank"] for (issue,), row in found.items() if issue != "unclear"} == {1}


def test_limits_use_the_effective_base_where_there_are_weights(summed):
    plain = rows(summed(interval=True)["issues"], "issue")["road",]
    weighed = rows(summed(interval=True, weight="w")["issues"], "issue")["road",]

    assert (plain["percent_low"], plain["percent_high"]) == wilson(3, 4)
    assert (weighed["percent_low"], weighed["percent_high"]) == pytest.approx(wilson(4, 5, kish(5, 7)))
    assert any("effective base of 4" in note for note in summed(interval=True, weight="w")["issues"].notes)


def test_a_net_stands_below_without_a_rank_and_in_no_total(summed):
    table = summed(nets=(Net("outside", "issue", ("Road", "water")),))["issues"]
    net = table.rows[-1]

    assert [net.cells[table.column(name)].value for name in ("rank", "issue", "mentions", "percent_of_cases")] == [
        None, "outside", 3, 75,
    ]  # fmt: skip
    assert net.members == ("road", "water")
    assert rows(table, "issue")["outside",]["percent_of_mentions"] is None
    assert any(note.startswith("Rows without a rank count several issues as one") for note in table.notes)


def test_of_the_first_issue_alone_no_visit_names_several(summed):
    assert not any("A visit can name several" in note for note in summed(primary=True)["issues"].notes)
    assert any("A visit can name several" in note for note in summed()["issues"].notes)
