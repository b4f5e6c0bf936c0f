"""The main job: bases, totals, nets, households, weights, units, percentages."""

from __future__ import annotations

import contextlib
import io
import tempfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

import visittally
from visittally.analyses.intervals import kish, wilson
from visittally.errors import UsageError
from visittally.settings import Net

VISITS = """
    village,household_id,visit_date,visitor,issue,status,w
    Ash,1,2026-03-01,Ann,road;water,resolved,2
    Ash,2,2026-03-01,Ann,road,open,1
    Ash,3,2026-03-02,Bob,none,,1
    Birch,1,2026-03-02,Bob,water,open,3
    birch ,2,2026-04-02,Bob,,,0
    Birch,2,2026-04-05,Ann,school,resolved,
    """


@pytest.fixture
def visits(write):
    return write("visits.csv", VISITS)


def rows(result, table, *key):
    """Rows of a table by key: the values of its first column or of those named; None for the total."""
    found = result.tables[table].to_dict()["rows"]
    key = key or (next(iter(found[0])),)
    names = [tuple(row[name] for name in key) for row in found]
    return {name if len(key) > 1 else name[0]: row for name, row in zip(names, found, strict=True)}


def issues(result):
    return rows(result, "issues", "issue")


# ---------------------------------------------------------------------------- bases and totals
@pytest.mark.parametrize(("base", "cases"), [("all", 6), ("asked", 5), ("answered", 5), ("mentions", 5)])
def test_what_percentages_divide_by(visits, base, cases):
    """The base that is asked for stands under the table and divides each issue."""
    result = visittally.summarize(visits, base=base)

    assert result.tables["issues"].base.cases == cases
    assert issues(result)["road"]["percent_of_cases"] == pytest.approx(100 * 2 / cases)


@pytest.mark.parametrize(("base", "cases"), [("asked", 4), ("answered", 3)])
def test_who_ticked_nothing_was_asked_but_named_no_answer(write, base, cases):
    """Option columns that are all zero were put to the visit; blank ones were not."""
    file = write("v.csv", "village,needs/road,needs/water\nAsh,1,0\nAsh,0,0\nElm,1,1\nElm,0,1\nElm,,\n")

    result = visittally.summarize(file, columns={"issue": "needs"}, base=base)

    assert result.tables["issues"].base.cases == cases


def test_raised_none_and_not_recorded_are_all_cases(visits):
    """Each case has raised something, has said that there is nothing, or is not recorded."""
    for row in rows(visittally.summarize(visits), "areas").values():
        assert row["raised"] + row["no_issue"] + row["not_recorded"] == row["cases"]


def test_the_tables_agree(visits):
    """`long`, `areas`, `issues` and `crosstab` hold the same mentions."""
    result = visittally.summarize(visits)
    cells = {k: r["mentions"] for k, r in rows(result, "long", "village", "issue").items()}
    cross, areas = rows(result, "crosstab"), rows(result, "areas")

    assert cells == {
        ("Ash", "road"): 2, ("Ash", "water"): 1, ("Birch", "water"): 1, ("Birch", "school"): 1,
    }  # fmt: skip
    for place in ("Ash", "Birch"):
        crossed = {issue: n for issue, n in cross[place]["cells"].items() if n}
        assert crossed == {issue: n for (where, issue), n in cells.items() if where == place}
        assert sum(crossed.values()) == areas[place]["mentions"] == cross[place]["mentions"]
    assert cross[None]["cells"] == {issue: row["mentions"] for issue, row in issues(result).items()}


def test_a_case_in_two_rows_counts_once_in_the_total(visits):
    """Rows of issues overlap: their sum is more than the total."""
    areas = rows(visittally.summarize(visits, by=["issue"], across="village"), "areas")

    assert areas["road"]["cases"] + areas["water"]["cases"] == 4
    assert areas[None]["cases"] == 6


# ---------------------------------------------------------------------------- nets
def test_answers_of_a_net_that_nobody_gives_are_named(visits):
    """A misspelled answer adds nothing, and says so."""
    result = visittally.summarize(visits, nets=(Net("wet", "issue", ("road", "watter")),))

    assert issues(result)["wet"]["mentions"] == 2
    [notice] = [n.message for n in result.notices if n.code == "net_answers"]
    assert '"wet"' in notice
    assert "watter" in notice
    assert "road" not in notice


def test_a_net_of_answers_that_are_there_says_nothing(visits):
    """Answers are found whatever their case."""
    result = visittally.summarize(visits, nets=(Net("wet", "issue", ("ROAD", "water")),))

    assert "net_answers" not in {n.code for n in result.notices}


# ---------------------------------------------------------------------------- households and units
def test_households_are_those_of_a_village_however_it_is_written(visits):
    """Household 1 of two villages is two; household 2 of one village spelled in two ways is one."""
    areas = rows(visittally.summarize(visits), "areas")

    assert {place: row["households"] for place, row in areas.items()} == {"Ash": 3, "Birch": 2, None: 5}


def test_a_case_may_be_a_household(write):
    """With --per household its visits are one case, which raised what any of them raised."""
    file = write(
        "v.csv",
        """
        village,household_id,visit_date,issue
        Ash,1,2026-03-01,road
        Ash,1,2026-03-08,water
        Ash,2,2026-03-01,none
        Elm,1,2026-03-02,road
        """,
    )
    areas = rows(visittally.summarize(file, per="household"), "areas")

    assert {place: (row["cases"], row["raised"], row["mentions"]) for place, row in areas.items()} == {
        "Ash": (2, 1, 2), "Elm": (1, 1, 1), None: (3, 2, 3),
    }  # fmt: skip


# ---------------------------------------------------------------------------- weights
@pytest.mark.parametrize(("weight", "counted"), [("0", 0), ("", 0), ("-1", 0), ("many", 0), ("0.5", 1)])
def test_a_record_needs_a_weight(write, weight, counted):
    """Weight zero counts for nothing; blank, negative and wordy weights are set aside."""
    file = write("v.csv", f"village,issue,w\nAsh,road,1\nAsh,water,2\nElm,road,{weight}\n")
    areas = rows(visittally.summarize(file, weight="w"), "areas")

    assert areas[None]["cases"] == 2 + counted


def test_a_record_of_weight_zero_resolves_nothing(write):
    """Handled and resolved leave out what the counts beside them leave out."""
    file = write("v.csv", "village,issue,status,w\nAsh,road,resolved,1\nAsh,road,resolved,0\nElm,water,open,1\n")
    row = issues(visittally.summarize(file, weight="w"))["road"]

    assert (row["mentions"], row["resolved"], row["resolved_percent"]) == (1, 1, 100.0)


def test_a_household_has_no_weight(visits):
    """--per household with --weight is refused: a weight belongs to a record."""
    with pytest.raises(UsageError, match="--weight"):
        visittally.summarize(visits, per="household", weight="w")


@pytest.mark.parametrize(
    ("base", "weights"), [("asked", [2, 1, 1, 3]), ("all", [2, 1, 1, 3, 4]), ("mentions", [2, 2, 1, 3])]
)
def test_intervals_use_the_effective_base(write, base, weights):
    """Kish's base is that of the cases (or mentions) that percentages divide by."""
    lines = ["Ash,road;water,2", "Ash,road,1", "Ash,none,1", "Elm,water,3", "Elm,,4"]
    file = write("v.csv", "village,issue,w\n" + "\n".join(lines) + "\n")

    row = issues(visittally.summarize(file, base=base, weight="w", interval=True))["road"]

    effective = kish(sum(weights), sum(w * w for w in weights))
    assert (row["percent_low"], row["percent_high"]) == pytest.approx(wilson(3, sum(weights), effective))


records = st.lists(
    st.tuples(
        st.sampled_from(["Ash", "Birch"]),
        st.lists(st.sampled_from(["road", "water"]), min_size=1, max_size=2, unique=True),
        st.sampled_from(["0", "", "-2", "0.25", "1", "3.5"]),
    ),
    max_size=12,
)


@hypothesis_settings(max_examples=15, deadline=None)
@given(records)
def test_weighted_figures_are_those_of_pandas(drawn):
    """Mentions, their weights and weighted percentages against a plain recomputation."""
    known = [("Ash", ["road"], "1"), ("Birch", ["water"], "2"), ("Ash", ["road", "water"], "0.5")]
    frame = pd.DataFrame([*known, *drawn], columns=["village", "issue", "w"])
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        text = io.StringIO()
        frame.assign(issue=frame["issue"].str.join(";")).to_csv(text, index=False)
        Path("v.csv").write_text(text.getvalue(), encoding="utf-8")
        result = visittally.summarize("v.csv", weight="w")

    frame["w"] = pd.to_numeric(frame["w"])
    kept = frame[frame["w"] > 0]
    named = kept.explode("issue").groupby("issue")["w"].agg(["size", "sum"])
    found = issues(result)

    assert {name: row["mentions"] for name, row in found.items()} == named["size"].to_dict()
    assert {name: row["weighted"] for name, row in found.items()} == pytest.approx(named["sum"].to_dict())
    shares = (100 * named["sum"] / kept["w"].sum()).to_dict()
    assert {name: row["percent_of_cases"] for name, row in found.items()} == pytest.approx(shares)


# ---------------------------------------------------------------------------- words of people's own
TEXTS = [
    "the road to the market is full of deep holes",
    "no clean water comes out of the village pump",
    "the bridge road has been washed away by rain",
    "our drinking water has a strange taste and smell",
    "lorries have broken the road in front of the house",
]


def test_free_texts_are_coded_and_say_so(write):
    """Sentences are coded by key words; --no-code leaves them as they are."""
    lines = "\n".join(f"Ash,{text}" for text in TEXTS)
    file = write("v.csv", f"village,problem description\n{lines}\n")
    columns = {"issue": "problem description"}

    coded, plain = (visittally.summarize(file, columns=columns, no_code=flag) for flag in (False, True))

    assert set(issues(plain)) == set(TEXTS)
    assert not set(issues(coded)) & set(TEXTS)
    assert any("key words" in note for note in coded.tables["issues"].notes)


def test_categories_stay_as_they_are(visits):
    """Answers that repeat are categories: nothing is coded."""
    result = visittally.summarize(visits)

    assert set(issues(result)) == {"road", "water", "school"}
    assert not any("key words" in note for note in result.tables["issues"].notes)


def test_a_household_that_two_people_visited_is_one_of_each(write):
    visits = write(
        "visits.csv",
        "village,household id,visitor,issue\nAsh,H1,Ann;Bo,road\nAsh,H2,Ann;Bo,road\nElm,H3,Bo,water\n"
        "Elm,H4,Bo;Cy,water\nElm,H5,Ann,road\n",
    )
    areas = visittally.summarize(visits, by=("visitor",)).tables["areas"].to_dict()["rows"]

    assert sorted((row["cases"], row["households"]) for row in areas) == [(1, 1), (3, 3), (4, 4), (5, 5)]
