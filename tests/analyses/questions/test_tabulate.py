"""Tables of questions: each type, bases, order, nets, banners, intervals."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

import visittally
from visittally.settings import Net


def test_answers_of_a_net_that_nobody_gives_are_named(answers):
    """A misspelled answer adds nothing, and says so."""
    result = visittally.questions(answers, question=["needs"], nets=(Net("wet", "needs", ("watter", "road")),))

    [notice] = [n.message for n in result.notices if n.code == "net_answers"]
    assert "watter" in notice
    assert "road" not in notice


def test_all_questions_as_one_table(answers):
    """`long` holds the rows of every question, its name in front."""
    result = visittally.questions(answers)
    names = {row["question"] for row in result.tables["long"].to_dict()["rows"]}

    assert names == set(result.tables) - {"long"}
    assert {"sex", "needs", "rating", "age"} <= names


def test_who_belongs_to_several_groups_counts_in_each(write):
    """Groups that one cell joins split the banner; the total holds each case once."""
    asked = write(
        "asked.csv", "村,人员类别,知晓\n东村,党员;村组干部,是\n东村,党员,否\n东村,留守老人;困难户,是\n东村,困难户,是\n"
    )
    found = visittally.questions(asked, question=["知晓"], by=["respondent_group"]).tables["知晓"].to_dict()["rows"]

    assert {row["respondent_group"]: row["base"] for row in found} == {
        "党员": 2,
        "村组干部": 1,
        "困难户": 2,
        "留守老人": 1,
    }


ISSUES = ("road", "water", "school")
HEADS = ("visit_id", "village", "issue", "source", "size", "visit_date")


@given(
    st.lists(
        st.tuples(
            st.sampled_from(("Ash", "Elm")),
            st.lists(st.sampled_from(ISSUES), min_size=2, max_size=3, unique=True),
            st.sampled_from(("well", "river")),
            st.integers(10, 60),
            st.integers(1, 28),
        ),
        min_size=2,
        max_size=12,
    )
)
def test_a_row_for_each_issue_gives_the_answers_of_a_row_for_each_visit(visits):
    """What is asked once a visit is counted once a visit, however many rows it fills."""
    with tempfile.TemporaryDirectory() as folder:
        found = []
        for name, several in (("rows.csv", True), ("visits.csv", False)):
            lines = [",".join(HEADS)]
            for n, (village, issues, source, size, day) in enumerate(visits):
                told = issues if several else [";".join(issues)]
                lines += [f"V{n:03},{village},{issue},{source},{size}.5,2026-03-{day:02}" for issue in told]
            path = Path(folder) / name
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
            result = visittally.questions(str(path), question=["issue", "source", "size", "visit_date"])
            found.append({name: [table.to_dict()["rows"], table.base] for name, table in result.tables.items()})
    assert found[0] == found[1]


def test_several_numbers_and_days_of_a_household_count_each_and_the_household_once(write):
    path = write(
        "own.csv",
        "village,household_id,age,visit_date\nAsh,1,30,2026-03-01\nAsh,1,7,2026-03-09\nAsh,2,40.5,2026-03-02\nAsh,3,,\n",
    )
    tables = visittally.questions(path, question=["age", "visit_date"], per="household").tables
    ages, days = tables["age"], tables["visit_date"]

    assert ages.to_dict()["rows"][0] | {"q1": 0, "q3": 0} == {
        "n": 3,
        "mean": 77.5 / 3,
        "median": 30,
        "q1": 0,
        "q3": 0,
        "min": 7,
        "max": 40.5,
    }
    assert days.to_dict()["rows"] == [{"n": 3, "min": "2026-03-01", "max": "2026-03-09"}]
    assert ages.base.text == days.base.text == "Base: 2 of 3 cases with an answer."


def test_rows_that_are_issues_are_told_and_can_be_counted(write):
    path = write(
        "own.csv", "visit_id,issue,source\n1,road,well\n1,water,well\n2,road,river\n3,road,well\n3,school,well\n"
    )
    by_visit = visittally.questions(path, question=["source"])
    by_row = visittally.questions(path, question=["source"], per="case")

    assert [row["mentions"] for row in by_visit.tables["source"].to_dict()["rows"]] == [2, 1]
    assert [row["mentions"] for row in by_row.tables["source"].to_dict()["rows"]] == [4, 1]
    assert "grain" in [notice.code for notice in by_visit.notices]
    assert "grain" not in [notice.code for notice in by_row.notices]
