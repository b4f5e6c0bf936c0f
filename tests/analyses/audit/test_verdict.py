"""What is noted of a table: each relation, each figure that does not follow, once."""

from __future__ import annotations

from fractions import Fraction

import pytest

from visittally.analyses.audit.verdict import Finding, Verdict


@pytest.fixture
def verdict(understood):
    return Verdict(understood("village,visits,rate\nAsh,12, 40% \nElm,8,-\n"))


def test_a_relation_belongs_to_its_table(verdict):
    verdict.relate("share", "a = b / c", 3, 4, "header")

    [noted] = verdict.relations

    assert (noted.kind, noted.formula, noted.holds, noted.rows) == ("share", "a = b / c", 3, 4)
    assert (noted.told_by, noted.table) == ("header", 1)


def test_a_finding_says_where_and_by_how_much(verdict):
    """Printed less recomputed: too little is negative."""
    verdict.object((0, 1), "sum_rows", Fraction(15), "sum of 2 rows", "perhaps")

    assert verdict.findings == [
        Finding(1, 2, "Ash", "visits", "sum_rows", "12", Fraction(15), Fraction(-3), "sum of 2 rows", "perhaps")
    ]


def test_what_is_no_figure_is_shown_as_it_stands_and_has_no_difference(verdict):
    verdict.object((1, 2), "no_count", Fraction(1), "")
    verdict.object((0, 2), "granularity", None, "")

    assert [(f.printed, f.recomputed, f.difference) for f in verdict.findings] == [("-", 1, None), ("40%", None, None)]


def test_one_finding_for_each_figure_and_kind(verdict):
    """The first one stays; another kind, another column or another row is another finding."""
    for place, kind, value in (
        ((0, 1), "sum_rows", 15),
        ((0, 1), "sum_rows", 16),
        ((0, 1), "difference", 17),
        ((1, 1), "sum_rows", 18),
        ((0, 2), "sum_rows", 19),
    ):
        verdict.object(place, kind, Fraction(value), "")

    assert [f.recomputed for f in verdict.findings] == [15, 17, 18, 19]
