"""Which rows of a hand-kept table are one visit."""

from __future__ import annotations

import pytest

from visittally.survey.rows_of_visits import Roles, number_visits

NO, HOUSEHOLD, PHONE, VISITOR, DAY = range(5)


@pytest.fixture
def numbered(kept):
    """The visit of each row: number, household, phone, visitor, day, issue."""
    return lambda rows, **roles: number_visits(
        kept("no,household,phone,visitor,day,issue\n" + "\n".join(rows)), Roles(**roles)
    )


def test_a_household_that_goes_over_several_rows_is_one_visit(numbered):
    rows = ["1,H1,1,T,1,a", "2,^,^,T,1,b", "3,H2,2,T,1,c", "4,^,3,T,1,d"]

    assert numbered(rows, people=(HOUSEHOLD,)) == [1, 1, 2, 2]
    assert numbered(rows, people=(HOUSEHOLD, PHONE)) == [1, 1, 2, 3]  # with another telephone it is another one
    assert numbered(rows, people=(HOUSEHOLD, VISITOR)) == [1, 1, 2, 2]  # what never goes on says nothing


def test_numbers_that_go_over_several_rows_are_visits(numbered):
    rows = ["1,H1,,T,1,a", "^,,,T,1,b", "2,H2,,T,1,c"]

    assert numbered(rows, running=(NO,)) == [1, 1, 2]
    assert numbered(rows, running=(NO,), people=(HOUSEHOLD,)) == [1, 1, 2]


def test_rows_between_numbers_that_run_on_belong_to_the_number_above(numbered):
    """Unless they name somebody else."""
    rows = ["1,H1,,T,1,a", ",,,T,1,b", "2,H2,,T,1,c", ",H2,,T,1,d", ",H9,,T,1,e"]

    assert numbered(rows, running=(NO,), people=(HOUSEHOLD,)) == [1, 1, 2, 2, 3]
    assert numbered(rows, running=(NO,)) == [1, 1, 2, 2, 2]


@pytest.mark.parametrize(
    ("numbers", "run_on"),
    [
        (("1", "", "2", "", "3"), True),
        (("1", "", "3", "", "7"), False),
        (("1", "", "2", "3", "4", "5", "7"), True),  # four of five steps
        (("1", "", "2", "3", "4", "6", "8"), False),
        (("", "1", "2"), False),  # the first row has none
        (("1", "2", "3"), False),  # every row has one
        (("1", "", ""), False),  # one is no series
        (("1", "", "2a"), False),
        (("1", "", "2", "x"), False),
    ],
)
def test_numbers_must_run_on(numbered, numbers, run_on):
    rows = [f"{number},,,T,1,a" for number in numbers]

    assert (numbered(rows, running=(NO,)) is not None) is run_on


def test_without_households_and_numbers_visitor_and_day_tell(numbered):
    rows = ["1,,,Tom,1,a", "2,,,^,^,b", "3,,,^,2,c", "4,,,Ines,^,d"]

    assert numbered(rows, visitors=(VISITOR,), days=(DAY,)) == [1, 1, 2, 3]
    assert numbered(rows, visitors=(VISITOR,)) is None
    assert numbered(rows, visitors=(VISITOR,), days=(DAY,), people=(HOUSEHOLD,)) is None


def test_where_each_row_is_a_visit_there_are_no_numbers(numbered):
    rows = ["1,H1,,T,1,a", "2,H2,,T,1,b"]

    assert numbered(rows, people=(HOUSEHOLD,), running=(NO,)) is None
    assert numbered([], people=(HOUSEHOLD,)) is None
