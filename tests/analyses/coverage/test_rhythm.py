"""Days on which nobody went, and households that are due again, groups after times of their own."""

from __future__ import annotations

import pytest

import visittally
from visittally.errors import FieldError

VISITS = """
    village,household_id,visit_date,respondent group
    Ash,1,2026-01-05,elderly
    Ash,2,2026-01-05,party member
    Ash,3,2026-01-06,elderly;party member
    Birch,4,2026-03-20,party member
    Birch,5,2026-03-31,elderly
    """


@pytest.fixture
def visits(write):
    return write("visits.csv", VISITS)


def due(visits, **options):
    table = visittally.coverage(visits, **options).tables["revisits"]
    return {row["village"]: row["due"] for row in table.to_dict()["rows"]}


def test_days_without_visits_stand_beside_the_weeks(visits):
    table = visittally.coverage(visits, by="visit_date:month").tables["progress"]

    # January to March: of 86 days from the first to the last visit 4 have one.
    idle = {row["period"]: row["days_without"] for row in table.to_dict()["rows"]}
    assert idle == {"2026-01": 25, "2026-02": 28, "2026-03": 29}
    assert "Nobody went on 82 of 86 days; the longest pause lasted 72 days, 2026-01-07 to 2026-03-19." in table.notes


def test_no_pause_is_told_where_there_is_none(write):
    table = visittally.coverage(write("v.csv", "village,visit_date\nA,2026-03-01\nA,2026-03-02\n")).tables["progress"]

    assert table.notes == ()
    assert "days_without" not in [column.name for column in table.columns]


def test_groups_are_due_after_times_of_their_own(visits):
    assert due(visits, revisit_after=60) == {"Ash": 3, None: 3}
    assert due(visits, revisit_after={"elderly": 60}) == {"Ash": 2, None: 2}
    assert due(visits, revisit_after={"": 90, "elderly": 60}) == {"Ash": 2, None: 2}
    assert due(visits, revisit_after={"": 5, "elderly": 500}) == {"Ash": 2, "Birch": 1, None: 3}


def test_a_group_that_nobody_belongs_to_is_refused(visits):
    with pytest.raises(FieldError, match='nobody belongs to "teachers"'):
        due(visits, revisit_after={"teachers": 5})


def test_groups_need_their_column(write):
    with pytest.raises(FieldError, match="respondent_group=HEADER"):
        due(write("v.csv", "village,visit_date\nA,2026-03-01\n"), revisit_after={"elderly": 5})


def test_the_command_takes_both(command, visits):
    ended = command(
        "coverage", visits, "--revisit-after", "90", "--revisit-after", "elderly=60", "--table", "revisits", "-f", "csv"
    )
    assert ended.out.splitlines()[1].startswith("Ash,2,2026-01-05")
    assert command("coverage", visits, "--revisit-after", "elderly").status == 2
