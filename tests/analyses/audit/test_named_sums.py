"""Sums that the user names: --sum TOTAL=A,B."""

from __future__ import annotations

import pytest

from visittally.analyses.audit.named_sums import check_named_sums

TABLE = """
    place,all,roads,water
    Ash,7,3,4
    Elm,9,3,5
    Oak,5,2,
    Both,17,6,9
    """


@pytest.fixture
def named(judged):
    return lambda text, sums: judged(text, lambda verdict: check_named_sums(verdict, sums))


def test_columns(named, found, related):
    """A row with a blank part is not tried."""
    verdict = named(TABLE, {"all": ("roads", "water")})

    assert related(verdict) == [("all = roads + water", 1, 3, "option")]
    assert found(verdict) == [("Elm", "all", "sum_columns", 8, ""), ("Both", "all", "sum_columns", 15, "")]
    assert [f.source for f in verdict.findings] == ["3 + 5", "6 + 9"]
    assert verdict.tested == {(row, c) for row in (0, 1, 3) for c in (1, 2, 3)}


def test_rows_where_the_names_are_no_headings(named, found, related):
    """Capitals and spaces do not matter; the column of names holds no figures."""
    verdict = named(TABLE, {" BOTH": ("ash", "Elm")})

    assert related(verdict) == [(" BOTH = ash + Elm", 2, 3, "option")]
    assert found(verdict) == [("Both", "all", "sum_columns", 16, "")]


def test_names_of_which_one_is_not_there_are_left_to_other_tables(named):
    assert named(TABLE, {"all": ("roads", "light"), "Both": ("Ash", "Bay")}).relations == []


def test_rounded_parts_may_be_off_by_half_a_unit_each(named):
    """1.5 + 1.5 + 1.5 may be anything from 4.35 to 4.65, and 4.8 stands for 4.75 or more."""
    rows = "place,all,a,b,c\nAsh,4.7,1.5,1.5,1.5\nElm,4.8,1.5,1.5,1.5\n"

    assert [f.row for f in named(rows, {"all": ("a", "b", "c")}).findings] == ["Elm"]
