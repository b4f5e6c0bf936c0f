"""The tables of a summary but for the crosstab."""

from __future__ import annotations

import pytest

import visittally
from visittally.analyses.intervals import kish, wilson
from visittally.render.cells import RenderOptions, grid
from visittally.settings import Net

VISITS = """
    village,household_id,issue,status,w
    Ash,1,road;water,resolved,1
    Ash,2,road,open,2
    Ash,2,none,,1
    Elm,1,road,resolved,1
    Elm,2,,,3
    """
LEDGER = """
    village,household_id,issue,status,w
    Ash,1,road;water,resolved,2
    Ash,2,road,open,1
    Ash,3,none,,1
    Birch,1,water,open,3
    Birch,2,,,0
    Birch,2,school,explained,
    """
FEW = "Of fewer than 10 no percentage is printed."
NO_RATE = "Of fewer than 10 neither a percentage nor a rate is printed."


@pytest.fixture
def tables(write):
    """The tables of a text; options are those of `summarize`."""
    return lambda text=LEDGER, **options: visittally.summarize(write("visits.csv", text), **options).tables


def columns(table, *, people=False):
    return [column.name for column in table.columns if column.machine and (column.people or not people)]


def rows(table, *key):
    return {tuple(row[name] for name in key): row for row in table.to_dict()["rows"]}


def by_name(table, key):
    return {name: row for (name,), row in rows(table, key).items()}


def people(table):
    return [column.name for column in table.columns if column.people]


def test_tables_whose_columns_are_there(tables):
    assert list(tables(VISITS))[:4] == ["long", "areas", "issues", "crosstab"]
    assert list(tables("village,roof\nAsh,tin\nElm,tin\n")) == ["areas"]
    assert [name for name in tables("issue,roof\nroad,tin\nwater,tin\n") if name != "outcomes"][:1] == ["issues"]


# ---------------------------------------------------------------- long
def test_each_issue_named_in_a_place_is_a_row(tables):
    """Of the base of its place; places in order, issues as they are ranked."""
    found = rows(tables(VISITS)["long"], "village", "issue")

    assert list(found) == [("Ash", "road"), ("Ash", "water"), ("Elm", "road")]
    ash = found["Ash", "road"]
    assert (ash["mentions"], ash["base"], ash["percent_of_mentions"]) == (2, 3, pytest.approx(200 / 3))
    assert found["Elm", "road"]["percent_of_cases"] == 100


def test_rows_are_weighted_beside_the_plain_count(tables):
    ash = rows(tables(VISITS, weight="w")["long"], "village", "issue")["Ash", "road"]

    assert (ash["mentions"], ash["weighted"], ash["base"], ash["percent_of_cases"]) == (2, 3, 3, 75)


def test_the_rest_of_a_place_is_there_only_where_something_was_named(tables):
    found = rows(tables(VISITS, top=1)["long"], "village", "issue")

    assert list(found) == [("Ash", "road"), ("Ash", "(rest)"), ("Elm", "road")]


# ---------------------------------------------------------------- areas
def test_what_was_visited_and_raised_in_each_place(tables):
    found = rows(tables(VISITS)["areas"], "village")
    names = ("cases", "households", "raised", "no_issue", "not_recorded", "mentions", "handled")

    assert {place: tuple(row[name] for name in names) for (place,), row in found.items()} == {
        "Ash": (3, 2, 2, 1, 0, 3, 2), "Elm": (2, 2, 1, 0, 1, 1, 1), None: (5, 4, 3, 1, 1, 4, 3),
    }  # fmt: skip
    assert found["Ash",]["mentions_per_100_cases"] == 100
    assert tables(VISITS)["areas"].base.text == "Base: all 5 visits."


# ---------------------------------------------------------------- issues
def test_issues_have_ranks_and_shares_of_cases_and_mentions(tables):
    table = tables(VISITS)["issues"]
    found = rows(table, "issue")
    road = found["road",]

    assert [row["rank"] for row in found.values()] == [1, 2]
    assert (road["mentions"], road["percent_of_cases"], road["percent_of_all"], road["percent_of_mentions"]) == (
        3, 75, 60, 75,
    )  # fmt: skip
    assert (road["handled"], road["resolved_percent"]) == (2, pytest.approx(200 / 3))
    assert "percent_of_all" in people(table)


def test_one_base_is_shown_once(tables):
    assert "percent_of_all" not in people(tables("village,issue\nAsh,road\nElm,water\n")["issues"])


def test_equal_issues_share_a_rank_and_the_next_one_follows(tables):
    text = "village,issue\n" + "".join(f"Ash,{issue}\n" for issue in ("road", "water", "road", "water", "school"))

    assert [row["rank"] for row in tables(text)["issues"].to_dict()["rows"]] == [1, 1, 3]


def test_what_could_not_be_coded_has_no_rank(tables):
    said = ("the road is full of holes again", "our well is dry in summer", "we do as we always did")
    text = "village,problem\n" + "".join(f"V{n},{one}\n" for n, one in enumerate(said))
    found = rows(tables(text)["issues"], "issue")

    assert found["unclear",]["rank"] is None
    assert {row["rank"] for (issue,), row in found.items() if issue != "unclear"} == {1}


def test_limits_use_the_effective_base_where_there_are_weights(tables):
    plain = rows(tables(VISITS, interval=True)["issues"], "issue")["road",]
    weighed = rows(tables(VISITS, interval=True, weight="w")["issues"], "issue")["road",]

    assert (plain["percent_low"], plain["percent_high"]) == wilson(3, 4)
    assert (weighed["percent_low"], weighed["percent_high"]) == pytest.approx(wilson(4, 5, kish(5, 7)))
    assert any("effective base of 4" in note for note in tables(VISITS, interval=True, weight="w")["issues"].notes)


def test_a_net_stands_below_without_a_rank_and_in_no_total(tables):
    table = tables(VISITS, nets=(Net("outside", "issue", ("Road", "water")),))["issues"]
    net = table.rows[-1]

    assert [net.cells[table.column(name)].value for name in ("rank", "issue", "mentions", "percent_of_cases")] == [
        None, "outside", 3, 75,
    ]  # fmt: skip
    assert net.members == ("road", "water")
    assert rows(table, "issue")["outside",]["percent_of_mentions"] is None
    assert any(note.startswith("Rows without a rank count several issues as one") for note in table.notes)


def test_of_the_first_issue_alone_no_visit_names_several(tables):
    assert not any("A visit can name several" in note for note in tables(VISITS, primary=True)["issues"].notes)
    assert any("A visit can name several" in note for note in tables(VISITS)["issues"].notes)


def test_places_have_as_many_columns_as_there_are_fields(tables):
    """Households, issues and statuses each add their own; numbers whose share stands beside are for programs."""
    plain, whole = tables("village,visitor\nAsh,Ann\n")["areas"], tables()["areas"]
    issues = ["raised", "no_issue", "not_recorded", "mentions", "mentions_per_100_cases"]

    assert columns(plain) == ["village", "cases"]
    assert columns(tables("village,issue\nAsh,road\n")["areas"]) == ["village", "cases", *issues]
    done = ["handled", "handled_percent", "resolved", "resolved_percent"]
    assert columns(whole) == ["village", "cases", "households", *issues, *done]
    shares = ["handled_percent", "resolved_percent"]
    assert columns(whole, people=True) == ["village", "cases", "households", *issues, *shares]


def test_weights_and_limits_are_columns_where_they_are_asked_for(tables):
    limits = {"percent_low", "percent_high"}

    assert not {"weighted", *limits} & set(columns(tables()["issues"]))
    assert "weighted" not in columns(tables()["long"])
    weighed = tables(weight="w", interval=True)
    assert {"weighted", *limits} < set(columns(weighed["issues"]))
    assert "weighted" in columns(weighed["long"])
    assert not limits & set(columns(tables(interval=True, complete=True)["issues"]))


def test_of_nothing_there_is_a_total_of_nothing(tables):
    """No visits: zeros, no rates, and not one issue."""
    found = tables("village,issue,status\n")
    [total] = found["areas"].to_dict()["rows"]

    assert (total["cases"], total["mentions"], total["handled"]) == (0, 0, 0)
    assert (total["mentions_per_100_cases"], total["handled_percent"]) == (None, None)
    assert [found[name].rows for name in ("long", "issues")] == [(), ()]
    assert FEW not in found["areas"].notes


def test_issues_of_a_place_stand_in_the_order_of_all(tables):
    """In Ash most name school, in all road: road comes first everywhere. Who names nothing has no row."""
    text = "village,issue\nAsh,school\nAsh,school\nAsh,road\nElm,road\nElm,road\nOak,none\n"

    assert list(rows(tables(text)["long"], "village", "issue")) == [
        ("Ash", "road"),
        ("Ash", "school"),
        ("Elm", "road"),
    ]


def test_a_rank_is_that_among_all_issues_also_where_few_of_them_are_shown(tables):
    """By name the least named comes first; it is the third all the same."""
    text = "village,issue\nAsh,dam;water;road\nAsh,water;road\nElm,water\n"

    first = {name: row["rank"] for name, row in by_name(tables(text, sort="name", top=2)["issues"], "issue").items()}
    assert first == {"dam": 3, "road": 2, "(rest)": None}


def test_ranks_follow_the_weights(tables):
    """Both are named twice; water weighs 2 + 3, road 2 + 1."""
    found = by_name(tables(weight="w")["issues"], "issue")

    assert [(name, row["rank"], row["weighted"]) for name, row in found.items()] == [("water", 1, 5), ("road", 2, 3)]


def test_the_rest_beyond_top(tables):
    """--top 1 keeps one issue and adds the others up, without a share of visits."""
    found = tables(top=1)
    issues = by_name(found["issues"], "issue")
    rest = issues["(rest)"]

    assert (list(issues), rest["issue_label"]) == (["road", "(rest)"], "2 further issues")
    assert (rest["rank"], rest["mentions"], rest["percent_of_cases"], rest["percent_of_mentions"]) == (
        None,
        3,
        None,
        60,
    )
    assert (rest["percent_of_cases"], rest["percent_of_all"]) == (None, None)
    assert (rest["handled"], rest["resolved"]) == (2, 1)
    assert by_name(found["crosstab"], "village")["Birch"]["cells"] == {"road": 0, "(rest)": 2}


@pytest.mark.parametrize("weight", ["", "w"])
def test_several_issues_of_a_place_beyond_top_have_no_share_of_its_visits(tables, weight):
    """Whoever names two of them is one visit: their mentions add up, the visits that name them do not."""
    text = "village,issue,w\nAsh,road,1\nAsh,water;school,1\nAsh,water,1\nElm,road,1\nElm,water,1\n"
    found = tables(text, top=1, columns={"issue": "issue"}, weight=weight)
    rest = {place: row for (place, issue), row in rows(found["long"], "village", "issue").items() if issue == "(rest)"}

    assert {place: (row["mentions"], row["percent_of_cases"]) for place, row in rest.items()} == {
        "Ash": (2, None), "Elm": (1, 50.0),
    }  # fmt: skip
    assert [row["percent_of_mentions"] for row in rest.values()] == [50.0, 50.0]


def test_handled_and_resolved_are_counted_by_mention(tables):
    """A resolved visit with two issues resolves both."""
    issues = by_name(tables()["issues"], "issue")

    assert {name: (row["handled"], row["resolved_percent"]) for name, row in issues.items()} == {
        "road": (1, 50), "water": (1, 50), "school": (1, 0),
    }  # fmt: skip


@pytest.mark.parametrize(("n", "said"), [(9, True), (10, False)])
def test_of_few_issues_people_are_told_why_there_is_no_percentage(tables, n, said):
    found = tables("village,issue,status\n" + "Ash,road,done\n" * n)

    assert [NO_RATE in found["areas"].notes, FEW in found["issues"].notes] == [said, said]


@pytest.mark.parametrize(("visits", "shown"), [(1, "-"), (9, "-"), (10, "100.0")])
def test_of_few_visits_people_see_no_rate_for_a_hundred(tables, visits, shown):
    """One visit with three issues is no "300 issues per 100 visits"; programs reckon with the figure."""
    areas = tables("village,issue\n" + "Ash,road\n" * visits)["areas"]
    found = grid(areas, RenderOptions())
    at = [c.name for c in found.columns].index("mentions_per_100_cases")

    assert [row[at] for row in found.rows] == [shown, shown]
    assert {row["mentions_per_100_cases"] for row in areas.to_dict()["rows"]} == {100}
    assert (NO_RATE in areas.notes) is (visits < 10)


def test_what_intervals_assume_or_why_there_are_none(tables):
    """Weights 2, 1, 1, 3: Kish's base is 49/15."""

    def said(**options):
        return tables(**options)["issues"].notes[-1]

    assert said(interval=True) == "Intervals: Wilson, 95 %, as if the visits were a simple random sample."
    assert said(interval=True, weight="w") == "Intervals: Wilson, 95 %, with Kish's effective base of 3."
    assert said(interval=True, complete=True).startswith("No intervals: everybody was visited")
    assert said(purposive=True).startswith("The places were chosen, not drawn")
    assert said() == FEW
